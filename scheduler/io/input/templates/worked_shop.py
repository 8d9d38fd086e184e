"""A shop's week to fill in: people by the hour, and somebody with the keys to open and to close."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from scheduler.domain.facts.agent import ShiftWish, TimeOff
from scheduler.domain.facts.demand import Demand, Headcount, UsualDemand
from scheduler.domain.facts.problem import Agent, Break, BreakBand, Contract, Problem, ShiftTemplate, Skill
from scheduler.domain.values.grid import TimeGrid
from scheduler.texts import text

_WEEKDAYS, _SATURDAY, _OPEN_DAYS = (0, 1, 2, 3, 4), 5, (0, 1, 2, 3, 4, 5)
_OPENS, _CLOSES = 9, 19
_TILLS = 4

SHOP_RULES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("requirement", {}),
    ("shift_requirement", {}),
    ("shift_maximum", {}),
    ("minimum_staff", {}),
    ("seats", {}),
    ("skills", {}),
    ("entitlement", {}),
    ("availability", {}),
    ("time_off", {}),
    ("one_shift_a_day", {}),
    ("daily_rest", {"rest_minutes": 660}),
    ("days_per_week", {"at_most": 5}),
    ("paid_hours", {}),
    ("break_windows", {}),
    ("break_order", {}),
    ("pins", {}),
    ("preferred_starts", {}),
    ("preferred_days_off", {}),
    ("shift_wishes", {}),
)
"""The rules of a shop's new workbook."""


def worked_shop(first_day: date) -> Problem:
    """A week of six people in a shop that is open from Monday to Saturday."""
    grid = TimeGrid(first_day=first_day, days=7, interval_minutes=60, time_zone="Europe/Berlin")
    meal = BreakBand(
        min_shift_minutes=360,
        breaks=(
            Break(
                name="Meal", length_minutes=30, paid=False,
                earliest_start=120, latest_start=300, step_minutes=30,
            ),
        ),
    )  # fmt: skip

    def shift(name: str, earliest: int, latest: int, shortest: int, longest: int) -> ShiftTemplate:
        return ShiftTemplate(
            name=name, weekdays=_OPEN_DAYS,
            earliest_start=60 * earliest, latest_start=60 * latest, start_step=60,
            min_length=60 * shortest, max_length=60 * longest, length_step=60,
            breaks=(meal,) if longest >= 6 else (),
        )  # fmt: skip

    full, part = ("Open", "Close"), ("Open", "Close", "Short")
    floor = Demand(
        skill="Shop floor",
        usual=(
            UsualDemand(weekdays=_WEEKDAYS, required=_by_hour(2, 3, 2), maximum=_by_hour(*(_TILLS,) * 3)),
            UsualDemand(weekdays=(_SATURDAY,), required=_by_hour(2, 4, 3), maximum=_by_hour(*(_TILLS,) * 3)),
        ),
    )
    return Problem(
        name=text("A week of the shop"),
        grid=grid,
        skills=(Skill(name="Shop floor"), Skill(name="Keys")),
        demand=(floor.spread(grid),),
        headcounts=tuple(
            Headcount(
                template=name, skill="Keys", usual=(1, 1, 1, 1, 1, 1, None), superfluous_price=0
            ).spread(grid)
            for name in ("Open", "Close")
        ),
        templates=(
            shift("Open", _OPENS, _OPENS, 6, 9),
            shift("Close", _CLOSES - 8, _CLOSES - 8, 8, 8),
            shift("Short", _OPENS, _CLOSES - 4, 4, 4),
        ),
        contracts=(
            Contract(
                name="Full time", pay_per_hour=1600,
                min_paid_minutes=30 * 60, max_paid_minutes=40 * 60, templates=full,
            ),
            Contract(name="Part time", pay_per_hour=1500, max_paid_minutes=20 * 60, templates=part),
        ),
        agents=_people(grid),
    )  # fmt: skip


def _by_hour(morning: int, day: int, evening: int) -> tuple[int | None, ...]:
    """A day's numbers: until eleven, until five and until the shop closes; nothing while it is closed."""
    hours = [*[morning] * (11 - _OPENS), *[day] * (17 - 11), *[evening] * (_CLOSES - 17)]
    return (*[None] * _OPENS, *hours, *[None] * (24 - _CLOSES))


def _people(grid: TimeGrid) -> tuple[Agent, ...]:
    """Three full-timers and one part-timer with keys, two part-timers without."""
    wednesday = datetime.combine(grid.date(2), datetime.min.time())
    facts: dict[str, dict[str, Any]] = {
        "Ada": {"preferred_days_off": (grid.date(5),)},
        "Ben": {"time_off": (TimeOff(start=wednesday, end=wednesday + timedelta(days=1), paid_minutes=480),)},
        "Eva": {"shift_wishes": (ShiftWish(day=grid.date(4), template="Short", price=1000),)},
    }
    return tuple(
        Agent(
            name=f"{name} Example",
            contract="Full time" if name in ("Ada", "Ben", "Cleo") else "Part time",
            skills=("Shop floor", "Keys") if name in ("Ada", "Ben", "Cleo", "Dan") else ("Shop floor",),
            **facts.get(name, {}),
        )
        for name in ("Ada", "Ben", "Cleo", "Dan", "Eva", "Finn")
    )
