"""Reading a result document back: its roster and certificate, and where it differs from a recount."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from scheduler.domain import (
    Certificate,
    Duty,
    Finding,
    Outcome,
    Place,
    PlacedBreak,
    Problem,
    Roster,
)
from scheduler.domain.findings.finding import unknown_name
from scheduler.io.files.json_text import load_json
from scheduler.io.files.limits import NotRead
from scheduler.io.files.pydantic_words import in_words, validated
from scheduler.io.files.streams import Source
from scheduler.io.input.json_document import WRITTEN
from scheduler.io.result.contents.declared import NOT_VERIFIED, OLDER_FORMS
from scheduler.io.result.differences.differences import Difference, in_document
from scheduler.io.result.documents.json_document import result_document
from scheduler.io.result.documents.json_schema import DutyDocument, ResultDocument, SourcesDocument
from scheduler.io.result.reading.sources import Places, RosterReading
from scheduler.model import RuleBook
from scheduler.texts import marked, text

UNPROVEN_DOCUMENT = marked(
    "missing, or it does not fit the input: nothing but the duties was verified, no figure of this file."
)


def read_result_json(path: Source, problem: Problem) -> RosterReading:
    """Read the roster and the certificate from a result document.

    Parameters
    ----------
    problem
        The input that the roster belongs to; agents and shift templates are looked up in it.
    """
    document = open_document(path)
    if isinstance(document, Finding):
        return RosterReading(None, findings=(document,))
    return roster_in(document, problem)


def open_document(path: Source) -> dict[str, Any] | Finding:
    """The document as plain data; a finding says why there is none."""
    try:
        document = load_json(path)
    except NotRead as error:
        return error.about(path)
    if not isinstance(document, dict):
        return Finding(place=Place(path=(str(path),)), message=text("this is not the JSON of a result."))
    if "duties" not in document and (what := _what_it_is(document)):
        return Finding(
            place=Place(path=(str(path),)),
            message=text("this is {what}, which holds no roster.", what=what),
            hint=text("Give the roster as a workbook, or the JSON that solve wrote."),
        )
    return document


def _what_it_is(document: dict[str, Any]) -> str:
    """A document that is no result, in words; empty where nobody knows what it is."""
    if "problem" in document:
        return text("an input")
    what = document.get("document")
    return text("a {what}", what=what) if what in WRITTEN else ""


def roster_in(document: dict[str, Any], problem: Problem) -> RosterReading:
    """The roster and the certificate in a document."""
    try:
        sources = validated(SourcesDocument.model_validate, document)
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
    cells: dict[tuple[str, int], tuple[str, ...]] = {}
    for position, duty in enumerate(duties):
        key = duty.agent, duty.day
        cells[key] = (*cells.get(key, ()), f"duties.{position}")
    return RosterReading(
        roster,
        certificate,
        sources.input_hash,
        tuple(findings),
        stated_hash=sources.roster_hash,
        is_of_older_version=sources.form is None or sources.form in OLDER_FORMS,
        places=Places(duties=cells),
    )


def differences(
    document: dict[str, Any], problem: Problem, rules: RuleBook, outcome: Outcome
) -> Iterator[Difference]:
    """Where a result document differs from a recount.

    Parameters
    ----------
    outcome
        The recount. What the search told of itself is taken from the document.
    """
    if outcome.report.bound is None:
        yield Difference("certificate", "", "certificate", said=text(UNPROVEN_DOCUMENT))
        return
    counted = result_document(problem, rules, outcome)
    yield from in_document(document, counted)
    told = {name: document[name] for name in NOT_VERIFIED if name in document}
    try:
        validated(ResultDocument.model_validate, counted | told)
        # as JSON, in which a number in quotes is no number
        ResultDocument.model_validate_json(json.dumps(counted | told), strict=True)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            place = ".".join(map(str, fault["loc"]))
            yield Difference(str(fault["loc"][0]), place, place, said=in_words(fault))


def _findings_of(error: ValidationError, *front: str | int) -> tuple[Finding, ...]:
    return tuple(
        Finding(place=Place(path=(*front, *fault["loc"])), message=in_words(fault))
        for fault in error.errors(include_url=False)
    )


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
            findings.append(
                _at(position, part, message=text("{moment} has no offset from UTC.", moment=moment))
            )
    if len(findings) > before:
        return None
    if shown.end <= shown.start:
        findings.append(_at(position, "end", message=text("the duty ends before it starts.")))
    for number, pause in enumerate(shown.breaks):
        if pause.end <= pause.start:
            message = text('the break "{name}" ends before it starts.', name=pause.name)
            findings.append(_at(position, f"breaks.{number}.end", message=message))
    if len(findings) > before:
        return None
    breaks = []
    for number, pause in enumerate(shown.breaks):
        start, end = _instant(problem, pause.start), _instant(problem, pause.end)
        try:
            one = PlacedBreak(name=pause.name, start=start, length_minutes=end - start, paid=pause.paid)
        except ValidationError as error:
            findings += _findings_of(error, "duties", position, "breaks", number)
        else:
            breaks.append(one)
    if len(findings) > before:
        return None
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
