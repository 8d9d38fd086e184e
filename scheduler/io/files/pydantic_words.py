"""What pydantic says about a value, in words for a planner; for rules in a workbook and for JSON."""

import re
from collections.abc import Callable
from itertools import islice
from operator import is_
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scheduler.domain.findings.finding import MOST_FINDINGS, did_you_mean
from scheduler.texts import marked, text

_WORDS = {
    "missing": marked("a value is missing."),
    "extra_forbidden": marked("this is not known here."),
    "int_parsing": marked("{value} is not a whole number."),
    "int_parsing_size": marked("{value} is too large a number."),
    "finite_number": marked("{value} is not a number."),
    "int_type": marked("{value} is not a whole number."),
    "int_from_float": marked("{value} is not a whole number."),
    "float_parsing": marked("{value} is not a number."),
    "float_type": marked("{value} is not a number."),
    "bool_parsing": marked("{value} is neither yes nor no."),
    "bool_type": marked("{value} is neither yes nor no."),
    "string_type": marked("{value} is not text."),
    "string_too_short": marked("this is blank."),
    "tuple_type": marked("{value} is not a list."),
    "list_type": marked("{value} is not a list."),
    "literal_error": marked("{value} is not one of the choices {expected}."),
    "enum": marked("{value} is not one of the choices {expected}."),
    "greater_than": marked("{value} is too small: it must be more than {gt}."),
    "greater_than_equal": marked("{value} is too small: it must be at least {ge}."),
    "less_than": marked("{value} is too large: it must be less than {lt}."),
    "less_than_equal": marked("{value} is too large: it must be at most {le}."),
    "date_from_datetime_parsing": marked("{value} is not a date (2024-03-04)."),
    "date_parsing": marked("{value} is not a date (2024-03-04)."),
    "date_type": marked("{value} is not a date (2024-03-04)."),
    "datetime_parsing": marked("{value} is not a date and time (2024-03-04T08:00)."),
    "datetime_from_date_parsing": marked("{value} is not a date and time (2024-03-04T08:00)."),
    "datetime_type": marked("{value} is not a date and time (2024-03-04T08:00)."),
    "model_type": marked("{value} is not an object of fields."),
    "model_attributes_type": marked("{value} is not an object of fields."),
}

MOST_SIGNS = 60
"""Of a value that a sentence shows."""
_CHOICE = re.compile("'([^']*)'")
_LEAST_LIKENESS = 60

Model = TypeVar("Model")


def validated(validate: Callable[[Any], Model], document: Any) -> Model:
    """What ``validate`` makes of plain data; where nearly all is wrong, by the beginnings of its lists.

    Every fault takes about a kilobyte and nobody reads more than the first ones, so that a list of a million
    wrong entries is looked at no further.

    Raises
    ------
    ValidationError
        With every fault, or with those of the beginnings where these are too many to be told.
    """
    beginnings = _beginnings(document)
    if beginnings is not document:
        try:
            validate(beginnings)
        except ValidationError as error:
            if error.error_count() >= MOST_FINDINGS:
                raise
    return validate(document)


def _beginnings(value: Any) -> Any:
    """Plain data with each list and each object cut; the very same where nothing is as long as that."""
    if isinstance(value, dict):
        cut = {key: _beginnings(one) for key, one in islice(value.items(), MOST_FINDINGS)}
        same = len(cut) == len(value) and all(cut[key] is one for key, one in value.items())
        return value if same else cut
    if isinstance(value, list):
        few = [_beginnings(one) for one in value[:MOST_FINDINGS]]
        same = len(few) == len(value) and all(map(is_, few, value))
        return value if same else few
    return value


def in_words(error: ErrorDetails) -> str:
    """One pydantic error as a sentence.

    >>> in_words({"type": "int_parsing", "loc": ("days",), "msg": "", "input": "five"})
    '"five" is not a whole number.'
    """
    context: dict[str, Any] = error.get("ctx", {})
    words = _WORDS.get(error["type"])
    if words is None:
        said = str(context["error"]) if "error" in context else error["msg"]
        return said if said.endswith((".", "?")) else f"{said}."
    given = error["input"]
    shown = f'"{_cut(given)}"' if isinstance(given, str) else _cut(repr(given))
    said = text(words, **{**context, "value": shown})
    choices = _CHOICE.findall(str(context.get("expected", "")))
    is_a_name = bool(choices) and isinstance(given, str) and len(given) <= MOST_SIGNS
    guess = did_you_mean(given, choices, _LEAST_LIKENESS) if is_a_name else ""
    return f"{said} {guess}".rstrip()


def _cut(written: str) -> str:
    return written if len(written) <= MOST_SIGNS else f"{written[: MOST_SIGNS - 3]}..."
