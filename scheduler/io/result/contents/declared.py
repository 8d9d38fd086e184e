"""How ``verify`` treats every field of a result and every sheet of a roster workbook: the one table.

Writers, the comparison and the tests use it. A field or a sheet that is missing here is not written, and a
test fails. Everything but what is ``TOLD`` is compared with a recount, cell by cell.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from scheduler.domain.values.spelling import likeness
from scheduler.io.input.sheets import INPUT_SUFFIX, RULE_LIST_TITLE, SHEETS
from scheduler.io.result.contents import names

FORM = "2"
"""Raised when a later version writes or counts results otherwise, so that older files can be told apart. A
result in JSON says it since form 2."""
OLDER_FORMS = frozenset(("1",))


class Treatment(StrEnum):
    """Where the true value of something written comes from."""

    SOURCE = "source"
    """The recount starts from it: duties, and the premises of the bound. It has a digest of its own."""
    RECOUNTED = "recounted"
    """It follows from the input and the sources, and must equal the recount."""
    TOLD = "told"
    """How the search went. It cannot be recounted, and the file itself says that it is not verified."""


def _table(**by_treatment: str) -> Mapping[str, Treatment]:
    return MappingProxyType(
        {name: Treatment(kind) for kind, names_of in by_treatment.items() for name in names_of.split()}
    )


FIELDS = _table(
    source="duties certificate",
    recounted="document schema_version form name currency first_day days interval_minutes status cost bound "
    "gap proof_checked gap_controllable unavoidable_wages curve_fit understaffed_agent_intervals "
    "overstaffed_agent_intervals staffing headcounts goals scenarios paid_hours paid_time_off_hours "
    "pay_for_time_off pay input_hash roster_hash certificate_hash rules not_verified",
    told="seed workers versions seconds seconds_to_first_roster stopped_by curve",
)
"""Fields of a result document; nested fields are treated alike, but for ``WITHIN_SOURCES``."""

WITHIN_SOURCES = _table(
    source="duties.agent duties.date duties.template duties.start duties.end duties.breaks "
    "duties.breaks.name duties.breaks.start duties.breaks.end duties.breaks.paid "
    "certificate.slot_minutes certificate.prices certificate.headcount_prices "
    "certificate.crews certificate.crews.skill certificate.crews.day certificate.crews.first_slot "
    "certificate.crews.premium certificate.crews.prices certificate.goals certificate.carried_rules",
    recounted="duties.paid_minutes certificate.bound certificate.unavoidable_wages certificate.proof_checked",
)
"""Fields inside the sources, of which some are recounted."""

NOT_VERIFIED = tuple(name for name, treatment in FIELDS.items() if treatment is Treatment.TOLD)

RESULT_SHEETS: Mapping[str, Treatment] = MappingProxyType(
    {
        names.SUMMARY: Treatment.RECOUNTED,
        names.ROSTER: Treatment.RECOUNTED,
        names.DUTIES: Treatment.SOURCE,
        names.TIMELINE: Treatment.RECOUNTED,
        names.COVERAGE: Treatment.RECOUNTED,
        names.SHIFT_COVERAGE: Treatment.RECOUNTED,
        names.SCENARIO_COSTS: Treatment.RECOUNTED,
        names.AGENTS: Treatment.RECOUNTED,
        names.PAY: Treatment.RECOUNTED,
        names.RULES: Treatment.RECOUNTED,
        names.FINDINGS: Treatment.RECOUNTED,
        names.CERTIFICATE: Treatment.SOURCE,
        names.CHANGES: Treatment.TOLD,
        names.AS_WRITTEN: Treatment.RECOUNTED,
        names.KEPT_EDITS: Treatment.SOURCE,
    }
)
INPUT_SHEETS: Mapping[str, Treatment] = MappingProxyType(
    dict.fromkeys((*(sheet.title for sheet in SHEETS), RULE_LIST_TITLE), Treatment.RECOUNTED)
)
"""The copy of the input, which must be the input that the roster is verified against."""

_TITLES = (*RESULT_SHEETS, *INPUT_SHEETS, *(sheet.chinese for sheet in SHEETS))
_KNOWN = frozenset(likeness(f"{title}{suffix}") for title in _TITLES for suffix in ("", INPUT_SUFFIX))

FOLLOW_FROM_DUTIES = frozenset(
    (
        *(
            "status",
            "cost",
            "gap",
            "gap_controllable",
            "curve_fit",
            "staffing",
            "headcounts",
            "goals",
            "scenarios",
        ),
        *(
            "paid_hours",
            "pay",
            "understaffed_agent_intervals",
            "overstaffed_agent_intervals",
            "roster_hash",
            "rules",
            "duties",
        ),
    )
)
"""Fields of a result document that are old, and not wrong, where the duties were edited."""

_NUMBER = r"[\d,]+(?:\.\d+)?"
TOLD_LINES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "Stopped by": re.compile(r"[\w .,%:-]{0,60}"),
        "Seconds": re.compile(rf"{_NUMBER} in all, first legal roster after {_NUMBER}"),
        "Seed and workers": re.compile(r"seed \d+, \d+ workers?"),
        "Versions": re.compile(r"(?:[\w.-]+ [\w.+-]+(?:, )?)*"),
    }
)
"""Labels on the Summary whose text is told, not recounted, and the pattern that it must match."""

TOLD_MARK = "(told by the search, not verified)"
"""Stands behind the headings of what is told."""


def is_own_sheet(title: str) -> bool:
    """Whether a sheet is neither a result's nor an input's, by any of their names."""
    return likeness(title) not in _KNOWN
