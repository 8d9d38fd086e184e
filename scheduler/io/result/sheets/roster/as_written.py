"""The hidden sheet As written: the duties once more, by which edits on Duties and Roster are told apart.

An agent a row, all duties in one cell as JSON with instants in minutes, so that it stays small beside the
sheets that people read. It is believed only if it has the digest of the roster that the Certificate states.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic_core import from_json

from scheduler.domain import Duty, PlacedBreak, Roster
from scheduler.io.files.limits import CELL_SIGNS
from scheduler.io.files.styles import BODY, HEADING_LEFT
from scheduler.io.result.contents import names
from scheduler.io.result.sheets.page import ResultBook, widths
from scheduler.texts import text

HEADING_ROW = 4


def add_as_written(result: ResultBook) -> None:
    """Add the sheet, hidden."""
    pen = result.sheet(
        names.AS_WRITTEN,
        text("The duties as they were written"),
        text("What was edited since is told by comparison with this sheet. Not for editing."),
    )
    for column, heading in enumerate(("Agent", "Duties"), start=1):
        pen.put(HEADING_ROW, column, heading, HEADING_LEFT)
    row = HEADING_ROW
    for agent in result.problem.agents:
        duties = result.outcome.roster.of(agent.name)
        if duties:
            row += 1
            cells = (agent.name, *_in_cells(duties))
            pen.row(row, 1, [(value, BODY) for value in cells])
    widths(pen.sheet, 22, 60)
    pen.sheet.sheet_state = "hidden"


def read_as_written(rows: Iterable[Sequence[Any]]) -> Roster | None:
    """The roster on the sheet; ``None`` where it cannot be read whole."""
    duties: list[Duty] = []
    try:
        for agent, *cells in list(rows)[HEADING_ROW:]:
            for cell in cells:
                duties += [_duty(agent, written) for written in from_json(cell or "[]")]
    except (ValueError, TypeError):
        return None
    return Roster(duties=tuple(duties))


def _in_cells(duties: Sequence[Duty]) -> list[str]:
    """The duties as JSON, in as many cells as they need."""
    cells: list[list[str]] = [[]]
    signs = 0
    for duty in duties:
        written = json.dumps(_plain(duty), ensure_ascii=False, separators=(",", ":"))
        signs += len(written) + 1
        if signs > CELL_SIGNS - 2:
            cells.append([])
            signs = len(written) + 1
        cells[-1].append(written)
    return [f"[{','.join(cell)}]" for cell in cells]


def _plain(duty: Duty) -> list[Any]:
    breaks = [[pause.name, pause.start, pause.length_minutes, pause.paid] for pause in duty.breaks]
    return [duty.day, duty.template, duty.start, duty.end, breaks]


def _duty(agent: str, written: Any) -> Duty:
    day, template, start, end, breaks = written
    return Duty(
        agent=agent,
        day=day,
        template=template,
        start=start,
        end=end,
        breaks=tuple(
            PlacedBreak(name=name, start=at, length_minutes=length, paid=paid)
            for name, at, length, paid in breaks
        ),
    )
