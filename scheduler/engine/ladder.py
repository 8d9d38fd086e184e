"""How much effort a dive is worth: a ladder of efforts, and what each rung has won for its work of late.

While a roster is far from good, cheap dives win most in a given time; when they have found what they can find,
only dear ones find anything. On nrp24 22 a minute of dives of three looks came from 242,000 to 68,000, one of
forty to 108,000, and single dives of forty looks over four weeks took 75 seconds.
"""

from dataclasses import dataclass, field

import numpy as np

MEMORY = 0.7
"""What a rung won and what it took count so much less with each further try of it."""
STAYS = 0.5
"""How often the rung that pays best is taken; otherwise the one below or above it."""


@dataclass
class Ladder:
    """Rungs of growing effort; all but the lowest are only tried from the one below.

    Parameters
    ----------
    rungs
        How many there are.
    """

    rungs: int
    _won: list[float] = field(init=False)
    _work: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self._won, self._work = [0.0] * self.rungs, [0.0] * self.rungs

    @property
    def best(self) -> int:
        """The rung that paid best; of those that won nothing the highest that was tried."""
        tried = [rung for rung in range(self.rungs) if self._work[rung] > 0]
        return max(tried, key=lambda rung: (self._won[rung] / self._work[rung], rung), default=0)

    def draw(self, rng: np.random.Generator) -> int:
        """The rung for the next try: the best one, or one beside it."""
        best = self.best
        if rng.random() < STAYS:
            return best
        return int(np.clip(best + rng.choice((-1, 1)), 0, self.rungs - 1))

    def heed(self, rung: int, won: float, work: float) -> None:
        """What a try has won, and what it took."""
        self._won[rung] = MEMORY * self._won[rung] + won
        self._work[rung] = MEMORY * self._work[rung] + work
