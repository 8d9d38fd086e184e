"""How a day is spread over its hours, by weekday; as smooth as the days themselves say."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from scheduler.demand.forecast.past import Floats, Integers
from scheduler.domain.values.grid import DAYS_PER_WEEK

WIDTHS = (0.0, 0.5, 0.7, 1.0, 1.4)
"""Of the smoothing, in intervals; each is tried."""
COMMON_DAYS = (0.0, 0.3, 1.0, 3.0)
"""How many days of all weekdays together are added to those of a weekday; each is tried."""
_CLOSED = 0.45
"""Share of its days up to which a slot is closed: less than a half, as one of two days may have a hole."""
_AS_GOOD = 1e-9
"""By how much, relative to its error, another choice must be better."""


@dataclass(frozen=True)
class Profile:
    """Shape by weekday and slot, and how it was made.

    Parameters
    ----------
    shape
        Shape (7, slots); NaN for weekdays that were never seen.
    width, common_days
        What was chosen of ``WIDTHS`` and ``COMMON_DAYS``.
    """

    shape: Floats
    width: float
    common_days: float


def profile(above: Floats, below: Floats, weekdays: Integers, weights: Floats) -> Profile:
    """The ratio of two sums by weekday and slot.

    Of contacts ``above`` is what came in the slot, ``below`` the day's total; of handling times ``above`` is
    seconds of handling, ``below`` contacts times the day's mean.

    Parameters
    ----------
    above, below
        Shape (days, slots); NaN where nothing is known.
    weights
        How much each day counts.

    Notes
    -----
    ``shape = (K S_w + c K S) / (K N_w + c K N)``: sums ``S`` of what is above and ``N`` of what is below
    over the days of the weekday ``w``, and over all days (divided by their weight, so that it is one mean
    day); ``K`` is a Gaussian kernel over the slots. Its width and ``c`` are those for which each day, left
    out in turn, is best foretold by the others (Stone, Cross-validatory choice, Journal of the Royal
    Statistical Society B 36, 1974); of equals the first.
    """
    known = ~np.isnan(above) & ~np.isnan(below)
    tops, bottoms = np.where(known, above, 0.0), np.where(known, below, 0.0)
    counts = np.where(known.any(axis=1), weights, 0.0)
    days = [np.flatnonzero((weekdays == weekday) & (counts > 0)) for weekday in range(DAYS_PER_WEEK)]
    mean = [(counts @ part) / max(counts.sum(), 1e-300) for part in (tops, bottoms)]
    best: tuple[float, Profile] | None = None
    for width, common in product(WIDTHS, COMMON_DAYS):
        kernel = _kernel(above.shape[1], width)
        shape, missed = np.full((DAYS_PER_WEEK, above.shape[1]), np.nan), 0.0
        base = [common * part for part in mean]
        for weekday, its in enumerate(days):
            if not len(its):
                continue
            weighted = [counts[its, None] * part[its] for part in (tops, bottoms)]
            sums = [part.sum(axis=0) + more for part, more in zip(weighted, base, strict=True)]
            shape[weekday] = _ratio(sums[0], sums[1], kernel)
            if len(its) > 1:
                others = _ratio(sums[0] - weighted[0], sums[1] - weighted[1], kernel)
                errors = np.abs(np.nan_to_num(others) * bottoms[its] - tops[its])
                missed += float(counts[its] @ errors.sum(axis=1))
        if best is None or missed < best[0] * (1 - _AS_GOOD):
            best = missed, Profile(shape, width, common)
    assert best is not None
    return best[1]


def _ratio(above: Floats, below: Floats, kernel: Floats) -> Floats:
    smooth = below @ kernel.T
    ratio: Floats = (above @ kernel.T) / np.where(smooth > 0, smooth, np.nan)
    return ratio


def _kernel(slots: int, width: float) -> Floats:
    """Gaussian weights of the slots around each."""
    apart = np.arange(slots)[:, None] - np.arange(slots)
    kernel: Floats = np.exp(-0.5 * (apart / width) ** 2) if width else np.eye(slots)
    kernel /= kernel.sum(axis=1, keepdims=True)
    return kernel


def open_slots(contacts: Floats, weekdays: Integers, weights: Floats) -> NDArray[np.bool_]:
    """Slots in which a weekday is open.

    On about half of its days or more they lie between the first and the last slot of which something is
    known, so that a hole in few days closes nothing; and on some day it is known what came in them.

    Returns
    -------
    ndarray
        Shape (7, slots).
    """
    known = ~np.isnan(contacts)
    begun = np.logical_or.accumulate(known, axis=1)
    goes_on = np.logical_or.accumulate(known[:, ::-1], axis=1)[:, ::-1]
    found = np.zeros((DAYS_PER_WEEK, contacts.shape[1]), bool)
    for weekday in range(DAYS_PER_WEEK):
        its = (weekdays == weekday) & known.any(axis=1)
        if its.any():
            is_between = np.average((begun & goes_on)[its], axis=0, weights=weights[its]) > _CLOSED
            found[weekday] = is_between & known[its].any(axis=0)
    return found
