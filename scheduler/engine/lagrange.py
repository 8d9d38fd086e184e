"""The Lagrangian bound: what every roster must cost, whatever the prices of one more agent.

Write a roster's cost as staffing plus own costs. With s[k, t] agents on skill k in slot t, f[k, t](s) is what
that costs, and s is tied to the roster by supply(roster) = s. Pricing that tie at p[k, t] gives for *any* p

    L(p) = sum over (k, t) of min over s of (f[k, t](s) + p[k, t] s)
           - work given by history, at its best skill
           - sum over agents of the best week at these prices (earnings less own costs)

and no legal roster costs less than L(p) (Geoffrion 1974). p[k, t] is what one more agent there is worth.
Headcounts are priced alike: p[r, d] is what one more head in row r on day d is worth.
"""

import ctypes
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scheduler.engine.kernel.bindings import MODEL_FIELDS, PLAN_FIELDS, ModelStruct, PlanStruct, exports, fill
from scheduler.engine.kinds import RowKey, kinds_of
from scheduler.engine.layouts import unpriced
from scheduler.engine.plans import Plans
from scheduler.engine.shape import Reals
from scheduler.engine.tables import Tables
from scheduler.engine.worker import FREE

NEVER = -1e300
BATCH, MOST_BATCHES = 200, 10
"""Kinds in a batch, and the most batches."""
BEGINNINGS = 400_000
"""Beginnings of weeks that a search for near weeks may hold."""

Weeks = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Value:
    """L at some prices.

    Parameters
    ----------
    bound
        L(p); infinite when some agent has no legal week or a floor is out of reach.
    slope
        A vector like the prices: staffing and heads that they ask for less what the best weeks supply.
    stuck
        Agents without any legal week under the carried rules.
    """

    bound: float
    slope: Reals
    stuck: tuple[int, ...]


class Lagrangian:
    """L and its slope for a problem; evaluations cost one best week for every kind of agent."""

    def __init__(
        self, tables: Tables, plans: Plans, pool: ThreadPoolExecutor | None = None, parts: int = 1
    ) -> None:
        self.tables, self.plans = tables, plans
        self.pool, self.parts = pool, max(1, parts if pool else 1)
        self.model = tables.struct
        self.shape = tables.shape
        self.skills, self.slots = self.shape.skills, self.shape.slots
        self.low = tables.slots.pad
        self.high = tables.slots.pad + tables.slots.inside
        self._row_keys: dict[RowKey, int] = {}
        self.kinds = kinds_of(tables, plans, self._row_keys)
        self.earned = np.full((len(self._row_keys), self.model.options), NEVER)
        self._prepare_calls()
        self._prepare_staffing()

    def _prepare_calls(self) -> None:
        """Pointers that stay the same from call to call."""
        kinds, days = self.kinds, self.model.days
        self._agents = np.array([kind.agent for kind in kinds], np.int32)
        self._counts = np.array([kind.count for kind in kinds], np.float64)
        self._groups = np.array([kind.group for kind in kinds])
        plans = self.plans
        addresses = [ctypes.addressof(plans.structs[plans.plan_of[agent]]) for agent in self._agents]
        self._plans = np.array(addresses, np.uint64)
        nothing = np.full_like(self.model.kept["price_row"], -1)
        bare = {**self.model.kept, "price_row": nothing, "variant": unpriced(self.model.kept["variant"])}
        self._unpriced = fill(ModelStruct, MODEL_FIELDS, bare)
        self._unpriced_structs = [
            fill(PlanStruct, PLAN_FIELDS, {**plan.kept, "price": None, "price_free": None})
            for plan in plans.structs
        ]
        addresses = [ctypes.addressof(self._unpriced_structs[plans.plan_of[agent]]) for agent in self._agents]
        self._unpriced_plans = np.array(addresses, np.uint64)
        self._first = np.ascontiguousarray(plans.first_state[self._agents])
        self._ready = np.ascontiguousarray(plans.ready[self._agents])
        self._row_of = np.array([kind.rows for kind in kinds], np.int64).reshape(-1, days)
        row_bytes = np.uint64(self.earned.strides[0])
        self._rows = self.earned.ctypes.data + self._row_of.astype(np.uint64) * row_bytes
        self._scratch = [np.zeros(plans.scratch) for _ in range(self.parts)]
        self._values = np.zeros(len(kinds))
        self._chosen = np.zeros((len(kinds), days), np.int32)

    def _prepare_staffing(self) -> None:
        """Bends of f as arrays over (skills, slots inside the horizon)."""
        staffing = self.tables.staffing
        inside = slice(self.low, self.high)
        holders = np.zeros((self.skills, self.slots), np.int64)
        for group in staffing.group:
            for k in staffing.groups[group][0]:
                holders[k] += 1
        self.given = np.zeros((len(staffing.groups), self.slots))
        for group, first, last in staffing.given:
            self.given[group, first : min(last, self.high)] += 1
        self.least = np.zeros((self.skills, self.high - self.low), np.int64)
        self.most = holders[:, inside].copy()
        for piece in staffing.pieces:
            if piece.hard:
                row, at = piece.skill, piece.at[inside]
                if piece.over:
                    self.most[row] = np.minimum(self.most[row], at)
                else:
                    self.least[row] = np.maximum(self.least[row], at)
        self.unreachable = bool((self.least > self.most).any())
        self.soft = [piece for piece in staffing.pieces if not piece.hard]
        heads = self.tables.heads
        self._head_costs = [heads.costs(row, hard=False) for row in range(heads.rows)]
        low, high = self.box()
        self._is_priced = low < high
        for row, costs in enumerate(self._head_costs):
            costs[heads.costs(row, hard=True) > 0] = np.inf
            self.unreachable = self.unreachable or bool(np.isinf(costs).all(axis=1).any())

    def nothing(self) -> Reals:
        """Prices of zero."""
        return self.shape.nothing()

    def box(self, *, hard: bool = True) -> tuple[Reals, Reals]:
        """Prices outside of this box are of no use, with must limits or without: lowest and highest."""
        lowest, highest = self.nothing(), self.nothing()
        low, high = self.shape.staffing(lowest), self.shape.staffing(highest)
        inside = slice(self.low, self.high)
        for piece in self.tables.staffing.pieces if hard else self.soft:
            price = piece.price * (0.2 if piece.hard else 1.0)
            bends = piece.at[inside] < (1 << 29) if piece.over else piece.at[inside] > 0
            if piece.over:
                low[piece.skill, inside] -= price * bends
            else:
                high[piece.skill, inside] += price * bends
        low, high = self.shape.headcounts(lowest), self.shape.headcounts(highest)
        for bend in self.tables.heads.pieces:
            if bend.hard and not hard:
                continue
            price = bend.price * (0.2 if bend.hard else 1.0)
            if bend.over:
                low[bend.row] -= price * (bend.at >= 0)
            else:
                high[bend.row] += price * (bend.at > 0)
        return lowest, highest

    def span(self) -> Reals:
        """How far apart the prices that matter can lie: the box, but of what is priced where anything is.

        Prices end up far inside of what a broken must is charged, so that steps in terms of that were too
        long: on the example week the bound began to rise after twenty seconds instead of two.
        """
        low, high = self.box()
        soft_low, soft_high = self.box(hard=False)
        soft = soft_high - soft_low
        return np.where(soft > 0, soft, high - low)

    def _staffing_part(self, prices: Reals) -> tuple[float, Reals]:
        """Sum over (k, t) of min over s of f(s) + p s, and the s that attain it; prices (skills, slots)."""
        p = prices[:, self.low : self.high]
        inside = slice(self.low, self.high)
        # f + p s is convex and bends only at the pieces: the least is at a bend or at an end
        best = np.full(p.shape, np.inf)
        at = np.zeros(p.shape)
        bends = [self.least, self.most]
        for piece in self.soft:
            bend = self.least.copy()
            bend[piece.skill] = piece.at[inside]
            bends.append(bend)
        for bend in bends:
            s = np.clip(bend, self.least, self.most)
            cost = p * s
            for piece in self.soft:
                off = s[piece.skill] - piece.at[inside]
                cost[piece.skill] += piece.price * np.maximum(0, off if piece.over else -off)
            better = cost < best
            best = np.where(better, cost, best)
            at = np.where(better, s, at)
        return float(best.sum()), at

    def _heads_part(self, prices: Reals) -> tuple[float, Reals]:
        """The same for headcounts, prices shaped (heads, days): every number of heads is tried."""
        total, at = 0.0, np.zeros(prices.shape)
        for row, costs in enumerate(self._head_costs):
            priced = costs + prices[row][:, None] * np.arange(costs.shape[1])
            at[row] = priced.argmin(axis=1)
            total += float(priced.min(axis=1).sum())
        return total, at

    def worth(self, prices: Reals) -> Reals:
        """What an agent of each group at work in a slot earns, shape (groups, slots)."""
        groups, staffing = self.tables.staffing.groups, self.shape.staffing(prices)
        return np.stack(
            [staffing[sorted(skills)].max(axis=0) if skills else np.zeros(self.slots) for skills, _ in groups]
        )

    def at(self, prices: Reals, with_slope: bool = True) -> Value:
        """L at a vector of prices; they must be 0 beside the horizon."""
        sums, on_heads = self._running_worth(prices)
        self._best_weeks(sums, on_heads, with_slope)
        without = np.nonzero(self._values < NEVER)[0].tolist()
        stuck = tuple(sorted(agent for i in without for agent in self.kinds[i].agents))
        if stuck or self.unreachable:
            return Value(float("inf"), np.zeros_like(prices), stuck)
        staffing, wanted = self._staffing_part(self.shape.staffing(prices))
        headcounts, wanted_heads = self._heads_part(on_heads)
        bound = staffing + headcounts - float((np.diff(sums, axis=1) * self.given).sum())
        bound -= float(self._values @ self._counts)
        slope = self._slope(prices, sums, wanted, wanted_heads) if with_slope else self.nothing()
        return Value(bound, slope, ())

    @property
    def batches(self) -> int:
        """In how many parts the kinds are looked at where a whole look takes long."""
        return max(1, min(MOST_BATCHES, len(self.kinds) // BATCH))

    def slope_by_batch(self, prices: Reals, number: int) -> Reals:
        """A slope near the true one: one batch of kinds chooses anew, the others keep their last weeks.

        Stale weeks are as old as there are batches; prices hardly move in that time, and where breaks lie
        is always looked at anew. The idea is that of stochastic average gradients (Schmidt and others 2017).
        """
        batch = number % self.batches
        first, last = (len(self.kinds) * part // self.batches for part in (batch, batch + 1))
        sums, on_heads = self._running_worth(prices)
        self._best_weeks(sums, on_heads, True, only=(first, last))
        _, wanted = self._staffing_part(self.shape.staffing(prices))
        return self._slope(prices, sums, wanted, self._heads_part(on_heads)[1])

    def _running_worth(self, prices: Reals) -> tuple[Reals, Reals]:
        """Running sums of worth, shape (groups, slots + 1), and prices of heads."""
        worth = self.worth(prices)
        sums = np.zeros((len(worth), self.slots + 1))
        np.cumsum(worth, axis=1, out=sums[:, 1:])
        return sums, np.ascontiguousarray(self.shape.headcounts(prices))

    def _slope(self, prices: Reals, sums: Reals, wanted: Reals, wanted_heads: Reals) -> Reals:
        """What the prices ask for less what the chosen weeks supply."""
        slope = self.nothing()
        staff, heads = self.shape.staffing(slope), self.shape.headcounts(slope)
        supply, present = self._supply(prices, sums)
        staff[:, self.low : self.high] = wanted
        staff -= supply
        staff[:, : self.low] = staff[:, self.high :] = 0.0
        heads[...] = wanted_heads - present
        slope *= self._is_priced  # where there is only one sensible price there is nothing to climb
        return slope

    def _supply(self, prices: Reals, sums: Reals) -> tuple[Reals, Reals]:
        """Who works when in the best weeks, each where it earns most: (skills, slots), (heads, days)."""
        by_group = self.given.copy()
        present = np.zeros((self.shape.heads, self.shape.days))
        here = ctypes.byref(self.model)
        works = self._chosen != FREE
        chosen = np.zeros(self.earned.shape)  # how many choose each option; few differ, many choose alike
        counts = np.broadcast_to(self._counts[:, None], works.shape)
        np.add.at(chosen, (self._row_of[works], self._chosen[works]), counts[works])
        for (group, regime, zone, day, heads), row in self._row_keys.items():
            exports().supply(
                here,
                regime,
                zone,
                day,
                sums[group].ctypes.data,
                heads,
                chosen[row].ctypes.data,
                by_group[group].ctypes.data,
                present.ctypes.data,
            )
        staffing = self.shape.staffing(prices)
        supply = np.zeros_like(staffing)
        for group, (skills, _) in enumerate(self.tables.staffing.groups):
            rows = sorted(skills)
            if not rows:
                continue
            mine = staffing[rows]
            ties = mine >= mine.max(axis=0) - 1e-9
            supply[rows] += ties / ties.sum(axis=0) * by_group[group]
        return supply, present

    def _best_weeks(
        self,
        sums: Reals,
        on_heads: Reals,
        with_weeks: bool,
        wages_only: bool = False,
        only: tuple[int, int] | None = None,
    ) -> None:
        """Best week of every kind, or of ``only`` some, at running sums of worth and prices of heads."""
        here = ctypes.byref(self._unpriced if wages_only else self.model)
        plans = self._unpriced_plans if wages_only else self._plans
        rows = list(self._row_keys.items())

        def earn(part: int) -> None:
            for (group, regime, zone, day, heads), row in rows[part :: self.parts]:
                exports().earnings(
                    here,
                    regime,
                    zone,
                    day,
                    sums[group].ctypes.data,
                    heads,
                    on_heads.ctypes.data,
                    self.earned[row].ctypes.data,
                )

        begin, end = only or (0, len(self.kinds))
        bounds = np.linspace(begin, end, self.parts + 1).astype(int).tolist()

        def choose(part: int) -> None:
            first, last = bounds[part], bounds[part + 1]
            if first < last:
                exports().best_weeks(
                    here,
                    last - first,
                    self._agents[first:].ctypes.data,
                    plans[first:].ctypes.data,
                    self._first[first:].ctypes.data,
                    self._ready[first:].ctypes.data,
                    self._rows[first:].ctypes.data,
                    self._scratch[part].ctypes.data,
                    self._values[first:].ctypes.data,
                    self._chosen[first:].ctypes.data if with_weeks else None,
                )

        self._share(earn)
        self._share(choose)

    def near_weeks(
        self, prices: Reals, most: int, slack: float, kinds: Sequence[int] | None = None
    ) -> list[Weeks]:
        """Of kinds, or all, the best weeks at these prices, best first: so many, none worse by ``slack``.

        Each is an array of options or ``FREE``, shape (weeks, days).
        """
        sums, on_heads = self._running_worth(prices)
        self._best_weeks(sums, on_heads, with_weeks=False, only=(0, 0))
        asked = range(len(self.kinds)) if kinds is None else kinds
        here, size = ctypes.byref(self.model), exports().size_of_beginning()
        found: list[Weeks] = [np.zeros((0, self.model.days), np.int32)] * len(asked)

        def look(part: int) -> None:
            beginnings = np.zeros(BEGINNINGS * size, np.uint8)
            heap, value = np.zeros(BEGINNINGS, np.int32), np.zeros(most)
            for place in range(part, len(asked), self.parts):
                number = asked[place]
                weeks = np.zeros((most, self.model.days), np.int32)
                count = exports().near_weeks(
                    here,
                    int(self._plans[number]),
                    int(self._agents[number]),
                    int(self._first[number]),
                    int(self._ready[number]),
                    self._rows[number:].ctypes.data,
                    self._scratch[part].ctypes.data,
                    slack,
                    most,
                    beginnings.ctypes.data,
                    heap.ctypes.data,
                    BEGINNINGS,
                    value.ctypes.data,
                    weeks.ctypes.data,
                )
                found[place] = weeks[:count]

        self._share(look)
        return found

    def _share(self, work: Callable[[int], None]) -> None:
        """Do every part, side by side where there is a pool; the result does not depend on the parts."""
        if self.pool is None or self.parts == 1:
            for part in range(self.parts):
                work(part)
        else:
            list(self.pool.map(work, range(self.parts)))

    def unavoidable_wages(self) -> int:
        """What every legal roster pays at least: the cheapest legal week of every agent, wishes left out."""
        nothing = np.zeros((len(self.tables.staffing.groups), self.slots + 1))
        no_heads = np.zeros((self.shape.heads, self.shape.days))
        self._best_weeks(nothing, no_heads, with_weeks=False, wages_only=True)
        if (self._values < NEVER).any():
            return 0
        return round(-float(self._values @ self._counts))
