"""The plan of hiring is the best there is: against every plan of small years, and counted again."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.facts.capacity import CapacityYear, SkillYear
from scheduler.domain.results.hiring import ClassStart
from scheduler.engine.capacity.programme import HiringProgramme
from scheduler.engine.capacity.search import plan_hiring
from scheduler.engine.capacity.skill_tables import tables_of
from scheduler.verifier.hiring import hiring_costs, hiring_faults, hiring_weeks
from tests.capacity.years import centre_year, small_year

Starts = tuple[ClassStart, ...]


def plans_of(year: CapacityYear, skill: SkillYear) -> Iterator[Starts]:
    """Every plan of one skill, its weeks apart as they must be."""
    terms = skill.terms
    choices = [
        (classes, people) for classes in range(1, terms.most_started + 1) for people in terms.sizes(classes)
    ]
    apart = max(1, len(terms.learning_curve), terms.weeks_between)

    def after(week: int) -> Iterator[Starts]:
        if week >= year.weeks:
            yield ()
            return
        yield from after(week + 1)
        for classes, people in choices:
            for rest in after(week + apart):
                yield (ClassStart(skill.name, week, classes, people), *rest)

    return after(0)


def recounted(year: CapacityYear, starts: Starts) -> int:
    return hiring_costs(year, starts, hiring_weeks(year, starts)).total


def least_cost(year: CapacityYear) -> int:
    """The cost of the best plan, by trying all; of one skill's plans that take the same rooms the best."""
    by_skill = []
    for skill in year.skills:
        alone = year.model_copy(update={"skills": (skill,)})
        best: dict[tuple[tuple[int, int], ...], tuple[int, Starts]] = {}
        for plan in plans_of(year, skill):
            if not hiring_faults(alone, plan):
                cost, rooms = recounted(alone, plan), tuple((one.week, one.classes) for one in plan)
                best[rooms] = min(best.get(rooms, (cost, plan)), (cost, plan))
        by_skill.append(list(best.values()))
    return min(
        sum(cost for cost, _ in choice)
        for choice in product(*by_skill)
        if not hiring_faults(year, [start for _, plan in choice for start in plan])
    )


def held(year: CapacityYear) -> int:
    """The cost of the plan that is found, proven and counted again."""
    plan = plan_hiring(year)
    assert not hiring_faults(year, plan.starts)
    assert recounted(year, plan.starts) == plan.cost
    assert plan.is_optimal and plan.bound == plan.cost and plan.gap == 0
    return plan.cost


@pytest.mark.parametrize("seed", range(8))
def test_no_plan_is_cheaper(seed: int) -> None:
    year = small_year(seed)
    assert held(year) == least_cost(year)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(st.integers(100, 10_000))
def test_no_plan_is_cheaper_whatever_is_drawn(seed: int) -> None:
    year = small_year(seed)
    assert held(year) == least_cost(year)


def test_two_skills_share_one_room() -> None:
    # each alone would train in the same weeks; together one has to wait or to do without
    year = centre_year(3, skills=2, weeks=20, rooms=1)
    apart = sum(plan_hiring(year.model_copy(update={"skills": (one,)})).cost for one in year.skills)
    assert held(year) > apart


def test_without_a_limit_of_rooms_each_skill_is_planned_alone() -> None:
    year = centre_year(2, skills=3, rooms=None)
    apart = sum(plan_hiring(year.model_copy(update={"skills": (one,)})).cost for one in year.skills)
    assert held(year) == apart


def test_a_year_of_eight_skills_is_proven() -> None:
    held(centre_year(2, rooms=12))


def test_a_search_that_is_cut_short_says_the_gap() -> None:
    year = centre_year(3, skills=5, rooms=2)
    plan = plan_hiring(year, seconds=0.5)
    assert not hiring_faults(year, plan.starts)
    assert recounted(year, plan.starts) == plan.cost
    assert 0 < plan.bound < plan.cost and plan.gap > 0 and not plan.is_optimal


def test_more_is_not_hired_for_a_week_that_is_not_planned() -> None:
    # A class that ends its training behind the last week brings nothing and is never started.
    year = centre_year(5, skills=1)
    training = year.skills[0].terms.training_weeks
    assert all(start.week + training < year.weeks for start in plan_hiring(year).starts)


def test_the_floor_is_kept_where_a_class_can_be_there() -> None:
    skill = centre_year(5, skills=1).skills[0]
    dear = skill.model_copy(update={"missing_cents": 300, "most_missing": 150_000})
    year = centre_year(5, skills=1).model_copy(update={"skills": (dear,)})
    plan, cheap = plan_hiring(year), plan_hiring(year.model_copy(update={"skills": (
        dear.model_copy(update={"most_missing": None}),)}))  # fmt: skip
    assert not cheap.starts and plan.starts  # an hour that costs less than anybody's pay


def test_the_programme_at_prices_pays_for_rooms() -> None:
    year = centre_year(1, skills=1)
    programme = HiringProgramme(tables_of(year, year.skills[0]))
    free, plan = programme.solve(np.zeros(year.weeks))
    assert free == programme.cost_of(plan)
    price = np.full(year.weeks, 10_000_000.0)
    cost, dearer = programme.solve(price)
    rooms = programme.rooms_of(programme.pattern_of(dearer))
    assert cost == programme.cost_of(dearer) + int(rooms @ price)
    assert free <= programme.cost_of(dearer) and cost >= free
