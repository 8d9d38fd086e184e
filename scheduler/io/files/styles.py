"""Colours, fonts and number formats of every sheet, and the pen that writes cells with them.

A workbook has few distinct looks and very many cells, so each look becomes one openpyxl style record that all
its cells share; styling cell by cell costs ten times as much. Text is always written as text: nothing that a
person typed can become a formula.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain import Problem
from scheduler.domain.values.grid import MINUTES_PER_HOUR

FONT = "Arial"  # wherever it is missing, a font of the same widths stands in for it
INK = "1F2937"
MUTED = "6B7280"
ACCENT = "1F4E79"
LINE = "D5DAE1"
BAND = "F4F6F9"
GOOD, GOOD_FILL = "1E6B34", "E4F3E8"
WARN, WARN_FILL = "8A5A00", "FFF3D6"
BAD, BAD_FILL = "A3221A", "FBE3E0"
ABSENT_FILL = "E2E4E8"
MEAL_FILL = "8C95A4"
PAID_BREAK_FILL = "FFFFFF"
REQUIRED_LINE, SCHEDULED_FILL = "1F2937", "8FBCE6"
UNDER_COLOUR, OVER_COLOUR = "C8453B", "E2A63B"

_DAY_FILLS = (
    "C7E3F4", "CFE8C8", "FBE2B4", "F6CCC4", "D8CFEE", "BEE5DC", "F2D3E5",
    "E4E1B9", "CBD7F6", "EAD5BF", "D2EFEE", "E9DDF7", "DDE8B8", "F7D9B9",
)  # fmt: skip
LATEST_END_OF_A_DAY_SHIFT = 26 * MINUTES_PER_HOUR
"""2 in the morning; a shift that may end later is a night."""
_NIGHT_FILLS = ("A5B4DD", "B6A6D8", "92A7C8", "C3AFC9")

DATE = "ddd d mmm yyyy"
CLOCK = "hh:mm"
LONG_CLOCK = "[hh]:mm"
HOURS = "#,##0.00"
COUNT = "#,##0"
MONEY = "#,##0.00"
PERCENT = "0.0%"
AGENTS = '#,##0.0;-#,##0.0;"–"'

CellValue = str | int | float | bool | date | datetime | time | timedelta | None
_LONGEST_TEXT = 32_767


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks; equal looks share one style record in the workbook."""

    fill: str | None = None
    ink: str = INK
    size: float = 10
    bold: bool = False
    italic: bool = False
    number_format: str = "General"
    across: Literal["general", "left", "center", "right"] = "general"
    down: Literal["top", "center", "bottom"] = "center"
    wrap: bool = False
    indent: int = 0
    line: Literal["none", "below", "box", "above"] = "none"
    hatched: bool = False
    as_typed: bool = False

    def but(self, **changes: Any) -> "Look":
        """The same look with some things changed."""
        return _changed(self, tuple(changes.items()))


@cache
def _changed(look: Look, changes: tuple[tuple[str, Any], ...]) -> Look:
    return replace(look, **dict(changes))


PLAIN = Look()
BODY = Look(line="below")
TITLE = Look(size=18, bold=True, ink=ACCENT)
SUBTITLE = Look(ink=MUTED)
SECTION = Look(size=12, bold=True, ink=ACCENT, line="below")
HEADING = Look(fill=ACCENT, ink="FFFFFF", bold=True, across="center", wrap=True)
HEADING_LEFT = HEADING.but(across="left")
TOTAL = Look(bold=True, line="above", fill=BAND)


def safe_text(text: str) -> str:
    """Text that a workbook can hold: control characters shown as a question mark, not too long."""
    return ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)[:_LONGEST_TEXT]


def could_be_a_formula(text: str) -> bool:
    """Whether a spreadsheet would read the text as a formula if it were typed in."""
    return text.startswith(("=", "+", "-", "@", "\t", "\r"))


class Styles:
    """The style records of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._scratch = Worksheet(book)  # never added to the book; cells on it share the book's styles
        self._records: dict[Look, Any] = {}

    def of(self, look: Look) -> Any:
        """The record of a look, to be shared by cells and never changed."""
        record = self._records.get(look)
        if record is None:
            record = self._records[look] = self._made(look)
        return record

    def _made(self, look: Look) -> Any:
        cell = Cell(self._scratch, row=1, column=1)
        cell.font = Font(name=FONT, size=look.size, bold=look.bold, italic=look.italic, color=look.ink)
        if look.fill:
            cell.fill = (
                PatternFill("lightUp", fgColor="B4B9C2", bgColor=look.fill)
                if look.hatched
                else PatternFill("solid", fgColor=look.fill)
            )
        side, edge = Side("thin", color=LINE), Side("thin", color=ACCENT)
        if look.line == "below":
            cell.border = Border(bottom=side)
        elif look.line == "above":
            cell.border = Border(top=edge)
        elif look.line == "box":
            cell.border = Border(left=side, right=side, top=side, bottom=side)
        cell.alignment = Alignment(
            horizontal=None if look.across == "general" else look.across,
            vertical=look.down,
            wrap_text=look.wrap,
            indent=look.indent,
        )
        cell.number_format = look.number_format
        if look.as_typed:
            cell.quotePrefix = True
        record: Any = cell
        return record._style


class NoStyles(Styles):
    """Plain records, one for each number format, for a workbook that nobody sees."""

    def __init__(self, book: Workbook) -> None:
        super().__init__(book)
        self._plain: dict[str, Any] = {}

    def of(self, look: Look) -> Any:
        """The plain record of its number format."""
        code = look.number_format
        if code not in self._plain:
            self._plain[code] = self._made(PLAIN.but(number_format=code))
        return self._plain[code]


_KINDS = {str: "s", bool: "b", datetime: "d", date: "d", time: "d", timedelta: "d"}
"""What openpyxl calls the kinds of values; it looks at each again, and gives dates a format of their own."""


@dataclass
class Pen:
    """Writes cells of one sheet."""

    sheet: Worksheet
    styles: Styles = field(repr=False)

    def put(self, row: int, column: int, value: CellValue = None, look: Look = PLAIN) -> None:
        """Write one cell; text that starts with ``= + - @`` stays text, also when it is edited."""
        if isinstance(value, str):
            value = safe_text(value)
            if could_be_a_formula(value):
                look = look.but(as_typed=True, number_format="@")
        cell = self._cell(row, column)
        cell._value, cell.data_type = value, _KINDS.get(type(value), "n")
        cell._style = self.styles.of(look)

    def row(self, row: int, column: int, cells: list[tuple[CellValue, Look]]) -> None:
        """Write cells side by side, from ``column`` on."""
        for offset, (value, look) in enumerate(cells):
            self.put(row, column + offset, value, look)

    def span(
        self, row: int, first: int, last: int, value: CellValue, look: Look = PLAIN, *, rows: int = 1
    ) -> None:
        """Write one cell over several columns (and rows)."""
        for covered_row in range(row, row + rows):
            for column in range(first, last + 1):
                self.put(covered_row, column, None, look)
        self.put(row, first, value, look)
        if last > first or rows > 1:  # the covered cells have their look already
            self.sheet.merged_cells.add(
                f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row + rows - 1}"
            )

    def paint(self, row: int, column: int, record: Any) -> None:
        """Give an empty cell a style record that was made before."""
        if isinstance(self.styles, NoStyles):
            return
        self._cell(row, column)._style = record

    def _cell(self, row: int, column: int) -> Any:
        """The cell; openpyxl's own access checks the place each time, which is slow for every cell."""
        sheet: Any = self.sheet
        cell = sheet._cells.get((row, column))
        if cell is None:
            cell = Cell(self.sheet, row, column)
            sheet._add_cell(cell)
        return cell


def template_fills(problem: Problem) -> dict[str, str]:
    """A colour for each shift template: in order of start, nights in dusk colours."""
    fills: dict[str, str] = {}
    days = nights = 0
    for template in sorted(problem.templates, key=lambda one: (one.earliest_start, one.min_length, one.name)):
        if template.latest_start + template.max_length > LATEST_END_OF_A_DAY_SHIFT:
            fills[template.name] = _NIGHT_FILLS[nights % len(_NIGHT_FILLS)]
            nights += 1
        else:
            fills[template.name] = _DAY_FILLS[days % len(_DAY_FILLS)]
            days += 1
    return fills


def deeper(colour: str, by: float = 0.12) -> str:
    """The same colour, darker by a share."""
    channels = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return "".join(f"{round(channel * (1 - by)):02X}" for channel in channels)
