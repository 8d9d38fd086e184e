"""Number of shifts of some templates."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.absence import dates_away, days_away
from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import Names, Times
from scheduler.domain.values.words import counted, either, from_to_days
from scheduler.model.calendar.history import templates_worked
from scheduler.model.calendar.walks import (
    beyond,
    dates_meant,
    dates_of_part,
    duties_of_part,
    is_whole,
    numbers,
    parts_meant,
)
from scheduler.model.calendar.weeks import less, parts_of, total_of
from scheduler.model.limits.kinds import Limit
from scheduler.model.limits.verbs import OfTemplate
from scheduler.model.rules.rule import AgentRule
from scheduler.model.rules.words import MOST_DAYS_OF_MONTH, Per, bounds, per_words
from scheduler.texts import text


class ShiftCount(AgentRule):
    """Everyone works ``at_least`` to ``at_most`` shifts of ``templates`` per ``per``.

    Each day away could have been one of these shifts, so that it lowers the least by one; the most stays.
    """

    template_fields = ("templates",)

    kind: Literal["shift_count"] = "shift_count"
    templates: Names = Field(
        min_length=1,
        examples=[["Night"]],
        description="Names of shift templates; shifts of any of them count.",
    )
    per: Per = Field(
        default="horizon",
        description="What is counted: week is each calendar week, month each calendar month, horizon all the "
        "days meant together.",
    )
    at_least: Times | None = Field(
        default=None,
        description="Least shifts of these; null is no limit. Weeks and months that are "
        "cut are treated as by days_per_week.",
    )
    at_most: Times | None = Field(
        default=None, examples=[3], description="Most shifts of these; null is no limit."
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return text(
            "Everyone works {asked} {when}.",
            asked=bounds(self.at_least, self.at_most, noun=self._noun),
            when=per_words(self.per),
        )

    @property
    def looks_back_days(self) -> int:
        return MOST_DAYS_OF_MONTH if self.per == "month" else super().looks_back_days

    @property
    def _noun(self) -> str:
        return text("{templates} shift", templates=either(self.templates))

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A rule with neither bound."""
        if self.at_least is None and self.at_most is None:
            yield self.bounds_nothing("at_most", text("Give the fewest shifts, the most shifts, or both."))

    def limits(self, problem: Problem) -> Iterator[Limit]:
        parts = parts_of(problem, self.scope, self.per)
        of = OfTemplate(frozenset(self.templates))
        for agent in self.scope.covered_agents(problem):
            past = templates_worked(problem, agent)
            for part in parts:
                carried_in = sum(day in part.before and template in self.templates for day, template in past)
                away = len(days_away(problem, agent).intersection(part.before + part.days))
                at_least = less(self.at_least, away)
                yield from total_of(agent, of, part, at_least, self.at_most, carried_in=carried_in)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = dates_meant(problem, self.scope)
        parts = parts_meant(problem, meant, self.per)
        for agent in self.scope.covered_agents(problem):
            for first, dates in parts.items():
                every = dates_of_part(self.scope, self.per, first, dates)
                past, rostered = duties_of_part(problem, agent, roster, self.scope, every, dates)
                known = sum(duty.template in self.templates for duty in past)
                planned = sum(duty.template in self.templates for duty in rostered)
                whole = is_whole(problem, self.scope, agent, every, dates)
                at_least = less(self.at_least, len(dates_away(problem, agent).intersection(every)))
                amount = beyond(known, planned, at_least if whole else None, self.at_most)
                if amount:
                    yield self.violation(
                        amount,
                        text(
                            "{agent} works {shifts} {when}; the rule asks for {asked}",
                            agent=agent.name,
                            shifts=counted(known + planned, self._noun),
                            when=from_to_days(first, dates[-1]),
                            asked=bounds(at_least, self.at_most),
                        ),
                        agent=agent.name,
                        days=numbers(problem, dates),
                    )
