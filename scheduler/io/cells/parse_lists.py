"""What a cell with a list means: names, weekdays, dates, clock times or windows.

Each entry is read as :mod:`scheduler.io.cells.parse` and :mod:`scheduler.io.cells.parse_times` read a cell of
its own.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from scheduler.domain.values.fields import MOST_TIMES
from scheduler.domain.values.grid import MINUTES_PER_DAY, MINUTES_PER_HOUR
from scheduler.domain.values.words import clock_words
from scheduler.io.cells.conventions import UNSAID, Conventions
from scheduler.io.cells.parse import Unreadable, money, name_in, plain, plain_text, says_nothing, shown
from scheduler.io.cells.parse_dates import ISO_DATE, NO_END, OtherWeekday, day, day_range
from scheduler.io.cells.parse_times import clock, too_late
from scheduler.io.cells.weekday_names import (
    HOLIDAY_WORDS,
    HOLIDAYS_WORD,
    WEEKDAY_GROUPS,
    WEEKDAY_NUMBER,
    weekday_of,
)
from scheduler.texts import marked, text

_SEPARATORS = re.compile(r"\s*[,;，\uff1b、\n]\s*")
_BETWEEN_LINES = re.compile(r"\s*[;\uff1b\n]\s*")
_BETWEEN_AMOUNTS = re.compile(r"\s*[;/\uff1b、\n]\s*")
"""Without the comma, which is a decimal sign in amounts."""
_WITH_AMOUNT = re.compile(
    r"""\s*(?:"((?:[^"]|"")*)"|([^";\uff1b\n]*?))(?:\s*[:\uff1a]\s*|\s+)([-+\u2212]?[\d.,]+)\s*(?:[;\uff1b\n]\s*|$)"""
)
_WITH_TIME = re.compile(
    r"([^:;\uff1b\n]*[^:;\uff1b\n\s])(?:\s+|[:\uff1a]\s*)([-+\u2212]?)(\d+)[:\uff1a](\d\d)\s*(?:[;\uff1b\n]|$)"
)
_MINUS = "\u2212"
_MOST_POINTS = 100 * MOST_TIMES
_DECIMALS = re.compile(r"^[^.,]*[.,]\d{1,2}$")
_POINTS_HINT = marked(
    "Write the name of a rule and what somebody had beyond their share: Nights: +1.6; Sundays: -0.25."
)
_WITH_SLASHES = re.compile(r"\s*[,;/，\uff1b、\n]\s*")
_RANGE = re.compile(r"\s*(?:-|–|—|~|\uff5e|\.\.|\bto\b|\buntil\b|\bbis\b|至|到)\s*", re.IGNORECASE)
_MOST_DAYS = 3660
"""Most days of one range; a longer one has a mistyped end, or an end that means "for ever"."""
LATEST_START, _LATEST_BREAK = 2 * MINUTES_PER_DAY, 3 * MINUTES_PER_DAY
_QUOTED = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^,;，\uff1b、\n]*))\s*(?:[,;，\uff1b、\n]|$)')


def names(value: object) -> tuple[str, ...]:
    """Names in a list, separated by commas, semicolons or lines; a name with a comma is quoted."""
    if not isinstance(value, str):
        return (plain_text(value),)
    if says_nothing(value):
        return ()
    found = []
    for match in _QUOTED.finditer(value):
        name = match[1].replace('""', '"') if match[1] is not None else match[2]
        if spelling := name_in(name):
            found.append(spelling)
    return tuple(found)


def points(value: object, ways: Conventions = UNSAID) -> tuple[tuple[str, int], ...]:
    """Names with hundredths of an amount behind each: ``Nights: +1.6; Sundays: -0.25``, or without colons."""
    if not isinstance(value, str):
        raise Unreadable(text("{value} names nothing.", value=shown(value)), text(_POINTS_HINT))
    found: dict[str, int] = {}
    left = "" if says_nothing(value) else value.strip()
    while left:
        if timed := _WITH_TIME.match(left):
            hours = int(timed[3]) + int(timed[4]) / MINUTES_PER_HOUR
            amount = f"{'-' if timed[2] in ('-', _MINUS) else '+'}{round(hours, 2):g}"
            raise Unreadable(
                text("{value} is a time, where an amount belongs.", value=shown(timed[0].strip())),
                text("Write hours with decimals: {example}.", example=f"{timed[1].strip()}: {amount}"),
            )
        match = _WITH_AMOUNT.match(left)
        name = name_in(match[2] if match[1] is None else match[1].replace('""', '"')) if match else None
        if match is None or not name:
            raise Unreadable(
                text("{value} is no name with an amount.", value=shown(left)), text(_POINTS_HINT)
            )
        if name in found:
            raise Unreadable(text("{name} stands here twice.", name=shown(name)), text(_POINTS_HINT))
        # one or two digits behind a sign are decimals, whatever the sign is: products write them with a point
        found[name] = money(
            match[3], replace(ways, decimal_sign=None) if _DECIMALS.search(match[3]) else ways
        )
        if abs(found[name]) > _MOST_POINTS:
            raise Unreadable(
                text("{value} is more than {bound}.", value=match[3], bound=f"{MOST_TIMES:,}"),
                text(_POINTS_HINT),
            )
        left = left[match.end() :]
    return tuple(found.items())


def weekday(value: object) -> int:
    """One weekday, 0 for Monday."""
    found = weekday_of(plain(value)) if isinstance(value, str) else None
    if found is None:
        raise Unreadable(text("{value} is not a weekday.", value=shown(value)), text("Write Monday, or Mon."))
    return found


def weekdays(value: object, ways: Conventions = UNSAID) -> tuple[int, ...]:
    """Weekdays: Mon-Fri, or Sat, Sun, or every day."""
    found = days(value, ways)
    if any(isinstance(one, date) for one in found):
        raise Unreadable(
            text("{value} is a date, where weekdays belong.", value=shown(value)),
            text("Write Mon-Fri, or Sat, Sun."),
        )
    return tuple(one for one in found if isinstance(one, int))


def days(value: object, ways: Conventions = UNSAID) -> tuple[date | int, ...]:
    """Dates and weekdays (0 for Monday) in a list, each once; a range such as Mon-Fri names all its days."""
    if not isinstance(value, str):
        return (_one_day(value, ways),)
    if says_nothing(value):
        return ()
    found: list[date | int] = []
    for line in _BETWEEN_LINES.split(plain(value)):
        found += _days_with_commas(line, ways)
    return tuple(dict.fromkeys(found))


def rule_days(value: object, ways: Conventions = UNSAID) -> tuple[date | int | str, ...]:
    """Dates and weekdays as in :func:`days`, with ``holidays`` in front where the list has those."""
    if not isinstance(value, str):
        return days(value, ways)
    parts = [part for part in _SEPARATORS.split(plain(value)) if part]
    others = [part for part in parts if part.casefold() not in HOLIDAY_WORDS]
    if len(others) == len(parts):
        return days(value, ways)
    return (HOLIDAYS_WORD, *(days(", ".join(others), ways) if others else ()))


def _days_with_commas(line: str, ways: Conventions) -> list[date | int]:
    """The days of a list with commas, one of which may stand inside of a date: ``Wed, 16 December 2026``."""
    parts = [part for part in _SEPARATORS.split(line) if part]
    if len(parts) > 1 and (weekday_of(parts[0]) is not None or not parts[0][:1].isdecimal()):
        try:
            dates = day_range(line, ways) or (day(line, ways),) * 2
        except OtherWeekday:
            if (
                ISO_DATE.fullmatch(parts[-1]) is None
            ):  # a list with a weekday and a date, as it is written here
                raise
        except Unreadable:
            pass
        else:
            return [*_days_between(line, *dates)]
    return [one for part in parts for one in _days_of(part, ways)]


def _days_of(part: str, ways: Conventions) -> list[date | int]:
    """The days of one part of a list."""
    group = WEEKDAY_GROUPS.get(part.casefold())
    if group is not None:
        return [*group]
    ends = [end.casefold().rstrip(".") for end in _RANGE.split(part)]
    if len(ends) == 2 and all(end in WEEKDAY_NUMBER for end in ends):
        first, last = (WEEKDAY_NUMBER[end] for end in ends)
        return [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    if part.casefold().rstrip(".") in WEEKDAY_NUMBER:
        return [weekday(part)]
    if between := day_range(part, ways):
        return [*_days_between(part, *between)]
    try:
        return [_one_day(part, ways)]
    except Unreadable as error:
        pieces = [piece.strip() for piece in part.split("/") if piece.strip()]
        if len(pieces) > 1 and not part.replace("/", "").replace(" ", "").isdecimal():
            return [one for piece in pieces for one in _days_of(piece, ways)]
        if any(sign.isdecimal() for sign in part):
            raise
        raise Unreadable(
            text("{part} is neither a date nor a weekday.", part=shown(part)),
            error.hint and text("Write {example}, Mon-Fri or every day.", example=ways.example),
        ) from None


def _one_day(value: object, ways: Conventions) -> date:
    """A date that is a day of its own, and not the mark for an end that is open."""
    found = day(value, ways)
    if found == NO_END:
        raise Unreadable(
            text("{value} stands for an open end, where a day belongs.", value=shown(value)),
            text("Write it as {example}.", example=ways.example),
        )
    return found


def _days_between(part: str, first: date, last: date) -> Iterator[date]:
    if last < first:
        raise Unreadable(text("{part} ends before it begins.", part=shown(part)))
    if (last - first).days > _MOST_DAYS:
        raise Unreadable(
            text("{part} is a range of more than {most_days} days.", part=shown(part), most_days=_MOST_DAYS),
            text("Write the last date that is planned, or one after it."),
        )
    for step in range((last - first).days + 1):
        yield first + timedelta(days=step)


def prices(value: object, ways: Conventions = UNSAID) -> tuple[int, ...]:
    """Cents: one amount, or several with semicolons between them: 100; 150; 250."""
    if not isinstance(value, str):
        return (money(value, ways),)
    parts = [part for part in _BETWEEN_AMOUNTS.split(plain(value)) if part] or [value]
    try:
        return tuple(money(part, ways) for part in parts)
    except Unreadable as error:
        if "," in value or len(parts) > 1:
            raise Unreadable(
                error.message,
                text("Write one amount, or several with semicolons between them: 100; 150; 250."),
            ) from None
        raise


def clocks(value: object) -> tuple[int, ...]:
    """Clock times in a list."""
    parts = (
        [part for part in _WITH_SLASHES.split(plain(value)) if part] if isinstance(value, str) else [value]
    )
    return tuple(clock_until(_LATEST_BREAK, part) for part in parts)


def clock_windows(value: object) -> tuple[tuple[int, int], ...]:
    """Clock windows in a list: 08:00-10:00, 14:00-15:30. A single time is a window of that one start."""
    if not isinstance(value, str):
        return ((clock_until(LATEST_START, value),) * 2,)
    windows = []
    for part in _WITH_SLASHES.split(plain(value)):
        if not part:
            continue
        ends = _RANGE.split(part)
        if len(ends) == 2 and all(end.isdecimal() and len(end) <= 2 for end in ends):
            ends = [f"{end}:00" for end in ends]  # 8-9 has one meaning, which a lone 8 has not
        if len(ends) > 2 or not all(ends):
            raise Unreadable(
                text("{part} is not a window of clock times.", part=shown(part)), text("Write 08:00-10:00.")
            )
        first, last = (clock_until(LATEST_START, end) for end in (ends[0], ends[-1]))
        if first == last and len(ends) == 2:
            raise Unreadable(
                text("{part} begins and ends at the same time.", part=shown(part)),
                text("Write {start} for that one start, or another end.", start=clock_words(first)),
            )
        if last < first:
            last += MINUTES_PER_DAY
            if last - first > MINUTES_PER_DAY // 2:
                raise Unreadable(
                    text("{part} ends before it begins, or runs over midnight.", part=shown(part)),
                    text(
                        "Write {start}-{end} for this window of the next day, or {swapped}.",
                        start=clock_words(first),
                        end=clock_words(last),
                        swapped=f"{clock_words(last - MINUTES_PER_DAY)}-{clock_words(first)}",
                    ),
                )
        if last > LATEST_START:
            raise Unreadable(
                text("{part} ends later than 48:00.", part=shown(part)),
                text("Write 22:00-02:00 for a night."),
            )
        windows.append((first, last))
    return tuple(windows)


def clock_until(latest: int, value: object) -> int:
    """Minutes after midnight, ``latest`` at most."""
    found = clock(value)
    if found > latest:
        raise too_late(value, latest, found)
    return found
