"""What people mark on a sheet and the reader does not heed: cells crossed out, and remarks beside cells."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from openpyxl.utils import get_column_letter

from scheduler.domain.values.words import listed
from scheduler.io.files.workbook_file import RawSheet, cell_name
from scheduler.io.input.reading.result import Notebook
from scheduler.texts import text

_MOST_NAMED = 8


def tell_marks(sheets: Iterable[RawSheet], notebook: Notebook) -> None:
    """Note crossed out cells and remarks, in one line a sheet."""
    for sheet in sheets:
        if sheet.struck:
            ranges = list(struck_ranges(sheet))
            notebook.warning(
                sheet.title,
                ranges[0].split(":")[0],
                text(
                    "crossed out cells are read all the same: {cells}.",
                    cells=listed(ranges, _MOST_NAMED),
                ),
                text("Clear them if they are cancelled, or take the line through them away."),
            )
        if sheet.remarks:
            notebook.warning(
                sheet.title,
                sheet.remarks[0],
                text("remarks beside cells are not read: {cells}.", cells=listed(sheet.remarks, _MOST_NAMED)),
                text("What is to be planned by stands in cells."),
            )


def struck_ranges(sheet: RawSheet) -> Iterator[str]:
    """The crossed out cells of a sheet, those of a row that stand side by side as one range."""
    for number, cells in groupby(sorted(sheet.struck), key=lambda cell: cell[0]):
        columns = [column for _, column in cells]
        for _, run in groupby(enumerate(columns), key=lambda one: one[1] - one[0]):
            beside = [column for _, column in run]
            first = cell_name(number, beside[0])
            yield f"{first}:{get_column_letter(beside[-1])}{number}" if len(beside) > 1 else first
