"""Cells that were misread in silence, in whole workbooks."""

from pathlib import Path
from typing import Any

import pytest

from tests.workbook.filled_in import filled_in, new_book, read, saved, told


def setting(name: str) -> str:
    (row,) = (cell.row for (cell,) in new_book()["Settings"].iter_rows(max_col=1) if cell.value == name)
    return f"Settings!B{row}"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"Availability!D2": "08:00", "Availability!E2": "08:00"}, "Availability!E2  it begins and ends at"),
        ({"History!D2": "09:00"}, "History!D2  it begins and ends at 09:00"),
        ({"Fixed!D2": None, "Fixed!E2": None, "Fixed!F2": None}, "Fixed!B2  Ada Example on 2024-03-04: this"),
        ({"Agents!G2": "10:00-08:00"}, 'Agents!G2  Preferred starts: "10:00-08:00" ends before it begins'),
        ({"Availability!G2": 480}, "Availability!G2  Paid hours: 480 does not say its unit. Write 8 h or"),
        ({"Breaks!H2": 3}, "Breaks!H2  Earliest start: 3 does not say its unit. Write 3 min or 3 h."),
        ({"Fixed!B2": "3/4/2024"}, 'Fixed!B2  Date: "3/4/2024" can be read in two ways.'),
        ({"Contracts!B2": "1.500"}, 'Contracts!B2  Pay per hour: "1.500" can be read in two ways.'),
        ({"Contracts!B2": 0}, "Contracts!B2  the pay is 0 once"),
        ({"Availability!G2": None}, "Availability!G2  1 time off has no paid hours (Ada Example from"),
        ({"Agents!C2": "English/Welsh"}, 'Agents!C2  skill "English/Welsh" is not on the Skills sheet.'),
    ],
)  # fmt: skip
def test_what_was_silent_is_told_at_its_cell(changes: dict[str, Any], said: str, tmp_path: Path) -> None:
    lines = told(filled_in(tmp_path, changes))
    assert any(line.startswith(said) for line in lines), lines


@pytest.mark.parametrize(
    "changes",
    [
        {setting("Date order"): "month day year", "Fixed!B2": "3/4/2024"},
        {setting("Date order"): "mm/dd/yyyy", "Fixed!B2": "3/4/24"},
        {setting("Date order"): "day month year", "Fixed!B2": "4.3.24"},
        {setting("Decimal sign"): ",", "Contracts!B2": "20,000"},
        {setting("Decimal sign"): "point", "Contracts!B2": "20.000"},
        {"Contracts!B2": "20,00 €"},
        {"Agents!C2": "english", "Agents!B2": "FULL TIME", "Contracts!E2": "day", "Fixed!D2": "DAY"},
        {"Agents!C2": "English/english"},
    ],
)
def test_what_has_one_meaning_reads_as_the_same_week(changes: dict[str, Any], tmp_path: Path) -> None:
    path = filled_in(tmp_path, changes)
    assert [line for line in told(path) if "twice" not in line] == []
    (tmp_path / "as_it_is").mkdir()
    problem, as_it_is = read(path).problem, read(filled_in(tmp_path / "as_it_is", {})).problem
    assert problem is not None and as_it_is is not None
    assert (problem.contracts, problem.agents[0].pins) == (as_it_is.contracts, as_it_is.agents[0].pins)


@pytest.mark.parametrize(
    ("name", "said"), [("Date order", "perhaps"), ("Decimal sign", "dash"), ("Decimal sign", 7)]
)
def test_a_way_of_writing_that_nobody_knows_is_an_error(name: str, said: object, tmp_path: Path) -> None:
    lines = told(filled_in(tmp_path, {setting(name): said}))
    assert any(line.startswith(f"{setting(name)}  {name}") for line in lines), lines


def test_an_amount_against_the_decimal_sign_is_refused(tmp_path: Path) -> None:
    (line,) = told(filled_in(tmp_path, {setting("Decimal sign"): "comma", "Contracts!B2": "18.5"}))
    assert line.startswith("Contracts!B2  Pay per hour: ")


@pytest.mark.parametrize("cell", ["Shifts!C2", "Fixed!E2", "History!C2", "Availability!D2", "Agents!G2"])
@pytest.mark.parametrize("typed", [8.3, "8.3", "8,3"])
def test_a_bare_number_is_no_clock_time_and_both_are_offered(
    cell: str, typed: object, tmp_path: Path
) -> None:
    # "8.3" as text was told to be 08:18 alone, where 08:30 is meant as often
    lines = [line for line in told(filled_in(tmp_path, {cell: typed})) if line.startswith(cell)]
    if (cell, typed) == ("Agents!G2", "8,3"):
        assert any('"8" is not' in line for line in lines), lines  # a list of two
    else:
        assert any("08:30 or 08:18" in line for line in lines), lines


def test_a_percentage_is_no_amount(tmp_path: Path) -> None:
    book = new_book()
    book["Contracts"]["B2"] = 0.5
    book["Contracts"]["B2"].number_format = "0%"
    book.save(tmp_path / "week.xlsx")
    assert any(
        line.startswith("Contracts!B2  Pay per hour: 50 % is a share of a hundred")
        for line in told(tmp_path / "week.xlsx")
    )


@pytest.mark.parametrize("sheet", ["Availability", "Wishes", "History", "Fixed"])
def test_a_sheet_of_formulas_without_values_is_told(sheet: str, tmp_path: Path) -> None:
    # nothing was read of it, and nothing said
    book = new_book()
    for row in book[sheet].iter_rows():
        for cell in row:
            cell.value = "=1+1"
    book.save(tmp_path / "week.xlsx")
    assert f"{sheet}!A1  the formula in this cell was saved without its value. " in " ".join(
        told(tmp_path / "week.xlsx")
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (173, "173 is longer than 168 h. Of a month? 173 h a month are about 40 h a week"),
        (180, "180 does not say its unit. Of a month? 180 h a month are about 41 h 30 min a week"),
        ("160 h/month", "is not a length of time. Of a month? 160 h a month are about 37 h a week"),
        (160, "a week cannot be reached: "),
    ],
)
def test_hours_of_a_month_are_asked_about_with_those_of_a_week(
    tmp_path: Path, value: object, said: str
) -> None:
    # "180 does not say its unit. Write 3 h or 180 h." was a question without a right answer.
    lines = told(filled_in(tmp_path, {"Contracts!C2": value, "Contracts!D2": None}))
    assert any(said in line and "Of a month?" in line for line in lines)


def test_rows_of_another_interval_are_one_short_finding(tmp_path: Path) -> None:
    # Half-hour rows with an interval of 15 min were 284 holes in a message of 900 signs.
    (said,) = told(filled_in(tmp_path, {"Settings!B4": 15}))
    assert said.startswith("Demand!C2:C") and len(said) < 200
    assert "the rows are 30 min apart, and the interval on Settings is 15 min. Write 30 as Interval" in said


@pytest.mark.parametrize("value", ["NaN", -1, 1e308, "half"])
def test_an_interval_that_cannot_be_read_is_the_only_finding(tmp_path: Path, value: object) -> None:
    # "the interval on Settings is 15 min" was told of a cell that held something else.
    (said,) = told(filled_in(tmp_path, {"Settings!B4": value}))
    assert said.startswith("Settings!B4  Interval (min): ")


@pytest.mark.parametrize(
    ("cell", "number", "shape", "said"),
    [
        ("Shifts!C2", 1630, "hh:mm", "16:30"),  # a day of 1904 was "168 days"
        ("Shifts!C2", 830, "[h]:mm", "08:30"),  # was "19920:00 is later than 48:00"
        ("Demand!B3", 8, "[h]:mm", "08:00"),
        ("Fixed!G2", 830, "hh:mm", "08:30"),  # was "1902-04-09 00:00 is a date and time"
        ("Availability!D2", 870, "[h]:mm", "14:30"),
    ],
)
def test_a_number_typed_into_a_time_cell_is_told_with_the_time_it_is_like(
    tmp_path: Path, cell: str, number: int, shape: str, said: str
) -> None:
    book = new_book()
    sheet, place = cell.split("!")
    at: Any = book[sheet][place]
    at.value, at.number_format = number, shape
    (line,) = [one for one in told(saved(book, tmp_path)) if cell in one]
    assert f"{number} is not a clock time. Write it as {said}. A bare number typed into a time" in line


def test_a_number_in_a_time_cell_of_availability_is_not_days_in_silence(tmp_path: Path) -> None:
    # 8 under To, in the format of the new workbook, was leave until the eighth day after, without a word.
    book = new_book()
    at: Any = book["Availability"]["E2"]
    at.value, at.number_format = 8, "[hh]:mm"
    assert (
        "Availability!E2  this is read as 192:00, 8 days on. Write it as 08:00. A bare number typed into a "
        "time cell counts days."
    ) in told(saved(book, tmp_path))


@pytest.mark.parametrize(("cell", "value"), [("Breaks!H2", -30), ("Availability!G2", -40)])
def test_a_length_below_nothing_is_told_as_a_length(tmp_path: Path, cell: str, value: object) -> None:
    # It said "Write a time such as 08:30" where a length is wanted.
    (line,) = [one for one in told(filled_in(tmp_path, {cell: value})) if one.startswith(cell)]
    assert "less than nothing, where a length of time belongs. Write it without the minus sign." in line
