"""Days of work in any days in a row, or in periods that follow each other from a date on."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.findings.finding import Finding, Place
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.calendar_fields import Day
from scheduler.domain.values.fields import Names, OneOrMore, Times
from scheduler.domain.values.words import counted, either
from scheduler.model.calendar.history import duties_on, templates_worked
from scheduler.model.calendar.walks import beyond, numbers
from scheduler.model.calendar.window_walks import WindowOfDates, periods_back, windows_back
from scheduler.model.calendar.windows import totals_of, windows_of, windows_of_periods
from scheduler.model.limits.kinds import Limit
from scheduler.model.limits.verbs import OfTemplate, Worked
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import text


class DaysInWindow(AgentRule):
    """In any ``window_days`` days in a row everyone works at most ``at_most`` days.

    The days before the horizon belong to it where they are known. What was worked before is held against
    nobody; where it exceeds the bound, nothing more may be worked. A day away is a day without work. Of each
    window that is beyond the bound the excess counts. With ``anchor`` only the periods count that follow each
    other from that date on and before it, such as fortnights; of one that ends behind the horizon its planned
    days.
    """

    template_fields = ("templates",)
    breaks_for_good = "days"
    days_back_field = "window_days"

    kind: Literal["days_in_window"] = "days_in_window"
    window_days: OneOrMore = Field(examples=[4], description="How many days in a row are looked at.")
    at_most: Times | None = Field(
        default=None, examples=[3], description="Most days of work among them; null is no limit."
    )
    at_least_off: Times | None = Field(
        default=None, description="Least days without work among them; null is no limit."
    )
    anchor: Day | None = Field(
        default=None,
        exclude_if=lambda on: on is None,
        description="A local date on which a period of so many days begins, so that only such periods are "
        "looked at; null is any days in a row.",
    )
    templates: Names = Field(
        default=(),
        description="Names of shift templates: only these shifts count as work; empty is all.",
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        days = counted(self.window_days, "day")
        when = (
            text("In any {days} in a row", days=days)
            if self.anchor is None
            else text("In each period of {days} from {anchor} on", days=days, anchor=self.anchor)
        )
        if self.at_most is None:
            off = counted(self.at_least_off or 0, "day")
            return text("{when} everyone has at least {off} off.", when=when, off=off)
        noun = text("{templates} shift", templates=either(self.templates)) if self.templates else "day"
        return text("{when} everyone works at most {shifts}.", when=when, shifts=counted(self._most, noun))

    @property
    def _most(self) -> int:
        """Most days of work, by whichever bound is tighter."""
        off = self.window_days - (self.at_least_off or 0)
        return max(0, off if self.at_most is None else min(self.at_most, off))

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A rule with neither bound, or days off that are counted by shifts."""
        if self.at_least_off is not None and self.templates:
            yield Finding(
                place=Place(path=("at_least_off",)),
                message=text('the rule "{rule}" counts days off, which have no shift.', rule=self.name),
                hint=text("Give at_most instead, or leave templates out."),
            )
        if self.at_least_off is None and self.at_most is None:
            yield self.bounds_nothing("at_most", text("Give the most days of work, the least off, or both."))

    def limits_days(self, problem: Problem, agent: Agent) -> bool:
        return not self.templates and self._most < self.window_days

    def limits(self, problem: Problem) -> Iterator[Limit]:
        windows = (
            windows_of(problem, self.scope, self.window_days)
            if self.anchor is None
            else windows_of_periods(problem, self.scope, self.window_days, self.anchor)
        )
        of = OfTemplate(frozenset(self.templates)) if self.templates else Worked()
        for agent in self.scope.covered_agents(problem):
            if self.templates:
                shifts = [day for day, name in templates_worked(problem, agent) if name in self.templates]
                carried = [sum(day in window.before for day in shifts) for window in windows]
            else:
                carried = [duties_on(problem, agent, window.before) for window in windows]
            yield from totals_of(agent, of, windows, self._most, carried)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        for agent in self.scope.covered_agents(problem):
            planned = [(problem.grid.date(duty.day), duty.template) for duty in roster.of(agent.name)]
            for first, last, past, dates in self._windows(problem, agent):
                before = sum(duty.day in past and self._counts(duty.template) for duty in agent.history)
                now = sum(on in dates and self._counts(template) for on, template in planned)
                amount = beyond(before, now, None, self._most)
                if amount:
                    yield self.violation(
                        amount,
                        text(
                            "{agent} works {days} from {first} to {last}; the rule allows at most {most}",
                            agent=agent.name,
                            days=counted(before + now, "day"),
                            first=first,
                            last=last,
                            most=self._most,
                        ),
                        agent=agent.name,
                        days=numbers(problem, sorted(dates)),
                    )

    def _windows(self, problem: Problem, agent: Agent) -> list[WindowOfDates]:
        if self.anchor is not None:
            return periods_back(problem, self.scope, agent, self.window_days, self.anchor)
        return windows_back(problem, self.scope, agent, self.window_days)

    def _counts(self, template: str | None) -> bool:
        return not self.templates or template in self.templates
