"""Saving a workbook: openpyxl writes it, but the rows of its sheets, which are made here as plain text.

openpyxl makes a tree of elements of each cell and looks up its namespaces: for a roster of hundreds of people
that is a third of all the time that it takes to write it. The bytes are the same. A cell with a formula, a
comment or a link is left to openpyxl.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from types import NoneType, SimpleNamespace
from typing import IO, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell._writer import etree_write_cell
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.compat import safe_string
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import Element, tostring

_GAP = "rows"
_KEPT = ' xml:space="preserve"'
_TYPES = {"s": "inlineStr", "n": "n", "b": "b", "d": "n"}
"""What the file calls the kinds of a plain value."""
_MOMENTS = dict.fromkeys((date, datetime, time, timedelta), "d")
_PLAIN = {NoneType: "n", str: "s", int: "n", float: "n", bool: "b", **_MOMENTS}
"""The kind that a plain value has by its type."""
_WITH_GAP = f"<sheetData>{_GAP}</sheetData>".encode()


def save_workbook(book: Workbook, target: Path | IO[bytes]) -> None:
    """Write a workbook as an ``.xlsx`` file."""
    book.properties.modified = datetime.now(UTC).replace(tzinfo=None)
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        _Writer(book, archive).save()


class _Writer(ExcelWriter):
    """Writes a workbook, and its sheets with :class:`_SheetWriter`."""

    _archive: ZipFile

    def write_worksheet(self, ws: Any) -> None:
        """Write one sheet, as openpyxl does it but for the writer."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        writer: Any = _SheetWriter(ws, BytesIO())
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], writer.read())
        self.manifest.append(ws)


class _SheetWriter(WorksheetWriter):
    """Writes one sheet: what stands around the rows, and the rows into a gap in it."""

    def write_rows(self) -> None:
        """Make the rows, and leave a gap for them."""
        rows = _Rows(self.ws)
        self._text = "".join(rows.of(number, cells) for number, cells in self.rows())
        with_gap = Element("sheetData")
        with_gap.text = _GAP
        self.xf.send(with_gap)

    def read(self) -> bytes:
        """The whole sheet."""
        before, _, behind = super().read().partition(_WITH_GAP)
        rows = self._text.encode("utf-8", errors="xmlcharrefreplace")
        return b"".join((before, b"<sheetData>", rows, b"</sheetData>", behind))


class _Rows:
    """The rows of one sheet as text; of its many cells few differ in style, date or column."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._styles: dict[int, str] = {}
        self._moment = cache(partial(to_excel, epoch=sheet.parent.epoch))

    def of(self, number: int, cells: Iterable[Any]) -> str:
        """One row."""
        look = self._sheet.row_dimensions.get(number)
        more = "" if look is None else "".join(f' {key}="{value}"' for key, value in look if key != "r")
        return f'<row r="{number}"{more}>{"".join(map(self._cell, cells))}</row>'

    def _cell(self, cell: Any) -> str:
        value, kind = cell._value, cell.data_type
        if cell._comment is not None or cell.hyperlink is not None or _PLAIN.get(type(value)) != kind:
            return self._special(cell)
        style = self._style_of(cell)
        if value is None and not style:
            return ""
        start = f'<c r="{get_column_letter(cell.column)}{cell.row}"{style} t="{_TYPES[kind]}"'
        if value is None or value == "":
            return f"{start} />"
        if kind == "s":
            kept = _KEPT if value.strip() not in ("", value) else ""
            return f"{start}><is><t{kept}>{escape(value)}</t></is></c>"
        number = safe_string(self._moment(value) if kind == "d" else value)
        return f"{start}><v>{number}</v></c>" if number else f"{start}><v /></c>"

    def _style_of(self, cell: Any) -> str:
        """The attribute; cells share the record of their style, which is compared once for all of them."""
        record = cell._style
        style = self._styles.get(id(record))
        if style is None:
            style = self._styles[id(record)] = f' s="{cell.style_id}"' if cell.has_style else ""
        return style

    def _special(self, cell: Any) -> str:
        """A cell with more than a value, or another kind of value, as openpyxl writes it."""
        if cell._comment is not None:
            self._sheet._comments.append(CommentRecord.from_cell(cell))
        elements: list[Any] = []
        if cell._value is not None or cell.has_style or cell._comment is not None:
            etree_write_cell(SimpleNamespace(write=elements.append), self._sheet, cell, cell.has_style)
        return "".join(tostring(element).decode() for element in elements)
