"""Local search: moves keep to the days listed, going back counts right, what is gone on from is no dearer."""

from collections.abc import Callable
from random import Random

import numpy as np
import pytest

from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.bound.subgradient_adam import first_prices
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.price_scale import scale_of_changes
from scheduler.engine.instance.roster_arrays import FREE, Cost, Snapshot, roster_of
from scheduler.engine.kernel.arrays import Float64Array, Int32Array
from scheduler.engine.local_search.iterated_local_search import IteratedLocalSearch
from scheduler.engine.local_search.roster_state import RosterState
from scheduler.engine.local_search.simulated_annealing import FIRST_CYCLE, Stagnation, run_cycle, summed_up
from scheduler.verifier import verify
from tests.engine.kernel.test_incremental_counts import assert_counted_from_nothing, long_case
from tests.engine.rosters import ALL_KINDS, Drawn, a_worker, drawn, generated, prepared, random_roster
from tests.unit.tiny import tiny_problem, tiny_rules

ON_THEIR_DAY = summed_up({"break": 30, "start": 20, "shift": 20, "draw": 30})
Offered = list[tuple[Cost, Snapshot]]


def never() -> bool:
    return False


def until(most: int) -> Callable[[int], float]:
    """How much of so many moves is done."""
    return lambda moved: moved / most


def ints(*numbers: int) -> Int32Array:
    return np.array(numbers, np.int32)


@pytest.fixture(scope="module")
def instance() -> Instance:
    return generated("generated-30-different")


@pytest.fixture(scope="module")
def automata(instance: Instance) -> WeekAutomata:
    return WeekAutomata.of(instance)


@pytest.fixture(scope="module")
def guide(instance: Instance, automata: WeekAutomata) -> Float64Array:
    return first_prices(Lagrangian(instance, automata))


@pytest.fixture(scope="module")
def annealed(instance: Instance, automata: WeekAutomata, guide: Float64Array) -> Snapshot:
    """A legal roster that a short cycle came to."""
    offered: Offered = []
    cycle = FIRST_CYCLE.scaled(scale_of_changes(instance, guide))
    run_cycle(
        RosterState(instance, automata, 1), guide, cycle, until(20_000), never, taking(offered), afresh=True
    )
    assert offered
    return offered[-1][1]


def taking(offered: Offered) -> Callable[[Cost, Callable[[], Snapshot]], None]:
    """Takes what is better than all before."""

    def offer(cost: Cost, snapshot: Callable[[], Snapshot]) -> None:
        if cost.is_legal and (not offered or cost.total < offered[-1][0].total):
            offered.append((cost, snapshot()))

    return offer


def perturbed(
    instance: Instance, automata: WeekAutomata, guide: Float64Array, start: Snapshot, seed: int
) -> tuple[IteratedLocalSearch, Offered]:
    """A hundred and twenty thousand moves of local search from a roster."""
    offered: Offered = []
    local_search = IteratedLocalSearch(
        RosterState(instance, automata, seed), lambda: offered[-1][1] if offered else start
    )
    local_search.run(guide, until(120_000), never, taking(offered))
    return local_search, offered


def true_cost(instance: Instance, automata: WeekAutomata, guide: Float64Array, roster: Snapshot) -> Cost:
    worker = a_worker(instance, automata, roster)
    worker.guide_by(guide, 1.0)
    return worker.cost()


@pytest.mark.parametrize("case", drawn(range(0, 12, 2), range(1, 12, 3)), ids=str)
def test_moves_of_one_day_change_only_the_days_and_agents_listed(case: Drawn) -> None:
    instance, automata = prepared(case)
    worker = a_worker(instance, automata, random_roster(instance, Random(case.seed))[0], case.seed)
    before = worker.snapshot()
    agents, days = ints(0, instance.agents - 1), ints(1, instance.problem.grid.days - 1)
    worker.moves(500, 1e15, ON_THEIR_DAY, agents, days)
    after = worker.snapshot()
    changed = (after.option != before.option) | (after.order != before.order) | (after.at != before.at).any(2)
    assert set(np.nonzero(changed)[0]) <= set(agents.tolist())
    assert set(np.nonzero(changed)[1]) <= set(days.tolist())
    menus = instance.menus[agents][:, days].sum(axis=2)[before.option[agents][:, days] != FREE]
    # without breaks the few shifts that a menu has may all break a limit
    assert changed.any() or not (menus > 1).any() or not any(map(len, instance.layouts.taken))


@pytest.mark.parametrize("case", drawn(range(0, 20, 2), range(0, 20, 3)), ids=str)
def test_going_back_is_like_starting_from_the_copy(case: Drawn) -> None:
    instance, automata = prepared(case)
    worker = a_worker(instance, automata, random_roster(instance, Random(case.seed))[0], case.seed)
    copy, cost = worker.snapshot(), worker.cost()
    worker.moves(300, 1e6, ALL_KINDS)
    worker.go_back(copy)
    assert worker.cost() == cost
    assert np.array_equal(worker.arrays["option"], copy.option)
    assert roster_of(instance, worker.snapshot()) == roster_of(instance, copy)
    assert_counted_from_nothing(worker, case)


def test_going_back_over_three_weeks_with_limits_of_every_kind() -> None:
    for seed in range(4):
        instance = compile_instance(*long_case(seed))
        worker = a_worker(instance, WeekAutomata.of(instance), random_roster(instance, Random(seed))[0], seed)
        copy, cost = worker.snapshot(), worker.cost()
        assert worker.moves(300, 1e6, ALL_KINDS)
        worker.go_back(copy)
        assert worker.cost() == cost
        assert_counted_from_nothing(worker, seed)


def test_perturbations_better_what_a_cycle_ended_with(
    instance: Instance, automata: WeekAutomata, guide: Float64Array, annealed: Snapshot
) -> None:
    before = true_cost(instance, automata, guide, annealed)
    _, offered = perturbed(instance, automata, guide, annealed, seed=3)
    for cost, roster in (offered[0], offered[-1]):
        assert cost.total < before.total
        assert cost == true_cost(instance, automata, guide, roster)
        assert not verify(instance.problem, instance.rules, roster_of(instance, roster)).broken
    costs = [cost.total for cost, _ in offered]
    assert costs == sorted(costs, reverse=True)


def test_perturbations_are_the_same_every_time(
    instance: Instance, automata: WeekAutomata, guide: Float64Array, annealed: Snapshot
) -> None:
    one, other = (perturbed(instance, automata, guide, annealed, seed=5)[1] for _ in range(2))
    assert [cost for cost, _ in one] == [cost for cost, _ in other]
    assert np.array_equal(one[-1][1].at, other[-1][1].at)


def test_what_two_workers_found_is_put_together(
    instance: Instance, automata: WeekAutomata, guide: Float64Array, annealed: Snapshot
) -> None:
    before = true_cost(instance, automata, guide, annealed).total
    together = 0
    for seed in range(9, 14):
        mine, _ = perturbed(instance, automata, guide, annealed, seed)
        _, theirs = perturbed(instance, automata, guide, annealed, seed + 10)
        best = theirs[-1]
        offered: Offered = []
        mine._common, mine.best = annealed, lambda best=best: best[1]
        here = mine.caught_up(guide, taking(offered))
        assert here is not None
        cost = true_cost(instance, automata, guide, here)
        assert cost.is_legal and cost.total <= best[0].total < before
        assert (cost.total < best[0].total) == bool(offered)
        together += bool(offered)
    assert together, "in no case did both help"


def test_without_any_roster_there_is_nothing_to_perturb(
    instance: Instance, automata: WeekAutomata, guide: Float64Array
) -> None:
    offered: Offered = []
    IteratedLocalSearch(RosterState(instance, automata, 1), lambda: None).run(
        guide, until(10**9), never, taking(offered)
    )
    assert not offered


def test_a_cycle_ends_once_nothing_changes_any_more() -> None:
    asked: list[float] = []

    def fraction_done(moved: int) -> float:
        asked.append(moved / 100_000)
        return asked[-1]

    nobody = compile_instance(tiny_problem(("Ada", "Bo"), wanted=0), tiny_rules())
    worker = RosterState(nobody, WeekAutomata.of(nobody), 1)  # all are free, and everything else costs more
    guide = np.zeros_like(Lagrangian(nobody, worker.automata).nothing())
    run_cycle(worker, guide, FIRST_CYCLE.scaled(1e-9), fraction_done, never, lambda *_: None)
    assert 0.1 <= asked[-1] < 0.2


def test_a_cycle_goes_on_while_costs_change() -> None:
    still, falling = Stagnation(), Stagnation()
    parts = [number / 50 for number in range(50)]
    assert not any(falling.is_now(part, round(1e6 - 1e4 * part)) for part in parts)
    assert [still.is_now(part, 1_000_000) for part in parts].index(True) == 5
    assert not Stagnation().is_now(0.5, 1_000_000), "one look does not tell"
