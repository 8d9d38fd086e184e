"""Days in a row as limits count them: day numbers, with what the history carries in.

Called by the ``limits`` of rules about runs of days; their ``check`` walks runs of dates instead.
A day away, which is neither off nor worked, cuts the days in two: what lies before it and behind it is
counted for itself, and how long a run would have been that meets it is as unknown as beyond the horizon.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from scheduler.domain.facts.absence import days_away
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.model.calendar.history import (
    days_off_in_a_row,
    days_worked,
    days_worked_in_a_row,
    in_a_row,
)
from scheduler.model.calendar.patterns import barred
from scheduler.model.limits.kinds import Pair, Run, Total
from scheduler.model.limits.verbs import Free, Verb, Worked
from scheduler.model.rules.scope import Scope


def runs_of_days(
    problem: Problem,
    scope: Scope,
    of: Verb,
    *,
    at_least: int | None = None,
    at_most: int | None = None,
    held: Callable[[Agent], frozenset[int]] | None = None,
    is_closed: bool = False,
) -> Iterator[Run | Pair | Total]:
    """Each agent's days of work, of some work, or off, in a row: bounded in number over the days meant.

    Parameters
    ----------
    of
        What holds on a day: :class:`Worked`, :class:`Free`, or some kind of work.
    held
        Days before the horizon on which it held, for some kind of work.
    is_closed
        Whether the least holds at the edges of the horizon as well, as if it held neither before, where
        nothing is known of it, nor behind it. For days of work and days off.
    """
    days = scope.days(problem)
    whole = tuple((day,) for day in days)
    for agent in scope.covered_agents(problem) if days else ():
        carried_in = None
        if days[0] == 0:
            before = _before(problem, agent, of, held)
            carried_in = _carried_in(problem, agent, of, before, is_least=at_least is not None)
            if before is None and is_closed and -1 not in days_away(problem, agent):
                carried_in = 0
        if is_closed and at_least is not None and days[-1] == problem.grid.days - 1:
            yield from _too_short_at_the_end(problem, agent, of, days, at_least, carried_in)
        away = days_away(problem, agent)
        # work on a day away would be work all the same, so that the most of it is counted over all days
        if away.isdisjoint(days) or (not isinstance(of, Free) and at_least is None):
            yield Run(
                agent.name, of=of, over=whole, at_least=at_least, at_most=at_most, carried_in=carried_in
            )
            continue
        for is_away, run in groupby(days, key=away.__contains__):
            over = tuple((day,) for day in run)
            before = carried_in if over[0] == whole[0] else None
            can_break = at_most is None or len(over) + (before or 0) > at_most
            if can_break and not is_away:
                yield Run(agent.name, of=of, over=over, at_least=at_least, at_most=at_most, carried_in=before)


def rows_of_work(
    problem: Problem,
    scope: Scope,
    of: Verb,
    at_least: int | None,
    at_most: int | None,
    held: Callable[[Agent], frozenset[int]],
) -> Iterator[Run | Pair | Total]:
    """Some kind of work on days in a row, as :func:`runs_of_days`, with both bounds or one.

    They are two limits, since the most holds also on days beside an absence.
    """
    for least, most in ((at_least, None), (None, at_most)):
        if least is not None or most is not None:
            yield from runs_of_days(problem, scope, of, at_least=least, at_most=most, held=held)


def _too_short_at_the_end(
    problem: Problem, agent: Agent, of: Verb, days: Sequence[int], at_least: int, carried_in: int | None
) -> Iterator[Pair | Total]:
    """Bars runs that are too short up to the last day, once for each day that they lack."""
    away = days_away(problem, agent)
    other: Verb = Worked() if isinstance(of, Free) else Free()
    for length in range(1, min(at_least, len(days) + 1)):
        first = days[-1] - length + 1
        before = first - 1
        if not away.isdisjoint(range(max(before, 0), days[-1] + 1)):
            return
        if before >= days[0]:
            lacking, verbs, begins = at_least - length, [other, *[of] * length], before
        elif carried_in is not None and before < 0:
            lacking, verbs, begins = at_least - length - carried_in, [of] * length, first
        else:
            return
        for _ in range(lacking):
            yield from barred(agent, verbs, begins)


def _before(
    problem: Problem, agent: Agent, of: Verb, held: Callable[[Agent], frozenset[int]] | None
) -> int | None:
    """Days in a row that end right before the horizon; ``None`` where the past is unknown."""
    if isinstance(of, Free):
        return days_off_in_a_row(problem, agent)
    if held is None:
        return days_worked_in_a_row(problem, agent)
    return in_a_row(held(agent)) if days_worked(problem, agent) else None


def _carried_in(
    problem: Problem, agent: Agent, of: Verb, before: int | None, *, is_least: bool
) -> int | None:
    """Those of them that no day away cuts off."""
    cuts = [day for day in days_away(problem, agent) if day < 0]
    if before is None or not cuts:
        return before
    since_cut = -1 - max(cuts)
    if not isinstance(of, Free):  # a day before them that is away leaves open how long they were
        return None if is_least and since_cut == before else before
    if since_cut >= before:
        return before
    return None if is_least else since_cut
