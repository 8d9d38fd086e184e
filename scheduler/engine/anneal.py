"""One cycle of simulated annealing: the temperature falls while the staffing price turns from guide to true.

With the true price from the start nothing ever leaves a covered interval; with the guide price alone nobody
sees what the others do. So the weight of the true price grows geometrically from a few per cent to all of it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scheduler.engine.lure import dearest_price, new_week
from scheduler.engine.plans import Plans
from scheduler.engine.shape import Reals
from scheduler.engine.tables import Tables
from scheduler.engine.worker import Cost, Snapshot, Worker

SHARES = {
    "break": 45,
    "start": 20,
    "shift": 10,
    "day": 10,
    "pair": 5,
    "trade": 2,
    "block": 1,
    "draw": 7,
}
"""How often each kind of move is tried, in parts; whole weeks come on top."""

WEEK_TIME = 15.0
"""Microseconds that whole weeks may take of a move's time on average: they are dear, and change most."""
MOST_WEEKS = 1.5


def shares(tables: Tables, plans: Plans) -> npt.NDArray[np.int32]:
    """Shares of the kinds of move, summed up, of 65,536.

    Where shifts have neither breaks nor several starts, those moves are left to the others. How often whole
    weeks are drawn follows from the size of the plans, not from a clock, so that it is the same every time.
    """
    parts: dict[str, float] = dict(SHARES)
    options = tables.options
    if not any(map(len, tables.layouts.taken)):
        parts["break"] = 0.0
    if len(np.unique(options.family)) == options.count:
        parts["start"] = 0.0
    total = sum(parts.values())
    weeks = min(MOST_WEEKS, 100.0 * WEEK_TIME / plans.week_microseconds)
    scaled = [*(share * (100.0 - weeks) / total for share in parts.values()), weeks]
    return (np.cumsum(scaled) / 100 * 65536).round().astype(np.int32)


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
    mixture = shares(worker.tables, worker.plans)
    at_once = int(np.clip(12 * agents * days, *MOVES_AT_ONCE))
    moved = 0
    truth = -1.0
    if afresh:
        worker.guide_by(guide, cycle.first_truth)
        dearest = dearest_price(worker.tables)
        for agent in worker.rng.permutation(agents):
            new_week(worker, int(agent), dearest)
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
