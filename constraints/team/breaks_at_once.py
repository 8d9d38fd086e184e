"""How many of a team may be on a break at once."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Coverage, Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import HUNDRED_PERCENT, People, WholePercent
from scheduler.model.calendar.staffing import masked
from scheduler.model.calendar.walks import beyond_at_once, changes_of, dates_meant, numbers
from scheduler.model.limits.kinds import Limit, Staffing
from scheduler.model.rules.rule import Strength, TeamRule, spoken
from scheduler.texts import text


class BreaksAtOnce(TeamRule):
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
    at_most_percent: WholePercent | None = Field(
        default=None, description="Most of them as a share of a hundred of all who are covered; null is none."
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

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A rule with neither bound."""
        if self.at_most is None and self.at_most_percent is None:
            yield self.bounds_nothing("at_most", text("Give the most people, their share, or both."))

    def limits(self, problem: Problem) -> Iterator[Limit]:
        names = tuple(agent.name for agent in self.scope.covered_agents(problem))
        most = self._most(len(names))
        if most is not None and names:
            everywhere = masked(problem, self.scope, (most,) * problem.grid.intervals, None)
            yield Staffing(agents=names, at_most=everywhere, counted="on break")

    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        agents = list(self.scope.covered_agents(problem))
        most = self._most(len(agents))
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

    def _most(self, covered: int) -> int | None:
        shares = [] if self.at_most_percent is None else [covered * self.at_most_percent // HUNDRED_PERCENT]
        return min([*shares, *([] if self.at_most is None else [self.at_most])], default=None)
