"""How a search ends without a roster that can be handed out."""

from collections.abc import Iterable, Iterator, Sequence

from scheduler.domain.findings.errors import StaffcurveError
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Outcome, Report
from scheduler.texts import text


class Contradiction(StaffcurveError):
    """No legal roster exists, and this was confirmed in a second way.

    Parameters
    ----------
    reasons
        One sentence each: which agents or intervals, and which rules stand against each other.
    nearest
        Of a repair: a roster that is not legal and breaks as little as was found; its report says what.
    locks
        Of a repair: locks without which a legal roster was found.
    """

    def __init__(
        self, reasons: Iterable[str], nearest: Outcome | None = None, locks: Iterable[Finding] = ()
    ) -> None:
        self.reasons: Sequence[str] = tuple(reasons)
        self.nearest = nearest
        self.locks = tuple(locks)
        super().__init__(self.reasons, self.nearest, self.locks)

    def with_nearest(self, nearest: Outcome | None, locks: Iterable[Finding] = ()) -> "Contradiction":
        """The same with a roster that is not legal, and with locks that stand in the way."""
        return Contradiction(self.reasons, nearest, locks)

    def __str__(self) -> str:
        return "\n".join([text("no legal roster exists:"), *_listed(self.reasons)])


class NothingFound(StaffcurveError):
    """No legal roster was found in the time given; none was ruled out either.

    Parameters
    ----------
    message
        What happened, as a sentence.
    reasons
        One sentence each: what stood in the way.
    nearest
        Of a repair: a roster that is not legal and breaks as little as was found; its report says what.
    locks
        Of a repair: locks without which a legal roster was found.
    """

    def __init__(
        self,
        message: str,
        reasons: Iterable[str] = (),
        nearest: Outcome | None = None,
        locks: Iterable[Finding] = (),
    ) -> None:
        self.message = message
        self.reasons: Sequence[str] = tuple(reasons)
        self.nearest = nearest
        self.locks = tuple(locks)
        super().__init__(self.message, self.reasons, self.nearest, self.locks)

    def with_nearest(self, nearest: Outcome | None, locks: Iterable[Finding] = ()) -> "NothingFound":
        """The same with a roster that is not legal, and with locks that stand in the way."""
        return NothingFound(self.message, self.reasons, nearest, locks)

    def __str__(self) -> str:
        return "\n".join([self.message, *_listed(self.reasons)])


class BrokenOff(StaffcurveError):
    """An exception ended the search; it is the cause of this one.

    ``progress`` or ``on_roster`` raised it, a signal handler did, or it is a fault of staffcurve.

    Parameters
    ----------
    fault
        What was raised, in words.
    outcome
        The best roster until then; ``None`` if there was none.
    """

    def __init__(self, fault: str, outcome: Outcome | None = None) -> None:
        self.fault = fault
        self.outcome = outcome
        super().__init__(self.fault, self.outcome)

    def __str__(self) -> str:
        kept = (
            text("no legal roster was found before")
            if self.outcome is None
            else text("the best roster is kept")
        )
        return text("the search was broken off by {fault}; {kept}", fault=self.fault, kept=kept)


class FailedVerification(StaffcurveError):
    """The engine made a roster that the verifier does not pass. This is a fault of staffcurve.

    Parameters
    ----------
    report
        What the verifier found.
    outcome
        The best roster of the same search that does pass; ``None`` if there was none.
    """

    def __init__(self, report: Report, outcome: Outcome | None = None) -> None:
        self.report = report
        self.outcome = outcome
        super().__init__(self.report, self.outcome)

    def __str__(self) -> str:
        return "\n".join(
            [text("the roster failed verification; please report this:"), *_listed(self.report.faults())]
        )


def _listed(sentences: Iterable[str]) -> Iterator[str]:
    return (f"  - {sentence}" for sentence in sentences)
