"""Not too long at work without a break."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import PositiveMinutes
from scheduler.model.calendar.walks import duties_meant
from scheduler.model.limits.breaks import WorkStretch
from scheduler.model.limits.kinds import Limit
from scheduler.model.rules.rule import AgentRule, spoken
from scheduler.texts import text


class WorkWithoutBreak(AgentRule):
    """Nobody works more than ``at_most_minutes`` without a break, counted from the start and to the end."""

    unit = "hour"
    scope_fields = (*AgentRule.scope_fields, "templates")
    break_fields = ("at_most_minutes",)

    kind: Literal["work_without_break"] = "work_without_break"
    at_most_minutes: PositiveMinutes = Field(
        default=360, description="Most work at a stretch, in minutes; exactly so much is allowed."
    )

    def limits(self, problem: Problem) -> Iterator[Limit]:
        days, templates = self.scope.days(problem), frozenset(self.scope.templates)
        for agent in self.scope.covered_agents(problem) if days else ():
            yield WorkStretch(agent.name, on=days, templates=templates, at_most=self.at_most_minutes)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        for agent, duty, on in duties_meant(problem, self.scope, roster):
            ends = [(pause.start, pause.end) for pause in duty.breaks] + [(duty.end, duty.end)]
            at_work_since = duty.start
            for stops, goes_on in sorted(ends):
                amount = stops - at_work_since - self.at_most_minutes
                if amount > 0:
                    yield self.violation(
                        amount,
                        text(
                            "{agent} works {work} on {on} without a break; {at_most_minutes} is the most",
                            agent=agent.name,
                            work=spoken("minutes", stops - at_work_since),
                            on=on,
                            at_most_minutes=spoken("minutes", self.at_most_minutes),
                        ),
                        agent=agent.name,
                        days=(duty.day,),
                    )
                at_work_since = max(at_work_since, goes_on)
