"""Warnings of what is hardly meant, one line a kind with how often and where first."""

from datetime import date, datetime
from typing import Any

import pytest

from scheduler.domain.checks.demand.plausibility import implausible
from scheduler.domain.checks.demand.too_few import too_few
from scheduler.domain.facts.problem import Problem, TimeOff
from scheduler.domain.facts.usual import UsualWindow
from scheduler.io.input.templates.template import worked_example

EXAMPLE = worked_example(date(2026, 6, 15))


def with_leave(*hours: int) -> Problem:
    leave = tuple(
        TimeOff(start=datetime(2026, 6, 15 + at), end=datetime(2026, 6, 16 + at), paid_minutes=60 * paid)
        for at, paid in enumerate(hours)
    )
    return changed("agents", time_off=leave)


def changed(facts: str, **fields: Any) -> Problem:
    first, *others = getattr(EXAMPLE, facts)
    return EXAMPLE.model_copy(update={facts: (first.model_copy(update=fields), *others)})


def told(problem: Problem) -> list[str]:
    return [str(finding) for finding in (*implausible(problem), *too_few(problem))]


def test_the_worked_example_is_plausible() -> None:
    assert told(EXAMPLE) == []


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (
            changed("contracts", pay_per_hour=0),
            'contracts.0.pay_per_hour  the pay is 0 once (contract "Full time")',
        ),
        (
            changed("contracts", max_paid_minutes=40),
            'contracts.0.max_paid_minutes  1 number of hours is less than one hour (contract "Full '
            'time": 40 min)',
        ),
        (
            changed("contracts", max_paid_minutes=2298),  # 38.3, which may have been 38:30
            'contracts.0.max_paid_minutes  1 number of hours is odd, as 8.3 is for 8:30 (contract "Full '
            'time": 38 h 18 min)',
        ),
        (
            with_leave(0, 0, 8),
            "agents.0.time_off.0.paid_minutes  2 times off have no paid hours (first Ada Example from "
            "2026-06-15): the 32 h of the week are to be worked on the other days.",
        ),
        (
            with_leave(8, 80),
            "agents.0.time_off.1.paid_minutes  1 time off is paid longer than its days are (Ada Example: 80 "
            "h on 2026-06-16).",
        ),
    ],
)
def test_what_is_hardly_meant_is_told_once_a_kind(problem: Problem, said: str) -> None:
    assert [line for line in told(problem) if line.startswith(said)] != []


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ((432, 480), '("Full time": 7 h 12 min to 8 h)'),  # a day of 36 h and one of 40 h in five
        ((240, 240), '("Full time": 4 h)'),
        ((480, None), '("Full time": 8 h)'),
        ((480, 600), ""),  # up to ten hours are more than a day
        ((16 * 60, 20 * 60), ""),
    ],
)
def test_hours_of_a_day_in_the_columns_of_the_week_are_told(hours: tuple[int, int | None], said: str) -> None:
    # 7:12 to 8:00 a week beside others with 16 to 40 passed, and everybody had one duty a week
    planned = changed("contracts", min_paid_minutes=hours[0], max_paid_minutes=hours[1])
    lines = [line for line in told(planned) if "look like hours a day" in line]
    assert len(lines) == bool(said) and all(said in line for line in lines)


def test_one_duty_a_week_is_told_of_nobody_who_works_on_saturdays_only() -> None:
    planned = changed("contracts", min_paid_minutes=480, max_paid_minutes=480)
    saturdays = tuple(one.model_copy(update={"weekdays": (5,)}) for one in planned.templates)
    planned = planned.model_copy(update={"templates": saturdays})
    assert not [line for line in told(planned) if "look like hours a day" in line]


def from_eight(*numbers: int) -> tuple[int, ...]:
    """These numbers in the first intervals of the only shift, which begins at 08:00; 0 elsewhere."""
    before = 8 * 60 // EXAMPLE.grid.interval_minutes
    return (0,) * before + numbers + (0,) * (EXAMPLE.grid.intervals - before - len(numbers))


def test_more_people_are_required_than_there_are() -> None:
    (line,) = told(changed("demand", required=from_eight(2, 3)))
    assert "demand.0.required.16  English: in 2 intervals more people are required" in line
    assert "(first 2026-06-15 08:00: 2 of 1)" in line


def test_a_minimum_is_more_than_are_there() -> None:
    """Only holders of the skill were counted: with one on leave the week was refused after a search."""
    more = EXAMPLE.agents[0].model_copy(update={"name": "Ben", "time_off": ()})
    leave = TimeOff(start=datetime(2026, 6, 15), end=datetime(2026, 6, 16), paid_minutes=480)
    away = EXAMPLE.agents[0].model_copy(update={"time_off": (leave,)})
    (demand,) = changed("demand", minimum=from_eight(2)).demand
    problem = EXAMPLE.model_copy(update={"agents": (away, more), "demand": (demand,)})
    (line,) = told(problem)
    assert (
        "demand.0.minimum.16  English: in 1 interval more people must be there" in line and "2 of 1" in line
    )


def test_hours_of_one_weekday_ask_nothing_of_the_others() -> None:
    # A part-timer who is available on Tuesdays until 13:00 was asked about her six other weekdays.
    def told_of(*weekdays: int, end: int) -> list[str]:
        window = UsualWindow(kind="available", weekdays=weekdays, start=0, end=end)
        return told(changed("agents", usual_windows=(window,)))

    assert not any("open on weekdays" in line for line in told_of(1, end=13 * 60))
    assert any("open on weekdays" in line for line in told_of(1, end=24 * 60))
    assert any("open on weekdays" in line for line in told_of(1, 2, end=13 * 60))
