"""One shift a day."""

from collections import Counter
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.model.calendar.walks import dates_meant
from scheduler.model.limits.kinds import Limit, Total
from scheduler.model.limits.verbs import Worked
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import text


class OneShiftADay(AgentRule):
    """Nobody starts more than ``max_shifts`` shift on a day.

    Outside of their employment nobody starts any: the day holds no shift then.
    """

    is_one_duty_a_day = True
    may_give_way = False

    kind: Literal["one_shift_a_day"] = "one_shift_a_day"
    max_shifts: Literal[1] = Field(
        default=1, description="Only 1 is planned with: an agent's day is one duty or none."
    )

    def limits(self, problem: Problem) -> Iterator[Limit]:
        worked = Worked()
        days = [(day,) for day in self.scope.days(problem)]
        for agent in self.scope.covered_agents(problem):
            for day in days:
                employed = agent.is_employed_on(problem.grid.date(day[0]))
                yield Total(agent.name, of=worked, on=day, at_most=self.max_shifts if employed else 0)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = set(dates_meant(problem, self.scope))
        for agent in self.scope.covered_agents(problem):
            starts = Counter(duty.day for duty in roster.of(agent.name))
            for day, shifts in starts.items():
                on = problem.grid.date(day)
                employed = agent.is_employed_on(on)
                over = shifts - (self.max_shifts if employed else 0)
                if over > 0 and on in meant:
                    yield self.violation(
                        over,
                        text("{agent} starts {shifts} shifts on {on}", agent=agent.name, shifts=shifts, on=on)
                        if employed
                        else text(
                            "{agent} works on {on}, which is outside of their employment",
                            agent=agent.name,
                            on=on,
                        ),
                        agent=agent.name,
                        days=(day,),
                    )
