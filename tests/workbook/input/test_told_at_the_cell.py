"""Each mistake is told at the cell that a person would mend, and what is said keeps the rest of the cell."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scheduler.app import planning
from tests.workbook.filled_in import filled_in

REST = {
    "Fixed!A3": "Ada Example",
    "Fixed!B3": date(2024, 3, 5),
    "Fixed!D3": "Day",
    "Fixed!E3": "08:00",
    "Fixed!F3": 8.5,
    "Fixed!E2": "16:00",
    "Shifts!D2": "16:00",
}
CASES: list[tuple[str, Mapping[str, Any], str]] = [
    (
        "unavailable from noon to the morning was read as a night without a word",
        {"Availability!D2": "12:00", "Availability!E2": "08:00", "Availability!F2": "unavailable"}
        | {"Availability!G2": None},
        "Availability!E2  12:00 to 08:00 is read as 20 h, until 08:00 of the day after. Write 32:00 as "
        "the end to "
        "say so, or 08:00 to 12:00 where the two are swapped.",
    ),
    (
        "history too",
        {"History!C2": "17:30", "History!D2": "09:00"},
        "History!D2  17:30 to 09:00 is read as 15 h 30 min, until 09:00 of the day after. Write 33:00 as "
        "the end "
        "to say so, or 09:00 to 17:30 where the two are swapped.",
    ),
    (
        "two fixed shifts without rest between them failed in solve alone",
        REST,
        "Fixed!B3  Ada Example has 7 h 30 min before the duty on 2024-03-05; the rule asks for 11 h, and "
        "what is "
        'fixed stays. Mend what is fixed, or the rule "daily_rest" on Rules.',
    ),
    (
        "a shift fixed on a day of leave, its start left open, was a warning",
        {"Fixed!B2": date(2024, 3, 8), "Fixed!E2": None, "Fixed!F2": None},
        "Fixed!B2  Ada Example on 2024-03-08: the fixed shift lies in time off of that day. "
        "Remove what is fixed, or mend the row on Availability.",
    ),
    (
        "a name for a whole list dropped the others",
        {"Agents!C2": "Engish; French", "Skills!A3": "French"},
        'Agents!C2  skill "Engish" is not on the Skills sheet. Did you mean "English"? The whole list is '
        "then "
        "English, French. Known: English, French.",
    ),
    (
        "a date was shown as one of 2024",
        {"Settings!B2": date(2026, 6, 15), "Fixed!B2": "soon"},
        'Fixed!B2  Date: "soon" is not a date. Write it as 2026-06-15.',
    ),
    (
        "one and a half times was one and a half per cent, and then only no whole number",
        {"Agents!M2": 1.5},
        "Agents!M2  Wish weight (%): 1.5 is no whole number of per cent. Write 150 for 1.5 times, or 2 %.",
    ),
    (
        "a pay of 2000 was told at Skills",
        {"Contracts!B2": 2000},
        "Contracts!B2  for 1 skill a missing hour is cheaper than a worked one (English: 60.00, and an "
        "hour of "
        "Ada Example costs 2000.00): agents stay away though they are required. Mend the pay, or write a "
        "price "
        "above it on Skills.",
    ),
]


def told(folder: Path, changes: Mapping[str, Any]) -> list[str]:
    return [str(finding) for finding in planning.check(filled_in(folder, changes))]


@pytest.mark.parametrize(("changes", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_it_is_told_at_its_cell(tmp_path: Path, changes: Mapping[str, Any], said: str) -> None:
    assert said in told(tmp_path, changes)


def test_who_is_sick_over_a_holiday_has_its_hours(tmp_path: Path) -> None:
    # a person's row goes before everybody's: the eight hours of the holiday were lost to the sick alone
    def absences(first: int, last: int) -> list[tuple[str, int, int | None]]:
        rows = {
            "Availability!A3": "everyone", "Availability!B3": date(2024, 3, 6), "Availability!F3": "time off",
            "Availability!G3": 8, "Availability!A4": "Ada Example", "Availability!B4": date(2024, 3, first),
            "Availability!C4": date(2024, 3, last), "Availability!F4": "sick",
        }  # fmt: skip
        reading = planning.read(filled_in(tmp_path, {**rows, "Availability!B2": date(2024, 3, 10)}))
        problem = reading.problem
        assert problem is not None, reading.findings
        assert any("lies over a day that this row pays (Ada Example" in str(one) for one in reading.findings)
        here = (one for one in problem.agents[0].time_off if one.start.day < 10)
        return sorted((one.kind, one.start.day, one.paid_minutes) for one in here)

    assert absences(5, 7) == [("leave", 6, 480), ("sick", 5, None), ("sick", 7, None)]
    assert absences(6, 7) == [("leave", 6, 480), ("sick", 7, None)]
    assert absences(6, 6) == [("sick", 6, 480)]


def test_a_night_is_obvious(tmp_path: Path) -> None:
    night = {"Availability!D2": "22:00", "Availability!E2": "06:00"}
    assert [line for line in told(tmp_path, night) if "is read as" in line] == []


def test_errors_come_before_what_may_follow_from_them(tmp_path: Path) -> None:
    # the warning on Demand came first, and its cause on Fixed last
    findings = planning.check(filled_in(tmp_path, {"Shifts!B2": "Mon-Wed", "Wishes!B2": "soon"}))
    severities = [finding.is_error for finding in findings]
    assert severities == sorted(severities, reverse=True)
    assert {True, False} == set(severities)
