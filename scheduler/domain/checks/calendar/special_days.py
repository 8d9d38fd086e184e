"""Checks of the days on the sheet Calendar: a date has one factor, and somebody calls."""

from collections.abc import Iterable, Iterator
from datetime import date

from scheduler.domain.facts.special_days import SpecialDay
from scheduler.domain.findings.faults import error
from scheduler.domain.findings.finding import Finding
from scheduler.texts import text


def special_day_faults(days: Iterable[SpecialDay]) -> Iterator[Finding]:
    """What is wrong with factors that people gave."""
    given: dict[date, float] = {}
    for index, one in enumerate(days):
        path = ("calendar", index, "factor")
        if one.factor is None:
            continue
        if one.factor == 0:
            yield error(
                path,
                text("a factor of 0 says that nobody calls."),
                text("Leave the day out of the opening hours on Service goals, or write 0.01."),
            )
        elif given.setdefault(one.day, one.factor) != one.factor:
            yield error(
                path,
                text("{day} has the factor {factor:g} already.", day=one.day, factor=given[one.day]),
                text("Write one of them."),
            )
