"""The centre: its clock, skills, seats, shifts with their breaks, and contracts."""

from datetime import date, datetime, time, timedelta
from typing import Final

from scheduler.domain import Break, BreakBand, Contract, ShiftTemplate, Skill

FIRST_DAY = date(2026, 6, 15)  # a Monday
DAYS, TIME_ZONE = 7, "Europe/Berlin"
INTERVAL_MINUTES: Final = 15
OPENS, CLOSES = 7 * 60, 23 * 60
SERVICE, TECHNICAL, HOTLINE = "Service", "Technical", "Hotline"

SKILLS = (
    Skill(name=SERVICE, missing_price=4500, superfluous_price=500),
    Skill(name=TECHNICAL, missing_price=6000, superfluous_price=500),
    Skill(name=HOTLINE, missing_price=9000, superfluous_price=500),
)

MINIMUM = {SERVICE: 2, TECHNICAL: 1, HOTLINE: 1}
SEATS = {SERVICE: 34, TECHNICAL: 14, HOTLINE: 6}


def pause(name: str, earliest: int, latest: int) -> Break:
    """A paid break of 15 minutes in a window from the shift's start."""
    return Break(name=name, length_minutes=15, earliest_start=earliest, latest_start=latest, step_minutes=15)


def meal(earliest: int, latest: int) -> Break:
    """An unpaid half-hour in a window from the shift's start."""
    return Break(
        name="Meal",
        length_minutes=30,
        paid=False,
        earliest_start=earliest,
        latest_start=latest,
        step_minutes=15,
    )


FULL_DAY = BreakBand(
    min_shift_minutes=421,
    max_shift_minutes=600,
    breaks=(pause("Break 1", 75, 165), meal(180, 300), pause("Break 2", 315, 420)),
)
SIX_HOURS = BreakBand(
    min_shift_minutes=331, max_shift_minutes=420, breaks=(pause("Break 1", 60, 135), meal(150, 240))
)
HALF_DAY = BreakBand(max_shift_minutes=330, breaks=(pause("Break 1", 75, 195),))


def shift(name: str, starts: tuple[int, int], lengths: tuple[int, int], step: int = 15) -> ShiftTemplate:
    """A shift template whose lengths lie half an hour apart, with the break sets of these lengths."""
    shortest, longest = lengths
    return ShiftTemplate(
        name=name,
        earliest_start=starts[0],
        latest_start=starts[1],
        start_step=step,
        min_length=shortest,
        max_length=longest,
        length_step=30,
        breaks=tuple(
            band
            for band in (HALF_DAY, SIX_HOURS, FULL_DAY)
            if band.min_shift_minutes <= longest and shortest <= band.max_shift_minutes
        ),
    )


TEMPLATES = (
    shift("Early", (7 * 60, 8 * 60 + 45), (480, 540)),
    shift("Day", (9 * 60, 11 * 60 + 45), (480, 540)),
    shift("Late", (12 * 60, 14 * 60 + 30), (480, 540)),
    shift("Six hours", (7 * 60, 16 * 60), (360, 420)),
    shift("Half day", (7 * 60, 18 * 60), (240, 300)),
    shift("Night", (22 * 60, 23 * 60), (510, 510), step=30),
)

FULL_TIME, PART_30, PART_20, NIGHTS = "Full-time 39 h", "Part-time 30 h", "Part-time 20 h", "Nights 32 h"
CONTRACTS = (
    Contract(
        name=FULL_TIME,
        pay_per_hour=1850,
        min_paid_minutes=38 * 60,
        max_paid_minutes=40 * 60,
        templates=("Early", "Day", "Late"),
    ),
    Contract(
        name=PART_30,
        pay_per_hour=1800,
        min_paid_minutes=29 * 60,
        max_paid_minutes=31 * 60,
        templates=("Six hours", "Half day"),
    ),
    Contract(
        name=PART_20,
        pay_per_hour=1750,
        min_paid_minutes=19 * 60,
        max_paid_minutes=21 * 60,
        templates=("Half day",),
    ),
    Contract(
        name=NIGHTS,
        pay_per_hour=2300,
        min_paid_minutes=32 * 60,
        max_paid_minutes=32 * 60,
        templates=("Night",),
    ),
)


def at(day: date, clock_minute: int) -> datetime:
    """A local time; 1440 is midnight at the end of the day."""
    return datetime.combine(day, time()) + timedelta(minutes=clock_minute)
