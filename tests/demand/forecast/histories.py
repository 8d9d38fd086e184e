"""Histories that are made of a known pattern."""

from datetime import date, timedelta

import numpy as np

from scheduler.demand.forecast import PastVolumes

MONDAY = date(2026, 1, 5)
WEEKDAYS = np.array([1.3, 1.1, 1.0, 0.9, 1.0, 0.5, 0.3])
SLOTS = 12


def shares() -> np.ndarray:
    """The profile of each weekday: its peak is later on each."""
    hours = np.arange(SLOTS)
    peaks = np.exp(-0.5 * ((hours - 4 - 0.3 * np.arange(7)[:, None]) / 2.5) ** 2)
    return peaks / peaks.sum(axis=1, keepdims=True)


def made(
    weeks: int = 8, growth: float = 0.0, holidays: tuple[int, ...] = (), factor: float = 0.4
) -> np.ndarray:
    """Contacts by day and slot."""
    days = np.arange(7 * weeks)
    totals = 1000 * WEEKDAYS[days % 7] * np.exp(growth * (days // 7))
    totals[list(holidays)] *= factor
    return totals[:, None] * shares()[days % 7]


def past(contacts: np.ndarray, aht: np.ndarray | None = None, holidays: tuple[int, ...] = ()) -> PastVolumes:
    """A history that begins on a Monday."""
    dates = [MONDAY + timedelta(days=at) for at in holidays]
    return PastVolumes(MONDAY, contacts, aht, dict.fromkeys(dates, ("holiday: feast",)), frozenset(dates))


def next_week(history: PastVolumes) -> list[date]:
    """The seven days behind it."""
    return [history.end + timedelta(days=at) for at in range(7)]
