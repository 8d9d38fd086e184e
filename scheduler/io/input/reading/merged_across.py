"""Cells that are merged across columns, which no row of a table can be read from."""

from bisect import bisect_right
from collections.abc import Collection

from scheduler.io.files.workbook_file import RawSheet, cell_name


class RangesMergedAcross:
    """Finds the range merged across columns that covers a cell, at a cost independent of its size."""

    def __init__(self, raw: RawSheet, positions: Collection[int]) -> None:
        self._ranges = {
            position: sorted(area for area in raw.merged_across if area[1] <= position + 1 <= area[3])
            for position in positions
        }

    def range_at(self, number: int, position: int) -> str | None:
        """The name of the range, by row from 1 and position from 0."""
        ranges = self._ranges[position]
        # ranges of one column do not overlap, so only the last that begins above can reach down here
        before = bisect_right(ranges, number, key=lambda area: area[0]) - 1
        if before < 0 or ranges[before][2] < number:
            return None
        first_row, first_column, last_row, last_column = ranges[before]
        return f"{cell_name(first_row, first_column)}:{cell_name(last_row, last_column)}"
