"""What a person reads on a sheet otherwise than its cells hold: hidden cells, and number formats."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from scheduler.io.files.number_formats import shows_nothing, speaks_for_itself
from scheduler.io.files.sheet_markup import MERGED_OVER
from scheduler.io.files.workbook_extras import SheetParts
from scheduler.io.result.differences.differences import Difference, shown
from scheduler.io.result.differences.own_places import Columns, OwnContent, Rows
from scheduler.texts import text

_MOST_LOOKED_AT = 1_000_000
"""Cells under merged ones. Spreadsheet programs leave them empty; beyond this ranges lie over one another."""


def in_looks(
    title: str, rows: Rows, parts: SheetParts, columns: Columns, own: OwnContent
) -> Iterator[Difference]:
    """Formats that show other figures than the roster's cells hold, once each; what is not seen is noted."""
    own.looks(title, parts.hidden, parts.beside)
    if hide_something(parts.merged, rows):
        own.looks(title, (MERGED_OVER,))
    ours = {
        code: cell
        for code, cell in reversed(parts.formats)
        if not cell or coordinate_to_tuple(cell)[1] in columns.ours
    }
    for code, cell in sorted(ours.items()):
        if speaks_for_itself(code):
            said = text(
                "the number format {code} shows something else than the cell's value.", code=shown(code)
            )
            place = f"{title}!{cell}" if cell else title
            yield Difference(title, code, place, said=said)
        elif shows_nothing(code) and code not in own.blank_formats:
            own.blank_formats.append(code)


def hide_something(merged: Iterable[str], rows: Rows) -> bool:
    """Whether cells with different values were merged, of which only the first is seen."""
    numbers, looked_at = sorted(rows), 0
    for area in set(merged):
        left, top, right, bottom = (at or 0 for at in range_boundaries(area))
        values = set()
        for index in range(bisect_left(numbers, top), bisect_right(numbers, bottom)):
            cells = rows[numbers[index]]
            values |= {value for at, value in cells.items() if left <= at <= right}
            looked_at += len(cells)
            if len(values) > 1 or looked_at > _MOST_LOOKED_AT:
                return True
    return False
