"""Sheets written into workbooks of other programs: dates, prefixes, looks, tables."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.table import Table

from scheduler import BadInput
from scheduler.app.forecasts.weeks import forecast_into_week
from tests.demand.forecast.test_bad_input import rows
from tests.demand.forecast.test_carried import WEEK

HISTORY = rows(15, "2026-05-31").assign(**{"AHT (s)": 300})


def changed(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change one part of a workbook."""
    with ZipFile(path) as old:
        files = {name: old.read(name) for name in old.namelist()}
    files[part] = change(files[part].decode("utf-8")).encode("utf-8")
    with ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name, content in files.items():
            new.writestr(name, content)


def with_prefix(markup: str) -> str:
    """The same elements under a prefix, as some programs write them."""
    named = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", markup)
    return named.replace("xmlns=", "xmlns:x=", 1)


def volumes_of(path: Path) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)["Volumes"].iter_rows(values_only=True))[1:]


def looks(row: tuple[Cell, ...]) -> list[str]:
    return [f"{cell.font} {cell.fill} {cell.border} {cell.number_format}" for cell in row]


@pytest.fixture
def week(tmp_path: Path) -> Path:
    path = tmp_path / "week.xlsx"
    path.write_bytes(WEEK.read_bytes())
    return path


def part_of(path: Path, title: str) -> str:
    return f"xl/worksheets/sheet{openpyxl.load_workbook(path).sheetnames.index(title) + 1}.xml"


def test_dates_are_dates_and_of_the_workbook_s_own_calendar(week):
    book = openpyxl.load_workbook(week)
    book.epoch = CALENDAR_MAC_1904
    book.save(week)
    forecast_into_week(HISTORY, week).write(week)
    # without the workbook's own epoch they would be four years late
    assert datetime(2026, 6, 15) in {row[0] for row in volumes_of(week)}


@pytest.mark.parametrize("part", ["xl/styles.xml", "Volumes"])
def test_markup_with_prefixes(week, part):
    changed(week, part_of(week, "Volumes") if part == "Volumes" else part, with_prefix)
    forecast_into_week(HISTORY, week).write(week)
    assert ("English", 10, 300) in {row[2:] for row in volumes_of(week)}
    assert openpyxl.load_workbook(week)["Forecast"]["A1"].value == "Forecast of 2026-06-15 to 2026-06-21"


def test_looks_of_other_sheets_stay_and_new_ones_have_theirs(week):
    book = openpyxl.load_workbook(week)
    book["Skills"]["B2"].number_format = '0.000" EUR"'
    book.save(week)
    before = openpyxl.load_workbook(week)["Skills"]
    for _ in range(2):
        forecast_into_week(HISTORY, week).write(week)
    book = openpyxl.load_workbook(week)
    assert list(map(looks, book["Skills"]["1:2"])) == list(map(looks, before["1:2"]))
    assert book["Forecast"]["A1"].font.size == 18 and book["Forecast"].freeze_panes == "B2"
    assert book["Volumes"]["A1"].font.b and book["Volumes"]["A1"].fill.fgColor.rgb == "001F3A5F"
    assert book["Calendar"].freeze_panes == "A2" and book["Calendar"].page_setup.orientation == "landscape"
    dated = next(row[0] for row in book["Volumes"].iter_rows() if row[0].is_date)
    assert dated.number_format == "yyyy-mm-dd"


def test_an_excel_table_is_refused(week):
    book = openpyxl.load_workbook(week)
    sheet = book["Volumes"]
    sheet.auto_filter.ref = None
    sheet.add_table(Table(displayName="Volumes1", ref=sheet.dimensions))
    book.save(week)
    with pytest.raises(BadInput, match="is an Excel table, whose rows are not replaced"):
        forecast_into_week(HISTORY, week)


def test_what_cannot_be_read_of_volumes_is_not_written_over(week):
    # was written as 0 contacts
    book = openpyxl.load_workbook(week)
    sheet = book["Volumes"]
    at = next(row for row in range(2, sheet.max_row) if sheet.cell(row, 3).value == "Mail")
    sheet.cell(at, 4, "six")
    book.save(week)
    with pytest.raises(BadInput, match=rf'Volumes!D{at}  Contacts: "six" is not a number'):
        forecast_into_week(HISTORY, week)
    sheet.cell(at, 4, 6)
    sheet.cell(1, 8, "Remark")
    sheet.cell(at, 8, "mine")
    book.save(week)
    made = forecast_into_week(HISTORY, week)
    assert 'the column "Remark" is not read' in " ".join(map(str, made.findings))
    assert "The sheet Volumes was written anew from what is read of it." in made.notes


def test_a_workbook_in_chinese_keeps_its_headings(week):
    book = openpyxl.load_workbook(week)
    book["Volumes"].title = "话务量"
    book.save(week)
    forecast_into_week(HISTORY, week).write(week)
    found = openpyxl.load_workbook(week)
    assert "Volumes" not in found.sheetnames and found["话务量"]["A1"].value == "日期"
