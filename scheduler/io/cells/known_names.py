"""The names of skills, shifts and contracts, by which other sheets refer to them in whatever case."""

from collections.abc import Mapping
from typing import Any

from scheduler.domain.values.spelling import likeness, spelt


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

    def _one(self, sheet: str, said: Any) -> str | None:
        if not isinstance(said, str) or said in self._exact[sheet]:
            return said if isinstance(said, str) else None
        return self._like[sheet].get(likeness(said))

    def _parts(self, sheet: str, said: Any) -> tuple[Any, ...]:
        """The names of one entry: ``English/French`` is two where each is known and the whole is not."""
        whole = self._one(sheet, said)
        if whole is not None or not isinstance(said, str) or "/" not in said:
            return (whole or said,)
        parts = [self._one(sheet, spelt(part)) for part in said.split("/")]
        return (said,) if None in parts else tuple(parts)
