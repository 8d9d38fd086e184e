"""What each person is given of a roster: a calendar and a printed page."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from scheduler.app import planning, tables
from scheduler.domain import Duty, Roster
from scheduler.domain.values.words import spoken_date
from scheduler.io.exports.calendars import calendars
from scheduler.io.exports.file_names import file_names
from tests.attacks.forgeries import Case, cases
from tests.workbook.edits.test_hand_edits import edited, put, run

NOW = datetime(2026, 6, 12, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def centre() -> Case:
    return cases()[0]


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_every_duty_is_an_event_on_the_agents_own_clock(centre: Case) -> None:
    # The README promised personal plans, and no page, sheet or command made one.
    problem, roster = centre.problem, centre.outcome.roster
    written = calendars(problem, roster, (), NOW)
    assert set(written) == {f"calendars/{agent.name}.ics" for agent in problem.agents}
    for agent in problem.agents:
        found = events(written[f"calendars/{agent.name}.ics"])
        assert [(one["summary"], one.start, one.end) for one in found] == [
            (
                duty.template,
                problem.grid.local(duty.start, problem.zone_of(agent)),
                problem.grid.local(duty.end, problem.zone_of(agent)),
            )
            for duty in roster.of(agent.name)
        ]
        for one, duty in zip(found, roster.of(agent.name), strict=True):
            lines = str(one["description"]).splitlines()
            assert len(lines) == len(duty.breaks) + 1 and lines[-1].startswith("Paid ")
            assert one["dtstart"].params["TZID"] == problem.zone_of(agent)


def test_a_later_file_replaces_the_events_of_an_earlier_one(centre: Case) -> None:
    problem, duty = centre.problem, centre.outcome.roster.duties[0]
    later = duty.model_copy(update={"start": duty.start + 60, "end": duty.end + 60})

    def of(one: Duty | None, cancelled: Any, minutes: int) -> Any:
        roster = Roster(duties=() if one is None else (one,))
        written = calendars(problem, roster, cancelled, NOW + timedelta(minutes=minutes))
        (event,) = events(written[f"calendars/{duty.agent}.ics"])
        return event

    first, second = of(duty, (), 0), of(later, {(duty.agent, duty.day)}, 5)
    gone = of(None, {(duty.agent, duty.day)}, 9)
    assert first["uid"] == second["uid"] == gone["uid"]
    assert first["sequence"] < second["sequence"] < gone["sequence"]
    assert (first["status"], second["status"], gone["status"]) == ("CONFIRMED", "CONFIRMED", "CANCELLED")


def test_the_change_of_the_clock_is_at_its_hour() -> None:
    # icalendar 7.3 writes the spring change an hour late: 03:00 at the offset before it
    problem = cases()[0].problem
    grid = problem.grid.model_copy(update={"first_day": datetime(2027, 3, 26).date()})
    problem = problem.model_copy(update={"grid": grid})
    content = calendars(problem, Roster(duties=()), (), NOW)["calendars/Ada.ics"].decode()
    summer = re.search(r"BEGIN:DAYLIGHT(.+?)END:DAYLIGHT", content, re.DOTALL)
    assert summer is not None
    assert summer[1].split() == [
        *("DTSTART:20270328T020000", "TZNAME:CEST", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200")
    ]


def test_a_duty_that_was_edited_away_is_cancelled(centre: Case, tmp_path: Path) -> None:
    rules = centre.rules.model_copy(
        update={"rules": tuple(one for one in centre.rules.rules if one.name != "paid_hours")}
    )
    planning.write_workbook(tmp_path / "first.xlsx", centre.problem, rules, centre.outcome)
    duty = next(one for one in centre.outcome.roster.duties if one.agent == "Ada")
    sheet = load_workbook(tmp_path / "first.xlsx")["Roster"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "Ada")
    cell = sheet.cell(row, 4 + duty.day).coordinate
    path = edited((tmp_path / "first.xlsx").read_bytes(), tmp_path, put(f"Roster!{cell}", "off"))
    for before in ("as edited", "refreshed"):
        target = tmp_path / before
        done = run("convert", path, target)
        assert done.exit_code == 0, done.output
        found = {
            one["status"]
            for one in events((target / "calendars/Ada.ics").read_bytes())
            if str(one.start).startswith(str(centre.problem.grid.date(duty.day)))
        }
        assert found == {"CANCELLED"}
        run("refresh", path)


def test_everybody_has_a_printed_page(centre: Case, tmp_path: Path) -> None:
    tables.write_folder(tmp_path / "out", centre.problem, centre.rules, centre.outcome)
    sheet = load_workbook(BytesIO((tmp_path / "out/Personal plans.xlsx").read_bytes())).worksheets[0]
    firsts = [1, *(one.id + 1 for one in sheet.row_breaks.brk)]
    assert [sheet.cell(row, 1).value for row in firsts] == [agent.name for agent in centre.problem.agents]
    said = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert said.count("In all") == len(centre.problem.agents) and "time off" in said
    shown = [(row[0], row[1], row[4]) for row in sheet.iter_rows(values_only=True)]
    for duty in centre.outcome.roster.duties:
        day = spoken_date(centre.problem.grid.date(duty.day))
        assert (day, duty.template, duty.paid_minutes / 60) in shown


def test_a_folder_with_plans_is_read_as_before_and_not_replaced(centre: Case, tmp_path: Path) -> None:
    tables.write_folder(tmp_path / "out", centre.problem, centre.rules, centre.outcome)
    assert tables.read_week(tmp_path / "out").problem == centre.problem
    names = {path.name for path in tables.files_in(tmp_path / "out")}
    assert "Personal plans.xlsx" in names and any(name.endswith(".ics") for name in names)
    (fault,) = tables.folder_faults(tmp_path / "out")
    assert "lie in this folder already" in fault.message


def test_file_names_are_those_of_every_file_system() -> None:
    assert list(file_names(["A/B", "a_b", "NUL", "x. ", "漢" * 100]).values()) == [
        *("A_B", "a_b 2", "NUL_", "x", "漢" * 66)
    ]
