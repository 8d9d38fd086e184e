"""Opening a workbook: raw cell values, merged cells, and formulas that were saved without their value.

The only place that touches an input file. Whatever is wrong with the file as a whole (no workbook, a
password, an old format, damage) becomes one finding.
"""

import re
import warnings
import zipfile
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import (
    column_index_from_string,
    coordinate_from_string,
    get_column_letter,
    range_boundaries,
)

from scheduler.domain.findings import Finding, Place
from scheduler.io.streams import Source

_OLE_CONTAINER = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')
_UNSAVED_FORMULA = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+\d+)"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


@dataclass(frozen=True)
class RawSheet:
    """One sheet as it was saved.

    Parameters
    ----------
    rows
        Cell values, the first row first; rows may be of different lengths.
    filled_down
        Ranges (first row, first column, last row, last column; from 1) merged within one column, whose
        value was given to each of their rows.
    merged_across
        Ranges merged over several columns.
    unsaved_formulas
        Cells (row, column; from 1) with a formula but no saved value.
    """

    title: str
    rows: tuple[tuple[Any, ...], ...]
    filled_down: tuple[tuple[int, int, int, int], ...] = ()
    merged_across: tuple[tuple[int, int, int, int], ...] = ()
    unsaved_formulas: frozenset[tuple[int, int]] = field(default_factory=frozenset)


class WorkbookFile:
    """An open workbook of which sheets are read one by one; a context manager."""

    def __init__(self, source: Source) -> None:
        self._file = source.open("rb")
        try:
            with warnings.catch_warnings():
                # openpyxl warns of what it leaves out (drawings, newer validations): none is read.
                warnings.simplefilter("ignore")
                self._book: Any = load_workbook(self._file, read_only=True, data_only=True)
        except BaseException:
            self._file.close()
            raise
        self.titles = tuple(sheet.title for sheet in self._book.worksheets)

    def __enter__(self) -> "WorkbookFile":
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()
        self._file.close()

    def sheet(self, title: str) -> RawSheet:
        """Read one sheet."""
        sheet: Any = self._book[title]
        sheet.reset_dimensions()  # the size that a file claims for a sheet is often wrong
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        markup: bytes = self._book._archive.read(sheet._worksheet_path)
        merged = [_boundaries(found.decode()) for found in _MERGED.findall(markup)]
        down = [area for area in merged if area[1] == area[3]]
        for first_row, column, last_row, _ in down:
            _fill_down(rows, first_row, last_row, column)
        return RawSheet(
            title=title,
            rows=tuple(map(tuple, rows)),
            filled_down=tuple(down),
            merged_across=tuple(area for area in merged if area[1] != area[3]),
            unsaved_formulas=_unsaved_formulas(markup),
        )


def open_workbook(path: Source) -> WorkbookFile | Finding:
    """Open a workbook, or say why it is none."""
    try:
        with path.open("rb") as file:
            start = file.read(8)
            if start == _OLE_CONTAINER:
                return _of_old_container(path, start + file.read())
            if not zipfile.is_zipfile(file):
                return _not_read(path, "this is not an Excel workbook.", "Save it as .xlsx.")
            with zipfile.ZipFile(file) as archive:
                members = set(archive.namelist())
        if "xl/workbook.bin" in members:
            return _not_read(path, "this is a binary workbook (.xlsb).", "Save it as .xlsx.")
        if not any(name.endswith("workbook.xml") for name in members):
            return _not_read(path, "this is not an Excel workbook.", "Save it as .xlsx.")
    except FileNotFoundError:
        return _not_read(path, "there is no such file.")
    except IsADirectoryError:
        return _not_read(path, "this is a folder, not a workbook.")
    except (OSError, zipfile.BadZipFile) as error:
        return _not_read(path, f"the file cannot be read: {error}.")
    try:
        return WorkbookFile(path)
    except Exception as error:  # openpyxl lets every kind of error of a damaged file through
        return damaged(path, error)


def damaged(path: Source, error: Exception) -> Finding:
    """What to say of a file that looked like a workbook, but broke off while it was read."""
    return _not_read(
        path,
        f"the workbook is damaged ({type(error).__name__}: {error}).",
        "Open it in Excel and save it again.",
    )


def cell_name(row: int, column: int) -> str:
    """``D17`` for row 17, column 4."""
    return f"{get_column_letter(column)}{row}"


def _of_old_container(path: Source, content: bytes) -> Finding:
    if _ENCRYPTED in content:
        return _not_read(path, "the workbook is protected with a password.", "Save a copy without one.")
    return _not_read(path, "this is a workbook of an old format (.xls), or protected.", "Save it as .xlsx.")


def _not_read(path: Source, message: str, hint: str = "") -> Finding:
    return Finding(place=Place(path=(str(path),)), message=message, hint=hint)


def _boundaries(area: str) -> tuple[int, int, int, int]:
    first_column, first_row, last_column, last_row = range_boundaries(area)
    assert first_column and first_row and last_column and last_row
    return first_row, first_column, last_row, last_column


def _fill_down(rows: list[list[Any]], first_row: int, last_row: int, column: int) -> None:
    if first_row > len(rows) or column > len(rows[first_row - 1]):
        return
    value = rows[first_row - 1][column - 1]
    for number in range(first_row, min(last_row, len(rows))):
        row = rows[number]
        row.extend([None] * (column - len(row)))
        row[column - 1] = value


def _unsaved_formulas(markup: bytes) -> frozenset[tuple[int, int]]:
    if b"<f" not in markup and b":f" not in markup:
        return frozenset()
    found = []
    for name in _UNSAVED_FORMULA.findall(markup):
        letters, row = coordinate_from_string(name.decode())
        found.append((row, column_index_from_string(letters)))
    return frozenset(found)
