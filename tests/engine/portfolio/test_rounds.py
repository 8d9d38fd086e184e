"""Rounds: who begins afresh and when, what is gone on from, and that nothing found is lost by it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from math import inf
from types import SimpleNamespace
from typing import Any

import pytest

from scheduler.domain import Stop
from scheduler.engine import search
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.bound.subgradient_adam import SubgradientAscent, first_prices
from scheduler.engine.bound.volume_method import VolumeMethod
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.roster_arrays import FREE, Cost, Offer, Snapshot
from scheduler.engine.local_search.roster_state import RosterState
from scheduler.engine.portfolio import rounds
from scheduler.engine.portfolio.diving_workers import DivingWorkers
from scheduler.engine.portfolio.dual_guides import Guides
from scheduler.engine.portfolio.rounds import Rounds
from scheduler.engine.run.watch import Incumbent, Watch
from tests.engine.rosters import generated
from tests.unit.tiny import tiny_problem, tiny_rules

MANY, BROKEN = 10**6, -1
"""A cost, and what stands for that of a roster that is not legal."""
Played = tuple[str, int, bool, int | None]
"""Who did what in a script: ``cycle`` or ``local_search``, of which worker, afresh, and from what cost."""


def legal(total: int) -> Cost:
    return Cost(total=total, short=0, excess=0)


class Script:
    """Rounds of which each worker's find is told beforehand; remembers what was asked of whom."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, pool: ThreadPoolExecutor, rounds: int) -> None:
        instance = compile_instance(tiny_problem(("Ada", "Bo")), tiny_rules())
        automata = WeekAutomata.of(instance)
        lagrangian = Lagrangian(instance, automata, pool, 2)
        prices = first_prices(lagrangian)
        self.watch = Watch(Stop(seconds=None, rounds=rounds))
        self.team = [RosterState(instance, automata, 1), RosterState(instance, automata, 2)]
        self.guides = Guides(
            SubgradientAscent.start(lagrangian, prices), VolumeMethod.start(lagrangian, prices)
        )
        diving = DivingWorkers(lagrangian, self.watch, lambda: False, pool)
        assert not diving.are_asked
        self.rounds = Rounds(self.watch, self.team, pool, diving, lambda: False)
        self.played: list[Played] = []
        self.finds: dict[int, int] = {}
        script = self

        def cycle(
            worker: RosterState, guide: Any, how: Any, done: Any, over: Any, offer: Offer, *, afresh: bool
        ) -> None:
            script.play("cycle", script.team.index(worker), offer, afresh)

        class ScriptedLocalSearch:
            def __init__(self, worker: RosterState, best: Callable[[], Snapshot | None]) -> None:
                self.number, self.best = script.team.index(worker), best

            def run(self, *details: Any) -> None:
                assert self.best() is script.rounds.best
                script.play("local search", self.number, details[-1], False)

        monkeypatch.setattr("scheduler.engine.portfolio.rounds.run_cycle", cycle)
        monkeypatch.setattr("scheduler.engine.portfolio.rounds.IteratedLocalSearch", ScriptedLocalSearch)

    def play(self, what: str, number: int, offer: Offer, afresh: bool) -> None:
        before = self.rounds.cost
        self.played.append((what, number, afresh, None if before == inf else int(before)))
        cost = self.finds[number]
        offer(Cost(total=0, short=1, excess=0) if cost == BROKEN else legal(cost), self.team[number].snapshot)

    def round(self, *finds: int) -> list[Played]:
        """What was asked of both in a round in which they find these costs."""
        self.finds = dict(enumerate(finds))
        self.played.clear()
        self.rounds.run(self.guides)
        return sorted(self.played, key=lambda one: one[1])


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as threads:
        yield threads


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch, pool: ThreadPoolExecutor) -> Script:
    return Script(monkeypatch, pool, rounds=20)


def until_in_vain(script: Script) -> None:
    """Rounds up to the first one after which all begin afresh, with 900,000 as the best."""
    script.round(MANY, MANY + 1)
    for _ in range(3):
        script.round(MANY - 100_000, MANY - 90_000)


def test_who_cycles_and_who_searches_locally_takes_turns(script: Script) -> None:
    assert script.round(MANY, MANY + 1) == [("cycle", 0, True, None), ("cycle", 1, True, None)]
    assert script.round(MANY - 5000, MANY) == [("local search", 0, False, MANY), ("cycle", 1, True, MANY)]
    less = MANY - 5000
    assert script.round(MANY, less - 5000) == [("cycle", 0, False, less), ("local search", 1, False, less)]
    less -= 5000
    assert script.round(less - 5000, less) == [("local search", 0, False, less), ("cycle", 1, False, less)]


def test_after_two_rounds_in_vain_all_begin_afresh_and_leave_the_best_alone(script: Script) -> None:
    until_in_vain(script)
    assert script.rounds.best is None, "nothing was found since the new beginning"
    dear = MANY - 50_000
    assert script.round(dear, dear + 1) == [("cycle", 0, True, None), ("cycle", 1, True, None)]
    assert script.round(dear - 9000, dear) == [("local search", 0, False, dear), ("cycle", 1, True, dear)]
    assert script.watch.cost == MANY - 100_000, "the best of all is not lost"


def test_a_cheaper_roster_of_a_new_beginning_is_the_best_of_all(script: Script) -> None:
    until_in_vain(script)
    script.round(MANY - 50_000, MANY - 150_000)
    assert script.watch.cost == script.rounds.cost == MANY - 150_000
    assert script.watch.best is script.rounds.best


def test_one_round_in_vain_is_not_enough(script: Script) -> None:
    script.round(MANY, MANY)
    for number in range(1, 6):  # every other round wins something
        cost = MANY - 1000 * ((number + 1) // 2)
        script.round(cost, cost)
        assert script.rounds.cost == cost


def test_while_nothing_legal_is_found_nobody_begins_afresh_again(script: Script) -> None:
    wanted = [[True, True], [False, True], [False, False], [False, False]]
    for expected in wanted:
        assert [afresh for *_, afresh, _ in script.round(BROKEN, BROKEN)] == expected


def test_with_too_few_rounds_left_all_go_on_from_the_best(
    monkeypatch: pytest.MonkeyPatch, pool: ThreadPoolExecutor
) -> None:
    script = Script(monkeypatch, pool, rounds=9)
    until_in_vain(script)
    dear = MANY - 50_000
    for _ in range(4):  # in vain once more
        script.round(dear, dear)
    best = MANY - 100_000
    assert script.rounds.cost == best
    assert [whence for *_, whence in script.round(best, best)] == [best, best]


@pytest.mark.parametrize(
    ("are_whole", "in_vain", "at_work", "seconds"),
    [(False, False, 0, 12.0), (True, False, 0, 90.0), (True, False, 1, 90.0), (True, True, 0, 270.0)],
)
def test_where_dives_win_more_a_cycle_leaves_them_the_time_also_of_a_single_worker(
    script: Script, are_whole: bool, in_vain: bool, at_work: int, seconds: float
) -> None:
    # One worker annealed a ward of 50 agents and 52 weeks for 95 of 200 s, and found all in the rest.
    diving: Any = SimpleNamespace(are_of_use=not in_vain, are_whole=are_whole, at_work=at_work)
    script.rounds.diving = diving
    script.rounds.watch = Watch(Stop(seconds=600))
    assert script.rounds._seconds() == pytest.approx(seconds, rel=0.01)


def test_long_searches_with_new_beginnings_are_the_same_every_time_and_never_get_dearer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[int] = []
    cleared = Rounds._restart_if_in_vain

    def looked_back(self: Rounds) -> None:
        cleared(self)
        begun.append(self._since_restart is not None and not self._costs_since_start)

    monkeypatch.setattr(Rounds, "_restart_if_in_vain", looked_back)
    in_vain = replace(rounds.POLICY, counted_moves=100, stale_fraction=1.0)  # everything is
    monkeypatch.setattr(rounds, "POLICY", in_vain)
    instance = generated("generated-10-different")
    stop = Stop(seconds=None, rounds=9)
    one, other = (search(instance.problem, instance.rules, stop=stop, seed=3, workers=2) for _ in range(2))
    assert sum(begun) == 2 * 2, "each search begins afresh twice"
    assert one.roster == other.roster and one.cost == other.cost
    costs = [point.cost for point in one.curve if point.cost is not None]
    assert all(later <= sooner for sooner, later in pairwise(costs))


@pytest.mark.parametrize("at_once", [True, False])
def test_what_is_kept_is_handed_on_at_once_or_when_told(at_once: bool) -> None:
    instance = compile_instance(tiny_problem(("Ada",)), tiny_rules())
    roster = RosterState(instance, WeekAutomata.of(instance), 1).snapshot()
    assert (roster.option == FREE).all()
    handed: list[int] = []
    incumbent = Incumbent(lambda cost, copy: handed.append(cost.total) if copy() is roster else None, at_once)
    for total, is_better in ((7, True), (9, False), (7, False), (5, True)):
        assert incumbent.offer(legal(total), lambda: roster) is is_better
    assert not incumbent.offer(Cost(total=1, short=1, excess=0), lambda: roster), "it is not legal"
    assert handed == ([7, 5] if at_once else [])
    incumbent.hand_on()
    assert handed[-1] == 5
