"""What each person is given of a roster: a calendar and a printed page."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from scheduler.app import planning, tables
from scheduler.app.results.read_back import recount_of
from scheduler.domain import Duty, Problem, Roster, TimeOff, Window
from scheduler.domain.facts.usual import UsualWindow
from scheduler.domain.values.words import spoken_date
from scheduler.io.exports.calendars import calendars
from scheduler.io.exports.file_names import file_names
from scheduler.io.exports.personal_plans import personal_plans
from scheduler.io.result.reading.sources import RosterReading
from tests.attacks.forgeries import Case, cases
from tests.unit.tiny import tiny_problem, tiny_roster, tiny_rules
from tests.workbook.edits.test_hand_edits import edited, put, run

NOW = datetime(2026, 6, 12, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def centre() -> Case:
    return cases()[0]


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def duties_of(found: list[Any]) -> list[Any]:
    """The events that are no absence."""
    return [one for one in found if "categories" not in one]


def test_every_duty_is_an_event_on_the_agents_own_clock(centre: Case) -> None:
    # The README promised personal plans, and no page, sheet or command made one.
    problem, roster = centre.problem, centre.outcome.roster
    written = calendars(problem, roster, (), NOW)
    assert set(written) == {f"calendars/{agent.name}.ics" for agent in problem.agents}
    for agent in problem.agents:
        found = duties_of(events(written[f"calendars/{agent.name}.ics"]))
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
        (event,) = duties_of(events(written[f"calendars/{duty.agent}.ics"]))
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


class TestAway:
    """Absences of whole days and of parts of one, on pages and in calendars."""

    ON = date(2026, 1, 5)

    def problem(self, **facts: Any) -> Problem:
        problem = tiny_problem()
        ada, bo = problem.agents
        return problem.model_copy(update={"agents": (ada.model_copy(update=facts), bo)})

    @staticmethod
    def lines(problem: Problem) -> list[tuple[Any, ...]]:
        outcome = recount_of(problem, tiny_rules(), RosterReading(tiny_roster())).counted
        sheet = load_workbook(BytesIO(personal_plans(problem, tiny_rules(), outcome))).worksheets[0]
        return [
            row
            for row in sheet.iter_rows(max_row=9, values_only=True)
            if row[0] and row[0].startswith("Mon 5")
        ]

    @staticmethod
    def away(problem: Problem) -> list[tuple[str, str, str]]:
        written = calendars(problem, tiny_roster(), (), NOW)
        found = [one for one in events(written["calendars/Ada.ics"]) if "categories" in one]
        return [(str(one["summary"]), f"{one.start}", f"{one.end}") for one in found]

    def test_a_training_of_two_hours_is_shown_beside_the_duty(self) -> None:
        # A training of an afternoon stood on no page and in no calendar, as its day has a duty.
        training = TimeOff(start=datetime(2026, 1, 5, 17), end=datetime(2026, 1, 5, 19), paid_minutes=120)
        problem = self.problem(time_off=(training,))
        assert [row[1:3] for row in self.lines(problem)] == [
            ("day", "09:00–17:00"), ("time off", "17:00–19:00")
        ]  # fmt: skip
        assert [row[4] for row in self.lines(problem)] == [8, 2]
        assert self.away(problem) == [("Time off", "2026-01-05 17:00:00+00:00", "2026-01-05 19:00:00+00:00")]

    def test_hours_on_which_somebody_is_unavailable_are_shown_where_they_are_of_one_date(self) -> None:
        hours = Window(start=datetime(2026, 1, 5, 18), end=datetime(2026, 1, 5, 20))
        again = UsualWindow(kind="unavailable", weekdays=(0,), start=1080, end=1200)
        assert [row[1:3] for row in self.lines(self.problem(unavailable=(hours,)))][1:] == [
            ("unavailable", "18:00–20:00")
        ]
        assert len(self.lines(self.problem(unavailable=(hours,), usual_windows=(again,)))) == 1

    def test_a_whole_day_is_a_day_of_the_calendar(self) -> None:
        sick = TimeOff(start=datetime(2026, 1, 5), end=datetime(2026, 1, 7), kind="sick")
        assert self.away(self.problem(time_off=(sick,))) == [
            ("Sick", "2026-01-05", "2026-01-06"), ("Sick", "2026-01-06", "2026-01-07")
        ]  # fmt: skip


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
