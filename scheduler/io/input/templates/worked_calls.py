"""A contact centre's week planned from its calls: volumes, what callers are promised, and shrinkage."""

from collections.abc import Sequence
from datetime import date

from scheduler.domain.facts.problem import Agent, Break, BreakBand, Contract, Problem, ShiftTemplate, Skill
from scheduler.domain.facts.service_goals import ServiceGoal, Shrinkage
from scheduler.domain.facts.volumes import UsualVolumes, Volumes
from scheduler.domain.values.grid import TimeGrid
from scheduler.texts import text

_WEEKDAYS, _SATURDAY, _OPEN_DAYS = (0, 1, 2, 3, 4), 5, (0, 1, 2, 3, 4, 5)
_OPENS, _CLOSES = 9, 18
_CALLS = (8, 11, 14, 16, 15, 13, 11, 9, 10, 11, 12, 11, 10, 9, 8, 7, 6, 5)
"""Calls of a weekday by the half-hour: a peak in the morning and a lower one in the afternoon."""
_MAILS = 2
"""That arrive in each half-hour, and may be answered until the next day."""


def worked_calls(first_day: date) -> Problem:
    """A week of eight people, open from Monday to Saturday, with calls and mail."""
    grid = TimeGrid(first_day=first_day, days=7, interval_minutes=30, time_zone="Europe/Berlin")
    meal = Break(
        name="Meal", length_minutes=30, paid=False, earliest_start=150, latest_start=300, step_minutes=30
    )

    def shift(name: str, hours: int, *breaks: Break) -> ShiftTemplate:
        return ShiftTemplate(
            name=name,
            weekdays=_OPEN_DAYS,
            earliest_start=_OPENS * 60,
            latest_start=(_CLOSES - hours) * 60,
            start_step=30,
            min_length=hours * 60,
            max_length=hours * 60,
            breaks=(BreakBand(breaks=breaks),) if breaks else (),
        )

    calls = Volumes(
        skill="English",
        usual=(
            UsualVolumes(weekdays=_WEEKDAYS, contacts=_of_a_day(_CALLS)),
            UsualVolumes(weekdays=(_SATURDAY,), contacts=_of_a_day([calls // 2 for calls in _CALLS])),
        ),
    )
    mail = Volumes(
        skill="Mail",
        usual=(UsualVolumes(weekdays=_OPEN_DAYS, contacts=_of_a_day([_MAILS] * len(_CALLS))),),
    )
    return Problem(
        name=text("A week from calls, to fill in"),
        grid=grid,
        skills=(Skill(name="English"), Skill(name="Mail")),
        demand=(),
        volumes=(calls.spread(grid), mail.spread(grid)),
        service_goals=(
            ServiceGoal(
                skill="English",
                service_level_percent=80,
                within_seconds=20,
                occupancy_percent=85,
                minimum_staff=1,
                patience_seconds=150,
                aht_seconds=240,
            ),
            ServiceGoal(
                skill="Mail",
                channel="deferrable",
                aht_seconds=360,
                occupancy_percent=90,
                deadline_minutes=1440,
            ),
        ),
        shrinkage=(
            Shrinkage(kind="training", percent=4, weekdays=(2,)),
            Shrinkage(kind="lateness", percent=2),
        ),
        templates=(shift("Day", 8, meal), shift("Half", 4)),
        contracts=(
            Contract(
                name="Full time",
                pay_per_hour=2000,
                min_paid_minutes=30 * 60,
                max_paid_minutes=40 * 60,
                templates=("Day",),
            ),
            Contract(name="Part time", pay_per_hour=1900, max_paid_minutes=24 * 60, templates=("Half",)),
        ),
        agents=tuple(
            Agent(
                name=f"{name} Example",
                contract="Full time" if name in _FULL_TIME else "Part time",
                skills=("English", "Mail"),
            )
            for name in (*_FULL_TIME, *_PART_TIME)
        ),
    )


_FULL_TIME = ("Ada", "Ben", "Cleo", "Dan", "Eva")
_PART_TIME = ("Finn", "Gina", "Hugo")


def _of_a_day(numbers: Sequence[int]) -> tuple[int | None, ...]:
    """A day's contacts by the half-hour; nothing while the lines are closed."""
    return (*[None] * (2 * _OPENS), *numbers, *[None] * (2 * (24 - _CLOSES)))
