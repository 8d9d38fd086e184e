"""Skill mix by the clock: at least so many of some people are at work at any time."""

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
from scheduler.model.calendar.staffing import masked
from scheduler.model.calendar.walks import (
    beyond_at_once,
    changes_of,
    dates_meant,
    intervals_by_date,
    numbers,
    spells,
)
from scheduler.model.limits.kinds import Limit, Staffing
from scheduler.model.rules.rule import TeamRule, spoken
from scheduler.texts import text


class StaffPresent(TeamRule):
    """At least ``at_least`` of those who are covered are at work at any time at which anybody is required.

    Whoever is on a break is not at work. By the shift and day the rule ``people_on_shift`` asks for the same.
    """

    unit = "hour"
    kind: Literal["staff_present"] = "staff_present"
    at_least: People = Field(examples=[1], description="Least of them at work at a time.")
    when: Literal["required", "always"] = Field(
        default="required",
        description="Whether it is asked for in intervals in which anybody is required, or always.",
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        if self.when == "always":
            return text(
                "At least {at_least} of those who are covered are at work at any time.",
                at_least=self.at_least,
            )
        return super().sentence

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """More at work than there are."""
        covered = sum(1 for _ in self.scope.covered_agents(problem))
        if covered < self.at_least and self.is_must:
            yield Finding(
                place=Place(path=("at_least",)),
                message=text(
                    'the rule "{rule}" asks for at least {at_least} at work, and covers {covered}.',
                    rule=self.name,
                    at_least=self.at_least,
                    covered=counted(covered, "agent"),
                ),
                hint=text("Ask for fewer, or let it cover more people."),
            )

    def limits(self, problem: Problem) -> Iterator[Limit]:
        names = tuple(agent.name for agent in self.scope.covered_agents(problem))
        asked = [any(one.required[at] for one in problem.demand) for at in range(problem.grid.intervals)]
        floors = [self.at_least if wanted or self.when == "always" else 0 for wanted in asked]
        if names and any(floors):
            yield Staffing(agents=names, at_least=masked(problem, self.scope, floors, 0))

    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        if next(self.scope.covered_agents(problem), None) is None:
            return
        changes = changes_of(self._at_work(problem, roster))
        width = problem.grid.interval_minutes
        for on, intervals in intervals_by_date(problem, dates_meant(problem, self.scope)).items():
            lacking = 0
            for interval in intervals:
                if self.when == "always" or any(one.required[interval] for one in problem.demand):
                    begin, end = interval * width, (interval + 1) * width
                    # as many as are there, less those beyond the least
                    there = beyond_at_once(changes, 0, begin, end) - beyond_at_once(
                        changes, self.at_least, begin, end
                    )
                    lacking += self.at_least * width - there
            if lacking:
                yield self.violation(
                    lacking,
                    text(
                        "fewer than {at_least} are at work at some time on {on}, {lacking} are lacking",
                        at_least=self.at_least,
                        on=on,
                        lacking=spoken("minutes", lacking),
                    ),
                    days=numbers(problem, [on]),
                )

    def _at_work(self, problem: Problem, roster: Roster) -> Iterator[Span]:
        for agent in self.scope.covered_agents(problem):
            yield from (span for duty in roster.of(agent.name) for span in duty.stretches())
            for start, end, on in spells(problem, agent, roster):
                if on < problem.grid.first_day:  # its breaks are unknown
                    yield start, end
