"""The facts of one planning task: demand, skills, shift templates, contracts, agents.

A :class:`Problem` holds facts only; what must be kept is in the rule book. It is the published JSON
schema too, so field names and units are part of the interface: minutes, cents, ISO dates.
Clock times are minutes after local midnight and may pass 1440 for the small hours of the next day.
Cross-references are not checked here but in :mod:`scheduler.domain.checks`, which reports all at once.
"""

from functools import cached_property
from typing import Final, Literal

from pydantic import Field

from scheduler.domain.agent import Agent as Agent
from scheduler.domain.agent import Pin as Pin
from scheduler.domain.agent import ShiftWish as ShiftWish
from scheduler.domain.agent import TimeOff as TimeOff
from scheduler.domain.agent import Window as Window
from scheduler.domain.agent import WorkedDuty as WorkedDuty
from scheduler.domain.fields import Cents as Cents
from scheduler.domain.fields import ClockMinute as ClockMinute
from scheduler.domain.fields import Minutes as Minutes
from scheduler.domain.fields import Name as Name
from scheduler.domain.fields import Weekday as Weekday
from scheduler.domain.frozen import Frozen
from scheduler.domain.grid import MINUTES_PER_DAY, TimeGrid
from scheduler.domain.words import counted

SCHEMA_VERSION: Final = "1"


class Skill(Frozen):
    """A kind of contact, and what it costs to have too few or too many agents on it.

    Parameters
    ----------
    missing_price
        Cents per missing agent-hour (scheduled below required).
    superfluous_price
        Cents per superfluous agent-hour (scheduled above required), beside the wage.
    """

    name: Name
    missing_price: Cents = 6000
    superfluous_price: Cents = 500


class Demand(Frozen):
    """One skill's staffing requirement, an entry per interval of the horizon.

    Parameters
    ----------
    required
        Agents wanted; falling short is priced by the skill.
    minimum
        Agents that must be there, kept by the rule ``minimum_staff``. Empty means no floor.
    maximum
        Seats for this skill, kept by the rule ``seats``; ``None`` is no limit. Empty means no limit.
    """

    skill: Name
    required: tuple[Minutes, ...]
    minimum: tuple[Minutes, ...] = ()
    maximum: tuple[Minutes | None, ...] = ()


class Headcount(Frozen):
    """How many people are wanted on a shift, a number per day of the horizon.

    Kept by the rule ``shift_requirement``, beside the curve of :class:`Demand` or instead of it.

    Parameters
    ----------
    template
        Counted is who starts a shift of this template on the day.
    skill
        Only agents who hold this skill count; everyone where ``None``.
    required
        People wanted on each day; ``None`` says nothing of that day.
    missing_price
        Cents per missing person and day.
    superfluous_price
        Cents per superfluous person and day, beside the wage.
    """

    template: Name
    skill: Name | None = None
    required: tuple[Minutes | None, ...]
    missing_price: Cents = 10000
    superfluous_price: Cents = 1000

    @property
    def row(self) -> str:
        """What reports and certificates call it: the template, and the skill where one is asked for."""
        return self.template if self.skill is None else f"{self.template}, {self.skill}"


class Break(Frozen):
    """A pause inside a shift.

    Parameters
    ----------
    earliest_start, latest_start
        Window of the break's start in minutes: after the shift's start (``measured_from="start"``),
        before the shift's end (``"end"``: 120 means two hours before it ends, ``earliest_start`` being
        the larger number), or on the agent's clock (``"clock"``).
    step_minutes
        Starts lie this far apart, counted from ``earliest_start``.
    paid
        A meal is usually not; unpaid minutes are taken off the paid time.
    """

    name: Name
    length_minutes: int = Field(gt=0)
    paid: bool = True
    measured_from: Literal["start", "end", "clock"] = "start"
    earliest_start: int = Field(ge=0)
    latest_start: int = Field(ge=0)
    step_minutes: int = Field(default=5, gt=0)


class BreakBand(Frozen):
    """The breaks of shifts whose elapsed length lies in a band, in the order they are taken."""

    min_shift_minutes: Minutes = 0
    max_shift_minutes: Minutes = MINUTES_PER_DAY
    breaks: tuple[Break, ...] = ()


class ShiftTemplate(Frozen):
    """A family of shifts: when they may start, how long they may be, which breaks they hold.

    Parameters
    ----------
    weekdays
        Days on which it may start, 0 for Monday.
    earliest_start, latest_start, start_step
        Starts on the agent's clock, minutes after midnight.
    min_length, max_length, length_step
        Elapsed minutes, breaks included.
    breaks
        Break sets by shift length; the first band that holds the length applies.
    """

    name: Name
    weekdays: tuple[Weekday, ...] = (0, 1, 2, 3, 4, 5, 6)
    earliest_start: ClockMinute
    latest_start: ClockMinute
    start_step: int = Field(default=15, gt=0)
    min_length: int = Field(gt=0, le=MINUTES_PER_DAY)
    max_length: int = Field(gt=0, le=MINUTES_PER_DAY)
    length_step: int = Field(default=15, gt=0)
    breaks: tuple[BreakBand, ...] = ()

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Every start, as minutes after local midnight."""
        return tuple(range(self.earliest_start, self.latest_start + 1, self.start_step))

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """Every elapsed length in minutes."""
        return tuple(range(self.min_length, self.max_length + 1, self.length_step))

    def breaks_of(self, length: int) -> tuple[Break, ...]:
        """The breaks of a shift of that elapsed length, in order."""
        for band in self.breaks:
            if band.min_shift_minutes <= length <= band.max_shift_minutes:
                return band.breaks
        return ()

    def paid_minutes(self, length: int) -> int:
        """Paid minutes of a shift of that elapsed length: all of it less the unpaid breaks."""
        return length - sum(pause.length_minutes for pause in self.breaks_of(length) if not pause.paid)


class Contract(Frozen):
    """What was agreed: pay, weekly paid hours, and which shifts may be worked.

    Parameters
    ----------
    pay_per_hour
        Cents per paid hour.
    min_paid_minutes, max_paid_minutes
        Paid minutes per week, kept by the rule ``paid_hours``; ``None`` is no limit.
    templates
        Shift templates that may be worked, kept by the rule ``entitlement``.
    """

    name: Name
    pay_per_hour: Cents
    min_paid_minutes: Minutes | None = None
    max_paid_minutes: Minutes | None = None
    templates: tuple[Name, ...]


class Problem(Frozen):
    """Everything that is given: who there is, what they may work, and how many are needed when.

    How many may be said by the interval (``demand``; a skill without any has no curve), by shift and day
    (``headcounts``), or both. Printing one says how large it is.
    """

    schema_version: Literal["1"] = SCHEMA_VERSION
    name: str = "roster"
    currency: str = "EUR"
    grid: TimeGrid
    week_starts_on: Weekday = 0
    skills: tuple[Skill, ...]
    demand: tuple[Demand, ...]
    headcounts: tuple[Headcount, ...] = ()
    templates: tuple[ShiftTemplate, ...]
    contracts: tuple[Contract, ...]
    agents: tuple[Agent, ...]

    @cached_property
    def skill_named(self) -> dict[str, Skill]:
        """Skills by name."""
        return {skill.name: skill for skill in self.skills}

    @cached_property
    def template_named(self) -> dict[str, ShiftTemplate]:
        """Shift templates by name."""
        return {template.name: template for template in self.templates}

    @cached_property
    def contract_named(self) -> dict[str, Contract]:
        """Contracts by name."""
        return {contract.name: contract for contract in self.contracts}

    @cached_property
    def agent_named(self) -> dict[str, Agent]:
        """Agents by name."""
        return {agent.name: agent for agent in self.agents}

    @cached_property
    def demand_for(self) -> dict[str, Demand]:
        """Demand by skill."""
        return {demand.skill: demand for demand in self.demand}

    def contract_of(self, agent: Agent) -> Contract:
        """The contract that an agent has."""
        return self.contract_named[agent.contract]

    def pay_of(self, agent: Agent) -> int:
        """Cents per paid hour of an agent."""
        return self.contract_of(agent).pay_per_hour if agent.pay_per_hour is None else agent.pay_per_hour

    def zone_of(self, agent: Agent) -> str:
        """The clock that an agent lives by."""
        return agent.time_zone or self.grid.time_zone

    def work_reaching_in(self, agent: Agent) -> tuple[tuple[int, int], ...]:
        """Stretches inside the horizon of duties from before it, as instants, in whole five minutes.

        They staff the first hours as if without breaks. Time clocks give odd minutes; what they cut off of
        five minutes counts as not worked, so that the engine's time stays coarse.
        """
        zone = self.zone_of(agent)
        stretches = []
        for worked in agent.history:
            start = max(0, -(-self.grid.instant(worked.start, zone) // 5) * 5)
            end = min(self.grid.minutes, self.grid.instant(worked.end, zone) // 5 * 5)
            if start < end:
                stretches.append((start, end))
        return tuple(stretches)

    @cached_property
    def weeks(self) -> tuple[tuple[int, ...], ...]:
        """The horizon's days by calendar week; the first and the last may be cut short."""
        weeks: list[list[int]] = []
        for day in range(self.grid.days):
            if not weeks or self.grid.weekday(day) == self.week_starts_on:
                weeks.append([])
            weeks[-1].append(day)
        return tuple(tuple(week) for week in weeks)

    def __str__(self) -> str:
        asked = []
        if self.demand or not self.headcounts:
            hours = sum(sum(demand.required) for demand in self.demand) * self.grid.interval_minutes / 60
            asked.append(counted(round(hours), "agent-hour"))
        if self.headcounts:
            heads = sum(number or 0 for wanted in self.headcounts for number in wanted.required)
            asked.append(f"{counted(heads, 'person', 'people')} on shifts")
        last = self.grid.date(self.grid.days - 1)
        return (
            f"Problem {self.name!r}: {counted(len(self.agents), 'agent')}, "
            f"{counted(len(self.skills), 'skill')}, {counted(len(self.templates), 'shift template')}, "
            f"{self.grid.first_day} to {last} in intervals of "
            f"{self.grid.interval_minutes} min, {' and '.join(asked)} required"
        )
