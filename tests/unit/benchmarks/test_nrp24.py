"""The nrp24 set is read so that staffcurve's cost is its objective, and its rules are the same."""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from constraints import CATALOGUE
from scheduler import verify
from scheduler.domain import Duty, Pin, Problem, Roster, ShiftWish
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.values.money import COST_UNITS_PER_CURRENCY
from scheduler.model.checks.left_out import unheeded_facts
from scheduler.model.checks.rule_book import rule_faults
from tests.benchmarks import nrp24
from tests.benchmarks.names import loader_of
from tests.benchmarks.nrp24_score import Instance
from tests.benchmarks.nrp24_score import Roster as Weeks

TEXT = """# This is a comment. Comments start with #
SECTION_HORIZON
# All instances start on a Monday
14

SECTION_SHIFTS
# ShiftID, Length in mins, Shifts which cannot follow this shift | separated
E,480,
L,600,E
N,720,E|L

SECTION_STAFF
# ID, MaxShifts, MaxTotalMinutes, MinTotalMinutes, MaxConsecutiveShifts, MinConsecutiveShifts, ...
A,E=14|L=14|N=3,4800,3000,5,2,2,1
B,E=14|L=14|N=0,4320,3360,5,2,2,1
C,E=0|L=14|N=14,6720,1440,4,3,2,2
D,E=14|L=2|N=14,9600,0,6,1,3,0

SECTION_DAYS_OFF
# EmployeeID, DayIndexes (start at zero)
A,0
B,5,6
D,13

SECTION_SHIFT_ON_REQUESTS
# EmployeeID, Day, ShiftID, Weight
A,2,E,2
A,3,E,2
B,9,L,7
B,9,E,1
C,4,E,3

SECTION_SHIFT_OFF_REQUESTS
# EmployeeID, Day, ShiftID, Weight
A,12,L,1
C,13,N,4
D,0,E,5

SECTION_COVER
# Day, ShiftID, Requirement, Weight for under, Weight for over
{cover}
"""
COVER = "\n".join(
    f"{day},{shift},{(day + place) % 3},{under},{over}"
    for day in range(13)  # nothing is said of the last day
    for place, (shift, under, over) in enumerate((("E", 100, 1), ("L", 100, 1), ("N", 40, 3)))
)
RULE_OF = {
    "forbidden_succession": "succession",
    "shift_count": "most shifts",
    "entitlement": "most shifts",
    "paid_hours": "minutes",
    "weekends": "weekends",
    "max_consecutive_days": "most in a row",
    "min_consecutive_days": "fewest in a row",
    "min_consecutive_days_off": "fewest off in a row",
    "pins": "days off",
}
"""What the second opinion calls each rule that the set asks for."""


@pytest.fixture(scope="module")
def instance() -> Instance:
    return Instance(TEXT.format(cover=COVER))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "nrp24").mkdir()
    (tmp_path / "nrp24" / "Instance9.txt").write_text(TEXT.format(cover=COVER), encoding="utf-8")
    (tmp_path / "nrp24" / "best_known.csv").write_text(
        "instance,best_known,lower_bound,other\n8,1,1,1\n9,607,,650\n", encoding="utf-8"
    )
    return tmp_path


def roster_of(problem: Problem, weeks: Weeks) -> Roster:
    lengths = {template.name: template.min_length for template in problem.templates}
    return Roster(
        duties=tuple(
            Duty(agent=name, day=day, template=shift, start=day * 1440, end=day * 1440 + lengths[shift])
            for name, week in weeks.items()
            for day, shift in enumerate(week)
            if shift is not None
        )
    )


def drawn(dice: Random, instance: Instance) -> Weeks:
    """Stretches of one shift and of days off, some of them legal."""
    weeks: Weeks = {}
    for name in instance.people:
        week: list[str | None] = []
        while len(week) < instance.days:
            shift = dice.choice(instance.shifts)
            week += [shift] * dice.randint(1, 6) + [None] * dice.randint(1, 4)
        start = dice.randint(0, 3)
        weeks[name] = ([None] * start + week)[: instance.days]
        if dice.random() < 0.3:
            weeks[name][dice.randrange(instance.days)] = dice.choice(instance.shifts)
    return weeks


@pytest.mark.parametrize("seed", range(5))
def test_cost_and_legality_are_those_of_the_set(seed: int, instance: Instance) -> None:
    case = nrp24.case_from(TEXT.format(cover=COVER), "nrp24-0")
    kinds = {rule.name: rule.kind for rule in case.rules.rules}
    dice = Random(seed)
    seen: set[str] = set()
    for _ in range(40):
        weeks = drawn(dice, instance)
        report = verify(case.problem, case.rules, roster_of(case.problem, weeks))
        assert report.misfits == ()
        assert report.cost.total == instance.objective(weeks) * COST_UNITS_PER_CURRENCY
        broken = instance.broken(weeks)
        assert {(found.agent, RULE_OF[kinds[found.rule]]) for found in report.broken} == broken
        assert report.is_legal == (not broken)
        seen |= {rule for _, rule in broken}
    assert seen == set(RULE_OF.values())  # every rule of the set was broken at some time


def test_a_legal_roster_is_legal_on_both_sides(instance: Instance) -> None:
    case = nrp24.case_from(TEXT.format(cover=COVER), "nrp24-0")
    weeks: Weeks = {
        "A": [None, "E", "E", "E", "E", None, None, "E", "E", "N", "N", None, None, "E"],
        "B": ["L", "L", "L", None, None, None, None, "E", "E", "L", "L", None, None, None],
        "C": ["N", "N", "N", None, None, "L", "L", "L", None, None, None, None, None, None],
        "D": [None] * 14,
    }
    # B: 480 min twice and 600 five times are 3960; A: 480 seven times and 720 twice are 4800, the most;
    # A works one Sunday, the most; C works three nights and three lates, one weekend
    assert instance.broken(weeks) == set()
    report = verify(case.problem, case.rules, roster_of(case.problem, weeks))
    assert list(report.faults()) == []
    # unmet: B's early of day 9 (1), C's early of day 4 (3); nothing that was not wanted is worked
    assert report.cost.rules == {"shift_wishes": 4 * COST_UNITS_PER_CURRENCY}
    assert report.cost.total == instance.objective(weeks) * COST_UNITS_PER_CURRENCY


def test_the_facts_are_where_they_belong(folder: Path) -> None:
    case = loader_of("nrp24-9")(folder, 1)
    problem = case.problem
    assert case.name == problem.name == "nrp24-9"
    assert (case.known_cost, case.known_bound) == (607 * 6000, None)
    assert [contract.templates for contract in problem.contracts] == [("E", "L", "N"), ("E", "L"), ("L", "N")]
    ann = problem.agents[0]
    assert ann.pins == (Pin(day=date(2024, 1, 1), off=True),)
    assert ann.shift_wishes[0] == ShiftWish(day=date(2024, 1, 3), template="E", price=200)
    assert ann.shift_wishes[2] == ShiftWish(day=date(2024, 1, 13), template="L", wanted=False, price=100)
    nights = problem.headcounts[2]
    assert (nights.row, nights.missing_price, nights.superfluous_price) == ("N", 4000, 300)
    assert nights.required[:3] == (2, 0, 1)
    assert nights.required[13] is None
    counts = [rule for rule in case.rules.rules if rule.kind == "shift_count"]
    assert [(rule.name, rule.scope.agents) for rule in counts] == [
        ("at most 2 L", ("D",)),
        ("at most 3 N", ("A",)),
    ]
    assert unheeded_facts(problem, case.rules, CATALOGUE) == []
    faults = (*problem_faults(problem), *rule_faults(problem, case.rules))
    assert [str(fault) for fault in faults if "the pay is 0" not in fault.message] == [
        'agents.2.shift_wishes.0.template  C on 2024-01-05: contract "L N" does not entitle to shift "E", so '
        "that the wish cannot be granted.",
        "agents.1.shift_wishes.1.template  1 day has wishes for different shifts (B on Wednesday 2024-01-10: "
        '"L" and "E"): no more than one can be granted. Remove all but one; if either would do, expect the '
        "price of the other.",
    ]


def test_weights_that_change_from_day_to_day_are_refused() -> None:
    with pytest.raises(ValueError, match="the weights of shift E are not the same on every day"):
        nrp24.case_from(TEXT.format(cover=f"{COVER}\n13,E,1,90,1"), "nrp24-0")


def test_an_instance_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(FileNotFoundError, match="Instance4"):
        loader_of("nrp24-4")(folder, 1)
