"""The facts of one person: contract, skills and times, what is fixed, what was worked, what is wished for.

Part of the problem's published JSON schema, see :mod:`scheduler.domain.facts.problem`.
"""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field, model_validator

from scheduler.domain.facts.usual import UsualWindow, UsualWish
from scheduler.domain.values.calendar_fields import Day, LastDay, LocalEnd, LocalTime
from scheduler.domain.values.fields import (
    EACH_ONCE,
    HUNDRED_PERCENT,
    MOST_WEIGHT,
    Cents,
    ClockMinute,
    Hundredths,
    Label,
    Minutes,
    MinutesOfDay,
    Name,
    Times,
    Weekdays,
)
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.grid import ZoneName
from scheduler.texts import text

WishWeight = Annotated[int, Field(ge=0, le=MOST_WEIGHT)]


class Window(Frozen):
    """A span of local time on the agent's clock, ``end`` not included; an end at 23:59 is midnight."""

    start: LocalTime = Field(description="Local date and time on the agent's clock, without an offset.")
    end: LocalEnd = Field(
        description="Local date and time on the agent's clock; this minute itself is not part of the window. "
        "23:59 is read as midnight."
    )

    @model_validator(mode="after")
    def _runs_forward(self) -> "Window":
        if self.end <= self.start:
            raise ValueError(
                text("the end {end} is not after the start {start}", end=self.end, start=self.start)
            )
        return self

    @property
    def last_day(self) -> date:
        """The last date that is touched; a window until midnight does not touch the date that begins then."""
        return (self.end - timedelta.resolution).date()


class TimeOff(Window):
    """Approved absence, which is neither a day off nor work; its paid minutes count towards the contract's.

    See :mod:`scheduler.domain.facts.absence`.
    """

    kind: Literal["leave", "sick"] = Field(
        default="leave",
        description="What it is: leave, or sick for a sick call. A sick call cancels what was fixed on its "
        "days, and its hours may be left open.",
    )
    paid_minutes: Minutes | None = Field(
        default=None,
        description="Minutes that count towards the contract's paid hours, spread over its days on which the "
        "contract works. Null is none for leave; for a sick call it is as sick_hours of the problem says.",
    )


class Pin(Frozen):
    """Something fixed beforehand on one day: a day off, or a shift, or its breaks too."""

    day: Day = Field(description="Local date on which the duty starts, or the day that is off.")
    off: bool = Field(default=False, description="Whether the day is free; then nothing else may be given.")
    template: Name | None = Field(
        default=None, description="Shift template that is worked; null leaves it open."
    )
    start: ClockMinute | None = Field(
        default=None, description="Start of the shift in minutes after local midnight; null leaves it open."
    )
    length_minutes: MinutesOfDay | None = Field(
        default=None,
        description="Length of the shift in minutes, breaks included; null leaves it open.",
    )
    break_starts: tuple[Minutes, ...] = Field(
        default=(),
        description="Starts of the breaks in the order of the break set, in "
        "minutes after local midnight of the day.",
    )


class WorkedDuty(Frozen):
    """A duty that was worked before the horizon; its end may reach into it.

    What reaches in covers demand there, see :meth:`Problem.work_reaching_in`.
    """

    day: Day = Field(description="Local date that the duty belongs to: the one on which it started.")
    start: LocalTime = Field(description="Local date and time of the start, on the agent's clock.")
    end: LocalTime = Field(description="Local date and time of the end, on the agent's clock.")
    paid_minutes: Minutes = Field(
        description="Paid minutes; they count in a week that the first planned day cuts."
    )
    template: Name | None = Field(
        default=None, description="Shift template that was worked; null where it is not known."
    )


class RuleBalance(Frozen):
    """What a rule had counted of somebody in its month, quarter or year by some date before the first day."""

    rule: Name = Field(description="Name of the rule that counts it: its label, or its kind.")
    as_of: Day = Field(
        description="Last date that is counted in it, before the first planned day. What History has of "
        "later days is counted beside it."
    )
    minutes: Minutes | None = Field(
        default=None,
        description="Minutes, for a rule that counts time; paid leave counts where its hours do.",
    )
    times: Times | None = Field(
        default=None, description="Days, nights or shifts, for a rule that counts those."
    )

    @model_validator(mode="after")
    def _says_how_much(self) -> "RuleBalance":
        if (self.minutes is None) == (self.times is None):
            raise ValueError(text("a balance has minutes or times, and not both"))
        return self

    @property
    def amount(self) -> int:
        """Minutes or times."""
        return self.minutes or self.times or 0


class ShiftWish(Frozen):
    """A wish for a shift on a day, or against it; kept by the rule ``shift_wishes``."""

    day: Day = Field(description="Local date that the wish is for.")
    template: Name | None = Field(
        default=None, description="Shift template that is meant; null is any shift."
    )
    wanted: bool = Field(
        default=True, description="Whether they would like to work it; if not, they would rather not."
    )
    price: Cents | None = Field(
        default=None, description="Cents that it costs not to grant it; null takes the rule's price."
    )


class Agent(Frozen):
    """A person to be rostered."""

    name: Name = Field(description="What the roster calls them; unique.")
    personnel_number: Label | None = Field(
        default=None,
        description="What payroll calls them: text, kept as it is written, leading zeros included; unique.",
    )
    contract: Name = Field(description="Name of their contract.")
    skills: tuple[Name, ...] = Field(description="Names of the skills that they hold.")
    team: Label | None = Field(
        default=None, description="Name of their team; rules may be held for a team alone."
    )
    pay_per_hour: Cents | None = Field(
        default=None, description="Cents per paid hour; null takes the contract's."
    )
    time_zone: ZoneName | None = Field(
        default=None,
        description="The clock of their shifts and days, as an IANA name or an "
        "offset; null takes the campaign's.",
    )
    starts_on: Day | None = Field(
        default=None,
        description="First date of their employment; null is long ago. Nobody is rostered before it.",
    )
    leaves_on: LastDay | None = Field(
        default=None,
        description="Last date of their employment, included; null is open. No duty starts after it.",
    )
    available: tuple[Window, ...] = Field(
        default=(),
        description="On the dates that these windows start on, work must lie "
        "inside them; other dates are open.",
    )
    unavailable: tuple[Window, ...] = Field(default=(), description="No work in these windows.")
    time_off: tuple[TimeOff, ...] = Field(default=(), description="Approved absence.")
    pins: tuple[Pin, ...] = Field(default=(), description="What is fixed beforehand, a day each.")
    history: tuple[WorkedDuty, ...] = Field(
        default=(),
        description="Duties that were worked before the first planned day; "
        "rests, rows and weeks go on from them.",
    )
    preferred_starts: Annotated[tuple[tuple[ClockMinute, ClockMinute], ...], EACH_ONCE] = Field(
        default=(),
        description="Clock windows in which they like to start, as pairs of "
        "minutes after midnight, both included.",
    )
    preferred_days_off: Annotated[tuple[Day, ...], EACH_ONCE] = Field(
        default=(), description="Dates that they would like to have free."
    )
    shift_wishes: tuple[ShiftWish, ...] = Field(
        default=(), description="Shifts that they would like to work on some day, or would rather not."
    )
    wish_weight_percent: WishWeight = Field(
        default=HUNDRED_PERCENT,
        exclude_if=lambda percent: percent == HUNDRED_PERCENT,
        description="How much their wishes weigh, in per cent of the prices of wishes, as by seniority. "
        "Cents are rounded down.",
    )
    fair_points: tuple[tuple[Name, Hundredths], ...] = Field(
        default=(),
        description="By the name of a rule on fairness, hundredths of what they had beyond their fair share "
        "before the first planned day, as pairs; below zero they had too little. Not named is nothing.",
    )
    balances: tuple[RuleBalance, ...] = Field(
        default=(),
        exclude_if=lambda balances: not balances,
        description="What rules on a month, a quarter or a year have counted before; without one only "
        "History counts.",
    )
    usual_windows: tuple[UsualWindow, ...] = Field(
        default=(),
        description="Availability and absence that come again every week; the windows of the planned days "
        "stand in the lists above too.",
    )
    usual_wishes: tuple[UsualWish, ...] = Field(
        default=(), description="Wishes that come again every week, likewise."
    )
    usual_days_off: Weekdays = Field(
        default=(), description="Weekdays that they would like to have free every week, likewise."
    )

    def is_employed_on(self, on: date) -> bool:
        """Whether a date lies in their employment."""
        return (self.starts_on is None or self.starts_on <= on) and (
            self.leaves_on is None or on <= self.leaves_on
        )
