"""Large neighbourhood search (Shaw 1998): dives over some agents on some days, all others fixed.

Fix and optimise with column generation. A programme over a hundred agents, or over half a year, takes
minutes; one over what forty agents do in four weeks takes seconds. So large rosters are improved
neighbourhood by neighbourhood, each in the way that :mod:`scheduler.engine.columns.diving_restarts` finds
whole small ones.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

import numpy as np
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.columns.adaptive_effort import Ladder
from scheduler.engine.columns.column_pool import PooledWeek, WeekPool
from scheduler.engine.columns.diving import Dive
from scheduler.engine.columns.lns_incumbent import LnsIncumbent
from scheduler.engine.columns.restricted_master import Fractions, Master
from scheduler.engine.instance.price_scale import scale_of_heads
from scheduler.engine.instance.roster_arrays import OPEN, Offer, OptionTable
from scheduler.engine.kernel.arrays import BoolArray, Float64Array, Int64Array
from scheduler.engine.local_search.roster_state import RosterState


@dataclass(frozen=True)
class NeighbourhoodPolicy:
    """Parameters of the neighbourhoods and of the dives over them."""

    agent_days: float = 800.0
    """Agents times days of the first neighbourhoods. On nrp24 13 seven days with 114 agents came from 2,884
    to 1,621 in 40 s; on 20, 14 days with all 50 agents were the best of six shapes."""
    most_agent_days: float = 3000.0
    """Agents times days of the largest ones. Larger ones win more in a dive that ends, and end less often in
    time."""
    most_share: float = 0.5
    """Share of all agents and days that a neighbourhood has at most. A neighbourhood of everything is a fresh
    dive, which is another way to search."""
    least_days: int = 7
    """Days in a row at least: everybody on few days wins more than few agents on many (nrp24 13: 28 days with
    21 agents found nothing in 15 s)."""
    least_agents: int = 2
    """Agents at least: one alone has nobody to trade with."""
    growth: float = 1.3
    """Factor by which neighbourhoods grow after ``patience`` dives that improved nothing. Faster leaves sizes
    that still pay, slower stays longer with those that do not."""
    patience: int = 12
    """See ``growth``. Fewer grow by accident, more stay longer with a size that does not pay."""
    efforts: tuple[int, ...] = (3, 6, 12, 40)
    """Pricing calls before the next agents are fixed, by rung of the ladder. In a minute of one worker nrp24
    22 came from 242,000 to 108,000 with 40 or 12, to 86,000 with 6 or 12, to 68,000 with 3 or 6."""
    most_blocks: int = 2
    """Days are one block in a row or up to so many, none shorter than ``least_days``: hours and weekends can
    go from one block to another. On nrp24 22 one worker came in 200 s from 39,213 to 36,623 with days in a
    row, and to 36,212 with two blocks."""
    weeks_per_call: int = 2
    """Weeks of every agent that a pricing call adds: of four, most only made the programme slow. Eighty
    seconds of one worker on nrp24 22 came to 48,988 with two, to 53,854 with four and to 53,083 with one."""
    column_steps_per_call: float = 4e5
    """Simplex iterations times columns of the programme that take as long as a pricing call. It decides how
    time is divided between the two, not what is found."""
    at_once: tuple[float, ...] = (0.1, 0.2, 0.3)
    """Where no week is clear, a dive fixes this fraction of the free agents; each draws one of these. Chosen
    by hand; not varied."""


POLICY = NeighbourhoodPolicy()


@dataclass(frozen=True, eq=False)
class Neighbourhood:
    """What of a roster is free: some agents on some days.

    Parameters
    ----------
    agents
        Their numbers in order.
    days
        Shape (days,): whether a day is free; they need not follow one another.
    effort
        Rung of ``POLICY.efforts`` of what is spent on it.
    """

    agents: list[int]
    days: BoolArray
    effort: int = 0

    def opened(self, roster: OptionTable) -> OptionTable:
        """The roster with the neighbourhood left open."""
        fixed = roster.astype(np.int32)
        fixed[self._here] = OPEN
        return fixed

    def put(self, roster: OptionTable, other: OptionTable) -> OptionTable:
        """The roster with its neighbourhood taken from the other one."""
        put = roster.copy()
        put[self._here] = other[self._here]
        return put

    @property
    def _here(self) -> tuple[Int64Array, Int64Array]:
        return np.array(self.agents)[:, None], np.nonzero(self.days)[0][None, :]


@dataclass(eq=False)
class NeighbourhoodDives:
    """Dives over neighbourhoods of a roster, one after another.

    Parameters
    ----------
    prices
        Where a dive begins; the prices that dives end with are put together here.
    over
        Whether to stop at once.
    incumbent
        The incumbent that all workers improve.
    interrupter
        Ends a programme that is being solved.
    agent_days
        Agents times days of the next neighbourhood.
    taken
        Dives so far.

    Attributes
    ----------
    proof
        Prices as they were when all of the horizon had had its turn: they may prove more than others.
    """

    lagrangian: Lagrangian
    seed: int
    prices: Float64Array
    over: Callable[[], bool]
    incumbent: LnsIncumbent
    interrupter: SolveInterrupter | None = None
    agent_days: float = field(default_factory=lambda: POLICY.agent_days)
    taken: int = 0
    proof: Float64Array | None = None
    in_vain: ClassVar[bool] = False
    _failures: int = 0
    _turn: list[list[slice]] = field(default_factory=list)
    _dives_a_turn: int = 0
    _ladder: Ladder = field(default_factory=lambda: Ladder(len(POLICY.efforts)))
    _rng: np.random.Generator = field(init=False)

    def __post_init__(self) -> None:
        self._rng = np.random.default_rng(self.seed)
        self.prices = self.prices.copy()
        agents, days = self.lagrangian.instance.agents, self.lagrangian.instance.problem.grid.days
        self._largest = min(POLICY.most_agent_days, POLICY.most_share * agents * days)
        self.agent_days = min(self.agent_days, self._largest)

    def run(
        self,
        worker: RosterState,
        offer: Offer,
        *,
        once: bool,
    ) -> None:
        """Dive once, or until it is over; where there is no roster yet there is nothing to improve."""
        while not self.over() and (base := self.incumbent.newest(worker, self.prices)) is not None:
            neighbourhood = self.draw(*base.shape)
            found = self.dive(neighbourhood, base)
            if found is not None:
                # what others found meanwhile and what was found here may both help
                newest = self.incumbent.option
                both = () if newest is None or newest is base else (neighbourhood.put(newest, found),)
                for option in (*both, found):
                    cost = worker.take(option, self.prices)
                    self.incumbent.take(option, cost)
                    offer(cost, worker.snapshot)
            self.record(found is not None)
            if once:
                return

    def record(self, is_better: bool) -> None:
        """Let neighbourhoods grow when dives over those of this size improve nothing any more."""
        self._failures = 0 if is_better else self._failures + 1
        if self._failures >= POLICY.patience:
            self._failures = 0
            self.agent_days = min(self._largest, POLICY.growth * self.agent_days)

    def draw(self, agents: int, days: int) -> Neighbourhood:
        """Draw agents, all of them where they are not too many, on the next blocks of the horizon."""
        effort = self._ladder.draw(self._rng)
        is_open = np.zeros(days, bool)
        for block in self._next_blocks(
            days, min(days, max(POLICY.least_days, round(self.agent_days / agents)))
        ):
            is_open[block] = True
        few = min(agents, max(POLICY.least_agents, round(self.agent_days / is_open.sum())))
        chosen = np.sort(self._rng.choice(agents, few, replace=False)).tolist()
        return Neighbourhood(chosen, is_open, effort)

    def _next_blocks(self, days: int, length: int) -> list[slice]:
        """The next blocks, ``length`` days in all; they cover the horizon in turn, with new edges then."""
        if not self._turn:
            if self.taken:
                self.proof = self.prices.copy()
                self.incumbent.has_turned(self._dives_a_turn)
            most = min(POLICY.most_blocks, length // POLICY.least_days)
            number = int(self._rng.integers(1, 1 + max(1, most)))
            each = length // number
            edge = -int(self._rng.integers(each))
            begins = np.clip(self._rng.permutation(np.arange(edge, days, each)), 0, days - each).tolist()
            blocks = [slice(first, first + each) for first in begins]
            self._turn = [blocks[at : at + number] for at in range(0, len(blocks), number)]
            self._dives_a_turn = len(self._turn)
        return self._turn.pop()

    def dive(self, neighbourhood: Neighbourhood, base: OptionTable) -> OptionTable | None:
        """The roster with the neighbourhood solved anew, if that costs less with its charges."""
        self.taken += 1
        instance, shape = self.lagrangian.instance, self.lagrangian.shape
        days, charge = neighbourhood.opened(base), self.incumbent.charge
        fixed = {
            agent: self.incumbent.builder.automaton(agent, days[agent], charge)
            for agent in neighbourhood.agents
        }
        pool = WeekPool(self.lagrangian, neighbourhood.agents, fixed)
        if pool.add_roster(base) < len(neighbourhood.agents):
            return None
        now = [pool.weeks[agent][0] for agent in neighbourhood.agents]
        others = set(range(len(base))).difference(neighbourhood.agents)
        given = instance.heads.present(pool.cells(agent, base[agent]) for agent in others)

        def cost_of(weeks: Collection[PooledWeek]) -> float:
            present = given + instance.heads.present(week.counts for week in weeks)
            return sum(week.cost for week in weeks) + instance.heads.priced(present, neighbourhood.days)

        below_cost = cost_of(now)
        master = Master(
            instance.heads, shape, neighbourhood.agents, neighbourhood.days, given, self.interrupter
        )
        for week in now:
            master.add(week)
        at_once = float(self._rng.choice(POLICY.at_once))
        most = self._ladder.most_work
        dive = Dive(
            pool,
            master,
            self._rng,
            over=lambda: self.over() or _work(dive) > most,
            unit_price=scale_of_heads(instance, self.prices),
            most_calls=POLICY.efforts[neighbourhood.effort],
            weeks_per_call=POLICY.weeks_per_call,
        )
        dive.enlarge(master.within(self.prices))
        picked = dive.down(below_cost, at_once, partial(self.remember, master))
        won = 0.0 if picked is None else below_cost - cost_of(picked.values())
        self._ladder.record(neighbourhood.effort, won, _work(dive))
        if picked is None:
            return None
        option = base.copy()
        for agent, week in picked.items():
            option[agent] = week.options
        return option

    def remember(self, master: Master, fractions: Fractions) -> None:
        """Keep the prices that a dive ended with; the next dive over these cells begins with them."""
        mine, found = map(self.lagrangian.shape.headcounts, (self.prices, fractions.prices))
        mine.reshape(-1)[master.cells] = found.reshape(-1)[master.cells]


def _work(dive: Dive) -> float:
    """Work of a dive so far, in pricing calls; counted and not timed, so that it is the same every time."""
    return dive.calls + dive.master.programme.column_steps / POLICY.column_steps_per_call
