"""What pydantic says about a value, in words for a planner; for rules in a workbook and for JSON."""

from typing import Any

from pydantic_core import ErrorDetails

_WORDS = {
    "missing": "a value is missing.",
    "extra_forbidden": "this is not known here.",
    "int_parsing": "{input} is not a whole number.",
    "int_parsing_size": "{input} is too large a number.",
    "finite_number": "{input} is not a number.",
    "int_type": "{input} is not a whole number.",
    "int_from_float": "{input} is not a whole number.",
    "float_parsing": "{input} is not a number.",
    "float_type": "{input} is not a number.",
    "bool_parsing": "{input} is neither yes nor no.",
    "bool_type": "{input} is neither yes nor no.",
    "string_type": "{input} is not text.",
    "string_too_short": "this is blank.",
    "tuple_type": "{input} is not a list.",
    "list_type": "{input} is not a list.",
    "literal_error": "{input} is not one of the choices {expected}.",
    "enum": "{input} is not one of the choices {expected}.",
    "greater_than": "{input} is too small: it must be more than {gt}.",
    "greater_than_equal": "{input} is too small: it must be at least {ge}.",
    "less_than": "{input} is too large: it must be less than {lt}.",
    "less_than_equal": "{input} is too large: it must be at most {le}.",
    "date_from_datetime_parsing": "{input} is not a date (2024-03-04).",
    "date_parsing": "{input} is not a date (2024-03-04).",
    "date_type": "{input} is not a date (2024-03-04).",
    "datetime_parsing": "{input} is not a date and time (2024-03-04T08:00).",
    "datetime_from_date_parsing": "{input} is not a date and time (2024-03-04T08:00).",
    "datetime_type": "{input} is not a date and time (2024-03-04T08:00).",
    "model_type": "{input} is not an object of fields.",
    "model_attributes_type": "{input} is not an object of fields.",
}


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
    shown = f'"{given}"' if isinstance(given, str) else _short(given)
    return words.format(input=shown, **{key: value for key, value in context.items() if key != "input"})


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
