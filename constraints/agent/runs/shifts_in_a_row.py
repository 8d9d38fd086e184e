"""Number of shifts of some templates on days in a row."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import Names, OneOrMore
from scheduler.domain.values.words import counted, either
from scheduler.model.calendar.history import templates_worked
from scheduler.model.calendar.runs import rows_of_work
from scheduler.model.calendar.walks import dates_meant, numbers, of_dates_meant, rows_out_of_bounds
from scheduler.model.limits.kinds import Limit
from scheduler.model.limits.verbs import OfTemplate
from scheduler.model.rules.rule import EVERY_DAY_SCOPE, AgentRule
from scheduler.model.rules.words import bounds
from scheduler.texts import text


class ShiftsInARow(AgentRule):
    """Shifts of ``templates`` come ``at_least`` to ``at_most`` in a row.

    A run that touches the end of the horizon, or its start when nothing is known of the time before, may be
    longer than what is seen, and is not held against the least; nor is one that meets a day away. Of the
    history only shifts count whose template is known.
    """

    template_fields = ("templates",)
    scope_fields = EVERY_DAY_SCOPE

    kind: Literal["shifts_in_a_row"] = "shifts_in_a_row"
    templates: Names = Field(
        min_length=1,
        examples=[["Night"]],
        description="Names of shift templates; shifts of any of them make one row.",
    )
    at_least: OneOrMore | None = Field(
        default=None, description="Least of these shifts in a row, once there is one; null is no limit."
    )
    at_most: OneOrMore | None = Field(
        default=None, examples=[2], description="Most of these shifts in a row; null is no limit."
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return text(
            "Shifts of {templates} come {asked} in a row.",
            templates=either(self.templates),
            asked=bounds(self.at_least, self.at_most),
        )

    @property
    def looks_back_days(self) -> int:
        return max(super().looks_back_days, 1 + max(self.at_least or 0, self.at_most or 0))

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A rule with neither bound."""
        if self.at_least is None and self.at_most is None:
            yield self.bounds_nothing("at_most", text("Give the fewest shifts, the most shifts, or both."))

    def limits(self, problem: Problem) -> Iterator[Limit]:
        def held(agent: Agent) -> frozenset[int]:
            return frozenset(day for day, name in templates_worked(problem, agent) if name in self.templates)

        of = OfTemplate(frozenset(self.templates))
        return rows_of_work(problem, self.scope, of, self.at_least, self.at_most, held)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = dates_meant(problem, self.scope)
        first = problem.grid.first_day
        for agent in self.scope.covered_agents(problem):
            worked = {
                past.day for past in agent.history if past.template in self.templates and past.day < first
            }
            worked |= {
                problem.grid.date(duty.day)
                for duty in roster.of(agent.name)
                if duty.template in self.templates
            }
            dates = of_dates_meant(problem, sorted(worked), meant)
            for run, amount in rows_out_of_bounds(problem, agent, dates, meant, self.at_least, self.at_most):
                yield self.violation(
                    amount,
                    text(
                        "{agent} works {shifts} of these in a row, {first} to {last}; the rule asks for "
                        "{asked}",
                        agent=agent.name,
                        shifts=counted(len(run), "shift"),
                        first=run[0],
                        last=run[-1],
                        asked=bounds(self.at_least, self.at_most),
                    ),
                    agent=agent.name,
                    days=numbers(problem, run),
                )
