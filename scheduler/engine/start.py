"""The first roster: the caller's own where one was given, else every agent's best week one after another."""

import numpy as np

from scheduler.domain.roster import Duty, Roster
from scheduler.engine.anneal import shares
from scheduler.engine.clock import Watch
from scheduler.engine.layouts import MAX_BREAKS
from scheduler.engine.lure import new_week
from scheduler.engine.options import ABSENT
from scheduler.engine.scale import scale_of_changes
from scheduler.engine.shape import Reals
from scheduler.engine.tables import Tables
from scheduler.engine.worker import FREE, Snapshot, Worker

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


def snapshot_of(tables: Tables, roster: Roster) -> Snapshot:
    """A roster as arrays; duties that the tables do not know are left out."""
    agents, days = len(tables.held), tables.problem.grid.days
    option = np.full((agents, days), FREE, np.int32)
    order = np.zeros((agents, days), np.int32)
    at = np.zeros((agents, days, MAX_BREAKS), np.int32)
    number = {agent.name: i for i, agent in enumerate(tables.problem.agents)}
    for duty in roster.duties:
        agent = number.get(duty.agent)
        if agent is None or not 0 <= duty.day < days:
            continue
        placed = _place(tables, agent, duty)
        if placed is not None:
            option[agent, duty.day], order[agent, duty.day] = placed[:2]
            at[agent, duty.day, : len(placed[2])] = placed[2]
    return Snapshot(option, order, at)


def _place(tables: Tables, agent: int, duty: Duty) -> tuple[int, int, list[int]] | None:
    options, zone = tables.options, int(tables.zone[agent])
    same = (
        (options.start_slot[zone, duty.day] != ABSENT)
        & (options.start_instant[zone, duty.day] == duty.start)
        & (options.elapsed == duty.elapsed_minutes)
        & tables.menus[agent, duty.day]
    )
    taken = tuple(sorted(duty.breaks, key=lambda pause: pause.start))
    for o in np.nonzero(same)[0].tolist():
        if options.template_of(o).name != duty.template:
            continue
        layout = int(tables.layout[tables.regime[agent, duty.day], zone, duty.day, o])
        for order in range(tables.layouts.from_[layout], tables.layouts.from_[layout + 1]):
            if [pause.name for pause in tables.layouts.taken[order]] == [pause.name for pause in taken]:
                places = [(pause.start - duty.start) // tables.slots.minutes for pause in taken]
                length = duty.elapsed_minutes // tables.slots.minutes
                if _is_legal(tables.layouts.variants[order][0], places, length):
                    return o, order, places
    return None


def _is_legal(variant: np.void, places: list[int], length: int) -> bool:
    """Whether breaks at these places keep every hard limit of their order."""
    worked_since = 0
    for j, place in enumerate(places):
        first, last, step = (int(variant[name][j]) for name in ("first", "last", "step"))
        gap = place - worked_since
        if not first <= place <= last or (place - first) % step or gap > variant["work_most"]:
            return False
        if j and not variant["gap_least"] <= gap <= variant["gap_most"]:
            return False
        worked_since = place + int(variant["length"][j])
    return bool(length - worked_since <= variant["work_most"])
