"""How much effort a dive is worth: a ladder of efforts, and what each rung has won for its work of late.

While a roster is far from good, cheap dives win most in a given time; when they have found what they can
find, only dear ones find anything. On nrp24 22 a minute of dives of three looks came from 242,000 to 68,000,
one of forty to 108,000, and single dives of forty looks over four weeks took 75 seconds.
"""

from dataclasses import dataclass, field

import numpy as np

MEMORY = 0.7
"""What a rung won and what it took count so much less with each further try of it."""
STAYS = 0.5
"""How often the rung that pays best is taken; otherwise it is the one below or above it, and less often where
that takes more work."""
MOST_TIMES = 20.0
"""A try may take so many times what one on the rung that pays best usually takes."""


@dataclass
class _Rung:
    won: float = 0.0
    work: float = 0.0
    tries: float = 0.0

    @property
    def usual(self) -> float:
        """Work of a try."""
        return self.work / self.tries if self.tries else 0.0

    @property
    def pays(self) -> float:
        """What a try wins for its work."""
        return self.won / self.work


@dataclass
class Ladder:
    """Rungs of growing effort; all but the lowest are only tried from the one below.

    Parameters
    ----------
    length
        How many there are.
    """

    length: int
    _rungs: list[_Rung] = field(init=False)

    def __post_init__(self) -> None:
        self._rungs = [_Rung() for _ in range(self.length)]

    @property
    def best(self) -> int:
        """The rung that paid best; of those that won nothing the highest that was tried."""
        tried = [number for number, rung in enumerate(self._rungs) if rung.work > 0]
        return max(tried, key=lambda number: (self._rungs[number].pays, number), default=0)

    @property
    def most_work(self) -> float:
        """What a try may take."""
        usual = self._rungs[self.best].usual
        return MOST_TIMES * usual if usual else np.inf

    def draw(self, rng: np.random.Generator) -> int:
        """The rung for the next try: the best one, or one beside it that does not take much more work."""
        best, stays, dear = self.best, rng.random(), rng.random()
        if stays < STAYS:
            return best
        other = int(np.clip(best + rng.choice((-1, 1)), 0, self.length - 1))
        is_too_dear = dear * self._rungs[other].usual > self._rungs[best].usual
        return best if is_too_dear else other

    def heed(self, number: int, won: float, work: float) -> None:
        """What a try has won, and what it took."""
        rung = self._rungs[number]
        rung.won, rung.work = MEMORY * rung.won + won, MEMORY * rung.work + work
        rung.tries = MEMORY * rung.tries + 1.0
