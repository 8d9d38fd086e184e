"""A day off behind work on a Sunday or holiday."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import OneOrMore
from scheduler.model.calendar.history import days_worked
from scheduler.model.calendar.walks import ONE_DAY, counts_the_past, is_named, numbers
from scheduler.model.limits.kinds import Limit, Total
from scheduler.model.limits.verbs import Worked
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import text


class SubstituteDayOff(AgentRule):
    """Whoever works on a day that is meant has no duty on one of the ``within_days`` days behind it.

    The days that are meant are those of the scope, such as Sundays and holidays. One before the horizon
    counts where it is known from the history; one whose days behind it are not all planned is not judged. Two
    such days may have the same day off. A day away is a day without a duty.
    """

    days_back_field = "within_days"

    kind: Literal["substitute_day_off"] = "substitute_day_off"
    within_days: OneOrMore = Field(
        examples=[2], description="Among how many days behind the one that was worked one is off."
    )

    def limits(self, problem: Problem) -> Iterator[Limit]:
        grid, last = problem.grid, problem.grid.days - 1 - self.within_days
        before = range(-self.within_days, 0) if self.scope.reaches_back(problem) else range(0)
        ends = self.scope.last_day
        firsts = [
            day
            for day in before
            if self.scope.selects(grid.date(day)) and (not ends or grid.date(day) <= ends)
        ]
        firsts += self.scope.days(problem)
        for agent in self.scope.covered_agents(problem):
            past = days_worked(problem, agent)
            for first in firsts:
                span = range(first, first + self.within_days + 1)
                known = [day for day in span if day < 0]
                if first <= last and past.issuperset(known):
                    yield Total(
                        agent.name,
                        of=Worked(),
                        on=tuple(day for day in span if day >= 0),
                        at_most=self.within_days,
                        carried_in=len(known),
                    )

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        first_planned = problem.grid.first_day
        end = first_planned + problem.grid.days * ONE_DAY
        looks_back = counts_the_past(problem, self.scope)
        begins = date.min if looks_back else self.scope.first_day or date.min
        for agent in self.scope.covered_agents(problem):
            worked = {duty.day for duty in agent.history if duty.day < first_planned}
            worked = worked if looks_back else set()
            worked |= {problem.grid.date(duty.day) for duty in roster.of(agent.name)}
            for on in sorted(worked):
                behind = [on + i * ONE_DAY for i in range(1, self.within_days + 1)]
                if not begins <= on <= (self.scope.last_day or date.max) or not is_named(self.scope, on):
                    continue
                if first_planned <= behind[-1] < end and worked.issuperset(behind):
                    yield self.violation(
                        1,
                        text(
                            "{agent} works on {on}, and on every day behind it until {last}",
                            agent=agent.name,
                            on=on,
                            last=behind[-1],
                        ),
                        agent=agent.name,
                        days=numbers(problem, [on, *behind]),
                    )
