"""What a cell means that holds a clock time or a length of time.

As strict as :mod:`scheduler.io.cells.parse`: minutes are whole, and a bare number has one unit, or the cell
is refused with what to write.
"""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta

from openpyxl.utils.datetime import WINDOWS_EPOCH

from scheduler.domain.values.grid import MINUTES_PER_DAY, MINUTES_PER_HOUR, SECONDS_PER_DAY
from scheduler.domain.values.words import clock_words, hours_words
from scheduler.io.cells.conventions import UNSAID, Conventions
from scheduler.io.cells.parse import Unreadable, days_elapsed, number, plain, shown
from scheduler.io.files.cell_values import Percent
from scheduler.texts import marked, text

_CLOCK = re.compile(
    r"(\d{1,3}):(\d{2})(?::(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?\s*(?:uhr|h|o'clock)?\s*(?:\+\s*(\d))?",
    re.IGNORECASE,
)
_HOUR_ONLY = re.compile(r"(\d{1,2})\s*(am|pm)", re.IGNORECASE)
_SPOKEN_CLOCKS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(\d{1,2})\s*h\s*(\d{2})?",  # 8h30
        r"(\d{1,2})(?:[.:](\d{2}))?\s*uhr",
        r"(\d{1,2})\s*uhr\s*(\d{2})",
        r"(\d{1,2})\s*[点點时時](?:\s*(\d{1,2}|半)\s*分?)?",
        r"(\d{2})(\d{2})",  # 0830
    )
)
_CHINESE_HALVES = {"上午": "am", "下午": "pm"}
_COLONS = re.compile(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d))?")
_LENGTH = re.compile(
    r"(?:([\d.,]{1,12})\s*(?:h|hrs?\.?|hours?|std\.?|stunden?|小时|小時))?"
    r"\s*(?:(\d{1,6})\s*(?:m|min\.?|mins|minutes?|minuten?|分钟|分鐘|分)?)?",
    re.IGNORECASE,
)
_LIKE_A_CLOCK = re.compile(r"(\d{1,3})[.,]([0-5]\d)")
_HOURS_PER_DAY = 24
MOST_BARE_HOURS = 180
"""Bare numbers of hours from which minutes may be meant: 180 is three hours, or a month."""
_AS_A_CLOCK = marked("Write it as 08:30, or 25:30 for half past one the night after.")
_COUNTS_DAYS = marked("A bare number typed into a time cell counts days.")
_MOST_CLOCK = 4800  # 48:00, written without a colon
_HAIR_MINUTES = 0.005
"""Tolerance: Excel stores a time as a fraction of a day, which comes back up to a millisecond off its minute,
and a third of an hour may be typed with four decimals."""


def clock(value: object, ways: Conventions = UNSAID) -> int:
    """Minutes after midnight; 25:30 is half past one in the following night."""
    minutes = _minutes_of_excel(value, ways)
    if minutes is not None:
        return minutes
    if isinstance(value, int | float) and not isinstance(value, bool | Percent):
        if 0 <= value < 1 and not _is_half_typed(value):
            return _whole_minutes(value * MINUTES_PER_DAY, value)  # an Excel time shown as a plain number
        raise Unreadable(text("{value} is not a clock time.", value=shown(value)), _clocks_of(value))
    if isinstance(value, str):
        found = _clock_from_text(value)
        if found is not None:
            return found
        try:
            bare = number(value)
        except Unreadable:
            bare = -1
        raise Unreadable(
            text("{value} is not a clock time.", value=shown(value)), _clocks_of(bare, plain(value))
        )
    raise Unreadable(text("{value} is not a clock time.", value=shown(value)), text(_AS_A_CLOCK))


def _clock_from_text(value: str) -> int | None:
    written = plain(value)
    for said, half in _CHINESE_HALVES.items():
        if written.startswith(said):
            written = f"{written.removeprefix(said).strip()} {half}"
    if match := _CLOCK.fullmatch(written):
        hours, minute, second, half, later = match.groups()
        if int(minute) < 60 and int(second or 0) < 60 and (not half or 1 <= int(hours) <= 12):
            at = _hour(int(hours), half) * MINUTES_PER_HOUR + int(minute) + int(later or 0) * MINUTES_PER_DAY
            return _whole_minutes(at + int(second or 0) / 60, value)
    match = _HOUR_ONLY.fullmatch(written)
    if match and 1 <= int(match[1]) <= 12:
        return _hour(int(match[1]), match[2]) * MINUTES_PER_HOUR
    for form in _SPOKEN_CLOCKS:
        if match := form.fullmatch(written):
            past = 30 if match[2] == "半" else int(match[2] or 0)
            if past < 60:
                return int(match[1]) * MINUTES_PER_HOUR + past
    return None


def _is_half_typed(value: float) -> bool:
    """Whether a part of a day looks typed: 0.3 could be 00:30, or what Excel keeps of 07:12."""
    return 0 < value == round(value, 2) and 4 * value != round(4 * value)


def _clocks_of(value: float, written: str = "") -> str:
    """What to write for a bare number: each clock time that it could be."""
    if not 0 <= value < _MOST_CLOCK:
        return text(_AS_A_CLOCK)
    found: list[float] = []
    if match := _LIKE_A_CLOCK.fullmatch(written) or _LIKE_A_CLOCK.fullmatch(f"{value:.2f}"):
        found.append(int(match[1]) * MINUTES_PER_HOUR + int(match[2]))  # 8.30
    if value < 1:
        found.append(value * MINUTES_PER_DAY)  # a part of a day, as Excel keeps times
    if value <= 2 * MINUTES_PER_DAY / MINUTES_PER_HOUR:
        found.append(value * MINUTES_PER_HOUR)
    elif value == round(value):
        hours, minutes = divmod(round(value), 100)
        found.append(hours * MINUTES_PER_HOUR + minutes if minutes < 60 else value)  # 830, or 870 for 14:30
    said = dict.fromkeys(
        clock_words(round(at))
        for at in found
        if at <= 2 * MINUTES_PER_DAY and abs(at - round(at)) <= _HAIR_MINUTES
    )
    *those, last = said or ["08:30"]
    if not those:
        return text("Write it as {example}.", example=last)
    return text("Write {one} or {other}.", one=", ".join(those), other=last)


def end_clock(value: object, ways: Conventions = UNSAID) -> int:
    """The clock time of an end; the last second of a day, which is how some systems write it, is 23:59."""
    if isinstance(value, datetime | time) and (value.hour, value.minute, value.second) == (23, 59, 59):
        value = value.replace(second=0, microsecond=0)
    elif (
        isinstance(value, timedelta) and round(value.total_seconds()) % SECONDS_PER_DAY == SECONDS_PER_DAY - 1
    ):
        value = timedelta(seconds=round(value.total_seconds()) - 59)
    elif isinstance(value, str) and plain(value) == "23:59:59":
        value = "23:59"
    return clock(value, ways)


def hours(value: object, ways: Conventions = UNSAID) -> int:
    """Minutes, from a length given in hours: 7.5, 7:30 or 7 h 30 min.

    A bare number that could be something else is asked about: a part of a day (0.5), minutes (480), or hours
    and minutes (8.30 as text).
    """
    return _length(value, MINUTES_PER_HOUR, ways, text("Write hours as 7.5 or 7:30."), _hours_asked)


def minutes(value: object, ways: Conventions = UNSAID, *, bare_hours: int = 4) -> int:
    """Minutes, from a length given in minutes: 15, 0:15 or 15 min.

    Parameters
    ----------
    bare_hours
        Up to so many a bare number could be hours, and is asked about.
    """

    def asked(bare: float, written: str) -> list[str]:
        if 0 < bare < 1:
            return _part_of_a_day(bare)
        if bare == round(bare):
            return [f"{bare:g} min", f"{bare:g} h"] if 0 < bare <= bare_hours else []
        if _is_whole(bare * MINUTES_PER_HOUR) and not _LIKE_A_CLOCK.fullmatch(written):
            return [f"{bare:g} h"] if 0 < bare <= bare_hours else []
        return _ways_of(bare) if 0 < bare <= _HOURS_PER_DAY else []

    hint = text("Write minutes as 15, or hours and minutes as 1:30.")
    return _length(value, 1, ways, hint, asked)


def offset(value: object, ways: Conventions = UNSAID) -> int:
    """Minutes from a shift's start or to its end, or a clock time: 120, 2:00 or 15 min.

    No heading says the unit, so a bare number of up to a day's hours is asked about.
    """
    return minutes(value, ways, bare_hours=24)


def _hours_asked(bare: float, written: str) -> list[str]:
    """What else a bare number of hours could mean, as it would be written; empty where it is plain."""
    like = _LIKE_A_CLOCK.fullmatch(written)
    if 0 < bare < 1 and not like:
        return _part_of_a_day(bare)
    if like and bare != round(bare):
        return _ways_of(bare)
    if written.startswith("0") and len(written) == 4 and written.isdecimal():
        return [f"{int(written[:2])}:{written[2:]}"]
    if bare >= MOST_BARE_HOURS:
        return [hours_words(round(bare)), f"{bare:g} h"]
    return []


def _part_of_a_day(bare: float) -> list[str]:
    """A bare number below one: a part of an hour, or of a day as Excel keeps times."""
    lengths = (bare * MINUTES_PER_HOUR, bare * MINUTES_PER_DAY)
    return [hours_words(round(length)) for length in lengths if _is_whole(length)]


def _ways_of(bare: float) -> list[str]:
    """What hours with a decimal sign could mean, as it would be written: 7.48 is 7:48, or 7:29 to the minute.

    Where the decimals cannot be minutes they are the minutes on either side.
    """
    exact = bare * MINUTES_PER_HOUR
    before, nearest = int(exact), round(exact)
    said = [_colon(nearest)] if _is_whole(exact) else [_colon(before), _colon(before + 1)]
    if like := _LIKE_A_CLOCK.fullmatch(f"{bare:.2f}"):
        said = [f"{like[1]}:{like[2]}", _colon(nearest)]
    return list(dict.fromkeys(said))


def _colon(minutes: int) -> str:
    """A length of time as a contract has it: 468 is ``7:48``."""
    return f"{minutes // MINUTES_PER_HOUR}:{minutes % MINUTES_PER_HOUR:02d}"


def _is_whole(minutes: float) -> bool:
    return abs(minutes - round(minutes)) <= _HAIR_MINUTES


def _hour(hour: int, half: str | None) -> int:
    if not half:
        return hour
    return hour % 12 + (12 if half.casefold().startswith("p") else 0)


def _length(
    value: object,
    number_is: int,
    ways: Conventions,
    hint: str,
    asked: Callable[[float, str], list[str]],
) -> int:
    """Minutes of a length.

    Parameters
    ----------
    number_is
        Minutes of one, for a bare number.
    asked
        What to write instead of a bare number and its text, where it could be two things.
    """
    unit = "h" if number_is == MINUTES_PER_HOUR else "min"
    minutes = _minutes_of_excel(value, ways, unit)
    if minutes is not None:
        _refuse_negative(minutes, value)
        return minutes
    parts: tuple[object, object] = (value, 0) if unit == "h" else (0, value)  # hours and minutes
    written, is_bare = plain(value) if isinstance(value, str) else "", True
    if isinstance(value, str):
        if match := _COLONS.fullmatch(written.removeprefix("-")):
            amount = int(match[1]) * MINUTES_PER_HOUR + int(match[2]) + int(match[3] or 0) / 60
            _refuse_negative(-amount if written.startswith("-") else amount, value)
            return _whole_minutes(amount, value)
        match = _LENGTH.fullmatch(written)
        if match and re.search(r"[^\d.,\s]", written) and (match[1] or match[2]):
            parts, is_bare = (match[1] or 0, match[2] or 0), False
    try:
        in_hours, in_minutes = (number(part, ways) for part in parts)
    except Unreadable as error:
        raise Unreadable(
            text("{value} is not a length of time.", value=shown(value)), error.hint or hint
        ) from None
    if is_bare:
        meant = asked(in_hours + in_minutes, "" if ways.decimal_sign else written)
        if meant:
            raise Unreadable(
                text("{value} does not say its unit.", value=shown(value)),
                text("Write {one} or {other}.", one=meant[0], other=meant[1])
                if len(meant) > 1
                else text("Write {one}.", one=meant[0]),
            )
    _refuse_negative(in_hours + in_minutes, value)
    if in_hours > 0 and not _is_whole(in_hours * MINUTES_PER_HOUR):
        said = _ways_of(in_hours)
        raise Unreadable(
            text("{value} is not a number of whole minutes.", value=shown(value)),
            text("Write {one} or {other}.", one=said[0], other=said[1]),
        )
    return _whole_minutes(in_hours * MINUTES_PER_HOUR + in_minutes, value, in_hours=unit == "h")


def is_typed_in_days(minutes: int) -> bool:
    """Whether a time on a later day looks as if 1.3 was typed into a time cell: 31:12, but not 30:00.

    >>> is_typed_in_days(1872), is_typed_in_days(1800)
    (True, False)
    """
    days, rest = divmod(minutes, MINUTES_PER_DAY)
    return days > 0 and _is_half_typed(rest / MINUTES_PER_DAY)


def is_far_and_typed(minutes: int) -> bool:
    """Whether a time more than two days away looks as if a bare number was typed into a time cell: 192:00.

    >>> is_far_and_typed(8 * 24 * 60), is_far_and_typed(24 * 60), is_far_and_typed(4 * 24 * 60 + 7)
    (True, False, False)
    """
    days = minutes / MINUTES_PER_DAY
    return days > 2 and days == round(days, 2)


def too_late(value: object, latest: int, minutes: int) -> Unreadable:
    """What is wrong with a clock time that is later than may be, and what to write.

    Of a bare number in the format of a time (830), which Excel takes for days, the number is said that was
    typed: its cell shows ``19920:00``, or ``00:00``.
    """
    number = round(minutes / MINUTES_PER_DAY, 2)
    if isinstance(value, timedelta | datetime) and abs(number * MINUTES_PER_DAY - minutes) < _HAIR_MINUTES:
        return typed_in_days(number)
    return Unreadable(
        text("{value} is later than {bound}.", value=shown(value), bound=clock_words(latest)),
        text(_AS_A_CLOCK),
    )


def typed_in_days(number: float) -> Unreadable:
    """What is wrong with a bare number that was typed into a time cell, and what to write."""
    write = _clocks_of(number)
    if number in (1, 2):  # what 24:00 and 48:00 become in a cell that shows no more than the time of day
        write = text(
            "Write {one}, or {other} with an apostrophe before it.",
            one=clock_words(round(number) * MINUTES_PER_HOUR),
            other=clock_words(round(number) * MINUTES_PER_DAY),
        )
    return Unreadable(text("{number:g} is not a clock time.", number=number), f"{write} {text(_COUNTS_DAYS)}")


def _minutes_of_excel(value: object, ways: Conventions, unit: str = "") -> int | None:
    """Minutes of what Excel keeps as a time; ``None`` where it is no time.

    Parameters
    ----------
    unit
        Of a bare number that stands in a cell with the format of a time; empty where clock times belong.
    """
    if isinstance(value, datetime):
        is_typed = value.year == 1904 and value.time() == time() and ways.epoch == WINDOWS_EPOCH
        if value.year not in (1899, 1900, 1904) or is_typed:
            if number := _typed_without_colon(value):
                raise typed_in_days(number)
            raise Unreadable(
                text("{value} is a date and time, where only a time belongs.", value=shown(value)),
                text(_AS_A_CLOCK),
            )
        days = days_elapsed(value)
        if value.time() == time():  # the cell shows a time of 00:00, or a date, for so many days
            if not unit:
                raise typed_in_days(days)
            raise Unreadable(
                text("{days:g} is a number of days in the format of a date or of a time of day.", days=days),
                text(
                    "A bare number typed into a time cell counts days: write {meant}.",
                    meant=f"{days:g} {unit}",
                ),
            )
        return _whole_minutes(days * MINUTES_PER_DAY, value)
    if isinstance(value, time):
        seconds = value.second + value.microsecond / 1e6
        return _whole_minutes(value.hour * MINUTES_PER_HOUR + value.minute + seconds / 60, value)
    if isinstance(value, timedelta):
        return _whole_minutes(value.total_seconds() / 60, value)
    return None


def _typed_without_colon(moment: datetime) -> int:
    """The number where 1230 was typed into a time cell, which keeps it as the day of that number; else 0."""
    number = (moment - WINDOWS_EPOCH).total_seconds() / SECONDS_PER_DAY
    return int(number) if number == number // 1 and MINUTES_PER_HOUR < number < _MOST_CLOCK else 0


def _refuse_negative(amount: float, value: object) -> None:
    if amount < -_HAIR_MINUTES:
        raise Unreadable(
            text("{value} is less than nothing, where a length of time belongs.", value=shown(value)),
            text("Write it without the minus sign."),
        )


def _signed(amount: float, value: object) -> str:
    """A time below zero, which a cell with a date's format has as one of 1899."""
    return shown(value) if isinstance(value, str) else f"-{clock_words(round(-amount))}"


def _whole_minutes(amount: float, value: object, *, in_hours: bool = True) -> int:
    if amount < -_HAIR_MINUTES:
        raise Unreadable(
            text("{value} is less than nothing.", value=_signed(amount, value)), text("Write it as 08:30.")
        )
    nearest = round(amount)
    if abs(amount - nearest) > _HAIR_MINUTES:
        before = int(amount)
        one, other = (clock_words(at) if in_hours else f"{at} min" for at in (before, before + 1))
        raise Unreadable(
            text("{value} is not a number of whole minutes.", value=shown(value)),
            text("Write {one} or {other}.", one=one, other=other),
        )
    return nearest
