"""Differences between a file and a recount: found, grouped, and put in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from scheduler.domain.values.spelling import MARKS, is_turned, without_unseen
from scheduler.io.result.contents.declared import FIELDS, Treatment
from scheduler.texts import text

MOST_OF_A_KIND = 3
"""Differences of one kind that have a line each; more share one."""
MOST_KINDS = 8
"""Lines per sheet or field; more become one."""
_LONGEST, _BEFORE = 60, 30
"""Characters of a text that are shown, and how many of them precede the first that differs."""


class Absent:
    """The value of a place where nothing stands, or nothing should."""


ABSENT = Absent()


@dataclass(frozen=True)
class Difference:
    """One place at which a file differs from a recount.

    Parameters
    ----------
    part, kind
        Sheet and column, or field and nested field, by which differences are grouped.
    place
        Cell, or path in the document.
    label
        The label of the place in the file, if it has one.
    said
        The difference as a sentence, if it is not one of two values.
    hint
        Where it is changed instead, if it was changed where nothing is read.
    """

    part: str
    kind: str
    place: str
    found: Any = ABSENT
    counted: Any = ABSENT
    label: str = ""
    said: str = ""
    hint: str = ""

    def __str__(self) -> str:
        if self.said:
            return f"{self.place}: {self.said}"
        name = f' ("{self.label}")' if self.label else ""
        return f"{self.place}{name}: {self._in_words()}. {self.hint}".rstrip()

    def _in_words(self) -> str:
        if isinstance(self.counted, Absent):
            return text("{found} stands where nothing belongs", found=shown(self.found))
        if isinstance(self.found, Absent):
            return text("nothing stands there, but a recount gives {counted}", counted=shown(self.counted))
        if isinstance(self.found, str) and isinstance(self.counted, str):
            signs = zip(self.found, self.counted, strict=False)
            alike = next((at for at, (one, other) in enumerate(signs) if one != other), 0)
            begin = max(0, alike - _BEFORE)
            found, counted = shown(self.found, begin), shown(self.counted, begin)
        else:
            found, counted = shown(self.found), shown(self.counted)
        if without_unseen(found) == without_unseen(counted):
            found, counted = (f"{one!r} ({type(one).__name__})" for one in (self.found, self.counted))
        return text("{found} stands there, but a recount gives {counted}", found=found, counted=counted)


def sentences(differences: Iterable[Difference]) -> list[str]:
    """The differences as lines; many of one kind, or many kinds in one part, become one line."""
    lines: list[str] = []
    for _, of_part in groupby(differences, key=lambda one: one.part):
        part = list(of_part)
        kinds: dict[str, list[Difference]] = {}
        for one in part:
            kinds.setdefault(one.kind, []).append(one)
        told = [line for kind in kinds.values() for line in _lines(kind)]
        lines += told if len(told) <= MOST_KINDS else [_together(part)]
    return lines


def _lines(alike: list[Difference]) -> list[str]:
    return [str(one) for one in alike] if len(alike) <= MOST_OF_A_KIND else [_together(alike)]


def _together(several: list[Difference]) -> str:
    first, last = several[0], several[-1]
    return text(
        "{place} to {last_place}: {several:,} differ. The first is {first}",
        place=first.place,
        last_place=last.place,
        several=len(several),
        first=first,
    )


def shown(value: Any, begin: int = 0) -> str:
    """A value as quoted in a sentence; a text from character ``begin`` on."""
    match value:
        case str():
            front, behind = "…" if begin else "", "…" if len(value) > begin + _LONGEST else ""
            some = value[begin : begin + _LONGEST].replace("\n", " | ")  # a sentence is one line
            if is_turned(some):  # a mark would turn the sentence round too
                some = "".join(one if one not in MARKS else f"\\u{ord(one):04x}" for one in some)
            return f'"{front}{some}{behind}"'
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case datetime():
            return f"{value:%Y-%m-%d %H:%M:%S}"
        case date() | time() | timedelta():
            return str(value)
        case int() | float():
            return f"{value:.15g}" if abs(value) < 1e15 else repr(value)
        case dict() | list() | tuple():
            return (
                text("a list of {value:,}", value=len(value))
                if not isinstance(value, dict)
                else text("a group of {value:,}", value=len(value))
            )
        case _:
            return str(value)


def in_document(found: dict[str, Any], counted: dict[str, Any]) -> Iterator[Difference]:
    """Where a result document differs from that of a recount, except in what is only told."""
    for name in dict.fromkeys((*counted, *found)):
        is_told = FIELDS.get(name) is Treatment.TOLD
        if is_told and name in found:
            continue
        yield from _between(found.get(name, ABSENT), counted.get(name, ABSENT), name, name, name)


def _between(found: Any, counted: Any, part: str, kind: str, place: str) -> Iterator[Difference]:
    if isinstance(found, dict) and isinstance(counted, dict):
        for name in dict.fromkeys((*counted, *found)):
            there, due = found.get(name, ABSENT), counted.get(name, ABSENT)
            yield from _between(there, due, part, f"{kind}.{name}", f"{place}.{name}")
    elif isinstance(found, list) and isinstance(counted, list):
        for at in range(max(len(found), len(counted))):
            there, due = (one[at] if at < len(one) else ABSENT for one in (found, counted))
            yield from _between(there, due, part, f"{kind}.*", f"{place}.{at}")
    elif not _same(found, counted):
        yield Difference(part, kind, place, found, counted)


def _same(found: Any, counted: Any) -> bool:
    if isinstance(found, Absent) and counted in ({}, []):
        return True  # older results lack fields that would be empty
    if isinstance(found, bool) or isinstance(counted, bool) or isinstance(found, str):
        return type(found) is type(counted) and bool(found == counted)
    return bool(found == counted)
