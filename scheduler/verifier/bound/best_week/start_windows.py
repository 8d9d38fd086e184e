"""The best week under limits on the spread of starts: branch and bound over the earliest start.

Branch and bound (Land and Doig 1960): a node is a range of earliest starts for each spread. Its bound is the
best week with every start that any of them allows. The node with the greatest bound is branched by halving
its widest range, until it is a single start, whose week is optimal. After ``POLICY.most_tries`` the bound
itself is used, so that the result stays valid. Each member has a search of its own; the next nodes of all
members are evaluated in one table.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from scheduler.verifier.bound.best_week.dynamic_program import NEVER, POSSIBLE, best_week
from scheduler.verifier.bound.best_week.limit_automaton import Checkpoint
from scheduler.verifier.bound.best_week.week_network import AgentWeeks
from scheduler.verifier.recount.exact import Ints


@dataclass(frozen=True)
class BranchingPolicy:
    """Parameters of the branch and bound."""

    most_tries: int = 30
    """Best weeks that are found for one member; the bounds of what is left are used then, valid but looser.
    More prove a little more where starts are hardly alike, and take as much longer. Not varied."""


POLICY = BranchingPolicy()

Ranges = tuple[tuple[int, int], ...]
"""For each spread the first and the last earliest start of a node."""


@dataclass(frozen=True)
class _Spread:
    """A spread inside the horizon, with its candidates for the earliest start."""

    on: Sequence[int]
    at_most: int
    earliest: Sequence[int]


@dataclass
class _Search:
    """The branch and bound of one member; ``best`` has shape (objectives,)."""

    spreads: list[_Spread]
    best: Ints
    nodes: list[tuple[Ints, Ranges]] = field(default_factory=list)
    tries: int = 1

    @property
    def root(self) -> Ranges:
        """The node with all earliest starts."""
        return tuple((0, len(spread.earliest) - 1) for spread in self.spreads)

    def next(self) -> Iterator[Ranges]:
        """The next two nodes to evaluate; none once the best is found."""
        while self.nodes:
            most_promising = np.argmax([bound for bound, _ in self.nodes], axis=0).tolist()
            better = [
                place for o, place in enumerate(most_promising) if self.nodes[place][0][o] > self.best[o]
            ]
            if not better:
                return
            bound, ranges = self.nodes.pop(better[0])
            widest = max(range(len(ranges)), key=lambda at: ranges[at][1] - ranges[at][0], default=None)
            if widest is None or ranges[widest][0] == ranges[widest][1] or self.tries >= POLICY.most_tries:
                self.best = np.maximum(self.best, bound)
                continue
            first, last = ranges[widest]
            middle = (first + last) // 2
            self.tries += 2
            for half in ((first, middle), (middle + 1, last)):
                yield (*ranges[:widest], half, *ranges[widest + 1 :])
            return


def best_of(weeks: AgentWeeks, checkpoint: Checkpoint = lambda: None) -> Ints:
    """The greatest worth of each member's week under the spreads; shape (objectives, members)."""
    if not weeks.spreads:
        return best_week(weeks.entries, weeks.days, weeks.automaton, checkpoint)
    objectives, members = weeks.days[0].free.shape
    searches = [
        _Search(_disjoint(weeks, member), np.full(objectives, NEVER, dtype=np.int64))
        for member in range(members)
    ]
    asked = [(member, search.root) for member, search in enumerate(searches)]
    while asked:
        # as many nodes at a time as there are members; if a table gets too large, members are halved
        for some in (asked[begin : begin + members] for begin in range(0, len(asked), members)):
            for (member, ranges), bound in zip(
                some, _bounds_of(weeks, searches, some, checkpoint).T, strict=True
            ):
                searches[member].nodes.append((bound, ranges))
        asked = [(member, ranges) for member, search in enumerate(searches) for ranges in search.next()]
    return np.stack([search.best for search in searches], axis=1)


def _disjoint(weeks: AgentWeeks, member: int) -> list[_Spread]:
    """Spreads that share no day with one another; the others are dropped."""
    spreads: list[_Spread] = []
    taken: set[int] = set()
    offered = [
        clocks[day.values[:, 0, member] > POSSIBLE].tolist()
        for day, clocks in zip(weeks.days, weeks.clocks, strict=True)
    ]
    for spread in sorted(weeks.spreads, key=lambda spread: -len(spread.on)):
        on = [day for day in spread.on if 0 <= day < len(weeks.days)]
        clocks = sorted({clock for day in on for clock in offered[day]})
        if len(on) > 1 and clocks and taken.isdisjoint(on):
            # A window up to the last start of all contains all later windows.
            whole = [at for at, clock in enumerate(clocks) if clock + spread.at_most >= clocks[-1]]
            spreads.append(_Spread(on, spread.at_most, clocks[: whole[0] + 1]))
            taken.update(on)
    return spreads


def _bounds_of(
    weeks: AgentWeeks,
    searches: Sequence[_Search],
    asked: Sequence[tuple[int, Ranges]],
    checkpoint: Checkpoint,
) -> Ints:
    """Upper bounds on the worth of weeks at these nodes; shape (objectives, nodes)."""
    meant = weeks.of([member for member, _ in asked])
    days = list(meant.days)
    for column, (member, ranges) in enumerate(asked):
        for spread, (first, last) in zip(searches[member].spreads, ranges, strict=True):
            begin, end = spread.earliest[first], spread.earliest[last] + spread.at_most
            for day in spread.on:
                clocks = weeks.clocks[day]
                days[day].values[(clocks < begin) | (clocks > end), :, column] = NEVER
    return best_week(meant.entries, days, meant.automaton, checkpoint)
