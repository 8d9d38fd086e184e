"""Days on which a roster workbook says itself that a duty fell away, by a repair or by hand."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from scheduler.domain import Finding, Problem
from scheduler.domain.results.roster import AgentDay
from scheduler.io.cells.columns import normalised
from scheduler.io.files.streams import Source
from scheduler.io.files.workbook_file import open_workbook
from scheduler.io.result.contents import names
from scheduler.io.result.reading.workbook_reader import roster_in
from scheduler.io.result.sheets.roster.changes import HEADINGS


def days_called_off(path: Source, problem: Problem) -> frozenset[AgentDay]:
    """Agents and days that changed since a roster was handed out and have no duty now, as far as is known."""
    opened = open_workbook(path)
    if isinstance(opened, Finding):
        return frozenset()
    with opened as book:
        reading = roster_in(book, problem)
        by_hand = {*(reading.kept or ()), *((one.agent, one.day) for one in reading.changed)}
        titles = {normalised(title): title for title in book.titles}
        title = titles.get(normalised(names.CHANGES))
        repaired = () if title is None else tuple(_listed(book.sheet(title).rows, problem))
    typed = {(one.agent, one.day) for one in reading.changed if one.typed}
    roster = reading.roster
    return frozenset(key for key in {*by_hand, *repaired} - typed if roster is None or not roster.on(*key))


def _listed(rows: Sequence[Sequence[Any]], problem: Problem) -> Iterator[AgentDay]:
    """The agents and days in the list of a sheet of changes."""
    of_list = False
    for row in rows:
        of_list = of_list or tuple(row[: len(HEADINGS)]) == HEADINGS
        if of_list and len(row) > 1 and row[0] in problem.agent_named and isinstance(row[1], datetime):
            day = problem.grid.day_index(row[1].date())
            if 0 <= day < problem.grid.days:
                yield row[0], day
