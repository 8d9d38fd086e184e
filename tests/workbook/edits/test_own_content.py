"""What planners add to a roster workbook, or write in other words: named, kept, no part of the verdict."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from scheduler import BadInput, refresh, verify_file
from scheduler.app.results.read_back import result_book
from scheduler.io.cells.parse import Unreadable
from scheduler.io.files.streams import source_of
from scheduler.io.files.workbook_file import open_workbook
from scheduler.io.result.differences.workbook_differences import WorkbookComparison
from scheduler.io.result.reading.typed_shifts import is_absence, typed_shifts
from tests.attacks.forgeries import Case, cases
from tests.workbook.edits.test_hand_edits import Edit, edited, put


@pytest.fixture(scope="module")
def centre() -> Case:
    return cases()[0]


@pytest.fixture(scope="module")
def content(centre: Case) -> bytes:
    return centre.written(".xlsx")


def own_sheet(book: Any) -> None:
    book.create_sheet("Notes")["A1"] = "=1+1"


def own_column(book: Any) -> None:
    book["Duties"]["W4"], book["Duties"]["W6"] = "Twice", "=L6*2"


def column_between(book: Any) -> None:
    book["Duties"].insert_cols(3)
    book["Duties"]["C4"], book["Duties"]["C7"] = "Phone", "555"


def remark(book: Any) -> None:
    book["Roster"]["D8"].comment = Comment("ask Ana", "me")


def crossed_out(book: Any) -> None:
    book["Roster"]["D8"].font = book["Roster"]["E8"].font = Font(strike=True)


@pytest.mark.parametrize(
    ("edit", "named"),
    [
        (crossed_out, "Crossed out, and verified all the same: Roster!D8"),
        (own_sheet, '"Notes"'),
        (own_column, 'Duties!W ("Twice", 1 cell)'),
        (column_between, 'Duties!C ("Phone", 2 cells)'),
        (remark, "Roster!D8"),
    ],
)
def test_what_is_peoples_own_is_named_and_changes_no_verdict(
    edit: Edit, named: str, centre: Case, content: bytes, tmp_path: Path
) -> None:
    # a sheet or a column of one's own was "wrong, 1 fault", and verify exited with 5
    report = verify_file(centre.problem, centre.rules, edited(content, tmp_path, edit))
    assert report.passed
    assert len(report.not_read) == 1 and named in report.not_read[0]


def colours_and_filters(book: Any) -> None:
    book["Roster"]["D8"].fill = PatternFill("solid", fgColor="FF0000")
    book["Agent hours"].auto_filter.ref = "A4:F8"


def blank_row_on_roster(book: Any) -> None:
    book["Roster"].insert_rows(9)


def in_other_words(book: Any) -> None:
    sheet = book["Duties"]
    sheet["A5"], sheet["E5"], sheet["F5"] = "ADA ", "Duty", "15.06.2026"
    sheet["G5"], sheet["H5"], sheet["I5"], sheet["R5"] = "day", "9:00", None, "Paid"


@pytest.mark.parametrize("edit", [colours_and_filters, blank_row_on_roster, in_other_words])
def test_looks_and_other_words_say_nothing(
    edit: Callable[[Any], None], centre: Case, content: bytes, tmp_path: Path
) -> None:
    # a name in capitals was a fault, and a blank end date too, although both were read as meant
    report = verify_file(centre.problem, centre.rules, edited(content, tmp_path, edit))
    assert report.passed and report.not_read == ()


def sick_row(book: Any) -> None:
    sheet = book["Duties"]
    sheet.append(["Ada", None, None, None, "sick", datetime(2026, 6, 15)])


@pytest.mark.parametrize(
    ("edit", "cell", "words"),
    [
        (sick_row, "Duties!E27", "Write it on Availability"),
        (put("Duties!F5", datetime(2026, 6, 16)), "Duties!I5", "is before the date 2026-06-16"),
    ],
)
def test_what_means_nothing_is_refused_where_it_is_mended(
    edit: Edit, cell: str, words: str, centre: Case, content: bytes, tmp_path: Path
) -> None:
    # a sick row was "Ada stands where nothing belongs"; a copied duty was said to end before it starts
    with pytest.raises(BadInput) as refused:
        verify_file(centre.problem, centre.rules, edited(content, tmp_path, edit))
    (finding,) = refused.value.findings
    assert str(finding.place) == cell and words in str(finding)


def free_cell(case: Case, content: bytes) -> str:
    """The cell on Roster of a day on which somebody is free."""
    sheet: Any = load_workbook(BytesIO(content))["Roster"]
    return next(
        f"Roster!{cell.coordinate}" for row in sheet.iter_rows(7, 12, 4) for cell in row if cell.value == "–"
    )


@pytest.mark.parametrize("is_free", [False, True])
def test_an_absence_typed_on_roster_is_refused_at_its_cell(
    is_free: bool, centre: Case, content: bytes, tmp_path: Path
) -> None:
    # on a free day nothing was said of it at all, and on a working day it was an old figure
    cell = free_cell(centre, content) if is_free else "Roster!D7"
    path = edited(content, tmp_path, put(cell, "sick"))
    for ask in (lambda: verify_file(centre.problem, centre.rules, path), lambda: refresh(path)):
        with pytest.raises(BadInput) as refused:
            ask()
        (finding,) = refused.value.findings
        assert str(finding.place) == cell and "on Availability" in str(finding)


@pytest.mark.parametrize("word", ["sick since 8:00", "Day, sick", "sick\n09:00–17:00", "on holiday from 12"])
def test_what_holds_a_word_of_absence_is_sent_to_availability(word: str, centre: Case) -> None:
    with pytest.raises(Unreadable) as refused:
        typed_shifts(word, centre.problem)
    assert "on Availability" in refused.value.hint


@pytest.mark.parametrize("word", ["sick", "Krank", "on leave", "training", "Annual Leave", "病假"])
def test_words_of_absence(word: str, centre: Case) -> None:
    assert is_absence(word, centre.problem) and typed_shifts(word, centre.problem) == ()
    shift = centre.problem.templates[0].model_copy(update={"name": word})
    named = centre.problem.model_copy(update={"templates": (shift,)})
    assert not is_absence(word, named) and typed_shifts(word, named)[0].template == word


def test_refresh_keeps_columns_and_remarks(content: bytes, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        column_between(book)
        remark(book)

    path = edited(content, tmp_path, edit)
    notes = refresh(path).notes
    book: Any = load_workbook(path)
    assert (book["Duties"]["W4"].value, book["Duties"]["W7"].value) == ("Phone", "555")
    assert book["Duties"]["C4"].value == "Team"
    assert book["Roster"]["D8"].comment.text == "ask Ana"
    assert any("Roster!D8" in note for note in notes) and any("Duties (2 cells)" in note for note in notes)


@pytest.mark.parametrize(
    ("heading", "at"), [("Start", 3), ("Start", 12), ("Shift", 3), ("End", 2), ("Break 1 start", 3)]
)
def test_two_columns_that_could_be_read_are_asked_about(
    heading: str, at: int, centre: Case, content: bytes, tmp_path: Path
) -> None:
    # the right one was read, and a start that was typed in the other was neither named nor kept by refresh
    def twice(book: Any) -> None:
        book["Duties"].insert_cols(at)
        book["Duties"].cell(4, at, heading)
        book["Duties"].cell(5, at, "06:00")

    path = edited(content, tmp_path, twice)
    for ask in (lambda: verify_file(centre.problem, centre.rules, path), lambda: refresh(path)):
        with pytest.raises(BadInput, match=f'the heading "{heading}" stands here and in'):
            ask()


def test_formats_that_an_added_row_moves_are_the_rosters_own(centre: Case, content: bytes) -> None:
    # An edit added rows to Summary, and below them the recount's headings stood where figures had been.
    counted, written = (result_book(centre.problem, centre.rules, centre.outcome) for _ in range(2))
    counted.book["Summary"].insert_rows(40, 2)
    with open_workbook(source_of(content)) as opened:
        comparison = WorkbookComparison(opened)
        comparison.whole(counted)
        assert {title for title, _ in comparison.own.formats} == {"Summary"}
        comparison.again(written, ["Summary"])
    assert comparison.own.formats == {}
