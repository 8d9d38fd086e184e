"""The best week of work that an agent can have at given prices, by dynamic programming over the days.

A week so far is summed up by the states of its meters and by when the agent is ready to start again; of
two weeks with the same states the one that is worth no less and is ready no later is enough. So the
table has a row for each combination of states, and a column for each moment by which one may be ready.

Agents whose days differ only in what is allowed and what it is worth are *members* of one table: every
number in it is a row of numbers, one for each member, and each of them depends on its own alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scheduler.verifier.meters import Meter
from scheduler.verifier.steps import States, Steps, numbered, steps_of, told

Ints = NDArray[np.int64]

NEVER = -(2**60)
"""Worth of a week that cannot be; sums with real worths stay far below ``POSSIBLE``."""
POSSIBLE = -(2**59)
ANY_TIME = 2**60
MOST_CELLS = 6_000_000
"""Above so many numbers of one member's table a limit is let go: the bound stays true and gets looser."""
MOST_TOGETHER = 3_000_000
"""Above so many numbers of a table several members are too many for it."""


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
        Shape (shifts, objectives, members); ``NEVER`` where a member may not work the shift.
    symbols
        Each meter's symbol for each shift; meters that do not look at this day may be missing.
    free
        Values of a free day, shape (objectives, members); ``NEVER`` where the day must be worked.
    free_symbols
        Each meter's symbol for the free day.
    """

    start: Ints
    ready: Ints
    values: Ints
    symbols: dict[int, Ints]
    free: Ints
    free_symbols: dict[int, int]


@dataclass
class _Table:
    """Best values; shape (moments, rows, objectives, members)."""

    moments: Ints
    states: dict[int, States]
    values: Ints

    @property
    def rows(self) -> int:
        return int(self.values.shape[1])


@dataclass(frozen=True)
class _Ways:
    """Ways to spend a day: from a column of the table before to a column of the one after.

    Those of one *kind* mean the same to every meter, and follow one another.

    Parameters
    ----------
    column, place
        Shape (ways,): where the moment lies by which one must be ready, and that by which one is again.
    choice
        Shape (ways,): which of ``values`` is had, of shape (choices, objectives, members).
    symbols
        Each meter's symbol for each kind.
    begin, count
        Shape (kinds,): the first way of each kind, and how many it has.
    """

    column: Ints
    place: Ints
    choice: Ints
    values: Ints
    symbols: dict[int, Ints]
    begin: Ints
    count: Ints


def best_week(
    entries: Sequence[Sequence[Entry]], days: Sequence[DayChoices], meters: Sequence[Meter]
) -> Ints:
    """The most that a legal week can be worth; below ``POSSIBLE`` where there is none.

    What meters charge is taken from the first objective only.

    Parameters
    ----------
    entries
        For each member all the ways to come in.

    Returns
    -------
    Ints
        Shape (objectives, members).

    Raises
    ------
    TooManyStates
        If the table outgrows ``MOST_CELLS``, or with several members ``MOST_TOGETHER``.
    """
    later: list[Ints] = [np.empty(0, dtype=np.int64)]
    for choices in reversed(days[1:]):
        later.append(np.union1d(later[-1], choices.start))
    later.reverse()
    latest = max(entry.ready for ways in entries for entry in ways)
    everything = np.union1d(later[0], days[0].start)
    table = _entered(entries, meters, _moments(everything, latest), days[0].free.shape)
    for day, choices in enumerate(days):
        latest = max(latest, int(choices.ready.max(initial=latest)))
        table = _worked(table, day, choices, meters, _moments(later[day], latest))
        if not table.rows:
            return np.full(choices.free.shape, NEVER, dtype=np.int64)
        if table.values.size > (MOST_CELLS if len(entries) == 1 else MOST_TOGETHER):
            states = {number: len(np.unique(one.of_row)) for number, one in table.states.items()}
            raise TooManyStates(max(states, key=states.__getitem__, default=0))
    return np.asarray(table.values[-1].max(axis=0), dtype=np.int64)


def _moments(starts: Ints, latest: int) -> Ints:
    """Starts that somebody could still be too late for, and one moment after all."""
    return np.append(starts[starts < latest], ANY_TIME)


def _entered(
    entries: Sequence[Sequence[Entry]], meters: Sequence[Meter], moments: Ints, shape: tuple[int, ...]
) -> _Table:
    brought = {number for ways in entries for entry in ways for number in entry.states}
    numbers = [number for number, meter in enumerate(meters) if meter.first < 0 or number in brought]
    came = [
        (member, entry.ready, tuple(entry.states.get(number, meters[number].start) for number in numbers))
        for member, ways in enumerate(entries)
        for entry in ways
    ]
    combinations = {states: row for row, states in enumerate(dict.fromkeys(states for *_, states in came))}
    values = np.full((len(moments), len(combinations), *shape), NEVER, dtype=np.int64)
    for member, ready, states in came:
        values[np.searchsorted(moments, ready) :, combinations[states], :, member] = 0
    columns = np.array(list(combinations), dtype=np.int64).T
    at_first = {number: told(column) for number, column in zip(numbers, columns, strict=True)}
    return _Table(moments, at_first, values)


def _worked(table: _Table, day: int, choices: DayChoices, meters: Sequence[Meter], moments: Ints) -> _Table:
    """The table after one day."""
    looking = [number for number, meter in enumerate(meters) if meter.first <= day <= meter.last]
    ways = _ways(table.moments, moments, choices, looking)
    asked = {number: (meters[number], ways.symbols[number]) for number in looking}
    steps = steps_of(day, table.rows, table.states, len(ways.begin), asked)
    values = _reached(table, ways, steps, len(moments))
    alive = (values[-1] > POSSIBLE).any(axis=(1, 2))
    states = {number: States(one.known, one.of_row[alive]) for number, one in steps.states.items()}
    return _Table(moments, states, values if alive.all() else values[:, alive])


def _reached(table: _Table, ways: _Ways, steps: Steps, moments: int) -> Ints:
    """The best values after a day; shape (moments, rows, objectives, members)."""
    # Every way from every cell that it can be gone from, in the order of the cells that it leads to.
    count = ways.count[steps.kind]
    step = np.repeat(np.arange(len(count)), count)
    way = np.arange(len(step)) + np.repeat(ways.begin[steps.kind] - (count.cumsum() - count), count)
    cell = ways.place[way] * steps.rows_after + steps.target[step]
    order = np.argsort(cell, kind="stable")
    step, way, cell = step[order], way[order], cell[order]
    _, rows, *shape = table.values.shape
    before = ways.column[way] * rows + steps.row[step]
    reached = table.values.reshape(-1, *shape).take(before, axis=0)
    reached += ways.values.take(ways.choice[way], axis=0)
    reached[:, 0] -= steps.price[step, None]
    values = np.full((moments * steps.rows_after, *shape), NEVER, dtype=np.int64)
    heads = _heads(cell)
    if len(heads):
        values[cell[heads]] = np.maximum.reduceat(reached, heads, axis=0)
    values = values.reshape(moments, steps.rows_after, *shape)
    # Who is ready by one moment is ready by all later ones; what can never be sinks no lower than that.
    np.maximum(values[0], NEVER, out=values[0])
    for earlier, later in pairwise(values):
        np.maximum(earlier, later, out=later)
    return values


def _ways(moments_before: Ints, moments_after: Ints, choices: DayChoices, looking: Sequence[int]) -> _Ways:
    """A day's shifts and its free day, put as ways.

    Of shifts that mean the same to every meter, and need and leave the same moments, only the best value
    is kept.
    """
    column = np.searchsorted(moments_before, choices.start)
    # A start that nobody is too late for needs the last column: whatever the agent did before.
    column = np.minimum(column, len(moments_before) - 1)
    place = np.searchsorted(moments_after, choices.ready)
    seen = [choices.symbols[number] for number in looking if number in choices.symbols]
    _, kind = np.unique(numbered(seen, len(column))[0], return_inverse=True)
    key = (kind * len(moments_after) + place) * len(moments_before) + column
    _, first, same = np.unique(key, return_index=True, return_inverse=True)
    heads = _heads(kind[first])
    best = np.full((len(first) + 1, *choices.free.shape), NEVER, dtype=np.int64)
    best[-1] = choices.free
    if len(first):
        order = np.argsort(same, kind="stable")
        best[:-1] = np.maximum.reduceat(choices.values[order], _heads(same[order]), axis=0)
    # On a free day one stays ready by every moment by which one was, as long as it still matters.
    stays = np.minimum(np.searchsorted(moments_before, moments_after), len(moments_before) - 1)
    none = np.zeros(len(heads), dtype=np.int64)
    return _Ways(
        column=np.append(column[first], stays),
        place=np.append(place[first], np.arange(len(moments_after))),
        choice=np.append(np.arange(len(first)), np.full(len(stays), len(first))),
        values=best,
        symbols={
            number: np.append(
                choices.symbols[number][first[heads]] if number in choices.symbols else none,
                choices.free_symbols.get(number, 0),
            )
            for number in looking
        },
        begin=np.append(heads, len(first)),
        count=np.append(np.diff(heads, append=len(first)), len(stays)),
    )


def _heads(ordered: Ints) -> Ints:
    """Where each number begins in a row of numbers in which equal ones stand together."""
    begins = np.ones(len(ordered), dtype=np.bool_)
    begins[1:] = ordered[1:] != ordered[:-1]
    return np.flatnonzero(begins)
