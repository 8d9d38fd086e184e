"""Time between one break and the next."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Duty, Roster
from scheduler.domain.values.fields import Minutes
from scheduler.model.calendar.walks import duties_meant
from scheduler.model.limits.breaks import BreakGap
from scheduler.model.limits.kinds import Limit
from scheduler.model.rules.rule import AgentRule
from scheduler.model.rules.words import apart_words, bounds
from scheduler.texts import text


class BreakGaps(AgentRule):
    """Between the end of one break and the next are ``at_least_minutes`` to ``at_most_minutes``."""

    unit = "hour"
    scope_fields = (*AgentRule.scope_fields, "templates")
    break_fields = ("at_least_minutes", "at_most_minutes")
    may_give_way = False

    kind: Literal["break_gaps"] = "break_gaps"
    at_least_minutes: Minutes | None = Field(
        default=None,
        examples=[60],
        description="Least minutes from the end of one break to the start of the next; null is no limit. "
        "The time before the first break and after the last is free.",
    )
    at_most_minutes: Minutes | None = Field(
        default=None,
        description="Most minutes from the end of one break to the start of the next; null is no limit.",
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        wanted = bounds(self.at_least_minutes, self.at_most_minutes, "minutes")
        return text("From one break to the next are {wanted}.", wanted=wanted)

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A rule with neither bound."""
        if self.at_least_minutes is None and self.at_most_minutes is None:
            yield self.bounds_nothing(
                "at_least_minutes", text("Give at_least_minutes, at_most_minutes, or both.")
            )

    def limits(self, problem: Problem) -> Iterator[Limit]:
        days, templates = self.scope.days(problem), frozenset(self.scope.templates)
        for agent in self.scope.covered_agents(problem) if days else ():
            yield BreakGap(
                agent.name,
                on=days,
                templates=templates,
                at_least=self.at_least_minutes,
                at_most=self.at_most_minutes,
            )

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        for agent, duty, on in duties_meant(problem, self.scope, roster):
            for gap in _gaps(duty):
                amount = self._outside(gap)
                if amount:
                    yield self.violation(
                        amount,
                        text(
                            "two breaks of {agent} on {on} lie {says} apart; the rule asks for {asked}",
                            agent=agent.name,
                            on=on,
                            says=apart_words(gap),
                            asked=bounds(self.at_least_minutes, self.at_most_minutes, "minutes"),
                        ),
                        agent=agent.name,
                        days=(duty.day,),
                    )

    def _outside(self, gap: int) -> int:
        shortest = self.at_least_minutes or 0  # breaks never overlap
        if gap < shortest:
            return shortest - gap
        if self.at_most_minutes is not None and gap > self.at_most_minutes:
            return gap - self.at_most_minutes
        return 0


def _gaps(duty: Duty) -> Iterator[int]:
    """Minutes from each break's end to the next one's start, walking forward in time."""
    left = list(duty.breaks)
    last = None
    while left:
        coming = min(left, key=lambda pause: pause.start)
        left.remove(coming)
        if last is not None:
            yield coming.start - last.end
        last = coming
