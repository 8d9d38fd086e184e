"""The facts: time, people, shifts, demand, rosters, and what can be said about them.

Nothing here knows a rule, a solver or a spreadsheet. Pydantic and the standard library only.
"""

from scheduler.domain.errors import (
    BadInput,
    Contradiction,
    FailedVerification,
    NothingFound,
    StaffcurveError,
    UnsupportedRule,
)
from scheduler.domain.findings import Finding, Place, Severity
from scheduler.domain.grid import TimeGrid
from scheduler.domain.outcome import (
    Certificate,
    Claimed,
    CostBreakdown,
    Coverage,
    Outcome,
    Progress,
    Report,
    SolvePoint,
    Status,
    Stop,
    Violation,
)
from scheduler.domain.problem import (
    Agent,
    Break,
    BreakBand,
    Contract,
    Demand,
    Pin,
    Problem,
    ShiftTemplate,
    Skill,
    TimeOff,
    Window,
    WorkedDuty,
)
from scheduler.domain.roster import Duty, PlacedBreak, Roster

__all__ = [
    "Agent",
    "BadInput",
    "Break",
    "BreakBand",
    "Certificate",
    "Claimed",
    "Contract",
    "Contradiction",
    "CostBreakdown",
    "Coverage",
    "Demand",
    "Duty",
    "FailedVerification",
    "Finding",
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
