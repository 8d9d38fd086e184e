"""One cycle of simulated annealing: the temperature falls while the staffing price turns from guide to true.

With the true price from the start nothing ever leaves a covered interval; with the guide price alone nobody
sees what the others do. So the weight of the true price grows geometrically from a few per cent to all of it,
and prices that are dear beyond what good rosters pay are brought down until then.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf
from typing import Final

import numpy as np

from scheduler.engine.automata.agent_automata import Plans
from scheduler.engine.instance.instance import Tables
from scheduler.engine.instance.price_scale import scale_of_changes
from scheduler.engine.instance.price_vector import Reals
from scheduler.engine.instance.roster_arrays import Ints, Offer
from scheduler.engine.local_search.capped_penalties import eased
from scheduler.engine.local_search.roster_state import MOVE_KINDS, Worker
from scheduler.engine.local_search.sum_repair import new_week

SHARES: dict[str, float] = {
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
"""Parts in a hundred that they are at most."""


def shares(tables: Tables, plans: Plans) -> Ints:
    """Shares of the kinds of move in a cycle.

    How often whole weeks are drawn follows from the size of the plans, not from a clock, so that it is the
    same every time.
    """
    weeks = min(MOST_WEEKS, 100.0 * WEEK_TIME / plans.week_microseconds)
    parts = usable(tables, SHARES)
    others = (100.0 - weeks) / sum(parts.values())
    return summed_up({**{kind: others * part for kind, part in parts.items()}, "week": weeks})


def usable(tables: Tables, parts: dict[str, float]) -> dict[str, float]:
    """The parts of the moves that can change anything: shifts may have no breaks, or one start each."""
    useless = set()
    if not any(map(len, tables.layouts.taken)):
        useless.add("break")
    if len(np.unique(tables.options.family)) == tables.options.count:
        useless.add("start")
    return {kind: part for kind, part in parts.items() if kind not in useless}


def summed_up(parts: dict[str, float]) -> Ints:
    """Parts of the kinds of move as the compiled core reads them: summed up, of 65,536."""
    of_kinds = np.array([parts.get(kind, 0.0) for kind in MOVE_KINDS])
    cumulative: Ints = (np.cumsum(of_kinds) / of_kinds.sum() * 65536).round().astype(np.int32)
    return cumulative


MOVES_AT_ONCE = (500, 40_000)
"""Least and most moves between two looks at the clock; temperature and truth stay the same meanwhile."""


@dataclass(frozen=True)
class Cycle:
    """How one cycle runs.

    Parameters
    ----------
    hot, cold
        First and last temperature, in missing agent-slots until it is scaled by what one costs.
    first_truth
        Weight of the true staffing price at the start.
    true_from
        Part of the cycle after which the true price alone counts.
    """

    hot: float
    cold: float
    first_truth: float
    true_from: float = 0.8

    def scaled(self, by: float) -> "Cycle":
        """With temperatures so many times as high."""
        return replace(self, hot=by * self.hot, cold=by * self.cold)

    def temperature(self, part: float) -> float:
        """Temperature when ``part`` of the cycle is done, 0 to 1."""
        return float(self.hot * (self.cold / self.hot) ** part)

    def truth(self, part: float) -> float:
        """Weight of the true price then."""
        return 1.0 if part >= self.true_from else float(self.first_truth ** (1 - part / self.true_from))


FIRST_CYCLE: Final = Cycle(hot=0.22, cold=0.01, first_truth=0.03, true_from=0.7)
NEXT_CYCLE: Final = Cycle(hot=0.08, cold=0.008, first_truth=0.12, true_from=0.6)
GLIMPSE: Final = NEXT_CYCLE
"""A cycle that has a fraction of a second, from the best roster."""
FROZEN, LOOKED_BACK = 5e-5, 0.1
"""A cycle is over when costs of its last part differ by less than such a part of them."""


def run_cycle(
    worker: Worker,
    guide: Reals,
    cycle: Cycle,
    part_done: Callable[[int], float],
    is_over: Callable[[], bool],
    offer: Offer,
    *,
    afresh: bool = False,
) -> None:
    """Anneal until ``part_done(moves so far)`` is 1, ``is_over`` or frozen; offers rosters on the way.

    ``afresh`` gives every agent a new week first. Few moves change on which days somebody works, so where a
    cycle begins decides much of where it ends.
    """
    agents, days = worker.arrays["option"].shape
    mixture = shares(worker.tables, worker.plans)
    at_once = int(np.clip(12 * agents * days, *MOVES_AT_ONCE))
    moved = 0
    truth, frozen, is_frozen = -1.0, Frozen(), False
    is_eased = worker.ease(eased(worker.tables, guide))
    if afresh:
        worker.guide_by(guide, cycle.first_truth)
        scale = scale_of_changes(worker.tables, guide)
        for agent in worker.rng.permutation(agents):
            new_week(worker, int(agent), scale)
    while (part := part_done(moved)) < 1.0 and not is_over():
        wanted = cycle.truth(part)
        if is_eased and (part >= cycle.true_from or is_frozen):
            is_eased, frozen = worker.ease(None), Frozen()
        if wanted != truth:
            truth = wanted
            worker.guide_by(guide, truth)
        worker.moves(at_once, cycle.temperature(part), mixture)
        moved += at_once
        cost = worker.cost()
        offer(cost, worker.snapshot)
        is_frozen = frozen.is_now(part, cost.total)
        if is_frozen and not is_eased:
            break
    worker.ease(None)
    worker.guide_by(guide, 1.0)
    offer(worker.cost(), worker.snapshot)


class Frozen:
    """Tells when costs do not change any more."""

    def __init__(self) -> None:
        self.since, self.lowest, self.highest = 0.0, 0.0, inf

    def is_now(self, part: float, cost: int) -> bool:
        """Whether costs were nearly the same for some part of the cycle; takes what it costs now."""
        self.lowest, self.highest = min(cost, self.lowest), max(cost, self.highest)
        if self.highest - self.lowest > FROZEN * self.lowest:
            self.since, self.lowest, self.highest = part, cost, cost
        return part - self.since >= LOOKED_BACK
