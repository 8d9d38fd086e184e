"""Fair shares of paid hours."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.absence import paid_absence
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import Minutes, MinutesOfAll, OneOrMore, PositiveMinutes
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.words import from_to_days, hours_words
from scheduler.model.calendar.history import paid_time_off_on
from scheduler.model.calendar.walks import dates_meant, numbers
from scheduler.model.fairness.deviation import is_carried_over, steps_beyond, told_of, totals_near
from scheduler.model.fairness.shares import points_before, shares_of_hours
from scheduler.model.limits.kinds import Limit
from scheduler.model.limits.verbs import PaidMinutes
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import text


class FairHours(AgentRule):
    """Everyone has their fair share of paid hours, by the hours of their contracts.

    Paid absence counts, and days away without pay take their part off the share. Nobody's share is outside of
    the hours that their contract allows. Each step that somebody is farther away from it counts once more, up
    to ``steps``. As a must it is kept within ``within_minutes``. Hours that somebody had too much before,
    their points by the rule's name, are taken off their share.
    """

    unit = "hour"
    carries_points = True
    asks_by_team = True

    kind: Literal["fair_hours"] = "fair_hours"
    together_minutes: MinutesOfAll | None = Field(
        default=None,
        description="Paid minutes of all together; null reckons them from what is asked for and from the "
        "contracts.",
    )
    within_minutes: Minutes = Field(
        default=60,
        description="So many minutes from the share are free: shares are hardly ever multiples of a shift.",
    )
    step_minutes: PositiveMinutes = Field(
        default=60, description="Each further so many minutes raise the price once more."
    )
    steps: OneOrMore = Field(default=3, description="Up to how many times the price rises.")

    def limits(self, problem: Problem) -> Iterator[Limit]:
        days = self.scope.days(problem)
        if not days:
            return
        free = [self.within_minutes + self.step_minutes * step for step in range(self.steps)]
        shares = self._shares(problem, days)
        for agent in self.scope.covered_agents(problem):
            credited = paid_time_off_on(problem, agent, days)
            yield from totals_near(
                agent, PaidMinutes(), shares[agent.name], free, on=days, carried_in=credited
            )

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = dates_meant(problem, self.scope)
        if not meant:
            return
        days = numbers(problem, meant)
        shares = self._shares(problem, days)
        for agent in self.scope.covered_agents(problem):
            paid = _paid(problem, roster, agent, meant)
            share = shares[agent.name]
            amount = steps_beyond(paid, share, self.within_minutes, self.step_minutes, self.steps)
            if amount:
                yield self.violation(
                    amount,
                    text(
                        "fair share of paid hours: {share}; {agent} has {hours} {when}",
                        share=hours_words(round(share)),
                        agent=agent.name,
                        hours=hours_words(paid),
                        when=from_to_days(meant[0], meant[-1]),
                    ),
                    agent=agent.name,
                    days=days,
                )

    def points_after(self, problem: Problem, roster: Roster) -> Mapping[str, Fraction]:
        meant = dates_meant(problem, self.scope)
        if not meant:
            return {}
        covered = list(self.scope.covered_agents(problem))
        had = {agent.name: _paid(problem, roster, agent, meant) for agent in covered}
        if not had:
            return {}
        due = shares_of_hours(problem, numbers(problem, meant), sum(had.values()), among=tuple(had))
        return {
            agent.name: points_before(agent, self.name)
            + (had[agent.name] - due[agent.name]) / MINUTES_PER_HOUR
            for agent in covered
        }

    def _shares(self, problem: Problem, days: Sequence[int]) -> Mapping[str, Fraction]:
        """The share of each: of those who are covered where the sum is given, else of all who work."""
        given = self.together_minutes is not None
        among = tuple(agent.name for agent in self.scope.covered_agents(problem)) if given else ()
        return shares_of_hours(problem, days, self.together_minutes, self.name, among)

    def told(self, problem: Problem, roster: Roster) -> str:
        meant = dates_meant(problem, self.scope)
        if not meant:
            return ""
        every = self._shares(problem, numbers(problem, meant))
        covered = list(self.scope.covered_agents(problem))
        had = {one.name: Fraction(_paid(problem, roster, one, meant), MINUTES_PER_HOUR) for one in covered}
        shares = {agent.name: every[agent.name] / MINUTES_PER_HOUR for agent in covered}
        return told_of(had, shares, is_carried_over(problem, self.name))


def _paid(problem: Problem, roster: Roster, agent: Agent, meant: tuple[date, ...]) -> int:
    """Paid minutes of duties and of absence on these dates."""
    duties = [duty for duty in roster.of(agent.name) if problem.grid.date(duty.day) in meant]
    absent = paid_absence(problem, agent).items()
    paid = sum(minutes for day, minutes in absent if problem.grid.date(day) in meant)
    return paid + sum(duty.paid_minutes for duty in duties)
