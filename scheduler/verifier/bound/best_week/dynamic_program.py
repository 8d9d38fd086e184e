"""The best week of an agent at given prices: a resource-constrained shortest path by dynamic programming.

Labelling (Irnich and Desaulniers 2005): a partial week is a label, with its state in the automaton (see
``limit_automaton``) and the instant from which the agent is ready to start again. Of two labels with the
same state, one dominates if it is worth no less and ready no later. So the table has a row per state and a
column per moment of readiness.

Agents whose days differ only in what is allowed and what it is worth are *members* of one table: every entry
is an array over members, whose elements never mix.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, takewhile
from typing import Protocol

import numpy as np

from scheduler.verifier.bound.best_week.limit_automaton import DEAD, Automaton, Checkpoint, Layer
from scheduler.verifier.recount.exact import Ints

NEVER = -(2**60)
"""Worth of an impossible week; sums with real worths stay far below ``POSSIBLE``."""
POSSIBLE = -(2**59)
ANY_TIME = 2**60
MOST_TOGETHER = 4_000_000
"""Most transitions between cells on a day, times members, of a table with several members."""


class TooManyMembers(Exception):
    """The table grew too large for several members."""


@dataclass(frozen=True)
class Entry:
    """An entry into the horizon: the instant of readiness, and its number among the automaton's starts."""

    ready: int
    number: int


@dataclass(frozen=True)
class DayChoices:
    """The choices of one day.

    Parameters
    ----------
    start, ready
        Shape (shifts,): instants of the start, and from which the next duty may start.
    values
        Shape (shifts, objectives, members); ``NEVER`` if a member may not work the shift.
    kind
        Shape (shifts,): the kind of each shift, see ``limit_automaton``.
    free
        Values of a free day, shape (objectives, members); ``NEVER`` if the day must be worked.
    free_kind
        Kind of the free day.
    kinds
        Number of kinds.
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
    """Transitions of a day between columns of the tables before and after it, grouped by symbol.

    Parameters
    ----------
    column, place
        Shape (ways,): columns of the moment by which the agent must be ready, and is ready again.
    choice
        Shape (ways,): index into ``values``, of shape (choices, objectives, members).
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
    checkpoint: Checkpoint = lambda: None,
) -> Ints:
    """The greatest worth of a legal week; below ``POSSIBLE`` if there is none.

    The automaton's prices are subtracted from the first objective only.

    Parameters
    ----------
    entries
        The entries of each member.
    checkpoint
        Is called every day, and may raise to end it.

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
        checkpoint()
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
    """The relaxed week, which chooses each day by itself: worth no less than the best week.

    Returns
    -------
    Ints
        Shape (objectives, members).
    """
    each = [np.maximum(choices.values.max(axis=0, initial=NEVER), choices.free) for choices in days]
    possible = np.all([best > POSSIBLE for best in each], axis=0)
    return np.where(possible, np.sum(each, axis=0, where=possible), NEVER)


class _Starts:
    """The starts of shifts from each day on."""

    def __init__(self, days: Sequence[DayChoices]) -> None:
        self.by_day = [np.unique(choices.start) for choices in days]
        firsts = [int(starts.min(initial=ANY_TIME)) for starts in self.by_day]
        self.first = [*accumulate(reversed(firsts), min)][::-1]
        """For each day the first start on it or later."""

    def moments(self, since: int, latest: int) -> Ints:
        """Starts on a day or later for which somebody could still be too late, and a moment after all."""
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
    # Every transition from every cell, ordered by the cell that it leads to.
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
    # Who is ready by one moment is ready by all later ones; NEVER stays the least value.
    np.maximum(values[0], NEVER, out=values[0])
    for earlier, later in pairwise(values):
        np.maximum(earlier, later, out=later)
    return values


def _ways(moments_before: Ints, moments_after: Ints, choices: DayChoices, layer: Layer) -> _Ways:
    """The transitions of a day's shifts and its free day.

    Of shifts with the same symbol and columns only the best value is kept.
    """
    column = np.searchsorted(moments_before, choices.start)
    # A start for which nobody is too late uses the last column, which holds every earlier week.
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
    # A free day leaves readiness as it is.
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
    """Positions at which runs of equal numbers begin."""
    begins = np.ones(len(ordered), dtype=np.bool_)
    begins[1:] = ordered[1:] != ordered[:-1]
    return np.flatnonzero(begins)
