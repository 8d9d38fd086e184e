"""What stands on a sheet of the input and is not read: columns that nobody knows, cells without a heading."""

from collections.abc import Collection, Mapping

from scheduler.domain.values.words import counted
from scheduler.io.cells.columns import Sheet
from scheduler.io.cells.parse import is_blank
from scheduler.io.files.workbook_file import RawSheet, cell_name
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.sheets.other_names import meant_column
from scheduler.texts import text, text_n


def tell_unknown_headings(
    sheet: Sheet,
    raw: RawSheet,
    row: int,
    extra: Mapping[int, str],
    given: Collection[str],
    notebook: Notebook,
) -> None:
    """Note every column that is not read, and what it may have meant.

    Parameters
    ----------
    row
        Number of the row of headings.
    extra
        The headings that nobody knows, by position.
    given
        Keys of the columns that the sheet has.
    """
    missing = [column.title for column in sheet.columns if column.key not in given]
    for position, heading in extra.items():
        cell = cell_name(row, position + 1)
        meant = meant_column(sheet, heading, given)
        if meant:
            notebook.error(
                raw.title,
                cell,
                text('heading "{heading}" is not known.', heading=heading),
                text('Did you mean "{name}"?', name=meant.title),
            )
        else:
            known = ", ".join(missing)
            notebook.warning(
                raw.title,
                cell,
                text('the column "{heading}" is not read.', heading=heading),
                text("Columns not given: {known}.", known=known)
                if known
                else text("This sheet has all of its columns; nothing needs to be done if it is a note."),
            )


def tell_unheaded_cells(raw: RawSheet, row: int, notebook: Notebook) -> None:
    """Note filled cells that no heading stands above, and rows that stand above the headings."""
    headed = {position for position, cell in enumerate(raw.rows[row - 1]) if not is_blank(cell)}
    filled: dict[int, list[int]] = {}
    for number, cells in enumerate(raw.rows[row:], start=row + 1):
        for position, cell in enumerate(cells):
            if position not in headed and not is_blank(cell):
                filled.setdefault(position, []).append(number)
    for position, numbers in sorted(filled.items()):
        heading, fault = cell_name(row, position + 1), raw.faults.get((row, position + 1))
        if fault is not None:  # a formula that shows nothing
            notebook.error(raw.title, heading, *fault)
            continue
        notebook.error(
            raw.title,
            heading,
            text_n(
                "this heading is blank, but {cells} below it is filled, first {first}.",
                "this heading is blank, but {cells} below it are filled, first {first}.",
                len(numbers),
                cells=counted(len(numbers), "cell"),
                first=cell_name(numbers[0], position + 1),
            ),
            text("Write the heading, or clear the cells; a heading that you choose is not read."),
        )
    above = [
        number
        for number, cells in enumerate(raw.rows[: row - 1], start=1)
        if sum(not is_blank(cell) for cell in cells) > 1  # one cell is a title
    ]
    if above:
        notebook.warning(
            raw.title,
            cell_name(above[0], 1),
            text_n(
                "{rows} above the headings is not read.",
                "{rows} above the headings are not read.",
                len(above),
                rows=counted(len(above), "row"),
            ),
            text("Rows of the table stand below the headings."),
        )
