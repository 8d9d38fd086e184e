"""What differs between two rosters: the list of changes, the figures, and what it says of two inputs."""

import json
from datetime import date, datetime, timedelta
from random import Random

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from scheduler import compare, schema, write_workbook
from scheduler.changes.comparison.compare import changes_between
from scheduler.command_line.main import command_line
from scheduler.command_line.output.exits import Exit
from scheduler.domain import Duty, PlacedBreak, Roster, TimeOff
from scheduler.domain.changes.comparison import Differs
from scheduler.model import RuleBook
from tests.unit.tiny import tiny_outcome, tiny_problem, tiny_roster, tiny_rules

ADA_MONDAY, ADA_TUESDAY = tiny_roster().duties
PAUSE = PlacedBreak(name="tea", start=600, length_minutes=15)


def said(*words):
    return CliRunner().invoke(command_line, ["compare", *map(str, words)], catch_exceptions=False)


def written(path, roster, problem=None, rules=None):
    problem = problem or tiny_problem()
    outcome = tiny_outcome(problem, wages=0, missing=0, bound=0).model_copy(update={"roster": roster})
    write_workbook(path, problem, rules or tiny_rules(), outcome)
    return path


def test_what_changed_since_monday(tmp_path):
    # "I moved Ada's Tuesday to Bo. What else differs from what I sent out on Monday, and what does it cost?"
    to_bo = Roster(duties=(ADA_MONDAY, ADA_TUESDAY.model_copy(update={"agent": "Bo"})))
    answer = said(written(tmp_path / "sent.xlsx", tiny_roster()), written(tmp_path / "now.xlsx", to_bo))
    assert answer.exit_code == Exit.DONE
    assert answer.stdout.splitlines() == [
        "2 people: 2 duties change, 0 break plans move; cost 0.00 EUR, paid hours in duties 0 min.",
        "2 changed duties:",
        "  Ada, Tue 06 Jan 2026: day 09:00–17:00 → free",
        "  Bo, Tue 06 Jan 2026: free → day 09:00–17:00",
        "Cost 320.00 EUR → 320.00 EUR (0.00).",
        "Paid hours in duties 16 h → 16 h (0 min).",
        "Missing 0.0 → 0.0 agent-hours, superfluous 0.0 → 0.0.",
        "Both keep every rule that must be kept.",
    ]


def test_pay_for_the_sick_stands_beside_the_wages_that_fell_away(tmp_path):
    # "cost -284.50, wages -672.00", while 780 of sick pay were nowhere on the page
    problem = tiny_problem()
    ada, bo = problem.agents
    sick = TimeOff(start=datetime(2026, 1, 6), end=datetime(2026, 1, 7), kind="sick", paid_minutes=480)
    later = problem.model_copy(update={"agents": (ada.model_copy(update={"time_off": (sick,)}), bo)})
    one = written(tmp_path / "before.xlsx", tiny_roster())
    other = written(tmp_path / "after.xlsx", Roster(duties=(ADA_MONDAY,)), later)
    lines = said(one, other).stdout.splitlines()
    assert "  - wages: 320.00 EUR → 160.00 EUR (-160.00)" in lines
    assert (
        "Beside the cost, pay for leave and sick calls 0.00 EUR → 160.00 EUR (+160.00); wages and this pay "
        "together 0.00."
    ) in lines
    said(one, other, "--json", tmp_path / "difference.json")
    document = json.loads((tmp_path / "difference.json").read_text())
    assert [document[side]["pay_for_absence"] for side in ("before", "after")] == [0.0, 160.0]


def test_a_dropped_duty_costs_its_missing_hours():
    # 8 h of 20.00 are not paid, and 8 agent-hours of 60.00 are missing
    comparison = compare(tiny_problem(), tiny_rules(), tiny_roster(), Roster(duties=(ADA_MONDAY,)))
    differences = {one.cause: one.difference for one in comparison.costs()}
    assert differences == {"wages": -160 * 6000, "missing": 480 * 6000, "superfluous": 0}
    assert comparison.after.missing_minutes == 480 and comparison.before.missing_minutes == 0
    assert comparison.cost_difference == sum(differences.values())


@pytest.mark.parametrize(
    ("new", "differs"),
    [
        (None, {Differs.FREEDOM}),
        ({"template": "late"}, {Differs.TEMPLATE}),
        ({"start": 600, "end": 1080}, {Differs.START}),
        ({"end": 1000}, {Differs.LENGTH}),
        ({"start": 600}, {Differs.START, Differs.LENGTH}),
        ({"breaks": (PAUSE,)}, {Differs.BREAKS}),
        ({"start": 600, "breaks": (PAUSE,)}, {Differs.START, Differs.LENGTH}),
        ({}, set()),
    ],
)
def test_in_what_a_day_differs(new, differs):
    after = () if new is None else (ADA_MONDAY.model_copy(update=new),)
    found = list(changes_between(tiny_problem(), Roster(duties=(ADA_MONDAY,)), Roster(duties=after)))
    assert {one for change in found for one in change.differs} == differs
    assert [change.is_break_move for change in found] == [differs == {Differs.BREAKS}] * bool(differs)


def test_breaks_in_another_order_are_the_same_breaks():
    later = PlacedBreak(name="meal", start=720, length_minutes=30)
    one, other = (
        ADA_MONDAY.model_copy(update={"breaks": order}) for order in ((PAUSE, later), (later, PAUSE))
    )
    assert not list(changes_between(tiny_problem(), Roster(duties=(one,)), Roster(duties=(other,))))


def test_a_break_move_names_the_break_that_moved():
    tea, meal = PAUSE, PlacedBreak(name="meal", start=720, length_minutes=30)
    moved = meal.model_copy(update={"start": 750})
    one, other = (ADA_MONDAY.model_copy(update={"breaks": (tea, last)}) for last in (meal, moved))
    (change,) = changes_between(tiny_problem(), Roster(duties=(one,)), Roster(duties=(other,)))
    assert str(change) == "Ada, Mon 05 Jan 2026: day: meal 12:00 → meal 12:30"


def test_two_inputs_are_compared_and_each_roster_is_counted_by_its_own(tmp_path):
    # the second week wants two agents, knows Cy instead of Bo, gives Ada a day off, and has one rule less
    problem = tiny_problem(("Ada", "Cy"), wanted=2)
    ada = problem.agents[0].model_copy(
        update={"time_off": (TimeOff(start="2026-01-06T00:00", end="2026-01-07T00:00"),)}
    )
    problem = problem.model_copy(update={"agents": (ada, problem.agents[1])})
    fewer = RuleBook(rules=tiny_rules().rules[:2])
    first = written(tmp_path / "a.xlsx", tiny_roster())
    second = written(tmp_path / "b.xlsx", Roster(duties=(ADA_MONDAY,)), problem, fewer)
    answer = said(first, second).stdout.splitlines()
    assert answer[1:7] == [
        "The two inputs differ, and each roster is counted against its own:",
        "  - Only the first has these agents: Bo.",
        "  - Only the second has these agents: Cy.",
        "  - The agents differ in time off: Ada.",
        "  - The demand differs for English: 16.0 agent-hours required in all, and 32.0.",
        "  - Only the first has these rules: one_shift_a_day.",
    ]
    assert answer[8] == "  Ada, Tue 06 Jan 2026: day 09:00–17:00 → time off"
    assert "Missing 0.0 → 24.0 agent-hours, superfluous 0.0 → 0.0." in answer


def test_days_are_compared_by_their_dates(tmp_path):
    # a horizon that begins a day later: its day 0 is the other one's day 1
    problem = tiny_problem()
    later = problem.model_copy(
        update={"grid": problem.grid.model_copy(update={"first_day": date(2026, 1, 6)})}
    )
    same_dates = Roster(duties=(ADA_MONDAY,))  # Tuesday, in the later horizon
    (change,) = changes_between(problem, tiny_roster(), same_dates, later)
    assert (change.on, change.becomes) == (date(2026, 1, 5), "free")


def test_a_result_in_json_needs_its_input(tmp_path):
    problem, rules = tiny_problem(), tiny_rules()
    outcome = tiny_outcome(problem, wages=0, missing=0, bound=0)
    write_workbook(tmp_path / "a.json", problem, rules, outcome)
    write_workbook(tmp_path / "week.json", problem, rules)
    workbook = written(tmp_path / "b.xlsx", Roster(duties=(ADA_MONDAY,)))
    alone = said(tmp_path / "a.json", tmp_path / "a.json")
    assert alone.exit_code == Exit.BAD_INPUT and "holds no copy of its input" in alone.stderr
    for words in (
        (tmp_path / "a.json", workbook),
        (workbook, tmp_path / "a.json"),
        (tmp_path / "a.json", workbook, "--input", tmp_path / "week.json"),
    ):
        assert "1 person: 1 duty changes" in said(*words).stdout


def test_the_json_keeps_to_its_schema_and_says_the_same(tmp_path):
    first = written(tmp_path / "a.xlsx", tiny_roster())
    second = written(tmp_path / "b.xlsx", Roster(duties=(ADA_MONDAY,)))
    answer = said(first, second, "--json", "-")
    document = json.loads(answer.stdout)
    assert not list(Draft202012Validator(schema("comparison")).iter_errors(document))
    assert document["duties_changed"] == 1
    assert document["changes"][0]["before"][0]["start"] == "2026-01-06T09:00:00Z"
    assert document["after"]["cost"]["missing"] == 480.0


def test_changes_turn_one_roster_into_the_other():
    """Applied to the first roster, the changes give the second, whatever was changed."""
    random, problem = Random(7), tiny_problem(("Ada", "Bo", "Cy"))
    for _ in range(200):
        one, other = (_drawn(random) for _ in range(2))
        changes = list(changes_between(problem, one, other))
        touched = {(change.agent, change.day) for change in changes}
        kept = [duty for duty in one.duties if (duty.agent, duty.day) not in touched]
        rebuilt = {*kept, *(duty for change in changes for duty in change.after)}
        assert rebuilt == set(other.duties)
        assert {duty for change in changes for duty in change.before} <= set(one.duties)


def _drawn(random):
    duties = []
    for agent in ("Ada", "Bo", "Cy"):
        for day in (0, 1):
            if random.random() < 0.7:
                start = day * 1440 + random.choice((480, 540))
                pause = PlacedBreak(name="tea", start=start + random.choice((60, 90)), length_minutes=15)
                end = start + random.choice((240, 480))
                template = random.choice(("day", "late"))
                duties.append(
                    Duty(agent=agent, day=day, template=template, start=start, end=end, breaks=(pause,))
                )
    return Roster(duties=tuple(duties))


def test_the_horizons_of_daylight_saving_share_their_clock():
    # the later horizon begins after the clocks went forward: instants are moved by real minutes
    problem = tiny_problem()
    grid = problem.grid.model_copy(update={"first_day": date(2026, 3, 28), "time_zone": "Europe/Berlin"})
    before = problem.model_copy(update={"grid": grid})
    after = before.model_copy(
        update={"grid": grid.model_copy(update={"first_day": grid.first_day + timedelta(days=2)})}
    )
    at_nine = {
        "start": before.grid.instant_on_day(2, 540),
        "end": before.grid.instant_on_day(2, 1020),
        "day": 2,
    }
    one = Roster(duties=(ADA_MONDAY.model_copy(update=at_nine),))
    other = Roster(duties=(ADA_MONDAY,))  # 09:00 of the later horizon's first day
    assert not list(changes_between(before, one, other, after))
