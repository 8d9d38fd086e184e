"""Leave quotas: how many may be away on a day."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.absence import dates_away
from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.faults import error, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Coverage, Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import People
from scheduler.domain.values.words import listed
from scheduler.model.calendar.walks import dates_meant, numbers
from scheduler.model.rules.quotas import QuotaRule
from scheduler.model.rules.rule import Strength
from scheduler.texts import text, text_n

SHOWN = 8
"""Names that a finding lists."""


class LeaveQuota(QuotaRule):
    """No more than ``at_most``, or ``at_most_percent`` % of those who are covered, are away on a day.

    Away is who has approved absence or a sick call for the whole day, or so much of it that none of their
    shifts is left. No roster changes that: the rule checks the input. As a must it stands against planning;
    reported, it is told.
    """

    is_inherent = True
    kind: Literal["leave_quota"] = "leave_quota"
    strength: Strength = Strength.REPORT
    at_most: People | None = Field(
        default=None, examples=[1], description="Most people away on a day; null is no limit."
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        share = self.at_most_percent
        if self.at_most is None and share is None:
            return text("Any number of people may be away on a day.")
        if share is None:
            return text("At most {most} of those who are covered are away on a day.", most=self.at_most)
        if self.at_most is None:
            return text("At most {share} % of those who are covered are away on a day.", share=share)
        return text(
            "At most {most}, and {share} % of those who are covered, are away on a day.",
            most=self.at_most,
            share=share,
        )

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A rule without a bound, one with a price, and days on which too many are away."""
        yield from super().faults(problem)
        if self.strength is Strength.PREFER:
            yield error(
                ("strength",),
                text(
                    'who is away stands in the input, and no price changes it for the rule "{rule}".',
                    rule=self.name,
                ),
                text("Give it must, so that it stands against planning, or report."),
            )
            return
        for on, away, most in self._too_many(problem):
            said = text_n(
                "{away} person is away on {on}, and the quota is {most}: {names}.",
                "{away} people are away on {on}, and the quota is {most}: {names}.",
                len(away),
                away=len(away),
                on=on,
                most=most,
                names=listed(away, SHOWN),
            )
            hint = text("Look through the leave of that day, or raise the quota.")
            yield error(("at_most",), said, hint) if self.is_must else warning(("at_most",), said, hint)

    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        for on, away, most in self._too_many(problem):
            yield self.violation(
                len(away) - most,
                text_n(
                    "{away} person is away on {on}; the quota is {most}",
                    "{away} people are away on {on}; the quota is {most}",
                    len(away),
                    away=len(away),
                    on=on,
                    most=most,
                ),
                days=numbers(problem, [on]),
            )

    def _too_many(self, problem: Problem) -> Iterator[tuple[date, list[str], int]]:
        """The dates on which too many are away, with their names and the quota."""
        covered = list(self.scope.covered_agents(problem))
        most = self.quota(len(covered))
        if most is None:
            return
        gone = {one.name: dates_away(problem, one) for one in covered}
        for on in dates_meant(problem, self.scope):
            away = [one.name for one in covered if on in gone[one.name] and one.is_employed_on(on)]
            if len(away) > most:
                yield on, away, most
