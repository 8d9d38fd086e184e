"""Crew disjunction: a stronger bound from whole numbers of agents where few can be at work.

A crew is the set of agents at work on a skill in a period: slots in a row that only duties of one day can
reach. For any size n of it, and any prices q for these slots instead of the certificate's prices p, the
sum over the slots of (cost of s + p s), less the worth at p of their n duties, is the same at q instead
of p. At q it is at least the sum over slots of min over s <= n of (cost of s + q s), less what the duties
are worth at q; and that is at most their worth at p, less n times the least loss of one duty from p to q.
So the size n costs at least

    H(n) = sum over slots of min over s <= n of (cost of s + q s) + n x min over duties (worth at p - at q)

in place of the slots' own optimum, and the crew costs at least the minimum over n (a disjunction over n;
Balas 1998). Each duty of a crew may have a premium, which its agents earn in their weeks. The bound is valid
for any premium and any q, and each n may have a q of its own.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.certificate import Certificate, CrewPrices
from scheduler.model.limits.verbs import MinutesWithin
from scheduler.texts import text
from scheduler.verifier.bound.best_week.dynamic_program import POSSIBLE
from scheduler.verifier.bound.dual_prices import SlotPrices
from scheduler.verifier.bound.pricing.agent_classes import AgentClass, Premium
from scheduler.verifier.bound.pricing.day_menus import Menu
from scheduler.verifier.bound.pricing.pricing_groups import Member
from scheduler.verifier.bound.pricing.shift_worth import ShiftWorths
from scheduler.verifier.recount.exact import Bools, Exact, Ints, counted_in_64_bits, exact


@dataclass(frozen=True, eq=False)
class _Duties:
    """A class with shifts in a crew, on one day."""

    member: Member
    menu: Menu
    counted: Bools
    agents: int


class CrewDisjunctions:
    """The crews of a certificate.

    Raises
    ------
    ValueError
        If a crew does not fit the problem: an unknown skill, or a period that others reach too; or if two
        crews of one skill share a slot.
    """

    def __init__(self, problem: Problem, certificate: Certificate, slots: SlotPrices) -> None:
        self.problem, self.crews, self.slots = problem, certificate.crews, slots
        for crew in self.crews:
            if crew.skill not in problem.skill_named:
                raise ValueError(text('a crew serves "{skill}", which is not in the input', skill=crew.skill))
            if crew.day >= problem.grid.days or crew.first_slot + crew.slots > slots.slots:
                raise ValueError(text('a crew for "{skill}" lies outside of the horizon', skill=crew.skill))
            self._is_reached_by_nobody_before(crew)
        self._share_no_slot()
        days = problem.grid.days
        self._premiums = [
            (crew, Premium(MinutesWithin((self._span(crew),)), _on(crew.day, crew.premium, days)))
            for crew in self.crews
        ]

    def _span(self, crew: CrewPrices) -> tuple[int, int]:
        """Start and end of the period as instants."""
        slot = self.slots.slot
        return crew.first_slot * slot, (crew.first_slot + crew.slots) * slot

    def _is_reached_by_nobody_before(self, crew: CrewPrices) -> None:
        since, until = self._span(crew)
        for agent in self.problem.agents:
            if crew.skill in agent.skills:
                for begin, end in self.problem.work_reaching_in(agent):
                    if begin < until and end > since:
                        raise ValueError(
                            text(
                                '{agent} reaches a crew for "{skill}" from before',
                                agent=agent.name,
                                skill=crew.skill,
                            )
                        )

    def _share_no_slot(self) -> None:
        """The cost of a slot may be counted in one crew only, whether or not a duty reaches it."""
        periods = sorted((crew.skill, crew.first_slot, crew.first_slot + crew.slots) for crew in self.crews)
        for (skill, _, end), (other, begin, _) in pairwise(periods):
            if skill == other and begin < end:
                raise ValueError(text('two crews for "{skill}" share a slot', skill=skill))

    def premiums_of(self, agent: Agent) -> tuple[Premium, ...]:
        """The premiums on an agent's duties in crews."""
        return tuple(
            premium for crew, premium in self._premiums if crew.skill in agent.skills and crew.premium
        )

    def costs(
        self, members: Mapping[AgentClass, Member], agents: Counter[AgentClass], shift_worths: ShiftWorths
    ) -> int | None:
        """The excess cost of all crews over their slots' own optima; ``None`` if a must cannot be kept."""
        total = 0
        taken: dict[tuple[AgentClass, int], Bools] = {}
        for crew in self.crews:
            duties = self._duties(crew, members, agents, taken, shift_worths)
            cost = self._cost(crew, duties, shift_worths)
            if cost is None:
                return None
            total += cost
        return total

    def _duties(
        self,
        crew: CrewPrices,
        members: Mapping[AgentClass, Member],
        agents: Counter[AgentClass],
        taken: dict[tuple[AgentClass, int], Bools],
        shift_worths: ShiftWorths,
    ) -> Sequence[_Duties]:
        """The duties of a crew; all classes and days are checked, as no other duty may reach the period."""
        since, until = self._span(crew)
        found = []
        for agent_class, member in members.items():
            if crew.skill not in self.slots.skills_of(agent_class.worth):
                continue
            for day, menu in enumerate(member.menus):
                shifts = menu.shifts
                counted = menu.allowed & (shifts.start < until) & (shifts.end > since)
                if counted.any():
                    counted &= shift_worths.worth_of_shifts(agent_class.worth, menu, member.breaks) > POSSIBLE
                if not counted.any():
                    continue
                if day != crew.day:
                    raise ValueError(
                        text('a crew for "{skill}" is reached from another day', skill=crew.skill)
                    )
                before = taken.get((agent_class, day), np.zeros_like(counted))
                if (before & counted).any():
                    raise ValueError(
                        text('a duty is of two crews, one of them for "{skill}"', skill=crew.skill)
                    )
                taken[agent_class, day] = before | counted
                found.append(_Duties(member, menu, counted, agents[agent_class]))
        return found

    def _cost(self, crew: CrewPrices, duties: Sequence[_Duties], shift_worths: ShiftWorths) -> int | None:
        """The least cost over the crew's sizes, premiums included, less the optimum of its slots alone."""
        period = slice(crew.first_slot, crew.first_slot + crew.slots)
        own = self.slots.prices[crew.skill][period]
        costs, possible = self.slots.costs_by_size(crew.skill, period)
        most = sum(one.agents for one in duties)

        def cheapest(prices: Exact, n: int) -> int | None:
            """The slots' optimum with at most n people; ``None`` if these are too few."""
            few = costs[:, : n + 1] + prices[:, None] * exact(range(min(n + 1, costs.shape[1])))
            may = possible[:, : n + 1]
            if not may.any(axis=1).all():
                return None
            return int(np.where(may, few, few.max() + 1).min(axis=1).sum())

        alone = cheapest(own, costs.shape[1])
        if alone is None:
            return None
        each = []
        for n in range(most + 1):
            priced = exact(crew.prices[n - 1]) if 0 < n <= len(crew.prices) else own
            cost = cheapest(priced, n)
            if cost is not None:
                lost = (
                    self._least_lost(crew, priced, duties, shift_worths) if n and (priced != own).any() else 0
                )
                each.append(cost + n * (lost + crew.premium))
        return min(each) - alone if each else None

    def _least_lost(
        self, crew: CrewPrices, prices: Exact, duties: Sequence[_Duties], shift_worths: ShiftWorths
    ) -> int:
        """The least loss of worth of a duty of the crew at other prices; negative for a gain."""
        least = []
        for one in duties:
            agent_class = one.member.agent_class
            other = self.slots.worth_with(agent_class.worth, crew.skill, crew.first_slot, prices)
            before = shift_worths.worth_of_shifts(agent_class.worth, one.menu, one.member.breaks)
            after = shift_worths.worth_of_shifts(other, one.menu, one.member.breaks)
            least.append(int((before - after)[one.counted].min()))
        return min(least)


def _on(day: int, premium: int, days: int) -> Ints:
    prices = exact([0] * days)
    prices[day] = premium
    return counted_in_64_bits(text("a duty of a crew"), prices)
