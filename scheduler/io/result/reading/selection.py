"""A selection of cells on a roster workbook, as people write it: whose which days it means.

``Roster!D7:F9`` is three agents on three days, ``Roster!7:9`` all days of three agents, ``Roster!D:F`` three
days of everybody; so are the cells with their names alone. On ``Duties`` a cell means the duty of its row.
"""

import re
from collections.abc import Iterator, Mapping

from openpyxl.utils.cell import column_index_from_string, range_boundaries

from scheduler.domain.findings.finding import did_you_mean
from scheduler.domain.results.roster import AgentDay
from scheduler.domain.values.spelling import likeness
from scheduler.io.cells.parse import Unreadable
from scheduler.io.files.limits import COLUMNS, ROWS
from scheduler.io.result.contents.names import DUTIES, ROSTER
from scheduler.texts import marked, text

Area = tuple[int, int, int, int]
"""First column, first row, last column, last row; from 1, both included."""

_SELECTION = re.compile(r"\s*(?:'([^']+)'|([^'!\uff01]+?))\s*(?:[!\uff01]\s*(.+))?\s*", re.DOTALL)
_CELL = re.compile(r"([A-Z]+)(\d+)")
_AREA = re.compile(
    r"(?:[A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?|[A-Z]{1,3}:[A-Z]{1,3}|\d{1,7}:\d{1,7})"
)
_FORM = marked("Write it as Roster!D7:F9 or Duties!5:8.")


def selected(
    written: str, duties: Mapping[AgentDay, tuple[str, ...]], days: Mapping[AgentDay, str]
) -> frozenset[AgentDay]:
    """The agents and days that a selection means.

    Parameters
    ----------
    written
        ``SHEET!RANGE``, several ranges of one sheet with commas between, or a sheet alone for all of it.
    duties
        By agent and day, a cell of each duty there, as ``Duties!F17``.
    days
        By agent and day, the cell on the sheet Roster, as ``Roster!G9``.

    Raises
    ------
    Unreadable
        If it is no range of one of the two sheets, or nobody's day lies in it.
    """
    title, areas = _parsed(written)
    on_roster = title == ROSTER
    places = {
        key: _place(cell)
        for key, cells in ({key: (cell,) for key, cell in days.items()} if on_roster else duties).items()
        for cell in cells
    }
    found = frozenset(
        key for area in areas for key in (_on_roster(area, places) if on_roster else _on_duties(area, places))
    )
    if not found:
        rows = sorted({row for _, row in places.values()})
        where = text("rows {first} to {last}", first=rows[0], last=rows[-1]) if rows else text("nowhere")
        raise Unreadable(
            text('no day of anybody lies in "{written}".', written=written),
            text("On {sheet} they stand in {where}.", sheet=title, where=where),
        )
    return found


def _parsed(written: str) -> tuple[str, list[Area]]:
    """The sheet and its ranges."""
    parts = _SELECTION.fullmatch(written)
    if parts is None:
        raise Unreadable(text('"{written}" is no selection of cells.', written=written), text(_FORM))
    named = parts[1] or parts[2]
    title = next((one for one in (ROSTER, DUTIES) if likeness(one) == likeness(named)), None)
    if title is None:
        guess = did_you_mean(named, (ROSTER, DUTIES), 60)
        raise Unreadable(
            text('"{named}" is not a sheet on which days are selected.', named=named),
            text("{guess}Known: {known}.", guess=guess, known=f"{ROSTER}, {DUTIES}"),
        )
    if parts[3] is None:
        return title, [(1, 1, COLUMNS, ROWS)]
    return title, [_area(one, written) for one in re.split(r"[,;，\uff1b]", parts[3])]


def _area(part: str, written: str) -> Area:
    plain = part.replace("$", "").replace(" ", "").replace("：", ":").upper()
    if _AREA.fullmatch(plain):
        try:
            first_column, first_row, last_column, last_row = range_boundaries(_forward(plain))
        except ValueError:
            pass
        else:
            area = (
                1 if first_column is None else int(first_column),
                1 if first_row is None else int(first_row),
                COLUMNS if last_column is None else int(last_column),
                ROWS if last_row is None else int(last_row),
            )
            if 0 < area[0] <= area[2] <= COLUMNS and 0 < area[1] <= area[3] <= ROWS:
                return area
    message = text('"{part}" in "{written}" is no range of cells.', part=part.strip(), written=written)
    raise Unreadable(message, text(_FORM))


def _forward(area: str) -> str:
    """The same range from its upper left corner to its lower right one."""
    one, _, other = area.partition(":")
    corners = [_CELL.fullmatch(corner) for corner in (one, other)]
    if not other or None in corners:
        pair = [one, other] if other else [one]
        key = int if one.isdigit() else column_index_from_string
        return ":".join(sorted(pair, key=key)) if other else one
    columns = sorted((corner[1] for corner in corners if corner), key=column_index_from_string)
    rows = sorted(int(corner[2]) for corner in corners if corner)
    return f"{columns[0]}{rows[0]}:{columns[1]}{rows[1]}"


def _place(cell: str) -> tuple[int, int]:
    """Column and row of ``Roster!G9``."""
    found = _CELL.fullmatch(cell.rpartition("!")[2])
    if found is None:
        raise ValueError(cell)
    return column_index_from_string(found[1]), int(found[2])


def _on_roster(area: Area, places: Mapping[AgentDay, tuple[int, int]]) -> Iterator[AgentDay]:
    """Days in the rectangle; all of a row, or of a column, where only names are in it."""
    left, top, right, bottom = area
    across = {key for key, (column, _) in places.items() if left <= column <= right}
    down = {key for key, (_, row) in places.items() if top <= row <= bottom}
    first = min(places.values(), default=(0, 0))
    names_alone = right < first[0]
    headings_alone = bottom < min((row for _, row in places.values()), default=0)
    yield from down if names_alone else across if headings_alone else across & down


def _on_duties(area: Area, places: Mapping[AgentDay, tuple[int, int]]) -> Iterator[AgentDay]:
    """The duties of the rows."""
    yield from (key for key, (_, row) in places.items() if area[1] <= row <= area[3])
