"""One cycle of simulated annealing: the temperature falls while the staffing price turns from guide to true.

With the true price from the start nothing ever leaves a covered interval; with the guide price alone nobody
sees what the others do. So the weight of the true price grows geometrically from a few per cent to all of it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scheduler.engine.lagrange import Reals
from scheduler.engine.worker import Cost, Snapshot, Worker

SHARES = {"break": 45, "start": 20, "shift": 10, "day": 10, "pair": 5, "trade": 2, "draw": 7.5, "week": 0.5}
"""How often each kind of move is tried, in per cent."""

FEW_AGENT_DAYS, WEEKS_OF_FEW = 1000, 1.5
"""Small rosters have the time to draw whole weeks more often, and gain by it."""


def shares(agent_days: int) -> npt.NDArray[np.int32]:
    """Shares of the kinds of move, summed up, of 65,536."""
    week = WEEKS_OF_FEW if agent_days <= FEW_AGENT_DAYS else SHARES["week"]
    parts = list((SHARES | {"draw": SHARES["draw"] + SHARES["week"] - week, "week": week}).values())
    return (np.cumsum(parts) / 100 * 65536).astype(np.int32)


MOVES_AT_ONCE = (500, 40_000)
"""Least and most moves between two looks at the clock; temperature and truth stay the same meanwhile."""


@dataclass(frozen=True)
class Cycle:
    """How one cycle runs.

    Parameters
    ----------
    hot, cold
        First and last temperature in sixtieths of a cent.
    first_truth
        Weight of the true staffing price at the start.
    true_from
        Part of the cycle after which the true price alone counts.
    """

    hot: float
    cold: float
    first_truth: float
    true_from: float = 0.8

    def temperature(self, part: float) -> float:
        """Temperature when ``part`` of the cycle is done, 0 to 1."""
        return float(self.hot * (self.cold / self.hot) ** part)

    def truth(self, part: float) -> float:
        """Weight of the true price then."""
        return 1.0 if part >= self.true_from else float(self.first_truth ** (1 - part / self.true_from))


def run_cycle(
    worker: Worker,
    guide: Reals,
    cycle: Cycle,
    part_done: Callable[[int], float],
    is_over: Callable[[], bool],
    offer: Callable[[Cost, Callable[[], Snapshot]], object],
    *,
    afresh: bool = False,
) -> None:
    """Anneal until ``part_done(moves so far)`` is 1 or ``is_over``; offers the roster after each batch.

    ``afresh`` gives every agent a new week first. Few moves change on which days somebody works, so where a
    cycle begins decides much of where it ends.
    """
    agents, days = worker.arrays["option"].shape
    mixture = shares(agents * days)
    at_once = int(np.clip(12 * agents * days, *MOVES_AT_ONCE))
    moved = 0
    truth = -1.0
    if afresh:
        worker.guide_by(guide, cycle.first_truth)
        for agent in worker.rng.permutation(agents):
            worker.improve_week(int(agent), only_better=False)
    while (part := part_done(moved)) < 1.0 and not is_over():
        wanted = cycle.truth(part)
        if wanted != truth:
            truth = wanted
            worker.guide_by(guide, truth)
        worker.moves(at_once, cycle.temperature(part), mixture)
        moved += at_once
        offer(worker.cost(), worker.snapshot)
    worker.guide_by(guide, 1.0)
    offer(worker.cost(), worker.snapshot)
