"""Deferrable work that the roster places, for small random problems, and every way to place it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from random import Random

from scheduler.demand.requirement import with_requirement
from scheduler.domain import Problem
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.facts.problem import DeferredWork, ServiceGoal, Shrinkage, Volumes
from scheduler.model import RuleBook, Strength
from scheduler.model.checks.rule_book import rule_faults
from tests.property.problems import Case

MOST_WAYS = 100
"""Ways to place the work at most; where there are more the problem stays as it is."""
Place = Mapping[int, int]
"""Portions by interval."""


def with_work(problem: Problem, rules: RuleBook, random: Random) -> Case:
    """The problem with a little work in place of the demand of one skill, if that can be planned."""
    wanted = [one for one in problem.demand if any(one.required)]
    if not wanted:
        return problem, rules
    before, width = random.choice(wanted), problem.grid.interval_minutes
    skill = before.skill
    # fewest and most agents of the skill stay, beside what is computed
    bounds = before.model_copy(
        update={"required": (0,) * len(before.required), "from_volumes": (True,) * len(before.required)}
    )
    contacts: list[float | None] = [
        0.0 if any(one.required[at] for one in wanted) else None for at in range(problem.grid.intervals)
    ]
    opened = [at for at, number in enumerate(contacts) if number is not None]
    for _ in range(random.randint(1, 3)):
        contacts[random.choice(opened)] = random.choice((1.0, 2.0, 0.5, 0.3, 1.7))
    goal = ServiceGoal(
        skill=skill,
        channel="deferrable",
        method="placed",
        aht_seconds=60.0 * width,
        deadline_minutes=width * random.choice((1, 2, 4, 8)),
        occupancy_percent=random.choice((None, 90)),
    )
    taken = (Shrinkage(kind="training", percent=random.choice((5, 37.5))),) if random.random() < 0.4 else ()
    changed = with_requirement(
        problem.model_copy(
            update={
                "demand": tuple(bounds if one.skill == skill else one for one in problem.demand),
                "volumes": (Volumes(skill=skill, contacts=tuple(contacts)),),
                "service_goals": (goal,),
                "shrinkage": taken,
            }
        )
    )
    priced = RuleBook(
        rules=tuple(
            one.model_copy(update={"strength": Strength.PREFER}) if one.kind == "requirement" else one
            for one in rules.rules
        )
    )
    faults = (*problem_faults(changed), *rule_faults(changed, priced))
    if any(fault.is_error for fault in faults) or len(ways(changed)) > MOST_WAYS:
        return problem, rules
    return changed, priced


def ways(problem: Problem) -> list[Place]:
    """Every way to place the work, each portion in each of its intervals; one where there is none."""
    found: dict[tuple[tuple[int, int], ...], Place] = {}
    for chosen in product(*(window for work in problem.deferred_work for window in windows(work))):
        place = Counter(chosen)
        found[tuple(sorted(place.items()))] = place
        if len(found) > MOST_WAYS:
            break
    return list(found.values())


def windows(work: DeferredWork) -> Iterator[list[int]]:
    """The intervals in which each portion may be done."""
    for number in range(1, work.portions + 1):
        yield [
            interval
            for at, interval in enumerate(work.intervals)
            if work.arrived[at] >= number and (at == 0 or work.due[at - 1] < number)
        ]


def least(
    places: list[Place], cost: Callable[[int, int], Fraction | None], nothing: Mapping[int, Fraction]
) -> Fraction:
    """The least that the intervals cost beyond what they cost without any work.

    Parameters
    ----------
    cost
        Of an interval with so many portions.
    nothing
        Of each interval without any.
    """
    sums = []
    for place in places:
        total = Fraction(0)
        for interval, portions in place.items():
            each = cost(interval, portions)
            assert each is not None
            total += each - nothing[interval]
        sums.append(total)
    return min(sums)
