"""Results and verifications as JSON documents, and reading a result back to verify it.

The form of the documents is in :mod:`scheduler.io.result_schema`.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from math import isfinite
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scheduler.domain import (
    BadInput,
    Certificate,
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
from scheduler.domain.digest import certificate_hash, roster_hash
from scheduler.domain.findings import unknown_name
from scheduler.domain.money import in_currency, ratio
from scheduler.domain.outcome import RuleResult, SolvePoint, Violation
from scheduler.io.declared import NOT_VERIFIED
from scheduler.io.differences import Difference, in_document
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
    SourcesDocument,
    VerifyDocument,
    ViolationDocument,
)
from scheduler.io.roster_reader import RosterReading
from scheduler.io.validation import in_words
from scheduler.model import RuleBook

UNPROVEN = (
    "missing, or it does not fit the input: nothing but the duties was verified, no figure of this file."
)


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
        roster_hash=roster_hash(outcome.roster),
        certificate_hash=certificate_hash(certificate),
        not_verified=list(NOT_VERIFIED),
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
    return ResultDocument.model_json_schema()


def verify_schema() -> dict[str, Any]:
    """JSON schema of a verification document."""
    return VerifyDocument.model_json_schema()


def read_result_json(path: Path, problem: Problem) -> RosterReading:
    """Read the roster and the certificate from a result document.

    Parameters
    ----------
    problem
        The input that the roster belongs to; agents and shift templates are looked up in it.
    """
    document = _loaded(path)
    if isinstance(document, Finding):
        return RosterReading(None, findings=(document,))
    try:
        sources = SourcesDocument.model_validate(document)
    except ValidationError as error:
        return RosterReading(None, findings=_findings_of(error))
    findings: list[Finding] = []
    duties = [
        duty
        for position, shown in enumerate(sources.duties)
        if (duty := _duty_from(problem, shown, position, findings)) is not None
    ]
    certificate = None
    try:
        if sources.certificate is not None:
            certificate = Certificate.model_validate_json(sources.certificate.model_dump_json())
    except ValidationError as error:
        findings += _findings_of(error, "certificate")
    roster = None if findings else Roster(duties=tuple(duties))
    return RosterReading(roster, certificate, sources.input_hash, tuple(findings))


def differences(path: Path, problem: Problem, rules: RuleBook, outcome: Outcome) -> Iterator[Difference]:
    """Where a result document says something else than a recount.

    Parameters
    ----------
    outcome
        What the document must show. What the search told of itself is taken from the document.
    """
    document = _loaded(path)
    if isinstance(document, Finding):
        raise BadInput([document])
    if outcome.report.bound is None:
        yield Difference("certificate", "", "certificate", said=UNPROVEN)
        return
    counted = result_document(problem, rules, outcome)
    yield from in_document(document, counted)
    told = {name: document[name] for name in NOT_VERIFIED if name in document}
    try:
        ResultDocument.model_validate(counted | told)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            place = ".".join(map(str, fault["loc"]))
            yield Difference(str(fault["loc"][0]), place, place, said=in_words(fault))


def _loaded(path: Path) -> dict[str, Any] | Finding:
    """The document, or why there is none."""
    try:
        document = json.loads(
            path.read_text(encoding="utf-8-sig"), object_pairs_hook=_once_each, parse_constant=_no_number
        )
    except (OSError, ValueError) as error:  # unreadable bytes and broken JSON are ValueErrors
        return Finding(place=Place(path=(str(path),)), message=f"this is not a readable JSON file: {error}.")
    if not isinstance(document, dict):
        return Finding(place=Place(path=(str(path),)), message="this is not the JSON of a result.")
    return document


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A group of fields; one that stands there twice would be read differently by everybody."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(
            f'"{next(name for name in names if names.count(name) > 1)}" stands in one group twice'
        )
    return fields


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is not a number in JSON")


def _findings_of(error: ValidationError, *front: str) -> tuple[Finding, ...]:
    return tuple(
        Finding(place=Place(path=(*front, *fault["loc"])), message=in_words(fault))
        for fault in error.errors(include_url=False)
    )


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
