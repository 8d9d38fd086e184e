"""Which facts hold a placeholder, so that checks of the others can be made all the same."""

from collections.abc import Mapping
from string import ascii_uppercase

from scheduler.io.input.reading import Notebook, Path
from scheduler.io.input.sheets import BREAKS, CONTRACTS, SHIFTS

_KINDS = {SHIFTS.key: "templates", BREAKS.key: "templates", CONTRACTS.key: "contracts"}


def unsound_shifts_and_contracts(notebook: Notebook, titles: Mapping[str, str]) -> set[Path]:
    """Paths of the shifts and contracts of which a cell could not be read.

    A path is ``("templates",)``, all of a kind, where the row belongs to no fact that was read.

    Parameters
    ----------
    titles
        Of the sheets, by their keys.
    """
    at = {(sheet, _row_of(cell)): path[:2] for path, (sheet, cell) in notebook.cells.items()}
    kinds = {titles[key]: kind for key, kind in _KINDS.items()}
    places = [finding.place for finding in notebook.findings if finding.is_error]
    return {
        at.get((place.sheet, _row_of(place.cell or "")), (kinds[place.sheet],))
        for place in places
        if place.sheet in kinds
    }


def _row_of(cell: str) -> str:
    return cell.split(":")[0].lstrip(ascii_uppercase)
