"""The moment from which on a roster may change, as it is written and as an instant."""

from datetime import datetime

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.errors import refused
from scheduler.domain.findings.finding import Finding, Place, Severity
from scheduler.domain.values.words import shown
from scheduler.texts import text

BEFORE_ALL = -(10**6)
"""An instant before which nothing begins."""


def instant_of(problem: Problem, moment: datetime | str | None) -> tuple[int, tuple[Finding, ...]]:
    """The instant of a moment, with what is odd about it.

    Parameters
    ----------
    moment
        Local time on the campaign's clock, or with an offset from UTC; as text in the form
        ``2026-06-17T10:00``. ``None`` is before everything.

    Raises
    ------
    BadInput
        If it cannot be read, is not shown by the clock, or lies behind the planned days.
    """
    if moment is None:
        return BEFORE_ALL, ()
    grid, local = problem.grid, _read(moment)
    if local.tzinfo is None:
        day = grid.day_index(local.date())
        if not grid.clock_exists(day, local.hour * 60 + local.minute):
            raise refused(
                "from",
                text(
                    "{moment} does not exist: the clock is put forward then.",
                    moment=f"{local:%Y-%m-%d %H:%M}",
                ),
                text("Write a time that the clock shows."),
            )
        instant = grid.instant(local)
    else:
        instant = round((local - grid.origin).total_seconds() / 60)
    first, last = grid.date(0), grid.date(grid.days - 1)
    if instant >= grid.minutes:
        raise refused(
            "from",
            text(
                "{moment} lies behind the planned days, {first} to {last}: nothing is left to change.",
                moment=shown(moment),
                first=first,
                last=last,
            ),
            text("Write a moment inside of them, such as {first}T10:00.", first=first),
        )
    if instant < 0:
        message = text(
            "{moment} lies before the first planned day, {first}: all of the roster may change.",
            moment=shown(moment),
            first=first,
        )
        finding = Finding(place=Place(path=("from",)), message=message, severity=Severity.WARNING)
        return BEFORE_ALL, (finding,)
    return instant, ()


def _read(moment: datetime | str) -> datetime:
    if isinstance(moment, datetime):
        return moment.replace(second=0, microsecond=0)
    try:
        return datetime.fromisoformat(moment.strip()).replace(second=0, microsecond=0)
    except (ValueError, AttributeError):
        raise refused(
            "from",
            text("{moment} is not a moment.", moment=shown(moment)),
            text("Write date and time, such as 2026-06-17T10:00."),
        ) from None
