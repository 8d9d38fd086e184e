"""staffcurve: shift rosters for contact centres, legal, near the least cost, and proven.

>>> from scheduler import read_workbook, solve, verify, write_workbook  # doctest: +SKIP

What it does is written to the logger ``staffcurve``, which says nothing until it is given a handler.
"""

import logging
from importlib import import_module
from typing import TYPE_CHECKING

from scheduler.version import __version__ as __version__

if TYPE_CHECKING:
    from scheduler.app.documents import as_document, as_json, read_json, read_rules, report_as_json, schema
    from scheduler.app.planning import (
        check,
        read_roster,
        read_workbook,
        solve,
        verify,
        verify_file,
        workbook_bytes,
        write_workbook,
    )
    from scheduler.domain import (
        BadInput,
        BrokenOff,
        Cancel,
        Certificate,
        Contradiction,
        FailedVerification,
        Finding,
        Improvement,
        NothingFound,
        Outcome,
        Problem,
        Progress,
        Report,
        Roster,
        StaffcurveError,
        Stop,
        UnsupportedRule,
    )
    from scheduler.model import RuleBook

_HOME = {
    **dict.fromkeys(
        (
            "check",
            "read_roster",
            "read_workbook",
            "solve",
            "verify",
            "verify_file",
            "workbook_bytes",
            "write_workbook",
        ),
        "scheduler.app.planning",
    ),
    **dict.fromkeys(
        ("as_document", "as_json", "read_json", "read_rules", "report_as_json", "schema"),
        "scheduler.app.documents",
    ),
    **dict.fromkeys(
        (
            "BadInput",
            "Cancel",
            "Certificate",
            "Contradiction",
            "FailedVerification",
            "Finding",
            "Improvement",
            "NothingFound",
            "BrokenOff",
            "Outcome",
            "Problem",
            "Progress",
            "Report",
            "Roster",
            "StaffcurveError",
            "Stop",
            "UnsupportedRule",
        ),
        "scheduler.domain",
    ),
    "RuleBook": "scheduler.model",
}

__all__ = [
    "BadInput",
    "BrokenOff",
    "Cancel",
    "Certificate",
    "Contradiction",
    "FailedVerification",
    "Finding",
    "Improvement",
    "NothingFound",
    "Outcome",
    "Problem",
    "Progress",
    "Report",
    "Roster",
    "RuleBook",
    "StaffcurveError",
    "Stop",
    "UnsupportedRule",
    "as_document",
    "as_json",
    "check",
    "read_json",
    "read_roster",
    "read_rules",
    "read_workbook",
    "report_as_json",
    "schema",
    "solve",
    "verify",
    "verify_file",
    "workbook_bytes",
    "write_workbook",
]

logging.getLogger("staffcurve").addHandler(logging.NullHandler())


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that ``import scheduler`` stays light."""
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
