"""What a cell means that holds seconds or a share of a hundred.

As strict as :mod:`scheduler.io.cells.parse`: 4:30 may be minutes and seconds or hours and minutes, and 0.8
may be 80 % or less than one, so both are asked about.
"""

import re
from datetime import datetime, time, timedelta

from scheduler.domain.values.grid import SECONDS_PER_DAY
from scheduler.domain.values.shares import fraction_of, spelt_fraction
from scheduler.io.cells.conventions import UNSAID, Conventions
from scheduler.io.cells.parse import Unreadable, days_elapsed, number, plain, shown
from scheduler.io.files.cell_values import Percent
from scheduler.texts import text

_CLOCKED = re.compile(r"(\d{1,2}):([0-5]\d):([0-5]\d)")
_TWO_PARTS = re.compile(r"(\d{1,3}):([0-5]\d)")
_WITH_UNIT = re.compile(
    r"(?:([\d.,]{1,12})\s*(?:h|hrs?\.?|hours?|std\.?|小时|小時))?"
    r"\s*(?:([\d.,]{1,12})\s*(?:m|min\.?|mins|minutes?|minuten?|分钟|分鐘|分))?"
    r"\s*(?:([\d.,]{1,12})\s*(?:s|secs?\.?|seconds?|sek\.?|sekunden?|秒))?",
    re.IGNORECASE,
)


def seconds(value: object, ways: Conventions = UNSAID) -> float:
    """Seconds: 240, ``240 s``, ``4 min``, ``0:04:00``."""
    if isinstance(value, datetime | time | timedelta):
        return _of_excel(value)
    if isinstance(value, str):
        written = plain(value)
        if match := _CLOCKED.fullmatch(written):
            hours, minutes, rest = map(int, match.groups())
            return float(3600 * hours + 60 * minutes + rest)
        if match := _TWO_PARTS.fullmatch(written):
            raise _of_two_parts(value, int(match[1]), int(match[2]))
        match = _WITH_UNIT.fullmatch(written)
        if match and any(match.groups()):
            parts = [number(part or 0, ways) for part in match.groups()]
            return 3600 * parts[0] + 60 * parts[1] + parts[2]
    try:
        return float(number(value, ways))
    except Unreadable as error:
        raise Unreadable(
            text("{value} is not a number of seconds.", value=shown(value)),
            error.hint or text("Write seconds as 240, or 4 min."),
        ) from None


def _of_excel(value: datetime | time | timedelta) -> float:
    """Seconds of a time of Excel, which keeps 4:30 as hours and minutes."""
    if isinstance(value, datetime):
        if value.year not in (1899, 1900, 1904):
            raise Unreadable(text("{value} is a date and time, where seconds belong.", value=shown(value)))
        total = round(days_elapsed(value) * SECONDS_PER_DAY)
    elif isinstance(value, time):
        total = 3600 * value.hour + 60 * value.minute + value.second
    else:
        total = round(value.total_seconds())
    if total >= 3600 and total % 60 == 0:
        raise _of_two_parts(value, total // 3600, total // 60 % 60)
    return float(total)


def _of_two_parts(value: object, first: int, second: int) -> Unreadable:
    return Unreadable(
        text("{value} may be minutes and seconds, or hours and minutes.", value=shown(value)),
        text(
            "Write {one} or {other} for the seconds.",
            one=60 * first + second,
            other=3600 * first + 60 * second,
        ),
    )


def exact_per_cent(value: object, ways: Conventions = UNSAID) -> str:
    """Per cent that may have a fraction, as text: ``25``, ``12.5 %``, ``33 1/3``."""
    if isinstance(value, str) and "/" in value:
        return _exact(plain(value).removesuffix("%").strip(), value)
    return _exact(f"{per_cent(value, ways):.10g}", value)


def multiple(value: object, ways: Conventions = UNSAID) -> str:
    """A multiple that may have a fraction, as text: ``2``, ``1.5``, ``4/3``, or a cell that shows 200 %."""
    if isinstance(value, str) and "/" in value:
        return _exact(plain(value), value)
    return _exact(f"{float(number(value, ways)):.10g}", value)


def _exact(written: str, value: object) -> str:
    try:
        return spelt_fraction(fraction_of(written))
    except ValueError:
        raise Unreadable(
            text("{value} is neither a number with at most two decimals nor a fraction.", value=shown(value)),
            text("Write 25, 12.5, or with a fraction 33 1/3."),
        ) from None


def per_cent(value: object, ways: Conventions = UNSAID) -> float:
    """A share of a hundred: ``80``, ``80 %``, or a cell that shows a percentage."""
    if isinstance(value, Percent):
        return round(100 * float(value), 6)
    if isinstance(value, str) and plain(value).endswith("%"):
        return float(number(plain(value).removesuffix("%").strip(), ways))
    share = float(number(value, ways))
    if 0 < abs(share) <= 1:
        raise Unreadable(
            text("{value} may be a share of one, or of a hundred.", value=shown(value)),
            text("Write {one:g} % or {other:g} %.", one=100 * share, other=share),
        )
    return share
