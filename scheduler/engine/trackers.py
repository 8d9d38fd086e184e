"""How far a limit over several days has come, day by day: the states of the best week.

Each tracker is a small automaton: from a progress and a day's amount to the next progress and the excess
that became certain. ``None`` as next progress says that a ``must`` is broken for good.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from scheduler.model import Pair, Run, Total
from scheduler.model.verbs import Verb

Progress = tuple[int, ...]
"""A state of a tracker; yes and no are 1 and 0."""

Step = tuple[Progress, int] | None


class Tracker(Protocol):
    """The automaton of one limit."""

    def verbs(self) -> tuple[Verb, ...]:
        """Verbs whose amounts it reads, in order."""

    def advance(self, progress: Progress, day: int, amounts: tuple[int, ...]) -> Step:
        """The next progress and the excess settled on this day."""


@dataclass(frozen=True)
class TotalTracker:
    """Progress is (sum so far, whether the present block has held); sums stop counting once they settle."""

    of: Verb
    blocks: tuple[tuple[int, ...], ...]
    at_least: int | None
    at_most: int | None
    must: bool

    @classmethod
    def of_limit(cls, limit: Total, must: bool) -> tuple["TotalTracker", Progress] | None:
        """The automaton with its first progress; ``None`` where blocks overlap or are not in order."""
        blocks = tuple(sorted([*((day,) for day in limit.on), *limit.on_any_of]))
        days = [day for block in blocks for day in block]
        if days != sorted(set(days)) or not days:
            return None
        return cls(limit.of, blocks, limit.at_least, limit.at_most, must), (limit.carried_in, False)

    def verbs(self) -> tuple[Verb, ...]:
        """The one it sums."""
        return (self.of,)

    def advance(self, progress: Progress, day: int, amounts: tuple[int, ...]) -> Step:
        """Add the day."""
        total, held = progress
        for block in self.blocks:
            if day not in block:
                continue
            if len(block) == 1:
                total += amounts[0]
            else:
                held = held or amounts[0] > 0
                if day == block[-1]:
                    total, held = total + held, False
            break
        else:
            return (total, held), 0
        if self.must and self.at_most is not None and total > self.at_most:
            return None
        if day == self.blocks[-1][-1]:
            excess = max(0, (self.at_least or 0) - total) if self.at_least is not None else 0
            excess += max(0, total - self.at_most) if self.at_most is not None else 0
            if self.must and excess:
                return None
            return (0, False), excess
        if self.at_most is None and self.at_least is not None:
            total = min(total, self.at_least)
        return (total, held), 0


@dataclass(frozen=True)
class RunTracker:
    """Progress is (length, run has a block in the horizon, may have begun before it, present block held)."""

    of: Verb
    blocks: tuple[tuple[int, ...], ...]
    at_least: int | None
    at_most: int | None
    must: bool

    @classmethod
    def of_limit(cls, limit: Run, must: bool) -> tuple["RunTracker", Progress] | None:
        """The automaton with its first progress; ``None`` where blocks are not in order."""
        days = [day for block in limit.over for day in block]
        if days != sorted(set(days)) or not days:
            return None
        tracker = cls(limit.of, limit.over, limit.at_least, limit.at_most, must)
        return tracker, (limit.carried_in or 0, False, limit.carried_in is None, False)

    def verbs(self) -> tuple[Verb, ...]:
        """The one that holds or not."""
        return (self.of,)

    def advance(self, progress: Progress, day: int, amounts: tuple[int, ...]) -> Step:
        """Lengthen the run with each block that held, or judge it when it ends."""
        length, fresh, old, held = progress
        block = next((block for block in self.blocks if day in block), None)
        if block is None:
            return progress, 0
        held = held or amounts[0] > 0
        if day != block[-1]:
            return (length, fresh, old, held), 0
        last = block == self.blocks[-1]
        if held:
            length, fresh = length + 1, True
            if self.must and self.at_most is not None and length > self.at_most:
                return None
            if not last:
                return (self._cut(length), True, old, False), 0
        excess = 0
        if fresh and self.at_most is not None:
            excess += max(0, length - self.at_most)
        if length and not held and not old and self.at_least is not None:
            excess += max(0, self.at_least - length)
        if self.must and excess:
            return None
        return (0, False, False, False), excess

    def _cut(self, length: int) -> int:
        """Without an upper bound, every length that is long enough is like another."""
        return length if self.at_most is not None else min(length, self.at_least or 0)


@dataclass(frozen=True)
class PairsTracker:
    """All pairs that one rule bars for an agent; progress is which of them have their first day behind them.

    Taken together they are one small automaton, however long the horizon is; one after another they would be
    as many products as there are days.
    """

    of: tuple[Verb, ...]
    pairs: tuple[tuple[int, int, int, int], ...]
    """Of each: place in ``of`` of what is asked first, its day, place of what is asked then, its day."""
    must: bool

    @classmethod
    def of_limits(cls, limits: Sequence[Pair], must: bool) -> tuple["PairsTracker", Progress] | None:
        """The automaton with its first progress; ``None`` where a first day is not before its second."""
        if any(limit.first_day >= limit.then_day for limit in limits):
            return None
        verbs = tuple(dict.fromkeys(verb for limit in limits for verb in (limit.first, limit.then)))
        place = {verb: i for i, verb in enumerate(verbs)}
        pairs = tuple(
            (place[limit.first], limit.first_day, place[limit.then], limit.then_day) for limit in limits
        )
        return cls(verbs, pairs, must), ()

    def verbs(self) -> tuple[Verb, ...]:
        """All that are asked."""
        return self.of

    def advance(self, progress: Progress, day: int, amounts: tuple[int, ...]) -> Step:
        """Judge the pairs whose second day it is, remember those whose first day it is and that held."""
        judged = [n for n in progress if self.pairs[n][3] == day]
        excess = sum(amounts[self.pairs[n][2]] > 0 for n in judged)
        if self.must and excess:
            return None
        waiting = [n for n in progress if self.pairs[n][3] != day]
        held = [n for n in self._begun.get(day, ()) if amounts[self.pairs[n][0]] > 0]
        return tuple(sorted(waiting + held)), excess

    @cached_property
    def _begun(self) -> dict[int, list[int]]:
        """Pairs by their first day."""
        by_day: dict[int, list[int]] = {}
        for number, pair in enumerate(self.pairs):
            by_day.setdefault(pair[1], []).append(number)
        return by_day
