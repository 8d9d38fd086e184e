"""Scenarios: what else may come than what is planned, and how much each of them counts.

Part of the problem's published JSON schema, see :mod:`scheduler.domain.facts.problem`. A scenario changes
contacts and required agents by so many per cent at some times; :mod:`scheduler.demand` computes the curve of
each, and the rule ``requirement`` prices it.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from scheduler.domain.values.calendar_fields import Day
from scheduler.domain.values.fields import ClockMinute, Name, People, Weekdays
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.grid import MINUTES_PER_DAY, MINUTES_PER_HOUR
from scheduler.domain.values.percent import in_hundredths

if TYPE_CHECKING:
    from scheduler.domain.facts.problem import Problem

MOST_WEIGHT = 1_000_000
"""Largest weight; only its ratio to the others counts."""
LEAST_CHANGE, MOST_CHANGE = -100, 1000
"""Per cent: nobody at all, and eleven times as many."""


class ScenarioChange(Frozen):
    """By how much a scenario is above or below what is planned, at some times."""

    skill: Name | None = Field(default=None, description="Name of the skill; null is every one.")
    days: tuple[Day, ...] = Field(default=(), description="Dates on which it holds, beside its weekdays.")
    weekdays: Weekdays = Field(
        default=(),
        description="Weekdays on which it holds, 0 for Monday to 6 for Sunday; empty without days is every "
        "day.",
    )
    start: ClockMinute = Field(
        default=0, description="From when on each day, in minutes after midnight on the campaign's clock."
    )
    end: ClockMinute = Field(
        default=MINUTES_PER_DAY, description="Until when, after the same midnight; not included."
    )
    percent: Annotated[float, Field(ge=LEAST_CHANGE, le=MOST_CHANGE, allow_inf_nan=False)] = Field(
        description="Per cent more, or below zero fewer: of the contacts where a skill has volumes, of the "
        "required agents where it has not. The changes of a time are added."
    )

    @property
    def hundredths(self) -> int:
        """The change in hundredths of a per cent."""
        return in_hundredths(self.percent)

    def holds(self, skill: str, moment: datetime) -> bool:
        """Whether it changes a skill at a moment on the campaign's clock."""
        minute = moment.hour * MINUTES_PER_HOUR + moment.minute
        on, before = moment.date(), moment.date() - timedelta(days=1)
        return self.skill in (None, skill) and (
            (self._is_of(on) and self.start <= minute < self.end)
            or (self._is_of(before) and self.start <= minute + MINUTES_PER_DAY < self.end)
        )

    def _is_of(self, on: date) -> bool:
        return on in self.days or on.weekday() in self.weekdays or not (self.days or self.weekdays)


class Scenario(Frozen):
    """One of the things that may come, and how much it counts beside the others."""

    name: Name = Field(description="What reports call it; unique.")
    weight: Annotated[float, Field(gt=0, le=MOST_WEIGHT, allow_inf_nan=False)] = Field(
        description="How much it counts: its share is its weight over the sum of all weights."
    )
    changes: tuple[ScenarioChange, ...] = Field(
        default=(), description="How it differs from what is planned; without any it is as planned."
    )

    def hundredths(self, skill: str, moment: datetime) -> int:
        """By how much a skill is changed at a moment, in hundredths of a per cent."""
        return sum(one.hundredths for one in self.changes if one.holds(skill, moment))


class ScenarioCurve(Frozen):
    """The agents that a scenario requires of a skill; computed anew when it is read."""

    scenario: Name = Field(description="Name of the scenario.")
    skill: Name = Field(description="Name of the skill.")
    required: tuple[People, ...] = Field(description="Agents wanted in each interval.")


def shares(scenarios: Iterable[Scenario]) -> dict[str, Fraction]:
    """The share of each scenario by its name; all together are 1."""
    weights: dict[str, Fraction] = defaultdict(Fraction)
    for one in scenarios:
        weights[one.name] += Fraction(one.weight)
    together = sum(weights.values())
    return {name: weight / together for name, weight in weights.items()}


def in_scenario(problem: "Problem", name: str) -> "Problem":
    """The problem if nothing but one of its scenarios came; what must be stays as planned."""
    return problem.model_copy(
        update={
            "scenarios": tuple(one for one in problem.scenarios if one.name == name),
            "scenario_curves": tuple(one for one in problem.scenario_curves if one.scenario == name),
        }
    )
