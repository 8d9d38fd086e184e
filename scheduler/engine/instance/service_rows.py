"""Goals over a day or a week as tables by slot: what one agent more answers in time.

Amounts are *units*: thousandths of a contact, times the minutes of a slot. Over the slots of an interval they
add up to what the goal's table says, times the minutes of the interval.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from scheduler.domain.facts.goal_tables import THOUSAND, GoalTable
from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.errors import unsupported
from scheduler.domain.values.money import each
from scheduler.engine.instance.interval_costs import HARD_PRICE_FACTOR, LEAST_DEAREST_CENTS
from scheduler.engine.instance.slots import Slots
from scheduler.engine.kernel.arrays import Int32Array, Int64Array
from scheduler.model import Rule, Service
from scheduler.texts import text

NO_GOAL_NUMBER = -1
"""In place of a goal in slots that have none."""


@dataclass(frozen=True, eq=False)
class ServiceRow:
    """One goal.

    Parameters
    ----------
    price
        Of a contact that is missing to it, in sixtieths of a cent; the search charges it for a must too.
    """

    rule: str
    skill: int
    hard: bool
    price: int
    table: GoalTable
    slots: Slots

    @property
    def units_of_contact(self) -> int:
        """How many units one contact is."""
        return THOUSAND * self.slots.problem.grid.interval_minutes

    @property
    def asked(self) -> int:
        """Units that are to be answered in time."""
        return self.table.asked * self.slots.problem.grid.interval_minutes

    @cached_property
    def position(self) -> Int64Array:
        """For each of the goal's slots the place of its interval in the table, shape (slots,)."""
        return np.repeat(np.arange(len(self.table.intervals)), self._in_an_interval)

    @cached_property
    def at(self) -> Int64Array:
        """The goal's slots on the padded line, shape (slots,)."""
        first = self.slots.pad + np.array(self.table.intervals, np.int64) * self._in_an_interval
        return np.asarray((first[:, None] + np.arange(self._in_an_interval)).ravel(), np.int64)

    @cached_property
    def fewest(self) -> Int64Array:
        """Fewest agents who answer anything in time, shape (intervals,)."""
        return np.array(self.table.fewest, np.int64)

    @cached_property
    def answered(self) -> Int64Array:
        """Units that ``fewest`` agents, one more and so on answer in a slot, shape (intervals, numbers)."""
        longest = max(map(len, self.table.answered))
        rows = [[*row, *[row[-1]] * (longest - len(row))] for row in self.table.answered]
        return np.array(rows, np.int64) * self.slots.minutes

    @property
    def _in_an_interval(self) -> int:
        return self.slots.problem.grid.interval_minutes // self.slots.minutes

    def answered_in_time(self, staffed: Int32Array) -> int:
        """Units answered in time with this staff by slot, shape (slots of the line, skills)."""
        more = staffed[self.at, self.skill] - self.fewest[self.position]
        numbers = self.answered[self.position, np.clip(more, 0, self.answered.shape[1] - 1)]
        return int(numbers[more >= 0].sum())

    def missing(self, staffed: Int32Array) -> int:
        """Contacts that are missing to the goal with this staff; one that is only begun counts."""
        return max(0, -((self.answered_in_time(staffed) - self.asked) // self.units_of_contact))


@dataclass(frozen=True, eq=False)
class ServiceRows:
    """All goals of a problem that are agreed over a day or a week."""

    slots: Slots
    rows: tuple[ServiceRow, ...]

    @classmethod
    def of(cls, problem: Problem, slots: Slots, limits: list[tuple[Rule, Service]]) -> "ServiceRows":
        """Each limit with its price."""
        names = Counter(limit.table.name for _, limit in limits)
        if any(count > 1 for count in names.values()):
            raise unsupported(text("several rules of the book plan by the same service goal"))
        number = {skill.name: k for k, skill in enumerate(problem.skills)}
        prices = [limit.price or rule.price or 0 for rule, limit in limits]
        dearest = max([LEAST_DEAREST_CENTS, *map(problem.pay_of, problem.agents), *prices])
        rows = []
        for (rule, limit), cents in zip(limits, prices, strict=True):
            hard = rule.must_keep(limit)
            price = each(HARD_PRICE_FACTOR * dearest if hard else cents)
            rows.append(ServiceRow(rule.name, number[limit.skill], hard, price, limit.table, slots))
        return cls(slots, tuple(rows))

    def arrays(self, skills: int) -> dict[str, Any]:
        """The fields of the compiled core's ``Model`` on goals."""
        shape = max(1, skills), self.slots.count
        goal_of = np.full(shape, NO_GOAL_NUMBER, np.int32)
        first, count = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
        begins = np.zeros(shape, np.int64)
        gains = [np.zeros(1)]
        so_far = 1
        for number, row in enumerate(self.rows):
            steps = np.diff(row.answered, axis=1, prepend=0).astype(np.float64)
            goal_of[row.skill, row.at] = number
            first[row.skill, row.at] = row.fewest[row.position]
            count[row.skill, row.at] = steps.shape[1]
            begins[row.skill, row.at] = so_far + row.position * steps.shape[1]
            gains.append(steps.ravel())
            so_far += steps.size
        return {
            "goals": len(self.rows),
            "goal_of": goal_of,
            "gain_first": first,
            "gain_count": count,
            "gain_from": begins,
            "gain": np.concatenate(gains),
        }
