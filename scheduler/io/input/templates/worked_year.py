"""A worked year to plan hiring from: two skills, a busy autumn, and training rooms for two classes."""

from collections.abc import Iterator
from datetime import date, timedelta
from math import pi, sin
from pathlib import Path
from typing import Any

from scheduler.io.files.streams import empty_workbook, save
from scheduler.io.files.workbook_file import RawSheet
from scheduler.io.input.sheets.capacity import HIRING, JOINERS, TRAINING_ROOMS, WEEKLY_VOLUMES, YEAR_STAFFING
from scheduler.io.input.writing.capacity_written import append_year, year_sheets
from scheduler.texts import text

_WEEKS = 52
_SUMMER, _HOLIDAYS = range(27, 34), range(51, 53)
"""Weeks in which more people are on leave, from 1."""
_SKILLS = (("English", 21_000, 300, 0.15, 0.16), ("French", 8_200, 340, 0.05, 0.10))
"""Name, contacts of the first week, AHT in seconds, growth in the year, and how much the season adds."""


def new_year(path: Path, first_week: date) -> None:
    """Write a workbook to plan hiring from.

    Raises
    ------
    BadInput
        If the folder or the file cannot be written.
    """
    book = empty_workbook()
    append_year(book, worked_year(first_week))
    save(book, path)


def worked_year(first_week: date) -> dict[str, RawSheet]:
    """Its sheets."""
    staffing: list[dict[str, Any]] = [
        {"name": "English", "staff": 82, "week_minutes": 2310, "occupancy_percent": 82,
         "shrinkage_percent": 30, "attrition_percent": "0.6 %", "pay_cents": 2100, "missing_cents": 5200},
        {"name": "French", "staff": 37, "week_minutes": 2310, "occupancy_percent": 78,
         "shrinkage_percent": 31, "attrition_percent": "0.5 %", "pay_cents": 2300, "missing_cents": 5800,
         "most_missing_percent": 15},
    ]  # fmt: skip
    hiring: list[dict[str, Any]] = [
        {"skill": "English", "training_weeks": 6, "curve": "60; 75; 85; 95", "least_people": 6,
         "most_people": 14, "hire_cents": 180_000, "class_cents": 900_000, "attrition_percent": "1.5 %"},
        {"skill": "French", "training_weeks": 7, "curve": "55; 70; 85; 95", "least_people": 4,
         "most_people": 10, "hire_cents": 260_000, "class_cents": 950_000, "attrition_percent": "1.5 %"},
    ]  # fmt: skip
    joiners = [
        {
            "week": _day(first_week, 4),
            "skill": "French",
            "people": -2,
            "note": text("move to the back office"),
        }
    ]
    rooms: list[dict[str, Any]] = [
        {"rooms": 2},
        {"first": _day(first_week, _SUMMER[0]), "last": _day(first_week, _SUMMER[-1]), "may_start": False},
    ]
    return year_sheets(
        {
            WEEKLY_VOLUMES.key: _volumes(first_week),
            YEAR_STAFFING.key: staffing,
            HIRING.key: hiring,
            JOINERS.key: joiners,
            TRAINING_ROOMS.key: rooms,
        }
    )


def _volumes(first_week: date) -> Iterator[dict[str, Any]]:
    for name, contacts, seconds, growth, season in _SKILLS:
        for week in range(1, _WEEKS + 1):
            busy = season * max(0.0, sin(2 * pi * (week - 26) / _WEEKS))
            ripple = 0.02 * sin(2.3 * week)
            shrinkage = 36 if week in _SUMMER else 40 if week in _HOLIDAYS else None
            yield {
                "week": _day(first_week, week),
                "skill": name,
                "contacts": round(contacts * (1 + growth * week / _WEEKS + busy + ripple), -1),
                "aht_seconds": seconds,
                "shrinkage_percent": shrinkage,
            }


def _day(first_week: date, week: int) -> date:
    return first_week + timedelta(weeks=week - 1)
