"""A table of volumes as a sheet with cells: a CSV file, or a frame."""

from pathlib import Path
from typing import Any

from scheduler.io.cells.columns import Sheet, normalised
from scheduler.io.cells.frames import sheet_of, with_index
from scheduler.io.files.csv_file import read_csv
from scheduler.io.files.limits import NotRead
from scheduler.io.files.sheet_pass import Counted
from scheduler.io.files.streams import unopened
from scheduler.io.files.workbook_file import RawSheet
from scheduler.io.input.sheets import VOLUMES


def raw_table(source: Any, sheet: Sheet = VOLUMES) -> RawSheet:
    """The cells of a CSV file or of a frame.

    Parameters
    ----------
    sheet
        Whose headings the table has.

    Raises
    ------
    NotRead
        If the file cannot be read.
    """
    if isinstance(source, Path):
        known = {spelling for column in sheet.columns for spelling in column.spellings}
        try:
            return read_csv(source, source.name, lambda cell: normalised(cell) in known, Counted())
        except OSError as error:
            raise NotRead(*_said(error)) from None
    return sheet_of(sheet.title, with_index(source), has_zones=True)


def _said(error: OSError) -> tuple[str, str]:
    found = unopened(error).finding
    return found.message, found.hint
