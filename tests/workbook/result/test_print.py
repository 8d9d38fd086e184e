"""How a roster prints: no sheet is cut into columns, and headings stand on every page."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from scheduler.domain import TimeGrid
from scheduler.io.result.contents.short_names import short_names
from scheduler.io.result.reading.typed_shifts import OFF, typed_shifts
from scheduler.io.result.sheets.coverage.coverage import FIRST_ROW
from scheduler.io.result.sheets.coverage.coverage_pages import pages, places_of_charts, scale_of
from scheduler.io.result.sheets.coverage.timeline import LEGEND_ROW, TELLS_ROW, _page
from tests.attacks.forgeries import cases

WITHOUT_TABLE = {"Summary", "Settings", "As written", "Certificate"}
"""Sheets of one page, of labels and values, or for programs."""


def test_every_sheet_fits_to_the_width_of_a_page_and_repeats_its_headings() -> None:
    # all of the example's workbook was 151 pages, 110 of them columns of the input cut apart
    book: Any = load_workbook(BytesIO(cases()[0].written(".xlsx")))
    for sheet in book:
        if sheet.sheet_state == "hidden":
            continue
        is_scaled = sheet.page_setup.scale is not None
        assert is_scaled or (sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToWidth), (
            sheet
        )
        assert sheet.print_title_rows or sheet.title in WITHOUT_TABLE, sheet


def test_every_printed_day_of_the_timeline_has_heading_and_legend() -> None:
    # on the pages of the second to the last day the heading was cut and the legend was missing
    case = cases()[0]
    sheet: Any = load_workbook(BytesIO(case.written(".xlsx")))["Timeline"]
    areas = [
        range_boundaries(area.replace("$", "").rpartition("!")[2]) for area in sheet.print_area.split(",")
    ]
    assert len(areas) == case.problem.grid.days
    for first, _, last, _ in areas:
        assert str(sheet.cell(TELLS_ROW, first).value).startswith("One column is 15 minutes")
        words = [sheet.cell(LEGEND_ROW, column).value for column in range(first, last + 1)]
        assert {"D Day", "L Late", "N Night", "paid break", "unpaid break"} <= set(words)
    assert sheet.print_title_cols == "$A:$A" and sheet.print_title_rows.startswith("$1:")


@pytest.mark.parametrize(
    ("columns", "agents", "portrait"),
    [
        (96, 475, False),  # a whole day is too wide for an upright page
        (68, 475, True),  # 5 upright pages a day: 102 rows at 53 %
        (48, 25, False),  # one page either way: the larger picture
    ],
)
def test_a_day_of_the_timeline_takes_as_few_pages_as_can_be_read(
    columns: int, agents: int, portrait: bool
) -> None:
    # 475 agents took 8 pages a day
    assert _page(columns, agents + 6, 6)[0] is portrait


def test_a_roster_is_read_without_its_colours() -> None:
    # printed in black and white, the greys of three shifts could not be told apart
    case = cases()[0]
    short = short_names(case.problem)
    assert short == {"Day": "D", "Late": "L", "Night": "N"}
    for name, letters in short.items():
        assert [one.template for one in typed_shifts(f"{letters} 9:00-17:00", case.problem)] == [name]
        assert [one.template for one in typed_shifts(letters, case.problem)] == [name]
    sheet: Any = load_workbook(BytesIO(case.written(".xlsx")))["Roster"]
    shown = [cell.value for row in sheet.iter_rows(min_row=6, min_col=4) for cell in row]
    duties = [value for value in shown if isinstance(value, str) and "–" in value and ":" in value]
    assert len(duties) == len(case.outcome.roster.duties)
    assert {value.split()[0] for value in duties} <= set(short.values())


@pytest.mark.parametrize(
    "names",
    [
        ("Early", "Evening", "Early short", "E", "Ev"),
        ("Off", "X-ray", "Pto", "Ill"),
        ("1", "2", "early 1", "early 2"),
        ("早班", "晚班", "休"),
        tuple(f"Shift {number}" for number in range(40)),
    ],
)
def test_short_names_are_one_each_and_no_other_word(names: tuple[str, ...]) -> None:
    problem = cases()[0].problem
    templates = tuple(problem.templates[0].model_copy(update={"name": name}) for name in names)
    short = short_names(problem.model_copy(update={"templates": templates}))
    said = [letters.casefold() for letters in short.values()]
    assert len(set(said)) == len(names) and not set(said) & ({name.casefold() for name in names} | OFF)


def test_coverage_prints_by_the_day_and_cuts_no_chart() -> None:
    # breaks of the charts' pages cut the figures beside them, in the middle of a day
    case = cases()[0]
    sheet: Any = load_workbook(BytesIO(case.written(".xlsx")))["Coverage"]
    grid, breaks = case.problem.grid, [one.id for one in sheet.row_breaks.brk]
    ends = [FIRST_ROW - 1 + grid.day_start(day + 1) // grid.interval_minutes for day in range(grid.days)]
    assert set(ends) <= set(breaks) or len(breaks) < grid.days  # short days share a page
    edges = [0, *breaks]
    for chart in sheet._charts:
        first, last = chart.anchor._from.row + 1, chart.anchor.to.row
        assert not any(first <= edge < last for edge in edges)
    assert sheet.page_setup.scale and sheet.print_title_rows == "$4:$5"
    # its figures took 14 pages of the week that the example prints on
    assert ":$J$" in sheet.print_area and "," not in sheet.print_area


def test_narrow_sheets_of_the_input_print_upright() -> None:
    # History took two pages for one: six narrow columns on a page on its side
    book: Any = load_workbook(BytesIO(cases()[0].written(".xlsx")))
    assert book["History"].page_setup.orientation == book["Availability"].page_setup.orientation == "portrait"
    assert book["Rules"].page_setup.orientation == "landscape"


@pytest.mark.parametrize(
    ("minutes", "days", "rows"),
    [
        (30, 2, [(6, 53), (54, 101)]),  # a day is a page
        (15, 1, [(6, 53), (54, 101)]),  # a day is two
        (60, 3, [(6, 53), (54, 77)]),  # two days are a page
    ],
)
def test_pages_of_coverage_are_whole_days_or_parts_of_one(
    minutes: int, days: int, rows: list[tuple[int, int]]
) -> None:
    grid = TimeGrid(first_day=date(2026, 1, 5), days=days, interval_minutes=minutes)
    cut = pages(grid, FIRST_ROW)
    assert [(page.first_row, page.last_row) for page in cut] == rows
    # three rows of charts fit on 48 rows, and one on a shorter last page; the next page lies behind it
    assert places_of_charts(cut, 16, 4)[:3] == [6, 22, 38]
    assert len(places_of_charts(cut, 16, 9)) == 9
    assert scale_of(cut, 76) == 63 and scale_of(cut, 196) == 55
