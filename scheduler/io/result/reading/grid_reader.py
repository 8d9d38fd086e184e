"""The Roster sheet as it stands in a file: what each agent's day says, and in which cell.

:mod:`scheduler.io.result.reading.merging` compares it with the sheet Duties, and what people have written
into a cell is understood by :mod:`scheduler.io.result.reading.typed_shifts`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scheduler.domain import Finding, Place, Problem
from scheduler.domain.findings.finding import unknown_name
from scheduler.domain.values.spelling import alike, spelt
from scheduler.domain.values.words import spoken_date
from scheduler.io.cells.parse import is_blank
from scheduler.io.files.workbook_file import RawSheet, cell_name
from scheduler.io.result.reading.sources import Places
from scheduler.texts import text

_HEADINGS_WITHIN = 400
"""Rows: the legend above the headings is as long as there are shift templates."""


@dataclass
class GridReading:
    """The sheet's cells by agent and day of the horizon.

    Parameters
    ----------
    values
        What stands in each cell that was found.
    columns, rows
        The sheet's column of each day, and the row of each agent.
    """

    title: str
    values: dict[tuple[str, int], Any] = field(default_factory=dict)
    columns: dict[int, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    heading_row: int = 0
    findings: list[Finding] = field(default_factory=list)

    def cell(self, agent: str, day: int) -> str | None:
        """``Roster!G9``, or ``None`` where the sheet has no such row or column."""
        if agent not in self.rows or day not in self.columns:
            return None
        return f"{self.title}!{cell_name(self.rows[agent], self.columns[day])}"

    def places(
        self, duties: Mapping[tuple[str, int], tuple[str, ...]], meant_alike: frozenset[str]
    ) -> Places:
        """Everything's place, with that of the duties on their own sheet."""
        return Places(
            duties,
            days={key: cell for key in self.values if (cell := self.cell(*key)) is not None},
            agents={agent: f"{self.title}!A{row}" for agent, row in self.rows.items()},
            dates={
                day: f"{self.title}!{cell_name(self.heading_row, column)}"
                for day, column in self.columns.items()
            },
            meant_alike=meant_alike,
        )


def read_grid(sheet: RawSheet, problem: Problem) -> GridReading:
    """Read the sheet; rows and columns may have been sorted or moved."""
    reading = GridReading(sheet.title)
    heading = _headings(sheet.rows, problem)
    if heading is None:
        return reading
    reading.heading_row, reading.columns = heading
    for number, row in enumerate(sheet.rows[reading.heading_row :], start=reading.heading_row + 1):
        first = row[0] if row else None
        filled = [at for at in reading.columns.values() if at <= len(row) and not is_blank(row[at - 1])]
        if is_blank(first) and not filled:
            continue
        name = spelt(str(first)) if first is not None else ""
        if filled and all(isinstance(row[at - 1], int | float) for at in filled):
            continue  # a row of totals, in whatever language its name is
        if name not in problem.agent_named:
            same = alike(name, problem.agent_named)
            if same is None:
                reading.findings.append(_unknown(reading.title, number, name, problem))
                continue
            name = same
        if name in reading.rows:
            reading.findings.append(
                Finding(
                    place=Place(sheet=reading.title, cell=f"A{number}"),
                    message=text(
                        '"{agent}" has a row already, row {row}.', agent=name, row=reading.rows[name]
                    ),
                    hint=text("Keep one of the two."),
                )
            )
            continue
        reading.rows[name] = number
        for day, column in reading.columns.items():
            reading.values[name, day] = row[column - 1] if column <= len(row) else None
    reading.findings += _unreadable(sheet, reading)
    return reading


def _headings(rows: Sequence[Sequence[Any]], problem: Problem) -> tuple[int, dict[int, int]] | None:
    """The row of headings, and the column of each day that has one; days without one are compared as gone."""
    by_words = {spoken_date(problem.grid.date(day)): day for day in range(problem.grid.days)}
    for number, row in enumerate(rows[:_HEADINGS_WITHIN], start=1):
        found = {
            by_words[value]: column
            for column, value in enumerate(row, start=1)
            if isinstance(value, str) and value in by_words
        }
        if found:
            return number, found
    return None


def _unreadable(sheet: RawSheet, reading: GridReading) -> Iterator[Finding]:
    """Faults of the file in cells that say who works when."""
    rows, columns = set(reading.rows.values()), {1, *reading.columns.values()}
    for (row, column), (message, hint) in sheet.faults.items():
        if row in rows and column in columns:
            place = Place(sheet=reading.title, cell=cell_name(row, column))
            yield Finding(place=place, message=message, hint=hint)


def _unknown(title: str, row: int, name: str, problem: Problem) -> Finding:
    place = Place(sheet=title, cell=f"A{row}")
    if not name:
        hint = text("Write whose row it is, or empty it.")
        return Finding(place=place, message=text("the row names no agent."), hint=hint)
    message, hint = unknown_name(text("agent"), name, problem.agent_named, "Agents")
    return Finding(place=place, message=message, hint=hint)
