"""The verdict on a roster: what is impossible, what is broken, what it costs, and which claims are wrong."""

from collections.abc import Iterator
from math import floor

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.certificate import Certificate
from scheduler.domain.results.outcome import (
    Claimed,
    CostBreakdown,
    Coverage,
    Report,
    RuleResult,
    Status,
    Violation,
)
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.money import NO_ROSTER, in_currency
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import AgentRule, Rule, TeamRule
from scheduler.texts import text
from scheduler.verifier.bound.lagrangian import Recomputed, recompute
from scheduler.verifier.recount.cost_granularity import cost_granularity
from scheduler.verifier.recount.coverage import StaffingCount, count_staffing
from scheduler.verifier.recount.goals import count_goals, goal_table_mismatches
from scheduler.verifier.recount.headcounts import HeadsCount, count_heads
from scheduler.verifier.recount.impossible_duties import misfits, readable
from scheduler.verifier.recount.requirement import late_places, requirement_mismatches
from scheduler.verifier.recount.scenario_costs import count_scenarios
from scheduler.verifier.recount.scenario_curves import curve_mismatches
from scheduler.verifier.recount.time_budget import TimeBudget
from scheduler.verifier.recount.wages import Wages


def verify(
    problem: Problem,
    rules: RuleBook,
    roster: Roster,
    *,
    certificate: Certificate | None = None,
    claimed: Claimed | None = None,
    budget: TimeBudget | None = None,
) -> Report:
    """Check a roster against the input, from scratch.

    Parameters
    ----------
    certificate
        From which the bound is recomputed; what it claims is checked too.
    claimed
        Figures to be compared with the recount.
    budget
        How long it may take. Only the recount of the bound is ever cut short, and has at least half of the
        time; everything else is always recounted in full.

    Returns
    -------
    Report
        ``passed`` when every duty is possible, every ``must`` is kept and every claim is right.
    """
    budget = budget or TimeBudget()
    budget.begin()
    known = readable(problem, roster)
    staffing, heads = count_staffing(problem, rules, known), count_heads(problem, rules, known)
    violations = {
        rule.name: tuple(_violations(problem, rule, known, staffing.coverage)) for rule in rules.active()
    }
    cost = _breakdown(problem, rules, roster, staffing, heads, violations)
    impossible = tuple(misfits(problem, roster))
    wrong, tables = curve_mismatches(problem), goal_table_mismatches(problem)
    mismatches = [
        *requirement_mismatches(problem),
        *tables,
        *wrong,
        *late_places(problem, staffing.coverage),
        *_cost_mismatches(problem, cost, claimed),
    ]
    recomputed, faults = _recomputed(problem, rules, certificate, claimed, budget)
    mismatches += faults
    if claimed is not None and claimed.bound is not None and certificate is None:
        mismatches.append(
            text("the bound {bound} is claimed without a certificate.", bound=_shown(problem, claimed.bound))
        )
    legal = not impossible and not any(found.must for every in violations.values() for found in every)
    for bound in _claimed_bounds(certificate, claimed):
        if legal and bound > cost.total:
            mismatches.append(
                text(
                    "the bound is claimed as {bound}, but this legal roster costs {total}.",
                    bound=_shown(problem, bound),
                    total=_shown(problem, cost.total),
                )
            )
    report = Report(
        misfits=impossible,
        violations=tuple(found for every in violations.values() for found in every),
        mismatches=tuple(mismatches),
        rules=tuple(
            _result(problem, rule, known, violations[rule.name], staffing, heads) for rule in rules.active()
        ),
        cost=cost,
        coverage=staffing.coverage,
        headcounts=heads.coverage,
        goals=() if tables else count_goals(problem, staffing.allocated),
        scenarios=() if wrong else count_scenarios(problem, rules, known, staffing, cost),
        bound=None if recomputed is None else recomputed.bound,
        unavoidable_wages=None if recomputed is None else recomputed.unavoidable_wages,
        is_proof_whole=recomputed is None or recomputed.is_whole,
        has_proof_all_limits=recomputed is None or recomputed.has_all_limits,
    )
    return report.model_copy(update={"status": status_of(problem, rules, report, certificate)})


def count_cost(problem: Problem, rules: RuleBook, roster: Roster) -> CostBreakdown:
    """A roster's cost by cause, recounted, in sixtieths of a cent."""
    known = readable(problem, roster)
    staffing, heads = count_staffing(problem, rules, known), count_heads(problem, rules, known)
    violations = {
        rule.name: tuple(_violations(problem, rule, known, staffing.coverage))
        for rule in rules.planned.rules
        if rule.has_own_cost
    }
    return _breakdown(problem, rules, roster, staffing, heads, violations)


def _violations(problem: Problem, rule: Rule, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
    match rule:
        case AgentRule():
            yield from rule.check(problem, roster)
        case TeamRule():
            yield from rule.check(problem, roster, coverage)
        case _:
            raise TypeError(f"{rule.name} is neither a rule on agents nor one on the team")


def _breakdown(
    problem: Problem,
    rules: RuleBook,
    roster: Roster,
    staffing: StaffingCount,
    heads: HeadsCount,
    violations: dict[str, tuple[Violation, ...]],
) -> CostBreakdown:
    return CostBreakdown(
        wages=floor(Wages(problem).of_roster(roster.duties)),
        missing=staffing.missing_cost + heads.missing_cost,
        superfluous=staffing.superfluous_cost + heads.superfluous_cost,
        rules={
            rule.name: sum(found.cost for found in violations[rule.name])
            for rule in rules.planned.rules
            if rule.has_own_cost
        },
    )


def _result(
    problem: Problem,
    rule: Rule,
    roster: Roster,
    found: tuple[Violation, ...],
    staffing: StaffingCount,
    heads: HeadsCount,
) -> RuleResult:
    cost = sum(violation.cost for violation in found)
    if rule.costs_as_staff:
        cost = staffing.cost_of(rule.name) + heads.cost_of(rule.name)
    return RuleResult(
        rule=rule.name,
        kind=rule.kind,
        sentence=rule.sentence,
        strength=rule.strength.value,
        subjects=sum(1 for _ in rule.limits(problem)),
        broken=len(found),
        amount=sum(violation.amount for violation in found),
        unit=rule.unit,
        cost=cost,
        told=rule.told(problem, roster),
    )


def _recomputed(
    problem: Problem,
    rules: RuleBook,
    certificate: Certificate | None,
    claimed: Claimed | None,
    budget: TimeBudget,
) -> tuple[Recomputed | None, list[str]]:
    """What the certificate proves, and which claims go beyond it."""
    if certificate is None:
        return None, []
    budget.begin_proof()
    try:
        proven = recompute(problem, rules, certificate, budget)
    except ValueError as misfit:
        return None, [text("the bound cannot be recomputed: {misfit}.", misfit=misfit)]
    mismatches = list(_bound_mismatches(problem, certificate, proven, claimed)) if proven.is_whole else []
    said = (certificate.bound, certificate.unavoidable_wages)
    is_true = said[0] <= proven.bound and said[1] <= proven.unavoidable_wages
    if certificate.proof_checked == "partial" and is_true:  # what was proven in the time given
        proven = Recomputed(*said, is_whole=False, has_all_limits=proven.has_all_limits)
    return proven, mismatches


def status_of(problem: Problem, rules: RuleBook, report: Report, certificate: Certificate | None) -> Status:
    """Whether the bound of a report proves that no legal roster is cheaper."""
    if not report.is_legal or certificate is None or report.bound is None:
        return Status.FEASIBLE
    step = cost_granularity(problem, rules, certificate.slot_minutes)
    return Status.OPTIMAL if report.cost.total - report.bound < step else Status.FEASIBLE


def _cost_mismatches(problem: Problem, cost: CostBreakdown, claimed: Claimed | None) -> Iterator[str]:
    if claimed is None:
        return
    figures = [
        (text("wages are"), claimed.wages, cost.wages),
        (text("cost of missing agents is"), claimed.missing, cost.missing),
        (text("cost of superfluous agents is"), claimed.superfluous, cost.superfluous),
        *(
            (text('cost of "{rule}" is', rule=rule), said, cost.rules.get(rule, 0))
            for rule, said in claimed.rules.items()
        ),
        (text("cost in all is"), claimed.cost, cost.total),
    ]
    for what, said, counted in figures:
        if said is not None and said != counted:
            yield (
                text(
                    "the {what} claimed as {said}, but the recount gives {counted}.",
                    what=what,
                    said=_shown(problem, said),
                    counted=_shown(problem, counted),
                )
            )


def _bound_mismatches(
    problem: Problem, certificate: Certificate, recomputed: Recomputed, claimed: Claimed | None
) -> Iterator[str]:
    for bound in _claimed_bounds(certificate, claimed):
        if bound > recomputed.bound:
            yield (
                text(
                    "the bound is claimed as {bound}, but the certificate proves only {proven}.",
                    bound=_shown(problem, bound),
                    proven=_shown(problem, recomputed.bound),
                )
            )
    if certificate.unavoidable_wages > recomputed.unavoidable_wages:
        yield (
            text(
                "wages of {wages} are claimed to be unavoidable, but the recount gives {recount}.",
                wages=_shown(problem, certificate.unavoidable_wages),
                recount=_shown(problem, recomputed.unavoidable_wages),
            )
        )


def _claimed_bounds(certificate: Certificate | None, claimed: Claimed | None) -> list[int]:
    stated = {certificate.bound if certificate else None, claimed.bound if claimed else None}
    return sorted(bound for bound in stated if bound is not None)


def _shown(problem: Problem, cost: int) -> str:
    if cost >= NO_ROSTER:
        return text("any cost")
    amount = in_currency(cost)
    exact = f"{amount:,.2f}" if cost % 60 == 0 else f"{amount:,.4f}"
    return f"{exact} {problem.currency}"
