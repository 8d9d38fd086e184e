"""Work only when available."""

from collections.abc import Iterator
from functools import partial
from typing import Literal

from scheduler.domain.facts.problem import Agent, Problem, Window
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.grid import MINUTES_PER_DAY, Span
from scheduler.domain.values.spans import merged, touching, without
from scheduler.model.calendar.walks import dates_meant, lies_in, minutes_where, near
from scheduler.model.limits.kinds import Limit, Total
from scheduler.model.limits.verbs import MinutesWithin
from scheduler.model.rules.rule import AgentRule, spoken
from scheduler.texts import text


def _closed(problem: Problem, agent: Agent) -> tuple[Span, ...]:
    """Spans in which the agent may not work: dates with windows less the windows, and barred windows."""
    grid, zone = problem.grid, problem.zone_of(agent)
    open_spans = merged(
        (grid.instant(window.start, zone), grid.instant(window.end, zone)) for window in agent.available
    )
    closed = [
        (grid.instant(window.start, zone), grid.instant(window.end, zone)) for window in agent.unavailable
    ]
    for on in {window.start.date() for window in agent.available}:
        day = grid.day_index(on)
        closed += without((grid.day_start(day, zone), grid.day_start(day + 1, zone)), open_spans)
    return merged(closed)


class Availability(AgentRule):
    """Everyone works only when they are available.

    On a date on which windows of availability start, work must lie inside the agent's windows; other
    dates are open; windows of unavailability bar work on any date. The whole duty is held against
    this, with the part of a night that lies on the next date, and counts for the day it starts on.
    """

    unit = "hour"
    heeds = (
        ("agents.available", "availability is"),
        ("agents.unavailable", "availability is"),
    )
    may_give_way = False

    kind: Literal["availability"] = "availability"

    def limits(self, problem: Problem) -> Iterator[Limit]:
        days = self.scope.days(problem)
        for agent in self.scope.covered_agents(problem):
            if not (agent.available or agent.unavailable):
                continue
            closed, zone = _closed(problem, agent), problem.zone_of(agent)
            for day in days:
                # a start may be written up to 48:00, and a shift lasts up to a day from there
                midnight = problem.grid.day_start(day, zone)
                spans = touching(closed, midnight, midnight + 3 * MINUTES_PER_DAY + 60)
                if spans:
                    yield Total(agent.name, of=MinutesWithin(spans), on=(day,), at_most=0)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = set(dates_meant(problem, self.scope))
        for agent in self.scope.covered_agents(problem):
            if not (agent.available or agent.unavailable):
                continue
            opened, barring = near(problem, agent.available), near(problem, agent.unavailable)
            for duty in roster.of(agent.name):
                on = problem.grid.date(duty.day)
                if on not in meant:
                    continue
                available, unavailable = opened.get(duty.day, []), barring.get(duty.day, [])
                barred = partial(_is_barred, problem, agent, available, unavailable)
                amount = minutes_where(problem, agent, duty, available + unavailable, barred)
                if amount:
                    yield self.violation(
                        amount,
                        text(
                            "{agent} is not available for {amount} of the duty on {on}",
                            agent=agent.name,
                            amount=spoken("minutes", amount),
                            on=on,
                        ),
                        agent=agent.name,
                        days=(duty.day,),
                    )


def _is_barred(
    problem: Problem,
    agent: Agent,
    available: list[Window],
    unavailable: list[Window],
    instant: int,
) -> bool:
    """Whether the agent may not work at an instant, as a person would read the two lists of windows."""
    if lies_in(problem, agent, unavailable, instant):
        return True
    on = problem.grid.local(instant, problem.zone_of(agent)).date()
    has_windows = any(window.start.date() == on for window in available)
    return has_windows and not lies_in(problem, agent, available, instant)
