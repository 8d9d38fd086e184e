"""Which facts hold a placeholder, so that checks of the others can be made all the same."""

from collections import defaultdict
from collections.abc import Mapping
from string import ascii_uppercase

from scheduler.domain.checks.sound_part import LOST
from scheduler.domain.findings.faults import FactPath
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.sheets import (
    AGENTS,
    BALANCES,
    BREAKS,
    CONTRACTS,
    DEMAND,
    HEADCOUNTS,
    HISTORY,
    REQUIREMENT,
    SCENARIOS,
    SERVICE_GOALS,
    SETTINGS,
    SHIFTS,
    SHRINKAGE,
    SKILLS,
    VOLUMES,
)

_KINDS = {
    SKILLS.key: "skills",
    DEMAND.key: "demand",
    VOLUMES.key: "volumes",
    SERVICE_GOALS.key: "service_goals",
    SHRINKAGE.key: "shrinkage",
    REQUIREMENT.key: "volumes",
    SCENARIOS.key: "scenarios",
    HEADCOUNTS.key: "headcounts",
    SHIFTS.key: "templates",
    BREAKS.key: "templates",
    CONTRACTS.key: "contracts",
    AGENTS.key: "agents",
    HISTORY.key: "history",
    BALANCES.key: "agents",
}
_BY_THE_ROW = frozenset({SKILLS.key, SHIFTS.key, CONTRACTS.key, AGENTS.key, HEADCOUNTS.key})
"""Sheets on which a row that belongs to no fact leaves the facts of the other rows whole."""
_OF_DAYS = frozenset({"grid", "week_starts_on"})
"""Settings without which no date means anything."""


def unsound_facts(
    notebook: Notebook, titles: Mapping[str, str], headings: Mapping[str, int]
) -> set[FactPath]:
    """Paths of the facts of which a cell could not be read, as :func:`sound_part` takes them.

    Rows of Availability, Fixed and Wishes that could not be read are left out: without them more is possible,
    so that nothing is found that is not there.

    Parameters
    ----------
    titles
        Of the sheets, by their keys.
    headings
        The row of the headings, by the sheet's key.
    """
    at: dict[tuple[str, str], set[FactPath]] = defaultdict(set)
    for path, (sheet, cell) in notebook.cells.items():
        at[sheet, _row_of(cell)].add(path[:2])
    keys = {titles[key]: key for key in _KINDS}
    found: set[FactPath] = set()
    for place in [finding.place for finding in notebook.findings if finding.is_error]:
        here = at.get((str(place.sheet), _row_of(place.cell or "")), set())
        key = keys.get(str(place.sheet))
        if place.sheet == titles[SETTINGS.key]:
            found |= {("grid",) for path in here if path[0] in _OF_DAYS}
        elif key is None:
            continue
        elif row := _row_of(place.cell or ""):
            of_kind = {path for path in here if path[0] == _KINDS[key] and len(path) > 1}
            is_row = key in _BY_THE_ROW and int(row) > headings.get(key, 1)
            found |= of_kind or {(_KINDS[key], LOST) if is_row else (_KINDS[key],)}
        else:
            found.add((_KINDS[key],))
    return found


def _row_of(cell: str) -> str:
    return cell.split(":")[0].lstrip(ascii_uppercase)
