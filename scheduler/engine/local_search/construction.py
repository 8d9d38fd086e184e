"""The first roster: the caller's own where one was given, else every agent's best week one after another."""

import numpy as np

from scheduler.domain.roster import Roster
from scheduler.engine.instance.price_scale import scale_of_changes
from scheduler.engine.instance.price_vector import Reals
from scheduler.engine.instance.roster_arrays import FREE, snapshot_of
from scheduler.engine.local_search.roster_state import Worker
from scheduler.engine.local_search.simulated_annealing import shares
from scheduler.engine.local_search.sum_repair import new_week
from scheduler.engine.run.watch import Watch

REPAIR_ROUNDS = 60


def first_roster(worker: Worker, guide: Reals, watch: Watch, start: Roster | None) -> None:
    """Fill a worker's roster and make it legal if that can be done; offers it when it is."""
    worker.guide_by(guide, 1.0)
    kept = np.zeros(len(worker.tables.held), bool)
    if start is not None:
        worker.restore(snapshot_of(worker.tables, start))
        kept = (worker.arrays["violation"] == 0) & (worker.arrays["option"] != FREE).any(axis=1)
    scale = scale_of_changes(worker.tables, guide)
    for agent in worker.rng.permutation(len(kept)):
        if not kept[agent]:
            new_week(worker, int(agent), scale)
        if watch.is_stopped:
            return
    make_legal(worker, scale, watch)


def make_legal(worker: Worker, scale: float, watch: Watch) -> None:
    """Move at a high temperature until no hard limit is broken; limits that are broken never get worse."""
    mixture = shares(worker.tables, worker.plans)
    agents, days = worker.arrays["option"].shape
    for number in range(REPAIR_ROUNDS):
        cost = worker.cost()
        if cost.is_legal or watch.over() is not None:
            break
        if not cost.excess:
            worker.moves(20 * agents * days, scale / 10, mixture)
            continue
        broken = np.nonzero(worker.arrays["violation"])[0].astype(np.int32)
        if number % 3 == 2:  # what single moves could not repair begins anew
            for agent in broken.tolist():
                if number == 2 or worker.rng.random() < 0.5:
                    new_week(worker, agent, scale)
            broken = np.nonzero(worker.arrays["violation"])[0].astype(np.int32)
            if not len(broken):
                continue
        worker.moves(2_000 + 100 * len(broken) * days, scale, mixture, broken)
    watch.offer(worker.cost(), worker.snapshot)
