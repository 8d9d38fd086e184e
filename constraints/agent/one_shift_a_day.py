"""One shift a day."""

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from scheduler.domain.outcome import Violation
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.model.limits import Limit, Total
from scheduler.model.rule import AgentRule
from scheduler.model.verbs import Worked
from scheduler.model.walks import dates_meant
from scheduler.texts import text


class OneShiftADay(AgentRule):
    """Nobody starts more than ``max_shifts`` shift on a day."""

    is_one_duty_a_day: ClassVar[bool] = True

    kind: Literal["one_shift_a_day"] = "one_shift_a_day"
    max_shifts: Literal[1] = Field(
        default=1, description="Only 1 is planned with: an agent's day is one duty or none."
    )

    def limits(self, problem: Problem) -> Iterator[Limit]:
        worked = Worked()
        days = [(day,) for day in self.scope.days(problem)]
        for agent in self.scope.covered_agents(problem):
            for day in days:
                yield Total(agent.name, of=worked, on=day, at_most=self.max_shifts)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = set(dates_meant(problem, self.scope))
        for agent in self.scope.covered_agents(problem):
            starts = Counter(duty.day for duty in roster.of(agent.name))
            for day, shifts in starts.items():
                on = problem.grid.date(day)
                if shifts > self.max_shifts and on in meant:
                    yield self.violation(
                        shifts - self.max_shifts,
                        text(
                            "{agent} starts {shifts} shifts on {on}", agent=agent.name, shifts=shifts, on=on
                        ),
                        agent=agent.name,
                        days=(day,),
                    )
