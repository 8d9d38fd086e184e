"""How the input sheets look and help: headings with comments, lists to choose from, widths, frozen panes."""

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.values.words import WEEKDAYS
from scheduler.io.cells.columns import Column, Kind, Language, Sheet
from scheduler.io.cells.render import put
from scheduler.io.files.workbook_parts import OUR_AUTHOR
from scheduler.io.input.sheets import BEFORE_SETTINGS, DEMAND, RULE_LIST_TITLE, RULES, SETTINGS
from scheduler.texts import text

_INK = "1F3A5F"
_HEADING = PatternFill("solid", fgColor=_INK)
_NEEDED = PatternFill("solid", fgColor="2F6DB5")
_LINE = Border(bottom=Side(style="thin", color="D0D7DE"))
_heading_records: WeakKeyDictionary[Workbook, dict[tuple[bool, bool], Any]] = WeakKeyDictionary()
"""Of each workbook the styles of headings: of columns that are needed or not, and of values like formulas."""
_LAST_ROW = 5000
_UPRIGHT_CHARS = 120
"""Characters across an upright page of A4 at three quarters of their size."""
_INTERVALS = '"5,10,15,30,60"'


def sheet_headings(sheet: Worksheet, headings: Sequence[str]) -> None:
    """Write a row of headings and freeze it."""
    for position, heading in enumerate(headings, start=1):
        _format_heading(put(sheet, 1, position, heading), needed=False)
        sheet.column_dimensions[get_column_letter(position)].width = max(12, min(24, len(heading) + 4))
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    fit_to_page_width(sheet)


def fit_to_page_width(sheet: Worksheet) -> None:
    """Print all columns on one page's width, on as many pages as it takes."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0


def _turn_upright(sheet: Worksheet) -> None:
    """Print a narrow sheet upright, which takes half as many pages; a wider one could not be read so."""
    letters = map(get_column_letter, range(1, sheet.max_column + 1))
    if sum(sheet.column_dimensions[letter].width for letter in letters) <= _UPRIGHT_CHARS:
        sheet.page_setup.orientation = "portrait"


def format_sheet(kind: Sheet, sheet: Worksheet, titles: Mapping[str, str], language: Language) -> None:
    """Give a written sheet its comments, widths and lists; ``titles`` are those of all input sheets."""
    sheet.sheet_view.showGridLines = True
    sheet.sheet_properties.tabColor = _INK
    if kind is SETTINGS:
        fit_to_page_width(sheet)
        _format_settings(sheet)
        return
    headings = {sheet.cell(1, position).value: position for position in range(1, sheet.max_column + 1)}
    for column in kind.columns:
        position = headings.get(column.heading(language))
        if position is None:
            continue
        cell = sheet.cell(1, position)
        assert isinstance(cell, Cell)
        _format_heading(cell, needed=column.needed)
        cell.comment = _comment(column)
        letter = get_column_letter(position)
        sheet.column_dimensions[letter].width = column.width
        _add_list(sheet, column, f"{letter}2:{letter}{_LAST_ROW}", titles)
    _turn_upright(sheet)
    if sheet.max_row > 1:
        sheet.auto_filter.ref = sheet.dimensions
    if kind is DEMAND:
        sheet.freeze_panes = "C2"
        _say_how_columns_are_named(sheet)
    elif kind.columns[0].key in ("name", "agent", "kind"):
        sheet.freeze_panes = "B2"


def format_rule_columns(sheet: Worksheet, pairs: int) -> None:
    """Lists and widths of the Rules sheet's columns beyond those of the table."""
    first = len(BEFORE_SETTINGS) + 1
    for at in range(pairs):
        for offset, width in ((0, 18), (1, 14)):
            sheet.column_dimensions[get_column_letter(first + 2 * at + offset)].width = width
    sheet.cell(1, first).comment = Comment(
        text(
            "Name of a setting of the rule, with its value in the next cell. The sheet {rule_list_title} "
            "shows which settings each rule has.",
            rule_list_title=RULE_LIST_TITLE,
        ),
        OUR_AUTHOR,
        height=90,
        width=260,
    )
    words = sheet.cell(1, first + 2 * pairs)
    words.comment = Comment(
        text("What the rule says, for people; it is not read."), OUR_AUTHOR, height=50, width=220
    )
    sheet.column_dimensions[get_column_letter(first + 2 * pairs)].width = 60


def _format_settings(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 22
    sheet.column_dimensions["B"].width = 26
    for row, column in enumerate(SETTINGS.columns, start=1):
        cell = sheet.cell(row, 1)
        assert isinstance(cell, Cell)
        _format_heading(cell, needed=column.needed)
        cell.comment = _comment(column)
        sheet.cell(row, 2).border = _LINE
        sheet.cell(row, 2).alignment = Alignment(horizontal="left")
        if column.key == "interval_minutes":
            _validate(sheet, _INTERVALS, f"B{row}")
        elif column.kind is Kind.CHOICE:
            _add_list(sheet, column, f"B{row}", {})
        elif column.kind is Kind.WEEKDAY:
            _validate(sheet, f'"{",".join(day[:3] for day in WEEKDAYS)}"', f"B{row}")


def _format_heading(cell: Cell, *, needed: bool) -> None:
    """A heading's font and colour, as one record that a workbook's headings share: making it takes long."""
    styled: Any = cell
    records = _heading_records.setdefault(styled.parent.parent, {})
    kind = needed, bool(styled.quotePrefix)
    if kind not in records:
        styled._style = copy(styled._style)  # what it had may be shared
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = _NEEDED if needed else _HEADING
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        records[kind] = styled._style
    styled._style = records[kind]


def _comment(column: Column) -> Comment:
    words = f"{text(column.comment)} {text('Needed.')}" if column.needed else text(column.comment)
    return Comment(words, OUR_AUTHOR, height=40 + 18 * (len(words) // 34), width=260)


def _add_list(sheet: Worksheet, column: Column, cells: str, titles: Mapping[str, str]) -> None:
    if column.kind is Kind.CHOICE:
        _validate(sheet, f'"{",".join(dict.fromkeys(column.choices.values()))}"', cells)
    elif column.kind is Kind.YES_NO:
        _validate(sheet, '"yes,no"', cells)
    elif column.key == "kind" and column in RULES.columns:
        _validate(sheet, f"='{RULE_LIST_TITLE}'!$A$2:$A$300", cells)
    elif column.names_from is not None and column.kind is not Kind.NAMES:
        title = titles[column.names_from].replace("'", "''")
        _validate(sheet, f"='{title}'!$A$2:$A${_LAST_ROW}", cells)


def _validate(sheet: Worksheet, formula: str, cells: str) -> None:
    # A warning, not a refusal: a value outside the list gets a finding with what it may have meant.
    rule = DataValidation(
        type="list",
        formula1=formula.removeprefix("="),
        allow_blank=True,
        errorStyle="warning",
        showErrorMessage=True,
        errorTitle=text("Not on the list"),
        error=text("This is not on the list of choices."),
    )
    sheet.add_data_validation(rule)
    rule.add(cells)


def _say_how_columns_are_named(sheet: Worksheet) -> None:
    third = sheet.cell(1, 3)
    if third.comment is None and third.value is not None:
        third.comment = Comment(
            text(
                'A column for each skill, named after it: agents required. A column with " minimum" behind '
                'the name holds the fewest that must be there, one with " maximum" the seats.'
            ),
            OUR_AUTHOR,
            height=110,
            width=260,
        )
