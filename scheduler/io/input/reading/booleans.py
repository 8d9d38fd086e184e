"""True and false in a document where a number belongs: JSON readers take them for 1 and 0 without a word."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from scheduler.domain.findings.faults import FactPath, error
from scheduler.domain.findings.finding import Finding
from scheduler.texts import text


def taken_for_numbers(document: Any, read: Any, path: FactPath = ()) -> Iterator[Finding]:
    """A fault for each true or false that was read as a number.

    Parameters
    ----------
    document
        Plain data.
    read
        What was made of it, field by field and entry by entry; ``None`` where nothing could be.
    """
    if isinstance(document, bool):
        if isinstance(read, int | float) and not isinstance(read, bool):
            said = text("{value} is not a number.", value="true" if document else "false")
            yield error(path, said, text("Write the number."))
    elif isinstance(document, Mapping):
        for name, value in document.items():
            yield from taken_for_numbers(value, _within(read, name), (*path, str(name)))
    elif isinstance(document, list):
        for at, value in enumerate(document):
            yield from taken_for_numbers(value, _within(read, at), (*path, at))


def _within(read: Any, key: Any) -> Any:
    """A field or entry of what was read; ``None`` where it has none."""
    if isinstance(read, BaseModel):
        return getattr(read, key, None) if key in type(read).model_fields else None
    if isinstance(read, list | tuple):
        return read[key] if isinstance(key, int) and key < len(read) else None
    return read.get(key) if isinstance(read, Mapping) else None
