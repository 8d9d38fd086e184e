"""The most people on a shift: those whom its room, its till or its budget holds."""

from collections.abc import Iterator
from typing import Literal

from scheduler.domain.facts.problem import Headcount as Wanted
from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Coverage, Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.words import counted
from scheduler.model.calendar.walks import dates_meant, numbers
from scheduler.model.limits.kinds import Headcount, Limit
from scheduler.model.limits.verbs import OfTemplate
from scheduler.model.rules.rule import TeamRule
from scheduler.model.rules.scope import WHEN
from scheduler.texts import marked, text


class ShiftMaximum(TeamRule):
    """On no day do more people work a shift than the maximum of its headcount.

    Where the headcount names a skill, only people with that skill count.
    """

    scope_fields = ("templates", *WHEN)
    heeds = (("headcounts.maximum", marked("maximum people on shifts are")),)

    kind: Literal["shift_maximum"] = "shift_maximum"

    def limits(self, problem: Problem) -> Iterator[Limit]:
        days = set(self.scope.days(problem))
        for wanted in self._meant(problem):
            agents = tuple(agent.name for agent in problem.agents if wanted.counts(agent.skills))
            most = tuple(number if day in days else None for day, number in enumerate(wanted.maximum))
            yield Headcount(wanted.row, agents, OfTemplate(frozenset({wanted.template})), at_most=most)

    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        for wanted in self._meant(problem):
            for on in dates_meant(problem, self.scope):
                (day,) = numbers(problem, [on])
                most = wanted.maximum[day]
                there = {
                    duty.agent
                    for duty in roster.duties
                    if duty.day == day
                    and duty.template == wanted.template
                    and wanted.counts(problem.agent_named[duty.agent].skills)
                }
                if most is not None and len(there) > most:
                    yield self.violation(
                        len(there) - most,
                        text(
                            '"{row}" has {people} on {on}, but {most} at most',
                            row=wanted.row,
                            people=counted(len(there), "person", "people"),
                            on=on,
                            most=most,
                        ),
                        days=(day,),
                    )

    def _meant(self, problem: Problem) -> Iterator[Wanted]:
        """The headcounts with a maximum that the rule covers."""
        for wanted in problem.headcounts:
            if wanted.maximum and wanted.template in (self.scope.templates or (wanted.template,)):
                yield wanted
