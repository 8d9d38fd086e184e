"""The table of made inputs in ``README.md``: what was made, how often, what was said, what was silent.

``python -m tests.attacks made_inputs --write`` runs the attacks to their full count and writes the table;
without ``--write`` it compares. A few minutes of computing.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from tests.attacks import bare_numbers, headings, lookalikes
from tests.attacks.told import Told

PAGE = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- made inputs -->\n", "<!-- /made inputs -->\n"
SEED, LOOKALIKES, STALE, BARE = 1, 330, 210, 210
_LONGEST = 170


def every() -> Iterator[Told]:
    """All of them, to their full counts."""
    return chain(
        lookalikes.attack(lookalikes.LOOKALIKES, LOOKALIKES, SEED),
        lookalikes.attack(lookalikes.STALE, STALE, SEED),
        headings.attack(seed=SEED),
        bare_numbers.attack(BARE, SEED),
    )


def table(told: Iterable[Told]) -> str:
    """A row a kind: how many, what was said of how many of them, a sentence as an example, and the silent."""
    by_kind: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        by_kind[one.kind].append(one)
    rows = ["| kind | made | said | for example | silent |", "|---|---|---|---|---|"]
    rows += [f"| {kind} | {_row(ones)} |" for kind, ones in by_kind.items()]
    number = sum(map(len, by_kind.values()))
    silent = sum(one.is_silent for ones in by_kind.values() for one in ones)
    return "\n".join([*rows, f"| all | {number} | | | {silent} |", ""])


def _row(ones: Sequence[Told]) -> str:
    counts: dict[str, int] = defaultdict(int)
    for one in ones:
        counts[one.verdict] += 1
    said = ", ".join(f"{times} {verdict}" for verdict, times in sorted(counts.items()))
    example = next((one for one in ones if one.sentence), None)
    words = f"`{_short(example.made)}`: {_short(example.sentence)}" if example else ""
    silent = sum(one.is_silent for one in ones)
    return f"{len(ones)} | {said} | {words} | {silent}"


def _short(words: str) -> str:
    """A sentence that fits a cell of the table."""
    plain = words.replace("|", "/").replace("\n", " ")
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST].rsplit(' ', 1)[0]} ..."


def main(words: Sequence[str]) -> int:
    """From the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks made_inputs")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args(words)
    page = PAGE.read_text(encoding="utf-8")
    head, _, rest = page.partition(BEGIN)
    before, _, tail = rest.partition(END)
    made = table(every())
    print(made)
    if asked.write:
        PAGE.write_text(f"{head}{BEGIN}\n{made}\n{END}{tail}", encoding="utf-8")
    return int(not made.endswith("| 0 |\n") or (not asked.write and before.strip() != made.strip()))
