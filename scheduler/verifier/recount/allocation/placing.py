"""Where a roster does its deferred work: portions placed one by one, in the order in which they are due.

Interval after interval, what is due by its end is placed where it raises the staffing cost least, in any
interval so far whose later ones have not yet done all that had arrived by then. A portion placed is never
moved again. The cost of an interval is convex in its portions, so that this is the dynamic programme over
running sums, whose value is convex as well (Veinott 1964 has it for production and inventory): each step
joins the slopes of one more interval and cuts the sums that are too low or too high. The engine moves
portions about instead.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from heapq import heappop, heappush

import numpy as np

from scheduler.domain.facts.problem import DeferredWork
from scheduler.verifier.recount.allocation.skills import CostTerm, Situation, allocate

Span = tuple[int, tuple[int, ...]]
"""Some minutes in which nobody comes or goes: their number, and agents at work by group."""
Cost = tuple[int, int]
"""Musts broken, and price."""


class IntervalCosts:
    """What each open interval costs with so many portions.

    Parameters
    ----------
    groups
        Skill indices of each group of like agents.
    spans
        Of each interval of the horizon.
    situations
        Of each interval, without the terms of the work.
    skill
        Index of the skill whose work it is.
    missing_price, superfluous_price
        Cents per agent-hour less, and more, than what is placed.
    """

    def __init__(
        self,
        groups: Sequence[tuple[int, ...]],
        spans: Sequence[Sequence[Span]],
        situations: Sequence[Situation],
        skill: int,
        missing_price: int,
        superfluous_price: int,
    ) -> None:
        self.groups, self.spans, self.skill = groups, spans, skill
        self.missing_price, self.superfluous_price = missing_price, superfluous_price
        number_of = {situation: number for number, situation in enumerate(dict.fromkeys(situations))}
        self.situations = list(number_of)
        self.number = [number_of[situation] for situation in situations]
        self._of_minute: dict[tuple[tuple[int, ...], int, int], Cost] = {}
        self._of_interval: dict[tuple[int, int], Cost] = {}

    def at(self, interval: int, portions: int) -> Cost:
        """The least cost of an interval."""
        key = interval, portions
        if key not in self._of_interval:
            broken = cost = 0
            for minutes, counts in self.spans[interval]:
                each = self._minute(counts, self.number[interval], portions)
                broken, cost = broken + minutes * each[0], cost + minutes * each[1]
            self._of_interval[key] = broken, cost
        return self._of_interval[key]

    def _minute(self, counts: tuple[int, ...], number: int, portions: int) -> Cost:
        key = counts, number, portions
        if key not in self._of_minute:
            situation = self._with(self.situations[number], portions)
            self._of_minute[key] = situation.cost(allocate(self.groups, counts, situation))
        return self._of_minute[key]

    def _with(self, situation: Situation, portions: int) -> Situation:
        work: tuple[CostTerm, ...] = (
            (portions, None, self.missing_price),
            (None, portions, self.superfluous_price),
        )
        terms, required = list(situation.terms), list(situation.required)
        terms[self.skill] += work
        required[self.skill] = portions
        return replace(situation, terms=tuple(terms), required=tuple(required))


def place(work: DeferredWork, cost: Callable[[int, int], Cost]) -> dict[int, int]:
    """Portions by interval at the least cost.

    Parameters
    ----------
    cost
        Of an interval with so many portions.
    """
    placed = [0] * len(work.intervals)
    room = np.array(work.arrived, np.int64)  # portions that have arrived so far and are not placed yet
    queue: list[tuple[Cost, int, int]] = []  # of one portion more: what it costs, how many are there, where

    def offer(position: int) -> None:
        interval, portions = work.intervals[position], placed[position]
        before, after = cost(interval, portions), cost(interval, portions + 1)
        heappush(queue, ((after[0] - before[0], after[1] - before[1]), portions, position))

    total = 0
    for last, due in enumerate(work.due):
        room[last] -= total
        offer(last)
        while total < due:
            position = heappop(queue)[-1]
            if room[position : last + 1].min() < 1:
                continue  # then no later portion can be done there either
            placed[position] += 1
            total += 1
            room[position : last + 1] -= 1
            offer(position)
    return {interval: number for interval, number in zip(work.intervals, placed, strict=True) if number}
