"""Breaks come in their order."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.model.calendar.walks import duties_meant
from scheduler.model.limits.breaks import BreakOrder
from scheduler.model.limits.kinds import Limit
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import marked, text


class BreaksInOrder(AgentRule):
    """Breaks are taken in the order in which the shift lists them."""

    scope_fields = (*AgentRule.scope_fields, "templates")
    heeds = (("templates.break_order", marked("the order of breaks is")),)
    may_give_way = False

    kind: Literal["break_order"] = "break_order"

    def limits(self, problem: Problem) -> Iterator[Limit]:
        days, templates = self.scope.days(problem), frozenset(self.scope.templates)
        for agent in self.scope.covered_agents(problem) if days else ():
            yield BreakOrder(agent.name, on=days, templates=templates)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        for agent, duty, on in duties_meant(problem, self.scope, roster):
            given = problem.template_named[duty.template].breaks_of(duty.end - duty.start)
            rank = {pause.name: place for place, pause in enumerate(given)}
            known = [pause for pause in duty.breaks if pause.name in rank]
            # two breaks at one time are in order
            taken = [pause.name for pause in sorted(known, key=lambda one: (one.start, rank[one.name]))]
            listed = sorted(taken, key=lambda name: rank[name])
            for name, following in pairwise(listed):
                if taken.index(following) < taken.index(name):
                    yield self.violation(
                        1,
                        text(
                            '{agent} takes "{following}" before "{name}" on {on}',
                            agent=agent.name,
                            following=following,
                            name=name,
                            on=on,
                        ),
                        agent=agent.name,
                        days=(duty.day,),
                    )
