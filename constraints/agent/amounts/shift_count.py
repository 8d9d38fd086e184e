"""Number of shifts of some templates."""

from collections.abc import Callable, Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import Names, Times
from scheduler.domain.values.words import counted, either, from_to_days
from scheduler.model.calendar.history import templates_worked
from scheduler.model.calendar.part_walks import Count, PeriodRule, duties_counted
from scheduler.model.calendar.walks import numbers
from scheduler.model.calendar.weeks import totals_per_part
from scheduler.model.limits.kinds import Limit
from scheduler.model.limits.verbs import OfTemplate
from scheduler.model.rules.words import Per, bounds, per_words
from scheduler.texts import text


class ShiftCount(PeriodRule):
    """Everyone works ``at_least`` to ``at_most`` shifts of ``templates`` per ``per``.

    Each day away could have been one of these shifts, so that it lowers the least by one; the most stays.
    """

    template_fields = ("templates",)
    period_field = "per"

    kind: Literal["shift_count"] = "shift_count"
    templates: Names = Field(
        min_length=1,
        examples=[["Night"]],
        description="Names of shift templates; shifts of any of them count.",
    )
    per: Per = "horizon"
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
    def _noun(self) -> str:
        return text("{templates} shift", templates=either(self.templates))

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A rule with neither bound."""
        if self.at_least is None and self.at_most is None:
            yield self.bounds_nothing("at_most", text("Give the fewest shifts, the most shifts, or both."))

    def limits(self, problem: Problem) -> Iterator[Limit]:
        def carried_of(agent: Agent) -> Callable[[tuple[int, ...]], int]:
            past = templates_worked(problem, agent)
            return lambda days: sum(day in days and template in self.templates for day, template in past)

        of = OfTemplate(frozenset(self.templates))
        return totals_per_part(
            problem, self.name, self.scope, self.per, of, self.at_least, self.at_most, carried_of
        )

    def count_of(self, problem: Problem, roster: Roster, agent: Agent) -> Count:
        return duties_counted(
            problem, roster, self.scope, agent, lambda duty: duty.template in self.templates
        )

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        for one, amount, least in self.out_of_bounds(problem, roster, self.at_least, self.at_most):
            yield self.violation(
                amount,
                text(
                    "{agent} works {shifts} {when}; the rule asks for {asked}",
                    agent=one.agent.name,
                    shifts=counted(one.number, self._noun),
                    when=from_to_days(one.first, one.dates[-1]),
                    asked=bounds(least, self.at_most),
                ),
                agent=one.agent.name,
                days=numbers(problem, one.dates),
            )
