"""Overtime: paid hours of a day beyond the ordinary ones, added up over a month, a quarter or a year."""

from collections.abc import Container, Iterator
from functools import partial
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import Minutes, MinutesOfDay
from scheduler.domain.values.words import from_to_days, hours_words
from scheduler.model.calendar.part_walks import Count, Dates, PeriodRule
from scheduler.model.calendar.walks import duties_of_part, numbers
from scheduler.model.calendar.weeks import carried_in, parts_of, total_of
from scheduler.model.limits.kinds import Limit
from scheduler.model.limits.verbs import Beyond, PaidMinutes
from scheduler.model.rules.words import Per, per_words
from scheduler.texts import text


class Overtime(PeriodRule):
    """Nobody has more than ``at_most_minutes`` of overtime per ``per``, paid beyond ``beyond_minutes`` a day.

    The paid hours of a duty beyond the ordinary ones of a day are overtime; a shorter one on another day
    takes nothing off. What was worked before the first planned day is known from History, or from Balances.
    """

    unit = "hour"

    period_field = "per"

    kind: Literal["overtime"] = "overtime"
    beyond_minutes: MinutesOfDay = Field(default=480, description="Ordinary paid minutes of a day.")
    at_most_minutes: Minutes = Field(examples=[60], description="Most minutes of overtime.")
    per: Per = "month"

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return text(
            "Nobody has more than {most} of overtime, paid beyond {ordinary} a day, {when}.",
            most=hours_words(self.at_most_minutes),
            ordinary=hours_words(self.beyond_minutes),
            when=per_words(self.per),
        )

    def limits(self, problem: Problem) -> Iterator[Limit]:
        of = Beyond(PaidMinutes(), at_least=None, at_most=self.beyond_minutes)
        parts = parts_of(problem, self.scope, self.per)
        for agent in self.scope.covered_agents(problem):
            for part in parts:
                carried = carried_in(problem, agent, self.name, part, partial(self._before, problem, agent))
                yield from total_of(agent, of, part, None, self.at_most_minutes, carried)

    def _before(self, problem: Problem, agent: Agent, days: Container[int]) -> int:
        worked = (duty.paid_minutes for duty in agent.history if problem.grid.day_index(duty.day) in days)
        return sum(max(0, minutes - self.beyond_minutes) for minutes in worked)

    def count_of(self, problem: Problem, roster: Roster, agent: Agent) -> Count:
        def count(every: Dates, dates: Dates) -> tuple[int, int]:
            past, rostered = duties_of_part(problem, agent, roster, self.scope, every, dates)
            over = (
                [duty.paid_minutes for duty in duties if duty.paid_minutes > self.beyond_minutes]
                for duties in (past, rostered)
            )
            known, planned = (sum(those) - self.beyond_minutes * len(those) for those in over)
            return known, planned

        return count

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        for one in self.counted(problem, roster):
            amount = one.beyond(None, self.at_most_minutes)
            if amount:
                yield self.violation(
                    amount,
                    text(
                        "{agent} has {hours} of overtime {when}; the rule allows at most {most}",
                        agent=one.agent.name,
                        hours=hours_words(one.number),
                        when=from_to_days(one.first, one.dates[-1]),
                        most=hours_words(self.at_most_minutes),
                    ),
                    agent=one.agent.name,
                    days=numbers(problem, one.dates),
                )
