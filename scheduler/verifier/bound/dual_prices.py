"""What time and people are worth at a certificate's prices, to those who need them and to those who come.

A price times a number of people can leave 64 bits, and what comes out then is some other number that nobody
has proven. So what is multiplied here is kept in arrays of Python's own integers; only what one person is
worth goes into 64 bits, after ``counted_in_64_bits`` has seen that it fits.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.certificate import Certificate
from scheduler.domain.money import hourly
from scheduler.domain.problem import Agent, Problem
from scheduler.verifier.bound.agent_classes import Premium, Worth
from scheduler.verifier.exact import Exact, counted_in_64_bits, exact
from scheduler.verifier.recount.headcounts import UNBOUNDED, Row
from scheduler.verifier.recount.staffing_costs import Pieces

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Bends = list[tuple[Exact, int]]

DAYS_AROUND = 5 * 1440
"""So many minutes before and after the horizon are worth nothing, but may be worked in."""


class SlotMarket:
    """What it is worth to be at work, slot by slot."""

    def __init__(self, problem: Problem, certificate: Certificate, pieces: Pieces) -> None:
        self.problem = problem
        self.slot = certificate.slot_minutes
        self.slots = problem.grid.minutes // self.slot
        self.interval = np.arange(self.slots) * self.slot // problem.grid.interval_minutes
        self.pieces = pieces
        nothing = (0,) * self.slots
        self.prices = {
            skill.name: exact(certificate.prices.get(skill.name, nothing)) for skill in problem.skills
        }
        self._worth: dict[tuple[str, ...], Worth] = {}
        self._skills: dict[Worth, tuple[str, ...]] = {}
        self._other: dict[tuple[Worth, str, int, tuple[int, ...]], Worth] = {}

    def staffing(self) -> int | None:
        """Cheapest staff of every slot at its price; ``None`` where a must cannot be met by anyone."""
        total = 0
        for skill in self.problem.skills:
            holders = sum(skill.name in agent.skills for agent in self.problem.agents)
            cheapest = self._cheapest_staff(skill.name, holders)
            if cheapest is None:
                return None
            total += cheapest
        return total

    def _cheapest_staff(self, skill: str, holders: int) -> int | None:
        price = self.prices[skill]
        fewest, most, floors, caps = self._asked(skill, holders)
        if bool((fewest > most).any()):
            return None
        # The cost is linear between these numbers of staff, so that one of them is cheapest.
        kinks = [fewest, most, *(kink for kink, _ in floors + caps)]
        costs = []
        for kink in kinks:
            staff = np.clip(kink, fewest, most)
            costs.append(price * staff + _priced(staff, floors, caps))
        return int(np.min(costs, axis=0).sum())

    def _asked(self, skill: str, holders: int) -> tuple[Exact, Exact, Bends, Bends]:
        """Fewest and most staff of every slot, and what is priced: floors and caps with their prices."""
        fewest, most = exact([0] * self.slots), exact([holders] * self.slots)
        floors: Bends = []
        caps: Bends = []
        for piece in self.pieces.by_skill.get(skill, ()):
            intervals = range(self.problem.grid.intervals)
            floor = exact(piece.at_least(i) or 0 for i in intervals)[self.interval]
            tops = [piece.at_most(i) for i in intervals]
            cap = exact(UNBOUNDED if top is None else top for top in tops)[self.interval]
            if piece.is_must:
                fewest, most = np.maximum(fewest, floor), np.minimum(most, cap)
            else:
                floors.append((floor, hourly(piece.price, self.slot)))
                caps.append((cap, hourly(piece.price, self.slot)))
        return fewest, most, floors, caps

    def costs_of_numbers(self, skill: str, stretch: slice) -> tuple[Exact, Bools]:
        """What each number of staff costs in some slots, and which may be: shapes (slots, numbers)."""
        holders = sum(skill in agent.skills for agent in self.problem.agents)
        fewest, most, floors, caps = self._asked(skill, holders)
        number = exact(range(holders + 1))
        here = [[(bend[stretch, None], each) for bend, each in bends] for bends in (floors, caps)]
        none = exact([0] * (stretch.stop - stretch.start))[:, None]
        may = (number >= fewest[stretch, None]) & (number <= most[stretch, None])
        return none + _priced(number, *here), may.astype(np.bool_)

    def worth_to(self, agent: Agent) -> Worth:
        """What an agent at work is worth, summed up, with days around the horizon that are worth nothing."""
        skills = tuple(sorted(set(agent.skills)))
        if skills not in self._worth:
            self._worth[skills] = self._summed(self._per_slot(self.prices, skills))
            self._skills[self._worth[skills]] = skills
        return self._worth[skills]

    def worth_with(self, worth: Worth, skill: str, first: int, prices: Exact) -> Worth:
        """The same worth if a skill had other prices from some slot on."""
        asked = (worth, skill, first, tuple(prices.tolist()))
        if asked not in self._other:
            other = self.prices[skill].copy()
            other[first : first + len(prices)] = prices
            self._other[asked] = self._summed(
                self._per_slot({**self.prices, skill: other}, self._skills[worth])
            )
        return self._other[asked]

    def skills_of(self, worth: Worth) -> tuple[str, ...]:
        """The skills of those to whom the slots are worth so much."""
        return self._skills[worth]

    def _summed(self, per_slot: Exact) -> Worth:
        around = np.zeros(DAYS_AROUND // self.slot, dtype=np.int64)
        steps = np.concatenate([around, counted_in_64_bits("an agent at work", per_slot), around])
        return Worth(-DAYS_AROUND, np.concatenate([[0], steps.cumsum()]))

    def _per_slot(self, prices: Mapping[str, Exact], skills: tuple[str, ...]) -> Exact:
        """Worth of one agent at work in each slot of the horizon."""
        if not skills:
            return exact([0] * self.slots)
        worth: Exact = np.max([prices[skill] for skill in skills], axis=0)
        return worth

    def worth_of_history(self, agent: Agent) -> int:
        """What an agent's duties from before the horizon are worth inside it, rounded up."""
        spans = self.problem.work_reaching_in(agent)
        if not spans:
            return 0
        summed = self.worth_to(agent).summed
        worth = np.diff(summed)[DAYS_AROUND // self.slot :][: self.slots]
        starts, total = np.arange(self.slots) * self.slot, 0
        for begin, end in spans:
            inside = np.maximum(0, np.minimum(end, starts + self.slot) - np.maximum(begin, starts))
            total += int((exact(inside.tolist()) * worth).sum())
        return -(-total // self.slot)


class HeadMarket:
    """What it is worth to count for a headcount, day by day."""

    def __init__(self, problem: Problem, certificate: Certificate, rows: tuple[Row, ...]) -> None:
        self.rows = rows
        nothing = (0,) * problem.grid.days
        self.prices = [exact(certificate.headcount_prices.get(row.name, nothing)) for row in rows]
        # where a row has no price, nobody need be asked whether they count
        self.priced = [
            (row.agents, Premium(row.of, counted_in_64_bits(f'a head of "{row.name}"', prices)))
            for row, prices in zip(rows, self.prices, strict=True)
            if prices.any()
        ]

    def staffing(self) -> int | None:
        """Cheapest heads of every row and day at its price; ``None`` where a must cannot be met by anyone."""
        total = 0
        for row, prices in zip(self.rows, self.prices, strict=True):
            cheapest = row.cheapest(prices)
            if cheapest is None:
                return None
            total += cheapest
        return total

    def premiums_of(self, agent: Agent) -> tuple[Premium, ...]:
        """What an agent's days are worth besides."""
        return tuple(premium for who, premium in self.priced if agent.name in who)


def _priced(staff: Exact, floors: Bends, caps: Bends) -> Exact:
    """What so much staff costs beyond floors and caps."""
    cost = np.zeros_like(staff)
    for floor, each in floors:
        cost = cost + each * np.maximum(0, floor - staff)
    for cap, each in caps:
        cost = cost + each * np.maximum(0, staff - cap)
    return cost
