"""What a cell means that holds a date, a clock time or a length of time.

As strict as :mod:`scheduler.io.cells.parse`: minutes are whole or the cell is refused with what to write, and
a date lies in the years that can be planned.
"""

import re
from datetime import date, datetime, time, timedelta

from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

from scheduler.domain.calendar_fields import FIRST_YEAR, LAST_YEAR, is_planned_year
from scheduler.domain.grid import MINUTES_PER_DAY, MINUTES_PER_HOUR, SECONDS_PER_DAY
from scheduler.domain.words import clock_words
from scheduler.io.cells.parse import Unreadable, days_elapsed, number, plain, shown
from scheduler.texts import marked, text

NO_END = date(9999, 12, 31)
"""What many systems write for an open end; accepted as a last day."""

_CLOCK = re.compile(
    r"(\d{1,3}):(\d{2})(?::(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?\s*(?:\+\s*(\d))?", re.IGNORECASE
)
_HOUR_ONLY = re.compile(r"(\d{1,2})\s*(am|pm)", re.IGNORECASE)
_COLONS = re.compile(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d))?")
_LENGTH = re.compile(
    r"(?:([\d.,]{1,12})\s*(?:h|hrs?|hours?|小时))?\s*(?:(\d{1,6})\s*(?:m|min|mins|minutes?|分钟|分)?)?",
    re.IGNORECASE,
)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_DAY_FORMS = tuple(
    (re.compile(form, re.IGNORECASE), order)
    for form, order in (
        (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00)?)?", "ymd"),
        (r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?", "ymd"),
        (r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", "dmy"),
        (r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", "??y"),
        (r"(\d{1,2})\.?[\s-]*([a-z]{3,9})\.?,?[\s-]*(\d{4})", "dmy"),
        (r"([a-z]{3,9})\.?\s*(\d{1,2}),?\s+(\d{4})", "mdy"),
    )
)
_AS_A_DATE = marked("Write it as 2024-03-04.")
_HAIR_MINUTES = 0.005
"""Tolerance: Excel stores a time as a fraction of a day, which comes back up to a millisecond off its minute,
and a third of an hour may be typed with four decimals."""


def day(value: object, epoch: datetime = WINDOWS_EPOCH) -> date:
    """A date, as Excel keeps it or as text whose meaning is plain.

    Parameters
    ----------
    epoch
        From which the workbook counts days, for a date that stands there as a number.
    """
    if isinstance(value, datetime):
        if value.time() != time():
            raise Unreadable(
                text("{value} has a time of day, where only a date belongs.", value=shown(value)),
                text(_AS_A_DATE),
            )
        return _within_years(value.date(), value)
    if isinstance(value, date):
        return _within_years(value, value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _day_from_number(value, epoch)
    if isinstance(value, str):
        return _within_years(_day_from_text(value), value)
    raise Unreadable(text("{value} is not a date.", value=shown(value)), text(_AS_A_DATE))


def clock(value: object) -> int:
    """Minutes after midnight; 25:30 is half past one in the following night."""
    minutes = _minutes_of_excel(value)
    if minutes is not None:
        return minutes
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1:
        return _whole_minutes(value * MINUTES_PER_DAY, value)  # an Excel time shown as a plain number
    if isinstance(value, str):
        written = plain(value)
        if match := _CLOCK.fullmatch(written):
            hours, minute, second, half, later = match.groups()
            if int(minute) < 60 and int(second or 0) < 60 and (not half or 1 <= int(hours) <= 12):
                at = (
                    _hour(int(hours), half) * MINUTES_PER_HOUR
                    + int(minute)
                    + int(later or 0) * MINUTES_PER_DAY
                )
                return _whole_minutes(at + int(second or 0) / 60, value)
        match = _HOUR_ONLY.fullmatch(written)
        if match and 1 <= int(match[1]) <= 12:
            return _hour(int(match[1]), match[2]) * MINUTES_PER_HOUR
    raise Unreadable(
        text("{value} is not a clock time.", value=shown(value)),
        text("Write it as 08:30, or 25:30 for half past one the night after."),
    )


def end_clock(value: object) -> int:
    """The clock time of an end; the last second of a day, which is how some systems write it, is 23:59."""
    if isinstance(value, datetime | time) and (value.hour, value.minute, value.second) == (23, 59, 59):
        value = value.replace(second=0, microsecond=0)
    elif (
        isinstance(value, timedelta) and round(value.total_seconds()) % SECONDS_PER_DAY == SECONDS_PER_DAY - 1
    ):
        value = timedelta(seconds=round(value.total_seconds()) - 59)
    elif isinstance(value, str) and plain(value) == "23:59:59":
        value = "23:59"
    return clock(value)


def hours(value: object) -> int:
    """Minutes, from a length given in hours: 7.5, 7:30 or 7 h 30 min."""
    return _length(value, 60, text("Write hours as 7.5 or 7:30."))


def minutes(value: object) -> int:
    """Minutes, from a length given in minutes: 15, 0:15 or 15 min."""
    return _length(value, 1, text("Write minutes as 15, or hours and minutes as 1:30."))


def _hour(hour: int, half: str | None) -> int:
    if not half:
        return hour
    return hour % 12 + (12 if half.casefold().startswith("p") else 0)


def _length(value: object, number_is: int, hint: str) -> int:
    minutes = _minutes_of_excel(value)
    if minutes is not None:
        return minutes
    parts: tuple[object, object] = (value, 0) if number_is == 60 else (0, value)  # hours and minutes
    if isinstance(value, str):
        written = plain(value)
        if match := _COLONS.fullmatch(written):
            return _whole_minutes(
                int(match[1]) * MINUTES_PER_HOUR + int(match[2]) + int(match[3] or 0) / 60, value
            )
        match = _LENGTH.fullmatch(written)
        if match and re.search(r"[^\d.,\s]", written) and (match[1] or match[2]):
            parts = match[1] or 0, match[2] or 0
    try:
        in_hours, in_minutes = map(number, parts)
    except Unreadable as error:
        raise Unreadable(
            text("{value} is not a length of time.", value=shown(value)), error.hint or hint
        ) from None
    return _whole_minutes(in_hours * MINUTES_PER_HOUR + in_minutes, value)


def _minutes_of_excel(value: object) -> int | None:
    """Minutes of what Excel keeps as a time; ``None`` where it is no time."""
    if isinstance(value, datetime):
        if value.year not in (1899, 1900, 1904):
            raise Unreadable(
                text("{value} is a date and time, where only a time belongs.", value=shown(value))
            )
        days = days_elapsed(value)
        if value.time() == time():  # the cell shows a time of 00:00, or a date, for so many days
            raise Unreadable(
                text("{days:g} is a number of days in the format of a date or of a time of day.", days=days),
                text(
                    "A bare number typed into a time cell counts days: write 08:00, or {number:g}:00 as "
                    "text.",
                    number=24 * days,
                ),
            )
        return _whole_minutes(days * MINUTES_PER_DAY, value)
    if isinstance(value, time):
        seconds = value.second + value.microsecond / 1e6
        return _whole_minutes(value.hour * MINUTES_PER_HOUR + value.minute + seconds / 60, value)
    if isinstance(value, timedelta):
        return _whole_minutes(value.total_seconds() / 60, value)
    return None


def _whole_minutes(amount: float, value: object) -> int:
    if amount < -_HAIR_MINUTES:
        raise Unreadable(
            text("{value} is less than nothing.", value=shown(value)), text("Write a time such as 08:30.")
        )
    nearest = round(amount)
    if abs(amount - nearest) > _HAIR_MINUTES:
        before = int(amount)
        raise Unreadable(
            text("{value} is not a number of whole minutes.", value=shown(value)),
            text("Write {one} or {other}.", one=clock_words(before), other=clock_words(before + 1)),
        )
    return nearest


def _day_from_number(value: float, epoch: datetime) -> date:
    if value == value // 1:  # neither a fraction of a day nor NaN
        try:
            found = from_excel(value, epoch)
        except (OverflowError, ValueError):
            found = None
        if isinstance(found, datetime) and is_planned_year(found.year):
            return found.date()
    raise Unreadable(text("{value} is not a date.", value=shown(value)), text(_AS_A_DATE))


def _within_years(found: date, value: object) -> date:
    if not is_planned_year(found.year) and found != NO_END:
        what = shown(value) if isinstance(value, str) else f"{found}"
        raise Unreadable(
            text(
                "{what} is not a date from {first_year} to {last_year}.",
                what=what,
                first_year=FIRST_YEAR,
                last_year=LAST_YEAR,
            ),
            text(_AS_A_DATE),
        )
    return found


def _day_from_text(value: str) -> date:
    written = plain(value)
    for form, order in _DAY_FORMS:
        match = form.fullmatch(written)
        if not match:
            continue
        if order == "??y":
            one, other = int(match[1]), int(match[2])
            if one <= 12 and other <= 12 and one != other:
                raise Unreadable(
                    text("{value} can be read in two ways.", value=shown(value)),
                    text(
                        "Write it as {year}-{one:02d}-{other:02d} or {year}-{other:02d}-{one:02d}.",
                        year=match[3],
                        one=one,
                        other=other,
                    ),
                )
            order = "dmy" if one > 12 else "mdy"
        parts = dict(zip(order, match.groups(), strict=True))
        try:
            return date(int(parts["y"]), _month(parts["m"]), int(parts["d"]))
        except ValueError:
            break
    raise Unreadable(text("{value} is not a date.", value=shown(value)), text(_AS_A_DATE))


def _month(written: str) -> int:
    """A month's number; 0 where the word is no English month or its beginning."""
    if not written.isalpha():
        return int(written)
    word = written.casefold()
    return next((at for at, month in enumerate(_MONTHS, start=1) if month.startswith(word)), 0)
