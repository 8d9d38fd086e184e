"""Shifts that lie outside of the hours in which anybody is asked for, whatever their start and length."""

from typing import Any

import pytest

from scheduler.domain import Headcount, Problem
from scheduler.domain.checks.problem import problem_faults
from tests.unit.tiny import tiny_problem

NINE, FIVE = 9, 17
"""The hours in which the smallest week asks for somebody, on both of its days."""


def week(*, asked_on: tuple[int, ...] = (0, 1), **shift: Any) -> Problem:
    problem = tiny_problem()
    (demand,), (template,) = problem.demand, problem.templates
    asked = tuple(
        int(hour // 24 in asked_on and NINE <= hour % 24 < FIVE) for hour in range(problem.grid.intervals)
    )
    return problem.model_copy(
        update={
            "demand": (demand.model_copy(update={"required": asked}),),
            "templates": (template.model_copy(update=shift),),
        }
    )


def told(problem: Problem) -> list[str]:
    return [str(one) for one in problem_faults(problem) if "nobody is asked for" in one.message]


def test_a_shift_that_always_lasts_beyond_closing_time_is_told_once() -> None:
    # Demand ended at 20:00, the only length ran until 22:00, and "check" said no word.
    (said,) = told(week(earliest_start=600, latest_start=660, start_step=30))
    # from 10:00, at the earliest, to 18:00
    assert said.startswith(
        'templates.0.min_length  shift "day": with each of its starts and lengths it lasts beyond 17:00, '
        "when nobody is asked for any more, by 1 h at least."
    )


@pytest.mark.parametrize(
    "shift",
    [
        {},
        {"latest_start": 660},  # whoever starts at 09:00 ends at 17:00
        {"earliest_start": 600, "latest_start": 600, "min_length": 420},  # as does the shorter one
        {"weekdays": (0,)},
    ],
)
def test_one_start_and_length_that_fits_is_enough(shift: dict[str, Any]) -> None:
    assert told(week(**shift)) == []


def test_a_shift_on_days_alone_on_which_nobody_is_asked_for_is_told() -> None:
    # Demand had no row for Saturday, of which there was a shift, and "check" found no errors.
    told = [str(one) for one in problem_faults(week(asked_on=(0,), weekdays=(1,)))]
    assert [one for one in told if "is anybody asked for" in one] == [
        'templates.0.weekdays  shift "day": at none of its starts on Tue is anybody asked for. Add rows for '
        "these times on Demand or Volumes; else who works it is paid for nothing."
    ]
    for others in (week(asked_on=(0,)), week(asked_on=(1,), weekdays=(1,)), week(asked_on=())):
        assert not [one for one in problem_faults(others) if "is anybody asked for" in one.message]


def test_a_shift_that_always_begins_before_opening_time_is_told() -> None:
    (said,) = told(week(earliest_start=480, latest_start=480))
    assert "it begins before 09:00, when nobody is asked for yet, by 1 h at least" in said


def test_days_are_named_where_it_is_not_all_of_them() -> None:
    problem = week(earliest_start=600, latest_start=600)
    (demand,) = problem.demand
    longer = tuple(
        number or int(at == FIVE) for at, number in enumerate(demand.required)
    )  # Monday until 18:00
    problem = problem.model_copy(update={"demand": (demand.model_copy(update={"required": longer}),)})
    (said,) = told(problem)
    assert "beyond 17:00 on Tue, when" in said


def test_days_on_which_nobody_is_asked_for_and_nights_into_the_next_horizon_are_none() -> None:
    assert (
        told(week(asked_on=(0,))) == []
    )  # on Tuesday people may work, and "check" says more of it elsewhere
    problem = week()
    (demand,) = problem.demand
    always = demand.model_copy(update={"required": (1,) * problem.grid.intervals})
    night = problem.templates[0].model_copy(update={"earliest_start": 1320, "latest_start": 1320})
    assert told(problem.model_copy(update={"demand": (always,), "templates": (night,)})) == []


def test_where_people_are_asked_for_by_the_shift_nothing_is_said() -> None:
    problem = week(earliest_start=600, latest_start=600)
    assert (
        told(problem.model_copy(update={"headcounts": (Headcount(template="day", required=(1, 1)),)})) == []
    )
