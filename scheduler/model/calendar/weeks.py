"""Calendar weeks and months as limits count them: day numbers inside the horizon, and the days before it.

Called by the ``limits`` of rules that count per week or month, or over the whole horizon. A week is *cut* if
the horizon or the rule's date range holds only a part of it; so is a month.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from scheduler.domain.facts.absence import days_away
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.model.limits.kinds import Total
from scheduler.model.limits.verbs import Verb
from scheduler.model.rules.scope import Scope
from scheduler.model.rules.words import Per


@dataclass(frozen=True, slots=True)
class Week:
    """The part of one calendar week, or month, that a rule covers.

    Parameters
    ----------
    days
        Its days inside the horizon and the rule's date range.
    before
        Its days before the horizon that the rule names; history counts on them.
    reaches_its_end
        Whether every day that the rule names, from the horizon's start (or the week's) to the week's end, is
        in ``days``, and the rule does not begin behind some of the days before.
    """

    days: tuple[int, ...]
    before: tuple[int, ...]
    reaches_its_end: bool

    def is_complete_for(self, agent: Agent) -> bool:
        """Whether all days that the rule names are known, so that a lower bound applies."""
        return self.reaches_its_end and (not self.before or bool(agent.history))


def weeks_of(problem: Problem, scope: Scope) -> Iterator[Week]:
    """The calendar weeks that the horizon and the date range share days with."""
    for in_horizon in problem.weeks:
        days = tuple(day for day in in_horizon if scope.covers_day(problem, day))
        if not days:
            continue
        first = in_horizon[0] - (problem.grid.weekday(in_horizon[0]) - problem.week_starts_on) % 7
        yield _part(problem, scope, days, first, first + 7)


def months_of(problem: Problem, scope: Scope) -> Iterator[Week]:
    """The calendar months that the horizon and the date range share days with."""
    grid = problem.grid
    for (year, month), covered in groupby(
        scope.days(problem), key=lambda day: (grid.date(day).year, grid.date(day).month)
    ):
        after = date(year + month // 12, month % 12 + 1, 1)
        yield _part(
            problem, scope, tuple(covered), grid.day_index(date(year, month, 1)), grid.day_index(after)
        )


def _part(problem: Problem, scope: Scope, days: tuple[int, ...], first: int, after: int) -> Week:
    """The covered days of the span from the day ``first`` to the eve of the day ``after``."""
    named = [day for day in range(first, after) if scope.selects(problem.grid.date(day))]
    before = tuple(day for day in named if day < 0)
    is_cut = bool(before) and not scope.reaches_back(problem)  # the rule only begins inside the horizon
    return Week(
        days=days,
        before=() if is_cut else before,
        reaches_its_end=not is_cut and days == tuple(day for day in named if day >= 0),
    )


def parts_of(problem: Problem, scope: Scope, per: Per) -> tuple[Week, ...]:
    """The calendar weeks or months, or the whole date range as one complete part without days before it."""
    if per == "week":
        return tuple(weeks_of(problem, scope))
    if per == "month":
        return tuple(months_of(problem, scope))
    days = scope.days(problem)
    return (Week(days=days, before=(), reaches_its_end=True),) if days else ()


def less(bound: int | None, by: int) -> int | None:
    """A bound lowered by ``by``, but not below zero; ``None``, no bound, stays ``None``."""
    return None if bound is None else max(0, bound - by)


def total_of(
    agent: Agent, of: Verb, week: Week, at_least: int | None, at_most: int | None, *, carried_in: int
) -> Iterator[Total]:
    """The bounded sum of a verb over a week; none where no bound applies.

    The lower bound holds for complete weeks only. What is carried in cannot be changed: where it exceeds the
    upper bound, nothing may be added to it.
    """
    lower = at_least if week.is_complete_for(agent) else None
    upper = None if at_most is None else max(at_most, carried_in)
    if lower is not None or upper is not None:
        yield Total(agent.name, of=of, on=week.days, at_least=lower, at_most=upper, carried_in=carried_in)


def totals_per_part(
    problem: Problem,
    scope: Scope,
    per: Per,
    of: Verb,
    at_least: int | None,
    at_most: int | None,
    carried_of: Callable[[Agent], Callable[[tuple[int, ...]], int]],
) -> Iterator[Total]:
    """The bounded number of days on which a verb holds, over each part; a day away lowers the least by one.

    Parameters
    ----------
    carried_of
        For an agent: on how many of some days before the horizon it held.
    """
    parts = parts_of(problem, scope, per)
    for agent in scope.covered_agents(problem):
        carried, away = carried_of(agent), days_away(problem, agent)
        for part in parts:
            least = less(at_least, len(away.intersection(part.before + part.days)))
            yield from total_of(agent, of, part, least, at_most, carried_in=carried(part.before))
