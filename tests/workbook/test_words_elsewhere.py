"""Words that belong on another sheet, several things in one cell, and rows that stand for many people."""

from datetime import date
from pathlib import Path
from typing import Any

from scheduler.domain import Problem
from scheduler.io.cells.known_names import KnownNames
from tests.workbook.filled_in import filled_in, read, told

ADA, BEN = "Ada Example", "Ben Other"
WITH_BEN = {"Agents!A3": BEN, "Agents!B3": "Full time", "Agents!C3": "English", "Agents!D3": "Team 2"}
WEDNESDAY, FRIDAY = date(2024, 3, 6), date(2024, 3, 8)


def rows(sheet: str, lines: list[list[Any]], first: int = 2) -> dict[str, Any]:
    """Cells of lines below one another, for :func:`filled_in`."""
    return {
        f"{sheet}!{chr(ord('A') + at)}{number}": value
        for number, line in enumerate(lines, start=first)
        for at, value in enumerate(line)
    }


def test_words_on_fixed_and_wishes_are_told_where_they_belong(tmp_path: Path) -> None:
    # Each of these was "neither yes nor no", or "not on the Shifts sheet", and no more was said.
    days = [date(2024, 3, day) for day in range(4, 11)]
    fixed = [
        [ADA, days[0], "Training 9-12"],
        [ADA, days[1], "holiday"],
        [ADA, days[2], None, "sick"],
        [ADA, days[3], None, "off"],
        [ADA, days[4], None, "08:00-16:30"],
        [ADA, days[5], None, "Day 9"],
    ]
    fixed = [[*line, *[None] * (6 - len(line))] for line in fixed]
    wishes = [[ADA, days[1], "8-9", "yes"], [ADA, days[2], "day 9", "no"], [ADA, days[3], "free", "yes"]]
    lines = told(filled_in(tmp_path, {**rows("Fixed", fixed), **rows("Wishes", wishes)}))
    for begin in (
        'Fixed!C2  Day off: "Training 9-12" is neither yes nor no. A training or meeting is a row on Avail',
        'Fixed!C3  Day off: "holiday" is neither yes nor no. Leave is a row on Availability of the',
        'Fixed!D4  Shift: "sick" is not on the Shifts sheet. A sick call is a row on Availability',
        'Fixed!D5  Shift: "off" is not on the Shifts sheet. For a fixed day off write yes under Day off',
        'Fixed!D6  Shift: "08:00-16:30" is not on the Shifts sheet. Leave Shift blank, and write 08:00 under '
        "Start and 8:30 under Length (h).",
        'Fixed!D7  Shift: "Day 9" is not on the Shifts sheet. Write "Day" here, and 09:00 under Start.',
        'Wishes!C2  Shift: "8-9" is not on the Shifts sheet. A wish names a shift; when somebody likes to '
        "start is 08:00-09:00 under Preferred starts on Agents.",
        'Wishes!C3  Shift: "day 9" is not on the Shifts sheet. Write "day" here; a start that somebody likes '
        "is 09:00 under Preferred starts",
        'Wishes!C4  Shift: "free" is not on the Shifts sheet. For a day that somebody would like to have',
    ):
        assert any(line.startswith(begin) for line in lines), (begin, lines)


def test_numbers_with_words_beside_them_are_told_with_the_number(tmp_path: Path) -> None:
    # "ca. 12" was no more than "not a number".
    demand = {f"Demand!C{row}": said for row, said in enumerate(("ca. 12", "10-12", "n/a", "l2", "12.5"), 3)}
    lines = told(filled_in(tmp_path, {**demand, "Demand!A9": None}))
    assert lines[:6] == [
        'Demand!C3  English: "ca. 12" is not a number. Write 12 alone.',
        'Demand!C4  English: "10-12" is not a number. Write one number: 10 or 12.',
        'Demand!C5  English: "n/a" is not a number. Write a number, 0 where nobody is needed.',
        'Demand!C6  English: "l2" is not a number. Write a number, 0 where nobody is needed.',
        'Demand!C7  English: "12.5" is not a whole number. Write 12 or 13.',
        "Demand!A9  Date: this cell is blank. Write the date or weekdays in each row: mark them all and fill "
        "the first one down.",
    ]


def test_a_list_of_known_names_may_have_a_word_between_them() -> None:
    # "Service and Technical" was one skill that nobody knew.
    known = KnownNames({"skills": ("Service", "Technical", "R and D")})
    for said in (
        "Service and Technical",
        "service & Technical",
        "Service + Technical",
        "Service und Technical",
    ):
        assert known.spelt("skills", (said,)) == ("Service", "Technical")
    assert known.spelt("skills", ("R and D",)) == ("R and D",)
    assert known.spelt("skills", ("Service and Sales",)) == ("Service and Sales",)


def test_off_is_a_day_off(tmp_path: Path) -> None:
    # It was "neither yes nor no", in the column Day off.
    problem = problem_of(filled_in(tmp_path, rows("Fixed", [[ADA, FRIDAY, "off", None, None, None]])))
    assert problem.agents[0].pins[0].off


def test_a_public_holiday_is_one_row_for_everyone(tmp_path: Path) -> None:
    # "everyone" was nobody on the Agents sheet: a row a person had to be written.
    lines = [
        ["everyone", FRIDAY, None, None, None, "time off", 8],
        ["Team 2", FRIDAY, None, None, None, "time off", 4],
        ["full time", WEDNESDAY, None, None, None, "unavailable", None],
        [ADA, FRIDAY, None, None, None, "sick", None],
    ]
    fixed = [["all", WEDNESDAY, "yes", None, None, None], [ADA, WEDNESDAY, "no", "Day", None, None]]
    path = filled_in(tmp_path, {**WITH_BEN, **rows("Availability", lines), **rows("Fixed", fixed)})
    ada, ben = problem_of(path).agents
    # who has a row of their own goes before everyone, and so does a team; who is sick keeps the holiday's pay
    assert [(one.kind, one.paid_minutes) for one in (*ada.time_off, *ben.time_off)] == [
        ("sick", 480),
        ("leave", 240),
    ]
    assert [one.start.date() for one in ben.unavailable] == [WEDNESDAY]
    assert [pin.off for pin in (*ada.pins, *ben.pins)] == [False, True]


def test_leave_by_weekday_is_said_to_come_again(tmp_path: Path) -> None:
    # A day of leave written as Wed was leave on each Wednesday of every week that followed, without a word.
    lines = told(filled_in(tmp_path, {"Availability!B2": "Wed"}))
    assert (
        "Availability!B2  1 row of time off is by weekday (first Ada Example), and comes again every week. "
        "Write its date where it is of one week alone."
    ) in lines


def test_a_mistake_in_a_row_for_everyone_is_told_once(tmp_path: Path) -> None:
    row = ["everyone", WEDNESDAY, None, "08:00", "08:00", "unavailable", None]
    path = filled_in(tmp_path, {**WITH_BEN, **rows("Availability", [row]), "History!A2": "everyone"})
    lines = told(path)
    assert len([line for line in lines if line.startswith("Availability!E2")]) == 1
    assert (
        'History!A2  "everyone" stands for several people, which this sheet has no rows for. Write a row for '
        "each person."
    ) in lines


def problem_of(path: Path) -> Problem:
    problem = read(path).problem
    assert problem is not None, told(path)
    return problem
