"""One duty placed beside all others: which of some shifts, and where its breaks go.

For a few duties that were typed by hand. A search places breaks by dynamic programming in its compiled core;
here the placements of one shift are taken in the order of their worth, and the first legal one is best.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

from scheduler.domain.facts.problem import Agent, Break, Problem
from scheduler.domain.results.roster import Duty, PlacedBreak, Roster
from scheduler.model.limits.breaks import BreakLimit, breaks_of, start_window
from scheduler.model.limits.kinds import AgentLimit
from scheduler.model.rules.book import RuleBook

MOST_TRIED = 20_000
"""Placements of one shift's breaks; where none of so many is legal, the least illegal one is taken."""

Worth = Callable[[int, int], int]
"""What an agent's work between two instants is worth; any unit, the larger the better."""


@dataclass(frozen=True)
class OwnLimits:
    """All that rules which must be kept ask of one agent."""

    problem: Problem
    agent: Agent
    limits: tuple[AgentLimit, ...]

    @classmethod
    def of(cls, problem: Problem, rules: RuleBook, agent: Agent) -> "OwnLimits":
        """The limits of one agent, without those of anybody else being made."""
        alone = problem.model_copy(update={"agents": (agent,)})
        return cls(
            problem,
            agent,
            tuple(
                limit
                for rule in rules.active()
                if rule.is_must
                for limit in rule.limits(alone)
                if isinstance(limit, AgentLimit) and limit.agent == agent.name
            ),
        )

    def excess(self, duties: Iterable[Duty]) -> int:
        """How far these duties of the agent are beyond all limits together."""
        roster = Roster(duties=tuple(duties))
        return sum(limit.excess(self.problem, roster) for limit in self.limits)

    def break_excess(self, duty: Duty) -> int:
        """How far the breaks of one duty are beyond the limits on them."""
        return sum(
            limit.excess_of(self.problem, self.agent, duty)
            for limit in self.limits
            if isinstance(limit, BreakLimit)
            and duty.day in limit.on
            and (not limit.templates or duty.template in limit.templates)
        )


def best_duty(limits: OwnLimits, shifts: Iterable[Duty], others: tuple[Duty, ...], worth: Worth) -> Duty:
    """The least illegal of some shifts with its breaks placed, and of those the one of most worth.

    Parameters
    ----------
    shifts
        At least one, each a duty without breaks.
    others
        The agent's other duties.
    """
    placed = (with_breaks(limits, shift, worth) for shift in shifts)
    return min(placed, key=lambda duty: (limits.excess((*others, duty)), -_worth_of(duty, worth), duty.start))


def with_breaks(limits: OwnLimits, shift: Duty, worth: Worth) -> Duty:
    """The shift with its breaks where they are legal and cost the least worth."""
    best, least = shift, None
    for tried, breaks in enumerate(_by_worth(limits, shift, worth)):
        duty = shift.model_copy(update={"breaks": breaks})
        excess = limits.break_excess(duty)
        if least is None or excess < least:
            best, least = duty, excess
        if not excess or tried >= MOST_TRIED:
            break
    return best


def _by_worth(limits: OwnLimits, shift: Duty, worth: Worth) -> Iterator[tuple[PlacedBreak, ...]]:
    """Placements of the breaks that do not overlap, the one that takes least worth away first."""
    pauses = breaks_of(limits.problem, shift)
    starts = [_starts(limits, shift, pause, worth) for pause in pauses]
    first = (0,) * len(pauses)
    queue = [(sum(choice[0][0] for choice in starts), first)]
    seen = {first}
    while queue:
        _, chosen = heappop(queue)
        placed = sorted(
            (
                PlacedBreak(
                    name=pause.name,
                    start=choice[at][1],
                    length_minutes=pause.length_minutes,
                    paid=pause.paid,
                )
                for pause, choice, at in zip(pauses, starts, chosen, strict=True)
            ),
            key=lambda pause: pause.start,
        )
        if all(one.end <= other.start for one, other in pairwise(placed)):
            yield tuple(placed)
        for place in range(len(pauses)):
            beyond = (*chosen[:place], chosen[place] + 1, *chosen[place + 1 :])
            if beyond[place] < len(starts[place]) and beyond not in seen:
                seen.add(beyond)
                taken = sum(choice[at][0] for choice, at in zip(starts, beyond, strict=True))
                heappush(queue, (taken, beyond))


def _starts(limits: OwnLimits, shift: Duty, pause: Break, worth: Worth) -> list[tuple[int, int]]:
    """Every start of a break in its window with the worth that it takes, the cheapest first."""
    first, last = start_window(limits.problem, limits.agent, shift, pause)
    length = pause.length_minutes
    inside = [
        at
        for at in range(first, last + 1, pause.step_minutes)
        if shift.start <= at and at + length <= shift.end
    ]
    inside = inside or [max(shift.start, min(first, shift.end - length))]
    middle = (first + last) / 2
    return sorted(
        ((worth(at, at + length), at) for at in inside), key=lambda one: (one[0], abs(one[1] - middle))
    )


def _worth_of(duty: Duty, worth: Worth) -> int:
    return sum(worth(start, end) for start, end in duty.stretches())
