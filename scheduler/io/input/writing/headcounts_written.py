"""Headcounts as rows of their sheet: by weekday where they come again, and by date."""

from collections.abc import Iterator
from datetime import date

from scheduler.domain.facts.problem import Problem
from scheduler.domain.values.grid import DAYS_PER_WEEK
from scheduler.io.cells.conventions import SIGNS
from scheduler.io.cells.render import rising
from scheduler.io.input.writing.repeated_rows import Facts


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
        days_of: dict[tuple[int | None, int | None], list[date | int]] = {}
        if wanted.usual or wanted.usual_maximum:
            usual = _pairs(wanted.usual or (None,) * DAYS_PER_WEEK, wanted.usual_maximum)
            for weekday, numbers in enumerate(usual):
                days_of.setdefault(numbers, []).append(weekday)
            dated = {day: numbers for day, numbers in dated.items() if numbers != usual[grid.weekday(day)]}
        elif len({(grid.weekday(day), numbers) for day, numbers in dated.items()}) <= DAYS_PER_WEEK:
            for day, numbers in dated.items():
                days_of.setdefault(numbers, []).append(grid.date(day))
            dated = {}
        for (required, maximum), days in (
            *((numbers, tuple(days)) for numbers, days in days_of.items()),
            *((numbers, (grid.date(day),)) for day, numbers in dated.items()),
            *(((one.required, one.maximum), (one.day,)) for one in wanted.later),
        ):
            if (required, maximum) == (None, None):  # not said where the shift cannot be worked anyway
                days = tuple(day for day in days if _weekday(day) in can_start)
            if not days:
                continue
            yield {**facts, "day": days, "required": _said(required), "maximum": maximum}


def _weekday(day: date | int) -> int:
    return day.weekday() if isinstance(day, date) else day


def _pairs(
    required: tuple[int | None, ...], maximum: tuple[int | None, ...]
) -> list[tuple[int | None, int | None]]:
    """Both numbers of each day."""
    return list(zip(required, maximum or (None,) * len(required), strict=True))


def _said(number: int | None) -> int | str:
    """A bound as a cell value; ``none`` instead of a blank, which would be an omission."""
    return "none" if number is None else number
