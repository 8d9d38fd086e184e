"""Dates and local times as fields of facts: without an offset, and within the years that can be planned.

A date of another century is a typing mistake or a number that a spreadsheet shows as a date, and arithmetic
on the first and the last year of the calendar leaves it.
"""

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from scheduler.texts import text

FIRST_YEAR, LAST_YEAR = 1990, 2199
FAR_END = datetime(LAST_YEAR + 1, 1, 1)
"""An open end is often given as 9999-12-31; whatever ends after this instant is taken to end then."""

_DATE = r"\d{4}-\d{2}-\d{2}"
_DAY = re.compile(_DATE + r"(?:[T ]00:00(?::00)?)?")
_TIME = re.compile(_DATE + r"[T ]\d{2}:\d{2}.*", re.DOTALL)


def _as_written(value: Any, form: re.Pattern[str], example: str) -> Any:
    """The value, unless it is a number or digits, which would be read as seconds since 1970."""
    is_text = isinstance(value, str)
    if isinstance(value, datetime) or (is_text and form.fullmatch(value)):
        return value
    if isinstance(value, date) and form is _DAY:
        return value
    shown = f'"{value[:60]}"' if is_text else text("this")
    raise ValueError(text("{shown} is not {example}", shown=shown, example=example))


def _date_as_written(value: Any) -> Any:
    return _as_written(value, _DAY, text("a date (2024-03-04)"))


def _time_as_written(value: Any) -> Any:
    return _as_written(value, _TIME, text("a date and time (2024-03-04T08:00)"))


def is_planned_year(year: int) -> bool:
    """Whether dates of that year can be planned with."""
    return FIRST_YEAR <= year <= LAST_YEAR


def _within_years(value: date) -> date:
    if not is_planned_year(value.year):
        raise ValueError(
            text(
                "{value} is not a date from {first_year} to {last_year}",
                value=value,
                first_year=FIRST_YEAR,
                last_year=LAST_YEAR,
            )
        )
    return value


def _local(value: datetime) -> datetime:
    """A time without an offset; it is on the agent's clock, whose offset the zone gives."""
    if value.tzinfo is not None:
        raise ValueError(
            text(
                "{value} has a time zone, but times are on the agent's own clock; write {plain}, or what "
                "that clock shows then",
                value=value.isoformat(),
                plain=_plain(value),
            )
        )
    return value


def _plain(value: datetime) -> str:
    return value.replace(tzinfo=None).isoformat(timespec="minutes")


def _end(value: datetime) -> datetime:
    """An end within the calendar; the last minute of a day stands for midnight, and becomes midnight."""
    if value >= FAR_END:
        return FAR_END
    _within_years(value)
    if (value.hour, value.minute) == (23, 59):
        return datetime.combine(value.date(), time()) + timedelta(days=1)
    return value


def at_clock(day: date, clock_minute: int) -> datetime:
    """The local time ``clock_minute`` minutes after midnight of a date; 1500 is 01:00 on the next one."""
    return datetime.combine(day, time()) + timedelta(minutes=clock_minute)


Day = Annotated[date, BeforeValidator(_date_as_written), AfterValidator(_within_years)]
"""A date from ``FIRST_YEAR`` to ``LAST_YEAR``."""

LastDay = Annotated[date, BeforeValidator(_date_as_written)]
"""The last date of something, possibly far enough away to mean that there is none."""

LocalTime = Annotated[
    datetime, BeforeValidator(_time_as_written), AfterValidator(_local), AfterValidator(_within_years)
]
"""A time on the agent's own clock, without an offset."""

LocalEnd = Annotated[
    datetime, BeforeValidator(_time_as_written), AfterValidator(_local), AfterValidator(_end)
]
"""As ``LocalTime``, for an end: 23:59 is midnight, and what ends after the last year never ends."""
