"""The best week whose starts keep together, by trying where the earliest start may be.

A whole range of earliest starts is tried at once, with every start that any of them allows: that can only
be worth more. The most hopeful range is cut in two until it is a single start, which nothing else can
beat then. After ``MOST_TRIES`` what is hoped for is taken itself, so that the bound stays true.
Each member goes its own way there; what all of them try next is worked out together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scheduler.verifier.bound.dynamic_program import NEVER, POSSIBLE, best_week
from scheduler.verifier.bound.limit_automaton import Told
from scheduler.verifier.bound.week_network import AgentWeeks

Ints = NDArray[np.int64]

MOST_TRIES = 30

Ranges = tuple[tuple[int, int], ...]
"""For each spread the first and the last of the earliest starts that are tried together."""


@dataclass(frozen=True)
class _Together:
    """A spread inside the horizon, with what its earliest start may be."""

    on: Sequence[int]
    at_most: int
    earliest: Sequence[int]


@dataclass
class _Search:
    """One member's way to its best week; ``best`` has shape (objectives,)."""

    spreads: list[_Together]
    best: Ints
    hopes: list[tuple[Ints, Ranges]] = field(default_factory=list)
    tries: int = 1

    @property
    def everything(self) -> Ranges:
        """Every earliest start there is."""
        return tuple((0, len(spread.earliest) - 1) for spread in self.spreads)

    def next(self) -> Iterator[Ranges]:
        """What is to be tried next, the two halves of a range; nothing where the best is found."""
        while self.hopes:
            most_hopeful = np.argmax([hope for hope, _ in self.hopes], axis=0).tolist()
            better = [place for o, place in enumerate(most_hopeful) if self.hopes[place][0][o] > self.best[o]]
            if not better:
                return
            hope, ranges = self.hopes.pop(better[0])
            widest = max(range(len(ranges)), key=lambda at: ranges[at][1] - ranges[at][0], default=None)
            if widest is None or ranges[widest][0] == ranges[widest][1] or self.tries >= MOST_TRIES:
                self.best = np.maximum(self.best, hope)
                continue
            first, last = ranges[widest]
            middle = (first + last) // 2
            self.tries += 2
            for half in ((first, middle), (middle + 1, last)):
                yield (*ranges[:widest], half, *ranges[widest + 1 :])
            return


def best_of(weeks: AgentWeeks, told: Told = lambda: None) -> Ints:
    """The most that each member's week can be worth, its spreads kept; shape (objectives, members)."""
    if not weeks.spreads:
        return best_week(weeks.entries, weeks.days, weeks.automaton, told)
    objectives, members = weeks.days[0].free.shape
    searches = [
        _Search(_disjoint(weeks, member), np.full(objectives, NEVER, dtype=np.int64))
        for member in range(members)
    ]
    asked = [(member, search.everything) for member, search in enumerate(searches)]
    while asked:
        # as many at a time as there are members; if that is too many, fewer members are planned together
        for some in (asked[begin : begin + members] for begin in range(0, len(asked), members)):
            for (member, ranges), hope in zip(some, _tried(weeks, searches, some, told).T, strict=True):
                searches[member].hopes.append((hope, ranges))
        asked = [(member, ranges) for member, search in enumerate(searches) for ranges in search.next()]
    return np.stack([search.best for search in searches], axis=1)


def _disjoint(weeks: AgentWeeks, member: int) -> list[_Together]:
    """The spreads that share no day with one another; others are let go."""
    spreads: list[_Together] = []
    taken: set[int] = set()
    offered = [
        clocks[day.values[:, 0, member] > POSSIBLE].tolist()
        for day, clocks in zip(weeks.days, weeks.clocks, strict=True)
    ]
    for spread in sorted(weeks.spreads, key=lambda spread: -len(spread.on)):
        on = [day for day in spread.on if 0 <= day < len(weeks.days)]
        clocks = sorted({clock for day in on for clock in offered[day]})
        if len(on) > 1 and clocks and taken.isdisjoint(on):
            # A window that ends with the last start of all holds whatever later ones hold.
            whole = [at for at, clock in enumerate(clocks) if clock + spread.at_most >= clocks[-1]]
            spreads.append(_Together(on, spread.at_most, clocks[: whole[0] + 1]))
            taken.update(on)
    return spreads


def _tried(
    weeks: AgentWeeks, searches: Sequence[_Search], asked: Sequence[tuple[int, Ranges]], told: Told
) -> Ints:
    """The most that weeks are worth whose earliest starts lie in these ranges; shape (objectives, asked)."""
    meant = weeks.of([member for member, _ in asked])
    days = list(meant.days)
    for column, (member, ranges) in enumerate(asked):
        for spread, (first, last) in zip(searches[member].spreads, ranges, strict=True):
            begin, end = spread.earliest[first], spread.earliest[last] + spread.at_most
            for day in spread.on:
                clocks = weeks.clocks[day]
                days[day].values[(clocks < begin) | (clocks > end), :, column] = NEVER
    return best_week(meant.entries, days, meant.automaton, told)
