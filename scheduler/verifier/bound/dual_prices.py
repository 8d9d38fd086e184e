"""The dual prices of a certificate: the cheapest staff at these prices, and the worth of an agent at work.

A price times a number of people can overflow 64 bits, and the result would prove nothing. So products are
computed in arrays of Python's integers; only the worth of one person is converted to 64 bits, after
``counted_in_64_bits`` has checked that it fits.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.certificate import Certificate
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.domain.values.money import hourly
from scheduler.texts import text
from scheduler.verifier.bound.deferred_places import cheapest_places
from scheduler.verifier.bound.goal_multipliers import PlannedGoal
from scheduler.verifier.bound.pricing.agent_classes import Premium, Worth
from scheduler.verifier.recount.convex_cost import UNBOUNDED, ConvexCost
from scheduler.verifier.recount.exact import Bools, Exact, counted_in_64_bits, exact
from scheduler.verifier.recount.headcounts import CountedRow
from scheduler.verifier.recount.staffing_costs import StaffingTerms

MINUTES_AROUND = 5 * MINUTES_PER_DAY
"""Minutes before and after the horizon in which shifts may lie; they are worth nothing."""


class SlotPrices:
    """The prices of slots: cheapest staff, and worth of an agent at work."""

    def __init__(
        self,
        problem: Problem,
        certificate: Certificate,
        terms: StaffingTerms,
        goals: Mapping[str, Sequence[PlannedGoal]],
    ) -> None:
        self.problem, self.goals, self.goal_worth = problem, goals, certificate.goals
        self.slot = certificate.slot_minutes
        self.slots = problem.grid.minutes // self.slot
        self.interval = np.arange(self.slots) * self.slot // problem.grid.interval_minutes
        self.terms = terms
        nothing = (0,) * self.slots
        self.prices = {
            skill.name: exact(certificate.prices.get(skill.name, nothing)) for skill in problem.skills
        }
        self._worth: dict[tuple[str, ...], Worth] = {}
        self._skills: dict[Worth, tuple[str, ...]] = {}
        self._other: dict[tuple[Worth, str, int, tuple[int, ...]], Worth] = {}

    def staffing(self) -> int | None:
        """Cost of the cheapest staff of every slot at its price; ``None`` if a must cannot be met."""
        total = 0
        for skill in self.problem.skills:
            holders = sum(skill.name in agent.skills for agent in self.problem.agents)
            cheapest = self._cheapest_staff(skill.name, holders)
            if cheapest is None:
                return None
            total += cheapest
        return total

    def _cheapest_staff(self, skill: str, holders: int) -> int | None:
        cost, goals = self._cost_of(skill, holders), self.goals.get(skill, ())
        apart = [at for goal in goals for at in goal.slots(self.problem, self.slot)[0]]
        of_work = self._work_prices(skill)
        total = cost.cheapest(self.prices[skill] - of_work, apart)
        for work in self.problem.deferred_work:
            if work.skill == skill and total is not None:
                total += cheapest_places(
                    work, of_work.tolist(), self.problem.grid.interval_minutes // self.slot
                )
        for goal in goals:
            worth = self.goal_worth.get(goal.table.name, 0)
            least = goal.cheapest(self.problem, cost, self.prices[skill], worth, self.slot, holders)
            if total is None or least is None:
                return None
            total += least
        return total

    def _work_prices(self, skill: str) -> Exact:
        """What a portion of deferred work may cost in each slot, so that missing agents are priced by it.

        With ``r`` portions and ``s`` agents missing and superfluous ones cost ``a (r - s)`` at least, for
        any ``a`` from the price of a superfluous agent, taken negative, to that of a missing one.
        """
        mine = [term for term in self.terms.by_skill.get(skill, ()) if term.limit.is_placed]
        missing, superfluous = (
            sum(hourly(term.price, self.slot) for term in mine if getattr(term.limit, side) is not None)
            for side in ("at_least", "at_most")
        )
        prices: Exact = np.minimum(np.maximum(self.prices[skill], -superfluous), missing)
        return prices

    def _cost_of(self, skill: str, holders: int) -> ConvexCost:
        """The cost of staff of a skill in every slot."""
        cost = ConvexCost(self.slots, holders)
        intervals = range(self.problem.grid.intervals)
        for term in self.terms.by_skill.get(skill, ()):
            if term.limit.is_placed:  # counted with the work
                continue
            tops = [term.at_most(i) for i in intervals]
            cost.limit(
                exact(term.at_least(i) or 0 for i in intervals)[self.interval],
                exact(UNBOUNDED if top is None else top for top in tops)[self.interval],
                None if term.is_must else hourly(term.price, self.slot),
            )
        return cost

    def costs_by_size(self, skill: str, period: slice) -> tuple[Exact, Bools]:
        """The cost of each number of staff in a period, and whether it is legal; shapes (slots, staff)."""
        holders = sum(skill in agent.skills for agent in self.problem.agents)
        return self._cost_of(skill, holders).by_number(exact(range(holders + 1)), period)

    def worth_to(self, agent: Agent) -> Worth:
        """The worth of an agent at work, with days around the horizon that are worth nothing."""
        skills = tuple(sorted(set(agent.skills)))
        if skills not in self._worth:
            self._worth[skills] = self._summed(self._per_slot(self.prices, skills))
            self._skills[self._worth[skills]] = skills
        return self._worth[skills]

    def worth_with(self, worth: Worth, skill: str, first: int, prices: Exact) -> Worth:
        """The same worth at other prices of one skill from some slot on."""
        asked = (worth, skill, first, tuple(prices.tolist()))
        if asked not in self._other:
            other = self.prices[skill].copy()
            other[first : first + len(prices)] = prices
            self._other[asked] = self._summed(
                self._per_slot({**self.prices, skill: other}, self._skills[worth])
            )
        return self._other[asked]

    def skills_of(self, worth: Worth) -> tuple[str, ...]:
        """The skills of the agents with this worth."""
        return self._skills[worth]

    def _summed(self, per_slot: Exact) -> Worth:
        around = np.zeros(MINUTES_AROUND // self.slot, dtype=np.int64)
        increments = np.concatenate([around, counted_in_64_bits(text("an agent at work"), per_slot), around])
        return Worth(-MINUTES_AROUND, np.concatenate([[0], increments.cumsum()]))

    def _per_slot(self, prices: Mapping[str, Exact], skills: tuple[str, ...]) -> Exact:
        """Worth of one agent at work in each slot of the horizon."""
        if not skills:
            return exact([0] * self.slots)
        worth: Exact = np.max([prices[skill] for skill in skills], axis=0)
        return worth

    def worth_of_history(self, agent: Agent) -> int:
        """The worth inside the horizon of an agent's duties from before it, rounded up."""
        spans = self.problem.work_reaching_in(agent)
        if not spans:
            return 0
        summed = self.worth_to(agent).summed
        worth = np.diff(summed)[MINUTES_AROUND // self.slot :][: self.slots]
        starts, total = np.arange(self.slots) * self.slot, 0
        for begin, end in spans:
            inside = np.maximum(0, np.minimum(end, starts + self.slot) - np.maximum(begin, starts))
            total += int((exact(inside.tolist()) * worth).sum())
        return -(-total // self.slot)


class HeadcountPrices:
    """The prices of headcounts by day: cheapest heads, and premiums of agents who count."""

    def __init__(self, problem: Problem, certificate: Certificate, rows: tuple[CountedRow, ...]) -> None:
        self.rows = rows
        nothing = (0,) * problem.grid.days
        self.prices = [exact(certificate.headcount_prices.get(row.name, nothing)) for row in rows]
        # at no price it does not matter who counts
        self.priced = [
            (row.agents, Premium(row.of, counted_in_64_bits(text('a head of "{row}"', row=row.name), prices)))
            for row, prices in zip(rows, self.prices, strict=True)
            if prices.any()
        ]

    def staffing(self) -> int | None:
        """Cost of the cheapest heads of every row and day at its price; ``None`` if a must cannot be met."""
        total = 0
        for row, prices in zip(self.rows, self.prices, strict=True):
            cheapest = row.cheapest(prices)
            if cheapest is None:
                return None
            total += cheapest
        return total

    def premiums_of(self, agent: Agent) -> tuple[Premium, ...]:
        """The premiums on an agent's days."""
        return tuple(premium for who, premium in self.priced if agent.name in who)
