"""The diving heuristic of column generation (Sadykov, Vanderbeck, Pessoa, Tahiri and Uchoa 2019).

One dive solves the master in fractions by column generation, fixes the agents whose week is clearest,
generates columns for the agents that are left, and goes on until everybody is fixed. Prices and weeks fit
those who are still free each time; a choice that turns out dear is taken back (limited discrepancy). Prices
are stabilised by a box around the best ones so far (:meth:`RestrictedMaster.keep_near`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from scheduler.engine.columns.column_pool import PooledWeek, WeekPool
from scheduler.engine.columns.restricted_master import Fractions, Master
from scheduler.engine.kernel.arrays import Float64Array

Choice = tuple[int, int]
"""An agent, and the number of a week among the agent's."""


@dataclass(frozen=True)
class DivingPolicy:
    """Parameters of a dive."""

    weeks_per_call: int = 4
    """Weeks of every agent that a pricing call adds. Dives into neighbourhoods have a number of their own."""
    most_calls: int = 40
    """Pricing calls before the next agents are fixed. Far from the best fewer win more, which is why
    neighbourhoods have a ladder of them."""
    tolerance: float = 3e-4
    """Column generation goes on while new weeks could win more than this fraction of the cost. Smaller takes
    more pricing calls for less, larger fixes agents at poor prices."""
    box: float = 0.03
    """Half width of the box around the best prices at first, as a fraction of what a head is worth. With
    boxes eight neighbourhoods of nrp24 20 took 162 pricing calls instead of 254, and came to 4,994 instead of
    5,015; smoothing halfway between the prices instead did not help on 13."""
    least_box: float = 0.001
    """Half width at least, as the same fraction. Narrower makes prices stand still, wider loses the
    stabilisation near the end."""
    shrink_factor: float = 0.4
    """Factor by which the box shrinks when new prices prove less. As in the boxstep method, the box follows
    whether the centre was left in vain."""
    growth_factor: float = 2.0
    """Factor by which it grows when new prices prove more. As in the boxstep method, the box follows whether
    leaving the centre paid."""
    release_factor: float = 4.0
    """Factor by which it grows when no prices inside it can prove more. A box that holds prices back is left
    in few steps."""
    free_calls: int = 3
    """The last pricing calls of a round of column generation have no box. They end the round at the optimum
    of the programme without the box; more take longer."""
    clear_share: float = 0.7
    """Weeks whose variable reaches this value are fixed at once. Lower fixes more at once and is wrong more
    often, higher solves more programmes."""
    dear_fraction: float = 0.005
    """A choice after which the fractions cost more by this fraction is taken back. Choosing among several
    candidates by trial instead took most of the time and ended worse (nrp24 8)."""
    most_retreats: int = 4
    """How often in a dive, at most. More save some dives and lengthen those that fail anyway."""
    noise: float = 0.1
    """Relative noise on shares, so that one dive differs from the next. Less repeats the same dive, more
    ignores what the programme says."""


POLICY = DivingPolicy()
COST_TOLERANCE = 0.5
"""Costs are whole numbers of sixtieths of a cent: less by half of one is less by one."""


@dataclass(eq=False)
class Dive:
    """One dive.

    Parameters
    ----------
    pool, master
        Weeks of the agents of the dive, and the restricted master over all of these.
    over
        Whether to stop at once.
    unit_price
        What a head is worth at known prices, in sixtieths of a cent: the unit of the box.
    most_calls
        Pricing calls before the next agents are fixed.
    weeks_per_call
        Weeks of every agent that a pricing call adds.
    settled
        Agents that are fixed, each with its week.
    calls
        Pricing calls made so far.
    """

    pool: WeekPool
    master: Master
    rng: np.random.Generator
    over: Callable[[], bool]
    unit_price: float
    most_calls: int = POLICY.most_calls
    weeks_per_call: int = POLICY.weeks_per_call
    settled: dict[int, PooledWeek] = field(default_factory=dict)
    calls: int = 0
    _box: float = field(init=False)
    _center: Float64Array | None = None
    _nets: dict[int, float] = field(default_factory=dict)
    _proven: float = -np.inf

    def __post_init__(self) -> None:
        self._box = POLICY.box * self.unit_price

    def down(
        self,
        below_cost: float,
        at_once_share: float,
        record: Callable[[Fractions], object] = lambda _: None,
    ) -> dict[int, PooledWeek] | None:
        """Everybody's week; ``None`` where the dive finds none below the cost, or in time.

        Parameters
        ----------
        below_cost
            Rosters that cost as much, in sixtieths of a cent, are not worth the dive.
        at_once_share
            Where no week is clear, this fraction of the free agents is fixed, those with the clearest weeks.
        record
            Takes the fractions while nobody is fixed.
        """
        choices: list[list[Choice]] = []
        limit, retreats = below_cost - COST_TOLERANCE, POLICY.most_retreats
        while not self.over():
            fractions = self.generated(below_cost)
            if fractions is None:
                return None
            if fractions.cost > limit and choices and retreats:
                self.unsettle(choices.pop(0))
                retreats -= 1
            elif fractions.cost > below_cost - COST_TOLERANCE:
                return None
            elif len(self.settled) == len(self.pool.agents):
                return self.settled
            else:
                choices = self.choices(fractions, at_once_share)
                dear = fractions.cost + POLICY.dear_fraction * abs(fractions.cost)
                limit = min(below_cost - COST_TOLERANCE, dear)
                if not self.settled:
                    record(fractions)
            if not choices:
                return None
            self.settle(choices[0])
        return None

    def settle(self, weeks: Iterable[Choice]) -> None:
        """Fix agents to these weeks for the rest of the dive."""
        for agent, number in weeks:
            self.settled[agent] = self.pool.weeks[agent][number]
            self.master.settle(agent, number)
        if self._center is not None:
            self._proven = self.proven(self._center, self._nets)

    def unsettle(self, weeks: Iterable[Choice]) -> None:
        """Free agents again; what they net at the best prices is not known any more."""
        for agent, number in weeks:
            del self.settled[agent]
            self.master.unsettle(agent, number)
        self._center, self._proven = None, -np.inf

    def generated(self, below_cost: float = np.inf) -> Fractions | None:
        """Generate columns for the free agents until the fractions could hardly get cheaper.

        Prices stay in a box around the best ones so far, which narrows while they prove less. It ends early
        where no roster below the cost is left.
        """
        for call in range(self.most_calls):
            near = self._center is not None and call < self.most_calls - POLICY.free_calls
            self.master.keep_near(self._center if near else None, self._box)
            fractions = self.master.fractions()
            if fractions is None or self.over():
                return None
            before = self._proven
            self.enlarge(fractions.prices)
            is_done = fractions.cost - self._proven <= POLICY.tolerance * abs(fractions.cost)
            if self._proven > below_cost - COST_TOLERANCE or (is_done and fractions.is_inside_box):
                break
            is_better = self._proven > before
            factor = (
                POLICY.release_factor
                if is_done
                else POLICY.growth_factor
                if is_better
                else POLICY.shrink_factor
            )
            self._box = max(POLICY.least_box * self.unit_price, factor * self._box)
        if near:
            self.master.keep_near(None)
            fractions = self.master.fractions()
        return fractions

    def enlarge(self, prices: Float64Array) -> None:
        """One pricing call: add the best weeks at these prices, and keep the prices if they prove most."""
        self.calls += 1
        asked = [agent for agent in self.pool.agents if agent not in self.settled]
        nets = {}
        for agent, near in self.pool.k_best(prices, self.weeks_per_call, asked):
            nets[agent] = float(near.nets[0]) if len(near.nets) else -np.inf
            for week in self.pool.add_all(agent, near.weeks):
                self.master.add(week)
        proven = self.proven(prices, nets)
        if proven > self._proven:
            self._center, self._nets, self._proven = prices, nets, proven

    def proven(self, prices: Float64Array, nets: dict[int, float]) -> float:
        """The Lagrangian bound of the dive's problem at prices where the best free weeks net so much."""
        heads = self.master.shape.headcounts(prices).reshape(-1)
        free = sum(nets[agent] for agent in self.pool.agents if agent not in self.settled)
        fixed = sum(week.cost_less_worth(heads) for week in self.settled.values())
        return self.master.least(prices) + fixed - free

    def choices(self, fractions: Fractions, at_once_share: float) -> list[list[Choice]]:
        """What to fix next, and what to fix instead each time that this turns out dear.

        First all weeks that are clear, or else the clearest of a fraction of the agents; then the clearest
        alone, then the next one.
        """
        clearest = []
        for agent, shares in fractions.shares.items():
            if agent not in self.settled:
                number = int(shares.argmax())
                share = float(shares[number]) * (1 + POLICY.noise * float(self.rng.random()))
                clearest.append((share, agent, number))
        clearest.sort(reverse=True)
        ordered = [(agent, number) for _, agent, number in clearest]
        clear = sum(share > POLICY.clear_share for share, _, _ in clearest)
        clear = clear or max(1, round(at_once_share * len(clearest)))
        alone = [[one] for one in ordered]
        return [ordered[:clear], *alone] if clear > 1 else alone
