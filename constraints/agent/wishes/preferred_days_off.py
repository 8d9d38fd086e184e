"""Days that agents would like to have free."""

from collections.abc import Iterator
from typing import Literal

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.model.calendar.walks import dates_meant
from scheduler.model.limits.kinds import Limit, Total
from scheduler.model.limits.verbs import Worked
from scheduler.model.rules.wishes import WishRule
from scheduler.texts import marked, text


class PreferredDaysOff(WishRule):
    """Everyone is off on the dates that they asked for.

    Who is away on such a date does not work on it, which is what was asked for.
    """

    heeds = (("agents.preferred_days_off", marked("preferred days off are")),)

    kind: Literal["preferred_days_off"] = "preferred_days_off"

    def limits(self, problem: Problem) -> Iterator[Limit]:
        days = set(self.scope.days(problem))
        for agent in self.scope.covered_agents(problem):
            for day in sorted({problem.grid.day_index(on) for on in agent.preferred_days_off} & days):
                yield Total(agent.name, of=Worked(), on=(day,), at_most=0, price=self.price_for(agent))

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = set(dates_meant(problem, self.scope))
        for agent in self.scope.covered_agents(problem):
            for duty in roster.of(agent.name):
                on = problem.grid.date(duty.day)
                if on in meant and on in agent.preferred_days_off:
                    yield self.violation(
                        1,
                        text("{agent} works on {on}, a day off asked for", agent=agent.name, on=on),
                        agent=agent.name,
                        days=(duty.day,),
                        price=self.price_for(agent),
                    )
