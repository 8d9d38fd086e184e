"""What premiums add to the wage of each option, by agent and day: a cost of the option like any other.

Every option's minutes are counted by which premiums hold, with running sums over the minutes of the horizon;
its unpaid minutes are those that cost least (:mod:`scheduler.pay.duty_pay`).
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scheduler.domain.facts.problem import Problem
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.engine.instance.shift_options import ABSENT, Options
from scheduler.engine.kernel.arrays import Float64Array, Int64Array
from scheduler.pay.premium_times import DAYS_AROUND, PremiumTimes

_AROUND = DAYS_AROUND * MINUTES_PER_DAY


@dataclass(frozen=True, eq=False)
class _Profile:
    """Which premiums hold in every minute of a clock.

    Parameters
    ----------
    sets
        The sets of premiums that hold together.
    summed
        Minutes of each set before each minute, shape (sets, minutes + 1).
    """

    sets: tuple[tuple[int, ...], ...]
    summed: Int64Array


class PremiumCosts:
    """Rows of what options cost on top, by agent and day.

    Parameters
    ----------
    problem
        With prices in parts, so that a minute of every premium is whole.
    """

    def __init__(self, problem: Problem, options: Options) -> None:
        self.problem, self.options, self.times = problem, options, PremiumTimes(problem)
        self._profiles: dict[tuple[str, tuple[int, ...]], _Profile] = {}
        self._rows: dict[tuple[int, int, int, tuple[tuple[int, ...], ...]], Float64Array | None] = {}

    def row(self, agent: int, zone: int, day: int) -> Float64Array | None:
        """What each option of a day is paid on top, and the free day behind them; ``None`` if nothing is."""
        someone = self.problem.agents[agent]
        pay = self.problem.pay_of(someone)
        by_template = tuple(self.times.covering(someone, one.name) for one in self.problem.templates)
        key = zone, day, pay, by_template
        if key not in self._rows:
            self._rows[key] = self._made(zone, day, pay, by_template)
        return self._rows[key]

    def _made(
        self, zone: int, day: int, pay: int, by_template: tuple[tuple[int, ...], ...]
    ) -> Float64Array | None:
        options, row = self.options, np.zeros(self.options.count + 1)
        exists = options.start_slot[zone, day] != ABSENT
        for numbers in set(by_template):
            like = [number for number, mine in enumerate(by_template) if mine == numbers]
            mine = np.flatnonzero(exists & np.isin(options.template, like))
            if numbers and len(mine):
                row[mine] = self._costs(zone, day, pay, numbers, mine)
        return row if row.any() else None

    def _costs(self, zone: int, day: int, pay: int, numbers: tuple[int, ...], mine: Int64Array) -> Int64Array:
        """What these options are paid on top, in whole parts of a unit."""
        profile = self._profile(self.options.slots.zones[zone], self.times.by_clock(numbers))
        rates = [self._rate(held, pay) for held in profile.sets]
        begin = self.options.start_instant[zone, day, mine] + _AROUND
        lasting = self.options.elapsed[mine].astype(np.int64)
        minutes = profile.summed[:, begin + lasting] - profile.summed[:, begin]
        unpaid = lasting - self.options.paid[mine]
        costs = np.zeros(len(mine), np.int64)
        for place in np.argsort(rates, kind="stable"):
            taken = np.minimum(unpaid, minutes[place])
            unpaid = unpaid - taken
            costs += rates[place] * (minutes[place] - taken)
        paid = self.options.paid[mine].astype(np.int64)
        for number, (times, more) in self.times.of_minutes(numbers, day).items():
            costs += self._rate((number,), pay) * np.maximum(0, times * paid + more)
        return costs

    def _rate(self, held: tuple[int, ...], pay: int) -> int:
        every = (self.times.premiums[number].rate(pay) for number in self.times.paid(held, pay))
        rate = sum(every, Fraction())
        assert rate.denominator == 1  # prices are in as many parts as that takes
        return int(rate)

    def _profile(self, zone: str, numbers: tuple[int, ...]) -> _Profile:
        key = zone, numbers
        if key not in self._profiles:
            first, last = -_AROUND, self.problem.grid.minutes + _AROUND
            pieces = self.times.pieces(zone, numbers, first, last)
            sets = {
                held: place for place, held in enumerate(dict.fromkeys(piece.premiums for piece in pieces))
            }
            holds = np.zeros((len(sets), last - first), np.int64)
            for piece in pieces:
                holds[sets[piece.premiums], piece.start - first : piece.end - first] = 1
            summed = np.zeros((len(sets), last - first + 1), np.int64)
            np.cumsum(holds, axis=1, out=summed[:, 1:])
            self._profiles[key] = _Profile(tuple(sets), summed)
        return self._profiles[key]
