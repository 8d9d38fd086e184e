"""The published form of a result and of a verification in JSON; every field says what it holds.

Amounts of money are in the problem's currency, lengths of time in minutes, moments in ISO 8601 with the
offset from UTC of the agent's own clock.
"""

from datetime import date as Date  # noqa: N812 - a field is called date
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from scheduler.domain.results.certificate import ProofChecked
from scheduler.domain.results.outcome import Status
from scheduler.io.input.json_document import SCHEMA_DIALECT
from scheduler.io.result.documents.document import Document
from scheduler.io.result.documents.goals_json import Goals
from scheduler.io.result.documents.pay_json import PayLines
from scheduler.io.result.documents.scenarios_json import Scenarios


def schema_of(document: type[Document], name: str) -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of one of these documents."""
    return {"$schema": SCHEMA_DIALECT, **document.model_json_schema(), "title": f"staffcurve {name}"}


class CostDocument(Document):
    """A cost by cause, in currency."""

    total: float = Field(description="All of it, in currency.")
    wages: float = Field(description="Pay for every paid minute of every duty, in currency.")
    missing: float = Field(
        description="Price of the agent-hours and of the people on shifts below the requirement, in currency."
    )
    superfluous: float = Field(
        description="Price of the agent-hours and of the people on shifts above the requirement, in currency."
    )
    rules: dict[str, float] = Field(
        description="Price of broken rules of strength 'prefer', in currency, by the rule's label."
    )


class SolvePointDocument(Document):
    """One step of the cost-over-time curve."""

    seconds: float = Field(ge=0, description="Seconds since the search began. Not verified.")
    cost: float | None = Field(
        description="Cost of the best roster by then, in currency; null before the first."
    )
    bound: float | None = Field(
        description="Best proven lower bound by then, in currency; null while unknown."
    )


class BreakDocument(Document):
    """One break of a duty."""

    name: str = Field(description="What the shift template calls it.")
    start: datetime = Field(description="Start, ISO 8601 with UTC offset, on the agent's clock.")
    end: datetime = Field(description="End, ISO 8601 with UTC offset, on the agent's clock.")
    paid: bool = Field(description="Whether its minutes count as paid time.")


class DutyDocument(Document):
    """One agent's shift on one day."""

    agent: str = Field(description="The agent's name.")
    date: Date = Field(
        description="Local date that the duty belongs to; a night belongs to the date it starts on."
    )
    template: str = Field(description="The shift template.")
    start: datetime = Field(description="Start, ISO 8601 with UTC offset, on the agent's clock.")
    end: datetime = Field(description="End, ISO 8601 with UTC offset, on the agent's clock.")
    paid_minutes: int = Field(description="Elapsed minutes less unpaid breaks.")
    breaks: list[BreakDocument] = Field(description="Breaks in the order in which they are taken.")


class RuleDocument(Document):
    """How one rule fared."""

    rule: str = Field(description="The rule's label.")
    kind: str = Field(description="The kind of rule, as in the rule catalogue.")
    sentence: str = Field(description="The rule in words, with its parameters.")
    strength: str = Field(description="'must', 'prefer', 'report' or 'off'.")
    subjects: int = Field(description="How many cases (agents, days, intervals) were looked at.")
    broken: int = Field(description="In how many of them it is broken.")
    amount: int = Field(
        description="By how much in all: minutes where the rule counts hours, else occurrences."
    )
    cost: float = Field(description="What that costs, in currency; 0 unless the strength is 'prefer'.")
    told: str = Field(
        default="",
        description="What is to be said beside that, as how far apart people are who have fair shares; empty "
        "where there is nothing.",
    )


class SkillStaffingDocument(Document):
    """Staffing of one skill over the horizon; agents of several skills are counted once."""

    required_agent_hours: float = Field(description="Agent-hours required.")
    scheduled_agent_hours: float = Field(description="Agent-hours allocated to this skill.")
    missing_agent_hours: float = Field(description="Agent-hours below the requirement, never netted.")
    superfluous_agent_hours: float = Field(description="Agent-hours above the requirement, never netted.")
    understaffed_agent_intervals: float = Field(
        description="Missing agents summed over intervals; part of an interval counts in part."
    )
    overstaffed_agent_intervals: float = Field(
        description="Superfluous agents summed over intervals, likewise."
    )
    understaffed_intervals: int = Field(
        description="Number of intervals in which anybody is missing at any minute."
    )
    overstaffed_intervals: int = Field(description="Number of intervals in which anybody is superfluous.")


CurveFit = Annotated[
    float | None,
    Field(description="1 - sum|scheduled - required| / sum required; null where nothing is required."),
]
Understaffed = Annotated[
    dict[str, float],
    Field(description="By skill, missing agents summed over intervals; part of an interval counts in part."),
]
Overstaffed = Annotated[
    dict[str, float],
    Field(
        description="By skill, superfluous agents summed over intervals; part of an interval counts in part."
    ),
]
Staffing = Annotated[
    dict[str, SkillStaffingDocument],
    Field(description="Staffing by skill in agent-hours and intervals."),
]


class HeadcountDocument(Document):
    """People on one shift (with one skill, where one is asked for), day by day."""

    required: list[int | None] = Field(description="People required on each day; null where nothing is said.")
    scheduled: list[int] = Field(description="People who work the shift on each day.")
    missing: list[int] = Field(description="People below the requirement on each day.")
    superfluous: list[int] = Field(description="People above the requirement on each day.")
    maximum: list[int | None] = Field(
        default_factory=list, description="Most people on each day; null where there is no limit."
    )
    beyond_maximum: list[int] = Field(
        default_factory=list, description="People above the maximum on each day."
    )
    of_these: list[bool] = Field(
        default_factory=list,
        description="Whether they are among the people of another headcount of the shift on that day, as "
        "those with a skill are: sums over headcounts leave such days out.",
    )


Headcounts = Annotated[
    dict[str, HeadcountDocument],
    Field(
        default_factory=dict,
        description="People by headcount: the shift, with the skill behind a comma where one is asked for.",
    ),
]


class CrewDocument(Document):
    """Where few can be at work on a skill at a time: what each whole number of them costs."""

    skill: str = Field(description="The skill that they serve.")
    day: int = Field(description="Day of the horizon on which their duties begin, from 0.")
    first_slot: int = Field(description="First slot of the stretch that only they can reach, from 0.")
    premium: int = Field(description="What each of their duties is worth besides, in sixtieths of a cent.")
    prices: list[list[int]] = Field(
        description="For one person, two and so on, the skill's price in each slot of the stretch, in "
        "sixtieths of a cent; with more people the certificate's own prices hold."
    )


class CertificateDocument(Document):
    """All that is needed to recompute the bound; exact integers in sixtieths of a cent."""

    slot_minutes: int = Field(description="Length of one slot of the prices, in minutes.")
    prices: dict[str, list[int]] = Field(
        description="By skill, the worth of one more agent during each slot, in sixtieths of a cent."
    )
    headcount_prices: dict[str, list[int]] = Field(
        default_factory=dict,
        description="By headcount (the shift, with the skill where one is asked for), the worth of one more "
        "person on each day, in sixtieths of a cent.",
    )
    crews: list[CrewDocument] = Field(
        default_factory=list, description="Where few can be at work, what each whole number of them costs."
    )
    goals: dict[str, int] = Field(
        default_factory=dict,
        description="By service level over a day or a week, the worth of one more contact answered in time, "
        "in sixtieths of a cent.",
    )
    carried_rules: list[str] = Field(description="Labels of the rules that the best weeks were held to.")
    bound: int = Field(description="The bound that follows, in sixtieths of a cent.")
    unavoidable_wages: int = Field(
        description="Wages that every legal roster pays at least, in sixtieths of a cent."
    )
    proof_checked: ProofChecked = Field(
        default="full",
        description="partial where bound and wages are what was proven until the time for that was over.",
    )


class ResultDocument(Document):
    """What ``solve`` found."""

    document: Literal["staffcurve result"] = Field(description="Says what this file is.")
    schema_version: Literal["1"] = Field(
        description="Version of this form; it changes when a field changes meaning."
    )
    form: str = Field(
        description="In which form the version that wrote it writes and counts results; missing is one "
        "before form 2. What an older one wrote otherwise is told as old by verify."
    )
    name: str = Field(description="The problem's name.")
    currency: str = Field(description="Currency of all amounts.")
    first_day: Date = Field(description="First planned date.")
    days: int = Field(description="Number of planned days.")
    interval_minutes: int = Field(description="Length of one interval of the requirement, in minutes.")
    status: Literal[Status.OPTIMAL, Status.FEASIBLE] = Field(
        description="'optimal' (proven best) or 'feasible' (legal, its distance to the best is 'gap')."
    )
    cost: CostDocument = Field(description="Cost of the roster by cause, in currency.")
    bound: float = Field(description="No legal roster costs less, in currency; proven by 'certificate'.")
    proof_checked: ProofChecked = Field(
        default="full",
        description="'full', or 'partial' where time was too short to check all of the certificate: the "
        "bound is what was proven in the time, and the certificate may prove more.",
    )
    gap: float | None = Field(
        description="(cost - bound) / cost; null where the cost is 0 and the bound is not, and where the "
        "roster is not legal, for the bound is of legal ones."
    )
    gap_controllable: float | None = Field(
        description="(cost - bound) / (cost - unavoidable wages): the gap on what planning can influence; "
        "null where nothing can be influenced, and where the roster is not legal."
    )
    unavoidable_wages: float = Field(description="Wages that every legal roster pays at least, in currency.")
    curve_fit: CurveFit
    understaffed_agent_intervals: Understaffed
    overstaffed_agent_intervals: Overstaffed
    staffing: Staffing
    headcounts: Headcounts
    goals: Goals
    scenarios: Scenarios
    paid_hours: float = Field(description="Paid hours in duties, without paid absence.")
    paid_time_off_hours: float = Field(
        default=0.0, description="Paid hours of time off on the planned days; no part of 'paid_hours'."
    )
    pay_for_time_off: float = Field(
        default=0.0,
        description="What they are paid, in currency; the same in every roster, and no part of 'cost'.",
    )
    pay: PayLines
    seconds_to_first_roster: float = Field(
        ge=0,
        description="Seconds until the first legal roster was known. Not verified.",
    )
    seconds: float = Field(ge=0, description="Seconds in all. Not verified.")
    stopped_by: str = Field(
        pattern="^[a-z0-9 ]{0,40}$", description="Which stop criterion was met. Not verified."
    )
    seed: int = Field(ge=0, description="Seed of the search. Not verified.")
    workers: int = Field(ge=1, description="Number of parallel searches. Not verified.")
    versions: dict[str, str] = Field(
        description="Versions of staffcurve and of what it computes with. Not verified."
    )
    input_hash: str = Field(description="SHA-256 of the problem and rules as canonical JSON.")
    roster_hash: str = Field(description="SHA-256 of the duties: another one means that they were edited.")
    certificate_hash: str = Field(
        description="SHA-256 of the certificate's premises: its prices and the rules that it carries."
    )
    not_verified: list[str] = Field(
        description="Names of the fields that tell of the search, which nobody can recount: all others are "
        "what 'verify' compares with its own count."
    )
    curve: list[SolvePointDocument] = Field(
        description="Cost and bound over time, in order of time. Not verified."
    )
    rules: list[RuleDocument] = Field(description="Every rule that was checked, and how it fared.")
    duties: list[DutyDocument] = Field(description="Every duty, in order of agents and time.")
    certificate: CertificateDocument = Field(description="Proof of the bound, for the verifier.")


class SourcesDocument(BaseModel):
    """The fields of a result from which all others are recounted; those are not looked at here."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    document: Literal["staffcurve result"]
    schema_version: Literal["1"]
    duties: list[DutyDocument]
    certificate: CertificateDocument | None = None
    form: str | None = None
    input_hash: str | None = None
    roster_hash: str | None = None


class ViolationDocument(Document):
    """A rule broken in the roster."""

    rule: str = Field(description="The rule's label.")
    must: bool = Field(description="Whether the rule must be kept, so that the roster is not legal.")
    reported: bool = Field(
        description="Whether the rule is only reported: it was not planned for, and costs nothing."
    )
    agent: str | None = Field(description="By whom; null for the team.")
    dates: list[Date] = Field(description="On which local dates.")
    amount: int = Field(description="By how much: minutes where the rule counts hours, else occurrences.")
    cost: float = Field(
        description="What it costs, in currency; 0 for a rule that must be kept or is only reported."
    )
    sentence: str = Field(description="What is broken, in words.")
    cells: list[str] = Field(
        default_factory=list, description="Where the duties stand in the file, as Duties!F17 or duties.17."
    )


class EditDocument(Document):
    """A day of one agent that was changed in the file by hand."""

    cell: str = Field(description="Where, as Duties!F17 or Roster!G9.")
    agent: str = Field(description="Whose day.")
    date: Date = Field(description="Which day.")
    sentence: str = Field(description="What it was and what it is, in words.")


class ChangedByDocument(Document):
    """What the edits changed: each figure of the roster as it is, less that of the roster as written."""

    cost: float = Field(description="Cost, in currency.")
    paid_hours: float = Field(description="Paid hours in duties.")
    missing_agent_hours: float = Field(description="Missing agent-hours, of all skills.")
    superfluous_agent_hours: float = Field(description="Superfluous agent-hours, of all skills.")
    missing_people: int = Field(description="People missing on shifts, of all days.")
    superfluous_people: int = Field(description="People beyond what is required on shifts, of all days.")


class VerifyDocument(Document):
    """What ``verify`` found, from the input and the roster alone."""

    document: Literal["staffcurve verification"] = Field(description="Says what this file is.")
    schema_version: Literal["1"] = Field(
        description="Version of this form; it changes when a field changes meaning."
    )
    name: str = Field(description="The problem's name.")
    currency: str = Field(description="Currency of all amounts.")
    passed: bool = Field(description="Legal, every claimed figure is right, and no edit is lost.")
    legal: bool = Field(description="Every duty is possible and every rule that must be kept is kept.")
    faults: list[str] = Field(description="Each thing that keeps the roster from passing, as a sentence.")
    misfits: list[str] = Field(description="Duties that are not even possible, as sentences.")
    violations: list[ViolationDocument] = Field(
        description="Every broken rule: 'must', 'prefer' and 'report'."
    )
    mismatches: list[str] = Field(
        description="Claimed figures that differ from the recount, and not because of edits, as sentences."
    )
    outdated: list[str] = Field(
        default_factory=list,
        description="Figures that are those of the roster as it was before it was edited, as sentences.",
    )
    edits: list[EditDocument] = Field(default_factory=list, description="What was edited in the file.")
    changed_by: ChangedByDocument | None = Field(
        default=None, description="What the edits changed; null where the file does not say what it was."
    )
    untaken: list[str] = Field(
        default_factory=list,
        description="Edits that cannot be taken, for what they mean is the input's to say, as sentences.",
    )
    not_read: list[str] = Field(
        default_factory=list,
        description="What people added to the file of their own and nothing is read of, as sentences.",
    )
    rules: list[RuleDocument] = Field(description="Every rule that was checked, and how it fared.")
    cost: CostDocument = Field(description="Recounted cost by cause, in currency.")
    bound: float | None = Field(
        description="Bound recomputed from the certificate, in currency; null without one."
    )
    gap: float | None = Field(
        description="(cost - bound) / cost of these two; null without a bound, or where the roster is not "
        "legal."
    )
    curve_fit: CurveFit
    understaffed_agent_intervals: Understaffed
    overstaffed_agent_intervals: Overstaffed
    staffing: Staffing
    headcounts: Headcounts
    goals: Goals
    scenarios: Scenarios
