"""Steering one worker towards goals over a day or a week, by what it lets an answer in time be worth.

The search sees goals as the bound does: every answer in time earns the goal's multiplier, so that each slot
has a price of its own for one agent more or less, and a move costs what it did without goals. At the best
multiplier of the guide's prices a roster meets a goal nearly; the worth is raised while a roster misses it
and lowered while it meets it with something to spare, as in the method of multipliers (Bertsekas 1982).
"""

from dataclasses import dataclass, field

import numpy as np

from scheduler.engine.goals.multipliers import GoalMultipliers
from scheduler.engine.instance.instance import Instance
from scheduler.engine.kernel.arrays import Float64Array, Int32Array


@dataclass(frozen=True)
class SteeringPolicy:
    """Parameters of how fast worths follow."""

    rate_factor: float = 20.0
    """A goal that is missed by a fraction of it changes its worth by so many times that fraction. On the week
    of 475 agents one per cent more worth answers 0.03 % more; a higher rate overshoots, a lower one ends a
    cycle before the goal is met."""
    most_change_fraction: float = 0.1
    """By which fraction a worth changes at most at once. More forgets a roster that nearly meets the goal."""
    least_rise_fraction: float = 0.002
    """By which fraction the worth of a goal that is missed rises at least. Less takes many looks for the last
    contacts."""
    lowest_factor: float = 0.2
    """What a worth is at least, as a multiple of that of the guide. Lower would take many looks to return."""
    highest_factor: float = 50.0
    """What a worth is at most, likewise. A goal of few contacts may need a high one, for the multiplier knows
    no whole people; higher would only make wages look cheap."""


POLICY = SteeringPolicy()


@dataclass(eq=False)
class GoalSteering:
    """What an answer in time is worth to one worker."""

    instance: Instance
    _base: Float64Array = field(init=False)
    _factor: Float64Array = field(init=False)

    def __post_init__(self) -> None:
        self._multipliers = GoalMultipliers(self.instance)
        self._base = np.array([goal.best for goal in self._multipliers.goals])
        self._factor = np.ones(len(self._base))

    @property
    def worth(self) -> Float64Array:
        """Of a unit of each goal, shape (goals,)."""
        return self._base * self._factor

    def aim(self, guide: Float64Array) -> None:
        """Begin at the multipliers of a guide's prices, times what was learnt."""
        self._base = self._multipliers.worth(self.instance.shape.staffing(guide))
        self._factor = np.sqrt(self._factor)

    def steer(self, staffed: Int32Array) -> None:
        """Follow a roster, by its staff of shape (slots, skills)."""
        for number, row in enumerate(self.instance.services.rows):
            spare = (row.answered_in_time(staffed) - row.asked) / max(1, row.asked)
            change = float(
                np.clip(
                    -POLICY.rate_factor * spare, -POLICY.most_change_fraction, POLICY.most_change_fraction
                )
            )
            if spare < 0:
                change = max(change, POLICY.least_rise_fraction)
            factor = self._factor[number] * (1 + change)
            self._factor[number] = np.clip(factor, POLICY.lowest_factor, POLICY.highest_factor)

    def cost(self, staffed: Int32Array) -> tuple[int, int]:
        """What is missing to goals with a price, and to goals that must be met, in sixtieths of a cent."""
        priced = hard = 0
        for row in self.instance.services.rows:
            missing = row.price * row.missing(staffed)
            hard += missing if row.hard else 0
            priced += 0 if row.hard else missing
        return priced, hard
