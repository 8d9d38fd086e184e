"""How much volumes scatter: more than chance alone would make them."""

from dataclasses import dataclass

import numpy as np

from scheduler.demand.forecast.model import Forecast
from scheduler.demand.forecast.past import PastVolumes


@dataclass(frozen=True)
class Dispersion:
    """What a forecast cannot foresee.

    Parameters
    ----------
    of_days
        Coefficient of variation of a day's total around its factors, beyond chance: 0.05 is 5 % up or down,
        for all intervals of the day together.
    within_days
        Variance of an interval over its mean, the day's total being given: 1 is chance alone (Poisson).
    """

    of_days: float
    within_days: float


def dispersion(past: PastVolumes, found: Forecast) -> Dispersion:
    """Overdispersion between days and within them.

    Notes
    -----
    A day has one busyness factor ``B`` of mean 1 for all of its intervals, and an interval is Poisson of mean
    ``B m`` (Avramidis, Deslauriers and L'Ecuyer, Modeling daily arrivals to a telephone call center,
    Management Science 50, 2004; Jongbloed and Koole, Managing uncertainty in call centres using Poisson
    mixtures, Applied Stochastic Models in Business and Industry 17, 2001). Of the days:
    ``sqrt(max(0, r - 1/T))`` with ``r`` the weighted mean square of their logarithmic residuals, ``n / f``
    times so large for the ``f`` of ``n`` days that the fit leaves free, and ``1/T`` the mean of one over
    their totals. Within: Pearson's ``sum (x - m)^2 / m`` over its degrees of freedom, ``m`` being total
    x share.
    """
    days = found.of_contacts.days
    known = days.weights > 0
    residuals, weights = days.residuals[known], days.weights[known]
    used = int((~np.isnan(days.weeks)).sum() + (~np.isnan(days.weekday)).sum() - 1 + len(days.labels))
    free = max(int(known.sum()) - used, 1)
    square = (
        float((weights * residuals**2).sum() / weights.sum() * known.sum() / free) if known.any() else 0.0
    )
    chance = float(np.mean(1.0 / found.of_contacts.values[known])) if known.any() else 0.0
    expected = found.of_contacts.values[:, None] * found.of_contacts.profile.shape[past.weekdays]
    usable = ~np.isnan(past.contacts) & (np.nan_to_num(expected) > 0) & (days.weights >= 1)[:, None]
    pearson = (past.contacts[usable] - expected[usable]) ** 2 / expected[usable]
    whole_days = int(usable.any(axis=1).sum())
    fitted = int((np.nan_to_num(found.of_contacts.profile.shape) > 0).sum())
    return Dispersion(
        max(0.0, square - chance) ** 0.5,
        float(pearson.sum() / max(usable.sum() - whole_days - fitted, 1)),
    )
