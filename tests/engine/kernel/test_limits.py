"""Limits in the compiled core against their definitions: the `excess` of scheduler.model.limits.kinds."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from constraints import OneShiftADay
from scheduler.domain import Problem, Roster
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.roster_arrays import roster_of
from scheduler.model import AgentRule, Rule, RuleBook, Strength
from scheduler.model.limits.breaks import BreakLimit
from tests.engine.demanded import KINDS, Demanded, random_limit
from tests.engine.rosters import (
    Drawn,
    book,
    charge,
    drawn,
    is_of_one_day,
    multi_day_limits,
    options_of,
    own_cost,
    prepared,
    random_row,
    snapshot_of_rows,
)
from tests.property.problems import small_case
from tests.rules.cases import CASES, Case
from tests.rules.variants import VARIANTS
from tests.rules.worlds import STAGES
from tests.rules.worlds import roster as roster_from

PRICE = 700


def assert_as_defined(
    found: tuple[int, int], problem: Problem, rules: RuleBook, roster: Roster, agent: str
) -> None:
    """Wages and priced limits, and the excess of hard ones.

    What a hard limit says of one day alone may bar the day, which counts 1 whatever is broken there.
    """
    pay = problem.pay_of(problem.agent_named[agent])
    cost, broken, on_one_day = sum(pay * duty.paid_minutes for duty in roster.of(agent)), 0, 0
    barred: set[int] = set()
    for rule, limit in multi_day_limits(problem, rules, agent):
        excess = limit.excess(problem, roster)
        if not rule.is_must:
            cost += charge(rule, limit, excess)
        elif not is_of_one_day(limit):
            broken += excess
        elif excess:
            on_one_day += excess
            barred.add(limit.on[0])  # type: ignore[attr-defined]
    duties = roster.of(agent)
    # duties that overlap are broken by their overlap; the engine says so of neighbours
    who = problem.agent_named[agent]
    ends = [problem.grid.instant(past.end, problem.zone_of(who)) for past in who.history]
    until = [max(ends, default=-(1 << 30)), *(duty.end for duty in duties)]
    broken += sum(max(0, end - duty.start) for end, duty in zip(until, duties, strict=False))
    assert found[0] == cost, roster
    assert broken + len(barred) <= found[1] <= broken + on_one_day, roster


CASES_OF_AGENTS = [
    case
    for case in CASES
    if isinstance(case.rule, AgentRule)
    and case.rule.kind != "one_shift_a_day"
    and "2" not in case.week
    and not any(isinstance(limit, BreakLimit) for limit in case.rule.limits(case.problem))
]


@pytest.mark.parametrize("case", CASES_OF_AGENTS, ids=str)
@pytest.mark.parametrize("strength", [Strength.MUST, Strength.PREFER])
def test_cases_counted_by_hand(case: Case, strength: Strength) -> None:
    problem = case.problem
    rule = case.rule.model_copy(update={"strength": strength, "price": PRICE})
    roster = case.roster(problem)
    instance = compile_instance(problem, book(rule))
    cost, broken = own_cost(instance, 0, options_of(instance, 0, roster))
    wages = sum(2000 * duty.paid_minutes for duty in roster.of("Ann"))
    if strength is Strength.PREFER:
        assert (cost, broken) == (wages + rule.cost_of(case.amount), 0)
        return
    assert cost == wages
    assert_as_defined((cost, broken), problem, book(rule), roster, "Ann")
    assert (broken > 0) == (case.amount > 0)


def trials() -> Iterator[Any]:
    for number, variant in enumerate(VARIANTS):
        for stage in variant.stages:
            # two shifts a day are nothing that the engine plans, nor that it can write down
            if stage != "twice" and variant.rule.kind != "one_shift_a_day":
                yield pytest.param(variant.rule, stage, number, id=f"{variant}-{stage}")


@pytest.mark.parametrize(("rule", "stage", "number"), list(trials()))
def test_rules_on_rosters_of_the_stages(rule: Rule, stage: str, number: int) -> None:
    random = Random(number)
    staged = STAGES[stage]
    for history in staged.histories:
        problem = staged.problem(history)
        hard = compile_instance(problem, book(rule))
        wish = rule.model_copy(update={"strength": Strength.PREFER, "price": PRICE})
        soft = compile_instance(problem, book(wish))
        for _ in range(3):
            week = "".join(random.choice(staged.letters) for _ in range(staged.days))
            roster = roster_from(problem, {"Ann": week})
            for instance, one in ((hard, rule), (soft, wish)):
                found = own_cost(instance, 0, options_of(instance, 0, roster))
                assert_as_defined(found, problem, book(one), roster, "Ann")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("strength", [Strength.MUST, Strength.PREFER])
def test_limits_of_every_kind_with_every_verb(kind: str, strength: Strength) -> None:
    broken_somewhere = kept_somewhere = 0
    for seed in range(10):
        problem, _ = small_case(seed)
        random = Random(seed)
        name = problem.agents[0].name
        limits = tuple(random_limit(problem, name, kind, random) for _ in range(3))
        rules = RuleBook(rules=(OneShiftADay(), Demanded(strength=strength, price=PRICE, demanded=limits)))
        instance = compile_instance(problem, rules)
        for _ in range(10):
            row = random_row(instance, 0, random)
            free = random_row(instance, 0, random, busy=0.0)
            snapshot = snapshot_of_rows(instance, [row, *[free] * (len(problem.agents) - 1)], random)
            roster = roster_of(instance, snapshot)
            assert_as_defined(own_cost(instance, 0, row), problem, rules, roster, name)
            excess = sum(limit.excess(problem, roster) for limit in limits)
            broken_somewhere += excess > 0
            kept_somewhere += excess == 0
    # the limits say something: many rosters break them, many keep them
    assert broken_somewhere > 10 and kept_somewhere > 10


@pytest.mark.parametrize("case", drawn(range(20), range(20, 36)), ids=str)
def test_whole_rule_books(case: Drawn) -> None:
    instance, _ = prepared(case)
    problem, rules, random = instance.problem, instance.rules, Random(case.seed)
    for _ in range(2):
        rows = [random_row(instance, agent, random) for agent in range(len(problem.agents))]
        roster = roster_of(instance, snapshot_of_rows(instance, rows, random))
        for agent, row in enumerate(rows):
            name = problem.agents[agent].name
            assert_as_defined(own_cost(instance, agent, row), problem, rules, roster, name)
