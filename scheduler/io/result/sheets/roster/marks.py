"""Lines around cells of the sheets Roster and Duties that somebody should see: what changed, what is kept."""

from copy import copy
from typing import Any, Literal

from openpyxl.styles import Border, Side

from scheduler.io.files.styles import ACCENT, BAD
from scheduler.io.result.contents import names
from scheduler.io.result.sheets.page import ResultBook
from scheduler.io.result.sheets.roster import duties, roster_grid


def _around(ink: str, style: Literal["thick", "medium", "mediumDashed"]) -> Border:
    side = Side(style=style, color=ink)
    return Border(left=side, right=side, top=side, bottom=side)


CHANGED, BREAKS_MOVED = _around(BAD, "thick"), _around(BAD, "medium")
KEPT = _around(ACCENT, "mediumDashed")
"""Told apart in black and white by their strokes."""


class Marks:
    """Finds the cells of people's days on both sheets, and puts a line around them."""

    def __init__(self, result: ResultBook) -> None:
        self._grid = result.problem.grid
        self._roster, self._duties = (result.sheet_named(name) for name in (names.ROSTER, names.DUTIES))
        self._roster_rows = {
            self._roster.cell(row, 1).value: row for row in range(1, self._roster.max_row + 1)
        }
        kind, on = (duties.FIXED.index(heading) + 1 for heading in ("Kind", "Date"))
        rows = range(duties.HEADING_ROW + 1, self._duties.max_row + 1)
        self._duty_rows = {
            (self._duties.cell(row, 1).value, self._day(self._duties.cell(row, on).value)): row
            for row in rows
            if self._duties.cell(row, kind).value == names.DUTY
        }

    def on_roster(self, agent: str, day: int, line: Border) -> None:
        """Mark an agent's day on Roster."""
        if agent in self._roster_rows and 0 <= day < self._grid.days:
            column = roster_grid.BEFORE_DAYS + 1 + day
            _frame(self._roster.cell(self._roster_rows[agent], column), line)

    def on_duties(self, agent: str, day: int, columns: range, line: Border) -> None:
        """Mark some columns of an agent's duty on Duties."""
        if row := self._duty_rows.get((agent, day)):
            for column in columns:
                _frame(self._duties.cell(row, column), line)

    def _day(self, value: Any) -> int | None:
        return None if value is None else self._grid.day_index(getattr(value, "date", lambda: value)())


def _frame(cell: Any, line: Border) -> None:
    """A line around one cell: cells that look alike share their style, which is copied first."""
    cell._style = copy(cell._style)
    cell.border = line
