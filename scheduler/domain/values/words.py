"""Numbers, times and values in words, for messages."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import reduce
from pathlib import PurePath

from scheduler.texts import plural, text

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""What weekdays are called, from 0 for Monday."""
LIKE_A_MONTH = 80 * 60
"""Minutes said of a week from which on they may be those of a month."""
_LONGEST_SHOWN = 60
"""Signs of a value that a message quotes."""


def counted(number: int, noun: str, nouns: str = "") -> str:
    """A number of things; ``nouns`` is the plural where it is not the noun with an s.

    >>> counted(1, "day"), counted(3, "day"), counted(2, "person", "people")
    ('1 day', '3 days', '2 people')
    """
    return f"{number:,} {plural(number, noun, nouns or noun + 's')}"


def listed(names: Sequence[str], most: int) -> str:
    """The first names, and how many more there are.

    >>> listed(["A", "B", "C"], 2), listed(["A", "B"], 2)
    ('A, B and 1 more', 'A, B')
    """
    shown = ", ".join(names[:most])
    return (
        text("{shown} and {names} more", shown=shown, names=len(names) - most) if len(names) > most else shown
    )


def either(names: Sequence[str]) -> str:
    """Names of which one is meant.

    >>> either(["Early", "Late"]), either(["Night"])
    ('Early or Late', 'Night')
    """
    return reduce(lambda first, name: text("{first} or {name}", first=first, name=name), names)


def together(names: Sequence[str]) -> str:
    """Names that are all meant.

    >>> together(["Early", "Late"]), together(["Night"])
    ('Early and Late', 'Night')
    """
    return reduce(lambda first, name: text("{first} and {name}", first=first, name=name), names)


def prices_words(prices: Sequence[int]) -> str:
    """Cents as a cell of prices shows them: ``100.00``, or ``100.00; 150.00``."""
    return "; ".join(f"{cents / 100:.2f}" for cents in prices)


def spoken_date(day: date, *, long: bool = False) -> str:
    """A date as people write it: ``Mon 4 Mar``, or ``Monday 4 March 2024``."""
    return f"{day:%A} {day.day} {day:%B %Y}" if long else f"{day:%a} {day.day} {day:%b}"


def from_to_days(first: date, last: date) -> str:
    """A period of whole days, with one date said once.

    >>> from_to_days(date(2024, 3, 4), date(2024, 3, 10)), from_to_days(date(2024, 3, 4), date(2024, 3, 4))
    ('from 2024-03-04 to 2024-03-10', 'on 2024-03-04')
    """
    if first == last:
        return text("on {first}", first=first)
    return text("from {first} to {last}", first=first, last=last)


def days_words(first: date, last: date) -> str:
    """The same behind a comma: ``2024-03-04 to 2024-03-10``, or ``2024-03-04`` alone."""
    return f"{first}" if first == last else text("{first} to {last}", first=first, last=last)


def from_to(start: datetime, end: datetime) -> str:
    """A period between two local times: whole days as days, and of a part of one its date said once.

    >>> from_to(datetime(2024, 3, 4), datetime(2024, 3, 5))
    'on 2024-03-04'
    >>> from_to(datetime(2024, 3, 4, 8), datetime(2024, 3, 4, 12))
    'on 2024-03-04 from 08:00 to 12:00'
    """
    if start.time() == end.time() == time() and end > start:
        return from_to_days(start.date(), end.date() - timedelta(days=1))
    if start.date() == end.date():
        return text("on {start:%Y-%m-%d} from {start:%H:%M} to {end:%H:%M}", start=start, end=end)
    return text("from {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M}", start=start, end=end)


def plain_rule_name(name: str, *, with_key: bool = True) -> str:
    """A rule as a manager reads it, its key beside; a label of the planner's own stays as it is.

    >>> plain_rule_name("preferred_starts"), plain_rule_name("Nights of team A")
    ('Preferred starts (preferred_starts)', 'Nights of team A')
    """
    if not re.fullmatch(r"[a-z]+(?:_[a-z]+)*", name):
        return name
    plain = name.replace("_", " ").capitalize()
    return f"{plain} ({name})" if with_key and "_" in name else plain


def clock_words(minutes: int) -> str:
    """A clock time: 1530 is ``25:30``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def hours_words(minutes: int) -> str:
    """A length of time: 510 is ``8 h 30 min``.

    >>> hours_words(510), hours_words(480), hours_words(45), hours_words(0)
    ('8 h 30 min', '8 h', '45 min', '0 min')
    """
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else ""]
    return " ".join(part for part in parts if part)


def month_in_weeks(hours: float) -> str:
    """What to write for hours of a month where those of a week belong, to the half hour.

    >>> month_in_weeks(173)
    'Of a month? 173 h a month are about 40 h a week: write these.'
    """
    week = hours_words(round(hours * 3 / 13 * 2) * 30)  # a quarter has 13 weeks
    return text(
        "Of a month? {hours:g} h a month are about {week} a week: write these.", hours=hours, week=week
    )


def shown(given: object) -> str:
    """A caller's value in a message: a plain one as it is, anything else by its type.

    >>> shown("60"), shown({"days": 7})
    ("'60'", 'a dict')
    """
    if given is None or isinstance(given, str | bytes | float | PurePath):
        quoted = repr(given)
        return quoted if len(quoted) <= _LONGEST_SHOWN else f"{quoted[:_LONGEST_SHOWN]}..."
    if isinstance(given, int):
        # a number of thousands of digits cannot even be written
        return (
            repr(given) if given.bit_length() < _LONGEST_SHOWN * 3 else text("a number of very many digits")
        )
    kind = type(given).__name__
    return f"{'an' if kind[0] in 'AEIOUaeiou' else 'a'} {kind}"
