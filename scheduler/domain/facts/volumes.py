"""Contacts and handling times by the interval, from which the requirement of a skill is computed.

Part of the problem's published JSON schema, see :mod:`scheduler.domain.facts.problem`. As in
:mod:`scheduler.domain.facts.demand`, ``contacts`` is what is planned with, ``usual`` where it comes from, and
``later`` what dates behind the horizon bring. What callers are promised is in
:mod:`scheduler.domain.facts.service_goals`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from pydantic import Field, field_validator

from scheduler.domain.facts.demand import OfWeekdays, like_days_together, series_by_weekday
from scheduler.domain.values.calendar_fields import Day
from scheduler.domain.values.fields import MOST_WANTED, Name, People
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.grid import TimeGrid

MOST_SECONDS = 86_400
"""Longest handling time and patience: a day."""

Contacts = Annotated[float, Field(ge=0, le=MOST_WANTED, allow_inf_nan=False)]
Seconds = Annotated[float, Field(ge=0, le=MOST_SECONDS, allow_inf_nan=False)]

NO_VOLUMES: Mapping[str, None] = MappingProxyType({"contacts": None, "aht_seconds": None})
"""What an interval brings of which nothing is said, by measure."""


class UsualVolumes(OfWeekdays):
    """What a skill gets on some weekdays, wherever no date says otherwise."""

    contacts: tuple[Contacts | None, ...] = Field(
        description="Contacts in each interval of a day of 24 h, from midnight on the campaign's clock; null "
        "is closed."
    )
    aht_seconds: tuple[Seconds | None, ...] = Field(
        default=(), description="Average handling time in each interval; null is that of the service goal."
    )


class LaterVolumes(Frozen):
    """What a skill gets on a date behind the horizon; a later horizon plans with it."""

    day: Day = Field(description="The date, on the campaign's clock.")
    contacts: tuple[Contacts | None, ...] = Field(
        description="Contacts in each interval of that date; null is as its weekday, or closed."
    )
    aht_seconds: tuple[Seconds | None, ...] = Field(default=(), description="As in usual.")


class Volumes(Frozen):
    """One skill's contacts, an entry per interval of the horizon."""

    skill: Name = Field(description="Name of the skill.")
    contacts: tuple[Contacts | None, ...] = Field(
        default=(),
        description="Contacts that arrive in each interval, of outbound work its agent-hours; null is "
        "closed. In "
        "a document it may be left out where usual is given, and is what that says of each day.",
    )
    aht_seconds: tuple[Seconds | None, ...] = Field(
        default=(),
        description="Average handling time in each interval, in seconds; null, or empty, is that of the "
        "service "
        "goal.",
    )
    usual: tuple[UsualVolumes, ...] = Field(
        default=(),
        description="What its weekdays get where no date says otherwise, each weekday once at most.",
    )
    later: tuple[LaterVolumes, ...] = Field(
        default=(), description="What dates behind the horizon get, each date once at most."
    )
    override: tuple[People | None, ...] = Field(
        default=(),
        description="A requirement that stands in place of the computed one, for each interval; null "
        "computes. "
        "Empty where none does.",
    )

    @field_validator("usual")
    @classmethod
    def _like_days_together(cls, usual: tuple[UsualVolumes, ...]) -> tuple[UsualVolumes, ...]:
        """One entry for the weekdays that bring the same, and none for those that are closed."""
        return like_days_together(usual, "contacts")

    def plain(self) -> "Volumes":
        """The same without handling times of intervals that have no contacts, which mean nothing."""
        if len(self.aht_seconds) != len(self.contacts):
            return self
        seconds = tuple(
            None if number is None else aht
            for number, aht in zip(self.contacts, self.aht_seconds, strict=True)
        )
        is_said = any(aht is not None for aht in seconds)
        return self.model_copy(update={"aht_seconds": seconds if is_said else ()})

    @property
    def said(self) -> "tuple[Volumes | UsualVolumes | LaterVolumes, ...]":
        """All that has numbers: the horizon, weekdays, and dates behind the horizon."""
        return (self, *self.usual, *self.later)

    def spread(self, grid: TimeGrid) -> "Volumes":
        """The same skill as its weekdays bring it, over a horizon."""
        series = series_by_weekday(self.usual, NO_VOLUMES, grid)
        is_said = any(usual.aht_seconds for usual in self.usual)
        return self.model_copy(
            update={
                "contacts": tuple(series["contacts"]),
                "aht_seconds": tuple(series["aht_seconds"]) if is_said else (),
            }
        )


class DeferredWork(Frozen):
    """Work of a skill that the roster places, each part of it between its arrival and its deadline.

    It is counted in *portions*: what one agent on the roster does in one interval. Portions are done in the
    order of their arrival, which is that of their deadlines, so that two running sums say all: after each
    interval no more may have been done than has arrived, and no less than is due.
    """

    skill: Name = Field(description="Name of the skill.")
    intervals: tuple[int, ...] = Field(description="Open intervals, in which work may be done.")
    arrived: tuple[int, ...] = Field(
        description="Portions that can have been done at the end of each, from the beginning of the horizon."
    )
    due: tuple[int, ...] = Field(description="Portions that have to be done at the end of each.")

    @property
    def portions(self) -> int:
        """All of them."""
        return self.due[-1] if self.due else 0


class RequirementSteps(Frozen):
    """How the requirement of a skill was computed, a number per interval; null is closed.

    It follows from volumes, service goals and shrinkage and is computed anew when it is read.
    """

    skill: Name = Field(description="Name of the skill.")
    workload: tuple[float | None, ...] = Field(
        description="In erlangs: the mean number of contacts in service, as the method of the goal sees it."
    )
    base_staff: tuple[People | None, ...] = Field(
        description="Fewest agents on the queue that meet the goal, and no fewer than its minimum."
    )
    shrinkage_percent: tuple[float | None, ...] = Field(
        description="Share of paid time that is spent elsewhere, in per cent."
    )
    required: tuple[People | None, ...] = Field(
        description="Base staff over the share of time that is left, before what overrides it."
    )
