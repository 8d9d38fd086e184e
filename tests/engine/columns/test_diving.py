"""Dives: legal, the best where that is known, the same for a seed, and over when they are told so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from itertools import count
from typing import Any

import numpy as np
import pytest
from ortools.math_opt.python import mathopt

from constraints import (
    Seats,
)
from scheduler.domain import Stop
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.bound.subgradient_adam import first_prices
from scheduler.engine.columns import diving, diving_restarts
from scheduler.engine.columns.diving import Dive
from scheduler.engine.columns.diving_restarts import FullDives, is_headcount_problem, is_small
from scheduler.engine.columns.set_partitioning import Partition
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.roster_arrays import Cost, Snapshot, roster_of
from scheduler.engine.run.watch import Watch
from scheduler.model import AgentRule
from scheduler.verifier import verify
from tests.engine.rosters import a_worker
from tests.engine.whole_wards import alike_ward, whole_ward
from tests.property.problems import Case, small_case, ward_case
from tests.wards import every_roster, tiny_ward

COUNTED = Stop(seconds=None, rounds=2)
TINY = [seed for seed in range(60) if not tiny_ward(seed)[0].demand]
FRACTIONAL = (6, 9)
"""Seeds of whole wards in which fractions are cheaper than any roster that was found."""


@lru_cache(maxsize=64)
def lagrangian_of(seed: int) -> Lagrangian:
    """Of a whole ward."""
    instance = compile_instance(*whole_ward(seed))
    return Lagrangian(instance, WeekAutomata.of(instance))


def dives_in(
    lagrangian: Lagrangian, seed: int = 1, over: Callable[[], bool] = lambda: False, stop: Stop = COUNTED
) -> FullDives:
    """Dives that nobody watches but the test."""
    return FullDives(lagrangian, seed, first_prices(lagrangian), over, Watch(stop))


def snapshot_of_options(option: Any) -> Snapshot:
    """A dive's roster as a snapshot, where no shift has breaks."""
    return Snapshot(option, np.zeros_like(option), np.zeros((*option.shape, 8), np.int32))


def cost_of(lagrangian: Lagrangian, option: Any) -> Cost:
    """What the search counts for a dive's roster."""
    return a_worker(lagrangian.instance, lagrangian.automata, snapshot_of_options(option)).cost()


def set_partition(monkeypatch: pytest.MonkeyPatch, **fields: int) -> None:
    """Choose all together under other limits."""
    monkeypatch.setattr(diving_restarts, "PARTITION", replace(diving_restarts.PARTITION, **fields))


@pytest.fixture(autouse=True)
def few_weeks_at_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked here does not depend on how long weeks are chosen together; tiny wards have fewer."""
    few = replace(diving_restarts.PARTITION, nodes=1, most_weeks=400)
    monkeypatch.setattr(diving_restarts, "PARTITION", few)


@lru_cache(maxsize=8)
def first_dive(seed: int) -> tuple[Any, FullDives]:
    """The roster of the first dive in a whole ward, and what was learnt in it."""
    dives = dives_in(lagrangian_of(seed))
    option = dives.dive(None, 0.0)
    assert option is not None and dives.root is not None
    return option, dives


# One dive


@pytest.mark.parametrize("seed", TINY[::2])
def test_a_fresh_dive_in_a_tiny_ward_is_the_best_there_is(seed: int) -> None:
    problem, rules = tiny_ward(seed)
    instance = compile_instance(problem, rules)
    lagrangian = Lagrangian(instance, WeekAutomata.of(instance))
    option = dives_in(lagrangian).dive(None, 0.0)
    least = min((cost for _, cost in every_roster(problem, rules)), default=None)
    assert option is not None
    cost = cost_of(lagrangian, option)
    assert cost.is_legal == (least is not None)
    assert least is None or cost.total == least


@pytest.mark.parametrize("seed", [0, 3, *FRACTIONAL])
def test_a_dive_keeps_every_rule_and_costs_no_less_than_its_fractions(seed: int) -> None:
    lagrangian = lagrangian_of(seed)
    problem, rules = lagrangian.instance.problem, lagrangian.instance.rules
    option, dives = first_dive(seed)
    assert dives.root is not None
    first = lagrangian.at(dives_in(lagrangian).prices).bound
    roster = roster_of(lagrangian.instance, snapshot_of_options(option))
    for rule in rules.active():
        if rule.is_must and isinstance(rule, AgentRule):
            assert not list(rule.check(problem, roster)), rule
    cost, bound = cost_of(lagrangian, option), lagrangian.at(dives.root.prices).bound
    report = verify(problem, rules, roster)
    assert report.is_legal and report.cost.total == cost.total
    # new weeks were looked for until they could hardly make the fractions cheaper
    assert bound <= dives.root.cost + 1e-3 and bound >= 0.99 * dives.root.cost
    assert dives.root.cost <= cost.total + 1e-3 and cost.total <= 1.1 * dives.root.cost
    assert lagrangian.at(dives.prices).bound >= bound > first  # what was learnt is where the next begins


def test_fractions_are_cheaper_where_they_are_said_to_be() -> None:
    # In wards without fractions nothing has to be settled one after another.
    for seed in FRACTIONAL:
        option, dives = first_dive(seed)
        assert dives.root is not None
        assert dives.root.cost < 0.99 * cost_of(lagrangian_of(seed), option).total


def test_prices_that_prove_less_are_not_learnt() -> None:
    lagrangian = lagrangian_of(3)
    dives = dives_in(lagrangian)
    best = dives.prices = first_dive(3)[1].prices
    dives.learn(lagrangian.nothing())
    assert dives.prices is best


@pytest.mark.parametrize("keep", [0.25, 0.6, 1.0])
def test_who_keeps_a_week_has_it_at_the_end(keep: float) -> None:
    lagrangian = lagrangian_of(6)
    # of everybody's weeks the last of many: nobody has such a week but who keeps it
    near = lagrangian.k_best_weeks(lagrangian.nothing(), 400, np.inf)
    poor = np.zeros((8, 7), np.int32)
    for kind, (weeks, _) in zip(lagrangian.classes, near, strict=True):
        poor[list(kind.agents)] = weeks[-1]
    after = dives_in(lagrangian).dive(poor, keep)
    assert after is not None
    assert (after == poor).all(axis=1).sum() == round(keep * len(poor))


def test_a_dive_that_cannot_be_cheaper_is_given_up() -> None:
    _, first = first_dive(6)
    assert first.root is not None
    least = first.root.cost
    assert dives_in(lagrangian_of(6)).dive(None, 0.0, below_cost=0.99 * least) is None
    assert dives_in(lagrangian_of(6)).dive(None, 0.0, below_cost=1.2 * least) is not None


def test_a_dive_does_nothing_more_when_it_is_told_to_stop() -> None:
    asked = count()
    assert dives_in(lagrangian_of(6), over=lambda: next(asked) < 0).dive(None, 0.0) is not None
    times = next(asked)
    assert times > 5
    for last in (0, 1, 2, times // 2, times - 1):
        asked = count()
        assert dives_in(lagrangian_of(6), over=lambda n=last, a=asked: next(a) >= n).dive(None, 0.0) is None
        assert next(asked) == last + 1


@pytest.mark.parametrize("stop", [COUNTED, Stop(seconds=60)])
def test_only_a_timed_search_gives_the_choice_of_all_weeks_so_many_seconds(
    monkeypatch: pytest.MonkeyPatch, stop: Stop
) -> None:
    seen: list[mathopt.SolveParameters] = []
    choose = Partition.choose

    def looked(partition: Partition, settings: mathopt.SolveParameters, *more: Any) -> Any:
        seen.append(settings)
        return choose(partition, settings, *more)

    monkeypatch.setattr(Partition, "choose", looked)
    option, _ = first_dive(3)
    for _ in range(2):
        assert dives_in(lagrangian_of(3), stop=stop).all_together(option) is not None
    assert seen
    for settings in seen:
        timed = settings.time_limit is not None and settings.time_limit <= timedelta(seconds=30)
        assert timed == (stop.rounds is None)
        assert (settings.node_limit is None) == timed


# Dives one after another


def offered(dives: FullDives, lagrangian: Lagrangian, times: int) -> list[tuple[Cost, Snapshot]]:
    """What so many dives offer."""
    worker, seen = a_worker(lagrangian.instance, lagrangian.automata), []

    def offer(cost: Cost, snapshot: Callable[[], Snapshot]) -> None:
        seen.append((cost, snapshot()))

    for _ in range(times):
        dives.run(worker, offer, once=True)
    return seen


@pytest.mark.parametrize("seed", FRACTIONAL)
def test_what_dives_offer_is_what_they_found(seed: int) -> None:
    lagrangian = lagrangian_of(seed)
    problem, rules = lagrangian.instance.problem, lagrangian.instance.rules
    dives = dives_in(lagrangian)
    seen = offered(dives, lagrangian, 4)
    assert seen and dives.taken == 4
    for cost, snapshot in seen:
        report = verify(problem, rules, roster_of(lagrangian.instance, snapshot))
        assert report.is_legal and cost.is_legal and report.cost.total == cost.total


class Noted:
    """What is asked of dives, which find nothing then."""

    def __init__(self, dives: FullDives) -> None:
        self.asked: list[tuple[str, int | None, float, float]] = []
        self.dives = dives
        dives.dive = self.dive  # type: ignore[method-assign]
        dives.all_together = self.all_together  # type: ignore[method-assign]

    def dive(self, best: Any, keep: float, below_cost: float = np.inf) -> None:
        self.asked.append(("dive", None if best is None else int(best[0, 0]), keep, below_cost))

    def all_together(self, known: Any) -> None:
        self.asked.append(("all together", int(known[0, 0]), 0.0, np.inf))

    def record(self, number: int, total: int, excess: int = 0) -> None:
        """A roster of that number was found."""
        self.dives.record(np.full((8, 7), number, np.int32), Cost(total=total, short=0, excess=excess))


@pytest.mark.parametrize("few", [True, False])
def test_a_chain_of_dives_goes_on_from_the_best_and_begins_afresh_at_last(
    monkeypatch: pytest.MonkeyPatch, few: bool
) -> None:
    set_partition(monkeypatch, most_agents=8 if few else 7)
    dives = dives_in(lagrangian_of(6))
    noted = Noted(dives)
    dives.next_dive()
    noted.record(1, total=500)
    dives.next_dive()
    noted.record(2, total=400)
    dives.next_dive()
    noted.record(3, total=300, excess=1)
    noted.record(1, total=500)
    dives.watch.best = snapshot_of_options(np.full((8, 7), 9, np.int32))
    for _ in range(diving_restarts.POLICY.patience + 1):
        dives.next_dive()
    again = [("dive", 2)] * diving_restarts.POLICY.patience
    at_last = [("all together", 9) if few else ("dive", None), ("dive", None)]
    assert [one[:2] for one in noted.asked] == [("dive", None), ("dive", 1), *again, *at_last]
    assert [below for *_, below in noted.asked[:3]] == [np.inf, 501, 401]  # as good will do
    least, most = diving_restarts.POLICY.keep_shares
    assert all(least <= keep <= most for _, best, keep, _ in noted.asked if best in (1, 2))


def test_a_chain_goes_on_from_the_newest_of_equally_good_rosters_but_not_for_ever() -> None:
    dives = dives_in(lagrangian_of(6))
    noted = Noted(dives)
    dives.next_dive()
    for number in range(1, diving_restarts.POLICY.patience + 2):
        noted.record(number, total=500)
        dives.next_dive()
    assert [best for _, best, _, _ in noted.asked] == [
        None,
        *range(1, diving_restarts.POLICY.patience + 1),
        None,
    ]


def test_choosing_all_together_leaves_most_of_the_time_to_dives(monkeypatch: pytest.MonkeyPatch) -> None:
    # On nrp24 7 three quarters of five minutes went into it, and dives did not come to the best known value.
    set_partition(monkeypatch, most_agents=8)
    dives, now = dives_in(lagrangian_of(6), stop=Stop(seconds=600.0)), [0.0]
    monkeypatch.setattr(type(dives.watch), "elapsed", property(lambda _: now[0]))
    chosen = 0.0
    for now[0] in np.arange(1.0, 600.0):
        if dives.is_time_for_all:
            seconds = diving_restarts.PARTITION.seconds * min(1 + dives._tries, 4)
            chosen += seconds
            dives._tries, dives._seconds_choosing = dives._tries + 1, chosen
            assert chosen <= diving_restarts.PARTITION.time_share * (now[0] + seconds)
    assert chosen > 0.5 * diving_restarts.PARTITION.time_share * 600.0
    set_partition(monkeypatch, most_agents=7)
    assert not dives.is_time_for_all


def test_a_chain_far_from_the_best_is_given_up_soon() -> None:
    # One that cost 8 % more than the best was gone on with for fifteen dives.
    dives = dives_in(lagrangian_of(6))
    noted = Noted(dives)
    dives.watch.offer(Cost(total=400, short=0, excess=0), lambda: snapshot_of_options(np.zeros((8, 7))))
    dives.next_dive()
    noted.record(1, total=500)
    for _ in range(diving_restarts.POLICY.far_patience + 1):
        dives.next_dive()
    assert [best for _, best, _, _ in noted.asked] == [None, *[1] * diving_restarts.POLICY.far_patience, None]


def test_what_turns_out_dear_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diving, "POLICY", replace(diving.POLICY, dear_fraction=-1.0))  # so everything does
    taken_back, unsettle = [], Dive.unsettle

    def noted(self: Dive, weeks: list[Any]) -> None:
        taken_back.append([agent for agent, _ in weeks])
        unsettle(self, weeks)
        assert not self.settled.keys() & set(taken_back[-1])

    monkeypatch.setattr(Dive, "unsettle", noted)
    option = dives_in(lagrangian_of(6)).dive(None, 0.0)
    assert option is not None and cost_of(lagrangian_of(6), option).is_legal
    assert len(taken_back) == diving.POLICY.most_retreats
    # a group first, then one after another, and each time another one
    alone = [agents for agents in taken_back if len(agents) == 1]
    assert len({agents[0] for agents in alone}) == len(alone)


@pytest.mark.parametrize("seed", [3, *FRACTIONAL])
def test_the_next_programme_begins_where_the_first_came_to(seed: int) -> None:
    dives = dives_in(lagrangian_of(seed))
    assert dives.dive(None, 0.0) is not None and dives.root is not None
    fractions = dives.begin(1).master.fractions()
    assert fractions is not None and fractions.cost <= 1.01 * dives.root.cost


def test_dives_in_vain_come_to_an_end() -> None:
    lagrangian = lagrangian_of(6)
    dives = dives_in(lagrangian)
    noted, worker = Noted(dives), a_worker(lagrangian.instance, lagrangian.automata)
    dives.run(worker, lambda *_: None, once=False)
    assert len(noted.asked) == diving_restarts.POLICY.most_fruitless_dives


def test_everybody_together_costs_no_more_than_what_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    lagrangian, (known, first) = lagrangian_of(6), first_dive(6)
    dives = dives_in(lagrangian)
    dives.prices = first.prices
    for weeks, together in ((1, 8), (60, 400)):  # everybody's best week and the known one; and many more
        set_partition(monkeypatch, weeks_per_agent=weeks, most_weeks=together)
        found = dives.all_together(known)
        assert found is not None and cost_of(lagrangian, found).is_legal
        assert cost_of(lagrangian, found).total <= cost_of(lagrangian, known).total
    broken = known.copy()
    broken[0] = broken[0].max()  # seven days in a row
    assert dives.all_together(broken) is None


def test_dives_of_a_seed_are_the_same_and_of_another_may_differ() -> None:
    lagrangian, found, kept = lagrangian_of(9), [], []
    for seed in (1, 1, 2, 3, 4, 5):
        dives = dives_in(lagrangian, seed)
        seen = offered(dives, lagrangian, 2)
        found.append([(cost, snapshot.option.tolist()) for cost, snapshot in seen])
        noted = Noted(dives)
        dives.next_dive()
        kept += [keep for _, _, keep, _ in noted.asked]
    assert found[0] == found[1] and any(other != found[0] for other in found[2:])
    assert kept[0] == kept[1] != kept[2]


def test_a_dive_finds_who_must_be_there() -> None:
    # The first weeks of agents who are all alike do not meet what must be met; then the programme had no
    # optimum and so no prices for others, and every dive of the whole search ended where it began.
    instance = compile_instance(*alike_ward())
    lagrangian = Lagrangian(instance, WeekAutomata.of(instance))
    option = dives_in(lagrangian).dive(None, 0.0)
    assert option is not None
    assert cost_of(lagrangian, option).is_legal


WITH_BREAKS = (4, 17, 49)
CASES_OF_OTHERS = {
    **{f"breaks {seed}": ward_case(seed) for seed in WITH_BREAKS},
    "seats": whole_ward(3, more=(Seats(at_most=3),)),
}


@pytest.mark.parametrize("case", CASES_OF_OTHERS.values(), ids=CASES_OF_OTHERS)
def test_what_dives_cannot_keep_is_left_to_others(case: Case) -> None:
    # Breaks were all laid at the start of the shift, and seats were not looked at: rosters that the verifier
    # refuses were taken for legal, or none was legal for as long as the search went on.
    assert not is_headcount_problem(compile_instance(*case))


def test_wards_without_a_curve_are_for_dives() -> None:
    assert all(is_headcount_problem(compile_instance(*tiny_ward(seed))) for seed in TINY[:5])
    curves = [seed for seed in range(60) if tiny_ward(seed)[0].demand][:5]
    assert not any(is_headcount_problem(compile_instance(*tiny_ward(seed))) for seed in curves)
    assert not is_headcount_problem(compile_instance(*small_case(5)))


def test_dives_over_everything_are_for_small_wards(monkeypatch: pytest.MonkeyPatch) -> None:
    instance = compile_instance(*whole_ward(3))
    usual = diving_restarts.POLICY
    for name, most in (
        ("most_rows", 8 + len(set(instance.heads.breakpoint_arrays[0].tolist()))),
        ("most_agent_days", 56),
    ):
        for allowed in (most, most - 1):
            monkeypatch.setattr(diving_restarts, "POLICY", replace(usual, **{name: allowed}))
            assert is_small(instance) == (allowed == most)
