"""Bounds on the sums in one agent's week, checked before they are computed in 64 bits."""

from math import ceil

import numpy as np

from scheduler.domain.facts.problem import Problem
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.domain.values.money import hourly
from scheduler.model.limits.breaks import BreakGap, BreakLimit, BreakOrder, WorkStretch
from scheduler.model.limits.kinds import AgentLimit, Gap, Rest, Run, Spread, Total
from scheduler.model.limits.verbs import DiffersFrom, Free, OfTemplate, StartsOutside, Worked
from scheduler.texts import text
from scheduler.verifier.bound.pricing.agent_classes import AgentClass, Carried
from scheduler.verifier.recount.exact import MOST_IN_A_WEEK
from scheduler.verifier.recount.wages import Wages

_YES_OR_NO = (Worked, Free, OfTemplate, StartsOutside, DiffersFrom)
"""Verbs with amounts 0 and 1; others have minutes."""


class WeekSizes:
    """Bounds on the sums in the week of each agent class."""

    def __init__(self, problem: Problem) -> None:
        pauses = [band.breaks for template in problem.templates for band in template.breaks]
        times = [
            (pause.earliest_start, pause.latest_start, pause.length_minutes)
            for breaks in pauses
            for pause in breaks
        ]
        self.days = problem.grid.days
        self.minutes = sum(
            (
                max((template.max_length for template in problem.templates), default=0),
                max((max(numbers) for numbers in times), default=0),
                4 * MINUTES_PER_DAY,
            )
        )
        """Upper bound on a shift's minutes, a verb's amount, and a break's distance from its window."""
        self.stretches = 1 + max(map(len, pauses), default=0)
        self._wages = Wages(problem)
        self._charged: dict[Carried, int] = {}

    def check_size(self, agent_class: AgentClass) -> None:
        """Check that all sums in a week of the class fit into 64 bits.

        Raises
        ------
        ValueError
            If they may exceed ``MOST_IN_A_WEEK``.
        """
        together = int(np.abs(np.diff(agent_class.worth.summed)).sum())  # at most MOST_IN_A_WEEK itself
        together += sum(int(np.abs(premium.prices).sum()) for premium in agent_class.premiums)
        together += hourly(abs(agent_class.pay), self.days * self.minutes)
        together += ceil(sum(self._wages.rates(agent_class.pay))) * self.days * self.minutes
        together += sum(map(self._most, agent_class.limits))
        if together > MOST_IN_A_WEEK:
            raise ValueError(
                text(
                    "prices, wages and limits of one agent add up to {together:,}, and {most_in_a_week:,} "
                    "is the most that is counted exactly",
                    together=together,
                    most_in_a_week=MOST_IN_A_WEEK,
                )
            )

    def _most(self, carried: Carried) -> int:
        """Bound on the cost of a limit's excess, or on the numbers in its check for a must."""
        if carried not in self._charged:
            unit_price = 1 if carried.unit_price is None else abs(carried.unit_price)
            self._charged[carried] = max(1, unit_price) * (1 + self._excess(carried.limit))
        return self._charged[carried]

    def _excess(self, limit: AgentLimit) -> int:
        """Bound on a week's excess of a limit, and on any number in its check."""
        match limit:
            case Total(on=on, on_any_of=blocks):
                bounds = _together(limit.at_least, limit.at_most, limit.carried_in)
                a_day = 1 if isinstance(limit.of, _YES_OR_NO) else self.minutes
                return len(on) * a_day + len(blocks) + bounds
            case Run(over=over):
                bounds = _together(limit.at_least, limit.at_most, limit.carried_in)
                return (len(over) + 1) * (len(over) + bounds)
            case BreakGap():
                each = self.minutes + _together(limit.at_least, limit.at_most)
                return len(limit.on) * self.stretches * each
            case WorkStretch():
                return len(limit.on) * self.stretches * (self.minutes + abs(limit.at_most))
            case BreakOrder():
                return len(limit.on) * self.stretches
            case BreakLimit():
                return len(limit.on) * self.stretches * self.minutes
            case Gap():
                return _together(limit.at_least, limit.carried_in)
            case Rest():
                return _together(limit.at_least, limit.since, limit.until)
            case Spread():
                return abs(limit.at_most)
        return 0


def _together(*bounds: int | None) -> int:
    return sum(abs(bound or 0) for bound in bounds)
