"""What is carried in from before the horizon."""

from datetime import date, datetime

import pytest

from scheduler.domain import TimeOff
from scheduler.model.calendar.history import (
    days_off_in_a_row,
    days_worked_in_a_row,
    duties_on,
    last_end,
    last_start,
    paid_minutes_on,
    paid_time_off_on,
    templates_worked,
)
from tests.rules.worlds import world


@pytest.mark.parametrize(
    ("history", "worked", "off", "start", "end"),
    [
        ("", None, None, None, None),  # unknown is not nothing
        ("D.DD", 2, 0, -960, -480),  # the eve 08:00-16:00 lies 16 h to 8 h before the horizon
        ("DD.", 0, 1, -2400, -1920),
        ("DDN", 3, 0, -120, 360),  # the night reaches six hours in
    ],
)
def test_the_past_in_numbers(
    history: str, worked: int | None, off: int | None, start: int | None, end: int | None
) -> None:
    problem = world(histories={"Ann": history})
    ann = problem.agents[0]
    assert days_worked_in_a_row(problem, ann) == worked
    assert days_off_in_a_row(problem, ann) == off
    assert last_start(problem, ann) == start
    assert last_end(problem, ann) == end


def test_duties_before_the_horizon_are_counted_by_day() -> None:
    problem = world(histories={"Ann": "D.N"})
    ann = problem.agents[0]
    assert templates_worked(problem, ann) == ((-3, "day"), (-1, "night"))
    assert duties_on(problem, ann, range(-2, 0)) == 1
    assert paid_minutes_on(problem, ann, range(-3, 0)) == 900


@pytest.mark.parametrize(
    ("end", "by_day"),
    [
        (datetime(2024, 3, 5, 0, 0), [100, 0, 0]),  # until midnight is Monday alone
        (datetime(2024, 3, 5, 0, 1), [50, 50, 0]),
        (datetime(2024, 3, 7, 0, 0), [33, 33, 34]),  # 100 over three dates
    ],
)
def test_paid_time_off_is_spread_over_its_dates(end: datetime, by_day: list[int]) -> None:
    absence = TimeOff(start=datetime(2024, 3, 4, 9, 0), end=end, paid_minutes=100)
    problem = world(facts={"time_off": [absence]}, first_day=date(2024, 3, 4))
    assert [paid_time_off_on(problem, problem.agents[0], [day]) for day in range(3)] == by_day
