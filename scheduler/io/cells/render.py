"""Values as cells: the inverse of :mod:`scheduler.io.cells.parse` and its siblings.

The column's kind decides the cell value and its number format, such that reading the cell gives the same
value again.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.values.grid import MINUTES_PER_DAY, MINUTES_PER_HOUR
from scheduler.domain.values.words import clock_words, hours_words
from scheduler.io.cells.columns import Kind
from scheduler.io.cells.parse_times import MOST_BARE_HOURS
from scheduler.io.cells.rule_parameters import listed, weekdays_text

CLOCK_FORMAT = "[hh]:mm"
DATE_FORMAT = "yyyy-mm-dd"
MONEY_FORMAT = "#,##0.00"
_FORMULA_SIGNS = ("=", "+", "-", "@")


def cell_value(kind: Kind, value: Any) -> tuple[Any, str]:
    """The value of a cell and its number format, for a fact that is not ``None``."""
    match kind:
        case Kind.MONEY | Kind.PRICE | Kind.PRICES if isinstance(value, int):
            return (value / 100 if value % 100 else value // 100), MONEY_FORMAT
        case Kind.CLOCK | Kind.END_CLOCK:
            return timedelta(minutes=value), CLOCK_FORMAT
        case Kind.HOURS:
            return _hours(value), "General"
        case Kind.PERCENT if 0 < abs(value) <= 1:
            return f"{value:g} %", "General"  # a bare number could be a share of one
        case Kind.EXACT_PERCENT | Kind.MULTIPLE:
            return _exact(kind, value), "General"
        case Kind.NUMBER | Kind.SECONDS | Kind.PERCENT if isinstance(value, float) and value.is_integer():
            return int(value), "General"
        case Kind.OFFSET if 0 < value <= MINUTES_PER_DAY // MINUTES_PER_HOUR:
            return f"{value} min", "General"  # a bare number could be hours
        case Kind.DATE:
            return value, DATE_FORMAT
        case Kind.YES_NO:
            return ("yes" if value else "no"), "General"
        case Kind.WEEKDAY:
            return weekdays_text((value,)), "General"
        case Kind.WEEKDAYS:
            return weekdays_text(value), "General"
        case Kind.NAMES:
            return listed(value) or "none", "General"
        case Kind.DAYS | Kind.RULE_DAYS:
            return _days(value)
        case Kind.CLOCKS:
            return ", ".join(clock_words(minute) for minute in value), "General"
        case Kind.CLOCK_WINDOWS:
            return ", ".join(_window(*ends) for ends in value), "General"
        case Kind.POINTS:
            return "; ".join(f"{_quoted(name)}: {_hundredths(number)}" for name, number in value), "General"
        case _:
            return value, "General"


def _quoted(name: str) -> str:
    """A name, in quotes where a sign in it would end it."""
    return '"' + name.replace('"', '""') + '"' if any(sign in name for sign in '";\uff1b\n') else name


def _hundredths(number: int) -> str:
    """Hundredths as a number with as many decimals as it needs, and its sign."""
    whole, rest = divmod(abs(number), 100)
    sign = "-" if number < 0 else "+" if number else ""
    return f"{sign}{whole}" + (f".{rest:02d}".rstrip("0") if rest else "")


def _exact(kind: Kind, written: str) -> float | int | str:
    """A number where it has no fraction, and no share of one could be meant."""
    if "/" in written:
        return written
    number = float(written)
    if kind is Kind.EXACT_PERCENT and 0 < number <= 1:
        return f"{written} %"
    return int(number) if number.is_integer() else number


def _window(first: int, last: int) -> str:
    """A window of clock times; one of a single start as that start."""
    return clock_words(first) if first == last else f"{clock_words(first)}-{clock_words(last)}"


def rising(prices: Sequence[int], decimal_sign: str) -> int | str:
    """Prices that rise, as a cell: cents if there is one, and ``100; 150; 250.50`` if there are more."""
    if len(prices) == 1:
        return prices[0]
    amounts = (f"{cents / 100:.2f}" if cents % 100 else str(cents // 100) for cents in prices)
    return "; ".join(amounts).replace(".", decimal_sign)


def put(sheet: Worksheet, row: int, column: int, value: Any, number_format: str = "General") -> Cell:
    """Write one cell; text stays text, also where it begins like a formula."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(_FORMULA_SIGNS):
            cell.quotePrefix = True  # else editing the cell would make it a formula
    if number_format != "General":
        cell.number_format = number_format
    return cell


def _hours(minutes: int) -> float | int | str:
    """Hours as a number where that is exact to the eye (7.5), else as text (7:20).

    Few and many are text too: a bare number of them could be a part of a day, or minutes.
    """
    if 0 < minutes < MINUTES_PER_HOUR or minutes >= MOST_BARE_HOURS * MINUTES_PER_HOUR:
        return hours_words(minutes)
    if minutes % 60 == 0:
        return minutes // 60
    return minutes / 60 if minutes % 3 == 0 else f"{minutes // 60}:{minutes % 60:02d}"


def _days(days: Iterable[date | int | str]) -> tuple[Any, str]:
    """Dates, or weekdays with 0 for Monday, or words for others."""
    found = list(days)
    dates = [day for day in found if isinstance(day, date)]
    if len(dates) == 1 and len(found) == 1:
        return dates[0], DATE_FORMAT
    weekdays = tuple(day for day in found if isinstance(day, int))
    others = [day for day in found if isinstance(day, str)]
    words = [weekdays_text(weekdays), *others] if weekdays or not (dates or others) else others
    return ", ".join([*words, *(day.isoformat() for day in dates)]), "General"
