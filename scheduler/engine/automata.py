"""Layered automata: which weeks a set of limits allows, and what they charge, as small tables.

Each day has its states; each state has a step for every class of options and one for the free day. Automata
of single limits are multiplied, and after each product states with the same future are merged (Hopcroft's
minimisation, which needs one backward pass where layers follow one another), so that limits that imply each
other cost nothing. States from which every way ends in a broken ``must`` are cut off.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scheduler.engine.trackers import Progress, Tracker

DEAD = -1
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Automaton:
    """Layers of states.

    Parameters
    ----------
    start
        Shape (starts,): first state of each way to begin; ``DEAD`` where none is legal.
    following
        Per day, shape (states, classes + 1): next state, the free day last; ``DEAD`` where not allowed.
    price
        Per day, the same shape: what the step is charged, in sixtieths of a cent.
    states
        States of every layer, one more than days.
    """

    start: Ints
    following: tuple[Ints, ...]
    price: tuple[Ints, ...]
    states: tuple[int, ...]

    @property
    def most_states(self) -> int:
        """States of the widest layer."""
        return max(self.states)


def anything(classes: Sequence[int], starts: int) -> Automaton:
    """The automaton that allows everything."""
    following = tuple(np.zeros((1, count + 1), np.int64) for count in classes)
    return Automaton(
        np.zeros(starts, np.int64), following, tuple(map(np.zeros_like, following)), (1,) * (len(classes) + 1)
    )


def of_tracker(
    tracker: Tracker,
    price: int | None,
    starts: Sequence[Progress],
    amounts: Sequence[Sequence[tuple[int, ...]]],
) -> Automaton:
    """The automaton of one limit.

    Parameters
    ----------
    price
        Per unit of excess; ``None`` for a must, which the tracker itself refuses to break.
    starts
        First progress of each way to begin.
    amounts
        Per day, for every class and then for the free day, what the tracker's verbs say.
    """
    layer: dict[Progress, int] = {}
    start = np.array([layer.setdefault(progress, len(layer)) for progress in starts], np.int64)
    following, prices, states = [], [], [len(layer)]
    for day, choices in enumerate(amounts):
        next_layer: dict[Progress, int] = {}
        to = np.full((len(layer), len(choices)), DEAD, np.int64)
        charged = np.zeros_like(to)
        for progress, state in layer.items():
            for choice, said in enumerate(choices):
                step = tracker.advance(progress, day, said)
                if step is not None:
                    to[state, choice] = next_layer.setdefault(step[0], len(next_layer))
                    charged[state, choice] = step[1] * (price or 0)
        following.append(to)
        prices.append(charged)
        states.append(len(next_layer))
        layer = next_layer
    return smallest(Automaton(start, tuple(following), tuple(prices), tuple(states)))


def product(one: Automaton, other: Automaton, most_pairs: int) -> Automaton | None:
    """Both at once, minimised; ``None`` if a layer of pairs grows beyond ``most_pairs``."""
    alive = (one.start != DEAD) & (other.start != DEAD)
    width = other.states[0] + 1
    keys, place = np.unique(np.where(alive, one.start * width + other.start, DEAD), return_inverse=True)
    start = place.reshape(-1) - int(keys[0] == DEAD)
    keys = keys[keys != DEAD]
    following, prices, states = [], [], [len(keys)]
    for day in range(len(one.following)):
        a, b = np.divmod(keys, width)
        to_a, to_b = one.following[day][a], other.following[day][b]
        width = other.states[day + 1] + 1
        to = np.where((to_a != DEAD) & (to_b != DEAD), to_a * width + to_b, DEAD)
        keys, place = np.unique(to, return_inverse=True)
        following.append(place.reshape(to.shape).astype(np.int64) - int(keys.size and keys[0] == DEAD))
        prices.append(one.price[day][a] + other.price[day][b])
        keys = keys[keys != DEAD]
        states.append(len(keys))
        if len(keys) > most_pairs:
            return None
    return smallest(Automaton(start.astype(np.int64), tuple(following), tuple(prices), tuple(states)))


def smallest(automaton: Automaton) -> Automaton:
    """The same weeks at the same prices with as few states as can be."""
    days = len(automaton.following)
    merged = np.zeros(automaton.states[days], np.int64)  # every way to end is as good as any
    following: list[Ints] = [np.zeros((0, 0), np.int64)] * days
    prices: list[Ints] = [np.zeros((0, 0), np.int64)] * days
    states = [0] * days + [1]
    for day in reversed(range(days)):
        to = automaton.following[day]
        to = np.where(to == DEAD, DEAD, merged[to]) if merged.size else np.full_like(to, DEAD)
        charged = np.where(to == DEAD, 0, automaton.price[day])
        rows, place = np.unique(np.hstack([to, charged]), axis=0, return_inverse=True)
        place = place.reshape(-1)
        width = to.shape[1]
        useful = (rows[:, :width] != DEAD).any(axis=1)
        renumbered = np.where(useful, np.cumsum(useful) - 1, DEAD)
        merged = renumbered[place] if len(place) else np.zeros(0, np.int64)
        following[day], prices[day] = rows[useful, :width], rows[useful, width:]
        states[day] = int(useful.sum())
    start = automaton.start
    if merged.size:
        start = np.where(start == DEAD, DEAD, merged[start])
    return _reachable(Automaton(start, tuple(following), tuple(prices), tuple(states)))


def _reachable(automaton: Automaton) -> Automaton:
    """Without states that no way to begin leads to; merging can leave some behind."""
    keep = np.unique(automaton.start[automaton.start != DEAD])
    number = np.full(automaton.states[0] + 1, DEAD, np.int64)
    number[keep] = np.arange(len(keep))
    start = np.where(automaton.start == DEAD, DEAD, number[automaton.start])
    following, prices, states = [], [], [len(keep)]
    for day, to in enumerate(automaton.following):
        to, charged = to[keep], automaton.price[day][keep]
        keep = np.unique(to[to != DEAD])
        number = np.full(automaton.states[day + 1] + 1, DEAD, np.int64)
        number[keep] = np.arange(len(keep))
        following.append(np.where(to == DEAD, DEAD, number[to]))
        prices.append(charged)
        states.append(len(keep))
    return Automaton(start, tuple(following), tuple(prices), tuple(states))
