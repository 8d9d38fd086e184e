"""The verifier plans like classes of agents together; each must come out as if it were planned alone."""

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from random import Random

import pytest

from scheduler.domain import Agent, Certificate, Problem
from scheduler.model import RuleBook
from scheduler.verifier import unavoidable_wages
from scheduler.verifier.bound import lagrangian
from scheduler.verifier.bound.best_week import dynamic_program
from scheduler.verifier.bound.lagrangian import NO_ROSTER, Ints, Recomputed, recompute
from scheduler.verifier.bound.pricing.agent_classes import CarriedLimits
from scheduler.verifier.bound.pricing.pricing_groups import Member, PricingGroup
from scheduler.verifier.recount.headcounts import rows_of
from tests.property.problems import Case, small_case, ward_case

SEEDS = range(24)
SLOT = 5


def crowded(seed: int) -> Case:
    """A small case in which everybody comes several times, each time with a life of their own."""
    random = Random(f"crowd {seed}")
    problem, rules = (ward_case if seed % 2 else small_case)(seed)
    agents = [
        another(agent, f"{agent.name} {number}", problem, random)
        for agent in problem.agents
        for number in range(random.randint(1, 3))
    ]
    random.shuffle(agents)
    return problem.model_copy(update={"agents": tuple(agents)}), rules


def another(agent: Agent, name: str, problem: Problem, random: Random) -> Agent:
    """The same agent under another name and with other pay; some were free before, some like other days."""
    fields: dict[str, object] = {"name": name, "pay_per_hour": random.choice((900, 1000, 1500))}
    if random.random() < 0.4:
        fields["history"] = agent.history[: random.randint(0, len(agent.history))]
    if random.random() < 0.4:
        first = problem.grid.first_day
        fields["preferred_days_off"] = (first + timedelta(days=random.randrange(problem.grid.days)),)
    return agent.model_copy(update=fields)


def any_certificate(problem: Problem, rules: RuleBook, seed: int) -> Certificate:
    """Random prices, with all rules carried that the verifier can carry."""
    random = Random(seed)
    slots = problem.grid.minutes // SLOT
    return Certificate(
        slot_minutes=SLOT,
        prices={
            skill.name: tuple(random.randint(-1000, 20_000) for _ in range(slots)) for skill in problem.skills
        },
        headcount_prices={
            row.name: tuple(random.randint(-100_000, 900_000) for _ in range(problem.grid.days))
            for row in rows_of(problem, rules)
        },
        carried_rules=tuple(rule.name for rule in rules.active()),
        bound=0,
        unavoidable_wages=0,
    )


@lru_cache(maxsize=len(SEEDS))
def recounted(seed: int) -> tuple[Problem, RuleBook, Certificate, Recomputed]:
    """A crowded case at any prices, and what comes out."""
    problem, rules = crowded(seed)
    certificate = any_certificate(problem, rules, seed)
    return problem, rules, certificate, recompute(problem, rules, certificate)


@pytest.mark.parametrize("seed", SEEDS)
def test_together_or_one_by_one_is_the_same(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem, rules, certificate, together = recounted(seed)
    for most in (1, 2000):  # one by one, and a few at a time
        monkeypatch.setattr(lagrangian, "MOST_CHOICES", most)
        assert recompute(problem, rules, certificate) == together


@pytest.mark.parametrize("seed", SEEDS)
def test_a_table_that_is_too_large_for_all_is_shared_out(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem, rules, certificate, together = recounted(seed)
    monkeypatch.setattr(dynamic_program, "MOST_TOGETHER", 40 if seed % 3 else 3)  # 3: never two at a time
    assert recompute(problem, rules, certificate) == together


@pytest.mark.parametrize("seed", SEEDS[::3])
def test_wages_that_nobody_can_avoid_are_the_sum_of_everybodys_own(seed: int) -> None:
    problem, rules, certificate, together = recounted(seed)
    if together.unavoidable_wages == NO_ROSTER:
        return
    alone = certificate.model_copy(update={"headcount_prices": {}})
    # who is alone cannot meet what must be met by many, but nobody's wages depend on that
    agents_only = RuleBook(rules=tuple(rule for rule in rules.rules if rule.kind not in TEAM_KINDS))
    each = [
        unavoidable_wages(
            problem.model_copy(update={"agents": (agent,)}),
            agents_only,
            alone.model_copy(update={"carried_rules": tuple(rule.name for rule in agents_only.active())}),
        )
        for agent in problem.agents
    ]
    assert sum(each) == together.unavoidable_wages


TEAM_KINDS = {"requirement", "shift_requirement", "minimum_staff", "seats", "skills"}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_agents_and_rules_changes_nothing(seed: int) -> None:
    problem, rules, certificate, together = recounted(seed)
    random = Random(seed)
    agents, listed = list(problem.agents), list(rules.rules)
    random.shuffle(agents)
    random.shuffle(listed)
    mixed = problem.model_copy(update={"agents": tuple(agents)}), RuleBook(rules=tuple(listed))
    assert recompute(*mixed, certificate) == together


def test_there_are_crowds_and_not_all_of_them_are_stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    plan = lagrangian._Weeks._best

    def counted(weeks: lagrangian._Weeks, group: PricingGroup, members: Sequence[Member]) -> Ints | None:
        sizes.append(len(members))
        return plan(weeks, group, members)

    monkeypatch.setattr(lagrangian._Weeks, "_best", counted)
    for seed in SEEDS[:10]:
        problem, rules, certificate, together = recounted(seed)
        assert recompute(problem, rules, certificate) == together
    assert sum(size > 1 for size in sizes) > 15
    assert sum(recounted(seed)[-1].bound < NO_ROSTER for seed in SEEDS) > 15


@pytest.mark.parametrize("seed", range(0, 20, 2))
def test_what_is_asked_of_several_agents_is_one_limit(seed: int) -> None:
    problem, rules = small_case(seed)
    limits = CarriedLimits().by_agent(problem, rules, tuple(rule.name for rule in rules.active()))
    kinds = {}
    for carried in (one for every in limits.values() for one in every):
        said = (repr(carried.limit), carried.unit_price)
        assert kinds.setdefault(said, carried) is carried
        assert carried.limit.agent == ""
