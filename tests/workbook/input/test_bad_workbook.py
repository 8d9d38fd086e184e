"""What is wrong with a sheet as a whole, with the workbook, or with the file, is told as well."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.workbook.filled_in import all_findings, filled_in, new_book, read, saved, told


def test_an_empty_sheet_is_told(tmp_path: Path) -> None:
    book = new_book()
    book["Agents"].delete_rows(1, 2)
    assert told(saved(book, tmp_path)) == ["Agents  this sheet is empty. The people to be rostered."]


def test_a_sheet_with_headings_alone_is_told(tmp_path: Path) -> None:
    book = new_book()
    book["Agents"].delete_rows(2)
    assert told(saved(book, tmp_path)) == [
        "Agents  this sheet has headings, but no rows. The people to be rostered."
    ]


@pytest.mark.parametrize("title", ["Agnets", "aGENTS1"])
def test_a_missing_sheet_is_told_with_the_one_that_may_be_meant(tmp_path: Path, title: str) -> None:
    book = new_book()
    book["Agents"].title = title
    assert told(saved(book, tmp_path)) == [
        f'Agents  this sheet is missing. Did you mean the sheet "{title}"? The people to be rostered.'
    ]


def test_sheets_that_may_be_left_out_are_not_missed(tmp_path: Path) -> None:
    book = new_book()
    for title in ("Availability", "Fixed", "History", "Rule list"):
        del book[title]
    assert told(saved(book, tmp_path)) == []


def test_a_week_without_the_sheet_of_breaks_is_asked_about(tmp_path: Path) -> None:
    # deleted by mistake, it left shifts of 8 h 30 min at a stretch
    book = new_book()
    del book["Breaks"]
    (finding,) = told(saved(book, tmp_path))
    assert finding.startswith("Shifts!A2  no shift has any break, and 1 shift is longer than 6 h")


def test_cells_merged_across_columns_are_told(tmp_path: Path) -> None:
    book = new_book()
    book["Contracts"].merge_cells("B2:C2")
    merged = "the cells B2:C2 are merged across columns. Unmerge them."
    assert told(saved(book, tmp_path)) == [f"Contracts!B2  {merged}", f"Contracts!C2  {merged}"]


def test_a_hole_in_the_demand_is_one_question(tmp_path: Path) -> None:
    book = new_book()
    book["Demand"].delete_rows(54, 3)  # row 2 is Monday 00:00 and row 50 Tuesday 00:00
    assert told(saved(book, tmp_path)) == [
        "Demand!C53  there is no row for English 2024-03-05 02:00 to 03:30 (3 intervals), between the first "
        "and the last row of that day. Add the row behind this one, with 0 where nobody is needed."
    ]


def test_before_the_first_and_after_the_last_row_of_a_day_it_is_closed(tmp_path: Path) -> None:
    book = new_book()
    book["Demand"].delete_rows(50, 3)
    assert told(saved(book, tmp_path)) == []


def test_demand_behind_the_horizon_is_told_and_not_planned(tmp_path: Path) -> None:
    findings = all_findings(filled_in(tmp_path, {"Settings!B3": 6}))
    assert next(str(finding) for finding in findings if not finding.is_error) == (
        "Demand!A290  48 rows are for days after 2024-03-09: not planned now, but by staffcurve next. Mend "
        "the dates where they are meant for these days."
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "this is not an Excel workbook. Save it as .xlsx."),
        (b"date;start;required\n", "this is not an Excel workbook. Save it as .xlsx."),
        (
            b"PK\x03\x04 and then nothing",
            "this is not an Excel workbook, or it breaks off before its end. Save it as .xlsx.",
        ),
        (
            bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le"),
            "the workbook is protected with a password. Save a copy without one.",
        ),
        (
            bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 504,
            "this is a workbook of an old format (.xls), or protected. Save it as .xlsx.",
        ),
    ],
)
def test_what_is_no_workbook_is_told(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "week.xlsx"
    path.write_bytes(content)
    assert told(path) == [f"{path}  {message}"]


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    assert told(tmp_path / "none.xlsx") == [f"{tmp_path / 'none.xlsx'}  there is no such file."]
    assert told(tmp_path) == [f"{tmp_path}  this is a folder, not a workbook."]


def test_a_zip_of_something_else_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "week.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert told(path) == [f"{path}  this is not an Excel workbook. Save it as .xlsx."]


def test_a_damaged_workbook_is_told(tmp_path: Path) -> None:
    whole = filled_in(tmp_path, {})
    path = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[: len(content) // 2] if name.endswith("sheet3.xml") else content)
    [finding] = told(path)
    assert "the workbook is damaged" in finding
    assert finding.endswith("Open it in Excel and save it again.")


def test_a_workbook_of_something_else_misses_every_sheet(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("Groceries").append(["shopping", "list"])
    findings = told(saved(book, tmp_path))
    assert [line.split("  ")[0] for line in findings] == [
        "Settings", "Skills", "Demand", "Shifts", "Contracts", "Agents", "Rules", "Groceries",
    ]  # fmt: skip


def test_nothing_is_handed_out_when_there_are_errors(tmp_path: Path) -> None:
    reading = read(filled_in(tmp_path, {"Contracts!B2": "twenty"}))
    assert reading.problem is None
    assert reading.rules is not None  # nothing is wrong with those


def test_later_findings_get_the_cell_of_their_path(tmp_path: Path) -> None:
    named = ("Agents", "Availability", "Fixed", "Wishes", "History")
    path = filled_in(tmp_path, {f"{sheet}!A2": "Ada" for sheet in named})
    reading = read(path)
    assert reading.findings == ()
    assert reading.cells["agents", 0, "name"] == ("Agents", "A2")
    assert reading.cells["demand", 0, "required", 18] == ("Demand", "C20")  # 09:00 is the 19th half-hour
    assert reading.cells["grid", "days"] == ("Settings", "B3")
