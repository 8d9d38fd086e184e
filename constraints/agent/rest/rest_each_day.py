"""One rest in each period of 24 hours."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import ClockMinute, MinutesOfDay
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.domain.values.words import clock_words
from scheduler.model.calendar.history import rest_between, spans_worked
from scheduler.model.calendar.walks import counts_the_past, dates_meant, is_named, numbers, spells
from scheduler.model.limits.kinds import Limit
from scheduler.model.rules.rule import AgentRule, spoken
from scheduler.texts import text


class RestEachDay(AgentRule):
    """In each 24 hours from ``from_clock`` everyone rests at least ``rest_minutes`` at a stretch.

    The period belongs to the date on which it begins. One that begins before the horizon is judged where its
    duties are known from the history; one that ends behind the horizon is not.
    """

    unit = "hour"

    kind: Literal["rest_each_day"] = "rest_each_day"
    rest_minutes: MinutesOfDay = Field(
        default=660, description="Least rest at a stretch, in minutes; exactly so much is enough."
    )
    from_clock: ClockMinute = Field(
        default=360,
        lt=MINUTES_PER_DAY,
        description="When the periods begin, on the agent's clock, in minutes after midnight: 06:00, unless "
        "it is said. From midnight an ordinary day from 08:00 to 16:00 would leave no rest of 11 h.",
    )

    def limits(self, problem: Problem) -> Iterator[Limit]:
        grid = problem.grid
        days = list(self.scope.days(problem))
        if not days:
            return
        if self._begins_before(problem) and self.scope.selects(problem, grid.date(-1)):
            days.insert(0, -1)
        if self.from_clock and days[-1] == grid.days - 1:
            days.pop()
        for agent in self.scope.covered_agents(problem):
            zone, past = problem.zone_of(agent), spans_worked(problem, agent)
            for day in days:
                if day < 0 and not agent.history:
                    continue
                since = grid.instant_on_day(day, self.from_clock, zone)
                until = grid.instant_on_day(day + 1, self.from_clock, zone)
                yield rest_between(agent, past, since, until, self.rest_minutes)

    def _begins_before(self, problem: Problem) -> bool:
        """Whether a period reaches from before the horizon into it."""
        return self.from_clock > 0 and self.scope.reaches_back(problem)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        grid = problem.grid
        meant = [grid.day_index(on) for on in dates_meant(problem, self.scope)]
        is_cut = self.from_clock > 0  # periods reach from one date into the next
        looks_back = is_cut and bool(meant) and counts_the_past(problem, self.scope)
        if looks_back and is_named(problem, self.scope, grid.date(-1)):
            meant.append(-1)
        for agent in self.scope.covered_agents(problem):
            known = [day for day in meant if (day >= 0 or agent.history) and day + is_cut < grid.days]
            for day in sorted(known):
                longest = self._longest(problem, agent, roster, day)
                if longest < self.rest_minutes:
                    yield self.violation(
                        self.rest_minutes - longest,
                        text(
                            "{agent} rests {longest} at most in the 24 hours from {clock} on {on}; the rule "
                            "asks for {rest_minutes}",
                            agent=agent.name,
                            longest=spoken("minutes", longest),
                            clock=clock_words(self.from_clock),
                            on=grid.date(day),
                            rest_minutes=spoken("minutes", self.rest_minutes),
                        ),
                        agent=agent.name,
                        days=numbers(problem, [grid.date(day)]),
                    )

    def _longest(self, problem: Problem, agent: Agent, roster: Roster, day: int) -> int:
        """The longest time without a duty between two instants, by the ends of duties and their starts."""
        zone = problem.zone_of(agent)
        opens, closes = (problem.grid.instant_on_day(one, self.from_clock, zone) for one in (day, day + 1))
        duties = [
            (start, end) for start, end, _ in spells(problem, agent, roster) if start < closes and end > opens
        ]
        ends = [opens, *(end for _, end in duties)]
        return max(
            (
                min([closes, *(start for start, _ in duties if start >= end)]) - end
                for end in ends
                if end < closes and not any(start <= end < until for start, until in duties)
            ),
            default=0,
        )
