"""What a search and the verifier return: records, with no solver object in them."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property

from pydantic import Field

from scheduler.domain.results.breaches import Misfit
from scheduler.domain.results.breaches import RuleResult as RuleResult
from scheduler.domain.results.breaches import Violation as Violation
from scheduler.domain.results.certificate import Certificate
from scheduler.domain.results.edited import ChangedBy, HandEdit, UntakenEdit
from scheduler.domain.results.reached import GoalService as GoalService
from scheduler.domain.results.reached import HeadcountCoverage as HeadcountCoverage
from scheduler.domain.results.roster import Roster
from scheduler.domain.results.scenario_costs import ScenarioCost as ScenarioCost
from scheduler.domain.results.stop import Stop as Stop
from scheduler.domain.results.stop import StopReason as StopReason
from scheduler.domain.values.docstrings import documented
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.money import NO_ROSTER, in_currency, ratio
from scheduler.domain.values.words import counted
from scheduler.texts import text


@documented
class Status(StrEnum):
    """How a search ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    NOTHING_FOUND = "nothing_found"


class Phase(StrEnum):
    """What a search does at a time."""

    PREPARING = "preparing"
    FIRST_ROSTER = "first roster"
    CONTRADICTION = "looking for a contradiction"
    PRICING = "pricing"
    SEARCHING = "searching"
    VERIFYING = "verifying"
    WRITING = "writing"

    def in_round(self, number: int) -> str:
        """The phase with the number of its round, as progress tells it."""
        return f"{self}, round {number}"


class Progress(Frozen):
    """One look at a running search; costs in sixtieths of a cent, ``None`` while unknown.

    Parameters
    ----------
    phase
        What is done now: a :class:`Phase`, with the round while searching (``searching, round 3``).
    elapsed_seconds
        Since the search began.
    fraction
        How much of the limits given to it the search has used, 0 to 1; while ``verifying``, how much of the
        second check is done. ``None`` where there is nothing to measure it by.
    """

    phase: str
    elapsed_seconds: float
    cost: int | None = None
    bound: int | None = None
    fraction: float | None = None

    @property
    def gap(self) -> float | None:
        """``(cost - bound) / cost``, once both are known."""
        if self.cost is None or self.bound is None:
            return None
        return ratio(self.cost - self.bound, self.cost)


class SolvePoint(Frozen):
    """One step of the cost-over-time curve."""

    seconds: float
    cost: int | None = None
    bound: int | None = None


class CostBreakdown(Frozen):
    """A roster's cost by cause, in sixtieths of a cent.

    Parameters
    ----------
    missing, superfluous
        Staff below and above what is required, by the interval and by the shift together.
    rules
        What broken ``prefer`` rules cost, by the rule's label.
    """

    wages: int = 0
    missing: int = 0
    superfluous: int = 0
    rules: dict[str, int] = Field(default_factory=dict)

    @property
    def total(self) -> int:
        """All of it."""
        return self.wages + self.missing + self.superfluous + sum(self.rules.values())


class Claimed(Frozen):
    """Figures that a result file states, for the verifier to compare with its own recount.

    All in sixtieths of a cent; ``None`` (or a rule that is missing from ``rules``) was not stated.

    Parameters
    ----------
    rules
        What broken ``prefer`` rules are said to cost, by the rule's label.
    """

    cost: int | None = None
    wages: int | None = None
    missing: int | None = None
    superfluous: int | None = None
    rules: dict[str, int] = Field(default_factory=dict)
    bound: int | None = None

    @classmethod
    def of(cls, cost: CostBreakdown, bound: int | None = None) -> "Claimed":
        """Every figure of a cost, claimed."""
        return cls(
            cost=cost.total,
            wages=cost.wages,
            missing=cost.missing,
            superfluous=cost.superfluous,
            rules=cost.rules,
            bound=bound,
        )


class Coverage(Frozen):
    """Staffing by skill and interval in agent-minutes; divide by the interval for agents.

    Agents of several skills are allocated so that the staffing cost is least, and counted once.
    Missing and superfluous are kept apart within an interval, never netted.
    """

    interval_minutes: int
    required: dict[str, tuple[int, ...]]
    scheduled: dict[str, tuple[int, ...]]
    missing: dict[str, tuple[int, ...]]
    superfluous: dict[str, tuple[int, ...]]
    below_minimum: dict[str, tuple[int, ...]] = Field(default_factory=dict)
    above_maximum: dict[str, tuple[int, ...]] = Field(default_factory=dict)

    @property
    def curve_fit(self) -> float:
        """``1 - sum |scheduled - required| / sum required``; 1 is a perfect fit."""
        off = sum(map(sum, self.missing.values())) + sum(map(sum, self.superfluous.values()))
        return 1.0 - ratio(off, sum(map(sum, self.required.values())))


class Report(Frozen):
    """The verifier's report, from the input and the roster alone.

    Parameters
    ----------
    misfits
        Duties that are not even possible: unknown agent or template, a break outside the shift ...
    violations
        Every broken rule, whether it must be kept, has a price or is only reported.
    mismatches
        Claimed figures that differ from the recount, and not because the roster was edited.
    outdated, edits, changed_by
        Of a file: which of its figures are those of the roster before it was edited, what was edited, and
        what that changed; ``None`` where the file does not say what it was.
    is_of_other_input
        Of a file: whether it says that it was made from another input than the one that was given.
    untaken
        Of a file: edits that cannot be taken, for what they mean is the input's to say.
    not_read
        Of a file: what people added of their own, as sentences; no figure is looked for in it.
    goals
        What is answered in time over each day or week for which a service level is agreed.
    scenarios
        What the roster costs in each scenario, where the input has any; ``cost`` is the average over them.
    bound, unavoidable_wages
        Recomputed from the certificate, in part only unless ``is_proof_whole``; ``None`` without a
        certificate.
    has_proof_all_limits
        Whether the recount carried every limit of the certificate; otherwise some needed too many states.
    status
        ``OPTIMAL`` where the roster is legal and no cost lies between its own and the bound.
    """

    misfits: tuple[Misfit, ...] = ()
    violations: tuple[Violation, ...] = ()
    mismatches: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    edits: tuple[HandEdit, ...] = ()
    changed_by: ChangedBy | None = None
    is_of_other_input: bool = False
    untaken: tuple[UntakenEdit, ...] = ()
    not_read: tuple[str, ...] = ()
    rules: tuple[RuleResult, ...] = ()
    cost: CostBreakdown
    coverage: Coverage
    headcounts: HeadcountCoverage = HeadcountCoverage()
    goals: tuple[GoalService, ...] = ()
    scenarios: tuple[ScenarioCost, ...] = ()
    bound: int | None = None
    unavoidable_wages: int | None = None
    status: Status = Status.FEASIBLE
    is_proof_whole: bool = True
    has_proof_all_limits: bool = True

    @property
    def broken(self) -> tuple[Violation, ...]:
        """Violations of rules that must be kept."""
        return tuple(violation for violation in self.violations if violation.must)

    @property
    def preferences_broken(self) -> tuple[Violation, ...]:
        """Violations of rules that have a price, and of the requirement."""
        return tuple(one for one in self.violations if not one.must and not one.reported)

    @property
    def reported(self) -> tuple[Violation, ...]:
        """Violations of rules that are only reported."""
        return tuple(violation for violation in self.violations if violation.reported)

    @property
    def is_legal(self) -> bool:
        """Every duty is possible and every ``must`` is kept."""
        return not self.misfits and not self.broken

    @property
    def passed(self) -> bool:
        """Legal, every claimed figure is right, and no edit is lost."""
        return self.is_legal and not (self.mismatches or self.outdated or self.untaken)

    @property
    def gap(self) -> float | None:
        """``(cost - bound) / cost``, where there is a bound and the roster is legal, as it supposes."""
        if self.bound is None or not self.is_legal:
            return None
        return ratio(self.cost.total - self.bound, self.cost.total)

    @property
    def proves_that_none_is_legal(self) -> bool:
        """Whether the certificate proves that this input has no legal roster: then the bound is no amount."""
        return self.bound is not None and self.bound >= NO_ROSTER

    def faults(self) -> Iterator[str]:
        """Each thing that keeps the roster from passing, as a sentence."""
        yield from map(str, self.misfits)
        yield from map(str, self.broken)
        yield from self.mismatches
        yield from self.outdated
        yield from map(str, self.untaken)

    def certified(self, certificate: Certificate) -> Certificate:
        """The certificate with the recounted figures, as far as they could be recounted."""
        if self.bound is None or self.unavoidable_wages is None:
            return certificate
        checked = "full" if self.is_proof_whole else "partial"
        follows = {"bound": self.bound, "unavoidable_wages": self.unavoidable_wages}
        return certificate.model_copy(update={**follows, "proof_checked": checked})


class Improvement(Frozen):
    """A better roster of a running search: legal, with its cost recounted, but without a bound yet.

    Parameters
    ----------
    report
        The verifier's, without a bound.
    """

    roster: Roster
    report: Report
    elapsed_seconds: float

    @property
    def cost(self) -> CostBreakdown:
        """What it costs, by cause."""
        return self.report.cost


class Outcome(Frozen):
    """What ``solve`` returns: a verified roster with its cost, its bound and how it came about.

    Parameters
    ----------
    bound
        No legal roster costs less; proven by ``certificate``.
    curve
        Cost and bound over time.
    input_hash
        SHA-256 of the problem and rules as canonical JSON.
    versions
        Of staffcurve and of what it computes with.
    """

    status: Status
    roster: Roster
    cost: CostBreakdown
    bound: int
    certificate: Certificate
    report: Report
    seed: int
    workers: int
    versions: dict[str, str]
    input_hash: str
    curve: tuple[SolvePoint, ...] = ()
    seconds_to_first_roster: float
    seconds: float
    stopped_by: str

    @property
    def gap(self) -> float:
        """``(cost - bound) / cost``: how far from the best possible it can be."""
        return ratio(self.cost.total - self.bound, self.cost.total)

    @property
    def gap_controllable(self) -> float:
        """The same distance against what planning can influence: cost less unavoidable wages.

        Of a proof that was checked in part it is only known to be no more than all: fewer wages were proven
        to be unavoidable than are, which would make it look smaller than it is.
        """
        if self.certificate.proof_checked == "partial":
            return float(self.bound < self.cost.total)
        controllable = self.cost.total - self.certificate.unavoidable_wages
        return ratio(self.cost.total - self.bound, controllable)

    @cached_property
    def coverage(self) -> Coverage:
        """Staffing by skill and interval, as the verifier counted it."""
        return self.report.coverage

    def __str__(self) -> str:
        heads = self.report.headcounts
        fits = []
        if not heads.required or any(map(any, self.coverage.required.values())):
            fits.append(text("curve fit {curve_fit:.1%}", curve_fit=self.coverage.curve_fit))
        if heads.required:
            missing = heads.together().missing
            fits.append(text("{people} missing on shifts", people=counted(missing, "person", "people")))
        return text(
            "{status}: cost {in_currency:,.2f}, at least {in_currency_2:,.2f} (gap {gap:.2%}, controllable "
            "{gap_controllable:.2%}), {fits}, {roster}, {seconds:.1f} s",
            status=self.status,
            in_currency=in_currency(self.cost.total),
            in_currency_2=in_currency(self.bound),
            gap=self.gap,
            gap_controllable=self.gap_controllable,
            fits=", ".join(fits),
            roster=self.roster,
            seconds=self.seconds,
        )
