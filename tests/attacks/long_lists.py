"""Long lists in a JSON input: the cost of a check grows with a file, not with its square.

    python -m tests.attacks long_lists --count N

Each list that the schema of the input allows is filled with 4,000 and with 16,000 entries: names that stand
on no sheet, one entry again and again, and entries of a wrong type. Four times the entries may cost six times
the processor's time, where a quadratic check takes sixteen times; what takes less than a quarter of a second
is not compared. ``--count N`` tries N of the lists, drawn by ``--seed``; without it all are tried.
"""

import argparse
import json
import time
from collections.abc import Iterator, Mapping
from copy import deepcopy
from random import Random
from typing import Any

from scheduler import check
from scheduler.io.input.json_document import as_document
from tests.attacks.numbers import base

FEW, MANY = 4_000, 16_000
MOST_TIMES = 6.0
"""How much more processor time four times the entries may take: 4 is in proportion, 16 is quadratic."""
NOT_COMPARED_SECONDS = 0.25
"""The rest of a check and the noise of a busy machine weigh too much in less."""
MOST_SECONDS = 10.0
"""Of the processor, for any file of at most 2 MB."""

Path = tuple[str | int, ...]


def document() -> dict[str, Any]:
    """An input with every kind of fact, every rule, and a scope in which each list has a name."""
    full: dict[str, Any] = json.loads(json.dumps(as_document(*base())))
    for rule in full["rules"][:1]:
        named = {"agents": "Ada", "contracts": "full", "teams": "T", "skills": "English", "templates": "day"}
        rule["scope"] |= {key: [name] for key, name in named.items()}
    return full


def lists(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where a list stands in a document; one of each kind."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from lists(inner, (*path, key))
    elif isinstance(value, list):
        yield path
        for at, inner in enumerate(value):
            yield from lists(inner, (*path, at))


def kinds(full: Mapping[str, Any]) -> list[Path]:
    """A list of each kind; those in rules by the kind of the rule, and scopes once."""
    found: dict[Path, Path] = {}
    for path in lists(full):
        in_rule = len(path) > 2 and path[0] == "rules" and path[2] != "scope"
        kind = tuple(part for at, part in enumerate(path) if isinstance(part, str) or (in_rule and at == 1))
        found.setdefault(kind, path)
    return list(found.values())


def entries(first: Any, number: int) -> Mapping[str, list[Any]]:
    """So many entries in the place of one like the first: unknown, all alike, and of a wrong type."""
    if isinstance(first, Mapping):
        named = next(
            (key for key in ("name", "agent", "skill", "template", "label", "day") if key in first), None
        )
        unknown = [{**first, named: f"a{at}"} if named else first for at in range(number)]
        return {"unknown": unknown, "alike": [first] * number, "wrong": ["x"] * number}
    return {
        "unknown": [f"a{at}" for at in range(number)],
        "alike": [first if first is not None else "Ada"] * number,
        "wrong": [{"a": at} for at in range(number)],
    }


def with_entries(full: Mapping[str, Any], path: Path, kind: str, number: int) -> bytes:
    """The document with a long list."""
    changed = deepcopy(dict(full))
    inside: Any = changed
    for part in path[:-1]:
        inside = inside[part]
    before = inside[path[-1]]
    inside[path[-1]] = entries(before[0] if before else None, number)[kind]
    return json.dumps(changed).encode()


def cost(content: bytes) -> float:
    """Seconds of the processor that a check takes."""
    began = time.process_time()
    check(content)
    return time.process_time() - began


def fault(full: Mapping[str, Any], path: Path, kind: str) -> str:
    """What is wrong with the cost of one kind of a long list; empty if nothing is."""
    content = with_entries(full, path, kind, MANY)
    try:
        many = cost(content)
    except Exception as error:
        return f"{'.'.join(map(str, path))}, {kind}: {type(error).__name__}: {error}"
    where = f"{'.'.join(map(str, path))}, {kind}: {MANY:,} entries take {many:.2f} s"
    if many > MOST_SECONDS and len(content) <= 2_000_000:
        return f"{where} in {len(content):,} bytes"
    if many <= NOT_COMPARED_SECONDS:
        return ""
    few = cost(with_entries(full, path, kind, FEW))
    return f"{where}, and {FEW:,} take {few:.2f} s" if many > MOST_TIMES * few else ""


def main(words: list[str]) -> int:
    """Run as a program."""
    arguments = argparse.ArgumentParser(prog="python -m tests.attacks long_lists", description=__doc__)
    arguments.add_argument("--count", type=int)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args(words)
    full = document()
    trials = [(path, kind) for path in kinds(full) for kind in ("unknown", "alike", "wrong")]
    if given.count is not None:
        trials = Random(given.seed).sample(trials, min(given.count, len(trials)))
    check(json.dumps(full).encode())  # what is loaded once is not counted
    faults = []
    for path, kind in trials:
        if said := fault(full, path, kind):
            faults.append(said)
            print(said, flush=True)
    print(f"{len(trials)} long lists, {len(faults)} that cost more than their share")
    return 1 if faults else 0
