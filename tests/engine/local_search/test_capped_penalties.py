"""Dear prices are brought down while annealing begins, and no cost that is told knows of it."""

import numpy as np
import pytest

from scheduler.domain import Problem
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.bound.subgradient_adam import SubgradientAscent, first_prices
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.price_scale import scale_of_changes, scale_of_heads
from scheduler.engine.local_search.capped_penalties import POLICY, eased, flattened
from scheduler.engine.local_search.roster_state import RosterState
from scheduler.engine.local_search.simulated_annealing import FIRST_CYCLE, NEXT_CYCLE, run_cycle
from scheduler.engine.run.watch import Incumbent
from scheduler.model import RuleBook, Strength
from tests.engine.rosters import Drawn, a_worker, drawn, prepared
from tests.engine.wished_ward import wished_ward

MOVES = 60_000


def ward(times: int | None) -> tuple[Problem, RuleBook]:
    """The ward with heads and all rules but those on hours and wishes so many times as dear, or as a must."""
    problem, rules = wished_ward(1, head_price=20 * times if times else 0, days=14)
    paid = ("shift_count", "shift_wishes", "one_shift_a_day", "shift_requirement")
    must = {"strength": Strength.MUST, "price": None}
    return problem, RuleBook(
        rules=tuple(
            rule
            if rule.kind in paid
            else rule.model_copy(update={"price": times * (rule.price or 0)} if times else must)
            for rule in rules.rules
        )
    )


def ascended(times: int | None) -> SubgradientAscent:
    instance = compile_instance(*ward(times))
    lagrangian = Lagrangian(instance, WeekAutomata.of(instance))
    ascent = SubgradientAscent.start(lagrangian, first_prices(lagrangian))
    ascent.ascend_iterations(60)
    return ascent


def annealed(times: int | None, seed: int) -> int:
    """What two short cycles come to."""
    ascent = ascended(times)
    instance, incumbent = ascent.lagrangian.instance, Incumbent(lambda *_: None, at_once=False)
    worker, scale = (
        RosterState(instance, ascent.lagrangian.automata, seed),
        scale_of_changes(instance, ascent.mean),
    )
    for cycle in (FIRST_CYCLE, NEXT_CYCLE):
        run_cycle(
            worker,
            ascent.mean,
            cycle.scaled(scale),
            lambda moved: moved / MOVES,
            lambda: False,
            incumbent.offer,
            afresh=cycle is FIRST_CYCLE,
        )
        assert worker.arrays["m"] is instance.struct
    assert incumbent.cost is not None
    return incumbent.cost


def test_annealing_comes_as_far_over_dear_penalties_as_over_cheap_ones() -> None:
    # Prices that no good roster pays were walls: with all rules but hours and wishes at ten times the price
    # ten nurses and four weeks ended at 58 after a minute, where 51 was found in seconds without.
    # Here 5 wishes are not granted then, and 7 to 9 were with prices as they are.
    best = {times: min(annealed(times, seed) for seed in (1, 2, 3)) for times in (1, 10, 1000, None)}
    assert max(best.values()) <= 1.2 * min(best.values()), best


@pytest.mark.parametrize("times", [10, 1000, None])
def test_costs_are_told_at_full_prices_while_they_are_eased(times: int | None) -> None:
    ascent = ascended(times)
    instance = ascent.lagrangian.instance
    worker = RosterState(instance, ascent.lagrangian.automata, 1)
    model = eased(instance, ascent.mean)
    assert model is not None and worker.ease(model)
    shares = np.full(9, 65536, np.int32)
    shares[:3], shares[3:5], shares[5:7] = (0, 0, 10000), (40000, 45000), (60000, 65000)
    dearer = 0
    for truth in (0.03, 0.3, 1.0):
        worker.guide_by(ascent.mean, truth)
        worker.moves(5000, 60_000.0, shares)
        told = worker.cost()
        dearer += worker.arrays["own"].sum() < told.total
        fresh = RosterState(instance, ascent.lagrangian.automata, 2)
        fresh.restore(worker.snapshot())
        assert told == fresh.cost()
    assert dearer  # something eased was paid on the way
    assert not worker.ease(None)
    assert worker.cost() == told


def test_dear_prices_are_brought_down_and_others_stay() -> None:
    ascent = ascended(10)
    instance = ascent.lagrangian.instance
    model, worth = eased(instance, ascent.mean), scale_of_heads(instance, ascent.mean)
    assert model is not None
    for name in ("limit_price", "price"):
        full, lower = instance.struct.kept[name], model.kept[name]
        dear = full > POLICY.limit_factor * worth
        assert np.array_equal(full[~dear], lower[~dear])
        assert (lower[dear] == POLICY.limit_factor * worth).all()
    assert (instance.struct.kept["limit_price"] < 0).any()  # what must be kept must be kept
    costs = instance.heads.costs(0)
    assert np.abs(np.diff(costs)).max() > POLICY.head_factor * worth


def test_no_step_is_larger_than_is_said() -> None:
    # two heads asked for, at 100 each: the third costs 100 too, and then steps are 30
    costs = np.array([[200.0, 100.0, 0.0, 100.0], [20.0, 10.0, 0.0, 5.0]])
    assert flattened(costs, 30.0).tolist() == [[200.0, 170.0, 140.0, 170.0], [20.0, 10.0, 0.0, 5.0]]


def test_nothing_is_eased_where_prices_are_like_what_heads_are_worth() -> None:
    ascent = ascended(1)
    instance = ascent.lagrangian.instance
    dear = ascent.mean.copy()
    instance.shape.headcounts(dear)[...] = 1e9
    assert eased(instance, dear) is None


@pytest.mark.parametrize("case", drawn(range(6), range(6)), ids=str)
def test_nothing_is_eased_on_a_curve(case: Drawn) -> None:
    worker = a_worker(*prepared(case), seed=1)
    instance = worker.instance
    if instance.staffing.breakpoints:
        assert eased(instance, instance.shape.nothing()) is None
