"""The multiplier of a goal over a day or a week: what one more answer in time is worth.

A goal ties the staff of many slots together: the sum of ``A[t](s[t])``, what ``s[t]`` agents answer in slot
``t``, is to be ``R`` at least. Relaxed with a multiplier ``m`` of zero or more, the slots come apart again,
and for any prices ``p`` and any ``m``

    sum over t of  min over s of (f[t](s) + p[t] s - m A[t](s))  +  m R

is no more than the cheapest staff that meets the goal (Geoffrion 1974). Every whole number of staff that can
be cheapest is tried, so that it does not matter whether ``A`` is concave. Where missing a contact has a price
the multiplier is no more than that. At given prices the best multiplier is found by tangents from both sides,
for the sum is concave in ``m``: so it is no coordinate of the ascents, which see a function of prices alone.
"""

from dataclasses import dataclass

import numpy as np

from scheduler.domain.values.money import COST_UNITS_PER_CENT
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.interval_costs import NO_CAP, beyond
from scheduler.engine.instance.service_rows import ServiceRow
from scheduler.engine.kernel.arrays import Float64Array, Int64Array


@dataclass(frozen=True)
class MultiplierPolicy:
    """Parameters of the search for the best multiplier."""

    first_cents_of_contact: float = 500.0
    """Where the first search begins. It only costs some steps where it is far off."""
    growth: float = 1.5
    """Factor by which a multiplier changes until the best one lies between two. From one call to the next it
    hardly moves, so that this is seldom asked for."""
    most_steps: int = 14
    """Evaluations of a search at most. Any multiplier proves a bound, so fewer would prove a little less."""
    tolerance: float = 1e-7
    """A search ends where a further step can add no more than this fraction of the value."""
    hard_fraction: float = 0.2
    """A must's multiplier is at most this fraction of what the search charges for a missing contact."""


POLICY = MultiplierPolicy()


@dataclass(frozen=True)
class _Look:
    """The sum at one multiplier: its value, what is answered in time, and which staff is cheapest."""

    multiplier: float
    value: float
    answered: float
    choice: Int64Array


class GoalMultiplier:
    """The best multiplier of one goal at prices of its slots, and the staff that they ask for.

    Attributes
    ----------
    best
        The last one, in sixtieths of a cent per unit.
    certified
        The last whole one, in sixtieths of a cent per contact.
    """

    def __init__(self, instance: Instance, row: ServiceRow) -> None:
        self.row = row
        holders = sum(row.skill in instance.staffing.groups[group][0] for group in instance.staffing.group)
        mine = [one for one in instance.staffing.breakpoints if one.skill == row.skill]
        least, most = np.zeros(len(row.at), np.int64), np.full(len(row.at), holders)
        for one in mine:
            if one.hard and one.over:
                most = np.minimum(most, one.at[row.at])
            elif one.hard:
                least = np.maximum(least, one.at[row.at])
        fewest = row.fewest[row.position]
        steps = np.arange(-1, row.answered.shape[1] + 1)
        points = [least, most, *(one.at[row.at] for one in mine), *(fewest + step for step in steps)]
        self.staff = np.stack([np.clip(point, least, np.maximum(least, most)) for point in points], axis=1)
        self.cost = np.zeros_like(self.staff)
        for one in mine:
            if not one.hard and not (one.over and (one.at[row.at] >= NO_CAP).all()):
                self.cost += one.price * beyond(self.staff, one.at[row.at][:, None], one.over)
        self.answered = self._rounded_up(self.staff - fewest[:, None])
        share = POLICY.hard_fraction if row.hard else 1.0
        self.highest = share * row.price / row.units_of_contact
        first = COST_UNITS_PER_CENT * POLICY.first_cents_of_contact / row.units_of_contact
        self.best = min(first, self.highest)
        self.certified, self._parts = 0, instance.parts
        self._columns = np.arange(len(row.at))

    @property
    def most(self) -> int:
        """Units that everybody together answers, rounded up."""
        return int(self.answered.max(axis=1).sum())

    def _rounded_up(self, more: Int64Array) -> Int64Array:
        """Units of so many agents more than the fewest, rounded up; the table is rounded down."""
        row = self.row
        down = row.answered[row.position[:, None], np.clip(more, 0, row.answered.shape[1] - 1)]
        lengths = np.array([len(numbers) for numbers in row.table.answered])[row.position]
        hair = row.slots.minutes * np.where(more >= lengths[:, None], 2, 1)
        return np.asarray(np.where(more < 0, 0, down + hair), np.int64)

    def at(self, prices: Float64Array) -> tuple[float, Float64Array]:
        """The sum at the best multiplier, and staff that attains it; prices and staff by the goal's slots.

        Where two choices attain it, the staff is the mixture of both that just meets the goal.
        """
        priced = self.cost + prices[:, None] * self.staff
        asked = self.row.asked
        below: _Look | None = None
        above: _Look | None = None
        multiplier = self.best
        for _ in range(POLICY.most_steps):
            look = self._look(priced, multiplier)
            if look.answered < asked:
                below = look
            else:
                above = look
            if below is not None and above is not None:
                short, spare = asked - below.answered, above.answered - asked
                multiplier = (
                    above.value - below.value + short * below.multiplier + spare * above.multiplier
                ) / (short + spare)
                highest = below.value + short * (multiplier - below.multiplier)
                best = max(below.value, above.value)
                if highest - best <= POLICY.tolerance * abs(best):
                    break
            elif below is not None:
                if multiplier >= self.highest:
                    break
                multiplier = min(self.highest, max(multiplier, 1e-12) * POLICY.growth)
            else:
                if multiplier <= 0.0:
                    break
                multiplier = multiplier / POLICY.growth if multiplier > 1e-9 * self.highest else 0.0
        looks = [look for look in (below, above) if look is not None]
        best_look = max(looks, key=lambda look: look.value)
        self.best = best_look.multiplier
        staff = [self.staff[self._columns, look.choice].astype(np.float64) for look in looks]
        if below is None or above is None:
            return best_look.value, staff[0]
        weight = (above.answered - asked) / (above.answered - below.answered)
        return best_look.value, weight * staff[0] + (1 - weight) * staff[1]

    def _look(self, priced: Float64Array, multiplier: float) -> _Look:
        worth = priced - multiplier * self.answered
        choice = worth.argmin(axis=1)
        value = float(worth[self._columns, choice].sum()) + multiplier * self.row.asked
        return _Look(multiplier, value, float(self.answered[self._columns, choice].sum()), choice)

    def whole(self, prices: Int64Array) -> int:
        """The sum at whole prices and a whole multiplier, rounded down; ``certified`` is that multiplier.

        Sums are Python's integers.
        """
        self.at(prices.astype(np.float64))
        units = self.row.units_of_contact
        parts = self._parts
        highest = int(self.highest * units) // parts
        multiplier = self.certified = parts * max(0, min(round(self.best * units / parts), highest))
        priced = self.cost.astype(object) + prices.astype(object)[:, None] * self.staff.astype(object)
        worth = units * priced - multiplier * self.answered.astype(object)
        total: int = sum(worth.min(axis=1).tolist()) + multiplier * self.row.asked
        return total // units


class GoalMultipliers:
    """The multipliers of all goals of an instance."""

    def __init__(self, instance: Instance) -> None:
        self.goals = [GoalMultiplier(instance, row) for row in instance.services.rows]

    @property
    def unreachable(self) -> tuple[tuple[ServiceRow, int], ...]:
        """Goals that must be met and that everybody together cannot meet, with the units that they answer."""
        found = ((goal.row, goal.most) for goal in self.goals)
        return tuple((row, most) for row, most in found if row.hard and most < row.asked)

    @property
    def certified(self) -> dict[str, int]:
        """The last whole multiplier of each goal, in sixtieths of a cent per contact."""
        return {goal.row.table.name: goal.certified for goal in self.goals}

    def worth(self, staffing: Float64Array) -> Float64Array:
        """The best multiplier of each goal at prices of shape (skills, slots of the line)."""
        for goal in self.goals:
            goal.at(staffing[goal.row.skill, goal.row.at])
        return np.array([goal.best for goal in self.goals])

    def put(self, staffing: Float64Array, best: Float64Array, at: Float64Array, low: int) -> float:
        """Write the goals' staff into a table of the cheapest staff of every slot, and take their cost out.

        Parameters
        ----------
        staffing
            Prices, shape (skills, slots of the line).
        best, at
            Least cost and staff of every slot by itself, shape (skills, slots inside the horizon).
        low
            Slots of the line before the horizon.

        Returns
        -------
        float
            What the staff of the goals' slots costs at least, all together.
        """
        total = 0.0
        for goal in self.goals:
            row = goal.row
            value, staff = goal.at(staffing[row.skill, row.at])
            best[row.skill, row.at - low] = 0
            at[row.skill, row.at - low] = staff
            total += value
        return total
