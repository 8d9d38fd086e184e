"""Rows that come again every week, written in place of the entries that they were read as."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

Entry = TypeVar("Entry")
Facts = Mapping[str, Any]


def rows_of(
    usual: Sequence[tuple[Facts, Sequence[Any]]],
    entries: Sequence[Entry],
    row: Callable[[Entry], Facts],
    known_by: Callable[[Entry], Any] = lambda entry: entry,
) -> Iterator[Facts]:
    """The rows of a list of entries, such that reading them gives the entries in this order.

    Parameters
    ----------
    usual
        What comes again: its row, and the entries of this horizon that reading it gives.
    row
        The row of an entry that stands alone.
    known_by
        By what an entry is compared with those.
    """
    left = list(usual)
    keys = [known_by(entry) for entry in entries]
    at = 0
    while at < len(entries):
        found = next((one for one in left if one[1] and keys[at : at + len(one[1])] == [*one[1]]), None)
        if found is None:
            yield row(entries[at])
            at += 1
        else:
            left.remove(found)
            yield found[0]
            at += len(found[1])
    yield from (one[0] for one in left)
