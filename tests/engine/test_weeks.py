"""The exact best week of the compiled core against every week there is, on weeks small enough to list."""

from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints import OneShiftADay
from scheduler.domain import Certificate, Problem
from scheduler.engine.certificate import certify
from scheduler.engine.lagrange import Lagrangian, Reals
from scheduler.engine.plans import Plans
from scheduler.engine.tables import Tables
from scheduler.engine.worker import roster_of
from scheduler.model import AgentRule, RuleBook, Strength
from scheduler.verifier.bound import NO_ROSTER
from scheduler.verifier.misfits import misfits
from tests.engine.demanded import KINDS, Demanded, random_limit
from tests.engine.rosters import a_worker
from tests.property.test_best_week import listed, small_weeks

Week = tuple[Problem, RuleBook, Certificate]


def with_any_limits(problem: Problem, rules: RuleBook, seed: int) -> RuleBook:
    """The same rules and a few more, each of one limit of any kind."""
    random = Random(seed)
    more = [
        Demanded(
            label=f"demanded {number}",
            strength=random.choice((Strength.MUST, Strength.PREFER)),
            price=random.choice((100, 900)),
            demanded=(random_limit(problem, "Ann", random.choice(KINDS), random),),
        )
        for number in range(random.randint(0, 3))
    ]
    return RuleBook(rules=(OneShiftADay(), *rules.rules, *more))


def prices_of(tables: Tables, certificate: Certificate) -> Reals:
    """The prices of a certificate over the padded line, shape (skills, slots)."""
    prices = np.zeros((len(tables.problem.skills), tables.slots.count))
    for k, skill in enumerate(tables.problem.skills):
        prices[k, tables.slots.pad : tables.slots.pad + tables.slots.inside] = certificate.prices[skill.name]
    return prices


def carried_only(rules: RuleBook, carried: tuple[str, ...]) -> RuleBook:
    return RuleBook(rules=tuple(rule for rule in rules.active() if rule.name in carried))


@settings(max_examples=50)
@given(small_weeks(), st.integers(0, 2**16))
def test_the_best_week_is_the_best_of_all_weeks(week: Week, seed: int) -> None:
    problem, rules, priced = week
    rules = with_any_limits(problem, rules, seed)
    tables = Tables.of(problem, rules)
    plans = Plans.of(tables)
    lagrangian = Lagrangian(tables, plans)
    prices = prices_of(tables, priced)
    certificate = certify(lagrangian, prices)
    bound, wages = listed(problem, carried_only(rules, plans.carried_rules), priced)
    stuck = lagrangian.at(prices).stuck
    assert stuck == ((0,) if bound == NO_ROSTER else ())
    if stuck:
        return
    # Nothing is required, so at prices of 0 or more the staffing part is 0 and the bound is the week's.
    assert certificate.bound == bound
    assert certificate.unavoidable_wages == wages

    # The week itself, not only its value: searching by these prices alone, it is what the agent is given.
    worker = a_worker(tables, plans)
    worker.guide_by(prices, 0.0)
    worker.improve_week(0, only_better=False)
    roster = roster_of(tables, worker.snapshot())
    assert not list(misfits(problem, roster))
    left_out = [rule for rule in rules.active() if rule.name not in plans.carried_rules]
    for rule in rules.active():
        if rule.is_must and rule not in left_out and isinstance(rule, AgentRule):
            assert not list(rule.check(problem, roster)), rule
    if not left_out:
        earned = float((worker.arrays["staffed"].T * prices).sum())
        assert worker.arrays["own"][0] + worker.arrays["lay"].sum() - earned == bound
