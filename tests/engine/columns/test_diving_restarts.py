"""Searches in which workers dive: the best where that is known, the same for a seed, and stopped in time."""

import time
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from scheduler.domain import Progress, Roster, Stop
from scheduler.engine import search
from scheduler.engine.bound.subgradient_adam import SubgradientAscent
from scheduler.engine.columns import diving_restarts, neighbourhoods
from scheduler.engine.portfolio import diving_workers, rounds
from scheduler.engine.run import watch
from scheduler.engine.run.result import Found
from scheduler.verifier import verify
from tests.engine.columns.test_diving import COUNTED, TINY
from tests.engine.whole_wards import alike_ward, whole_ward
from tests.wards import every_roster, tiny_ward


def count_iterations(monkeypatch: pytest.MonkeyPatch, **iterations: int) -> None:
    """Let the ascents of a counted search have so many iterations."""
    module = import_module("scheduler.engine.search")  # the package has a function of that name
    monkeypatch.setattr(module, "PRICING", replace(module.PRICING, **iterations))


@pytest.fixture(autouse=True)
def short_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked here does not depend on how long a round is."""
    few = replace(diving_restarts.PARTITION, nodes=1, most_weeks=400)
    monkeypatch.setattr(diving_restarts, "PARTITION", few)
    monkeypatch.setattr(rounds, "POLICY", replace(rounds.POLICY, counted_moves=200))
    count_iterations(monkeypatch, first_iterations=30)


def leave_out_annealing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a search finds after its first roster it finds by dives then."""
    monkeypatch.setattr("scheduler.engine.portfolio.rounds.run_cycle", lambda *_, **__: None)


@lru_cache(maxsize=32)
def dearest_and_least(seed: int) -> tuple[Roster | None, int | None]:
    """The dearest legal roster of a tiny ward, and what the cheapest one costs."""
    rosters = list(every_roster(*tiny_ward(seed)))
    if not rosters:
        return None, None
    return max(rosters, key=lambda one: one[1])[0], min(cost for _, cost in rosters)


def from_the_dearest(seed: int, rounds: int, workers: int) -> tuple[Found, int | None]:
    """What a search makes of the dearest roster of a tiny ward, and what the cheapest one costs."""
    problem, rules = tiny_ward(seed)
    start, least = dearest_and_least(seed)
    stop = Stop(seconds=None, rounds=rounds)
    end = search(problem, rules, stop=stop, seed=1, workers=workers, start=start)
    if end.roster is not None:
        report = verify(problem, rules, end.roster, certificate=end.certificate, claimed=end.claimed)
        assert report.passed
    return end, least


@pytest.mark.parametrize("seed", TINY[::4])
@pytest.mark.parametrize(("rounds", "workers"), [(1, 2), (2, 1)])  # of one worker every other round is a dive
def test_a_search_by_dives_alone_finds_the_best_there_is(
    monkeypatch: pytest.MonkeyPatch, seed: int, rounds: int, workers: int
) -> None:
    leave_out_annealing(monkeypatch)
    end, least = from_the_dearest(seed, rounds, workers)
    assert end.cost == least


def test_without_dives_the_dearest_stays_dear(monkeypatch: pytest.MonkeyPatch) -> None:
    # If it did not, the test above would not need a dive.
    leave_out_annealing(monkeypatch)
    monkeypatch.setattr(diving_workers, "is_headcount_problem", lambda _: False)
    ends = [from_the_dearest(seed, 1, 1) for seed in TINY[::4]]
    assert sum(end.cost is not None and least is not None and end.cost > least for end, least in ends) > 4


def test_prices_of_dives_prove_their_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, rules = whole_ward(3)
    count_iterations(monkeypatch, first_iterations=1, round_iterations=1)
    end = search(problem, rules, stop=Stop(seconds=None, rounds=1), workers=2)
    assert end.cost is not None and 0.99 * end.cost <= end.bound <= end.cost
    monkeypatch.setattr(diving_workers, "is_headcount_problem", lambda _: False)
    assert search(problem, rules, stop=Stop(seconds=None, rounds=1), workers=2).bound < 0.9 * end.bound


@pytest.mark.parametrize("workers", [1, 2])
def test_a_counted_search_is_the_same_whatever_the_clock_says(
    monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    def found() -> Found:
        return search(*whole_ward(6), stop=COUNTED, seed=7, workers=workers)

    one = found()
    hours = count()
    monkeypatch.setattr(watch, "time", SimpleNamespace(monotonic=lambda: 3600.0 * next(hours)))
    other = found()
    assert other.seconds > 3600 and one.roster is not None
    assert one.roster == other.roster
    assert (one.cost, one.bound, one.certificate) == (other.cost, other.bound, other.certificate)
    assert [(p.cost, p.bound) for p in one.curve] == [(p.cost, p.bound) for p in other.curve]
    assert one.stopped_by == "rounds"  # the best was not found at once, so dives took part


@pytest.mark.parametrize("workers", [1, 2])
def test_a_timed_search_with_dives_ends_in_time(workers: int) -> None:
    end = search(*whole_ward(6), stop=Stop(seconds=0.7), seed=1, workers=workers)
    assert end.roster is not None and end.stopped_by == "time"
    assert 0.7 <= end.seconds < 5
    report = verify(*whole_ward(6), end.roster, certificate=end.certificate, claimed=end.claimed)
    assert report.passed


def test_an_interruption_ends_dives_too() -> None:
    def impatient(look: Progress) -> None:
        if look.phase.startswith("searching"):
            raise KeyboardInterrupt

    end = search(*whole_ward(6), stop=Stop(seconds=30), seed=1, workers=2, progress=impatient)
    assert end.stopped_by == "user" and end.roster is not None
    assert end.seconds < 15


@pytest.mark.parametrize("workers", [1, 2])
def test_whose_dives_are_in_vain_anneals_again(monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    # Once dives were in vain, the worker whose turn it was had nothing to do in all rounds that followed.
    cycles = count()
    monkeypatch.setattr("scheduler.engine.portfolio.rounds.run_cycle", lambda *_, **__: next(cycles))
    monkeypatch.setattr(diving_restarts.FullDives, "dive", lambda *_: None)
    in_vain = diving_restarts.POLICY.most_fruitless_dives
    rounds = 2 * in_vain + 4
    search(*whole_ward(6), stop=Stop(seconds=None, rounds=rounds), seed=1, workers=workers)
    assert next(cycles) == workers * rounds - in_vain


def test_a_diver_whose_dives_are_in_vain_anneals_in_a_timed_search(monkeypatch: pytest.MonkeyPatch) -> None:
    # It joined the others again, but only to be the one whose turn it was to dive.
    seen = set()
    monkeypatch.setattr(
        "scheduler.engine.portfolio.rounds.run_cycle", lambda worker, *_, **__: seen.add(id(worker))
    )
    monkeypatch.setattr(diving_restarts.FullDives, "dive", lambda *_: None)
    search(*whole_ward(6), stop=Stop(seconds=1.0), seed=1, workers=2)
    assert len(seen) == 2


def test_who_must_be_there_is_there_whatever_missing_ones_cost() -> None:
    # A must was charged fifty times the dearest price of a headcount, and at least 50.00: where these are 0,
    # that is less than the wages of a shift, and nobody was sent to work.
    problem, rules = alike_ward(at_least=None)
    no_prices = {"missing_price": 0, "superfluous_price": 0}
    headcounts = tuple(wanted.model_copy(update=no_prices) for wanted in problem.headcounts)
    contracts = tuple(one.model_copy(update={"pay_per_hour": 2000}) for one in problem.contracts)
    problem = problem.model_copy(update={"headcounts": headcounts, "contracts": contracts})
    end = search(problem, rules, stop=COUNTED, seed=1, workers=1)
    # five people a day for seven days, four shifts of eight hours and one of nine, at 20.00
    assert end.cost == 7 * (4 * 480 + 540) * 2000


def test_who_anneals_and_ends_behind_the_divers_joins_them(monkeypatch: pytest.MonkeyPatch) -> None:
    sent, send = [], diving_workers.DivingWorkers.send

    def noted(self: diving_workers.DivingWorkers, worker: Any, prices: Any) -> None:
        sent.append(worker)
        send(self, worker, prices)

    monkeypatch.setattr(diving_workers.DivingWorkers, "send", noted)
    monkeypatch.setattr("scheduler.engine.portfolio.rounds.run_cycle", lambda *_, **__: time.sleep(0.3))
    end = search(*whole_ward(6), stop=Stop(seconds=2.0), seed=1, workers=2)
    assert len({id(worker) for worker in sent}) == 2
    report = verify(*whole_ward(6), end.roster, certificate=end.certificate, claimed=end.claimed)
    assert report.passed and end.seconds < 6


@pytest.mark.parametrize("workers", [1, 2])
def test_a_counted_search_into_parts_is_the_same_every_time(
    monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr(diving_workers, "is_small", lambda _: False)
    taken, dive_into = [], neighbourhoods.NeighbourhoodDives.dive

    def noted(self: neighbourhoods.NeighbourhoodDives, *asked: Any) -> Any:
        found = dive_into(self, *asked)
        taken.append(found is not None)
        return found

    monkeypatch.setattr(neighbourhoods.NeighbourhoodDives, "dive", noted)
    stop = Stop(seconds=None, rounds=6)
    one, other = (search(*whole_ward(6, days=14), stop=stop, seed=1, workers=workers) for _ in range(2))
    assert (one.cost, one.bound, one.roster) == (other.cost, other.bound, other.roster)
    assert taken and taken[: len(taken) // 2] == taken[len(taken) // 2 :]
    report = verify(*whole_ward(6, days=14), one.roster, certificate=one.certificate, claimed=one.claimed)
    assert report.passed


def test_prices_of_parts_prove_their_bound_when_all_had_their_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diving_workers, "is_small", lambda _: False)
    small = replace(neighbourhoods.POLICY, agent_days=20.0)
    monkeypatch.setattr(neighbourhoods, "POLICY", small)
    learnt, join = [], SubgradientAscent.join

    def noted(self: SubgradientAscent, prices: Any, *, ends: bool = True) -> None:
        before = self.bound
        join(self, prices, ends=ends)
        learnt.append((ends, before, self.bound))

    monkeypatch.setattr(SubgradientAscent, "join", noted)
    search(*whole_ward(9, days=14), stop=Stop(seconds=None, rounds=12), seed=1, workers=2)
    assert learnt and not any(ends for ends, *_ in learnt)
    assert all(after >= before for _, before, after in learnt)
