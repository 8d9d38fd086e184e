"""What one cell of a workbook means: text, a number, money, yes or no, a date, a clock time, a length.

The row reader calls one function a cell, by the kind of its column. A function understands what Excel
makes of an entry (a time, a date, a number, text) or says why it cannot; it never guesses between two
meanings, and never reads a blank.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from openpyxl.utils.datetime import from_excel

from scheduler.domain.grid import MINUTES_PER_DAY

NOTHING = ("none", "no limit", "无")
_YES = ("yes", "y", "true", "1", "x", "是", "✓")
_NO = ("no", "n", "false", "0", "否")

_CLOCK = re.compile(
    r"(\d{1,3}):(\d{2})(?::(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?\s*(?:\+\s*(\d))?", re.IGNORECASE
)
_HOUR_ONLY = re.compile(r"(\d{1,2})\s*(am|pm)", re.IGNORECASE)
_LENGTH = re.compile(
    r"(?:(\d+(?:[.,]\d+)?)\s*(?:h|hours?|小时))?\s*(?:(\d{1,9})\s*(?:m|min|mins|minutes?|分钟|分)?)?",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_FIRST_SERIAL, _LAST_SERIAL = 32874, 73415  # 1990-01-01 and 2100-12-31 as Excel counts days


_BEYOND = 1e13
"""More than any amount, and still exact to the hundredth in floating point."""


class Unreadable(ValueError):
    """A cell's value cannot be what its column holds; says why, and what would be right."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message, self.hint = message, hint
        super().__init__(f"{message} {hint}".strip())


def is_blank(value: object) -> bool:
    """Whether a cell holds nothing, or only space."""
    return value is None or (isinstance(value, str) and not value.strip())


def shown(value: object) -> str:
    """A cell's value as the planner sees it, for a message."""
    if isinstance(value, str):
        return f'"{value.strip()}"'
    if isinstance(value, int | float) and not abs(value) < _BEYOND:
        return f"{value:.3g}" if value < 10**300 else "so large a number"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M") if value.year > 1904 else clock_text(_early_minutes(value))
    if isinstance(value, timedelta):
        return clock_text(round(value.total_seconds() / 60))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def clock_text(minutes: int) -> str:
    """A clock time or length as ``hh:mm``; 1530 is ``25:30``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def plain(text: str) -> str:
    """Text with full-width digits and signs made plain, and space trimmed."""
    return unicodedata.normalize("NFKC", text).replace("\u00a0", " ").strip()


def text(value: object) -> str:
    """A name or other text; a number typed as a name keeps its digits."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return shown(value)
    raise Unreadable(
        f"{shown(value)} is a date or time, where a name belongs.",
        "Put an apostrophe before it to keep it as text.",
    )


def number(value: object) -> float:
    """A number, also when it is stored as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Unreadable(f"{shown(value)} is not a number.")
    if not isinstance(value, str):
        return _sensible(value, value)
    written = plain(value).replace(" ", "")
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+", written):
        raise Unreadable(f"{shown(value)} can be read in two ways.", "Write it without the comma.")
    if re.fullmatch(r"[+-]?\d+,\d+", written):
        written = written.replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", written):
        raise Unreadable(f"{shown(value)} is not a number.")
    return _sensible(float(written), value)


def _sensible(amount: float, value: object) -> float:
    """A number that some column may hold; the columns have limits of their own, far below."""
    if not abs(amount) < _BEYOND:
        raise Unreadable(f"{shown(value)} is too large a number.")
    return amount


def whole(value: object) -> int:
    """A whole number."""
    amount = number(value)
    if abs(amount - round(amount)) > 1e-9:
        raise Unreadable(f"{shown(value)} is not a whole number.")
    return round(amount)


def limit(value: object) -> int | None:
    """A whole number, or the word ``none`` for no limit."""
    return None if _says(value, NOTHING) else whole(value)


def money(value: object) -> int:
    """Cents, from an amount of currency with at most two decimals."""
    try:
        cents = number(value) * 100
    except Unreadable as error:
        raise Unreadable(error.message, error.hint or "Write an amount such as 20 or 20.50.") from None
    if abs(cents - round(cents)) > 1e-6:
        raise Unreadable(f"{shown(value)} is finer than a cent.", "Write at most two decimals.")
    return round(cents)


def price(value: object) -> int | None:
    """Cents, or the word ``none`` for no price."""
    return None if _says(value, NOTHING) else money(value)


def yes_no(value: object) -> bool:
    """Yes or no."""
    if isinstance(value, bool):
        return value
    if _says(value, _YES):
        return True
    if _says(value, _NO):
        return False
    raise Unreadable(f"{shown(value)} is neither yes nor no.", 'Write "yes" or "no".')


def day(value: object) -> date:
    """A date, as Excel keeps it or as text whose meaning is plain."""
    if isinstance(value, datetime):
        if value.time() != time():
            raise Unreadable(f"{shown(value)} has a time of day, where only a date belongs.")
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        if _FIRST_SERIAL <= value <= _LAST_SERIAL and value == int(value):
            return _from_serial(int(value))
        raise Unreadable(f"{shown(value)} is not a date.", "Write it as 2024-03-04.")
    if isinstance(value, str):
        return _day_from_text(value)
    raise Unreadable(f"{shown(value)} is not a date.", "Write it as 2024-03-04.")


def clock(value: object) -> int:
    """Minutes after midnight; 25:30 is half past one in the following night."""
    minutes = _minutes_of_excel(value)
    if minutes is not None:
        return minutes
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1:
        return _whole_minutes(value * MINUTES_PER_DAY, value)  # an Excel time shown as a plain number
    if isinstance(value, str):
        written = plain(value)
        match = _CLOCK.fullmatch(written)
        if match:
            hours, minute, second, half, later = match.groups()
            if int(minute) < 60 and int(second or 0) == 0 and (not half or 1 <= int(hours) <= 12):
                return _hour(int(hours), half) * 60 + int(minute) + int(later or 0) * MINUTES_PER_DAY
        match = _HOUR_ONLY.fullmatch(written)
        if match and 1 <= int(match[1]) <= 12:
            return _hour(int(match[1]), match[2]) * 60
    raise Unreadable(
        f"{shown(value)} is not a clock time.",
        "Write it as 08:30, or 25:30 for half past one the night after.",
    )


def hours(value: object) -> int:
    """Minutes, from a length given in hours: 7.5, 7:30 or 7 h 30 min."""
    return _length(value, 60, "Write hours as 7.5 or 7:30.")


def minutes(value: object) -> int:
    """Minutes, from a length given in minutes: 15, 0:15 or 15 min."""
    return _length(value, 1, "Write minutes as 15, or hours and minutes as 1:30.")


def choice(options: dict[str, str]) -> Callable[[object], str]:
    """A reader of one word out of few; ``options`` gives for each word that is understood what it means."""
    meant = {plain(word).casefold(): meaning for word, meaning in options.items()}

    def read(value: object) -> str:
        found = meant.get(plain(value).casefold()) if isinstance(value, str) else None
        if found is None:
            raise Unreadable(
                f"{shown(value)} is not one of the choices.",
                f"Choose {', '.join(dict.fromkeys(options.values()))}.",
            )
        return found

    return read


def says_nothing(value: object) -> bool:
    """Whether a cell says ``none`` in words."""
    return _says(value, NOTHING)


def _says(value: object, words: tuple[str, ...]) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = shown(value)
    return isinstance(value, str) and plain(value).casefold() in words


def _hour(hour: int, half: str | None) -> int:
    if not half:
        return hour
    return hour % 12 + (12 if half.casefold().startswith("p") else 0)


def _length(value: object, number_is: int, hint: str) -> int:
    minutes = _minutes_of_excel(value)
    if minutes is not None:
        return minutes
    if isinstance(value, str):
        written = plain(value)
        match = re.fullmatch(r"(\d{1,4}):([0-5]\d)(?::00)?", written)
        if match:
            return int(match[1]) * 60 + int(match[2])
        match = _LENGTH.fullmatch(written)
        if match and re.search(r"[^\d.,\s]", written) and (match[1] or match[2]):
            return _whole_minutes(float((match[1] or "0").replace(",", ".")) * 60 + int(match[2] or 0), value)
    try:
        amount = number(value)
    except Unreadable as error:
        raise Unreadable(f"{shown(value)} is not a length of time.", error.hint or hint) from None
    if amount < 0:
        raise Unreadable(f"{shown(value)} is less than nothing.", hint)
    return _whole_minutes(amount * number_is, value)


def _minutes_of_excel(value: object) -> int | None:
    """Minutes of what Excel keeps as a time; ``None`` where it is no time."""
    if isinstance(value, datetime):
        if value.year > 1904:
            raise Unreadable(f"{shown(value)} is a date and time, where only a time belongs.")
        return _early_minutes(value)
    if isinstance(value, time):
        return _whole_minutes(value.hour * 60 + value.minute + value.second / 60, value)
    if isinstance(value, timedelta):
        return _whole_minutes(value.total_seconds() / 60, value)
    return None


def _early_minutes(value: datetime) -> int:
    """Minutes of a time past 24:00 that Excel shows as a day of January 1900 (or 1904 on old Macs)."""
    epoch = datetime(1904, 1, 1) if value.year == 1904 else datetime(1899, 12, 31)
    return _whole_minutes((value - epoch).total_seconds() / 60, value)


def _whole_minutes(amount: float, value: object) -> int:
    _sensible(amount, value)
    # Excel keeps times as fractions of a day, so a whole minute may come back a millisecond short.
    if abs(amount - round(amount)) > 0.02 or round(amount) < 0:
        raise Unreadable(f"{shown(value)} is not a number of whole minutes.")
    return round(amount)


def _from_serial(serial: int) -> date:
    found = from_excel(serial)
    assert isinstance(found, datetime)
    return found.date()


def _day_from_text(value: str) -> date:
    written = plain(value)
    for pattern, order in (
        (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", "ymd"),
        (r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?", "ymd"),
        (r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", "dmy"),
        (r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", "??y"),
        (r"(\d{1,2})\.?[\s-]*([a-z]{3})[a-z]*\.?,?[\s-]*(\d{4})", "dmy"),
        (r"([a-z]{3})[a-z]*\.?\s*(\d{1,2}),?\s+(\d{4})", "mdy"),
    ):
        match = re.fullmatch(pattern, written, re.IGNORECASE)
        if not match:
            continue
        if order == "??y":
            one, other = int(match[1]), int(match[2])
            if one <= 12 and other <= 12 and one != other:
                raise Unreadable(
                    f"{shown(value)} can be read in two ways.",
                    f"Write it as {match[3]}-{one:02d}-{other:02d} or {match[3]}-{other:02d}-{one:02d}.",
                )
            order = "dmy" if one > 12 else "mdy"
        parts = dict(zip(order, match.groups(), strict=True))
        month = _MONTHS.get(parts["m"].casefold()) if parts["m"].isalpha() else int(parts["m"])
        try:
            return date(int(parts["y"]), month or 0, int(parts["d"]))
        except ValueError:
            break
    raise Unreadable(f"{shown(value)} is not a date.", "Write it as 2024-03-04.")
