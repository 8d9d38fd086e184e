"""Layered automata with costs: which weeks a set of limits allows, and what they charge, as small tables.

Each day is a layer of states (the layered graph of the regular constraint; Pesant 2004), and each state has a
transition for every symbol of the day. A symbol stands for all choices of the day that mean the same to the
automaton. The compiled core takes products of automata and minimises them: states with the same future are
merged (Moore 1956, Hopcroft 1971; one backward pass is enough where layers follow one another), and so are
symbols with the same transitions, so that limits that imply each other cost nothing. States from which every
path ends in a broken ``must`` are cut off.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from scheduler.engine.automata.limit_automata import State, Tracker
from scheduler.engine.kernel.arrays import BoolArray, Int32Array, Int64Array
from scheduler.engine.kernel.bindings import exports, fill
from scheduler.texts import text

DEAD = -1
NO_SYMBOL = -1
NO_LIMIT = 1 << 62
MOST_TRANSITIONS = 1_000_000
"""Transitions of the automaton of one limit, before it is minimised: each of them is a call of its tracker in
Python, and a million of those take about a second. More would hold up the search for a limit that is left out
or split anyway."""

NO_MEMORY = 2
"""What ``join`` of ``automata.c`` returns where there is not enough."""
_LAYERS = (
    ("days", "int"),
    *((name, "i4") for name in ("states", "symbols")),
    ("from", "i8"),
    ("next", "i4"),
    ("price", "i8"),
)
_INTS, _LONGS = ctypes.POINTER(ctypes.c_int32), ctypes.POINTER(ctypes.c_int64)


class _Layers(ctypes.Structure):
    """``Layers`` of ``automata.c``."""

    _fields_ = [(name, ctypes.c_int32 if kind == "int" else ctypes.c_void_p) for name, kind in _LAYERS]


class _Joined(ctypes.Structure):
    """``Joined`` of ``automata.c``."""

    _fields_ = [
        *((name, _INTS) for name in ("start", "states", "symbols", "symbol")),
        ("from", _LONGS),
        ("next", _INTS),
        ("price", _LONGS),
        *((name, ctypes.c_int64) for name in ("transitions", "room", "work")),
    ]


@dataclass(frozen=True, eq=False)
class Automaton:
    """Layers of states.

    Parameters
    ----------
    start
        Shape (starts,): first state of each initial progress; ``DEAD`` where no week is legal from there.
    symbol_of
        Shape (days, choices): symbol of each thing to choose, ``NO_SYMBOL`` where it cannot be chosen.
    states
        States of every layer, one more than days.
    symbols
        How many each day has.
    first_transition
        Where the transitions of each day begin.
    following
        By state and symbol: next state, ``DEAD`` where not allowed.
    price
        What the same transitions are charged, in sixtieths of a cent; ``None`` where all are free.
    """

    start: Int32Array
    symbol_of: Int32Array
    states: Int32Array
    symbols: Int32Array
    first_transition: Int64Array
    following: Int32Array
    price: Int64Array | None

    @property
    def days(self) -> int:
        """How many there are."""
        return len(self.symbols)

    @property
    def transitions(self) -> int:
        """Transitions: states times symbols, of all days together."""
        return int((self.states[:-1].astype(np.int64) * self.symbols).sum())

    @property
    def allows_anything(self) -> bool:
        """Whether everything that can be chosen is allowed and free of charge."""
        is_small = (self.states == 1).all() and (self.symbols <= 1).all() and (self.start == 0).all()
        return bool(is_small) and (self.following != DEAD).all() and self.price is None

    def transitions_of(self, day: int) -> tuple[Int32Array, Int64Array | None]:
        """Next states and prices of a day, each of shape (states, symbols)."""
        shape = int(self.states[day]), int(self.symbols[day])
        first = int(self.first_transition[day])
        here = slice(first, first + shape[0] * shape[1])
        return self.following[here].reshape(shape), (
            None if self.price is None else self.price[here].reshape(shape)
        )

    @cached_property
    def struct(self) -> Any:
        """``Layers`` of the compiled core."""
        values = (self.days, self.states, self.symbols, self.first_transition, self.following, self.price)
        return fill(_Layers, _LAYERS, dict(zip((name for name, _ in _LAYERS), values, strict=True)))


def anything(choices: BoolArray, starts: int) -> Automaton:
    """The automaton that allows whatever can be chosen; ``choices`` has the shape (days, choices)."""
    days = len(choices)
    return Automaton(
        start=np.zeros(starts, np.int32),
        symbol_of=np.where(choices, 0, NO_SYMBOL).astype(np.int32),
        states=np.ones(days + 1, np.int32),
        symbols=np.ones(days, np.int32),
        first_transition=np.arange(days, dtype=np.int64),
        following=np.zeros(days, np.int32),
        price=None,
    )


def of_tracker(
    tracker: Tracker,
    price: int | None,
    starts: Sequence[State],
    said: Sequence[Sequence[tuple[int, ...]]],
) -> Automaton | None:
    """The automaton of one limit; ``None`` where it has too many transitions.

    Parameters
    ----------
    price
        Per unit of excess; ``None`` for a must, which the tracker itself refuses to break.
    starts
        The initial progresses.
    said
        Per day, the amounts of the tracker's verbs for each choice.
    """
    layer: dict[State, int] = {}
    start = [layer.setdefault(progress, len(layer)) for progress in starts]
    following: list[int] = []
    excess: list[int] = []
    states, first_transition = [len(layer)], []
    for day, choices in enumerate(said):
        first_transition.append(len(following))
        next_layer: dict[State, int] = {}
        for progress in layer:
            for amounts in choices:
                step = tracker.advance(progress, day, amounts)
                following.append(DEAD if step is None else next_layer.setdefault(step[0], len(next_layer)))
                excess.append(0 if step is None else step[1])
        states.append(len(next_layer))
        layer = next_layer
        if len(following) > MOST_TRANSITIONS:
            return None
    symbols = np.array([len(choices) for choices in said], np.int32)
    number = np.arange(int(symbols.max(initial=0)), dtype=np.int32)
    return smallest(
        Automaton(
            start=np.array(start, np.int32),
            symbol_of=np.where(number < symbols[:, None], number, np.int32(NO_SYMBOL)),
            states=np.array(states, np.int32),
            symbols=symbols,
            first_transition=np.array(first_transition, np.int64),
            following=np.array(following, np.int32),
            price=np.array(excess, np.int64) * price if price and any(excess) else None,
        )
    )


def smallest(automaton: Automaton) -> Automaton:
    """The minimal automaton with the same weeks at the same prices."""
    made, _ = joined(automaton, anything(automaton.symbol_of != NO_SYMBOL, len(automaton.start)))
    assert made is not None
    return made


def joined(
    one: Automaton, other: Automaton, most_work: int = NO_LIMIT, most_transitions: int = NO_LIMIT
) -> tuple[Automaton | None, int]:
    """The minimal product of two automata, and how many transitions of pairs of states it took.

    There is none if that takes more than ``most_work`` transitions of pairs, or has more than
    ``most_transitions`` of its own.

    Raises
    ------
    MemoryError
        If there is not enough for what is allowed.
    """
    day, choice = np.nonzero((one.symbol_of != NO_SYMBOL) & (other.symbol_of != NO_SYMBOL))
    most = int(one.symbols.max(initial=1)), int(other.symbols.max(initial=1))
    key = (day * most[0] + one.symbol_of[day, choice]) * most[1] + other.symbol_of[day, choice]
    keys, place = np.unique(key, return_inverse=True)
    pairs = np.column_stack([keys // most[1] % most[0], keys % most[1]]).astype(np.int32)
    symbols = np.bincount(keys // (most[0] * most[1]), minlength=one.days).astype(np.int32)
    start = np.column_stack([one.start, other.start])
    made = _Joined()
    try:
        failed = exports().join(
            ctypes.byref(one.struct),
            ctypes.byref(other.struct),
            symbols.ctypes.data,
            pairs.ctypes.data,
            len(start),
            start.ctypes.data,
            most_work,
            most_transitions,
            ctypes.byref(made),
        )
        if failed == NO_MEMORY:
            raise MemoryError(text("there is not enough memory for the states of the labour rules"))
        if failed:
            return None, made.work
        symbol_of = np.full(one.symbol_of.shape, NO_SYMBOL, np.int32)
        symbol_of[day, choice] = _copied(made.symbol, len(keys))[place.reshape(-1)]
        price = _copied(made.price, made.transitions)
        automaton = Automaton(
            start=_copied(made.start, len(start)),
            symbol_of=symbol_of,
            states=_copied(made.states, one.days + 1),
            symbols=_copied(made.symbols, one.days),
            first_transition=_copied(getattr(made, "from"), one.days),
            following=_copied(made.next, made.transitions),
            price=price if price.any() else None,
        )
        return automaton, made.work
    finally:
        exports().release_joined(ctypes.byref(made))


def _copied(pointer: Any, count: int) -> Any:
    """A copy of the core's array at a pointer; empty where the pointer is null."""
    return np.ctypeslib.as_array(pointer, (count,)).copy() if pointer and count else np.zeros(0, np.int32)
