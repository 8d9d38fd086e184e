"""Guide prices without a linear programme: short steps along averaged slopes of L, twice over.

First a rough approach: normalised steps along a running mean of slopes, shortening geometrically, which
gets near from any guess in some dozens of evaluations. Then the volume method (Barahona & Anbil 2000), which
climbs along an average of all slopes seen so far; that average is also an estimate of the best fractional
staffing. Its step lengths aim between the best bound and the best roster known, so nothing has to be set by
hand.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scheduler.engine.lagrange import Lagrangian, Reals

APPROACH_STEPS = 60
FIRST_STEP, LAST_STEP = 0.1, 0.002
"""Mean change of a price in one step of the approach, as a part of the mean price."""


@dataclass(eq=False)
class Climb:
    """A climb of L that can be interrupted and gone on with.

    Parameters
    ----------
    prices, bound
        The best so far.
    mean
        Average of the prices near the top; a smoother guide than the best vector itself.
    """

    lagrangian: Lagrangian
    prices: Reals
    bound: float
    mean: Reals
    _slope: Reals
    _factor: float = 0.06
    _failures: int = 0
    _is_proven: bool = False
    steps: int = 0

    @classmethod
    def start(
        cls, lagrangian: Lagrangian, prices: Reals, enough: Callable[[], bool] = lambda: False
    ) -> "Climb":
        """Approach from some first prices."""
        low, high = lagrangian.box()
        priced = high > low
        scale = float(np.abs(prices[priced]).mean()) if priced.any() else 0.0
        value = lagrangian.at(prices)
        best, bound, mean = prices, value.bound, prices.copy()
        slope = np.zeros_like(prices)
        for step in range(APPROACH_STEPS):
            if enough() or not np.isfinite(value.bound) or scale == 0.0:
                break
            slope = 0.8 * slope + 0.2 * value.slope
            size = float(np.sqrt((slope[priced] ** 2).mean()))
            if size == 0.0:
                break
            length = scale * FIRST_STEP * (LAST_STEP / FIRST_STEP) ** (step / APPROACH_STEPS)
            prices = np.clip(prices + length / size * slope, low, high)
            mean += 0.05 * (prices - mean)
            value = lagrangian.at(prices)
            if value.bound > bound:
                best, bound = prices, value.bound
        value = lagrangian.at(mean)
        if value.bound > bound:
            best, bound = mean.copy(), value.bound
        return cls(lagrangian, best, bound, best.copy(), lagrangian.at(best).slope)

    def climb(self, steps: int, target: float | None, enough: Callable[[], bool] = lambda: False) -> None:
        """So many steps; ``target`` is the cost of a known roster, where there is one."""
        low, high = self.lagrangian.box()
        for _ in range(steps):
            if enough() or not np.isfinite(self.bound):
                return
            size = float((self._slope**2).sum())
            if size <= 1e-9:
                return
            distance = max(abs(self.bound) * 0.002, (target or self.bound * 1.05) - self.bound)
            prices = np.clip(self.prices + self._factor * distance / size * self._slope, low, high)
            value = self.lagrangian.at(prices)
            self.steps += 1
            ahead = float((value.slope * self._slope).sum())
            weight = self._weight(value.slope)
            self._slope = weight * value.slope + (1 - weight) * self._slope
            self.mean += 0.02 * (prices - self.mean)
            if value.bound > self.bound:
                self.prices, self.bound = prices, value.bound
                self._failures = 0
                if ahead > 0:
                    self._factor = min(1.5, self._factor * 1.1)
            else:
                self._failures += 1
                if self._failures >= 12:
                    self._failures = 0
                    self._factor *= 0.7

    def join(self, prices: Reals) -> None:
        """Prices from elsewhere that prove more end the climb; as a guide the mean stays the better one.

        The optimum of a linear programme is worth most as a proof. Its prices are extreme where many are
        equally good, and on the real week of 475 agents they led the search to rosters 0.7 % dearer.
        """
        value = self.lagrangian.at(prices)
        if value.bound > self.bound:
            self.prices, self.bound, self._slope = prices, value.bound, value.slope
            self._is_proven = True

    @property
    def is_stalled(self) -> bool:
        """Steps have become too short to be worth their time."""
        return self._is_proven or self._factor < 1e-3

    def wake(self) -> None:
        """Go on with longer steps after a stall."""
        self._factor = max(self._factor, 0.05)

    def _weight(self, slope: Reals) -> float:
        """Weight of the new slope that makes the average shortest, within bounds."""
        change = slope - self._slope
        size = float((change**2).sum())
        if size <= 0:
            return 0.1
        return float(np.clip(-float((self._slope * change).sum()) / size, 0.01, 0.15))
