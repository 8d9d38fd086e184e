"""Kicks: a change at any cost, then the days it touches are annealed anew; what costs no more stays.

Annealing everybody on all days ends where no move betters anything, but one shift more or less on a day often
would, once all others of that day start and pause differently. Nobody sees that from a single move. On the
week of 475 agents one worker came in 40 s of kicks from 350,494 to 349,774, where more annealing had found
nothing in minutes. The method is known as iterated local search (Lourenço, Martin & Stützle 2003).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from typing import Final

import numpy as np

from scheduler.engine.instance.price_scale import scale_of_changes
from scheduler.engine.instance.price_vector import Reals
from scheduler.engine.instance.roster_arrays import FREE, Cost, Ints, Offer, Snapshot
from scheduler.engine.local_search.roster_state import NOBODY, Worker
from scheduler.engine.local_search.simulated_annealing import summed_up, usable

ANY = 1e15
"""A temperature at which whatever is legal is taken."""
KICKS: Final = {"day": ANY, "shift": ANY, "trade": ANY, "week": 0.5}
"""Moves that kick, and their temperatures in missing agent-slots; weeks are drawn with noise as large."""
MOST_TRIES = 500
"""So many moves may come to nothing before another kick is tried."""
REPAIR: Final[dict[str, float]] = {"break": 45, "start": 20, "draw": 7, "shift": 5}
"""What is moved when a day is annealed anew: who works that day and about when stays, mostly."""
MOVES_A_DUTY = (100, 300, 900)
"""Moves for each duty of the days annealed, of which a kick draws one."""
MOST_AGENTS = 150
"""So many of those who work are enough to make up for a shift more or less."""
HOT, COLD, LESS_TRUE, MORE_TRUE = 0.04, 0.02, 0.3, 0.7
"""Temperatures in missing agent-slots, and weights of the true prices, at the start and at the end."""
STAGES = 12
"""Steps from the one to the other."""
QUENCHED = 0.05
"""Part of the moves that follow at true prices, of which only those that cost no more are taken."""
MEMORY, FAVOURED = 0.99, 0.5
"""What each further try leaves of what a way won and took; how often the one that pays best is taken."""


@dataclass(eq=False)
class _Way:
    """A kind of kick and how long the day is annealed after it, with what that won and took of late."""

    kind: str
    moves_a_duty: int
    won: float = 0.0
    moved: float = 1.0

    def heed(self, won: float, moved: float) -> None:
        self.won = MEMORY * self.won + won
        self.moved = MEMORY * self.moved + moved


@dataclass(eq=False)
class Kicks:
    """Kicks of one worker.

    Parameters
    ----------
    worker
        Whose roster is kicked, and whose random numbers are drawn.
    best
        The best roster of all workers, if there is one.
    """

    worker: Worker
    best: Callable[[], Snapshot | None]
    _kept: Snapshot | None = None
    _cost: int = 0
    _common: Snapshot | None = None
    _ways: list[_Way] = field(default_factory=lambda: [_Way(*way) for way in product(KICKS, MOVES_A_DUTY)])

    def __post_init__(self) -> None:
        tables = self.worker.tables
        self._repair = summed_up(usable(tables, REPAIR))
        self._kinds = {kind: summed_up({kind: 1.0}) for kind in KICKS}

    def run(
        self,
        guide: Reals,
        part_done: Callable[[int], float],
        is_over: Callable[[], bool],
        offer: Offer,
    ) -> None:
        """Kick until ``part_done(moves so far)`` is 1 or ``is_over``, always from the cheapest roster."""
        moved, self._scale = 0, scale_of_changes(self.worker.tables, guide)
        if self._kept is not None:
            self.worker.restore(self._kept)
        while part_done(moved) < 1.0 and not is_over():
            kept = self.caught_up(guide, offer)
            if kept is None:
                return
            way = self.drawn_way()
            tries, agents, days = self.kick(way.kind, kept, guide)
            taken = tries + self.anneal(agents, days, way.moves_a_duty, guide)
            cost = self.worker.cost()
            won = self._cost - cost.total if cost.is_legal else -1
            if won >= 0:
                self._kept = kept = self.worker.snapshot()
                self._cost = cost.total
                offer(cost, partial(_same, kept))
            else:
                self.worker.go_back(kept)
            way.heed(max(0, won), taken)
            moved += taken

    def drawn_way(self) -> _Way:
        """The way that paid best of late, or any."""
        rng = self.worker.rng
        best = max(self._ways, key=lambda way: way.won / way.moved)
        is_favoured = best.won > 0 and rng.random() < FAVOURED
        return best if is_favoured else self._ways[int(rng.integers(len(self._ways)))]

    def caught_up(self, guide: Reals, offer: Offer) -> Snapshot | None:
        """The roster to go on from: the best of all, with what was bettered here since where that pays."""
        best, before, mine = self.best(), self._common, self._kept
        if best is None or best is before:
            return mine
        self._common = best
        if best is mine:
            return mine
        self.worker.guide_by(guide, 1.0)
        self._kept, self._cost = best, self.cost_of(best).total
        if mine is not None and before is not None:
            both = _put_together(mine, best, before)
            cost = self.cost_of(both)
            if cost.is_legal and cost.total < self._cost:
                self._kept, self._cost, self._common = both, cost.total, both
                offer(cost, lambda: both)
        self.worker.go_back(self._kept)
        return self._kept

    def cost_of(self, roster: Snapshot) -> Cost:
        """What a roster costs at true prices."""
        self.worker.go_back(roster)
        return self.worker.cost()

    def kick(self, kind: str, kept: Snapshot, guide: Reals) -> tuple[int, Ints, Ints]:
        """One change of that kind: how often it was tried, and whom and which days it changed, if it did."""
        worker = self.worker
        worker.guide_by(guide, LESS_TRUE)
        for tries in range(1, MOST_TRIES + 1):
            if worker.moves(1, KICKS[kind] * self._scale, self._kinds[kind]):
                agents, days = np.nonzero(worker.arrays["option"] != kept.option)
                if len(days):
                    return tries, np.unique(agents).astype(np.int32), np.unique(days).astype(np.int32)
        return MOST_TRIES, NOBODY, NOBODY

    def anneal(self, changed: Ints, days: Ints, moves_a_duty: int, guide: Reals) -> int:
        """Anneal some days anew; answers how many moves that took."""
        worker = self.worker
        if not len(days):
            return 0
        at_work = (worker.arrays["option"][:, days] != FREE).any(axis=1)
        at_work[changed] = True
        agents = np.nonzero(at_work)[0].astype(np.int32)
        if len(agents) > MOST_AGENTS:
            few = worker.rng.choice(agents, MOST_AGENTS, replace=False)
            agents = np.unique(np.concatenate([changed, few])).astype(np.int32)
        stage = max(1, moves_a_duty * len(agents) * len(days) // STAGES)
        for number in range(STAGES):
            part = number / (STAGES - 1)
            worker.guide_by(guide, LESS_TRUE * (MORE_TRUE / LESS_TRUE) ** part)
            temperature = self._scale * HOT * (COLD / HOT) ** part
            worker.moves(stage, temperature, self._repair, agents, days)
        worker.guide_by(guide, 1.0)
        last = int(QUENCHED * STAGES * stage)
        worker.moves(last, 0.0, self._repair, agents, days)
        return STAGES * stage + last


def _same(roster: Snapshot) -> Snapshot:
    return roster


def _put_together(mine: Snapshot, best: Snapshot, before: Snapshot) -> Snapshot:
    """The best roster, with the days that differ here from what both come from; it need not be legal."""
    here = (mine.option != before.option) | (mine.order != before.order) | (mine.at != before.at).any(axis=2)
    return Snapshot(
        option=np.where(here, mine.option, best.option),
        order=np.where(here, mine.order, best.order),
        at=np.where(here[:, :, None], mine.at, best.at),
    )
