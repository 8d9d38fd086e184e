"""Dives into parts: nothing else changes, every rule is kept, all of the horizon has its turn."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pytest

from scheduler.domain import Stop
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.automata.fixed_days import FixedDaysBuilder
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.bound.subgradient_adam import first_prices
from scheduler.engine.columns import diving_restarts, neighbourhoods
from scheduler.engine.columns.column_pool import WeekPool
from scheduler.engine.columns.lns_incumbent import LnsIncumbent
from scheduler.engine.columns.neighbourhoods import Neighbourhood, NeighbourhoodDives
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.roster_arrays import FREE, OPEN, Cost, Snapshot, roster_of
from scheduler.engine.run.watch import Watch
from scheduler.verifier import verify
from tests.engine.columns.test_diving import cost_of, snapshot_of_options
from tests.engine.rosters import a_worker
from tests.engine.whole_wards import whole_ward

SEEDS = (3, 6, 9)


@lru_cache(maxsize=8)
def ward_of(seed: int) -> tuple[Lagrangian, Any]:
    """A ward for two weeks, and a legal roster that a first dive of one week's looks finds, made worse."""
    instance = compile_instance(*whole_ward(seed, days=14))
    lagrangian = Lagrangian(instance, WeekAutomata.of(instance))
    dives = diving_restarts.FullDives(
        lagrangian, 1, first_prices(lagrangian), lambda: False, Watch(Stop(seconds=None, rounds=1))
    )
    good = dives.dive(None, 0.0)
    assert good is not None
    near = lagrangian.k_best_weeks(lagrangian.nothing(), 60, np.inf)
    base = good.copy()
    for kind, (weeks, _) in zip(lagrangian.classes, near, strict=True):
        for agent in kind.agents[:1]:
            base[agent] = weeks[-1]
    assert cost_of(lagrangian, base).excess == 0
    return lagrangian, base


def dives_from(seed: int, base: Any, over: Callable[[], bool] = lambda: False) -> NeighbourhoodDives:
    """Dives into parts of a roster that nobody watches but the test."""
    lagrangian, _ = ward_of(seed)
    watch = Watch(Stop(seconds=None, rounds=1))
    watch.offer(cost_of(lagrangian, base), lambda: snapshot_of_options(base))
    incumbent = LnsIncumbent(FixedDaysBuilder(lagrangian.instance, lagrangian.automata), watch, 600_000.0)
    return NeighbourhoodDives(lagrangian, 1, first_prices(lagrangian), over, incumbent)


def neighbourhood_of(agents: list[int], first: int, last: int, days: int = 14) -> Neighbourhood:
    """These agents on the days from the first to the one before the last."""
    is_open = np.zeros(days, bool)
    is_open[first:last] = True
    return Neighbourhood(agents, is_open)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "neighbourhood",
    [
        neighbourhood_of([0, 2, 5], 0, 14),
        neighbourhood_of(list(range(8)), 4, 10),
        neighbourhood_of([1, 7], 7, 14),
    ],
)
def test_a_dive_changes_its_part_alone_and_keeps_every_rule(seed: int, neighbourhood: Neighbourhood) -> None:
    lagrangian, base = ward_of(seed)
    problem, rules = lagrangian.instance.problem, lagrangian.instance.rules
    found = dives_from(seed, base).dive(neighbourhood, base)
    if found is None:
        return
    changed = found != base
    changed[np.ix_(neighbourhood.agents, np.nonzero(neighbourhood.days)[0].tolist())] = False
    assert not changed.any()
    cost = cost_of(lagrangian, found)
    report = verify(problem, rules, roster_of(lagrangian.instance, snapshot_of_options(found)))
    assert report.is_legal and report.cost.total == cost.total < cost_of(lagrangian, base).total


def test_parts_of_bad_rosters_are_bettered() -> None:
    for seed in SEEDS:
        _, base = ward_of(seed)
        assert dives_from(seed, base).dive(neighbourhood_of(list(range(8)), 0, 14), base) is not None


@pytest.mark.parametrize("seed", SEEDS)
def test_near_weeks_keep_to_what_is_held(seed: int) -> None:
    lagrangian, base = ward_of(seed)
    neighbourhood = neighbourhood_of([0, 3, 4], 5, 9)
    prices = lagrangian.nothing()
    heads = lagrangian.shape.headcounts(prices)
    heads[...] = np.random.default_rng(seed).integers(0, 3000, heads.shape)
    builder, days = FixedDaysBuilder(lagrangian.instance, lagrangian.automata), neighbourhood.opened(base)
    pool = WeekPool(
        lagrangian,
        neighbourhood.agents,
        {agent: builder.automaton(agent, days[agent], 0.0) for agent in neighbourhood.agents},
    )
    for agent, near in pool.k_best(prices, 5, neighbourhood.agents):
        assert (
            len(near.weeks) and (near.weeks[:, ~neighbourhood.days] == base[agent, ~neighbourhood.days]).all()
        )
        # of all that may follow and precede what is held, the best: no other week of the open days nets more
        every = lagrangian.k_best_weeks(prices, 20_000, np.inf, [int(lagrangian.class_of[agent])])[0]
        alike = (every.weeks[:, ~neighbourhood.days] == base[agent, ~neighbourhood.days]).all(axis=1)
        if alike.any() and len(every.weeks) < 20_000:
            assert near.nets.tolist() == pytest.approx(every.nets[alike][:5].tolist())


def test_what_heads_are_worth_beside_a_part_does_not_matter_to_it() -> None:
    for seed in SEEDS:
        lagrangian, base = ward_of(seed)
        neighbourhood, found = neighbourhood_of(list(range(8)), 0, 7), []
        for beside in (0.0, 50_000.0, -50_000.0):
            dives = dives_from(seed, base)
            lagrangian.shape.headcounts(dives.prices)[:, ~neighbourhood.days] = beside
            found.append(dives.dive(neighbourhood, base))
        assert found[0] is not None
        assert all(other is not None and (other == found[0]).all() for other in found)


def test_who_is_not_open_stands_in_the_way() -> None:
    _, base = ward_of(3)
    held = neighbourhood_of([2], 3, 6).opened(base)
    assert (held[2, 3:6] == OPEN).all()
    held[2, 3:6] = base[2, 3:6]
    assert (held == base).all()


@pytest.mark.parametrize(
    "size, agents, days", [(800.0, 50, 182), (300.0, 120, 28), (40.0, 8, 14), (60.0, 3, 7)]
)
def test_all_of_the_horizon_has_its_turn(size: float, agents: int, days: int) -> None:
    _, base = ward_of(3)
    dives, seen, times = dives_from(3, base), np.zeros(days, int), 0
    dives.agent_days = size
    shortest = max(neighbourhoods.POLICY.least_days, round(size / agents))
    while times < 4 * (days // shortest + 2):
        neighbourhood = dives.draw(agents, days)
        times += 1
        seen += neighbourhood.days
        assert neighbourhood.days.sum() >= min(days, neighbourhoods.POLICY.least_days)
        assert len(neighbourhood.agents) == len(set(neighbourhood.agents)) <= agents
        assert len(neighbourhood.agents) * neighbourhood.days.sum() <= max(
            1.5 * size, 2 * days, 2 * neighbourhoods.POLICY.least_days
        )
    assert seen.min() >= 2


def test_parts_come_in_a_row_and_in_pieces() -> None:
    _, base = ward_of(3)
    dives = dives_from(3, base)
    dives.agent_days = 50 * 3.0 * neighbourhoods.POLICY.least_days
    seen = [dives.draw(50, 182).days for _ in range(60)]
    blocks = [int(days[0]) + int((np.diff(days.astype(int)) == 1).sum()) for days in seen]
    assert set(blocks) == {1, neighbourhoods.POLICY.most_blocks}
    for days, number in zip(seen, blocks, strict=True):
        assert days.sum() >= number * neighbourhoods.POLICY.least_days
    dives.agent_days = 0.0  # too few days for two blocks
    dives._turn.clear()
    assert all((np.diff(np.nonzero(dives.draw(50, 182).days)[0]) == 1).all() for _ in range(60))


def test_parts_grow_when_they_better_nothing() -> None:
    _, base = ward_of(3)
    dives = dives_from(3, base)
    assert (
        dives.agent_days == neighbourhoods.POLICY.most_share * 8 * 14
    )  # a neighbourhood is not all there is
    dives.agent_days = 20.0
    for _ in range(neighbourhoods.POLICY.patience - 1):
        dives.record(False)
    assert dives.agent_days == 20.0
    dives.record(True)
    for _ in range(neighbourhoods.POLICY.patience):
        dives.record(False)
    assert dives.agent_days == neighbourhoods.POLICY.growth * 20.0
    for _ in range(100 * neighbourhoods.POLICY.patience):
        dives.record(False)
    assert dives.agent_days == neighbourhoods.POLICY.most_share * 8 * 14


def test_what_others_found_meanwhile_is_kept() -> None:
    lagrangian, base = ward_of(6)
    dives = dives_from(6, base)
    whole = neighbourhood_of(list(range(8)), 0, 14)
    better = dives.dive(whole, base)
    assert better is not None
    offered: list[tuple[Cost, Snapshot]] = []
    mine = neighbourhood_of([4], 0, 14)

    def found(neighbourhood: Neighbourhood, roster: Any) -> Any:
        dives.incumbent.take(better, cost_of(lagrangian, better))
        return roster.copy()

    dives.draw = lambda *_: mine  # type: ignore[method-assign]
    dives.dive = found  # type: ignore[method-assign]
    dives.run(
        a_worker(lagrangian.instance, lagrangian.automata), lambda c, s: offered.append((c, s())), once=True
    )
    both, alone = (snapshot.option for _, snapshot in offered)
    assert (alone == base).all()
    assert (both[4] == base[4]).all() and (np.delete(both, 4, 0) == np.delete(better, 4, 0)).all()


def test_without_a_roster_there_is_nothing_to_dive_into() -> None:
    lagrangian, _ = ward_of(3)
    incumbent = LnsIncumbent(
        FixedDaysBuilder(lagrangian.instance, lagrangian.automata), Watch(Stop(seconds=None, rounds=1)), 1.0
    )
    dives = NeighbourhoodDives(lagrangian, 1, first_prices(lagrangian), lambda: False, incumbent)
    dives.run(
        a_worker(lagrangian.instance, lagrangian.automata), lambda *_: pytest.fail("offered"), once=False
    )
    assert dives.taken == 0


def test_a_week_that_is_not_legal_is_not_dived_around() -> None:
    _, base = ward_of(3)
    broken = base.copy()
    broken[0] = base[base != FREE][0]  # fourteen days in a row
    assert dives_from(3, base).dive(neighbourhood_of([0, 1], 0, 7), broken) is None
