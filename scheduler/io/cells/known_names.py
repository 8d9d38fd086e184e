"""The names of skills, shifts and contracts, by which other sheets refer to them in whatever case."""

import re
from collections.abc import Mapping
from typing import Any

from scheduler.domain.values.spelling import likeness, spelt

_BETWEEN_NAMES = re.compile(r"\s*[/&+|]\s*|\s+(?:and|und|u\.|et|y)\s+|和|与|與", re.IGNORECASE)
_LONGEST_LIST = 1000


class KnownNames:
    """Names by the key of their sheet.

    A name that differs from one known name in nothing but case or width means that name; where two known ones
    differ in no more, it stays as it is written.
    """

    def __init__(self, names: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self._exact = {sheet: frozenset(known) for sheet, known in (names or {}).items()}
        self._like: dict[str, dict[str, str | None]] = {}
        for sheet, known in self._exact.items():
            like = self._like[sheet] = {}
            for name in sorted(known):
                like[likeness(name)] = None if likeness(name) in like else name

    def spelt(self, sheet: str, said: Any) -> Any:
        """A name, or a list of them, as their own sheet spells them; what is not known stays as it is."""
        if sheet not in self._exact:
            return said
        if isinstance(said, list | tuple):
            return type(said)(name for one in said for name in self._parts(sheet, one))
        return self._one(sheet, said) or said

    def has(self, sheet: str, said: str) -> bool:
        """Whether a name is known, in whatever case."""
        return sheet in self._exact and (self._one(sheet, said) or said) in self._exact[sheet]

    def _one(self, sheet: str, said: Any) -> str | None:
        if not isinstance(said, str) or said in self._exact[sheet]:
            return said if isinstance(said, str) else None
        return self._like[sheet].get(likeness(said))

    def _parts(self, sheet: str, said: Any) -> tuple[Any, ...]:
        """The names of one entry: ``English/French`` is two where each is known and the whole is not.

        So is ``English and French``, which was one unknown skill.
        """
        whole = self._one(sheet, said)
        if whole is not None or not isinstance(said, str) or len(said) > _LONGEST_LIST:
            return (whole or said,)
        parts = [self._one(sheet, spelt(part)) for part in _BETWEEN_NAMES.split(said)]
        return (said,) if None in parts else tuple(parts)
