"""How checks walk windows of dates: from each date that is meant as far back as the window reaches.

Called by the ``check`` of rules on any days in a row; their ``limits`` count day numbers instead.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.model.calendar.walks import ONE_DAY, counts_the_past, dates_meant, is_named, week_start
from scheduler.model.rules.scope import Scope

WindowOfDates = tuple[date, date, frozenset[date], frozenset[date]]
"""First and last date, those of them that are known from before the horizon, and those that are planned."""


def windows_back(problem: Problem, scope: Scope, agent: Agent, length_days: int) -> list[WindowOfDates]:
    """The windows that end on a date that is meant."""
    meant = dates_meant(problem, scope)
    ends = [(on - (length_days - 1) * ONE_DAY, on) for on in meant]
    return list(_judged(problem, scope, agent, meant, ends))


def weeks_back(problem: Problem, scope: Scope, agent: Agent, weeks: int) -> list[WindowOfDates]:
    """The windows of whole calendar weeks that end with a week of which a date is meant."""
    meant = dates_meant(problem, scope)
    mondays = sorted({week_start(problem, on) for on in meant})
    ends = [(monday - timedelta(weeks=weeks - 1), monday + 6 * ONE_DAY) for monday in mondays]
    return list(_judged(problem, scope, agent, meant, ends))


def periods_back(
    problem: Problem, scope: Scope, agent: Agent, length_days: int, anchor: date
) -> list[WindowOfDates]:
    """The periods that follow each other from a date on and have a date that is meant.

    No other has the days of one that began before the horizon: what is known of it is judged, and more could
    only exceed the bound by more.
    """
    meant = dates_meant(problem, scope)
    length = timedelta(days=length_days)
    firsts = sorted({anchor + (on - anchor) // length * length for on in meant})
    ends = [(first, first + length - ONE_DAY) for first in firsts]
    return list(_judged(problem, scope, agent, meant, ends, is_alone=True))


def _judged(
    problem: Problem,
    scope: Scope,
    agent: Agent,
    meant: tuple[date, ...],
    ends: list[tuple[date, date]],
    *,
    is_alone: bool = False,
) -> Iterator[WindowOfDates]:
    """Windows without an unknown date before their last; where there is none, what is known of the last."""
    begins = scope.first_day or date.min
    planned_from = problem.grid.first_day
    looks_back = counts_the_past(problem, scope)

    def past(first: date) -> frozenset[date]:
        days = max(0, (planned_from - first).days)
        every = (first + i * ONE_DAY for i in range(days))
        return frozenset(on for on in every if looks_back and is_named(problem, scope, on))

    whole = [
        (first, last)
        for first, last in ends
        if max(first, planned_from) >= begins and (is_alone or bool(agent.history) or not past(first))
    ]
    for first, last in whole or ends[-1:]:
        yield first, last, past(first), frozenset(on for on in meant if first <= on <= last)
