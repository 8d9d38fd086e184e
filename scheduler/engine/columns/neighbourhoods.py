"""Dives into part of a large roster: some agents on some days are settled anew, all others stay as they are.

A programme over hundred agents, or over half a year, takes minutes; one over what forty agents do in four
weeks takes seconds, and knows everything else as it is. So large rosters are made better part by part (large
neighbourhood search; Shaw 1998), each part in the way that :mod:`scheduler.engine.columns.diving_restarts`
settles small ones.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

import numpy as np

from scheduler.engine.arrays import BoolArray, Float64Array, Int64Array
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.columns.adaptive_effort import Ladder
from scheduler.engine.columns.column_pool import PooledWeek, Roster, WeekPool
from scheduler.engine.columns.diving import Descent
from scheduler.engine.columns.lns_incumbent import Standing
from scheduler.engine.columns.restricted_master import Fractions, Master
from scheduler.engine.instance.price_scale import scale_of_heads
from scheduler.engine.instance.roster_arrays import OPEN, Offer
from scheduler.engine.local_search.roster_state import Worker

SIZE, LARGEST = 800.0, 3000.0
"""Agents times days of the first parts, and of the largest."""
MOST_OF_ALL = 0.5
"""Parts have no more of all agents and days."""
SHORTEST = 7
"""Days of a part at least: everybody on few days wins more than few agents on many."""
GROWTH, PATIENCE = 1.3, 12
"""Parts grow so much after so many dives in a row that bettered nothing."""
EFFORTS = (3, 6, 12, 40)
"""How often dives look for new weeks before the next agent is settled."""
MOST_PIECES = 2
"""Parts are days in a row or up to so many pieces, none shorter than ``SHORTEST``: hours and weekends can go
from one piece to another. On nrp24 22 one worker came in 200 s from 39,213 to 36,623 with days in a row, and
to 36,212 with two pieces."""
FEW_WEEKS = 2
"""Weeks of every agent that new prices add: of four, most only made the programme slow. Eighty seconds of one
worker on nrp24 22 came to 48,988 with two, to 53,854 with four and to 53,083 with one."""
COLUMN_STEPS = 4e5
"""So many steps of the simplex method times columns of the programme take as long as a look for new weeks."""
AT_ONCE = (0.1, 0.2, 0.3)
"""Where no week is clear, the clearest of so many agents are settled; each dive draws one of these."""


@dataclass(frozen=True, eq=False)
class Part:
    """What of a roster is open.

    Parameters
    ----------
    agents
        Their numbers in order.
    days
        Shape (days,): whether a day is open; they need not follow one another.
    effort
        Number among ``EFFORTS`` of what is spent on it.
    """

    agents: list[int]
    days: BoolArray
    effort: int = 0

    def held(self, roster: Roster) -> Roster:
        """The roster with the part left open."""
        held = roster.astype(np.int32)
        held[self._here] = OPEN
        return held

    def put(self, roster: Roster, other: Roster) -> Roster:
        """The roster with the part as it is in the other one."""
        put = roster.copy()
        put[self._here] = other[self._here]
        return put

    @property
    def _here(self) -> tuple[Int64Array, Int64Array]:
        return np.array(self.agents)[:, None], np.nonzero(self.days)[0][None, :]


@dataclass(eq=False)
class PartDives:
    """Dives into parts of a roster, one after another.

    Parameters
    ----------
    prices
        Where a dive looks for its first weeks; what dives find out is remembered here.
    over
        Whether to stop at once.
    standing
        The roster to go on from.

    Attributes
    ----------
    proof
        Prices as they were when all of the horizon had had its turn: they may prove more than others.
    """

    lagrangian: Lagrangian
    seed: int
    prices: Float64Array
    over: Callable[[], bool]
    standing: Standing
    size: float = SIZE
    taken: int = 0
    proof: Float64Array | None = None
    in_vain: ClassVar[bool] = False
    _failures: int = 0
    _turn: list[list[slice]] = field(default_factory=list)
    _parts_a_turn: int = 0
    _ladder: Ladder = field(default_factory=lambda: Ladder(len(EFFORTS)))
    _rng: np.random.Generator = field(init=False)

    def __post_init__(self) -> None:
        self._rng = np.random.default_rng(self.seed)
        self.prices = self.prices.copy()
        agents, days = len(self.lagrangian.tables.held), self.lagrangian.tables.problem.grid.days
        self._largest = min(LARGEST, MOST_OF_ALL * agents * days)
        self.size = min(self.size, self._largest)

    def run(
        self,
        worker: Worker,
        offer: Offer,
        *,
        once: bool,
    ) -> None:
        """Dive once, or until it is over; where there is no roster yet there is nothing to better."""
        while not self.over() and (base := self.standing.newest(worker, self.prices)) is not None:
            part = self.draw(*base.shape)
            found = self.dive(part, base)
            if found is not None:
                # what others found meanwhile and what was found here may both help
                newest = self.standing.option
                both = () if newest is None or newest is base else (part.put(newest, found),)
                for option in (*both, found):
                    cost = worker.take(option, self.prices)
                    self.standing.take(option, cost)
                    offer(cost, worker.snapshot)
            self.heed(found is not None)
            if once:
                return

    def heed(self, is_better: bool) -> None:
        """What is not bettered part by part may be in larger parts."""
        self._failures = 0 if is_better else self._failures + 1
        if self._failures >= PATIENCE:
            self._failures = 0
            self.size = min(self._largest, GROWTH * self.size)

    def draw(self, agents: int, days: int) -> Part:
        """Agents, all of them where they are not too many, on some pieces of the horizon."""
        effort = self._ladder.draw(self._rng)
        is_open = np.zeros(days, bool)
        for piece in self._next_pieces(days, min(days, max(SHORTEST, round(self.size / agents)))):
            is_open[piece] = True
        few = min(agents, max(2, round(self.size / is_open.sum())))
        chosen = np.sort(self._rng.choice(agents, few, replace=False)).tolist()
        return Part(chosen, is_open, effort)

    def _next_pieces(self, days: int, length: int) -> list[slice]:
        """The next part's, of so many days: all of the horizon in turn, each time in other pieces."""
        if not self._turn:
            if self.taken:
                self.proof = self.prices.copy()
                self.standing.has_turned(self._parts_a_turn)
            number = int(self._rng.integers(1, 1 + max(1, min(MOST_PIECES, length // SHORTEST))))
            each = length // number
            edge = -int(self._rng.integers(each))
            begins = np.clip(self._rng.permutation(np.arange(edge, days, each)), 0, days - each).tolist()
            pieces = [slice(first, first + each) for first in begins]
            self._turn = [pieces[at : at + number] for at in range(0, len(pieces), number)]
            self._parts_a_turn = len(self._turn)
        return self._turn.pop()

    def dive(self, part: Part, base: Roster) -> Roster | None:
        """The roster with the part settled anew if that costs less, with what scarce sums are charged."""
        self.taken += 1
        tables, shape = self.lagrangian.tables, self.lagrangian.shape
        days, charge = part.held(base), self.standing.charge
        held = {agent: self.standing.narrow.plan(agent, days[agent], charge) for agent in part.agents}
        pool = WeekPool(self.lagrangian, part.agents, held)
        if pool.add_roster(base) < len(part.agents):
            return None
        now = [pool.weeks[agent][0] for agent in part.agents]
        others = set(range(len(base))).difference(part.agents)
        given = tables.heads.present(pool.cells(agent, base[agent]) for agent in others)

        def cost_of(weeks: Collection[PooledWeek]) -> float:
            present = given + tables.heads.present(week.counts for week in weeks)
            return sum(week.cost for week in weeks) + tables.heads.priced(present, part.days)

        below = cost_of(now)
        master = Master(tables.heads, shape, part.agents, part.days, given)
        for week in now:
            master.add(week)
        at_once = float(self._rng.choice(AT_ONCE))
        most = self._ladder.most_work
        looks = EFFORTS[part.effort]
        unit = scale_of_heads(tables, self.prices)
        descent = Descent(
            pool, master, self._rng, lambda: self.over() or _work(descent) > most, unit, looks, FEW_WEEKS
        )
        descent.enlarge(master.within(self.prices))
        picked = descent.down(below, at_once, partial(self.remember, master))
        won = 0.0 if picked is None else below - cost_of(picked.values())
        self._ladder.heed(part.effort, won, _work(descent))
        if picked is None:
            return None
        option = base.copy()
        for agent, week in picked.items():
            option[agent] = week.options
        return option

    def remember(self, master: Master, fractions: Fractions) -> None:
        """Prices of a part, for the next dive into it."""
        mine, found = map(self.lagrangian.shape.headcounts, (self.prices, fractions.prices))
        mine.reshape(-1)[master.cells] = found.reshape(-1)[master.cells]


def _work(descent: Descent) -> float:
    """What a dive has taken so far, in looks for new weeks; counted, so that it is the same every time."""
    return descent.looks + descent.master.programme.column_steps / COLUMN_STEPS
