"""The best week whose starts keep together, by trying where the earliest start may be.

A whole range of earliest starts is tried at once, with every start that any of them allows: that can only
be worth more. The most hopeful range is cut in two until it is a single start, which nothing else can
beat then. After ``MOST_TRIES`` what is hoped for is taken itself, so that the bound stays true.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scheduler.verifier.agent_weeks import AgentWeeks
from scheduler.verifier.best_week import NEVER, DayChoices, best_week

Ints = NDArray[np.int64]

OBJECTIVES = 2
MOST_TRIES = 30

Ranges = tuple[tuple[int, int], ...]
"""For each spread the first and the last of the earliest starts that are tried together."""


@dataclass(frozen=True)
class _Together:
    """A spread inside the horizon, with what its earliest start may be."""

    on: Sequence[int]
    at_most: int
    earliest: Sequence[int]


def best_of(weeks: AgentWeeks) -> Ints:
    """The most that a week can be worth, for each objective, its spreads kept."""
    spreads = _disjoint(weeks)
    everything: Ranges = tuple((0, len(spread.earliest) - 1) for spread in spreads)
    hopes = [(_tried(weeks, spreads, everything), everything)]
    best, tries = np.full(OBJECTIVES, NEVER, dtype=np.int64), 1
    while hopes:
        most_hopeful = np.argmax([hope for hope, _ in hopes], axis=0).tolist()
        better = [place for o, place in enumerate(most_hopeful) if hopes[place][0][o] > best[o]]
        if not better:
            break
        hope, ranges = hopes.pop(better[0])
        widest = max(range(len(ranges)), key=lambda at: ranges[at][1] - ranges[at][0], default=None)
        if widest is None or ranges[widest][0] == ranges[widest][1] or tries >= MOST_TRIES:
            best = np.maximum(best, hope)
            continue
        first, last = ranges[widest]
        middle = (first + last) // 2
        for half in ((first, middle), (middle + 1, last)):
            part = (*ranges[:widest], half, *ranges[widest + 1 :])
            hopes.append((_tried(weeks, spreads, part), part))
        tries += 2
    return best


def _disjoint(weeks: AgentWeeks) -> list[_Together]:
    """The spreads that share no day with one another; others are let go."""
    spreads: list[_Together] = []
    taken: set[int] = set()
    for spread in sorted(weeks.spreads, key=lambda spread: -len(spread.on)):
        on = [day for day in spread.on if 0 <= day < len(weeks.days)]
        clocks = sorted({clock for day in on for clock in weeks.clocks[day].tolist()})
        if len(on) > 1 and clocks and taken.isdisjoint(on):
            # A window that ends with the last start of all holds whatever later ones hold.
            whole = [at for at, clock in enumerate(clocks) if clock + spread.at_most >= clocks[-1]]
            spreads.append(_Together(on, spread.at_most, clocks[: whole[0] + 1]))
            taken.update(on)
    return spreads


def _tried(weeks: AgentWeeks, spreads: Sequence[_Together], ranges: Ranges) -> Ints:
    days = list(weeks.days)
    for spread, (first, last) in zip(spreads, ranges, strict=True):
        begin, end = spread.earliest[first], spread.earliest[last] + spread.at_most
        for day in spread.on:
            days[day] = _narrowed(days[day], (weeks.clocks[day] >= begin) & (weeks.clocks[day] <= end))
    return best_week(weeks.entries, days, weeks.meters, OBJECTIVES)


def _narrowed(choices: DayChoices, kept: NDArray[np.bool_]) -> DayChoices:
    return replace(
        choices,
        start=choices.start[kept],
        ready=choices.ready[kept],
        values=choices.values[:, kept],
        symbols={number: shown[kept] for number, shown in choices.symbols.items()},
    )
