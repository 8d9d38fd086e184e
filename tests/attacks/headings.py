"""Headings over filled cells that are blank, a formula without a value, or misspelt; and labels of Settings.

``python -m tests.attacks headings --seed 1`` does each of these to every heading of every sheet of the worked
workbook, and to every label of Settings, the first row included. A blank heading or a formula must be an
error, a misspelling must be named on its sheet, or be read as it was meant.
"""

import argparse
from collections.abc import Iterator, Sequence
from itertools import islice
from random import Random

from openpyxl import Workbook
from openpyxl.cell import Cell

from scheduler.io.input.reading.result import Reading
from tests.attacks.lookalikes import mistyped, read
from tests.attacks.told import Told, printed
from tests.workbook.filled_in import new_book

SETTINGS, NOT_READ = "Settings", "Rule list"
WAYS = ("blank", "a formula without a value", "misspelt")


def places() -> list[tuple[str, str]]:
    """Sheet and cell of every heading over filled cells, and of every label of a filled setting."""
    found = []
    for sheet in new_book().worksheets:
        if sheet.title == SETTINGS:
            found += [
                (sheet.title, label.coordinate)
                for label, value in sheet.iter_rows(max_col=2)
                if label.value is not None and value.value is not None
            ]
        elif sheet.title != NOT_READ:
            found += [
                (sheet.title, column[0].coordinate)
                for column in sheet.iter_cols()
                if column[0].value is not None and any(cell.value is not None for cell in column[1:])
            ]
    return found


def trial(sheet: str, at: str, way: str, meant: Reading, chance: Random) -> Told:
    """One heading changed in one way."""
    book: Workbook = new_book()
    cell: Cell = book[sheet][at]
    before = str(cell.value)
    cell.value = {WAYS[0]: None, WAYS[1]: "=A99"}.get(way) if way != WAYS[2] else mistyped(before, chance)
    made = f"{sheet}!{at} {before!r} as {cell.value!r}"
    reading = read(book)
    new = [finding for finding in reading.findings if finding not in meant.findings]
    here = [finding for finding in new if finding.place.sheet == sheet]
    here.sort(key=lambda finding: not finding.is_error)
    kind = f"{'label of Settings' if sheet == SETTINGS else 'heading'}, {way}"
    is_same = (reading.problem, reading.rules) == (meant.problem, meant.rules) and not reading.has_errors
    if here and (way == WAYS[2] or here[0].is_error):
        return Told(kind, "named", str(here[0]), made)
    if way == WAYS[2] and is_same:
        return Told(kind, "read as meant", "", made)
    return Told(kind, "silent", str(here[0]) if here else "", made)


def attack(count: int | None = None, seed: int = 1) -> Iterator[Told]:
    """Every heading in every way, in an order of the seed; so many of them."""
    chance, meant = Random(seed), read(new_book())
    every = [(sheet, at, way) for sheet, at in places() for way in WAYS]
    chance.shuffle(every)
    for sheet, at, way in islice(every, count):
        yield trial(sheet, at, way, meant, chance)


def main(words: Sequence[str]) -> int:
    """From the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks headings")
    parser.add_argument("--count", type=int, default=None)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(words)
    return printed(attack(asked.count, asked.seed))
