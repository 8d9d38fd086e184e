"""Cells as columns of frames, and frames as the text of tables.

Pandas is imported where a frame is made, since it takes a good part of a second.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from scheduler.domain.values.words import clock_words
from scheduler.io.cells.columns import Column, Kind
from scheduler.io.cells.parse_times import hours
from scheduler.io.cells.rule_parameters import listed
from scheduler.io.files.csv_file import harmless

if TYPE_CHECKING:
    import pandas as pd

DATES, LENGTHS, MOMENTS, UTC_MOMENTS = (
    "datetime64[s]",
    "timedelta64[s]",
    "datetime64[s]",
    "datetime64[s, UTC]",
)
TEXTS, WHOLE, TRUTH, NUMBERS, MIXED = "string", "Int64", "boolean", "float64", "object"
"""The types of columns: dates and moments, lengths and times since midnight, texts, whole numbers ..."""
_DECIMALS = 8
"""Of amounts in text, so that the sum of a long column is right to the cent."""


def frame_of(columns: dict[str, tuple[str, Sequence[Any]]]) -> "pd.DataFrame":
    """A frame from the type and the values of each column, in their order."""
    import pandas as pd

    return pd.DataFrame(
        {heading: pd.Series(list(values), dtype=type_) for heading, (type_, values) in columns.items()}
    )


def typed(column: Column | None, values: Iterable[Any]) -> tuple[str, list[Any]]:
    """A column's type and values, from the cells that the writer of a workbook makes.

    Every length and every clock time is a ``timedelta``, so that no number is without its unit.
    """
    cells = list(values)
    match Kind.ANY if column is None else column.kind:
        case Kind.DATE:
            return DATES, cells
        case Kind.CLOCK | Kind.END_CLOCK:
            return LENGTHS, cells
        case Kind.HOURS:
            return LENGTHS, [None if cell is None else timedelta(minutes=hours(cell)) for cell in cells]
        case Kind.MINUTES:
            return LENGTHS, [None if cell is None else timedelta(minutes=cell) for cell in cells]
        case Kind.WHOLE:
            return WHOLE, cells
        case Kind.MONEY | Kind.NUMBER | Kind.SECONDS:
            return NUMBERS, cells
        case Kind.PRICES:
            return (MIXED if any(isinstance(cell, str) for cell in cells) else NUMBERS), cells
        case Kind.YES_NO:
            return TRUTH, [None if cell is None else cell == "yes" for cell in cells]
        case Kind.LIMIT | Kind.PRICE | Kind.PERCENT | Kind.OFFSET | Kind.DAYS | Kind.ANY:
            return _common_type(cells), cells
        case _:
            return TEXTS, cells


def _common_type(cells: Iterable[Any]) -> str:
    """The type of a column whose cells may be several things."""
    types = {type(cell) for cell in cells if cell is not None}
    one = types.pop() if len(types) == 1 else object
    return {timedelta: LENGTHS, int: WHOLE, float: NUMBERS, str: TEXTS}.get(one, MIXED)


def cells_of(frame: "pd.DataFrame") -> Iterator[tuple[Any, ...]]:
    """The rows of a frame as a workbook would hold them: plain values, and ``None`` where nothing is.

    A list in a cell becomes a list of names; anything that no cell can hold stays what it is.
    """
    columns = [list(map(_cell, frame.iloc[:, at].astype(object))) for at in range(frame.shape[1])]
    return zip(*columns, strict=True) if columns else iter(())


def _cell(value: Any) -> Any:
    import pandas as pd

    if isinstance(value, list | tuple | set | frozenset):
        return listed(tuple(map(str, sorted(value) if isinstance(value, set | frozenset) else value)))
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    if isinstance(value, pd.Timedelta):
        return value.to_pytimedelta()
    if hasattr(value, "item") and not isinstance(value, str):
        value = value.item()
    return None if isinstance(value, float) and value != value else value


def text_rows(frame: "pd.DataFrame", decimal_sign: str = ".") -> Iterator[list[str]]:
    """The rows of a frame as text that reads the same in every country, but for the decimal sign.

    A column in which every moment is a midnight holds dates.
    """
    rows = list(cells_of(frame))
    with_times = {
        at
        for row in rows
        for at, cell in enumerate(row)
        if isinstance(cell, datetime) and (cell.tzinfo is not None or cell.time() != time())
    }
    for row in rows:
        yield [_text(cell, decimal_sign, at in with_times) for at, cell in enumerate(row)]


def _text(cell: Any, decimal_sign: str, with_time: bool) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case float():
            return _decimal(cell).replace(".", decimal_sign)
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}" if with_time else f"{cell:%Y-%m-%d}"
        case date():
            return cell.isoformat()
        case timedelta():
            return clock_words(cell // timedelta(minutes=1))
        case str():
            return harmless(cell)
        case _:
            return str(cell)


def _decimal(number: float) -> str:
    """``16.25``, ``12.08333333`` or ``40``; three decimals have a fourth, or could be thousands."""
    if abs(number) >= 1e15:
        return repr(number)
    written = f"{number:.{_DECIMALS}f}".rstrip("0").rstrip(".")
    return f"{written}0" if len(written.partition(".")[2]) == 3 else written
