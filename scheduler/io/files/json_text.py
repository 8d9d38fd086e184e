"""From the text of a JSON file to plain data, within the limits, or what is wrong with it and where.

Python's own parser accepts NaN, numbers of any length and the last of two equal keys, and fails on deep
nesting without naming the place. So pydantic's strict parser, which is fast, checks the text first.
"""

import json
import re
from collections import Counter
from math import isfinite
from typing import Any

from pydantic_core import from_json

from scheduler.io.files.limits import JSON_BYTES, JSON_DEPTH, JSON_VALUES, NUMBER_SIGNS, NotRead, beyond
from scheduler.io.files.streams import Source, unopened
from scheduler.texts import text

_PLACED = re.compile(r"(?P<what>.*) at line (?P<line>\d+) column (?P<column>\d+)", re.DOTALL)
_ENDLESS = ("NaN", "Infinity", "-Infinity")


def load_json(path: Source) -> Any:
    """What a JSON file says.

    Raises
    ------
    NotRead
        If it cannot be read, is no JSON, or is beyond the limits.
    """
    try:
        with path.open("rb") as file:
            content = file.read(JSON_BYTES + 1)
    except OSError as error:
        raise unopened(error) from None
    if len(content) > JSON_BYTES:
        raise beyond(text("bytes in this file"), JSON_BYTES, text("Plan in parts."))
    return parse_json(content)


def parse_json(content: bytes | str) -> Any:
    """What the text of a JSON document says.

    Raises
    ------
    NotRead
        If it is no JSON, or is beyond the limits.
    """
    try:
        if isinstance(content, str):
            content.encode()  # refuses halves of a pair; what was decoded has none, and may be long
        written = content if isinstance(content, str) else content.decode("utf-8-sig")
    except UnicodeError:
        raise NotRead(text("this is not JSON: it is no text in UTF-8.")) from None
    if written.count(",") > JSON_VALUES:
        raise beyond(text("values in this document"), JSON_VALUES, text("Plan in parts."))
    try:
        from_json(written, allow_inf_nan=False)
    except ValueError as error:
        raise _no_json(written, str(error)) from None
    try:
        return json.loads(written, object_pairs_hook=_object, parse_int=_whole, parse_float=_number)
    except _Unfit as error:
        place = "" if error.sign is None else f" {_line_of(written, written.find(error.sign))}"
        raise NotRead(f"{error.message}{place}.", error.hint) from None


class _Unfit(Exception):
    """Valid JSON that cannot be stored as it is written."""

    def __init__(self, message: str, hint: str, sign: str | None = None) -> None:
        self.message, self.hint, self.sign = message, hint, sign
        super().__init__(message)


def _object(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(fields)
    if len(found) < len(fields):
        twice = next(name for name, times in Counter(name for name, _ in fields).items() if times > 1)
        called = next((found[name] for name in ("name", "label", "kind") if name in found), None)
        of = f' of "{called}"' if isinstance(called, str) else ""
        raise _Unfit(
            text('the field "{twice}"{of} is written twice in one object', twice=twice, of=of),
            text("Remove one of them."),
        )
    return found


def _whole(written: str) -> int:
    return int(_short(written))


def _number(written: str) -> float:
    number = float(_short(written))
    if not isfinite(number):
        message = text(
            "{written} is larger than any number that can be calculated with, it stands", written=written
        )
        raise _Unfit(message, text("Write a smaller one."), written)
    return number


def _short(written: str) -> str:
    if len(written) > NUMBER_SIGNS:
        message = text(
            "a number has {written:,} digits and signs, the limit is {number_signs}; it stands",
            written=len(written),
            number_signs=NUMBER_SIGNS,
        )
        raise _Unfit(message, text("Round it; 15 digits count."), written)
    return written


def _no_json(written: str, error: str) -> NotRead:
    found = _PLACED.fullmatch(error)
    if not found:
        return NotRead(text("this is not JSON: {error}.", error=error))
    what, line, column = found["what"], int(found["line"]), int(found["column"])
    place = text("in line {line}, column {column}", line=line, column=column)
    if what == "recursion limit exceeded":
        return NotRead(
            text(
                "more than {json_depth} lists and objects are nested {place}.",
                json_depth=JSON_DEPTH,
                place=place,
            ),
            text("An input is nine deep."),
        )
    if what == "number out of range":
        message = text(
            "a number has far more than {number_signs} digits, which is the limit; it ends {place}.",
            number_signs=NUMBER_SIGNS,
            place=place,
        )
        return NotRead(message, text("Round it; 15 digits count."))
    near = written.split("\n", line)[line - 1][max(0, column - 3) : column + 10] if line else ""
    if any(word in near for word in _ENDLESS):
        return NotRead(
            text("NaN and Infinity are no numbers in JSON, but one stands {place}.", place=place),
            text("Write a number."),
        )
    if what.startswith("EOF"):
        return NotRead(text("this is not JSON: the text breaks off {place}.", place=place))
    return NotRead(text("this is not JSON: {what} {place}.", what=what, place=place))


def _line_of(written: str, at: int) -> str:
    line = written.count("\n", 0, max(0, at)) + 1
    return text(
        "in line {line}, column {column}", line=line, column=at - written.rfind(chr(10), 0, max(0, at))
    )
