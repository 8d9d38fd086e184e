"""Duties placed one after the other: those that are typed into a roster, and those that change hands.

One rule for both, so that a swap costs what it costs once it is typed: a duty that somebody gives up keeps
its breaks, where the one who takes it may have them; any other is placed where staff is missing.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from scheduler.changes.proposals.placement import OwnLimits, best_duty
from scheduler.changes.proposals.worth import Worth, summed
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.roster import Duty, Roster
from scheduler.model.rules.book import RuleBook
from scheduler.verifier import count_coverage


class SequentialPlacement:
    """A roster that duties are added to.

    Parameters
    ----------
    roster
        Without the days that change.
    given_up
        Duties that people had on those days.
    """

    def __init__(
        self, problem: Problem, rules: RuleBook, roster: Roster, given_up: Iterable[Duty] = ()
    ) -> None:
        self.problem, self.rules, self.roster = problem, rules, roster
        self.duties = list(roster.duties)
        self._given_up = list(given_up)
        self._limits: dict[str, OwnLimits] = {}
        self._missing: dict[str, list[int]] | None = None
        self._superfluous: dict[str, list[int]] = {}

    def place(self, agent: Agent, shifts: Sequence[Duty]) -> Duty:
        """Add the least illegal of some shifts, and of those the one of most worth.

        Parameters
        ----------
        shifts
            At least one, each a duty of the agent without breaks.
        """
        others = tuple(duty for duty in self.duties if duty.agent == agent.name)
        duty = self._taken_over(agent, shifts, others) or self._best(agent, shifts, others)
        self.duties.append(duty)
        if self._missing is not None:
            self._count(self._missing, agent, duty)
        return duty

    def _taken_over(self, agent: Agent, shifts: Sequence[Duty], others: tuple[Duty, ...]) -> Duty | None:
        """One of the shifts with the breaks that it had with somebody else, where that is no worse."""
        limits = self._own(agent)
        for given in self._given_up:
            if given.agent == agent.name:
                continue
            theirs = given.model_copy(update={"agent": agent.name})
            bare = theirs.model_copy(update={"breaks": ()})
            if bare not in shifts:
                continue
            excess = limits.excess((*others, theirs))
            if not excess or excess <= limits.excess((*others, self._best(agent, [bare], others))):
                self._given_up.remove(given)
                return theirs
        return None

    def _best(self, agent: Agent, shifts: Sequence[Duty], others: tuple[Duty, ...]) -> Duty:
        return best_duty(self._own(agent), shifts, others, self._worth(agent))

    def _own(self, agent: Agent) -> OwnLimits:
        if agent.name not in self._limits:
            self._limits[agent.name] = OwnLimits.of(self.problem, self.rules, agent)
        return self._limits[agent.name]

    def _worth(self, agent: Agent) -> Worth:
        """What each minute of the agent is worth: the dearest missing staff, or less than nothing."""
        if self._missing is None:
            coverage = count_coverage(self.problem, self.rules, self.roster)
            self._missing = {skill: list(minutes) for skill, minutes in coverage.missing.items()}
            for duty in self.duties[len(self.roster.duties) :]:
                self._count(self._missing, self.problem.agent_named[duty.agent], duty)
            self._superfluous = {skill: list(minutes) for skill, minutes in coverage.superfluous.items()}
        prices = [self.problem.skill_named[skill] for skill in agent.skills if skill in self._missing]
        by_interval = [
            max(
                (
                    skill.missing_price
                    if self._missing[skill.name][interval]
                    else -skill.superfluous_price
                    if self._superfluous[skill.name][interval]
                    else 0
                    for skill in prices
                ),
                default=0,
            )
            for interval in range(self.problem.grid.intervals)
        ]
        return summed(np.repeat(np.array(by_interval, np.int64), self.problem.grid.interval_minutes))

    def _count(self, missing: dict[str, list[int]], agent: Agent, duty: Duty) -> None:
        """Take a placed duty off what is missing, on the skill of the agent that misses most."""
        length = self.problem.grid.interval_minutes
        for start, end in duty.stretches():
            for interval in range(
                max(0, start // length), min(self.problem.grid.intervals, -(-end // length))
            ):
                minutes = min(end, (interval + 1) * length) - max(start, interval * length)
                short = [missing[skill] for skill in agent.skills if skill in missing]
                if short:
                    most = max(short, key=lambda row: row[interval])
                    most[interval] = max(0, most[interval] - minutes)
