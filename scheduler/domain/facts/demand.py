"""How many agents are wanted: by the interval, and by the weekday where nothing else is said of a date.

Part of the problem's published JSON schema, see :mod:`scheduler.domain.facts.problem`. What is planned is
``required``, ``minimum`` and ``maximum``, a number per interval of the horizon. ``usual`` is where these come
from, and ``later`` what dates behind the horizon want, so that the next one can have them too.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import Field, field_validator

from scheduler.domain.values.calendar_fields import Day
from scheduler.domain.values.fields import Cents, Name, People, Weekdays
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_HOUR, TimeGrid

NOTHING_WANTED: Mapping[str, int | None] = MappingProxyType({"required": 0, "minimum": 0, "maximum": None})
"""What an interval wants that is closed, by measure."""


class Skill(Frozen):
    """A kind of contact, and what it costs to have too few or too many agents on it."""

    name: Name = Field(description="What demand and agents call it; unique.")
    missing_price: Cents = Field(
        default=6000, description="Cents per missing agent-hour (scheduled below required)."
    )
    superfluous_price: Cents = Field(
        default=500,
        description="Cents per superfluous agent-hour (scheduled above required), beside the wage.",
    )


class OfWeekdays(Frozen):
    """What is usual on some weekdays, wherever no date says otherwise."""

    weekdays: Weekdays = Field(description="0 for Monday to 6 for Sunday.")


Usual = TypeVar("Usual", bound=OfWeekdays)


class UsualDemand(OfWeekdays):
    """What a skill wants on some weekdays, wherever no date says otherwise."""

    required: tuple[People | None, ...] = Field(
        description="Agents wanted in each interval of a day of 24 h, from midnight on the campaign's clock; "
        "null is closed."
    )
    minimum: tuple[People | None, ...] = Field(
        default=(), description="Agents that must be there, as required. Empty means no floor."
    )
    maximum: tuple[People | None, ...] = Field(
        default=(), description="Seats, as required; null is no limit. Empty means no limit."
    )


class LaterDemand(Frozen):
    """What a skill wants on a date behind the horizon; a later horizon plans with it."""

    day: Day = Field(description="The date, on the campaign's clock.")
    required: tuple[People | None, ...] = Field(
        description="Agents wanted in each interval of that date, of which a change of clock makes more or "
        "fewer; null is as its weekday, or closed."
    )
    minimum: tuple[People | None, ...] = Field(
        default=(), description="Agents that must be there, as required. Empty means no floor."
    )
    maximum: tuple[People | None, ...] = Field(
        default=(), description="Seats, as required; null is no limit. Empty means no limit."
    )


class Demand(Frozen):
    """One skill's staffing requirement, an entry per interval of the horizon."""

    skill: Name = Field(description="Name of the skill.")
    required: tuple[People, ...] = Field(
        default=(),
        description="Agents wanted in each interval; falling short is priced by the skill. In a document it "
        "may be left out where usual is given, and is what that says of each day.",
    )
    minimum: tuple[People, ...] = Field(
        default=(),
        description="Agents that must be there in each interval, kept by the rule "
        "minimum_staff. Empty means no floor.",
    )
    maximum: tuple[People | None, ...] = Field(
        default=(),
        description="Seats for this skill in each interval, kept by the rule seats; "
        "null is no limit. Empty means no limit.",
    )
    usual: tuple[UsualDemand, ...] = Field(
        default=(),
        description="What its weekdays want where no date says otherwise, each weekday once at most; those "
        "that are not named are closed. Empty where everything is said by date.",
    )
    later: tuple[LaterDemand, ...] = Field(
        default=(),
        description="What dates behind the horizon want, each date once at most. Nothing is planned with it "
        "before the horizon gets there.",
    )
    from_volumes: tuple[bool, ...] = Field(
        default=(),
        description="Intervals whose number is computed from the volumes of the skill, and computed again "
        "when "
        "it is read. Empty where every number is given.",
    )

    @field_validator("usual")
    @classmethod
    def _like_days_together(cls, usual: tuple[UsualDemand, ...]) -> tuple[UsualDemand, ...]:
        """One entry for the weekdays that want the same, and none for those that are closed."""
        return like_days_together(usual, "required")

    @property
    def said(self) -> "tuple[Demand | UsualDemand | LaterDemand, ...]":
        """All that has numbers: the horizon, weekdays, and dates behind the horizon."""
        return (self, *self.usual, *self.later)

    @property
    def is_wanted(self) -> bool:
        """Whether anybody is required at any time, be it in another horizon."""
        return any(any(one.required) for one in self.said)

    @property
    def is_given(self) -> bool:
        """Whether any of its numbers is given, and not computed from volumes."""
        return not self.from_volumes or not all(self.from_volumes) or bool(self.usual or self.later)

    def is_computed(self, interval: int) -> bool:
        """Whether the number of an interval comes from volumes."""
        return bool(self.from_volumes) and self.from_volumes[interval]

    def spread(self, grid: TimeGrid) -> "Demand":
        """The same skill as its weekdays want it, over a horizon; closed intervals want nobody.

        Where intervals may be computed from volumes, those are of which no weekday says anything.
        """
        series = series_by_weekday(self.usual, NOTHING_WANTED, grid)
        return self.model_copy(
            update={
                "required": tuple(number or 0 for number in series["required"]),
                "minimum": tuple(number or 0 for number in series["minimum"])
                if any(usual.minimum for usual in self.usual)
                else (),
                "maximum": tuple(series["maximum"]) if any(usual.maximum for usual in self.usual) else (),
                "from_volumes": tuple(number is None for number in series["required"])
                if self.from_volumes
                else (),
            }
        )


class LaterHeadcount(Frozen):
    """How many people are wanted on a shift on a date behind the horizon."""

    day: Day = Field(description="The date.")
    required: People | None = Field(default=None, description="People wanted; null says nothing of that day.")
    maximum: People | None = Field(default=None, description="Most people on the shift; null is no limit.")


class Headcount(Frozen):
    """How many people are wanted on a shift, a number per day of the horizon.

    Kept by the rule ``shift_requirement``, beside the curve of :class:`Demand` or instead of it. How many
    there may be at most is kept by ``shift_maximum``. The second missing person of a day may cost more than
    the first, and so on: prices rise, which keeps what is missing spread over the days.
    """

    template: Name = Field(description="Counted is who starts a shift of this template on the day.")
    skill: Name | None = Field(
        default=None, description="Only agents who hold this skill count; null is everyone."
    )
    required: tuple[People | None, ...] = Field(
        default=(),
        description="People wanted on each day of the horizon; null says nothing of that day. In a document "
        "it may be left out where usual is given, and is what that says of each day.",
    )
    maximum: tuple[People | None, ...] = Field(
        default=(),
        description="Most people on each day of the horizon, whatever is required; null is no limit. Empty "
        "means no limit; in a document it is then what usual_maximum says of each day.",
    )
    missing_price: Cents = Field(
        default=48000,
        description="Cents per missing person and day; left out, eight hours at what a missing agent-hour "
        "costs. Less than the wage of a shift leaves the shift empty.",
    )
    further_missing_prices: tuple[Cents, ...] = Field(
        default=(),
        description="Cents for the second missing person of a day, the third and so on, none lower than the "
        "one before; each beyond the last costs the last. Empty: each costs missing_price.",
    )
    superfluous_price: Cents = Field(
        default=1000, description="Cents per superfluous person and day, beside the wage."
    )
    further_superfluous_prices: tuple[Cents, ...] = Field(
        default=(),
        description="Cents for the second superfluous person of a day, the third and so on, as "
        "further_missing_prices.",
    )
    usual: tuple[People | None, ...] = Field(
        default=(),
        description="What each weekday wants where no date says otherwise, seven numbers from Monday to "
        "Sunday; null says nothing. Empty where everything is said by date.",
    )
    usual_maximum: tuple[People | None, ...] = Field(
        default=(),
        description="Most people on each weekday where no date says otherwise, as usual; null is no limit.",
    )
    later: tuple[LaterHeadcount, ...] = Field(
        default=(), description="What dates behind the horizon want, each date once at most."
    )

    @property
    def row(self) -> str:
        """What reports and certificates call it: the template, and the skill where one is asked for."""
        return self.template if self.skill is None else f"{self.template}, {self.skill}"

    def counts(self, skills: Collection[str]) -> bool:
        """Whether somebody with these skills counts, on the template."""
        return self.skill is None or self.skill in skills

    @property
    def missing_prices(self) -> tuple[Cents, ...]:
        """Cents for the first missing person of a day, the second and so on; the last is for all further."""
        return (self.missing_price, *self.further_missing_prices)

    @property
    def superfluous_prices(self) -> tuple[Cents, ...]:
        """Cents for the first superfluous person of a day, the second and so on, likewise."""
        return (self.superfluous_price, *self.further_superfluous_prices)

    def most_on(self, day: int) -> int | None:
        """Most people on a day of the horizon; ``None`` is no limit."""
        return self.maximum[day] if self.maximum else None

    @property
    def is_wanted(self) -> bool:
        """Whether anybody is wanted on any day, be it in another horizon."""
        return any((*self.required, *self.usual, *(one.required for one in self.later)))

    def spread(self, grid: TimeGrid) -> "Headcount":
        """The same shift as its weekdays want it, over a horizon."""
        weekdays = [grid.weekday(day) for day in range(grid.days)]
        of_weekday = {"required": self.usual, "maximum": self.usual_maximum}
        return self.model_copy(
            update={
                key: tuple(numbers[weekday] for weekday in weekdays)
                for key, numbers in of_weekday.items()
                if len(numbers) == DAYS_PER_WEEK
            }
        )


def like_days_together(usual: tuple[Usual, ...], main: str) -> tuple[Usual, ...]:
    """One entry for the weekdays that say the same, and none for those of which ``main`` says nothing."""
    alike: dict[Usual, list[int]] = {}
    for one in usual:
        if any(number is not None for number in getattr(one, main)):
            alike.setdefault(one.model_copy(update={"weekdays": ()}), []).extend(one.weekdays)
    merged = (one.model_copy(update={"weekdays": tuple(sorted(days))}) for one, days in alike.items())
    return tuple(sorted(merged, key=lambda one: one.weekdays))


def series_by_weekday(
    usual: Iterable[OfWeekdays], measures: Iterable[str], grid: TimeGrid
) -> dict[str, list[Any]]:
    """What weekdays say of each interval of a horizon, by measure; ``None`` where they say nothing."""
    of_weekday = {weekday: one for one in usual for weekday in one.weekdays}
    series: dict[str, list[Any]] = {measure: [] for measure in measures}
    for interval in range(grid.intervals):
        moment = grid.interval_start(interval)
        one, at = of_weekday.get(moment.weekday()), slot_of(moment, grid.interval_minutes)
        for measure, numbers in series.items():
            given = getattr(one, measure, ())
            numbers.append(given[at] if at < len(given) else None)
    return series


def slot_of(moment: datetime, interval_minutes: int) -> int:
    """Which interval of a day of 24 h begins at a clock time."""
    return (moment.hour * MINUTES_PER_HOUR + moment.minute) // interval_minutes
