"""The limits over several days of each agent, sorted by rule and numbered so that like agents share them."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from scheduler.engine.automata.limit_automata import (
    PairsTracker,
    RunTracker,
    State,
    TotalTracker,
    Tracked,
    Tracker,
    tracked,
)
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.limit_records import MultiDayLimit
from scheduler.model import Gap, Pair
from scheduler.model.limits.kinds import AgentLimit
from scheduler.model.limits.verbs import Verb, Worked

NO_HISTORY = -(1 << 24)
"""An instant before any history, in minutes."""


@dataclass(frozen=True)
class Asked:
    """What a limit asks of an agent, apart from what happened before the horizon.

    Parameters
    ----------
    verbs
        Whose amounts the tracker reads, in order.
    bound
        What the tracker counts from: agents with other bounds begin in another state of the same automaton.
    price
        Per unit of excess, in sixtieths of a cent; ``None`` for a must.
    """

    verbs: tuple[Verb, ...]
    tracker: Tracker
    bound: int
    price: int | None


@dataclass(eq=False)
class Limits:
    """The limits over several days of every rule whose limits automata can carry for everybody.

    Parameters
    ----------
    rules
        Names of these rules.
    rest, apart
        Of each agent: minutes from the end, and from the start, of a duty to the next.
    ready
        Of each agent: the instant before which the first duty may not begin.
    of_agent
        For each agent and rule: places in ``asked``, each with the progress with which the agent begins.
    asked
        Everything that is asked of somebody, each once.
    """

    rules: tuple[str, ...]
    rest: list[int]
    apart: list[int]
    ready: list[int]
    of_agent: list[dict[str, list[tuple[int, State]]]]
    asked: list[Asked] = field(default_factory=list)
    _place: dict[Asked, int] = field(default_factory=dict)
    _known: dict[tuple[AgentLimit, int | None], tuple[int, State] | None] = field(default_factory=dict)

    @classmethod
    def of(cls, instance: Instance) -> "Limits":
        """The limits of a problem."""
        agents = instance.agents
        limits = cls((), [0] * agents, [0] * agents, [NO_HISTORY] * agents, [{} for _ in range(agents)])
        multi_day = [one for mine in instance.multi_day_limits for one in mine]
        days = set(range(instance.problem.grid.days))
        barred = {one.rule for one in multi_day if not limits._can_carry(one, days)}
        limits.rules = tuple(dict.fromkeys(one.rule for one in multi_day if one.rule not in barred | {""}))
        for agent, mine in enumerate(instance.multi_day_limits):
            limits._take(agent, [one for one in mine if one.rule not in barred])
        return limits

    def _can_carry(self, multi_day: MultiDayLimit, days: set[int]) -> bool:
        match multi_day.limit:
            case Gap(on=on, after=after, in_a_row=in_a_row):
                return multi_day.price is None and not in_a_row and after == Worked() and days <= set(on)
            case Pair(first_day=first_day, then_day=then_day):
                return first_day < then_day
            case _:
                return self._number(multi_day) is not None

    def _take(self, agent: int, multi_day: Sequence[MultiDayLimit]) -> None:
        pairs: dict[tuple[str, int | None], list[Pair]] = defaultdict(list)
        mine = self.of_agent[agent]
        for one in multi_day:
            if isinstance(one.limit, Gap):
                self._keep_apart(agent, one.limit)
            elif isinstance(one.limit, Pair):
                pairs[one.rule, one.price].append(one.limit)
            elif (numbered := self._number(one)) is not None:
                mine.setdefault(one.rule, []).append(numbered)
        for (rule, price), limits in pairs.items():
            found = PairsTracker.of_limits(limits, must=price is None)
            mine.setdefault(rule, []).append(self._place_of(found, price))

    def _number(self, multi_day: MultiDayLimit) -> tuple[int, State] | None:
        """A limit as a place in ``asked`` with the agent's first progress; agents often share both."""
        key = replace(multi_day.limit, agent=""), multi_day.price
        if key not in self._known:
            found = tracked(multi_day.limit, multi_day.price is None)
            self._known[key] = None if found is None else self._place_of(found, multi_day.price)
        return self._known[key]

    def _place_of(self, found: Tracked, price: int | None) -> tuple[int, State]:
        asked = Asked(found.verbs, found.tracker, found.bound, price)
        if asked not in self._place:
            self._place[asked] = len(self.asked)
            self.asked.append(asked)
        return self._place[asked], found.first

    def _keep_apart(self, agent: int, gap: Gap) -> None:
        kept = self.rest if gap.since == "end" else self.apart
        kept[agent] = max(kept[agent], gap.at_least)
        if gap.carried_in is not None:
            self.ready[agent] = max(self.ready[agent], gap.carried_in + gap.at_least)

    def places(self, agent: int, rule: str) -> tuple[int, ...]:
        """The places in ``asked`` of what the rule asks of the agent."""
        return tuple(place for place, _ in self.of_agent[agent].get(rule, ()))

    @cached_property
    def firsts(self) -> dict[tuple[Tracker, int | None], dict[State, int]]:
        """For each tracker and price, whatever it counts: all its first progresses, numbered."""
        firsts: dict[tuple[Tracker, int | None], dict[State, int]] = {}
        of_place = [firsts.setdefault((asked.tracker, asked.price), {}) for asked in self.asked]
        for place, first in {
            one for mine in self.of_agent for multi_day in mine.values() for one in multi_day
        }:
            of_place[place].setdefault(first, len(of_place[place]))
        return firsts

    @cached_property
    def asked_by(self) -> dict[str, set[int]]:
        """Places of all that each rule asks of anybody; rules on rest alone have none."""
        asked_by: dict[str, set[int]] = {rule: set() for rule in self.rules}
        for mine in self.of_agent:
            for rule, multi_day in mine.items():
                asked_by[rule].update(place for place, _ in multi_day)
        return asked_by

    @cached_property
    def verbs(self) -> tuple[Verb, ...]:
        """The verbs of all limits."""
        return tuple(dict.fromkeys(verb for asked in self.asked for verb in asked.verbs))

    def size_of(self, place: int, instance: Instance) -> int:
        """About how many states one limit needs on its own."""
        asked = self.asked[place]
        match asked.tracker:
            case TotalTracker(blocks, _, at_most):
                said = np.unique(instance.amount[instance.column(asked.verbs[0])]).tolist()
                furthest = max(said) * sum(map(len, blocks)) if at_most is None else asked.bound
                return max(0, furthest) // max(1, math.gcd(*said)) + 1
            case RunTracker(_, at_least, at_most):
                return 2 + max(at_least or 0, at_most or 0)
            case _:
                return 2
