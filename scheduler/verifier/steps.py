"""From which states of the meters to which: the legal steps of a day.

There are few states and few symbols of one meter, and many combinations of states: so each meter is asked
once for every state with every symbol, and what it says is looked up for the combinations.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from scheduler.verifier.meters import Meter

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Told = TypeVar("Told", np.int64, np.bool_)

MOST_NUMBERS = 2**60
"""Combinations are numbered anew before their numbers reach this."""
ROOM_PER_STEP = 16
"""Combinations of states get a place each where there are so few of them per step; else they are sorted."""


@dataclass(frozen=True)
class States:
    """The states of one meter: those there are, and which of them each row of a table has."""

    known: Ints
    of_row: Ints


@dataclass(frozen=True)
class Steps:
    """The legal steps: kinds of ways, each from a row of the table before to one of the table after.

    Parameters
    ----------
    kind, row, target, price
        Shape (steps,): the kind, the rows before and after, and what the meters charge.
    states
        Each meter's states of the rows after.
    """

    kind: Ints
    row: Ints
    target: Ints
    price: Ints
    states: dict[int, States]
    rows_after: int


@dataclass(frozen=True)
class _Turns:
    """What one meter makes of a day: of every state with every symbol, as there are few of either.

    Parameters
    ----------
    kind
        Shape (kinds,): which of the symbols each kind of way shows.
    row
        Shape (rows,): which of the states each row has.
    legal, price, after
        Shape (symbols, states): the verdict, and which of the states of ``known`` comes next.
    known
        The states that can come next; one alone where the meter's verdict has fallen.
    """

    kind: Ints
    row: Ints
    legal: Bools
    price: Ints
    after: Ints
    known: Ints

    def spread(self, told: NDArray[Told]) -> NDArray[Told]:
        """What is told of symbols and states, told of kinds and rows."""
        return told.take(self.row, axis=1).take(self.kind, axis=0)

    def leads_to(self, kind: Ints, row: Ints) -> Ints:
        """Which of ``known`` comes next for kinds, each from the row that stands at its place."""
        width = self.after.shape[1]
        next_one: Ints = self.after.ravel().take((self.kind * width).take(kind) + self.row.take(row))
        return next_one


def steps_of(
    day: int,
    rows: int,
    states: Mapping[int, States],
    kinds: int,
    meters: Mapping[int, tuple[Meter, Ints]],
) -> Steps:
    """The legal steps of a day, from each row by each kind of way.

    Parameters
    ----------
    states
        Of the meters that look at something already; others stand at their start.
    meters
        Those that look at the day, each with its symbol for each kind.
    """
    turns: dict[int, _Turns] = {}
    legal, prices = np.ones((kinds, rows), dtype=np.bool_), np.zeros((kinds, rows), dtype=np.int64)
    for number, (meter, symbols) in meters.items():
        before = states.get(number, States(np.array([meter.start]), np.zeros(rows, dtype=np.int64)))
        one = turns[number] = _turns(meter, day, before, symbols)
        if not one.legal.all():
            legal &= one.spread(one.legal)
        if one.price.any():
            prices += one.spread(one.price)
    kind, row = np.nonzero(legal)
    lasting = {number: one for number, one in turns.items() if day < meters[number][0].last}
    example, target = _told_apart(lasting.values(), kind, row)
    return Steps(
        kind=kind,
        row=row,
        target=target,
        price=prices[legal],
        states={
            number: States(one.known, one.leads_to(kind[example], row[example]))
            for number, one in lasting.items()
        },
        rows_after=len(example),
    )


def _turns(meter: Meter, day: int, before: States, symbols: Ints) -> _Turns:
    shown, kind = np.unique(symbols, return_inverse=True)
    shape = len(shown), len(before.known)
    turn = meter.turn(day, np.tile(before.known, len(shown)), np.repeat(shown, len(before.known)))
    known, after = np.unique(turn.states, return_inverse=True)
    return _Turns(
        kind=kind,
        row=before.of_row,
        legal=turn.legal.reshape(shape),
        price=turn.price.reshape(shape),
        after=after.reshape(shape),
        known=known,
    )


def _told_apart(meters: Iterable[_Turns], kind: Ints, row: Ints) -> tuple[Ints, Ints]:
    """One step for each combination of states that comes next; and the number of its own for each step."""
    key, span = numbered((one.leads_to(kind, row) for one in meters), len(kind))
    if span > ROOM_PER_STEP * len(key):
        _, example, target = np.unique(key, return_index=True, return_inverse=True)
        return example, target
    # A place for every number there may be: that needs no sorting.
    place = np.full(span, -1, dtype=np.int64)
    place[key] = np.arange(len(key))
    example = place[place >= 0]
    place[key[example]] = np.arange(len(example))
    return example, place[key]


def told(column: Ints) -> States:
    """A state for each row, put as the states there are and which of them it is."""
    known, of_row = np.unique(column, return_inverse=True)
    return States(known, of_row)


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
