"""Seats: how many may be at work at once."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.finding import Finding, Place
from scheduler.domain.results.outcome import Coverage, Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import People
from scheduler.domain.values.grid import Span
from scheduler.domain.values.words import counted
from scheduler.model.calendar.staffing import demand_meant, masked
from scheduler.model.calendar.walks import (
    beyond_at_once,
    changes_of,
    dates_meant,
    intervals_by_date,
    numbers,
    spells,
    sum_over,
)
from scheduler.model.limits.kinds import Limit, Staffing
from scheduler.model.rules.rule import TeamRule, spoken
from scheduler.texts import marked, text, text_n


class Seats(TeamRule):
    """No skill has more agents at work than its maximum, and no more than ``at_most`` are at work at once.

    The skills' own maxima are for everyone: they are held only by a rule whose scope names no agents,
    contracts or teams.
    """

    unit = "hour"
    heeds = (("demand.maximum", marked("maximum agents are")),)

    kind: Literal["seats"] = "seats"
    at_most: People | None = Field(
        default=None,
        description="Seats for the agents whom the scope covers, whatever they work on; "
        "null is no limit. Someone on a break takes none.",
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        skills = text("No skill has more agents at work than its maximum")
        if self.at_most is None:
            return f"{skills}."
        together = text("at most {at_work} at once", at_work=_at_work(self.at_most))
        return (
            text("{skills}, and {together}.", skills=skills, together=together)
            if self._is_for_everyone
            else f"{together.capitalize()}."
        )

    @property
    def _is_for_everyone(self) -> bool:
        return not (self.scope.agents or self.scope.contracts or self.scope.teams)

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """Seats for some agents without a number of seats."""
        if self.at_most is None and not self._is_for_everyone:
            yield Finding(
                place=Place(path=("at_most",)),
                message=text(
                    'the rule "{rule}" is for some agents only and gives no number of seats.', rule=self.name
                ),
                hint=text("Give at_most, or leave agents, contracts and teams out of its scope."),
            )

    def limits(self, problem: Problem) -> Iterator[Limit]:
        for demand in demand_meant(problem, self.scope) if self._is_for_everyone else ():
            ceiling = masked(problem, self.scope, demand.maximum, None)
            if any(seats is not None for seats in ceiling):
                yield Staffing(demand.skill, at_most=ceiling)
        agents = tuple(agent.name for agent in self.scope.covered_agents(problem))
        if self.at_most is not None and agents and self.scope.days(problem):
            everywhere = (self.at_most,) * problem.grid.intervals
            yield Staffing(agents=agents, at_most=masked(problem, self.scope, everywhere, None))

    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        meant = dates_meant(problem, self.scope)
        by_date = intervals_by_date(problem, meant)
        for demand in demand_meant(problem, self.scope) if self._is_for_everyone else ():
            for on, intervals in by_date.items():
                over = sum_over(coverage.above_maximum, demand.skill, intervals)
                if over:
                    yield self.violation(
                        over,
                        text(
                            '"{skill}" has {over} of work beyond its seats on {on}',
                            skill=demand.skill,
                            over=spoken("minutes", over),
                            on=on,
                        ),
                        days=numbers(problem, [on]),
                    )
        if self.at_most is None:
            return
        changes = changes_of(self._busy(problem, roster))
        for day in numbers(problem, meant):
            begin, end = problem.grid.day_start(day), problem.grid.day_start(day + 1)
            over = beyond_at_once(changes, self.at_most, begin, end)
            if over:
                yield self.violation(
                    over,
                    text(
                        "more than {at_work} at once on {day}, {over} of work too much",
                        at_work=_at_work(self.at_most),
                        day=problem.grid.date(day),
                        over=spoken("minutes", over),
                    ),
                    days=(day,),
                )

    def _busy(self, problem: Problem, roster: Roster) -> Iterator[Span]:
        """When the covered agents are at work."""
        for agent in self.scope.covered_agents(problem):
            yield from (span for duty in roster.of(agent.name) for span in duty.stretches())
            for start, end, on in spells(problem, agent, roster):
                if on < problem.grid.first_day:  # its breaks are unknown
                    yield start, end


def _at_work(agents: int) -> str:
    return text_n("{agents} is at work", "{agents} are at work", agents, agents=counted(agents, "agent"))
