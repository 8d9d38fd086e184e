"""The best week of work that an agent can have at given prices, by dynamic programming over the days.

A week so far is summed up by its state (see ``automaton``) and by when the agent is ready to start again; of
two weeks with the same state the one that is worth no less and is ready no later is enough. So the
table has a row for each state, and a column for each moment by which one may be ready.

Agents whose days differ only in what is allowed and what it is worth are *members* of one table: every
number in it is a row of numbers, one for each member, and each of them depends on its own alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, takewhile
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from scheduler.verifier.bound.limit_automaton import DEAD, Automaton, Layer, Told

Ints = NDArray[np.int64]

NEVER = -(2**60)
"""Worth of a week that cannot be; sums with real worths stay far below ``POSSIBLE``."""
POSSIBLE = -(2**59)
ANY_TIME = 2**60
MOST_TOGETHER = 4_000_000
"""Above so many ways from cell to cell on a day several members are too many for a table."""


class TooManyMembers(Exception):
    """The table grew too large for several members."""


@dataclass(frozen=True)
class Entry:
    """A way to come into the horizon: when the agent is ready, and its number among the starts."""

    ready: int
    number: int


@dataclass(frozen=True)
class DayChoices:
    """What can be done on one day.

    Parameters
    ----------
    start, ready
        Shape (shifts,): instants of the start, and from when the next duty may start.
    values
        Shape (shifts, objectives, members); ``NEVER`` where a member may not work the shift.
    kind
        Shape (shifts,): what each of them is to the automaton.
    free
        Values of a free day, shape (objectives, members); ``NEVER`` where the day must be worked.
    free_kind
        What the free day is to the automaton.
    kinds
        How many there are.
    """

    start: Ints
    ready: Ints
    values: Ints
    kind: Ints
    free: Ints
    free_kind: int
    kinds: int


@dataclass
class _Table:
    """Best values; shape (moments, states, objectives, members)."""

    moments: Ints
    values: Ints


@dataclass(frozen=True)
class _Ways:
    """Ways to spend a day: from a column of the table before to a column of the one after.

    Those of one symbol mean the same to the automaton, and follow one another.

    Parameters
    ----------
    column, place
        Shape (ways,): where the moment lies by which one must be ready, and that by which one is again.
    choice
        Shape (ways,): which of ``values`` is had, of shape (choices, objectives, members).
    symbol, begin, count
        Shape (groups,): the symbol, the first way of each group, and how many it has.
    """

    column: Ints
    place: Ints
    choice: Ints
    values: Ints
    symbol: Ints
    begin: Ints
    count: Ints


def best_week(
    entries: Sequence[Sequence[Entry]],
    days: Sequence[DayChoices],
    automaton: Automaton,
    told: Told = lambda: None,
) -> Ints:
    """The most that a legal week can be worth; below ``POSSIBLE`` where there is none.

    What the automaton charges is taken from the first objective only.

    Parameters
    ----------
    entries
        For each member all the ways to come in.
    told
        Is called every day; it may raise to end that.

    Returns
    -------
    Ints
        Shape (objectives, members).

    Raises
    ------
    TooManyMembers
        If the table outgrows ``MOST_TOGETHER`` with several members.
    """
    starts = _Starts(days)
    latest = max(entry.ready for ways in entries for entry in ways)
    states = automaton.on(0, days[0].kinds).states
    table = _entered(entries, automaton, states, starts.moments(0, latest), days[0].free.shape)
    for day, choices in enumerate(days):
        told()
        if not table.values.shape[1]:
            return np.full(choices.free.shape, NEVER, dtype=np.int64)
        latest = max(latest, int(choices.ready.max(initial=latest)))
        table = _worked(table, choices, automaton.on(day, choices.kinds), starts.moments(day + 1, latest))
    return np.asarray(table.values[-1].max(axis=0, initial=NEVER), dtype=np.int64)


class Offered(Protocol):
    """Values of a day's shifts and of a free day, as in :class:`DayChoices`."""

    @property
    def values(self) -> Ints:
        """Shape (shifts, objectives, members)."""

    @property
    def free(self) -> Ints:
        """Shape (objectives, members)."""


def relaxed_week(days: Sequence[Offered]) -> Ints:
    """The most that a week can be worth if no day knew of another: never less than the best week.

    Returns
    -------
    Ints
        Shape (objectives, members).
    """
    each = [np.maximum(choices.values.max(axis=0, initial=NEVER), choices.free) for choices in days]
    possible = np.all([best > POSSIBLE for best in each], axis=0)
    return np.where(possible, np.sum(each, axis=0, where=possible), NEVER)


class _Starts:
    """When shifts start, from each day on."""

    def __init__(self, days: Sequence[DayChoices]) -> None:
        self.by_day = [np.unique(choices.start) for choices in days]
        firsts = [int(starts.min(initial=ANY_TIME)) for starts in self.by_day]
        self.first = [*accumulate(reversed(firsts), min)][::-1]
        """For each day the first start on it or later."""

    def moments(self, since: int, latest: int) -> Ints:
        """Starts on a day or later that somebody could still be too late for, and one moment after all."""
        ahead = zip(self.by_day[since:], self.first[since:], strict=True)
        reached = [starts for starts, first in takewhile(lambda day: day[1] < latest, ahead)]
        starts = np.unique(np.concatenate([*reached, self.by_day[0][:0]]))
        return np.append(starts[starts < latest], ANY_TIME)


def _entered(
    entries: Sequence[Sequence[Entry]],
    automaton: Automaton,
    states: int,
    moments: Ints,
    shape: tuple[int, ...],
) -> _Table:
    values = np.full((len(moments), states, *shape), NEVER, dtype=np.int64)
    for member, ways in enumerate(entries):
        for entry in ways:
            state = int(automaton.start[entry.number])
            if state != DEAD:
                values[np.searchsorted(moments, entry.ready) :, state, :, member] = 0
    return _Table(moments, values)


def _worked(table: _Table, choices: DayChoices, layer: Layer, moments: Ints) -> _Table:
    """The table after one day."""
    ways = _ways(table.moments, moments, choices, layer)
    return _Table(moments, _reached(table, ways, layer, len(moments)))


def _reached(table: _Table, ways: _Ways, layer: Layer, moments: int) -> Ints:
    """The best values after a day; shape (moments, states, objectives, members)."""
    _, states, *shape = table.values.shape
    following = layer.following.T[ways.symbol]
    group, before = np.nonzero(following != DEAD)
    count = ways.count[group]
    if shape[-1] > 1 and int(count.sum()) * shape[-1] > MOST_TOGETHER:
        raise TooManyMembers
    # Every way from every cell that it can be gone from, in the order of the cells that it leads to.
    step = np.repeat(np.arange(len(count)), count)
    way = np.arange(len(step)) + np.repeat(ways.begin[group] - (count.cumsum() - count), count)
    cell = ways.place[way] * layer.after + following[group, before][step]
    order = np.argsort(cell, kind="stable")
    step, way, cell = step[order], way[order], cell[order]
    reached = table.values.reshape(-1, *shape).take(ways.column[way] * states + before[step], axis=0)
    reached += ways.values.take(ways.choice[way], axis=0)
    if layer.price.any():
        reached[:, 0] -= layer.price.T[ways.symbol[group], before][step, None]
    values = np.full((moments * layer.after, *shape), NEVER, dtype=np.int64)
    heads = _heads(cell)
    if len(heads):
        values[cell[heads]] = np.maximum.reduceat(reached, heads, axis=0)
    values = values.reshape(moments, layer.after, *shape)
    # Who is ready by one moment is ready by all later ones; what can never be sinks no lower than that.
    np.maximum(values[0], NEVER, out=values[0])
    for earlier, later in pairwise(values):
        np.maximum(earlier, later, out=later)
    return values


def _ways(moments_before: Ints, moments_after: Ints, choices: DayChoices, layer: Layer) -> _Ways:
    """A day's shifts and its free day, put as ways.

    Of shifts that mean the same to the automaton, and need and leave the same moments, only the best value
    is kept.
    """
    column = np.searchsorted(moments_before, choices.start)
    # A start that nobody is too late for needs the last column: whatever the agent did before.
    column = np.minimum(column, len(moments_before) - 1)
    place = np.searchsorted(moments_after, choices.ready)
    symbol = layer.symbol[choices.kind]
    key = (symbol * len(moments_after) + place) * len(moments_before) + column
    _, first, same = np.unique(key, return_index=True, return_inverse=True)
    heads = _heads(symbol[first])
    best = np.full((len(first) + 1, *choices.free.shape), NEVER, dtype=np.int64)
    best[-1] = choices.free
    if len(first):
        order = np.argsort(same, kind="stable")
        best[:-1] = np.maximum.reduceat(choices.values[order], _heads(same[order]), axis=0)
    # On a free day one stays ready by every moment by which one was, as long as it still matters.
    stays = np.minimum(np.searchsorted(moments_before, moments_after), len(moments_before) - 1)
    return _Ways(
        column=np.append(column[first], stays),
        place=np.append(place[first], np.arange(len(moments_after))),
        choice=np.append(np.arange(len(first)), np.full(len(stays), len(first))),
        values=best,
        symbol=np.append(symbol[first[heads]], layer.symbol[choices.free_kind]),
        begin=np.append(heads, len(first)),
        count=np.append(np.diff(heads, append=len(first)), len(stays)),
    )


def _heads(ordered: Ints) -> Ints:
    """Where each number begins in a row of numbers in which equal ones stand together."""
    begins = np.ones(len(ordered), dtype=np.bool_)
    begins[1:] = ordered[1:] != ordered[:-1]
    return np.flatnonzero(begins)
