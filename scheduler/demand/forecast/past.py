"""What came to one skill, as arrays by day and time of day."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.values.grid import DAYS_PER_WEEK

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]
LEAST_DAYS = 2 * DAYS_PER_WEEK
"""Of history: with less, weekday and level cannot be told apart."""


HOLIDAY = "holiday"
"""The label of every holiday, beside its name."""


@dataclass(frozen=True)
class PastVolumes:
    """The history of a skill, day by day without a hole between the first and the last.

    Parameters
    ----------
    contacts
        Shape (days, slots of a day), contacts; NaN where nothing is known.
    aht_seconds
        The same shape, or ``None``; NaN where nothing is known.
    labels
        What the calendar says of a day, past or to come: holiday, event, weather.
    holidays
        Holidays: they count little for week and weekday, and are scored apart.
    given_factors
        Factors that a person gave for a date; they stand in place of the estimated ones.
    """

    first_day: date
    contacts: Floats
    aht_seconds: Floats | None = None
    labels: Mapping[date, tuple[str, ...]] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    given_factors: Mapping[date, float] = field(default_factory=dict)

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of it."""
        return tuple(self.first_day + timedelta(days=at) for at in range(len(self.contacts)))

    @property
    def end(self) -> date:
        """The day after the last one: from where a forecast looks back."""
        return self.first_day + timedelta(days=len(self.contacts))

    @property
    def weekdays(self) -> Integers:
        """The weekday of each day, 0 is Monday."""
        return (self.first_day.weekday() + np.arange(len(self.contacts))) % DAYS_PER_WEEK

    @property
    def ages(self) -> Integers:
        """Days from each day to the end, 1 for the last."""
        return len(self.contacts) - np.arange(len(self.contacts))

    @property
    def is_holiday(self) -> NDArray[np.bool_]:
        """Whether each day is a holiday."""
        return np.array([day in self.holidays for day in self.days])

    def labels_of(self, day: date) -> tuple[str, ...]:
        """What the calendar says of a day, where no person gave its factor."""
        if day in self.given_factors:
            return ()
        common = (HOLIDAY,) if day in self.holidays else ()
        return tuple(dict.fromkeys((*common, *self.labels.get(day, ()))))

    def before(self, day: date) -> "PastVolumes":
        """The part of it that was known on the morning of a day."""
        size = (day - self.first_day).days
        aht = None if self.aht_seconds is None else self.aht_seconds[:size]
        return replace(self, contacts=self.contacts[:size], aht_seconds=aht)
