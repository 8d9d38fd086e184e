"""Every sheet, heading, row and cell of a workbook is read, or named as not read."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.chart import LineChart

from constraints import CATALOGUE
from scheduler.io.input.sheets.results import RESULT_TITLES
from scheduler.io.input.templates.template import new_workbook
from scheduler.io.result.contents.declared import RESULT_SHEETS
from tests.workbook.filled_in import filled_in, new_book, read, saved, told

HINT = "If it is no input, list it under Own sheets on Settings."
OWN_SHEETS = "Settings!B8"


def with_sheet(folder: Path, title: str, own: str | None = None, *rows: list[Any]) -> Path:
    """The new workbook with one more sheet."""
    book = new_book()
    sheet = book.create_sheet(title)
    for row in rows or (["Ada Example", "2024-03-05"],):
        sheet.append(row)
    book["Settings"]["B8"] = own
    return saved(book, folder)


@pytest.mark.parametrize(
    ("title", "meant"),
    [
        ("Absences", "Availability"),  # was dropped, and people were rostered on their holiday
        ("Availabilty", "Availability"),
        ("Fixed shifts", "Fixed"),
        ("Availability (2)", "Availability"),
        ("Copy of Demand", "Demand"),
        ("Wihses", "Wishes"),
        ("请假", "Availability"),
    ],
)
def test_a_sheet_near_a_known_one_is_a_question(tmp_path: Path, title: str, meant: str) -> None:
    assert told(with_sheet(tmp_path, title)) == [
        f'{title}  nobody knows this sheet, and it is not read. Did you mean "{meant}"? {HINT}'
    ]


def test_the_misspelt_sheet_is_told_before_what_follows_from_it(tmp_path: Path) -> None:
    # of "Volume" the first lines were about every skill without a demand, and about its service goal
    new_workbook(tmp_path / "week.xlsx", CATALOGUE, trade="calls")
    book = load_workbook(tmp_path / "week.xlsx")
    book["Volumes"].title = "Volume"
    first, *others = told(saved(book, tmp_path))
    assert first.startswith("Volume  nobody knows") and len(others) == 4


def test_any_other_sheet_is_told(tmp_path: Path) -> None:
    assert told(with_sheet(tmp_path, "Groceries")) == [
        f'Groceries  nobody knows this sheet, and it is not read. The nearest name is "Wishes". {HINT}'
    ]


def test_a_blank_sheet_has_nothing_to_read(tmp_path: Path) -> None:
    assert told(with_sheet(tmp_path, "Sheet1", None, [None])) == []


def test_own_sheets_are_left_alone(tmp_path: Path) -> None:
    assert told(with_sheet(tmp_path, "Absences", "absences")) == []


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (
            "Agents",
            'the sheet "Agents" is input, and is read. Take it out of this list, or rename the sheet.',
        ),
        ("Hlep", 'there is no sheet "Hlep". Did you mean "Help"?'),
    ],
)
def test_a_name_listed_in_vain_is_told(tmp_path: Path, own: str, said: str) -> None:
    assert told(with_sheet(tmp_path, "Help", f"{own}, Help")) == [f"{OWN_SHEETS}  {said}"]


def test_sheets_of_a_result_are_known(tmp_path: Path) -> None:
    assert frozenset(RESULT_SHEETS) == RESULT_TITLES
    assert told(with_sheet(tmp_path, "Summary")) == []


def test_a_plain_sheet_beside_the_one_marked_as_input_is_told(tmp_path: Path) -> None:
    book = new_book()
    book["Agents"].title = "Agents (input)"
    book.create_sheet("Agents").append(["Agent", "Hours"])
    assert told(saved(book, tmp_path)) == ['Agents  this sheet is not read, since "Agents (input)" is.']


@pytest.mark.parametrize(
    ("cell", "heading", "meant"),
    [("Availability!G1", "Paid leave", "Paid hours"), ("Contracts!B1", "Salary", "Pay per hour")],
)
def test_another_word_for_a_heading_is_a_question(
    tmp_path: Path, cell: str, heading: str, meant: str
) -> None:
    asked = f'{cell}  heading "{heading}" is not known. Did you mean "{meant}"?'
    assert asked in told(filled_in(tmp_path, {cell: heading}))


@pytest.mark.parametrize("cell", ["Availability!G1", "Contracts!C1", "Demand!C1", "Rules!C1"])
def test_a_blank_heading_over_filled_cells_is_an_error(tmp_path: Path, cell: str) -> None:
    # a blank heading turned three days of leave into one, and lost minimum hours
    assert any(
        line.startswith(f"{cell}  this heading is blank, but ")
        for line in told(filled_in(tmp_path, {cell: None}))
    )


def test_cells_beside_a_table_are_told_once_a_column(tmp_path: Path) -> None:
    assert told(filled_in(tmp_path, {"Agents!N2": "left", "Agents!N5": "?"})) == [
        "Agents!N1  this heading is blank, but 2 cells below it are filled, first N2. Write the heading, or "
        "clear the cells; a heading that you choose is not read."
    ]


def test_rows_above_the_headings_are_told(tmp_path: Path) -> None:
    book = new_book()
    book["Agents"].insert_rows(1, 2)
    book["Agents"]["A1"] = "Our people"
    book["Agents"].append([])
    book["Agents"]["A2"], book["Agents"]["B2"] = "Bo", "Full time"
    assert told(saved(book, tmp_path)) == [
        "Agents!A2  1 row above the headings is not read. Rows of the table stand below the headings."
    ]


def test_two_agents_that_differ_in_a_space_are_one_question_that_names_both_cells(tmp_path: Path) -> None:
    changes = {"Agents!A3": "Ada  example", "Agents!B3": "Full time", "Agents!C3": "English"}
    assert told(filled_in(tmp_path, changes)) == [
        'Agents!A3  agent "Ada example" and "Ada Example" differ only in capitals, spaces or signs that look '
        "alike. See also cell A2 of the sheet Agents. If they are one, keep one of them; if they are two, "
        "give them names that look different."
    ]


def test_leave_of_last_year_is_counted(tmp_path: Path) -> None:
    # it was dropped without a word, though the year was mistyped and the leave was meant
    changes = {"Availability!B2": "2023-03-08", "Agents!H2": "2023-03-08, 2023-03-09"}
    mend = "Did you mean 2024-03-08? Mend the dates, or First day and Days on Settings."
    assert told(filled_in(tmp_path, changes)) == [
        "Agents!H2  2 entries of preferred days off lie outside 2024-03-04 to 2024-03-10, where no shift is "
        f"planned; first Ada Example on 2023-03-08. {mend}",
        "Availability!B2  1 entry of time off lies outside 2024-03-04 to 2024-03-10, where no shift is "
        f"planned; first Ada Example on 2023-03-08. {mend}",
    ]


@pytest.mark.parametrize(("last", "is_told"), [("2024-03-01", False), ("2024-02-29", True)])
def test_a_history_that_ends_early_is_told(tmp_path: Path, last: str, is_told: bool) -> None:
    said = told(filled_in(tmp_path, {"History!B2": last}))
    # from Friday to Monday two days are free, which needs no word; from Thursday on it is three
    assert bool(said) is is_told
    assert all(
        line.startswith("History!B2  the history ends on 2024-02-29; of the 3 days until") for line in said
    )


def test_many_findings_of_one_kind_are_one_line_with_its_range(tmp_path: Path) -> None:
    assert told(filled_in(tmp_path, {f"Demand!C{row}": "n/a" for row in range(2, 102)})) == [
        'Demand!C2:C101  English: "n/a" is not a number. So in all 100 cells of this range. Write a number, '
        "0 where nobody is needed."
    ]


@pytest.mark.parametrize("wrong", ["Demand!C2", "Skills!B2", "Agents!E2", "Settings!B4"])
def test_a_wrong_cell_elsewhere_does_not_hide_an_impossible_contract(tmp_path: Path, wrong: str) -> None:
    # 5 shifts of 8 h are at most 56 h in seven days; 60 h were told only once everything else was right
    lines = told(filled_in(tmp_path, {wrong: "?!", "Contracts!C2": 60, "Contracts!D2": 60}))
    assert any(line.startswith("Contracts!C2  contract ") and "cannot be reached" in line for line in lines)
    assert any(line.startswith(wrong) for line in lines)


@pytest.mark.parametrize("wrong", ["Shifts!F2", "Breaks!F2", "Contracts!E2"])
def test_a_contract_that_cannot_be_judged_is_not(tmp_path: Path, wrong: str) -> None:
    lines = told(filled_in(tmp_path, {wrong: "?!", "Contracts!C2": 60, "Contracts!D2": 60}))
    assert not any("cannot be reached" in line for line in lines)


def test_a_value_on_settings_without_its_name_is_an_error(tmp_path: Path) -> None:
    # it was taken for a name without a value: the currency was EUR again, and nobody said so
    assert told(filled_in(tmp_path, {"Settings!A6": None, "Settings!B6": "CHF"})) == [
        'Settings!A6  "CHF" stands beside this blank cell, which names no setting. Write the setting here, '
        "or clear the row."
    ]


def test_a_setting_that_has_no_column_of_values_is_an_error(tmp_path: Path) -> None:
    # the rule held with its usual hours, and nobody said that the ones in this column were not read
    rules = new_book()["Rules"]
    at = next(cell for cell in rules[1] if cell.value == "Value 1").coordinate
    lines = told(filled_in(tmp_path, {f"Rules!{at}": None}))
    assert any('the column "Setting 1" has no column "Value 1" beside it' in line for line in lines)


def test_a_hidden_sheet_that_is_read_is_told(tmp_path: Path) -> None:
    book = new_book()
    book["Fixed"].sheet_state, book["Wishes"].sheet_state = "hidden", "veryHidden"
    assert told(saved(book, tmp_path)) == [
        f"{title}  this sheet is hidden, and is read all the same. Show it and look through it, or remove it."
        for title in ("Fixed", "Wishes")
    ]


def test_a_sheet_that_is_a_chart_is_told_unless_it_is_listed(tmp_path: Path) -> None:
    book = new_book()
    book.create_chartsheet("Staffing").add_chart(LineChart())
    (line,) = told(saved(book, tmp_path))
    assert line.startswith("Staffing  this sheet is a chart, and is not read.")
    book["Settings"]["B8"] = "Staffing"
    assert told(saved(book, tmp_path)) == []


def test_a_team_is_one_team_in_any_capitals(tmp_path: Path) -> None:
    # a rule for "team 1" was for nobody: the agents are in "Team 1"
    row = {
        "A": "max_consecutive_days",
        "B": "Mine",
        "C": "must",
        "D": None,
        "G": "TEAM  1",
        "N": "days",
        "O": 4,
    }
    path = filled_in(tmp_path, {f"Rules!{column}20": value for column, value in row.items()})
    assert told(path) == []
    rules = read(path).rules
    assert rules is not None
    (teams,) = (rule.scope.teams for rule in rules.rules if rule.name == "Mine")
    assert teams == ("Team 1",)


@pytest.mark.parametrize("title", ["Training", "Meetings", "team meeting", "培训"])
def test_a_sheet_of_trainings_is_told_with_what_to_write_today(tmp_path: Path, title: str) -> None:
    # "Training" was any unknown sheet: "The nearest name is Settings", and nobody said how to plan one.
    (said,) = told(with_sheet(tmp_path, title))
    assert said.startswith(
        f"{title}  nobody knows this sheet, and it is not read. A training or meeting is a "
    )
    assert 'row on Availability of the kind "time off", with Day, From, To and its Paid hours' in said
    assert said.endswith("Then list it under Own sheets on Settings.")
    assert told(with_sheet(tmp_path, title, title)) == []


@pytest.mark.parametrize(
    ("kind", "advice"), [("Training", "no shift is planned"), ("public holiday", "Demand")]
)
def test_a_kind_of_absence_that_is_none_is_told_with_what_to_write(
    tmp_path: Path, kind: str, advice: str
) -> None:
    (said,) = told(filled_in(tmp_path, {"Availability!F2": kind}))
    assert "is not one of the choices." in said and 'write "time off"' in said.replace("the kind", "write")
    assert advice in said


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("Skills!A", "Total"),
        ("Demand!A", "Total"),
        ("Demand!C", 4300),
        ("Contracts!A", "合计"),
        ("Agents!A", "Summe"),
        ("Availability!A", "Sum:"),
        ("Availability!G", 43),
        ("Availability!G", "43.5"),
        ("History!E", 43),
        ("Rules!A", "total"),
    ],
)
def test_a_total_below_a_table_is_one_finding_that_says_so(tmp_path: Path, cell: str, value: object) -> None:
    # Below Contracts "Total" was a contract of that name; sums below Demand were dropped without a word;
    # below Availability one row of totals was three findings, none of which said what it is.
    book = new_book()
    sheet = book[cell.partition("!")[0]]
    row = max(one.row for line in sheet.iter_rows() for one in line if one.value is not None) + 2
    sheet[f"{cell[-1]}{row}"] = value
    (said,) = [line for line in told(saved(book, tmp_path)) if f"{row}  " in line]
    assert "total" in said and ("Remove the row" in said or "clear the row" in said)
