"""What a sheet says beside its cells: what is hidden, what lies over values, and what comes up beside them.

None of it changes a value. All of it changes what a person reads, so it is named where a roster is verified:
whatever is not known here to change nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from openpyxl.utils.cell import coordinate_to_tuple

from scheduler.io.files.archive import SAVE_AGAIN
from scheduler.io.files.limits import COLUMNS, beyond
from scheduler.io.files.xml_pass import SHEET, Attributes, Text, is_true, relation_id, whole_number
from scheduler.texts import marked, text

_LEAST_HEIGHT = 8.0
"""Text in a row of fewer points cannot be read; a line has twelve."""
_LEAST_WIDTH = 1.2
"""A column of fewer signs cannot be read; those of the Timeline have 1.7."""
_MOST_FROZEN = 40
"""Rows or columns that stay in sight; more fill the window, and no others can be reached."""
_MOST_FROZEN_POINTS = 600.0
"""Heights of such rows together: forty lines of the usual fifteen points."""
_USUAL_HEIGHT = 15.0
_SIZE = re.compile(r"[0-9]{1,9}(?:\.[0-9]{0,30})?(?:[eE]-?[0-9]{1,2})?|\.[0-9]{1,30}")
_MOST_FROZEN_SIGNS = 160.0
"""Widths of columns that stay in sight, together; a window of 1,366 pixels has some 190."""
_MOST_STYLED = COLUMNS
"""Columns with a style; more lie over one another."""
_MOST_RULES = _MOST_RANGES = 100_000
"""Rules and ranges of conditional formats, and ranges with messages, on one sheet."""

_ROWS, _COLUMNS = marked("rows"), marked("columns")
_ZEROS, _FORMATS = marked("zeros"), marked("number formats")
BEHIND_PANES = marked("rows or columns that frozen panes keep out of reach")
CONDITIONS = marked("conditional formats")
MESSAGES = marked("messages of cells")
FROM_THE_RIGHT = marked("an order from right to left")
"""It turns 9:00–17:00 round."""
_TIPS = marked("tips of links")
_SOUNDS = marked("sounds over texts")
_IN_PLACE = marked("pictures or data types in place of values")
_WORDS = {
    "picture": marked("a picture behind the cells"),
    "legacyDrawingHF": marked("pictures in the page's head or foot"),
    "oleObjects": marked("embedded objects"),
    "controls": marked("form controls"),
    "customSheetViews": marked("views of their own, which may hide rows"),
    "sparklineGroups": marked("small charts in cells"),
}
_KNOWN = frozenset(
    (
        *("worksheet", "sheetPr", "tabColor", "outlinePr", "pageSetUpPr", "dimension", "sheetCalcPr"),
        *("sheetViews", "selection", "cols", "sheetData", "is", "r", "phoneticPr", "mergeCells"),
        *("sheetProtection", "protectedRanges", "protectedRange", "ignoredErrors", "ignoredError"),
        *("autoFilter", "filterColumn", "filters", "filter", "customFilters", "customFilter", "top10"),
        *("dynamicFilter", "dateGroupItem", "colorFilter", "iconFilter", "sortState", "sortCondition"),
        *("dataValidations", "formula1", "formula2", "hyperlinks", "cellWatches", "cellWatch"),
        *("printOptions", "pageMargins", "pageSetup", "headerFooter", "oddHeader", "oddFooter"),
        *("evenHeader", "evenFooter", "firstHeader", "firstFooter", "rowBreaks", "colBreaks", "brk"),
        *("tableParts", "tablePart", "extLst", "ext"),
    )
)
"""Elements that show nothing by themselves; parts that they lead to are judged by the relationship."""
_LOOKS = frozenset(("rPr", "colorScale", "dataBar", "iconSet"))
"""Elements that hold looks of a text, or of a conditional format, which is judged by its rule."""
_OF_2010 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_KNOWN_OF_2010 = frozenset(("dataValidations", "formula1", "formula2"))
_FORMULAS = "http://schemas.microsoft.com/office/excel/2006/main"
"""Excel has lists of choices from another sheet in these namespaces."""


class Condition(NamedTuple):
    """A rule of a conditional format.

    Parameters
    ----------
    area
        The ranges that have it.
    says
        Its type, its operator, and its formulas.
    style
        The number of its conditional style.
    """

    area: str
    says: tuple[str, ...]
    style: int | None


class Message(NamedTuple):
    """Words that come up where one clicks or types in a range."""

    area: str
    kind: str
    words: str


@dataclass
class SheetMarkup:
    """Collects what a sheet has beside its cells, in the pass that reads them.

    Parameters
    ----------
    hidden_columns
        The first and the last of each stretch, from 1.
    low_rows
        Rows in which no text could be read; many a page has blank ones.
    runs
        Parts of texts that have looks of their own, so far.
    drawings
        The ids by which it refers to drawings with charts.
    hidden, beside
        Whatever else is not seen, and what is not known to show nothing, in words to be translated.
    """

    text: Text = field(default_factory=Text)
    hidden_rows: set[int] = field(default_factory=set)
    low_rows: set[int] = field(default_factory=set)
    runs: int = 0
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    hidden: dict[str, None] = field(default_factory=dict)
    beside: dict[str, None] = field(default_factory=dict)
    conditions: list[Condition] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    drawings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._area, self._rule, self._first_in_sight = "", Attributes(), (1, 1)
        self._height, self._frozen_rows, self._frozen_points = _USUAL_HEIGHT, 0.0, 0.0
        self._frozen_columns, self._frozen_signs = 0.0, 0.0
        self._row_style, self._column_styles, self._styled, self._ranges = 0, dict[int, int](), 0, 0
        self._outlined: set[int] = set()
        self._is_collapsed = False
        self._formulas: list[str] = []
        self.starts = {
            "sheetFormatPr": self._defaults,
            "col": self._column,
            "sheetView": self._view,
            "pane": self._pane,
            "conditionalFormatting": self._conditional,
            "cfRule": self._start_rule,
            "formula": self._start_formula,
            "dataValidation": self._validation,
            "hyperlink": self._link,
            "drawing": self._drawing,
            "legacyDrawing": lambda _: None,
        }
        self.ends = {"cfRule": self._end_rule, "formula": self._end_formula}

    @property
    def unseen(self) -> Iterator[str]:
        """What is not seen, in words to be translated."""
        if self.hidden_rows:
            yield _ROWS
        if self.hidden_columns:
            yield _COLUMNS
        yield from self.hidden

    def row(self, number: int, attributes: Attributes) -> None:
        """Note a row if it is hidden, or belongs to an outline that some programs fold when they open it."""
        if is_true(attributes, "hidden"):
            self.hidden_rows.add(number)
        if _is_less(attributes, "ht", _LEAST_HEIGHT):
            self.low_rows.add(number)
        if "outlineLevel" in attributes or "collapsed" in attributes:
            self._outline(number, attributes)
        if number <= self._frozen_rows:
            self._frozen_points += (_number(attributes, "ht") or self._height) - self._height
            self._judge_frozen()
        self._sounds(attributes, "ph")
        self._row_style = (whole_number(attributes.get("s", "")) or 0) if "customFormat" in attributes else 0

    def style_around(self, column: int) -> int:
        """The style of the row that is read, or of a column; 0 for none."""
        return self._row_style or self._column_styles.get(column, 0)

    def _drawing(self, attributes: Attributes) -> None:
        self.drawings.append(relation_id(attributes))

    def _outline(self, number: int, attributes: Attributes) -> None:
        self._is_collapsed |= is_true(attributes, "collapsed")
        if whole_number(attributes.get("outlineLevel", "")):
            self._outlined.add(number)
        if self._is_collapsed:
            self.hidden_rows |= self._outlined
            self._outlined.clear()

    def _judge_frozen(self) -> None:
        if self._frozen_points > _MOST_FROZEN_POINTS:
            self.hidden[BEHIND_PANES] = None

    def cell(self, attributes: Attributes) -> None:
        """Note that something else stands in a cell than its value, or beside it."""
        if "vm" in attributes:
            self.beside[_IN_PLACE] = None
        self._sounds(attributes, "ph")

    def other(self, space: str, name: str, attributes: Attributes) -> bool:
        """Note an element that is not read, unless it is known to show nothing."""
        if space in SHEET:
            if name in _LOOKS:
                self.runs += name == "rPr"
                return True
            is_known = name in _KNOWN
        elif space == _OF_2010 and name == "dataValidation":
            self._validation(attributes)
            return False
        else:
            is_known = space == _FORMULAS or (space == _OF_2010 and name in _KNOWN_OF_2010)
        if not is_known:
            self.beside[_WORDS.get(name, f'"{name[:40]}"')] = None
        return not is_known

    def _defaults(self, attributes: Attributes) -> None:
        if is_true(attributes, "zeroHeight") or _is_less(attributes, "defaultRowHeight", _LEAST_HEIGHT):
            self.hidden[_ROWS] = None
        self._height = _number(attributes, "defaultRowHeight") or self._height
        self._frozen_points = self._frozen_rows * self._height
        self._judge_frozen()
        if _is_less(attributes, "defaultColWidth", _LEAST_WIDTH):
            self.hidden[_COLUMNS] = None

    def _column(self, attributes: Attributes) -> None:
        first = whole_number(attributes.get("min", ""))
        last = whole_number(attributes.get("max", ""))
        first, last = first or last or 1, last or first or 1
        self._freeze(first, last, attributes)
        self._note_style(first, last, whole_number(attributes.get("style", "")) or 0)
        if is_true(attributes, "collapsed"):  # those that it folds may stand on either side
            self.hidden[_COLUMNS] = None
        if is_true(attributes, "hidden") or _is_less(attributes, "width", _LEAST_WIDTH):
            self.hidden_columns.append((first, last))
        self._sounds(attributes, "phonetic")

    def _freeze(self, first: int, last: int, attributes: Attributes) -> None:
        columns = min(float(last), self._frozen_columns) - first + 1
        if columns > 0:
            self._frozen_signs += columns * (_number(attributes, "width") or 0)
            if self._frozen_signs > _MOST_FROZEN_SIGNS:
                self.hidden[BEHIND_PANES] = None

    def _note_style(self, first: int, last: int, style: int) -> None:
        if not style:
            return
        last = min(last, COLUMNS)
        self._styled += max(0, last - first + 1)
        if self._styled > _MOST_STYLED:
            raise beyond(text("columns with a style"), _MOST_STYLED, text(SAVE_AGAIN))
        self._column_styles |= dict.fromkeys(range(first, last + 1), style)

    def _sounds(self, attributes: Attributes, name: str) -> None:
        if is_true(attributes, name):
            self.beside[_SOUNDS] = None

    def _view(self, attributes: Attributes) -> None:
        if "showZeros" in attributes and not is_true(attributes, "showZeros"):
            self.hidden[_ZEROS] = None
        if is_true(attributes, "showFormulas"):
            self.hidden[_FORMATS] = None
        if is_true(attributes, "rightToLeft"):
            self.beside[FROM_THE_RIGHT] = None
        try:
            self._first_in_sight = coordinate_to_tuple(attributes.get("topLeftCell", "A1").strip().upper())
        except ValueError:
            self._first_in_sight = 1, 1

    def _pane(self, attributes: Attributes) -> None:
        if "frozen" not in attributes.get("state", "").casefold():
            return
        for first, split in zip(self._first_in_sight, ("ySplit", "xSplit"), strict=True):
            frozen = _number(attributes, split) or 0
            if frozen > 0 and (first > 1 or frozen > _MOST_FROZEN):
                self.hidden[BEHIND_PANES] = None
        self._frozen_columns = _number(attributes, "xSplit") or 0.0
        self._frozen_rows = _number(attributes, "ySplit") or 0.0
        self._frozen_points = self._frozen_rows * self._height

    def _conditional(self, attributes: Attributes) -> None:
        self._area = self._counted(attributes.get("sqref", ""))

    def _counted(self, area: str) -> str:
        """Each range is looked at, and of a file of a few bytes there may be very many."""
        self._ranges += 1 + area.count(" ")
        if self._ranges > _MOST_RANGES or len(self.conditions) > _MOST_RULES:
            raise beyond(
                text("ranges of conditional formats and messages"), _MOST_RANGES, text("Remove them.")
            )
        return area

    def _start_rule(self, attributes: Attributes) -> None:
        self._rule, self._formulas = attributes, []
        self._counted("")

    def _end_rule(self) -> None:
        says = (self._rule.get("type", ""), self._rule.get("operator", ""), *self._formulas)
        style = whole_number(self._rule.get("dxfId", ""))
        self.conditions.append(Condition(self._area, says, style))

    def _start_formula(self, _: Attributes) -> None:
        self.text.begin()

    def _end_formula(self) -> None:
        self._formulas.append(self.text.end().strip())

    def _validation(self, attributes: Attributes) -> None:
        for name in ("prompt", "promptTitle", "error", "errorTitle"):
            if words := attributes.get(name, "").strip():
                self.messages.append(Message(self._counted(attributes.get("sqref", "")), MESSAGES, words))

    def _link(self, attributes: Attributes) -> None:
        if words := attributes.get("tooltip", "").strip():
            self.messages.append(Message(self._counted(attributes.get("ref", "")), _TIPS, words))


def _is_less(attributes: Attributes, name: str, least: float) -> bool:
    """Whether a size is less; so is one that is no number, of which some programs make nothing."""
    return name in attributes and not (_number(attributes, name) or 0) >= least


def _number(attributes: Attributes, name: str) -> float | None:
    written = attributes.get(name, "")
    return float(written) if _SIZE.fullmatch(written) else None
