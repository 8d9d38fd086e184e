"""Iterated local search (Lourenço, Martin and Stützle 2003): perturb the best roster, anneal what it touches.

A perturbation is one move at any cost; the days that it touches are annealed anew, and the result is kept if
it costs no more. Annealing of everybody ends where no single move improves the roster. One shift more or
less on a day often would, but only after the others of that day have changed their starts and breaks. On the
week of 475 agents one worker came from 350,494 to 349,774 in 40 s, where more annealing had found nothing in
minutes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from typing import Final

import numpy as np

from scheduler.engine.instance.price_scale import scale_of_changes
from scheduler.engine.instance.roster_arrays import FREE, Cost, Offer, Snapshot
from scheduler.engine.kernel.arrays import Float64Array, Int32Array
from scheduler.engine.local_search.roster_state import NOBODY, RosterState
from scheduler.engine.local_search.simulated_annealing import summed_up, usable

ANY_TEMPERATURE = 1e15
"""At this temperature every legal move is accepted."""
PERTURBATIONS: Final = {
    "day": ANY_TEMPERATURE,
    "shift": ANY_TEMPERATURE,
    "trade": ANY_TEMPERATURE,
    "week": 0.5,
}
"""Moves that perturb, and their temperatures in missing agent-slots; weeks are drawn with noise of that
size."""
REPAIR: Final[dict[str, float]] = {"break": 45, "start": 20, "draw": 7, "shift": 5}
"""Moves by which a day is annealed anew: who works that day and about when stays, mostly. More moves of days
would undo the perturbation; fewer would keep who works that day as it was drawn."""


@dataclass(frozen=True)
class PerturbationPolicy:
    """Parameters of the perturbations and of the annealing after each."""

    most_tries: int = 500
    """Moves that may be refused before another perturbation is drawn. It bounds the time lost on a day on
    which hardly any move is legal."""
    duty_moves: tuple[int, ...] = (100, 300, 900)
    """Moves for each duty of the days annealed; a perturbation draws one. On cc475 100 or 900 made little
    difference."""
    most_agents: int = 150
    """Agents that are annealed: enough to make up for a shift more or less. On cc475 60 or 250 made little
    difference."""
    first_temperature: float = 0.04
    """First temperature, in missing agent-slots. Higher forgets the roster around the day, lower finds
    nothing but the day before."""
    last_temperature: float = 0.02
    """Last temperature, in missing agent-slots. Higher leaves more to the moves at temperature 0, lower
    spends moves on a frozen day."""
    first_truth: float = 0.3
    """Weight of the true staffing price at the start. Less lets prices lead the day elsewhere, more keeps it
    where it is cheap now."""
    last_truth: float = 0.7
    """Weight of the true staffing price at the end. The rest up to 1 is left to the moves at true prices that
    follow."""
    stages: int = 12
    """Stages of constant temperature and weight, from the first values to the last. More are smoother, and
    each recounts costs once."""
    quenched_fraction: float = 0.05
    """Moves that follow at true prices and temperature 0, as a fraction of the others. Fewer leave a day
    above its local optimum, more take moves from the next one."""
    memory: float = 0.99
    """What a way won and took is multiplied by this with each further try of it. Nearer to 1 follows a change
    of what pays more slowly; farther away, chance decides."""
    best_share: float = 0.5
    """Share of the perturbations by the way that pays best. The rest goes to the others, so that what they
    pay stays known."""


POLICY = PerturbationPolicy()


@dataclass(eq=False)
class _Way:
    """A perturbing move and how long the day is annealed after it, with what that won and took of late."""

    move: str
    duty_moves: int
    won: float = 0.0
    moved: float = 1.0

    def record(self, won: float, moved: float) -> None:
        self.won = POLICY.memory * self.won + won
        self.moved = POLICY.memory * self.moved + moved


@dataclass(eq=False)
class IteratedLocalSearch:
    """The iterated local search of one worker.

    Parameters
    ----------
    worker
        Whose roster is perturbed, and whose random numbers are drawn.
    best
        The best roster of all workers, if there is one.
    """

    worker: RosterState
    best: Callable[[], Snapshot | None]
    _kept: Snapshot | None = None
    _cost: int = 0
    _common: Snapshot | None = None
    _ways: list[_Way] = field(
        default_factory=lambda: [_Way(*way) for way in product(PERTURBATIONS, POLICY.duty_moves)]
    )

    def __post_init__(self) -> None:
        instance = self.worker.instance
        self._repair = summed_up(usable(instance, REPAIR))
        self._alone = {move: summed_up({move: 1.0}) for move in PERTURBATIONS}

    def run(
        self,
        guide: Float64Array,
        fraction_done: Callable[[int], float],
        is_over: Callable[[], bool],
        offer: Offer,
    ) -> None:
        """Perturb the cheapest roster until ``fraction_done(moves so far)`` is 1 or ``is_over``."""
        moved, self._scale = 0, scale_of_changes(self.worker.instance, guide)
        self.worker.aim(guide)
        if self._kept is not None:
            self.worker.restore(self._kept)
        while fraction_done(moved) < 1.0 and not is_over():
            kept = self.caught_up(guide, offer)
            if kept is None:
                return
            way = self.drawn_way()
            tries, agents, days = self.perturb(way.move, kept, guide)
            taken = tries + self.anneal(agents, days, way.duty_moves, guide)
            cost = self.worker.cost()
            won = self._cost - cost.total if cost.is_legal else -1
            if won >= 0:
                self._kept = kept = self.worker.snapshot()
                self._cost = cost.total
                offer(cost, partial(_same, kept))
            else:
                self.worker.go_back(kept)
            way.record(max(0, won), taken)
            moved += taken

    def drawn_way(self) -> _Way:
        """The way that paid best of late, or any."""
        rng = self.worker.rng
        best = max(self._ways, key=lambda way: way.won / way.moved)
        is_favoured = best.won > 0 and rng.random() < POLICY.best_share
        return best if is_favoured else self._ways[int(rng.integers(len(self._ways)))]

    def caught_up(self, guide: Float64Array, offer: Offer) -> Snapshot | None:
        """The best roster of all, merged with this worker's improvements where that is cheaper."""
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

    def perturb(self, move: str, kept: Snapshot, guide: Float64Array) -> tuple[int, Int32Array, Int32Array]:
        """One perturbation: returns the moves tried, and the agents and days that it changed, if it did."""
        worker = self.worker
        worker.guide_by(guide, POLICY.first_truth)
        for tries in range(1, POLICY.most_tries + 1):
            if worker.moves(1, PERTURBATIONS[move] * self._scale, self._alone[move]):
                agents, days = np.nonzero(worker.arrays["option"] != kept.option)
                if len(days):
                    return tries, np.unique(agents).astype(np.int32), np.unique(days).astype(np.int32)
        return POLICY.most_tries, NOBODY, NOBODY

    def anneal(self, changed: Int32Array, days: Int32Array, duty_moves: int, guide: Float64Array) -> int:
        """Anneal some days anew; returns how many moves that took."""
        worker, policy = self.worker, POLICY
        if not len(days):
            return 0
        at_work = (worker.arrays["option"][:, days] != FREE).any(axis=1)
        at_work[changed] = True
        agents = np.nonzero(at_work)[0].astype(np.int32)
        if len(agents) > policy.most_agents:
            few = worker.rng.choice(agents, policy.most_agents, replace=False)
            agents = np.unique(np.concatenate([changed, few])).astype(np.int32)
        stage = max(1, duty_moves * len(agents) * len(days) // policy.stages)
        for number in range(policy.stages):
            fraction = number / (policy.stages - 1)
            truth = policy.first_truth * (policy.last_truth / policy.first_truth) ** fraction
            worker.guide_by(guide, truth)
            temperature = (
                self._scale
                * policy.first_temperature
                * (policy.last_temperature / policy.first_temperature) ** fraction
            )
            worker.moves(stage, temperature, self._repair, agents, days)
        worker.guide_by(guide, 1.0)
        last = int(policy.quenched_fraction * policy.stages * stage)
        worker.moves(last, 0.0, self._repair, agents, days)
        return policy.stages * stage + last


def _same(roster: Snapshot) -> Snapshot:
    return roster


def _put_together(mine: Snapshot, best: Snapshot, before: Snapshot) -> Snapshot:
    """The best roster with the days that ``mine`` changed since ``before``; it may be illegal."""
    here = (mine.option != before.option) | (mine.order != before.order) | (mine.at != before.at).any(axis=2)
    return Snapshot(
        option=np.where(here, mine.option, best.option),
        order=np.where(here, mine.order, best.order),
        at=np.where(here[:, :, None], mine.at, best.at),
    )
