"""Inputs, rules, results and reports as JSON: as text and as plain data, without files.

For services, which hold what they read and write in memory, and for :mod:`scheduler.app.planning`, which
has the verbs that work with files.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Any

import constraints
from scheduler.app.arguments.checks import must_be_right
from scheduler.app.input_checks.readings import accepted, cross_checked
from scheduler.domain import BadInput, Outcome, Problem, Report
from scheduler.domain.findings.errors import refused
from scheduler.domain.values.words import shown
from scheduler.io.files.streams import Document, document_of
from scheduler.io.input import json_document
from scheduler.io.result.documents import json_document as result_json
from scheduler.io.result.documents.comparison_json import comparison_schema
from scheduler.io.result.documents.proposals_json import proposals_schema
from scheduler.io.result.documents.repair_json import repair_schema
from scheduler.model import RuleBook
from scheduler.texts import text


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
