"""The Changes sheet of a repaired roster, and the marks on the cells that changed.

How a repair went cannot be recounted from the roster alone, so the sheet says that it is not verified.
"""

from scheduler.domain.changes.comparison import Change
from scheduler.domain.changes.repair import Repaired
from scheduler.domain.values.money import in_currency
from scheduler.io.files.styles import (
    BODY,
    COUNT,
    DATE,
    HEADING,
    HEADING_LEFT,
    MONEY,
    MUTED,
    SUBTITLE,
    Pen,
)
from scheduler.io.result.contents import names
from scheduler.io.result.contents.declared import TOLD_MARK
from scheduler.io.result.sheets.page import ResultBook, freeze, widths
from scheduler.io.result.sheets.roster import duties
from scheduler.io.result.sheets.roster.marks import BREAKS_MOVED, CHANGED, Marks
from scheduler.texts import text

HEADINGS = ("Agent", "Date", "What", "Before", "After", "Why")
"""Above the list of changes."""

_WRAP = BODY.but(wrap=True, down="top")
_DATE = _WRAP.but(number_format=DATE, across="left")
_MONEY = BODY.but(number_format=MONEY)
_COUNT = BODY.but(number_format=COUNT, across="center")
_QUIET = _WRAP.but(ink=MUTED)


def add_changes(result: ResultBook, repaired: Repaired) -> None:
    """Add the sheet, and mark what changed on Roster and Duties."""
    pen = result.sheet(names.CHANGES, text("What was changed, and why"), TOLD_MARK)
    row = 4
    for line in (*repaired.summary, *(text("The past breaks {rule}", rule=said) for said in repaired.past)):
        pen.put(row, 1, line, SUBTITLE)
        row += 1
    row = _curve(pen, row + 1, repaired)
    row = _list(pen, row + 1, repaired)
    widths(pen.sheet, 24, 17, 16, 36, 36, 70)
    freeze(pen.sheet, row=4, column=1)
    result.print_set_up(pen.sheet, area=f"A1:F{row}")
    _mark(result, repaired)


def _curve(pen: Pen, row: int, repaired: Repaired) -> int:
    """What numbers of changes buy; returns the next free row."""
    currency = repaired.comparison.currency
    headings = (
        text("Changes at most"),
        text("Changes"),
        text("Break plans moved"),
        text("Cost ({currency})", currency=currency),
        text("With moved breaks"),
        text("Of that at least"),
    )
    pen.row(row, 1, [(heading, HEADING) for heading in headings])
    for point in repaired.curve:
        row += 1
        said = ""
        if point.is_impossible:
            said = text("impossible: some rule would be broken")
        elif point.cost is None:
            said = text("no legal roster was found in the time given")
        pen.row(
            row,
            1,
            [
                (point.most, _COUNT),
                (point.changes, _COUNT),
                (None if point.changes is None else point.break_moves, _COUNT),
                (said, _QUIET) if said or point.cost is None else (in_currency(point.cost), _MONEY),
                (None if point.priced is None or said else in_currency(point.priced), _MONEY),
                (None if point.bound is None or said else in_currency(point.bound), _MONEY),
            ],
        )
    return row + 1


def _list(pen: Pen, row: int, repaired: Repaired) -> int:
    """Every change; returns the last row."""
    pen.row(row, 1, [(heading, HEADING_LEFT) for heading in HEADINGS])
    kinds = (
        (text("changed"), repaired.changes),
        (text("cancelled"), repaired.fallen),
        (text("breaks moved"), repaired.break_moves),
    )
    for kind, changes in kinds:
        for change in changes:
            row += 1
            pen.row(
                row,
                1,
                [
                    (change.agent, _WRAP.but(bold=True)),
                    (change.on, _DATE),
                    (kind, _QUIET),
                    (change.was, _WRAP),
                    (change.becomes, _WRAP),
                    (change.reason, _WRAP),
                ],
            )
    return row


def _mark(result: ResultBook, repaired: Repaired) -> None:
    """A line around every cell that changed, a thinner one where breaks alone did."""
    marks = Marks(result)
    for change in repaired.comparison.changes:
        line = BREAKS_MOVED if change.is_break_move else CHANGED
        marks.on_roster(change.agent, change.day, line)
        marks.on_duties(change.agent, change.day, _columns(change), line)


def _columns(change: Change) -> range:
    """The cells of a duty that show what changed: its shift with its times, or its breaks."""
    before = len(duties.FIXED) + len(duties.FIGURES)
    if change.is_break_move:
        breaks = max((len(duty.breaks) for duty in change.after), default=0)
        return range(before + 1, before + 1 + len(duties.BREAK_PARTS) * breaks)
    return range(duties.FIXED.index("Shift") + 1, len(duties.FIXED) + 1)
