"""Edits that say something which only the input can say: named at their cell, with where to change it."""

from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from scheduler import BadInput, refresh, verify_file
from scheduler.app import planning
from scheduler.app.results.input_digest import input_hash
from scheduler.command_line.output.exits import Exit
from scheduler.domain import Pin
from scheduler.io.result.sheets.roster.roster_grid import FREE, PINNED_MARK
from tests.attacks.forgeries import Case, cases
from tests.workbook.edits.test_hand_edits import Edit, edited, put, run

ON_LEAVE = "Daoud"


@pytest.fixture(scope="module")
def centre() -> Case:
    """The centre with one duty pinned as it is."""
    problem, rules, outcome = cases()[0]
    duty = outcome.roster.duties[0]
    pin = Pin(day=problem.grid.date(duty.day), template=duty.template)
    agents = tuple(
        one.model_copy(update={"pins": (pin,)}) if one.name == duty.agent else one for one in problem.agents
    )
    problem = problem.model_copy(update={"agents": agents})
    return Case(problem, rules, outcome.model_copy(update={"input_hash": input_hash(problem, rules)}))


@pytest.fixture(scope="module")
def content(centre: Case) -> bytes:
    return centre.written(".xlsx")


@pytest.fixture(scope="module")
def written(content: bytes) -> Workbook:
    """The roster as it was written, to look things up."""
    return load_workbook(BytesIO(content))


def roster_cell(book: Workbook, is_meant: Any) -> str:
    """The first cell of Roster whose agent and value are meant."""
    sheet = book["Roster"]
    return next(
        f"Roster!{cell.coordinate}"
        for row in sheet.iter_rows(min_row=6)
        for cell in row[3:]
        if is_meant(row[0].value, cell.value)
    )


def pinned(agent: Any, value: Any) -> bool:
    return isinstance(value, str) and value.startswith(PINNED_MARK)


def on_leave(agent: Any, value: Any) -> bool:
    return agent == ON_LEAVE and value == "time off"


def at_work(agent: Any, value: Any) -> bool:
    return isinstance(value, str) and value[0] in "DLN" and "–" in value


@pytest.mark.parametrize(
    ("place", "typed", "says"),
    [
        (on_leave, None, "Daoud is still away on Wed 17 Jun (time off), for that is read from Availability."),
        (on_leave, "off", "Daoud is still away on Wed 17 Jun (time off)"),
        (on_leave, FREE, "Daoud is still away on Wed 17 Jun (time off)"),
        (on_leave, "sick", '"sick" stands here, and Daoud is away on Wed 17 Jun as "time off"'),
        (at_work, f"{PINNED_MARK} {{}}", "● pins nothing on "),
        (pinned, "{}", "is still pinned on "),
    ],
)
def test_what_only_the_input_says_is_named_at_its_cell(
    place: Any,
    typed: str | None,
    says: str,
    centre: Case,
    content: bytes,
    written: Workbook,
    tmp_path: Path,
) -> None:
    # verify said "1 figure of the roster as it was written still stands there", refresh put it back, exit 0
    cell = roster_cell(written, place)
    sheet, _, name = cell.partition("!")
    value = typed and typed.format(written[sheet][name].value.removeprefix(f"{PINNED_MARK} "))
    path = edited(content, tmp_path, put(cell, value))
    report = verify_file(centre.problem, centre.rules, path)
    (told,) = report.untaken
    assert (told.cell, says in told.sentence) == (cell, True), told
    assert not report.outdated and not report.mismatches and not report.passed
    done = run("refresh", path)
    assert done.exit_code == Exit.FIGURES_ARE_OLD and f"  - {told}" in done.stdout
    assert not verify_file(centre.problem, centre.rules, path).untaken


def test_the_mark_of_a_moved_duty_is_named_and_the_duty_is_taken(
    centre: Case, content: bytes, written: Workbook, tmp_path: Path
) -> None:
    # A typed mark was dropped without a word, also where the times beside it were read.
    cell = roster_cell(written, lambda agent, value: value == FREE)
    report = verify_file(
        centre.problem, centre.rules, edited(content, tmp_path, put(cell, f"{PINNED_MARK} Day 9:00-17:00"))
    )
    assert [one.cell for one in report.edits] == [cell] == [one.cell for one in report.untaken]


def test_the_same_in_other_words_is_no_old_figure(
    centre: Case, content: bytes, written: Workbook, tmp_path: Path
) -> None:
    # "Figures: old" for a cell that says what it said before
    cell = roster_cell(written, lambda agent, value: value == FREE)
    report = verify_file(centre.problem, centre.rules, edited(content, tmp_path, put(cell, "off")))
    assert report.passed
    assert report.not_read == (f"{cell} says in other words what stood there before: nothing changes.",)


def test_an_absence_that_the_week_has_since_is_no_edit(centre: Case, content: bytes, tmp_path: Path) -> None:
    # a free day of the roster, on which somebody is away by the week as it is now, is not "still away"
    duty_days = {(duty.agent, duty.day) for duty in centre.outcome.roster.duties}
    agent = next(one for one in centre.problem.agents if (one.name, 0) not in duty_days)
    leave = (
        centre.problem.agent_named[ON_LEAVE]
        .time_off[0]
        .model_copy(update={"start": datetime(2026, 6, 15), "end": datetime(2026, 6, 16)})
    )
    agents = tuple(
        one.model_copy(update={"time_off": (leave,)}) if one is agent else one
        for one in centre.problem.agents
    )
    now = centre.problem.model_copy(update={"agents": agents})
    path = tmp_path / "roster.xlsx"
    path.write_bytes(content)
    assert not verify_file(now, centre.rules, path).untaken


def row_of(book: Any, sheet: str, *starts: Any) -> int:
    return next(
        number
        for number, row in enumerate(book[sheet].iter_rows(values_only=True), start=1)
        if row[0] == starts[0] and all(one in row for one in starts)
    )


def test_a_missing_row_says_whose_it_is(centre: Case, content: bytes, tmp_path: Path) -> None:
    # "Roster!A33 to Roster!L33: 12 differ", and not that the duties stand
    rows: list[int] = []

    def gone(book: Any) -> None:
        rows.append(row_of(book, "Roster", "Esra"))
        book["Roster"].delete_rows(rows[0])

    report = verify_file(centre.problem, centre.rules, edited(content, tmp_path, gone))
    (line,) = report.mismatches
    assert line.startswith(f"Roster: row {rows[0]}, Esra, is gone; the duties of Esra stand, as on Duties.")
    assert not report.edits


def empty_leave(book: Any) -> None:
    row = row_of(book, "Duties", ON_LEAVE, "time off")
    for cell in book["Duties"][row]:
        cell.value = None


def other_leave(book: Any) -> None:
    book["Duties"].cell(row_of(book, "Duties", ON_LEAVE, "time off"), 12).value = 4


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (empty_leave, "Daoud, Wed 17 Jun, time off, is gone; Daoud is still away, for absences are read"),
        (other_leave, "Absences are read from Availability: change it there."),
        (put("Duties!N5", 500), "It follows from the duties: change those."),
        (put("Duties!B5", "007"), "It is read from Agents: change it there."),
    ],
)
def test_what_is_not_read_from_duties_says_where_it_is(
    edit: Edit, says: str, centre: Case, content: bytes, tmp_path: Path
) -> None:
    # a leave that was deleted were eight lines of "nothing stands there, but a recount gives"
    report = verify_file(centre.problem, centre.rules, edited(content, tmp_path, edit))
    (line,) = report.mismatches
    assert says in line


@pytest.mark.parametrize(
    ("cell", "value", "write"),
    [
        ("Duties!H5", timedelta(days=8.3), "Write 08:30 or 08:18."),
        ("Duties!J5", timedelta(days=16.3), "Write 16:30 or 16:18."),
        ("Duties!H5", timedelta(days=1.3), "Write 01:30 or 01:18."),
        ("Duties!P5", timedelta(days=11.3), "Write 11:30 or 11:18."),
        ("Roster!D9", timedelta(days=8.3), "Write 08:30 or 08:18."),
        ("Roster!D9", 8.3, "Write 08:30 or 08:18."),
    ],
)
def test_a_bare_number_in_a_time_cell_is_asked_about_where_it_stands(
    cell: str, value: Any, write: str, centre: Case, content: bytes, tmp_path: Path
) -> None:
    # 8.3 was "07:12 to 07:12, 11520 min long", or an end before the start, told at the end
    with pytest.raises(BadInput) as bad:
        verify_file(centre.problem, centre.rules, edited(content, tmp_path, put(cell, value)))
    (finding,) = bad.value.findings
    assert str(finding.place) == cell and write in finding.hint


def test_an_illegal_roster_has_no_gap(centre: Case, content: bytes, tmp_path: Path) -> None:
    # "gap -0.41%": the bound is of legal rosters
    path = edited(content, tmp_path, put("Duties!H5", timedelta(hours=4)))
    planning.write_workbook(tmp_path / "week.xlsx", centre.problem, centre.rules)
    done = run("verify", tmp_path / "week.xlsx", path)
    assert done.exit_code == Exit.VERIFY_FOUND_SOMETHING
    assert "This one is not legal, so that no gap is told." in done.stdout
    assert verify_file(centre.problem, centre.rules, path).gap is None
    refresh(path)
    cells = [cell for row in load_workbook(path)["Summary"].iter_rows(values_only=True) for cell in row]
    assert "the bound is of legal rosters" in cells


def test_findings_of_a_roster_are_at_the_cells_of_its_input(centre: Case, tmp_path: Path) -> None:
    # the sheet said agents.24.starts_on where check says Agents!I26
    agents = tuple(
        one.model_copy(update={"starts_on": date(2026, 6, 16)}) if one.name == "Zoë" else one
        for one in centre.problem.agents
    )
    roster = centre.outcome.roster.model_copy(
        update={"duties": tuple(duty for duty in centre.outcome.roster.duties if duty.agent != "Zoë")}
    )
    problem = centre.problem.model_copy(update={"agents": agents})
    path = tmp_path / "roster.xlsx"
    planning.write_workbook(path, problem, centre.rules, centre.outcome.model_copy(update={"roster": roster}))
    rows = [row for row in load_workbook(path)["Findings"].iter_rows(values_only=True) if row[0] == "input"]
    assert rows and all("!" in row[1] and "." not in row[1] for row in rows), rows
