"""What whole numbers of people cost where few can be at work: the part of a bound that fractions do not see.

A crew is whoever is at work on a skill in a stretch of slots which only duties that begin on one day can
reach. For any number n of them and any prices q for these slots, other than the certificate's prices p,

    staffing cost there >= sum over slots of min over s <= n of (cost of s + q s) - what they are worth at q

and what n duties are worth at q is at most what they are worth at p, less n times the least that one of
them loses from p to q. So the number n costs at least

    H(n) = sum over slots of min over s <= n of (cost of s + q s) + n x min over duties (worth at p - at q)

in place of the slots' own optimum, and the crew as a whole costs at least the cheapest n, where each of its
duties has a premium that its agents earn in their weeks. Any q and any premium will do, and each n may have
its own q (a disjunction over n; Balas 1998).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.certificate import Certificate, CrewPrices
from scheduler.domain.problem import Agent, Problem
from scheduler.model.verbs import MinutesWithin
from scheduler.verifier.bound.agent_classes import AgentClass, Premium
from scheduler.verifier.bound.day_menus import Menu
from scheduler.verifier.bound.dual_prices import SlotMarket
from scheduler.verifier.bound.dynamic_program import POSSIBLE
from scheduler.verifier.bound.pricing_groups import Member
from scheduler.verifier.bound.shift_worth import Layouts
from scheduler.verifier.exact import Exact, counted_in_64_bits, exact

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class _Duties:
    """A class whose agents may be of a crew, with the shifts that make them so."""

    member: Member
    menu: Menu
    counted: Bools
    agents: int


class CrewMarket:
    """The crews of a certificate.

    Raises
    ------
    ValueError
        If a crew does not fit the problem: an unknown skill, or a stretch that others reach too; or if two
        crews of one skill share a slot.
    """

    def __init__(self, problem: Problem, certificate: Certificate, slots: SlotMarket) -> None:
        self.problem, self.crews, self.slots = problem, certificate.crews, slots
        for crew in self.crews:
            if crew.skill not in problem.skill_named:
                raise ValueError(f'a crew serves "{crew.skill}", which is not in the input')
            if crew.day >= problem.grid.days or crew.first_slot + crew.slots > slots.slots:
                raise ValueError(f'a crew for "{crew.skill}" lies outside of the horizon')
            self._is_reached_by_nobody_before(crew)
        self._share_no_slot()
        days = problem.grid.days
        self._premiums = [
            (crew, Premium(MinutesWithin((self._span(crew),)), _on(crew.day, crew.premium, days)))
            for crew in self.crews
        ]

    def _span(self, crew: CrewPrices) -> tuple[int, int]:
        """Instants between which the stretch lies."""
        slot = self.slots.slot
        return crew.first_slot * slot, (crew.first_slot + crew.slots) * slot

    def _is_reached_by_nobody_before(self, crew: CrewPrices) -> None:
        since, until = self._span(crew)
        for agent in self.problem.agents:
            if crew.skill in agent.skills:
                for begin, end in self.problem.work_reaching_in(agent):
                    if begin < until and end > since:
                        raise ValueError(f'{agent.name} reaches a crew for "{crew.skill}" from before')

    def _share_no_slot(self) -> None:
        """What a slot of a skill costs may be proven once; no duty need reach it for that to matter."""
        stretches = sorted((crew.skill, crew.first_slot, crew.first_slot + crew.slots) for crew in self.crews)
        for (skill, _, end), (other, begin, _) in pairwise(stretches):
            if skill == other and begin < end:
                raise ValueError(f'two crews for "{skill}" share a slot')

    def premiums_of(self, agent: Agent) -> tuple[Premium, ...]:
        """What an agent's duties in crews are worth besides."""
        return tuple(
            premium for crew, premium in self._premiums if crew.skill in agent.skills and crew.premium
        )

    def costs(
        self, members: Mapping[AgentClass, Member], agents: Counter[AgentClass], layouts: Layouts
    ) -> int | None:
        """What all crews cost more than their slots' own optima; ``None`` where a must cannot be kept."""
        total = 0
        taken: dict[tuple[AgentClass, int], Bools] = {}
        for crew in self.crews:
            duties = self._duties(crew, members, agents, taken, layouts)
            cost = self._cost(crew, duties, layouts)
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
        layouts: Layouts,
    ) -> Sequence[_Duties]:
        """Who may be of a crew; all classes are asked about all days: nobody else may reach the stretch."""
        since, until = self._span(crew)
        found = []
        for kind, member in members.items():
            if crew.skill not in self.slots.skills_of(kind.worth):
                continue
            for day, menu in enumerate(member.menus):
                shifts = menu.shifts
                counted = menu.allowed & (shifts.start < until) & (shifts.end > since)
                if counted.any():
                    counted &= layouts.worth_of_shifts(kind.worth, menu, member.breaks) > POSSIBLE
                if not counted.any():
                    continue
                if day != crew.day:
                    raise ValueError(f'a crew for "{crew.skill}" is reached from another day')
                before = taken.get((kind, day), np.zeros_like(counted))
                if (before & counted).any():
                    raise ValueError(f'a duty is of two crews, one of them for "{crew.skill}"')
                taken[kind, day] = before | counted
                found.append(_Duties(member, menu, counted, agents[kind]))
        return found

    def _cost(self, crew: CrewPrices, duties: Sequence[_Duties], layouts: Layouts) -> int | None:
        """The cheapest number of a crew, its premiums included, less the optimum of its slots alone."""
        stretch = slice(crew.first_slot, crew.first_slot + crew.slots)
        own = self.slots.prices[crew.skill][stretch]
        costs, possible = self.slots.costs_of_numbers(crew.skill, stretch)
        most = sum(one.agents for one in duties)

        def cheapest(prices: Exact, n: int) -> int | None:
            """The slots' optimum with so many people at most; ``None`` if too few."""
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
                lost = self._least_lost(crew, priced, duties, layouts) if n and (priced != own).any() else 0
                each.append(cost + n * (lost + crew.premium))
        return min(each) - alone if each else None

    def _least_lost(
        self, crew: CrewPrices, prices: Exact, duties: Sequence[_Duties], layouts: Layouts
    ) -> int:
        """The least that a duty of the crew loses at other prices; below zero where it is worth more."""
        least = []
        for one in duties:
            kind = one.member.kind
            other = self.slots.worth_with(kind.worth, crew.skill, crew.first_slot, prices)
            before = layouts.worth_of_shifts(kind.worth, one.menu, one.member.breaks)
            after = layouts.worth_of_shifts(other, one.menu, one.member.breaks)
            least.append(int((before - after)[one.counted].min()))
        return min(least)


def _on(day: int, premium: int, days: int) -> Ints:
    prices = exact([0] * days)
    prices[day] = premium
    return counted_in_64_bits("a duty of a crew", prices)
