"""What a quota is, for the rules that bound how many of those who are covered do something at once."""

from collections.abc import Iterator

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.fields import HUNDRED_PERCENT, People, WholePercent
from scheduler.model.rules.rule import TeamRule
from scheduler.texts import text


class QuotaRule(TeamRule):
    """A rule on a number of people, a share of all who are covered, or the smaller of both."""

    at_most: People | None = Field(
        default=None, examples=[1], description="Most people at once; null is no limit."
    )
    at_most_percent: WholePercent | None = Field(
        default=None, description="Most of them as a share of a hundred of all who are covered; null is none."
    )

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A rule with neither bound."""
        if self.at_most is None and self.at_most_percent is None:
            yield self.bounds_nothing("at_most", text("Give the most people, their share, or both."))

    def quota(self, covered: int) -> int | None:
        """The most of so many people, a share rounded down; ``None`` is no limit."""
        share = self.at_most_percent
        bounds = self.at_most, None if share is None else covered * share // HUNDRED_PERCENT
        return min((bound for bound in bounds if bound is not None), default=None)
