"""The Shift coverage sheet: people required and scheduled on each shift, a line a day.

Only where the input asks for people by shift and day. Over and under are kept apart, never netted; a day
without a headcount is blank.
"""

from openpyxl.utils import get_column_letter

from scheduler.io.files.styles import (
    BAD,
    BAD_FILL,
    BODY,
    HEADING,
    HEADING_LEFT,
    TOTAL,
    WARN,
    WARN_FILL,
    CellValue,
    Look,
)
from scheduler.io.result.contents import names
from scheduler.io.result.sheets.page import ResultBook, freeze, mark_positive, same_width, widths
from scheduler.texts import text

GROUP_ROW, HEADING_ROW = 4, 5
FIRST_ROW = HEADING_ROW + 1
COLUMNS = ("Required", "Scheduled", "Over", "Under")
LIMITED_COLUMNS = (*COLUMNS, "At most", "Beyond")
"""Of a shift that has a maximum."""
_FIRST_COLUMN = 3
_GROUPS = ("1F4E79", "3E6A94")
_NUMBER = BODY.but(number_format='#,##0;-#,##0;"–"')
_REQUIRED = BODY.but(number_format="#,##0")  # a zero is a requirement, a dash would look like none
_TOTAL = TOTAL.but(number_format="#,##0")


def add_shift_coverage(result: ResultBook) -> None:
    """Add the sheet."""
    heads, grid = result.report.headcounts, result.problem.grid
    pen = result.sheet(
        names.SHIFT_COVERAGE,
        "Shift coverage",
        text(
            "People on each shift; a shift belongs to the day on which it starts. With a skill behind its "
            "name only people with that skill count: they are among the people of the shift and are not "
            "added to them. Over is shaded yellow, under and beyond the most red."
        ),
    )
    sheet = pen.sheet
    pen.span(GROUP_ROW, 1, 2, "Day", HEADING)
    pen.row(HEADING_ROW, 1, [("Date", HEADING_LEFT), ("Weekday", HEADING_LEFT)])
    columns_of = {
        row: COLUMNS if set(most) == {None} else LIMITED_COLUMNS for row, most in heads.maximum.items()
    }
    first_of, after = {}, _FIRST_COLUMN
    for position, (row, columns) in enumerate(columns_of.items()):
        look = HEADING.but(fill=_GROUPS[position % 2])
        first_of[row], after = after, after + len(columns)
        pen.span(GROUP_ROW, first_of[row], after - 1, row, look)
        pen.row(HEADING_ROW, first_of[row], [(heading, look) for heading in columns])
    for day in range(grid.days):
        on = grid.date(day)
        cells: list[tuple[CellValue, Look]] = [
            (on, BODY.but(number_format="yyyy-mm-dd", across="left")),
            (f"{on:%A}", BODY),
        ]
        for row in heads.required:
            cells += [
                (heads.required[row][day], _REQUIRED),
                (heads.scheduled[row][day], _NUMBER),
                (heads.superfluous[row][day], _NUMBER),
                (heads.missing[row][day], _NUMBER),
            ]
            if columns_of[row] is LIMITED_COLUMNS:
                cells += [(heads.maximum[row][day], _REQUIRED), (heads.beyond_maximum[row][day], _NUMBER)]
        pen.row(FIRST_ROW + day, 1, cells)
    last_day = FIRST_ROW + grid.days - 1
    pen.row(last_day + 1, 1, [("All days", TOTAL), ("", TOTAL)])
    for row, first in first_of.items():
        pen.row(last_day + 1, first, [(number, _TOTAL) for number in heads.of(row)])
        marks = [(first + 2, WARN, WARN_FILL), (first + 3, BAD, BAD_FILL)]
        if columns_of[row] is LIMITED_COLUMNS:
            beyond = sum(heads.beyond_maximum[row])
            pen.row(last_day + 1, first + len(COLUMNS), [(None, _TOTAL), (beyond, _TOTAL)])
            marks.append((first + 5, BAD, BAD_FILL))
        for column, ink, fill in marks:
            mark_positive(sheet, column, first_row=FIRST_ROW, last_row=last_day, ink=ink, fill=fill)
    last_column = after - 1
    widths(sheet, 13, 12)
    same_width(sheet, _FIRST_COLUMN, last_column + 1, 11)
    freeze(sheet, row=FIRST_ROW, column=_FIRST_COLUMN)
    result.print_set_up(
        sheet,
        area=f"A1:{get_column_letter(last_column)}{last_day + 1}",
        title_rows=f"{GROUP_ROW}:{HEADING_ROW}",
        title_columns="A:B",
    )
