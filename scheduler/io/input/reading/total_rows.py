"""Rows below a table that are no rows of it: a total that somebody added, with its word or without.

Read as a row, a total would be a contract of all hours or a person called Total; cell by cell it would be
several findings that do not say what is wrong.
"""

import re
from collections.abc import Mapping
from typing import Any

from scheduler.io.cells.columns import Sheet
from scheduler.io.cells.parse import is_blank, plain, shown
from scheduler.io.files.workbook_file import cell_name
from scheduler.io.input.reading.result import Notebook
from scheduler.texts import text

_TOTALS = frozenset(
    (
        *("total", "totals", "subtotal", "sub-total", "grand total", "sum", "sums", "average", "mean", "avg"),
        *(
            "summe",
            "summen",
            "gesamt",
            "gesamtsumme",
            "insgesamt",
            "zwischensumme",
            "durchschnitt",
            "Σ".casefold(),
        ),
        *("合计", "总计", "小计", "共计", "总和", "平均", "合計", "總計", "小計"),
    )
)
"""What stands before a total, in small letters."""


_AMOUNT = re.compile(r"[-+]?\d[\d.,:' ]*")


def is_total(value: Any) -> bool:
    """Whether a cell says that a total stands beside it."""
    return isinstance(value, str) and plain(value).casefold().rstrip(":： ") in _TOTALS


def _is_amount(value: Any) -> bool:
    """Whether a cell holds a number or a time, also as text, which all cells of a CSV file are."""
    return (
        _AMOUNT.fullmatch(plain(value)) is not None if isinstance(value, str) else not isinstance(value, bool)
    )


def tell_total(
    sheet: Sheet,
    columns: Mapping[str, int],
    title: str,
    number: int,
    row: tuple[Any, ...],
    notebook: Notebook,
) -> bool:
    """Note a row that is a total; whether it is one.

    Parameters
    ----------
    columns
        Position of each column that the sheet has, by its key.
    title, number
        Of the sheet as it is called here, and of the row.
    """
    filled = [at for at in sorted(columns.values()) if at < len(row) and not is_blank(row[at])]
    if not filled:
        return False
    first = row[filled[0]]
    if is_total(first):
        message = text(
            "{value} stands here, and this row is no {sheet} row.", value=shown(first), sheet=title
        )
        hint = text("Remove the row, or move the totals to a sheet of your own; give a thing another name.")
        notebook.error(title, cell_name(number, filled[0] + 1), message, hint)
        return True
    needed = [column for column in sheet.columns if column.needed and column.key in columns]
    blank = [column.title for column in needed if columns[column.key] not in filled]
    if len(blank) < 2 or needed[0].title not in blank:
        return False
    if not all(_is_amount(row[at]) for at in filled):
        return False
    message = text(
        "{value} stands in a row without {names}.",
        value=shown(first),
        names=", ".join(blank),
    )
    hint = text("Fill these cells in; if it is a total, clear the row or move it to a sheet of your own.")
    notebook.error(title, cell_name(number, filled[0] + 1), message, hint)
    return True
