"""Days as level x weekday x calendar: a model of logarithms that a few odd days cannot bend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.demand.forecast.past import HOLIDAY, Floats, PastVolumes
from scheduler.domain.values.grid import DAYS_PER_WEEK

HALF_LIFE = 20 * DAYS_PER_WEEK
"""Days after which a day counts half. Longer is steadier, shorter follows new habits."""
OF_A_HOLIDAY = 0.05
"""The weight of a holiday: holidays differ, and shall not bend their week and their weekday."""
_BEND = 3.0
"""Deviations, in robust standard deviations, from which on a day counts less (Huber's k)."""
_LEAST_DEVIATION = 1e-9
"""Of a logarithm: below it all days fit."""
_ROUNDS = 50


@dataclass(frozen=True)
class DayFactors:
    """What makes one day larger than another.

    Parameters
    ----------
    weekday
        Logarithm of the factor of each weekday, Monday first, of mean 0 over the weekdays seen; NaN for
        others.
    labels
        Logarithm of the factor of each label.
    weeks
        Logarithm of the level of each week of seven days, counted back from the end, the oldest first; NaN
        where nothing is known.
    weights
        How much each day counts, 1 unless it is odd; 0 where nothing is known.
    residuals
        Logarithm of each day over its fit; NaN where nothing is known.
    """

    weekday: Floats
    labels: Mapping[str, float]
    weeks: Floats
    weights: Floats
    residuals: Floats

    def of(self, weekday: int, labels: Sequence[str]) -> float:
        """Logarithm of the factor of a day, its level aside; a label that was never seen changes nothing."""
        return float(self.weekday[weekday] + sum(self.labels.get(label, 0.0) for label in labels))


def age_weights(past: PastVolumes) -> Floats:
    """How much each day counts for its age: half after ``HALF_LIFE`` days, and little of a holiday."""
    weights: Floats = 0.5 ** (past.ages / HALF_LIFE) * np.where(past.is_holiday, OF_A_HOLIDAY, 1.0)
    return weights


def day_factors(values: Floats, past: PastVolumes, known_logs: Floats | None = None) -> DayFactors:
    """Factors of the weekdays and labels, and the level of each week.

    Parameters
    ----------
    values
        One for each day of the past; NaN or 0 where nothing is known.
    known_logs
        Logarithms of factors that are known beforehand, one a day; 0 where none is.

    Notes
    -----
    ``log value = week + weekday + sum of labels + residual``, by least squares that are weighted anew until
    they stand (Huber, Robust estimation of a location parameter, Annals of Mathematical Statistics 35, 1964):
    a day whose residual is more than ``k`` robust standard deviations ``s`` counts ``k s / |residual|``, with
    ``s`` = 1.4826 x the median of all ``|residual|``. Holidays are not bent; they
    count little anyhow. Beside that days count as :func:`age_weights` says.

    What holidays have in common is one more label, and the name of one holds what differs from it, as if a
    day without difference had been seen as well (a ridge of one day's weight; Hoerl and Kennard, Ridge
    regression, Technometrics 12, 1970). So a holiday that was never seen is foretold as holidays are.
    """
    known = np.nan_to_num(values) > 0
    logs = np.log(np.where(known, values, 1.0)) - (0.0 if known_logs is None else known_logs)
    week = past.ages.max() // DAYS_PER_WEEK - (past.ages - 1) // DAYS_PER_WEEK
    week -= week.min()
    seen = np.unique(past.weekdays[known])
    labels = [past.labels_of(day) if there else () for day, there in zip(past.days, known, strict=True)]
    names = sorted({name for of in labels for name in of})
    of_weeks = week[:, None] == np.arange(week.max() + 1)
    of_weekdays = past.weekdays[:, None] == seen
    of_labels = np.array([[name in of for name in names] for of in labels]).reshape(len(labels), len(names))
    table = np.hstack([of_weeks, of_weekdays, of_labels]).astype(float)
    # one more row says that the weekdays have mean 0; it costs nothing, since the weeks take up the rest
    mean_row = np.hstack([np.zeros(of_weeks.shape[1]), np.ones(len(seen)), np.zeros(len(names))])
    is_shrunk = [name != HOLIDAY and all(HOLIDAY in of for of in labels if name in of) for name in names]
    shrinking = np.diag(
        OF_A_HOLIDAY**0.5 * np.concatenate([np.zeros(table.shape[1] - len(names)), is_shrunk])
    )
    aside = np.vstack([mean_row, shrinking])
    base = np.where(known, age_weights(past), 0.0)
    weights = np.ones(len(values))
    for _ in range(_ROUNDS):
        root = np.sqrt(base * weights)
        left = np.vstack([table * root[:, None], aside])
        found = np.linalg.lstsq(left, np.append(logs * root, np.zeros(len(aside))), rcond=None)[0]
        off = np.abs(logs - table @ found)
        bend = _BEND * max(1.4826 * float(np.median(off[known])), _LEAST_DEVIATION) if known.any() else 1.0
        again = np.where(past.is_holiday, 1.0, bend / np.maximum(off, bend))
        stands = np.allclose(again, weights, atol=1e-4)
        weights = again
        if stands:
            break
    by_week, by_weekday, by_label = np.split(found, [of_weeks.shape[1], of_weeks.shape[1] + len(seen)])
    weekday = np.full(DAYS_PER_WEEK, np.nan)
    weekday[seen] = by_weekday
    is_there = (of_weeks & known[:, None]).any(axis=0)
    return DayFactors(
        weekday,
        dict(zip(names, map(float, by_label), strict=True)),
        np.where(is_there, by_week, np.nan),
        np.where(known, weights, 0.0),
        np.where(known, logs - table @ found, np.nan),
    )
