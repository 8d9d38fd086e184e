"""Deferred work in the Lagrangian: what placing it costs at least, at given prices.

With ``r`` portions placed in slot ``t`` and ``s`` agents on the skill, missing and superfluous ones cost
``v max(0, r - s) + u max(0, s - r)``, which is at least ``a (r - s)`` for any *price of work* ``-u <= a <=
v``. So

    sum over t of  min over s of (h[t](s) + (p[t] - a[t]) s)   +   min over places of  sum over t of a[t] r[t]

is no more than what staff and work cost together, where ``h`` is what the skill's other limits cost: for
any prices ``p``. In the second term each portion takes the cheapest interval of its own, as if it were
alone. Here ``a`` is ``p`` cut to its range, so that no certificate has to hold it.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.interval_costs import DeferredRow
from scheduler.engine.kernel.arrays import BoolArray, Float64Array, Int64Array

Number = TypeVar("Number", np.float64, np.int64)


@dataclass(frozen=True)
class SmoothingPolicy:
    """Parameters of the subgradient."""

    share_of_price: float = 0.01
    """Portions take intervals whose price is near the least one, the farther the fewer: at this fraction of
    a missing agent's price above it the ``e``-th part. With 0 all portions of a day meet in one interval,
    and in the next iteration in another one; more smooths away what intervals differ by."""


POLICY = SmoothingPolicy()


class DeferredPrice:
    """What the work of one skill costs at least.

    Portions that may be done in the same intervals are one window.
    """

    def __init__(self, row: DeferredRow) -> None:
        self.row = row
        arrived, due = row.arrived.astype(np.int64), row.due.astype(np.int64)
        # portions come in order: those of a window have arrived from `first` on, and are due at `last`
        edges = np.unique(np.concatenate([[0], arrived, due]))
        ends = edges[1:]
        first, last = np.searchsorted(arrived, ends), np.searchsorted(due, ends)
        self.count: Int64Array = np.diff(edges)
        width = int((last - first).max()) + 1
        self.inside: Int64Array = np.minimum(first[:, None] + np.arange(width), len(arrived) - 1)
        self.is_inside: BoolArray = first[:, None] + np.arange(width) <= last[:, None]

    def work_prices(self, prices: npt.NDArray[Number]) -> npt.NDArray[Number]:
        """The prices of work at prices of slots, of the same type."""
        return np.asarray(np.clip(prices, -self.row.superfluous_price, self.row.missing_price), prices.dtype)

    def _of_intervals(self, work_prices: npt.NDArray[Number]) -> npt.NDArray[Number]:
        """Price of a portion in each interval of each window, shape (windows, intervals)."""
        each = work_prices[self.row.at].sum(axis=1)
        return np.asarray(each[self.inside], work_prices.dtype)

    def whole(self, prices: Int64Array) -> int:
        """The least cost of all portions at whole prices of the line, in Python's integers."""
        each = self._of_intervals(self.work_prices(prices))
        dear = np.iinfo(np.int64).max
        least = np.where(self.is_inside, each, dear).min(axis=1)
        return sum(count * price for count, price in zip(self.count.tolist(), least.tolist(), strict=True))

    def at(self, prices: Float64Array) -> tuple[float, Float64Array]:
        """The least cost of all portions, and portions by slot of the line that nearly attain it."""
        each = np.asarray(self._of_intervals(self.work_prices(prices)), np.float64)
        each = np.where(self.is_inside, each, np.inf)
        least = each.min(axis=1)
        scale = POLICY.share_of_price * self.row.missing_price * self.row.width
        near = np.exp((least[:, None] - each) / max(scale, 1e-9))
        shares = near * (self.count / near.sum(axis=1))[:, None]
        of_intervals = np.bincount(self.inside.ravel(), shares.ravel(), minlength=len(self.row.first_slot))
        placed = np.zeros(len(prices))
        placed[self.row.at] = of_intervals[:, None]
        # beyond its range the price of work does not follow that of the slot
        placed[(prices > self.row.missing_price) | (prices < -self.row.superfluous_price)] = 0.0
        return float(self.count @ least), placed


class DeferredPrices:
    """The work of all skills."""

    def __init__(self, instance: Instance) -> None:
        self.works = [DeferredPrice(row) for row in instance.deferred]

    def without(self, staffing: npt.NDArray[Number]) -> npt.NDArray[Number]:
        """Prices of shape (skills, slots of the line) less those of work: what staff is left to cost."""
        if not self.works:
            return staffing
        left = staffing.copy()
        for work in self.works:
            left[work.row.skill] -= work.work_prices(left[work.row.skill])
        return left

    def whole(self, staffing: Int64Array) -> int:
        """What all work costs at least at whole prices."""
        return sum(work.whole(staffing[work.row.skill]) for work in self.works)

    def put(self, staffing: Float64Array, wanted: Float64Array, low: int) -> float:
        """Add the portions to a table of the cheapest staff of every slot; returns what they cost at least.

        Parameters
        ----------
        wanted
            Shape (skills, slots inside the horizon).
        low
            Slots of the line before the horizon.
        """
        total = 0.0
        for work in self.works:
            value, placed = work.at(staffing[work.row.skill])
            wanted[work.row.skill] += placed[low : low + wanted.shape[1]]
            total += value
        return total
