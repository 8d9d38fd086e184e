"""Headings in other words: read where they have one meaning, asked about where they have two."""

from collections import defaultdict
from pathlib import Path

import pytest

from scheduler.io.cells.columns import Sheet, normalised
from scheduler.io.input.sheets import SHEETS
from scheduler.io.input.sheets.headings import meant_by, ways_to_say
from scheduler.io.input.sheets.other_names import meant_column
from tests.workbook.filled_in import filled_in, new_book, read, saved, told

SHEET = {sheet.key: sheet for sheet in SHEETS}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_no_way_to_say_a_heading_means_two_columns(sheet: Sheet) -> None:
    owners: dict[frozenset[str], set[str]] = defaultdict(set)
    for column in sheet.columns:
        for gist in ways_to_say(sheet, column):
            owners[gist].add(column.key)
    assert {gist: keys for gist, keys in owners.items() if len(keys) > 1} == {}
    # and what is asked about is no column's own
    assert all(len(meant_by(sheet, " ".join(gist))) == 1 for gist in owners)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_a_columns_own_names_are_never_another_one(sheet: Sheet) -> None:
    for column in sheet.columns:
        for name in (column.title, column.chinese, *column.aliases):
            assert [one.key for one in meant_by(sheet, name)] == [column.key], name


READ = [
    ("contracts", "min_paid_minutes", "Minimum hours; Min hours; min. hrs/week; hours (minimum)"),
    ("contracts", "min_paid_minutes", "weekly_min_hours; Minimum weekly hours; MinHours; 每週最少工時"),
    ("contracts", "max_paid_minutes", "Max weekly hrs; Maximum hours a week; Hours per week - max"),
    ("contracts", "pay_per_hour", "Hourly wage; Wage; Pay rate; Cost per hour; hourly pay (EUR)"),
    ("contracts", "templates", "Allowed shifts; Shift types; Shifts allowed"),
    ("agents", "name", "Employee; Name; Full name; Staff member name; Agents; 客服代表"),
    ("agents", "personnel_number", "Employee ID; Staff no.; Payroll number; Emp #; 工號"),
    ("agents", "starts_on", "Start date; Hire date; Date of joining; Employed since; First working day"),
    ("agents", "leaves_on", "End date; Leaving date; Employment end; Last day of work; Leaves"),
    ("agents", "preferred_days_off", "Preferred day off; Days off (preferred); Days off wished"),
    ("shifts", "earliest_start", "Earliest start time; Start (earliest); First start; Earliest begin"),
    ("shifts", "min_length", "Min length (hrs); Minimum shift length; Shortest shift; Min hours"),
    ("shifts", "max_length", "Max. duration; Longest shift; Maximum hours; length max"),
    ("shifts", "weekdays", "Days; Days of the week; Weekday"),
    ("breaks", "length_minutes", "Duration; Break length; Minutes; Length in minutes"),
    ("breaks", "step_minutes", "Steps; Start step (mins)"),
    ("availability", "day", "Date; Start date; From date; First day"),
    ("availability", "last_day", "End date; To date; Last date; Until date"),
    ("availability", "start", "From time; Start time; Time from"),
    ("availability", "end", "Until; To time; End time"),
    ("availability", "what", "Type; Absence type; Kind of absence"),
    ("fixed", "off", "Free; Rest day; Off"),
    ("history", "end", "To; End time; Finish; Until"),
    ("headcounts", "required", "People; Staff needed; Required staff; Number of people; Headcount required"),
    ("headcounts", "maximum", "Max; Max. people; At most; Maximum headcount"),
    ("skills", "missing_price", "Missing price; Price per missing hour; Understaffing cost"),
    ("demand", "start", "Time; From; Interval; Interval start; Start time"),
    ("rules", "first_day", "From date; Start date; Valid from"),
    ("settings", "days", "Number of days; No. of days"),
    ("settings", "interval_minutes", "Interval; Interval length (minutes); Slot length"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "key", "headings"), READ, ids=[f"{one[0]}-{one[1]}" for one in READ])
def test_a_heading_in_other_words_is_read(sheet: str, key: str, headings: str) -> None:
    # "Min hours" was a warning, and the column ignored
    for heading in headings.split("; "):
        assert [column.key for column in meant_by(SHEET[sheet], heading)] == [key], heading


def test_columns_under_other_headings_are_read_as_they_are_meant(tmp_path: Path) -> None:
    changes = {
        "Contracts!C1": "Minimum hours",
        "Contracts!D1": "Max weekly hrs",
        "Contracts!B1": "Hourly wage",
        "Agents!A1": "Employee",
        "Shifts!F1": "Min. shift length (hrs)",
        "Breaks!E1": "Break duration",
        "Settings!A3": "Number of days",
    }
    assert told(filled_in(tmp_path, changes)) == []
    meant, made = read(filled_in(tmp_path, {})), read(filled_in(tmp_path, changes))
    assert made.problem == meant.problem is not None


@pytest.mark.parametrize(
    ("cell", "heading", "said"),
    [
        (
            "Contracts!C1",
            "hours/week",
            'the heading "hours/week" could mean "Min hours a week" or "Max hours a week".',
        ),
        ("Shifts!F1", "Length (h)", 'the heading "Length (h)" could mean "Shortest (h)" or "Longest (h)".'),
        ("Contracts!B1", "Monthly pay", 'heading "Monthly pay" is not known. Did you mean "Pay per hour"?'),
        (
            "Breaks!E1",
            "Length (h)",
            'the heading "Length (h)" says hours, but bare numbers below are read as minutes.',
        ),
        (
            "Contracts!C1",
            "Min minutes a week (min)",
            'heading "Min minutes a week (min)" is not known. Did you mean "Min hours a week"?',
        ),
    ],
)
def test_a_heading_that_could_be_two_things_is_asked_about(
    tmp_path: Path, cell: str, heading: str, said: str
) -> None:
    found = told(filled_in(tmp_path, {cell: heading}))
    assert any(line.startswith(f"{cell}  {said}") for line in found), found


def test_a_heading_twice_is_told_where_it_is_no_title(tmp_path: Path) -> None:
    # "To stands here twice" was said at To, and Until not named
    book = new_book()
    sheet = book["Availability"]
    sheet["H1"] = sheet["E1"].value
    sheet["E1"] = "Until"
    found = told(saved(book, tmp_path))
    assert (
        'Availability!E1  the heading "Until" means the same as "To" in H1. Remove one of the columns, or '
        "write what this one is."
    ) in found


def test_a_skill_that_is_called_as_a_column_is(tmp_path: Path) -> None:
    # a skill "Interval" has a column of Demand, and Start is another one
    book = new_book()
    for cell in ("Skills!A2", "Demand!C1", "Agents!C2"):
        sheet, at = cell.split("!")
        book[sheet][at] = "Hour"
    assert told(saved(book, tmp_path)) == []


def test_what_is_asked_about_is_not_read() -> None:
    assert meant_by(SHEET["agents"], "Languages") == ()
    asked = meant_column(SHEET["agents"], "Languages", ())
    assert asked is not None
    assert (asked.key, normalised("Languages")) == ("skills", "languages")
