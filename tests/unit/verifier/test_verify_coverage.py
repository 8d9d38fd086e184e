"""Staffing recounted: several skills, nights, clocks, and the ends of the horizon."""

from datetime import date, datetime

import pytest

from constraints import MinimumStaff, Requirement, Seats
from scheduler.domain import (
    Agent,
    Contract,
    Demand,
    Duty,
    PlacedBreak,
    Problem,
    Roster,
    ShiftTemplate,
    Skill,
    TimeGrid,
    WorkedDuty,
)
from scheduler.model import RuleBook, Strength
from scheduler.verifier import count_cost, count_coverage, verify
from scheduler.verifier.recount.allocation.skills import Situation, allocate

DAY = 1440
BOOK = RuleBook(rules=(Requirement(),))


def week(agents: tuple[Agent, ...], demand: dict[str, int], grid: TimeGrid, **skills: int) -> Problem:
    """The same number required all the time, skill by skill."""
    return Problem(
        grid=grid,
        skills=tuple(Skill(name=name, missing_price=skills.get(name, 6000)) for name in demand),
        demand=tuple(Demand(skill=name, required=(n,) * grid.intervals) for name, n in demand.items()),
        templates=(
            ShiftTemplate(name="any", earliest_start=0, latest_start=1425, min_length=60, max_length=720),
        ),
        contracts=(Contract(name="c", pay_per_hour=1000, templates=("any",)),),
        agents=agents,
    )


def agent(name: str, *skills: str, **fields: object) -> Agent:
    return Agent(name=name, contract="c", skills=skills, **fields)


def duty(agent: str, start: int, end: int, *breaks: PlacedBreak, day: int = 0) -> Duty:
    return Duty(agent=agent, day=day, template="any", start=start, end=end, breaks=breaks)


GRID = TimeGrid(first_day=date(2026, 1, 5), days=1, interval_minutes=15)


def test_agents_of_two_skills_are_counted_once() -> None:
    # Ten agents of both skills, ten required on each: ten are missing, not none.
    agents = tuple(agent(f"a{n}", "English", "French") for n in range(10))
    problem = week(agents, {"English": 10, "French": 10}, GRID)
    roster = Roster(duties=tuple(duty(one.name, 600, 720) for one in agents))
    coverage = count_coverage(problem, BOOK, roster)
    at_ten = 600 // 15
    assert coverage.scheduled["English"][at_ten] + coverage.scheduled["French"][at_ten] == 10 * 15
    assert coverage.missing["English"][at_ten] + coverage.missing["French"][at_ten] == 10 * 15
    assert coverage.superfluous["English"][at_ten] == coverage.superfluous["French"][at_ten] == 0
    assert count_cost(problem, BOOK, roster).missing == 6000 * (2 * 10 * DAY - 10 * 120)


def test_agents_go_where_they_are_dearest_missed() -> None:
    problem = week((agent("a", "English", "French"),), {"English": 1, "French": 1}, GRID, French=9000)
    coverage = count_coverage(problem, BOOK, Roster(duties=(duty("a", 0, 60),)))
    assert coverage.scheduled == {"English": (0,) * 96, "French": (15,) * 4 + (0,) * 92}


def test_others_move_on_to_make_room() -> None:
    # One of A and B, one of A only: the first must leave A, whatever the order in which they are counted.
    situation = Situation(terms=(((1, None, 10),), ((1, None, 10),)), required=(1, 1))
    assert allocate([(0, 1), (0,)], [1, 1], situation) == (1, 1)
    assert allocate([(0,), (0, 1)], [1, 1], situation) == (1, 1)


def test_between_equals_the_order_of_skills_decides() -> None:
    nothing = Situation(terms=((), ()), required=(0, 0))
    assert allocate([(0, 1)], [3], nothing) == (3, 0)


def test_without_the_requirement_nothing_costs_but_coverage_tells() -> None:
    problem = week((agent("a", "English", "French"),), {"English": 0, "French": 1}, GRID)
    roster = Roster(duties=(duty("a", 0, 60),))
    for book in (RuleBook(), RuleBook(rules=(Requirement(strength=Strength.OFF),))):
        assert count_cost(problem, book, roster).missing == 0
        coverage = count_coverage(problem, book, roster)
        assert sum(coverage.missing["French"]) == DAY - 60
        assert sum(coverage.superfluous["English"]) == 0


def test_breaks_are_finer_than_the_interval() -> None:
    problem = week((agent("a", "English"),), {"English": 1}, GRID)
    pause = PlacedBreak(name="b", start=65, length_minutes=5)
    coverage = count_coverage(problem, BOOK, Roster(duties=(duty("a", 0, 120, pause),)))
    assert coverage.scheduled["English"][:9] == (15, 15, 15, 15, 10, 15, 15, 15, 0)


def test_missing_and_superfluous_in_one_interval_are_not_netted() -> None:
    problem = week((agent("a", "English"), agent("b", "English")), {"English": 1}, GRID)
    both = Roster(duties=(duty("a", 5, 65), duty("b", 10, 70)))
    coverage = count_coverage(problem, BOOK, both)
    # 5 min nobody, 5 min one, 5 min two
    assert (coverage.missing["English"][0], coverage.superfluous["English"][0]) == (5, 5)


def test_a_night_covers_both_dates_and_nothing_beyond_the_horizon() -> None:
    problem = week((agent("a", "English"),), {"English": 1}, GRID)
    night = Roster(duties=(duty("a", 1320, 1320 + 480),))
    coverage = count_coverage(problem, BOOK, night)
    assert sum(coverage.scheduled["English"]) == 120
    # its wage counts in full, and what it covers after the horizon for nothing
    assert count_cost(problem, BOOK, night).wages == 480 * 1000
    assert count_cost(problem, BOOK, night).superfluous == 0
    two = problem.grid.model_copy(update={"days": 2})
    longer = week(problem.agents, {"English": 1}, TimeGrid.model_validate(two.model_dump()))
    assert sum(count_coverage(longer, BOOK, night).scheduled["English"][96:]) == 360


def test_a_duty_from_before_the_horizon_covers_without_wage() -> None:
    past = WorkedDuty(
        day=date(2026, 1, 4), start=datetime(2026, 1, 4, 20), end=datetime(2026, 1, 5, 4), paid_minutes=480
    )
    problem = week((agent("a", "English", history=(past,)),), {"English": 1}, GRID)
    assert sum(count_coverage(problem, BOOK, Roster()).scheduled["English"]) == 240
    cost = count_cost(problem, BOOK, Roster())
    assert (cost.wages, cost.missing) == (0, (DAY - 240) * 6000)


@pytest.mark.parametrize(
    "first_day, hours",
    [
        (date(2026, 3, 29), 23),  # clocks go forward
        (date(2026, 10, 25), 25),  # and back
    ],
)
def test_a_day_with_a_change_of_clock_has_other_intervals(first_day: date, hours: int) -> None:
    grid = TimeGrid(first_day=first_day, days=1, interval_minutes=60, time_zone="Europe/Berlin")
    problem = week((agent("a", "English"),), {"English": 1}, grid)
    # 22:00 the night before is no matter; from 00:00 eight real hours are worked whatever the clock shows
    coverage = count_coverage(problem, BOOK, Roster(duties=(duty("a", 0, 480),)))
    assert len(coverage.required["English"]) == hours
    assert sum(coverage.missing["English"]) == (hours - 8) * 60


def test_a_start_that_the_clock_skips_is_impossible() -> None:
    grid = TimeGrid(first_day=date(2026, 3, 29), days=1, interval_minutes=60, time_zone="Europe/Berlin")
    problem = week((agent("a", "English"),), {"English": 1}, grid)
    late = problem.templates[0].model_copy(update={"earliest_start": 150, "latest_start": 150})
    problem = problem.model_copy(update={"templates": (late,)})
    # 02:30 is not shown that night; 90 minutes after midnight the clock reads 01:30, and 150 after it 03:30
    assert not verify(problem, BOOK, Roster(duties=(duty("a", 150, 210),))).is_legal
    assert tuple(map(str, verify(problem, BOOK, Roster(duties=(duty("a", 150, 210),))).misfits)) == (
        'a, Sun 29 Mar 2026: the shift 03:30-04:30 does not start as "any" may on that day: '
        "every 15 min from 02:30 to 02:30.",
    )


def test_starts_are_read_on_the_agents_own_clock() -> None:
    problem = week((agent("a", "English", time_zone="UTC+3"),), {"English": 1}, GRID)
    nine = problem.templates[0].model_copy(update={"earliest_start": 540, "latest_start": 540})
    problem = problem.model_copy(update={"templates": (nine,)})
    # 09:00 at UTC+3 is 06:00 on the campaign's clock, UTC
    assert verify(problem, BOOK, Roster(duties=(duty("a", 360, 420),))).is_legal
    report = verify(problem, BOOK, Roster(duties=(duty("a", 540, 600),)))
    assert report.misfits[0].sentence.startswith("a, Mon 05 Jan 2026: the shift 12:00-13:00 does not start")


def test_a_floor_that_must_be_kept_comes_before_every_price() -> None:
    agents = (agent("a", "English", "French"),)
    problem = week(agents, {"English": 1, "French": 1}, GRID, English=90_000)
    floor = Demand(skill="French", required=(1,) * 96, minimum=(1,) * 4 + (0,) * 92)
    problem = problem.model_copy(update={"demand": (problem.demand[0], floor)})
    book = RuleBook(rules=(Requirement(), MinimumStaff()))
    coverage = count_coverage(problem, book, Roster(duties=(duty("a", 0, 120),)))
    assert coverage.scheduled["French"][:8] == (15,) * 4 + (0,) * 4
    assert sum(coverage.below_minimum["French"]) == 0
    assert sum(count_coverage(problem, book, Roster()).below_minimum["French"]) == 60
    assert not verify(problem, book, Roster()).is_legal


def test_seats_that_are_only_preferred_are_priced_by_their_rule() -> None:
    problem = week((agent("a", "English"), agent("b", "English")), {"English": 2}, GRID)
    book = RuleBook(rules=(Requirement(), Seats(at_most=1, strength="prefer", price=1200)))
    cost = count_cost(problem, book, Roster(duties=(duty("a", 0, 60), duty("b", 30, 90))))
    assert cost.rules == {"seats": 1200 * 30}  # both are at work from 00:30 to 01:00


def test_a_requirement_that_must_be_met_still_prices_who_is_too_many() -> None:
    problem = week((agent("a", "English"), agent("b", "English")), {"English": 1}, GRID)
    book = RuleBook(rules=(Requirement(strength="must"),))
    report = verify(problem, book, Roster(duties=(duty("a", 0, 60), duty("b", 0, 60))))
    assert (report.cost.missing, report.cost.superfluous) == (0, 60 * 500)
    assert not report.is_legal
