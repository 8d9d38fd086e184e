"""Headcounts and wishes in a workbook: understood as they are typed, told where they are wrong."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from constraints import CATALOGUE
from scheduler.domain import Headcount, Problem, ShiftWish
from scheduler.io.cells.columns import Language
from scheduler.io.input.templates.template import first_rules, worked_example
from scheduler.io.input.workbook_reader import read_workbook
from scheduler.io.input.writing.workbook_writer import write_input
from tests.workbook.filled_in import MONDAY, filled_in, new_book, read, saved, told

HEADINGS = ["Day", "Shift", "Skill", "Required", "Missing person, price per shift"]
TUESDAY, SUNDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=6)


def with_rows(title: str, rows: Sequence[Sequence[Any]], headings: Sequence[str]) -> Workbook:
    """A new workbook in which a sheet holds just these rows."""
    book = new_book()
    at = book.sheetnames.index(title)
    del book[title]
    page = book.create_sheet(title, at)
    for row in (headings, *rows):
        page.append(row)
    return book


def headcounts_of(path: Path) -> tuple[Headcount, ...]:
    reading = read(path)
    assert [str(finding) for finding in reading.findings] == []
    assert reading.problem is not None
    return reading.problem.headcounts


WEEK = (1, 1, 1, 1, 0, 0, 0)


def test_the_worked_rows_are_a_headcount_and_a_wish(tmp_path: Path) -> None:
    reading = read(saved(new_book(), tmp_path))
    assert reading.problem is not None and reading.rules is not None
    assert reading.problem.headcounts == (Headcount(template="Day", required=WEEK, usual=WEEK),)
    assert reading.problem.agents[0].shift_wishes == (ShiftWish(day=TUESDAY, template="Day", price=800),)
    assert {"shift_requirement", "shift_wishes"} <= set(reading.rules.named)
    assert reading.cells["headcounts", 0, "required", 5] == ("Headcounts", "D3")
    assert reading.cells["agents", 0, "shift_wishes", 0, "template"] == ("Wishes", "C2")


def test_lists_offer_shifts_skills_and_agents() -> None:
    book = new_book()
    offered = {
        (title, str(rule.sqref)): rule.formula1
        for title in ("Headcounts", "Wishes")
        for rule in book[title].data_validations.dataValidation
    }
    assert offered == {
        ("Headcounts", "B2:B5000"): "'Shifts'!$A$2:$A$5000",
        ("Headcounts", "C2:C5000"): "'Skills'!$A$2:$A$5000",
        ("Wishes", "A2:A5000"): "'Agents'!$A$2:$A$5000",
        ("Wishes", "C2:C5000"): "'Shifts'!$A$2:$A$5000",
        ("Wishes", "D2:D5000"): '"yes,no"',
    }


def test_prices_that_rise_and_a_maximum(tmp_path: Path) -> None:
    headings = [*HEADINGS[:4], "Maximum", *HEADINGS[4:], "Superfluous person, price per shift"]
    rows = [
        ["Mon-Fri", "Day", None, 1, 2, "500; 600.50 / 800", "10;40;"],
        ["Sat, Sun", "Day", None, "none", None, None, 10],
        [TUESDAY, "Day", "English", 0, 1, 700, None],
    ]
    path = saved(with_rows("Headcounts", rows, headings), tmp_path)
    reading = read(path)
    # the third row's price for too many differs, and only the shift of the first two has one list
    assert [str(one) for one in reading.findings if one.is_error] == [
        "Headcounts!G3  Superfluous person, price per shift: 10.00 here, but 10.00; 40.00 in row 2. A shift "
        "has one price on all its days."
    ]
    rows[1][-1] = None
    reading = read(saved(with_rows("Headcounts", rows, headings), tmp_path))
    assert reading.problem is not None
    every, english = reading.problem.headcounts
    assert every.maximum == (2, 2, 2, 2, 2, None, None) == every.usual_maximum
    assert (every.missing_prices, every.superfluous_prices) == ((50000, 60050, 80000), (1000, 4000))
    assert english.maximum == (None, 1, None, None, None, None, None)
    assert (english.missing_prices, english.usual_maximum) == ((70000,), ())


@pytest.mark.parametrize(("sign", "cell"), [("point", "500; 600.50"), ("comma", "500; 600,50")])
def test_prices_that_rise_are_written_with_the_decimal_sign_of_the_workbook(
    tmp_path: Path, sign: Any, cell: str
) -> None:
    problem = worked_example(MONDAY)
    rising = problem.headcounts[0].model_copy(
        update={"missing_price": 50000, "further_missing_prices": (60050,)}
    )
    problem = problem.model_copy(update={"headcounts": (rising,), "decimal_sign": sign})
    path = tmp_path / "rising.xlsx"
    write_input(path, problem, first_rules(CATALOGUE), CATALOGUE)
    assert load_workbook(path)["Headcounts"]["F2"].value == cell
    again = read_workbook(path, CATALOGUE).problem
    assert again is not None
    assert again.headcounts == problem.headcounts


NONE_AND_0 = (None,) * 5 + (0, 0)


def test_a_date_goes_before_weekdays_in_whatever_order(tmp_path: Path) -> None:
    rows = [
        [TUESDAY, "Day", None, 5, None],
        ["every day", "Day", None, 2, 80],
        ["Sat, Sun", "Day", "English", 0, None],
        ["Mon-Fri", "Day", "English", "none", None],
        [SUNDAY, "Day", None, 0, None],
    ]
    path = saved(with_rows("Headcounts", rows, HEADINGS), tmp_path)
    assert headcounts_of(path) == (
        Headcount(template="Day", required=(2, 5, 2, 2, 2, 2, 0), missing_price=8000, usual=(2,) * 7),
        Headcount(template="Day", skill="English", required=NONE_AND_0, usual=NONE_AND_0),
    )


def test_chinese_headings_and_words(tmp_path: Path) -> None:
    book = new_book("zh")
    page = book["班次人数"]
    assert [cell.value for cell in page[1]] == [
        "日期", "班次", "技能", "需求人数", "最多人数", "缺员每班成本", "超员每班成本",
    ]  # fmt: skip
    page["A2"], page["A3"] = "周一至周五", "周末"
    wishes = book["班次意愿"]
    assert [cell.value for cell in wishes[1]] == ["员工", "日期", "班次", "希望上班", "价格"]
    wishes["D2"] = "否"
    reading = read(saved(book, tmp_path))
    assert (reading.findings, reading.problem is None) == ((), False)
    assert reading.problem is not None
    assert reading.problem.headcounts[0].required == (1, 1, 1, 1, 1, 0, 0)
    assert reading.problem.agents[0].shift_wishes[0].wanted is False


def test_wishes_over_weekdays_and_for_any_shift(tmp_path: Path) -> None:
    path = filled_in(
        tmp_path, {"Wishes!B2": "Mon, Sun", "Wishes!C2": None, "Wishes!D2": "no", "Wishes!E2": None}
    )
    reading = read(path)
    assert reading.problem is not None
    assert reading.problem.agents[0].shift_wishes == (
        ShiftWish(day=MONDAY, wanted=False),
        ShiftWish(day=SUNDAY, wanted=False),
    )


@pytest.mark.parametrize("demand", ["no sheet", "an empty sheet", "headings alone"])
def test_a_ward_needs_no_demand_by_the_interval(tmp_path: Path, demand: str) -> None:
    book = new_book()
    if demand == "no sheet":
        del book["Demand"]
    else:
        book["Demand"].delete_rows(1 if demand == "an empty sheet" else 2, 400)
    path = saved(book, tmp_path)
    assert told(path) == []
    problem = read(path).problem
    assert problem is not None
    assert problem.demand == ()
    assert problem.headcounts == worked_example(MONDAY).headcounts


def test_a_week_by_headcount_without_skills_is_written_and_read_again(tmp_path: Path) -> None:
    # The sheet Skills was written without rows, and every workbook of such a week was refused.
    problem = worked_example(MONDAY)
    counts = (Headcount(template="Day", required=(1,) * problem.grid.days),)
    agents = tuple(agent.model_copy(update={"skills": ()}) for agent in problem.agents)
    bare = problem.model_copy(
        update={"skills": (), "demand": (), "headcounts": counts, "agents": agents, "volumes": ()}
    )
    write_input(tmp_path / "week.xlsx", bare, first_rules(CATALOGUE), CATALOGUE)
    found = read(tmp_path / "week.xlsx").problem
    assert found is not None and found.skills == ()


@pytest.mark.parametrize("headcounts", ["no sheet", "an empty sheet", "headings alone"])
def test_without_headcounts_the_demand_is_needed_as_before(tmp_path: Path, headcounts: str) -> None:
    book = new_book()
    if headcounts == "no sheet":
        del book["Headcounts"]
    else:
        book["Headcounts"].delete_rows(1 if headcounts == "an empty sheet" else 2, 10)
    path = saved(book, tmp_path)
    assert told(path) == []
    problem = read(path).problem
    assert problem is not None
    assert problem == worked_example(MONDAY).model_copy(update={"headcounts": ()})
    del book["Demand"]
    assert [finding.split("  ")[0] for finding in told(saved(book, tmp_path))] == ["Demand"]


BAD: list[tuple[str, Mapping[str, Any], list[str]]] = [
    (
        "a shift that is not there",
        {"Headcounts!B2": "Days", "Headcounts!B3": "Days"},
        ['Headcounts!B2  shift "Days" is not on the Shifts sheet. Did you mean "Day"? Known: Day.'],
    ),
    (
        "a skill that is not there",
        {"Headcounts!C2": "Englsh", "Headcounts!C3": "Englsh"},
        ['Headcounts!C2  skill "Englsh" is not on the Skills sheet. Did you mean "English"? Known: English.'],
    ),
    (
        "a blank number is no zero",
        {"Headcounts!D3": None},
        [
            "Headcounts!D3  Required: this cell is blank. People wanted on that day: 0 where nobody is, none "
            "where nothing is to be said."
        ],
    ),
    (
        "a number below nothing",
        {"Headcounts!D2": -1},
        ["Headcounts!D2  Required: -1 is less than 0."],
    ),
    (
        "half a person",
        {"Headcounts!D2": 1.5},
        ["Headcounts!D2  Required: 1.5 is not a whole number. Write 1 or 2."],
    ),
    (
        "a day that is no day",
        {"Headcounts!A2": "Mo-Fx"},
        [
            'Headcounts!A2  Day: "Mo-Fx" is neither a date nor a weekday. Write 2024-03-04, Mon-Fri or every '
            "day."
        ],
    ),
    (
        "a day of which nothing is said",
        {"Headcounts!A3": "Sun"},
        [
            "Headcounts!D2  2 of 7 days have no number for this shift, first 2024-03-08; any number of "
            "people may work it then. Write 0 where nobody is wanted, and none where nothing is to be said."
        ],
    ),
    (
        "a day twice",
        {"Headcounts!A3": "Thu-Sun"},
        [
            "Headcounts!A3  2024-03-07 has a number for this shift already, in row 2. Remove one of the "
            "rows. A date may stand beside weekdays and goes before them."
        ],
    ),
    (
        "a date that is not planned",
        {"Headcounts!A4": date(2024, 3, 12), "Headcounts!B4": "Day", "Headcounts!D4": 1},
        [
            "Headcounts!A4  1 row is for a day after 2024-03-10: not planned now, but by staffcurve next. "
            "Mend the dates where they are meant for these days."
        ],
    ),
    (
        "two prices of one shift",
        {"Headcounts!F2": 90, "Headcounts!F3": 80.5},
        [
            "Headcounts!F3  Missing person, price per shift: 80.50 here, but 90.00 in row 2. A shift has "
            "one price on all its days."
        ],
    ),
    (
        "prices that fall",
        {"Headcounts!F2": "500; 800; 600", "Headcounts!F3": "500; 800; 600"},
        [
            'Headcounts!F2  "Day": the prices 500.00; 800.00; 600.00 fall. Each further person costs as much '
            "as the one before, or more: 500.00; 600.00; 800.00."
        ],
    ),
    (
        "prices with commas between them",
        {"Headcounts!F2": "100, 150, 250"},
        [
            'Headcounts!F2  Missing person, price per shift: "100, 150, 250" is not a number. Write one '
            "amount, or several with semicolons between them: 100; 150; 250."
        ],
    ),
    (
        "less room than people",
        {"Headcounts!D2": 3, "Headcounts!E2": 2},
        [
            'Headcounts!E2  "Day": on 4 days the maximum is less than what is required, first on 2024-03-04: '
            "2 at most, 3 required. Write a maximum of at least what is required, or leave it blank."
        ],
    ),
    (
        "people on a day on which the shift does not start",
        {"Shifts!B2": "Mon-Wed", "Contracts!C2": 24},
        [
            "Demand!C164:C179  English: people are required when no shift can be worked: 09:00 to 17:00 on "
            "2024-03-07. Let a shift on Shifts reach there (Weekdays, Earliest start, Latest start, Longest)"
            ", or clear these cells.",
            'Headcounts!D2  "Day": people are asked for on 2024-03-07, but shift "Day" may not start on '
            "that weekday. Add the weekday to the shift on Shifts, or clear these cells.",
            "Availability!G2  1 absence has paid hours on days on which the contract has no shift (Ada "
            "Example, 8 h on Friday 2024-03-08): they count towards the hours of the week. Clear the hours, "
            "or mend the date.",
        ],
    ),
    (
        "more people than there are",
        {"Headcounts!D2": 3},
        [
            'Headcounts!D2  "Day": on 4 days more people are asked for than can work it and are not away '
            "(first 2024-03-04: 3 of 1). Lower what is required, or name the shift in the contracts of more "
            "people."
        ],
    ),
    (
        "a heading that was misspelt",
        {"Headcounts!D1": "Requird"},
        [
            'Headcounts!A1  the column "Required" is missing. People wanted on that day: 0 where nobody is, '
            "none where nothing is to be said.",
            'Headcounts!D1  heading "Requird" is not known. Did you mean "Required"?',
        ],
    ),
    (
        "a wish of nobody",
        {"Wishes!A2": "Ada Exampel"},
        [
            'Wishes!A2  agent "Ada Exampel" is not on the Agents sheet. Did you mean "Ada Example"? Known: '
            "Ada Example."
        ],
    ),
    (
        "a wish for a shift that is not there",
        {"Wishes!C2": "Days"},
        ['Wishes!C2  shift "Days" is not on the Shifts sheet. Did you mean "Day"? Known: Day.'],
    ),
    (
        "a wish that says neither yes nor no",
        {"Wishes!D2": None},
        ["Wishes!D2  Wants: this cell is blank. yes: would like to work it; no: would rather not."],
    ),
    (
        "a wish twice",
        {"Wishes!A3": "Ada Example", "Wishes!B3": "Tue", "Wishes!C3": "Day", "Wishes!D3": "yes"},
        ["Wishes!B3  Ada Example on 2024-03-05: the wish about Day stands here twice. Remove one."],
    ),
    (
        "a wish for and against",
        {"Wishes!A3": "Ada Example", "Wishes!B3": "Tue", "Wishes!C3": "Day", "Wishes!D3": "no"},
        ["Wishes!D3  Ada Example on 2024-03-05: Day is wished for and wished against."],
    ),
    (
        "a wish for a day that is not planned",
        {"Wishes!B2": date(2024, 3, 11)},
        [
            "Wishes!B2  1 entry of wishes lies outside 2024-03-04 to 2024-03-10, where no shift is planned; "
            "first Ada Example on 2024-03-11. Mend the dates, or First day and Days on Settings."
        ],
    ),
    (
        "a wish below nothing",
        {"Wishes!E2": -5},
        ["Wishes!E2  Price: -5 is less than 0.00."],
    ),
]


@pytest.mark.parametrize(("changes", "sentences"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_a_mistake_is_told_at_its_cell(
    tmp_path: Path, changes: Mapping[str, Any], sentences: list[str]
) -> None:
    assert told(filled_in(tmp_path, changes)) == sentences


def test_a_wish_that_the_contract_does_not_allow_is_told(tmp_path: Path) -> None:
    night = {"A3": "Night", "C3": "22:00", "D3": "22:00", "F3": 8, "G3": 8}
    path = filled_in(
        tmp_path, {**{f"Shifts!{cell}": value for cell, value in night.items()}, "Wishes!C2": "Night"}
    )
    assert told(path) == [
        'Shifts!A3  nobody may work the shift "Night": it is in no contract that an agent has. Add it under '
        "Shifts on Contracts, or remove its row.",
        'Wishes!C2  Ada Example on 2024-03-05: contract "Full time" does not entitle to shift "Night", so '
        "that the wish cannot be granted.",
    ]


UNEVEN = (3, 1, 1, 1, 1, 1, 1, 4, 1)  # the two Mondays are not alike
LONG = worked_example(MONDAY)
LONG = LONG.model_copy(update={"grid": LONG.grid.model_copy(update={"days": 9}), "demand": ()})


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("required", "rows"),
    [
        ((3, 3, 3, 3, 3, 1, 1, 3, 3), [((0, 1, 2, 3, 4, 7, 8), 3), ((5, 6), 1)]),
        ((None,) * 9, [(range(9), "none")]),
        ((0, 0, 2, None, 0, 0, 0, 0, 0), [((0, 1, 4, 5, 6, 7, 8), 0), ((2,), 2), ((3,), "none")]),
        (UNEVEN, [((day,), number) for day, number in enumerate(UNEVEN)]),
    ],
)
def test_what_is_written_is_short_and_comes_back(
    tmp_path: Path,
    language: Language,
    required: tuple[int | None, ...],
    rows: list[tuple[Sequence[int], Any]],
) -> None:
    problem: Problem = LONG.model_copy(
        update={
            "headcounts": (Headcount(template="Day", skill="English", required=required, missing_price=1),)
        }
    )
    path = tmp_path / "ward.xlsx"
    write_input(path, problem, first_rules(CATALOGUE), CATALOGUE, language=language)
    page = load_workbook(path)["班次人数" if language == "zh" else "Headcounts"]
    written = [(row[0], row[3]) for row in page.iter_rows(min_row=2, values_only=True)]
    assert [(str(days).removesuffix(" 00:00:00"), number) for days, number in written] == [
        (", ".join(str(MONDAY + timedelta(days=day)) for day in days), number) for days, number in rows
    ]
    reading = read_workbook(path, CATALOGUE)
    assert (reading.findings, reading.problem) == ((), problem)
