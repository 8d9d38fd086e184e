"""The sheet Kept edits: days that somebody edited by hand before the roster was written anew.

``refresh`` makes an edit part of the roster, and no comparison shows it after that. This sheet remembers
whose days they were, so that ``repair`` still leaves them as they are. People may add and remove rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scheduler.domain import Finding, Place, Problem
from scheduler.domain.findings.finding import unknown_name
from scheduler.domain.results.roster import AgentDay
from scheduler.domain.values.spelling import alike, spelt
from scheduler.io.cells import parse_dates
from scheduler.io.cells.columns import normalised
from scheduler.io.cells.conventions import as_settings_say
from scheduler.io.cells.parse import Unreadable, is_blank
from scheduler.io.files.styles import BODY, DATE, HEADING_LEFT
from scheduler.io.files.workbook_file import RawSheet, cell_name
from scheduler.io.result.contents import names
from scheduler.io.result.sheets.page import ResultBook, freeze, widths
from scheduler.io.result.sheets.roster.marks import KEPT, Marks
from scheduler.texts import text

HEADING_ROW = 5
HEADINGS = ("Agent", "Date")

_DATE = BODY.but(number_format=DATE, across="left")


def add_kept_edits(result: ResultBook) -> None:
    """Add the sheet behind Duties, and a blue line around each of its days on Roster."""
    grid, kept = result.problem.grid, result.kept or frozenset()
    pen = result.sheet(
        names.KEPT_EDITS,
        text("Edited by hand, and kept"),
        text("Repair leaves these days as they are. Remove a row to let a day go, add one to keep another."),
    )
    pen.row(HEADING_ROW, 1, [(heading, HEADING_LEFT) for heading in HEADINGS])
    row = HEADING_ROW
    for agent in result.problem.agents:
        for day in range(grid.days):
            if (agent.name, day) in kept:
                row += 1
                pen.row(row, 1, [(agent.name, BODY.but(bold=True)), (grid.date(day), _DATE)])
    sheet, book = pen.sheet, result.book
    widths(sheet, 26, 20)
    freeze(sheet, row=HEADING_ROW + 1, column=1)
    sheet.auto_filter.ref = f"A{HEADING_ROW}:B{max(row, HEADING_ROW + 1)}"
    result.print_set_up(sheet, area=f"A1:B{row}", portrait=True)
    if names.DUTIES in book.sheetnames:
        behind = book.sheetnames.index(names.DUTIES) + 1
        book.move_sheet(sheet, behind - book.sheetnames.index(names.KEPT_EDITS))
    if result.shows_looks and names.ROSTER in book.sheetnames:
        marks = Marks(result)
        for key in kept:
            marks.on_roster(*key, KEPT)


def put_kept_edits(result: ResultBook, kept: frozenset[AgentDay]) -> None:
    """Write the sheet anew with these days; without any there is none."""
    if names.KEPT_EDITS in result.book.sheetnames:
        result.book.remove(result.sheet_named(names.KEPT_EDITS))
    result.kept = kept or None
    if kept:
        add_kept_edits(result)


@dataclass
class KeptEdits:
    """The days on the sheet, each with its cell, and what of it could not be read."""

    cells: dict[AgentDay, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_kept_edits(sheet: RawSheet, problem: Problem) -> KeptEdits:
    """Read the sheet; its rows may have been sorted, added and removed."""
    read = KeptEdits()
    found = _headings(sheet)
    if found is None:
        message = text("no row of headings was found; needed are {needed}.", needed=", ".join(HEADINGS))
        read.findings.append(Finding(place=Place(sheet=sheet.title), message=message))
        return read
    heading_row, columns = found
    for number, row in enumerate(sheet.rows[heading_row:], start=heading_row + 1):
        said = {name: row[at] if at < len(row) else None for name, at in columns.items()}
        if all(map(is_blank, said.values())):
            continue
        try:
            key = _agent(said["Agent"], problem), _day(said["Date"], problem, sheet)
        except _AtHeading as error:
            cell = cell_name(number, columns[error.heading] + 1)
            place = Place(sheet=sheet.title, cell=cell)
            read.findings.append(Finding(place=place, message=error.message, hint=error.hint))
            continue
        read.cells[key] = f"{sheet.title}!{cell_name(number, columns['Agent'] + 1)}"
    return read


def _headings(sheet: RawSheet) -> tuple[int, dict[str, int]] | None:
    """The row of headings, and where in it each of them stands."""
    wanted = {normalised(heading): heading for heading in HEADINGS}
    for number, row in enumerate(sheet.rows, start=1):
        columns = {wanted[name]: at for at, value in enumerate(row) if (name := normalised(value)) in wanted}
        if len(columns) == len(HEADINGS):
            return number, columns
    return None


class _AtHeading(Exception):
    """What is wrong with a cell, and in which column it stands."""

    def __init__(self, heading: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.heading, self.message, self.hint = heading, message, hint


def _agent(value: Any, problem: Problem) -> str:
    name = spelt(str(value or ""))
    known: Mapping[str, Any] = problem.agent_named
    same = name if name in known else alike(name, known)
    if same is None:
        raise _AtHeading("Agent", *unknown_name(text("agent"), name, known, "Agents"))
    return same


def _day(value: Any, problem: Problem, sheet: RawSheet) -> int:
    grid = problem.grid
    try:
        on = parse_dates.day(value, as_settings_say(problem, sheet.epoch))
    except Unreadable as error:
        raise _AtHeading("Date", error.message, error.hint) from None
    if not 0 <= grid.day_index(on) < grid.days:
        raise _AtHeading(
            "Date",
            text(
                "{day} is not one of the planned days, {first} to {last}.",
                day=on,
                first=grid.date(0),
                last=grid.date(grid.days - 1),
            ),
        )
    return grid.day_index(on)
