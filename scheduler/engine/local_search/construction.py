"""Construction of the first roster: the caller's own, else the best week of each agent, one after another.

A greedy insertion of whole weeks beside those that are there, then moves that repair what is broken.
"""

from dataclasses import dataclass

import numpy as np

from scheduler.domain.results.roster import Roster
from scheduler.engine.instance.price_scale import scale_of_changes
from scheduler.engine.instance.roster_arrays import FREE, snapshot_of
from scheduler.engine.kernel.arrays import Float64Array
from scheduler.engine.local_search.roster_state import RosterState
from scheduler.engine.local_search.simulated_annealing import shares
from scheduler.engine.local_search.sum_repair import new_week
from scheduler.engine.run.watch import Watch


@dataclass(frozen=True)
class ConstructionPolicy:
    """Parameters of making a first roster legal."""

    rounds: int = 60
    """Rounds of moves at most, until no must is broken. A time limit mostly ends them earlier; they bound a
    search that is counted."""
    moves_per_agent_day: int = 20
    """Of a round where only staffing limits are broken. More repair more in a round; fewer let the clock be
    looked at, and rounds of another kind begin, sooner."""
    staffing_temperature_divisor: float = 10.0
    """What decides between good rosters, divided by this, is the temperature of such a round. Colder repairs
    nothing behind a small hill, hotter breaks what was repaired."""
    least_moves: int = 2_000
    """Of a round over agents whose own limits are broken. Below it the fixed costs of a round would outweigh
    its moves."""
    moves_per_broken_day: int = 100
    """Moves on top for each of these agents and each day. More repair more in a round; fewer give new weeks a
    chance sooner."""
    new_week_rounds: int = 3
    """Period in rounds at which these agents get new weeks: single moves did not repair theirs."""
    new_week_share: float = 0.5
    """Share of these agents that get a new week; the first time all do. If all did each time, they would meet
    the same shortages alike; if few did, repair would take long."""


POLICY = ConstructionPolicy()


def first_roster(worker: RosterState, guide: Float64Array, watch: Watch, start: Roster | None) -> None:
    """Fill a worker's roster, make it legal if that can be done, and offer it then."""
    worker.aim(guide)
    worker.guide_by(guide, 1.0)
    kept = np.zeros(worker.instance.agents, bool)
    if start is not None:
        worker.restore(snapshot_of(worker.instance, start))
        kept = (worker.arrays["violation"] == 0) & (worker.arrays["option"] != FREE).any(axis=1)
    scale = scale_of_changes(worker.instance, guide)
    for agent in worker.rng.permutation(len(kept)):
        if not kept[agent]:
            new_week(worker, int(agent), scale, lambda: watch.remaining <= 0)
        if watch.is_stopped:
            return
    make_legal(worker, scale, watch)


def offer_start(worker: RosterState, watch: Watch, start: Roster | None) -> None:
    """Offer the caller's own roster before anything else, if it is legal as it stands."""
    if start is not None:
        worker.restore(snapshot_of(worker.instance, start))
        watch.offer(worker.cost(), worker.snapshot)


def make_legal(worker: RosterState, scale: float, watch: Watch) -> None:
    """Move at a high temperature until no hard limit is broken; moves never break one further."""
    mixture = shares(worker.instance, worker.automata)
    agents, days = worker.arrays["option"].shape
    for number in range(POLICY.rounds):
        cost = worker.cost()
        if cost.is_legal or watch.over() is not None:
            break
        if not cost.excess:
            moves = POLICY.moves_per_agent_day * agents * days
            worker.steer()
            worker.moves(moves, scale / POLICY.staffing_temperature_divisor, mixture)
            continue
        broken = np.nonzero(worker.arrays["violation"])[0].astype(np.int32)
        last = POLICY.new_week_rounds - 1
        if number % POLICY.new_week_rounds == last:  # what single moves could not repair begins anew
            for agent in broken.tolist():
                if watch.over() is not None:
                    break
                if number == last or worker.rng.random() < POLICY.new_week_share:
                    new_week(worker, agent, scale)
            broken = np.nonzero(worker.arrays["violation"])[0].astype(np.int32)
            if not len(broken):
                continue
        moves = POLICY.least_moves + POLICY.moves_per_broken_day * len(broken) * days
        worker.moves(moves, scale, mixture, broken)
    watch.offer(worker.cost(), worker.snapshot)
