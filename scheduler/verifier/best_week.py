"""The best week of work that an agent can have at given prices, by dynamic programming over the days.

A week so far is summed up by the states of its meters and by when the agent is ready to start again; of
two weeks with the same states the one that is worth no less and is ready no later is enough. Each row
of the table belongs to one combination of states; its columns are moments by which the agent is ready.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scheduler.verifier.meters import Meter, Turn

Ints = NDArray[np.int64]

NEVER = -(2**60)
"""Worth of a week that cannot be; sums with real worths stay far below ``POSSIBLE``."""
POSSIBLE = -(2**59)
ANY_TIME = 2**60
MOST_CELLS = 6_000_000
"""Above so many cells of the table a limit is let go: the bound stays true and gets looser."""


class TooManyStates(Exception):
    """The table grew too large; ``meter`` is the one with the most states."""

    def __init__(self, meter: int) -> None:
        self.meter = meter
        super().__init__(f"too many states of meter {meter}")


@dataclass(frozen=True)
class Entry:
    """A way to come into the horizon: when the agent is ready, and states that differ from the start."""

    ready: int
    states: dict[int, int]


@dataclass(frozen=True)
class DayChoices:
    """What can be done on one day.

    Parameters
    ----------
    start, ready
        Shape (shifts,): instants of the start, and from when the next duty may start.
    values
        Shape (objectives, shifts).
    symbols
        Each meter's symbol for each shift; meters that do not look at this day may be missing.
    free
        Values of a free day by objective, ``None`` where the day must be worked.
    free_symbols
        Each meter's symbol for the free day.
    """

    start: Ints
    ready: Ints
    values: Ints
    symbols: dict[int, Ints]
    free: Ints | None
    free_symbols: dict[int, int]


@dataclass
class _Table:
    """Best values; shape (objectives, rows, moments)."""

    moments: Ints
    states: dict[int, Ints]
    values: Ints


def best_week(
    entries: Sequence[Entry], days: Sequence[DayChoices], meters: Sequence[Meter], objectives: int
) -> Ints:
    """The most that a legal week can be worth, for each objective; below ``POSSIBLE`` where there is none.

    What meters charge is taken from the first objective only.

    Raises
    ------
    TooManyStates
        If the table outgrows ``MOST_CELLS``.
    """
    later: list[Ints] = [np.empty(0, dtype=np.int64)]
    for choices in reversed(days[1:]):
        later.append(np.union1d(later[-1], choices.start))
    later.reverse()
    everything = np.union1d(later[0], days[0].start) if days else later[0]
    latest = max(entry.ready for entry in entries)
    table = _entered(entries, meters, _moments(everything, latest), objectives)
    for day, choices in enumerate(days):
        latest = max(latest, int(choices.ready.max(initial=latest)))
        table = _worked(table, day, choices, meters, _moments(later[day], latest))
        if not table.values.shape[1]:
            return np.full(objectives, NEVER, dtype=np.int64)
        if table.values.size > MOST_CELLS:
            raise TooManyStates(max(table.states, key=lambda meter: len(np.unique(table.states[meter]))))
    return np.asarray(table.values[:, :, -1].max(axis=1), dtype=np.int64)


def _moments(starts: Ints, latest: int) -> Ints:
    """Starts that somebody could still be too late for, and one moment after all."""
    return np.append(starts[starts < latest], ANY_TIME)


def _entered(entries: Sequence[Entry], meters: Sequence[Meter], moments: Ints, objectives: int) -> _Table:
    states = {
        number: np.array([entry.states.get(number, meter.start) for entry in entries], dtype=np.int64)
        for number, meter in enumerate(meters)
        if meter.first < 0 or any(number in entry.states for entry in entries)
    }
    values = np.full((objectives, len(entries), len(moments)), NEVER, dtype=np.int64)
    for row, entry in enumerate(entries):
        values[:, row, np.searchsorted(moments, entry.ready) :] = 0
    return _merged([_Table(moments, states, values)])


def _worked(table: _Table, day: int, choices: DayChoices, meters: Sequence[Meter], moments: Ints) -> _Table:
    rows = table.values.shape[1]
    looking = [number for number, meter in enumerate(meters) if meter.first <= day <= meter.last]
    before = {
        number: table.states.get(number, np.full(rows, meters[number].start, dtype=np.int64))
        for number in looking
    }
    turns: dict[tuple[int, int], Turn] = {}

    def turned(symbols: dict[int, int]) -> tuple[Ints, dict[int, Ints], Ints]:
        """Rows that stay legal, their next states, and what is charged."""
        legal = np.ones(rows, dtype=np.bool_)
        price = np.zeros(rows, dtype=np.int64)
        for number in looking:
            key = (number, symbols.get(number, 0))
            if key not in turns:
                turns[key] = meters[number].turn(day, before[number], key[1])
            legal &= turns[key].legal
            price += turns[key].price
        kept = np.flatnonzero(legal)
        states = {
            number: turns[number, symbols.get(number, 0)].states[kept]
            for number in looking
            if day < meters[number].last
        }
        return kept, states, price[kept]

    parts: list[_Table] = []
    if choices.free is not None:
        kept, states, price = turned(choices.free_symbols)
        column = np.minimum(np.searchsorted(table.moments, moments), len(table.moments) - 1)
        values = table.values[:, kept][:, :, column] + choices.free[:, None, None]
        values[0] -= price[:, None]
        parts.append(_Table(moments, states, values))
    seen = [number for number in looking if number in choices.symbols]
    for symbols, column, place, worth in _groups(table.moments, moments, choices, seen):
        kept, states, price = turned(symbols)
        if not len(kept):
            continue
        reached = table.values[:, kept][:, :, column] + worth[:, None, :]
        firsts = np.flatnonzero(np.diff(place, prepend=-1))
        values = np.full((len(reached), len(kept), len(moments)), NEVER, dtype=np.int64)
        values[:, :, place[firsts]] = np.maximum.reduceat(reached, firsts, axis=2)
        values[0] -= price[:, None]
        parts.append(_Table(moments, states, values))
    merged = _merged(parts) if parts else _Table(moments, {}, table.values[:, :0, :1])
    np.maximum.accumulate(merged.values, axis=2, out=merged.values)
    return merged


def _groups(
    moments_before: Ints, moments_after: Ints, choices: DayChoices, seen: Sequence[int]
) -> list[tuple[dict[int, int], Ints, Ints, Ints]]:
    """Shifts that mean the same to every meter, as (symbols, column before, column after, values).

    Of shifts that need and leave the same moments only the best value is kept; the columns after ascend.
    """
    if not len(choices.start):
        return []
    column = np.searchsorted(moments_before, choices.start)
    # A start that nobody is too late for needs the last column: whatever the agent did before.
    column = np.minimum(column, len(moments_before) - 1)
    place = np.searchsorted(moments_after, choices.ready)
    _, kind = np.unique(
        _keyed([choices.symbols[number] for number in seen], len(column)), return_inverse=True
    )
    key = (kind * len(moments_after) + place) * len(moments_before) + column
    _, first, same = np.unique(key, return_index=True, return_inverse=True)
    order = np.argsort(same, kind="stable")
    heads = np.flatnonzero(np.diff(same[order], prepend=-1))
    values = np.maximum.reduceat(choices.values[:, order], heads, axis=1)
    kinds = kind[first]
    edges = [*np.flatnonzero(np.diff(kinds, prepend=-1)).tolist(), len(kinds)]
    return [
        (
            {number: int(choices.symbols[number][first[begin]]) for number in seen},
            column[first[begin:end]],
            place[first[begin:end]],
            values[:, begin:end],
        )
        for begin, end in pairwise(edges)
    ]


def _merged(parts: Sequence[_Table]) -> _Table:
    """One row for each combination of states, with the best values of all that came to it."""
    states = {number: np.concatenate([part.states[number] for part in parts]) for number in parts[0].states}
    values = np.concatenate([part.values for part in parts], axis=1)
    alive = (values > POSSIBLE).any(axis=(0, 2))
    values = values[:, alive]
    states = {number: column[alive] for number, column in states.items()}
    if not values.shape[1]:
        return _Table(parts[0].moments, states, values)
    row = _keyed(states.values(), values.shape[1])
    order = np.argsort(row, kind="stable")
    heads = np.flatnonzero(np.diff(row[order], prepend=-1))
    return _Table(
        parts[0].moments,
        {number: column[order][heads] for number, column in states.items()},
        np.maximum.reduceat(values[:, order], heads, axis=1),
    )


def _keyed(columns: Iterable[Ints], length: int) -> Ints:
    """One number for every combination of the columns' values, none of which is below zero."""
    key, kinds = np.zeros(length, dtype=np.int64), 1
    for column in columns:
        span = int(column.max()) + 1
        if kinds * span > ANY_TIME:  # the numbers would outgrow their type; number the combinations anew
            _, key = np.unique(key, return_inverse=True)
            kinds = int(key.max()) + 1
        key = key * span + column
        kinds *= span
    return key
