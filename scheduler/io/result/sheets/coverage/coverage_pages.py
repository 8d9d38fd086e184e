"""How the Coverage sheet is cut into printed pages: by the day, for the figures and the charts beside them.

Breaks between rows go through a whole sheet, so that charts have to lie between those of the figures.
"""

from itertools import pairwise
from typing import NamedTuple

from scheduler.domain.values.grid import TimeGrid

MOST_ROWS = 48
"""Intervals on a page: a day of half hours, or half a day of quarters."""
_ROW_POINTS = 15.0
"""Height of a row in the font of the cells."""
_CHAR_POINTS = 7.2
"""Width of a digit in that font, with its share of the cell's edges."""
_HEAD_POINTS = 95.0
"""Height of what stands above the first interval of the first page."""
_PAGE_POINTS = (784.0, 519.0)
"""Width and height of an A4 page on its side within the margins."""
_SCALES = (30, 100)
"""Per cent; smaller ones cannot be read, larger ones are not asked for."""


class Page(NamedTuple):
    """Rows of the sheet on one printed page, both included."""

    first_row: int
    last_row: int

    @property
    def rows(self) -> int:
        """How many they are."""
        return self.last_row - self.first_row + 1


def pages(grid: TimeGrid, first_row: int) -> list[Page]:
    """Pages of whole days, as many as fit; a long day is cut into like parts."""
    found: list[Page] = []
    for day in range(grid.days):
        intervals = len(grid.intervals_of(day))
        row = found[-1].last_row + 1 if found else first_row
        if found and intervals <= MOST_ROWS - found[-1].rows:
            found[-1] = Page(found[-1].first_row, found[-1].last_row + intervals)
            continue
        parts = -(-intervals // MOST_ROWS)
        edges = [row + intervals * part // parts for part in range(parts + 1)]
        found += [Page(one, other - 1) for one, other in pairwise(edges)]
    return found


def places_of_charts(pages: list[Page], rows_of_chart: int, charts: int) -> list[int]:
    """The first row of each row of charts: as many on a page as fit, then on pages behind the last one."""
    found: list[int] = []
    row = pages[-1].last_row + 1 if pages else 1
    ahead = [*pages, *(Page(row + at * MOST_ROWS, row + (at + 1) * MOST_ROWS - 1) for at in range(charts))]
    for page in ahead:
        fitting = page.rows // rows_of_chart
        found += [page.first_row + at * rows_of_chart for at in range(fitting)]
    return found[:charts]


def scale_of(pages: list[Page], chars: float) -> int:
    """Per cent at which the widest part, in characters, and the longest page fit."""
    width, height = _PAGE_POINTS
    tallest = max((page.rows for page in pages), default=MOST_ROWS) * _ROW_POINTS + _HEAD_POINTS
    least, most = _SCALES
    return max(least, min(most, int(100 * min(width / (chars * _CHAR_POINTS), height / tallest))))
