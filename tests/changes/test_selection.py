"""Whose which days a planner means by cells of a roster workbook."""

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from scheduler import workbook_bytes
from scheduler.io.cells.parse import Unreadable
from scheduler.io.files.streams import InMemory
from scheduler.io.result.reading.selection import selected
from scheduler.io.result.sheets.roster.duties import FIXED
from tests.unit.tiny import tiny_outcome, tiny_problem, tiny_roster, tiny_rules

ADA, BO = ("Ada", 0), ("Bo", 0)


@pytest.fixture(scope="module")
def cells():
    """Where days and duties stand in a workbook as it is written: agents in rows, days in columns D and E."""
    problem = tiny_problem()
    outcome = tiny_outcome(problem, wages=0, missing=0, bound=0).model_copy(update={"roster": tiny_roster()})
    book = load_workbook(InMemory(workbook_bytes(problem, tiny_rules(), outcome)).open())
    roster, duties = book["Roster"], book["Duties"]
    days, rows = {}, {}
    for row in roster.iter_rows():
        if row[0].value in problem.agent_named:
            days |= {(row[0].value, day): f"Roster!{row[3 + day].coordinate}" for day in (0, 1)}
    for row in duties.iter_rows(min_row=5):
        if row[0].value in problem.agent_named:
            day = problem.grid.day_index(row[FIXED.index("Date")].value.date())
            rows[row[0].value, day] = (f"Duties!{row[FIXED.index('Start')].coordinate}",)
    first = int(days["Ada", 0].removeprefix("Roster!D"))
    assert first == int(days["Bo", 0].removeprefix("Roster!D")) - 1 and rows["Ada", 0] == ("Duties!H5",)
    return rows, days, first


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Roster!D{0}", {("Ada", 0)}),
        ("roster ! $D${0}:$E${0}", {("Ada", 0), ("Ada", 1)}),
        ("Roster!E{1}:D{0}", {("Ada", 0), ("Ada", 1), ("Bo", 0), ("Bo", 1)}),
        ("'Roster'!e{1}", {("Bo", 1)}),
        ("Roster!{1}:{1}", {("Bo", 0), ("Bo", 1)}),
        ("Roster!E:E", {("Ada", 1), ("Bo", 1)}),
        ("Roster!A{0}", {("Ada", 0), ("Ada", 1)}),  # the name alone
        ("Roster!E{h}", {("Ada", 1), ("Bo", 1)}),  # the date alone
        ("Roster!D{0}, E{1}", {("Ada", 0), ("Bo", 1)}),
        ("Roster", {("Ada", 0), ("Ada", 1), ("Bo", 0), ("Bo", 1)}),
        ("Duties!A5:M5", {("Ada", 0)}),
        ("Duties!B6", {("Ada", 1)}),
        ("Duties!5:6", {("Ada", 0), ("Ada", 1)}),
        ("Duties", {("Ada", 0), ("Ada", 1)}),
    ],
)
def test_lock_these_cells(cells, written, meant):
    # "I have marked these cells in the sheet: leave those days as they are."
    rows, days, first = cells
    assert selected(written.format(first, first + 1, h=first - 1), rows, days) == meant


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Rostr!D7", 'Did you mean "Roster"?'),
        ("Coverage!D7", "Known: Roster, Duties."),
        ("Roster!", "no selection of cells"),
        ("Roster!Ada", "no range of cells"),
        ("Roster!D0", "no range of cells"),
        ("Roster!D7:", "no range of cells"),
        ("Roster!ZZZ7", "no range of cells"),
        ("Roster!D7:E9:F9", "no range of cells"),
        ("Roster!D9999:E9999", "no day of anybody"),
        ("Duties!A1:M3", "On Duties they stand in rows 5 to 6."),
        ("", "no selection of cells"),
        ("D7:E9", "Known: Roster, Duties."),
    ],
)
def test_what_is_no_selection_is_asked_back(cells, written, said):
    rows, days, _ = cells
    with pytest.raises(Unreadable) as refused:
        selected(written, rows, days)
    assert said in f"{refused.value.message} {refused.value.hint}"


def test_a_cell_beside_the_days_means_its_row_only_left_of_them(cells):
    # the sums on the right of the days are nobody's day
    rows, days, first = cells
    with pytest.raises(Unreadable):
        selected(f"Roster!{get_column_letter(7)}{first}", rows, days)
