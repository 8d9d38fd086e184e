"""The Lagrangian bound: what every roster must cost, whatever the prices of one more agent.

Write a roster's cost as staffing plus own costs. With s[k, t] agents on skill k in slot t, f[k, t](s) is what
that costs, and s is tied to the roster by supply(roster) = s. Pricing that tie at p[k, t] gives for *any* p

    L(p) = sum over (k, t) of min over s of (f[k, t](s) + p[k, t] s)
           - work given by history, at its best skill
           - sum over agents of the best week at these prices (earnings less own costs)

and no legal roster costs less than L(p) (Geoffrion 1974). p[k, t] is what one more agent there is worth.
Headcounts are priced alike: p[r, d] is what one more head in row r on day d is worth.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from scheduler.domain.money import MOST_COST, MOST_EXACT
from scheduler.engine.arrays import Float64Array
from scheduler.engine.automata.agent_automata import Plans
from scheduler.engine.automata.fixed_days import HeldPlan
from scheduler.engine.bound.pricing import NEVER, BestWeeks, NearWeeks
from scheduler.engine.instance.instance import Tables
from scheduler.engine.instance.price_scale import cheapest, dearest_worth

Number = TypeVar("Number", np.float64, np.int64)
TOO_DEAR = 2 * MOST_COST
"""More than any slot's staffing costs."""
BATCH, MOST_BATCHES = 200, 10
"""Kinds in a batch, and the most batches."""
TIMES_WORTH = 4.0
"""Prices that matter lie no further apart than so many times what the dearest of them is now."""


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
    slope: Float64Array
    stuck: tuple[int, ...]


class Lagrangian:
    """L and its slope for a problem; evaluations cost one best week for every kind of agent."""

    def __init__(
        self, tables: Tables, plans: Plans, pool: ThreadPoolExecutor | None = None, parts: int = 1
    ) -> None:
        self.tables, self.plans = tables, plans
        self.model = tables.struct
        self.shape = tables.shape
        self.skills, self.slots = self.shape.skills, self.shape.slots
        self.low = tables.slots.pad
        self.high = tables.slots.pad + tables.slots.inside
        self.weeks = BestWeeks(tables, plans, pool, parts)
        self.kinds, self.kind_of = self.weeks.kinds, self.weeks.kind_of
        self._prepare_staffing()

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

    def nothing(self) -> Float64Array:
        """Prices of zero."""
        return self.shape.nothing()

    def box(self, *, hard: bool = True) -> tuple[Float64Array, Float64Array]:
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

    def span(self, prices: Float64Array) -> Float64Array:
        """How far apart the prices that matter lie, near these: a part of the box.

        Prices end up far inside of what a broken must is charged, so that steps in terms of that were too
        long: on the example week the bound began to rise after twenty seconds instead of two. The same holds
        for a penalty that is never paid: with heads at 1,000 and wishes at 1, heads are worth 2.
        """
        low, high = self.box()
        soft_low, soft_high = self.box(hard=False)
        soft = soft_high - soft_low
        span = np.where(soft > 0, soft, high - low)
        for part in (self.shape.staffing, self.shape.headcounts):
            worth = dearest_worth(part(prices))
            if worth:
                most = TIMES_WORTH * max(worth, cheapest(self.tables))
                np.minimum(part(span), most, out=part(span))
        return span

    def _staffing_part(self, prices: Float64Array) -> tuple[float, Float64Array]:
        """Sum over (k, t) of min over s of f(s) + p s, and the s that attain it; prices (skills, slots)."""
        best, at = self._cheapest_staff(prices)
        return float(best.sum()), at

    def _cheapest_staff(self, prices: npt.NDArray[Number]) -> tuple[npt.NDArray[Number], Float64Array]:
        """Min over s of f(s) + p s in each (k, t), and the s that attain it, in reals or in whole numbers."""
        p = prices[:, self.low : self.high]
        inside = slice(self.low, self.high)
        # f + p s is convex and bends only at the pieces: the least is at a bend or at an end
        best = np.full(p.shape, TOO_DEAR, p.dtype)
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
        return best, at

    def _heads_part(self, prices: Float64Array) -> tuple[float, Float64Array]:
        """The same for headcounts, prices shaped (heads, days): every number of heads is tried."""
        total, at = 0.0, np.zeros(prices.shape)
        for row, costs in enumerate(self._head_costs):
            priced = costs + prices[row][:, None] * np.arange(costs.shape[1])
            at[row] = priced.argmin(axis=1)
            total += float(priced.min(axis=1).sum())
        return total, at

    def worth(self, prices: Float64Array) -> Float64Array:
        """What an agent of each group at work in a slot earns, shape (groups, slots)."""
        groups, staffing = self.tables.staffing.groups, self.shape.staffing(prices)
        return np.stack(
            [staffing[sorted(skills)].max(axis=0) if skills else np.zeros(self.slots) for skills, _ in groups]
        )

    def at(self, prices: Float64Array, with_slope: bool = True) -> Value:
        """L at a vector of prices; they must be 0 beside the horizon."""
        sums, on_heads = self._running_worth(prices)
        self.weeks.look(sums, on_heads, with_slope)
        without = np.nonzero(self.weeks.values < NEVER)[0].tolist()
        stuck = tuple(sorted(agent for i in without for agent in self.kinds[i].agents))
        if stuck or self.unreachable:
            return Value(float("inf"), np.zeros_like(prices), stuck)
        staffing, wanted = self._staffing_part(self.shape.staffing(prices))
        headcounts, wanted_heads = self._heads_part(on_heads)
        bound = staffing + headcounts - float((np.diff(sums, axis=1) * self.given).sum())
        bound -= self.weeks.total
        slope = self._slope(prices, sums, wanted, wanted_heads) if with_slope else self.nothing()
        return Value(bound, slope, ())

    def whole_bound(self, prices: Float64Array) -> int | None:
        """L at whole prices, exact however many people there are; ``None`` where it is infinite.

        Sums are Python's integers, and staffing is counted in 64 bits: a slot's stays below 2**63, as each
        price is held to ``MOST_COST`` for more people than there are. Heads and single weeks are whole
        numbers in doubles, exact below 2**53; where some are larger, more than was rounded is taken off.
        """
        value = self.at(prices, with_slope=False)
        if not np.isfinite(value.bound):
            return None
        staffing, _ = self._cheapest_staff(self.shape.staffing(prices).astype(np.int64))
        sums, on_heads = self._running_worth(prices)
        given = np.diff(sums, axis=1).astype(np.int64) * self.given.astype(np.int64)
        heads = [
            costs + on_heads[row][:, None] * np.arange(costs.shape[1])
            for row, costs in enumerate(self._head_costs)
        ]
        total: int = sum(staffing.ravel().tolist()) - sum(given.ravel().tolist()) - self.weeks.whole_total
        total += sum(round(least) for priced in heads for least in priced.min(axis=1).tolist())
        tables = [*heads, *self._head_costs, self.weeks.values, sums]
        largest = max(float(np.abs(table[np.isfinite(table)]).max(initial=0.0)) for table in tables)
        if largest >= MOST_EXACT:
            total -= int(largest * (on_heads.size + len(self.tables.held))) >> 40
        return total

    @property
    def batches(self) -> int:
        """In how many parts the kinds are looked at where a whole look takes long."""
        return max(1, min(MOST_BATCHES, len(self.kinds) // BATCH))

    def slope_by_batch(self, prices: Float64Array, number: int) -> Float64Array:
        """A slope near the true one: one batch of kinds chooses anew, the others keep their last weeks.

        Stale weeks are as old as there are batches; prices hardly move in that time, and where breaks lie
        is always looked at anew. The idea is that of stochastic average gradients (Schmidt and others 2017).
        """
        batch = number % self.batches
        first, last = (len(self.kinds) * part // self.batches for part in (batch, batch + 1))
        sums, on_heads = self._running_worth(prices)
        self.weeks.look(sums, on_heads, True, only=(first, last))
        _, wanted = self._staffing_part(self.shape.staffing(prices))
        return self._slope(prices, sums, wanted, self._heads_part(on_heads)[1])

    def running_worth(self, prices: Float64Array) -> Float64Array:
        """What an agent of each group earns in all slots before each slot, shape (groups, slots + 1)."""
        return self._running_worth(prices)[0]

    def _running_worth(self, prices: Float64Array) -> tuple[Float64Array, Float64Array]:
        """Running sums of worth, shape (groups, slots + 1), and prices of heads."""
        worth = self.worth(prices)
        sums = np.zeros((len(worth), self.slots + 1))
        np.cumsum(worth, axis=1, out=sums[:, 1:])
        return sums, np.ascontiguousarray(self.shape.headcounts(prices))

    def _slope(
        self, prices: Float64Array, sums: Float64Array, wanted: Float64Array, wanted_heads: Float64Array
    ) -> Float64Array:
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

    def _supply(self, prices: Float64Array, sums: Float64Array) -> tuple[Float64Array, Float64Array]:
        """Who works when in the best weeks, each where it earns most: (skills, slots), (heads, days)."""
        by_group = self.given.copy()
        present = np.zeros((self.shape.heads, self.shape.days))
        self.weeks.supply(sums, by_group, present)
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

    def near_weeks(
        self,
        prices: Float64Array,
        most: int,
        slack: float,
        kinds: Sequence[int] | None = None,
        held: Sequence[HeldPlan] | None = None,
    ) -> list[NearWeeks]:
        """The best weeks at a vector of prices; see :meth:`BestWeeks.near`."""
        return self.weeks.near(*self._running_worth(prices), most, slack, kinds, held)

    @cached_property
    def unavoidable_wages(self) -> int:
        """What every legal roster pays at least: the cheapest legal week of every agent, wishes left out."""
        nothing = np.zeros((len(self.tables.staffing.groups), self.slots + 1))
        no_heads = np.zeros((self.shape.heads, self.shape.days))
        self.weeks.look(nothing, no_heads, with_weeks=False, wages_only=True)
        if (self.weeks.values < NEVER).any():
            return 0
        return -self.weeks.whole_total
