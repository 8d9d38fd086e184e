"""The result of a search: the best roster with its bound, or why there is none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.certificate import Certificate
from scheduler.domain.results.outcome import Claimed, SolvePoint, Status, StopReason
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.money import MOST_EXACT
from scheduler.engine.run.watch import Watch
from scheduler.model.rules.book import RuleBook


@dataclass(frozen=True)
class BoundAboveZero:
    """A proof that no roster is legal: nothing costs anything in this problem, and the bound is above zero.

    It is the engine's, and worth nothing until the verifier has recounted it.
    """

    problem: Problem
    rules: RuleBook
    certificate: Certificate


@dataclass(frozen=True)
class Shortfall:
    """Why hard limits on staff cannot all be kept.

    Parameters
    ----------
    reasons
        Sentences that name the limits and what is lacking.
    proof
        ``None`` where the reasons are confirmed by a second method.
    """

    reasons: tuple[str, ...]
    proof: BoundAboveZero | None = None


@dataclass(frozen=True)
class Found:
    """The result of a search, not verified yet.

    Parameters
    ----------
    cost, bound
        In sixtieths of a cent; ``cost`` is ``None`` without a roster.
    reasons
        Why there is no roster: sentences that name agents and rules.
    proof
        What the verifier has to recount before the reasons are told as certain, if there is anything.
    fault
        What was raised by an observer or a signal handler, which ended the search.
    earlier
        Makes the former incumbents, the cheapest first, should the verifier refuse this roster.
    parts
        Into how many parts of a unit the search cut costs.
    """

    status: Status
    roster: Roster | None
    cost: int | None
    bound: int
    certificate: Certificate
    curve: tuple[SolvePoint, ...]
    seconds_to_first_roster: float
    seconds: float
    stopped_by: StopReason
    workers: int
    reasons: tuple[str, ...] = ()
    proof: BoundAboveZero | None = None
    fault: BaseException | None = None
    earlier: Callable[[], Iterator[Roster]] | None = None
    parts: int = 1

    @property
    def claimed(self) -> Claimed:
        """The figures that the verifier compares with its own.

        A cost from 2**53 on may be rounded, as the search adds up doubles; then there is none to compare.
        """
        is_exact = self.cost is not None and self.cost * self.parts < MOST_EXACT
        return Claimed(cost=self.cost if is_exact else None, bound=self.bound)


def stopped_before(watch: Watch, workers: int) -> Found:
    """The result of a search that was stopped before it began; nothing is proven."""
    nothing = Certificate(slot_minutes=1, prices={}, carried_rules=(), bound=0, unavoidable_wages=0)
    return replace(no_roster(watch, nothing, workers, ()), stopped_by=StopReason.USER)


def no_roster(
    watch: Watch,
    certificate: Certificate,
    workers: int,
    reasons: tuple[str, ...],
    proof: BoundAboveZero | None = None,
    likely: tuple[str, ...] = (),
) -> Found:
    """The result of a search without a roster, with the reasons for that if they are known, or likely."""
    return Found(
        status=Status.INFEASIBLE if reasons else Status.NOTHING_FOUND,
        roster=None,
        cost=None,
        bound=certificate.bound,
        certificate=certificate,
        curve=tuple(watch.curve),
        seconds_to_first_roster=watch.elapsed,
        seconds=watch.elapsed,
        stopped_by=StopReason.NO_LEGAL_ROSTER if reasons else StopReason.UNCONFIRMED,
        workers=workers,
        reasons=reasons or likely,
        proof=proof,
        fault=watch.fault,
    )


def status_of(cost: int | None, bound: int, granularity: int) -> Status:
    """Of a search that did not prove that there is no roster: whether its roster is proven to be the best."""
    if cost is None:
        return Status.NOTHING_FOUND
    is_best = cost < MOST_EXACT and cost - bound < granularity
    return Status.OPTIMAL if is_best else Status.FEASIBLE
