"""Deferrable work recounted: the portions that are to be placed, and whether a place keeps every deadline.

Portions are packed in fractions, one after the other, from the work of each interval. That a roster's place
keeps the deadlines is counted from the work itself, and not from portions: earliest deadline first, which
finishes all in time if anything does (Jackson 1955).
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from scheduler.domain.facts.problem import DeferredWork

PART = Fraction(1, 1_000_000)
"""Of a portion. What arrives in an interval is rounded up to whole parts."""
HAIR = Fraction(1, 1000)
"""Of a part, by which two ways of computing may differ."""
UNDONE_AGENTS = 1e-6
"""Agent-intervals that may be left at a deadline, by the rounding of numbers."""


@dataclass(frozen=True)
class Arrivals:
    """The work of a skill by interval.

    Parameters
    ----------
    work
        Agents on the queue whom it occupies for one interval.
    taken
        Hundredths of a per cent of paid time that are spent elsewhere.
    is_open
        Where work may be done.
    reach
        Intervals from its arrival on, that one included, in which it may be done.
    """

    work: Sequence[Fraction]
    taken: Sequence[int]
    is_open: Sequence[bool]
    reach: int

    def window(self, interval: int) -> list[int]:
        """Intervals in which what arrives in one may be done."""
        return [
            to for to in range(interval, min(interval + self.reach, len(self.is_open))) if self.is_open[to]
        ]

    def portions(self, skill: str) -> DeferredWork:
        """What is to be placed, computed anew."""
        of_each = list(self._portions())
        opened = [at for at, is_open in enumerate(self.is_open) if is_open]
        return DeferredWork(
            skill=skill,
            intervals=tuple(opened),
            arrived=tuple(bisect_right(of_each, at, key=lambda one: one[0]) for at in opened),
            due=tuple(bisect_right(of_each, at, key=lambda one: one[1]) for at in opened),
        )

    def _portions(self) -> Iterator[tuple[int, int]]:
        """First and last interval of each portion."""
        room, first, last = Fraction(0), 0, -1
        for at, work in enumerate(self.work):
            window = self.window(at)
            if work <= 0 or not window:
                continue
            share = Fraction(10_000, 10_000 - max(self.taken[to] for to in window))
            left = ceil(work * share / PART - HAIR) * PART
            if room and window[0] > last:  # it is due before this work is there
                yield first, last
                room = Fraction(0)
            while left:
                if not room:
                    room, first, last = Fraction(1), window[0], window[-1]
                first = max(first, window[0])
                put = min(room, left)
                room, left = room - put, left - put
                if not room:
                    yield first, last
        if room:
            yield first, last

    def late(self, placed: Sequence[int]) -> int | None:
        """The first interval at whose arrivals' deadline some are not done; ``None`` where all are.

        Parameters
        ----------
        placed
            Agents on the roster who do this work, by interval.
        """
        waiting: deque[tuple[int, float, int]] = deque()  # last interval, work that is left, arrival
        for at, agents in enumerate(placed):
            if self.work[at] > 0 and (window := self.window(at)):
                waiting.append((window[-1], float(self.work[at]), at))
            able = agents * (10_000 - self.taken[at]) / 10_000 if self.is_open[at] else 0.0
            while waiting and able > 0:
                last, left, arrival = waiting.popleft()
                done = min(able, left)
                able -= done
                if left - done > UNDONE_AGENTS / 1000:
                    waiting.appendleft((last, left - done, arrival))
            while waiting and waiting[0][0] <= at:
                _, left, arrival = waiting.popleft()
                if left > UNDONE_AGENTS:
                    return arrival
        return None
