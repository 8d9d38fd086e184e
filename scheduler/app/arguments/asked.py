"""What was asked about, by the names that a planner writes: agents, shifts, days and times.

Names are matched without regard to case, spaces and signs that look alike; days are dates, or weekdays where
the horizon has just one of them.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TypeVar

from scheduler.domain import Problem
from scheduler.domain.findings.errors import refused
from scheduler.domain.findings.finding import unknown_name
from scheduler.domain.values.spelling import likeness
from scheduler.domain.values.words import listed
from scheduler.io.cells import parse_lists, parse_times
from scheduler.io.cells.parse import Unreadable
from scheduler.texts import text

Value = TypeVar("Value")


def agent_called(problem: Problem, written: str, option: str) -> str:
    """The name of an agent as the input spells it.

    Parameters
    ----------
    option
        What the argument is called, for the finding.

    Raises
    ------
    BadInput
        If there is none, with the nearest name, or several that look alike.
    """
    return _called("agent", "Agents", problem.agent_named, written, option)


def template_called(problem: Problem, written: str, option: str) -> str:
    """The same of a shift template."""
    return _called("shift", "Shifts", problem.template_named, written, option)


def day_called(problem: Problem, written: str | date, option: str) -> int:
    """The day number of a date, or of a weekday that the horizon has once.

    Raises
    ------
    BadInput
        If it is no day, not one that is planned, or a weekday that could be several.
    """
    grid = problem.grid
    planned = text(
        "Planned are {first:%a %d %b %Y} to {last:%a %d %b %Y}.",
        first=grid.date(0),
        last=grid.date(grid.days - 1),
    )
    if isinstance(written, date):
        meant: tuple[date | int, ...] = (written.date() if isinstance(written, datetime) else written,)
    else:
        meant = _read(parse_lists.days, written, option)
    if len(meant) != 1:
        raise refused(option, text('"{written}" is not one day.', written=written), planned)
    (one,) = meant
    if isinstance(one, int):
        days = [day for day in range(grid.days) if grid.weekday(day) == one]
    else:
        days = [day for day in range(grid.days) if grid.date(day) == one]
    if not days:
        raise refused(option, text('"{written}" is not one of the planned days.', written=written), planned)
    if len(days) > 1:
        dates = listed([f"{grid.date(day):%Y-%m-%d}" for day in days], 5)
        raise refused(
            option,
            text('"{written}" could be several days: {dates}.', written=written, dates=dates),
            text("Write the date."),
        )
    return days[0]


def clock_called(written: str, option: str) -> int:
    """Minutes after midnight of a clock time.

    Raises
    ------
    BadInput
        If it is none.
    """
    return _read(parse_times.clock, written, option)


def length_called(written: str, option: str) -> int:
    """Minutes of a length of time: ``8:00``, ``8 h``.

    Raises
    ------
    BadInput
        If it is none.
    """
    return _read(parse_times.hours, written, option)


def _called(kind: str, sheet: str, known: Iterable[str], written: str, option: str) -> str:
    names = list(known)
    if written in names:
        return written
    like = likeness(written)
    found = [name for name in names if likeness(name) == like]
    if len(found) == 1:
        return found[0]
    if found:
        message = text('"{written}" could be several: {names}.', written=written, names=listed(found, 5))
        raise refused(option, message, text("Write it exactly."))
    raise refused(option, *unknown_name(kind, written, names, sheet))


def _read(read: Callable[[object], Value], written: str, option: str) -> Value:
    try:
        return read(written)
    except Unreadable as error:
        raise refused(option, error.message, error.hint) from None
