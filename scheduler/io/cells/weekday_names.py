"""The names of weekdays and holidays that cells are read with, and a weekday that stands beside a date.

Called by the readers of dates and of lists; knows words alone, and nothing of what a cell is for.
"""

import re

from scheduler.domain.values.words import WEEKDAYS

_CHINESE_DAYS = "一二三四五六日"
_CHINESE_WEEKS = ("周", "週", "星期", "礼拜", "禮拜")
_OTHER_NAMES = (
    ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
    ("mo", "di", "mi", "do", "fr", "sa", "so"),
    ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
)
WEEKDAY_NUMBER = {
    **{name.casefold(): number for number, name in enumerate(WEEKDAYS)},
    **{f"{name.casefold()}s": number for number, name in enumerate(WEEKDAYS)},
    **{name[:3].casefold(): number for number, name in enumerate(WEEKDAYS)},
    **{name: number for week in _OTHER_NAMES for number, name in enumerate(week)},
    **{f"{name}s": number for number, name in enumerate(_OTHER_NAMES[0])},  # mittwochs
    **{"tues": 1, "weds": 2, "thur": 3, "thurs": 3, "sonnabend": 5},
    **{
        f"{week}{day}": number
        for number, day in (*enumerate(_CHINESE_DAYS), (6, "天"))
        for week in _CHINESE_WEEKS
    },
}
WEEKDAY_GROUPS = {
    **dict.fromkeys(
        ("every day", "everyday", "daily", "all", "all days", "täglich", "jeden tag", "每天", "每日"),
        tuple(range(7)),
    ),
    **dict.fromkeys(("weekdays", "working days", "工作日", "平日"), tuple(range(5))),
    **dict.fromkeys(("weekend", "weekends", "wochenende", "周末", "週末"), (5, 6)),
}
HOLIDAYS_WORD = "holidays"
HOLIDAY_WORDS = frozenset(
    (HOLIDAYS_WORD, "holiday", "public holidays", "public holiday", "bank holidays", "feiertag", "feiertage",
     "jours fériés", "festivos", "节假日", "公众假期", "公共假日", "法定节假日", "假日", "祝日")
)  # fmt: skip
"""What public holidays are called in a list of days."""
_LONGEST = 60
"""Characters of a date with its weekday, and more; patterns need time that grows faster than the text."""
_BEFORE = re.compile(rf"([^\W\d_]+|(?:{'|'.join(_CHINESE_WEEKS)}).)\.?\s*,?\s*(?=.*\d)(.*)")
_AFTER = re.compile(r"(.*\d\S*?)\s*,?\s*\(?\s*([^\W\d_]+)\.?\s*\)?")


def beside_date(written: str) -> tuple[int | None, str]:
    """A weekday (0 for Monday) that stands before or behind a date, and what is left without it.

    >>> beside_date("Wed 16.12.2026"), beside_date("2026-12-16 (Mittwoch)"), beside_date("16 Dec")
    ((2, '16.12.2026'), (2, '2026-12-16'), (None, '16 Dec'))
    """
    if len(written) > _LONGEST:
        return None, written
    if (match := _BEFORE.fullmatch(written)) and (found := weekday_of(match[1])) is not None:
        return found, match[2]
    if (match := _AFTER.fullmatch(written)) and (found := weekday_of(match[2])) is not None:
        return found, match[1]
    return None, written


def weekday_of(word: str) -> int | None:
    """The weekday of a word in any case, with or without a point; ``None`` where it is none."""
    return WEEKDAY_NUMBER.get(word.casefold().rstrip("."))
