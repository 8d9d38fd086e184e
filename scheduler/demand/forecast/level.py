"""The level of the weeks to come: exponential smoothing with a trend that dies away."""

from itertools import product

import numpy as np

from scheduler.demand.forecast.past import Floats

DAMPING = 0.8
"""What is left of the trend a week later."""
LEVEL_STEPS = (0.2, 0.35, 0.5, 0.7, 0.9)
"""How far the level follows the last week; each is tried."""
TREND_STEPS = (0.0, 0.15, 0.3)
"""How far the trend follows, as a part of the level's step; each is tried."""
_SHARPNESS = 4
"""The power of its error by which a pair of steps counts less: 0 takes all alike, much the best alone."""
_MEMORY = 26
"""Weeks after which an error counts half."""


def level_ahead(weeks: Floats, ahead: int) -> float:
    """The level some weeks after the last one.

    Parameters
    ----------
    weeks
        Logarithm of the level of each week, the oldest first; NaN where a week is missing.
    ahead
        How many weeks later, from 1.

    Notes
    -----
    Damped additive trend on the logarithms (Gardner and McKenzie, Forecasting trends in time series,
    Management Science 31, 1985)::

        forecast of week t:  l + phi b
        l' = l + phi b + a e        e: what came, less the forecast
        b' = phi b + a c e
        ahead h:             l + (phi + ... + phi^h) b

    No pair ``(a, c)`` is best for every centre, and the one that was best is rarely so next month. So all of
    them are taken, each with the weight ``error^-4`` of its mean absolute error one week ahead (Bates and
    Granger, The combination of forecasts, Operational Research Quarterly 20, 1969, in robust form).
    """
    known = weeks[~np.isnan(weeks)]
    if not len(known):
        return float("nan")
    levels, errors = [], []
    sum_of_powers = sum(DAMPING**power for power in range(1, ahead + 1))
    for step, part in product(LEVEL_STEPS, TREND_STEPS):
        level, trend = float(known[0]), 0.0
        missed = []
        for came in known[1:]:
            expected = level + DAMPING * trend
            error = float(came) - expected
            missed.append(abs(error))
            level, trend = expected + step * error, DAMPING * trend + step * part * error
        ages = np.arange(len(missed))[::-1]
        errors.append(float(np.average(missed, weights=0.5 ** (ages / _MEMORY))) if missed else 1.0)
        levels.append(level + sum_of_powers * trend)
    least = max(min(errors), 1e-12)
    weights = (np.maximum(errors, 1e-12) / least) ** -_SHARPNESS
    return float(np.average(levels, weights=weights))
