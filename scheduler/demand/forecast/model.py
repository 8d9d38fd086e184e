"""The forecast of one skill: factors of the days, level, profile, and the same of handling times."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import exp, log

import numpy as np

from scheduler.demand.forecast.day_factors import DayFactors, age_weights, day_factors
from scheduler.demand.forecast.level import level_ahead
from scheduler.demand.forecast.past import Floats, PastVolumes
from scheduler.demand.forecast.profile import Profile, open_slots, profile
from scheduler.domain.values.grid import DAYS_PER_WEEK

UNUSUAL = 0.5
"""The weight below which a day is told as odd."""


@dataclass(frozen=True)
class Components:
    """What one measure, contacts or handling times, was found to be made of.

    Parameters
    ----------
    values
        The value of each day that it was estimated from; NaN where nothing is known.
    """

    values: Floats
    days: DayFactors
    profile: Profile

    def day_value(self, past: PastVolumes, day: date) -> float:
        """The value of a day to come, without a factor that a person gave."""
        return exp(self.level(past, day) + self.days.of(day.weekday(), past.labels_of(day)))

    def level(self, past: PastVolumes, day: date) -> float:
        """Logarithm of the level on a day to come."""
        return level_ahead(self.days.weeks, (day - past.end).days // DAYS_PER_WEEK + 1)

    @property
    def unusual_days(self) -> tuple[int, ...]:
        """Days, counted from the first one, that stand aside to more than a half."""
        is_odd = (self.days.weights > 0) & (self.days.weights < UNUSUAL)
        return tuple(int(at) for at in np.flatnonzero(is_odd))


@dataclass(frozen=True)
class Forecast:
    """What is expected of one skill.

    Parameters
    ----------
    contacts, aht_seconds
        Shape (days, slots); NaN is closed, and of handling times unknown.
    unseen
        Dates with a label that no day of the history has, and the label: no factor is known of it.
    """

    days: tuple[date, ...]
    contacts: Floats
    aht_seconds: Floats | None
    of_contacts: Components
    of_aht: Components | None
    unseen: tuple[tuple[date, str], ...]


def forecast(past: PastVolumes, days: Iterable[date]) -> Forecast:
    """Contacts and handling times of days that come after the history.

    Notes
    -----
    ``contacts = level x weekday x calendar x profile``: see
    :func:`scheduler.demand.forecast.level.level_ahead`,
    :func:`scheduler.demand.forecast.day_factors.day_factors` and
    :func:`scheduler.demand.forecast.profile.profile`. Handling times have a level, factors and a profile of
    their own; their day is the mean weighted by contacts. Of a call centre's volumes a week ahead such
    products of day and time of day are hard to beat (Taylor, A comparison of univariate time series methods
    for forecasting intraday arrivals at a call center, Management Science 54, 2008; Ibrahim, Ye, L'Ecuyer and
    Shen, Modeling and forecasting call center arrivals, International Journal of Forecasting 32, 2016).
    """
    wanted = tuple(days)
    is_open = open_slots(past.contacts, past.weekdays, age_weights(past))
    of_contacts, of_aht = _of_contacts(past), _of_handling(past)
    contacts = np.full((len(wanted), past.contacts.shape[1]), np.nan)
    aht = contacts.copy()
    for row, day in enumerate(wanted):
        weekday, slots = day.weekday(), is_open[day.weekday()]
        # a weekday that is open though nobody ever called has no factor: it is 0
        if slots.any():
            total = np.nan_to_num(of_contacts.day_value(past, day) * past.given_factors.get(day, 1.0))
            contacts[row, slots] = total * np.nan_to_num(of_contacts.profile.shape[weekday, slots])
            if of_aht is not None:
                aht[row, slots] = of_aht.day_value(past, day) * of_aht.profile.shape[weekday, slots]
    known = of_contacts.days.labels
    unseen = ((day, label) for day in wanted for label in past.labels_of(day) if label not in known)
    return Forecast(
        wanted, contacts, None if of_aht is None else aht, of_contacts, of_aht, tuple(unseen)
    )  # fmt: skip


def _of_contacts(past: PastVolumes) -> Components:
    """What the contacts are made of; a day with holes is filled up by the means of its weekday."""
    known, weights = ~np.isnan(past.contacts), age_weights(past)
    came = np.nan_to_num(past.contacts)
    means = open_slots(past.contacts, past.weekdays, weights).astype(float)
    for weekday in range(DAYS_PER_WEEK):
        its = past.weekdays == weekday
        means[weekday] *= (weights[its] @ came[its]) / np.maximum(weights[its] @ known[its], 1e-300)
    usual = means[past.weekdays]
    part, whole = (usual * known).sum(axis=1), usual.sum(axis=1)
    totals = np.where(part > 0, came.sum(axis=1) * whole / np.where(part > 0, part, 1.0), np.nan)
    own = np.array([log(past.given_factors.get(day, 1.0)) for day in past.days])
    days = day_factors(totals, past, own)
    return Components(totals, days, _shares(past, totals, weights * days.weights))


def _shares(past: PastVolumes, totals: Floats, weights: Floats) -> Profile:
    """The share of a day's contacts in each slot, by weekday."""
    of_day = np.where(totals > 0, totals, np.nan)[:, None]
    return profile(past.contacts, np.broadcast_to(of_day, past.contacts.shape), past.weekdays, weights)


def _of_handling(past: PastVolumes) -> Components | None:
    """What the handling times are made of: the day's mean weighted by contacts, and its ratio by slot."""
    if past.aht_seconds is None:
        return None
    known = ~np.isnan(past.aht_seconds) & (np.nan_to_num(past.contacts) > 0)
    calls = np.where(known, past.contacts, np.nan)
    seconds = calls * past.aht_seconds
    numbers = np.nansum(calls, axis=1)
    if not numbers.any():
        return None
    means = np.nansum(seconds, axis=1) / np.where(numbers > 0, numbers, np.nan)
    days = day_factors(means, past)
    weights = age_weights(past) * days.weights
    return Components(means, days, profile(seconds, calls * means[:, None], past.weekdays, weights))
