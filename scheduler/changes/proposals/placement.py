"""One duty placed beside all others: which of some shifts, and where its breaks go.

For the few duties that somebody types or is offered. A search places breaks by dynamic programming in its
compiled core; here the placements of one shift are taken in the order of the worth that they lose, and the
first legal one is best.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import pairwise

from scheduler.changes.proposals.worth import Worth, worth_between, worth_of
from scheduler.domain.facts.problem import Agent, Break, Problem
from scheduler.domain.results.roster import Duty, PlacedBreak, Roster
from scheduler.model.limits.breaks import BreakLimit, breaks_of, start_window
from scheduler.model.limits.kinds import AgentLimit
from scheduler.model.rules.book import RuleBook

MOST_TRIED = 2_000
"""Placements of one shift's breaks that are judged; if none of them is legal, the least illegal is taken.

With three breaks of 13 starts each all 2,197 are too many to wait for where every one is illegal."""


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
        limits = (limit for rule in rules.active() if rule.is_must for limit in rule.limits(alone))
        own = (one for one in limits if isinstance(one, AgentLimit) and one.agent == agent.name)
        return cls(problem, agent, tuple(own))

    def excess(self, duties: Iterable[Duty]) -> int:
        """How far these duties of the agent are beyond all limits together."""
        roster = Roster(duties=tuple(duties))
        return sum(limit.excess(self.problem, roster) for limit in self.limits)

    def on_breaks(self, day: int) -> tuple[BreakLimit, ...]:
        """Those on the breaks of a day."""
        return tuple(one for one in self.limits if isinstance(one, BreakLimit) and day in one.on)


class DayBreakLimits:
    """The rules on one day's breaks that must be kept, by agent."""

    def __init__(self, problem: Problem, rules: RuleBook, day: int) -> None:
        self._by_agent: dict[str, tuple[BreakLimit, ...]] = {}
        musts = [rule for rule in rules.planned.rules if rule.is_must]
        for limit in (limit for rule in musts for limit in rule.limits(problem)):
            if isinstance(limit, BreakLimit) and day in limit.on:
                anybody = replace(limit, agent="", on=(day,))
                self._by_agent[limit.agent] = (*self._by_agent.get(limit.agent, ()), anybody)

    def of(self, agent: Agent) -> tuple[BreakLimit, ...]:
        """The limits on an agent's breaks, without the name: agents with the same ones are alike."""
        return self._by_agent.get(agent.name, ())


def best_duty(limits: OwnLimits, shifts: Iterable[Duty], others: tuple[Duty, ...], worth: Worth) -> Duty:
    """The least illegal of some shifts with its breaks placed, and of those the one of most worth.

    Parameters
    ----------
    shifts
        At least one, each a duty without breaks.
    others
        The agent's other duties.
    """
    placed = (
        with_breaks(limits.problem, limits.agent, limits.on_breaks(shift.day), shift, worth)
        for shift in shifts
    )
    return min(placed, key=lambda duty: (limits.excess((*others, duty)), -worth_of(worth, duty), duty.start))


def with_breaks(
    problem: Problem, agent: Agent, limits: Sequence[BreakLimit], shift: Duty, worth: Worth
) -> Duty:
    """The shift with its breaks where they are least illegal and lose the least worth.

    Parameters
    ----------
    limits
        Those on the agent's breaks on that day.
    shift
        Without breaks.
    """
    best, least = shift, None
    for tried, breaks in enumerate(_by_loss(problem, agent, shift, worth)):
        duty = shift.model_copy(update={"breaks": breaks})
        excess = break_excess(problem, agent, limits, duty)
        if least is None or excess < least:
            best, least = duty, excess
        if not excess or tried >= MOST_TRIED:
            break
    return best


def break_excess(problem: Problem, agent: Agent, limits: Sequence[BreakLimit], duty: Duty) -> int:
    """How far the breaks of a duty are beyond the limits on them."""
    return sum(
        limit.excess_of(problem, agent, duty)
        for limit in limits
        if not limit.templates or duty.template in limit.templates
    )


def _by_loss(problem: Problem, agent: Agent, shift: Duty, worth: Worth) -> Iterator[tuple[PlacedBreak, ...]]:
    """Placements of the breaks that do not overlap, the one that loses the least worth first.

    Best first: each choice of starts leads on to those that are one step worse in one break.
    """
    pauses = breaks_of(problem, shift)
    starts = [_starts(problem, agent, shift, pause, worth) for pause in pauses]
    first = (0,) * len(pauses)
    queue = [(sum(choice[0][0] for choice in starts), first)]
    seen = {first}
    while queue:
        _, chosen = heappop(queue)
        at = [choice[place][1] for choice, place in zip(starts, chosen, strict=True)]
        placed = sorted(zip(at, pauses, strict=True), key=lambda one: one[0])
        if all(start + pause.length_minutes <= later for (start, pause), (later, _) in pairwise(placed)):
            yield tuple(_placed(pause, start) for start, pause in placed)
        for place in range(len(pauses)):
            beyond = (*chosen[:place], chosen[place] + 1, *chosen[place + 1 :])
            if beyond[place] < len(starts[place]) and beyond not in seen:
                seen.add(beyond)
                lost = sum(choice[at][0] for choice, at in zip(starts, beyond, strict=True))
                heappush(queue, (lost, beyond))


def _starts(problem: Problem, agent: Agent, shift: Duty, pause: Break, worth: Worth) -> list[tuple[int, int]]:
    """The worth that is lost and the start, for every start of a break in its window, the least first."""
    first, last = start_window(problem, agent, shift, pause)
    length = pause.length_minutes
    inside = [
        at
        for at in range(first, last + 1, pause.step_minutes)
        if shift.start <= at and at + length <= shift.end
    ]
    inside = inside or [max(shift.start, min(first, shift.end - length))]
    middle = (first + last) / 2
    return sorted(
        ((worth_between(worth, at, at + length), at) for at in inside),
        key=lambda one: (one[0], abs(one[1] - middle)),
    )


def _placed(pause: Break, start: int) -> PlacedBreak:
    return PlacedBreak(name=pause.name, start=start, length_minutes=pause.length_minutes, paid=pause.paid)
