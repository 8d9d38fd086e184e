"""The legal weeks of a pricing group as a layered automaton: a set of states per day, minimised.

Each resource becomes an automaton: states, and transitions by the symbols of each day. Automata are joined
two at a time (product automaton) and minimised after each join: states without a legal completion are
removed, and states with the same legal completions at the same prices are merged, in one pass from the last
day to the first (Moore 1956). Small automata are joined first, so that dependent limits do not multiply.

The choices of a day fall into *kinds*: choices with the same symbol for every resource are of one kind. Kinds
that an automaton cannot distinguish have one *symbol* there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduler.texts import text
from scheduler.verifier.bound.pricing.resources import Resource
from scheduler.verifier.recount.exact import Ints

DEAD = -1
MOST_NUMBERS = 2**60
"""Combined keys are compacted before they reach this."""
ROOM_PER_TRANSITION = 16
"""Pairs of states per transition up to which they are looked up in a table; otherwise they are sorted."""


class TooLarge(Exception):
    """A join would have too many transitions on a day."""


@dataclass(frozen=True, eq=False)
class Layer:
    """One day of an automaton.

    Parameters
    ----------
    following, price
        Shape (states, symbols): the next state, ``DEAD`` if no legal week is left, and the price.
    symbol
        Shape (kinds,): the symbol of each kind of the day.
    after
        Number of states after the day.
    """

    following: Ints
    price: Ints
    symbol: Ints
    after: int

    @property
    def states(self) -> int:
        """Number of states before the day."""
        return int(self.following.shape[0])

    @classmethod
    def of_nothing(cls, kinds: int) -> "Layer":
        """A day without limits."""
        return cls(np.zeros((1, 1), np.int64), np.zeros((1, 1), np.int64), np.zeros(kinds, np.int64), 1)


@dataclass(frozen=True, eq=False)
class Automaton:
    """States and transitions of some days; every other day has one state and allows everything.

    Parameters
    ----------
    layers
        By day, in order. There is one state before the first of them, unless that is day 0.
    start
        Shape (entries,): the initial state of each entry; ``DEAD`` if no week is legal.
    """

    layers: Mapping[int, Layer]
    start: Ints

    @cached_property
    def first(self) -> int:
        """The first day with a layer."""
        return min(self.layers)

    @cached_property
    def last(self) -> int:
        """The last one."""
        return max(self.layers)

    @cached_property
    def transitions(self) -> int:
        """Number of transitions: states times symbols, over all days."""
        return sum(layer.following.size for layer in self.layers.values())

    @property
    def allows_anything(self) -> bool:
        """Whether all weeks are legal and free of charge."""
        layers = self.layers.values()
        one_state = all(layer.states == 1 == layer.after for layer in layers)
        return (
            one_state
            and all(not (layer.following == DEAD).any() and not layer.price.any() for layer in layers)
            and not (self.start == DEAD).any()
        )

    def on(self, day: int, kinds: int) -> Layer:
        """The layer of a day, whose number of kinds is given."""
        return self.layers.get(day) or Layer.of_nothing(kinds)


Checkpoint = Callable[[], None]
"""Is called from time to time during a computation, and may raise to end it."""


def automaton_of(
    entries: int,
    resources: Sequence[Resource],
    starts: Sequence[Ints],
    symbols: Sequence[Mapping[int, Ints]],
    kinds: Sequence[int],
    most: int,
    checkpoint: Checkpoint = lambda: None,
) -> tuple[Automaton, bool]:
    """The joint automaton of resources, and whether it has all of them.

    One that would make a day exceed ``most`` transitions is dropped.

    Parameters
    ----------
    entries
        Number of entries.
    starts
        For each resource its initial state for each entry.
    symbols
        For each day, by the number of a resource with a state on that day, its symbol for each kind.
    kinds
        Number of kinds of each day.
    """
    by_window: dict[tuple[int, int], list[Automaton]] = {}
    for number, resource in enumerate(resources):
        checkpoint()
        one = smallest(_of_resource(resource, starts[number], [shown.get(number) for shown in symbols]))
        if not one.allows_anything:
            by_window.setdefault((one.first, one.last), []).append(one)
    joins = _Joins(kinds, most, checkpoint)
    weekly = [one for alike in by_window.values() for one in joins.of(alike)]
    together = joins.of(list(_chained(weekly)))
    return together[0] if together else Automaton({}, np.zeros(entries, np.int64)), joins.has_all


@dataclass
class _Joins:
    """Joins of many automata, and whether none was too large so far."""

    kinds: Sequence[int]
    most: int
    checkpoint: Checkpoint
    has_all: bool = True

    def of(self, automata: Sequence[Automaton]) -> list[Automaton]:
        """Their joint automaton, joined from the smallest on; empty for none."""
        made: list[Automaton] = []
        for one in sorted(automata, key=lambda one: one.transitions):
            try:
                made = [joined(made[0], one, self.kinds, self.most, self.checkpoint)] if made else [one]
            except TooLarge:
                self.has_all = False  # dropped: the bound stays valid, and is looser
        return made


def _chained(automata: Sequence[Automaton]) -> Iterable[Automaton]:
    """Automata with disjoint ranges of days, concatenated."""
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


def _of_resource(resource: Resource, starts: Ints, symbols: Sequence[Ints | None]) -> Automaton:
    """The automaton of one resource."""
    known, start = np.unique(starts, return_inverse=True)
    layers = {}
    for day in range(max(0, resource.first), min(resource.last, len(symbols) - 1) + 1):
        shown, symbol = np.unique(_given(symbols[day]), return_inverse=True)
        shape = len(known), len(shown)
        transition = resource.transition(day, np.repeat(known, len(shown)), np.tile(shown, len(known)))
        legal = transition.legal.reshape(shape)
        known, place = np.unique(transition.states[transition.legal], return_inverse=True)
        following = np.full(shape, DEAD, dtype=np.int64)
        following[legal] = place
        layers[day] = Layer(following, transition.price.reshape(shape), symbol, len(known))
    return Automaton(layers, start.astype(np.int64))


def _given(symbols: Ints | None) -> Ints:
    if symbols is None:
        raise ValueError(text("a resource has a state on a day without symbols"))
    return symbols


def joined(
    one: Automaton,
    other: Automaton,
    kinds: Sequence[int],
    most: int,
    checkpoint: Checkpoint = lambda: None,
) -> Automaton:
    """The minimised product of two automata.

    Raises
    ------
    TooLarge
        If a day would have more than ``most`` transitions before it is minimised.
    """
    days = sorted({*one.layers, *other.layers})
    legal = (one.start != DEAD) & (other.start != DEAD)
    width = max(1, int(other.start.max(initial=0)) + 1)
    pairs, place = np.unique((one.start * width + other.start)[legal], return_inverse=True)
    start = np.full(len(legal), DEAD, dtype=np.int64)
    start[legal] = place
    layers = {}
    for day in days:
        checkpoint()
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
    """The pairs of symbols that occur, and the pair of each kind."""
    width = theirs.following.shape[1]
    shown, symbol = np.unique(mine.symbol * width + theirs.symbol, return_inverse=True)
    return (shown // width, shown % width), symbol


def _placed(key: Ints, span: int) -> tuple[Ints, Ints]:
    """The distinct keys in order, and the position of each key among them."""
    if span > ROOM_PER_TRANSITION * len(key):
        return np.unique(key, return_inverse=True)
    is_there = np.zeros(span, dtype=np.bool_)  # a table over all possible keys needs no sorting
    is_there[key] = True
    return np.flatnonzero(is_there), (is_there.cumsum() - 1)[key]


def smallest(automaton: Automaton) -> Automaton:
    """The minimal automaton with the same weeks at the same prices."""
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
    """The merged state of each state."""
    return np.append(same, DEAD)[states]  # DEAD is the last place


def _columns_apart(table: Ints) -> tuple[list[int], Ints]:
    """The first of each set of equal columns, and for each column the position of its set."""
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
    """A non-negative key for each row of the columns' values, and an exclusive upper bound of the keys."""
    key, span = np.zeros(length, dtype=np.int64), 1
    for column in columns:
        values = int(column.max(initial=0)) + 1
        if span * values > MOST_NUMBERS:  # the keys would overflow: compact them
            kept, key = np.unique(key, return_inverse=True)
            span = len(kept)
        key = key * values + column
        span *= values
    return key, span
