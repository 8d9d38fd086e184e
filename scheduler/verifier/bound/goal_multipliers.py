"""Goals over a day or a week in the bound: their slots' cheapest staff at the certificate's multipliers.

For any multiplier ``m`` of zero or more

    sum over slots of  min over staff s of (cost(s) + price x s - m x answers(s))  +  m x answers asked for

is no more than what the staff of any roster costs there that meets the goal, at these prices. Where a
missing answer has a price ``c``, a roster may miss some; each costs ``c`` and saves ``m``, so that ``c - m``
times all that are asked for is taken off where it is below zero. Answers are rounded up: the table is rounded
down.
"""

from collections.abc import Sequence

import numpy as np

from scheduler.domain.facts.goal_tables import THOUSAND, GoalTable
from scheduler.domain.facts.problem import Problem
from scheduler.domain.values.money import each
from scheduler.model.limits.kinds import Service
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import TeamRule
from scheduler.verifier.recount.convex_cost import ConvexCost
from scheduler.verifier.recount.exact import Exact, exact

BATCH_SLOTS = 64
"""Slots of which every number of staff is tried in one array; more take more memory."""


class PlannedGoal:
    """A goal that rosters are planned by.

    Parameters
    ----------
    price
        Of a missing answer, in sixtieths of a cent; ``None`` where it must be met.
    """

    def __init__(self, table: GoalTable, price: int | None) -> None:
        self.table, self.price = table, price

    def slots(self, problem: Problem, slot: int) -> tuple[list[int], list[int]]:
        """Its slots, and the place in the table of each."""
        each_interval = problem.grid.interval_minutes // slot
        at = [
            interval * each_interval + part
            for interval in self.table.intervals
            for part in range(each_interval)
        ]
        return at, [position for position in range(len(self.table.intervals)) for _ in range(each_interval)]

    def cheapest(
        self,
        problem: Problem,
        cost: ConvexCost,
        prices: Exact,
        answer_price: int,
        slot: int,
        most_people: int,
    ) -> int | None:
        """The sum above, rounded down; ``None`` if no roster can meet the goal.

        Parameters
        ----------
        cost
            Of the skill's staff in every slot.
        prices
            Of the skill in every slot.
        answer_price
            The multiplier, in sixtieths of a cent per contact.
        """
        width = problem.grid.interval_minutes
        scale, asked = THOUSAND * width, self.table.asked * width
        at, positions = self.slots(problem, slot)
        total, most = answer_price * asked, 0
        people = exact(range(most_people + 1))
        for begin in range(0, len(at), BATCH_SLOTS):
            places = np.array(at[begin : begin + BATCH_SLOTS])
            some = positions[begin : begin + BATCH_SLOTS]
            answers = np.array(
                [self._rounded_up(position, most_people) for position in some], dtype=np.object_
            )
            answers = answers * slot
            costs, may = cost.by_number(people, places)
            if not may.any(axis=1).all():
                return None
            values = scale * (costs + prices[places][:, None] * people) - answer_price * answers
            for row, answered, legal in zip(values, answers, may, strict=True):
                total += min(row[legal])
                most += max(answered[legal])
        if self.price is None:
            return None if most < asked else total // scale
        return (total + min(0, self.price - answer_price) * asked) // scale

    def _rounded_up(self, position: int, most_people: int) -> list[int]:
        """What 0, 1, .. most people answer in an interval, in thousandths of a contact."""
        fewest, numbers = self.table.fewest[position], self.table.answered[position]
        beyond = max(0, most_people + 1 - fewest - len(numbers))
        all_of_them = [0] * fewest + [number + 1 for number in numbers] + [numbers[-1] + 2] * beyond
        return all_of_them[: most_people + 1]


def planned_goals(problem: Problem, rules: RuleBook) -> dict[str, Sequence[PlannedGoal]]:
    """The goals of each skill, with what missing one costs."""
    goals: dict[str, list[PlannedGoal]] = {}
    for rule in rules.planned.rules:
        if isinstance(rule, TeamRule):
            for limit in rule.limits(problem):
                if isinstance(limit, Service):
                    cents = (rule.price or 0) if limit.price is None else limit.price
                    price = None if rule.must_keep(limit) else each(cents)
                    goals.setdefault(limit.skill, []).append(PlannedGoal(limit.table, price))
    return dict(goals)
