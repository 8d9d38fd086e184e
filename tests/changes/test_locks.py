"""Locks that stand in the way of a legal repair: each is named with what to write to be rid of it."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from scheduler import Contradiction, Stop, repair, write_workbook
from scheduler.app.results.read_back import recount_of
from scheduler.command_line.main import command_line
from scheduler.command_line.output.exits import Exit
from scheduler.domain import Demand, Pin, Problem, Roster, TimeOff
from scheduler.io.result.reading.sources import RosterReading
from scheduler.model import RuleBook
from tests.unit.tiny import rule, tiny_problem, tiny_roster, tiny_rules

RULES = RuleBook(
    rules=(
        *tiny_rules().rules,
        rule("time_off"),
        rule("minimum_staff"),
        rule("pins"),
        rule("days_per_week", at_most=1),
    )
)
SICK = TimeOff(start=datetime(2026, 1, 6), end=datetime(2026, 1, 7), kind="sick", paid_minutes=480)
TUESDAY_OFF = Pin(day=date(2026, 1, 6), off=True)


def week(*, bo_is_sick: bool = False, cy_is_off: bool = False) -> Problem:
    """One must be there on both days, and nobody may work twice: without Bo on Tuesday only Cy is left."""
    problem = tiny_problem(("Ada", "Bo", "Cy"))
    (demand,), (ada, bo, cy) = problem.demand, problem.agents
    if bo_is_sick:
        bo = bo.model_copy(update={"time_off": (SICK,)})
    if cy_is_off:
        cy = cy.model_copy(update={"pins": (TUESDAY_OFF,)})
    floor = Demand(skill=demand.skill, required=demand.required, minimum=demand.required)
    return problem.model_copy(update={"demand": (floor,), "agents": (ada, bo, cy)})


def roster(*tuesday: str) -> Roster:
    """Ada on Monday, these on Tuesday."""
    first, second = tiny_roster().duties
    return Roster(duties=(first, *(second.model_copy(update={"agent": name}) for name in tuesday)))


def written(path: Path, *tuesday: str) -> Path:
    outcome = recount_of(week(), RULES, RosterReading(roster(*tuesday))).counted
    write_workbook(path, week(), RULES, outcome)
    return path


def without_duties_of(path: Path, name: str) -> None:
    book = load_workbook(path)
    sheet = book["Duties"]
    (row,) = (cells[0].row for cells in sheet.iter_rows() if name in [cell.value for cell in cells])
    sheet.delete_rows(row)
    book.save(path)


def repaired(folder: Path, old: Path, *words: str, cy_is_off: bool = False) -> str:
    write_workbook(folder / "week.xlsx", week(bo_is_sick=True, cy_is_off=cy_is_off), RULES)
    told = CliRunner().invoke(
        command_line,
        ["repair", str(folder / "week.xlsx"), str(old), "-o", str(folder / "new.xlsx"),
         "--from", "2026-01-06T00:00", "--time-limit", "10", *words],
        catch_exceptions=False,
    )  # fmt: skip
    assert told.exit_code == Exit.NO_LEGAL_ROSTER, told.output
    return " ".join(told.output.split())


LOCK = "A lock stands in the way. Without it a legal roster was found: - "


def test_a_lock_of_the_command_is_named_as_a_lock(tmp_path: Path) -> None:
    # it was told as a rule: "what has begun or is locked" cannot be kept together with "minimum_staff"
    said = repaired(tmp_path, written(tmp_path / "old.xlsx", "Bo"), "--lock", "Roster!E7:E9")
    assert (
        f'{LOCK}Roster!E9 Cy, Tue 6 Jan, is locked by --lock "Roster!E7:E9". Leave this cell out of --lock '
        "to let the day change."
    ) in said


def test_an_edit_by_hand_is_named_as_a_lock(tmp_path: Path) -> None:
    old = written(tmp_path / "old.xlsx", "Bo", "Cy")
    without_duties_of(old, "Cy")
    said = repaired(tmp_path, old)
    assert (
        f"{LOCK}Roster!E9 Cy, Tue 6 Jan, is locked because it was edited by hand. --free-edits lets all "
        "edited days change."
    ) in said
    CliRunner().invoke(command_line, ["refresh", str(old)], catch_exceptions=False)
    said = repaired(tmp_path, old)
    assert f"{LOCK}Kept edits!A6 Cy, Tue 6 Jan, is locked by its row on Kept edits. Remove the row" in said


def test_what_is_fixed_is_named_as_a_lock(tmp_path: Path) -> None:
    said = repaired(tmp_path, written(tmp_path / "old.xlsx", "Bo"), cy_is_off=True)
    assert f"{LOCK}Fixed!B2 Cy, Tue 6 Jan, is locked by its row on Fixed. Remove the row" in said
    assert "not legal, 1 breach: - Minimum staff" in said, "what is fixed stays in the nearest roster"


def test_a_lock_that_is_not_to_blame_is_not_named() -> None:
    with pytest.raises(Contradiction) as none:
        repair(
            week(bo_is_sick=True, cy_is_off=True), RULES, roster("Bo"), workers=1, counts=(0,),
            from_="2026-01-06T00:00", stop=Stop(seconds=None, rounds=1), locked=[("Ada", 1), ("Bo", 0)],
        )  # fmt: skip
    (lock,) = none.value.locks
    assert lock.place.path == ("agents", 2, "pins", 0, "day")
