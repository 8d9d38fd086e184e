"""Parts of the calendar as limits count them: day numbers inside the horizon, and the days before it.

Called by the ``limits`` of rules that count per week, month, quarter or year, or over the whole horizon. A
week is *cut* if the horizon or the rule's date range holds only a part of it; so is a month.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from scheduler.domain.facts.absence import days_away
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.values.grid import DAYS_PER_WEEK, MOST_DAYS_OF_MONTH
from scheduler.model.limits.kinds import Total
from scheduler.model.limits.verbs import Verb
from scheduler.model.rules.scope import Scope
from scheduler.model.rules.words import MONTHS_OF, Per


@dataclass(frozen=True, slots=True)
class CalendarPeriod:
    """The part of one calendar week, month, quarter or year that a rule covers.

    Parameters
    ----------
    first
        Its first day, on which a balance begins; where nothing from before counts, the first covered one.
    days
        Its days inside the horizon and the rule's date range.
    before
        Its days before the horizon that the rule names; history counts on them.
    reaches_its_end
        Whether every day that the rule names, from the horizon's start (or the week's) to the week's end, is
        in ``days``, and the rule does not begin behind some of the days before.
    begins_in_sight
        Whether what lowers a least is known of all its days, as absence is that lies a week back at most; of
        a week or a month it is taken to be.
    """

    first: int
    days: tuple[int, ...]
    before: tuple[int, ...]
    reaches_its_end: bool
    begins_in_sight: bool = True


@dataclass(frozen=True, slots=True)
class CarriedAmount:
    """What counts of a part before the horizon.

    Parameters
    ----------
    amount
        By the balance, and by History behind it.
    is_known
        Whether it is all that there was.
    """

    amount: int
    is_known: bool


def carried_in(
    problem: Problem, agent: Agent, rule: str, part: CalendarPeriod, of: Callable[[tuple[int, ...]], int]
) -> CarriedAmount:
    """What counts of a part before the horizon, for a rule by its name.

    Parameters
    ----------
    of
        What History says of some days before the horizon.
    """
    amount, days = 0, part.before
    for balance in agent.balances:
        until = problem.grid.day_index(balance.as_of)
        if balance.rule == rule and part.first <= until < 0:
            amount, days = balance.amount, tuple(day for day in days if day > until)
    return CarriedAmount(amount + of(days), not days or bool(agent.history))


def weeks_of(problem: Problem, scope: Scope) -> Iterator[CalendarPeriod]:
    """The calendar weeks that the horizon and the date range share days with."""
    for in_horizon in problem.weeks:
        days = tuple(day for day in in_horizon if scope.covers_day(problem, day))
        if not days:
            continue
        first = in_horizon[0] - (problem.grid.weekday(in_horizon[0]) - problem.week_starts_on) % 7
        yield _part(problem, scope, days, first, first + 7)


def months_of(problem: Problem, scope: Scope, together: int = 1) -> Iterator[CalendarPeriod]:
    """The calendar months that the horizon and the date range share days with, so many ``together``."""
    grid = problem.grid

    def number(day: int) -> int:
        on = grid.date(day)
        return (on.year * MONTHS_OF["year"] + on.month - 1) // together

    def first(of: int) -> int:
        year, month = divmod(of * together, MONTHS_OF["year"])
        return grid.day_index(date(year, month + 1, 1))

    for of, covered in groupby(scope.days(problem), key=number):
        yield _part(problem, scope, tuple(covered), first(of), first(of + 1))


def _part(problem: Problem, scope: Scope, days: tuple[int, ...], first: int, after: int) -> CalendarPeriod:
    """The covered days of the span from the day ``first`` to the eve of the day ``after``."""
    named = [day for day in range(first, after) if scope.selects(problem, problem.grid.date(day))]
    before = tuple(day for day in named if day < 0)
    looks_back = scope.reaches_back(problem)
    is_cut = bool(before) and not looks_back  # the rule only begins inside the horizon
    return CalendarPeriod(
        first=first if looks_back else days[0],
        days=days,
        before=() if is_cut else before,
        begins_in_sight=first >= -DAYS_PER_WEEK or after - first <= MOST_DAYS_OF_MONTH,
        reaches_its_end=not is_cut and days == tuple(day for day in named if day >= 0),
    )


def parts_of(problem: Problem, scope: Scope, per: Per) -> tuple[CalendarPeriod, ...]:
    """The parts of the calendar, or the whole date range as one complete part without days before it."""
    if per == "week":
        return tuple(weeks_of(problem, scope))
    if per != "horizon":
        return tuple(months_of(problem, scope, MONTHS_OF[per]))
    days = scope.days(problem)
    if not days:
        return ()
    return (CalendarPeriod(first=days[0], days=days, before=(), reaches_its_end=True),)


def less(bound: int | None, by: int) -> int | None:
    """A bound lowered by ``by``, but not below zero; ``None``, no bound, stays ``None``."""
    return None if bound is None else max(0, bound - by)


def total_of(
    agent: Agent,
    of: Verb,
    part: CalendarPeriod,
    at_least: int | None,
    at_most: int | None,
    carried: CarriedAmount,
) -> Iterator[Total]:
    """The bounded sum of a verb over a part; none where no bound applies.

    The lower bound holds for complete parts whose beginning is in sight. What is carried in cannot be
    changed: where it exceeds the upper bound, nothing may be added to it.
    """
    is_complete = part.begins_in_sight and part.reaches_its_end and carried.is_known
    lower = at_least if is_complete else None
    upper = None if at_most is None else max(at_most, carried.amount)
    if lower is not None or upper is not None:
        yield Total(agent.name, of=of, on=part.days, at_least=lower, at_most=upper, carried_in=carried.amount)


def totals_per_part(
    problem: Problem,
    rule: str,
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
    rule
        Its name, by which balances stand.
    carried_of
        For an agent: on how many of some days before the horizon it held.
    """
    parts = parts_of(problem, scope, per)
    for agent in scope.covered_agents(problem):
        carried, away = carried_of(agent), days_away(problem, agent)
        for part in parts:
            least = less(at_least, len(away.intersection(part.before + part.days)))
            before = carried_in(problem, agent, rule, part, carried)
            yield from total_of(agent, of, part, least, at_most, before)
