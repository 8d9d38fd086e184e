"""The intervals and skills that a team rule covers, for its limits; checks read the calendar instead."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeVar

from scheduler.domain.facts.problem import Demand, Problem
from scheduler.domain.facts.scenarios import shares
from scheduler.domain.values.money import apportioned
from scheduler.model.rules.scope import Scope

T = TypeVar("T")


def interval_bounds(problem: Problem, day: int) -> tuple[int, int]:
    """First interval of a day on the campaign's clock, and the first one after it."""
    grid = problem.grid
    return grid.day_start(day) // grid.interval_minutes, grid.day_start(day + 1) // grid.interval_minutes


def masked(problem: Problem, scope: Scope, numbers: Sequence[T], otherwise: T) -> tuple[T, ...]:
    """One number per interval, with ``otherwise`` on days that the rule does not cover."""
    shown = [otherwise] * len(numbers)
    for day in scope.days(problem):
        first, last = interval_bounds(problem, day)
        shown[first:last] = numbers[first:last]
    return tuple(shown)


def demand_meant(problem: Problem, scope: Scope) -> Iterator[Demand]:
    """The demand of the skills that a rule covers."""
    return (demand for demand in problem.demand if not scope.skills or demand.skill in scope.skills)


def without_goals(problem: Problem, skill: str, curve: Sequence[int]) -> list[int | None]:
    """A curve without the intervals in which a service level is agreed over a day or a week."""
    together = {at for one in problem.goal_tables if one.skill == skill for at in one.intervals}
    return [None if at in together else number for at, number in enumerate(curve)]


def priced_curves(problem: Problem, demand: Demand) -> Iterator[tuple[tuple[int, ...], int, int]]:
    """The curves of a skill with what a missing and a superfluous agent-hour of each cost, in cents.

    Without scenarios the one that is planned, at the prices of the skill. With scenarios one for each curve
    that differs, at its scenarios' share of these prices in whole cents.
    """
    skill = problem.skill_named[demand.skill]
    share_of: dict[tuple[int, ...], Fraction] = defaultdict(Fraction)
    for name, share in shares(problem.scenarios).items():
        share_of[problem.scenario_curve.get((name, skill.name), demand.required)] += share
    curves = share_of or {demand.required: Fraction(1)}
    prices = (
        apportioned(price, [*curves.values()]) for price in (skill.missing_price, skill.superfluous_price)
    )
    yield from zip(curves, *prices, strict=True)
