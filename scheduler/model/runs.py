"""Days in a row as limits count them: day numbers, with what the history carries in.

Called by the ``limits`` of rules about stretches of days; their ``check`` walks stretches of dates instead.
"""

from collections.abc import Iterator

from scheduler.domain.problem import Problem
from scheduler.model.history import days_off_in_a_row, days_worked_in_a_row
from scheduler.model.limits import Run
from scheduler.model.scope import Scope
from scheduler.model.verbs import Free, Worked


def runs_of_days(
    problem: Problem,
    scope: Scope,
    of: Worked | Free,
    *,
    at_least: int | None = None,
    at_most: int | None = None,
) -> Iterator[Run]:
    """Each agent's days of work, or days off, in a row: bounded in number over the days meant."""
    days = scope.days(problem)
    over = tuple((day,) for day in days)
    before = days_worked_in_a_row if isinstance(of, Worked) else days_off_in_a_row
    for agent in scope.covered_agents(problem) if days else ():
        carried_in = before(problem, agent) if days[0] == 0 else None
        yield Run(agent.name, of=of, over=over, at_least=at_least, at_most=at_most, carried_in=carried_in)
