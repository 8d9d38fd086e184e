"""The layout of a vector of prices (multipliers): one per skill and slot, then one per headcount row and day.

All are in sixtieths of a cent.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from scheduler.engine.kernel.arrays import BoolArray, Float64Array

Vector = TypeVar("Vector", Float64Array, BoolArray)


@dataclass(frozen=True)
class PriceShape:
    """How many skills, slots, headcount rows and days a vector of prices has."""

    skills: int
    slots: int
    heads: int
    days: int

    @property
    def size(self) -> int:
        """Length of a vector."""
        return self.skills * self.slots + self.heads * self.days

    def nothing(self) -> Float64Array:
        """A vector of zeros, shape (size,)."""
        return np.zeros(self.size)

    def staffing(self, prices: Vector) -> Vector:
        """What one more agent is worth, a view of shape (skills, slots)."""
        return prices[: self.skills * self.slots].reshape(self.skills, self.slots)

    def headcounts(self, prices: Vector) -> Vector:
        """What one more head is worth, a view of shape (heads, days)."""
        return prices[self.skills * self.slots :].reshape(self.heads, self.days)
