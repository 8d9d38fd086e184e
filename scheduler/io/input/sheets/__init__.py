"""The one table of input sheets: their columns, what a cell of each holds, headings in English and Chinese.

Template, writer and reader all use this table, so that a column is added in one place. ``key`` is the
name of the field in the problem wherever there is one.
"""

from scheduler.io.input.sheets.calendar import CALENDAR
from scheduler.io.input.sheets.campaign import BREAKS, DEMAND, HEADCOUNTS, SETTINGS, SHIFTS, SKILLS
from scheduler.io.input.sheets.pay import HOLIDAYS, PREMIUMS
from scheduler.io.input.sheets.people import AGENTS, AVAILABILITY, BALANCES, CONTRACTS, FIXED, HISTORY, WISHES
from scheduler.io.input.sheets.rules import BEFORE_SETTINGS, IN_WORDS, RULES, SETTING, SOURCE, VALUE
from scheduler.io.input.sheets.scenarios import SCENARIOS
from scheduler.io.input.sheets.volumes import REQUIREMENT, SERVICE_GOALS, SHRINKAGE, VOLUMES

__all__ = [
    "AGENTS",
    "AVAILABILITY",
    "BALANCES",
    "BEFORE_SETTINGS",
    "BREAKS",
    "CALENDAR",
    "CONTRACTS",
    "DEMAND",
    "FIXED",
    "HEADCOUNTS",
    "HISTORY",
    "HOLIDAYS",
    "INPUT_SUFFIX",
    "IN_WORDS",
    "PREMIUMS",
    "REQUIREMENT",
    "RULES",
    "RULE_LIST_TITLE",
    "SCENARIOS",
    "SERVICE_GOALS",
    "SETTING",
    "SETTINGS",
    "SHEETS",
    "SHIFTS",
    "SHRINKAGE",
    "SKILLS",
    "SOURCE",
    "VALUE",
    "VOLUMES",
    "WISHES",
]

RULE_LIST_TITLE = "Rule list"
INPUT_SUFFIX = " (input)"
"""Stands behind a sheet's title where a workbook has an output sheet of that title as well."""

SHEETS = (
    SETTINGS,
    SKILLS,
    DEMAND,
    VOLUMES,
    SERVICE_GOALS,
    SHRINKAGE,
    REQUIREMENT,
    SCENARIOS,
    CALENDAR,
    HEADCOUNTS,
    SHIFTS,
    BREAKS,
    CONTRACTS,
    PREMIUMS,
    HOLIDAYS,
    AGENTS,
    AVAILABILITY,
    FIXED,
    WISHES,
    HISTORY,
    BALANCES,
    RULES,
)
"""Every input sheet, in the order in which findings are listed."""
