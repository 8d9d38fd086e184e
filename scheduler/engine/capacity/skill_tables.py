"""One skill's year as whole numbers: what is missing by week, and what a class brings and costs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.facts.capacity import (
    BEYOND_FLOOR_FACTOR,
    PERSON,
    WHOLE,
    CapacityYear,
    SkillYear,
    remaining,
)
from scheduler.domain.findings.errors import refused
from scheduler.texts import text

Numbers = NDArray[np.float64]
Counts = NDArray[np.int32]

NEVER_COST = 1e17
"""The cost of what may not be; above every cost."""
MOST_COST = 2**50
"""Costs of a plan, in hundredths of a cent, that are whole numbers in a double with room to spare."""


@dataclass(frozen=True)
class Option:
    """Classes that may start together."""

    classes: int
    people: int


@dataclass(frozen=True)
class SkillTables:
    """Tables of one skill, as ``hiring.c`` reads them.

    Parameters
    ----------
    grain_count
        Hundredths of a person in a state: 1 for exact figures, more for a quick estimate.
    left
        By weeks later and state, who is still there.
    most
        By week, the largest state that is looked at.
    attrition_share
        Share that leaves each week, in millionths.
    cost, carried_over
        By week of the start and option, in hundredths of a cent.
    productive, joins
        By week of the curve and option, and by option, in states.
    """

    grain_count: int
    training_weeks: int
    curve_weeks: int
    options: tuple[Option, ...]
    needed: Numbers
    price: Numbers
    more_needed: Numbers
    more_price: Numbers
    cost: Numbers
    productive: Numbers
    joins: Counts
    left: Counts
    most: Counts
    attrition_share: int

    @property
    def weeks(self) -> int:
        """How many weeks are planned."""
        return len(self.needed)

    @property
    def states(self) -> int:
        """How many states there are."""
        return int(self.left.shape[1])

    @property
    def classes(self) -> Counts:
        """Classes of each option."""
        return np.array([one.classes for one in self.options], np.int32)


def tables_of(year: CapacityYear, skill: SkillYear, grain_count: int = 1) -> SkillTables:
    """The tables of a skill.

    Raises
    ------
    BadInput
        If its costs are beyond whole numbers of 50 bits.
    """
    terms, weeks = skill.terms, year.weeks
    curve = max(1, len(terms.learning_curve), terms.weeks_between)
    options = tuple(_options(skill))
    known = skill.known_staff()
    price = np.array([skill.missing_week_cents(week) for week in range(weeks)], float)
    needed = np.array([want - have for want, have in zip(skill.needed, known, strict=True)], float)
    allowed = [0] * weeks if skill.most_missing is None else [
        want * skill.most_missing // WHOLE for want in skill.needed
    ]  # fmt: skip
    cohorts = [_cohort(skill, one.people, weeks + terms.training_weeks + curve) for one in options]
    cost = np.array(
        [
            [
                _cost(year, skill, option, people, start)
                for option, people in zip(options, cohorts, strict=True)
            ]
            for start in range(weeks)
        ],
        float,
    )
    if max(needed.max(initial=0), 1) * price.max() * weeks * (BEYOND_FLOOR_FACTOR + 1) > MOST_COST or (
        cost[cost < NEVER_COST].max(initial=0) * weeks > MOST_COST
    ):
        raise refused(skill.name, text("its costs are beyond what can be counted."))
    at = terms.training_weeks
    shares = (*terms.learning_curve, *[WHOLE] * (curve - len(terms.learning_curve)))
    productive = np.array(
        [
            [(people[at + week] * share * 2 + WHOLE) // (2 * WHOLE) for people in cohorts]
            for week, share in enumerate(shares)
        ]
    )
    joins = np.array([people[at + curve] for people in cohorts])
    nets = np.ceil(needed / grain_count)
    left, most = _states(skill, nets, joins // grain_count, curve, grain_count, terms.training_weeks)
    return SkillTables(
        grain_count,
        terms.training_weeks,
        curve,
        options,
        needed / grain_count,
        price * grain_count,
        (needed - allowed) / grain_count,
        price * grain_count * (0 if skill.most_missing is None else BEYOND_FLOOR_FACTOR),
        cost,
        np.ascontiguousarray(productive / grain_count),
        np.round(joins / grain_count).astype(np.int32),
        left,
        most,
        skill.attrition,
    )


def states_left(states: NDArray[np.int64], attrition_share: int, grain_count: int) -> NDArray[np.int64]:
    """Who is left a week later: ``remaining`` of many states at once."""
    people = (states * grain_count * (WHOLE - attrition_share) * 2 + WHOLE) // (2 * WHOLE)
    return people if grain_count == 1 else np.round(people / grain_count).astype(np.int64)


def _options(skill: SkillYear) -> list[Option]:
    """The fewest classes for every number of people that may start together."""
    found: dict[int, int] = {}
    for classes in range(1, skill.terms.most_started + 1):
        for people in skill.terms.sizes(classes):
            found.setdefault(people, classes)
    return [Option(classes, people) for people, classes in sorted(found.items(), key=lambda one: one[::-1])]


def _cohort(skill: SkillYear, people: int, weeks: int) -> list[int]:
    """Who of a class is still there, by weeks since its start, in hundredths of a person."""
    there = [PERSON * people]
    newcomer_weeks = skill.terms.training_weeks + len(skill.terms.learning_curve)
    for week in range(weeks):
        there.append(
            remaining(there[-1], skill.terms.attrition if week < newcomer_weeks else skill.attrition)
        )
    return there


def _cost(year: CapacityYear, skill: SkillYear, option: Option, cohort: list[int], start: int) -> float:
    """What an option costs that starts in a week: hiring and training as written off, and wages."""
    terms, arrival = skill.terms, start + skill.terms.training_weeks
    if arrival >= year.weeks or (year.may_start and not year.may_start[start]):
        return NEVER_COST
    rooms = [year.rooms(week) for week in range(start, arrival)]
    if any(room is not None and room < option.classes for room in rooms):
        return NEVER_COST
    pay = skill.weekly_pay_cents
    once = 100 * (terms.hire_cents * option.people + terms.class_cents * option.classes)
    once += pay * sum(cohort[: terms.training_weeks])
    written_off = once * min(year.weeks - arrival, terms.write_off_weeks) // terms.write_off_weeks
    return float(written_off + pay * sum(cohort[terms.training_weeks : year.weeks - start]))


def _states(
    skill: SkillYear, needed: Numbers, joins: Counts, curve_weeks: int, grain_count: int, training_weeks: int
) -> tuple[Counts, Counts]:
    """Who is left of each state, weeks later, and the largest state of each week.

    A class that arrives where nothing will ever be missing is never worth its cost, so that no state lies
    further above what is needed later than by one arrival.
    """

    def after(states: NDArray[np.int64]) -> NDArray[np.int64]:
        return states_left(states, skill.attrition, grain_count)

    largest, weeks = int(joins.max()), len(needed)
    enough = np.zeros(weeks + 1, np.int64)  # from which state on nothing will ever be missing
    for week in reversed(range(weeks)):
        least = int(enough[week + 1])
        while (
            least and least <= 10 * (enough[week + 1] + 1) and after(np.array([least]))[0] < enough[week + 1]
        ):
            least += max(1, int(enough[week + 1] - after(np.array([least]))[0]))
        enough[week] = max(least, int(needed[week]), 0)
    most = np.zeros(weeks + 1, np.int64)
    for week in range(1, weeks + 1):
        most[week] = after(most[week - 1 : week])[0]
        begun = week - curve_weeks
        if begun >= training_weeks:
            before = np.array([min(most[begun], max(0, enough[begun] - 1))])
            for _ in range(curve_weeks):
                before = after(before)
            most[week] = max(most[week], int(before[0]) + largest)
    rows = [np.arange(int(most.max()) + 1)]
    for _ in range(curve_weeks):
        rows.append(after(rows[-1]))
    return np.ascontiguousarray(np.array(rows), np.int32), most.astype(np.int32)
