"""How large an input may be: anything larger is refused before it costs time or memory.

All limits of reading are here. They leave room: a workbook with input and roster of 5,000 different agents
over four weeks needs a fraction of each. Where Excel has a limit, it is Excel's.
"""

from typing import Final

from scheduler.domain.findings.finding import Finding, Place
from scheduler.texts import text

_MB: Final = 1_000_000

FILE_BYTES: Final = 200 * _MB
"""Of a workbook on the disk."""
DIRECTORY_BYTES: Final = 4 * _MB
"""Of the list of parts in a workbook's archive, each with about a hundred."""
UNPACKED_BYTES: Final = 400 * _MB
"""Of all parts of a workbook that are read."""
RATIO: Final = 200
"""Unpacked to packed size; sheets of repeated rows come to about 60."""
RATIO_FROM_BYTES: Final = 20 * _MB
"""Unpacked size from which ``RATIO`` applies."""

ROWS: Final = 1_048_576
COLUMNS: Final = 16_384
CELL_SIGNS: Final = 32_767
"""Rows, columns and signs of a cell's text are Excel's own limits."""
FILLED_CELLS: Final = 5_000_000
"""Of all sheets that are read; a cell that is merged downwards counts in each of its rows."""
SPANNED_CELLS: Final = 20_000_000
"""Filled cells and the empty ones to their left."""
MERGED_RANGES: Final = 100_000
SHEETS: Final = 1_000
STRINGS: Final = 2_000_000
"""Texts in the table that cells share."""
TEXT_SIGNS: Final = 100 * _MB
"""Of all texts of a workbook together."""
STYLES: Final = 100_000
"""Distinct cell styles; Excel allows 65,490."""
FORMAT_SIGNS = 255
"""Of the code of a number format; Excel takes no longer ones, and other programs then take none."""
NUMBER_SIGNS: Final = 100
"""Digits and signs of one number, in a cell or in JSON; computers calculate with 17 digits."""

TREE_BYTES: Final = 10 * _MB
"""Of a part that is read as a whole: charts, drawings and notes of a roster workbook that is verified."""
XML_DEPTH: Final = 64
XML_MARKUP: Final = 30_000_000
"""Elements and attributes of all parts that are read."""
XML_TAG_BYTES: Final = _MB
"""Of one tag, with its attributes, or one comment."""

CSV_BYTES: Final = 100 * _MB
"""Of one CSV file."""

JSON_BYTES: Final = 200 * _MB
JSON_DEPTH: Final = 200
"""The strict parser's own limit; an input is nine deep."""
JSON_VALUES: Final = 10_000_000
"""Counted by the commas."""


class NotRead(Exception):
    """A file is refused; ``finding`` says why."""

    def __init__(self, message: str, hint: str = "", place: Place | None = None) -> None:
        self.finding = Finding(place=place or Place(), message=message, hint=hint)
        super().__init__(str(self.finding))

    def about(self, file: object) -> Finding:
        """The finding; one without a place is placed at the file."""
        if self.finding.place != Place():
            return self.finding
        return self.finding.model_copy(update={"place": Place(path=(str(file),))})


def beyond(what: str, most: int, hint: str, place: Place | None = None) -> NotRead:
    """The refusal of what exceeds a limit; ``what`` is what is counted, as in ``merged ranges``."""
    return NotRead(
        text("there are more than {most:,} {what}, which is the limit.", most=most, what=what), hint, place
    )
