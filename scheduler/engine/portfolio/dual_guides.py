"""Which prices lead the search: several means are at hand, and rosters found under each decide.

No measure of a price vector tells how good a guide it is: the best bound is not the best guide. So every
cycle that begins afresh is a pilot of one of them.
"""

from dataclasses import dataclass, field

from scheduler.engine.bound.subgradient_adam import Climb
from scheduler.engine.bound.volume_method import Volume
from scheduler.engine.instance.price_vector import Reals

NAMES = ("both", "volume", "climb")
"""The middle of the two means first: it was never far from the better one."""


@dataclass(eq=False)
class Guides:
    """The means of two climbs and what came of following them.

    Parameters
    ----------
    cheapest
        By name of the guide, the least cost of a roster that a cycle under it ended with.
    """

    climb: Climb
    volume: Volume
    cheapest: dict[str, int] = field(default_factory=dict)
    _tried: int = 0

    def prices(self, name: str) -> Reals:
        """The guide of that name as it is now; the climb's where there was no time for the volume method."""
        if self.volume.iterations == 0:
            return self.climb.mean.copy()
        match name:
            case "volume":
                return self.volume.mean.copy()
            case "climb":
                return self.climb.mean.copy()
            case _:
                return (self.volume.mean + self.climb.mean) / 2

    def next_to_try(self) -> str:
        """The next one that has no pilot yet, else the best."""
        self._tried += 1
        return NAMES[self._tried - 1] if self._tried <= len(NAMES) else self.best

    def judge(self, name: str, cost: int) -> None:
        """Remember what a pilot ended with."""
        self.cheapest[name] = min(cost, self.cheapest.get(name, cost))

    @property
    def best(self) -> str:
        """The guide of the cheapest roster so far."""
        return min(self.cheapest, key=lambda name: self.cheapest[name], default=NAMES[0])
