"""What one cell means that holds several things, or weekdays: names, dates, clock times, windows, in a list.

Each entry of a list is read as :mod:`scheduler.io.cells` reads a cell that holds nothing else.
"""

import re
from datetime import date, timedelta

from scheduler.domain.grid import MINUTES_PER_DAY
from scheduler.io.cells import Unreadable, clock, day, plain, says_nothing, shown, text

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
_QUOTED = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^,;，\uff1b、\n]*))\s*(?:[,;，\uff1b、\n]|$)')


def names(value: object) -> tuple[str, ...]:
    """Names in a list, parted by commas, semicolons or lines; a name with a comma in it stands in quotes."""
    if not isinstance(value, str):
        return (text(value),)
    if says_nothing(value):
        return ()
    found = []
    for match in _QUOTED.finditer(value):
        name = match[1].replace('""', '"') if match[1] is not None else match[2]
        if name.strip():
            found.append(name.strip())
    return tuple(found)


def weekday(value: object) -> int:
    """One weekday, 0 for Monday."""
    found = _WEEKDAY_NUMBER.get(plain(value).casefold().rstrip(".")) if isinstance(value, str) else None
    if found is None:
        raise Unreadable(f"{shown(value)} is not a weekday.", "Write Monday, or Mon.")
    return found


def weekdays(value: object) -> tuple[int, ...]:
    """Weekdays: Mon-Fri, or Sat, Sun, or every day."""
    found = days(value)
    if any(isinstance(one, date) for one in found):
        raise Unreadable(f"{shown(value)} is a date, where weekdays belong.", "Write Mon-Fri, or Sat, Sun.")
    return tuple(one for one in found if isinstance(one, int))


def days(value: object) -> tuple[date | int, ...]:
    """Dates and weekdays (0 for Monday) in a list; a range such as Mon-Fri names every day in it."""
    if not isinstance(value, str):
        return (day(value),)
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
                raise Unreadable(f"{shown(part)} ends before it begins.")
            found += [first_date + timedelta(days=step) for step in range((last_date - first_date).days + 1)]
        else:
            try:
                found.append(day(part))
            except Unreadable:
                raise Unreadable(
                    f"{shown(part)} is neither a date nor a weekday.",
                    "Write 2024-03-04, Mon-Fri or every day.",
                ) from None
    return tuple(found)


def clocks(value: object) -> tuple[int, ...]:
    """Clock times in a list."""
    if not isinstance(value, str):
        return (clock(value),)
    return tuple(clock(part) for part in _SEPARATORS.split(plain(value)) if part)


def clock_windows(value: object) -> tuple[tuple[int, int], ...]:
    """Clock windows in a list: 08:00-10:00, 14:00-15:30. A single time is a window of that one start."""
    if not isinstance(value, str):
        return ((clock(value), clock(value)),)
    windows = []
    for part in _SEPARATORS.split(plain(value)):
        ends = [end for end in _RANGE.split(part) if end]
        if not ends:
            continue
        if len(ends) > 2:
            raise Unreadable(f"{shown(part)} is not a window of clock times.", "Write 08:00-10:00.")
        first, last = clock(ends[0]), clock(ends[-1])
        windows.append((first, last if first <= last else last + MINUTES_PER_DAY))
    return tuple(windows)
