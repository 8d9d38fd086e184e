"""Results and verifications as JSON documents.

Their form is in :mod:`scheduler.io.result.documents.json_schema`.
"""

from datetime import datetime
from math import isfinite
from typing import Any

from scheduler.domain import (
    CostBreakdown,
    Coverage,
    Duty,
    HeadcountCoverage,
    Outcome,
    Problem,
    Report,
)
from scheduler.domain.results.digest import certificate_hash, roster_hash
from scheduler.domain.results.edited import ChangedBy, HandEdit
from scheduler.domain.results.outcome import RuleResult, SolvePoint, Status, Violation
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.money import in_currency
from scheduler.io.result.contents.declared import FORM, NOT_VERIFIED
from scheduler.io.result.documents.goals_json import goal_documents
from scheduler.io.result.documents.json_schema import (
    BreakDocument,
    CertificateDocument,
    ChangedByDocument,
    CostDocument,
    DutyDocument,
    EditDocument,
    HeadcountDocument,
    ResultDocument,
    RuleDocument,
    SkillStaffingDocument,
    SolvePointDocument,
    VerifyDocument,
    ViolationDocument,
    schema_of,
)
from scheduler.io.result.documents.pay_json import pay_documents
from scheduler.io.result.documents.scenarios_json import scenario_documents
from scheduler.model import RuleBook
from scheduler.model.calendar.absences import paid_time_off, pay_for_time_off


def result_document(problem: Problem, rules: RuleBook, outcome: Outcome) -> dict[str, Any]:
    """A result as a document that ``json.dumps`` takes, in the form of :class:`ResultDocument`.

    Parameters
    ----------
    rules
        The source of rules that are off, which the report does not list.
    """
    report, certificate = outcome.report, outcome.certificate
    checked = {one.rule for one in report.rules}
    off = [
        RuleDocument(
            rule=rule.name,
            kind=rule.kind,
            sentence=rule.sentence,
            strength=rule.strength.value,
            subjects=0,
            broken=0,
            amount=0,
            cost=0.0,
        )
        for rule in rules.rules
        if not rule.is_on and rule.name not in checked
    ]
    document = ResultDocument(
        document="staffcurve result",
        schema_version="1",
        form=FORM,
        name=problem.name,
        currency=problem.currency,
        first_day=problem.grid.first_day,
        days=problem.grid.days,
        interval_minutes=problem.grid.interval_minutes,
        status=Status.OPTIMAL if outcome.status is Status.OPTIMAL else Status.FEASIBLE,
        cost=cost_document(outcome.cost),
        bound=in_currency(outcome.bound),
        proof_checked="full" if report.is_proof_whole else "partial",
        gap=_finite(outcome.gap) if report.is_legal else None,
        gap_controllable=_finite(outcome.gap_controllable) if report.is_legal else None,
        unavoidable_wages=in_currency(certificate.unavoidable_wages),
        **_staffing(report.coverage),
        headcounts=_headcounts(report.headcounts),
        goals=goal_documents(report),
        scenarios=scenario_documents(report),
        paid_hours=sum(duty.paid_minutes for duty in outcome.roster.duties) / MINUTES_PER_HOUR,
        paid_time_off_hours=sum(paid_time_off(problem, agent) for agent in problem.agents) / MINUTES_PER_HOUR,
        pay_for_time_off=in_currency(sum(pay_for_time_off(problem, agent) for agent in problem.agents)),
        pay=pay_documents(problem, outcome.roster),
        seconds_to_first_roster=outcome.seconds_to_first_roster,
        seconds=outcome.seconds,
        stopped_by=outcome.stopped_by,
        seed=outcome.seed,
        workers=outcome.workers,
        versions=outcome.versions,
        input_hash=outcome.input_hash,
        roster_hash=roster_hash(outcome.roster),
        certificate_hash=certificate_hash(certificate),
        not_verified=list(NOT_VERIFIED),
        curve=[_curve_point(point) for point in outcome.curve],
        rules=[_rule(one) for one in report.rules] + off,
        duties=[
            duty_document(problem, duty) for agent in problem.agents for duty in outcome.roster.of(agent.name)
        ],
        certificate=CertificateDocument.model_validate_json(certificate.model_dump_json()),
    )
    return document.model_dump(mode="json", exclude=None if problem.paid_on_top else {"pay"})


def verify_document(problem: Problem, report: Report) -> dict[str, Any]:
    """A verification as a document that ``json.dumps`` takes, in the form of :class:`VerifyDocument`."""
    document = VerifyDocument(
        document="staffcurve verification",
        schema_version="1",
        name=problem.name,
        currency=problem.currency,
        passed=report.passed,
        legal=report.is_legal,
        faults=list(report.faults()),
        misfits=[misfit.sentence for misfit in report.misfits],
        violations=[_violation(problem, one) for one in report.violations],
        mismatches=list(report.mismatches),
        outdated=list(report.outdated),
        edits=[_edit(problem, edit) for edit in report.edits],
        changed_by=None if report.changed_by is None else _changed_by(report.changed_by),
        untaken=[str(edit) for edit in report.untaken],
        not_read=list(report.not_read),
        rules=[_rule(one) for one in report.rules],
        cost=cost_document(report.cost),
        bound=None if report.bound is None else in_currency(report.bound),
        gap=None if report.gap is None else _finite(report.gap),
        **_staffing(report.coverage),
        headcounts=_headcounts(report.headcounts),
        goals=goal_documents(report),
        scenarios=scenario_documents(report),
    )
    return document.model_dump(mode="json")


def result_schema() -> dict[str, Any]:
    """JSON schema of a result document."""
    return schema_of(ResultDocument, "result")


def verify_schema() -> dict[str, Any]:
    """JSON schema of a verification document."""
    return schema_of(VerifyDocument, "verification")


def cost_document(cost: CostBreakdown) -> CostDocument:
    """A cost by cause in currency."""
    return CostDocument(
        total=in_currency(cost.total),
        wages=in_currency(cost.wages),
        missing=in_currency(cost.missing),
        superfluous=in_currency(cost.superfluous),
        rules={label: in_currency(price) for label, price in cost.rules.items()},
    )


def _staffing(coverage: Coverage) -> dict[str, Any]:
    length = coverage.interval_minutes
    staffing = {
        skill: SkillStaffingDocument(
            required_agent_hours=sum(coverage.required[skill]) / MINUTES_PER_HOUR,
            scheduled_agent_hours=sum(coverage.scheduled[skill]) / MINUTES_PER_HOUR,
            missing_agent_hours=sum(coverage.missing[skill]) / MINUTES_PER_HOUR,
            superfluous_agent_hours=sum(coverage.superfluous[skill]) / MINUTES_PER_HOUR,
            understaffed_agent_intervals=sum(coverage.missing[skill]) / length,
            overstaffed_agent_intervals=sum(coverage.superfluous[skill]) / length,
            understaffed_intervals=sum(minutes > 0 for minutes in coverage.missing[skill]),
            overstaffed_intervals=sum(minutes > 0 for minutes in coverage.superfluous[skill]),
        )
        for skill in coverage.required
    }
    return {
        "curve_fit": _finite(coverage.curve_fit) if any(map(any, coverage.required.values())) else None,
        "understaffed_agent_intervals": {
            skill: shown.understaffed_agent_intervals for skill, shown in staffing.items()
        },
        "overstaffed_agent_intervals": {
            skill: shown.overstaffed_agent_intervals for skill, shown in staffing.items()
        },
        "staffing": staffing,
    }


def _headcounts(heads: HeadcountCoverage) -> dict[str, HeadcountDocument]:
    return {
        row: HeadcountDocument(
            required=list(required),
            scheduled=list(heads.scheduled[row]),
            missing=list(heads.missing[row]),
            superfluous=list(heads.superfluous[row]),
            maximum=list(heads.maximum[row]),
            beyond_maximum=list(heads.beyond_maximum[row]),
            of_these=list(heads.of_these[row]),
        )
        for row, required in heads.required.items()
    }


def _curve_point(point: SolvePoint) -> SolvePointDocument:
    return SolvePointDocument(
        seconds=point.seconds,
        cost=None if point.cost is None else in_currency(point.cost),
        bound=None if point.bound is None else in_currency(point.bound),
    )


def _rule(fared: RuleResult) -> RuleDocument:
    return RuleDocument(
        rule=fared.rule,
        kind=fared.kind,
        sentence=fared.sentence,
        strength=fared.strength,
        subjects=fared.subjects,
        broken=fared.broken,
        amount=fared.amount,
        cost=in_currency(fared.cost),
        told=fared.told,
    )


def _violation(problem: Problem, violation: Violation) -> ViolationDocument:
    return ViolationDocument(
        rule=violation.rule,
        must=violation.must,
        reported=violation.reported,
        agent=violation.agent,
        dates=[problem.grid.date(day) for day in violation.days],
        amount=violation.amount,
        cost=in_currency(violation.cost),
        sentence=violation.sentence,
        cells=list(violation.cells),
    )


def _edit(problem: Problem, edit: HandEdit) -> EditDocument:
    return EditDocument(
        cell=edit.cell, agent=edit.agent, date=problem.grid.date(edit.day), sentence=edit.sentence
    )


def _changed_by(by: ChangedBy) -> ChangedByDocument:
    return ChangedByDocument(
        cost=in_currency(by.cost),
        paid_hours=by.paid_minutes / MINUTES_PER_HOUR,
        missing_agent_hours=by.missing_minutes / MINUTES_PER_HOUR,
        superfluous_agent_hours=by.superfluous_minutes / MINUTES_PER_HOUR,
        missing_people=by.missing_people,
        superfluous_people=by.superfluous_people,
    )


def duty_document(problem: Problem, duty: Duty) -> DutyDocument:
    """A duty with its moments on the agent's clock, or the campaign's where nobody knows the agent."""
    agent = problem.agent_named.get(duty.agent)
    grid = problem.grid
    zone = grid.time_zone if agent is None else problem.zone_of(agent)
    return DutyDocument(
        agent=duty.agent,
        date=grid.date(duty.day),
        template=duty.template,
        start=_moment(grid.local(duty.start, zone)),
        end=_moment(grid.local(duty.end, zone)),
        paid_minutes=duty.paid_minutes,
        breaks=[
            BreakDocument(
                name=pause.name,
                start=_moment(grid.local(pause.start, zone)),
                end=_moment(grid.local(pause.end, zone)),
                paid=pause.paid,
            )
            for pause in duty.breaks
        ],
    )


def _moment(local: datetime) -> datetime:
    """The same moment with a plain offset, so that it is written the same for every kind of zone."""
    return datetime.fromisoformat(local.isoformat())


def _finite(figure: float) -> float | None:
    return figure if isfinite(figure) else None
