"""How good the forecast would have been: made again at earlier dates, and held against what came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from scheduler.demand.forecast.model import forecast
from scheduler.demand.forecast.past import LEAST_DAYS, Floats, PastVolumes
from scheduler.domain.values.grid import DAYS_PER_WEEK

WEEKS = 8
"""How many weeks back the forecast is made again."""
OF_THE_MEAN = 4
"""Same weekdays that the plain mean takes."""
_HALF_A_CONTACT = 0.5
"""As near as a whole number can be."""


@dataclass(frozen=True)
class Score:
    """Forecasts of many intervals against what came.

    Parameters
    ----------
    amount
        What came in all: contacts, or of handling times seconds of work.
    wape
        Sum of the errors, whatever their sign, over that amount.
    bias
        Sum of the errors over that amount; above 0 too much was expected.
    within_5, within_10
        Share of the intervals within 5 and 10 % of what came, or within half a contact of it.
    """

    days: int
    intervals: int
    amount: float
    wape: float
    bias: float
    within_5: float
    within_10: float


@dataclass(frozen=True)
class Backtest:
    """The forecast and the mean of the last four same weekdays, week after week, a week ahead.

    Parameters
    ----------
    origins
        Mornings at which only the days before were known; each foretold its seven days.
    contacts, holidays, aht
        Score of the forecast and of the mean: of contacts on all days but holidays, of contacts on holidays,
        of handling times weighted by contacts. ``None`` where there was nothing to foretell.
    """

    origins: tuple[date, ...]
    contacts: tuple[Score, Score] | None
    holidays: tuple[Score, Score] | None
    aht: tuple[Score, Score] | None


def backtest(past: PastVolumes, weeks: int = WEEKS) -> Backtest:
    """Score the forecast of each of the last weeks, every one made from the days before it alone.

    Notes
    -----
    A rolling origin (Tashman, Out-of-sample tests of forecasting accuracy, International Journal of
    Forecasting 16, 2000): lead times of one to seven days. ``WAPE = sum |f - x| / sum x`` and
    ``bias = sum (f - x) / sum x`` over all intervals with a number.
    """
    possible = (past.end - timedelta(days=DAYS_PER_WEEK * back) for back in range(weeks, 0, -1))
    origins = tuple(day for day in possible if (day - past.first_day).days >= LEAST_DAYS)
    if not origins:
        return Backtest((), None, None, None)
    days = [origin + timedelta(days=at) for origin in origins for at in range(DAYS_PER_WEEK)]
    made, plain = [], []
    for at, origin in enumerate(origins):
        known, week = past.before(origin), days[at * DAYS_PER_WEEK :][:DAYS_PER_WEEK]
        found = forecast(known, week)
        made.append((found.contacts, found.aht_seconds))
        aht = known.aht_seconds
        plain.append((_mean(known, known.contacts, week), None if aht is None else _mean(known, aht, week)))
    came = past.contacts[-len(days) :]
    expected = [np.vstack([one[0] for one in each]) for each in (made, plain)]
    apart = np.array([[day in past.holidays] for day in days])
    ordinary, holidays = np.where(apart, np.nan, came), np.where(apart, came, np.nan)
    work = of_aht = None
    if past.aht_seconds is not None and all(aht is not None for _, aht in made):
        of_aht = [came * np.vstack([aht for _, aht in each if aht is not None]) for each in (made, plain)]
        work = np.where(apart | (came == 0), np.nan, came * past.aht_seconds[-len(days) :])
    return Backtest(
        origins,
        _both(expected, ordinary),
        _both(expected, holidays),
        None if of_aht is None or work is None else _both(of_aht, work),
    )


def _mean(past: PastVolumes, values: Floats, days: Iterable[date]) -> Floats:
    """What a planner would take without a model: the mean of the last same weekdays, no holidays."""
    usable = ~np.isnan(values).all(axis=1) & ~past.is_holiday
    rows = [np.flatnonzero(usable & (past.weekdays == day.weekday()))[-OF_THE_MEAN:] for day in days]
    numbers = [(~np.isnan(values[its])).sum(axis=0) for its in rows]
    sums = [np.nansum(values[its], axis=0) for its in rows]
    return np.vstack(
        [of / np.where(number, number, np.nan) for of, number in zip(sums, numbers, strict=True)]
    )


def _both(expected: Iterable[Floats], came: Floats) -> tuple[Score, Score] | None:
    """Scores of the forecast and of the mean over the intervals that have a number."""
    if not np.nansum(came):
        return None
    made, plain = (_score(of, came) for of in expected)
    return made, plain


def _score(expected: Floats, came: Floats) -> Score:
    known = ~np.isnan(came)
    actual = came[known]
    errors = np.nan_to_num(expected[known]) - actual
    amount, off = float(actual.sum()), np.abs(errors)
    return Score(
        int(known.any(axis=1).sum()),
        int(known.sum()),
        amount,
        float(off.sum()) / amount,
        float(errors.sum()) / amount,
        *(float((off <= np.maximum(part * actual, _HALF_A_CONTACT)).mean()) for part in (0.05, 0.10)),
    )
