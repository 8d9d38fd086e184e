"""What an agent did before the horizon, in the numbers that limits carry in.

Called by the ``limits`` of rules and by the engine; the ``check`` of a rule reads the same facts as dates
(see :mod:`scheduler.model.calendar.walks`) and never comes here. An agent without any history has an
*unknown* past; one with a history is taken to have worked exactly that.
"""

from collections.abc import Container, Iterable

from scheduler.domain.facts.absence import paid_absence
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.values.grid import MINUTES_PER_HOUR, Span
from scheduler.model.limits.kinds import Rest


def days_worked(problem: Problem, agent: Agent) -> frozenset[int]:
    """Day numbers before the horizon (all negative) on which a duty started."""
    days = (problem.grid.day_index(duty.day) for duty in agent.history)
    return frozenset(day for day in days if day < 0)


def days_worked_in_a_row(problem: Problem, agent: Agent) -> int | None:
    """How many days of work in a row end right before the horizon; ``None`` where the past is unknown."""
    worked = days_worked(problem, agent)
    return in_a_row(worked) if worked else None


def in_a_row(days: Container[int]) -> int:
    """How many of these days follow one another up to the eve of the horizon."""
    day = -1
    while day in days:
        day -= 1
    return -1 - day


def days_off_in_a_row(problem: Problem, agent: Agent) -> int | None:
    """How many free days in a row end right before the horizon; ``None`` where the past is unknown."""
    worked = days_worked(problem, agent)
    return -1 - max(worked) if worked else None


def spans_worked(problem: Problem, agent: Agent) -> tuple[Span, ...]:
    """Start and end of every duty before the horizon as instants, in order of time; ends may be positive."""
    if not agent.history:
        return ()
    grid, zone = problem.grid, problem.zone_of(agent)
    return tuple(
        sorted(
            (grid.instant(duty.start, zone), grid.instant(duty.end, zone))
            for duty in agent.history
            if grid.day_index(duty.day) < 0
        )
    )


def rest_between(agent: Agent, past: Iterable[Span], since: int, until: int, at_least: int) -> Rest:
    """A rest between two instants, with those spans of the past that lie in part between them."""
    busy = tuple((start, end) for start, end in past if start < until and end > since)
    return Rest(agent.name, since=since, until=until, at_least=at_least, busy=busy)


def last_end(problem: Problem, agent: Agent) -> int | None:
    """Instant at which the last duty before the horizon ended (it may lie inside it), where known."""
    spans = spans_worked(problem, agent)
    return spans[-1][1] if spans else None


def last_start(problem: Problem, agent: Agent) -> int | None:
    """Instant at which the last duty before the horizon started, where known."""
    spans = spans_worked(problem, agent)
    return spans[-1][0] if spans else None


def templates_worked(problem: Problem, agent: Agent) -> tuple[tuple[int, str], ...]:
    """Day number and shift template of every duty before the horizon whose template is known."""
    return tuple(
        (problem.grid.day_index(duty.day), duty.template)
        for duty in agent.history
        if duty.template is not None and problem.grid.day_index(duty.day) < 0
    )


def clocks_before(problem: Problem, agent: Agent, day: int) -> list[int]:
    """Starts of the duties of a day before the horizon, in minutes after its midnight by the clock."""
    return [
        duty.start.hour * MINUTES_PER_HOUR + duty.start.minute
        for duty in agent.history
        if problem.grid.day_index(duty.day) == day and duty.start.date() == duty.day
    ]


def duties_on(problem: Problem, agent: Agent, days: Container[int]) -> int:
    """How many duties before the horizon started on these days."""
    return sum(problem.grid.day_index(duty.day) in days for duty in agent.history)


def paid_minutes_on(problem: Problem, agent: Agent, days: Container[int]) -> int:
    """Paid minutes of the duties before the horizon that started on these days."""
    return sum(duty.paid_minutes for duty in agent.history if problem.grid.day_index(duty.day) in days)


def paid_time_off_on(problem: Problem, agent: Agent, days: Container[int]) -> int:
    """Paid minutes of approved absence that fall on these days."""
    return sum(minutes for day, minutes in paid_absence(problem, agent).items() if day in days)
