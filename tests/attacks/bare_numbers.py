"""Bare numbers, dates and decimals in cells: each is read as it is meant, or refused with what to write.

``python -m tests.attacks bare_numbers --count 200 --seed 1`` draws values as people type them, puts each into
a workbook that is right but for it, and compares what comes out with what the value can mean. The meanings
are listed here by other code than the reader's: a value with one is to be read so, one with several refused.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from scheduler.domain.findings.finding import Finding
from scheduler.io.input.reading.result import Reading
from tests.attacks.told import Told, printed
from tests.workbook.filled_in import all_findings, filled_in, new_book, read


@dataclass(frozen=True)
class Trial:
    """One value in one cell.

    Parameters
    ----------
    meanings
        What it could mean, in the unit of the fact; none where it means nothing there.
    found
        The fact of a problem that is read from the cell, or of the rules.
    settings
        Other cells, such as those of Settings.
    """

    kind: str
    cell: str
    value: Any
    meanings: frozenset[Any]
    found: Callable[[Any], Any]
    settings: dict[str, Any] = field(default_factory=dict)


def _as_typed(random: Random, hour: int, minute: int) -> str:
    return random.choice(("{}.{:02d}", "{},{:02d}")).format(hour, minute)


def _rest(random: Random) -> Trial:
    number = random.choice((8, 9, 10, 11, 12, 24, 36, 48, 480, 600, 660, 720, 0.5))
    meanings = {number, number * 60} if number <= 168 else {number}
    return Trial("rest", _of_rule("daily_rest"), number, frozenset(meanings), _rest_read)


def _rest_read(reading: Any) -> Any:
    return next(rule.rest_minutes for rule in reading.rules.rules if rule.kind == "daily_rest")


def _leave(random: Random) -> Trial:
    number = random.choice(
        (0.5, 0.25, 4, 7.5, 7.8, 8, 16, 24, 240, 450, 480, 960, 2400, "0830", "8 h", "480 min")
    )
    if isinstance(number, str):
        meanings = {"0830": {510, 830, 49800}, "8 h": {480}, "480 min": {480}}[number]
    else:
        meanings = {number * 60}
        meanings |= {number * 1440} if number < 1 else set()
        meanings |= {number} if number >= 180 else set()
    return Trial(
        "leave in hours",
        "Availability!G2",
        number,
        frozenset(meanings),
        lambda reading: _ada(reading).time_off[0].paid_minutes,
    )


def _hours_typed(random: Random) -> Trial:
    hour, minute = random.randrange(4, 10), random.choice((0, 5, 15, 20, 30, 45, 50, 75, 80))
    typed = _as_typed(random, hour, minute)
    meanings = {hour * 60 + minute * 0.6}
    meanings |= {hour * 60 + minute} if minute < 60 else set()
    return Trial(
        "hours with a point",
        "Fixed!F2",
        typed,
        frozenset(meanings),
        lambda reading: _ada(reading).pins[0].length_minutes,
    )


def _window(random: Random) -> Trial:
    number = random.choice((1, 2, 3, 4, 5, 12, 24, 60, 120, 150, 0.5))
    meanings = {number, number * 60} if number <= 24 else {number}
    return Trial(
        "window of a break",
        "Breaks!H2",
        number,
        frozenset(meanings),
        lambda reading: reading.problem.templates[0].breaks[0].breaks[0].earliest_start,
    )


def _clock(random: Random) -> Trial:
    hour, minute = random.randrange(6, 10), random.choice((0, 15, 30, 45))
    form = random.choice(
        (
            "{h}:{m:02d}",
            "{h:02d}{m:02d}",
            "{h}h{m:02d}",
            "{h}:{m:02d} Uhr",
            "{h}.{m:02d} Uhr",
            "{h}.{m:02d}",
            "",
        )
    )
    number = random.choice((hour, hour * 100 + minute, hour + 0.3, hour + minute / 60))
    value = form.format(h=hour, m=minute) or number
    plain = form not in ("", "{h}.{m:02d}")
    meanings = frozenset(
        {hour * 60 + minute} if plain else {hour * 60 + minute, -1}
    )  # no number is a clock time
    return Trial(
        "clock time",
        "Shifts!C2",
        value,
        meanings,
        lambda reading: reading.problem.templates[0].earliest_start,
    )


def _money(random: Random) -> Trial:
    value, meanings = random.choice(
        (
            ("1.500", {150000, 150}), ("1,500", {150000, 150}), ("18,50", {1850}), ("18.50", {1850}),
            ("18,50 €", {1850}), ("€ 18.50", {1850}), ("1.234,50", {123450}), ("1,234.50", {123450}),
            ("18 $", set()), ("50 %", set()), ("18,505", {1850500, 1850.5}), (18.5, {1850}),
            ("1 234,5", {123450}),
        )
    )  # fmt: skip
    sign = random.choice((None, None, "point", "comma"))
    if sign and isinstance(value, str) and "%" not in value and "$" not in value:
        meanings = _by_sign(value, "." if sign == "point" else ",")
    return Trial("money", "Contracts!B2", value, frozenset(meanings), _pay, _setting("Decimal sign", sign))


def _by_sign(value: str, sign: str) -> set[float]:
    """Cents of an amount whose decimal sign is known; none where its other sign groups no thousands."""
    amount = value.strip("€ ")
    head, _, tail = amount.partition(sign)
    groups = head.replace(" ", "." if sign == "," else ",").split("." if sign == "," else ",")
    if any(len(group) != 3 for group in groups[1:]) or not all(
        part.isdecimal() for part in (*groups, tail or "0")
    ):
        return set()
    return {float(f"{''.join(groups)}.{tail or 0}") * 100}


def _pay(reading: Any) -> Any:
    return reading.problem.contracts[0].pay_per_hour


def _date(random: Random) -> Trial:
    first, second, year = random.randrange(1, 29), random.randrange(1, 15), random.choice(("2024", "24"))
    sign = random.choice("/.-")
    said = random.choice((None, None, "day month year", "month day year", "year month day"))
    value = f"{first}{sign}{second}{sign}{year}"
    dates = {
        "day month year": _on(_full(year), second, first),
        "month day year": _on(_full(year), first, second),
        "year month day": _on(2000 + first, second, int(year)) if len(year) == 2 else None,
    }
    if said and (said != "year month day" or len(year) == 2):
        dates = {said: dates[said]}
    elif sign == ".":
        del dates["month day year"]  # points are written day first
    meanings = frozenset(on for on in dates.values() if on is not None)
    return Trial(
        "date",
        "Fixed!B2",
        value,
        meanings,
        lambda reading: _ada(reading).pins[0].day,
        _setting("Date order", said),
    )


def _full(year: str) -> int:
    return int(year) % 100 + 2000


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _ada(reading: Any) -> Any:
    return reading.problem.agents[0]


def _setting(name: str, said: str | None) -> dict[str, Any]:
    settings = new_book()["Settings"]
    (row,) = (cell.row for (cell,) in settings.iter_rows(max_col=1) if cell.value == name)
    return {f"Settings!B{row}": said} if said else {}


def _of_rule(kind: str) -> str:
    """The cell of a rule's first value."""
    rules = new_book()["Rules"]
    headings = {cell.value: cell.column_letter for cell in rules[1]}
    (row,) = (cell.row for (cell,) in rules.iter_rows(max_col=1) if cell.value == kind)
    return f"Rules!{headings['Value 1']}{row}"


KINDS = (_rest, _leave, _hours_typed, _window, _clock, _money, _date)


def told_of(trial: Trial, folder: Path) -> Told:
    """Read as meant, refused with what to write, or what is wrong."""
    path = filled_in(folder, {**trial.settings, trial.cell: trial.value})
    here = [
        finding
        for finding in all_findings(path)
        if finding.is_error and f"{finding.place.sheet}!{finding.place.cell}" == trial.cell
    ]
    made = f"{trial.value!r} in {trial.cell}"
    return Told(trial.kind, _verdict(trial, here, read(path)), str(here[0]) if here else "", made)


def _verdict(trial: Trial, here: Sequence[Finding], reading: Reading) -> str:
    if here and not any(finding.hint for finding in here):
        return "WRONG: refused without what to write"
    if here:
        is_clear = len(trial.meanings) == 1
        return "one meaning, refused with what to write" if is_clear else "refused with what to write"
    if reading.problem is None:
        return "WRONG: told elsewhere"
    found = trial.found(reading)
    return "read as meant" if trial.meanings == {found} else f"WRONG: read as {found}"


def attack(count: int = 200, seed: int = 1) -> Iterator[Told]:
    """What was said of so many values, of each kind in turns."""
    random = Random(seed)
    with TemporaryDirectory() as folder:
        for at in range(count):
            yield told_of(KINDS[at % len(KINDS)](random), Path(folder))


def main(given: Sequence[str] | None = None) -> int:
    """From the command line."""
    parser = argparse.ArgumentParser(prog="bare_numbers", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(given)
    return printed(attack(asked.count, asked.seed))
