"""The Lagrangian bound (Geoffrion 1974; Held and Karp 1971): what every legal roster costs at least.

Write a roster's cost as staffing costs plus own costs of the agents. With s[k, t] agents on skill k in slot
t, f[k, t](s) is the staffing cost, and s is tied to the roster by the constraints supply(roster) = s.
Relaxing these with multipliers p[k, t] gives for *any* p

    L(p) = sum over (k, t) of min over s of (f[k, t](s) + p[k, t] s)
           - work given by history, at its best skill
           - sum over agents of the best week at these prices (earnings less own costs)

and no legal roster costs less than L(p). The price p[k, t] is what one more agent there is worth. Headcounts
are relaxed alike: p[r, d] is what one more head in row r on day d is worth. A goal over a day or a week ties
slots together; its multiplier is in :mod:`~scheduler.engine.goals.multipliers`. L is concave and piecewise
linear; what the prices ask for less what the best weeks supply is one of its subgradients.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from scheduler.domain.values.money import MOST_EXACT
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.automata.fixed_days import FixedDaysAutomaton
from scheduler.engine.bound.deferred_work import DeferredPrices
from scheduler.engine.bound.pricing import ALMOST_NEVER, PricingProblem, RankedWeeks
from scheduler.engine.goals.multipliers import GoalMultipliers
from scheduler.engine.instance.headcount_costs import UNSAID
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.interval_costs import NO_CAP, beyond
from scheduler.engine.instance.price_scale import cheapest, dearest_worth
from scheduler.engine.kernel.arrays import Float64Array, Int64Array

Number = TypeVar("Number", np.float64, np.int64)

ROUNDING_BITS = 40
"""A sum of up to 2**13 doubles is off by less than 2**13 times 2**-53 of the largest partial sum, which is
2**-40 of it: every addition rounds by 2**-53 of its result at most. Running sums over four weeks in slots of
five minutes are no longer than that, nor is what a week adds up. Beyond it the verifier recounts exactly all
the same."""


@dataclass(frozen=True)
class LagrangianPolicy:
    """Parameters of how L is evaluated and where its prices may lie."""

    hard_fraction: float = 0.2
    """Prices reach so far towards the charge for a broken ``must``, as a fraction of it: that charge is fifty
    times the dearest price, and no roster is worth so much. Lower cuts off prices that prove a shortage,
    higher lets one step go too far."""
    worth_factor: float = 4.0
    """Steps are measured in a span, which is this many times the dearest price now. On the example week (30
    s, four seeds) that raised the bound from 39,238 to 39,269, and rosters came out 0.17 % cheaper."""
    batch_classes: int = 200
    """Pricing classes in a batch. On 300 different agents batches of a half to a ninth of them proved no more
    than all at once (210,267 to 209,656 against 210,303 after 12 s), so smaller problems have one batch."""
    most_batches: int = 10
    """Batches at most; with as many, a week is up to so many iterations old. More make an iteration cheaper
    and its subgradient older."""
    tie_price: float = 1e-9
    """Prices of two skills that differ by less count as equal. Whole prices differ by one at least."""


POLICY = LagrangianPolicy()


@dataclass(frozen=True, eq=False)
class Value:
    """L at some prices.

    Parameters
    ----------
    bound
        L(p) in sixtieths of a cent; infinite when some agent has no legal week or a minimum is out of reach.
    subgradient
        A vector like the prices: staffing and heads that they ask for less what the best weeks supply.
    stuck
        Agents without any legal week under the carried rules.
    """

    bound: float
    subgradient: Float64Array
    stuck: tuple[int, ...]


class Lagrangian:
    """L and its subgradients; an evaluation takes one best week for every pricing class."""

    def __init__(
        self,
        instance: Instance,
        automata: WeekAutomata,
        pool: ThreadPoolExecutor | None = None,
        shares: int = 1,
    ) -> None:
        self.instance, self.automata = instance, automata
        self.model = instance.struct
        self.shape = instance.shape
        self.skills, self.slots = self.shape.skills, self.shape.slots
        self.low = instance.slots.pad
        self.high = instance.slots.pad + instance.slots.inside
        self.pricing = PricingProblem(instance, automata, pool, shares)
        self.classes, self.class_of = self.pricing.classes, self.pricing.class_of
        self._prepare_staffing()

    def _prepare_staffing(self) -> None:
        """Breakpoints of f as arrays over (skills, slots inside the horizon)."""
        staffing = self.instance.staffing
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
        for one in staffing.breakpoints:
            if one.hard:
                row, at = one.skill, one.at[inside]
                if one.over:
                    self.most[row] = np.minimum(self.most[row], at)
                else:
                    self.least[row] = np.maximum(self.least[row], at)
        self.unreachable = bool((self.least > self.most).any())
        self.goals = GoalMultipliers(self.instance)
        self.unreachable = self.unreachable or bool(self.goals.unreachable)
        self.deferred = DeferredPrices(self.instance)
        self.soft = [one for one in staffing.breakpoints if not (one.hard or one.is_placed)]
        self._points, self._costs_there = self._ends_and_breakpoints()
        heads = self.instance.heads
        self._head_costs = [heads.costs(row, hard=False) for row in range(heads.rows)]
        low, high = self.box()
        self._is_priced = low < high
        soft_low, soft_high = self.box(hard=False)
        self._widest = np.where(soft_high > soft_low, soft_high - soft_low, high - low)
        for row, costs in enumerate(self._head_costs):
            costs[heads.costs(row, hard=True) > 0] = np.inf
            self.unreachable = self.unreachable or bool(np.isinf(costs).all(axis=1).any())

    def _ends_and_breakpoints(self) -> tuple[Int64Array, Int64Array]:
        """Numbers of staff at which f + p s can be least, and f there, shape (numbers, skills, slots)."""
        inside = slice(self.low, self.high)
        of = [[one for one in self.soft if one.skill == skill] for skill in range(self.skills)]
        points = np.stack([self.least, self.most, *[self.least] * max(map(len, of), default=0)])
        for skill, ones in enumerate(of):
            for number, one in enumerate(ones, start=2):
                points[number, skill] = np.clip(one.at[inside], self.least[skill], self.most[skill])
        costs = np.zeros_like(points)
        for one in self.soft:
            costs[:, one.skill] += one.price * beyond(points[:, one.skill], one.at[inside], one.over)
        return points, costs

    def nothing(self) -> Float64Array:
        """Prices of zero."""
        return self.shape.nothing()

    def box(self, *, hard: bool = True) -> tuple[Float64Array, Float64Array]:
        """Lowest and highest prices that are of use: beyond the slopes of f, L only falls.

        Parameters
        ----------
        hard
            Whether limits that must be kept widen the box.
        """
        lowest, highest = self.nothing(), self.nothing()
        low, high = self.shape.staffing(lowest), self.shape.staffing(highest)
        inside = slice(self.low, self.high)
        for one in self.instance.staffing.breakpoints:
            if one.hard and not hard:
                continue
            price = one.price * (POLICY.hard_fraction if one.hard else 1.0)
            if one.over:
                low[one.skill, inside] -= price * (one.at[inside] < NO_CAP)
            else:
                high[one.skill, inside] += price * (one.is_placed | (one.at[inside] > 0))
        for goal in self.goals.goals:
            if hard or not goal.row.hard:
                most = goal.row.answered.max(axis=1, initial=0)[goal.row.position]
                high[goal.row.skill, goal.row.at] += goal.highest * most
        low, high = self.shape.headcounts(lowest), self.shape.headcounts(highest)
        for wanted in self.instance.heads.breakpoints:
            if wanted.hard and not hard:
                continue
            price = wanted.price * (POLICY.hard_fraction if wanted.hard else 1.0)
            if wanted.over:
                low[wanted.row] -= price * (wanted.at != UNSAID)
            else:
                high[wanted.row] += price * (wanted.at > 0)
        return lowest, highest

    def span(self, prices: Float64Array) -> Float64Array:
        """How wide the range of prices is in which the best ones lie, near these; at most that of the box.

        The best prices are far below what a broken ``must`` is charged, so steps in terms of that charge were
        too long: on the example week the bound began to rise after twenty seconds instead of two. The same
        holds for a penalty that is never paid: with heads at 1,000 and wishes at 1, heads are worth 2.
        """
        span = self._widest.copy()
        for part in (self.shape.staffing, self.shape.headcounts):
            worth = dearest_worth(part(prices))
            if worth:
                most = POLICY.worth_factor * max(worth, cheapest(self.instance))
                np.minimum(part(span), most, out=part(span))
        return span

    def _staffing_part(self, prices: Float64Array) -> tuple[float, Float64Array]:
        """Sum over (k, t) of min over s of f(s) + p s, and the s that attain it; prices (skills, slots)."""
        best, at = self._cheapest_staff(prices)
        of_goals = self.goals.put(prices, best, at, self.low) if self.goals.goals else 0.0
        of_work = self.deferred.put(prices, at, self.low) if self.deferred.works else 0.0
        return float(best.sum()) + of_goals + of_work, at

    def _cheapest_staff(self, prices: npt.NDArray[Number]) -> tuple[npt.NDArray[Number], Float64Array]:
        """Min over s of f(s) + p s in each (k, t), and the s that attain it, in reals or in whole numbers."""
        # f + p s is convex and piecewise linear: the least is at a breakpoint or at an end
        left = self.deferred.without(prices)  # what work is worth is counted with it
        costs = left[:, self.low : self.high] * self._points + self._costs_there
        first = costs.argmin(axis=0, keepdims=True)
        best, at = (np.take_along_axis(table, first, axis=0)[0] for table in (costs, self._points))
        return best, at.astype(np.float64)

    def _heads_part(self, prices: Float64Array) -> tuple[float, Float64Array]:
        """The same for headcounts, prices shaped (heads, days): every number of heads is tried."""
        total, at = 0.0, np.zeros(prices.shape)
        for row, priced in enumerate(self._priced_heads(prices)):
            at[row] = priced.argmin(axis=1)
            total += float(priced.min(axis=1).sum())
        return total, at

    def _priced_heads(self, prices: Float64Array) -> Iterator[Float64Array]:
        """Of each row what each number of heads costs at its price, shape (days, heads + 1)."""
        for costs, of_days in zip(self._head_costs, prices, strict=True):
            yield costs + of_days[:, None] * np.arange(costs.shape[1])

    def worth(self, prices: Float64Array) -> Float64Array:
        """What an agent of each group at work in a slot earns, shape (groups, slots)."""
        groups, staffing = self.instance.staffing.groups, self.shape.staffing(prices)
        return np.stack(
            [staffing[sorted(skills)].max(axis=0) if skills else np.zeros(self.slots) for skills, _ in groups]
        )

    def at(self, prices: Float64Array, with_subgradient: bool = True) -> Value:
        """L at a vector of prices, which must be 0 outside of the horizon."""
        sums, on_heads = self._running_worth(prices)
        self.pricing.solve(sums, on_heads, with_subgradient)
        without = np.nonzero(self.pricing.values < ALMOST_NEVER)[0].tolist()
        stuck = tuple(sorted(agent for i in without for agent in self.classes[i].agents))
        if stuck or self.unreachable:
            return Value(float("inf"), np.zeros_like(prices), stuck)
        staffing, wanted = self._staffing_part(self.shape.staffing(prices))
        headcounts, wanted_heads = self._heads_part(on_heads)
        bound = staffing + headcounts - float((np.diff(sums, axis=1) * self.given).sum())
        bound -= self.pricing.total
        subgradient = (
            self._subgradient(prices, sums, wanted, wanted_heads) if with_subgradient else self.nothing()
        )
        return Value(bound, subgradient, ())

    def whole_bound(self, prices: Float64Array) -> int | None:
        """L at whole prices in sixtieths of a cent, exact for any number of people; ``None`` if infinite.

        Sums are Python's integers, and staffing is counted in 64 bits: a slot's stays below 2**63, as each
        price is held to ``MOST_COST`` for more people than there are. Heads and single weeks are whole
        numbers in doubles, exact below 2**53; where some are larger, more than was rounded is taken off (see
        ``ROUNDING_BITS``).
        """
        value = self.at(prices, with_subgradient=False)
        if not np.isfinite(value.bound):
            return None
        whole = self.shape.staffing(prices).astype(np.int64)
        staffing, _ = self._cheapest_staff(whole)
        of_goals = 0
        for goal in self.goals.goals:
            row = goal.row
            staffing[row.skill, row.at - self.low] = 0
            of_goals += goal.whole(whole[row.skill, row.at])
        sums, on_heads = self._running_worth(prices)
        given = np.diff(sums, axis=1).astype(np.int64) * self.given.astype(np.int64)
        heads = list(self._priced_heads(on_heads))
        total: int = sum(staffing.ravel().tolist()) - sum(given.ravel().tolist()) - self.pricing.whole_total
        total += of_goals + self.deferred.whole(whole)
        total += sum(round(least) for priced in heads for least in priced.min(axis=1).tolist())
        tables = [*heads, *self._head_costs, self.pricing.values, sums]
        largest = max(float(np.abs(table[np.isfinite(table)]).max(initial=0.0)) for table in tables)
        if largest >= MOST_EXACT:
            total -= int(largest * (on_heads.size + self.instance.agents)) >> ROUNDING_BITS
        return total

    @property
    def batches(self) -> int:
        """Into how many batches the classes are divided where a full pricing call takes long."""
        return max(1, min(POLICY.most_batches, len(self.classes) // POLICY.batch_classes))

    def subgradient_by_batch(self, prices: Float64Array, number: int) -> Float64Array:
        """An approximate subgradient: one batch of classes is priced, the others keep their last weeks.

        Weeks are at most as many iterations old as there are batches; prices hardly move in that time, and
        breaks are laid anew each time. The idea is that of stochastic average gradients (Schmidt, Le Roux and
        Bach 2017).
        """
        batch = number % self.batches
        first, last = (len(self.classes) * edge // self.batches for edge in (batch, batch + 1))
        sums, on_heads = self._running_worth(prices)
        self.pricing.solve(sums, on_heads, True, only=(first, last))
        _, wanted = self._staffing_part(self.shape.staffing(prices))
        return self._subgradient(prices, sums, wanted, self._heads_part(on_heads)[1])

    def running_worth(self, prices: Float64Array) -> Float64Array:
        """What an agent of each group earns in all slots before each slot, shape (groups, slots + 1)."""
        return self._running_worth(prices)[0]

    def _running_worth(self, prices: Float64Array) -> tuple[Float64Array, Float64Array]:
        """Running sums of worth, shape (groups, slots + 1), and prices of heads."""
        worth = self.worth(prices)
        sums = np.zeros((len(worth), self.slots + 1))
        np.cumsum(worth, axis=1, out=sums[:, 1:])
        return sums, np.ascontiguousarray(self.shape.headcounts(prices))

    def _subgradient(
        self, prices: Float64Array, sums: Float64Array, wanted: Float64Array, wanted_heads: Float64Array
    ) -> Float64Array:
        """What the prices ask for less what the chosen weeks supply, where prices are free."""
        subgradient = self.nothing()
        staff, heads = self.shape.staffing(subgradient), self.shape.headcounts(subgradient)
        supply, present = self._supply(prices, sums)
        staff[:, self.low : self.high] = wanted
        staff -= supply
        staff[:, : self.low] = staff[:, self.high :] = 0.0
        heads[...] = wanted_heads - present
        subgradient *= self._is_priced  # where the box is one price there is nothing to ascend
        return subgradient

    def _supply(self, prices: Float64Array, sums: Float64Array) -> tuple[Float64Array, Float64Array]:
        """Who works when in the best weeks, each where it earns most: (skills, slots), (heads, days)."""
        by_group = self.given.copy()
        present = np.zeros((self.shape.heads, self.shape.days))
        self.pricing.supply(sums, by_group, present)
        staffing = self.shape.staffing(prices)
        supply = np.zeros_like(staffing)
        for group, (skills, _) in enumerate(self.instance.staffing.groups):
            rows = sorted(skills)
            if not rows:
                continue
            mine = staffing[rows]
            ties = mine >= mine.max(axis=0) - POLICY.tie_price
            supply[rows] += ties / ties.sum(axis=0) * by_group[group]
        return supply, present

    def k_best_weeks(
        self,
        prices: Float64Array,
        most_weeks: int,
        slack: float,
        classes: Sequence[int] | None = None,
        fixed: Sequence[FixedDaysAutomaton] | None = None,
    ) -> list[RankedWeeks]:
        """The k best weeks at a vector of prices; see :meth:`PricingProblem.k_best`."""
        return self.pricing.k_best(*self._running_worth(prices), most_weeks, slack, classes, fixed)

    @cached_property
    def unavoidable_wages(self) -> int:
        """Wages that every legal roster pays at least: the cheapest week of each agent, wishes left out."""
        nothing = np.zeros((len(self.instance.staffing.groups), self.slots + 1))
        no_heads = np.zeros((self.shape.heads, self.shape.days))
        self.pricing.solve(nothing, no_heads, with_weeks=False, wages_only=True)
        if (self.pricing.values < ALMOST_NEVER).any():
            return 0
        return -self.pricing.whole_total
