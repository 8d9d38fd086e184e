"""How many of a team may be on a break at once."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Coverage, Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import People
from scheduler.model.calendar.staffing import masked
from scheduler.model.calendar.walks import beyond_at_once, changes_of, dates_meant, numbers
from scheduler.model.limits.kinds import Limit, Staffing
from scheduler.model.rules.quotas import QuotaRule
from scheduler.model.rules.rule import Strength, spoken
from scheduler.texts import text


class BreaksAtOnce(QuotaRule):
    """No more than ``at_most``, or ``at_most_percent`` % of those who are covered, are on a break at once.

    The share is of all who are covered, at work or not, and rounded down to whole people. No search plans for
    it yet: it is reported.
    """

    unit = "hour"
    kind: Literal["breaks_at_once"] = "breaks_at_once"
    strength: Strength = Strength.REPORT
    at_most: People | None = Field(
        default=None, examples=[1], description="Most people on a break at once; null is no limit."
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        share = self.at_most_percent
        if self.at_most is None and share is None:
            return text("Any number of people may be on a break at once.")
        if share is None:
            return text("At most {most} of those who are covered are on a break at once.", most=self.at_most)
        if self.at_most is None:
            return text("At most {share} % of those who are covered are on a break at once.", share=share)
        return text(
            "At most {most}, and {share} % of those who are covered, are on a break at once.",
            most=self.at_most,
            share=share,
        )

    def limits(self, problem: Problem) -> Iterator[Limit]:
        names = tuple(agent.name for agent in self.scope.covered_agents(problem))
        most = self.quota(len(names))
        if most is not None and names:
            everywhere = masked(problem, self.scope, (most,) * problem.grid.intervals, None)
            yield Staffing(agents=names, at_most=everywhere, counted="on break")

    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        agents = list(self.scope.covered_agents(problem))
        most = self.quota(len(agents))
        if most is None:
            return
        duties = [duty for agent in agents for duty in roster.of(agent.name)]
        changes = changes_of((pause.start, pause.end) for duty in duties for pause in duty.breaks)
        for on in dates_meant(problem, self.scope):
            (day,) = numbers(problem, [on])
            begin, end = problem.grid.day_start(day), problem.grid.day_start(day + 1)
            amount = beyond_at_once(changes, most, begin, end)
            if amount:
                yield self.violation(
                    amount,
                    text(
                        "more than {most} of {agents} are on a break at once on {on}, {amount} too much",
                        most=most,
                        agents=len(agents),
                        on=on,
                        amount=spoken("minutes", amount),
                    ),
                    days=(day,),
                )
