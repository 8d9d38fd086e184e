"""What a rule is, and the few kinds of limit that rules are made of. No solver in sight."""

from scheduler.model.book import RuleBook
from scheduler.model.breaks import BreakGap, BreakLimit, BreakOrder, BreakWindow, WorkStretch
from scheduler.model.limits import AgentLimit, Gap, Headcount, Limit, Pair, Rest, Run, Spread, Staffing, Total
from scheduler.model.rule import AgentRule, Rule, Strength, TeamRule
from scheduler.model.scope import Scope
from scheduler.model.verbs import (
    DiffersFrom,
    ElapsedMinutes,
    Free,
    MinutesWithin,
    NightMinutes,
    OfTemplate,
    PaidMinutes,
    StartsOutside,
    Verb,
    Worked,
    WorkedMinutes,
)

__all__ = [
    "AgentLimit",
    "AgentRule",
    "BreakGap",
    "BreakLimit",
    "BreakOrder",
    "BreakWindow",
    "DiffersFrom",
    "ElapsedMinutes",
    "Free",
    "Gap",
    "Headcount",
    "Limit",
    "MinutesWithin",
    "NightMinutes",
    "OfTemplate",
    "PaidMinutes",
    "Pair",
    "Rest",
    "Rule",
    "RuleBook",
    "Run",
    "Scope",
    "Spread",
    "Staffing",
    "StartsOutside",
    "Strength",
    "TeamRule",
    "Total",
    "Verb",
    "WorkStretch",
    "Worked",
    "WorkedMinutes",
]
