"""Layered automata against every week there is, and joins by the core against joins in plain Python."""

from collections.abc import Iterator
from itertools import product
from random import Random

import numpy as np
import numpy.typing as npt
import pytest

from scheduler.engine.automata.layered_dfa import (
    DEAD,
    NO_SYMBOL,
    Automaton,
    anything,
    joined,
    of_tracker,
    smallest,
)
from scheduler.engine.automata.limit_automata import PairsTracker, RunTracker, State, TotalTracker, Tracker

DAYS, CHOICES, STARTS = 5, 3, 3
PRICES = (None, 7, 60)

Choice = npt.NDArray[np.bool_]
Week = tuple[int, ...]
Node = tuple[tuple[int, int] | None, ...]
"""Of each choice of a day, the node that comes then and the price; behind the last day there is one node."""


def some_blocks(random: Random) -> tuple[tuple[int, ...], ...]:
    days = sorted(random.sample(range(DAYS), random.randint(1, DAYS)))
    if random.random() < 0.7:
        return tuple((day,) for day in days)
    cut = random.randint(1, len(days))
    return tuple(block for block in (tuple(days[:cut]), tuple(days[cut:])) if block)


def some_tracker(random: Random, price: int | None) -> tuple[Tracker, list[State], int]:
    """A tracker, ways to begin with it, and how many verbs it reads."""
    blocks, must = some_blocks(random), price is None
    least, most = random.choice([(None, 0), (0, None), (-2, 0), (-1, 0)])
    match random.choice(["total", "run", "pairs"]):
        case "total":
            sums: list[State] = [(-random.randint(0, 4), False) for _ in range(STARTS)]
            return TotalTracker(blocks, least, most, must), sums, 1
        case "run":
            known = random.random() < 0.5
            runs: list[State] = [
                (random.randint(0, 2) if known else 0, False, not known, False) for _ in range(STARTS)
            ]
            least, most = random.choice([(None, 2), (2, None), (2, 3)])
            return RunTracker(blocks, least, most, must), runs, 1
        case _:
            days = [sorted(random.sample(range(DAYS), 2)) for _ in range(random.randint(1, 4))]
            pairs = tuple((random.randrange(2), first, random.randrange(2), then) for first, then in days)
            return PairsTracker(pairs, must), [()] * STARTS, 2


def made(
    tracker: Tracker, price: int | None, starts: list[State], said: list[list[tuple[int, ...]]]
) -> Automaton:
    """The automaton of a limit that is small enough."""
    automaton = of_tracker(tracker, price, starts, said)
    assert automaton is not None
    return automaton


class Drawn:
    """Some limits over a few days on which two or three things can be chosen, not all on every day."""

    def __init__(self, seed: int, limits: int) -> None:
        random = Random(seed)
        self.open: Choice = np.array([[random.random() < 0.9 for _ in range(CHOICES)] for _ in range(DAYS)])
        self.limits = []
        self.parts = []
        for _ in range(limits):
            price = random.choice(PRICES)
            tracker, starts, verbs = some_tracker(random, price)
            said = [
                [tuple(random.randint(0, 2) for _ in range(verbs)) for _ in range(CHOICES)]
                for _ in range(DAYS)
            ]
            self.limits.append((tracker, price, starts, said))
            self.parts.append(made(tracker, price, starts, said))

    def charged(self, start: int, week: Week) -> int | None:
        """What the limits say of a week, one after another; ``None`` where one of them is broken."""
        total = 0
        for tracker, price, starts, said in self.limits:
            progress = starts[start]
            for day, choice in enumerate(week):
                step = tracker.advance(progress, day, said[day][choice])
                if step is None:
                    return None
                progress, total = step[0], total + step[1] * (price or 0)
        return total

    def joined(self) -> Automaton:
        """All of them at once, over what is open."""
        whole = anything(self.open, STARTS)
        for part in self.parts:
            more, _ = joined(whole, part)
            assert more is not None
            whole = more
        return whole

    def weeks(self) -> Iterator[Week]:
        """All that can be chosen."""
        return product(*(np.flatnonzero(day).tolist() for day in self.open))


def walked(automaton: Automaton, start: int, week: Week) -> int | None:
    """What an automaton charges for a week; ``None`` where it does not allow it."""
    state, total = int(automaton.start[start]), 0
    for day, choice in enumerate(week):
        symbol = automaton.symbol_of[day, choice]
        if state == DEAD or symbol == NO_SYMBOL:
            return None
        to, price = automaton.transitions_of(day)
        total += 0 if price is None else int(price[state, symbol])
        state = int(to[state, symbol])
    return None if state == DEAD else total


class Futures:
    """Nodes by day: states with the same future are one, whatever constant they differ by."""

    def __init__(self, days: int) -> None:
        self.known: list[dict[Node, int]] = [{} for _ in range(days)]

    def node(self, day: int, steps: list[tuple[int, int] | None]) -> tuple[int, int] | None:
        """Number of a node and what it costs at least; the first day's keep their constant."""
        least = min((step[1] for step in steps if step is not None), default=None)
        if least is None:
            return None
        owed = least if day else 0
        row = tuple(None if step is None else (step[0], step[1] - owed) for step in steps)
        return self.known[day].setdefault(row, len(self.known[day])), owed


def futures_of(parts: list[Automaton], is_open: Choice, futures: Futures) -> list[tuple[int, int] | None]:
    """The node of each way to begin with all of some automata: a join in plain Python, state by state."""
    known: dict[tuple[int, ...], tuple[int, int] | None] = {}

    def at(day: int, states: tuple[int, ...]) -> tuple[int, int] | None:
        if DEAD in states:
            return None
        if day == len(is_open):
            return 0, 0
        if (day, *states) not in known:
            steps: list[tuple[int, int] | None] = []
            for choice in range(is_open.shape[1]):
                symbols = [int(part.symbol_of[day, choice]) for part in parts]
                if not is_open[day, choice] or NO_SYMBOL in symbols:
                    steps.append(None)
                    continue
                instance = [part.transitions_of(day) for part in parts]
                cells = list(zip(instance, states, symbols, strict=True))
                after = at(day + 1, tuple(int(to[state, symbol]) for (to, _), state, symbol in cells))
                charged = sum(
                    0 if price is None else int(price[state, symbol]) for (_, price), state, symbol in cells
                )
                steps.append(None if after is None else (after[0], after[1] + charged))
            known[day, *states] = futures.node(day, steps)
        return known[day, *states]

    starts = zip(*(part.start.tolist() for part in parts), strict=True)
    return [at(0, tuple(start)) for start in starts]


@pytest.mark.parametrize("seed", range(100))
def test_a_join_allows_and_charges_what_the_limits_do(seed: int) -> None:
    drawn = Drawn(seed, limits=1 + seed % 3)
    whole = drawn.joined()
    for start in range(STARTS):
        for week in drawn.weeks():
            assert walked(whole, start, week) == drawn.charged(start, week), week


@pytest.mark.parametrize("seed", range(100))
def test_a_join_is_the_one_made_in_plain_python_and_has_a_state_for_every_future(seed: int) -> None:
    drawn = Drawn(seed, limits=2 + seed % 2)
    whole, futures = drawn.joined(), Futures(DAYS)
    wanted = futures_of(drawn.parts, drawn.open, futures)
    assert futures_of([whole], drawn.open, futures) == wanted
    # the core's join brought no node that the plain one lacks, and has none twice
    assert whole.states[:-1].tolist() == [len(nodes) for nodes in futures.known]
    for day, nodes in enumerate(futures.known):
        columns = {tuple(row[choice] for row in nodes) for choice in np.flatnonzero(drawn.open[day])}
        assert whole.symbols[day] == len(columns)
        assert (whole.symbol_of[day] == NO_SYMBOL).tolist() == (~drawn.open[day]).tolist()


def test_enough_of_the_drawn_limits_bar_some_weeks_and_charge_for_others() -> None:
    said = [
        {drawn.charged(start, week) for start in range(STARTS) for week in drawn.weeks()}
        for drawn in (Drawn(seed, limits=2) for seed in range(100))
    ]
    assert sum(None in one and len(one) > 2 for one in said) > 15
    assert sum(None not in one and len(one) > 3 for one in said) > 10
    assert sum(one == {None} for one in said) < 20


def test_what_is_owed_in_any_case_does_not_tell_states_apart() -> None:
    # One day too many costs 10 each: whether 3 or 4 of 5 days are beyond is settled when they are worked, so
    # that beyond the bound there is one state; of -2 to 0 there are three.
    days = tuple((day,) for day in range(DAYS))
    whole = made(TotalTracker(days, None, 0, False), 10, [(-2, False)], [[(0,), (1,)]] * DAYS)
    assert whole.states.tolist() == [1, 2, 3, 3, 2, 1]  # on the last day, -2 and -1 are alike
    assert walked(whole, 0, (1,) * DAYS) == 30


def test_states_from_which_a_must_cannot_be_kept_are_cut_off() -> None:
    # 5 of 5 days are to be worked: there is one state a day, and the free day leads nowhere.
    days = tuple((day,) for day in range(DAYS))
    whole = made(TotalTracker(days, 0, None, True), None, [(-5, False), (-6, False)], [[(0,), (1,)]] * DAYS)
    assert whole.states.tolist() == [1] * (DAYS + 1)
    assert whole.start.tolist() == [0, DEAD]
    assert whole.following.reshape(DAYS, 2).tolist() == [[DEAD, 0]] * DAYS


def test_symbols_that_mean_the_same_become_one() -> None:
    days = tuple((day,) for day in range(DAYS))
    said: list[list[tuple[int, ...]]] = [[(0,), (1,), (2,)]] * DAYS
    whole = made(TotalTracker(days, None, 0, True), None, [(-9, False)], said)
    assert whole.symbol_of.tolist() == [[0, 0, 1]] * DAYS  # only 2 on each of 5 days is beyond 9
    assert not whole.allows_anything
    loose = made(TotalTracker(days, None, 0, True), None, [(-10, False)], said)
    assert loose.symbol_of.tolist() == [[0, 0, 0]] * DAYS
    assert loose.allows_anything


@pytest.mark.parametrize("seed", range(10))
def test_a_join_that_would_take_too_much_is_given_up(seed: int) -> None:
    one, other = Drawn(seed, limits=2).parts
    whole, work = joined(one, other)
    assert whole is not None
    kept, again = joined(one, other, work, whole.transitions)
    assert kept is not None and again == work
    assert kept.following.tolist() == whole.following.tolist()
    assert joined(one, other, work - 1)[0] is None
    assert joined(one, other, work, whole.transitions - 1)[0] is None
    assert smallest(whole).following.tolist() == whole.following.tolist()
