"""Everything that staffcurve raises on purpose.

StaffcurveError
 ├── BadInput             the input is wrong; carries every finding
 │    └── UnsupportedRule a rule asks for something that the engine cannot keep
 ├── Contradiction        no legal roster exists; names the agents and the rules
 ├── NothingFound         none was found in the time given, and none was ruled out
 ├── BrokenOff            an exception ended the search; carries the best roster until then
 └── FailedVerification   the engine's roster did not pass the verifier: our fault

How a search ends without a roster is in :mod:`scheduler.domain.results.errors`. Each can be pickled and
copied: ``args`` holds the arguments of its constructor, and the message is built when it is asked for.
"""

from collections.abc import Iterable, Sequence

from scheduler.domain.findings.finding import Finding, Place


class StaffcurveError(Exception):
    """Base of everything that this package raises on purpose."""


class BadInput(StaffcurveError):
    """The input cannot be planned; ``findings`` says everything that is wrong.

    Parameters
    ----------
    findings
        All of them, in the order of the sheets.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: Sequence[Finding] = tuple(findings)
        super().__init__(self.findings)

    def __str__(self) -> str:
        return "\n".join(map(str, self.findings))


class UnsupportedRule(BadInput):
    """A rule is asked for that the engine cannot keep; it is never dropped in silence."""


def refused(argument: object, message: str, hint: str = "") -> BadInput:
    """What is wrong with an argument or a file as a whole, to be raised."""
    return BadInput([Finding(place=Place(path=(str(argument),)), message=message, hint=hint)])


def unsupported(message: str, hint: str = "") -> UnsupportedRule:
    """What the engine cannot keep, to be raised."""
    return UnsupportedRule([Finding(message=message, hint=hint)])
