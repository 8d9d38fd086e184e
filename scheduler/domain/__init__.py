"""The facts: time, people, shifts, demand, rosters, and what can be said about them.

Nothing here knows a rule, a solver or a spreadsheet. Pydantic and the standard library only.
"""

from scheduler.domain.agent import Agent, Pin, ShiftWish, TimeOff, Window, WorkedDuty
from scheduler.domain.cancel import Cancel
from scheduler.domain.certificate import Certificate, CrewPrices
from scheduler.domain.errors import (
    BadInput,
    BrokenOff,
    Contradiction,
    FailedVerification,
    NothingFound,
    StaffcurveError,
    UnsupportedRule,
)
from scheduler.domain.findings import Finding, Place, Severity
from scheduler.domain.grid import TimeGrid
from scheduler.domain.outcome import (
    Claimed,
    CostBreakdown,
    Coverage,
    HeadcountCoverage,
    Improvement,
    Outcome,
    Progress,
    Report,
    SolvePoint,
    Status,
    Stop,
    Violation,
)
from scheduler.domain.problem import (
    Break,
    BreakBand,
    Contract,
    Demand,
    Headcount,
    Problem,
    ShiftTemplate,
    Skill,
)
from scheduler.domain.roster import Duty, PlacedBreak, Roster

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
    "Pin",
    "Place",
    "PlacedBreak",
    "Problem",
    "Progress",
    "Report",
    "Roster",
    "Severity",
    "ShiftTemplate",
    "ShiftWish",
    "Skill",
    "SolvePoint",
    "StaffcurveError",
    "Status",
    "Stop",
    "TimeGrid",
    "TimeOff",
    "UnsupportedRule",
    "Violation",
    "Window",
    "WorkedDuty",
]
