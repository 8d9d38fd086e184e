"""How much effort a dive gets: a ladder of efforts, each rated by its recent saving per unit of work.

The adaptive choice among operators of adaptive large neighbourhood search (Ropke and Pisinger 2006), along a
ladder. While a roster is far from good, cheap dives win most in a given time; when they have found what they
can, only dear ones find anything. On nrp24 22 a minute of dives with three pricing calls each lowered the
cost from 242,000 to 68,000, a minute of dives with forty calls to 108,000.
"""

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class EffortPolicy:
    """Parameters of the choice of an effort."""

    memory: float = 0.7
    """What a rung won and the work it took are multiplied by this with each further try of it. About the last
    three tries count: longer is smoother, and follows later."""
    best_share: float = 0.5
    """Share of the tries on the rung that pays best; the others are on the one below or above it, less often
    where that takes more work. The rest keeps what the neighbours pay known."""
    most_work_factor: float = 20.0
    """A try may take so many times the work of a usual one on the rung that pays best: single dives of four
    weeks once took 75 seconds. Less forbids rungs that may pay far from the best, more lets one try take
    minutes."""


POLICY = EffortPolicy()


@dataclass
class _Rung:
    won: float = 0.0
    work: float = 0.0
    tries: float = 0.0

    @property
    def usual(self) -> float:
        """Work of a usual try."""
        return self.work / self.tries if self.tries else 0.0

    @property
    def pays(self) -> float:
        """What a try wins for its work."""
        return self.won / self.work


@dataclass
class Ladder:
    """Rungs of growing effort; each but the lowest is reached from the one below only.

    Parameters
    ----------
    rungs
        How many there are.
    """

    rungs: int
    _rungs: list[_Rung] = field(init=False)

    def __post_init__(self) -> None:
        self._rungs = [_Rung() for _ in range(self.rungs)]

    @property
    def best(self) -> int:
        """The rung that paid best; where none won anything, the highest that was tried."""
        tried = [number for number, rung in enumerate(self._rungs) if rung.work > 0]
        return max(tried, key=lambda number: (self._rungs[number].pays, number), default=0)

    @property
    def most_work(self) -> float:
        """How much work a try may take; the unit is the caller's."""
        usual = self._rungs[self.best].usual
        return POLICY.most_work_factor * usual if usual else np.inf

    def draw(self, rng: np.random.Generator) -> int:
        """The rung for the next try: the best one, or one beside it that does not take much more work."""
        best, stays, dear = self.best, rng.random(), rng.random()
        if stays < POLICY.best_share:
            return best
        other = int(np.clip(best + rng.choice((-1, 1)), 0, self.rungs - 1))
        is_too_dear = dear * self._rungs[other].usual > self._rungs[best].usual
        return best if is_too_dear else other

    def record(self, number: int, saved_cost: float, work: float) -> None:
        """Take note of what a try has won and of the work it took."""
        rung, memory = self._rungs[number], POLICY.memory
        rung.won, rung.work = memory * rung.won + saved_cost, memory * rung.work + work
        rung.tries = memory * rung.tries + 1.0
