"""Who could take a duty, work longer or go home: proposals pass a full verification, and refusals fail it."""

import json
from itertools import pairwise

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from scheduler import overtime, schema, time_off, verify, who, write_workbook
from scheduler.command_line.main import command_line
from scheduler.command_line.output.exits import Exit
from scheduler.domain import BadInput, Duty, Roster
from scheduler.domain.changes.proposals import Ranking
from scheduler.model import RuleBook
from tests.changes.rosters import example, with_weeks
from tests.unit.tiny import rule, tiny_outcome, tiny_problem, tiny_roster, tiny_rules

ADA_MONDAY, ADA_TUESDAY = tiny_roster().duties


def said(*words):
    return CliRunner().invoke(command_line, ["who", *map(str, words)], catch_exceptions=False)


@pytest.fixture
def tiny_file(tmp_path):
    """Ada works on both days, Cy on Monday, Bo on none; two days in a row are the most."""
    problem = tiny_problem(("Ada", "Bo", "Cy"))
    roster = Roster(duties=(*tiny_roster().duties, ADA_MONDAY.model_copy(update={"agent": "Cy"})))
    rules = RuleBook(rules=(*tiny_rules().rules, rule("max_consecutive_days", days=1, strength="must")))
    outcome = tiny_outcome(problem, wages=0, missing=0, bound=0).model_copy(update={"roster": roster})
    write_workbook(tmp_path / "roster.xlsx", problem, rules, outcome)
    return tmp_path / "roster.xlsx"


def test_ada_is_ill_on_tuesday_who_could_come(tiny_file):
    # "Ada called in sick for Tuesday. Whom do I ring up first, and why not the others?"
    answer = said(tiny_file, "--day", "tue", "--instead-of", "ada")
    assert (answer.exit_code, answer.stdout.splitlines()) == (
        Exit.DONE,
        [
            "1 person could, the cheapest first:",
            # 8 h at 20.00 are paid, and 8 missing agent-hours of 60.00 are not
            "  1. Bo, Tue 06 Jan 2026: free → day 09:00–17:00 · cost -320.00 EUR (wages +160.00, missing "
            "staff -480.00) · missing -8 h · paid hours of the week 0 min → 8 h",
            "1 person could not:",
            "  - 1 by Max consecutive days (max_consecutive_days): Cy; for instance, Cy works 2 days in a "
            "row, 2026-01-05 to 2026-01-06; the rule allows at most 1",
        ],
    )


def test_who_has_left_is_not_refused_by_a_rule_on_shifts(tmp_path):
    # "1 by One shift a day": of somebody who had left before the day.
    problem = tiny_problem(("Ada", "Bo"))
    gone = problem.agents[1].model_copy(update={"leaves_on": problem.grid.date(0)})
    problem = problem.model_copy(update={"agents": (problem.agents[0], gone)})
    outcome = tiny_outcome(problem, wages=0, missing=0, bound=0)
    write_workbook(tmp_path / "roster.xlsx", problem, tiny_rules(), outcome)
    answer = said(tmp_path / "roster.xlsx", "--day", "tue", "--instead-of", "ada")
    assert answer.stdout.splitlines()[-2:] == [
        "1 person could not:",
        "  - 1 not employed on that day: Bo",
    ]


def test_an_open_duty_and_nobody_who_could_take_it(tiny_file):
    # on Monday Ada and Cy are there, and Bo is asked; a second day in a row is none for Bo
    answer = said(tiny_file, "--day", "2026-01-05", "--shift", "DAY", "--start", "9:00")
    assert answer.exit_code == Exit.DONE
    lines = answer.stdout.splitlines()
    assert lines[0] == "1 person could, the cheapest first:" and lines[1].startswith(
        "  1. Bo, Mon 05 Jan 2026"
    )
    assert "Each of them costs more than it saves." in lines
    assert "  - 2 work on that day already: Ada, Cy. --may-move asks them too." in lines


@pytest.mark.parametrize(
    ("words", "said_so"),
    [
        (("--day", "Tue"), "Ask one thing"),
        (("--day", "Tue", "--shift", "day", "--overtime"), "Ask one thing"),
        (("--day", "Tue", "--shift", "daay"), 'Did you mean "day"?'),
        (("--day", "Tue", "--shift", "day", "--start", "8:00"), "no start of 8:00"),
        (("--day", "Tue", "--shift", "day", "--length", "7:00"), "It has 8:00."),
        (("--day", "Tue", "--instead-of", "Cy"), "Their duties: day Mon 05 Jan."),
        (("--day", "Tue", "--instead-of", "Bo"), "Their duties: none."),
    ],
)
def test_what_is_not_known_is_asked_back(tiny_file, words, said_so):
    answer = said(tiny_file, *words)
    assert answer.exit_code == Exit.BAD_INPUT and said_so in answer.stderr


def test_the_json_keeps_to_its_schema(tiny_file):
    answer = said(tiny_file, "--day", "tue", "--instead-of", "ada", "--json", "-")
    document = json.loads(answer.stdout)
    assert not list(Draft202012Validator(schema("proposals")).iter_errors(document))
    (proposal,) = document["proposals"]
    assert (proposal["effect"]["cost"], proposal["week_hours_after"]) == (-320.0, 8.0)
    assert document["refused"][0]["obstacles"][0]["agent"] == "Cy"


def held_against(roster: Roster, ranking: Ranking) -> set[bool]:
    """Whether proposals pass a full verification, and refusals fail it with the rules they name."""
    problem, rules, _ = example()
    before = verify(problem, rules, roster)
    known = set(before.faults())
    for proposal in (*ranking.proposals, *ranking.refused[:: max(1, len(ranking.refused) // 3)]):
        (agent,) = proposal.agents
        changed = {change.day: change.after for change in proposal.changes}
        kept = [duty for duty in roster.of(agent) if duty.day not in changed]
        week = (*kept, *(duty for duties in changed.values() for duty in duties))
        full = verify(problem, rules, with_weeks(roster, {agent: week}))
        new = set(full.faults()) - known
        assert {str(obstacle) for obstacle in proposal.obstacles} <= new
        assert proposal.is_possible == (not proposal.obstacles)
        if proposal.is_possible:
            assert not {fault for fault in new if agent in fault}
            assert proposal.effect.cost == full.cost.total - before.cost.total
            staffing = sum(map(sum, full.coverage.missing.values())) - sum(
                map(sum, before.coverage.missing.values())
            )
            assert proposal.effect.missing_minutes == staffing
    costs = [proposal.effect.cost for proposal in ranking.proposals]
    assert costs == sorted(costs)
    return {proposal.is_possible for proposal in (*ranking.proposals, *ranking.refused)}


def looser(rules: RuleBook) -> RuleBook:
    """Without the least of paid hours, so that there is something to propose."""
    return RuleBook(rules=tuple(one for one in rules.rules if one.kind != "paid_hours"))


@pytest.mark.parametrize(("day", "may_move"), [(1, False), (6, True)])
def test_who_could_take_a_duty_agrees_with_verify(day, may_move):
    problem, rules, roster = example()
    duty = [one for one in roster.duties if one.day == day][day]
    on = problem.grid.date(day)
    left = Roster(duties=tuple(one for one in roster.duties if one != duty))
    seen = held_against(
        left, who(problem, rules, roster, on, instead_of=duty.agent, may_move=may_move, most=3)
    )
    seen |= held_against(
        roster, who(problem, rules, roster, on, shift=duty.template, may_move=may_move, most=3)
    )
    assert False in seen


@pytest.mark.parametrize("ask", [overtime, time_off])
def test_other_hours_agree_with_verify(ask):
    problem, rules, roster = example()
    found = set()
    for day in (2,):
        ranking = ask(problem, looser(rules), roster, problem.grid.date(day))
        found |= held_against(roster, ask(problem, rules, roster, problem.grid.date(day), most=3))
        for proposal in ranking.proposals:
            effect = proposal.effect
            wins = effect.missing_minutes if ask is overtime else effect.superfluous_minutes
            assert wins < 0
            (change,) = proposal.changes
            was, becomes = change.before[0], change.after[0] if change.after else None
            if ask is overtime:
                assert becomes is not None and (becomes.start <= was.start and becomes.end >= was.end)
            else:
                assert becomes is None or (becomes.start >= was.start and becomes.end <= was.end)
        found.add(bool(ranking.proposals))
    assert True in found


def test_overtime_is_longest_where_staff_is_missing():
    # one is required until 17:00 and Ada goes at 13:00: she could stay, since the shift may have 8 h
    problem = tiny_problem(("Ada",))
    template = problem.templates[0].model_copy(
        update={"min_length": 240, "max_length": 480, "length_step": 60}
    )
    problem = problem.model_copy(update={"templates": (template,)})
    short = ADA_MONDAY.model_copy(update={"end": 540 + 240})
    ranking = overtime(problem, tiny_rules(), Roster(duties=(short,)), "Mon")
    (proposal,) = ranking.proposals
    assert proposal.changes[0].after == (ADA_MONDAY,)
    # 4 h at 20.00 more, 4 h at 60.00 less
    assert proposal.effect.cost == (4 * 2000 - 4 * 6000) * 60
    assert overtime(problem, tiny_rules(), Roster(duties=(ADA_MONDAY,)), "Mon").without == 1


def test_who_is_superfluous_goes_home():
    # nobody is required at all: the whole day off saves most
    problem = tiny_problem(("Ada",), wanted=0)
    ranking = time_off(problem, tiny_rules(), tiny_roster(), "Mon")
    (proposal,) = ranking.proposals
    assert proposal.changes[0].becomes == "free"
    assert proposal.effect.cost == -(8 * 2000 + 8 * 500) * 60


def test_breaks_are_laid_as_the_rules_ask_where_nobody_has_such_a_shift():
    problem, rules, roster = example()
    night = next(one for one in problem.templates if one.name == "Night")
    nobody = Roster(duties=tuple(duty for duty in roster.duties if duty.template != night.name))
    ranking = who(problem, looser(rules), nobody, problem.grid.date(3), shift="night", most=3)
    assert ranking.proposals
    for proposal in ranking.proposals:
        (duty,) = proposal.changes[0].after
        assert len(duty.breaks) == len(night.breaks_of(duty.elapsed_minutes)) > 0
        assert all(one.end <= other.start for one, other in pairwise(duty.breaks))


def test_more_are_counted_and_shown_when_asked_for():
    problem, rules, roster = example()
    asked = {"shift": "day", "may_move": True}
    few = who(problem, rules, roster, problem.grid.date(1), most=2, **asked)
    many = who(problem, rules, roster, problem.grid.date(1), most=6, **asked)
    assert len(few.proposals) == 2 and few.more == many.more + 4 > 4
    assert few.proposals == many.proposals[:2]


def test_two_duties_on_a_day_are_no_duty_to_take_over():
    twice = Duty(agent="Ada", day=0, template="day", start=1020, end=1500)
    with pytest.raises(BadInput, match="2 duties"):
        who(tiny_problem(), tiny_rules(), Roster(duties=(ADA_MONDAY, twice)), "Mon", instead_of="Ada")
