"""A swap is judged by what it touches; the answer is the one of a full verification."""

from random import Random

import pytest
from typer.testing import CliRunner

from constraints import CATALOGUE
from scheduler import swap, verify, write_workbook
from scheduler.app.results.hand_edits import settled
from scheduler.command_line.main import command_line
from scheduler.command_line.output.exits import Exit
from scheduler.domain import Agent, BadInput, Duty, Roster, TimeOff
from scheduler.io.result.reading.sources import ChangedDay, RosterReading, TypedShift
from scheduler.model import RuleBook
from scheduler.model.rules.rule import AgentRule, Strength
from scheduler.verifier import DeltaEvaluation
from tests.changes.rosters import example, with_weeks
from tests.unit.tiny import rule, tiny_outcome, tiny_problem, tiny_roster, tiny_rules

ADA_MONDAY, ADA_TUESDAY = tiny_roster().duties


def said(*words):
    return CliRunner().invoke(command_line, ["swap", *map(str, words)], catch_exceptions=False)


@pytest.fixture
def tiny_file(tmp_path):
    """Ada works on Monday and Tuesday, Bo does not."""
    problem = tiny_problem()
    rules = RuleBook(rules=(*tiny_rules().rules, rule("days_per_week", at_most=1)))
    outcome = tiny_outcome(problem, wages=0, missing=0, bound=0)
    write_workbook(tmp_path / "roster.xlsx", problem, rules, outcome)
    return tmp_path / "roster.xlsx"


def test_can_ada_give_her_tuesday_to_bo(tiny_file):
    # "Ada asks to be free on Tuesday, and Bo would come. May they?" Names as one types them in a hurry.
    answer = said(tiny_file, "--agent", " ADA", "--day", "tuesday", "--with", "bo")
    assert (answer.exit_code, answer.stdout.splitlines()) == (
        Exit.DONE,
        [
            "Yes: no rule stands in the way.",
            "What would change:",
            "  Ada, Tue 06 Jan 2026: day 09:00–17:00 → free",
            "  Bo, Tue 06 Jan 2026: free → day 09:00–17:00",
            "Cost 0.00 EUR.",
            "Staffing: coverage as before.",
        ],
    )


def test_no_names_the_rule_and_the_person(tiny_file, tmp_path):
    # Bo is on leave on Tuesday
    problem = tiny_problem()
    ada, bo = problem.agents
    leave = TimeOff(start="2026-01-06T00:00", end="2026-01-07T00:00")
    problem = problem.model_copy(update={"agents": (ada, bo.model_copy(update={"time_off": (leave,)}))})
    write_workbook(tmp_path / "week.xlsx", problem, RuleBook(rules=(*tiny_rules().rules, rule("time_off"))))
    answer = said(
        tiny_file, "--agent", "Ada", "--day", "Tue", "--with", "Bo", "--input", tmp_path / "week.xlsx"
    )
    assert answer.exit_code == Exit.VERIFY_FOUND_SOMETHING
    lines = answer.stdout.splitlines()
    assert lines[0] == "No: 1 thing stands in the way."
    assert lines[1].startswith("  - Time off (time_off): Bo ")
    assert "  Bo, Tue 06 Jan 2026: time off → day 09:00–17:00" in lines


@pytest.mark.parametrize(
    ("words", "said_so"),
    [
        (("--agent", "Ad", "--day", "Tue", "--with", "Bo"), 'Did you mean "Ada"?'),
        (("--agent", "Ada", "--day", "Sun", "--with", "Bo"), "not one of the planned days"),
        (("--agent", "Ada", "--day", "someday", "--with", "Bo"), "someday"),
        (("--agent", "Ada", "--day", "Tue", "--with", "ada"), "cannot swap with themselves"),
        (("--agent", "Bo", "--day", "Tue", "--with", "Ada", "--day", "2026-01-08"), "planned days"),
        (("--agent", "Ada", "--day", "Mon", "--with", "Bo", *["--day", "Tue"] * 2), "two days at most"),
    ],
)
def test_what_is_not_known_is_asked_back(tiny_file, words, said_so):
    answer = said(tiny_file, *words)
    assert answer.exit_code == Exit.BAD_INPUT and said_so in answer.stderr


def test_two_who_are_free_have_nothing_to_swap():
    nobody = Roster(duties=(ADA_MONDAY,))
    with pytest.raises(BadInput, match="neither Ada on Tue 06 Jan 2026 nor Bo"):
        swap(tiny_problem(), tiny_rules(), nobody, "Ada", "Tue", "Bo")


def test_a_weekday_that_comes_twice_is_asked_about():
    problem = tiny_problem()
    fortnight = problem.model_copy(update={"grid": problem.grid.model_copy(update={"days": 14})})
    with pytest.raises(BadInput, match="2026-01-06, 2026-01-13"):
        swap(fortnight, tiny_rules(), tiny_roster(), "Ada", "Tue", "Bo")


def test_a_duty_keeps_its_instants_so_that_another_zone_refuses_it():
    # 09:00 in the campaign's zone is 12:00 on Bo's clock, where no "day" starts
    problem = tiny_problem()
    bo = problem.agents[1].model_copy(update={"time_zone": "UTC+3"})
    problem = problem.model_copy(update={"agents": (problem.agents[0], bo)})
    answer = swap(problem, tiny_rules(), tiny_roster(), "Ada", "Tue", "Bo")
    assert not answer.is_possible
    assert 'does not start as "day" may' in answer.obstacles[0].sentence


def test_what_was_broken_before_is_no_fault_of_the_swap():
    # Ada may work one day and works two: giving one away mends that, and Bo breaks nothing
    rules = RuleBook(rules=(*tiny_rules().rules, rule("max_consecutive_days", days=1)))
    assert not verify(tiny_problem(), rules, tiny_roster()).is_legal
    assert swap(tiny_problem(), rules, tiny_roster(), "Ada", "Tue", "Bo").is_possible
    # but a run that grows from two days to three is one, though it was too long before
    three = tiny_problem(("Ada", "Bo"))
    three = three.model_copy(update={"grid": three.grid.model_copy(update={"days": 3}), "demand": ()})
    extra = ADA_MONDAY.model_copy(update={"agent": "Bo", "day": 2, "start": 2880 + 540, "end": 2880 + 1020})
    roster = Roster(duties=(*tiny_roster().duties, extra))
    answer = swap(three, rules, roster, "Bo", "Wed", "Ada")
    assert [obstacle.agent for obstacle in answer.obstacles] == ["Ada"]


def test_every_answer_is_that_of_a_full_verification():
    """Verdict, rules named, and cost, of swaps drawn at random: on a legal roster, and on a spoilt one."""
    problem, rules, roster = example()
    random = Random(11)
    names = [agent.name for agent in problem.agents]
    verdicts = []
    for spoilt in (False, True):
        if spoilt:  # everybody's Wednesday is gone but for every third duty: hours are missing everywhere
            roster = Roster(duties=tuple(d for i, d in enumerate(roster.duties) if d.day != 2 or i % 3 == 0))
        full_before = verify(problem, rules, roster)
        for _ in range(20):
            one, two = random.sample(names, 2)
            day = random.randrange(problem.grid.days)
            other_day = day if random.random() < 0.7 else random.randrange(problem.grid.days)
            if not roster.on(one, day) and not roster.on(two, other_day):
                continue
            dates = [problem.grid.date(number) for number in (day, other_day)]
            answer = swap(problem, rules, roster, one, dates[0], two, dates[1])
            full = verify(problem, rules, with_weeks(roster, swapped(roster, one, day, two, other_day)))
            assert answer.effect.cost == full.cost.total - full_before.cost.total
            assert {str(obstacle) for obstacle in answer.obstacles} <= set(full.faults())
            if not spoilt:
                assert answer.is_possible == full.is_legal
            elif answer.is_possible:
                assert excess_by_rule(full) <= excess_by_rule(full_before)
            verdicts.append(answer.is_possible)
    assert {True, False} == set(verdicts)


def test_a_swap_costs_what_it_costs_once_it_is_typed():
    # "Coverage as before", said swap, for the duties kept their breaks; typed into the sheet Roster and
    # refreshed, the same swap had its breaks laid anew and cost 21.25 more.
    problem, rules, roster = example()
    random = Random(3)
    names = [agent.name for agent in problem.agents]
    before, kept_breaks, looked_at = verify(problem, rules, roster), 0, 0
    while looked_at < 12:
        one, two = random.sample(names, 2)
        day = random.randrange(problem.grid.days)
        if not roster.on(one, day) and not roster.on(two, day):
            continue
        looked_at += 1
        answer = swap(problem, rules, roster, one, problem.grid.date(day), two)
        changed = tuple(
            ChangedDay(
                agent, day, "Roster!A1", roster.on(agent, day), typed_as(problem, roster.on(other, day))
            )
            for agent, other in sorted(((one, two), (two, one)), key=lambda pair: names.index(pair[0]))
        )
        rest = tuple(duty for duty in roster.duties if duty.day != day or duty.agent not in (one, two))
        typed = settled(problem, rules, RosterReading(Roster(duties=rest), changed=changed)).roster
        assert verify(problem, rules, typed).cost.total - before.cost.total == answer.effect.cost
        kept_breaks += {duty.breaks for duty in typed.on(two, day)} == {
            duty.breaks for duty in roster.on(one, day)
        }
    assert kept_breaks > 6


def typed_as(problem, duties):
    """What a planner types on the sheet Roster for these duties: the shift with its times."""
    return tuple(
        TypedShift(duty.template, duty.start - midnight, duty.end - midnight)
        for duty in duties
        for midnight in [problem.grid.day_start(duty.day)]
    )


def excess_by_rule(report):
    return sum(violation.amount for violation in report.broken), len(report.misfits)


def swapped(roster, one, day, two, other_day):
    def week(agent, without, taken: tuple[Duty, ...]):
        kept = [duty for duty in roster.of(agent) if duty.day != without]
        return (*kept, *(duty.model_copy(update={"agent": agent}) for duty in taken))

    return {
        one: week(one, day, roster.on(two, other_day)),
        two: week(two, other_day, roster.on(one, day)),
    }


@pytest.mark.parametrize("kind", [one for one in CATALOGUE if issubclass(one, AgentRule)])
def test_a_rule_on_agents_looks_at_each_of_them_alone(kind):
    """What a rule finds of one agent is the same whatever the others do: the reason why swaps are fast."""
    problem, rules, roster = example()
    random = Random(5)
    templates = [template.name for template in problem.templates]
    held = [one for one in rules.rules if type(one) is kind] or [kind.example(templates)]
    # drawn duties, so that something is broken
    duties = tuple(
        duty.model_copy(update={"agent": random.choice(problem.agents).name}) for duty in roster.duties
    )
    drawn = Roster(duties=duties)
    for each in held:
        checked = each.model_copy(update={"strength": Strength.MUST})
        everybody = list(checked.check(problem, drawn))
        for agent in problem.agents[::7]:
            alone = problem if kind.asks_by_team else problem.model_copy(update={"agents": (agent,)})
            theirs = Roster(duties=drawn.of(agent.name))
            found = [v for v in checked.check(alone, theirs) if v.agent == agent.name]
            assert found == [v for v in everybody if v.agent == agent.name]


def test_a_delta_evaluation_counts_everybody_as_the_verifier_does():
    problem, rules, roster = example()
    evaluation, report = DeltaEvaluation(problem, rules, roster), verify(problem, rules, roster)
    found = [violation for count in evaluation.people.values() for violation in count.violations]
    assert sorted(map(str, [*found, *evaluation.team.violations])) == sorted(map(str, report.violations))
    assert sum(count.wages for count in evaluation.people.values()) == report.cost.wages
    assert evaluation.team.missing_cost == report.cost.missing


def test_an_agent_whom_no_swap_touches_is_not_looked_at():
    # the judged weeks are of two agents; a third one's impossible duty is no news
    problem = tiny_problem(("Ada", "Bo", "Cy"))
    odd = Duty(agent="Cy", day=0, template="day", start=0, end=30)
    evaluation = DeltaEvaluation(problem, tiny_rules(), Roster(duties=(*tiny_roster().duties, odd)))
    judged = evaluation.judge(
        {"Ada": (), "Bo": tuple(d.model_copy(update={"agent": "Bo"}) for d in tiny_roster().duties)}
    )
    assert judged.obstacles == () and isinstance(problem.agents[2], Agent)
