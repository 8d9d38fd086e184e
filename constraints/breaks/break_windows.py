"""Breaks start inside their windows."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from scheduler.domain.facts.problem import Agent, Break, Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Duty, Roster
from scheduler.model.calendar.walks import duties_meant
from scheduler.model.limits.breaks import BreakWindow
from scheduler.model.limits.kinds import Limit
from scheduler.model.rules.rule import AgentRule, spoken
from scheduler.texts import marked, text


class BreakWindows(AgentRule):
    """Every break starts inside its window and on its step.

    Minutes outside the window count; a start inside it that is off the step counts as one minute.
    """

    unit = "hour"
    scope_fields = (*AgentRule.scope_fields, "templates")
    heeds = (("templates.break_windows", marked("windows of breaks are")),)
    may_give_way = False

    kind: Literal["break_windows"] = "break_windows"

    def limits(self, problem: Problem) -> Iterator[Limit]:
        days, templates = self.scope.days(problem), frozenset(self.scope.templates)
        for agent in self.scope.covered_agents(problem) if days else ():
            yield BreakWindow(agent.name, on=days, templates=templates)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        for agent, duty, on in duties_meant(problem, self.scope, roster):
            given = problem.template_named[duty.template].breaks_of(duty.end - duty.start)
            for pause in given:
                for placed in duty.breaks:
                    amount = _outside(problem, agent, duty, pause, placed.start)
                    if placed.name == pause.name and amount:
                        yield self.violation(
                            amount,
                            text(
                                'the break "{pause}" of {agent} on {on} starts {amount} outside its window '
                                "or off its step",
                                pause=pause.name,
                                agent=agent.name,
                                on=on,
                                amount=spoken("minutes", amount),
                            ),
                            agent=agent.name,
                            days=(duty.day,),
                        )


def _outside(problem: Problem, agent: Agent, duty: Duty, pause: Break, start: int) -> int:
    """Minutes from a start to the nearest allowed one, and 1 where it only misses the step."""
    if pause.measured_from == "start":
        edges = [duty.start + edge for edge in (pause.earliest_start, pause.latest_start)]
    elif pause.measured_from == "end":
        edges = [duty.end - edge for edge in (pause.earliest_start, pause.latest_start)]
    else:
        midnight = datetime.combine(problem.grid.date(duty.day), datetime.min.time())
        clocks = [timedelta(minutes=edge) for edge in (pause.earliest_start, pause.latest_start)]
        edges = [problem.grid.instant(midnight + clock, problem.zone_of(agent)) for clock in clocks]
    opens, closes = edges
    if start < opens:
        return opens - start
    if start > closes:
        return start - closes
    return 0 if start in range(opens, closes + 1, pause.step_minutes) else 1
