"""Plans of what is open of an agent against plans of everything, which carry all sums of small wards."""

import gc
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from constraints import PaidHours, ShiftCount, Weekends
from scheduler.domain import Stop
from scheduler.engine.automata import agent_automata, fixed_days
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.automata.fixed_days import FixedDaysAutomaton, FixedDaysBuilder, FixedDaysPolicy
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.columns.lns_incumbent import POLICY, LnsIncumbent
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.roster_arrays import FREE, OPEN
from scheduler.engine.kernel.arrays import Float64Array
from scheduler.engine.kernel.bindings import AutomatonStruct
from scheduler.engine.run.watch import Watch
from tests.engine.columns.test_diving import cost_of, snapshot_of_options
from tests.engine.rosters import a_worker
from tests.engine.whole_wards import whole_ward

EVERY = 40_000
SEEDS = (1, 4, 5)
MORE = (
    Weekends(label="one weekend", at_most=1),
    PaidHours(per="horizon", at_least_minutes=60 * 60, at_most_minutes=75 * 60),
    ShiftCount(label="some late", templates=("E",), per="horizon", at_least=1, at_most=3),
)
LEFT_OUT = ("days_per_week", "shift_count", "few late", "one weekend", "paid_hours", "some late")


@lru_cache(maxsize=8)
def both_of(seed: int) -> tuple[Lagrangian, Lagrangian]:
    """The same ward for two weeks, with plans that carry every rule, and with some that leave sums out."""
    instance = compile_instance(*whole_ward(seed, days=14, more=MORE))
    whole = WeekAutomata.of(instance)
    assert whole.left_out == ()
    with pytest.MonkeyPatch.context() as patched:
        in_order = agent_automata._in_order
        patched.setattr(
            agent_automata,
            "_in_order",
            lambda *asked: [name for name in in_order(*asked) if name not in LEFT_OUT],
        )
        some = WeekAutomata.of(instance)
    assert set(some.left_out) == set(LEFT_OUT)
    return Lagrangian(instance, whole), Lagrangian(instance, some)


def any_prices(lagrangian: Lagrangian, seed: int) -> Float64Array:
    """Whole prices of heads."""
    prices = lagrangian.nothing()
    heads = lagrangian.shape.headcounts(prices)
    heads[...] = np.random.default_rng(seed).integers(-500, 3000, heads.shape)
    return prices


def some_week(lagrangian: Lagrangian, agent: int, seed: int) -> Any:
    """A legal week of an agent."""
    kind = int(lagrangian.class_of[agent])
    weeks = lagrangian.k_best_weeks(any_prices(lagrangian, seed), 30, np.inf, [kind])[0].weeks
    return weeks[seed % len(weeks)].copy()


def of_everything(lagrangian: Lagrangian, agent: int, days: Any) -> FixedDaysAutomaton:
    """The automaton of everything, as far as the fixed days go."""
    automata = lagrangian.automata
    address, first = int(automata.addresses[agent]), int(automata.first_state[agent])
    return FixedDaysAutomaton(days, address, first, automata.scratch, lambda _: 0.0)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("first, last", [(0, 6), (4, 10), (5, 6), (9, 14), (3, 13)])
@pytest.mark.parametrize("charge", [0.0, 700.0])
def test_best_weeks_are_those_of_the_plan_of_everything(
    seed: int, first: int, last: int, charge: float
) -> None:
    whole, some = both_of(seed)
    builder, prices = FixedDaysBuilder(some.instance, some.automata), any_prices(some, seed)
    assert builder.is_anything_scarce
    for agent in (0, 3, 7):
        days = some_week(whole, agent, seed + agent)
        days[first:last] = OPEN
        every = whole.k_best_weeks(
            prices, EVERY, np.inf, [int(whole.class_of[agent])], [of_everything(whole, agent, days)]
        )[0]
        assert 0 < len(every.weeks) < EVERY
        automaton = builder.automaton(agent, days, charge)
        assert (
            AutomatonStruct.from_address(automaton.address).most_states < 3000 and automaton.first_state == 0
        )
        found = some.k_best_weeks(prices, 8, np.inf, [int(some.class_of[agent])], [automaton])[0]
        nets = np.sort(every.nets - [automaton.charged(week) for week in every.weeks])[::-1]
        assert found.nets.tolist() == pytest.approx(nets[:8].tolist())
        legal = {week.tobytes() for week in every.weeks}
        assert all(week.tobytes() in legal for week in found.weeks)


def test_what_is_charged_is_every_weekend_in_which_open_days_are_worked() -> None:
    _, some = both_of(SEEDS[0])
    builder = FixedDaysBuilder(some.instance, some.automata)
    work, night = 0, np.full(14, FREE, np.int32)
    for worked, first, last, weekends in (
        ((5, 6, 12), 0, 14, 2),  # both halves of one weekend are one weekend
        ((5, 6, 12), 0, 6, 1),
        ((5, 6, 12), 6, 12, 0),  # the Saturday before uses the weekend up already
        ((6,), 6, 14, 1),
        ((0, 1, 2), 0, 14, 0),
    ):
        week, days = night.copy(), night.copy()
        week[list(worked)] = work
        days[:] = week
        days[first:last] = OPEN
        assert builder.charged_for(2, days, 10.0, week) == 10.0 * weekends
    roster = np.stack([night] * 8)
    roster[3, [5, 12, 13]] = work
    assert builder.charged(roster, 10.0) == 20.0


def test_where_states_are_too_many_the_widest_sums_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, some = both_of(SEEDS[1])
    builder, days = FixedDaysBuilder(some.instance, some.automata), some_week(whole, 1, 2)
    days[2:12] = OPEN
    plans_found = {}
    for most in (3000, 40, 30, 25, 20, 15, 10):
        monkeypatch.setattr(fixed_days, "POLICY", FixedDaysPolicy(most))
        automaton = builder.automaton(1, days, 0.0)
        if automaton.address != int(some.automata.addresses[1]):
            plans_found[most] = AutomatonStruct.from_address(automaton.address).most_states
            assert plans_found[most] <= most
    assert plans_found[3000] > 40 and len(plans_found) > 3
    monkeypatch.setattr(fixed_days, "POLICY", FixedDaysPolicy(1))
    automaton = builder.automaton(1, days, 0.0)  # not even the limits of the automaton of everything fit
    assert automaton.address == int(some.automata.addresses[1]) and automaton.scratch == some.automata.scratch
    assert automaton.charged(days) == 0.0


def test_plans_are_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, some = both_of(SEEDS[2])
    builder, days = FixedDaysBuilder(some.instance, some.automata), some_week(whole, 1, 2)
    days[3:9] = OPEN
    automaton, given_back = builder.automaton(1, days, 0.0), []
    real = fixed_days.exports()

    class Recorded:
        @staticmethod
        def fix_days(*arguments: Any) -> Any:
            return real.fix_days(*arguments)

        week_scratch = staticmethod(real.week_scratch)

        @staticmethod
        def release_automaton(address: int) -> None:
            given_back.append(address)
            real.release_automaton(address)

    monkeypatch.setattr(fixed_days, "exports", lambda: Recorded)
    automaton = builder.automaton(1, days, 0.0)
    address = automaton.address
    del automaton
    gc.collect()
    assert given_back == [address]


def test_charges_ease_and_begin_again() -> None:
    _, some = both_of(SEEDS[0])
    watch = Watch(Stop(seconds=None, rounds=1))
    incumbent = LnsIncumbent(FixedDaysBuilder(some.instance, some.automata), watch, 600_000.0)
    worker = a_worker(some.instance, some.automata)
    assert incumbent.newest(worker, some.nothing()) is None
    first = incumbent.charge
    assert first > 0
    seen = [first]
    while incumbent.charge:
        incumbent.has_turned(5)
        seen.append(incumbent.charge)
    assert all(later == pytest.approx(POLICY.decay * before) for before, later in pairwise(seen[:-1]))
    assert seen[-2] >= POLICY.least_fraction * first and len(seen) > 4
    incumbent.has_turned(POLICY.uncharged_dives - 1)
    assert not incumbent.charge
    incumbent.has_turned(1)  # nothing was won without a charge, and for long
    assert incumbent.charge == first


def test_the_roster_to_go_on_from_is_the_best_with_its_charges() -> None:
    whole, some = both_of(SEEDS[0])
    watch = Watch(Stop(seconds=None, rounds=1))
    incumbent = LnsIncumbent(FixedDaysBuilder(some.instance, some.automata), watch, 600_000.0)
    worker, prices = a_worker(some.instance, some.automata), some.nothing()
    weeks = whole.k_best_weeks(prices, 400, np.inf)
    kind_of = whole.class_of
    rosters = [np.stack([weeks[kind_of[agent]].weeks[n] for agent in range(8)]) for n in range(0, 400, 40)]
    costs = [cost_of(whole, roster) for roster in rosters]
    assert all(cost.is_legal for cost in costs)
    values = [
        cost.total + incumbent.builder.charged(roster, incumbent.charge)
        for cost, roster in zip(costs, rosters, strict=True)
    ]
    for roster, cost in zip(rosters, costs, strict=True):
        watch.offer(cost, lambda roster=roster: snapshot_of_options(roster))  # type: ignore[misc]
        incumbent.take(roster, cost)
    assert (incumbent.newest(worker, prices) == rosters[int(np.argmin(values))]).all()
    while incumbent.charge:
        incumbent.has_turned(POLICY.uncharged_dives)
    # without a charge the best of all is the one to go on from
    newest = incumbent.newest(worker, prices)
    assert newest is not None and watch.cost == min(cost.total for cost in costs)
    assert cost_of(whole, newest).total == watch.cost
