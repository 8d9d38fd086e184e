"""One dive: solve in fractions, settle the clearest weeks, look for new weeks, go on until all are settled.

Each time prices and weeks fit those who are still open; what a choice makes dear is taken back. Dives of this
kind are the strongest heuristics around column generation (Sadykov and others 2019).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from scheduler.engine.arrays import Float64Array
from scheduler.engine.columns.column_pool import PooledWeek, WeekPool
from scheduler.engine.columns.restricted_master import Fractions, Master

Choice = tuple[int, int]
"""An agent, and the number of a week among the agent's."""

MORE_WEEKS = 4
"""Weeks of every agent that new prices add."""
MOST_LOOKS = 40
"""How often new weeks are looked for before the next agent is settled."""
TOLERANCE = 3e-4
"""Looking goes on while new weeks could win more than this part of the cost."""
REACH, LEAST_REACH = 0.03, 0.001
"""How far from the best prices so far new ones may lie, at first and at least, in parts of the unit."""
NEARER, FURTHER, FREER = 0.4, 2.0, 4.0
"""What becomes of that when new prices prove less, when they prove more, when none near by can prove more."""
LAST_LOOKS = 3
"""The last prices of a look may lie anywhere."""
CLEAR = 0.7
"""Weeks of which so much is chosen are settled."""
JUMP, ATTEMPTS = 0.005, 4
"""What costs more in fractions by such a part once it is settled is taken back, so often in a dive."""
SPREAD = 0.1
"""Size of the noise on shares that makes one dive different from the next."""


@dataclass(eq=False)
class Descent:
    """One dive.

    Parameters
    ----------
    pool, master
        Weeks of those who are open, and the programme of all of them.
    over
        Whether to stop at once.
    unit
        What a head is worth at known prices: what the nearness of prices is measured by.
    most_looks
        How often new weeks are looked for before the next agent is settled.
    more_weeks
        How many of every agent new prices add.
    settled
        Who is not open any more, with the week.
    looks
        How often new weeks were looked for so far.
    """

    pool: WeekPool
    master: Master
    rng: np.random.Generator
    over: Callable[[], bool]
    unit: float
    most_looks: int = MOST_LOOKS
    more_weeks: int = MORE_WEEKS
    settled: dict[int, PooledWeek] = field(default_factory=dict)
    looks: int = 0
    _reach: float = field(init=False)
    _center: Float64Array | None = None
    _nets: dict[int, float] = field(default_factory=dict)
    _proven: float = -np.inf

    def __post_init__(self) -> None:
        self._reach = REACH * self.unit

    def down(
        self,
        below: float,
        at_once: float,
        heed: Callable[[Fractions], object] = lambda _: None,
    ) -> dict[int, PooledWeek] | None:
        """Everybody's week, or ``None`` where there is none below the cost or no time.

        Parameters
        ----------
        below
            What costs as much is not worth the dive.
        at_once
            Where no week is clear, the clearest of so many of the agents are settled, as a part of them.
        heed
            Takes the fractions while nobody is settled.
        """
        choices: list[list[Choice]] = []
        limit, attempts = below - 0.5, ATTEMPTS
        while not self.over():
            fractions = self.looked(below)
            if fractions is None:
                return None
            if fractions.cost > limit and choices and attempts:
                self.unsettle(choices.pop(0))
                attempts -= 1
            elif fractions.cost > below - 0.5:
                return None
            elif len(self.settled) == len(self.pool.agents):
                return self.settled
            else:
                choices = self.choices(fractions, at_once)
                limit = min(below - 0.5, fractions.cost + JUMP * abs(fractions.cost))
                if not self.settled:
                    heed(fractions)
            if not choices:
                return None
            self.settle(choices[0])
        return None

    def settle(self, weeks: Iterable[Choice]) -> None:
        """Agents keep these weeks for the rest of the dive."""
        for agent, number in weeks:
            self.settled[agent] = self.pool.weeks[agent][number]
            self.master.settle(agent, number)
        if self._center is not None:
            self._proven = self.proven(self._center, self._nets)

    def unsettle(self, weeks: Iterable[Choice]) -> None:
        """Agents are open again; what they net at the best prices is not known any more."""
        for agent, number in weeks:
            del self.settled[agent]
            self.master.unsettle(agent, number)
        self._center, self._proven = None, -np.inf

    def looked(self, below: float = np.inf) -> Fractions | None:
        """Fractions for those who are open, with new weeks until they could hardly get cheaper.

        Prices stay near the best ones so far, the nearer the less they prove. It is over where nothing can
        come in below the cost.
        """
        for look in range(self.most_looks):
            near = self._center is not None and look < self.most_looks - LAST_LOOKS
            self.master.keep_near(self._center if near else None, self._reach)
            fractions = self.master.fractions()
            if fractions is None or self.over():
                return None
            before = self._proven
            self.enlarge(fractions.prices)
            is_done = fractions.cost - self._proven <= TOLERANCE * abs(fractions.cost)
            if self._proven > below - 0.5 or (is_done and fractions.strayed < 1e-6):
                break
            factor = FREER if is_done else FURTHER if self._proven > before else NEARER
            self._reach = max(LEAST_REACH * self.unit, factor * self._reach)
        if near:
            self.master.keep_near(None)
            fractions = self.master.fractions()
        return fractions

    def enlarge(self, prices: Float64Array) -> None:
        """Take up the best weeks at these prices, and remember the prices if they prove most."""
        self.looks += 1
        asked = [agent for agent in self.pool.agents if agent not in self.settled]
        nets = {}
        for agent, near in self.pool.k_best(prices, self.more_weeks, asked):
            nets[agent] = float(near.nets[0]) if len(near.nets) else -np.inf
            for week in self.pool.add_all(agent, near.weeks):
                self.master.add(week)
        proven = self.proven(prices, nets)
        if proven > self._proven:
            self._center, self._nets, self._proven = prices, nets, proven

    def proven(self, prices: Float64Array, nets: dict[int, float]) -> float:
        """What all weeks cost at least whatever is open, by prices and what the best open weeks net there."""
        heads = self.master.shape.headcounts(prices).reshape(-1)
        open_part = sum(nets[agent] for agent in self.pool.agents if agent not in self.settled)
        return (
            self.master.least(prices)
            + sum(week.less_worth(heads) for week in self.settled.values())
            - open_part
        )

    def choices(self, fractions: Fractions, at_once: float) -> list[list[Choice]]:
        """What to settle next, the clearest first.

        That is all weeks that are as good as chosen, or else the clearest of so many of the agents; if that
        turns out dear, the clearest alone, then the next one.
        """
        clearest = []
        for agent, shares in fractions.shares.items():
            if agent not in self.settled:
                number = int(shares.argmax())
                share = float(shares[number]) * (1 + SPREAD * float(self.rng.random()))
                clearest.append((share, agent, number))
        clearest.sort(reverse=True)
        ordered = [(agent, number) for _, agent, number in clearest]
        clear = sum(share > CLEAR for share, _, _ in clearest) or max(1, round(at_once * len(clearest)))
        alone = [[one] for one in ordered]
        return [ordered[:clear], *alone] if clear > 1 else alone
