"""Shapes of a contact centre's day and week, for the benchmarks that make up their own demand."""

from collections.abc import Sequence
from math import exp
from random import Random

WEEKDAY_FACTORS = (1.10, 1.00, 0.98, 0.97, 0.92, 0.45, 0.30)
"""Volume of Monday to Sunday against a middling weekday."""


def two_peaks(hour: float) -> float:
    """Volume at an hour of the day: a tall peak in the late morning, a lower one in the afternoon."""
    morning = exp(-(((hour - 10.5) / 2.0) ** 2))
    afternoon = 0.75 * exp(-(((hour - 16.0) / 2.6) ** 2))
    return 0.12 + morning + afternoon


def week_curve(
    days: int, interval_minutes: int, opens_minute: int, closes_minute: int, noise: float, random: Random
) -> list[float]:
    """Relative volume of every interval of ``days`` days from a Monday on; 0 outside opening hours."""
    per_day = 1440 // interval_minutes
    curve = []
    for day in range(days):
        for interval in range(per_day):
            minute = interval * interval_minutes
            is_open = opens_minute <= minute < closes_minute
            level = two_peaks((minute + interval_minutes / 2) / 60) * WEEKDAY_FACTORS[day % 7]
            curve.append(level * max(0.0, random.gauss(1.0, noise)) if is_open else 0.0)
    return curve


def scaled_to(curve: Sequence[float], total: float) -> tuple[int, ...]:
    """Whole numbers in the shape of ``curve`` that add up to ``total`` within one half.

    What rounding cuts off one entry is carried to the next, so that thin stretches keep their share.
    """
    whole = sum(curve)
    if whole <= 0:
        return (0,) * len(curve)
    numbers, reached, wanted = [], 0, 0.0
    for level in curve:
        wanted += level * total / whole
        number = max(0, round(wanted) - reached) if level > 0 else 0
        numbers.append(number)
        reached += number
    return tuple(numbers)
