"""One long rest a week."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import islice, takewhile
from operator import itemgetter
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.domain.values.words import from_to_days
from scheduler.model.calendar.history import rest_between, spans_worked
from scheduler.model.calendar.walks import ONE_DAY, dates_meant, is_whole, numbers, spells, week_start
from scheduler.model.limits.kinds import Limit
from scheduler.model.rules.rule import EVERY_DAY_SCOPE, AgentRule, spoken
from scheduler.texts import text


class WeeklyRest(AgentRule):
    """Everyone rests at least ``rest_minutes`` at a stretch in each calendar week.

    A week that is cut by the horizon or the date range is judged only where its other days lie before
    the horizon and are known from the history. Time away is rest: no duty lies in it.
    """

    unit = "hour"
    scope_fields = EVERY_DAY_SCOPE

    kind: Literal["weekly_rest"] = "weekly_rest"
    rest_minutes: int = Field(
        default=2160,
        gt=0,
        le=7 * MINUTES_PER_DAY,
        description="Least rest at a stretch, in minutes; exactly so much is enough.",
    )
    per: Literal["week", "rolling"] = Field(
        default="week",
        description="How often: week is once in each calendar week, rolling once in any seven dates in a "
        "row. The time runs from midnight to midnight on the agent's clock.",
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        if self.per == "rolling":
            rest = spoken("minutes", self.rest_minutes)
            return text("Everyone rests at least {rest} at a stretch in any seven days in a row.", rest=rest)
        return super().sentence

    def limits_days(self, problem: Problem, agent: Agent) -> bool:
        return True

    def limits(self, problem: Problem) -> Iterator[Limit]:
        grid, days = problem.grid, self.scope.days(problem)
        if not days:
            return
        # first day of each run of seven that ends inside the days meant
        firsts = range(-6 if days[0] == 0 else days[0], days[-1] - 5)
        if self.per == "week":
            firsts = range(
                firsts.start + (problem.week_starts_on - grid.weekday(firsts.start)) % 7, firsts.stop, 7
            )
        clocks: dict[str, list[tuple[int, int, int]]] = {}
        for agent in self.scope.covered_agents(problem):
            zone = problem.zone_of(agent)
            if zone not in clocks:
                clocks[zone] = [
                    (first, grid.day_start(first, zone), grid.day_start(first + 7, zone)) for first in firsts
                ]
            past = spans_worked(problem, agent)
            for first, since, until in clocks[zone]:
                if first >= 0 or agent.history:
                    yield rest_between(agent, past, since, until, self.rest_minutes)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = set(dates_meant(problem, self.scope))
        seen: list[date] = sorted({on - i * ONE_DAY for on in meant for i in range(7)})
        if self.per == "week":
            seen = [on for on in seen if week_start(problem, on) == on]
        for agent in self.scope.covered_agents(problem):
            free = list(_free_stretches(problem, agent, roster))
            for monday in seen:
                week = [monday + i * ONE_DAY for i in range(7)]
                if not is_whole(problem, self.scope, agent, week, meant):
                    continue
                longest = self._longest(problem, agent, monday, free)
                if longest < self.rest_minutes:
                    yield self.violation(
                        self.rest_minutes - longest,
                        text(
                            "{agent} rests {longest} at most {when}; the rule asks for {rest_minutes}",
                            agent=agent.name,
                            longest=spoken("minutes", longest),
                            when=from_to_days(week[0], week[-1]),
                            rest_minutes=spoken("minutes", self.rest_minutes),
                        ),
                        agent=agent.name,
                        days=numbers(problem, week),
                    )

    def _longest(self, problem: Problem, agent: Agent, monday: date, free: list[tuple[int, int]]) -> int:
        grid, zone = problem.grid, problem.zone_of(agent)
        opens = grid.day_start(grid.day_index(monday), zone)
        closes = grid.day_start(grid.day_index(monday + 7 * ONE_DAY), zone)
        # the stretches are in order of time; those that end before the week are skipped
        first = bisect_right(free, opens, key=itemgetter(1))
        inside = takewhile(lambda stretch: stretch[0] < closes, islice(free, first, None))
        return max([0, *(min(end, closes) - max(start, opens) for start, end in inside)])


def _free_stretches(problem: Problem, agent: Agent, roster: Roster) -> Iterator[tuple[int, int]]:
    """Stretches without a duty, from long before the horizon to long after it."""
    since = -1000 * MINUTES_PER_DAY
    for start, end, _ in sorted(spells(problem, agent, roster)):
        yield since, start
        since = max(since, end)
    yield since, (problem.grid.days + 1000) * MINUTES_PER_DAY
