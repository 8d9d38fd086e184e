"""The facts: time, people, shifts, demand, rosters, and what can be said about them.

Nothing here knows a rule, a solver or a spreadsheet. Pydantic and the standard library only.
"""

from scheduler.domain.facts.agent import Agent, Pin, RuleBalance, ShiftWish, TimeOff, Window, WorkedDuty
from scheduler.domain.facts.problem import (
    Break,
    BreakBand,
    Contract,
    Demand,
    Headcount,
    Problem,
    ShiftTemplate,
    Skill,
)
from scheduler.domain.findings.errors import BadInput, StaffcurveError, UnsupportedRule
from scheduler.domain.findings.finding import Finding, Place, Severity
from scheduler.domain.results.cancel import Cancel
from scheduler.domain.results.certificate import Certificate, CrewPrices
from scheduler.domain.results.errors import BrokenOff, Contradiction, FailedVerification, NothingFound
from scheduler.domain.results.outcome import (
    Claimed,
    CostBreakdown,
    Coverage,
    HeadcountCoverage,
    Improvement,
    Outcome,
    Phase,
    Progress,
    Report,
    SolvePoint,
    Status,
    Stop,
    StopReason,
    Violation,
)
from scheduler.domain.results.roster import Duty, PlacedBreak, Roster
from scheduler.domain.values.grid import TimeGrid

__all__ = [
    "Agent",
    "BadInput",
    "Break",
    "BreakBand",
    "BrokenOff",
    "Cancel",
    "Certificate",
    "Claimed",
    "Contract",
    "Contradiction",
    "CostBreakdown",
    "Coverage",
    "CrewPrices",
    "Demand",
    "Duty",
    "FailedVerification",
    "Finding",
    "Headcount",
    "HeadcountCoverage",
    "Improvement",
    "NothingFound",
    "Outcome",
    "Phase",
    "Pin",
    "Place",
    "PlacedBreak",
    "Problem",
    "Progress",
    "Report",
    "Roster",
    "RuleBalance",
    "Severity",
    "ShiftTemplate",
    "ShiftWish",
    "Skill",
    "SolvePoint",
    "StaffcurveError",
    "Status",
    "Stop",
    "StopReason",
    "TimeGrid",
    "TimeOff",
    "UnsupportedRule",
    "Violation",
    "Window",
    "WorkedDuty",
]
