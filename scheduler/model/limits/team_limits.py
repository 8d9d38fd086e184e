"""The kinds of limit on several agents: how many are there at a time, how many on a day, who has how much.

``excess`` is each kind's definition, counted over intervals and day numbers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.grid import Span
from scheduler.model.limits.agent_limits import amount_on, beyond
from scheduler.model.limits.verbs import Verb

Level = tuple[int, int, int]
"""A span of time in which as many agents are there from its start to its end: start, end, agents."""
Allocated = Mapping[str, Sequence[Level]]
"""By skill, the agents allocated to it: levels in order of time that leave out no minute of the horizon."""


@dataclass(frozen=True, slots=True)
class Staffing:
    """The number of agents at work, or on a break, is bounded in every interval.

    Parameters
    ----------
    skill
        Counted are the agents allocated to this skill. All limits that name a skill share one
        allocation, chosen so that the staffing cost is least.
    agents
        Counted are those of these agents who are at work, on whatever skill (``skill`` is then ``None``).
    at_least, at_most
        One number per interval; ``None`` is no limit.
    price
        Cents per agent-hour beyond, where it is not the rule's.
    counted
        Whether agents are counted while they work or while they are on a break; who is on a break is
        allocated to no skill.
    may_be_missed
        Whether it is priced also where the rule is a must.
    is_placed
        Whether its numbers are one way of many to place the deferred work of the skill: rosters are judged by
        the cheapest way, and these are where a search begins.
    """

    skill: str | None = None
    agents: tuple[str, ...] = ()
    at_least: tuple[int, ...] | None = None
    at_most: tuple[int | None, ...] | None = None
    price: int | None = None
    counted: Literal["at work", "on break"] = "at work"
    may_be_missed: bool = False
    is_placed: bool = False

    def __post_init__(self) -> None:
        if self.skill is not None and self.counted == "on break":
            raise ValueError("who is on a break serves no skill; count the breaks of agents")

    def excess(self, problem: Problem, roster: Roster, allocated: Allocated | None = None) -> int:
        """Agent-minutes beyond the limit.

        Parameters
        ----------
        allocated
            Who serves which skill; not needed where no agent of the limit's skill holds another one.

        Raises
        ------
        ValueError
            If it is needed and not there.
        """
        if self.skill is not None and allocated is not None:
            levels: Iterable[Level] = allocated[self.skill]
        else:
            levels = self.levels(problem, roster)
        width = problem.grid.interval_minutes
        return sum(
            self._beyond(interval, agents) * (min(end, (interval + 1) * width) - max(start, interval * width))
            for start, end, agents in levels
            for interval in range(start // width, -(-end // width))
        )

    def levels(self, problem: Problem, roster: Roster) -> Iterator[Level]:
        """How many of those who are counted are there, from moment to moment."""
        return _levels(problem, self._spans(problem, roster))

    def _beyond(self, interval: int, agents: int) -> int:
        at_least = None if self.at_least is None else self.at_least[interval]
        return beyond(agents, at_least, None if self.at_most is None else self.at_most[interval])

    def _counted_agents(self, problem: Problem) -> tuple[str, ...]:
        if self.skill is None:
            return self.agents
        holders = [agent for agent in problem.agents if self.skill in agent.skills]
        if any(len(agent.skills) > 1 for agent in holders):
            raise ValueError(f'agents of several skills hold "{self.skill}"; say who is allocated to it')
        return tuple(agent.name for agent in holders)

    def _spans(self, problem: Problem, roster: Roster) -> Iterator[Span]:
        """When each agent counts; the breaks of duties from before the horizon are not known."""
        for name in self._counted_agents(problem):
            if self.counted == "on break":
                yield from ((pause.start, pause.end) for duty in roster.of(name) for pause in duty.breaks)
            else:
                yield from problem.work_reaching_in(problem.agent_named[name])
                yield from (stretch for duty in roster.of(name) for stretch in duty.stretches())


@dataclass(frozen=True, slots=True)
class Headcount:
    """The number of agents for whom a verb holds is bounded on every day.

    Parameters
    ----------
    row
        What reports and certificates call it. Limits of one row have the same ``agents`` and ``of``.
    agents
        Who counts, by name; each counts at most once a day.
    of
        What is asked of an agent's day; gives 0 or 1.
    at_least, at_most
        One number per day of the horizon; ``None`` is no limit.
    price
        Cents per head beyond, where it is not the rule's.
    """

    row: str
    agents: tuple[str, ...]
    of: Verb
    at_least: tuple[int | None, ...] | None = None
    at_most: tuple[int | None, ...] | None = None
    price: int | None = None

    def excess(self, problem: Problem, roster: Roster) -> int:
        """Heads beyond the limit, summed over the days."""
        nothing = (None,) * problem.grid.days
        bounds = zip(self.at_least or nothing, self.at_most or nothing, strict=True)
        return sum(
            beyond(self.heads(problem, roster, day), at_least, at_most)
            for day, (at_least, at_most) in enumerate(bounds)
            if at_least is not None or at_most is not None
        )

    def heads(self, problem: Problem, roster: Roster, day: int) -> int:
        """How many agents count on a day."""
        return sum(amount_on(problem, roster, agent, self.of, day) > 0 for agent in self.agents)


@dataclass(frozen=True, slots=True)
class Beside:
    """One agent is on duty only while some of others are, from the start of a duty to its end.

    Parameters
    ----------
    agent
        Who needs others.
    by
        Of whom ``at_least`` are to be on duty as well.
    on
        Days of the agent's duties that are meant.
    price
        Cents per hour beyond, where it is not the rule's.
    """

    agent: str
    by: tuple[str, ...]
    on: tuple[int, ...]
    at_least: int = 1
    price: int | None = None

    def excess(self, problem: Problem, roster: Roster) -> int:
        """Minutes on duty without them."""
        spans = [[(duty.start, duty.end) for duty in roster.of(name)] for name in self.by]

        def there(minute: int) -> int:
            return sum(any(start <= minute < end for start, end in mine) for mine in spans)

        return sum(
            there(minute) < self.at_least
            for duty in roster.of(self.agent)
            if duty.day in self.on
            for minute in range(duty.start, duty.end)
        )


@dataclass(frozen=True, slots=True)
class Balance:
    """The sum of a verb over days, of each of some agents, lies near the sums of the others.

    Parameters
    ----------
    agents
        Between whom, by name; at least one.
    of, on
        What is summed for each of them, and over which days.
    carried_in
        What each brings along from before the horizon, in the order of ``agents``; empty is nothing.
    price
        Cents per unit beyond, where it is not the rule's.
    """

    agents: tuple[str, ...]
    of: Verb
    on: tuple[int, ...]
    carried_in: tuple[int, ...] = ()
    price: int | None = None

    def totals(self, problem: Problem, roster: Roster) -> tuple[int, ...]:
        """The sum of each agent, in the order of ``agents``."""
        return tuple(
            before + sum(amount_on(problem, roster, agent, self.of, day) for day in self.on)
            for agent, before in zip(self.agents, self.carried_in or (0,) * len(self.agents), strict=True)
        )

    def excess(self, problem: Problem, roster: Roster) -> int:
        """How far the roster is beyond the limit; 0 when it is kept."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Range(Balance):
    """The largest sum exceeds the smallest by at most ``at_most``."""

    at_most: int = 0

    def excess(self, problem: Problem, roster: Roster) -> int:
        totals = self.totals(problem, roster)
        return max(0, max(totals) - min(totals) - self.at_most)


@dataclass(frozen=True, slots=True)
class Share(Balance):
    """Nobody's sum lies far from the share that is due of what all sum up to.

    Parameters
    ----------
    weights
        How much is due to each, in the order of ``agents``, none below zero and not all zero; empty is the
        same for everyone. The share is that part of what all sum up to, which need not be a whole number.
    at_most
        So far from the share is free of charge, above it and below.
    step
        Each step of this length beyond that counts 1, and so does one that is only begun.
    """

    weights: tuple[int, ...] = ()
    at_most: int = 0
    step: int = 1

    def excess(self, problem: Problem, roster: Roster) -> int:
        totals = self.totals(problem, roster)
        weights = self.weights or (1,) * len(totals)
        together, whole = sum(totals), sum(weights)
        # all of it times the weights' sum, so that it is whole numbers
        away = (abs(whole * total - together * weight) for total, weight in zip(totals, weights, strict=True))
        return sum(max(0, -((self.at_most * whole - far) // (self.step * whole))) for far in away)


def _levels(problem: Problem, spans: Iterator[Span]) -> Iterator[Level]:
    """How many of the spans hold each minute of the horizon."""
    end = problem.grid.minutes
    changes: dict[int, int] = defaultdict(int, {0: 0, end: 0})
    for begin, until in spans:
        if max(begin, 0) < min(until, end):
            changes[max(begin, 0)] += 1
            changes[min(until, end)] -= 1
    there = 0
    for since, until in pairwise(sorted(changes)):
        there += changes[since]
        yield since, until, there
