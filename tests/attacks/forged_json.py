"""Forgeries of a result document: every kind of field in turn, changed in the ways that its value allows."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import datetime, timedelta
from math import nextafter
from random import Random
from typing import Any, NamedTuple

Path = tuple[str | int, ...]


class Forgery(NamedTuple):
    """A forged file: which kind of place was touched, what was done, and the text."""

    kind: str
    done: str
    text: str


def forgeries(document: dict[str, Any], random: Random) -> Iterator[Forgery]:
    """Endless, a kind of place after the other; a place is drawn at random among those of its kind."""
    places: dict[str, list[Path]] = {}
    for path in _places(document, ()):
        places.setdefault(kind_of(path), []).append(path)
    while True:
        for kind, paths in places.items():
            path = random.choice(paths)
            done, change = random.choice(_changes(document, path, random))
            forged = deepcopy(document)
            change(forged)
            if forged != document or done in _SAME_TO_PYTHON:
                yield Forgery(kind, f"{'.'.join(map(str, path))}: {done}", json.dumps(forged))
        yield from _of_text(document)


def kind_of(path: Path) -> str:
    """The field and what lies in it, whichever entry of a list it is."""
    return ".".join("*" if isinstance(part, int) else part for part in path)


_SAME_TO_PYTHON = ("a yes for a 1", "a number")


def _places(value: Any, path: Path) -> Iterator[Path]:
    if path:
        yield path
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, inner in entries:
        yield from _places(inner, (*path, key))


def _changes(
    document: dict[str, Any], path: Path, random: Random
) -> list[tuple[str, Callable[[dict[str, Any]], None]]]:
    """What can be done at a place."""
    value: Any = document
    for part in path:
        value = value[part]

    def write(what: Any) -> Callable[[dict[str, Any]], None]:
        return lambda forged: _group(forged, path).__setitem__(path[-1], what)

    changes: list[tuple[str, Callable[[dict[str, Any]], None]]] = []
    match value:
        case bool():
            changes += [("the contrary", write(not value)), ("a number", write(int(value)))]
        case int() | float():
            changes += [
                (f"{value} becomes {other}", write(other))
                for other in (value + 1, value - 1, value * 1.01 + 0.01, -value - 1, 10**9, str(value), None)
            ]
            if isinstance(value, float):
                changes.append(("the last bit", write(nextafter(value, 1e300))))
            elif value == 1:
                changes.append((_SAME_TO_PYTHON[0], write(True)))
        case str():
            changes += [(f"{value!r} becomes {other!r}", write(other)) for other in _texts(value, random)]
        case None:
            changes += [("null becomes 0", write(0)), ("null becomes text", write("n/a"))]
        case dict():
            changes.append(("an entry more", lambda forged: _at(forged, path).update(more=1)))
            changes.append(("no group at all", write(None)))
        case list():
            again = deepcopy(value[-1]) if value else 1
            changes.append(("an entry more", lambda forged: _at(forged, path).append(again)))
            if value:
                changes.append(("the last one gone", lambda forged: _at(forged, path).pop()))
            if len(value) > 1 and value[0] != value[-1]:
                changes.append(("turned round", lambda forged: _at(forged, path).reverse()))
    if isinstance(path[-1], str) and value not in ({}, []):
        changes.append(("gone", lambda forged: _group(forged, path).pop(path[-1])))
        changes.append(("renamed", lambda forged: _rename(_group(forged, path), str(path[-1]))))
    return changes


def _rename(group: dict[str, Any], name: str) -> None:
    group[f"{name}_"] = group.pop(name)


def _at(document: dict[str, Any], path: Path) -> Any:
    value: Any = document
    for part in path:
        value = value[part]
    return value


def _group(document: dict[str, Any], path: Path) -> Any:
    return _at(document, path[:-1])


def _texts(text: str, random: Random) -> list[str]:
    others = ["", f"{text} ", f"{text}x", text[:-1], text.swapcase()]
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return [other for other in others if other != text]
    if "T" not in text:
        return [(moment + timedelta(days=1)).date().isoformat(), f"{text}T00:00:00", ""]
    seconds = random.randint(30, 59)
    elsewhere = (moment + timedelta(hours=3)).replace(tzinfo=None).isoformat()
    return [
        (moment + timedelta(seconds=seconds)).isoformat(),
        (moment + timedelta(minutes=random.choice((1, 15, 60)))).isoformat(),
        (moment + timedelta(microseconds=1)).isoformat(),
        f"{elsewhere}{_offset(moment, 3)}",
    ]


def _offset(moment: datetime, hours: int) -> str:
    away = int(((moment.utcoffset() or timedelta()) + timedelta(hours=hours)).total_seconds() // 60)
    return f"{'-' if away < 0 else '+'}{abs(away) // 60:02d}:{abs(away) % 60:02d}"


def _of_text(document: dict[str, Any]) -> Iterator[Forgery]:
    """What only the text of a document can say: a field twice, and numbers that are none."""
    text = json.dumps(document)
    for name in ("cost", "status", "gap"):
        twice = f'{{"{name}": 1, {text[1:]}'
        yield Forgery(f"{name}, twice", "a field that stands there twice", twice)
    for word in ("NaN", "Infinity", "1e400"):
        forged = text.replace(f'"gap": {json.dumps(document["gap"])}', f'"gap": {word}', 1)
        yield Forgery(f"gap as {word}", "a number that is none", forged)
