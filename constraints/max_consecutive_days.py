"""At most so many days of work in a row."""

from collections.abc import Iterator
from typing import Literal

from pydantic import PositiveInt

from scheduler.domain.outcome import Violation
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.model.history import days_worked_in_a_row
from scheduler.model.limits import Limit, Run
from scheduler.model.rule import AgentRule
from scheduler.model.verbs import Worked
from scheduler.model.walks import dates_meant, numbers, stretches, worked_dates


class MaxConsecutiveDays(AgentRule):
    """Nobody works more than ``days`` days in a row."""

    kind: Literal["max_consecutive_days"] = "max_consecutive_days"
    days: PositiveInt

    def limits(self, problem: Problem) -> Iterator[Limit]:
        days = self.scope.days(problem)
        over = tuple((day,) for day in days)
        for agent in self.scope.covered_agents(problem) if days else ():
            yield Run(
                agent.name,
                of=Worked(),
                over=over,
                at_most=self.days,
                carried_in=days_worked_in_a_row(problem, agent) if days[0] == 0 else None,
            )

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = dates_meant(problem, self.scope)
        for agent in self.scope.covered_agents(problem) if meant else ():
            for stretch in stretches(worked_dates(problem, agent, roster, meant)):
                if len(stretch) > self.days and stretch[-1] >= meant[0]:
                    yield self.violation(
                        len(stretch) - self.days,
                        f"{agent.name} works {len(stretch)} days in a row, {stretch[0]} to {stretch[-1]}; "
                        f"at most {self.days} are allowed",
                        agent=agent.name,
                        days=numbers(problem, stretch),
                    )
