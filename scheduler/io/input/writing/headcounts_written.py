"""Headcounts as rows of their sheet: by weekday where they come again, and by date."""

from collections.abc import Iterator, Sequence
from datetime import date

from scheduler.domain.facts.problem import Problem
from scheduler.domain.values.grid import DAYS_PER_WEEK
from scheduler.io.cells.conventions import SIGNS
from scheduler.io.cells.render import rising
from scheduler.io.input.writing.repeated_rows import Facts

_Numbers = tuple[int | None, int | None]
"""People wanted, and at most."""
_NOTHING: _Numbers = (None, None)
"""Neither people wanted nor a limit."""


def headcount_rows(problem: Problem) -> Iterator[Facts]:
    """A row for each number and the days that have it: weekdays, and dates that have another number.

    Without weekdays it is a row for each date, or for each number where the weeks are alike.
    """
    grid = problem.grid
    for wanted in problem.headcounts:
        sign = SIGNS[problem.decimal_sign or "point"]
        facts = {
            **dict(wanted),
            "missing_price": rising(wanted.missing_prices, sign),
            "superfluous_price": rising(wanted.superfluous_prices, sign),
        }
        template = problem.template_named.get(wanted.template)
        can_start = range(DAYS_PER_WEEK) if template is None else template.weekdays
        dated = dict(enumerate(_pairs(wanted.required, wanted.maximum)))
        days_of: dict[_Numbers, list[date | int]] = {}
        if wanted.usual or wanted.usual_maximum:
            usual = _pairs(wanted.usual or (None,) * DAYS_PER_WEEK, wanted.usual_maximum)
            for weekday, numbers in enumerate(usual):
                days_of.setdefault(numbers, []).append(weekday)
            dated = {day: numbers for day, numbers in dated.items() if numbers != usual[grid.weekday(day)]}
        elif len({(grid.weekday(day), numbers) for day, numbers in dated.items()}) <= DAYS_PER_WEEK:
            for day, numbers in dated.items():
                days_of.setdefault(numbers, []).append(grid.date(day))
            dated = {}
        given: list[tuple[_Numbers, Sequence[date | int]]] = [
            *days_of.items(),
            *((numbers, [grid.date(day)]) for day, numbers in dated.items()),
        ]
        rows = [
            (numbers, tuple(day for day in days if numbers != _NOTHING or _weekday(day) in can_start))
            for numbers, days in given
        ]
        rows += (((one.required, one.maximum), (one.day,)) for one in wanted.later)
        every = tuple(grid.date(day) for day in range(grid.days))
        # nothing is said where the shift cannot be worked anyway, but a headcount without a row would be lost
        for (required, maximum), days in [row for row in rows if row[1]] or [(_NOTHING, every)]:
            yield {**facts, "day": days, "required": _said(required), "maximum": maximum}


def _weekday(day: date | int) -> int:
    return day.weekday() if isinstance(day, date) else day


def _pairs(required: tuple[int | None, ...], maximum: tuple[int | None, ...]) -> list[_Numbers]:
    """Both numbers of each day."""
    return list(zip(required, maximum or (None,) * len(required), strict=True))


def _said(number: int | None) -> int | str:
    """A bound as a cell value; ``none`` instead of a blank, which would be an omission."""
    return "none" if number is None else number
