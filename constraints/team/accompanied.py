"""Trainees with mentors: who is covered works only while others are there."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.finding import Finding, NamesOnSheet, Place
from scheduler.domain.results.outcome import Coverage, Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import Names, OneOrMore
from scheduler.model.calendar.walks import dates_meant, numbers
from scheduler.model.limits.kinds import Beside, Limit
from scheduler.model.rules.rule import Strength, TeamRule, spoken
from scheduler.texts import text


class Accompanied(TeamRule):
    """Whoever is covered is on duty only while at least ``at_least`` of ``by`` are on duty as well.

    Duties count from their start to their end, breaks included. Those whom ``by`` names need nobody. No
    search plans for it yet: it is reported.
    """

    unit = "hour"
    kind: Literal["accompanied"] = "accompanied"
    strength: Strength = Strength.REPORT
    by: Names = Field(
        examples=[("Bob",)], min_length=1, description="Names of the agents of whom some are to be there."
    )
    at_least: OneOrMore = Field(default=1, description="Least of them on duty at a time.")

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """Names of nobody."""
        known = NamesOnSheet(text("agent"), problem.agent_named, "Agents")
        for place, name in enumerate(self.by):
            if name not in known:
                message, hint = known.unknown(name, self.by)
                yield Finding(place=Place(path=("by", place)), message=message, hint=hint)

    def limits(self, problem: Problem) -> Iterator[Limit]:
        days = self.scope.days(problem)
        for agent in self.scope.covered_agents(problem):
            if agent.name not in self.by and days:
                yield Beside(agent.name, self.by, on=days, at_least=self.at_least)

    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        others = [duty for duty in roster.duties if duty.agent in self.by]
        meant = dates_meant(problem, self.scope)
        for agent in self.scope.covered_agents(problem):
            for duty in roster.of(agent.name) if agent.name not in self.by else ():
                on = problem.grid.date(duty.day)
                edges = {duty.start, duty.end, *(edge for one in others for edge in (one.start, one.end))}
                inside = sorted(edge for edge in edges if duty.start <= edge <= duty.end)
                alone = sum(
                    until - since
                    for since, until in pairwise(inside)
                    if len({one.agent for one in others if one.start <= since and until <= one.end})
                    < self.at_least
                )
                if alone and on in meant:
                    yield self.violation(
                        alone,
                        text(
                            "{agent} is on duty for {alone} on {on} without {by}",
                            agent=agent.name,
                            alone=spoken("minutes", alone),
                            on=on,
                            by=spoken("by", self.by),
                        ),
                        agent=agent.name,
                        days=numbers(problem, [on]),
                    )
