"""A book without any break, as a sheet that was deleted leaves it."""

from scheduler.domain import BreakBand, Problem
from scheduler.domain.checks.breaks import break_faults
from tests.unit.tiny import tiny_problem


def with_day(**fields: object) -> Problem:
    problem = tiny_problem()
    week = problem.demand[0].model_copy(update={"required": problem.demand[0].required[:24] * 7})
    problem = problem.model_copy(
        update={"grid": problem.grid.model_copy(update={"days": 7}), "demand": (week,)}
    )
    return problem.model_copy(update={"templates": (problem.templates[0].model_copy(update=fields),)})


def test_long_shifts_without_any_break_are_told_once() -> None:
    # the sheet Breaks was deleted, and 8 h 30 min were planned at a stretch without a word
    (finding,) = break_faults(with_day(min_length=510, max_length=510))
    assert str(finding) == (
        'templates.0  no shift has any break, and 1 shift is longer than 6 h ("day" of 8 h 30 min). Add the '
        "rows on Breaks; if there is none, a row with the shift and its lengths, and no break, says so."
    )
    assert not finding.is_error


def test_six_hours_and_shifts_that_say_so_need_none() -> None:
    assert break_faults(with_day(min_length=360, max_length=360)) == []
    assert break_faults(with_day(breaks=(BreakBand(breaks=()),))) == []


def test_people_who_are_asked_for_by_the_shift_have_their_breaks_elsewhere() -> None:
    problem = with_day(min_length=510, max_length=510).model_copy(update={"demand": ()})
    assert break_faults(problem) == []


def test_a_part_of_a_week_may_leave_them_out() -> None:
    assert break_faults(tiny_problem()) == []
