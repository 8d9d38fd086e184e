"""A date with the year of before, as in January: it is asked about at its cell, with the one meant."""

from datetime import date, datetime
from typing import Any

import pytest

from scheduler.domain import Finding, Pin, Problem, ShiftWish, TimeOff, Window, WorkedDuty
from scheduler.domain.checks.calendar.slips_of_a_year import meant_year
from scheduler.domain.checks.problem import problem_faults
from tests.unit.tiny import tiny_problem

FIRST, LAST = date(2026, 1, 5), date(2026, 1, 6)
"""The planned days of the smallest week."""


def with_facts(**facts: Any) -> Problem:
    problem = tiny_problem()
    ada, bo = problem.agents
    return problem.model_copy(update={"agents": (ada.model_copy(update=facts), bo)})


def told(problem: Problem, path: tuple[str | int, ...]) -> Finding:
    (found,) = (one for one in problem_faults(problem) if one.place.path == path and "Did you" in one.hint)
    return found


@pytest.mark.parametrize(
    ("on", "meant"),
    [
        (date(2025, 1, 5), FIRST),
        (date(2027, 1, 6), LAST),
        (date(2025, 1, 7), None),  # a day behind the last one, in either year
        (date(2024, 1, 5), None),  # two years are no slip
        (date(2024, 2, 29), None),  # the next year has no such day
    ],
)
def test_a_slip_is_the_same_day_of_the_year_beside(on: date, meant: date | None) -> None:
    assert meant_year(on, FIRST, LAST) == meant


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"pins": (Pin(day=date(2025, 1, 6), off=True),)}, ("pins", 0, "day")),
        ({"shift_wishes": (ShiftWish(day=date(2025, 1, 6), template="day", wanted=True),)},
         ("shift_wishes", 0, "day")),
        ({"time_off": (TimeOff(start=datetime(2025, 1, 6), end=datetime(2025, 1, 7)),)}, ("time_off", 0)),
        ({"unavailable": (Window(start=datetime(2025, 1, 6), end=datetime(2025, 1, 7)),)},
         ("unavailable", 0)),
        ({"preferred_days_off": (date(2025, 1, 6),)}, ("preferred_days_off", 0)),
    ],
)  # fmt: skip
def test_a_date_of_last_year_is_asked_about(facts: dict[str, Any], path: tuple[str | int, ...]) -> None:
    # it was told as one that lies outside of the horizon, among those of long ago, and the leave was ignored
    found = told(with_facts(**facts), ("agents", 0, *path))
    assert "2025-01-06" in found.message and found.hint.startswith("Did you mean 2026-01-06? ")
    assert not found.is_error


def test_dates_of_long_ago_do_not_hide_a_slip() -> None:
    pins = [Pin(day=day, off=True) for day in (date(2025, 3, 3), date(2025, 1, 5), date(2025, 1, 6))]
    found = [one for one in problem_faults(with_facts(pins=tuple(pins))) if "what is fixed" in one.message]
    slips, others = found
    assert slips.message.startswith("2 entries") and "Did you mean 2026-01-05?" in slips.hint
    assert [place.path for place in slips.also] == [("agents", 0, "pins", 2, "day")]
    assert others.message.startswith("1 entry") and "2025-03-03" in others.message
    assert "Did you mean" not in others.hint


@pytest.mark.parametrize(
    ("worked", "meant"), [(date(2024, 12, 31), "2025-12-31"), (date(2026, 12, 30), "2025-12-30")]
)
def test_a_duty_of_the_history_with_another_year_is_asked_about(worked: date, meant: str) -> None:
    begin = datetime.combine(worked, datetime.min.time())
    duty = WorkedDuty(day=worked, start=begin.replace(hour=9), end=begin.replace(hour=17), paid_minutes=480)
    found = told(with_facts(history=(duty,)), ("agents", 0, "history", 0, "day"))
    assert f"Did you mean {meant}?" in found.hint


def test_a_long_absence_from_last_year_is_asked_about_at_its_first_day() -> None:
    # 2025-01-05 to 2026-01-06 was answered with an absence of January 2025, which changes nothing
    away = Window(start=datetime(2025, 1, 5), end=datetime(2026, 1, 7))
    (found,) = (
        one for one in problem_faults(with_facts(unavailable=(away,))) if "lasts very long" in one.message
    )
    assert found.place.path == ("agents", 0, "unavailable", 0, "day")
    assert found.hint == "Write 2026-01-05 if that is meant."
