"""Results and verifications as JSON documents, and reading a result back to verify it.

The form of the documents is in :mod:`scheduler.io.result_schema`.
"""

from datetime import datetime, timedelta
from math import isfinite
from typing import Any

from pydantic import ValidationError

from scheduler.domain import (
    Certificate,
    Claimed,
    CostBreakdown,
    Coverage,
    Duty,
    Finding,
    HeadcountCoverage,
    Outcome,
    Place,
    PlacedBreak,
    Problem,
    Report,
    Roster,
)
from scheduler.domain.findings import unknown_name
from scheduler.domain.money import COST_UNITS_PER_CURRENCY, in_currency, ratio
from scheduler.domain.outcome import RuleResult, SolvePoint, Violation
from scheduler.io.json_document import SCHEMA_DIALECT
from scheduler.io.json_text import load_json
from scheduler.io.limits import NotRead
from scheduler.io.result_schema import (
    BreakDocument,
    CertificateDocument,
    CostDocument,
    CurvePointDocument,
    DutyDocument,
    HeadcountDocument,
    ResultDocument,
    RuleDocument,
    SkillStaffingDocument,
    VerifyDocument,
    ViolationDocument,
)
from scheduler.io.roster_reader import RosterReading
from scheduler.io.streams import Source
from scheduler.io.validation import in_words
from scheduler.model import RuleBook


def result_document(problem: Problem, rules: RuleBook, outcome: Outcome) -> dict[str, Any]:
    """A result as a document that ``json.dumps`` takes, in the form of :class:`ResultDocument`.

    Parameters
    ----------
    rules
        Rules that are off are listed from here, since nobody checked them.
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
            cost=0.0,
        )
        for rule in rules.rules
        if not rule.is_on and rule.name not in checked
    ]
    document = ResultDocument(
        document="staffcurve result",
        schema_version="1",
        name=problem.name,
        currency=problem.currency,
        first_day=problem.grid.first_day,
        days=problem.grid.days,
        interval_minutes=problem.grid.interval_minutes,
        status=outcome.status.value,
        cost=_cost(outcome.cost),
        bound=in_currency(outcome.bound),
        proof_checked="full" if report.is_proof_whole else "partial",
        gap=_finite(outcome.gap),
        gap_controllable=_finite(outcome.gap_controllable),
        unavoidable_wages=in_currency(certificate.unavoidable_wages),
        **_staffing(report.coverage),
        headcounts=_headcounts(report.headcounts),
        paid_hours=sum(duty.paid_minutes for duty in outcome.roster.duties) / 60,
        seconds_to_first_roster=outcome.seconds_to_first_roster,
        seconds=outcome.seconds,
        stopped_by=outcome.stopped_by,
        seed=outcome.seed,
        workers=outcome.workers,
        versions=outcome.versions,
        input_hash=outcome.input_hash,
        curve=[_curve_point(point) for point in outcome.curve],
        rules=[_rule(one) for one in report.rules] + off,
        duties=[_duty(problem, duty) for agent in problem.agents for duty in outcome.roster.of(agent.name)],
        certificate=CertificateDocument.model_validate_json(certificate.model_dump_json()),
    )
    return document.model_dump(mode="json")


def verify_document(problem: Problem, report: Report) -> dict[str, Any]:
    """A verification as a document that ``json.dumps`` takes, in the form of :class:`VerifyDocument`."""
    gap = (
        None if report.bound is None else _finite(ratio(report.cost.total - report.bound, report.cost.total))
    )
    document = VerifyDocument(
        document="staffcurve verification",
        schema_version="1",
        name=problem.name,
        currency=problem.currency,
        passed=report.passed,
        legal=report.is_legal,
        faults=list(report.faults()),
        misfits=list(report.misfits),
        violations=[_violation(problem, one) for one in report.violations],
        mismatches=list(report.mismatches),
        rules=[_rule(one) for one in report.rules],
        cost=_cost(report.cost),
        bound=None if report.bound is None else in_currency(report.bound),
        gap=gap,
        **_staffing(report.coverage),
        headcounts=_headcounts(report.headcounts),
    )
    return document.model_dump(mode="json")


def result_schema() -> dict[str, Any]:
    """JSON schema of a result document."""
    return {"$schema": SCHEMA_DIALECT, **ResultDocument.model_json_schema(), "title": "staffcurve result"}


def verify_schema() -> dict[str, Any]:
    """JSON schema of a verification document."""
    return {
        "$schema": SCHEMA_DIALECT,
        **VerifyDocument.model_json_schema(),
        "title": "staffcurve verification",
    }


def read_result_json(path: Source, problem: Problem) -> RosterReading:
    """Read the roster, the claimed figures and the certificate from a result document.

    Parameters
    ----------
    problem
        The input that the roster belongs to; agents and shift templates are looked up in it.
    """
    try:
        document = ResultDocument.model_validate(load_json(path))
    except ValidationError as error:
        return _unread(
            *(
                Finding(place=Place(path=tuple(fault["loc"])), message=f"{fault['msg']}.")
                for fault in error.errors(include_url=False)
            )
        )
    except NotRead as error:
        return _unread(error.finding.model_copy(update={"place": Place(path=(str(path),))}))
    findings: list[Finding] = []
    duties = [
        duty
        for position, shown in enumerate(document.duties)
        if (duty := _duty_from(problem, shown, position, findings)) is not None
    ]
    certificate = None
    try:
        certificate = Certificate.model_validate_json(document.certificate.model_dump_json())
    except ValidationError as error:
        findings += [
            Finding(place=Place(path=("certificate", *fault["loc"])), message=in_words(fault))
            for fault in error.errors()
        ]
    return RosterReading(
        None if findings else Roster(duties=tuple(duties)),
        _claimed(document),
        certificate,
        document.input_hash,
        tuple(findings),
    )


def _unread(*findings: Finding) -> RosterReading:
    return RosterReading(None, findings=findings)


def _cost(cost: CostBreakdown) -> CostDocument:
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
            required_agent_hours=sum(coverage.required[skill]) / 60,
            scheduled_agent_hours=sum(coverage.scheduled[skill]) / 60,
            missing_agent_hours=sum(coverage.missing[skill]) / 60,
            superfluous_agent_hours=sum(coverage.superfluous[skill]) / 60,
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
        )
        for row, required in heads.required.items()
    }


def _curve_point(point: SolvePoint) -> CurvePointDocument:
    return CurvePointDocument(
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
        cost=in_currency(fared.cost),
    )


def _violation(problem: Problem, violation: Violation) -> ViolationDocument:
    return ViolationDocument(
        rule=violation.rule,
        must=violation.must,
        agent=violation.agent,
        dates=[problem.grid.date(day) for day in violation.days],
        amount=violation.amount,
        cost=in_currency(violation.cost),
        sentence=violation.sentence,
    )


def _duty(problem: Problem, duty: Duty) -> DutyDocument:
    grid, zone = problem.grid, problem.zone_of(problem.agent_named[duty.agent])
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


def _duty_from(problem: Problem, shown: DutyDocument, position: int, findings: list[Finding]) -> Duty | None:
    known: tuple[tuple[str, str, dict[str, Any], str], ...] = (
        ("agent", shown.agent, problem.agent_named, "Agents"),
        ("template", shown.template, problem.template_named, "Shifts"),
    )
    before = len(findings)
    for part, name, names, sheet in known:
        if name not in names:
            message, hint = unknown_name("shift" if part == "template" else part, name, names, sheet)
            findings.append(_at(position, part, message=message, hint=hint))
    moments = [("start", shown.start), ("end", shown.end)]
    for number, pause in enumerate(shown.breaks):
        moments += [(f"breaks.{number}.start", pause.start), (f"breaks.{number}.end", pause.end)]
    for part, moment in moments:
        if moment.tzinfo is None:
            findings.append(_at(position, part, message=f"{moment} has no offset from UTC."))
    if len(findings) > before:
        return None
    if shown.end <= shown.start:
        findings.append(_at(position, "end", message="the duty ends before it starts."))
    for number, pause in enumerate(shown.breaks):
        if pause.end <= pause.start:
            message = f'the break "{pause.name}" ends before it starts.'
            findings.append(_at(position, f"breaks.{number}.end", message=message))
    if len(findings) > before:
        return None
    breaks = []
    for pause in shown.breaks:
        start, end = _instant(problem, pause.start), _instant(problem, pause.end)
        breaks.append(PlacedBreak(name=pause.name, start=start, length_minutes=end - start, paid=pause.paid))
    return Duty(
        agent=shown.agent,
        day=problem.grid.day_index(shown.date),
        template=shown.template,
        start=_instant(problem, shown.start),
        end=_instant(problem, shown.end),
        breaks=tuple(breaks),
    )


def _at(position: int, *parts: str | int, message: str, hint: str = "") -> Finding:
    return Finding(place=Place(path=("duties", position, *parts)), message=message, hint=hint)


def _instant(problem: Problem, moment: datetime) -> int:
    return (moment - problem.grid.origin) // timedelta(minutes=1)


def _claimed(document: ResultDocument) -> Claimed:
    cost = document.cost
    return Claimed(
        cost=_units(cost.total),
        wages=_units(cost.wages),
        missing=_units(cost.missing),
        superfluous=_units(cost.superfluous),
        rules={label: _units(price) for label, price in cost.rules.items()},
        bound=_units(document.bound),
    )


def _units(amount: float) -> int:
    return round(amount * COST_UNITS_PER_CURRENCY)
