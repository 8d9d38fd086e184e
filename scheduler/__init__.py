"""staffcurve: shift rosters for contact centres, legal, near the least cost, and proven.

>>> from scheduler import read_workbook, solve, verify, write_workbook  # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.app import check, read_workbook, solve, verify, write_workbook
    from scheduler.domain import Certificate, Finding, Outcome, Problem, Progress, Report, Roster, Stop
    from scheduler.model import RuleBook

__version__ = "0.1.0"

_HOME = {
    **dict.fromkeys(("check", "read_workbook", "solve", "verify", "write_workbook"), "scheduler.app"),
    **dict.fromkeys(
        ("Certificate", "Finding", "Outcome", "Problem", "Progress", "Report", "Roster", "Stop"),
        "scheduler.domain",
    ),
    "RuleBook": "scheduler.model",
}

__all__ = [
    "Certificate",
    "Finding",
    "Outcome",
    "Problem",
    "Progress",
    "Report",
    "Roster",
    "RuleBook",
    "Stop",
    "check",
    "read_workbook",
    "solve",
    "verify",
    "write_workbook",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that ``import scheduler`` stays light."""
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
