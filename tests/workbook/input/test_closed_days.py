"""One row closes a day: its date, no start, and 0."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from constraints import CATALOGUE
from scheduler.domain.facts.problem import Problem
from scheduler.io.input.writing.workbook_writer import write_input
from tests.workbook.filled_in import MONDAY, new_book, read, saved

HOLIDAY = date(2024, 3, 7)  # a Thursday
HOURS = [time(9), time(9, 30), time(10), time(10, 30)]
EVERY_DAY = [["Mon-Sun", start, 1] for start in HOURS]


def with_rows(folder: Path, *rows: list[Any]) -> Path:
    book = new_book()
    del book["Demand"]
    sheet = book.create_sheet("Demand")
    for row in (["Date", "Start", "English"], *EVERY_DAY, *rows):
        sheet.append(row)
    return saved(book, folder)


def required(problem: Problem | None) -> list[int]:
    """Agent-intervals of each day."""
    assert problem is not None
    (demand,) = problem.demand
    return [sum(demand.required[at] for at in problem.grid.intervals_of(day)) for day in range(7)]


def of_demand(path: Path) -> list[str]:
    return [line for line in map(str, read(path).findings) if line.startswith("Demand")]


@pytest.mark.parametrize("zero", [0, "0", 0.0])
def test_a_date_without_a_start_and_with_0_closes_the_day(tmp_path: Path, zero: Any) -> None:
    # A row of 0 for every half hour was the only way, and "Start: this cell is blank" the answer to this one.
    path = with_rows(tmp_path, [HOLIDAY, None, zero])
    assert of_demand(path) == []
    problem = read(path).problem
    assert required(problem) == [4, 4, 4, 0, 4, 4, 4]
    assert problem is not None and problem.grid.first_day == MONDAY


def test_the_next_week_is_open_again_and_a_written_week_reads_the_same(tmp_path: Path) -> None:
    reading = read(with_rows(tmp_path, [HOLIDAY, None, 0]))
    assert reading.problem is not None and reading.rules is not None
    (demand,) = reading.problem.demand
    assert {weekday for usual in demand.usual for weekday in usual.weekdays} == set(range(7))
    write_input(tmp_path / "again.xlsx", reading.problem, reading.rules, CATALOGUE)
    assert read(tmp_path / "again.xlsx").problem == reading.problem


def test_weekdays_close_as_well_and_days_behind_the_horizon_when_the_clock_is_put_forward(
    tmp_path: Path,
) -> None:
    rows = [["Mon-Fri", start, 1] for start in HOURS]
    book = new_book()
    del book["Demand"]
    sheet = book.create_sheet("Demand")
    for row in (["Date", "Start", "English"], *rows, ["Sat-Sun", None, 0], [date(2024, 3, 31), None, 0]):
        sheet.append(row)
    path = saved(book, tmp_path)
    assert [line for line in of_demand(path) if "blank" in line or "does not exist" in line] == []
    assert required(read(path).problem) == [4, 4, 4, 4, 4, 0, 0]


@pytest.mark.parametrize("row", [[HOLIDAY, None, 3], [HOLIDAY, None, None]])
def test_any_other_number_without_a_start_is_asked_about(tmp_path: Path, row: list[Any]) -> None:
    (finding,) = of_demand(with_rows(tmp_path, row))
    assert finding.startswith("Demand!B6  Start: this cell is blank.")


def test_a_blank_number_beside_0_leaves_that_skill_as_it_is(tmp_path: Path) -> None:
    book = new_book()
    book["Skills"]["A3"] = "French"
    del book["Demand"]
    sheet = book.create_sheet("Demand")
    for row in (["Date", "Start", "English", "French"], *([*row, 1] for row in EVERY_DAY)):
        sheet.append(row)
    sheet.append([HOLIDAY, None, 0, None])
    problem = read(saved(book, tmp_path)).problem
    assert problem is not None
    sums = {demand.skill: sum(demand.required) for demand in problem.demand}
    assert sums == {"English": 6 * 4, "French": 7 * 4}
