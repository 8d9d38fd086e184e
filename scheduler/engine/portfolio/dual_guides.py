"""Which dual prices lead the search: several means of them, judged by the rosters found under each.

No measure of a price vector tells how good a guide it is: the best bound is not the best guide. So every
cycle that begins afresh is a pilot run under one of them (after the pilot method of Duin and Voss 1999).
"""

from dataclasses import dataclass, field

from scheduler.engine.bound.subgradient_adam import SubgradientAscent
from scheduler.engine.bound.volume_method import VolumeMethod
from scheduler.engine.kernel.arrays import Float64Array

NAMES = ("both", "volume", "ascent")
"""The middle of the two means first: on cc475 and the example week it was never far from the better one."""


@dataclass(eq=False)
class Guides:
    """The mean prices of two ascents, and what rosters came of following them.

    Parameters
    ----------
    cheapest
        By name of the guide, the least cost of a roster that a cycle under it ended with.
    """

    ascent: SubgradientAscent
    volume: VolumeMethod
    cheapest: dict[str, int] = field(default_factory=dict)
    _tried: int = 0

    def prices(self, name: str) -> Float64Array:
        """The guide of that name as it is now; the ascent's where there was no time for the volume method."""
        if self.volume.iterations == 0:
            return self.ascent.mean.copy()
        match name:
            case "volume":
                return self.volume.mean.copy()
            case "ascent":
                return self.ascent.mean.copy()
            case _:
                return (self.volume.mean + self.ascent.mean) / 2

    def next_to_try(self) -> str:
        """The next one that had no pilot run yet, else the best."""
        self._tried += 1
        return NAMES[self._tried - 1] if self._tried <= len(NAMES) else self.best

    def judge(self, name: str, cost: int) -> None:
        """Take note of the cost that a pilot run ended with."""
        self.cheapest[name] = min(cost, self.cheapest.get(name, cost))

    @property
    def best(self) -> str:
        """The guide of the cheapest roster so far."""
        return min(self.cheapest, key=lambda name: self.cheapest[name], default=NAMES[0])
