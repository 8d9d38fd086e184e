"""From the result of a search to a verified outcome.

Called by ``solve`` alone. Where search and verifier differ the verifier's figures count, and a roster that it
does not pass is replaced by an earlier one that it does, with the fault reported.
"""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.app.results.pay_check import with_pay_checked
from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.cancel import Cancel
from scheduler.domain.results.certificate import Certificate, Proof
from scheduler.domain.results.errors import BrokenOff, Contradiction, FailedVerification, NothingFound
from scheduler.domain.results.outcome import (
    Claimed,
    Improvement,
    Outcome,
    Phase,
    Progress,
    Report,
    Status,
    StopReason,
)
from scheduler.domain.results.roster import Roster
from scheduler.model.rules.book import RuleBook
from scheduler.texts import text
from scheduler.verifier import TimeBudget, hasty_seconds, quick_seconds, recompute, verify

if TYPE_CHECKING:
    from scheduler.engine.run.result import Found


LOG = logging.getLogger("staffcurve")
ANY_SLOT = 1
"""Minutes of a slot that divides every start, length and break of any input."""


@dataclass(frozen=True)
class Origin:
    """How an outcome came about, in addition to the search's own record."""

    seed: int
    versions: dict[str, str]
    input_hash: str


def handed_out(
    problem: Problem,
    rules: RuleBook,
    found: "Found",
    origin: Origin,
    tell: Callable[[Progress], None],
    proof: Proof = "quick",
    cancel: Cancel | None = None,
) -> Outcome:
    """The verified outcome of a search.

    The roster is always recounted in full, and so is a ``full`` proof. A quick one has what the roster leaves
    of a fifth of the search's time, 5 to 60 seconds, and half of that at least; the bound is what was proven
    then. After a search that an impatient ``cancel`` ended there is half a second for it. A
    ``KeyboardInterrupt`` and ``cancel`` end the recount of the proof early in the same way.

    Raises
    ------
    Contradiction, NothingFound
        Where the search has no roster.
    BrokenOff
        If the search ended because an observer raised.
    FailedVerification
        If the verifier does not pass what the search claims; it carries the best outcome that does pass.
    """
    if found.status is Status.INFEASIBLE and _is_confirmed(found, budget_for(found.seconds, cancel, proof)):
        raise Contradiction(found.reasons)
    listener = _Listener(tell, found)
    outcome = None
    if found.roster is not None:
        listener.told(None)
        budget = budget_for(found.seconds, cancel, proof, listener.told)
        outcome = _verified(problem, rules, found, origin, budget, listener)
    fault = listener.fault
    if fault is not None:
        raise BrokenOff(repr(fault), outcome) from fault
    if outcome is None:
        message = (
            text(
                "no legal roster was found in {seconds:.0f} s, before it was cancelled, and none was ruled "
                "out",
                seconds=found.seconds,
            )
            if found.stopped_by is StopReason.USER
            else text(
                "no legal roster was found in {seconds:.0f} s, and none was ruled out", seconds=found.seconds
            )
        )
        raise NothingFound(message, found.reasons)
    return outcome


def _is_confirmed(found: "Found", budget: TimeBudget) -> bool:
    """Whether the verifier finds as well that no roster is legal, where that is left to it."""
    claimed = found.proof
    if claimed is None:
        return True
    bound = recompute(claimed.problem, claimed.rules, claimed.certificate, budget).bound
    if bound <= 0:
        LOG.warning("the search's proof that no roster is legal was not confirmed: a bound of %d", bound)
    return bound > 0


def budget_for(
    searched: float,
    cancel: Cancel | None,
    proof: Proof,
    tell: Callable[[float], None] | None = None,
) -> TimeBudget:
    """What the recount of a roster and its proof may take, given the seconds of the search before it."""
    seconds = quick_seconds(searched) if proof == "quick" else None
    if cancel is not None and cancel.is_cancelled and not cancel.is_patient:
        seconds = hasty_seconds()
    return TimeBudget(seconds, cancel, tell, keeps_what_is_done=True)


class _Listener:
    """Reports the progress of the recount to an observer, until that raises; keeps what it raised."""

    def __init__(self, tell: Callable[[Progress], None], found: "Found") -> None:
        self.found = found
        self.fault = found.fault
        self.tell = tell if self.fault is None else None
        self._began = time.monotonic()

    def told(self, done: float | None) -> None:
        """Report the fraction of the recount that is done; ``None`` before it begins."""
        if self.tell is None:
            return
        seconds = self.found.seconds + time.monotonic() - self._began
        try:
            self.tell(
                Progress(
                    phase=Phase.VERIFYING,
                    elapsed_seconds=seconds,
                    cost=self.found.cost,
                    bound=self.found.bound,
                    fraction=done,
                )
            )
        except BaseException as fault:
            self.record(fault)

    def record(self, fault: BaseException) -> None:
        """Report no more; a ``KeyboardInterrupt`` ends the reports, but is no fault."""
        self.tell = None
        if self.fault is None and not isinstance(fault, KeyboardInterrupt):
            self.fault = fault


def _verified(
    problem: Problem,
    rules: RuleBook,
    found: "Found",
    origin: Origin,
    budget: TimeBudget,
    listener: _Listener,
) -> Outcome:
    roster, certificate = found.roster, found.certificate
    assert roster is not None

    def checked() -> Report:
        claimed = found.claimed
        found_so = verify(problem, rules, roster, certificate=certificate, claimed=claimed, budget=budget)
        return with_pay_checked(problem, roster, found_so)

    try:
        report = checked()
    except BaseException as fault:  # from a signal handler, outside the recount of the proof
        listener.record(fault)
        budget.end()
        report = checked()
    is_lower = not report.has_proof_all_limits and found.bound <= report.cost.total
    if is_lower and not report.passed:
        report = _with_what_is_proven(problem, rules, found, report)
    if report.passed and report.bound is not None:
        return _outcome(found, roster, report.certified(certificate), report, origin)
    LOG.error("a roster failed verification: %s", "; ".join(report.faults()))
    raise FailedVerification(report, _best_that_passes(problem, rules, found, origin))


def _with_what_is_proven(problem: Problem, rules: RuleBook, found: "Found", report: Report) -> Report:
    """The report without what the search claims of the bound, where the recount carries fewer limits.

    The search's automata are smaller where the verifier's have too many states, so that both are right.
    """
    assert found.roster is not None
    claimed = found.claimed.model_copy(update={"bound": None})
    faults = verify(problem, rules, found.roster, claimed=claimed).mismatches
    return report.model_copy(update={"mismatches": faults})


def _best_that_passes(problem: Problem, rules: RuleBook, found: "Found", origin: Origin) -> Outcome | None:
    """The cheapest roster of the search that is legal, at the cost and the bound of the recount."""
    for roster in _rosters(found):
        cost = verify(problem, rules, roster).cost
        for certificate in _certificates(problem, rules, found.certificate):
            claimed = Claimed.of(cost, certificate.bound)
            report = verify(problem, rules, roster, certificate=certificate, claimed=claimed)
            if report.passed:
                return _outcome(found, roster, certificate, report, origin)
    return None


def _rosters(found: "Found") -> Iterator[Roster]:
    assert found.roster is not None
    yield found.roster
    if found.earlier is not None:
        yield from found.earlier()


def _certificates(problem: Problem, rules: RuleBook, claimed: Certificate) -> Iterator[Certificate]:
    """The search's certificate with what it proves in place of what it claims, then the simplest one."""
    try:
        yield _proven(problem, rules, claimed)
        yield simplest_certificate(problem, rules, claimed.slot_minutes)
    except ValueError:  # it does not fit the input
        yield simplest_certificate(problem, rules, ANY_SLOT)


def simplest_certificate(problem: Problem, rules: RuleBook, slot_minutes: int) -> Certificate:
    """The certificate without prices and rules, which proves the least."""
    nothing = Certificate(
        slot_minutes=slot_minutes, prices={}, carried_rules=(), bound=0, unavoidable_wages=0
    )
    return _proven(problem, rules, nothing)


def _proven(problem: Problem, rules: RuleBook, certificate: Certificate) -> Certificate:
    proven = recompute(problem, rules, certificate)
    figures = {"bound": proven.bound, "unavoidable_wages": proven.unavoidable_wages}
    return certificate.model_copy(update=figures)


def _outcome(
    found: "Found", roster: Roster, certificate: Certificate, report: Report, origin: Origin
) -> Outcome:
    assert report.bound is not None
    return Outcome(
        status=report.status,
        roster=roster,
        cost=report.cost,
        bound=report.bound,
        certificate=certificate,
        report=report,
        seed=origin.seed,
        workers=found.workers,
        versions=origin.versions,
        input_hash=origin.input_hash,
        curve=found.curve,
        seconds_to_first_roster=found.seconds_to_first_roster,
        seconds=found.seconds,
        stopped_by=found.stopped_by,
    )


def observed(
    problem: Problem, rules: RuleBook, on_roster: Callable[[Improvement], None]
) -> Callable[[Roster], None]:
    """Pass those rosters of a running search that the verifier finds legal to an observer."""
    began = time.monotonic()

    def hand_out(roster: Roster) -> None:
        report = verify(problem, rules, roster)
        if report.is_legal:
            elapsed = time.monotonic() - began
            on_roster(Improvement(roster=roster, report=report, elapsed_seconds=elapsed))
        else:
            LOG.error("a roster of the running search is not legal: %s", "; ".join(report.faults()))

    return hand_out
