"""Whom a row under Agent means: one person, everybody of a contract or a team, or everyone.

Called by the reader of agents' days. A public holiday is one row this way; a row of a person goes before one
of their contract or team, and that before one of everyone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scheduler.domain.values.spelling import likeness
from scheduler.io.input.reading.sheet_rows import Row

_EVERYONE = frozenset(
    map(
        likeness,
        ("everyone", "everybody", "all", "all agents", "all staff", "*", "alle", "所有人", "全体", "全員"),
    )
)
PERSON, GROUP, EVERYONE = range(3)
"""How wide a row is: what is narrower goes before what is wider."""


@dataclass(frozen=True)
class Meant:
    """Whom a row means, by their names, and how wide it is."""

    names: tuple[str, ...]
    width: int


class Groups:
    """The people of each contract and team, as the sheet Agents has them.

    Parameters
    ----------
    agents
        The rows of that sheet.
    """

    def __init__(self, agents: Iterable[Row]) -> None:
        named = [row for row in agents if "name" in row.values]
        self._everyone = tuple(dict.fromkeys(row.values["name"] for row in named))
        self._persons = frozenset(self._everyone)
        self._groups: dict[str, dict[str, None]] = {}
        for row in named:
            for key in ("contract", "team"):
                if key in row.values:
                    of = self._groups.setdefault(likeness(row.values[key]), {})
                    of[row.values["name"]] = None

    def meant(self, said: str) -> Meant | None:
        """Whom a name means; ``None`` where it is nobody's."""
        if said in self._persons:
            return Meant((said,), PERSON)
        if group := self._groups.get(likeness(said)):
            return Meant(tuple(group), GROUP)
        return Meant(self._everyone, EVERYONE) if likeness(said) in _EVERYONE else None


def by_width(rows: Iterable[tuple[Row, Meant]]) -> Iterator[tuple[Row, Meant]]:
    """Rows of persons first, then those of groups, then those of everyone, each in their order."""
    yield from sorted(rows, key=lambda one: one[1].width)


def names_in_list(said: str, known: Mapping[str, object]) -> list[str]:
    """The known names in a cell that has several of them; empty where one is not known.

    >>> names_in_list("Ada, Ben and Cy", {"Ada": 1, "Ben": 1, "Cy": 1}), names_in_list("Ada", {"Ada": 1})
    (['Ada', 'Ben', 'Cy'], [])
    """
    parts = [part.strip() for part in said.replace(" and ", ",").replace(";", ",").split(",")]
    return parts if len(parts) > 1 and all(part in known for part in parts) else []
