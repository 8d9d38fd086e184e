"""Limits over several days as automata: totals, runs and barred pairs (the regular constraint; Pesant 2004).

Each tracker is the transition function of a small automaton with costs: from a state, here called *progress*,
and a day's amounts to the next progress and the excess that became certain. ``None`` in place of a progress
says that a ``must`` is broken for good. A tracker does not know what it counts, so that limits on different
shifts share one if they bound them alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from scheduler.model import Pair, Run, Total
from scheduler.model.limits.kinds import AgentLimit
from scheduler.model.limits.verbs import Verb

State = tuple[int, ...]
"""A state of a tracker; true and false are 1 and 0."""

Step = tuple[State, int] | None

Days = tuple[int, ...]


class Tracker(Protocol):
    """The automaton of one limit."""

    def advance(self, progress: State, day: int, amounts: Sequence[int]) -> Step:
        """The next progress and the excess settled on this day."""


@dataclass(frozen=True)
class Tracked:
    """A limit as an automaton.

    Parameters
    ----------
    verbs
        Whose amounts the tracker reads, in order.
    first
        State before the horizon.
    bound
        What the tracker counts from.
    """

    verbs: tuple[Verb, ...]
    tracker: Tracker
    first: State
    bound: int = 0


@dataclass(frozen=True)
class _OverBlocks:
    """A limit over blocks of days, in their order."""

    blocks: tuple[Days, ...]
    at_least: int | None
    at_most: int | None
    must: bool

    @cached_property
    def _block_of(self) -> dict[int, Days]:
        return {day: block for block in self.blocks for day in block}


@dataclass(frozen=True)
class TotalTracker(_OverBlocks):
    """Progress is (sum so far, whether the present block counts).

    Sums are capped where larger ones have the same future. They are counted from the upper bound, or from the
    lower where there is none: limits with the same distance between their bounds share a tracker and differ
    in their first progress.
    """

    @classmethod
    def of_limit(cls, limit: Total, must: bool) -> Tracked | None:
        """The automaton; ``None`` where blocks overlap or are not in order."""
        blocks = tuple(sorted([*((day,) for day in limit.on), *limit.on_any_of]))
        if not _in_order(blocks):
            return None
        least, most = limit.at_least, limit.at_most
        bound = most if most is not None else least or 0
        room = None if least is None else least - bound
        tracker = cls(blocks, room, None if most is None else 0, must)
        return Tracked((limit.of,), tracker, (limit.carried_in - bound, False), bound)

    def advance(self, progress: State, day: int, amounts: Sequence[int]) -> Step:
        """Add the day."""
        total, holds = progress
        block = self._block_of.get(day)
        if block is None:
            return progress, 0
        if len(block) == 1:
            total += amounts[0]
        else:
            holds = holds or amounts[0] > 0
            if day == block[-1]:
                total, holds = total + holds, False
        if self.must and self.at_most is not None and total > self.at_most:
            return None
        if day == self.blocks[-1][-1]:
            excess = max(0, self.at_least - total) if self.at_least is not None else 0
            excess += max(0, total - self.at_most) if self.at_most is not None else 0
            if self.must and excess:
                return None
            return (0, False), excess
        if self.at_most is None and self.at_least is not None:
            total = min(total, self.at_least)
        return (total, holds), 0


@dataclass(frozen=True)
class RunTracker(_OverBlocks):
    """Progress is (length, run has a block in the horizon, may have begun before it, present block holds)."""

    @classmethod
    def of_limit(cls, limit: Run, must: bool) -> Tracked | None:
        """The automaton; ``None`` where blocks are not in order."""
        if not _in_order(limit.over):
            return None
        tracker = cls(limit.over, limit.at_least, limit.at_most, must)
        return Tracked((limit.of,), tracker, (limit.carried_in or 0, False, limit.carried_in is None, False))

    def advance(self, progress: State, day: int, amounts: Sequence[int]) -> Step:
        """Lengthen the run with each block that counts, or judge it when it ends."""
        length, fresh, began_before, holds = progress
        block = self._block_of.get(day)
        if block is None:
            return progress, 0
        holds = holds or amounts[0] > 0
        if day != block[-1]:
            return (length, fresh, began_before, holds), 0
        last = block == self.blocks[-1]
        if holds:
            length, fresh = length + 1, True
            if self.must and self.at_most is not None and length > self.at_most:
                return None
            if not last:
                return (self._cut(length), True, began_before, False), 0
        excess = 0
        if fresh and self.at_most is not None:
            excess += max(0, length - self.at_most)
        if length and not holds and not began_before and self.at_least is not None:
            excess += max(0, self.at_least - length)
        if self.must and excess:
            return None
        return (0, False, False, False), excess

    def _cut(self, length: int) -> int:
        """The length, or the lower bound where it is reached and there is no upper one to tell more apart."""
        return length if self.at_most is not None else min(length, self.at_least or 0)


@dataclass(frozen=True)
class PairsTracker:
    """All pairs that one rule bars for an agent; progress is the pairs whose first half has come true.

    One automaton for all of them stays small, however long the horizon is; an automaton for each would take
    as many products as there are days.
    """

    pairs: tuple[tuple[int, int, int, int], ...]
    """Of each: place of the amount that is asked first, its day, place of what is asked then, its day."""
    must: bool

    @classmethod
    def of_limits(cls, limits: Sequence[Pair], must: bool) -> Tracked:
        """The automaton; every first day must be before its second."""
        place: dict[Verb, int] = {}
        pairs = tuple(
            (
                place.setdefault(limit.first, len(place)),
                limit.first_day,
                place.setdefault(limit.then, len(place)),
                limit.then_day,
            )
            for limit in limits
        )
        return Tracked(tuple(place), cls(pairs, must), ())

    def advance(self, progress: State, day: int, amounts: Sequence[int]) -> Step:
        """Judge the pairs whose second day it is, and take up those whose first half comes true today."""
        judged = [n for n in progress if self.pairs[n][3] == day]
        excess = sum(amounts[self.pairs[n][2]] > 0 for n in judged)
        if self.must and excess:
            return None
        waiting = [n for n in progress if self.pairs[n][3] != day]
        holds = [n for n in self._begun.get(day, ()) if amounts[self.pairs[n][0]] > 0]
        return tuple(sorted(waiting + holds)), excess

    @cached_property
    def _begun(self) -> dict[int, list[int]]:
        """Pairs by their first day."""
        by_day: dict[int, list[int]] = {}
        for number, pair in enumerate(self.pairs):
            by_day.setdefault(pair[1], []).append(number)
        return by_day


def tracked(limit: AgentLimit, must: bool) -> Tracked | None:
    """The automaton of a total or a run; ``None`` where there is no tracker for the limit."""
    match limit:
        case Total():
            return TotalTracker.of_limit(limit, must)
        case Run():
            return RunTracker.of_limit(limit, must)
        case _:
            return None


def _in_order(blocks: Sequence[Days]) -> bool:
    """Whether there are days, each of them later than the one before."""
    days = [day for block in blocks for day in block]
    return bool(days) and days == sorted(set(days))
