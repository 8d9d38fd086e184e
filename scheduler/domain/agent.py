"""The facts of one person: contract, skills and times, what is fixed, what was worked, what is wished for.

Part of the problem's published JSON schema, see :mod:`scheduler.domain.problem`.
"""

from datetime import date, datetime

from pydantic import Field, model_validator

from scheduler.domain.fields import Cents, ClockMinute, Minutes, Name
from scheduler.domain.frozen import Frozen
from scheduler.domain.grid import ZoneName


class Window(Frozen):
    """A stretch of local time on the agent's clock, ``end`` not included."""

    start: datetime
    end: datetime

    @model_validator(mode="after")
    def _runs_forward(self) -> "Window":
        if self.end <= self.start:
            raise ValueError(f"the end {self.end} is not after the start {self.start}")
        return self


class TimeOff(Window):
    """Approved absence; ``paid_minutes`` count towards the contract's hours."""

    paid_minutes: Minutes = 0


class Pin(Frozen):
    """Something fixed beforehand on one day: a day off, or a shift, or its breaks too.

    Parameters
    ----------
    day
        Local date on which the duty starts, or the day that is off.
    off
        The day is free; then nothing else may be given.
    template, start, length_minutes
        What is fixed of the shift; ``start`` is in minutes after local midnight. Those that are
        ``None`` stay open.
    break_starts
        Starts of the breaks in the order of the break set, in minutes after local midnight of ``day``.
    """

    day: date
    off: bool = False
    template: Name | None = None
    start: ClockMinute | None = None
    length_minutes: int | None = Field(default=None, gt=0)
    break_starts: tuple[Minutes, ...] = ()


class WorkedDuty(Frozen):
    """A duty that was worked before the horizon; its end may reach into it.

    What reaches in covers demand there, see :meth:`Problem.work_reaching_in`.
    """

    day: date
    start: datetime
    end: datetime
    paid_minutes: Minutes
    template: Name | None = None


class ShiftWish(Frozen):
    """A wish for a shift on a day, or against it; kept by the rule ``shift_wishes``.

    Parameters
    ----------
    template
        The shift that is meant; any shift where ``None``.
    wanted
        Whether they would like to work it; if not, they would rather not.
    price
        Cents that it costs not to grant it; the rule's where ``None``.
    """

    day: date
    template: Name | None = None
    wanted: bool = True
    price: Cents | None = None


class Agent(Frozen):
    """A person to be rostered.

    Parameters
    ----------
    name
        What the roster calls them; unique.
    pay_per_hour
        Cents, where it differs from the contract's.
    time_zone
        The clock of their shifts and days; the campaign's where ``None``.
    available
        On the dates that these windows start on, work must lie inside them; other dates are open.
    unavailable
        No work in these windows.
    time_off
        Approved absence.
    pins
        What is fixed beforehand.
    history
        What was worked before the horizon.
    preferred_starts
        Clock windows (minutes after midnight, both ends included) in which they like to start.
    preferred_days_off
        Dates that they would like to have free.
    shift_wishes
        Shifts that they would like to work on some day, or would rather not.
    """

    name: Name
    contract: Name
    skills: tuple[Name, ...]
    team: str | None = None
    pay_per_hour: Cents | None = None
    time_zone: ZoneName | None = None
    available: tuple[Window, ...] = ()
    unavailable: tuple[Window, ...] = ()
    time_off: tuple[TimeOff, ...] = ()
    pins: tuple[Pin, ...] = ()
    history: tuple[WorkedDuty, ...] = ()
    preferred_starts: tuple[tuple[ClockMinute, ClockMinute], ...] = ()
    preferred_days_off: tuple[date, ...] = ()
    shift_wishes: tuple[ShiftWish, ...] = ()
