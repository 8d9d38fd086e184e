"""The cells of one sheet, read in one pass: values by row and column, merged ranges, and what cannot be read.

A cell is placed by its own reference, not by counting, so that rows out of order lose nothing; a reference
that occurs twice is refused. A value that cannot be parsed is a fault of its cell, reported if the cell is
used.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from openpyxl.utils.cell import column_index_from_string, get_column_letter, range_boundaries

from scheduler.domain.findings.finding import Place
from scheduler.io.files.archive import SAVE_AGAIN
from scheduler.io.files.cell_styles import CellStyles
from scheduler.io.files.cell_values import CellValues, Fault, NoValue
from scheduler.io.files.limits import (
    COLUMNS,
    FILLED_CELLS,
    MERGED_RANGES,
    ROWS,
    SPANNED_CELLS,
    NotRead,
    beyond,
)
from scheduler.io.files.sheet_markup import SheetMarkup
from scheduler.io.files.workbook_parts import SharedTexts
from scheduler.io.files.xml_pass import Attributes, is_digits, whole_number
from scheduler.texts import marked, text

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column; from 1."""

UNSAVED: Fault = (
    marked("the formula in this cell was saved without its value."),
    marked("Open the workbook in Excel or LibreOffice and save it again."),
)
_NOT_OF_ITS_KIND: Fault = (
    marked("the value of this cell is not of the kind that it is kept as."),
    SAVE_AGAIN,
)
_DIGITS = "0123456789"
_NO_CELLS: tuple[Any, ...] = ()
_LONGEST_PLACE = 30  # signs; XFD1048576:XFD1048576 has 21


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
    known
        What the style of a cell makes of it.
    rows, styles
        Values, and the numbers of their styles, by row number, from the first column on.
    formulas
        The first row with a formula, by column.
    struck
        Filled cells that are crossed out.
    in_parts
        Those with a text of which a part has looks of its own.
    reach
        Formulas' own ranges, of which some programs fill every cell, each with the cell of its formula.
    unstyled
        Filled cells without a style, and that of their row or column: some programs show them in it.
    """

    title: str
    shared: SharedTexts
    known: CellStyles
    epoch: datetime
    counted: Counted
    rows: dict[int, list[Any]] = field(default_factory=dict)
    styles: dict[int, list[int | None]] = field(default_factory=dict)
    formulas: dict[int, int] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    faults: dict[tuple[int, int], Fault] = field(default_factory=dict)
    markup: SheetMarkup = field(default_factory=SheetMarkup)
    struck: list[tuple[int, int]] = field(default_factory=list)
    in_parts: list[tuple[int, int]] = field(default_factory=list)
    reach: dict[str, tuple[int, int]] = field(default_factory=dict)
    unstyled: dict[tuple[int, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.text, self._values = self.markup.text, CellValues(self.shared.texts, self.known, self.epoch)
        self._row_text, self._row, self._column = "", 0, 0
        self._columns: dict[str, int] = {}
        self._rows_so_far: set[int] = set()
        self._columns_so_far: set[int] = (
            set()
        )  # of the row; also of cells without a value, which have a style
        self._type = "n"
        self._style: int | None = 0
        self._style_of: dict[str, int | None] = {"": 0}
        self._value: str | None = None
        self._formula = self._in_cell = self._is_text_in_cell = self._has_style = False
        self._runs_before = 0
        self._sounds = 0
        self.starts = {
            **self.markup.starts,
            "row": self._start_row,
            "c": self._start_cell,
            "is": self._start_text_in_cell,
            "v": self._start_value,
            "t": self._start_text,
            "f": self._start_formula,
            "rPh": self._start_sound,
            "mergeCell": self._merge,
        }
        self.ends = {
            **self.markup.ends,
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
        if not (0 < len(written) <= len(str(ROWS)) and is_digits(written) and 0 < int(written) <= ROWS):
            raise self._damaged(
                text(
                    "a row is numbered {written}, where 1 to {rows:,} are possible.",
                    written=written[:20],
                    rows=ROWS,
                )
            )
        self._row, self._row_text, self._column = int(written), written, 0
        if self._row in self._rows_so_far:
            raise self._damaged(text("row {row} stands there twice.", row=self._row))
        self._rows_so_far.add(self._row)
        self._columns_so_far.clear()
        self.markup.row(self._row, attributes)

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
        if self._column in self._columns_so_far:
            raise self._damaged(text("this cell stands there twice."), self._cell)
        self._columns_so_far.add(self._column)
        if "vm" in attributes or "ph" in attributes:
            self.markup.cell(attributes)
        style = attributes.get("s", "")
        self._has_style = "s" in attributes
        if style not in self._style_of:
            self._style_of[style] = whole_number(style)
        self._type, self._style = attributes.get("t", "n"), self._style_of[style]
        self._value, self._formula, self._in_cell, self._is_text_in_cell = None, False, True, False
        self._runs_before = self.markup.runs

    def _column_of(self, letters: str) -> int:
        try:
            return column_index_from_string(letters[:4])
        except ValueError:
            raise self._damaged(text('"{letters}" is no column.', letters=letters[:20])) from None

    def _start_value(self, _: Attributes) -> None:
        if self._in_cell:
            self._must_be_first()
            self.text.begin()

    def _end_value(self) -> None:
        if self._in_cell:
            self._value = self.text.end()

    def _start_text_in_cell(self, _: Attributes) -> None:
        if self._in_cell:
            self._must_be_first()
            self._is_text_in_cell = True

    def _must_be_first(self) -> None:
        if self._value is not None or self._is_text_in_cell:
            raise self._damaged(text("this cell has two values."), self._cell)

    def _start_text(self, _: Attributes) -> None:
        if self._in_cell and not self._sounds and self._type == "inlineStr":
            self.text.begin()

    def _end_text(self) -> None:
        if self._in_cell and not self._sounds and self._type == "inlineStr":
            self._value = (self._value or "") + self.text.end()

    def _start_formula(self, attributes: Attributes) -> None:
        if self._in_cell:
            if self._formula:
                raise self._damaged(text("this cell has two formulas."), self._cell)
            self._formula = True
            if "ref" in attributes:
                if len(self.reach) == MERGED_RANGES:
                    raise beyond(
                        text("formulas over ranges"),
                        MERGED_RANGES,
                        text("Remove them."),
                        Place(sheet=self.title),
                    )
                self.reach.setdefault(attributes["ref"], (self._row, self._column))
            self.formulas.setdefault(self._column, self._row)

    def _start_sound(self, _: Attributes) -> None:
        self._sounds += 1  # phonetic text beside the text

    def _end_sound(self) -> None:
        self._sounds -= 1

    def _end_cell(self) -> None:
        self._in_cell = False
        written = self._value
        if (written or self._is_text_in_cell) and self._is_text_in_cell != (self._type == "inlineStr"):
            self.faults[self._row, self._column] = text(_NOT_OF_ITS_KIND[0]), text(_NOT_OF_ITS_KIND[1])
            return
        if not written:
            # a formula may yield an empty text
            if self._formula and not (self._type == "str" and written == ""):
                self.faults[self._row, self._column] = text(UNSAVED[0]), text(UNSAVED[1])
            return
        try:
            value = self._values.understood(self._type, written, self._style)
        except NoValue as fault:
            self.faults[self._row, self._column] = fault.fault
            return
        if value == "":
            return
        self.put(self._row, self._column, value, self._style)
        if not self._has_style and (around := self.markup.style_around(self._column)):
            self.unstyled[self._row, self._column] = around
        if self._style in self.known.struck:
            self.struck.append((self._row, self._column))
        if self.markup.runs > self._runs_before or (
            self._type == "s" and whole_number(written) in self.shared.in_parts
        ):
            self.in_parts.append((self._row, self._column))

    def value_at(self, number: int, column: int) -> Any:
        """What stands in a cell; ``None`` where nothing does."""
        row = self.rows.get(number, _NO_CELLS)
        return row[column - 1] if column <= len(row) else None

    def style_at(self, number: int, column: int) -> int | None:
        """The number of a filled cell's style."""
        row = self.styles.get(number, _NO_CELLS)
        return row[column - 1] if column <= len(row) else None

    def put(self, number: int, column: int, value: Any, style: int | None) -> None:
        """Fill a cell.

        Raises
        ------
        NotRead
            If there are too many.
        """
        row = self.rows.get(number)
        if row is None:
            row, self.styles[number] = [], []
            self.rows[number] = row
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
            self.styles[number].extend([None] * missing)
        row[column - 1], self.styles[number][column - 1] = value, style
        self.counted.filled += 1
        if self.counted.filled > FILLED_CELLS:
            raise beyond(
                text("filled cells in this workbook, up to this sheet"),
                FILLED_CELLS,
                text("Remove what is not needed, or plan in parts."),
                Place(sheet=self.title),
            )

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

    def _damaged(self, message: str, cell: str | None = None) -> NotRead:
        return NotRead(
            text("the workbook is damaged: {message}", message=message),
            text(SAVE_AGAIN),
            Place(sheet=self.title, cell=cell),
        )
