"""Fair shares of paid hours."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.absence import paid_absence
from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import Minutes, MinutesOfAll, OneOrMore, PositiveMinutes
from scheduler.domain.values.words import from_to_days, hours_words
from scheduler.model.calendar.history import paid_time_off_on
from scheduler.model.calendar.walks import dates_meant, numbers
from scheduler.model.fairness.deviation import steps_beyond, totals_near
from scheduler.model.fairness.shares import shares_of_hours
from scheduler.model.limits.kinds import Limit
from scheduler.model.limits.verbs import PaidMinutes
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import text


class FairHours(AgentRule):
    """Everyone has their fair share of paid hours, by the hours of their contracts.

    Paid absence counts, and days away without pay take their part off the share. Nobody's share is outside of
    the hours that their contract allows. Each step that somebody is farther away from it counts once more, up
    to ``steps``. As a must it is kept within ``within_minutes``.
    """

    unit = "hour"

    kind: Literal["fair_hours"] = "fair_hours"
    together_minutes: MinutesOfAll | None = Field(
        default=None,
        description="Paid minutes of all together; null reckons them from what is asked for and from the "
        "contracts.",
    )
    within_minutes: Minutes = Field(default=0, description="So many minutes from the share are free.")
    step_minutes: PositiveMinutes = Field(
        default=60, description="Each further so many minutes raise the price once more."
    )
    steps: OneOrMore = Field(default=3, description="Up to how many times the price rises.")

    def limits(self, problem: Problem) -> Iterator[Limit]:
        days = self.scope.days(problem)
        if not days:
            return
        free = [self.within_minutes + self.step_minutes * step for step in range(self.steps)]
        shares = shares_of_hours(problem, days, self.together_minutes)
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
        shares = shares_of_hours(problem, days, self.together_minutes)
        for agent in self.scope.covered_agents(problem):
            duties = [duty for duty in roster.of(agent.name) if problem.grid.date(duty.day) in meant]
            absent = paid_absence(problem, agent).items()
            paid = sum(duty.paid_minutes for duty in duties)
            paid += sum(minutes for day, minutes in absent if problem.grid.date(day) in meant)
            share = shares[agent.name]
            amount = steps_beyond(paid, share, self.within_minutes, self.step_minutes, self.steps)
            if amount:
                yield self.violation(
                    amount,
                    text(
                        "fair share of paid hours: {share}; {agent} has {hours} {when}",
                        share=_in_hours(share),
                        agent=agent.name,
                        hours=hours_words(paid),
                        when=from_to_days(meant[0], meant[-1]),
                    ),
                    agent=agent.name,
                    days=days,
                )


def _in_hours(share: Fraction) -> str:
    return hours_words(round(share))
