"""Names of the tables that show a result: as frames by their keys, as files in a folder by their titles."""

from types import MappingProxyType
from typing import Final

from scheduler.io.input.sheets.results import (
    AGENTS,
    COVERAGE,
    DUTIES,
    FINDINGS,
    PAY,
    SCENARIO_COSTS,
    SHIFT_COVERAGE,
)

RESULT_TABLES: Final = MappingProxyType(
    {
        "duties": DUTIES,
        "duty_breaks": "Duty breaks",
        "coverage": COVERAGE,
        "shift_coverage": SHIFT_COVERAGE,
        "scenario_costs": SCENARIO_COSTS,
        "agent_hours": AGENTS,
        "pay_lines": PAY,
        "costs": "Costs",
        "violations": "Violations",
        "findings": FINDINGS,
    }
)
"""Titles by key; none is that of a sheet of the input, so that both may lie in one folder."""
