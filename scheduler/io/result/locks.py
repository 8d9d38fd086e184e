"""Which people's days a range of cells means, on the sheets Roster and Duties of a roster workbook."""

from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl.utils.cell import range_boundaries

from scheduler.domain import Finding, Place, Problem
from scheduler.io.cells import parse_dates
from scheduler.io.cells.columns import normalised
from scheduler.io.cells.conventions import Conventions
from scheduler.io.cells.parse import Unreadable
from scheduler.io.files.workbook_file import WorkbookFile
from scheduler.io.result.sheets import names
from scheduler.io.result.sheets.page import spoken_date
from scheduler.texts import text

AgentDay = tuple[str, int]
Rows = Sequence[Sequence[Any]]
_MOST = 1 << 20


def locked_by(book: WorkbookFile, problem: Problem, place: str) -> frozenset[AgentDay] | Finding:
    """Agents and days in a range such as ``Roster!D8:F12``, or what is wrong with it."""
    title, _, cells = place.rpartition("!")
    known = {normalised(one): one for one in (names.ROSTER, names.DUTIES)}
    sheet = known.get(normalised(title.strip("'")))
    if sheet is None or sheet not in book.titles:
        return _refused(place, text("it names no sheet that shows who works when."))
    try:
        left, top, right, bottom = range_boundaries(cells.replace("$", "").strip().upper())
    except (ValueError, TypeError):
        return _refused(place, text("it is no range of cells."))
    inside = range((top or 1) - 1, min(bottom or _MOST, _MOST))
    columns = range((left or 1) - 1, min(right or _MOST, _MOST))
    rows, epoch = book.sheet(sheet).rows, book.sheet(sheet).epoch
    on_roster = sheet == names.ROSTER
    found = (
        _on_roster(rows, problem, inside, columns) if on_roster else _on_duties(rows, problem, inside, epoch)
    )
    days = frozenset(found)
    return days or _refused(place, text("no day of anybody lies in it."))


def _on_roster(rows: Rows, problem: Problem, inside: range, columns: range) -> Iterator[AgentDay]:
    """People down, days across."""
    heading = _heading(rows, "Agent")
    day_of = {spoken_date(problem.grid.date(day)): day for day in range(problem.grid.days)}
    days = {at: day_of[value] for at, value in enumerate(rows[heading]) if value in day_of}
    for number in inside[: len(rows)]:
        if heading < number < len(rows) and rows[number] and rows[number][0] in problem.agent_named:
            yield from ((rows[number][0], day) for at, day in days.items() if at in columns)


def _on_duties(rows: Rows, problem: Problem, inside: range, epoch: Any) -> Iterator[AgentDay]:
    """A row a duty."""
    heading = _heading(rows, "Agent")
    places = {normalised(value): at for at, value in enumerate(rows[heading])}
    agent_at, date_at = places[normalised("Agent")], places.get(normalised("Date"), -1)
    for number in inside[: len(rows)]:
        if not heading < number < len(rows) or date_at < 0:
            continue
        row = rows[number]
        if len(row) <= max(agent_at, date_at) or row[agent_at] not in problem.agent_named:
            continue
        try:
            on = parse_dates.day(row[date_at], Conventions(epoch=epoch))
        except Unreadable:  # the reader of the roster names it
            continue
        yield row[agent_at], problem.grid.day_index(on)


def _heading(rows: Rows, name: str) -> int:
    return next((at for at, row in enumerate(rows) if normalised(name) in map(normalised, row)), 0)


def _refused(place: str, message: str) -> Finding:
    return Finding(
        place=Place(path=("lock",)),
        message=text('"{place}": {message}', place=place, message=message),
        hint=text("Write a sheet and its cells, such as Roster!D8:F12 or Duties!A5:A9."),
    )
