"""Time slots: as coarse as they can be so that every start, length, break and zone falls on one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import gcd

from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.slot_marks import slot_marks
from scheduler.model.limits.breaks import BreakGap, BreakLimit, WorkStretch

MOST_ZONE_MINUTES = 14 * 60
"""Between a zone's clock and UTC: the largest there is (Kiribati)."""


@dataclass(frozen=True)
class Slots:
    """The padded line of slots.

    Parameters
    ----------
    minutes
        Length of one slot.
    pad
        Slots before the horizon, and as many after it, in which staffing costs nothing.
    """

    problem: Problem
    minutes: int
    pad: int

    @classmethod
    def of(
        cls,
        problem: Problem,
        breaks: Iterable[BreakLimit] = (),
        break_starts: Iterable[tuple[int, ...]] = (),
        divided_minutes: int = 0,
    ) -> "Slots":
        """The coarsest slots that everything falls on, padded by the longest shift and zone difference.

        Limits on breaks count too: where no window holds them breaks may lie anywhere, and with a limit
        between two slots the best layout on the slots would not be the best of all. ``break_starts`` are
        instants at which breaks are wanted, and slots divide ``divided_minutes`` as well.
        """
        minutes = gcd(divided_minutes, *_marks(problem), *_limits(breaks), *chain.from_iterable(break_starts))
        longest = max((template.max_length for template in problem.templates), default=0)
        latest = max((template.latest_start for template in problem.templates), default=0)
        reach = MOST_ZONE_MINUTES + latest + longest
        return cls(problem, minutes, reach // minutes + 1)

    @cached_property
    def inside(self) -> int:
        """Slots of the horizon."""
        return self.problem.grid.minutes // self.minutes

    @property
    def count(self) -> int:
        """Slots of the padded line."""
        return self.inside + 2 * self.pad

    @cached_property
    def zones(self) -> tuple[str, ...]:
        """The time zones of the agents' clocks."""
        return tuple(dict.fromkeys(map(self.problem.zone_of, self.problem.agents)))

    def slot(self, instant: int) -> int:
        """Padded slot that begins at an instant."""
        return instant // self.minutes + self.pad

    def instant(self, slot: int) -> int:
        """Instant at which a padded slot begins."""
        return (slot - self.pad) * self.minutes


def _limits(breaks: Iterable[BreakLimit]) -> Iterator[int]:
    for limit in breaks:
        if isinstance(limit, BreakGap):
            yield from (minutes for minutes in (limit.at_least, limit.at_most) if minutes is not None)
        elif isinstance(limit, WorkStretch):
            yield limit.at_most


def _marks(problem: Problem) -> Iterator[int]:
    grid = problem.grid
    yield grid.interval_minutes
    for template in problem.templates:
        yield from slot_marks(template)
    for zone in {problem.zone_of(agent) for agent in problem.agents}:
        yield from (grid.day_start(day, zone) for day in range(grid.days + 1))
    for agent in problem.agents:
        for start, end in problem.work_reaching_in(agent):
            yield from (start, end)
