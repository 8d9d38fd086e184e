"""Names of files for people: as close to theirs as every file system allows, and each once."""

import re
from collections.abc import Iterable

PERSONAL_PLANS, CALENDARS = "Personal plans.xlsx", "calendars"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))
_RESERVED = frozenset(("con", "prn", "aux", "nul", *_PORTS))
_MOST_BYTES = 200
"""File systems take 255 bytes, drafts and numbers included."""


def file_names(names: Iterable[str]) -> dict[str, str]:
    """A file name, without its ending, for each name; the same whatever the letters' case is used once.

    >>> file_names(["Ann Lee", "ann lee", "A/B", "con", "..."])
    {'Ann Lee': 'Ann Lee', 'ann lee': 'ann lee 2', 'A/B': 'A_B', 'con': 'con_', '...': '_'}
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        plain = _FORBIDDEN.sub("_", name).encode()[:_MOST_BYTES].decode(errors="ignore").strip(" .") or "_"
        plain = f"{plain}_" if plain.split(".")[0].casefold() in _RESERVED else plain
        unique, number = plain, 2
        while unique.casefold() in taken:
            unique, number = f"{plain} {number}", number + 1
        taken.add(unique.casefold())
        found[name] = unique
    return found
