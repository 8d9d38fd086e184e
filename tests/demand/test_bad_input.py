"""What is wrong with volumes, goals and shrinkage is named at its cell, with what to write instead."""

from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from scheduler import write_workbook
from scheduler.app.planning import read
from tests.demand.weeks import one_skill
from tests.unit.tiny import tiny_rules

Edit = Callable[[Workbook], Any]


def put(sheet: str, cell: str, value: object) -> Edit:
    return lambda book: book[sheet].__setitem__(cell, value)


def row(sheet: str, *values: object) -> Edit:
    return lambda book: book[sheet].append(values)


def column(sheet: str, letter: str, value: object) -> Edit:
    """The same in every row of the second sheet day."""

    def edit(book: Workbook) -> None:
        for number in range(2, book[sheet].max_row + 1):
            book[sheet][f"{letter}{number}"] = value

    return edit


def without(sheet: str, number: int) -> Edit:
    return lambda book: book[sheet].delete_rows(number)


@pytest.fixture
def findings(tmp_path: Path) -> Callable[..., list[str]]:
    def found(*edits: Edit, **goal: Any) -> list[str]:
        path = tmp_path / "week.xlsx"
        write_workbook(path, one_skill(**goal), tiny_rules())
        book = load_workbook(path)
        for edit in edits:
            edit(book)
        book.save(path)
        return [str(finding) for finding in read(path).findings]

    return found


SOUND: list[Edit] = []
NOTHING = (None,) * 5
CASES: list[tuple[list[Edit], str]] = [
    ([put("Volumes", "D3", -5)], "Volumes!D3  Contacts: -5 is less than 0."),
    # of a requirement that nobody can meet "demand.0.required.10" was the place
    ([put("Volumes", "D3", 9000)], "Volumes!D3  English: in 1 interval more people are required than have "
    "the skill"),
    ([put("Volumes", "D3", None)], "Volumes!D3  English: no number of contacts is given for 2026-01-05 "
    "10:00"),
    ([put("Volumes", "D3", "many")], 'Volumes!D3  Contacts: "many" is not a number.'),
    ([put("Volumes", "E3", 0)], "Volumes!E3  English: contacts with a handling time of 0 s take no work."),
    ([put("Volumes", "E3", 4)], "Volumes!E3  English: a handling time of 4 s looks like minutes. AHT is "
    "in seconds: "
     "write 240, or 4 min."),
    ([put("Volumes", "E3", "4:30")], 'Volumes!E3  AHT (s): "4:30" may be minutes and seconds, or hours '
     "and minutes. Write 270 or 16200 for the seconds."),
    ([column("Volumes", "E", 4)], "Volumes!E2:E17  English: a handling time of 4 s looks like minutes. So "
    "in all 16 "
     "cells of this range."),
    ([put("Volumes", "E3", None)], "Volumes!D3  English: no handling time is given for these contacts."),
    ([put("Service goals", "C2", 100)], "Service goals!C2  no number of agents answers 100 % of the "
    "contacts in time."),
    ([put("Service goals", "C2", 0.8)], "Service goals!C2  Service level (%): 0.8 may be a share of one, "
    "or of a "
     "hundred. Write 80 % or 0.8 %."),
    ([put("Service goals", "D2", None)], "Service goals!D2  80 % are to be answered, but not said is within"),
    ([put("Service goals", "C2", None), put("Service goals", "D2", None)],
     'Service goals!C2  nothing is promised to the callers of "English".'),
    ([put("Service goals", "G2", 5)], "Service goals!M2  how many hang up follows from their patience"),
    ([put("Service goals", "O2", 3)], "Service goals!O2  only chats are handled side by side."),
    ([put("Service goals", "K2", "09:00")], "Service goals!L2  opening hours have a beginning and an end."),
    ([put("Service goals", "K2", "17:00"), put("Service goals", "L2", "09:00")],
     "Service goals!L2  closes at 09:00, which is not after 17:00."),
    ([put("Service goals", "K2", "11:00"), put("Service goals", "L2", "17:00")],
     "Volumes!D2  warning: English: 180 contacts in 4 intervals lie outside the opening hours"),
    ([put("Service goals", "K2", "08:00"), put("Service goals", "L2", "17:00")],
     "Volumes!A1  English: no contacts are given for 2 intervals within the opening hours: 2026-01-05 08:00, "
     "2026-01-06 08:00. Add the rows, with 0 where nobody calls."),
    ([without("Volumes", 4)], "Volumes!D3  there is no row for English 2026-01-05 11:00"),
    ([row("Volumes", "2026-01-05", "10:00", "English", 3, 240)],
     "Volumes!B18  2026-01-05 10:00 for skill \"English\" stands here again, after row 3."),
    ([row("Volumes", "2026-01-05", "10:15", "English", 3, 240)],
     "Volumes!B18  10:15 does not begin an interval of 60 minutes."),
    ([row("Volumes", "2026-01-05", "10:00", "Engish", 3, 240)],
     'Volumes!C18  skill "Engish" is not on the Skills sheet. Did you mean "English"?'),
    ([row("Skills", "French"), row("Service goals", "French", None, 80, 20)],
     'Service goals!A3  skill "French" has a service goal, but no volumes.'),
    ([without("Service goals", 2)], 'Volumes!A1  skill "English" has volumes, but no service goal.'),
    ([row("Service goals", "English", None, 90, 20)],
     'Service goals!J3  skill "English" has two goals at the same'),
    ([row("Service goals", "English", "chats", 90, 20, *NOTHING, "Sun")],
     'Service goals!B3  skill "English" is calls in another row.'),
    ([row("Shrinkage", "training", *NOTHING[1:], 60), row("Shrinkage", "other", *NOTHING[1:], 45)],
     'Shrinkage!F3  at 00:00 nothing is left of the paid time of "English".'),
    ([row("Shrinkage", "training", None, None, "17:00", "09:00", 5)],
     "Shrinkage!E2  from 17:00 to 09:00 is no time"),
    ([row("Shrinkage", "breaks", None, None, None, None, 5),
      row("Breaks", "day", None, None, "Tea", 15, None, None, "120 min", "180 min")],
     "Shrinkage!A2  warning: counted twice: breaks, since the roster holds Tea on Breaks already."),
    ([row("Shrinkage", "leave", None, None, None, None, 5),
      row("Availability", "Agent 0", "2026-01-05", None, None, None, "time off", None)],
     "Shrinkage!A2  warning: counted twice: leave, since the roster holds time off on Availability already."),
    ([put("Requirement", "I2", -1)], "Requirement!I2  Override: -1 is less than 0."),
    ([row("Requirement", "2026-01-05", "23:00", "English", None, None, None, None, None, 4)],
     "Requirement!I18  warning: English: what overrides 1 interval is not used, since it is closed then"),
    ([row("Requirement", "2026-03-05", "10:00", "English", None, None, None, None, None, 4)],
     "Requirement!I18  warning: not read: 1 row with an override for no interval of these days"),
    ([lambda book: book.create_sheet("Demand (input)"), row("Demand (input)", "Date", "Start", "English"),
      row("Demand (input)", "2026-01-05", "10:00", 5)],
     "Volumes!D3  warning: English: on Demand and on Volumes there are numbers for 1 interval"),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "told"), CASES, ids=[told[:60] for _, told in CASES])
def test_it_is_named_at_its_cell(edits: list[Edit], told: str, findings: Callable[..., list[str]]) -> None:
    said = [line.replace("  ", "  warning: ", 1) if "warning:" in told else line for line in findings(*edits)]
    assert any(line.startswith(told) for line in said), said


@pytest.mark.parametrize("typed", ["16:00", time(16)])
def test_a_deadline_by_the_clock_is_asked_about(typed: object, findings: Callable[..., list[str]]) -> None:
    # "until four o'clock" was read as sixteen hours
    goal = {"channel": "deferrable", "deadline_minutes": 1440, "service_level_percent": None}
    (said,) = findings(put("Service goals", "Q2", typed), within_seconds=None, **goal)
    assert said == (
        "Service goals!Q2  Deadline (h): 16:00 may be a time of the day, or a length of time. Write 16 h for "
        "the length; a time of the day cannot be said here."
    )


def test_nothing_is_told_where_nothing_is_wrong(findings: Callable[..., list[str]]) -> None:
    assert findings(*SOUND) == []


@pytest.mark.parametrize(
    ("goal", "key", "told"),
    [
        ({"channel": "deferrable"}, "R", "until when the work is to be done is not said."),
        ({"channel": "deferrable", "deadline_minutes": 10}, "R", "is shorter than an interval of"),
        ({"channel": "outbound", "deadline_minutes": 60}, "R", "is given as hours at their time"),
        (
            {"channel": "calls", "deadline_minutes": 60},
            "Q",
            "only deferrable work has a deadline; calls wait",
        ),
    ],
)
def test_a_channel_has_its_own_settings(
    goal: dict[str, Any], key: str, told: str, findings: Callable[..., list[str]]
) -> None:
    plain = {"service_level_percent": None, "within_seconds": None}
    asked = goal if goal["channel"] == "calls" else {**plain, **goal}
    assert any(told in line for line in findings(**asked)), findings(**asked)
