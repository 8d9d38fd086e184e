"""A bound that knows that people are whole, where few can be there.

At night two may be wanted of a crew of four. The Lagrangian, like every linear programme over weeks, sends
2.3 of them, who cover each other's breaks; in truth two leave a gap in each break, and three are one too
many. Let p be the prices, n a number of the crew, and q any prices that differ from p in the crew's stretch
of time only. Nobody else is there, at most n are in each slot, and a duty earns at most what its best layout
of breaks earns; so what staffing costs in the stretch, less what the crew's duties earn at p, is at least

    sum over the stretch of min over s <= n of (f(s) + q s)
    + n times the least, over their duties, of (earned at p - earned at q)
    - what the duties earn at p.

The first two terms are what n people cost there: the most that any q shows, and each n has a q of its own.
With a premium for each duty of the crew on a day, the cheapest number is chosen day by day: a disjunction
over n (Balas 1998) inside of a Lagrangian decomposition (Guignard and Kim 1987).
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from scheduler.domain.certificate import Certificate, CrewPrices
from scheduler.domain.money import MOST_WORTH
from scheduler.engine.arrays import Float64Array
from scheduler.engine.automata.agent_automata import Plans
from scheduler.engine.bound.certificate import rounded
from scheduler.engine.bound.crews import Crew, crews_of, tables_with
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.bound.pricing import NEVER
from scheduler.engine.bound.subgradient_adam import Steps
from scheduler.engine.instance.instance import Tables

STEPS, REACH, SHRINKS_TO = 150, 0.1, 0.005
"""Steps towards the prices of a number of people; the first as a part of the span in which a price can lie,
the last as a part of the first."""
NEAR = 2.0
"""Numbers of people that are looked at: so near what the fractions send."""
LOOKS, JITTER = 60, 0.02
"""Looks that tell how many of each crew the fractions send, and how far prices are shaken for them."""
WHOLE = 0.35
"""Fractions that are nearer to a whole number than what this leaves of a half are taken for that number."""
IMPOSSIBLE, DEAREST = 1e15, 1e12
"""What a number costs that cannot be, and the dearest premium: more than anything that is priced."""
PREMIUM_REACH = 0.05
"""First step of a premium, in parts of what one more of the crew may be worth."""


class Whole:
    """The bound with crews of a problem.

    Attributes
    ----------
    crews
        None of them where at all times many can be there; there is nothing to do then.
    """

    def __init__(
        self, tables: Tables, plans: Plans, pool: ThreadPoolExecutor | None = None, parts: int = 1
    ) -> None:
        self.crews = crews_of(tables)
        self._plain = tables.shape
        if self.crews:
            self.lagrangian = _WithCrews(tables_with(tables, self.crews), plans, self.crews, pool, parts)

    def certificate(
        self,
        certificate: Certificate,
        prices: Float64Array,
        part_done: Callable[[int], float],
        over: Callable[[], bool] = lambda: False,
    ) -> Certificate:
        """A certificate with crews at whole prices, where it proves more than the one without them.

        Parameters
        ----------
        certificate
            What was proven at the same prices without crews.
        part_done
            How much of the time for premiums is over, by the steps taken.
        over
            Whether to stop at once.
        """
        if not self.crews:
            return certificate
        whole, lagrangian = self._vector(rounded(prices)), self.lagrangian
        present = lagrangian.present(whole)
        by_crew = []
        for crew in self.crews:
            if over():
                return certificate
            rows = lagrangian.prices_by_number(crew, whole, float(present[crew.row, crew.day]))
            lagrangian.charge(crew, whole, rows)
            by_crew.append(rows)
        premiums = np.rint(lagrangian.premiums(whole, present, part_done))
        lagrangian.shape.headcounts(whole)[self._plain.heads :] = premiums[self._plain.heads :]
        bound = lagrangian.whole_bound(whole)
        if bound is None or bound <= certificate.bound:
            return certificate
        if max(float(np.abs(rows).sum(axis=1).max()) for rows in by_crew) > MOST_WORTH:
            return certificate  # more than a certificate may hold
        low = lagrangian.low
        skills = lagrangian.tables.problem.skills
        crews = tuple(
            CrewPrices(
                skill=skills[crew.skill].name,
                day=crew.day,
                first_slot=int(crew.slots[0]) - low,
                premium=int(premiums[crew.row, crew.day]),
                prices=tuple(tuple(row) for row in rows.astype(np.int64).tolist()),
            )
            for crew, rows in zip(self.crews, by_crew, strict=True)
        )
        return certificate.model_copy(update={"crews": crews, "bound": bound})

    def _vector(self, prices: Float64Array) -> Float64Array:
        """Prices without crews as a vector that has their premiums too."""
        made, shape = self.lagrangian.nothing(), self.lagrangian.shape
        staffing = shape.staffing(made)
        staffing[...] = self._plain.staffing(prices)
        staffing[:, : self.lagrangian.low] = staffing[:, self.lagrangian.high :] = 0
        shape.headcounts(made)[: self._plain.heads] = self._plain.headcounts(prices)
        return made


class _WithCrews(Lagrangian):
    """The Lagrangian with a premium for each crew, and what each number of them costs more."""

    def __init__(
        self,
        tables: Tables,
        plans: Plans,
        crews: list[Crew],
        pool: ThreadPoolExecutor | None,
        parts: int,
    ) -> None:
        super().__init__(tables, plans, pool, parts)
        self.crews = crews
        self._is_priced[...] = False
        self._has_premium = np.zeros((self.shape.heads, self.shape.days), bool)
        for crew in crews:
            self._has_premium[crew.row, crew.day] = True
            self._head_costs[crew.row][crew.day, crew.most + 1 :] = np.inf
        self._is_priced[self.skills * self.slots :] = self._has_premium.reshape(-1)

    def staffing_costs(self, crew: Crew) -> Float64Array:
        """What each number of agents costs in each slot of a crew's stretch, shape (slots, numbers)."""
        inside = crew.slots - self.low
        number = np.arange(int(self.most[crew.skill, inside].max()) + 1)
        costs = np.zeros((len(inside), len(number)))
        for piece in self.soft:
            if piece.skill == crew.skill:
                off = number - piece.at[crew.slots, None]
                costs += piece.price * np.maximum(0, off if piece.over else -off)
        least, most = self.least[crew.skill, inside, None], self.most[crew.skill, inside, None]
        return np.where((number < least) | (number > most), np.inf, costs)

    def present(self, prices: Float64Array) -> Float64Array:
        """About how many of each crew the fractions send at these prices, shape (headcounts, days)."""
        present, shaken = np.zeros((self.shape.heads, self.shape.days)), prices
        rng = np.random.default_rng(1)
        for _ in range(LOOKS):
            sums, on_heads = self._running_worth(shaken)
            self.weeks.look(sums, on_heads, True)
            present += self._supply(shaken, sums)[1] / LOOKS
            shaken = prices * rng.uniform(1 - JITTER, 1 + JITTER, len(prices))
        return present

    def prices_by_number(self, crew: Crew, prices: Float64Array, present: float) -> Float64Array:
        """The best prices found for each number of a crew but none, shape (numbers, slots); whole.

        Numbers that are far from what the fractions send will not be chosen anyway, and keep the prices.
        """
        stretch = _Stretch(self, crew, prices)
        low, high, span = (
            self.shape.staffing(side)[crew.skill, crew.slots]
            for side in (*self.box(hard=False), self.span(prices))
        )
        by_number = []
        for n in range(1, crew.most + 1):
            there, best, most = stretch.here.copy(), stretch.here, -np.inf
            steps = Steps.of(there.shape)
            for taken in range(STEPS if abs(n - present) < NEAR else 0):
                shown, slope = stretch.shown(n, there)
                if shown > most:
                    most, best = shown, there
                reach = REACH * SHRINKS_TO ** (taken / STEPS) * span
                there = np.clip(there + reach * steps.next(slope), low, high)
            by_number.append(np.rint(best))
        return np.stack(by_number)

    def charge(self, crew: Crew, prices: Float64Array, by_number: Float64Array) -> None:
        """Charge each number of a crew what it costs more than staffing is counted with at these prices.

        Where the prices themselves show more than those of a number, they take their place there.
        """
        stretch, table = _Stretch(self, crew, prices), self._head_costs[crew.row][crew.day]
        counted = stretch.least(len(self.tables.held), stretch.here)
        table[0] = stretch.least(0, stretch.here) - counted
        for n in range(1, crew.most + 1):
            shown, alike = stretch.shown(n, by_number[n - 1])[0], stretch.least(n, stretch.here)
            if alike >= shown:
                by_number[n - 1] = stretch.here
            table[n] = max(shown, alike) - counted

    def premiums(
        self, prices: Float64Array, present: Float64Array, part_done: Callable[[int], float]
    ) -> Float64Array:
        """The best premiums found at these prices, shape (headcounts, days).

        At first what makes the two numbers equally dear between which the fractions lie.
        """
        here, best = prices.copy(), prices.copy()
        most = self.at(prices, with_slope=False).bound
        heads = self.shape.headcounts(here)
        span = np.zeros(heads.shape)
        for crew in self.crews:
            table = self._head_costs[crew.row][crew.day]
            n = float(present[crew.row, crew.day])
            below, above = round(n - WHOLE), round(n + WHOLE)
            known = np.minimum(table[: crew.most + 1], IMPOSSIBLE)
            dearer = -np.diff(np.concatenate([[IMPOSSIBLE], known, [IMPOSSIBLE]]))
            if below < above:  # between two numbers
                heads[crew.row, crew.day] = dearer[above]
            else:  # so many, whatever the premium is
                heads[crew.row, crew.day] = np.clip(0.0, dearer[below + 1], dearer[below])
            near = dearer[max(0, below - 1) : above + 2]
            span[crew.row, crew.day] = np.abs(near[np.abs(near) < DEAREST]).max(initial=1.0)
        np.clip(heads, -DEAREST, DEAREST, out=heads)
        taken, pace = 0, Steps.of(heads.shape)
        while (part := part_done(taken)) < 1.0 or not taken:
            value = self.at(here)
            if value.bound > most:
                most, best = value.bound, here.copy()
            taken += 1
            step = pace.next(self.shape.headcounts(value.slope))
            heads += PREMIUM_REACH * SHRINKS_TO ** min(1.0, part) * span * step
        return self.shape.headcounts(best).copy()


class _Stretch:
    """A crew's stretch of time at some prices.

    Attributes
    ----------
    here
        The skill's prices there, shape (slots,).
    """

    def __init__(self, lagrangian: _WithCrews, crew: Crew, prices: Float64Array) -> None:
        self.crew, self.prices, self.lagrangian = crew, prices, lagrangian
        self.here = lagrangian.shape.staffing(prices)[crew.skill, crew.slots].copy()
        self.costs = lagrangian.staffing_costs(crew)
        self.of_crew = crew.may.any(axis=0)
        weeks, sums = lagrangian.weeks, lagrangian.running_worth(prices)
        rows = weeks.rows_of(np.flatnonzero(crew.may.any(axis=1)).tolist(), crew.day)
        self.before = {row: weeks.earned_alone(row, sums) for row in rows}

    def least(self, n: int, there: Float64Array) -> float:
        """The least that staffing with so many at most costs there, where each is paid these prices."""
        return float(self._priced(n, there).min(axis=1).sum())

    def shown(self, n: int, there: Float64Array) -> tuple[float, Float64Array]:
        """What so many cost at least by prices of the stretch, and which way that grows, shape (slots,)."""
        other = self.prices.copy()
        self.lagrangian.shape.staffing(other)[self.crew.skill, self.crew.slots] = there
        weeks, sums = self.lagrangian.weeks, self.lagrangian.running_worth(other)
        lost, row, option = np.inf, -1, -1
        for each, before in self.before.items():
            of_crew = self.of_crew & (before > NEVER)
            less = np.where(of_crew, before - weeks.earned_alone(each, sums), np.inf)
            if less.min() < lost:
                lost, row, option = float(less.min()), each, int(less.argmin())
        priced = self._priced(n, there)
        covered = weeks.covered_by(row, option, sums)[self.crew.slots]
        slope = priced.argmin(axis=1) - n * covered
        return float(priced.min(axis=1).sum()) + n * lost, np.asarray(slope, np.float64)

    def _priced(self, n: int, there: Float64Array) -> Float64Array:
        few = self.costs[:, : n + 1]
        return few + there[:, None] * np.arange(few.shape[1])
