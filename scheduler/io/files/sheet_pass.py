"""The cells of one sheet, read in one pass: values by row and column, merged ranges, and what cannot be read.

A cell is placed by its own reference, not by counting, so that rows out of order lose nothing; a reference
that occurs twice is refused. A value that cannot be parsed is a fault of its cell, reported if the cell is
used.
"""

from dataclasses import dataclass, field
from datetime import datetime, time
from math import isfinite
from typing import Any

from openpyxl.utils.cell import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.utils.datetime import from_excel, from_ISO8601

from scheduler.domain.findings.finding import Place
from scheduler.io.files.archive import SAVE_AGAIN
from scheduler.io.files.limits import (
    CELL_SIGNS,
    COLUMNS,
    FILLED_CELLS,
    MERGED_RANGES,
    NUMBER_SIGNS,
    ROWS,
    SPANNED_CELLS,
    NotRead,
    beyond,
)
from scheduler.io.files.sheet_markup import HiddenLines
from scheduler.io.files.workbook_parts import CellStyles, NumberKind, Padded, ZeroPadded
from scheduler.io.files.xml_pass import Attributes, Text
from scheduler.texts import marked, text

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column; from 1."""
Fault = tuple[str, str]
"""What is wrong with a cell, and what to do."""

UNSAVED: Fault = (
    marked("the formula in this cell was saved without its value."),
    marked("Open the workbook in Excel or LibreOffice and save it again."),
)
_DIGITS = "0123456789"
_TRUTH = {"1": True, "0": False, "true": True, "false": False}
_NO_CELLS: tuple[Any, ...] = ()
_LONGEST_PLACE = 30  # signs; XFD1048576:XFD1048576 has 21
_MOST_KEPT = 10_000  # numbers, of one sheet


class Percent(float):
    """A number whose cell shows it as a percentage: 0.5 reads 50 %."""


@dataclass
class Counted:
    """Cells of all sheets that were read so far."""

    filled: int = 0
    spanned: int = 0


@dataclass
class SheetPass:
    """Collects the cells of a sheet in one pass.

    Parameters
    ----------
    shared
        Shared strings, by index.
    styles
        What the style of a cell makes of it.
    rows
        Values by row number, from the first column on.
    """

    title: str
    shared: list[str]
    styles: CellStyles
    epoch: datetime
    counted: Counted
    text: Text = field(default_factory=Text)
    rows: dict[int, list[Any]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    faults: dict[tuple[int, int], Fault] = field(default_factory=dict)
    hidden: HiddenLines = field(default_factory=HiddenLines)
    struck: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._row_text, self._row, self._column = "", 0, 0
        self._columns: dict[str, int] = {}
        self._type, self._style = "n", ""
        self._value: str | None = None
        self._formula = self._in_cell = False
        self._sounds = 0
        self._numbers: dict[tuple[str, str], Any] = {}
        self.starts = {
            "row": self._start_row,
            "col": self.hidden.column,
            "c": self._start_cell,
            "v": self._start_value,
            "t": self._start_text,
            "f": self._start_formula,
            "rPh": self._start_sound,
            "mergeCell": self._merge,
        }
        self.ends = {
            "c": self._end_cell,
            "v": self._end_value,
            "t": self._end_text,
            "rPh": self._end_sound,
        }

    def _start_row(self, attributes: Attributes) -> None:
        written = attributes.get("r")
        if written is None:
            self._row += 1
            written = str(self._row)
        if not (0 < len(written) <= len(str(ROWS)) and written.isdecimal() and 0 < int(written) <= ROWS):
            raise self._damaged(
                text(
                    "a row is numbered {written}, where 1 to {rows:,} are possible.",
                    written=written[:20],
                    rows=ROWS,
                )
            )
        self._row, self._row_text, self._column = int(written), written, 0
        self.hidden.row(self._row, attributes)

    def _start_cell(self, attributes: Attributes) -> None:
        place = attributes.get("r")
        if place is None:
            self._column += 1
        else:
            letters = place.rstrip(_DIGITS)
            if place[len(letters) :] != self._row_text:
                raise self._damaged(
                    text('the cell "{place}" stands in row {row}.', place=place[:20], row=self._row)
                )
            column = self._columns.get(letters)
            if column is None:
                column = self._columns[letters] = self._column_of(letters)
            self._column = column
        if not 0 < self._column <= COLUMNS or not self._row:
            raise self._damaged(
                text("a cell is outside the {columns:,} columns that are possible.", columns=COLUMNS)
            )
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._value, self._formula, self._in_cell = None, False, True

    def _column_of(self, letters: str) -> int:
        try:
            return column_index_from_string(letters[:4])
        except ValueError:
            raise self._damaged(text('"{letters}" is no column.', letters=letters[:20])) from None

    def _start_value(self, _: Attributes) -> None:
        if self._in_cell:
            self.text.begin()

    def _end_value(self) -> None:
        if self._in_cell:
            if self._value is not None:
                raise self._damaged(text("this cell has two values."), self._cell)
            self._value = self.text.end()

    def _start_text(self, _: Attributes) -> None:
        if self._in_cell and not self._sounds and self._type == "inlineStr":
            self.text.begin()

    def _end_text(self) -> None:
        if self._in_cell and not self._sounds and self._type == "inlineStr":
            self._value = (self._value or "") + self.text.end()

    def _start_formula(self, _: Attributes) -> None:
        self._formula = True

    def _start_sound(self, _: Attributes) -> None:
        self._sounds += 1  # phonetic text beside the text

    def _end_sound(self) -> None:
        self._sounds -= 1

    def _end_cell(self) -> None:
        self._in_cell = False
        written = self._value
        if not written:
            # a formula may yield an empty text
            if self._formula and not (self._type == "str" and written == ""):
                self._fault(*map(text, UNSAVED))
            return
        value = self._understood(written)
        if value is None or value == "":
            return
        if self.value_at(self._row, self._column) is not None:
            raise self._damaged(text("this cell stands there twice."), self._cell)
        self.put(self._row, self._column, value)
        if self._style in self.styles.struck:
            self.struck.append((self._row, self._column))

    def value_at(self, number: int, column: int) -> Any:
        """What stands in a cell; ``None`` where nothing does."""
        row = self.rows.get(number, _NO_CELLS)
        return row[column - 1] if column <= len(row) else None

    def put(self, number: int, column: int, value: Any) -> None:
        """Fill a cell.

        Raises
        ------
        NotRead
            If there are too many.
        """
        row = self.rows.get(number)
        if row is None:
            row = self.rows[number] = []
        missing = column - len(row)
        if missing > 0:
            self.counted.spanned += missing
            if self.counted.spanned > SPANNED_CELLS:
                raise beyond(
                    text("cells between the first column and the last filled one, in all rows"),
                    SPANNED_CELLS,
                    text("Remove what stands far to the right."),
                    Place(sheet=self.title),
                )
            row.extend([None] * missing)
        row[column - 1] = value
        self.counted.filled += 1
        if self.counted.filled > FILLED_CELLS:
            raise beyond(
                text("filled cells in this workbook, up to this sheet"),
                FILLED_CELLS,
                text("Remove what is not needed, or plan in parts."),
                Place(sheet=self.title),
            )

    def _understood(self, written: str) -> Any:
        """The value of a cell; ``None``, with a fault noted, where it cannot be parsed."""
        kind = self._type
        if kind == "n":
            return self._number_before(written)
        if kind in ("s", "str", "inlineStr", "e"):
            return self._shared_text(written) if kind == "s" else self._short(written)
        if kind == "b":
            value = _TRUTH.get(written.strip().casefold()[:6])
            if value is None:
                self._fault(
                    text('"{written}" is kept as a truth value, but is none.', written=written[:20]),
                    text(SAVE_AGAIN),
                )
            return value
        if kind == "d":
            return self._moment(written.strip())
        self._fault(
            text('the cell is of a kind "{kind}" that is not known.', kind=kind[:20]), text(SAVE_AGAIN)
        )
        return None

    def _number_before(self, written: str) -> Any:
        """A number, kept for the next one that is written and looks alike: dates and times are few."""
        said = written, self._style
        value = self._numbers.get(said)
        if value is None:
            value = self._number(written)
            if len(self._numbers) < _MOST_KEPT:
                self._numbers[said] = value  # a fault is None, and noted each time
        return value

    def _number(self, written: str) -> Any:
        if len(written) > NUMBER_SIGNS:
            self._fault(
                text(
                    "this number has {written:,} signs, and the limit is {number_signs}.",
                    written=len(written),
                    number_signs=NUMBER_SIGNS,
                ),
                text("Round it; 15 digits count."),
            )
            return None
        try:
            if not written.isascii() or "_" in written:
                raise ValueError
            number = float(written)
            if not isfinite(number):
                raise ValueError
            value = number if "." in written or "e" in written or "E" in written else int(written)
        except ValueError:
            self._fault(
                text(
                    '"{written}" is kept as a number, but is none that can be calculated with.',
                    written=written,
                ),
                text(SAVE_AGAIN),
            )
            return None
        kind = self._number_kind()
        if kind is NumberKind.NUMBER:
            return value
        if kind is NumberKind.PERCENT:
            return Percent(value)
        if isinstance(kind, ZeroPadded):
            return Padded.of(int(value), kind) if value == int(value) >= 0 else value
        try:
            return from_excel(value, self.epoch, timedelta=kind is NumberKind.LENGTH)
        except (OverflowError, ValueError):
            self._fault(
                text(
                    "the number {written} has the look of a {look}, but is beyond all {look}s.",
                    written=written,
                    look=text(kind.value),
                ),
                text("Type it again."),
            )
            return None

    def _number_kind(self) -> NumberKind | ZeroPadded:
        style, kinds = self._style, self.styles.kinds
        if not style or len(style) > 6 or not style.isdecimal() or int(style) >= len(kinds):
            return NumberKind.NUMBER
        return kinds[int(style)]

    def _shared_text(self, written: str) -> str | None:
        number = written.strip()
        if len(number) <= 8 and number.isdecimal() and int(number) < len(self.shared):
            return self._short(self.shared[int(number)])
        self._fault(text("the text of this cell is missing from the workbook."), text(SAVE_AGAIN))
        return None

    def _short(self, written: str) -> str | None:
        if len(written) <= CELL_SIGNS:
            return written
        self._fault(
            text(
                "this text has {written:,} signs, and the limit is {cell_signs:,}.",
                written=len(written),
                cell_signs=CELL_SIGNS,
            ),
            text("Shorten it."),
        )
        return None

    def _moment(self, written: str) -> Any:
        """A date or time as text, which the strict form of the standard keeps."""
        try:
            if written.startswith("P"):
                length: object = from_ISO8601(written[:NUMBER_SIGNS])  # type: ignore[no-untyped-call]
                return length
            moment: Any = (datetime if "-" in written else time).fromisoformat(
                written[:NUMBER_SIGNS].removesuffix("Z")
            )
            if moment.tzinfo is None:
                return moment
        except (ValueError, OverflowError):
            pass
        self._fault(
            text('"{written}" is kept as a date, but is none.', written=written[:40]), text("Type it again.")
        )
        return None

    def _merge(self, attributes: Attributes) -> None:
        if len(self.merged) == MERGED_RANGES:
            raise beyond(text("merged ranges"), MERGED_RANGES, text("Unmerge them."), Place(sheet=self.title))
        written = attributes.get("ref", "")
        try:
            first_column, first_row, last_column, last_row = range_boundaries(written[:_LONGEST_PLACE])
            area = (int(first_row or 0), int(first_column or 0), int(last_row or 0), int(last_column or 0))
        except (ValueError, TypeError):
            area = (0, 0, 0, 0)
        if not (0 < area[0] <= area[2] <= ROWS and 0 < area[1] <= area[3] <= COLUMNS):
            raise self._damaged(
                text(
                    '"{written}" is no range of cells that could be merged.', written=written[:_LONGEST_PLACE]
                )
            )
        self.merged.append(area)

    @property
    def _cell(self) -> str:
        return f"{get_column_letter(self._column)}{self._row}"

    def _fault(self, message: str, hint: str) -> None:
        self.faults[self._row, self._column] = (message, hint)

    def _damaged(self, message: str, cell: str | None = None) -> NotRead:
        return NotRead(
            text("the workbook is damaged: {message}", message=message),
            text(SAVE_AGAIN),
            Place(sheet=self.title, cell=cell),
        )
