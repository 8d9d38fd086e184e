"""Edits that a roster written anew remembers, and what is people's own, through refresh and repair."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from scheduler import BadInput, Stop, refresh, repair, verify_file, write_workbook
from scheduler.app import overwriting
from scheduler.app.repair.repairable import Repairable, read_repairable
from scheduler.app.repair.repairing import write_repaired
from scheduler.domain import Problem, TimeOff
from tests.attacks.forgeries import Case, cases
from tests.workbook.edits.test_hand_edits import a_moved_duty, edited, put

ONE_ROUND = Stop(seconds=None, rounds=1)


@pytest.fixture(scope="module")
def centre() -> Case:
    return cases()[0]


@pytest.fixture(scope="module")
def content(centre: Case) -> bytes:
    return centre.written(".xlsx")


@pytest.fixture
def refreshed(centre: Case, content: bytes, tmp_path: Path) -> tuple[Path, str]:
    """A roster whose one edit was made part of it, and the cell of that edit."""
    cell, times = a_moved_duty(centre, content)
    path = edited(content, tmp_path, put(cell, times))
    notes = refresh(path).notes
    assert notes[0].startswith("Kept as edited: 1 person's day, listed on the sheet Kept edits.")
    return path, cell


def repaired_into(
    target: Path, case: Case, old: Repairable, problem: Problem | None = None
) -> tuple[str, ...]:
    problem = problem or case.problem
    repaired = repair(
        problem, case.rules, old.roster, locked=old.locked, stop=ONE_ROUND, workers=1, counts=(0,)
    )
    return write_repaired(target, problem, case.rules, repaired, old)


class TestKeptEdits:
    def test_repair_still_keeps_an_edit_that_refresh_made_part_of_the_roster(
        self, centre: Case, refreshed: tuple[Path, str], tmp_path: Path
    ) -> None:
        # once refresh had written the roster anew, the edit was a day like any other, and repair changed it
        path, _ = refreshed
        assert verify_file(centre.problem, centre.rules, path).passed
        old = read_repairable(path, centre.problem)
        assert len(old.locked) == len(old.kept) == 1
        assert "stays as it is (Kept edits!A6)" in old.findings[0].message
        repaired_into(tmp_path / "new.xlsx", centre, old)
        assert verify_file(centre.problem, centre.rules, tmp_path / "new.xlsx").passed
        assert read_repairable(tmp_path / "new.xlsx", centre.problem).kept == old.kept  # and the one after it
        assert not read_repairable(path, centre.problem, keeps_edits=False).kept

    def test_its_day_is_marked_on_roster(self, refreshed: tuple[Path, str]) -> None:
        path, cell = refreshed
        roster: Any = load_workbook(path)["Roster"]
        marked = {
            one.coordinate
            for row in roster
            for one in row
            if one.border.left and one.border.left.style == "mediumDashed"
        }
        assert marked == {cell.partition("!")[2]}

    def test_solve_does_not_replace_it(self, centre: Case, refreshed: tuple[Path, str]) -> None:
        (said,) = overwriting.edits_in(refreshed[0], centre.problem, centre.rules)
        assert said == "1 day on the sheet Kept edits"

    def test_a_row_that_is_removed_lets_its_day_go_and_one_that_is_added_keeps_another(
        self, centre: Case, refreshed: tuple[Path, str], tmp_path: Path
    ) -> None:
        def other(book: Any) -> None:
            sheet = book["Kept edits"]
            sheet["A6"], sheet["B6"] = None, None
            sheet["A8"], sheet["B8"] = "ada", "16.06.2026"

        path = edited(refreshed[0].read_bytes(), tmp_path, other)
        assert verify_file(centre.problem, centre.rules, path).passed
        assert read_repairable(path, centre.problem).kept == {("Ada", 1)}
        refresh(path)
        assert load_workbook(path)["Kept edits"]["B6"].value == datetime(2026, 6, 16)

    @pytest.mark.parametrize(
        ("cell", "value", "said"),
        [
            ("A6", "Adda", "is not on"),
            ("B6", date(2027, 1, 1), "is not one of the planned days"),
            ("B6", "soon", "is not a date"),
            ("A5", "Who", "no row of headings"),
        ],
    )
    def test_what_is_no_day_is_refused_at_its_cell(
        self, cell: str, value: Any, said: str, centre: Case, refreshed: tuple[Path, str], tmp_path: Path
    ) -> None:
        path = edited(refreshed[0].read_bytes(), tmp_path, put(f"Kept edits!{cell}", value))
        with pytest.raises(BadInput, match=said) as refused:
            read_repairable(path, centre.problem)
        assert str(refused.value.findings[0].place).startswith("Kept edits")


def test_repair_takes_sheets_columns_and_remarks_along(centre: Case, content: bytes, tmp_path: Path) -> None:
    # repair left all of them out, and did not say so
    def own(book: Any) -> None:
        book.create_sheet("Notes")["A1"] = "call Ben"
        book["Duties"]["W4"], book["Duties"]["W7"] = "Phone", "555"
        book["Roster"]["D8"].comment = Comment("ask Ana", "me")
        book["Agents"]["Z1"], book["Agents"]["Z3"] = "Locker", 17

    old = edited(content, tmp_path, own)
    new = tmp_path / "new.xlsx"
    joined = centre.problem.agents[0].model_copy(update={"name": "Aaron", "history": (), "pins": ()})
    problem = centre.problem.model_copy(update={"agents": (joined, *centre.problem.agents)})
    notes = repaired_into(new, centre, read_repairable(old, problem), problem)
    book: Any = load_workbook(new)
    was: Any = load_workbook(old)
    assert book["Notes"]["A1"].value == "call Ben"
    assert book["Roster"]["D9"].comment.text == "ask Ana"  # one row lower, since Aaron stands first
    row = next(row for row in range(1, 20) if book["Agents"].cell(row, 1).value == was["Agents"]["A3"].value)
    assert book["Agents"].cell(row, book["Agents"].max_column).value == 17 and row == 4
    said = " ".join(notes)
    assert "your own sheets Notes" in said and "Duties (2 cells)" in said and "Roster!D9" in said
    report = verify_file(problem, centre.rules, new)
    assert report.passed and any("Notes" in line for line in report.not_read)


def test_repair_into_json_says_what_has_no_place_there(centre: Case, content: bytes, tmp_path: Path) -> None:
    old = edited(content, tmp_path, lambda book: book.create_sheet("Notes").append(["call Ben"]))
    notes = repaired_into(tmp_path / "new.json", centre, read_repairable(old, centre.problem))
    assert notes == ("Not kept: a result in JSON has no place for what is your own.",)


def test_sick_on_roster_is_understood_where_the_week_has_the_absence(
    centre: Case, content: bytes, tmp_path: Path
) -> None:
    # the row on Availability is in the week; the roster's own copy of the input does not have it yet
    duty = next(one for one in centre.outcome.roster.duties if one.agent == "Ada" and one.day == 0)
    away = TimeOff(start=datetime(2026, 6, 15), end=datetime(2026, 6, 16), kind="sick")
    ada, *others = centre.problem.agents
    sick = centre.problem.model_copy(
        update={"agents": (ada.model_copy(update={"time_off": (*ada.time_off, away), "pins": ()}), *others)}
    )
    cell = next(
        f"Roster!D{row}"
        for row in range(7, 20)
        if load_workbook(BytesIO(content))["Roster"].cell(row, 1).value == "Ada"
    )
    path = edited(content, tmp_path, put(cell, "sick"))
    old = read_repairable(path, sick)
    assert duty in old.roster.duties  # so that the call is credited with its hours
    assert not old.locked


def sheet_of_ones_own_called_changes(book: Any) -> None:
    book.create_sheet("Changes")["A1"] = "Ben instead of Ada"


def test_a_sheet_changes_that_no_repair_wrote_is_named(centre: Case, content: bytes, tmp_path: Path) -> None:
    # verify passed over any sheet of that name without a word
    path = edited(content, tmp_path, sheet_of_ones_own_called_changes)
    report = verify_file(centre.problem, centre.rules, path)
    assert report.passed and report.not_read == ('Not read: your own sheets, "Changes".',)
    refresh(path)
    assert load_workbook(path)["Changes"]["A1"].value == "Ben instead of Ada"


def test_the_sheet_changes_of_a_repair_is_named_as_not_verified(
    centre: Case, content: bytes, tmp_path: Path
) -> None:
    new = tmp_path / "new.xlsx"
    repaired_into(new, centre, read_repairable(edited(content, tmp_path, lambda _: None), centre.problem))
    report = verify_file(centre.problem, centre.rules, new)
    assert report.passed and report.not_read == ("Not verified: Changes, which tells how a repair went.",)


@pytest.mark.parametrize("name", ["Roster", "Duties"])
def test_a_renamed_sheet_is_asked_about(name: str, centre: Case, content: bytes, tmp_path: Path) -> None:
    # refresh wrote the roster without what was edited on the renamed sheet, and exited with 0
    def rename(book: Any) -> None:
        book[name].title = "Plan"

    path = edited(content, tmp_path, rename)
    before = path.read_bytes()
    for ask in (lambda: verify_file(centre.problem, centre.rules, path), lambda: refresh(path)):
        with pytest.raises(BadInput, match=f'Plan .*this looks like the sheet "{name}" under another name'):
            ask()
    assert path.read_bytes() == before


def test_marks_of_a_repair_stand_beside_absences_too(centre: Case, content: bytes, tmp_path: Path) -> None:
    # rows of absences on Duties were not counted, and the lines stood around other people's duties
    problem = centre.problem
    day = problem.grid.days - 1
    away = TimeOff(start=datetime(2026, 6, 15), end=datetime(2026, 6, 16), kind="sick", paid_minutes=0)
    ada, *others = problem.agents
    sick = problem.model_copy(
        update={"agents": (ada.model_copy(update={"time_off": (*ada.time_off, away), "pins": ()}), *others)}
    )
    write_workbook(tmp_path / "week.xlsx", sick, centre.rules)
    old = read_repairable(edited(content, tmp_path, lambda _: None), sick)
    new = tmp_path / "new.xlsx"
    repaired = repair(sick, centre.rules, old.roster, stop=ONE_ROUND, workers=1, counts=(0,), change_price=0)
    write_repaired(new, sick, centre.rules, repaired, old)
    changed = {(one.agent, one.on) for one in repaired.comparison.changes if one.after}
    sheet: Any = load_workbook(new)["Duties"]
    framed = {
        (sheet.cell(row, 1).value, sheet.cell(row, 6).value.date())
        for row in range(5, sheet.max_row + 1)
        for cell in sheet[row]
        if cell.border.left and cell.border.left.style in ("thick", "medium")
    }
    assert framed == changed and changed and day
