"""The Lagrangian bound: below every legal roster, at any prices, and the verifier agrees to the unit."""

from functools import lru_cache
from random import Random

import numpy as np
import pytest

from scheduler.domain import Roster
from scheduler.engine import plans as plans_module
from scheduler.engine.anneal import shares
from scheduler.engine.certificate import certify
from scheduler.engine.lagrange import Lagrangian, Reals
from scheduler.engine.plans import Plans
from scheduler.engine.prices import Climb
from scheduler.engine.start import snapshot_of
from scheduler.engine.tables import Tables
from scheduler.engine.worker import roster_of
from scheduler.model import RuleBook, Strength
from scheduler.verifier import count_cost, recompute_bound, unavoidable_wages, verify
from tests.engine.rosters import a_worker, lagrangian_of, prepared
from tests.property.problems import small_case

ALL_KINDS = shares(agent_days=1)

SEEDS = [seed for seed in range(60) if small_case(seed)[0].grid.days <= 5][:32]


def random_prices(lagrangian: Lagrangian, seed: int, negative: bool = False) -> Reals:
    """Any prices inside the horizon, shape (skills, slots)."""
    low, high = lagrangian.box()
    random = np.random.default_rng(seed)
    prices = random.uniform(0.0, 1.2, high.shape) * high
    if negative:
        prices += random.uniform(0.0, 1.0, low.shape) * low
    return np.asarray(prices)


@lru_cache(maxsize=128)
def legal_costs(seed: int) -> tuple[int, ...]:
    """What many legal rosters of a case cost, from cheap ones to such as nobody would want."""
    tables, plans = prepared(seed)
    worker = a_worker(tables, plans, seed=seed)
    random = Random(seed)
    for agent in range(len(tables.held)):
        worker.improve_week(agent, only_better=False)
    costs = []
    for _ in range(40):
        if worker.cost().is_legal:
            costs.append(worker.cost().total)
        worker.moves(60, 10 ** random.uniform(3, 7), ALL_KINDS)
    return tuple(costs)


def test_there_are_hundreds_of_legal_rosters_to_hold_bounds_against() -> None:
    assert sum(len(set(legal_costs(seed))) for seed in SEEDS) > 700


@pytest.mark.parametrize("seed", SEEDS)
def test_no_legal_roster_costs_less_than_the_bound_at_any_prices(seed: int) -> None:
    lagrangian = lagrangian_of(seed)
    least = min(legal_costs(seed), default=None)
    nothing = lagrangian.at(np.zeros((lagrangian.skills, lagrangian.slots)))
    if nothing.stuck:
        assert least is None  # whoever has no week under fewer rules has none under all of them
        return
    climb = Climb.start(lagrangian, random_prices(lagrangian, seed))
    climb.climb(25, None)
    bounds = [climb.bound, lagrangian.at(climb.mean).bound]
    bounds += [lagrangian.at(random_prices(lagrangian, seed + i, negative=True)).bound for i in range(3)]
    if least is not None:
        assert max(bounds) <= least + 1e-3


@pytest.mark.parametrize("seed", SEEDS[:16])
def test_the_verifier_recomputes_the_bound_from_the_certificate(seed: int) -> None:
    lagrangian = lagrangian_of(seed)
    problem, rules = lagrangian.tables.problem, lagrangian.tables.rules
    for negative in (False, True):
        prices = random_prices(lagrangian, seed, negative)
        if lagrangian.at(prices).stuck:
            continue
        certificate = certify(lagrangian, prices)
        recomputed = recompute_bound(problem, rules, certificate)
        assert recomputed == certificate.bound or (negative and recomputed > certificate.bound)
        assert unavoidable_wages(problem, rules, certificate) == certificate.unavoidable_wages


@pytest.mark.parametrize("seed", SEEDS[:12])
def test_the_slope_is_the_slope(seed: int) -> None:
    # L is concave: from p to q it rises by no more than slope(p) . (q - p)
    lagrangian = lagrangian_of(seed)
    p, q = random_prices(lagrangian, seed), random_prices(lagrangian, seed + 1)
    here, there = lagrangian.at(p), lagrangian.at(q)
    if not here.stuck:
        ahead = float((here.slope * (q - p)).sum())
        assert there.bound <= here.bound + ahead + 1e-3
        # and at p itself a step along it that is short enough does not fall
        step = 1e-3 / max(1.0, float((here.slope**2).sum())) * here.slope
        assert lagrangian.at(p + step).bound >= here.bound - 1e-3 * float(np.abs(here.slope).sum())


@pytest.mark.parametrize("seed", SEEDS[::3])
def test_rules_that_no_longer_fit_into_the_states_only_loosen_the_bound(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables, plans = prepared(seed)
    monkeypatch.setattr(plans_module, "MOST_STATES", 3)
    fewer = Lagrangian(tables, Plans.of(tables))
    lagrangian = lagrangian_of(seed)
    assert set(fewer.plans.carried_rules) <= set(plans.carried_rules)
    assert set(fewer.plans.carried_rules) | set(fewer.plans.left_out) == {
        rule.name for rule in tables.rules.active()
    }
    prices = random_prices(lagrangian, seed)
    if lagrangian.at(prices).stuck:
        return
    loose, tight = certify(fewer, prices), certify(lagrangian, prices)
    assert loose.bound <= tight.bound
    assert loose.unavoidable_wages <= tight.unavoidable_wages
    assert recompute_bound(tables.problem, tables.rules, loose) >= loose.bound


def changed(rules: RuleBook, number: int, strength: Strength) -> RuleBook:
    every = list(rules.rules)
    every[number] = every[number].model_copy(
        update={"strength": strength, "price": every[number].price or 900}
    )
    return RuleBook(rules=tuple(every))


@pytest.mark.parametrize("seed", SEEDS[:10])
def test_loosening_a_rule_never_raises_the_bound_at_the_same_prices(seed: int) -> None:
    lagrangian = lagrangian_of(seed)
    problem, rules = lagrangian.tables.problem, lagrangian.tables.rules
    if lagrangian.at(random_prices(lagrangian, seed)).stuck:
        return
    random = Random(seed)
    of_agents = [
        number
        for number, rule in enumerate(rules.rules)
        if rule.name in lagrangian.plans.carried_rules
        and rule.is_must
        and rule.kind not in ("one_shift_a_day", "skills", "requirement", "minimum_staff", "seats")
        and not rule.kind.startswith("break")
        and rule.kind != "work_without_break"
    ]
    for number in random.sample(of_agents, min(1, len(of_agents))):
        bounds = []
        for strength in (Strength.MUST, Strength.PREFER, Strength.OFF):
            tables = Tables.of(problem, changed(rules, number, strength))
            other = Lagrangian(tables, Plans.of(tables))
            bounds.append(round(other.at(np.rint(random_prices(lagrangian, seed))).bound))
        assert bounds == sorted(bounds, reverse=True), rules.rules[number]


@pytest.mark.parametrize("seed", SEEDS[:12])
def test_the_order_and_the_names_of_agents_change_neither_bound_nor_legality(seed: int) -> None:
    lagrangian = lagrangian_of(seed)
    tables, problem = lagrangian.tables, lagrangian.tables.problem
    prices = np.rint(random_prices(lagrangian, seed))
    order = Random(seed).sample(range(len(problem.agents)), len(problem.agents))
    mixed = problem.model_copy(update={"agents": tuple(problem.agents[i] for i in order)})
    again = Tables.of(mixed, tables.rules)
    plans = Plans.of(again)
    assert (again.slots.minutes, again.slots.pad) == (tables.slots.minutes, tables.slots.pad)
    if lagrangian.at(prices).stuck:
        assert Lagrangian(again, plans).at(prices).stuck
        return
    assert certify(Lagrangian(again, plans), prices).bound == certify(lagrangian, prices).bound
    # one roster costs the same in both, and is as legal
    worker = a_worker(*prepared(seed), seed=seed)
    worker.moves(300, 1e6, ALL_KINDS)
    there = a_worker(again, plans, snapshot_of(again, roster_of(tables, worker.snapshot())))
    assert there.cost().total == worker.cost().total
    assert there.cost().is_legal == worker.cost().is_legal


def test_what_is_called_legal_passes_the_verifier() -> None:
    passed = 0
    for seed in SEEDS[::3]:
        tables, plans = prepared(seed)
        worker = a_worker(tables, plans, seed=seed)
        for agent in range(len(tables.held)):
            worker.improve_week(agent, only_better=False)
        worker.moves(200, 1e6, ALL_KINDS)
        roster: Roster = roster_of(tables, worker.snapshot())
        report = verify(tables.problem, tables.rules, roster)
        assert report.passed == worker.cost().is_legal, report.faults()
        assert report.cost == count_cost(tables.problem, tables.rules, roster)
        passed += report.passed
    assert passed >= 8
