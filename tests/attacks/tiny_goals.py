"""Service levels over a day or a week for small random problems, and what a roster misses of them.

What is missed is counted from Erlang's formula as textbooks print it, with factorials.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, exp, factorial, floor
from random import Random

from scheduler.demand.requirement import with_requirement
from scheduler.domain import Problem
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.facts.problem import ServiceGoal, Shrinkage, Volumes
from scheduler.model import RuleBook, Strength
from tests.property.problems import Case
from tests.unit.tiny import rule

Pieces = Sequence[tuple[int, int, int]]
"""First minute, length and interval of the pieces of time in which nobody comes or goes."""


def with_goals(problem: Problem, rules: RuleBook, random: Random) -> Case:
    """The problem with the contacts of one skill in place of its demand, if anybody has that skill."""
    wanted = [one for one in problem.demand if any(one.required)]
    if not wanted:
        return problem, rules
    demand = random.choice(wanted)
    skill, seconds = demand.skill, problem.grid.interval_minutes * 60
    aht = random.choice((60.0, 240.0, 413.5))
    agents = tuple(
        one.model_copy(update={"skills": (skill,)}) if skill in one.skills else one for one in problem.agents
    )
    contacts = tuple(
        round(number * random.uniform(0.2, 0.9) * seconds / aht, random.choice((0, 1, 3))) if number else None
        for number in demand.required
    )
    days = (0, 1, 2, 3, 4, 5, 6)
    first = random.choice((days, (0, 2, 4, 6)))
    rows = [first, tuple(day for day in days if day not in first)]
    goals = tuple(
        ServiceGoal(
            skill=skill,
            weekdays=weekdays,
            per=random.choice(("day", "week", "week")),
            service_level_percent=random.choice((10, 50, 80, 95.5)),
            within_seconds=random.choice((0, 20, 120)),
            minimum_staff=random.choice((0, 0, 1)),
        )
        for weekdays in rows
        if weekdays
    )
    taken = (Shrinkage(kind="training", percent=random.choice((5, 37.5))),) if random.random() < 0.4 else ()
    changed = with_requirement(
        problem.model_copy(
            update={
                "demand": tuple(one for one in problem.demand if one.skill != skill),
                "volumes": (Volumes(skill=skill, contacts=contacts, aht_seconds=(aht,) * len(contacts)),),
                "service_goals": goals,
                "shrinkage": taken,
                "agents": agents,
            }
        )
    )
    if any(fault.is_error for fault in problem_faults(changed)):
        return problem, rules
    price = random.choice((1, 500, 6000, 10**7))
    kept = (
        rule("service_goal")
        if random.random() < 0.3
        else rule("service_goal", strength=Strength.PREFER, price=price)
    )
    others = (one for one in rules.rules if one.kind != kept.kind)
    return changed, RuleBook(rules=(*others, kept))


def is_together(problem: Problem, skill: str, interval: int) -> bool:
    """Whether a skill has a service level over a day or a week in an interval with contacts."""
    contacts = next((one.contacts for one in problem.volumes if one.skill == skill), ())
    return bool(contacts and contacts[interval]) and any(
        goal.per != "interval" and goal.skill == skill and goal.holds(problem.grid, interval)
        for goal in problem.service_goals
    )


def cost_of_goals(
    problem: Problem, rules: RuleBook, pieces: Pieces, there: Sequence[Sequence[bool]]
) -> int | None:
    """What missed answers cost, in sixtieths of a cent; ``None`` where a goal must be met and is not.

    Parameters
    ----------
    there
        For each agent, in which pieces of time they are at work.
    """
    kept = next((one for one in rules.active() if one.kind == "service_goal"), None)
    if kept is None:
        return 0
    missing = sum(_missing(problem, pieces, there))
    if kept.is_must:
        return None if missing else 0
    return 60 * (kept.price or 0) * missing


def _missing(problem: Problem, pieces: Pieces, there: Sequence[Sequence[bool]]) -> Iterator[int]:
    grid = problem.grid
    for goal in problem.service_goals:
        (volumes,) = (one for one in problem.volumes if one.skill == goal.skill)
        mine = [goal.skill in agent.skills for agent in problem.agents]
        for days in problem.weeks if goal.per == "week" else [(day,) for day in range(grid.days)]:
            offered, answered = Fraction(0), Fraction(0)
            staff: dict[int, list[tuple[int, int]]] = {}
            for number, (_, length, interval) in enumerate(pieces):
                agents = sum(is_mine and row[number] for is_mine, row in zip(mine, there, strict=True))
                staff.setdefault(interval, []).append((length, agents))
            for interval, lengths in staff.items():
                contacts = volumes.contacts[interval]
                is_in = grid.interval_start(interval).date() in [grid.date(day) for day in days]
                if not contacts or not is_in or not goal.holds(grid, interval):
                    continue
                offered += Fraction(contacts)
                for length, agents in lengths:
                    answered += Fraction(length, grid.interval_minutes) * in_time(
                        problem, goal, contacts, volumes.aht_seconds[interval] or 0.0, agents
                    )
            asked = ceil(1000 * offered * Fraction(str(goal.service_level_percent)) / 100)
            yield max(0, ceil((asked - answered) / 1000))


def in_time(problem: Problem, goal: ServiceGoal, contacts: float, aht: float, agents: int) -> int:
    """Thousandths of a contact that so many answer in time in an interval, rounded down."""
    erlangs = contacts * aht / (60 * problem.grid.interval_minutes)
    taken = sum(Fraction(str(one.percent)) for one in problem.shrinkage) / 100
    on_the_line = agents * (1 - taken)
    if on_the_line < floor(erlangs) + 1:
        return 0
    low = floor(on_the_line)
    part = float(on_the_line - low)
    level = (1 - part) * _level(erlangs, low, goal, aht) + part * _level(erlangs, low + 1, goal, aht)
    return max(0, floor(1000 * contacts * level))


def _level(erlangs: float, agents: int, goal: ServiceGoal, aht: float) -> float:
    all_busy = erlangs**agents / factorial(agents) * agents / (agents - erlangs)
    waiting = all_busy / (sum(erlangs**busy / factorial(busy) for busy in range(agents)) + all_busy)
    return 1 - waiting * exp(-(agents - erlangs) * (goal.within_seconds or 0) / aht)
