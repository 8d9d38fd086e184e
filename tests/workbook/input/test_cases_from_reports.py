"""Small workbooks that were read wrongly, or not said to be: each begins with what went wrong."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from scheduler.domain import Problem
from scheduler.io.cells.columns import Kind
from scheduler.io.input.sheets import SHEETS
from tests.workbook.filled_in import filled_in, new_book, read, saved, told

ADA = "Ada Example"
OPEN_ENDS = ("last_day", "leaves_on")
AUTUMN = date(2026, 10, 25)  # a Sunday on which Berlin has 25 hours


def problem_of(path: Path) -> Problem:
    problem = read(path).problem
    assert problem is not None, told(path)
    return problem


def with_demand(
    first_day: date, days: int, interval: int, rows: list[list[Any]], heads: list[str]
) -> Workbook:
    """The new workbook over other days, with this demand; rows about other dates are taken out."""
    book = new_book()
    settings: Any = book["Settings"]
    for row in settings.iter_rows():
        if row[0].value in ("First day", "Days", "Interval (min)"):
            row[1].value = {"First day": first_day, "Days": days, "Interval (min)": interval}[row[0].value]
    demand: Any = book["Demand"]
    demand.delete_rows(1, demand.max_row)
    for line in [["Date", "Start", *heads], *rows]:
        demand.append(line)
    for title in ("Availability", "Fixed", "Wishes", "History", "Headcounts"):
        sheet: Any = book[title]
        sheet.delete_rows(2, sheet.max_row)
    return book


def told_of_demand(path: Path) -> list[str]:
    return [finding for finding in told(path) if finding.startswith("Demand")]


def test_a_missing_second_two_o_clock_is_called_that(tmp_path: Path) -> None:
    # 10a: 24 rows for the night with 25 hours; the message was "there is no row for 02:00", and there is one.
    rows = [[day, f"{hour}:00", 1] for day in (AUTUMN - timedelta(days=1), AUTUMN) for hour in range(24)]
    path = saved(with_demand(AUTUMN - timedelta(days=1), 2, 60, rows, ["English"]), tmp_path)
    assert told_of_demand(path) == [
        "Demand  English: there is no second row for 2026-10-25 02:00 to 03:00 (1 interval), which "
        "the clock shows "
        "twice. Give each of these times two rows: the first for before the clock is put back."
    ]


def test_a_missing_night_around_the_change_names_its_ends(tmp_path: Path) -> None:
    rows = [[AUTUMN, f"{hour}:00", 1] for hour in (0, 2, *range(4, 24))]
    path = saved(with_demand(AUTUMN, 1, 60, rows, ["English"]), tmp_path)
    assert told_of_demand(path) == [
        "Demand!C2  2 times between the first and the last row of a day have no row: English 2026-10-25 "
        "01:00 to 02:00 (1 interval), English 2026-10-25 the second 02:00 to 04:00 (2 intervals). Add the "
        "row behind this one, with 0 where nobody is needed."
    ]


def test_a_serial_number_is_counted_from_where_the_workbook_counts(tmp_path: Path) -> None:
    # 12b: in a workbook of the 1904 system 44728 is 2026-06-17; it was read as 2022-06-16.
    book = new_book()
    book.epoch = CALENDAR_MAC_1904
    sheet: Any = book["Availability"]
    for row, on in enumerate([44728, 44729.0, "2026-06-19", date(2026, 6, 20)], start=3):
        for column, value in enumerate([ADA, on, None, time(16), None, "unavailable"], start=1):
            sheet.cell(row, column).value = value
        sheet.cell(row, 2).number_format = "General" if row < 5 else "yyyy-mm-dd"
    book["Rules"]["J2"] = 44728  # the first day of a rule's scope, read by the same count
    reading = read(saved(book, tmp_path))
    assert reading.problem is not None and reading.rules is not None
    starts = [one.start for one in reading.problem.agents[0].unavailable]
    assert starts == [datetime(2026, 6, day, 16) for day in (17, 18, 19, 20)]
    assert {rule.scope.first_day for rule in reading.rules.rules} <= {None, date(2026, 6, 17)}
    assert reading.problem.grid.first_day == date(2024, 3, 4)


def test_available_until_23_59_is_until_midnight_and_that_is_said(tmp_path: Path) -> None:
    # 13: nobody could work the shift until 24:00, and nothing was said; 23:59:59 was read as 24:00.
    last_second = timedelta(hours=23, minutes=59, seconds=59)
    path = available(tmp_path, ["23:59", time(23, 59), "23:59:59", time(23, 59, 59), last_second])
    assert [one.end for one in problem_of(path).agents[0].available] == [
        datetime(2024, 3, day) for day in range(6, 11)
    ]
    assert told(path) == [
        f"Availability!E{row}  23:59 is read as midnight: until 2024-03-{row + 3:02d} 00:00. Write "
        "24:00 to say so."
        for row in range(3, 8)
    ]


def test_midnight_has_many_ways_of_writing(tmp_path: Path) -> None:
    path = available(tmp_path, ["24:00", "0:00", time(0), timedelta(days=1), None])
    assert [one.end for one in problem_of(path).agents[0].available] == [
        datetime(2024, 3, day) for day in range(6, 11)
    ]
    assert told(path) == []


def test_an_end_with_seconds_is_refused_with_both_neighbours(tmp_path: Path) -> None:
    (one,) = told(available(tmp_path, [time(16, 59, 59)]))
    assert one == "Availability!E3  To: 16:59:59 is not a number of whole minutes. Write 16:59 or 17:00."


def available(folder: Path, ends: list[Any]) -> Path:
    """The new workbook in which Ada is available from 08:00 on, from Tuesday on a day for each end."""
    book = new_book()
    sheet: Any = book["Availability"]
    for at, end in enumerate(ends):
        for column, value in enumerate(
            [ADA, date(2024, 3, 5 + at), None, time(8), end, "available"], start=1
        ):
            sheet.cell(3 + at, column).value = value
    return saved(book, folder)


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("山田\u3000太郎", "山田 太郎"),
        ("Jose\u0301 Adler", "José Adler"),
        ("Ada\u00a0Lovelace", "\ufeffAda Lovelace"),
    ],
)
def test_every_sheet_knows_a_name_in_every_form(tmp_path: Path, name: str, reference: str) -> None:
    # 03a, 03d: refused as signs that cannot be printed, or another person.
    sheets = {"Availability": "A2", "Fixed": "A2", "Wishes": "A2", "History": "A2"}
    path = filled_in(
        tmp_path,
        {"Agents!A2": name, "Skills!A2": name, "Shifts!A2": name, "Contracts!A2": name}
        | {"Agents!B2": reference, "Agents!C2": reference, "Contracts!E2": reference, "Demand!C1": reference}
        | {"Breaks!A2": reference, "Fixed!D2": reference, "Wishes!C2": reference, "History!F2": reference}
        | {f"{sheet}!{cell}": reference for sheet, cell in sheets.items()}
        | {f"Headcounts!B{row}": reference for row in (2, 3)},
    )
    assert told(path) == []
    assert problem_of(path).agents[0].name == problem_of(path).skills[0].name == " ".join(
        reference.removeprefix("\ufeff").split()
    )  # fmt: skip


def test_headings_and_sheets_are_known_in_every_form(tmp_path: Path) -> None:
    book = new_book()
    book["Agents"].title = "Ａｇｅｎｔｓ\u3000"
    book["Shifts"]["C1"] = "Earliest\u00a0start\u200b"
    book["Contracts"]["A1"] = "合\u200d同"
    assert told(saved(book, tmp_path)) == []


def test_a_sheet_that_is_there_twice_is_named(tmp_path: Path) -> None:
    # The one was read, and of the other not a word was said.
    book = new_book()
    book.create_sheet("员工").append(["员工", "合同", "技能"])
    assert told(saved(book, tmp_path)) == [
        '员工  this is the sheet "Agents" once more. Remove or rename one of them.'
    ]


ROWS_TWICE = {
    "Skills": ("A3", 'skill "English" is given twice.'),
    "Shifts": ("A3", 'shift "Day" is given twice.'),
    "Contracts": ("A3", 'contract "Full time" is given twice.'),
    "Agents": ("A3", 'agent "Ada Example" is given twice.'),
    "Breaks": ("D3", 'break "Meal" of shift "Day" is given twice.'),
    "Availability": (
        "B3",
        "Ada Example: time off on 2024-03-08 stands here twice.",
    ),
    "Fixed": ("B3", "Ada Example is fixed twice on 2024-03-04."),
    "Wishes": ("B3", "Ada Example on 2024-03-05: the wish about Day stands here twice."),
    "History": ("B3", "history of Ada Example: 2024-03-01 stands here twice."),
    "Headcounts": ("A4", "2024-03-04 has a number for this shift already, in row 2."),
    "Demand": ("B3", "2024-03-04 00:00 stands here again, after row 2."),
    "Rules": ("B3", 'the rule "requirement" stands in row 2 already.'),
    "Settings": ("A2", "Name stands here twice."),
}


@pytest.mark.parametrize("title", ROWS_TWICE)
def test_the_same_row_twice_is_named_at_its_cell_on_every_sheet(tmp_path: Path, title: str) -> None:
    # The same absence twice was counted twice.
    cell, said = ROWS_TWICE[title]
    book = new_book()
    sheet: Any = book[title]
    first = 1 if title == "Settings" else 2
    row = first + 1 if title not in ("Headcounts",) else sheet.max_row + 1
    copied = [one.value for one in sheet[first]]
    if title != "Headcounts":
        sheet.insert_rows(row)
    for column, value in enumerate(copied, start=1):
        sheet.cell(row, column).value = value
    found = told(saved(book, tmp_path))
    assert any(one.startswith(f"{title}!{cell}  ") and said in one for one in found), found


def test_a_skill_with_two_columns_of_demand_is_named(tmp_path: Path) -> None:
    # The last of the two counted.
    rows = [[date(2024, 3, 4), f"{hour}:00", 1, 7] for hour in range(24)]
    path = saved(with_demand(date(2024, 3, 4), 1, 60, rows, ["English", "english "]), tmp_path)
    assert told_of_demand(path) == [
        'Demand!D1  how many "English" are required stands in column C already. Remove one of the columns.'
    ]


def test_skills_that_differ_in_signs_alone_have_their_own_columns(tmp_path: Path) -> None:
    # C++ and C# are one word without their signs: both columns went to the one, and the other had none.
    rows = [[date(2024, 3, 4), f"{hour}:00", 1, 0] for hour in range(24)]
    book = with_demand(date(2024, 3, 4), 1, 60, rows, ["C++", "C#"])
    book["Skills"]["A2"], book["Skills"]["A3"] = "C++", "C#"
    book["Agents"]["C2"] = "C++, C#"
    path = saved(book, tmp_path)
    found = [line for line in told(path) if "no shift can be worked" not in line]  # at night
    assert not any("C++" in finding or "C#" in finding for finding in found)
    assert {one.skill: set(one.required) for one in problem_of(path).demand} == {"C++": {1}, "C#": {0}}


def test_vowels_of_indic_scripts_tell_headings_apart(tmp_path: Path) -> None:
    rows = [[date(2024, 3, 4), f"{hour}:00", 1, 2] for hour in range(24)]
    book = with_demand(date(2024, 3, 4), 1, 60, rows, [" कि ", "का"])
    book["Skills"]["A2"], book["Skills"]["A3"] = "कि", "का"
    book["Agents"]["C2"] = "कि, का"
    assert {one.skill: set(one.required) for one in problem_of(saved(book, tmp_path)).demand} == {
        "कि": {1}, "का": {2},
    }  # fmt: skip


def test_a_start_with_another_date_than_its_row_is_refused(tmp_path: Path) -> None:
    rows: list[list[Any]] = [[date(2024, 3, 4), datetime(2024, 3, 4, hour), 1] for hour in range(24)]
    rows[5][1] = datetime(2024, 3, 5, 5)
    (first, *_) = told(saved(with_demand(date(2024, 3, 4), 1, 60, rows, ["English"]), tmp_path))
    assert first.startswith("Demand  English: there is no row for 2024-03-04 05:00") or first == (
        "Demand!B7  Start: the date 2024-03-05 here is not the Date 2024-03-04 of the row. Write one of them."
    )


def test_rules_that_say_the_same_are_named(tmp_path: Path) -> None:
    rule = ["max_consecutive_days", "first", "prefer", 20]
    book = new_book()
    sheet: Any = book["Rules"]
    at = sheet.max_row + 1
    headings = [cell.value for cell in sheet[1]]
    for row, label in ((at, "first"), (at + 1, "second")):
        for heading, value in zip(("Rule", "Label", "Strength", "Price"), rule, strict=True):
            sheet.cell(row, headings.index(heading) + 1).value = label if heading == "Label" else value
        sheet.cell(row, headings.index("Setting 1") + 1).value = "days"
        sheet.cell(row, headings.index("Value 1") + 1).value = 4
    (one,) = told(saved(book, tmp_path))
    assert 'the rules "first" and "second" say the same, and what breaks them is priced twice.' in one


def test_two_pairs_of_settings_with_one_number_are_named(tmp_path: Path) -> None:
    # Of two columns "Setting 1" the first was forgotten.
    book = new_book()
    sheet: Any = book["Rules"]
    headings = [cell.value for cell in sheet[1]]
    at = headings.index("In words") + 1
    sheet.cell(1, at).value, sheet.cell(1, at + 1).value = "Setting 1", "Value 1"
    said = [one for one in told(saved(book, tmp_path)) if "stands here twice" in one]
    assert len(said) == 2 and all("Number the pairs: Setting 1, Value 1" in one for one in said)


@pytest.mark.parametrize(
    "value",
    [
        1e308, 10**300, timedelta(days=-3), timedelta(hours=-1), datetime(9999, 12, 31),
        datetime(1900, 1, 1, 9, 0, 30), "9" * 5000,
    ],
    ids=range(7),
)  # fmt: skip
def test_no_value_of_a_cell_ends_the_reading(tmp_path: Path, value: Any) -> None:
    # A negative time was an endless recursion, 1e308 an OverflowError.
    for titles in (
        ["Settings"],
        ["Skills", "Shifts", "Breaks", "Contracts", "Agents", "Availability", "Fixed"],
    ):
        book = new_book()
        for title in titles:
            sheet: Any = book[title]
            for column in range(2 if title == "Settings" else 3, sheet.max_column + 1):
                for row in range(2, 7 if title == "Settings" else 3):
                    sheet.cell(row, column).value = value
        found = told(saved(book, tmp_path))
        assert {one.partition("!")[0] for one in found} >= set(titles)
        assert all(len(one) < 600 for one in found)


def test_the_last_day_of_the_calendar_alone_in_a_cell_ends_no_reading(tmp_path: Path) -> None:
    # As the first day of a leave and as a start in Demand it was an OverflowError: the mark for an open end
    # was taken for a day. Beside other wrong cells of its row it had been told.
    timed = {Kind.DATE, Kind.DAYS, Kind.CLOCK, Kind.END_CLOCK}
    titles = set(new_book().sheetnames) - {"Settings"}
    for sheet in (one for one in SHEETS if one.title in titles):
        for number, column in enumerate(sheet.columns, start=1):
            if column.kind in timed and column.key not in OPEN_ENDS:
                cell = f"{sheet.title}!{get_column_letter(number)}2"
                said = told(filled_in(tmp_path, {cell: datetime(9999, 12, 31)}))
                assert any(one.startswith(sheet.title) for one in said), cell


def test_a_leave_without_an_end_may_be_written_until_9999(tmp_path: Path) -> None:
    # It ended in an OverflowError; as a range of availability it would be millions of windows.
    leave = {"A": ADA, "B": date(2024, 3, 9), "C": date(9999, 12, 31), "F": "time off"}
    open_ = {
        "A": ADA,
        "B": date(2024, 3, 4),
        "C": date(9999, 12, 31),
        "D": time(8),
        "E": time(20),
        "F": "available",
    }
    path = filled_in(
        tmp_path,
        {f"Availability!{column}3": value for column, value in leave.items()}
        | {f"Availability!{column}4": value for column, value in open_.items()},
    )
    agent = problem_of(path).agents[0]
    assert agent.time_off[-1].end == datetime(2200, 1, 1)
    assert len(agent.available) == 8  # the week and the day after it


@pytest.mark.parametrize(
    ("weekdays", "closed", "said"),
    [
        # Mon-Thu was typed for Mon-Fri: Friday was closed, and check said "no errors, no warnings"
        ("Mon-Thu", "", "there is no row on Fri 8 Mar, which counts as closed."),
        ("Mon, Tue, Thu, Fri", "", "there is no row on Wed 6 Mar, which counts as closed."),
        ("Mon, Wed, Fri", "", "there are no rows on 2 days (Tue 5 Mar, Thu 7 Mar), which count as closed."),
        ("Mon-Fri", "", ""),  # a weekend is closed where no row says another thing
        ("Mon-Thu", "Fri", ""),  # said to be closed
    ],
)
def test_a_forgotten_weekday_is_told(weekdays: str, closed: str, said: str, tmp_path: Path) -> None:
    rows = [[weekdays, f"{hour}:00", 1] for hour in range(8, 16)]
    rows += [[closed, "08:00", 0]] if closed else []
    path = saved(with_demand(date(2024, 3, 4), 7, 60, rows, ["English"]), tmp_path)
    hint = "Write its weekday into Date (Mon-Fri), or a row of 0 if it is closed."
    assert told_of_demand(path) == ([f"Demand  English: {said} {hint}"] if said else [])
