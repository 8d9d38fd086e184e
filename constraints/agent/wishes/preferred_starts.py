"""Starts that agents like."""

from collections.abc import Iterator
from typing import Literal

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.model.calendar.walks import dates_meant, wall_clock
from scheduler.model.limits.kinds import Limit, Total
from scheduler.model.limits.verbs import StartsOutside
from scheduler.model.rules.rule import spoken
from scheduler.model.rules.wishes import WishRule
from scheduler.texts import marked, text


class PreferredStarts(WishRule):
    """Everyone starts at a time that they like, where they named any."""

    heeds = (("agents.preferred_starts", marked("preferred starts are")),)

    kind: Literal["preferred_starts"] = "preferred_starts"

    def limits(self, problem: Problem) -> Iterator[Limit]:
        days = [(day,) for day in self.scope.days(problem)]
        for agent in self.scope.covered_agents(problem):
            outside = StartsOutside(agent.preferred_starts)
            for day in days if agent.preferred_starts else ():
                yield Total(agent.name, of=outside, on=day, at_most=0, price=self.price_for(agent))

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = set(dates_meant(problem, self.scope))
        for agent in self.scope.covered_agents(problem):
            liked = {clock for first, last in agent.preferred_starts for clock in range(first, last + 1)}
            for duty in roster.of(agent.name) if agent.preferred_starts else ():
                on, clock = problem.grid.date(duty.day), wall_clock(problem, agent, duty)
                if on in meant and clock not in liked:
                    yield self.violation(
                        1,
                        text(
                            "{agent} starts at {clock} on {on}, a time not asked for",
                            agent=agent.name,
                            clock=spoken("clock", clock),
                            on=on,
                        ),
                        agent=agent.name,
                        days=(duty.day,),
                        price=self.price_for(agent),
                    )
