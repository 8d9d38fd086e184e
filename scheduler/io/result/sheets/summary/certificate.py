"""The hidden Certificate sheet: the prices from which anybody can recompute the bound.

It is written as plain cells, a slot a row (for headcounts a day a row, for crews a slot of their stretch),
and read back cell by cell, so that it survives being saved by Excel or LibreOffice. Large whole numbers
are written as text: a spreadsheet keeps 15 digits only.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import ValidationError

from scheduler.domain import Certificate, CrewPrices, Finding, Place
from scheduler.domain.results.digest import certificate_hash, roster_hash
from scheduler.io.files.pydantic_words import in_words
from scheduler.io.files.styles import BODY, HEADING_LEFT, SECTION
from scheduler.io.result.contents import names
from scheduler.io.result.contents.declared import FORM, OLDER_FORMS
from scheduler.io.result.sheets.page import ResultBook, widths
from scheduler.texts import text

_FORM = "form"
_SKILL, _HEADCOUNT, _CREW = "skill:", "headcount:", "crew:"
_OF_CREW = re.compile(r"crew:(\d+):(\d+):(-?\d+):(\d+):(.*)", re.DOTALL)
"""Heading of a crew's column: day, first slot, premium, how many people, and the skill."""
_GOAL = "goal:"
_CARRIED, _SLOT = "carried rule", "slot"
_SCALARS = ("slot_minutes", "bound", "unavoidable_wages")
_ROSTER_HASH = "roster_hash"
_PARTIAL = "partial"


def add_certificate(result: ResultBook) -> None:
    """Add the sheet, hidden."""
    certificate = result.outcome.certificate
    pen = result.sheet(
        names.CERTIFICATE,
        text("Certificate of the bound"),
        text("Prices in sixtieths of a cent, from which the verifier recomputes the bound. Not for editing."),
    )
    sheet = pen.sheet
    row = 4
    facts = [
        (_FORM, FORM),
        ("input_hash", result.outcome.input_hash),
        (_ROSTER_HASH, roster_hash(result.outcome.roster)),
        ("certificate_hash", certificate_hash(certificate)),
    ]
    facts += [(name, str(getattr(certificate, name))) for name in _SCALARS]
    facts.append(("proof_checked", certificate.proof_checked))
    facts += [(f"{_GOAL}{name}", str(worth)) for name, worth in certificate.goals.items()]
    facts += [(_CARRIED, label) for label in certificate.carried_rules]
    for name, value in facts:
        pen.put(row, 1, name, BODY)
        pen.put(row, 2, value, BODY)
        row += 1
    row += 1
    series = [(f"{_SKILL}{skill}", prices) for skill, prices in certificate.prices.items()]
    series += [(f"{_HEADCOUNT}{name}", prices) for name, prices in certificate.headcount_prices.items()]
    for crew in certificate.crews:
        said = f"{_CREW}{crew.day}:{crew.first_slot}:{crew.premium}"
        series += [(f"{said}:{n}:{crew.skill}", prices) for n, prices in enumerate(crew.prices, start=1)]
    pen.put(row, 1, _SLOT, SECTION)
    for column, (heading, prices) in enumerate(series, start=2):
        pen.put(row, column, heading, HEADING_LEFT)
        for slot, price in enumerate(prices, start=1):
            sheet.cell(row + slot, column, price)
    for slot in range(max((len(prices) for _, prices in series), default=0)):
        sheet.cell(row + 1 + slot, 1, slot)
    widths(sheet, 20, *([20] * len(series)))
    sheet.sheet_state = "hidden"


def stated_roster_hash(rows: Iterable[Sequence[Any]]) -> str | None:
    """The digest of the roster that was written, if the sheet states it."""
    return next((str(row[1]) for row in rows if len(row) > 1 and row[0] == _ROSTER_HASH and row[1]), None)


def is_of_older_form(rows: Iterable[Sequence[Any]]) -> bool:
    """Whether the sheet says that an older version wrote it."""
    return any(len(row) > 1 and row[0] == _FORM and str(row[1]) in OLDER_FORMS for row in rows)


class _Damaged(Exception):
    """The sheet lacks something that a certificate needs."""

    def __init__(self, row: int, message: str) -> None:
        self.row, self.message = row, message
        super().__init__(message)


def read_certificate(
    rows: Iterable[Sequence[Any]],
) -> tuple[Certificate | None, str | None, list[Finding]]:
    """Read the certificate and the hash of the input it belongs to from the sheet's rows."""
    try:
        certificate, input_hash = _parsed(list(rows))
    except _Damaged as damage:
        place = Place(sheet=names.CERTIFICATE, cell=f"A{damage.row}")
        hint = text("It was changed by hand; the bound cannot be checked without it.")
        return None, None, [Finding(place=place, message=damage.message, hint=hint)]
    return certificate, input_hash, []


def _parsed(rows: list[Sequence[Any]]) -> tuple[Certificate, str | None]:
    facts: dict[str, str] = {}
    carried: list[str] = []
    goals: dict[str, int] = {}
    heading = None
    for number, row in enumerate(rows, start=1):
        name = str(row[0]).strip() if row and row[0] is not None else ""
        value = row[1] if len(row) > 1 else None
        if name == _SLOT:
            heading = number
            break
        if name == _CARRIED:
            carried.append(str(value))
        elif name.startswith(_GOAL):
            goals[name.removeprefix(_GOAL)] = _whole(value, number, name)
        elif value is not None:
            facts[name] = str(value)
    if heading is None:
        raise _Damaged(1, text("the row of headings that begins the prices is missing."))
    if facts.get(_FORM) not in (FORM, *OLDER_FORMS):
        raise _Damaged(
            1,
            text(
                "the certificate has form {found!r}; this version reads form {form!r}.",
                found=facts.get(_FORM),
                form=FORM,
            ),
        )
    prices: dict[str, tuple[int, ...]] = {}
    headcount_prices: dict[str, tuple[int, ...]] = {}
    crews: dict[tuple[int, int, int, str], list[tuple[int, ...]]] = {}
    for column, title in enumerate(rows[heading - 1]):
        words = str(title or "")
        for mark, into in ((_SKILL, prices), (_HEADCOUNT, headcount_prices)):
            if words.startswith(mark):
                into[words.removeprefix(mark)] = _column(rows, heading, column)
        if words.startswith(_CREW):
            crew, number = _crew(words, heading)
            if number != len(crews.setdefault(crew, [])) + 1:
                raise _Damaged(
                    heading, text('the columns of the crew in "{words}" are not in order.', words=words)
                )
            crews[crew].append(_column(rows, heading, column))
    slot_minutes, bound, unavoidable_wages = (_whole(facts.get(name), 1, name) for name in _SCALARS)
    try:
        certificate = Certificate(
            slot_minutes=slot_minutes,
            prices=prices,
            headcount_prices=headcount_prices,
            crews=tuple(
                CrewPrices(skill=skill, day=day, first_slot=first, premium=premium, prices=tuple(prices))
                for (day, first, premium, skill), prices in crews.items()
            ),
            goals=goals,
            carried_rules=tuple(carried),
            bound=bound,
            unavoidable_wages=unavoidable_wages,
            proof_checked="partial" if facts.get("proof_checked") == _PARTIAL else "full",
        )
    except ValidationError as error:
        raise _Damaged(heading, in_words(error.errors()[0])) from None
    return certificate, facts.get("input_hash")


def _crew(heading: str, row: int) -> tuple[tuple[int, int, int, str], int]:
    """The crew and the number of people in a column's heading."""
    said = _OF_CREW.fullmatch(heading)
    if said is None:
        raise _Damaged(
            row, text('the heading "{heading}" does not say which crew it is of.', heading=heading)
        )
    day, first, premium, number = (int(part) for part in said.groups()[:4])
    return (day, first, premium, said[5]), number


def _column(rows: list[Sequence[Any]], heading: int, column: int) -> tuple[int, ...]:
    values: list[int] = []
    blank_since = None
    for number, row in enumerate(rows[heading:], start=heading + 1):
        value = row[column] if len(row) > column else None
        if value is None or value == "":
            blank_since = blank_since or number
            continue
        if blank_since:
            raise _Damaged(
                blank_since, text("a price is missing in row {blank_since}.", blank_since=blank_since)
            )
        values.append(_whole(value, number, text("a price")))
    return tuple(values)


def _whole(value: object, row: int, what: str) -> int:
    try:
        number = int(value) if isinstance(value, str) else value
    except ValueError:
        number = None
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    if isinstance(number, bool) or not isinstance(number, int):
        raise _Damaged(row, text("{what} is {value!r}, which is not a whole number.", what=what, value=value))
    return number
