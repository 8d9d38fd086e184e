"""Wards of any size and length, drawn from a seed in the shape of the nurse rostering set of Curtois and Qu.

The set has half-years of 100 people and years of 150, which are where searching and checking take longest;
a drawn ward is as large without being one of them. ``ward-100-26weeks`` has eight shifts, and a year has
twelve. It is written in the set's own format and read by the same reader.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from tests.benchmarks import nrp24
from tests.benchmarks.case import Case

NAME: Final = re.compile(r"ward-([1-9][0-9]*)-([1-9][0-9]?)weeks")
PARTS_OF_DAY: Final = ("early", "day", "late", "night")
CONTRACTS: Final = ((36, 5, 2), (36, 6, 2), (30, 5, 3), (20, 5, 2), (18, 3, 1))
"""Hours a week, most days in a row and fewest days in a row."""
SHARES: Final = (40, 25, 15, 10, 10)
MINUTES = 480
SPARE_MINUTES: Final = 1200
"""By how much the fewest minutes of the horizon lie below the most."""
WITHHELD: Final = 0.3
"""How many of the shifts somebody is not entitled to."""
SCARCE: Final = {"early": 0.13, "night": 0.16}
"""Shifts of which nobody works more than such a part of the days."""
OFF_DAYS, WISHES_A_WEEK = 0.06, 0.7


def case_of(name: str, folder: Path, seed: int) -> Case:
    """The ward of that name; needs no data.

    Raises
    ------
    ValueError
        If the name does not say how many people and weeks.
    """
    people, weeks = size_of(name)
    return nrp24.case_from("\n".join(_lines(people, weeks, Random(f"{name} {seed}"))), name)


def size_of(name: str) -> tuple[int, int]:
    """People and weeks.

    Raises
    ------
    ValueError
        If the name does not say them.
    """
    said = NAME.fullmatch(name)
    if said is None:
        raise ValueError(
            f'"{name}" does not say how many people and weeks; write ward-100-26weeks, for example'
        )
    return int(said[1]), int(said[2])


def _most_shifts(shifts: list[str], days: int, random: Random) -> dict[str, int]:
    """How often somebody may work each shift; those that are not in it are withheld."""
    entitled = [shift for shift in shifts if random.random() >= WITHHELD] or shifts
    return {shift: round(SCARCE.get(shift.rstrip("0123456789"), 1) * days) for shift in entitled}


def _lines(people: int, weeks: int, random: Random) -> Iterator[str]:
    days = 7 * weeks
    each = max(2, 2 + (weeks - 26) // 20)
    shifts = [f"{part}{number}" for part in PARTS_OF_DAY for number in range(1, each + 1)]
    yield from ("SECTION_HORIZON", str(days), "SECTION_SHIFTS")
    for place, part in enumerate(PARTS_OF_DAY):
        earlier = "|".join(shifts[: place * each])
        yield from (f"{part}{number},{MINUTES},{earlier}" for number in range(1, each + 1))
    yield "SECTION_STAFF"
    names = [f"P{number:03d}" for number in range(1, people + 1)]
    contracts = random.choices(CONTRACTS, SHARES, k=people)
    for name, (hours, most_row, least_row) in zip(names, contracts, strict=True):
        minutes = hours * 60 * weeks
        most = _most_shifts(shifts, days, random)
        while MINUTES * sum(most.values()) < minutes - SPARE_MINUTES:  # nobody could work these hours
            most = _most_shifts(shifts, days, random)
        said = "|".join(f"{shift}={most.get(shift, 0)}" for shift in shifts)
        yield f"{name},{said},{minutes},{minutes - SPARE_MINUTES},{most_row},{least_row},2,{weeks // 2}"
    yield "SECTION_DAYS_OFF"
    for name in names:
        off = sorted(random.sample(range(days), round(OFF_DAYS * days)))
        yield ",".join([name, *map(str, off)])
    for section in ("SHIFT_ON_REQUESTS", "SHIFT_OFF_REQUESTS"):
        yield f"SECTION_{section}"
        for name in names:
            for day in sorted(random.sample(range(days), round(WISHES_A_WEEK * weeks))):
                yield f"{name},{day},{random.choice(shifts)},{random.randint(1, 3)}"
    yield "SECTION_COVER"
    a_day = sum(hours / 8 / 7 for hours, *_ in contracts)
    for day in range(days):
        for shift in shifts:
            yield f"{day},{shift},{max(0, round(random.gauss(a_day / len(shifts), 0.7)))},100,1"
