"""Facts of absence and employment, counted by hand: who is away when, what is credited, what is excused.

The week is Monday 15 to Sunday 21 June 2026; ``office`` works from Monday to Friday, ``shop`` on any day,
both in shifts of 8 h for 40 h a week.
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from scheduler.domain import Agent, Contract, Pin, Problem, ShiftTemplate, Skill, TimeGrid, TimeOff, Window
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.facts.absence import days_away, excused_minutes, paid_absence, pins_kept
from tests.rules.worlds import past

MONDAY = date(2026, 6, 15)
WEEK = range(7)


def at(day: float) -> datetime:
    """Midnight of a day of the week, 0 for Monday, or a part of the day later."""
    return datetime(2026, 6, 15) + timedelta(day)


def off(first: float, until: float, **more: Any) -> TimeOff:
    return TimeOff(start=at(first), end=at(until), **more)


def sick(first: float, until: float, **more: Any) -> TimeOff:
    return off(first, until, kind="sick", **more)


def problem(contract: str = "shop", *, days: int = 14, **facts: Any) -> Problem:
    templates = (
        ShiftTemplate(
            name="office", weekdays=(0, 1, 2, 3, 4), earliest_start=480, latest_start=480, min_length=480,
            max_length=480,
        ),
        ShiftTemplate(name="shop", earliest_start=480, latest_start=720, min_length=480, max_length=480),
        ShiftTemplate(name="night", earliest_start=1320, latest_start=1320, min_length=480, max_length=480),
    )  # fmt: skip
    return Problem(
        grid=TimeGrid(first_day=MONDAY, days=days, interval_minutes=60),
        skills=(Skill(name="S"),),
        demand=(),
        templates=templates,
        contracts=tuple(
            Contract(name=one.name, pay_per_hour=2000, min_paid_minutes=2400, templates=(one.name,))
            for one in templates
        ),
        agents=(Agent(name="Ann", contract=contract, skills=("S",), **facts),),
    )


def away(**facts: Any) -> list[int]:
    planned = problem(**facts)
    return sorted(days_away(planned, planned.agents[0]))


def credited(**facts: Any) -> dict[int, int]:
    planned = problem(**facts)
    return {day: minutes for day, minutes in paid_absence(planned, planned.agents[0]).items() if minutes}


@pytest.mark.parametrize(
    ("facts", "days"),
    [
        ({}, []),
        ({"time_off": (sick(2, 7),)}, [2, 3, 4, 5, 6]),
        # two rows that meet inside a day take it together
        ({"time_off": (off(2, 2.5), sick(2.5, 3))}, [2]),
        # an appointment from 09:00 to 11:00 leaves the shift from 12:00
        ({"time_off": (off(2 + 9 / 24, 2 + 11 / 24),)}, []),
        # from 09:00 to 17:00 no shift of the day is left
        ({"time_off": (off(2 + 9 / 24, 2 + 17 / 24),)}, [2]),
        # on Saturday the office has no shift at all: an afternoon is not the day, the whole day is
        ({"contract": "office", "time_off": (off(5.5, 6), off(6, 7))}, [6]),
        # a night belongs to the day on which it starts: until 20:00 it is left
        ({"contract": "night", "time_off": (off(2, 2 + 20 / 24),)}, []),
        # sick on Friday before the first day, of which nothing was worked; on Thursday a duty was
        ({"time_off": (sick(-4, -2),), "history": past(MONDAY, "D...")}, [-3]),
        # beyond the horizon nothing is asked
        ({"time_off": (sick(13, 20),)}, [13]),
        ({"leaves_on": date(2026, 6, 26)}, [12, 13]),
    ],
)
def test_days_away_are_days_of_which_absence_or_employment_leaves_no_shift(
    facts: dict[str, Any], days: list[int]
) -> None:
    assert away(**facts) == days


def test_who_joins_was_away_before() -> None:
    assert away(starts_on=date(2026, 6, 17)) == [*range(-7, 0), 0, 1]


@pytest.mark.parametrize(
    ("facts", "minutes"),
    [
        # It was 4 h on each of the four dates: 12 h fell into the first week, which had no legal roster.
        ({"contract": "office", "time_off": (off(4, 8, paid_minutes=960),)}, {4: 480, 7: 480}),
        # Thursday to Tuesday: two days of this week, two of the next
        (
            {"contract": "office", "time_off": (off(3, 9, paid_minutes=1920),)},
            dict.fromkeys((3, 4, 7, 8), 480),
        ),
        # leave on a weekend of the office that is paid all the same counts where it lies
        ({"contract": "office", "time_off": (off(5, 7, paid_minutes=960),)}, {5: 480, 6: 480}),
        ({"time_off": (off(4, 8, paid_minutes=961),)}, {4: 240, 5: 240, 6: 240, 7: 241}),
        # leave without hours is unpaid, a sick call is not: 40 h are five shifts of the office, 8 h each
        ({"contract": "office", "time_off": (off(2, 7),)}, {}),
        ({"contract": "office", "time_off": (sick(2, 7),)}, {2: 480, 3: 480, 4: 480}),
        # five of seven days are worked in a shop: of five sick ones 25 / 7, which is nearest to four shifts
        ({"time_off": (sick(2, 7),)}, dict.fromkeys((3, 4, 5, 6), 480)),
        # two shifts are fixed on Monday and Tuesday, so that three were left for the days from Wednesday on
        (
            {
                "time_off": (sick(2, 7),),
                "pins": (Pin(day=MONDAY, template="shop"), Pin(day=date(2026, 6, 16), template="shop")),
            },
            dict.fromkeys((3, 5, 6), 480),
        ),
        # with Monday and Tuesday off all five were to be worked on the days from Wednesday on
        (
            {
                "time_off": (sick(2, 7),),
                "pins": (Pin(day=MONDAY, off=True),),
                "unavailable": (Window(start=at(1), end=at(2)),),
            },
            {2: 480, 3: 480, 4: 480, 5: 480, 6: 480},
        ),
        # who is sick on paid leave is credited once, with what the leave says
        (
            {"contract": "office", "time_off": (off(0, 5, paid_minutes=2400), sick(2, 4))},
            dict.fromkeys(range(5), 480),
        ),
        # two sick calls on one day are one
        ({"contract": "office", "time_off": (sick(2, 4), sick(3, 5))}, {2: 480, 3: 480, 4: 480}),
        # over the border of the week each week has its own share
        ({"contract": "office", "time_off": (sick(3, 9),)}, {3: 480, 4: 480, 7: 480, 8: 480}),
        ({"contract": "office", "time_off": (sick(2, 7, paid_minutes=0),)}, {}),
        ({"contract": "office", "time_off": (sick(2, 7, paid_minutes=600),)}, {2: 200, 3: 200, 4: 200}),
    ],
)  # fmt: skip
def test_absence_counts_on_the_days_on_which_the_contract_works(
    facts: dict[str, Any], minutes: dict[int, int]
) -> None:
    assert credited(**facts) == minutes


@pytest.mark.parametrize(
    ("facts", "minutes"),
    [
        # Monday and Tuesday are two of the office's five days
        ({"contract": "office", "starts_on": date(2026, 6, 17)}, 960),
        # two of seven days are 10 / 7 of five duties; what is left are three whole ones
        ({"starts_on": date(2026, 6, 17)}, 960),
        # four duties are credited, and the fifth cannot be asked for: which days were to be worked is open
        ({"time_off": (sick(2, 7),)}, 480),
        ({"contract": "office", "leaves_on": date(2026, 6, 19)}, 0),
        ({"contract": "office", "leaves_on": date(2026, 6, 14)}, 2400),
        # what is credited is not excused as well
        ({"contract": "office", "time_off": (sick(2, 7),)}, 0),
        # nothing is credited, and nothing can be asked for all the same
        ({"contract": "office", "time_off": (sick(2, 7),), "sick_hours": "none"}, 1440),
        # leave without hours is unpaid, and its hours are worked on other days
        ({"contract": "office", "time_off": (off(2, 7),)}, 0),
        ({"contract": "office", "starts_on": date(2026, 6, 17), "time_off": (sick(3, 5),)}, 960),
    ],
)
def test_days_that_say_no_hours_lower_the_least_of_the_week(facts: dict[str, Any], minutes: int) -> None:
    setting = {"sick_hours": facts["sick_hours"]} if "sick_hours" in facts else {}
    planned = problem(**{key: value for key, value in facts.items() if key != "sick_hours"})
    planned = planned.model_copy(update=setting)
    assert excused_minutes(planned, planned.agents[0], 2400, WEEK) == minutes


def test_a_sick_call_cancels_what_is_fixed_on_its_days() -> None:
    # It was an error in the input: the fixed shift lies in time off.
    fixed = tuple(
        Pin(day=date(2026, 6, day), template="shop", **more)
        for day, more in ((15, {}), (17, {}), (18, {"start": 480, "length_minutes": 480}))
    )
    planned = problem(time_off=(sick(2, 7),), pins=(*fixed, Pin(day=date(2026, 6, 19), off=True)))
    ann = planned.agents[0]
    assert [pin.day.day for pin in pins_kept(planned, ann)] == [15, 19]


def told(planned: Problem) -> list[str]:
    """Findings, without those on the demand that these problems do not have."""
    asked = planned.model_copy(update={"headcounts": (), "demand": ()})
    return [str(one) for one in problem_faults(asked) if "no demand" not in one.message]


def test_employment_that_ends_before_it_begins_is_an_error() -> None:
    assert told(problem(starts_on=date(2026, 6, 17), leaves_on=date(2026, 6, 16))) == [
        "agents.0.leaves_on  Ann leaves on 2026-06-16, before the first day 2026-06-17. Swap the two dates, "
        "or clear the one that is not meant."
    ]


def test_a_holiday_for_everyone_pays_nobody_who_has_left() -> None:
    # who had left on Wednesday was paid the holiday on Friday, on every sheet
    holiday = (off(4, 5, paid_minutes=480),)
    left = problem("office", time_off=holiday, leaves_on=MONDAY + timedelta(2))
    assert paid_absence(left, left.agents[0]) == {}
    told = [str(one) for one in problem_faults(left)]
    assert any(
        "1 person has paid absence outside of employment, which counts nothing: Ann." in one for one in told
    )
    there = problem("office", time_off=(off(1, 5, paid_minutes=960),), leaves_on=MONDAY + timedelta(2))
    assert paid_absence(there, there.agents[0]) == {1: 480, 2: 480}
