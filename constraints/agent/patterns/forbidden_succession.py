"""No morning after a night."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import Names
from scheduler.domain.values.words import either, together
from scheduler.model.calendar.history import templates_worked
from scheduler.model.calendar.walks import ONE_DAY, dates_meant, numbers
from scheduler.model.limits.kinds import Limit, Pair, Total
from scheduler.model.limits.verbs import OfTemplate
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import text


class ForbiddenSuccession(AgentRule):
    """After a shift of ``first``, ``days_between`` days pass before one of ``then`` (1: not on the next day).

    The rule is held against the day of the later shift, so history bars the first days of the horizon.
    A day away is no shift, and lies between two others as any day does.
    """

    template_fields = ("first", "then")
    rests_between = True
    breaks_for_good = "times"
    days_back_field = "days_between"

    kind: Literal["forbidden_succession"] = "forbidden_succession"
    first: Names = Field(
        min_length=1, examples=[["Night"]], description="Names of the earlier shift's templates."
    )
    then: Names = Field(min_length=1, examples=[["Day"]], description="Names of the later shift's templates.")
    days_between: int = Field(
        default=1,
        ge=1,
        le=14,
        description="Days that must lie between the two shifts; 1 bars the next day only.",
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        bar = (
            text("the next day")
            if self.days_between == 1
            else text("within {days_between} days", days_between=self.days_between)
        )
        return text(
            "No {then} {bar} after {first}.",
            then=either(self.then),
            bar=bar,
            first=either(self.first),
        )

    def limits(self, problem: Problem) -> Iterator[Limit]:
        first, then = OfTemplate(frozenset(self.first)), OfTemplate(frozenset(self.then))
        later_days = self.scope.days(problem)
        pairs = [
            (day - apart, day)
            for day in later_days
            for apart in range(1, self.days_between + 1)
            if day - apart >= 0
        ]
        for agent in self.scope.covered_agents(problem):
            for day, later in pairs:
                yield Pair(agent.name, first, day, then, later)
            past = {day for day, template in templates_worked(problem, agent) if template in self.first}
            for day in sorted(past):
                for later in range(max(0, day + 1), day + self.days_between + 1):
                    if later in later_days:
                        yield Total(agent.name, of=then, on=(later,), at_most=0)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = set(dates_meant(problem, self.scope))
        for agent in self.scope.covered_agents(problem):
            on_date = _templates_by_date(problem, agent, roster)
            for on, templates in on_date.items():
                if on not in meant or templates.isdisjoint(self.then):
                    continue
                for apart in range(1, self.days_between + 1):
                    before = on - apart * ONE_DAY
                    if not on_date.get(before, set()).isdisjoint(self.first):
                        yield self.violation(
                            1,
                            text(
                                "{agent} works {templates} on {on}, after {earlier} on {one}",
                                agent=agent.name,
                                templates=together(sorted(templates)),
                                on=on,
                                earlier=together(sorted(on_date[before])),
                                one=before,
                            ),
                            agent=agent.name,
                            days=numbers(problem, [before, on]),
                        )


def _templates_by_date(problem: Problem, agent: Agent, roster: Roster) -> dict[date, set[str]]:
    """Shift templates worked on each date, those before the horizon too."""
    on_date: dict[date, set[str]] = defaultdict(set)
    for past in agent.history:
        if past.template is not None and past.day < problem.grid.first_day:
            on_date[past.day].add(past.template)
    for duty in roster.of(agent.name):
        on_date[problem.grid.date(duty.day)].add(duty.template)
    return dict(on_date)
