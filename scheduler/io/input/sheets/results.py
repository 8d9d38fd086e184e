"""Titles of the sheets that show a result; an input made from a result has them beside its own sheets."""

SUMMARY = "Summary"
ROSTER = "Roster"
DUTIES = "Duties"
TIMELINE = "Timeline"
COVERAGE = "Coverage"
SHIFT_COVERAGE = "Shift coverage"
SCENARIO_COSTS = "Scenario costs"
AGENTS = "Agent hours"
PAY = "Pay lines"
RULES = "Rules kept"
FINDINGS = "Findings"
CERTIFICATE = "Certificate"
CHANGES = "Changes"
AS_WRITTEN = "As written"
KEPT_EDITS = "Kept edits"

RESULT_TITLES = frozenset(
    (
        SUMMARY,
        ROSTER,
        DUTIES,
        TIMELINE,
        COVERAGE,
        SHIFT_COVERAGE,
        SCENARIO_COSTS,
        AGENTS,
        PAY,
        RULES,
        FINDINGS,
        CERTIFICATE,
        CHANGES,
        AS_WRITTEN,
        KEPT_EDITS,
    )
)
