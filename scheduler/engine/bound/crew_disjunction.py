"""The crew disjunction: a stronger bound where few can be at work, from whole numbers of people.

At night two may be wanted of a crew of four. The Lagrangian, like every linear programme over weeks, sends
2.3 of them, who cover each other's breaks; in truth two leave a gap in each break, and three are one too
many. Let p be the prices, n how many of the crew are at work, and q any prices that differ from p for the
crew's skill in its period only. Nobody else is there, so that the sum of f(s) + p s over the period, less
what the n duties earn at p, is the same at q. At most n are in each slot, and no duty earns more than with
its best layout of breaks. So it is at least H(n), less what the duties earn at p with their best layouts,

    H(n) = sum over the period of min over s <= n of (f(s) + q s)
           + n times the least, over the crew's duties, of (earned at p - earned at q)

with best layouts. That holds for any q; each n has a q of its own. With a premium for each duty of the crew,
the cheapest n takes the place of the period's own minimum in L: a disjunction over n (Balas 1998) inside of a
Lagrangian decomposition (Guignard and Kim 1987). The proof is in docs/mathematics.md, section 9.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from scheduler.domain.results.certificate import Certificate, CrewPrices
from scheduler.domain.values.money import MOST_EXACT, MOST_WORTH
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.certificate import rounded
from scheduler.engine.bound.crew_period import CrewPeriod
from scheduler.engine.bound.crews import Crew, crews_of, instance_with
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.bound.subgradient_adam import AdamSteps
from scheduler.engine.instance.instance import Instance
from scheduler.engine.kernel.arrays import Float64Array


@dataclass(frozen=True)
class CrewBoundPolicy:
    """Parameters of the ascents for crews.

    On the example week they raise the bound from 39,316 to 39,920 in two seconds.
    """

    iterations: int = 40
    """Of the ascents to the prices of a crew's sizes, at most; fewer where time is short. On the example
    week 25 prove 39,697 with 150 iterations of the premiums, 40 prove 39,874 and 150 prove 39,876."""
    reach: float = 0.6
    """First step of that ascent, as a fraction of the span in which a price can lie. With 0.1 it takes 150
    iterations to prove what 40 prove with 0.6."""
    last_step_fraction: float = 0.005
    """Last step as a fraction of the first, of both ascents. Smaller ends nearer to the optimum of a long
    ascent, larger moves on longer."""
    premium_reach: float = 0.15
    """First step of a premium, as a fraction of what one more of a crew may be worth. 40, 60 and 100
    iterations prove 39,910, 39,924 and 39,927 on the example week; with 0.1 they prove 39,895, 39,926 and
    39,927, with 0.2 39,870, 39,922 and 39,926."""


POLICY = CrewBoundPolicy()

Clock = Callable[[int], float]
"""Which fraction of the time for something is over, by the iterations made of it."""


@dataclass(frozen=True)
class CrewPace:
    """A clock for each part of the work, made when that part begins.

    Parameters
    ----------
    sizes
        For the prices of one crew's sizes, which end with ``size_iterations`` at the latest.
    premiums
        For the premiums.
    """

    sizes: Callable[[], Clock]
    premiums: Callable[[], Clock]
    size_iterations: int = POLICY.iterations

    @classmethod
    def counted(cls, premium_iterations: int, size_iterations: int = POLICY.iterations) -> "CrewPace":
        """These iterations, whatever the clock says."""
        return cls(
            sizes=lambda: lambda _: 0.0,
            premiums=lambda: lambda made: made / premium_iterations,
            size_iterations=size_iterations,
        )


class CrewBound:
    """The bound of a problem with its crews.

    Attributes
    ----------
    crews
        Empty where at all times many can be at work; there is nothing to do then.
    """

    def __init__(
        self,
        instance: Instance,
        automata: WeekAutomata,
        pool: ThreadPoolExecutor | None = None,
        shares: int = 1,
    ) -> None:
        self.crews = crews_of(instance)
        self._plain, self._parts = instance.shape, instance.parts
        if self.crews:
            self.lagrangian = _CrewLagrangian(
                instance_with(instance, self.crews), automata, self.crews, pool, shares
            )

    def certificate(
        self,
        certificate: Certificate,
        prices: Float64Array,
        pace: CrewPace,
        over: Callable[[], object] = lambda: False,
    ) -> Certificate:
        """A certificate with crews at whole prices, where it proves more than the one without them.

        Parameters
        ----------
        certificate
            What was proven at the same prices without crews.
        pace
            How much time each part of the work gets.
        over
            True, in Python's sense, if it is to stop at once.
        """
        if not self.crews or self.lagrangian.unreachable:
            return certificate
        whole, lagrangian = self._vector(rounded(prices, self._parts)), self.lagrangian
        by_crew = []
        for crew in self.crews:
            if over():
                return certificate
            rows = lagrangian.prices_by_size(crew, whole, pace.sizes(), pace.size_iterations)
            if not lagrangian.charge(crew, whole, rows):
                return certificate
            by_crew.append(rows)
        premiums = np.rint(lagrangian.premiums(whole, pace.premiums()) / self._parts) * self._parts
        return self._certified(certificate, whole, by_crew, premiums)

    def renewed(self, certificate: Certificate, prices: Float64Array, known: Certificate) -> Certificate:
        """The same with the crews of another certificate, of a like problem: nothing is searched for.

        Parameters
        ----------
        certificate, prices
            What was proven without crews at the prices of ``known``.
        """
        if not self.crews or not known.crews:
            return certificate
        whole, lagrangian = self._vector(rounded(prices, self._parts)), self.lagrangian
        skills = [skill.name for skill in lagrangian.instance.problem.skills]
        given = {(one.skill, one.day, one.first_slot, one.slots): one for one in known.crews}
        by_crew, premiums = [], np.zeros((lagrangian.shape.heads, lagrangian.shape.days))
        for crew in self.crews:
            here = lagrangian.shape.staffing(whole)[crew.skill, crew.slots]
            rows = np.tile(here, (crew.most, 1))
            place = skills[crew.skill], crew.day, int(crew.slots[0]) - lagrangian.low, len(crew.slots)
            one = given.get(place) if known.slot_minutes == lagrangian.instance.slots.minutes else None
            if one is not None:
                same = min(len(rows), len(one.prices))
                rows[:same] = one.prices[:same]
                premiums[crew.row, crew.day] = one.premium
            if not lagrangian.charge(crew, whole, rows):
                return certificate
            by_crew.append(rows)
        return self._certified(certificate, whole, by_crew, premiums)

    def _certified(
        self,
        certificate: Certificate,
        whole: Float64Array,
        by_crew: list[Float64Array],
        premiums: Float64Array,
    ) -> Certificate:
        """The certificate with these crews, where it proves more than the one without."""
        lagrangian = self.lagrangian
        lagrangian.shape.headcounts(whole)[self._plain.heads :] = premiums[self._plain.heads :]
        bound = lagrangian.whole_bound(whole)
        if bound is None or bound <= certificate.bound:
            return certificate
        largest = max(float(np.abs(rows).sum(axis=1).max()) for rows in by_crew)
        if max(largest, float(np.abs(premiums).max())) > MOST_WORTH:
            return certificate  # more than a certificate may hold
        low = lagrangian.low
        skills = lagrangian.instance.problem.skills
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
        return certificate.model_copy(
            update={"crews": crews, "bound": bound, "goals": lagrangian.goals.certified}
        )

    def _vector(self, prices: Float64Array) -> Float64Array:
        """Prices without crews as a vector that has room for their premiums."""
        made, shape = self.lagrangian.nothing(), self.lagrangian.shape
        staffing = shape.staffing(made)
        staffing[...] = self._plain.staffing(prices)
        staffing[:, : self.lagrangian.low] = staffing[:, self.lagrangian.high :] = 0
        shape.headcounts(made)[: self._plain.heads] = self._plain.headcounts(prices)
        return made


class _CrewLagrangian(Lagrangian):
    """The Lagrangian with a premium for each crew and with what each of its sizes costs more."""

    def __init__(
        self,
        instance: Instance,
        automata: WeekAutomata,
        crews: list[Crew],
        pool: ThreadPoolExecutor | None,
        shares: int,
    ) -> None:
        super().__init__(instance, automata, pool, shares)
        self.crews = crews
        self._is_priced[...] = False
        self._has_premium = np.zeros((self.shape.heads, self.shape.days), bool)
        for crew in crews:
            self._has_premium[crew.row, crew.day] = True
            self._head_costs[crew.row][crew.day, crew.most + 1 :] = np.inf
        self._is_priced[self.skills * self.slots :] = self._has_premium.reshape(-1)

    def sent(self, prices: Float64Array) -> Float64Array:
        """How many of each crew one pricing call sends, shape (headcounts, days)."""
        sums, on_heads = self._running_worth(prices)
        self.pricing.solve(sums, on_heads, True)
        return self._supply(prices, sums)[1]

    def prices_by_size(
        self, crew: Crew, prices: Float64Array, fraction_done: Clock, most_iterations: int
    ) -> Float64Array:
        """The best whole prices found for each size of a crew from 1 on, shape (sizes, slots)."""
        period = CrewPeriod(self, crew, prices)
        sizes = np.arange(1, crew.most + 1)
        best = np.tile(period.here, (crew.most, 1))
        low, high, span = (
            self.shape.staffing(side)[crew.skill, crew.slots]
            for side in (*self.box(hard=False), self.span(prices))
        )
        there, most = best.copy(), np.full(crew.most, -np.inf)
        steps, made = AdamSteps.of(there.shape), 0
        while (fraction := max(made / most_iterations, fraction_done(made))) < 1.0:
            made += 1
            bounds, subgradients = period.bounds(sizes, there)
            better = bounds > most
            most[better], best[better] = bounds[better], there[better]
            reach = POLICY.reach * POLICY.last_step_fraction**fraction * span
            there = np.clip(there + reach * steps.next(subgradients), low, high)
        parts = self.instance.parts
        return np.rint(best / parts) * parts

    def charge(self, crew: Crew, prices: Float64Array, by_size: Float64Array) -> bool:
        """Charge each size of a crew what it costs more than the Lagrangian counts at these prices.

        Where the common prices prove more than those of a size, they take their place there.

        Returns
        -------
        Whether all of it is exact: no sum on the way there is too large for a double.
        """
        period, table = CrewPeriod(self, crew, prices), self._head_costs[crew.row][crew.day]
        counted = period.staffing_cost(self.instance.agents)
        sizes = np.arange(1, crew.most + 1)
        own, _ = period.bounds(sizes, by_size)
        common = np.array([period.staffing_cost(n) for n in sizes.tolist()])
        by_size[common >= own] = period.here
        table[0] = period.staffing_cost(0) - counted
        table[1 : crew.most + 1] = np.where(sizes <= period.most, np.maximum(own, common) - counted, np.inf)
        return 2 * period.largest < MOST_EXACT

    def premiums(self, prices: Float64Array, fraction_done: Clock) -> Float64Array:
        """The best premiums found at these prices, shape (headcounts, days).

        The first ones are the least with which the size that is sent without premiums is the cheapest.
        """
        here, best = prices.copy(), prices.copy()
        most, sent = self.at(prices, with_subgradient=False).bound, self.sent(prices)
        heads = self.shape.headcounts(here)
        span = np.zeros(heads.shape)
        for crew in self.crews:
            table = self._head_costs[crew.row][crew.day][: crew.most + 1]
            possible = np.flatnonzero(np.isfinite(table))
            if not len(possible):
                continue
            less = -np.diff(table[possible])  # what each size costs less than the one before
            at = min(int(np.searchsorted(possible, sent[crew.row, crew.day])), len(less))
            edges = np.concatenate([[np.inf], less, [-np.inf]])
            heads[crew.row, crew.day] = np.clip(0.0, edges[at + 1], edges[at])
            span[crew.row, crew.day] = np.abs(less[max(0, at - 2) : at + 2]).max(initial=1.0)
        # Crews of one row are the same people on other days, and what they are worth differs little: a span
        # of its own is far too short where the size that is sent is a wrong guess.
        span = np.where(span > 0, span.max(axis=1, keepdims=True), 0.0)
        made, steps = 0, AdamSteps.of(heads.shape)
        while (fraction := fraction_done(made)) < 1.0 or not made:
            value = self.at(here)
            if value.bound > most:
                most, best = value.bound, here.copy()
            made += 1
            step = steps.next(self.shape.headcounts(value.subgradient))
            heads += POLICY.premium_reach * POLICY.last_step_fraction ** min(1.0, fraction) * span * step
        return self.shape.headcounts(best).copy()
