"""Instants as the times of day that people read, and back.

A clock time that a change of clock shows twice is marked on its second occurrence, so that a roster survives
writing and reading on that night too.
"""

from datetime import UTC, date, datetime, time, timedelta

from scheduler.domain import TimeGrid
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.domain.values.grid import zone as zone_named
from scheduler.io.cells.parse_times import clock, is_typed_in_days, too_late
from scheduler.io.result.contents.names import SECOND_TIME

_LATEST = 2 * MINUTES_PER_DAY


def shown_clock(grid: TimeGrid, instant: int, zone: str) -> time | str:
    """The time of day of an instant: a time, or a marked text on its second occurrence."""
    local = grid.local(instant, zone)
    clock = time(local.hour, local.minute)
    return f"{clock:%H:%M} {SECOND_TIME}" if local.fold else clock


def shown_start(grid: TimeGrid, instant: int, day: int, zone: str) -> timedelta | str:
    """The start of a duty, as time since its day's midnight: 25:00 where it is after the next one."""
    local = grid.local(instant, zone)
    if local.fold:
        return f"{local:%H:%M} {SECOND_TIME}"
    return local.replace(tzinfo=None) - datetime.combine(grid.date(day), time())


def read_clock(value: object) -> tuple[int, bool]:
    """Minutes after midnight in a cell, and whether it is marked as a second occurrence.

    Raises
    ------
    Unreadable
        If it is no clock time.
    """
    if isinstance(value, str) and value.strip().endswith(SECOND_TIME):
        return clock(value.strip().removesuffix(SECOND_TIME)), True
    minutes = clock(value)
    if minutes > _LATEST or (not isinstance(value, str) and is_typed_in_days(minutes)):
        raise too_late(value, _LATEST, minutes)
    return minutes, False


def instant_of(grid: TimeGrid, on: date, minutes: int, zone: str, *, second: bool = False) -> int:
    """Instant of a clock time on a local date."""
    local = datetime.combine(on, time()) + timedelta(minutes=minutes)
    if not second:
        return grid.instant(local, zone)
    later = local.replace(tzinfo=zone_named(zone), fold=1)
    return round((later.astimezone(UTC) - grid.origin).total_seconds() / 60)
