"""A new week for one agent that meets its sums, also those that do not fit into the plan of a best week."""

import numpy as np
import numpy.typing as npt

from scheduler.engine.instance.instance import Tables
from scheduler.engine.instance.roster_arrays import FREE
from scheduler.engine.instance.verb_tables import free_amount
from scheduler.engine.local_search.roster_state import Worker
from scheduler.model import Total

LURES = 30
"""How often prices of sums are changed for one agent."""
FIRST_LURE = 8.0
"""First step of a price, in dearest prices for the most that an option adds to its sum."""


def new_week(worker: Worker, agent: int, dearest: float) -> None:
    """Give an agent its best week, and others at prices of what sums count that change until all are met.

    Sums over long horizons do not always fit into the plan of a best week. One price for all paid minutes,
    one for all shifts of a kind and so on, each halved in on, meet them nearly always.

    Parameters
    ----------
    dearest
        Where prices begin; see :func:`~scheduler.engine.instance.price_scale.scale_of_changes`.
    """
    worker.improve_week(agent, only_better=False)
    if not worker.arrays["violation"][agent]:
        return
    tables, lure = worker.tables, worker.arrays["lure"]
    option, violation = worker.arrays["option"], worker.arrays["violation"]
    sums = [
        _Sum(tables, agent, held.limit, dearest)
        for held in tables.held[agent]
        if held.price is None and isinstance(held.limit, Total)
    ]
    for _ in range(LURES):
        broken = [one for one in sums if one.pull(option[agent])]
        if violation[agent] == 0 or not broken:
            break
        for one in broken:
            lure += one.change * one.weight
        worker.improve_week(agent, only_better=False)
    lure[...] = 0.0


class _Sum:
    """A sum that an agent must keep within limits, and its price."""

    def __init__(self, tables: Tables, agent: int, limit: Total, dearest: float) -> None:
        self.limit, self.free = limit, free_amount(limit.of)
        self.amount = tables.amount[tables.column(limit.of), int(tables.zone[agent])]
        self.weight = np.zeros(self.amount.shape)
        self.weight[list(limit.on)] += self.amount[list(limit.on)] - self.free
        for block in limit.on_any_of:
            self.weight[list(block)] += ((self.amount[list(block)] > 0) - float(self.free > 0)) / len(block)
        self.change, self._way = 0.0, 0
        self._step = FIRST_LURE * dearest / max(1.0, float(np.abs(self.weight).max(initial=0)))

    def pull(self, option: npt.NDArray[np.int32]) -> bool:
        """Whether it is not met by these options; ``change`` is then what its price has to change by."""
        days = np.arange(len(option))
        counted = np.where(option == FREE, self.free, self.amount[days, option])
        total = self.limit.carried_in + int(counted[list(self.limit.on)].sum())
        total += sum(bool((counted[list(block)] > 0).any()) for block in self.limit.on_any_of)
        least, most = self.limit.at_least, self.limit.at_most
        way = int(least is not None and total < least) - int(most is not None and total > most)
        if way:
            self._step *= 0.5 if self._way and way != self._way else 1.0 if not self._way else 1.6
            self.change, self._way = way * self._step, way
        return way != 0
