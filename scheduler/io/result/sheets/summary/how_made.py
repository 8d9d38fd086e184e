"""The end of the Summary: what the search told of itself, and what ``verify`` looks at."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from scheduler.io.files.styles import BODY, MUTED, SECTION, Look, Pen
from scheduler.io.result.contents import names
from scheduler.io.result.contents.declared import TOLD_LINES, TOLD_MARK
from scheduler.io.result.sheets.page import ResultBook
from scheduler.texts import marked, text

WHAT_IS_VERIFIED = marked(
    "The command verify counts all cells, charts and remarks of this workbook again, from Duties, the "
    "input and the Certificate. It looks neither at colours nor at what was told by the search."
)
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_DIGITS = re.compile(r"\d+")
_LABEL = BODY.but(ink=MUTED, size=9)
_TEXT = BODY.but(size=9, across="left")


def add_how_made(result: ResultBook, pen: Pen, row: int, *, left: int, last: int) -> int:
    """Write the block between two columns, and return its last row."""
    outcome = result.outcome
    pen.span(row, left, last, f"How it was made {TOLD_MARK}", SECTION)
    told = {
        "Stopped by": outcome.stopped_by,
        "Seconds": f"{outcome.seconds:,.1f} in all, first legal roster after "
        f"{outcome.seconds_to_first_roster:,.1f}",
        "Seed and workers": f"seed {outcome.seed}, {outcome.workers} "
        f"{'workers' if outcome.workers > 1 else 'worker'}",
        "Versions": ", ".join(f"{name} {version}" for name, version in outcome.versions.items()),
    }
    for label, words in told.items():
        row += 1
        result.told[names.SUMMARY, row, left + 2] = TOLD_LINES[label]
        _line(pen, row, left, last, label, words)
    row += 2
    pen.span(row, left, last, text("What it was made from"), SECTION)
    _line(pen, row + 1, left, last, "Input (SHA-256)", outcome.input_hash)
    look = Look(ink=MUTED, size=9, across="left", wrap=True)
    pen.span(row + 2, left, last, text(WHAT_IS_VERIFIED), look)
    pen.sheet.row_dimensions[row + 2].height = 26
    return row + 2


def read_how_made(rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """The fields of an outcome that the block tells, as far as it has its form."""
    told: dict[str, str] = {}
    for row in rows:
        labels = [at for at, value in enumerate(row) if isinstance(value, str) and value in TOLD_LINES]
        for at in labels:
            words = next((value for value in row[at + 1 :] if isinstance(value, str) and value), "")
            if TOLD_LINES[row[at]].fullmatch(words):
                told[row[at]] = words
    fields: dict[str, Any] = {}
    if "Stopped by" in told:
        fields["stopped_by"] = told["Stopped by"]
    if "Seconds" in told:
        seconds, first = (float(number.replace(",", "")) for number in _NUMBER.findall(told["Seconds"]))
        fields |= {"seconds": seconds, "seconds_to_first_roster": first}
    if "Seed and workers" in told:
        seed, workers = map(int, _DIGITS.findall(told["Seed and workers"]))
        fields |= {"seed": seed, "workers": workers}
    if "Versions" in told:
        fields["versions"] = dict(one.split(" ", 1) for one in told["Versions"].split(", ") if " " in one)
    return fields


def _line(pen: Pen, row: int, left: int, last: int, label: str, text: str) -> None:
    pen.span(row, left, left + 1, label, _LABEL)
    pen.span(row, left + 2, last, text, _TEXT)
