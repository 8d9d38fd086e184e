"""Each mistake that a planner can make is told once, at its cell, with what would be right."""

import zipfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.workbook.filled_in import all_findings, filled_in, new_book, read, saved, told

CASES: list[tuple[str, Mapping[str, Any], list[str]]] = [
    (
        "a wrong skill name",
        {"Agents!C2": "Engish"},
        ['Agents!C2  skill "Engish" is not on the Skills sheet. Did you mean "English"? Known: English.'],
    ),
    (
        "an unknown contract",
        {"Agents!B2": "Ful time"},
        [
            'Agents!B2  contract "Ful time" is not on the Contracts sheet. Did you mean "Full time"? '
            "Known: Full time."
        ],
    ),
    (
        "an unknown shift in a contract",
        {"Contracts!E2": "Day, Dayy"},
        ['Contracts!E2  shift "Dayy" is not on the Shifts sheet. Did you mean "Day"? Known: Day.'],
    ),
    (
        "a shift longer than the day",
        {"Shifts!G2": 25},
        ["Shifts!G2  Longest (h): 25 is longer than a day (24 h)."],
    ),
    (
        # the shift lasts 8.5 h, and the window begins after 9 h
        "a break window outside its shift",
        {"Breaks!H2": 540, "Breaks!I2": 560},
        [
            'Breaks!H2  break "Meal": its window 09:00 to 09:20 after the start lies outside shift "Day" of '
            "8.5 h. A break must begin and end inside the shift."
        ],
    ),
    (
        # one day of 8 paid hours is left where 32 are agreed; the Friday off brings another 8
        "minimum hours that cannot fit the availability",
        {
            "Availability!A3": "Ada Example",
            "Availability!B3": "Tue-Thu, Sat, Sun",
            "Availability!F3": "unavailable",
        },
        [
            "Agents!A2  Ada Example: 32 h to 40 h in the week from 2024-03-04 do not fit: availability, "
            "time off "
            "and days off leave at most 8 h and 8 h of paid time off. Open more days, or give a contract "
            "with "
            "other hours."
        ],
    ),
    (
        # 7 days of 8 h are 56 h
        "contract hours that no shifts add up to",
        {"Contracts!C2": 60, "Contracts!D2": 70},
        [
            'Contracts!C2  contract "Full time": 60 h to 70 h a week cannot be reached: the only entitled '
            "shift "
            '"Day" on 7 days gives at most 56 h. Change the hours, or entitle to other shifts.'
        ],
    ),
    (
        # shifts of 8 paid hours make 32 or 40 h, never 38.5
        "exact hours between what the shifts add up to",
        {"Contracts!C2": 38.5, "Contracts!D2": 38.5},
        [
            'Contracts!C2  contract "Full time": exactly 38.5 h a week cannot be reached: the only entitled '
            'shift "Day" on 7 days gives 32 h or 40 h, nothing between. Change the hours, or entitle to '
            "other "
            "shifts."
        ],
    ),
    (
        "a duplicate agent",
        {"Agents!A3": "Ada Example", "Agents!B3": "Full time", "Agents!C3": "English"},
        ['Agents!A3  agent "Ada Example" is given twice. Give each its own name.'],
    ),
    (
        "text where a number belongs",
        {"Contracts!B2": "twenty"},
        ['Contracts!B2  Pay per hour: "twenty" is not a number. Write an amount such as 20 or 20.50.'],
    ),
    (
        "a blank in the demand",
        {"Demand!C20": None},
        [
            "Demand!C20  English: no number of agents is given for 2024-03-04 09:00 to 09:30 (1 interval). "
            "Write 0 where nobody is needed."
        ],
    ),
    (
        "text in the demand",
        {"Demand!C20": "many"},
        ['Demand!C20  English: "many" is not a number.'],
    ),
    (
        "half an agent",
        {"Demand!C20": 1.5},
        ["Demand!C20  English: 1.5 is not a whole number."],
    ),
    (
        "an unknown skill in the demand's headings",
        {"Demand!C1": "Englsh"},
        [
            'Demand!C1  skill "Englsh" is not on the Skills sheet. Did you mean "English"? Known: English. A '
            'column is named after a skill, with " minimum" or " maximum" behind it.'
        ],
    ),
    (
        "a start off the interval",
        {"Demand!B3": "00:20"},
        [
            "Demand  English: there is no row for 2024-03-04 00:30 to 01:00 (1 interval). Give every "
            "interval a "
            "row.",
            "Demand!B3  00:20 does not begin an interval of 30 minutes. See Interval on Settings.",
        ],
    ),
    (
        "a missing setting",
        {"Settings!A2": None, "Settings!B2": None},
        ['Settings  the setting "First day" is missing. The first date that is planned.'],
    ),
    (
        "a wrong interval",
        {"Settings!B4": 20},
        ["Settings!B4  Interval (min): 20 is not one of the choices 5, 10, 15, 30 or 60."],
    ),
    (
        "an unknown time zone",
        {"Settings!B5": "Europe/Berlim"},
        [
            'Settings!B5  Time zone: "Europe/Berlim" is not a time zone; write an IANA name such as '
            '"Europe/Berlin", or "UTC+3".'
        ],
    ),
    (
        "an agent's unknown time zone",
        {"Agents!F2": "Mars/Base"},
        [
            'Agents!F2  "Mars/Base" is not a time zone; write an IANA name such as "Europe/Berlin", or '
            '"UTC+3".'
        ],
    ),
    (
        "a misspelt heading",
        {"Agents!C1": "Skils"},
        [
            'Agents!A1  the column "Skills" is missing. What they can do, in a list: English, French.',
            'Agents!C1  heading "Skils" is not known. Did you mean "Skills"?',
        ],
    ),
    (
        "a start window that runs backwards",
        {"Shifts!C2": timedelta(hours=22), "Shifts!D2": timedelta(hours=2)},
        [
            'Shifts!D2  shift "Day": the latest start 02:00 is before the earliest 22:00. For the small '
            "hours "
            "of the next day write 25:30."
        ],
    ),
    (
        "a bare number in a time cell",
        {"Shifts!C2": timedelta(days=8)},
        [
            "Shifts!C2  Earliest start: 192:00 is later than 48:00. A bare number typed into a time cell "
            "counts "
            "days: write 08:00."
        ],
    ),
    (
        "times off the grid",
        {"Shifts!C2": "08:07", "Shifts!D2": "08:07"},
        ['Shifts!C2  shift "Day": earliest start of 487 min is not a multiple of 5 minutes.'],
    ),
    (
        "breaks that stand in each other's way",
        {
            "Breaks!A3": "Day",
            "Breaks!D3": "Pause",
            "Breaks!E3": 120,
            "Breaks!H3": 180,
            "Breaks!I3": 180,
            "Breaks!H2": 180,
            "Breaks!I2": 240,
        },
        [
            'Breaks!B2  the breaks Meal, Pause cannot all be placed in shift "Day" of 8.5 h. Their windows '
            "leave no room for one beside the other."
        ],
    ),
    (
        "breaks of an unknown shift",
        {"Breaks!A2": "Dayy"},
        ['Breaks!A2  shift "Dayy" is not on the Shifts sheet. Did you mean "Day"? Known: Day.'],
    ),
    (
        "a fixed shift that is off as well",
        {"Fixed!C2": "yes"},
        [
            "Fixed!C2  Ada Example on 2024-03-04: a day off cannot have a shift as well. Clear the one or "
            "the other."
        ],
    ),
    (
        "a fixed start that the shift does not have",
        {"Fixed!E2": "07:00"},
        [
            'Fixed!E2  Ada Example on 2024-03-04: a start at 07:00 is not of shift "Day". Day: 08:00 to '
            "10:00 "
            "every 30 min."
        ],
    ),
    (
        "a fixed shift in time off",
        {"Fixed!B2": datetime(2024, 3, 8)},
        [
            "Fixed!E2  Ada Example on 2024-03-08: the fixed shift lies in time off from 2024-03-08 00:00 to "
            "2024-03-09 00:00."
        ],
    ),
    (
        "an agent that is not there",
        {"Fixed!A2": "Ada Exampel"},
        [
            'Fixed!A2  agent "Ada Exampel" is not on the Agents sheet. Did you mean "Ada Example"? '
            "Known: Ada Example."
        ],
    ),
    (
        "history inside the horizon",
        {"History!B2": datetime(2024, 3, 5)},
        [
            "History!B2  history of Ada Example: 2024-03-05 is not before the first day 2024-03-04. Put "
            "what is "
            "fixed for the planned days on Fixed."
        ],
    ),
    (
        "an unknown rule",
        {"Rules!A13": "max consecutive dais"},
        [
            'Rules!A13  there is no rule "max consecutive dais". Did you mean "max_consecutive_days"? The '
            "sheet "
            "Rule list shows all of them."
        ],
    ),
    (
        "an unknown setting of a rule",
        {"Rules!L13": "dais"},
        ['Rules!L13  the rule has no setting "dais". Did you mean "days"? Settings: days.'],
    ),
    (
        "a rule's number that is text",
        {"Rules!M13": "five"},
        ['Rules!M13  days: "five" is not a number.'],
    ),
    (
        "a rule's number that is too small",
        {"Rules!M13": 0},
        ["Rules!M13  days: 0 is too small: it must be more than 0."],
    ),
    (
        "a rule without what it needs",
        {"Rules!L13": None, "Rules!M13": None},
        ['Rules!A13  the rule needs the setting "days". number; must be given.'],
    ),
    (
        "a preference without a price",
        {"Rules!C13": "prefer"},
        ["Rules!D13  a rule that is only preferred needs a price per occurrence."],
    ),
    (
        "a rule twice",
        {"Rules!A19": "pins"},
        ['Rules!B19  the rule "pins" stands in row 16 already. Give each its own label.'],
    ),
    (
        "an unknown strength",
        {"Rules!C13": "maybe"},
        ['Rules!C13  Strength: "maybe" is not one of the choices. Choose must, prefer, off.'],
    ),
    (
        "a formula that fails",
        {"Contracts!B2": "#REF!"},
        ["Contracts!B2  the formula in this cell gives #REF!. Mend the formula."],
    ),
    (
        "a formula that was saved without its value",
        {"Contracts!B2": "=10+10"},
        [
            "Contracts!B2  the formula in this cell was saved without its value. Open the workbook in "
            "Excel or "
            "LibreOffice and save it again."
        ],
    ),
    (
        "last day before the first",
        {"Availability!C2": datetime(2024, 3, 7)},
        ["Availability!C2  the last day 2024-03-07 is before 2024-03-08."],
    ),
]


@pytest.mark.parametrize(("changes", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_mistake_is_told_at_its_cell(tmp_path: Path, changes: Mapping[str, Any], wanted: list[str]) -> None:
    assert told(filled_in(tmp_path, changes)) == wanted


def test_all_mistakes_are_told_at_once_in_the_order_of_the_sheets(tmp_path: Path) -> None:
    changes = {
        "Rules!A13": "max consecutive dais",
        "Agents!C2": "Engish",
        "Contracts!B2": "twenty",
        "Settings!B1": None,  # a name may be left out
        "Demand!C20": "many",
        "Agents!B2": "Ful time",
    }
    cells = [str(finding.place) for finding in all_findings(filled_in(tmp_path, changes))]
    assert cells == ["Demand!C20", "Contracts!B2", "Agents!B2", "Agents!C2", "Rules!A13"]


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


def test_a_missing_sheet_is_told_with_the_one_that_may_be_meant(tmp_path: Path) -> None:
    book = new_book()
    book["Agents"].title = "Agnets"
    assert told(saved(book, tmp_path)) == [
        'Agents  this sheet is missing. Did you mean the sheet "Agnets"? The people to be rostered.'
    ]


def test_sheets_that_may_be_left_out_are_not_missed(tmp_path: Path) -> None:
    book = new_book()
    for title in ("Breaks", "Availability", "Fixed", "History", "Rule list"):
        del book[title]
    assert told(saved(book, tmp_path)) == []


def test_cells_merged_across_columns_are_told(tmp_path: Path) -> None:
    book = new_book()
    book["Contracts"].merge_cells("B2:C2")
    merged = "the cells B2:C2 are merged across columns. Unmerge them."
    assert told(saved(book, tmp_path)) == [f"Contracts!B2  {merged}", f"Contracts!C2  {merged}"]


def test_missing_rows_of_the_demand_are_told_once_for_each_stretch(tmp_path: Path) -> None:
    book = new_book()
    book["Demand"].delete_rows(50, 3)  # row 2 is Monday 00:00 and row 50 Tuesday 00:00
    assert told(saved(book, tmp_path)) == [
        "Demand  English: there is no row for 2024-03-05 00:00 to 01:30 (3 intervals). Give every "
        "interval a row."
    ]


def test_demand_outside_the_horizon_is_told_and_not_read(tmp_path: Path) -> None:
    findings = all_findings(filled_in(tmp_path, {"Settings!B3": 6}))
    assert next(str(finding) for finding in findings if not finding.is_error) == (
        "Demand!A290  48 rows lie outside 2024-03-04 to 2024-03-09 and are not read. See First day and "
        "Days on "
        "Settings."
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "this is not an Excel workbook. Save it as .xlsx."),
        (b"date;start;required\n", "this is not an Excel workbook. Save it as .xlsx."),
        (b"PK\x03\x04 and then nothing", "this is not an Excel workbook. Save it as .xlsx."),
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
        "Settings", "Skills", "Demand", "Shifts", "Contracts", "Agents", "Rules",
    ]  # fmt: skip


def test_nothing_is_handed_out_when_there_are_errors(tmp_path: Path) -> None:
    reading = read(filled_in(tmp_path, {"Contracts!B2": "twenty"}))
    assert reading.problem is None
    assert reading.rules is not None  # nothing is wrong with those


def test_later_findings_get_the_cell_of_their_path(tmp_path: Path) -> None:
    path = filled_in(
        tmp_path, {"Agents!A2": "Ada", "Fixed!A2": "Ada", "Availability!A2": "Ada", "History!A2": "Ada"}
    )
    reading = read(path)
    assert reading.findings == ()
    assert reading.cells["agents", 0, "name"] == ("Agents", "A2")
    assert reading.cells["demand", 0, "required", 18] == ("Demand", "C20")  # 09:00 is the 19th half-hour
    assert reading.cells["grid", "days"] == ("Settings", "B3")
