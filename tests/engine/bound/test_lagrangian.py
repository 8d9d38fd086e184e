"""The Lagrangian bound: below every legal roster, at any prices, and the verifier agrees to the unit."""

from dataclasses import replace
from functools import lru_cache
from random import Random

import numpy as np
import pytest

from scheduler.domain import Roster
from scheduler.engine.automata import layered_dfa
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.automata.size_budget import FOR_PROOF, Budget
from scheduler.engine.bound.certificate import certify
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.bound.subgradient_adam import SubgradientAscent
from scheduler.engine.instance.roster_arrays import roster_of
from scheduler.engine.kernel.arrays import Float64Array
from scheduler.verifier import count_cost, recompute_bound, unavoidable_wages, verify
from tests.engine.rosters import ALL_KINDS, Drawn, a_worker, drawn, lagrangian_of, prepared

CASES = [case for case in drawn(range(40), range(40)) if case.case()[0].grid.days <= 5]
CURVES = [case for case in CASES if not case.is_ward][:20]
WARDS = [case for case in CASES if case.is_ward][:20]
BOTH = [*CURVES, *WARDS]


def random_prices(lagrangian: Lagrangian, seed: int, negative: bool = False) -> Float64Array:
    """Any prices inside the horizon, of slots and of heads, shape (size,)."""
    low, high = lagrangian.box()
    random = np.random.default_rng(seed)
    prices = random.uniform(0.0, 1.2, high.shape) * high
    if negative:
        prices += random.uniform(0.0, 1.0, low.shape) * low
    return np.asarray(prices)


@lru_cache(maxsize=128)
def legal_costs(case: Drawn) -> tuple[int, ...]:
    """What many legal rosters of a case cost, from cheap ones to such as nobody would want."""
    instance, automata = prepared(case)
    worker = a_worker(instance, automata, seed=case.seed)
    random = Random(case.seed)
    for agent in range(instance.agents):
        worker.improve_week(agent, only_better=False)
    costs = []
    for _ in range(40):
        if worker.cost().is_legal:
            costs.append(worker.cost().total)
        worker.moves(60, 10 ** random.uniform(3, 7), ALL_KINDS)
    return tuple(costs)


@pytest.mark.parametrize("cases", [CURVES, WARDS], ids=["curves", "wards"])
def test_there_are_hundreds_of_legal_rosters_to_hold_bounds_against(cases: list[Drawn]) -> None:
    assert sum(len(set(legal_costs(case))) for case in cases) > 300


@pytest.mark.parametrize("case", BOTH, ids=str)
def test_no_legal_roster_costs_less_than_the_bound_at_any_prices(case: Drawn) -> None:
    lagrangian, seed = lagrangian_of(case), case.seed
    least = min(legal_costs(case), default=None)
    nothing = lagrangian.at(lagrangian.nothing())
    if nothing.stuck or lagrangian.unreachable:
        assert least is None  # whoever has no week under fewer rules has none under all of them
        return
    ascent = SubgradientAscent.start(lagrangian, random_prices(lagrangian, seed))
    ascent.ascend_iterations(25)
    bounds = [ascent.bound, lagrangian.at(ascent.mean).bound]
    bounds += [lagrangian.at(random_prices(lagrangian, seed + i, negative=True)).bound for i in range(3)]
    if least is not None:
        assert max(bounds) <= least + 1e-3


@pytest.mark.parametrize("case", [*CURVES[:12], *WARDS[:12]], ids=str)
def test_the_verifier_recomputes_the_bound_from_the_certificate(case: Drawn) -> None:
    lagrangian = lagrangian_of(case)
    problem, rules = lagrangian.instance.problem, lagrangian.instance.rules
    for negative in (False, True):
        prices = random_prices(lagrangian, case.seed, negative)
        if not np.isfinite(lagrangian.at(prices).bound):
            continue
        certificate = certify(lagrangian, prices)
        assert recompute_bound(problem, rules, certificate) == certificate.bound
        assert unavoidable_wages(problem, rules, certificate) == certificate.unavoidable_wages


@pytest.mark.parametrize("case", [*CURVES[:8], *WARDS[:8]], ids=str)
def test_the_slope_is_the_slope(case: Drawn) -> None:
    # L is concave: from p to q it rises by no more than slope(p) . (q - p)
    lagrangian, seed = lagrangian_of(case), case.seed
    p, q = random_prices(lagrangian, seed), random_prices(lagrangian, seed + 1)
    here, there = lagrangian.at(p), lagrangian.at(q)
    if np.isfinite(here.bound):
        ahead = float((here.subgradient * (q - p)).sum())
        assert there.bound <= here.bound + ahead + 1e-3
        # and at p itself a step along it that is short enough does not fall
        step = 1e-3 / max(1.0, float((here.subgradient**2).sum())) * here.subgradient
        assert lagrangian.at(p + step).bound >= here.bound - 1e-3 * float(np.abs(here.subgradient).sum())


@pytest.mark.parametrize("case", BOTH[::4], ids=str)
@pytest.mark.parametrize(
    "budget, most_told",
    [
        (replace(FOR_PROOF, week_nanoseconds=0.0, transitions=20), layered_dfa.MOST_TRANSITIONS),
        (replace(FOR_PROOF, week_nanoseconds=0.0, pricing_nanoseconds=200.0), layered_dfa.MOST_TRANSITIONS),
        (FOR_PROOF, 12),
    ],
    ids=["steps", "evaluation", "told"],
)
def test_rules_that_no_longer_fit_only_loosen_the_bound(
    case: Drawn, budget: Budget, most_told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance, automata = prepared(case)
    monkeypatch.setattr(layered_dfa, "MOST_TRANSITIONS", most_told)
    fewer = Lagrangian(instance, WeekAutomata.of(instance, budget))
    lagrangian = lagrangian_of(case)
    assert set(fewer.automata.carried_rules) < set(automata.carried_rules)
    assert set(fewer.automata.carried_rules) | set(fewer.automata.left_out) == {
        rule.name for rule in instance.rules.active()
    }
    prices = random_prices(lagrangian, case.seed)
    if not np.isfinite(lagrangian.at(prices).bound):
        return
    loose, tight = certify(fewer, prices), certify(lagrangian, prices)
    assert loose.bound <= tight.bound
    assert loose.unavoidable_wages <= tight.unavoidable_wages
    assert recompute_bound(instance.problem, instance.rules, loose) >= loose.bound


def test_what_is_called_legal_passes_the_verifier() -> None:
    passed = 0
    for case in BOTH[::3]:
        instance, automata = prepared(case)
        worker = a_worker(instance, automata, seed=case.seed)
        for agent in range(instance.agents):
            worker.improve_week(agent, only_better=False)
        worker.moves(200, 1e6, ALL_KINDS)
        roster: Roster = roster_of(instance, worker.snapshot())
        report = verify(instance.problem, instance.rules, roster)
        assert report.passed == worker.cost().is_legal, report.faults()
        assert report.cost == count_cost(instance.problem, instance.rules, roster)
        passed += report.passed
    assert passed >= 8
