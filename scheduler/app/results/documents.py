"""Inputs, rules, results and reports as JSON: as text and as plain data, without files.

For services, which hold what they read and write in memory, and for :mod:`scheduler.app.planning`, which
has the verbs that work with files.
"""

import logging
from collections.abc import Callable, Collection
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import Any

import constraints
from scheduler.app.arguments.checks import must_be_right
from scheduler.demand.requirement import with_requirement
from scheduler.domain import BadInput, Finding, Outcome, Problem, Report, UnsupportedRule
from scheduler.domain.checks.agents.hours import HeldHours
from scheduler.domain.checks.demand.computed import stale_requirement, uncomputed_requirement
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.checks.sound_part import sound_part
from scheduler.domain.findings.errors import refused
from scheduler.domain.findings.faults import FactPath
from scheduler.domain.values.words import shown
from scheduler.io.files.streams import Document, document_of
from scheduler.io.input import json_document
from scheduler.io.input.reading.result import Draft, Reading
from scheduler.io.result.documents import json_document as result_json
from scheduler.io.result.documents.comparison_json import comparison_schema
from scheduler.io.result.documents.proposals_json import proposals_schema
from scheduler.io.result.documents.repair_json import repair_schema
from scheduler.model import Rule, RuleBook
from scheduler.model.checks.fixed_duties import fixed_against_rules
from scheduler.model.checks.preflight import unplannable
from scheduler.model.checks.rule_book import rule_faults, unheeded_facts
from scheduler.model.checks.worthless_work import worthless_work
from scheduler.texts import text
from scheduler.verifier import count_coverage

LOG = logging.getLogger("staffcurve")


class Form(StrEnum):
    """The documents that have a schema."""

    INPUT = "input"
    RESULT = "result"
    REPORT = "report"
    COMPARISON = "comparison"
    PROPOSALS = "proposals"
    REPAIR = "repair"


def read_json(document: Document) -> tuple[Problem, RuleBook]:
    """Read an input that can be planned with from JSON.

    Parameters
    ----------
    document
        Its text, its bytes, plain data, an open file, or a ``Path``.

    Raises
    ------
    BadInput
        With every finding, each at the path of its value.
    """
    return accepted(cross_checked(json_document.read_json(document_of(document), constraints.CATALOGUE)))


def read_rules(rules: Document) -> RuleBook:
    """Read a rule book from JSON, with every rule of the catalogue.

    Parameters
    ----------
    rules
        A list of rules, or an object of which ``rules`` is one, as for :func:`read_json`.

    Raises
    ------
    BadInput
        With every finding, each at the path of its value.
    """
    book, findings = json_document.read_rules(document_of(rules, "rules"), constraints.CATALOGUE)
    if book is None:
        raise BadInput(findings)
    return book


def as_document(problem: Problem, rules: RuleBook, outcome: Outcome | None = None) -> dict[str, Any]:
    """An input, or with an outcome a result, as plain data that ``json.dumps`` takes.

    Raises
    ------
    BadInput
        If an argument is not what it must be.
    """
    must_be_right(problem=problem, rules=rules, outcome=outcome)
    if outcome is None:
        return json_document.as_document(problem, rules)
    return result_json.result_document(problem, rules, outcome)


def as_json(problem: Problem, rules: RuleBook, outcome: Outcome | None = None) -> str:
    """An input, or with an outcome a result, as the text of a JSON document.

    Raises
    ------
    BadInput
        If an argument is not what it must be.
    """
    return json_document.pretty(as_document(problem, rules, outcome))


def report_as_json(problem: Problem, report: Report) -> str:
    """A verification as JSON; :mod:`scheduler.io.result.documents.json_schema` describes its fields."""
    must_be_right(problem=problem, report=report)
    return json_document.pretty(result_json.verify_document(problem, report))


def schema(of: Form | str = Form.INPUT) -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of an input, or of what a command writes.

    Raises
    ------
    BadInput
        If there is no such document.
    """
    makers: dict[str, Callable[[], dict[str, Any]]] = {
        Form.INPUT: partial(json_document.json_schema, constraints.CATALOGUE),
        Form.RESULT: result_json.result_schema,
        Form.REPORT: result_json.verify_schema,
        Form.COMPARISON: comparison_schema,
        Form.PROPOSALS: proposals_schema,
        Form.REPAIR: repair_schema,
    }
    if of not in makers:
        message, hint = (
            text("there is no schema of {of}.", of=shown(of)),
            text("Known: {known}.", known=", ".join(makers)),
        )
        raise refused("of", message, hint)
    return makers[of]()


def schema_as_json(of: Form | str = Form.INPUT) -> str:
    """The same schema as text."""
    return json_document.pretty(schema(of))


def cross_checked(reading: Reading) -> Reading:
    """The reading with its requirement computed, and with the faults between facts and rules added."""
    draft = reading.draft or (Draft(reading.problem) if reading.problem else None)
    faults: tuple[Finding, ...] = ()
    if draft:
        computed = with_requirement(draft.problem)
        faults = (
            *faults_of(computed, reading.rules, draft.unsound),
            *stale_requirement(computed, reading.requirement),
        )
        reading = replace(reading, problem=reading.problem and computed)
    findings = reading.with_findings(faults)
    LOG.debug("read an input with %d findings", len(findings))
    return replace(reading, findings=findings)


def preflighted(reading: Reading) -> Reading:
    """A cross-checked reading with what stands against planning by it, as a search would find it too late.

    Rosters can be verified against such rules all the same.
    """
    if reading.problem is None or reading.rules is None or reading.has_errors:
        return reading
    findings = reading.with_findings(unplannable_rules(reading.problem, reading.rules))
    return replace(reading, findings=findings)


def accepted(reading: Reading) -> tuple[Problem, RuleBook]:
    """The problem and the rules of a reading without errors.

    Raises
    ------
    BadInput
        With every finding, each at its cell.
    """
    if reading.problem is None or reading.rules is None or reading.has_errors:
        raise BadInput(reading.told)
    return reading.problem, reading.rules


def faults_of(
    problem: Problem, rules: RuleBook | None, unsound: Collection[FactPath] = ()
) -> tuple[Finding, ...]:
    """Faults between the facts, and between facts and rules, as far as they could be read.

    Parameters
    ----------
    unsound
        Facts that hold placeholders.
    """
    if rules is None:
        return tuple(problem_faults(problem, unsound=unsound))
    faults = problem_faults(problem, _held_hours(problem, rules), unsound)
    part = sound_part(problem, {*unsound, *(one.place.path[:2] for one in faults if one.is_error)})
    return (
        *faults,
        *(part.placed(worthless_work(part.problem, rules)) if part.has_all_demand else ()),
        *part.placed(fixed_against_rules(part.problem, rules)),
        *(rule_faults(problem, rules) if ("grid",) not in unsound else ()),
        *unheeded_facts(problem, rules, constraints.CATALOGUE),
    )


def _held_hours(problem: Problem, rules: RuleBook) -> HeldHours:
    """Whom the rules hold to the hours of their contract: hours that are only preferred may be missed."""

    def held(kind: type[Rule]) -> frozenset[str]:
        return frozenset(
            agent.name
            for rule in rules.rules
            if rule.is_must and isinstance(rule, kind) and len(rule.scope.days(problem)) == problem.grid.days
            if not isinstance(rule, constraints.PaidHours) or rule.is_of_contract
            for agent in rule.scope.covered_agents(problem)
        )

    by_shifts = held(constraints.PaidHours) & held(constraints.Entitlement)
    by_days = held(constraints.Availability) & held(constraints.TimeOffKept) & held(constraints.Pins)
    return HeldHours(by_shifts, by_shifts & by_days, held(constraints.Entitlement), by_days)


def unplannable_rules(problem: Problem, rules: RuleBook) -> tuple[Finding, ...]:
    """Rules that are to be planned by and cannot be; to be asked where nothing else is wrong."""
    return tuple(unplannable(problem, rules, partial(count_coverage, problem, rules)))


def must_be_plannable(problem: Problem, rules: RuleBook) -> tuple[Finding, ...]:
    """Refuse what no search can plan with; returns the warnings.

    Raises
    ------
    BadInput
        With every fault; ``UnsupportedRule`` where there is none but a rule that the search cannot keep.
    """
    faults = faults_of(problem, rules)
    if any(fault.is_error for fault in faults):
        raise BadInput(faults)
    if uncomputed := tuple(uncomputed_requirement(problem)):
        raise BadInput((*faults, *uncomputed))
    if unplannable := unplannable_rules(problem, rules):
        raise UnsupportedRule((*faults, *unplannable))
    return faults
