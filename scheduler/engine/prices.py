"""Guide prices by the volume method, which needs no linear programme.

The volume method (Barahona & Anbil 2000) climbs L along an average of the slopes seen so far; that average
is also an estimate of the best fractional staffing. Step lengths aim at a target between the best bound and
the best roster known, so nothing has to be set by hand.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scheduler.engine.lagrange import Lagrangian, Reals


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
    _factor: float = 0.5
    _failures: int = 0
    steps: int = 0

    @classmethod
    def start(cls, lagrangian: Lagrangian, prices: Reals) -> "Climb":
        """From some first prices."""
        value = lagrangian.at(prices)
        return cls(lagrangian, prices, value.bound, prices.copy(), value.slope)

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

    @property
    def is_stalled(self) -> bool:
        """Steps have become too short to be worth their time."""
        return self._factor < 1e-3

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
