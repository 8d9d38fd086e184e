"""From the text of a JSON file to plain data, within the limits, or what is wrong with it and where.

Python's own parser accepts NaN, numbers of any length and the last of two equal keys, and fails on deep
nesting without naming the place. So pydantic's strict parser, which is fast, checks the text first.
"""

import json
import re
from math import isfinite
from typing import Any

from pydantic_core import from_json

from scheduler.io.files.limits import JSON_BYTES, JSON_DEPTH, JSON_VALUES, NUMBER_SIGNS, NotRead, beyond
from scheduler.io.files.streams import Source, unopened

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
        raise beyond("bytes in this file", JSON_BYTES, "Plan in parts.")
    return parse_json(content)


def parse_json(content: bytes | str) -> Any:
    """What the text of a JSON document says.

    Raises
    ------
    NotRead
        If it is no JSON, or is beyond the limits.
    """
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
        text.encode()
    except UnicodeError:
        raise NotRead("this is not JSON: it is no text in UTF-8.") from None
    if text.count(",") > JSON_VALUES:
        raise beyond("values in this document", JSON_VALUES, "Plan in parts.")
    try:
        from_json(text, allow_inf_nan=False)
    except ValueError as error:
        raise _no_json(text, str(error)) from None
    try:
        return json.loads(text, object_pairs_hook=_object, parse_int=_whole, parse_float=_number)
    except _Unfit as error:
        place = "" if error.sign is None else f" {_line_of(text, text.find(error.sign))}"
        raise NotRead(f"{error.message}{place}.", error.hint) from None


class _Unfit(Exception):
    """Valid JSON that cannot be stored as it is written."""

    def __init__(self, message: str, hint: str, sign: str | None = None) -> None:
        self.message, self.hint, self.sign = message, hint, sign
        super().__init__(message)


def _object(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(fields)
    if len(found) < len(fields):
        names = [name for name, _ in fields]
        twice = next(name for name in names if names.count(name) > 1)
        called = next((found[name] for name in ("name", "label", "kind") if name in found), None)
        of = f' of "{called}"' if isinstance(called, str) else ""
        raise _Unfit(f'the field "{twice}"{of} is written twice in one object', "Remove one of them.")
    return found


def _whole(written: str) -> int:
    return int(_short(written))


def _number(written: str) -> float:
    number = float(_short(written))
    if not isfinite(number):
        message = f"{written} is larger than any number that can be calculated with, it stands"
        raise _Unfit(message, "Write a smaller one.", written)
    return number


def _short(written: str) -> str:
    if len(written) > NUMBER_SIGNS:
        message = f"a number has {len(written):,} digits and signs, the limit is {NUMBER_SIGNS}; it stands"
        raise _Unfit(message, "Round it; 15 digits count.", written)
    return written


def _no_json(text: str, error: str) -> NotRead:
    found = _PLACED.fullmatch(error)
    if not found:
        return NotRead(f"this is not JSON: {error}.")
    what, line, column = found["what"], int(found["line"]), int(found["column"])
    place = f"in line {line}, column {column}"
    if what == "recursion limit exceeded":
        return NotRead(
            f"more than {JSON_DEPTH} lists and objects are nested {place}.", "An input is nine deep."
        )
    if what == "number out of range":
        message = f"a number has far more than {NUMBER_SIGNS} digits, which is the limit; it ends {place}."
        return NotRead(message, "Round it; 15 digits count.")
    near = text.split("\n", line)[line - 1][max(0, column - 3) : column + 10] if line else ""
    if any(word in near for word in _ENDLESS):
        return NotRead(f"NaN and Infinity are no numbers in JSON, but one stands {place}.", "Write a number.")
    if what.startswith("EOF"):
        return NotRead(f"this is not JSON: the text breaks off {place}.")
    return NotRead(f"this is not JSON: {what} {place}.")


def _line_of(text: str, at: int) -> str:
    line = text.count("\n", 0, max(0, at)) + 1
    return f"in line {line}, column {at - text.rfind(chr(10), 0, max(0, at))}"
