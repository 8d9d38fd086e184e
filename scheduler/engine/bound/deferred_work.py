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
from scheduler.engine.kernel.arrays import Float64Array, Int64Array

Number = TypeVar("Number", np.float64, np.int64)


@dataclass(frozen=True)
class SmoothingPolicy:
    """Parameters of the subgradient."""

    share_of_price: float = 0.01
    """Portions take intervals whose price is near the least one, the farther the fewer: at this fraction of
    a missing agent's price above it the ``e``-th part. With 0 all portions of a day meet in one interval,
    and in the next iteration in another one; more smooths away what intervals differ by."""


POLICY = SmoothingPolicy()


class Windows:
    """Ranges of intervals, and sums over them by blocks of doubling lengths, in time ``n log n``.

    Parameters
    ----------
    first, last
        Positions of each range.
    number_of_intervals
        How many intervals there are.
    """

    def __init__(self, first: Int64Array, last: Int64Array, number_of_intervals: int) -> None:
        lengths = last - first + 1
        self.levels = int(lengths.max()).bit_length()
        self._longest = np.array([int(length).bit_length() - 1 for length in lengths])
        self._first, self._behind = first, last + 1 - (1 << self._longest)
        # a range is a block for each bit of its length, the longest first
        self._blocks: list[tuple[Int64Array, Int64Array]] = []
        begin = first.copy()
        for level in reversed(range(self.levels)):
            has = np.flatnonzero(lengths >> level & 1)
            self._blocks.append((has, begin[has]))
            begin[has] += 1 << level
        self._intervals = number_of_intervals

    def least(self, each: npt.NDArray[Number]) -> npt.NDArray[Number]:
        """The least number of each range."""
        table = [each]
        for level in range(1, self.levels):
            before, half = table[-1], 1 << (level - 1)
            longer = before.copy()
            longer[:-half] = np.minimum(before[:-half], before[half:])
            table.append(longer)
        rows = np.stack(table)
        here, there = (rows[self._longest, block] for block in (self._first, self._behind))
        return np.asarray(np.minimum(here, there), each.dtype)

    def shared(self, weights: Float64Array, amounts: Float64Array) -> Float64Array:
        """Amounts of the ranges, each shared among its positions by their weights.

        Parameters
        ----------
        weights
            Logarithms, one a position; they may differ by more than a double could hold.
        amounts
            One a range, above 0.
        """
        sums = [weights]
        for level in range(1, self.levels):
            before, half = sums[-1], 1 << (level - 1)
            longer = before.copy()
            longer[:-half] = np.logaddexp(before[:-half], before[half:])
            sums.append(longer)
        of_ranges = np.full(len(amounts), -np.inf)
        for level, (has, begin) in zip(reversed(range(self.levels)), self._blocks, strict=True):
            of_ranges[has] = np.logaddexp(of_ranges[has], sums[level][begin])
        given = np.log(amounts) - of_ranges
        taken = np.full(self._intervals, -np.inf)  # of blocks that begin at a position, the longest first
        for level, (has, begin) in zip(reversed(range(self.levels)), self._blocks, strict=True):
            half = 1 << level
            if level + 1 < self.levels:
                halves = taken.copy()
                halves[half:] = np.logaddexp(taken[half:], taken[:-half])
                taken = halves
            np.logaddexp.at(taken, begin, given[has])
        return np.asarray(np.exp(weights + taken), np.float64)


class DeferredPrice:
    """What the work of one skill costs at least.

    Portions that may be done in the same intervals are one window.
    """

    def __init__(self, row: DeferredRow) -> None:
        self.row = row
        arrived, due = row.arrived.astype(np.int64), row.due.astype(np.int64)
        # portions come in order: those of a window have arrived from `first` on, and are due at `last`
        edges = np.unique(np.concatenate([[0], arrived, due]))
        first, last = (np.searchsorted(sums, edges[1:]) for sums in (arrived, due))
        self.count: Int64Array = np.diff(edges)
        self.windows = Windows(first, last, len(arrived))

    def work_prices(self, prices: npt.NDArray[Number]) -> npt.NDArray[Number]:
        """The prices of work at prices of slots, of the same type."""
        low, high = -self.row.superfluous_price, self.row.missing_price
        return np.asarray(np.clip(prices, low, high), prices.dtype)

    def whole(self, prices: Int64Array) -> int:
        """The least cost of all portions at whole prices of the line, in Python's integers."""
        least = self.windows.least(self.work_prices(prices)[self.row.at].sum(axis=1))
        return sum(count * price for count, price in zip(self.count.tolist(), least.tolist(), strict=True))

    def at(self, prices: Float64Array) -> tuple[float, Float64Array]:
        """The least cost of all portions, and portions by slot of the line that nearly attain it."""
        each = self.work_prices(prices)[self.row.at].sum(axis=1)
        scale = max(POLICY.share_of_price * self.row.missing_price * self.row.width, 1.0)
        placed = np.zeros(len(prices))
        placed[self.row.at] = self.windows.shared(-each / scale, self.count.astype(np.float64))[:, None]
        # beyond its range the price of work does not follow that of the slot
        placed[(prices > self.row.missing_price) | (prices < -self.row.superfluous_price)] = 0.0
        return float(self.count @ self.windows.least(each)), placed


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
