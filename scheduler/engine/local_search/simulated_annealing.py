"""One cycle of simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983), led by dual prices.

While the temperature falls geometrically, the staffing price turns from the guide's, which is linear, to the
true one. With the true price from the start nothing ever leaves a covered interval; with the guide price
alone nobody sees what the others do. So the weight of the true price grows geometrically from a few per cent
to all of it, and prices that are dear beyond what good rosters pay are brought down until then.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf
from typing import Final

import numpy as np

from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.price_scale import scale_of_changes
from scheduler.engine.instance.roster_arrays import Offer
from scheduler.engine.kernel.arrays import Float64Array, Int32Array
from scheduler.engine.local_search.capped_penalties import eased
from scheduler.engine.local_search.roster_state import MOVES, RosterState
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
"""Relative frequency of each move in a cycle; whole weeks come on top. Small moves are accepted more often
and cost least, so they are the most frequent."""

PERCENT = 100.0
DIE_SIDES = 65536
"""Shares are in parts of it where the compiled core reads them, see ``whole_week.c``."""


@dataclass(frozen=True)
class CyclePolicy:
    """Parameters that all cycles have in common."""

    week_microseconds: float = 15.0
    """Time that draws of whole weeks may add to a move on average: they are slow, and change most. More
    redraws whole weeks more often, and leaves fewer small moves."""
    most_week_percent: float = 1.5
    """Percentage of the moves that may draw whole weeks, at most. In 15 s (example week, four seeds) 1.5 %
    came to 40,430, 0.5 % to 40,467 and 4 % to 40,651."""
    moves_per_agent_day: int = 12
    """Moves between two looks at the clock, for each agent and day. Fewer look at the clock and at the
    temperature more often, at a small cost each."""
    least_moves: int = 500
    """Moves between two looks at least. Below it, looking at the clock would show in the moves a second."""
    most_moves: int = 40_000
    """Moves between two looks at most: some hundredths of a second. More answer Ctrl+C and the time limit
    later."""
    goal_rounds: int = 20
    """Rounds of moves at temperature 0 at the end of a cycle, where there are goals over a day or a week.
    Fewer leave a goal unmet by a contact, more take time from the next cycle."""
    frozen_fraction: float = 5e-5
    """A cycle is frozen, and over, once costs have stayed within this fraction for ``frozen_share`` of it. On
    cc475 annealing was frozen after half of its time. Larger ends cycles that still win, smaller waits longer
    for nothing."""
    frozen_share: float = 0.1
    """Share of the cycle, see ``frozen_fraction``. Smaller may end a cycle in a lull, larger waits longer for
    nothing."""


POLICY = CyclePolicy()


def shares(instance: Instance, automata: WeekAutomata) -> Int32Array:
    """Cumulative shares of the moves in a cycle.

    How often whole weeks are drawn follows from the size of the automata, not from a clock, so that it is the
    same every time.
    """
    slow = PERCENT * POLICY.week_microseconds / automata.week_microseconds
    weeks = min(POLICY.most_week_percent, slow)
    frequencies = usable(instance, SHARES)
    others = (PERCENT - weeks) / sum(frequencies.values())
    return summed_up({**{move: others * each for move, each in frequencies.items()}, "week": weeks})


def usable(instance: Instance, frequencies: dict[str, float]) -> dict[str, float]:
    """The moves that can change anything with their frequencies: shifts may have no breaks, or one start."""
    useless = set()
    if not any(map(len, instance.layouts.taken)):
        useless.add("break")
    if len(np.unique(instance.options.family)) == instance.options.count:
        useless.add("start")
    return {move: each for move, each in frequencies.items() if move not in useless}


def summed_up(frequencies: dict[str, float]) -> Int32Array:
    """Frequencies of the moves as the compiled core reads them: cumulative, in parts of ``DIE_SIDES``."""
    by_move = np.array([frequencies.get(move, 0.0) for move in MOVES])
    cumulative: Int32Array = (np.cumsum(by_move) / by_move.sum() * DIE_SIDES).round().astype(np.int32)
    return cumulative


@dataclass(frozen=True)
class Cycle:
    """How one cycle runs.

    Parameters
    ----------
    first_temperature, last_temperature
        In missing agent-slots until it is scaled by what one costs.
    first_truth
        Weight of the true staffing price at the start.
    true_from_fraction
        Fraction of the cycle after which the true price alone counts.
    """

    first_temperature: float
    last_temperature: float
    first_truth: float
    true_from_fraction: float = 0.8

    def scaled(self, factor: float) -> "Cycle":
        """With all temperatures multiplied by a factor."""
        return replace(
            self,
            first_temperature=factor * self.first_temperature,
            last_temperature=factor * self.last_temperature,
        )

    def temperature(self, fraction: float) -> float:
        """Temperature when this fraction of the cycle is done, 0 to 1."""
        return float(self.first_temperature * (self.last_temperature / self.first_temperature) ** fraction)

    def truth(self, fraction: float) -> float:
        """Weight of the true price then."""
        is_true = fraction >= self.true_from_fraction
        return 1.0 if is_true else float(self.first_truth ** (1 - fraction / self.true_from_fraction))


FIRST_CYCLE: Final = Cycle(
    first_temperature=0.22, last_temperature=0.01, first_truth=0.03, true_from_fraction=0.7
)
"""The first one, hot enough to change on which days agents work. Hotter forgets the first roster altogether,
colder keeps its days."""
NEXT_CYCLE: Final = Cycle(
    first_temperature=0.08, last_temperature=0.008, first_truth=0.12, true_from_fraction=0.6
)
"""Each later one, which goes on from a good roster. Hotter would lose that roster, colder repeat it."""
GLIMPSE: Final = NEXT_CYCLE
"""A cycle that has a fraction of a second, from the best roster."""


def run_cycle(
    worker: RosterState,
    guide: Float64Array,
    cycle: Cycle,
    fraction_done: Callable[[int], float],
    is_over: Callable[[], bool],
    offer: Offer,
    *,
    afresh: bool = False,
) -> None:
    """Anneal until ``fraction_done(moves so far)`` is 1, ``is_over`` or frozen; offer rosters on the way.

    ``afresh`` gives every agent a new week first. Few moves change on which days agents work, so where a
    cycle begins decides much of where it ends.
    """
    agents, days = worker.arrays["option"].shape
    mixture = shares(worker.instance, worker.automata)
    wanted_moves = POLICY.moves_per_agent_day * agents * days
    at_once = int(np.clip(wanted_moves, POLICY.least_moves, POLICY.most_moves))
    moved = 0
    truth, frozen, is_frozen = -1.0, Stagnation(), False
    worker.aim(guide)
    is_eased = worker.ease(eased(worker.instance, guide))
    if afresh:
        worker.guide_by(guide, cycle.first_truth)
        scale = scale_of_changes(worker.instance, guide)
        for agent in worker.rng.permutation(agents):
            new_week(worker, int(agent), scale)
    while (fraction := fraction_done(moved)) < 1.0 and not is_over():
        wanted = cycle.truth(fraction)
        if is_eased and (fraction >= cycle.true_from_fraction or is_frozen):
            is_eased, frozen = worker.ease(None), Stagnation()
        if wanted != truth:
            truth = wanted
            worker.guide_by(guide, truth)
        worker.moves(at_once, cycle.temperature(fraction), mixture)
        moved += at_once
        cost = worker.cost()
        offer(cost, worker.snapshot)
        if truth == 1.0:
            worker.steer()
        is_frozen = frozen.is_now(fraction, cost.total)
        if is_frozen and not is_eased:
            break
    worker.ease(None)
    worker.guide_by(guide, 1.0)
    if worker.goals is not None:
        _meet_goals(worker, at_once, mixture, is_over, offer)
    offer(worker.cost(), worker.snapshot)


def _meet_goals(
    worker: RosterState, moves: int, mixture: Int32Array, is_over: Callable[[], bool], offer: Offer
) -> None:
    """Steer at temperature 0, so that a roster which nearly meets its goals comes to meet them."""
    for _ in range(POLICY.goal_rounds):
        if is_over():
            return
        worker.steer()
        worker.moves(moves, 0.0, mixture)
        offer(worker.cost(), worker.snapshot)


class Stagnation:
    """Tells when costs do not change any more."""

    def __init__(self) -> None:
        self.since, self.lowest, self.highest = 0.0, 0.0, inf

    def is_now(self, fraction: float, cost: int) -> bool:
        """Whether costs were nearly the same for some share of the cycle; takes what it costs now."""
        self.lowest, self.highest = min(cost, self.lowest), max(cost, self.highest)
        if self.highest - self.lowest > POLICY.frozen_fraction * self.lowest:
            self.since, self.lowest, self.highest = fraction, cost, cost
        return fraction - self.since >= POLICY.frozen_share
