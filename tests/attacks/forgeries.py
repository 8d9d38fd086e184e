"""Forged results: ``verify`` finds whatever is changed in a file, or the file calls it not verified.

Three results are forged: a contact centre of two skills with nights and a second time zone, a ward, and a
ward with a curve beside it.
"""

import json
import tempfile
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import chain, cycle, islice
from pathlib import Path
from random import Random
from typing import NamedTuple

from openpyxl import load_workbook

from constraints import Requirement
from scheduler.app import planning
from scheduler.app.results import read_back as results
from scheduler.domain import BadInput, Outcome, Problem, Stop
from scheduler.io.result.contents.declared import FIELDS, TOLD_LINES, Treatment
from scheduler.model import RuleBook
from tests.attacks import forged_json, forged_workbooks
from tests.attacks.centre import centre
from tests.workbook.result.test_output_wards import BOOK, CURVE, small_ward

CAME_THROUGH = "CAME THROUGH"
DECLARED = "declared"
"""As not verified by the file itself, or as not read by ``verify``."""


class Case(NamedTuple):
    """A problem with a result."""

    problem: Problem
    rules: RuleBook
    outcome: Outcome

    def written(self, suffix: str) -> bytes:
        """The result as a file."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"roster{suffix}"
            planning.write_workbook(path, self.problem, self.rules, self.outcome)
            return path.read_bytes()


class Tried(NamedTuple):
    """A forgery, and whether it was found, is declared as not verified, or came through."""

    format: str
    place: str
    done: str
    verdict: str


@cache
def cases() -> tuple[Case, ...]:
    """The results that are forged, each found by a short search that comes out the same every time."""
    of_both = RuleBook(rules=(*BOOK.rules, Requirement()))
    inputs = (centre(), (small_ward(), BOOK), (small_ward((CURVE,)), of_both))
    return tuple(
        Case(problem, rules, planning.solve(problem, rules, workers=1, stop=Stop(seconds=None, rounds=1)))
        for problem, rules in inputs
    )


def documents(count: int, seed: int) -> Iterator[Tried]:
    """Forged documents of every case in turn."""
    yield from _tried(".json", count, seed)


def workbooks(count: int, seed: int) -> Iterator[Tried]:
    """Forged workbooks of every case in turn."""
    yield from _tried(".xlsx", count, seed)


def _tried(suffix: str, count: int, seed: int) -> Iterator[Tried]:
    forged = _forged_documents if suffix == ".json" else _forged_workbooks
    streams = [(case, forged(case, Random(f"{seed} {number}"))) for number, case in enumerate(cases())]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"forged{suffix}"
        for case, made in islice(cycle(streams), count):
            forgery = next(made)
            path.write_bytes(forgery.content)
            verdict = _verdict(case, path)
            if verdict == CAME_THROUGH and forgery.is_told:
                verdict = DECLARED
            yield Tried(suffix, forgery.place, forgery.done, verdict)


class _Forged(NamedTuple):
    place: str
    done: str
    content: bytes
    is_told: bool


def _forged_documents(case: Case, random: Random) -> Iterator[_Forged]:
    for one in forged_json.forgeries(json.loads(case.written(".json")), random):
        is_told = FIELDS.get(one.kind.split(".")[0]) is Treatment.TOLD
        yield _Forged(one.kind, one.done, one.text.encode(), is_told)


def _forged_workbooks(case: Case, random: Random) -> Iterator[_Forged]:
    content = case.written(".xlsx")
    told = _told_cells(content)
    for one in forged_workbooks.forgeries(content, random):
        is_told = one.done.split(":")[0] in told
        yield _Forged(f"{one.sheet}, {one.kind}", one.done, one.content, is_told)


def _told_cells(content: bytes) -> set[str]:
    """Cells of the Summary that the file itself calls not verified."""
    sheet = load_workbook(BytesIO(content))["Summary"]
    labels = [cell for row in sheet.iter_rows() for cell in row if cell.value in TOLD_LINES]
    return {f"Summary!{sheet.cell(one.row, one.column + 2).coordinate}" for one in labels}


def _verdict(case: Case, path: Path) -> str:
    try:
        report = results.verify_file(case.problem, case.rules, path)
    except BadInput:
        return "found"
    return "found" if not report.passed else DECLARED if report.not_read else CAME_THROUGH


def attack(count: int, seed: int) -> int:
    """Try ``count`` forgeries in each format; returns how many came through."""
    verdicts: Counter[tuple[str, str]] = Counter()
    for tried in chain(documents(count, seed), workbooks(count, seed)):
        verdicts[tried.format, tried.verdict] += 1
        if tried.verdict == CAME_THROUGH:
            print(f"{CAME_THROUGH}: {tried.format}, {tried.place}: {tried.done}", flush=True)
    for (suffix, verdict), number in sorted(verdicts.items()):
        print(f"{suffix}: {number} {verdict}")
    return sum(number for (_, verdict), number in verdicts.items() if verdict == CAME_THROUGH)


def main(words: list[str]) -> int:
    """Run the attack."""
    parser = ArgumentParser("forgeries", description=__doc__)
    parser.add_argument("--count", type=int, default=300, help="forgeries in each format")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(words)
    return int(attack(asked.count, asked.seed) > 0)
