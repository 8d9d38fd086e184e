"""Mutants of JSON documents: their text, and the values in them."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from tests.attacks import hostile

Path = tuple[str | int, ...]


def mutated(content: bytes, kind: str, random: Random) -> bytes:
    """A mutant of a document."""
    return MUTATIONS[kind](content, random)


def _text(content: bytes, random: Random) -> bytes:
    at, length = random.randrange(len(content)), random.choice((1, 2, 10, 1_000))
    return random.choice(
        (
            lambda: content[:at],
            lambda: content[:at] + bytes([random.randrange(256)]) + content[at + 1 :],
            lambda: content[:at] + content[at + length :],
            lambda: content[: at + length] + content[at:],
            lambda: b"\xef\xbb\xbf" + content,
            lambda: content.decode().encode("utf-16"),
            lambda: content + b"\0",
            lambda: content + content,
            lambda: content.replace(b":", b": " + b" " * 1_000, 100),
        )
    )()


def _number(content: bytes, random: Random) -> bytes:
    """Numbers as text, since not all of them can be said in plain data."""
    pieces = content.split(b": ")
    places = [at for at, piece in enumerate(pieces) if piece[:1].isdigit()]
    if not places:
        return _text(content, random)
    at = random.choice(places)
    rest = pieces[at].lstrip(b"0123456789.eE+-")
    pieces[at] = random.choice(hostile.NUMBERS).encode() + rest
    return b": ".join(pieces)


def _deep(content: bytes, random: Random) -> bytes:
    depth = random.choice((50, 150, 250, 1_000, 5_000, 100_000))
    begin, end = random.choice((("[", "]"), ('{"a":', "}")))
    nest = begin * depth + "0" + end * depth * random.randrange(2)
    return _with_value(content, random, lambda _: "@nest@").replace(b'"@nest@"', nest.encode(), 1)


def _large(content: bytes, random: Random) -> bytes:
    count = random.choice((100, 1_000)) if random.random() < 0.9 else random.choice((20_000, 150_000))

    def grown(old: Any) -> Any:
        if isinstance(old, list) and old:
            return old * max(1, min(count, 50_000) // len(old) // len(json.dumps(old[0])) + 1)
        return random.choice(([0] * count, "x" * count, {f"k{n}": n for n in range(count)}, [[]] * count))

    return _with_value(content, random, grown)


def _value(content: bytes, random: Random) -> bytes:
    return _with_value(content, random, lambda old: _other(old, random))


def _field(content: bytes, random: Random) -> bytes:
    document = json.loads(content)
    objects = [at for at in _paths(document) if isinstance(_at(document, at), dict) and _at(document, at)]
    fields = _at(document, random.choice(objects))
    name = random.choice(list(fields))
    held = fields.pop(name)
    act = random.randrange(3)
    if act == 1:
        fields[name[:-1] or "x"] = held
    elif act == 2:
        fields[name] = held
        fields[hostile.value(random)] = held
    return json.dumps(document, ensure_ascii=False).encode()


def _twice(content: bytes, random: Random) -> bytes:
    """An entry of a list once more, or a field of an object."""
    document = json.loads(content)
    lists = [at for at in _paths(document) if isinstance(_at(document, at), list) and _at(document, at)]
    if not lists or random.random() < 0.3:
        text = content.decode()
        at = random.choice([at for at, sign in enumerate(text) if sign == "{"])
        return f'{text[: at + 1]}"name": 1, "name": 2, {text[at + 1 :]}'.encode()
    entries = _at(document, random.choice(lists))
    entries.insert(random.randrange(len(entries) + 1), random.choice(entries))
    return json.dumps(document, ensure_ascii=False).encode()


def _other(old: Any, random: Random) -> Any:
    if isinstance(old, str) and random.random() < 0.7:
        return hostile.value(random)
    whole = (0, -1, 1, 2**31, 2**53, 2**63, 2**64, 10**18, -(10**18), 1_441, 10**40, 10**400)
    plain = (None, True, False, [], {}, "", [None], 0.5, 1e308, -1e308, 1e-300, [[]], {"": {}})
    return random.choice((random.choice(whole), random.choice(plain), hostile.value(random)))


def _with_value(content: bytes, random: Random, change: Callable[[Any], Any]) -> bytes:
    document = json.loads(content)
    path = random.choice([path for path in _paths(document) if path])
    *above, last = path
    parent = _at(document, tuple(above))
    parent[last] = change(parent[last])
    return json.dumps(document, ensure_ascii=False).encode()


def _paths(document: Any, path: Path = ()) -> list[Path]:
    """Paths of values: few entries of each list, so that small parts are met as often as long ones."""
    found = [path]
    if isinstance(document, dict):
        for name, one in document.items():
            found += _paths(one, (*path, name))
    elif isinstance(document, list):
        for at in sorted({0, 1, len(document) // 2, len(document) - 1} & set(range(len(document)))):
            found += _paths(document[at], (*path, at))
    return found


def _at(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


MUTATIONS: dict[str, Callable[[bytes, Random], bytes]] = {
    "text": _text,
    "number": _number,
    "deep": _deep,
    "large": _large,
    "value": _value,
    "field": _field,
    "twice": _twice,
}
