"""Service levels over a day or a week: tables, rosters held to them, and a bound that knows them."""

import json
from datetime import datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import scheduler
from scheduler.app.input_checks.faults import faults_of
from scheduler.changes.comparison.input_differences import input_differences
from scheduler.demand import service_level
from scheduler.demand.requirement import with_requirement
from scheduler.domain import Problem, Roster, TimeOff
from scheduler.domain.facts.goal_tables import THOUSAND
from scheduler.domain.facts.problem import Shrinkage
from scheduler.domain.results.digest import certificate_hash
from scheduler.model import RuleBook, Strength
from scheduler.model.limits.kinds import Service
from scheduler.rolling.next_week import moved_on
from scheduler.verifier import recompute_bound
from scheduler.verifier.recount.goals import goal_table_mismatches
from scheduler.verifier.recount.requirement import requirement_mismatches
from tests.attacks.tiny_goals import in_time
from tests.demand.weeks import CALLS, one_skill
from tests.unit.tiny import rule, tiny_rules

ROUNDS = scheduler.Stop(seconds=60, rounds=2)


def book(strength: Strength = Strength.MUST, price: int | None = None) -> RuleBook:
    return RuleBook(rules=(*tiny_rules().rules, rule("service_goal", strength=strength, price=price)))


def solved(problem: Problem, rules: RuleBook) -> scheduler.Outcome:
    return scheduler.solve(problem, rules, stop=ROUNDS, seed=1, workers=1)


def test_the_requirement_is_just_above_the_workload() -> None:
    # 60 calls of 240 s in an hour are 4 erlangs, 90 are 6: one more agent keeps the line from overflowing
    required = one_skill(per="week").demand[0].required
    assert (required[10], required[11]) == (5, 7)
    assert one_skill().demand[0].required[10] > 5
    assert one_skill(per="week", minimum_staff=6).demand[0].required[10:12] == (6, 7)
    # 4 erlangs at 50 % at most are 8 agents
    assert one_skill(per="week", occupancy_percent=50).demand[0].required[10] == 8


def test_a_table_is_erlang_c_rounded_down() -> None:
    (table,) = one_skill(per="week").goal_tables
    position = table.intervals.index(10)
    assert table.fewest[position] == 5
    for agents in (4, 5, 7, 9):
        level = service_level(agents, 60, 240, 60, 20)
        assert table.in_time(position, agents) == int(THOUSAND * 60 * level)
    assert table.in_time(position, 1000) >= 60 * THOUSAND - 1
    # 387.5 calls on each of two days, 80 % of them
    assert (table.offered, table.asked) == (775_000, 620_000)


def test_a_day_has_a_goal_of_its_own() -> None:
    monday, tuesday = one_skill(per="day").goal_tables
    assert (monday.name, tuesday.name) == ("English, 2026-01-05", "English, 2026-01-06")
    assert (monday.days, tuesday.days) == ((0,), (1,))
    assert monday.asked + tuesday.asked == one_skill(per="week").goal_tables[0].asked


def test_a_closed_day_has_none() -> None:
    week = one_skill(per="day", weekdays=(0,))
    assert [one.days for one in week.goal_tables] == [(0,)]
    assert not any(week.demand[0].required[24:])


def test_a_week_begins_on_the_day_of_the_settings() -> None:
    week = one_skill(per="week")
    other = with_requirement(week.model_copy(update={"week_starts_on": 1}))
    assert [one.days for one in other.goal_tables] == [(0,), (1,)]


def test_weekdays_with_another_level_are_another_goal() -> None:
    week = one_skill(per="week", weekdays=(0,))
    second = week.service_goals[0].model_copy(update={"weekdays": (1,), "service_level_percent": 60})
    both = with_requirement(week.model_copy(update={"service_goals": (*week.service_goals, second)}))
    names = [one.name for one in both.goal_tables]
    assert len(set(names)) == len(names) == 2
    assert goal_table_mismatches(both) == ()


@settings(max_examples=40, deadline=None)
@given(
    contacts=st.lists(st.floats(0, 400, allow_nan=False), min_size=8, max_size=8),
    aht=st.floats(20, 900),
    within=st.sampled_from([0, 10, 20, 300]),
    taken=st.sampled_from([0, 5, 33.33, 80]),
    per=st.sampled_from(["day", "week"]),
)
def test_both_counts_agree_and_tables_are_concave(
    contacts: list[float], aht: float, within: int, taken: float, per: str
) -> None:
    week = one_skill(tuple(contacts), aht, within_seconds=within, per=per)
    week = with_requirement(
        week.model_copy(update={"shrinkage": (Shrinkage(kind="training", percent=taken),) if taken else ()})
    )
    assert goal_table_mismatches(week) == () == requirement_mismatches(week)
    for table in week.goal_tables:
        for interval, fewest, numbers in zip(table.intervals, table.fewest, table.answered, strict=True):
            assert week.demand[0].required[interval] == fewest
            steps = [after - before for before, after in pairwise(numbers)]
            # each further agent adds less; rounding takes up to a thousandth of a contact from either
            assert all(later <= before + 2 for before, later in pairwise(steps))


def test_a_table_that_does_not_follow_is_told() -> None:
    week = one_skill(per="week")
    (table,) = week.goal_tables
    numbers = [list(row) for row in table.answered]
    numbers[2][1] += 1
    forged = [
        table.model_copy(update={"answered": tuple(map(tuple, numbers))}),
        table.model_copy(update={"asked": table.asked - 1}),
        table.model_copy(update={"fewest": tuple(one - 1 for one in table.fewest)}),
        table.model_copy(
            update={key: getattr(table, key)[1:] for key in ("intervals", "fewest", "answered")}
        ),
    ]
    for one in forged:
        other = week.model_copy(update={"goal_tables": (one,)})
        report = scheduler.verify(other, book(), Roster(duties=()))
        assert any("is stated otherwise than its volumes come to" in said for said in report.mismatches), one
    unknown = week.model_copy(update={"goal_tables": (table, table.model_copy(update={"goal": 3}))})
    assert any("there is no service goal" in said for said in goal_table_mismatches(unknown))


def test_rule_and_limit_count_the_same() -> None:
    week = one_skill(per="week")
    outcome = solved(week, book(Strength.PREFER, 2500))
    for kept in range(0, len(outcome.roster.duties), 3):
        roster = Roster(duties=outcome.roster.duties[:kept])
        service = rule("service_goal", strength=Strength.PREFER, price=2500)
        (limit,) = service.limits(week)
        assert isinstance(limit, Service)
        report = scheduler.verify(week, book(Strength.PREFER, 2500), roster)
        missing = limit.excess(week, roster)
        assert missing == limit.excess(week, roster, {"English": tuple(_levels(week, roster))})
        assert report.cost.rules["service_goal"] == 60 * 2500 * missing
        assert report.goals[0].missing == missing
        answered = sum(
            in_time(week, week.service_goals[0], CALLS[at % 24 - 9], 240.0, _there(week, roster, at))
            for at in week.goal_tables[0].intervals
        )
        assert report.goals[0].in_time == answered


def _there(problem: Problem, roster: Roster, interval: int) -> int:
    """Shifts of the tiny week are from nine to five, without breaks."""
    return sum(duty.start <= interval * 60 < duty.end for duty in roster.duties)


def _levels(problem: Problem, roster: Roster) -> list[tuple[int, int, int]]:
    return [(at * 60, at * 60 + 60, _there(problem, roster, at)) for at in range(problem.grid.intervals)]


def test_a_must_is_met_and_the_bound_is_of_it() -> None:
    outcome = solved(one_skill(per="week"), book())
    (found,) = outcome.report.goals
    assert found.is_met and outcome.report.passed
    assert outcome.bound <= outcome.cost.total
    assert found.name in outcome.certificate.goals
    without = outcome.certificate.model_copy(update={"goals": {}})
    rules, week = book(), one_skill(per="week")
    assert recompute_bound(week, rules, without) <= recompute_bound(week, rules, outcome.certificate)


def test_fewer_agents_than_the_same_level_in_every_interval() -> None:
    """Quiet hours have agents enough for the shift's sake, and may make up for the busy one."""
    every, together = one_skill(service_level_percent=90), one_skill(service_level_percent=90, per="week")
    must = rule("requirement", strength="must")
    rules = RuleBook(rules=(must, *tiny_rules().rules[1:], rule("service_goal")))
    apart = solved(every, rules)
    whole = solved(together, rules)
    assert whole.report.passed and whole.report.goals[0].is_met
    assert whole.cost.wages < apart.cost.wages
    # and in no hour is the line left alone
    assert not whole.cost.missing


def test_a_goal_that_nobody_can_reach_is_told() -> None:
    week = one_skill((400.0,) * 8, per="week")  # 27 erlangs, ten agents
    with pytest.raises(scheduler.Contradiction, match="service_goal"):
        solved(week, RuleBook(rules=(*tiny_rules().rules, rule("service_goal"))))


def test_what_is_missing_has_its_price_where_it_is_only_preferred() -> None:
    week = one_skill((400.0,) * 8, per="week")
    outcome = solved(week, book(Strength.PREFER, 1))
    assert outcome.report.passed and not outcome.report.goals[0].is_met
    missing = outcome.report.goals[0].missing
    assert outcome.cost.rules["service_goal"] == 60 * missing > 0


def test_who_is_beyond_the_requirement_is_not_superfluous() -> None:
    outcome = solved(one_skill(per="week"), book())
    inside = outcome.report.coverage.superfluous["English"]
    assert not any(inside) and outcome.cost.superfluous == 0


def test_forged_multipliers_are_refused_or_prove_nothing_false() -> None:
    week, rules = one_skill(per="week"), book()
    outcome = solved(week, rules)
    name = outcome.report.goals[0].name
    for worth in (0, 1, 10**6, 10**12):
        forged = outcome.certificate.model_copy(update={"goals": {name: worth}})
        assert recompute_bound(week, rules, forged) <= outcome.cost.total
    unknown = outcome.certificate.model_copy(update={"goals": {"French, 2026-01-05": 3}})
    with pytest.raises(ValueError, match='goal "French, 2026-01-05" is not in the input'):
        recompute_bound(week, rules, unknown)
    with pytest.raises(ValueError, match="greater than or equal to 0"):
        scheduler.Certificate.model_validate({**outcome.certificate.model_dump(), "goals": {name: -1}})


def test_the_digest_of_certificates_without_goals_is_as_it_was() -> None:
    plain = scheduler.Certificate(
        slot_minutes=60, prices={"a": (1,)}, carried_rules=(), bound=0, unavoidable_wages=0
    )
    # as counted before there were any goals
    assert certificate_hash(plain) == "4cf89a42554837924420a0b6319214ca5c3cfd829fcb5066ac31387bb4cef76a"


def test_a_roster_is_written_and_verified_with_its_goal(tmp_path: Path) -> None:
    week, rules = one_skill(per="week"), book()
    outcome = solved(week, rules)
    path, document = tmp_path / "roster.xlsx", tmp_path / "roster.json"
    scheduler.write_workbook(path, week, rules, outcome)
    scheduler.write_workbook(document, week, rules, outcome)
    for file in (path, document):
        report = scheduler.verify_file(week, rules, file)
        assert report.passed and report.goals == outcome.report.goals and report.bound == outcome.bound
    assert scheduler.read_workbook(path) == (week, rules)


def test_a_false_service_is_named(tmp_path: Path) -> None:
    week, rules = one_skill(per="week"), book()
    outcome = solved(week, rules)
    path = tmp_path / "roster.xlsx"
    scheduler.write_workbook(path, week, rules, outcome)
    workbook = load_workbook(path)
    (cell,) = (
        cell
        for line in workbook["Summary"].iter_rows()
        for cell in line
        if isinstance(cell.value, str) and "are answered within 20 s" in cell.value
    )
    reached = f"{outcome.report.goals[0].in_time * 10_000 // outcome.report.goals[0].offered / 100:.2f} %"
    assert reached in str(cell.value)
    cell.value = str(cell.value).replace(reached, "99.99 %")
    workbook["Certificate"].sheet_state = "visible"
    workbook.save(path)
    assert any("99.99 %" in said for said in scheduler.verify_file(week, rules, path).mismatches)
    made = json.loads(scheduler.as_json(week, rules, outcome))
    made["goals"][0]["contacts_in_time"] += 1
    (tmp_path / "roster.json").write_text(json.dumps(made))
    (said,) = scheduler.verify_file(week, rules, tmp_path / "roster.json").mismatches
    assert said.startswith("goals.0.contacts_in_time")


def test_a_forged_row_of_the_certificate_is_told(tmp_path: Path) -> None:
    week, rules = one_skill(per="week"), book()
    outcome = solved(week, rules)
    path = tmp_path / "roster.xlsx"
    scheduler.write_workbook(path, week, rules, outcome)
    for value, told in (("-5", "is too small"), ("much", "is not a whole number"), ("1", "")):
        workbook = load_workbook(path)
        (row,) = (row for row in workbook["Certificate"].iter_rows() if str(row[0].value).startswith("goal:"))
        row[1].value = value
        workbook.save(tmp_path / "forged.xlsx")
        try:
            report = scheduler.verify_file(week, rules, tmp_path / "forged.xlsx")
        except scheduler.BadInput as refused:
            assert told and told in str(refused)
        else:
            assert not report.passed and any(told in said for said in report.mismatches), report.mismatches


@pytest.mark.parametrize("form", ["week.xlsx", "week.json", "folder", "frames"])
def test_what_is_written_is_read(form: str, tmp_path: Path) -> None:
    week, rules, path = one_skill(per="week", minimum_staff=2), book(), tmp_path / form
    if form == "frames":
        again, _ = scheduler.read_frames(scheduler.frames(week, rules))
    elif form == "folder":
        scheduler.write_folder(path, week, rules)
        again, _ = scheduler.read_workbook(path)
    else:
        scheduler.write_workbook(path, week, rules)
        again, _ = scheduler.read_workbook(path)
    assert again == week


def test_a_document_has_no_tables() -> None:
    document = scheduler.as_document(one_skill(per="day"), book())
    assert "goal_tables" not in document["problem"]
    assert scheduler.read_json(document)[0] == one_skill(per="day")


def test_a_problem_that_nobody_computed_is_refused() -> None:
    week = one_skill(per="week").model_copy(update={"goal_tables": ()})
    with pytest.raises(scheduler.BadInput, match='what answers "English" in time is not computed'):
        scheduler.solve(week, book(), stop=ROUNDS)


def test_a_goal_without_its_rule_is_told() -> None:
    told = [str(one) for one in faults_of(one_skill(per="week"), tiny_rules())]
    assert any("service levels over a day or a week are not heeded" in one for one in told)


def test_the_next_week_has_the_goal_too() -> None:
    found = moved_on(one_skill(per="week"), book(), Roster(duties=())).problem
    assert found.service_goals[0].per == "week" and goal_table_mismatches(found) == ()


def test_two_inputs_that_differ_in_a_level_are_told_apart() -> None:
    week, other = one_skill(per="week"), one_skill(per="week", service_level_percent=90)
    assert input_differences(week, book(), other, book()) == (
        "Service levels over a day or a week differ: 620 contacts are asked to be in time, and 698.",
    )


def test_a_sick_call_is_repaired_towards_the_goal() -> None:
    week, rules = one_skill(per="week"), book()
    outcome = solved(week, rules)
    who = outcome.roster.duties[0].agent
    midnight = datetime.combine(week.grid.first_day, time())
    sick = TimeOff(start=midnight, end=midnight + timedelta(days=1), kind="sick", paid_minutes=480)
    agents = tuple(
        one.model_copy(update={"time_off": (sick,)}) if one.name == who else one for one in week.agents
    )
    ill = week.model_copy(update={"agents": agents})
    kept = RuleBook(rules=(*rules.rules, rule("time_off")))
    repaired = scheduler.repair(ill, kept, outcome.roster, stop=ROUNDS, workers=1)
    assert repaired.outcome.report.passed and repaired.outcome.report.goals[0].is_met
