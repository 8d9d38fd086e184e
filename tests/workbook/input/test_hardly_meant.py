"""Weeks that can be planned as they stand and are hardly meant so: a rule's row gone, hours that are days."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from scheduler.app.input_checks.readings import cross_checked
from scheduler.io.cells.columns import Kind
from scheduler.io.cells.parse_lists import clock_windows
from scheduler.io.cells.render import cell_value
from tests.workbook.filled_in import new_book, read, saved

ADDED = "or add it as off to say that this is meant."


def checked(book: Workbook, folder: Path, sheet: str = "") -> list[str]:
    """What ``check`` says of a workbook, or of one sheet."""
    told = cross_checked(read(saved(book, folder))).told
    return [str(finding) for finding in told if sheet in ("", finding.place.sheet)]


def changed(changes: Mapping[str, Any], more: Sequence[tuple[Any, ...]] = ()) -> Workbook:
    """The new workbook with other cells, and with more rows: the sheet, then its cells."""
    book = new_book()
    for title, *cells in more:
        book[title].append(cells)
    for place, value in changes.items():
        sheet, cell = place.split("!")
        book[sheet][cell] = value
    return book


def without_rules(*kinds: str) -> Workbook:
    """The new workbook, whose shift may end at 18:30 and begin at 5:00, without the rows of these rules."""
    book = changed({"Shifts!C2": "05:00"})
    sheet = book["Rules"]
    for row in range(sheet.max_row, 1, -1):
        if sheet.cell(row, 1).value in kinds:
            sheet.delete_rows(row)
    return book


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (
            # its row was deleted, a solve cost 10,407 instead of 14,387, and every rule "was kept"
            ("paid_hours",),
            "Contracts!C2  the hours of contracts are not heeded: there is no rule paid_hours in the "
            f"book. Add it, {ADDED}",
        ),
        (
            ("break_windows",),
            "Breaks!H2  windows of breaks are not heeded: there is no rule break_windows in the "
            f"book. Add it, {ADDED}",
        ),
        (
            ("daily_rest",),
            "Rules!A1  no rule asks for rest between the shifts of 1 agent (Ada Example): Day may "
            "end at 18:30, and Day begin at 05:00 on the next day. Add one of daily_rest, "
            f"forbidden_succession, {ADDED}",
        ),
        (
            ("weekly_rest", "days_per_week", "max_consecutive_days", "paid_hours"),
            "Rules!A1  no rule keeps 1 agent (Ada Example) from working every day of a week. Add one "
            f"of weekly_rest, days_per_week, days_in_window, paid_hours, max_consecutive_days, {ADDED}",
        ),
    ],
)
def test_facts_that_no_rule_heeds_and_usual_rules_that_lack_are_told(
    tmp_path: Path, kinds: tuple[str, ...], said: str
) -> None:
    assert said in checked(without_rules(*kinds), tmp_path)
    assert checked(without_rules(), tmp_path) == []


def test_the_shifts_of_a_contract_that_no_rule_heeds_are_told(tmp_path: Path) -> None:
    # 31 duties went to people whose contract does not have their shift, and nothing was said
    book = without_rules("entitlement")
    assert checked(book, tmp_path) == []  # the contract has every shift there is
    book["Shifts"].append(["Late", "Mon-Fri", "13:00", "14:00", 30, 8, 8, 15])
    assert [one for one in checked(book, tmp_path) if "heeded" in one] == [
        "Contracts!E2  the shifts of contracts are not heeded: there is no rule entitlement in the "
        f"book. Add it, {ADDED}"
    ]


def test_hours_that_a_rule_gives_itself_are_not_those_of_the_contract(tmp_path: Path) -> None:
    book = without_rules()
    row = next(row for row in book["Rules"].iter_rows() if row[0].value == "paid_hours")
    row[13].value, row[14].value = "at least minutes", "30 h"
    assert checked(book, tmp_path) == [
        "Contracts!C2  the hours of contracts are not heeded: the rule paid_hours gives its own. Add "
        "it without its own, or add it so as off to say that this is meant."
    ]


def test_a_rule_that_is_off_was_left_out_on_purpose(tmp_path: Path) -> None:
    book = without_rules()
    for row in book["Rules"].iter_rows():
        if row[0].value in ("paid_hours", "daily_rest", "max_consecutive_days", "break_windows"):
            row[2].value = "off"
    assert checked(book, tmp_path) == []


PEOPLE = [
    ("Agents", "Bo", "Full time", "English"),
    ("Agents", "Cy", "Full time", "English"),
    ("Agents", "Dee", "Full time", "English"),
]


def test_half_a_history_is_told(tmp_path: Path) -> None:
    # 12 of 25 people had rows, and the others counted as free
    bo_worked = ("History", "Bo", date(2024, 3, 1), "09:00", "17:30", 8)
    cy_joins = {"Agents!I4": date(2024, 3, 4)}
    assert checked(changed(cy_joins, [*PEOPLE, bo_worked]), tmp_path) == [
        "Agents!A5  1 agent has no row on History from 2024-02-26 on (Dee), while 2 do: nothing is "
        "known of their week before, and no rule holds it against them. Fill in what they worked; if it is "
        "nothing, write 2024-03-03 under History until on Settings."
    ]
    whole = {**cy_joins, "Settings!B12": date(2024, 3, 3)}
    assert checked(changed(whole, [*PEOPLE, bo_worked]), tmp_path) == []


def test_a_few_nights_that_reach_in_are_no_half_of_a_history(tmp_path: Path) -> None:
    four_more = [("Agents", f"Extra {number}", "Full time", "English") for number in range(4)]
    assert checked(changed({}, [*PEOPLE, *four_more]), tmp_path) == []


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (
            date(2024, 3, 4),
            "History until is 2024-03-04, and the planned days begin on 2024-03-04: these are no history. "
            "Write 2024-03-03, or mend First day.",
        ),
        (
            date(2023, 3, 3),
            "History until is 2023-03-03, and History has rows until 2024-03-01. Write 2024-03-01 or a later "
            "day, or mend the dates on History.",
        ),
    ],
)
def test_an_end_of_the_history_that_contradicts_its_rows_is_told(
    tmp_path: Path, until: date, said: str
) -> None:
    # a year before the rows, and a week after them, were taken without a word
    assert checked(changed({"Settings!B12": until}), tmp_path) == [f"Settings!B12  {said}"]


def test_a_history_without_rows_is_not_whole(tmp_path: Path) -> None:
    book = changed({"Settings!B12": date(2024, 3, 3)})
    book["History"].delete_rows(2)
    assert checked(book, tmp_path) == [
        "Settings!B12  History is said to be whole until 2024-03-03, and it has no row: nobody "
        "worked. Fill in History, or clear this cell."
    ]


LATE = ("Shifts", "Late", "every day", "12:00", "13:00", 30, 8, 9, 15)


def test_a_shift_without_a_row_of_breaks_is_told(tmp_path: Path) -> None:
    # the only row of Late was cleared, and nine hours were rostered and paid without a break
    known = {"Contracts!E2": "Day, Late", "Shifts!F2": 8, "Shifts!G2": 8, "Fixed!F2": 8}
    assert checked(changed(known, [LATE]), tmp_path) == [
        'Shifts!A3  1 shift has no row of breaks for some of its lengths ("Late" of 8 h to 9 h), '
        'while "Day" of 8 h has a break. Add the rows on Breaks; if there is none, a row with the shift and '
        "its lengths, and no break, says so."
    ]
    assert checked(changed(known, [LATE, ("Breaks", "Late", 8, 9)]), tmp_path) == []


def of_day(kind: str, start: str | None, end: str | None, hours: float | None = None) -> tuple[Any, ...]:
    """A row of Availability on the first Wednesday."""
    return ("Availability", "Ada Example", date(2024, 3, 6), None, start, end, kind, hours)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            # two hours of training took the whole day, and nobody was told
            of_day("time off", "13:00", "15:00", 2),
            "Availability!B3  1 absence is shorter than a shift, and leaves room for none on its day "
            "(Ada Example, 13:00 to 15:00 on 2024-03-06): the whole day is free. Move it to the edge of the "
            "day, or give the contract a shift that fits beside it; if the day is meant, clear From and To.",
        ),
        (
            of_day("available", "10:00", "16:00"),
            "Availability!B3  1 time of availability holds no shift of the contract (Ada Example, "
            "10:00 to 16:00 on 2024-03-06): the day is free. Widen it, give the contract a shift that fits, "
            "or write unavailable for the day.",
        ),
        (
            of_day("time off", None, None, 2),  # days for hours
            "Availability!G3  1 absence has few paid hours for its days (Ada Example: 2 h for 1 "
            "day). Paid hours are hours, not days, and of the whole row where it has a last day.",
        ),
        (
            of_day("time off", "06:00", "08:00", 8),
            "Availability!G3  1 time off is paid longer than its days are (Ada Example: 8 h on "
            "2024-03-06). Write the hours of these days, or the last day of the leave.",
        ),
        (
            of_day("time off", "01:00", "03:00", 2),
            "Availability!B3  1 absence lies at night, where the contract has no shift (Ada Example, "
            "01:00 to 03:00 on 2024-03-06). Write 13:00 to 15:00 if the afternoon is meant.",
        ),
        (of_day("unavailable", "18:00", "20:00"), None),  # an early start remains
        (of_day("time off", "09:00", "17:00", 8), None),  # a day of leave, with the hours of a shift
        (of_day("unavailable", "06:00", "07:30"), None),
        (of_day("Urlaub", None, None, 8), None),
        (of_day("krank", None, None, 8), None),
    ],
)
def test_an_absence_that_does_not_mean_what_it_says_is_told(
    tmp_path: Path, row: tuple[Any, ...], said: str | None
) -> None:
    assert checked(changed({}, [row]), tmp_path, "Availability") == ([said] if said else [])


def test_hours_of_leave_on_days_without_a_shift_are_told(tmp_path: Path) -> None:
    sunday = ("Availability", "Ada Example", date(2024, 3, 10), None, None, None, "time off", 8)
    assert checked(changed({"Shifts!B2": "Mon-Sat"}, [sunday]), tmp_path, "Availability") == [
        "Availability!G3  1 absence has paid hours on days on which the contract has no shift (Ada "
        "Example, 8 h on Sunday 2024-03-10): they count towards the hours of the week. Clear the hours, or "
        "mend the date."
    ]


def test_many_absences_of_a_kind_are_one_line(tmp_path: Path) -> None:
    rows = [("Availability", "Ada Example", "Tue, Wed, Thu", None, "13:00", "15:00", "unavailable")]
    (told,) = checked(changed({}, rows), tmp_path, "Availability")
    assert "3 absences are shorter than a shift" in told


def test_one_slip_down_a_column_is_one_line_though_each_has_its_own_hint(tmp_path: Path) -> None:
    # 8.30 and so on down a column were 84 lines
    book = new_book()
    cells = [f"B{row}" for row in range(2, 12)]
    for hour, cell in enumerate(cells, start=8):
        book["Demand"][cell] = f"{hour}.30"
    (told,) = [one for one in checked(book, tmp_path) if one.startswith("Demand!B")]
    assert told.startswith('Demand!B2:B11  Start: "8.30" is not a clock time. So in all 10 cells')


def test_a_column_of_remarks_beside_a_whole_sheet_is_no_riddle(tmp_path: Path) -> None:
    # "Columns not given: none is missing."
    assert checked(changed({"Availability!H1": "Remark", "Availability!H2": "asked in May"}), tmp_path) == [
        'Availability!H1  the column "Remark" is not read. This sheet has all of its columns; '
        "nothing needs to be done if it is a note."
    ]


@pytest.mark.parametrize(
    ("cell", "word"),
    [("Fixed!C2", "nein"), ("Wishes!D2", "ja"), ("Breaks!F2", "Nein"), ("Rules!C7", "muss")],
)
def test_german_words_of_few_choices_are_read(tmp_path: Path, cell: str, word: str) -> None:
    assert checked(changed({cell: word}), tmp_path) == []


def test_words_that_were_edited_in_place_of_a_setting_are_told(tmp_path: Path) -> None:
    # "at most 4 days" was written over the sentence, and five were planned
    book = new_book()
    row = next(row for row in book["Rules"].iter_rows() if row[0].value == "days_per_week")
    said = next(cell.column - 1 for cell in book["Rules"][1] if cell.value == "In words")
    row[said].value = "Everyone works at most 4 days in each calendar week."
    cell = row[said].coordinate
    assert checked(book, tmp_path) == [
        f'Rules!{cell}  In words says "Everyone works at most 4 days in each calendar week.", '
        'and the settings of this row say "Everyone works at most 5 days in each calendar week."; only the '
        "settings count. Write the number under Value; In words is not read, and may be cleared."
    ]
    row[said].value = "Five days, as agreed with the works council"
    assert checked(book, tmp_path) == []


def test_a_preference_that_costs_nothing_is_told(tmp_path: Path) -> None:
    # daily_rest was preferred at a price of 0, and off in effect
    row = next(row for row in new_book()["Rules"].iter_rows() if row[0].value == "daily_rest")
    of_rest = {f"Rules!{row[2].coordinate}": "prefer", f"Rules!{row[3].coordinate}": 0}
    assert checked(changed(of_rest), tmp_path) == [
        f'Rules!{row[3].coordinate}  the rule "daily_rest" is preferred at a price of 0: nothing is paid for '
        "breaking it. Give it a price, or make it report or off."
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"Shifts!B2": "Mon-Sat", "Wishes!B2": date(2024, 3, 10)},
            'Wishes!B2  1 wish is for a shift on a weekday on which it never starts (Ada Example, "Day" on '
            "Sunday 2024-03-10), and cannot be granted. Mend the day or the shift, or remove the row.",
        ),
        (
            {"Agents!G2": "20:00-21:00"},
            "Agents!G2  1 agent likes to start when no shift of the contract does (Ada Example; shifts start "
            "from 08:00 to 10:00). Mend the window, or clear it.",
        ),
        (
            {"Agents!G2": "8:00-8:00"},
            'Agents!G2  Preferred starts: "8:00-8:00" begins and ends at the same time. Write 08:00 for that '
            "one start, or another end.",
        ),
        ({"Agents!G2": "08:00"}, None),
        ({"Shifts!B2": "Mon-Sat", "Wishes!B2": "every day"}, None),
    ],
)
def test_wishes_that_nobody_can_grant_are_told(
    tmp_path: Path, changes: dict[str, Any], said: str | None
) -> None:
    assert checked(changed(changes), tmp_path) == ([said] if said else [])


def test_a_start_that_is_liked_is_written_as_it_is_read() -> None:
    assert cell_value(Kind.CLOCK_WINDOWS, ((480, 480), (540, 600)))[0] == "08:00, 09:00-10:00"
    assert clock_windows("08:00, 09:00-10:00") == ((480, 480), (540, 600))


def test_hours_that_do_not_fit_name_the_absence_as_well(tmp_path: Path) -> None:
    # five hours for five days of leave stood on Availability, and only the row of Agents was named
    leave = {"Availability!B2": date(2024, 3, 4), "Availability!C2": date(2024, 3, 8), "Availability!G2": 5}
    (told,) = checked(changed(leave), tmp_path, "Agents")
    assert told.startswith("Agents!A2  Ada Example: 32 h to 40 h in the week from 2024-03-04 do not fit")
    assert "See also cell G2 of the sheet Availability." in told


@pytest.mark.parametrize(
    ("number", "code", "read_as"),
    [
        (101, "00000", "00101"),  # Excel showed 00101, and 101 was read
        (101, '"P-"0000', "P-0101"),
        (123456789, "000-00-0000", "123-45-6789"),
        (1234567, "00000", "1234567"),
        (101, "General", "101"),
        (101, "0", "101"),
        (101.5, "00000", "101.5"),
    ],
)
def test_a_number_that_is_a_text_is_read_as_it_is_shown(
    tmp_path: Path, number: float, code: str, read_as: str
) -> None:
    book = changed({"Agents!K2": number, "Agents!D2": number, "Agents!E2": 20})
    for cell in ("K2", "D2", "E2"):
        book["Agents"][cell].number_format = code
    problem = read(saved(book, tmp_path)).problem
    assert problem is not None
    (ada,) = problem.agents
    assert (ada.personnel_number, ada.team) == (read_as, read_as)
    assert (type(ada.pay_per_hour), ada.pay_per_hour) == (int, 2000)


def test_names_in_two_formats_are_two_names(tmp_path: Path) -> None:
    book = changed({}, [("Agents", "Bo", "Full time", "English"), ("Agents", "Cy", "Full time", "English")])
    for cell, code in (("K3", "0000"), ("K4", "00000")):
        book["Agents"][cell].value, book["Agents"][cell].number_format = 7, code
    problem = read(saved(book, tmp_path)).problem
    assert problem is not None
    assert [agent.personnel_number for agent in problem.agents] == [None, "0007", "00007"]


def test_what_is_crossed_out_is_told_and_read(tmp_path: Path) -> None:
    # a leave was crossed out on Availability, and counted without a word
    book = new_book()
    for cell in book["Availability"][2]:
        cell.font = Font(strike=True)
    assert checked(book, tmp_path) == [
        "Availability!A2  crossed out cells are read all the same: A2:B2, F2:G2. Clear them if they are "
        "cancelled, or take the line through them away."
    ]
    for cell in book["Availability"][2]:
        cell.font = Font(strike=False)
    assert checked(book, tmp_path) == []


def test_remarks_beside_cells_are_told_once_a_sheet(tmp_path: Path) -> None:
    book = new_book()
    for row in (2, 3, 4):
        book["Availability"][f"B{row}"].comment = Comment("not before May", "Anna")
    assert checked(book, tmp_path) == [
        "Availability!B2  remarks beside cells are not read: B2, B3, B4. What is to be planned by stands in "
        "cells."
    ]
