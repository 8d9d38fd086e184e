"""Cells as columns of frames, and frames as the text of tables.

Pandas is imported where a frame is made, since it takes a good part of a second.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from scheduler.domain.values.words import clock_words, hours_words
from scheduler.io.cells.columns import Column, Kind
from scheduler.io.cells.parse_times import hours
from scheduler.io.cells.rule_parameters import listed
from scheduler.io.files.cell_values import Fault
from scheduler.io.files.csv_file import harmless
from scheduler.io.files.limits import NUMBER_SIGNS
from scheduler.io.files.workbook_file import RawSheet
from scheduler.texts import text

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
_PLAIN = (str, bool, int, float, date, time, timedelta)
"""What a cell of a workbook holds."""
_HELD = frozenset((type(None), str, bool, int, float, date, timedelta))
"""Of these what never is at fault."""
_MOST_SHOWN = 60
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
        case Kind.EXACT_PERCENT | Kind.MULTIPLE:
            return _common_type(cells), cells
        case Kind.LIMIT | Kind.PRICE | Kind.PERCENT | Kind.OFFSET | Kind.DAYS | Kind.RULE_DAYS | Kind.ANY:
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

    A list or an array in a cell becomes a list of names; what no cell can hold is :class:`Unfit`.
    """
    columns = [list(map(_cell, frame.iloc[:, at].astype(object))) for at in range(frame.shape[1])]
    return zip(*columns, strict=True) if columns else iter(())


def sheet_of(title: str, frame: "pd.DataFrame", *, has_zones: bool = False) -> RawSheet:
    """A frame as a sheet, with a fault at each cell that no workbook can hold.

    Parameters
    ----------
    has_zones
        Whether moments may say the time zone in which they are.
    """
    rows = list(cells_of(frame))
    faults = {
        (number, at): fault
        for number, row in enumerate(rows, start=2)
        for at, cell in enumerate(row, start=1)
        if type(cell) not in _HELD and (fault := _fault_of(cell, has_zones))
    }
    for number in {number for number, _ in faults}:
        cells = enumerate(rows[number - 2], start=1)
        rows[number - 2] = tuple(None if (number, at) in faults else cell for at, cell in cells)
    return RawSheet(title=title, rows=(tuple(map(str, frame.columns)), *rows), faults=faults)


def _fault_of(cell: Any, has_zones: bool) -> Fault | None:
    if isinstance(cell, Unfit):
        return (
            text("{value} is of the type {type}, which no cell holds.", value=cell, type=cell.type),
            text("Give a text, a number, a date or time, a length, or a list of names."),
        )
    if not has_zones and isinstance(cell, datetime | time) and cell.tzinfo is not None:
        return (
            text("{value} has a time zone of its own.", value=cell.isoformat()),
            text("Give the local date or time, without one."),
        )
    return None


@dataclass(frozen=True)
class Unfit:
    """What stands in a frame and can stand in no cell.

    Parameters
    ----------
    said
        The beginning of how Python shows it.
    """

    type: str
    said: str

    def __str__(self) -> str:
        return self.said


def with_index(frame: "pd.DataFrame") -> "pd.DataFrame":
    """The frame with what its index is called as columns of their own, if it has a name."""
    if all(name is None for name in frame.index.names):
        return frame
    plain = frame.set_axis(list(frame.columns), axis="columns")  # categories take no other heading
    return plain.reset_index(allow_duplicates=True)


def _unfit(value: object) -> Unfit:
    try:
        said = repr(value)
    except Exception:  # of a stranger's class
        said = "..."
    return Unfit(type(value).__name__, f"{said[:_MOST_SHOWN]}..." if len(said) > _MOST_SHOWN else said)


def _cell(value: Any) -> Any:
    if type(value) in _PLAIN and type(value) is not int:
        return None if value != value else value
    if isinstance(value, set | frozenset):
        value = sorted(value, key=str)
    elif hasattr(value, "tolist") and getattr(value, "ndim", None):  # an array, as parquet gives for a list
        value = value.tolist()
    if isinstance(value, list | tuple):
        parts = [one for one in map(_single, value) if one is not None]
        unfit = next((one for one in parts if isinstance(one, Unfit)), None)
        return unfit or listed(tuple(map(_in_list, parts)))
    return _single(value)


def _single(value: Any) -> Any:
    """One plain value, nothing, or why there is none."""
    import numpy as np
    import pandas as pd

    try:
        if isinstance(value, np.datetime64):
            value = pd.Timestamp(value)
        elif isinstance(value, np.timedelta64):
            value = pd.Timedelta(value)
        elif isinstance(value, np.generic | np.ndarray) and not isinstance(value, str):
            value = value.item()
        elif isinstance(value, Decimal):
            is_whole = value.is_finite() and value.adjusted() < NUMBER_SIGNS and value == int(value)
            value = int(value) if is_whole else float(value)
        if value is None or value is pd.NaT or value is pd.NA:
            return None
        if isinstance(value, pd.Timestamp):
            return value.to_pydatetime(warn=False)
        if isinstance(value, pd.Timedelta):
            return value.to_pytimedelta()
    except (ArithmeticError, ValueError, TypeError):  # an array of several, a number that is none
        return _unfit(value)
    if not isinstance(value, _PLAIN) or (isinstance(value, int) and abs(value) >= 10**NUMBER_SIGNS):
        return _unfit(value)
    return None if value != value else value


def _in_list(value: Any) -> str:
    """An entry of a list, as a cell with a list holds it."""
    if isinstance(value, datetime) and value.time() == time() and value.tzinfo is None:
        value = value.date()
    return _text(int(value) if isinstance(value, float) and value.is_integer() else value, ".", True)


def text_rows(
    frame: "pd.DataFrame", decimal_sign: str = ".", in_words: Collection[str] = ()
) -> Iterator[list[str]]:
    """The rows of a frame as text that reads the same in every country, but for the decimal sign.

    A column in which every moment is a midnight holds dates.

    Parameters
    ----------
    in_words
        Headings of columns whose lengths of time are written as 4 h, since 4:00 would be asked about.
    """
    rows = list(cells_of(frame))
    spelt = {at for at, heading in enumerate(frame.columns) if str(heading) in in_words}
    with_times = {
        at
        for row in rows
        for at, cell in enumerate(row)
        if isinstance(cell, datetime) and (cell.tzinfo is not None or cell.time() != time())
    }
    for row in rows:
        yield [
            hours_words(cell // timedelta(minutes=1))
            if at in spelt and isinstance(cell, timedelta)
            else _text(cell, decimal_sign, at in with_times)
            for at, cell in enumerate(row)
        ]


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
