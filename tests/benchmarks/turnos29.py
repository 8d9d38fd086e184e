"""A peer's own sample: 29 agents, one week of half-hours, a break at least every 2.5 hours.

What the data leaves open is chosen so:

* Prices are those of the other benchmarks: 60.00 a missing and 5.00 a superfluous agent-hour, 20.00 a
  paid hour. The 15-minute breaks are paid, the lunch is not; 35 to 50 h a week count what is paid.
* Day 0 is Monday 1 January 2024, in UTC. A shift begins and ends on the half-hour of one and the same
  day, as the peer has it, and is 4 to 9 h long from start to end.
* Over 6 h there is a lunch of 30 minutes, the shortest that is allowed. It interrupts work as a break
  does: no stretch of work is longer than 2.5 h, and from the end of one break or lunch to the start of
  the next there are at least 2 h.
* A shift has as few breaks as that allows; each may start on any quarter-hour that the rest leaves open,
  none in the first hour and none reaching into the last.
"""

import csv
from collections.abc import Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import Final

from constraints import (
    BreakGaps,
    BreaksInOrder,
    BreakWindows,
    DailyRest,
    DaysPerWeek,
    Entitlement,
    OneShiftADay,
    PaidHours,
    Requirement,
    Skills,
    WorkWithoutBreak,
)
from scheduler.domain import (
    Agent,
    Break,
    BreakBand,
    Contract,
    Demand,
    Problem,
    ShiftTemplate,
    Skill,
    TimeGrid,
)
from scheduler.model import RuleBook
from tests.benchmarks.case import Case

SHIFT_LENGTHS = range(4 * 60, 9 * 60 + 1, 30)
PAUSE_MINUTES, LUNCH_MINUTES, PAUSE_STEP = 15, 30, 15
LUNCH_ABOVE = 6 * 60
EDGE_MINUTES = 60
GAP_MINUTES, STRETCH_MINUTES = 120, 150
REST_MINUTES = 7 * 60
WEEK_MINUTES = (35 * 60, 50 * 60)
MAX_DAYS = 6
PAY_PER_HOUR, MISSING_PRICE, SUPERFLUOUS_PRICE = 2000, 6000, 500
DAYS = 7
INTERVAL_MINUTES: Final = 30
SKILL, CONTRACT = "calls", "35 to 50 h"


def week(folder: Path, seed: int) -> Case:
    """The peer's week; nothing is drawn, the seed is unused."""
    folder = folder / "turnos29"
    templates = tuple(_template(length) for length in SHIFT_LENGTHS)
    problem = Problem(
        name="turnos29",
        grid=TimeGrid(first_day=date(2024, 1, 1), days=DAYS, interval_minutes=INTERVAL_MINUTES),
        skills=(Skill(name=SKILL, missing_price=MISSING_PRICE, superfluous_price=SUPERFLUOUS_PRICE),),
        demand=(Demand(skill=SKILL, required=_required(folder / "demanda.csv")),),
        templates=templates,
        contracts=(
            Contract(
                name=CONTRACT,
                pay_per_hour=PAY_PER_HOUR,
                min_paid_minutes=WEEK_MINUTES[0],
                max_paid_minutes=WEEK_MINUTES[1],
                templates=tuple(template.name for template in templates),
            ),
        ),
        agents=tuple(
            Agent(name=f"{row['id']} {row['nombre']}", contract=CONTRACT, skills=(SKILL,))
            for row in _rows(folder / "agentes.csv")
        ),
    )
    rules = RuleBook(
        rules=(
            Requirement(),
            Skills(),
            Entitlement(),
            OneShiftADay(),
            DailyRest(rest_minutes=REST_MINUTES),
            DaysPerWeek(at_most=MAX_DAYS),
            PaidHours(),
            BreakWindows(),
            BreaksInOrder(),
            BreakGaps(at_least_minutes=GAP_MINUTES),
            WorkWithoutBreak(at_most_minutes=STRETCH_MINUTES),
        )
    )
    return Case("turnos29", problem, rules)


def break_set(length: int) -> tuple[Break, ...]:
    """The fewest breaks, lunch in the middle where there is one, that a shift of that length can hold.

    Raises
    ------
    ValueError
        If no number of breaks fits between the shortest and the longest stretches of work.
    """
    for pauses in count(0):
        names = [f"break {number}" for number in range(1, pauses + 1)]
        if length > LUNCH_ABOVE:
            names.insert((pauses + 1) // 2, "lunch")
        lengths = [LUNCH_MINUTES if name == "lunch" else PAUSE_MINUTES for name in names]
        work = length - sum(lengths)
        if work < _least_work(len(names)):
            raise ValueError(f"no break set fits a shift of {length} min")
        if work <= STRETCH_MINUTES * (len(names) + 1):
            return tuple(_windowed(name, position, lengths, length) for position, name in enumerate(names))
    raise AssertionError("counting has no end")


def _least_work(breaks: int) -> int:
    return 2 * EDGE_MINUTES + GAP_MINUTES * (breaks - 1) if breaks else 0


def _windowed(name: str, position: int, lengths: Sequence[int], shift_minutes: int) -> Break:
    """A break with the widest window that its neighbours leave it, by the shortest and longest stretches."""
    before, after = sum(lengths[:position]), sum(lengths[position:])
    later = len(lengths) - position - 1
    earliest = max(
        EDGE_MINUTES + position * GAP_MINUTES + before,
        shift_minutes - after - (later + 1) * STRETCH_MINUTES,
    )
    latest = min(
        (position + 1) * STRETCH_MINUTES + before,
        shift_minutes - after - EDGE_MINUTES - later * GAP_MINUTES,
    )
    return Break(
        name=name,
        length_minutes=lengths[position],
        paid=name != "lunch",
        earliest_start=earliest,
        latest_start=latest,
        step_minutes=PAUSE_STEP,
    )


def _template(length: int) -> ShiftTemplate:
    return ShiftTemplate(
        name=f"{length // 60}:{length % 60:02d} h",
        earliest_start=0,
        latest_start=24 * 60 - length,
        start_step=INTERVAL_MINUTES,
        min_length=length,
        max_length=length,
        breaks=(BreakBand(breaks=break_set(length)),),
    )


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _required(file: Path) -> tuple[int, ...]:
    per_day = 24 * 60 // INTERVAL_MINUTES
    required = [0] * (DAYS * per_day)
    for row in _rows(file):
        required[int(row["dia"]) * per_day + int(row["bloque"])] = int(row["agentes_requeridos"])
    return tuple(required)
