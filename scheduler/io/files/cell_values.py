"""Values of cells: what a cell holds, from its type, what is written in it, and its style."""

import re
from datetime import datetime, time
from math import isfinite
from typing import Any

from openpyxl.utils.datetime import from_excel, from_ISO8601

from scheduler.domain.values.grid import SECONDS_PER_DAY
from scheduler.io.files.archive import SAVE_AGAIN
from scheduler.io.files.cell_styles import CellStyles, NumberKind, ZeroPadded
from scheduler.io.files.limits import CELL_SIGNS, NUMBER_SIGNS
from scheduler.io.files.xml_pass import whole_number
from scheduler.texts import text

Fault = tuple[str, str]
"""What is wrong with a cell, and what to do."""

_TRUTH = {"1": True, "0": False}
_ERROR = re.compile("#[A-Z0-9_/]{1,20}[!?]?|Err:[0-9]{3}")
_DAY, _CLOCK = r"\d{4}-\d\d-\d\d", r"\d\d:\d\d:\d\d(?:\.\d{1,9})?"
_MOMENT = re.compile(rf"{_DAY}|{_CLOCK}|{_DAY}T(?:{_CLOCK}|\d\d:\d\d)Z?", re.ASCII)
_LENGTH = re.compile(
    r"P(?=.)(?:\d{1,6}D)?(?:T(?=.)(?:\d{1,6}H)?(?:\d{1,6}M)?(?:\d{1,6}(?:\.\d{1,9})?S)?)?", re.ASCII
)
"""Of the forms that ISO 8601 has, those that programs write."""
_MOST_KEPT = 10_000  # numbers, of one sheet
_FIRST_YEAR = 1901  # before it programs count days in different ways
_MILLISECOND = 1e-3
_UNSEEN_SECONDS = 1e-4
"""A time that is earlier than a minute by more than this is shown a minute early by some programs."""


class Padded(int):
    """A whole number whose cell shows it in more signs than its digits; as a text it is what is shown."""

    shown: str

    @classmethod
    def of(cls, number: int, by: ZeroPadded) -> "Padded":
        """The number under a format."""
        made = cls(number)
        made.shown = by.shown(number)
        return made

    def __str__(self) -> str:
        return self.shown


class Percent(float):
    """A number whose cell shows it as a percentage: 0.5 reads 50 %."""


class NoValue(Exception):
    """A cell whose value cannot be told.

    Parameters
    ----------
    fault
        Why, and what to do.
    """

    def __init__(self, *fault: str) -> None:
        super().__init__(*fault)
        self.fault: Fault = (fault[0], fault[1])


class CellValues:
    """Understands what is written in the cells of one sheet.

    Parameters
    ----------
    shared
        Shared strings, by index.
    styles
        What the style of a cell makes of a number.
    epoch
        From which dates are counted.
    """

    def __init__(self, shared: list[str], styles: CellStyles, epoch: datetime) -> None:
        self._shared, self._styles, self._epoch = shared, styles, epoch
        self._numbers: dict[tuple[str, int | None], Any] = {}

    def understood(self, kind: str, written: str, style: int | None) -> Any:
        """The value of a cell.

        Parameters
        ----------
        kind
            The type of the cell, as the file has it.
        style
            The number of its style; ``None`` if it is none.

        Raises
        ------
        NoValue
            If it cannot be parsed.
        """
        if kind == "n":
            return self._number_before(written, style)
        if kind == "s":
            return self._shared_text(written)
        if kind in ("str", "inlineStr"):
            return _short(written)
        if kind == "e":
            if _ERROR.fullmatch(written):
                return written
            raise NoValue(
                text('"{written}" is kept as an error, but is none.', written=written[:40]), text(SAVE_AGAIN)
            )
        if kind == "b":
            value = _TRUTH.get(written.strip())
            if value is None:
                raise NoValue(
                    text('"{written}" is kept as a truth value, but is none.', written=written[:20]),
                    text(SAVE_AGAIN),
                )
            return value
        if kind == "d":
            return _moment(written)
        raise NoValue(
            text('the cell is of a kind "{kind}" that is not known.', kind=kind[:20]), text(SAVE_AGAIN)
        )

    def _number_before(self, written: str, style: int | None) -> Any:
        """A number, kept for the next one that is written and looks alike: dates and times are few."""
        said = written, style
        value = self._numbers.get(said)
        if value is None:
            value = self._seen(_number(written), written, style)
            if len(self._numbers) < _MOST_KEPT:
                self._numbers[said] = value
        return value

    def _seen(self, value: int | float, written: str, style: int | None) -> Any:
        """A number as the number format of its cell has it."""
        kind = self._styles.kind(style)
        if kind is NumberKind.NUMBER:
            return value
        if kind is NumberKind.PERCENT:
            return Percent(value)
        if isinstance(kind, ZeroPadded):
            return Padded.of(int(value), kind) if value == int(value) >= 0 else value
        try:
            seconds = value * SECONDS_PER_DAY
            if round(seconds) - _MILLISECOND < seconds < round(seconds) - _UNSEEN_SECONDS:
                value = (round(seconds) - _MILLISECOND) / SECONDS_PER_DAY
            return from_excel(value, self._epoch, timedelta=kind is NumberKind.LENGTH)
        except (OverflowError, ValueError):
            raise NoValue(
                text(
                    "the number {written} has the look of a {look}, but is beyond all {look}s.",
                    written=written,
                    look=text(kind.value),
                ),
                text("Type it again."),
            ) from None

    def _shared_text(self, written: str) -> str:
        number = whole_number(written)
        if number is not None and number < len(self._shared):
            return _short(self._shared[number])
        raise NoValue(text("the text of this cell is missing from the workbook."), text(SAVE_AGAIN))


def _number(written: str) -> int | float:
    if len(written) > NUMBER_SIGNS:
        raise NoValue(
            text(
                "this number has {written:,} signs, and the limit is {number_signs}.",
                written=len(written),
                number_signs=NUMBER_SIGNS,
            ),
            text("Round it; 15 digits count."),
        )
    try:
        if not written.isascii() or "_" in written:
            raise ValueError
        number = float(written)
        if not isfinite(number):
            raise ValueError
        return number if "." in written or "e" in written or "E" in written else int(written)
    except ValueError:
        raise NoValue(
            text(
                '"{written}" is kept as a number, but is none that can be calculated with.', written=written
            ),
            text(SAVE_AGAIN),
        ) from None


def _short(written: str) -> str:
    if len(written) <= CELL_SIGNS:
        return written
    raise NoValue(
        text(
            "this text has {written:,} signs, and the limit is {cell_signs:,}.",
            written=len(written),
            cell_signs=CELL_SIGNS,
        ),
        text("Shorten it."),
    )


def _moment(written: str) -> Any:
    """A date or time as text, which the strict form of the standard keeps."""
    try:
        if _LENGTH.fullmatch(written):
            length: object = from_ISO8601(written)  # type: ignore[no-untyped-call]
            return length
        if _MOMENT.fullmatch(written):
            moment = (datetime if "-" in written else time).fromisoformat(written.removesuffix("Z"))
            if isinstance(moment, time) or moment.year >= _FIRST_YEAR:
                return moment
    except (ValueError, OverflowError):
        pass
    raise NoValue(
        text('"{written}" is kept as a date, but is none.', written=written[:40]), text("Type it again.")
    )
