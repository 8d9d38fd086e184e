"""Wishes that no roster can grant are told, and those that merely lapse for once are not."""

from datetime import date, datetime
from typing import Any

from scheduler.domain import Problem, ShiftWish, TimeOff
from scheduler.domain.checks.agents.vain_wishes import vain_wishes
from scheduler.domain.facts.usual import UsualWish
from tests.unit.tiny import tiny_problem

TUESDAY = date(2026, 1, 6)
LEAVE = TimeOff(start=datetime(2026, 1, 6), end=datetime(2026, 1, 7))


def with_ada(**facts: Any) -> Problem:
    problem = tiny_problem()
    late = problem.templates[0].model_copy(update={"name": "late"})
    ada, bo = problem.agents
    return problem.model_copy(
        update={"templates": (*problem.templates, late), "agents": (ada.model_copy(update=facts), bo)}
    )


def told(**facts: Any) -> list[str]:
    return [str(finding) for finding in vain_wishes(with_ada(**facts))]


def wishes(*templates: str | None, **more: Any) -> tuple[ShiftWish, ...]:
    return tuple(ShiftWish(day=TUESDAY, template=one, **more) for one in templates)


def test_wishes_for_two_shifts_on_one_day_are_told() -> None:
    # one of them lapsed without a word
    assert told(shift_wishes=wishes("day", "late")) == [
        "agents.0.shift_wishes.1.template  1 day has wishes for different shifts (Ada on Tuesday 2026-01-06: "
        '"day" and "late"): no more than one can be granted. Remove all but one; if either would do, expect '
        "the price of the other."
    ]
    assert told(shift_wishes=wishes("day", None)) == []  # any shift, and this one
    assert told(shift_wishes=wishes("day", "late", wanted=False)) == []


def test_a_wish_on_a_day_of_leave_is_told() -> None:
    assert told(shift_wishes=wishes("day"), time_off=(LEAVE,)) == [
        "agents.0.shift_wishes.0.day  1 wish is for work on a day on which its agent is away (Ada on Tuesday "
        "2026-01-06), and lapses. Mend the day, or remove the row."
    ]
    assert told(shift_wishes=wishes("day", wanted=False), time_off=(LEAVE,)) == []


def test_a_wish_that_comes_again_or_came_before_a_sick_call_is_not_told() -> None:
    usual = UsualWish(weekdays=(1,), template="day")
    assert told(shift_wishes=wishes("day"), usual_wishes=(usual,), time_off=(LEAVE,)) == []
    sick = LEAVE.model_copy(update={"kind": "sick"})
    assert told(shift_wishes=wishes("day"), time_off=(sick,)) == []
