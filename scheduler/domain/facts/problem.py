"""The facts of one planning task: demand, skills, shift templates, contracts, agents.

A :class:`Problem` holds facts only; what must be kept is in the rule book. It is the published JSON
schema too, so field names and units are part of the interface: minutes, cents, ISO dates. What a field
holds is said once, beside it, and the schema takes it from there (docstrings are gone under ``python -OO``).
Clock times are minutes after local midnight and may pass 1440 for the small hours of the next day.
Cross-references are checked in :mod:`scheduler.domain.checks.problem`, which reports all at once.
"""

from fractions import Fraction
from functools import cached_property
from typing import Final, Literal

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from scheduler.domain.facts.agent import Agent as Agent
from scheduler.domain.facts.agent import Pin as Pin
from scheduler.domain.facts.agent import ShiftWish as ShiftWish
from scheduler.domain.facts.agent import TimeOff as TimeOff
from scheduler.domain.facts.agent import Window as Window
from scheduler.domain.facts.agent import WorkedDuty as WorkedDuty
from scheduler.domain.facts.contract import Contract as Contract
from scheduler.domain.facts.contract import Holiday, PayPremium, parts_of_a_unit, premiums_on_holidays
from scheduler.domain.facts.demand import Demand as Demand
from scheduler.domain.facts.demand import Headcount as Headcount
from scheduler.domain.facts.demand import LaterDemand as LaterDemand
from scheduler.domain.facts.demand import LaterHeadcount as LaterHeadcount
from scheduler.domain.facts.demand import Skill as Skill
from scheduler.domain.facts.demand import UsualDemand as UsualDemand
from scheduler.domain.facts.goal_tables import GoalTable as GoalTable
from scheduler.domain.facts.people_by_skill import of_these
from scheduler.domain.facts.scenarios import Scenario as Scenario
from scheduler.domain.facts.scenarios import ScenarioCurve as ScenarioCurve
from scheduler.domain.facts.service_goals import ServiceGoal as ServiceGoal
from scheduler.domain.facts.service_goals import Shrinkage as Shrinkage
from scheduler.domain.facts.special_days import SpecialDay as SpecialDay
from scheduler.domain.facts.volumes import DeferredWork as DeferredWork
from scheduler.domain.facts.volumes import RequirementSteps as RequirementSteps
from scheduler.domain.facts.volumes import Volumes as Volumes
from scheduler.domain.values.calendar_fields import Day
from scheduler.domain.values.fields import (
    ClockMinute,
    Label,
    Minutes,
    MinutesOfDay,
    Name,
    Weekday,
    Weekdays,
)
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.grid import MINUTES_PER_DAY, MINUTES_PER_HOUR, TimeGrid
from scheduler.domain.values.words import counted, together
from scheduler.texts import text

SCHEMA_VERSION: Final = "1"


class Break(Frozen):
    """A pause inside a shift."""

    name: Name = Field(description="What the roster calls it.")
    length_minutes: MinutesOfDay = Field(description="Length in minutes.")
    paid: bool = Field(
        default=True,
        description="Whether its minutes are paid; those of a meal usually are "
        "not, and are taken off the paid time.",
    )
    measured_from: Literal["start", "end", "clock"] = Field(
        default="start",
        description="What its window is measured from: minutes after the shift's start (start), "
        "before its end (end), or on the agent's clock (clock).",
    )
    earliest_start: ClockMinute = Field(
        description="Where the window of its start begins, in minutes as measured_from says. Before the end "
        "this is the larger number: 120 is two hours before the shift ends.",
    )
    latest_start: ClockMinute = Field(
        description="Where the window of its start ends, in minutes as measured_from says; included."
    )
    step_minutes: MinutesOfDay = Field(
        default=5, description="Starts lie so many minutes apart, counted from earliest_start."
    )


class BreakBand(Frozen):
    """The breaks of shifts whose elapsed length lies in a band, in the order they are taken."""

    min_shift_minutes: Minutes = Field(
        default=0, description="Shortest shift that has these breaks, in elapsed minutes; included."
    )
    max_shift_minutes: Minutes = Field(
        default=MINUTES_PER_DAY,
        description="Longest shift that has these breaks, in elapsed minutes; included.",
    )
    breaks: tuple[Break, ...] = Field(
        default=(), description="The breaks in the order in which they are taken."
    )


class ShiftTemplate(Frozen):
    """A family of shifts: when they may start, how long they may be, which breaks they hold."""

    name: Name = Field(description="What contracts, pins and rosters call it; unique.")
    weekdays: Weekdays = Field(
        default=(0, 1, 2, 3, 4, 5, 6), description="Days on which it may start, 0 for Monday to 6 for Sunday."
    )
    earliest_start: ClockMinute = Field(
        description="Earliest start on the agent's clock, in minutes after midnight."
    )
    latest_start: ClockMinute = Field(
        description="Latest start on the agent's clock, in minutes after midnight; included."
    )
    start_step: MinutesOfDay = Field(
        default=15, description="Starts lie so many minutes apart, counted from earliest_start."
    )
    min_length: MinutesOfDay = Field(description="Shortest length in elapsed minutes, breaks included.")
    max_length: MinutesOfDay = Field(description="Longest length in elapsed minutes, breaks included.")
    length_step: MinutesOfDay = Field(
        default=15, description="Lengths lie so many minutes apart, counted from min_length."
    )
    breaks: tuple[BreakBand, ...] = Field(
        default=(), description="Break sets by shift length; the first band that holds the length applies."
    )

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


class Problem(Frozen):
    """Everything that is given: who there is, what they may work, and how many are needed when.

    How many may be said by the interval (``demand``; a skill without any has no curve), by shift and day
    (``headcounts``), or both. Printing one says how large it is.
    """

    schema_version: Literal["1"] = Field(
        default=SCHEMA_VERSION,
        description="Version of this form; it changes when a field changes its meaning.",
    )
    name: Label = Field(default="roster", description="What the roster is called.")
    currency: Label = Field(
        default="EUR",
        description="Currency of every price, as reports write it; all amounts are in its hundredths.",
    )
    grid: TimeGrid = Field(description="The days that are planned, cut into intervals.")
    week_starts_on: Weekday = Field(
        default=0, description="Weekday that calendar weeks begin on, 0 for Monday to 6 for Sunday."
    )
    sick_hours: Literal["rostered", "contract", "none"] = Field(
        default="rostered",
        description="What a sick call without hours is credited with: the paid hours of the duties that it "
        "cancels (rostered; where no roster is known, as contract), the contract's hours by its workdays "
        "(contract), or nothing (none).",
    )
    history_until: Day | None = Field(
        default=None,
        description="Last local date of which the history is known, also where nobody worked then; null is "
        "the last one with a duty.",
    )
    date_order: Literal["day month year", "month day year", "year month day"] | None = Field(
        default=None,
        description="How a workbook means dates that are text and could be two; null asks. Nothing in JSON "
        "depends on it.",
    )
    decimal_sign: Literal["point", "comma"] | None = Field(
        default=None,
        description="What a workbook writes before the decimals of numbers that are text; null asks. Nothing "
        "in JSON depends on it.",
    )
    skills: tuple[Skill, ...] = Field(description="The kinds of contact.")
    demand: tuple[Demand, ...] = Field(
        description="Agents wanted by skill and interval; a skill without an entry has no curve."
    )
    headcounts: tuple[Headcount, ...] = Field(
        default=(), description="People wanted by shift and day, beside the curve or instead of it."
    )
    volumes: tuple[Volumes, ...] = Field(
        default=(),
        description="Contacts by skill and interval, from which demand follows where it is not given.",
    )
    service_goals: tuple[ServiceGoal, ...] = Field(
        default=(), description="What is promised for each skill with volumes."
    )
    shrinkage: tuple[Shrinkage, ...] = Field(
        default=(), description="Shares of paid time that are spent elsewhere; they raise the requirement."
    )
    requirement: tuple[RequirementSteps, ...] = Field(
        default=(), description="How demand followed from the volumes; computed anew when it is read."
    )
    scenarios: tuple[Scenario, ...] = Field(
        default=(), description="What else may come; the roster is to cost least on average over them."
    )
    scenario_curves: tuple[ScenarioCurve, ...] = Field(
        default=(), description="What each scenario requires; computed anew when it is read."
    )
    goal_tables: SkipJsonSchema[tuple[GoalTable, ...]] = Field(
        default=(),
        exclude=True,
        description="What agents answer in time where a service level is agreed over a day or a week; "
        "computed anew when it is read, and not written.",
    )
    deferred_work: SkipJsonSchema[tuple[DeferredWork, ...]] = Field(
        default=(), exclude=True, description="Work that the roster places; computed anew, not written."
    )
    calendar: tuple[SpecialDay, ...] = Field(
        default=(), description="What is special about dates; only a forecast of volumes learns from it."
    )
    templates: tuple[ShiftTemplate, ...] = Field(description="The shift templates.")
    contracts: tuple[Contract, ...] = Field(description="The contracts.")
    agents: tuple[Agent, ...] = Field(description="The people to be rostered.")
    premiums: tuple[PayPremium, ...] = Field(default=(), description="What is paid on top, and when.")
    holidays: tuple[Holiday, ...] = Field(default=(), description="Public holidays, and working weekends.")

    @cached_property
    def public_holidays(self) -> frozenset[Day]:
        """Dates that are public holidays; working weekends are none."""
        return frozenset(one.day for one in self.holidays if one.kind == "public holiday")

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

    @cached_property
    def scenario_curve(self) -> dict[tuple[str, str], tuple[int, ...]]:
        """Required agents by the names of scenario and skill."""
        return {(one.scenario, one.skill): one.required for one in self.scenario_curves}

    @cached_property
    def of_these(self) -> dict[str, tuple[bool, ...]]:
        """By the row of a headcount and by day: whether its people are among those of another row."""
        return of_these(self.headcounts, self.agents)

    def with_given_demand(self) -> "Problem":
        """The same with the demand that is given alone, without what is computed from volumes."""
        return self.model_copy(update={"demand": tuple(one for one in self.demand if one.is_given)})

    @property
    def people_required(self) -> int:
        """People required on shifts over all days, everybody once."""
        return sum(
            number or 0
            for wanted in self.headcounts
            for number, is_part in zip(wanted.required, self.of_these[wanted.row], strict=True)
            if not is_part
        )

    @cached_property
    def days_away_known(self) -> dict[str, frozenset[int]]:
        """Cache of :func:`scheduler.domain.facts.absence.days_away` by agent."""
        return {}

    @cached_property
    def paid_absence_known(self) -> dict[str, dict[int, int]]:
        """Cache of :func:`scheduler.domain.facts.absence.paid_absence` by agent."""
        return {}

    @cached_property
    def fair_shares_known(self) -> dict[object, dict[str, Fraction]]:
        """Cache of the fair shares of :mod:`scheduler.model.fairness.shares`, by what is shared out."""
        return {}

    @cached_property
    def requirement_recounted(self) -> dict[str, tuple[str, ...]]:
        """Cache of what the verifier says of the requirement, which is the same for every roster."""
        return {}

    def contract_of(self, agent: Agent) -> Contract:
        """The contract that an agent has."""
        return self.contract_named[agent.contract]

    def shifts_of(self, contract: Contract, day: int | None = None) -> tuple[ShiftTemplate, ...]:
        """The shift templates of a contract, or those of them that may start on a day."""
        shifts = tuple(self.template_named[name] for name in contract.templates)
        if day is None:
            return shifts
        return tuple(one for one in shifts if self.grid.weekday(day) in one.weekdays)

    def may_count(self, agent: Agent, wanted: Headcount) -> bool:
        """Whether an agent has the skill of a headcount, and a contract with its template."""
        return wanted.template in self.contract_of(agent).templates and wanted.counts(agent.skills)

    def pay_of(self, agent: Agent) -> int:
        """Cents per paid hour of an agent."""
        return self.contract_of(agent).pay_per_hour if agent.pay_per_hour is None else agent.pay_per_hour

    @cached_property
    def paid_on_top(self) -> tuple[PayPremium, ...]:
        """Every premium, those of holidays behind the others."""
        return (*self.premiums, *premiums_on_holidays(self.holidays))

    @cached_property
    def parts_of_a_unit(self) -> int:
        """Into how many parts a sixtieth of a cent is cut, so that costs are whole; 1 without premiums."""
        return parts_of_a_unit((*self.contracts, *self.agents), self.paid_on_top)

    def unpaid(self) -> "Problem":
        """The same where work costs nothing, so that only what a rule lacks or a breach has a price."""
        contracts = tuple(one.model_copy(update={"pay_per_hour": 0}) for one in self.contracts)
        agents = tuple(one.model_copy(update={"pay_per_hour": None}) for one in self.agents)
        days = tuple(one.model_copy(update={"multiple": None}) for one in self.holidays)
        nothing = {"contracts": contracts, "agents": agents, "premiums": (), "holidays": days}
        return self.model_copy(update=nothing)

    def unpriced(self) -> "Problem":
        """The same where nothing costs anything: neither work, nor who is missing or superfluous."""
        none = {"missing_price": 0, "superfluous_price": 0}
        rises = {"further_missing_prices": (), "further_superfluous_prices": ()}
        skills = tuple(one.model_copy(update=none) for one in self.skills)
        headcounts = tuple(one.model_copy(update={**none, **rises}) for one in self.headcounts)
        return self.unpaid().model_copy(update={"skills": skills, "headcounts": headcounts})

    def zone_of(self, agent: Agent) -> str:
        """The time zone of an agent's clock."""
        return agent.time_zone or self.grid.time_zone

    def work_reaching_in(self, agent: Agent) -> tuple[tuple[int, int], ...]:
        """Spans inside the horizon of duties from before it, as instants, in whole five minutes.

        They staff the first hours as if without breaks. Time clocks give odd minutes; what they cut off of
        five minutes counts as not worked, so that the engine's time stays coarse.
        """
        zone = self.zone_of(agent)
        spans = []
        for worked in agent.history:
            start = max(0, -(-self.grid.instant(worked.start, zone) // 5) * 5)
            end = min(self.grid.minutes, self.grid.instant(worked.end, zone) // 5 * 5)
            if start < end:
                spans.append((start, end))
        return tuple(spans)

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
            required = sum(sum(demand.required) for demand in self.demand)
            hours = required * self.grid.interval_minutes / MINUTES_PER_HOUR
            asked.append(counted(round(hours), "agent-hour"))
        if self.headcounts:
            asked.append(text("{people} on shifts", people=counted(self.people_required, "person", "people")))
        return text(
            "Problem {name!r}: {agents}, {skills}, {shift_templates}, {first_day} to {last} in intervals "
            "of {interval_minutes} min, {asked} required",
            name=self.name,
            agents=counted(len(self.agents), "agent"),
            skills=counted(len(self.skills), "skill"),
            shift_templates=counted(len(self.templates), "shift template"),
            first_day=self.grid.first_day,
            last=self.grid.date(self.grid.days - 1),
            interval_minutes=self.grid.interval_minutes,
            asked=together(asked),
        )
