"""Sheet names, headings and labels that both the writer and the reader of a roster need."""

from scheduler.io.input.sheets.results import AGENTS as AGENTS
from scheduler.io.input.sheets.results import AS_WRITTEN as AS_WRITTEN
from scheduler.io.input.sheets.results import CERTIFICATE as CERTIFICATE
from scheduler.io.input.sheets.results import CHANGES as CHANGES
from scheduler.io.input.sheets.results import COVERAGE as COVERAGE
from scheduler.io.input.sheets.results import DUTIES as DUTIES
from scheduler.io.input.sheets.results import FINDINGS as FINDINGS
from scheduler.io.input.sheets.results import KEPT_EDITS as KEPT_EDITS
from scheduler.io.input.sheets.results import PAY as PAY
from scheduler.io.input.sheets.results import ROSTER as ROSTER
from scheduler.io.input.sheets.results import RULES as RULES
from scheduler.io.input.sheets.results import SCENARIO_COSTS as SCENARIO_COSTS
from scheduler.io.input.sheets.results import SHIFT_COVERAGE as SHIFT_COVERAGE
from scheduler.io.input.sheets.results import SUMMARY as SUMMARY
from scheduler.io.input.sheets.results import TIMELINE as TIMELINE

TOTAL_COST = "Total cost"
WAGES = "Wages"
MISSING = "Missing staff"
SUPERFLUOUS = "Superfluous staff"
RULE_COST = "Preference: "
BOUND = "Proven lower bound"

DUTY, ABSENCES = "duty", ("time off", "sick")
"""What a row of Duties is, in the column Kind; the words for absences are those of the sheet Availability."""

SECOND_TIME = "(2nd)"
"""Mark on the second occurrence of a clock time that a change of clock shows twice."""
