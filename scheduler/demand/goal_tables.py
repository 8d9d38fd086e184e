"""What each number of agents answers in time, where a service level is agreed over a day or a week.

Called by :mod:`scheduler.demand.requirement`. Of ``c`` contacts with a workload of ``A`` erlangs, ``n``
agents on the queue answer ``c (1 - C(n) exp(-(n - A) T / h))`` within ``T`` seconds, where ``C`` is Erlang C
and ``h`` the handling time, and none where ``n`` is no more than ``A``. From there on every further agent
adds less than the one before: ``C`` is decreasing and convex in ``n`` (A. Jagers, E. van Doorn, "Convexity of
Functions Which Are Generalizations of the Erlang Loss Function and the Erlang Delay Function", SIAM Review
33, 1991), and so is its product with the exponential function.

Shrinkage takes part of an agent's time, so that between two whole numbers on the queue it is interpolated.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, exp, floor

from scheduler.demand.base_staff import NO_WORK
from scheduler.domain.facts.goal_tables import THOUSAND, GoalTable
from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.service_goals import ServiceGoal, goal_at
from scheduler.domain.facts.volumes import Volumes
from scheduler.domain.values.percent import WHOLE, in_hundredths

Answered = tuple[int, tuple[int, ...]]
"""Fewest agents, and thousandths of a contact that as many, one more and so on answer in time."""


def tables_of(
    problem: Problem, volumes: Volumes, aht_seconds: Sequence[float], taken: Sequence[int]
) -> Iterator[GoalTable]:
    """The tables of a skill, one for each goal and day or week over which it is agreed.

    Parameters
    ----------
    aht_seconds
        Handling time by interval.
    taken
        Share of paid time that is spent elsewhere by interval, in hundredths of a per cent.
    """
    grid, skill = problem.grid, volumes.skill
    known: dict[tuple[float, float, float, int], Answered] = {}
    names: set[str] = set()
    goals = [goal_at(problem.service_goals, skill, grid, at) for at in range(grid.intervals)]
    for row, goal in enumerate(problem.service_goals):
        if goal.skill != skill or not goal.is_together:
            continue
        periods = problem.weeks if goal.per == "week" else [(day,) for day in range(grid.days)]
        for days in periods:
            mine = [
                (at, number)
                for day in days
                for at in grid.intervals_of(day)
                if goals[at] is goal and (number := volumes.contacts[at])
            ]
            if not mine:
                continue
            found = []
            for at, number in mine:
                key = number, aht_seconds[at], goal.within_seconds or 0.0, taken[at]
                if key not in known:
                    known[key] = _answered(grid.interval_minutes * 60, *key)
                found.append(known[key])
            offered = sum((Fraction(number) for _, number in mine), Fraction()) * THOUSAND
            name = _name(problem, skill, days)
            while name in names:  # another row of the goal on the same days
                name += "'"
            names.add(name)
            yield GoalTable(
                name=name,
                skill=skill,
                goal=row,
                days=tuple(days),
                offered=ceil(offered),
                asked=asked_of(goal, offered),
                intervals=tuple(at for at, _ in mine),
                fewest=tuple(fewest for fewest, _ in found),
                answered=tuple(numbers for _, numbers in found),
            )


def asked_of(goal: ServiceGoal, offered: Fraction) -> int:
    """How many of so many contacts are to be answered in time, rounded up."""
    return ceil(offered * in_hundredths(goal.service_level_percent or 0) / WHOLE)


def _name(problem: Problem, skill: str, days: Sequence[int]) -> str:
    """Skill and dates, as ISO 8601 writes them: ``Calls, 2026-01-05/2026-01-11``."""
    first, last = problem.grid.date(days[0]), problem.grid.date(days[-1])
    return f"{skill}, {first}" if first == last else f"{skill}, {first}/{last}"


def _answered(interval_seconds: float, contacts: float, aht: float, within: float, taken: int) -> Answered:
    """What is answered in time from the fewest agents on, until hardly more can be."""
    erlangs = contacts * aht / interval_seconds
    if erlangs <= NO_WORK:
        return 0, (floor(Fraction(contacts) * THOUSAND),)
    levels = _levels(erlangs, within / aht)
    all_of_them = floor(Fraction(contacts) * THOUSAND)
    least = floor(erlangs) + 1
    known = [next(levels)]
    fewest = agents = -(-least * WHOLE // (WHOLE - taken))
    numbers: list[int] = []
    while not numbers or numbers[-1] < all_of_them - 1:
        whole, part = divmod(agents * (WHOLE - taken), WHOLE)
        while len(known) < whole + 2 - least:
            known.append(next(levels))
        low, high = known[whole - least : whole - least + 2]
        numbers.append(max(0, floor(THOUSAND * contacts * (low + (high - low) * part / WHOLE))))
        agents += 1
    return fewest, tuple(numbers)


def _levels(erlangs: float, handling_times: float) -> Iterator[float]:
    """Service levels of the first number of agents above the workload, and of every further one."""
    agents, inverse_loss = 0, 1.0
    while True:
        agents += 1
        inverse_loss = 1.0 + agents / erlangs * inverse_loss
        if agents > erlangs:
            waiting = agents / ((agents - erlangs) * inverse_loss + erlangs)
            yield 1.0 - waiting * exp(-(agents - erlangs) * handling_times)
