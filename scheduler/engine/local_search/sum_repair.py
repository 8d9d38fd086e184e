"""Repair of sums by multipliers: a new week for one agent that meets the sums that no automaton carries.

A Lagrangian relaxation of these sums with one multiplier each, moved by a step that shrinks when the sum
comes to the other side of its bound (Fisher 1981 on such heuristics). On nrp24 22 nothing legal was found in
200 s without it, and everybody has a legal week in 3 s with it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.roster_arrays import FREE
from scheduler.engine.instance.verb_tables import free_amount
from scheduler.engine.kernel.arrays import Int32Array
from scheduler.engine.local_search.roster_state import RosterState
from scheduler.model import Total


@dataclass(frozen=True)
class SumRepairPolicy:
    """Parameters of the multipliers."""

    most_tries: int = 30
    """Changes of multipliers for one agent. More repair rarer cases, and each is one best week."""
    first_step_factor: float = 8.0
    """First step of a multiplier, in dearest prices for the most that an option adds to its sum. Smaller
    takes more tries, larger overshoots more."""
    shrinkage: float = 0.5
    """The step is multiplied by this when the sum is broken on its other side. Halving the interval, as in
    bisection."""
    growth: float = 1.6
    """The step is multiplied by this when the sum is broken on the same side again. Larger reaches a far
    multiplier sooner and overshoots more."""


POLICY = SumRepairPolicy()


def new_week(
    worker: RosterState, agent: int, dearest: float, is_late: Callable[[], bool] = lambda: False
) -> None:
    """Give an agent its best week, at multipliers of the sums that it breaks until none is broken.

    Sums over long horizons do not always fit into the automaton of a best week. One multiplier for all paid
    minutes, one for all shifts of a template and so on meet them nearly always.

    Parameters
    ----------
    dearest
        The unit of the first step; see :func:`~scheduler.engine.instance.price_scale.scale_of_changes`.
    is_late
        Whether the time is over, so that multipliers are tried no more: where a sum cannot be met, each try
        is a best week in vain.
    """
    worker.improve_week(agent, only_better=False)
    if not worker.arrays["violation"][agent]:
        return
    instance, sum_worth = worker.instance, worker.arrays["sum_worth"]
    option, violation = worker.arrays["option"], worker.arrays["violation"]
    sums = [
        _Sum(instance, agent, multi_day.limit, dearest)
        for multi_day in instance.multi_day_limits[agent]
        if multi_day.price is None and isinstance(multi_day.limit, Total)
    ]
    for _ in range(POLICY.most_tries):
        broken = [one for one in sums if one.pull(option[agent])]
        if violation[agent] == 0 or not broken or is_late():
            break
        for one in broken:
            sum_worth += one.change * one.weight
        worker.improve_week(agent, only_better=False)
    sum_worth[...] = 0.0


class _Sum:
    """A sum that an agent must keep within bounds, and the step of its multiplier."""

    def __init__(self, instance: Instance, agent: int, limit: Total, dearest: float) -> None:
        self.limit, self.free = limit, free_amount(limit.of)
        self.amount = instance.amount[instance.column(limit.of), int(instance.zone[agent])]
        self.weight = np.zeros(self.amount.shape)
        self.weight[list(limit.on)] += self.amount[list(limit.on)] - self.free
        for block in limit.on_any_of:
            self.weight[list(block)] += ((self.amount[list(block)] > 0) - float(self.free > 0)) / len(block)
        self.change, self._way = 0.0, 0
        largest = max(1.0, float(np.abs(self.weight).max(initial=0)))
        self._step = POLICY.first_step_factor * dearest / largest

    def pull(self, option: Int32Array) -> bool:
        """Whether these options break it; ``change`` is then what its multiplier has to change by."""
        days = np.arange(len(option))
        counted = np.where(option == FREE, self.free, self.amount[days, option])
        total = self.limit.carried_in + int(counted[list(self.limit.on)].sum())
        total += sum(bool((counted[list(block)] > 0).any()) for block in self.limit.on_any_of)
        least, most = self.limit.at_least, self.limit.at_most
        way = int(least is not None and total < least) - int(most is not None and total > most)
        if way:
            if self._way:
                self._step *= POLICY.growth if way == self._way else POLICY.shrinkage
            self.change, self._way = way * self._step, way
        return way != 0
