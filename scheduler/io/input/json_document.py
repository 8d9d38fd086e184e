"""The same problem and rules as JSON: reading, writing, and the published schema.

A document is ``{"schema_version": "1", "problem": {...}, "rules": [{"kind": ...}, ...]}``. All
faults are reported at once, each with the path of the value, as for a workbook.
"""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from scheduler.domain.facts.problem import SCHEMA_VERSION, Problem
from scheduler.domain.facts.spreading import with_usual
from scheduler.domain.findings.faults import FactPath
from scheduler.domain.findings.finding import MOST_FINDINGS, Finding, Place, Severity, did_you_mean
from scheduler.domain.values.words import counted
from scheduler.io.cells.rule_parameters import kinds
from scheduler.io.files.json_text import load_json
from scheduler.io.files.limits import NotRead
from scheduler.io.files.pydantic_words import in_words, validated
from scheduler.io.files.streams import Source
from scheduler.io.files.writing.write_whole import write_text
from scheduler.io.input.reading.booleans import taken_for_numbers
from scheduler.io.input.reading.result import Reading, as_many_as_are_told
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import Rule
from scheduler.texts import text

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PARTS = ("schema_version", "problem", "rules")
_UNKNOWN_NAMED = 8
WRITTEN = tuple(
    f"staffcurve {what}" for what in ("result", "verification", "comparison", "proposals", "repair")
)
"""What the documents call themselves that commands write; the input is none of them."""


def read_json(path: Source, catalogue: tuple[type[Rule], ...]) -> Reading:
    """Read a JSON document; bad content becomes findings and never raises."""
    document = _parsed(path)
    return _told([document]) if isinstance(document, Finding) else from_document(document, catalogue)


def read_rules(path: Source, catalogue: tuple[type[Rule], ...]) -> tuple[RuleBook | None, list[Finding]]:
    """Read a list of rules, or an object of which ``rules`` is one; no book where there are findings."""
    document = _parsed(path)
    if isinstance(document, Finding):
        return None, [document]
    if isinstance(document, Mapping) and set(document) == {"rules"}:
        document = document["rules"]
    return _rules(document, kinds(catalogue))


def from_document(document: Any, catalogue: tuple[type[Rule], ...]) -> Reading:
    """A problem and its rules from a document that is already parsed."""
    if not isinstance(document, Mapping):
        return _told(
            [
                _finding(
                    (),
                    text("the document is not an object."),
                    text("It has the fields {parts}.", parts=", ".join(_PARTS)),
                )
            ]
        )
    if "problem" not in document and (what := document.get("document")) in WRITTEN:
        return _told([_of_a_command(str(what))])
    findings = list(_unknown_fields(document))
    version = document.get("schema_version")
    if version != SCHEMA_VERSION:
        findings.append(
            _finding(
                ("schema_version",),
                text("{version!r} is not a version that is understood.", version=version),
                text('Write "{schema_version}".', schema_version=SCHEMA_VERSION),
            )
        )
    if "problem" not in document:
        return _told([*findings, _finding(("problem",), text("the document has no problem."))])
    problem = None
    try:
        # pydantic reads dates and tuples from JSON text; the paths of faults are those of the document
        facts = validated(lambda part: Problem.model_validate_json(json.dumps(part)), document["problem"])
        findings += taken_for_numbers(document["problem"], facts)
        problem = with_usual(facts)
    except ValidationError as error:
        findings += [_finding(detail["loc"], in_words(detail)) for detail in error.errors()]
    findings += _midnights(document["problem"])
    rules, faults = _rules(document.get("rules", []), kinds(catalogue))
    shown = _computed_numbers(problem) if problem else {}
    return Reading(problem, rules, tuple(as_many_as_are_told((*findings, *faults))), requirement=shown)


def _of_a_command(what: str) -> Finding:
    """Of a document that a command wrote, of which only the hash of its input is known."""
    return _finding(
        (),
        text("this is a {what}, which holds no input.", what=what),
        text("Give the input that it was made from, or the roster as a workbook, which has a copy of it."),
    )


def _unknown_fields(document: Mapping[str, Any]) -> Iterator[Finding]:
    """A finding for each field that a document does not have, and one for those beyond the first few."""
    unknown = [key for key in document if key not in _PARTS]
    hint = text("A document has the fields {parts}.", parts=", ".join(_PARTS))
    for key in unknown[:_UNKNOWN_NAMED]:
        yield _finding((key,), text("this field is not known."), hint)
    if (more := len(unknown) - _UNKNOWN_NAMED) > 0:
        yield _finding((), text("not known either: {fields}.", fields=counted(more, "more field")), hint)


def _computed_numbers(problem: Problem) -> dict[tuple[str, int], int]:
    """What the document says was computed from its volumes, by skill and interval."""
    overrides = {one.skill: one.override for one in problem.volumes}
    return {
        (one.skill, at): number
        for one in problem.demand
        for at, number in enumerate(one.required)
        if at < len(one.from_volumes) and one.from_volumes[at]
        if not (overrides.get(one.skill) and overrides[one.skill][at : at + 1] != (None,))
    }


def _midnights(problem: Any) -> list[Finding]:
    """A note for the first window whose end at 23:59 is read as midnight, with how many there are."""
    agents = problem.get("agents") if isinstance(problem, Mapping) else None
    found: list[FactPath] = [
        ("agents", index, key, at, "end")
        for index, agent in enumerate(agents if isinstance(agents, list) else ())
        for key in ("available", "unavailable", "time_off")
        if isinstance(agent, Mapping) and isinstance(agent.get(key), list)
        for at, window in enumerate(agent[key])
        if isinstance(window, Mapping) and str(window.get("end"))[10:16] in ("T23:59", " 23:59")
    ]
    if not found:
        return []
    return [
        Finding(
            place=Place(path=found[0]),
            message=text(
                "an end at 23:59 is read as midnight, {times} in this file.",
                times=counted(len(found), "time"),
            ),
            hint=text("Write T00:00 of the day after to say so."),
            severity=Severity.WARNING,
        )
    ]


def write_json(path: Path, problem: Problem, rules: RuleBook) -> None:
    """Write a document, whole or not at all.

    Raises
    ------
    BadInput
        If the folder or the file cannot be written.
    """
    write_text(Path(path), pretty(as_document(problem, rules)) + "\n")


def pretty(document: Mapping[str, Any]) -> str:
    """A document as indented text."""
    return json.dumps(document, indent=2, ensure_ascii=False)


def as_document(problem: Problem, rules: RuleBook) -> dict[str, Any]:
    """A problem and its rules as plain data for JSON; what came later is left out where there is none."""
    empty = {name for name in ("premiums", "holidays") if not getattr(problem, name)}
    return {
        "schema_version": SCHEMA_VERSION,
        "problem": problem.model_dump(mode="json", exclude=empty),
        "rules": [rule.model_dump(mode="json") for rule in rules.rules],
    }


def json_schema(catalogue: tuple[type[Rule], ...]) -> dict[str, Any]:
    """The JSON schema of a document (draft 2020-12)."""
    definitions: dict[str, Any] = {}
    references = []
    models: tuple[type[BaseModel], ...] = (Problem, *catalogue)
    for model in models:
        schema = TypeAdapter(model).json_schema(ref_template="#/$defs/{model}")
        definitions |= schema.pop("$defs", {})
        definitions[model.__name__] = schema
        if model is not Problem:
            schema["required"] = ["kind", *(key for key in schema.get("required", []) if key != "kind")]
            references.append({"$ref": f"#/$defs/{model.__name__}"})
    return {
        "$schema": SCHEMA_DIALECT,
        "title": "staffcurve input",
        "type": "object",
        "additionalProperties": False,
        "required": list(_PARTS),
        "properties": {
            "schema_version": {
                "const": SCHEMA_VERSION,
                "description": "Version of this form; it changes when a field changes its meaning.",
            },
            "problem": {
                "$ref": "#/$defs/Problem",
                "description": "The facts: who there is and what is needed.",
            },
            "rules": {
                "type": "array",
                "items": {"oneOf": references},
                "description": "The rules to keep, each with its own label.",
            },
        },
        "$defs": definitions,
    }


def _parsed(path: Source) -> Any:
    """What the text says, or a finding where it is not JSON."""
    try:
        return load_json(path)
    except NotRead as error:
        return error.about(path)


def _rules(document: Any, known: Mapping[str, type[Rule]]) -> tuple[RuleBook | None, list[Finding]]:
    if not isinstance(document, list):
        return None, [_finding(("rules",), text("this is not a list of rules."))]
    found: list[Rule] = []
    findings: list[Finding] = []
    names: set[str] = set()
    for index, fields in enumerate(document):
        if len(findings) > MOST_FINDINGS:
            break
        path: FactPath = ("rules", index)
        kind = fields.get("kind") if isinstance(fields, Mapping) else None
        if not isinstance(kind, str):
            findings.append(_finding((*path, "kind"), text("a rule is an object with a kind.")))
            continue
        if kind not in known:
            guess = did_you_mean(kind, known, 60)
            findings.append(
                _finding(
                    (*path, "kind"),
                    text('there is no rule "{kind}".', kind=kind),
                    text("{guess}Known: {known}.", guess=guess, known=", ".join(known)),
                )
            )
            continue
        try:
            rule = validated(partial(_rule_of, known[kind]), fields)
        except ValidationError as error:
            findings += [_finding((*path, *detail["loc"]), in_words(detail)) for detail in error.errors()]
            continue
        findings += taken_for_numbers(fields, rule, path)
        if rule.name in names:
            findings.append(
                _finding(
                    (*path, "label"),
                    text('the rule "{rule}" is given already.', rule=rule.name),
                    text("Remove one of them, or give each its own label where both are meant."),
                )
            )
        names.add(rule.name)
        found.append(rule)
    return (None if findings else RuleBook(rules=tuple(found))), findings


def _rule_of(kind: type[Rule], fields: Any) -> Rule:
    return kind.model_validate_json(json.dumps(fields))


def _finding(path: FactPath, message: str, hint: str = "") -> Finding:
    return Finding(place=Place(path=path), message=message, hint=hint)


def _told(findings: list[Finding]) -> Reading:
    return Reading(None, None, tuple(findings))
