"""Everything that staffcurve raises on purpose.

StaffcurveError
 ├── BadInput             what was handed in is wrong; carries every finding
 │    └── UnsupportedRule a rule asks for something that the engine cannot keep
 ├── Contradiction        no legal roster exists; names the agents and the rules
 ├── NothingFound         none was found in the time given, and none was ruled out
 └── FailedVerification   the engine's roster did not pass the verifier: our fault
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.domain.findings import Finding
    from scheduler.domain.outcome import Report


class StaffcurveError(Exception):
    """Base of everything that this package raises on purpose."""


class BadInput(StaffcurveError):
    """What was handed in cannot be planned with; ``findings`` says everything that is wrong.

    Parameters
    ----------
    findings
        All of them, in the order of the sheets.
    """

    def __init__(self, findings: Iterable["Finding"]) -> None:
        self.findings: Sequence[Finding] = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class UnsupportedRule(BadInput):
    """A rule is asked for that the engine cannot keep; it is never dropped in silence."""


class Contradiction(StaffcurveError):
    """No legal roster exists, and this was confirmed in a second way.

    Parameters
    ----------
    reasons
        One sentence each: which agents or intervals, and which rules stand against each other.
    """

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons: Sequence[str] = tuple(reasons)
        super().__init__("no legal roster exists:\n" + "\n".join(f"  - {reason}" for reason in self.reasons))


class NothingFound(StaffcurveError):
    """No legal roster was found in the time given; none was ruled out either."""

    def __init__(self, message: str, reasons: Iterable[str] = ()) -> None:
        self.reasons: Sequence[str] = tuple(reasons)
        super().__init__("\n".join([message, *(f"  - {reason}" for reason in self.reasons)]))


class FailedVerification(StaffcurveError):
    """The engine made a roster that the verifier does not pass. This is a fault of staffcurve."""

    def __init__(self, report: "Report") -> None:
        self.report = report
        faults = "\n".join(f"  - {sentence}" for sentence in report.faults())
        super().__init__(f"the roster failed verification; please report this:\n{faults}")
