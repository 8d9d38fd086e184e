"""Which weeks a frame's limits allow, as a table of states for each day; states with the same future are one.

Each meter becomes an automaton of its own: from its states, by the symbols that a day can show it, to the
states after the day. Automata are joined two at a time, and made as small as can be after each join: states
from which no legal week is left are taken out, and of states from which the same is legal at the same price,
day after day to the end, one is kept (one pass from the last day to the first; Moore 1956). Small ones are
joined first, so that what follows from one another never multiplies.

Whatever is offered on a day has a *kind*, which says what it shows to each meter; what shows the same to all
of them is of one kind, and kinds that an automaton cannot tell apart show it one *symbol*.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scheduler.verifier.bound.resources import Meter

Ints = NDArray[np.int64]

DEAD = -1
MOST_NUMBERS = 2**60
"""Combinations are numbered anew before their numbers reach this."""
ROOM_PER_STEP = 16
"""Combinations of states get a place each where there are so few of them per step; else they are sorted."""


class TooLarge(Exception):
    """A join would have more steps on a day than it may."""


@dataclass(frozen=True, eq=False)
class Layer:
    """One day of an automaton.

    Parameters
    ----------
    following, price
        Shape (states, symbols): which state comes next, ``DEAD`` where no legal week is left, and what is
        charged.
    symbol
        Shape (kinds,): what each kind of the day shows.
    after
        How many states there are after the day.
    """

    following: Ints
    price: Ints
    symbol: Ints
    after: int

    @property
    def states(self) -> int:
        """How many there are before the day."""
        return int(self.following.shape[0])

    @classmethod
    def of_nothing(cls, kinds: int) -> "Layer":
        """A day on which nothing is asked."""
        return cls(np.zeros((1, 1), np.int64), np.zeros((1, 1), np.int64), np.zeros(kinds, np.int64), 1)


@dataclass(frozen=True, eq=False)
class Automaton:
    """States and steps of some days; on all others there is one state, and all is allowed.

    Parameters
    ----------
    layers
        By day, in order. There is one state before the first of them unless that is day 0.
    start
        Shape (entries,): the state of each way to come into the horizon; ``DEAD`` where no week is legal.
    """

    layers: Mapping[int, Layer]
    start: Ints

    @cached_property
    def first(self) -> int:
        """The first day on which something is asked."""
        return min(self.layers)

    @cached_property
    def last(self) -> int:
        """The last one."""
        return max(self.layers)

    @cached_property
    def steps(self) -> int:
        """States times symbols, of all days together."""
        return sum(layer.following.size for layer in self.layers.values())

    @property
    def allows_anything(self) -> bool:
        """Whether all weeks are legal, and nothing is charged for any."""
        layers = self.layers.values()
        one_state = all(layer.states == 1 == layer.after for layer in layers)
        return (
            one_state
            and all(not (layer.following == DEAD).any() and not layer.price.any() for layer in layers)
            and not (self.start == DEAD).any()
        )

    def on(self, day: int, kinds: int) -> Layer:
        """The layer of a day that has so many kinds."""
        return self.layers.get(day) or Layer.of_nothing(kinds)


Told = Callable[[], None]
"""Is called every now and then while an automaton is made; it may raise to end that."""


def automaton_of(
    entries: int,
    meters: Sequence[Meter],
    starts: Sequence[Ints],
    symbols: Sequence[Mapping[int, Ints]],
    kinds: Sequence[int],
    most: int,
    told: Told = lambda: None,
) -> Automaton:
    """What all meters ask together. One that would make a day larger than ``most`` steps is let go.

    Parameters
    ----------
    entries
        How many ways there are to come in.
    starts
        For each meter its state for each way to come in.
    symbols
        For each day, what each kind shows to each meter that looks at the day, by its number.
    kinds
        How many each day has.
    """
    by_window: dict[tuple[int, int], list[Automaton]] = {}
    for number, meter in enumerate(meters):
        told()
        one = smallest(_of_meter(meter, starts[number], [shown.get(number) for shown in symbols]))
        if not one.allows_anything:
            by_window.setdefault((one.first, one.last), []).append(one)
    weekly = [one for alike in by_window.values() for one in _all_joined(alike, kinds, most, told)]
    together = _all_joined(list(_chained(weekly)), kinds, most, told)
    return together[0] if together else Automaton({}, np.zeros(entries, np.int64))


def _all_joined(
    automata: Sequence[Automaton], kinds: Sequence[int], most: int, told: Told
) -> list[Automaton]:
    """One automaton for all of them, smaller ones first; none for none."""
    made: list[Automaton] = []
    for one in sorted(automata, key=lambda one: one.steps):
        try:
            made = [joined(made[0], one, kinds, most, told)] if made else [one]
        except TooLarge:
            continue  # let go, which only makes the bound looser
    return made


def _chained(automata: Sequence[Automaton]) -> Iterable[Automaton]:
    """Automata of which one is over before the other begins, put one behind the other."""
    chains: list[list[Automaton]] = []
    for one in sorted(automata, key=lambda one: one.first):
        free = next((chain for chain in chains if chain[-1].last < one.first), None)
        if free is None:
            chains.append([one])
        else:
            free.append(one)
    for chain in chains:
        layers = {day: layer for one in chain for day, layer in one.layers.items()}
        never = np.any([one.start == DEAD for one in chain], axis=0)
        yield Automaton(layers, np.where(never, DEAD, chain[0].start))


def _of_meter(meter: Meter, starts: Ints, symbols: Sequence[Ints | None]) -> Automaton:
    """One meter alone, as it remembers."""
    known, start = np.unique(starts, return_inverse=True)
    layers = {}
    for day in range(max(0, meter.first), min(meter.last, len(symbols) - 1) + 1):
        shown, symbol = np.unique(_given(symbols[day]), return_inverse=True)
        shape = len(known), len(shown)
        turn = meter.turn(day, np.repeat(known, len(shown)), np.tile(shown, len(known)))
        legal = turn.legal.reshape(shape)
        known, place = np.unique(turn.states[turn.legal], return_inverse=True)
        following = np.full(shape, DEAD, dtype=np.int64)
        following[legal] = place
        layers[day] = Layer(following, turn.price.reshape(shape), symbol, len(known))
    return Automaton(layers, start.astype(np.int64))


def _given(symbols: Ints | None) -> Ints:
    if symbols is None:
        raise ValueError("a meter looks at a day of which it was told nothing")
    return symbols


def joined(
    one: Automaton,
    other: Automaton,
    kinds: Sequence[int],
    most: int,
    told: Told = lambda: None,
) -> Automaton:
    """What both ask, as small as can be.

    Raises
    ------
    TooLarge
        If a day would have more than ``most`` steps before it is made small.
    """
    days = sorted({*one.layers, *other.layers})
    legal = (one.start != DEAD) & (other.start != DEAD)
    width = max(1, int(other.start.max(initial=0)) + 1)
    pairs, place = np.unique((one.start * width + other.start)[legal], return_inverse=True)
    start = np.full(len(legal), DEAD, dtype=np.int64)
    start[legal] = place
    layers = {}
    for day in days:
        told()
        mine, theirs = one.on(day, kinds[day]), other.on(day, kinds[day])
        shown, symbol = _symbols_of_both(mine, theirs)
        if len(pairs) * len(shown[0]) > most:
            raise TooLarge
        at = pairs // width, pairs % width
        next_mine = mine.following[at[0][:, None], shown[0]]
        next_theirs = theirs.following[at[1][:, None], shown[1]]
        price = mine.price[at[0][:, None], shown[0]] + theirs.price[at[1][:, None], shown[1]]
        legal = (next_mine != DEAD) & (next_theirs != DEAD)
        width = max(1, theirs.after)
        key = (next_mine * width + next_theirs)[legal]
        pairs, place = _placed(key, max(1, mine.after) * width)
        following = np.full(legal.shape, DEAD, dtype=np.int64)
        following[legal] = place
        layers[day] = Layer(following, price, symbol, len(pairs))
    return smallest(Automaton(layers, start))


def _symbols_of_both(mine: Layer, theirs: Layer) -> tuple[tuple[Ints, Ints], Ints]:
    """Every pair of symbols that some kind shows, and which of them each kind does."""
    width = theirs.following.shape[1]
    shown, symbol = np.unique(mine.symbol * width + theirs.symbol, return_inverse=True)
    return (shown // width, shown % width), symbol


def _placed(key: Ints, span: int) -> tuple[Ints, Ints]:
    """The different keys in order, and which of them each is."""
    if span > ROOM_PER_STEP * len(key):
        return np.unique(key, return_inverse=True)
    is_there = np.zeros(span, dtype=np.bool_)  # a place for every key there may be: that needs no sorting
    is_there[key] = True
    return np.flatnonzero(is_there), (is_there.cumsum() - 1)[key]


def smallest(automaton: Automaton) -> Automaton:
    """The same weeks at the same prices with as few states and symbols as there can be."""
    made: dict[int, Layer] = {}
    same: Ints | None = None
    count = 1
    for day in sorted(automaton.layers, reverse=True):
        layer = automaton.layers[day]
        if same is None:
            same = np.zeros(layer.after, dtype=np.int64)
        following = _now(layer.following, same)
        price = np.where(following == DEAD, 0, layer.price)
        apart, alike = _columns_apart(np.concatenate([following, price]))
        following, price = following[:, apart], price[:, apart]
        alive = np.flatnonzero((following != DEAD).any(axis=1))
        charged = price[:, price.any(axis=0)]
        columns = [*(following[alive] + 1).T, *(_ranks(column) for column in charged[alive].T)]
        key, _ = numbered(columns, len(alive))
        _, example, place = np.unique(key, return_index=True, return_inverse=True)
        kept = alive[example]
        same = np.full(layer.states, DEAD, dtype=np.int64)
        same[alive] = place
        made[day] = Layer(following[kept], price[kept], alike[layer.symbol], count)
        count = len(kept)
    if same is None:
        return automaton
    return Automaton(dict(sorted(made.items())), _now(automaton.start, same))


def _now(states: Ints, same: Ints) -> Ints:
    """Which of the states that are left each state is."""
    return np.append(same, DEAD)[states]  # DEAD is the last place


def _columns_apart(table: Ints) -> tuple[list[int], Ints]:
    """The first of all columns that are equal, and which of these stands for each column."""
    seen: dict[bytes, int] = {}
    first: list[int] = []
    stands_for = []
    for number, column in enumerate(np.ascontiguousarray(table.T)):
        place = seen.setdefault(column.tobytes(), len(first))
        if place == len(first):
            first.append(number)
        stands_for.append(place)
    return first, np.array(stands_for, dtype=np.int64)


def _ranks(column: Ints) -> Ints:
    return np.unique(column, return_inverse=True)[1]


def numbered(columns: Iterable[Ints], length: int) -> tuple[Ints, int]:
    """A number for every combination of the columns' values, none below zero, and one above all numbers."""
    key, span = np.zeros(length, dtype=np.int64), 1
    for column in columns:
        values = int(column.max(initial=0)) + 1
        if span * values > MOST_NUMBERS:  # the numbers would outgrow their type; number the combinations anew
            kept, key = np.unique(key, return_inverse=True)
            span = len(kept)
        key = key * values + column
        span *= values
    return key, span
