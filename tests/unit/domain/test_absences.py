"""Absence that stands there twice is named, and never counted twice."""

from datetime import datetime
from typing import Any

import pytest

from scheduler.domain import Pin, Problem, ShiftWish, TimeOff, Window
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.facts.absence import paid_absence
from tests.unit.tiny import tiny_problem


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 1, day, hour, minute)


def ada(**facts: Any) -> Problem:
    problem = tiny_problem()
    return problem.model_copy(
        update={"agents": (problem.agents[0].model_copy(update=facts), problem.agents[1])}
    )


def told(problem: Problem) -> list[str]:
    return [f"{'error' if one.is_error else 'warning'} {one}" for one in problem_faults(problem)]


PAID = TimeOff(start=at(5, 0), end=at(6, 0), paid_minutes=480)


def test_the_same_paid_absence_twice_is_an_error() -> None:
    # It was counted twice: 16 paid hours for one day.
    assert told(ada(time_off=(PAID, PAID))) == [
        "error agents.0.time_off.1  Ada: time off on 2026-01-05 stands here twice. Remove one of the rows."
    ]


def test_paid_absences_that_run_into_one_another_are_an_error() -> None:
    longer = TimeOff(start=at(5, 12), end=at(7, 0), paid_minutes=720)
    assert told(ada(time_off=(longer, PAID))) == [
        "error agents.0.time_off.0  Ada: paid time off from 2026-01-05 12:00 to 2026-01-07 00:00 "
        "runs into that "
        "on 2026-01-05, and the hours of both would count. Let the one "
        "end where the "
        "other begins."
    ]


@pytest.mark.parametrize(
    "facts",
    [
        {
            "time_off": (PAID, TimeOff(start=at(6, 0), end=at(7, 0), paid_minutes=480))
        },  # one day after the other
        {"time_off": (PAID, TimeOff(start=at(5, 0), end=at(6, 12)))},  # the other is unpaid: nothing is added
        {"unavailable": (Window(start=at(5, 8), end=at(5, 12)), Window(start=at(5, 10), end=at(5, 14)))},
        {"available": (Window(start=at(5, 8), end=at(5, 12)), Window(start=at(5, 12), end=at(5, 18)))},
    ],
)
def test_absences_side_by_side_are_fine(facts: dict[str, Any]) -> None:
    assert [line for line in told(ada(**facts)) if "shorter than a shift" not in line] == []


@pytest.mark.parametrize("kind", ["available", "unavailable", "time_off"])
def test_equal_windows_that_change_nothing_are_named_as_well(kind: str) -> None:
    window = (
        TimeOff(start=at(5, 8), end=at(5, 18))
        if kind == "time_off"
        else Window(start=at(5, 8), end=at(5, 18))
    )
    (one,) = told(ada(**{kind: (window, window)}))
    assert one.startswith(f"warning agents.0.{kind}.1 ") and "stands here twice" in one


def test_what_is_fixed_or_wished_for_twice_is_an_error() -> None:
    pin = Pin(day=at(5, 0).date(), off=True)
    wish = ShiftWish(day=at(6, 0).date(), template="day")
    said = told(ada(pins=(pin, pin))) + told(ada(shift_wishes=(wish, wish)))
    assert [one.split("  ")[0] for one in said] == [
        "error agents.0.pins.1.day", "error agents.0.shift_wishes.1.day",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (
            at(5, 8),
            at(5, 16, 59),
            "until 16:59 bars every shift that ends at 17:00. Write 17:00 if that is meant.",
        ),
        (
            at(5, 0, 1),
            at(5, 17),
            "from 00:01 bars every shift that starts at 00:00. Write 00:00 if that is meant.",
        ),
        (
            at(5, 8),
            at(5, 16, 29),
            "until 16:29 bars every shift that ends at 16:30. Write 16:30 if that is meant.",
        ),
        (at(5, 8), at(5, 17), ""),
        (at(5, 8), at(5, 16, 57), ""),
    ],
)
def test_availability_that_misses_a_round_time_by_a_minute_is_asked_about(
    start: datetime, end: datetime, said: str
) -> None:
    # 13: "until 23:59" barred a shift until midnight without a word; so does any other end a minute short.
    assert [
        one.partition("available ")[2]
        for one in told(ada(available=(Window(start=start, end=end),)))
        if "bars every shift" in one
    ] == [line for line in [said] if line]


@pytest.mark.parametrize(
    ("first", "last", "hours", "minutes_by_day"),
    [
        (9, 12, 16, {4: 480, 7: 480}),  # two shifts of 8 h: Friday and Monday
        (9, 12, 32, {4: 480, 5: 480, 6: 480, 7: 480}),  # enough for a shift on each of the four days
        (9, 12, 24, {4: 360, 5: 360, 6: 360, 7: 360}),  # three shifts: any of the days could be the free one
        (10, 11, 8, {5: 240, 6: 240}),  # nothing but a weekend
        (8, 9, 16, {3: 480, 4: 480}),  # no weekend: nothing is assumed
    ],
)
def test_hours_of_leave_over_a_weekend_count_on_days_that_are_said(
    first: int, last: int, hours: int, minutes_by_day: dict[int, int]
) -> None:
    # Leave of 16 h from Friday to Monday was 5 h 20 min on Friday, Saturday and Monday without a word, where
    # the contract has shifts on Saturdays: the two weeks were credited with 10 h 40 min and 5 h 20 min.
    leave = TimeOff(start=at(first, 0), end=at(last + 1, 0), paid_minutes=hours * 60)
    problem = ada(time_off=(leave,))
    grid = problem.grid.model_copy(update={"days": 8})
    problem = problem.model_copy(update={"grid": grid, "demand": (), "usual_demand": ()})
    assert dict(paid_absence(problem, problem.agents[0])) == minutes_by_day
    said = [one for one in told(problem) if "reaches over a Saturday or Sunday" in one]
    assert len(said) == (first != 8)
    for one in said:
        assert one.startswith("warning agents.0.time_off.0.paid_minutes  1 absence ")
        assert f"its {hours} h are counted on " in one and "write a row for each stretch" in one
