"""Takes back the changes of a repaired roster, one after another, the least worthwhile first.

A repaired roster and the one it comes from differ on some days of some people. Each step restores one
day, or all changed days, of one person: the legal step that costs least per day restored. The rosters in
between are good ones with fewer and fewer changes, and a change is worth what taking it back costs. Changes
that pay only together are taken back late. What few changes buy is found in the opposite direction, from the
old roster to the new one, the most worthwhile change first.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.roster import Roster
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.roster_arrays import FREE, Snapshot, roster_of, snapshot_of
from scheduler.engine.kernel.arrays import BoolArray, Int32Array
from scheduler.engine.local_search.roster_state import RosterState
from scheduler.model import RuleBook

AgentDays = tuple[int, tuple[int, ...]]
"""An agent, and days of theirs."""
ILLEGAL = float("inf")


@dataclass(frozen=True)
class FewerChanges:
    """A legal roster on the way back: how many people's days differ, and its cost in sixtieths of a cent."""

    changed_days: int
    cost: int
    snapshot: Snapshot


@dataclass(eq=False)
class Reversal:
    """The way back to one roster.

    Parameters
    ----------
    rules
        Costs are those of this book.
    base
        The roster that changes are counted from.
    """

    problem: Problem
    rules: RuleBook
    base: Roster
    instance: Instance = field(init=False)

    def __post_init__(self) -> None:
        self.instance = compile_instance(self.problem, self.rules)
        self.state = RosterState(self.instance, WeekAutomata.of(self.instance), 0)
        self.old = snapshot_of(self.instance, self.base)
        columns = (self.instance.options.template, self.instance.options.clock, self.instance.options.elapsed)
        self._shift = np.unique(np.stack(columns, axis=1), axis=0, return_inverse=True)[1].reshape(-1)

    def rosters(self, roster: Roster) -> Iterator[FewerChanges]:
        """Legal rosters with fewer and fewer changes, from this one on."""
        here = snapshot_of(self.instance, roster)
        cost = self._cost(here)
        queue: list[tuple[float, AgentDays]] = []
        if cost < ILLEGAL:
            yield FewerChanges(int(self.changed(here).sum()), int(cost) // self.instance.parts, here)
        for agent in np.flatnonzero(self.changed(here).any(axis=1)).tolist():
            self._ask(queue, here, cost, agent)
        while queue:
            _, part = heapq.heappop(queue)
            worth, then = self._without(here, cost, part)
            if worth == ILLEGAL or (queue and worth > queue[0][0]):
                if worth < ILLEGAL:
                    heapq.heappush(queue, (worth, part))
                continue
            here, cost = then, self._cost(then)
            queue = [one for one in queue if one[1][0] != part[0]]
            heapq.heapify(queue)
            self._ask(queue, here, cost, part[0])
            yield FewerChanges(int(self.changed(here).sum()), int(cost) // self.instance.parts, here)

    def onward(self, roster: Roster, most: int) -> Iterator[FewerChanges]:
        """Legal rosters with more and more changes, at most so many, from the old one on while one pays."""
        goal, here = snapshot_of(self.instance, roster), self.old
        cost = self._cost(here)
        queue = [
            (float("-inf"), (agent, part))
            for agent in np.flatnonzero(self.changed(goal).any(axis=1)).tolist()
            for part in _parts(self.changed(goal)[agent])
        ]
        while queue and cost < ILLEGAL:
            _, (agent, days) = heapq.heappop(queue)
            left = tuple(day for day in days if not self.changed(here)[agent, day])
            if not left or self.changed(here).sum() + len(left) > most:
                continue
            worth, then = self._as_in(goal, here, cost, (agent, left))
            if worth == ILLEGAL or worth >= 0:
                continue
            if queue and worth > queue[0][0]:
                heapq.heappush(queue, (worth, (agent, left)))
                continue
            here, cost = then, self._cost(then)
            yield FewerChanges(int(self.changed(here).sum()), int(cost) // self.instance.parts, here)

    def roster(self, found: FewerChanges) -> Roster:
        """One of them as duties."""
        return roster_of(self.instance, found.snapshot)

    def worth(self, roster: Roster) -> dict[tuple[str, int], int | None]:
        """What taking back each change alone would cost; ``None`` where that is not legal."""
        here = snapshot_of(self.instance, roster)
        cost = self._cost(here)
        names = [agent.name for agent in self.problem.agents]
        worths: dict[tuple[str, int], int | None] = {}
        for agent, day in np.argwhere(self.changed(here)).tolist():
            worth, _ = self._without(here, cost, (agent, (day,)))
            worths[names[agent], day] = None if worth == ILLEGAL else round(worth)
        return worths

    def changed(self, here: Snapshot) -> BoolArray:
        """Which days differ in more than their breaks, shape (agents, days)."""
        shifts = np.append(self._shift, FREE)
        return np.asarray(shifts[here.option] != shifts[self.old.option])

    def _ask(self, queue: list[tuple[float, AgentDays]], here: Snapshot, cost: float, agent: int) -> None:
        for part in _parts(self.changed(here)[agent]):
            worth, _ = self._without(here, cost, (agent, part))
            if worth < ILLEGAL:
                heapq.heappush(queue, (worth, (agent, part)))

    def _without(self, here: Snapshot, cost: float, part: AgentDays) -> tuple[float, Snapshot]:
        """What the roster without these changes costs more for each of them, and that roster."""
        return self._as_in(self.old, here, cost, part)

    def _as_in(self, other: Snapshot, here: Snapshot, cost: float, part: AgentDays) -> tuple[float, Snapshot]:
        """What a roster costs more for each of these days once they are as in another, and that roster."""
        agent, days = part
        on = list(days)
        then = Snapshot(here.option.copy(), here.order.copy(), here.at.copy())
        for name in ("option", "order", "at"):
            mine: Int32Array = getattr(then, name)
            mine[agent, on] = getattr(other, name)[agent, on]
        return (self._cost(then) - cost) / len(on), then

    def _cost(self, roster: Snapshot) -> float:
        """True cost; infinite where it is not legal."""
        self.state.go_back(roster)
        cost = self.state.cost()
        return float(cost.total) if cost.is_legal else ILLEGAL


def _parts(changed: BoolArray) -> list[tuple[int, ...]]:
    """Each changed day of an agent alone, and all of them together."""
    days = tuple(np.flatnonzero(changed).tolist())
    return sorted({(day,) for day in days} | ({days} if days else set()))
