"""Nearly known sheets, headings and names, and rows of other weeks: each is named, or read as it was meant.

``python -m tests.attacks lookalikes --count 300 --seed 1`` makes so many workbooks with a lookalike, and two
thirds of that with stale rows; it exits with 1 where anything was silent.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from io import BytesIO
from random import Random

from openpyxl import Workbook

from constraints import CATALOGUE
from scheduler.app.input_checks.readings import cross_checked
from scheduler.io.files.streams import InMemory
from scheduler.io.input.reading.result import Reading
from scheduler.io.input.sheets import AGENTS, CONTRACTS, SETTINGS, SHEETS, SHIFTS, SKILLS
from scheduler.io.input.workbook_reader import read_workbook
from tests.attacks.told import Told, printed
from tests.workbook.filled_in import MONDAY, new_book

LOOKS = dict(zip("AaBCcEeHIiKMOoPpSsTXxy", "АаВСсЕеНІіКМОоРрЅѕТХху", strict=True))
"""Latin letters and the Cyrillic ones that look like them."""
OTHER_NAMES = {
    "Availability": ("Absences", "Time off", "Leave", "Holidays", "Vacation"),
    "Fixed": ("Fixed shifts", "Pins", "Locked"),
    "Wishes": ("Requests", "Wish list", "Shift wishes"),
    "History": ("Last week", "Past shifts", "Previous week"),
    "Breaks": ("Pauses", "Meals"),
    "Headcounts": ("Headcount", "Shift demand"),
}
Made = tuple[str, str]
"""The sheet on which something stands, and what was made."""


Maker = Callable[[Workbook, Random], Made]


def mistyped(word: str, chance: Random) -> str:
    """The word with one slip of the hand in it."""
    at = chance.randrange(len(word) - 1)
    return chance.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[: at + 1] + word[at] + word[at + 1 :],
            word[:at] + chance.choice("aeinrst") + word[at + 1 :],
        )
    )


def in_disguise(word: str, chance: Random) -> str:
    """The word in other capitals, spaces or letters, so that a reader takes it for the same."""
    alike = [at for at, sign in enumerate(word) if sign in LOOKS]
    at = chance.randrange(1, len(word))
    made = [
        word.upper(),
        word.lower(),
        word.swapcase(),
        f"{word[:at]} {word[at:]}",
        f"{word[:at]}\u200b{word[at:]}",
    ]
    made += [
        word.replace(" ", "\u00a0"),
        word.replace(" ", "  "),
        f" {word} ",
        f"{word}\u00a0",
        f"{word[:at]}\u3164{word[at:]}",
    ]
    if alike:
        one = chance.choice(alike)
        made.append(word[:one] + LOOKS[word[one]] + word[one + 1 :])
    return chance.choice(made)


def _with_headings(book: Workbook) -> list[str]:
    """Sheets of the input that have a row of headings; those of volumes are there where volumes are."""
    return [sheet.title for sheet in SHEETS if sheet is not SETTINGS and sheet.title in book.sheetnames]


def a_sheet(book: Workbook, chance: Random) -> Made:
    """A sheet under a name that is nearly its own."""
    kind = chance.choice(_with_headings(book))
    others = OTHER_NAMES.get(kind, (f"{kind} 2", f"Copy of {kind}"))
    title = chance.choice((mistyped(kind, chance), in_disguise(kind, chance), chance.choice(others)))
    sheet = book[kind]
    sheet.title = title
    title = sheet.title  # openpyxl numbers a title that differs in capitals alone
    return title, f"sheet {kind} as {title!r}"


def a_heading(book: Workbook, chance: Random) -> Made:
    """A heading that is nearly its own."""
    kind = chance.choice(_with_headings(book))
    cells = [cell for cell in book[kind][1] if cell.value and len(str(cell.value)) > 2]
    cell = chance.choice(cells)
    before = str(cell.value)
    cell.value = chance.choice((mistyped, in_disguise))(before, chance)
    return kind, f"heading {before!r} as {cell.value!r}"


def a_name(book: Workbook, chance: Random) -> Made:
    """A second agent, contract, skill or shift whose name looks like the first one's."""
    kind = chance.choice((AGENTS, CONTRACTS, SKILLS, SHIFTS)).title
    row = [cell.value for cell in book[kind][2]]
    row[0] = in_disguise(str(row[0]), chance)
    book[kind].append(row)
    return kind, f"{kind} {row[0]!r}"


def a_stale_row(book: Workbook, chance: Random) -> Made:
    """A row of another week, a month or a year away."""
    days = chance.choice((-365, -364, -60, -28, -21, 14, 30, 60, 365))
    day = MONDAY + timedelta(days=days + chance.randrange(5))
    kind = chance.choice(("Availability", "Fixed", "Wishes", "History", "Headcounts", "Agents", "Demand"))
    if kind == "Agents":
        book[kind]["H2"] = day.isoformat()
        return kind, f"{kind} {day}"
    if kind == "History":
        day = MONDAY - timedelta(days=abs(days))
        book[kind]["B2"] = day
        return kind, f"{kind} {day}"
    row = [cell.value for cell in book[kind][2]]
    row[{"Headcounts": 0, "Demand": 0}.get(kind, 1)] = day
    book[kind].append(row)
    return kind, f"{kind} {day}"


LOOKALIKES: tuple[Maker, ...] = (a_sheet, a_heading, a_name)
STALE: tuple[Maker, ...] = (a_stale_row,)
KINDS: dict[Maker, str] = {
    a_sheet: "sheet nearly known",
    a_heading: "heading nearly known",
    a_name: "name twice, nearly alike",
    a_stale_row: "row of another week",
}
"""What is made, in words."""


def read(book: Workbook) -> Reading:
    """What ``check`` says of a workbook."""
    content = BytesIO()
    book.save(content)
    return cross_checked(read_workbook(InMemory(content.getvalue()), CATALOGUE))


def verdict(made: Made, reading: Reading, meant: Reading) -> tuple[str, str]:
    """``named``, ``read as meant`` or ``silent``, and the first sentence that names it."""
    sheet, _ = made
    new = [finding for finding in reading.findings if finding not in meant.findings]
    here = [one for one in new if one.place.sheet == sheet or f'"{sheet}"' in str(one)]
    if here:
        return "named", str(min(here, key=lambda one: not one.is_error))
    if (reading.problem, reading.rules) == (meant.problem, meant.rules) and not reading.has_errors:
        return "read as meant", ""
    return "silent", ""


def attack(makers: Sequence[Maker], count: int, seed: int) -> Iterator[Told]:
    """What was said of so many workbooks, made in turns."""
    chance, meant = Random(seed), read(new_book())
    for number in range(count):
        maker = makers[number % len(makers)]
        book = new_book()
        made = maker(book, chance)
        yield Told(KINDS[maker], *verdict(made, read(book), meant), made[1])


def main(words: list[str]) -> int:
    """Run it, and print how often what was said."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks lookalikes")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(words)
    looks = attack(LOOKALIKES, asked.count, asked.seed)
    return printed([*looks, *attack(STALE, asked.count * 2 // 3, asked.seed)])
