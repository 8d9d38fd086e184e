"""No work during approved absence."""

from collections.abc import Iterator
from functools import partial
from typing import Literal

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.domain.values.spans import merged, touching
from scheduler.model.calendar.walks import dates_meant, lies_in, minutes_where, near
from scheduler.model.limits.kinds import Limit, Total
from scheduler.model.limits.verbs import MinutesWithin
from scheduler.model.rules.rule import AgentRule, spoken
from scheduler.texts import marked, text


class TimeOffKept(AgentRule):
    """Nobody works during approved time off.

    The whole duty is held against it, with the part of a night that lies on the next date; leave and sick
    calls alike.
    """

    unit = "hour"
    heeds = (("agents.time_off", marked("time off is")),)
    may_give_way = False

    kind: Literal["time_off"] = "time_off"

    def limits(self, problem: Problem) -> Iterator[Limit]:
        grid, days = problem.grid, self.scope.days(problem)
        for agent in self.scope.covered_agents(problem):
            if not agent.time_off:
                continue
            zone = problem.zone_of(agent)
            absent = merged(
                (grid.instant(absence.start, zone), grid.instant(absence.end, zone))
                for absence in agent.time_off
            )
            for day in days:
                # a start may be written up to 48:00, and a shift lasts up to a day from there
                midnight = grid.day_start(day, zone)
                spans = touching(absent, midnight, midnight + 3 * MINUTES_PER_DAY + 60)
                if spans:
                    yield Total(agent.name, of=MinutesWithin(spans), on=(day,), at_most=0)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = set(dates_meant(problem, self.scope))
        for agent in self.scope.covered_agents(problem):
            met = near(problem, agent.time_off)
            for duty in roster.of(agent.name) if agent.time_off else ():
                on = problem.grid.date(duty.day)
                absences = met.get(duty.day, []) if on in meant else []
                absent = partial(lies_in, problem, agent, absences)
                amount = minutes_where(problem, agent, duty, absences, absent)
                if amount:
                    yield self.violation(
                        amount,
                        text(
                            "{agent} has {amount} of the duty on {on} off",
                            agent=agent.name,
                            amount=spoken("minutes", amount),
                            on=on,
                        ),
                        agent=agent.name,
                        days=(duty.day,),
                    )
