"""Automata made once and shared: contracts that differ still have most of their rules in common."""

from collections.abc import Sequence

from scheduler.engine.automata import Automaton, anything, of_tracker, product
from scheduler.engine.trackers import Progress, Tracker

MOST_WORK = 30_000_000
"""Cells of all products together, counted so that it is the same every time; then rules are left out."""


class Machines:
    """Automata made once: agents with contracts of their own still share most of their rules."""

    def __init__(self) -> None:
        self._single: dict[tuple[object, ...], Automaton] = {}
        self._joined: dict[tuple[int, int], tuple[Automaton, Automaton, Automaton | None]] = {}
        self._cells_left = MOST_WORK

    def nothing(self, classes: tuple[int, ...], starts: int) -> Automaton:
        """The automaton that asks for nothing."""
        key = (classes, starts)
        if key not in self._single:
            self._single[key] = anything(classes, starts)
        return self._single[key]

    def single(
        self,
        tracker: Tracker,
        price: int | None,
        starts: Sequence[Progress],
        amounts: tuple[tuple[tuple[int, ...], ...], ...],
    ) -> Automaton:
        """The automaton of one limit."""
        key = (tracker, price, tuple(starts), amounts)
        if key not in self._single:
            self._single[key] = of_tracker(tracker, price, starts, amounts)
        return self._single[key]

    def joined(self, one: Automaton, other: Automaton, most_pairs: int) -> Automaton | None:
        """Both at once; the two are kept, so that their numbers stay theirs."""
        key = (id(one), id(other))
        if key not in self._joined:
            if self._cells_left <= 0:
                return None
            self._cells_left -= one.most_states * other.most_states * sum(to.shape[1] for to in one.following)
            self._joined[key] = (one, other, product(one, other, most_pairs))
        return self._joined[key][2]
