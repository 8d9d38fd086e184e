"""Guide prices without a linear programme: the volume method on exact best weeks.

The volume method (Barahona & Anbil 2000) climbs L along an average of the slopes seen so far; that average
is also an estimate of the best fractional staffing. Step lengths aim between the best bound and the best
roster known, so nothing has to be set by hand. They never become so short that the climb stands still, for
the mean of many good price vectors guides a search better than the best one does.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scheduler.engine.lagrange import Lagrangian, Reals

SHORTEST = 1e-3
"""Least step factor; below it nothing is gained any more."""
FURTHEST = 0.012
"""Steps aim at most so far above the bound, as a part of it: a first roster is far away, and no target."""
IDLE_STEPS = 250
"""After so many steps without a gain of a hundred-thousandth the climb rests."""


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
    _is_proven: bool = False
    _idle: int = 0
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
            known = np.inf if target is None else target - self.bound
            distance = max(0.002 * abs(self.bound), min(FURTHEST * abs(self.bound), known))
            prices = np.clip(self.prices + self._factor * distance / size * self._slope, low, high)
            value = self.lagrangian.at(prices)
            self.steps += 1
            ahead = float((value.slope * self._slope).sum())
            weight = self._weight(value.slope)
            self._slope = weight * value.slope + (1 - weight) * self._slope
            self.mean += 0.02 * (prices - self.mean)
            self._idle += 1
            if value.bound > self.bound + 1e-5 * abs(self.bound):
                self._idle = 0
            if value.bound > self.bound:
                self.prices, self.bound = prices, value.bound
                self._failures = 0
                if ahead > 0:
                    self._factor = min(1.5, self._factor * 1.1)
            else:
                self._failures += 1
                if self._failures >= 12:
                    self._failures = 0
                    self._factor = max(SHORTEST, 0.7 * self._factor)

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
    def is_done(self) -> bool:
        """Whether more steps would hardly change anything."""
        return self._is_proven or self._idle >= IDLE_STEPS

    def wake(self) -> None:
        """Go on after standing still, with longer steps."""
        self._idle = 0
        self._factor = max(self._factor, 0.02)

    def _weight(self, slope: Reals) -> float:
        """Weight of the new slope that makes the average shortest, within bounds."""
        change = slope - self._slope
        size = float((change**2).sum())
        if size <= 0:
            return 0.1
        return float(np.clip(-float((self._slope * change).sum()) / size, 0.01, 0.15))
