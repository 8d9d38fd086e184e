"""A ward's two weeks to fill in: people by shift and day, some of them senior, and rules about nights."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from scheduler.domain.facts.agent import ShiftWish, TimeOff, WorkedDuty
from scheduler.domain.facts.demand import Headcount
from scheduler.domain.facts.problem import Agent, Break, BreakBand, Contract, Problem, ShiftTemplate, Skill
from scheduler.domain.values.grid import TimeGrid
from scheduler.texts import text

_SENIOR = "Senior"
_SHIFTS = ("Early", "Late", "Night")

WARD_RULES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("shift_requirement", {}),
    ("shift_maximum", {}),
    ("entitlement", {}),
    ("availability", {}),
    ("time_off", {}),
    ("one_shift_a_day", {}),
    ("daily_rest", {"rest_minutes": 660}),
    ("days_per_week", {"at_most": 5}),
    ("paid_hours", {}),
    ("max_consecutive_days", {"days": 5}),
    (
        "forbidden_succession",
        {"label": "after nights", "first": ("Night",), "then": ("Early", "Late")},
    ),
    ("shift_count", {"label": "nights", "templates": ("Night",), "per": "week", "at_most": 3}),
    ("min_consecutive_days_off", {"days": 2, "strength": "prefer", "price": 3000}),
    ("weekends", {"at_most": 1, "strength": "prefer", "price": 8000}),
    ("break_windows", {}),
    ("break_order", {}),
    ("pins", {}),
    ("preferred_days_off", {}),
    ("shift_wishes", {}),
)
"""The rules of a ward's new workbook."""


def worked_ward(first_day: date) -> Problem:
    """Two weeks of ten people on early, late and night shifts."""
    grid = TimeGrid(first_day=first_day, days=14, interval_minutes=60, time_zone="Europe/Berlin")

    def wanted(shift: str, weekdays: int, weekend: int, **more: Any) -> Headcount:
        usual = (*(weekdays,) * 5, *(weekend,) * 2)
        return Headcount(template=shift, usual=usual, **more).spread(grid)

    rising = {"missing_price": 50_000, "further_missing_prices": (80_000,)}
    senior = {"skill": _SENIOR, "missing_price": 50_000, "superfluous_price": 0}
    return Problem(
        name=text("Two weeks of the ward"),
        grid=grid,
        skills=(Skill(name=_SENIOR),),
        demand=(),
        headcounts=(
            wanted("Early", 3, 2, **rising, usual_maximum=(4, 4, 4, 4, 4, 3, 3)),
            wanted("Late", 2, 2, **rising),
            wanted("Night", 1, 1, **rising),
            wanted("Early", 1, 1, **senior),
            wanted("Late", 1, 1, **senior),
        ),
        templates=(
            _shift("Early", 6 * 60, 510),
            _shift("Late", 13 * 60 + 30, 510),
            _shift("Night", 21 * 60 + 30, 540),
        ),
        contracts=(
            Contract(
                name="Full time", pay_per_hour=2400,
                min_paid_minutes=32 * 60, max_paid_minutes=40 * 60, templates=_SHIFTS,
            ),
            Contract(
                name="Part time", pay_per_hour=2400,
                min_paid_minutes=16 * 60, max_paid_minutes=25 * 60, templates=("Early", "Late"),
            ),
        ),
        agents=_people(grid),
    )  # fmt: skip


def _shift(name: str, start: int, length: int) -> ShiftTemplate:
    meal = Break(
        name="Meal", length_minutes=30, paid=False, earliest_start=180, latest_start=300, step_minutes=30
    )
    return ShiftTemplate(
        name=name, earliest_start=start, latest_start=start, min_length=length, max_length=length,
        breaks=(BreakBand(breaks=(meal,)),),
    )  # fmt: skip


def _people(grid: TimeGrid) -> tuple[Agent, ...]:
    """Seven full-timers and three part-timers; every other one is senior."""
    friday, eve = datetime.combine(grid.date(4), datetime.min.time()), grid.date(-1)
    night = datetime.combine(eve, datetime.min.time()) + timedelta(hours=21, minutes=30)
    facts: dict[str, dict[str, Any]] = {
        "Ada": {"preferred_days_off": (grid.date(5), grid.date(6))},
        "Ben": {"time_off": (TimeOff(start=friday, end=friday + timedelta(days=1), paid_minutes=480),)},
        "Cleo": {"shift_wishes": (ShiftWish(day=grid.date(1), template="Late", price=1000),)},
        "Dan": {
            "history": (
                WorkedDuty(
                    day=eve, start=night, end=night + timedelta(hours=9), paid_minutes=510, template="Night"
                ),
            )
        },
    }
    names = ("Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gil", "Hana", "Ida", "Jo")
    return tuple(
        Agent(
            name=f"{name} Example",
            contract="Part time" if name in names[-3:] else "Full time",
            skills=(_SENIOR,) if at % 2 == 0 else (),
            **facts.get(name, {}),
        )
        for at, name in enumerate(names)
    )
