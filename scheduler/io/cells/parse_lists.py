"""What a cell with a list means: names, weekdays, dates, clock times or windows.

Each entry is read as :mod:`scheduler.io.cells.parse` and :mod:`scheduler.io.cells.parse_times` read a cell of
its own.
"""

import re
from datetime import date, datetime, timedelta

from openpyxl.utils.datetime import WINDOWS_EPOCH

from scheduler.domain.grid import MINUTES_PER_DAY
from scheduler.domain.words import clock_words
from scheduler.io.cells.parse import Unreadable, name_in, plain, plain_text, says_nothing, shown
from scheduler.io.cells.parse_times import clock, day
from scheduler.texts import text

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""What weekdays are called; the first three letters and the Chinese names are understood too."""

_CHINESE_DAYS = "一二三四五六日"
_WEEKDAY_NUMBER = {
    **{name.casefold(): number for number, name in enumerate(WEEKDAYS)},
    **{name[:3].casefold(): number for number, name in enumerate(WEEKDAYS)},
    **{"tues": 1, "thur": 3, "thurs": 3, "周天": 6, "星期天": 6, "礼拜天": 6},
    **{f"{week}{day}": number for number, day in enumerate(_CHINESE_DAYS) for week in ("周", "星期", "礼拜")},
}
_WEEKDAY_GROUPS = {
    **dict.fromkeys(("every day", "everyday", "daily", "all", "all days", "每天", "每日"), tuple(range(7))),
    **dict.fromkeys(("weekdays", "working days", "工作日", "平日"), tuple(range(5))),
    **dict.fromkeys(("weekend", "weekends", "周末"), (5, 6)),
}
_SEPARATORS = re.compile(r"\s*[,;，\uff1b、\n]\s*")
_RANGE = re.compile(r"\s*(?:-|–|—|~|\uff5e|\.\.|\bto\b|\buntil\b|至|到)\s*", re.IGNORECASE)
_DATE_RANGE = re.compile(r"\s*(?:–|—|~|\uff5e|\.\.|\bto\b|\buntil\b|至|到|\s-\s)\s*", re.IGNORECASE)
_MOST_DAYS = 3660
"""Most days of one range; a longer one has a mistyped end, or an end that means "for ever"."""
_LATEST_START, _LATEST_BREAK = 2 * MINUTES_PER_DAY, 3 * MINUTES_PER_DAY
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


def weekday(value: object) -> int:
    """One weekday, 0 for Monday."""
    found = _WEEKDAY_NUMBER.get(plain(value).casefold().rstrip(".")) if isinstance(value, str) else None
    if found is None:
        raise Unreadable(text("{value} is not a weekday.", value=shown(value)), text("Write Monday, or Mon."))
    return found


def weekdays(value: object) -> tuple[int, ...]:
    """Weekdays: Mon-Fri, or Sat, Sun, or every day."""
    found = days(value)
    if any(isinstance(one, date) for one in found):
        raise Unreadable(
            text("{value} is a date, where weekdays belong.", value=shown(value)),
            text("Write Mon-Fri, or Sat, Sun."),
        )
    return tuple(one for one in found if isinstance(one, int))


def days(value: object, epoch: datetime = WINDOWS_EPOCH) -> tuple[date | int, ...]:
    """Dates and weekdays (0 for Monday) in a list, each once; a range such as Mon-Fri names every day in it.

    Parameters
    ----------
    epoch
        As for :func:`scheduler.io.cells.parse_times.day`.
    """
    if not isinstance(value, str):
        return (day(value, epoch),)
    if says_nothing(value):
        return ()
    found: list[date | int] = []
    for part in _SEPARATORS.split(plain(value)):
        if not part:
            continue
        group = _WEEKDAY_GROUPS.get(part.casefold())
        ends = _RANGE.split(part)
        dates = _DATE_RANGE.split(part)
        if group is not None:
            found += group
        elif len(ends) == 2 and all(end.casefold() in _WEEKDAY_NUMBER for end in ends):
            first, last = (_WEEKDAY_NUMBER[end.casefold()] for end in ends)
            found += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
        elif part.casefold().rstrip(".") in _WEEKDAY_NUMBER:
            found.append(weekday(part))
        elif len(dates) == 2:
            first_date, last_date = day(dates[0]), day(dates[1])
            if last_date < first_date:
                raise Unreadable(text("{part} ends before it begins.", part=shown(part)))
            if (last_date - first_date).days > _MOST_DAYS:
                raise Unreadable(
                    text(
                        "{part} is a range of more than {most_days} days.",
                        part=shown(part),
                        most_days=_MOST_DAYS,
                    ),
                    text("Write the last date that is planned, or one after it."),
                )
            found += [first_date + timedelta(days=step) for step in range((last_date - first_date).days + 1)]
        else:
            try:
                found.append(day(part))
            except Unreadable:
                raise Unreadable(
                    text("{part} is neither a date nor a weekday.", part=shown(part)),
                    text("Write 2024-03-04, Mon-Fri or every day."),
                ) from None
    return tuple(dict.fromkeys(found))


def clocks(value: object) -> tuple[int, ...]:
    """Clock times in a list."""
    parts = [part for part in _SEPARATORS.split(plain(value)) if part] if isinstance(value, str) else [value]
    return tuple(_clock_until(_LATEST_BREAK, part) for part in parts)


def clock_windows(value: object) -> tuple[tuple[int, int], ...]:
    """Clock windows in a list: 08:00-10:00, 14:00-15:30. A single time is a window of that one start."""
    if not isinstance(value, str):
        return ((_clock_until(_LATEST_START, value),) * 2,)
    windows = []
    for part in _SEPARATORS.split(plain(value)):
        if not part:
            continue
        ends = _RANGE.split(part)
        if len(ends) > 2 or not all(ends):
            raise Unreadable(
                text("{part} is not a window of clock times.", part=shown(part)), text("Write 08:00-10:00.")
            )
        first, last = (_clock_until(_LATEST_START, end) for end in (ends[0], ends[-1]))
        if last < first:
            last += MINUTES_PER_DAY
        if last > _LATEST_START:
            raise Unreadable(
                text("{part} ends later than 48:00.", part=shown(part)),
                text("Write 22:00-02:00 for a night."),
            )
        windows.append((first, last))
    return tuple(windows)


def _clock_until(latest: int, value: object) -> int:
    found = clock(value)
    if found > latest:
        raise Unreadable(
            text("{value} is later than {bound}.", value=shown(value), bound=clock_words(latest)),
            text("Write it as 08:30."),
        )
    return found
