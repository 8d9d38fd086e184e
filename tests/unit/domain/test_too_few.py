"""What is asked for when nobody can be at work: no shift, no contract, or more people than there are."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from scheduler.domain.checks.demand.too_few import too_few
from scheduler.domain.facts.agent import Agent, Window, WorkedDuty
from scheduler.domain.facts.demand import Demand, Headcount
from scheduler.domain.facts.problem import Contract, Problem, ShiftTemplate, Skill
from scheduler.domain.values.grid import TimeGrid

MONDAY = date(2026, 6, 15)


def shift(
    name: str, earliest: int, latest: int, hours: int, weekdays: tuple[int, ...] = (0, 1)
) -> ShiftTemplate:
    return ShiftTemplate(
        name=name,
        weekdays=weekdays,
        earliest_start=earliest * 60,
        latest_start=latest * 60,
        min_length=hours * 60,
        max_length=hours * 60,
    )


EARLY, LATE = shift("Early", 8, 9, 8), shift("Late", 12, 12, 8)


def asked(skill: str, by_clock: dict[int, int], days: int = 2) -> Demand:
    """So many from each hour of the clock on, on every day."""
    return Demand(skill=skill, required=tuple(by_clock.get(hour, 0) for hour in range(24)) * days)


def centre(*demand: Demand, **changes: Any) -> Problem:
    """Two days of hours; Ada may work early, Ben early and late, and both speak English."""
    facts: dict[str, Any] = {
        "grid": TimeGrid(first_day=MONDAY, days=2, interval_minutes=60),
        "skills": tuple(Skill(name=one.skill) for one in demand),
        "demand": demand,
        "templates": (EARLY, LATE),
        "contracts": (
            Contract(name="Mornings", pay_per_hour=2000, templates=("Early",)),
            Contract(name="All", pay_per_hour=2000, templates=("Early", "Late")),
        ),
        "agents": (
            Agent(name="Ada", contract="Mornings", skills=("English",)),
            Agent(name="Ben", contract="All", skills=("English",)),
        ),
    }
    return Problem(**{**facts, **changes})


def told(problem: Problem, entitled: Collection[str] | None = None) -> list[str]:
    return [str(finding) for finding in too_few(problem, entitled)]


def test_demand_before_every_shift_begins() -> None:
    # check was silent, and solve left these hours missing at their price
    (said,) = told(centre(asked("English", {6: 1, 7: 1, 8: 1, 20: 2})))
    assert said == (
        "demand.0.required.6  English: people are required when no shift can be worked: 06:00 to 08:00 on 2 "
        "days, first 2026-06-15, 20:00 to 21:00 on 2 days, first 2026-06-15. Let a shift on Shifts reach "
        "there (Weekdays, Earliest start, Latest start, Longest), or clear these cells."
    )


def test_every_edge_of_a_shift_counts() -> None:
    # 08:00 is the earliest start, and 12:00 and 8 h are the latest end
    assert told(centre(asked("English", {8: 2, 19: 1}))) == []


def test_demand_on_a_weekday_without_a_shift() -> None:
    only_monday = (shift("Early", 8, 9, 8, (0,)), shift("Late", 12, 12, 8, (0,)))
    (said,) = told(centre(asked("English", {10: 1}), templates=only_monday))
    assert "no shift can be worked: 10:00 to 11:00 on 2026-06-16." in said


def test_demand_that_no_contract_of_the_skilled_reaches() -> None:
    mornings = (Agent(name="Ada", contract="Mornings", skills=("English",)),)
    late = centre(asked("English", {18: 1}), agents=mornings)
    (said,) = told(late)
    assert said.startswith(
        "demand.0.required.18  English: people are required when nobody who has the skill has a contract "
        "with a shift then: 18:00 to 19:00 on 2 days, first 2026-06-15."
    )
    # without the rule on entitlement everybody may work every shift
    assert told(late, ()) == []


def test_more_than_have_a_shift_then() -> None:
    # both speak English, but Ada has no late shift: 2 of 1 was not told
    (said,) = told(centre(asked("English", {10: 2, 18: 2})))
    assert "in 2 intervals more people are required" in said
    assert "(first 2026-06-15 18:00: 2 of 1)" in said


def test_a_window_too_short_for_any_shift_is_no_help() -> None:
    window = Window(start=datetime(2026, 6, 15, 10), end=datetime(2026, 6, 15, 13))
    ben = Agent(name="Ben", contract="All", skills=("English",), available=(window,))
    (said,) = told(centre(asked("English", {10: 1}), agents=(ben,)))
    assert "in 1 interval more people are required" in said
    assert "(2026-06-15 10:00: 1 of 0)" in said


def test_skills_that_share_their_people() -> None:
    # one of each skill is there, but it is the same person
    both = (Agent(name="Ben", contract="All", skills=("English", "French")),)
    (said,) = told(centre(asked("English", {10: 1}), asked("French", {10: 1}), agents=both))
    assert said.startswith("demand.0.required.10  in 2 intervals all skills together require more people")
    assert "(first 2026-06-15 10:00: 2 of 1)" in said


def test_the_first_hours_are_those_of_nights_that_began_before() -> None:
    night = shift("Night", 22, 22, 8, tuple(range(7)))
    contract = Contract(name="All", pay_per_hour=2000, templates=("Night",))
    ada = Agent(name="Ada", contract="All", skills=("English",))
    demand = asked("English", {2: 1, 23: 1})
    nights = centre(demand, templates=(night,), contracts=(contract,), agents=(ada,))
    (said,) = told(nights)
    assert said == (
        "demand.0.required.2  English: at the time of shifts that began before the first day more people are "
        "required than History has at work then: 02:00 to 03:00 on 2026-06-15. Fill in the last shifts on "
        "History, or expect the price of whom is missing."
    )
    sunday = datetime(2026, 6, 14, 22)
    worked = WorkedDuty(day=sunday.date(), start=sunday, end=sunday + timedelta(hours=8), paid_minutes=480)
    assert told(nights.model_copy(update={"agents": (ada.model_copy(update={"history": (worked,)}),)})) == []


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (0, []),
        (1, ['headcounts.0.required.1  "Late": 1 asked for on 2026-06-16, but only 0 can work it and are']),
    ],
)
def test_a_headcount_on_a_day_of_leave(away: int, said: list[str]) -> None:
    # only contracts were counted, not who is away
    tuesday = datetime(2026, 6, 16)
    ben = Agent(
        name="Ben",
        contract="All",
        skills=(),
        unavailable=(Window(start=tuesday, end=tuesday + timedelta(days=1)),) * away,
    )
    wanted = Headcount(template="Late", required=(1, 1))
    found = told(centre(agents=(ben,), headcounts=(wanted,)))
    assert [line[: len(said[0])] for line in found] == said if said else found == []


def test_a_headcount_on_days_without_the_shift() -> None:
    wanted = Headcount(template="Late", required=(1, 1))
    templates = (EARLY, shift("Late", 12, 12, 8, (3,)))
    (said,) = told(centre(headcounts=(wanted,), templates=templates))
    assert said.startswith(
        'headcounts.0.required.0  "Late": people are asked for on 2 days, first 2026-06-15'
    )
