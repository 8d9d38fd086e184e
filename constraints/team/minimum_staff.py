"""The floor of staffing: agents that must be there."""

from collections.abc import Iterator
from typing import Literal

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Coverage, Violation
from scheduler.domain.results.roster import Roster
from scheduler.model.calendar.staffing import demand_meant, masked
from scheduler.model.calendar.walks import dates_meant, intervals_by_date, numbers, sum_over
from scheduler.model.limits.kinds import Limit, Staffing
from scheduler.model.rules.rule import TeamRule, spoken
from scheduler.model.rules.scope import WHEN
from scheduler.texts import marked, text


class MinimumStaff(TeamRule):
    """In no interval are fewer agents at work on a skill than its minimum."""

    unit = "hour"
    scope_fields = ("skills", *WHEN)
    heeds = (("demand.minimum", marked("minimum agents are")),)

    kind: Literal["minimum_staff"] = "minimum_staff"

    def limits(self, problem: Problem) -> Iterator[Limit]:
        for demand in demand_meant(problem, self.scope):
            floor = masked(problem, self.scope, demand.minimum, 0)
            if any(floor):
                yield Staffing(demand.skill, at_least=floor)

    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        by_date = intervals_by_date(problem, dates_meant(problem, self.scope))
        for demand in demand_meant(problem, self.scope):
            for on, intervals in by_date.items():
                short = sum_over(coverage.below_minimum, demand.skill, intervals)
                if short:
                    yield self.violation(
                        short,
                        text(
                            '"{skill}" is {short} of work below its minimum on {on}',
                            skill=demand.skill,
                            short=spoken("minutes", short),
                            on=on,
                        ),
                        days=numbers(problem, [on]),
                    )
