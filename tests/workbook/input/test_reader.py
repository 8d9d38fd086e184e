"""What the reader understands beside what the writer writes: other shapes, other languages, other habits."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from constraints import CATALOGUE
from scheduler.domain.facts.problem import Pin, Problem, TimeOff, Window
from scheduler.io.input.templates.template import first_rules, worked_example
from tests.workbook.filled_in import MONDAY, filled_in, new_book, read, saved, told


def problem_of(path: Path) -> Problem:
    reading = read(path)
    assert [str(finding) for finding in reading.findings if finding.is_error] == []
    assert reading.problem is not None
    return reading.problem


def with_demand(book: Workbook, rows: list[list[Any]]) -> Workbook:
    del book["Demand"]
    sheet = book.create_sheet("Demand")
    for row in rows:
        sheet.append(row)
    return book


def test_chinese_sheets_and_headings_are_read(tmp_path: Path) -> None:
    assert problem_of(saved(new_book("zh"), tmp_path)) == worked_example(MONDAY)


def test_chinese_words_are_read(tmp_path: Path) -> None:
    book = new_book("zh")
    book["可用时间"]["F2"] = "请假"
    book["休息"]["F2"] = "否"
    book["班次"]["B2"] = "每天"
    book["班次"]["C2"] = "８：００"
    book["规则"]["C3"] = "必须"
    assert problem_of(saved(book, tmp_path)) == worked_example(MONDAY)


def test_headings_are_matched_without_case_spacing_and_brackets(tmp_path: Path) -> None:
    book = new_book()
    for cell, heading in (
        ("A1", " SHIFT "),
        ("E1", "start-step"),
        ("F1", "Min length"),
        ("C1", "EARLIEST  START"),
    ):
        book["Shifts"][cell] = heading
    book["Agents"].title = "AGENTS "
    assert problem_of(saved(book, tmp_path)) == worked_example(MONDAY)


def test_a_title_above_the_headings_and_blank_rows_are_passed_over(tmp_path: Path) -> None:
    book = new_book()
    book["Agents"].insert_rows(1, 2)
    book["Agents"]["A1"] = "Who works here"
    book["Agents"]["A9"] = "  "
    book["Contracts"].insert_rows(2)
    assert problem_of(saved(book, tmp_path)) == worked_example(MONDAY)


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    book = new_book()
    book["Contracts"].move_range("A1:A2", cols=9)
    assert problem_of(saved(book, tmp_path)) == worked_example(MONDAY)


def test_a_column_of_notes_is_told_but_does_no_harm(tmp_path: Path) -> None:
    path = filled_in(tmp_path, {"Contracts!G1": "Remarks", "Contracts!G2": "since May"})
    assert told(path) == [
        'Contracts!G1  the column "Remarks" is not read. This sheet has all of its columns; nothing needs to '
        "be done if it is a note."
    ]
    assert problem_of(path) == worked_example(MONDAY)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("Contracts!B2", "20.00"),  # a number stored as text
        ("Contracts!C2", "32:00"),
        ("Contracts!D2", timedelta(hours=40)),
        ("Shifts!C2", time(8)),
        ("Shifts!D2", "10:00"),
        ("Shifts!F2", "8 h 30 min"),
        ("Shifts!G2", time(8, 30)),
        ("Breaks!H2", "3:00"),
        ("Breaks!I2", time(5)),
        ("Settings!B2", "2024-03-04"),
        ("Settings!B4", "30 min"),
        ("Settings!B7", "monday"),
        ("Agents!G2", "8:00 – 9:00"),
        ("Fixed!E2", "9:00 am"),
        ("History!D2", "17:30"),
        ("Demand!C20", "1"),
        ("Rules!O10", timedelta(hours=11)),  # daily rest
        ("Rules!O10", "11:00"),
        ("Rules!O10", 660),
        ("Rules!N10", "Rest_Minutes"),
        ("Rules!N10", "rest"),
        ("Rules!A10", "Daily rest"),
    ],
)
def test_the_same_is_understood_in_another_form(tmp_path: Path, place: str, value: object) -> None:
    reading = read(filled_in(tmp_path, {place: value}))
    assert (reading.findings, reading.problem) == ((), worked_example(MONDAY))
    assert reading.rules == first_rules(CATALOGUE)


def test_cells_merged_downwards_hold_for_each_row(tmp_path: Path) -> None:
    book = new_book()
    book["Demand"].merge_cells("A2:A49")  # the date of Monday, once for its 48 half-hours
    assert problem_of(saved(book, tmp_path)) == worked_example(MONDAY)


def test_names_that_are_numbers_keep_their_digits(tmp_path: Path) -> None:
    changes = {f"{sheet}!A2": 1001 for sheet in ("Agents", "Availability", "Fixed", "Wishes", "History")}
    assert problem_of(filled_in(tmp_path, changes)).agents[0].name == "1001"


def test_input_sheets_beside_output_sheets_of_the_same_name(tmp_path: Path) -> None:
    book = new_book()
    book["Agents"].title = "Agents (input)"
    book.create_sheet("Agents", 0).append(["Agent", "Hours", "Cost"])
    assert problem_of(saved(book, tmp_path)) == worked_example(MONDAY)


@pytest.mark.parametrize(
    ("day", "last", "start", "end", "what", "paid", "wanted"),
    [
        # a night belongs to the day it begins on
        (date(2024, 3, 5), None, "22:00", "06:00", "unavailable", None, ["05T22:00/06T06:00"]),
        (date(2024, 3, 5), None, "22:00", "30:00", "unavailable", None, ["05T22:00/06T06:00"]),
        (date(2024, 3, 5), None, None, None, "unavailable", None, ["05T00:00/06T00:00"]),
        (date(2024, 3, 5), None, "12:00", None, "unavailable", None, ["05T12:00/06T00:00"]),
        # a range of whole days is one absence
        (date(2024, 3, 5), date(2024, 3, 7), None, None, "unavailable", None, ["05T00:00/08T00:00"]),
        # with clock times it is one window a day
        (
            date(2024, 3, 5), date(2024, 3, 6), "08:00", "12:00", "unavailable", None,
            ["05T08:00/05T12:00", "06T08:00/06T12:00"],
        ),
        # every Monday from the day before the week to the day after it: the 4th and the 11th
        ("Mon", None, "08:00", "12:00", "unavailable", None, ["04T08:00/04T12:00", "11T08:00/11T12:00"]),
    ],
)  # fmt: skip
def test_rows_of_availability(
    tmp_path: Path, day: Any, last: Any, start: Any, end: Any, what: str, paid: Any, wanted: list[str]
) -> None:
    row = dict(zip("ABCDEFG", ("Ada Example", day, last, start, end, what, paid), strict=True))
    path = filled_in(tmp_path, {f"Availability!{letter}3": value for letter, value in row.items()})
    [agent] = problem_of(path).agents
    assert agent.unavailable == tuple(
        Window.model_validate(
            dict(zip(("start", "end"), (f"2024-03-{end}" for end in one.split("/")), strict=True))
        )
        for one in wanted
    )


def test_time_off_over_days_counts_its_hours_once(tmp_path: Path) -> None:
    [agent] = problem_of(
        filled_in(tmp_path, {"Availability!C2": date(2024, 3, 9), "Availability!G2": 16})
    ).agents
    absence = TimeOff(start=datetime(2024, 3, 8), end=datetime(2024, 3, 10), paid_minutes=960)
    assert agent.time_off == (absence,)


def test_breaks_may_be_fixed_after_midnight(tmp_path: Path) -> None:
    [agent] = problem_of(filled_in(tmp_path, {"Fixed!G2": "23:30, 25:15"})).agents
    assert agent.pins == (
        Pin(day=MONDAY, template="Day", start=540, length_minutes=510, break_starts=(1410, 1515)),
    )


def test_demand_in_the_long_form(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Start", "Skill", "Required", "Minimum", "Seats"]]
    for interval in range(7 * 48):
        start = datetime.combine(MONDAY, time()) + timedelta(minutes=30 * interval)
        rows.append([start, "English", 2, 1 if interval == 5 else None, None if interval else 9])
    [demand] = problem_of(saved(with_demand(new_book(), rows), tmp_path)).demand
    assert demand.required == (2,) * 336
    assert demand.minimum == (*(0,) * 5, 1, *(0,) * 330)
    assert demand.maximum == (9, *(None,) * 335)


def test_an_unknown_skill_in_the_long_form_is_told_once(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Date", "Start", "Skill", "Required"]]
    for skill in ("English", "Englisch"):
        for interval in range(7 * 48):
            rows.append(
                [
                    MONDAY + timedelta(days=interval // 48),
                    f"{interval % 48 // 2}:{interval % 2 * 3}0",
                    skill,
                    1,
                ]
            )
    assert told(saved(with_demand(new_book(), rows), tmp_path)) == [
        'Demand!C338  skill "Englisch" is not on the Skills sheet. Did you mean "English"? Known: English.'
    ]


def test_a_row_of_the_demand_given_twice_is_told(tmp_path: Path) -> None:
    assert told(filled_in(tmp_path, {"Demand!A338": MONDAY, "Demand!B338": "09:00", "Demand!C338": 1})) == [
        "Demand!B338  2024-03-04 09:00 stands here again, after row 20. Remove one of the rows."
    ]


def clock_change(book: Workbook, day: date, hours: list[int]) -> Workbook:
    """One Sunday of hours in Berlin, with as many agents required as the row's number."""
    settings = book["Settings"]
    settings["B2"], settings["B3"], settings["B4"] = day, 1, 60
    for title in ("Fixed", "Wishes", "History", "Availability", "Headcounts"):
        del book[title]
    book["Agents"]["H2"] = None
    book["Contracts"]["C2"] = None
    return with_demand(
        book, [["Date", "Start", "English"], *([day, f"{hour}:00", at] for at, hour in enumerate(hours))]
    )


def test_the_repeated_hour_of_autumn_is_read_in_order(tmp_path: Path) -> None:
    # On 27 October 2024 Berlin has 25 hours: 02:00 comes twice.
    hours = [0, 1, 2, 2, *range(3, 24)]
    path = saved(clock_change(new_book(), date(2024, 10, 27), hours), tmp_path)
    assert problem_of(path).demand[0].required == tuple(range(25))


def test_the_second_of_the_repeated_hours_is_missed(tmp_path: Path) -> None:
    path = saved(clock_change(new_book(), date(2024, 10, 27), list(range(24))), tmp_path)
    assert told(path) == [
        "Demand  English: there is no second row for 2024-10-27 02:00 to 03:00 (1 interval), which the clock "
        "shows twice. Give each of these times two rows: the first for before the clock is put back."
    ]


def test_the_hour_that_spring_leaves_out_is_told_and_not_read(tmp_path: Path) -> None:
    # On 31 March 2024 Berlin has 23 hours: there is no 02:00.
    path = saved(clock_change(new_book(), date(2024, 3, 31), list(range(24))), tmp_path)
    known = "people are required"  # one agent by day, and three are asked for, by night as well
    assert [line for line in told(path) if known not in line] == [
        "Demand!B4  2024-03-31 02:00 does not exist: the clock is put forward. Not read. Leave the row out."
    ]
    assert problem_of(path).demand[0].required == (0, 1, *range(3, 24))
