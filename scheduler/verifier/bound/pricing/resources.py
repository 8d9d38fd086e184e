"""Resources of the dynamic programme: the state that each multi-day limit carries from day to day.

The programme is :mod:`~scheduler.verifier.bound.best_week.dynamic_program`. Each day gives a resource a
*symbol*, which says what the chosen shift, or the free day, means to its limit. State and symbol give the
next state, a price, and whether the week is still legal. States with the same future are merged, to keep the
table small. A resource depends on no single agent: history enters as an initial state.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduler.model.limits.kinds import Run, Total
from scheduler.model.limits.verbs import Verb
from scheduler.texts import text
from scheduler.verifier.bound.pricing.day_shifts import DayShifts
from scheduler.verifier.recount.exact import Bools, Ints


@dataclass(frozen=True)
class Transition:
    """A day's effect on an array of states: next states, their price, and whether they are legal."""

    states: Ints
    price: Ints
    legal: Bools


class Resource(ABC):
    """The resource of one limit; states and symbols are non-negative integers.

    Parameters
    ----------
    first, last
        Days between which it has a state; it is settled after ``last``. ``first`` is -1 if weeks enter with
        different states, otherwise all enter with ``start``.
    unit_price
        Cost per unit of excess, ``None`` for a limit that must be kept.
    """

    first: int
    last: int
    unit_price: int | None
    start: int = 0

    @abstractmethod
    def symbols(self, shifts: DayShifts) -> tuple[Ints, int]:
        """The day's symbol for each shift, and for a free day."""

    @abstractmethod
    def transition(self, day: int, states: Ints, symbols: Ints) -> Transition:
        """The effect of one day on states, each with the symbol at its position."""

    def _judged(self, states: Ints, excess: Ints) -> Transition:
        if self.unit_price is None:
            return Transition(states, np.zeros_like(states), excess == 0)
        return Transition(states, self.unit_price * excess, np.ones(len(states), dtype=np.bool_))


class TotalResource(Resource):
    """The sum so far, with a flag for each unfinished block of several days that has counted already."""

    MOST_FLAGS = 30
    """Sums are below 2**31 (a year of minutes has 20 bits), so that sum and flags fit into 64 bits."""

    def __init__(self, limit: Total, days: int, unit_price: int | None) -> None:
        self.verb = limit.of
        self.at_least, self.at_most = limit.at_least, limit.at_most
        self.unit_price = unit_price
        self.on = frozenset(day for day in limit.on if 0 <= day < days)
        inside = [tuple(day for day in block if 0 <= day < days) for block in limit.on_any_of]
        self.single = [block[0] for block in inside if len(block) == 1]
        self.blocks = sorted((block for block in inside if len(set(block)) > 1), key=min)
        self.flags = _reused(self.blocks)
        self.width = max(self.flags, default=-1) + 1
        if self.width > self.MOST_FLAGS:
            raise ValueError(
                text("more than {most_flags} blocks of a total overlap", most_flags=self.MOST_FLAGS)
            )
        touched = [*self.on, *self.single, *(day for block in self.blocks for day in block)]
        self.first, self.last = min(touched), max(touched)
        self.carried_in = limit.carried_in
        self.start = 0  # without what was carried in
        self.remaining: list[tuple[int, int]] = []

    def symbols(self, shifts: DayShifts) -> tuple[Ints, int]:
        amounts, free = shifts.amounts(self.verb)
        counted = amounts * (shifts.day in self.on) + (amounts > 0) * self.single.count(shifts.day)
        counted_free = free * (shifts.day in self.on) + (free > 0) * self.single.count(shifts.day)
        hits = sum(1 << flag for flag, _ in self._under_way(shifts.day))
        return counted << self.width | (amounts > 0) * hits, counted_free << self.width | (free > 0) * hits

    def _under_way(self, day: int) -> Iterator[tuple[int, bool]]:
        """The flag of each block that holds a day, and whether the day is its last."""
        for flag, block in zip(self.flags, self.blocks, strict=True):
            if day in block:
                yield flag, day == max(block)

    def foresee(self, ranges: Sequence[tuple[int, int]]) -> None:
        """Set the smallest and the largest symbol of every day, before the first transition."""
        low = high = 0
        self.remaining = [(0, 0)] * len(ranges)
        for day in range(len(ranges) - 1, -1, -1):
            pending = sum(max(block) > day for block in self.blocks)
            self.remaining[day] = (low, high + pending)
            low, high = low + (ranges[day][0] >> self.width), high + (ranges[day][1] >> self.width)

    def transition(self, day: int, states: Ints, symbols: Ints) -> Transition:
        total = (states >> self.width) + (symbols >> self.width)
        flags = states & (1 << self.width) - 1
        for flag, is_last_day in self._under_way(day):
            hit = symbols >> flag & 1
            total = total + (hit & ~(flags >> flag))
            flags = flags & ~(1 << flag) if is_last_day else flags | hit << flag
        low, high = self.remaining[day]
        least = None if self.at_least is None else self.at_least - self.carried_in
        most = None if self.at_most is None else self.at_most - self.carried_in
        none = np.zeros_like(total)
        short = none if least is None else np.maximum(0, least - total)
        over = none if most is None else np.maximum(0, total - most)
        if day >= self.last:
            return self._judged(none, short + over)
        legal = np.ones(len(total), dtype=np.bool_)
        if self.unit_price is None:
            if least is not None:
                legal &= total + high >= least
            if most is not None:
                legal &= total + low <= most
        # Sums from which neither bound can be missed any more are equivalent.
        enough = 0 if least is None else max(0, least - low)
        room = None if most is None else most - high
        if room is None:
            total = np.where(total >= enough, enough, total)
        elif room >= enough:
            total = np.where((total >= enough) & (total <= room), room, total)
        return Transition(total << self.width | flags, none, legal)


def _reused(blocks: Sequence[Sequence[int]]) -> list[int]:
    """Flags for blocks in order of their first day, reused once a block is over (interval colouring)."""
    numbers: list[int] = []
    for block in blocks:
        taken = {number for number, other in zip(numbers, blocks, strict=False) if max(other) >= min(block)}
        numbers.append(min(set(range(len(taken) + 1)) - taken))
    return numbers


class RunResource(Resource):
    """The number of blocks in a row that held, and whether the run began in the unknown past."""

    def __init__(self, limit: Run, unit_price: int | None) -> None:
        self.verb = limit.of
        self.over = limit.over
        self.at_least, self.at_most = limit.at_least, limit.at_most
        self.unit_price = unit_price
        self.first, self.last = min(limit.over[0]), max(limit.over[-1])
        self.start = self.entered(limit.carried_in)
        if self.is_open(limit):
            self.first = -1
        self.position = {day: place for place, block in enumerate(limit.over) for day in block}

    @staticmethod
    def can_follow(limit: Run, days: int) -> bool:
        """Whether the blocks lie in the horizon, in order and disjoint."""
        listed = [day for block in limit.over for day in sorted(block)]
        return bool(listed) and listed == sorted(set(listed)) and listed[0] >= 0 and listed[-1] < days

    @staticmethod
    def is_open(limit: Run) -> bool:
        """Whether the run may have begun before the horizon, so that weeks enter with different states."""
        return 0 in limit.over[0]

    @staticmethod
    def entered(carried_in: int | None) -> int:
        """The initial state for a number of blocks carried in; ``None`` is an unknown past."""
        return 0b10 if carried_in is None else carried_in << 2

    def symbols(self, shifts: DayShifts) -> tuple[Ints, int]:
        amounts, free = shifts.amounts(self.verb)
        return (amounts > 0).astype(np.int64), int(free > 0)

    def transition(self, day: int, states: Ints, symbols: Ints) -> Transition:
        none = np.zeros_like(states)
        place = self.position.get(day)
        if place is None:
            return Transition(states, none, np.ones(len(states), dtype=np.bool_))
        held = (states & 1) | symbols
        if day < max(self.over[place]):
            return Transition(states & ~1 | held, none, np.ones(len(states), dtype=np.bool_))
        length, unknown = states >> 2, states >> 1 & 1
        longer = length + 1
        over, short = none, none
        if self.at_most is not None:
            # What was carried in beyond the bound counts with the first block, each later block counts one.
            before = none if place == 0 else np.maximum(0, length - self.at_most)
            over = np.maximum(0, longer - self.at_most) - before
        if self.at_least is not None:
            short = np.where((length > 0) & (unknown == 0), np.maximum(0, self.at_least - length), 0)
        excess = np.where(held == 1, over, short)
        length = np.where(held == 1, longer, 0)
        unknown = np.where(held == 1, unknown, 0)
        if day >= self.last:
            return self._judged(none, excess)
        rest = len(self.over) - 1 - place
        enough = self.at_least or 0
        if self.at_most is None:
            length = np.minimum(length, enough)
        else:
            length = np.where(length + rest <= self.at_most, np.minimum(length, enough), length)
            length = np.minimum(length, max(self.at_most, enough) + 1)
        unknown = unknown if self.at_least is not None else none
        return self._judged(length << 2 | unknown << 1, excess)


@dataclass(frozen=True)
class Barred:
    """What a verb bars: its position, the later day and verb, and the price."""

    after: int
    day: int
    verb: Verb
    price: int | None


class PairResource(Resource):
    """Which verbs held on a day, one bit each, until the last day that they bar.

    Parameters
    ----------
    day
        The earlier day.
    """

    unit_price = None
    MOST_BITS = 60

    def __init__(self, day: int) -> None:
        self.first = self.last = day
        self.verbs: list[Verb] = []
        self.barred: dict[int, list[Barred]] = {}

    def can_take(self, later: int) -> bool:
        """Whether there are bits left for one more pair with that later day."""
        return max(len(self.verbs), len(self.barred.get(later, ()))) < self.MOST_BITS

    def bar(self, early: Verb, day: int, late: Verb, price: int | None) -> None:
        """Add a pair: no ``late`` on that day after ``early``, or only at the price if one is given."""
        if early not in self.verbs:
            self.verbs.append(early)
        self.barred.setdefault(day, []).append(Barred(self.verbs.index(early), day, late, price))
        self.last = max(self.last, day)

    @cached_property
    def stands_for(self) -> list[int]:
        """The bit of each verb; verbs that bar exactly the same, without price, share the first one's bit."""
        barred = [(one.after, one) for every in self.barred.values() for one in every]
        kinds: list[object] = []
        for place in range(len(self.verbs)):
            own = [one for after, one in barred if after == place]
            for_good = all(one.price is None for one in own)
            kinds.append(frozenset((one.day, one.verb) for one in own) if for_good else place)
        return [kinds.index(kind) for kind in kinds]

    def symbols(self, shifts: DayShifts) -> tuple[Ints, int]:
        if shifts.day == self.first:
            asked = list(zip(self.stands_for, self.verbs, strict=True))
        else:
            every = enumerate(self.barred.get(shifts.day, ()))
            asked = [(place, one.verb) for place, one in every if self.stands_for[one.after] == one.after]
        bits, free_bits = np.zeros(len(shifts.start), dtype=np.int64), 0
        for place, verb in asked:
            amounts, free = shifts.amounts(verb)
            bits |= (amounts > 0).astype(np.int64) << place
            free_bits |= int(free > 0) << place
        return bits, free_bits

    def transition(self, day: int, states: Ints, symbols: Ints) -> Transition:
        price, legal = np.zeros_like(states), np.ones(len(states), dtype=np.bool_)
        if day == self.first:
            return Transition(symbols, price, legal)
        for place, one in enumerate(self.barred.get(day, ())):
            both = symbols >> place & states >> one.after & 1
            if one.price is None:
                legal &= both == 0
            else:
                price = price + both * one.price
        return Transition(np.zeros_like(states) if day >= self.last else states, price, legal)


class RestResource(Resource):
    """Whether the long rest of a window has been taken; see the promises in ``week_network``."""

    unit_price = None
    first = -1

    def __init__(self, last: int) -> None:
        self.last = last

    def symbols(self, shifts: DayShifts) -> tuple[Ints, int]:
        return np.zeros(len(shifts.start), dtype=np.int64), 0

    def transition(self, day: int, states: Ints, symbols: Ints) -> Transition:
        had = states | symbols
        return Transition(had, np.zeros_like(states), (had == 1) | (day < self.last))
