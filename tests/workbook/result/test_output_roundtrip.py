"""A roster goes into a workbook and comes back equal; an edited cell is read as it was edited."""

import json
from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from scheduler.domain import (
    Agent,
    Certificate,
    CrewPrices,
    Duty,
    Outcome,
    PlacedBreak,
    Problem,
    Roster,
)
from scheduler.io.result.documents.json_document import result_document
from scheduler.io.result.reading.sources import RosterReading
from scheduler.io.result.reading.workbook_reader import read_roster
from scheduler.io.result.sheets.roster.duties import FIXED, HEADING_ROW
from scheduler.io.result.workbook_writer import result_sheets
from tests.workbook.sample import (
    EARLY,
    INPUT_HASH,
    duty_of,
    outcome_of,
    small_outcome,
    small_problem,
    small_roster,
    small_rules,
)

Edit = Callable[[Any], None]
FIRST_ROW = HEADING_ROW + 1


def in_order(roster: Roster | None) -> list[Duty]:
    assert roster is not None
    return sorted(roster.duties, key=lambda duty: (duty.agent, duty.start))


def written(problem: Problem, outcome: Outcome, path: Path) -> Path:
    result_sheets(problem, small_rules(), outcome, outcome.report).book.save(path)
    return path


def column_of(sheet: Any, heading: str) -> int:
    return next(int(cell.column) for cell in sheet[HEADING_ROW] if cell.value == heading)


def row_of(sheet: Any, agent: str, number: int = 0) -> int:
    rows = [row for row in range(FIRST_ROW, sheet.max_row + 1) if sheet.cell(row, 1).value == agent]
    return int(rows[number])


@cache
def small_file() -> bytes:
    """The small result as a workbook, of which only the sheets that are read are kept."""
    problem, rules, outcome = small_outcome()
    book = result_sheets(problem, rules, outcome, outcome.report).book
    for name in set(book.sheetnames) - {"Summary", "Duties", "Certificate"}:
        book.remove(book[name])
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def edited(path: Path, problem: Problem, edit: Callable[[Workbook], None]) -> RosterReading:
    """Change the saved small result, save it again, and read it."""
    book = load_workbook(BytesIO(small_file()))
    edit(book)
    book.save(path)
    return read_roster(path, problem)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "roster.xlsx"


def test_the_roster_comes_back(path: Path) -> None:
    problem, _, outcome = small_outcome()
    reading = read_roster(written(problem, outcome, path), problem)
    assert reading.findings == ()
    assert in_order(reading.roster) == in_order(outcome.roster)


def test_the_certificate_comes_back(path: Path) -> None:
    problem, _, outcome = small_outcome()
    reading = read_roster(written(problem, outcome, path), problem)
    assert reading.certificate == outcome.certificate
    assert reading.input_hash == INPUT_HASH


def test_the_certificate_is_hidden_and_keeps_more_digits_than_a_spreadsheet(path: Path) -> None:
    problem, _, outcome = small_outcome()
    # 2**60 has 19 digits; a cell that holds a number keeps 15.
    huge = outcome.certificate.model_copy(update={"bound": 2**60 + 1})
    outcome = outcome.model_copy(update={"certificate": huge})
    reading = read_roster(written(problem, outcome, path), problem)
    assert reading.certificate is not None
    assert reading.certificate.bound == 2**60 + 1
    assert load_workbook(path)["Certificate"].sheet_state == "hidden"


CREWS = (
    CrewPrices(skill="a:b", day=0, first_slot=3, premium=-7, prices=((1, -2), (3, 4))),
    CrewPrices(skill="a:b", day=1, first_slot=30, premium=2**40, prices=((5, 6, 7),)),
)


def test_crews_come_back(path: Path) -> None:
    problem, rules, outcome = small_outcome()
    certified = outcome.certificate.model_copy(update={"crews": CREWS})
    outcome = outcome.model_copy(update={"certificate": certified})
    assert read_roster(written(problem, outcome, path), problem).certificate == certified
    document = json.loads(json.dumps(result_document(problem, rules, outcome)))
    assert Certificate.model_validate_json(json.dumps(document["certificate"])) == certified


@pytest.mark.parametrize(
    "heading, message",
    [
        ("crew:1", 'the heading "crew:1" does not say which crew it is of.'),
        ("crew:0:3:-7:5:a:b", 'the columns of the crew in "crew:0:3:-7:5:a:b" are not in order.'),
    ],
)
def test_a_crew_that_was_changed_by_hand_is_told(path: Path, heading: str, message: str) -> None:
    problem, _, outcome = small_outcome()
    certified = outcome.certificate.model_copy(update={"crews": CREWS})
    written(problem, outcome.model_copy(update={"certificate": certified}), path)
    book = load_workbook(path)
    cells = [cell for row in book["Certificate"].iter_rows() for cell in row]
    next(cell for cell in cells if cell.value == "crew:0:3:-7:2:a:b").value = heading
    book.save(path)
    reading = read_roster(path, problem)
    assert reading.certificate is None
    assert message in [finding.message for finding in reading.findings]


def test_a_certificate_without_prices_comes_back(path: Path) -> None:
    problem, _, outcome = small_outcome()
    bare = Certificate(slot_minutes=15, prices={}, carried_rules=(), bound=0, unavoidable_wages=0)
    outcome = outcome.model_copy(update={"certificate": bare})
    assert read_roster(written(problem, outcome, path), problem).certificate == bare


@pytest.mark.parametrize(
    "first_day",
    [
        date(2024, 3, 30),  # Berlin skips 02:00 to 03:00 on the 31st
        date(2024, 10, 26),  # and has it twice on the 27th
    ],
)
def test_a_night_with_a_change_of_clock_comes_back(path: Path, first_day: date) -> None:
    problem = small_problem(first_day=first_day)
    # The hour that comes twice (or not at all) is 1560 to 1680; breaks begin, end and lie in all of it.
    shifts = {"Ada Byron": 0, "Blaise Pascal": 30, "1004": 60, "Fatima Zahra": 75, "Chen Wei": 105}
    nights = tuple(
        Duty(
            agent=agent,
            day=1 if agent == "Chen Wei" else 0,  # in Shanghai it is tomorrow already
            template="Night",
            start=1380 + shift,
            end=1860 + shift,
            breaks=(PlacedBreak(name="Pause", start=1530 + shift, length_minutes=75),),
        )
        for agent, shift in shifts.items()
    )
    outcome = outcome_of(problem, small_rules(), Roster(duties=nights))
    reading = read_roster(written(problem, outcome, path), problem)
    assert in_order(reading.roster) == in_order(outcome.roster)


def test_a_duty_that_starts_after_midnight_stays_with_its_day(path: Path) -> None:
    problem = small_problem()
    # 25:00 on day 1 is one o'clock on day 2, and belongs to day 1.
    late = next(duty for duty in small_roster(problem).of("1004") if duty.day == 1)
    assert late.start == 1440 + 1500
    reading = edited(path, problem, lambda book: None)
    assert late in in_order(reading.roster)


def test_names_that_look_like_formulas_stay_text(path: Path) -> None:
    names = ("=1+1", "+49 170", "-dash", "@home", '=HYPERLINK("http://x")')
    problem = small_problem()
    agents = tuple(
        agent.model_copy(update={"name": name}) for agent, name in zip(problem.agents, names, strict=False)
    )
    problem = problem.model_copy(update={"agents": agents, "name": "=cmd|' /C calc'!A0"})
    roster = Roster(duties=tuple(duty_of(problem, name, 0, EARLY, 420) for name in names))
    outcome = outcome_of(problem, small_rules(), roster)
    reading = read_roster(written(problem, outcome, path), problem)
    assert in_order(reading.roster) == in_order(roster)
    for sheet in load_workbook(path).worksheets:
        formulas = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert formulas == [], sheet.title


class TestEdits:
    """What stands on Duties counts."""

    def test_a_moved_break(self, path: Path) -> None:
        problem = small_problem()

        def move(book: Workbook) -> None:
            sheet: Any = book["Duties"]
            row = row_of(sheet, "Ada Byron")
            # Ada starts at 07:00 and has lunch at 10:00; now at 11:15.
            sheet.cell(row, column_of(sheet, "Break 2 start")).value = time(11, 15)
            sheet.cell(row, column_of(sheet, "Break 2 end")).value = "11:45"

        reading = edited(path, problem, move)
        before = small_roster(problem).of("Ada Byron")[0]
        after = next(duty for duty in in_order(reading.roster) if duty.agent == "Ada Byron" and duty.day == 0)
        assert [pause.start for pause in before.breaks] == [480, 600, 780]
        assert [pause.start for pause in after.breaks] == [480, 675, 780]
        assert after.breaks[1] == PlacedBreak(name="Lunch", start=675, length_minutes=30, paid=False)

    def test_a_start_that_the_clock_skips(self, path: Path) -> None:
        # It was read as 03:30 without a word.
        problem = small_problem(first_day=date(2024, 3, 30))
        outcome = outcome_of(problem, small_rules(), small_roster(problem))
        book = load_workbook(written(problem, outcome, path))
        sheet: Any = book["Duties"]
        row = row_of(sheet, "Ada Byron", 1)
        for heading, value in (("Start", time(2, 30)), ("End", time(10, 30))):
            sheet.cell(row, column_of(sheet, heading)).value = value
        book.save(path)
        reading = read_roster(path, problem)
        assert reading.roster is None
        assert "2024-03-31 02:30 does not exist: the clock is put forward then." in [
            finding.message for finding in reading.findings
        ]

    def test_a_swapped_agent(self, path: Path) -> None:
        problem = small_problem()

        def swap(book: Workbook) -> None:
            sheet: Any = book["Duties"]
            sheet.cell(row_of(sheet, "Ada Byron", 2), 1).value = "Blaise Pascal"

        reading = edited(path, problem, swap)
        assert reading.roster is not None
        assert [duty.day for duty in reading.roster.of("Ada Byron")] == [0, 1]
        assert [duty.day for duty in reading.roster.of("Blaise Pascal")] == [0, 1, 2]

    def test_an_agent_whose_name_is_a_number(self, path: Path) -> None:
        problem = small_problem()

        def retype(book: Workbook) -> None:
            sheet: Any = book["Duties"]
            row = row_of(sheet, "1004")
            sheet.cell(row, 1).value = 1004
            sheet.cell(row, 1).data_type = "n"

        assert edited(path, problem, retype).roster is not None

    def test_a_shift_that_now_runs_over_midnight_without_an_end_date(self, path: Path) -> None:
        problem = small_problem()

        def later(book: Workbook) -> None:
            sheet: Any = book["Duties"]
            row = row_of(sheet, "Ada Byron")
            sheet.cell(row, column_of(sheet, "Start")).value = "18:00"
            sheet.cell(row, column_of(sheet, "End")).value = "02:30"
            sheet.cell(row, column_of(sheet, "End date")).value = None

        duty = in_order(edited(path, problem, later).roster)[2]
        assert (duty.agent, duty.start, duty.end) == ("Ada Byron", 18 * 60, 26 * 60 + 30)

    def test_a_removed_row_and_a_blank_row(self, path: Path) -> None:
        problem = small_problem()

        def remove(book: Workbook) -> None:
            sheet: Any = book["Duties"]
            for column in range(1, sheet.max_column + 1):
                sheet.cell(FIRST_ROW, column).value = None
            sheet.delete_rows(FIRST_ROW + 1)

        reading = edited(path, problem, remove)
        assert reading.findings == ()
        assert len(in_order(reading.roster)) == len(small_roster(problem).duties) - 2

    def test_a_removed_break_and_one_that_is_paid_now(self, path: Path) -> None:
        problem = small_problem()

        def change(book: Workbook) -> None:
            sheet: Any = book["Duties"]
            row = row_of(sheet, "Ada Byron")
            for part in ("", " start", " end", " paid"):
                sheet.cell(row, column_of(sheet, f"Break 1{part}")).value = None
            sheet.cell(row, column_of(sheet, "Break 2 paid")).value = "Paid"

        duty = edited(path, problem, change).roster.of("Ada Byron")[0]  # type: ignore[union-attr]
        assert [(pause.name, pause.paid) for pause in duty.breaks] == [("Lunch", True), ("Pause 2", True)]


def set_cell(heading: str, value: object) -> Edit:
    def edit(book: Any) -> None:
        sheet = book["Duties"]
        sheet.cell(FIRST_ROW, column_of(sheet, heading)).value = value

    return edit


@pytest.mark.parametrize(
    ("edit", "cell", "says"),
    [
        (set_cell("Agent", "Ada Biron"), "A5", 'Did you mean "Ada Byron"?'),
        (set_cell("Agent", None), "A5", "agent is missing"),
        (set_cell("Shift", "Erly"), "G5", 'Did you mean "Early"?'),
        (set_cell("Date", None), "F5", "date is missing"),
        (set_cell("Date", "soon"), "F5", '"soon"'),
        (set_cell("Date", datetime(2024, 4, 4)), "F5", "not one of the planned days"),
        (set_cell("Start", "seven"), "H5", '"seven" is not a clock time'),
        (set_cell("End", None), "J5", "time is missing"),
        (set_cell("End", time(6)), "J5", "ends before it starts"),
        (set_cell("Break 1", None), "O5", "no name"),
        (set_cell("Break 1 start", "x"), "P5", "not a clock time"),
        (set_cell("Break 1 end", time(8)), "Q5", "ends before it starts"),
        (set_cell("Break 1 paid", "perhaps"), "R5", 'neither "paid" nor "unpaid"'),
    ],
)
def test_what_cannot_be_read_is_a_finding_with_its_cell(path: Path, edit: Edit, cell: str, says: str) -> None:
    reading = edited(path, small_problem(), edit)
    assert reading.roster is None
    assert [str(finding.place) for finding in reading.findings] == [f"Duties!{cell}"]
    assert says in str(reading.findings[0])


def test_every_mistake_is_found_at_once(path: Path) -> None:
    def spoil(book: Any) -> None:
        for row, heading in ((5, "Agent"), (7, "Shift"), (9, "Date")):
            book["Duties"].cell(row, column_of(book["Duties"], heading)).value = "?"

    places = [str(finding.place) for finding in edited(path, small_problem(), spoil).findings]
    assert places == ["Duties!A5", "Duties!G7", "Duties!F9"]


def test_a_missing_column_is_named(path: Path) -> None:
    reading = edited(path, small_problem(), lambda book: book["Duties"].delete_cols(FIXED.index("Shift") + 1))
    assert reading.roster is None
    assert 'the column "Shift" is missing' in str(reading.findings[0])


def test_a_workbook_without_a_roster(path: Path) -> None:
    book = Workbook()
    book.active.title = "Agents"  # type: ignore[union-attr]
    book.save(path)
    reading = read_roster(path, small_problem())
    assert reading.roster is None
    (finding,) = reading.findings
    assert "not a workbook with a roster" in str(finding)


def test_without_its_certificate_the_roster_is_read_all_the_same(path: Path) -> None:
    reading = edited(path, small_problem(), lambda book: book.remove(book["Certificate"]))
    assert reading.roster is not None
    assert reading.certificate is None
    assert reading.findings == ()


@pytest.mark.parametrize("value", ["many", 1.5, None, 10**17, "-100000000000000000000"])
def test_a_damaged_price_is_a_finding(path: Path, value: object) -> None:
    def damage(book: Any) -> None:
        sheet = book["Certificate"]
        heading = next(cell.row for cell in sheet["A"] if cell.value == "slot")
        sheet.cell(heading + 3, 2).value = value

    reading = edited(path, small_problem(), damage)
    assert reading.certificate is None
    assert [finding.place.sheet for finding in reading.findings] == ["Certificate"]


@pytest.mark.parametrize("content", [b"", b"no workbook", bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 512])
def test_a_file_that_is_no_workbook(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    reading = read_roster(path, small_problem())
    assert reading.roster is None
    assert len(reading.findings) == 1


def test_a_file_that_is_not_there(path: Path) -> None:
    assert "there is no such file" in str(read_roster(path, small_problem()).findings[0])


def test_an_agent_without_duties_and_an_empty_roster(path: Path) -> None:
    problem = small_problem()
    spare = Agent(name="Spare", contract="Full time", skills=("English",))
    problem = problem.model_copy(update={"agents": (*problem.agents, spare)})
    outcome = outcome_of(problem, small_rules(), Roster())
    reading = read_roster(written(problem, outcome, path), problem)
    assert reading.roster == Roster()
