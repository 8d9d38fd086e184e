"""When two cells say the same: in another type, to the millisecond, or but for the last bits of a number."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import isclose
from typing import Any

from openpyxl.utils.datetime import to_excel

from scheduler.domain.values.grid import SECONDS_PER_DAY
from scheduler.io.files.cell_values import Percent
from scheduler.io.result.differences.differences import Absent

_MILLISECONDS_PER_DAY = 1000 * SECONDS_PER_DAY
_LAST_DIGIT = 6e-15
"""Some programs save the fifteen digits that a cell can show, and drop the last bits of a number."""


def is_empty(value: Any) -> bool:
    """Whether a cell is blank, or holds an empty text."""
    return value is None or value == ""


def canonical(value: Any) -> Any:
    """The key by which rows are matched; :func:`same` decides whether two cells are equal."""
    match value:
        case bool():
            return ("bool", value)
        case str():
            return value.replace("\r\n", "\n")
        case datetime() | date() | time() | timedelta():
            return _milliseconds(value)
        case int() | float():
            return f"{value:.12g}"
        case _:
            return value


def same(said: Any, right: Any) -> bool:
    """Whether a cell says what it should; both may be absent."""
    if isinstance(said, Absent) or isinstance(right, Absent):
        return said is right
    if isinstance(said, bool) or isinstance(right, bool):
        return said is right
    if isinstance(said, str) or isinstance(right, str):
        return isinstance(said, str) and isinstance(right, str) and canonical(said) == canonical(right)
    if isinstance(right, int | float) and isinstance(said, date | time | timedelta | Percent):
        return isinstance(right, Percent) and isinstance(said, Percent) and same(float(said), float(right))
    if isinstance(said, int | float) and isinstance(right, int | float):
        return isclose(said, right, rel_tol=_LAST_DIGIT)
    return _milliseconds(said) == _milliseconds(right)


@lru_cache(maxsize=100_000)
def _milliseconds(value: Any) -> int | None:
    """Milliseconds since the epoch of spreadsheets; a time equals the number that a cell may show for it."""
    try:
        days = value if isinstance(value, int | float) else to_excel(value)  # type: ignore[no-untyped-call]
        return round(float(days) * _MILLISECONDS_PER_DAY)
    except (ValueError, OverflowError, TypeError):
        return None
