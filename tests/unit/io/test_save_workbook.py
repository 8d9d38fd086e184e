"""Workbooks as they are saved: the same bytes as openpyxl's, which is slower."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.comments import Comment
from openpyxl.styles import Font

from scheduler.app.results.read_back import result_book
from scheduler.io.files.writing.save_workbook import save_workbook
from tests.attacks.forgeries import cases

VALUES = (
    *("plain", " kept ", "  ", "", "two\nlines", "a < b & c > d \"'", "Zoë 周三 \U0001f600", "=not typed"),
    *(0, 1, -3, 2**70, 0.1, 1e300, 1 / 3, float("nan"), float("inf"), True, False, None),
    *(date(2024, 3, 4), datetime(2024, 3, 4, 5, 6, 7), time(23, 45), timedelta(hours=30), date(1900, 1, 5)),
    *("=1+2", "#N/A", CellRichText("rich")),
)


def parts(saved: BytesIO) -> dict[str, bytes]:
    """Every part of a workbook but the one with the moment at which it was saved."""
    with ZipFile(saved) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"}


def assert_alike(made: Callable[[], Any]) -> None:
    """The parts are the same as we save them and as openpyxl does; each has a book, which saving changes."""
    ours, theirs = BytesIO(), BytesIO()
    save_workbook(made(), ours)
    made().save(theirs)
    saved, expected = parts(ours), parts(theirs)
    assert saved.keys() == expected.keys()
    for name, content in saved.items():
        assert content == expected[name], name


def of_every_kind() -> Workbook:
    """A workbook with every kind of cell."""
    book = Workbook()
    sheet: Any = book.active
    for row, value in enumerate(VALUES, start=1):
        sheet.cell(row, 1).value = value
        sheet.cell(row, 28).value = value
        sheet.cell(row, 28).font = Font(bold=True)
    sheet["A3"].comment = Comment("said & done", "planner")
    sheet["C4"].comment = Comment("on an empty cell", "planner")
    sheet["D5"].hyperlink = "https://example.org/?a=1&b=2"
    sheet["E6"].font = Font(italic=True)  # an empty cell with a look
    sheet["F7"] = "=not a formula"
    sheet["F7"].data_type = "s"
    sheet.merge_cells("G8:H9")
    sheet.row_dimensions[2].height = 31.5
    sheet.row_dimensions[99].hidden = True  # a row without cells
    book.create_sheet("Nothing")
    return book


def test_every_kind_of_cell_is_written_as_openpyxl_writes_it() -> None:
    assert_alike(of_every_kind)


def test_a_roster_is_written_as_openpyxl_writes_it() -> None:
    case = cases()[0]
    assert_alike(lambda: result_book(case.problem, case.rules, case.outcome).book)
