"""Tables as CSV files: read within limits, and written such that no cell is taken for a formula.

Read is UTF-8, with or without a byte order mark, with cells set apart by commas, semicolons or tabs. Every
cell is text; what it means is left to the reader of the sheet. Written is UTF-8 with a mark, by which Excel
knows it.

A text that a spreadsheet would take for a formula gets an apostrophe in front, which spreadsheets show or
hide but never calculate; reading takes it away again.
"""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from scheduler.io.files.cell_values import Fault
from scheduler.io.files.limits import CELL_SIGNS, COLUMNS, CSV_BYTES, FILLED_CELLS, ROWS, NotRead, beyond
from scheduler.io.files.sheet_pass import Counted
from scheduler.io.files.workbook_file import RawSheet
from scheduler.texts import text

CSV = ".csv"
SEPARATORS = (",", ";", "\t")
_AS_UTF8 = "utf-8-sig"
_OTHER_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"PK\x03\x04": "Excel"}
_SAID = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_LOOKED_AT = 40
"""Rows by which the separator is found; titles and remarks may stand above the headings."""
_FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""The signs that begin one, plain and in full width."""
_NEEDS_QUOTES = re.compile(r'[",;\t\r\n]|^\s|\s$')


def read_csv(path: Path, title: str, known: Callable[[str], bool], counted: Counted) -> RawSheet:
    """The cells of a CSV file.

    Parameters
    ----------
    title
        What the sheet is called.
    known
        Whether a cell is a heading that the sheet may have, by which the separator is found.
    counted
        Cells of all files that were read so far.

    Raises
    ------
    NotRead
        If it is no such file, or beyond the limits.
    """
    written = _decoded(path)
    said = _SAID.match(written)
    if said:
        written = written[said.end() :]
    separator = said[1] if said else _separator_of(written, known)
    try:
        rows = _rows(written, separator, counted)
    except csv.Error as error:
        raise NotRead(
            text("the file is no table that can be read: {error}.", error=error),
            text("A quote inside of a quoted cell is written twice; each quote that opens is closed."),
        ) from None
    return RawSheet(title=title, rows=rows, faults=_of_other_length(rows, known))


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[str]], separator: str = ",") -> str:
    """A table as the text of a CSV file; lines end as spreadsheets write them."""
    return "".join(separator.join(map(_quoted, row)) + "\r\n" for row in (headings, *rows))


def harmless(written: str) -> str:
    """A text with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{written}" if _FORMULA.match(written) else written


def _as_meant(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell


def _decoded(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(CSV_BYTES + 1)
    if len(content) > CSV_BYTES:
        hint = text("Remove what is not needed, or plan in parts.")
        raise beyond(text("bytes in this file"), CSV_BYTES, hint)
    if form := next((form for mark, form in _OTHER_MARKS.items() if content.startswith(mark)), ""):
        raise _of_other_form(form)
    try:
        written = content.decode(_AS_UTF8)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise NotRead(
            text("line {line} is not UTF-8: the file was saved in another encoding.", line=line),
            text('Save it as "CSV UTF-8".'),
        ) from None
    if "\0" in written:
        raise _of_other_form("UTF-16")
    return written


def _of_other_form(form: str) -> NotRead:
    if form == "Excel":
        return NotRead(text("this is a workbook, not a CSV file."), text("Name it .xlsx, or save it as CSV."))
    return NotRead(text("the file is {form}, not UTF-8.", form=form), text('Save it as "CSV UTF-8".'))


def _separator_of(written: str, known: Callable[[str], bool]) -> str:
    """The separator with which most headings are found; among equals the one that parts the most."""
    begin = written[: _LOOKED_AT * CELL_SIGNS]

    def score(separator: str) -> tuple[int, int]:
        hits = most = 0
        rows = csv.reader(StringIO(begin, newline=""), delimiter=separator)
        try:
            for row, _ in zip(rows, range(_LOOKED_AT), strict=False):
                hits, most = max(hits, sum(map(known, row))), max(most, len(row))
        except csv.Error:
            pass  # the whole file is read by the better of the others, or refused in words
        return hits, most

    return max(SEPARATORS, key=score)


def _rows(written: str, separator: str, counted: Counted) -> tuple[tuple[str | None, ...], ...]:
    rows: list[tuple[str | None, ...]] = []
    for row in csv.reader(StringIO(written, newline=""), delimiter=separator, strict=True):
        cells = tuple(_as_meant(cell) if cell.strip() else None for cell in row)
        if len(rows) == ROWS:
            raise beyond(text("rows"), ROWS, text("Remove what is not needed."))
        if len(cells) > COLUMNS:
            raise beyond(text("columns"), COLUMNS, text("Remove what stands far to the right."))
        if any(cell is not None and len(cell) > CELL_SIGNS for cell in cells):
            raise NotRead(
                text("row {row} has a cell of more than {most:,} signs.", row=len(rows) + 1, most=CELL_SIGNS),
                text("Shorten it, or close the quote that was left open."),
            )
        counted.filled += sum(cell is not None for cell in cells)
        if counted.filled > FILLED_CELLS:
            raise beyond(
                text("filled cells in this folder, up to this file"),
                FILLED_CELLS,
                text("Remove what is not needed, or plan in parts."),
            )
        rows.append(cells)
    while rows and not any(rows[-1]):
        rows.pop()
    return tuple(rows)


def _of_other_length(
    rows: Sequence[Sequence[Any]], known: Callable[[str], bool]
) -> dict[tuple[int, int], Fault]:
    """A fault for each row that has more cells than the headings: a separator that was not quoted."""
    headed = next((at for at, row in enumerate(rows) if sum(known(cell) for cell in row if cell) > 1), None)
    if headed is None:
        return {}
    width = len(rows[headed])
    return {
        (number, 1): (
            text("this row has {cells} cells, and the headings are {width}.", cells=len(row), width=width),
            text("A cell with the separator in it stands in quotes."),
        )
        for number, row in enumerate(rows[headed + 1 :], start=headed + 2)
        if len(row) > width
    }
