"""Which sheets of a workbook are input; any other one is known, listed as the planner's own, or told."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from openpyxl.utils import get_column_letter

from scheduler.domain.findings.finding import did_you_mean
from scheduler.domain.values.spelling import likeness
from scheduler.domain.values.words import listed
from scheduler.io.cells.columns import Sheet
from scheduler.io.cells.parse import is_blank
from scheduler.io.files.workbook_file import RawSheet
from scheduler.io.input.reading.result import Cell, Notebook
from scheduler.io.input.sheets import HOLIDAYS, INPUT_SUFFIX, RULE_LIST_TITLE, SETTINGS
from scheduler.io.input.sheets.capacity import CAPACITY_TITLES
from scheduler.io.input.sheets.not_planned import ADVICE
from scheduler.io.input.sheets.other_names import meant_sheet, nearest_sheet
from scheduler.io.input.sheets.past_volumes import FORECAST_TITLE
from scheduler.io.input.sheets.results import RESULT_TITLES
from scheduler.texts import text

_MOST_NAMED = 8
_MOST_NOT_COPIED = 12
_OF_A_ROSTER = frozenset(map(likeness, (*RESULT_TITLES, RULE_LIST_TITLE)))
_OURS = _OF_A_ROSTER | {likeness(FORECAST_TITLE)}
_OF_A_YEAR = frozenset(map(likeness, CAPACITY_TITLES))


def titles_of(sheet: Sheet, titles: tuple[str, ...]) -> list[str]:
    """Titles in this workbook that mean a sheet; titles marked as input are preferred to the plain title."""
    for suffix in (INPUT_SUFFIX, ""):
        wanted = {likeness(f"{name}{suffix}") for name in (sheet.title, sheet.chinese)}
        found = [title for title in titles if likeness(title) in wanted]
        if found:
            return found
    return []


def beside_input(unread: Mapping[str, bool], charts: Iterable[str]) -> tuple[str, ...]:
    """Titles of the sheets that no copy of the input has, and that no roster has either."""
    filled = (title for title, is_filled in unread.items() if is_filled)
    return tuple(title for title in (*filled, *charts) if likeness(title) not in _OF_A_ROSTER)


def not_copied(beside: Collection[str]) -> Iterator[str]:
    """What a copy of the input leaves out, as sentences."""
    of_year = [title for title in beside if likeness(title) in _OF_A_YEAR]
    if of_year:
        yield text(
            "Sheets of a year, which `staffcurve capacity` reads, are not copied: {sheets}.",
            sheets=listed(of_year, _MOST_NOT_COPIED),
        )
    beside = [title for title in beside if title not in of_year]
    own = [title for title in beside if likeness(title) != likeness(FORECAST_TITLE)]
    if own:
        yield text("Sheets of your own are not copied: {sheets}.", sheets=listed(own, _MOST_NOT_COPIED))
    if len(own) < len(beside):
        yield text(
            "The sheet {sheet} is not copied: it tells how the volumes of its own workbook came about.",
            sheet=FORECAST_TITLE,
        )


def tell_unread_sheets(
    unread: Mapping[str, bool],
    read: Collection[str],
    own: Collection[str],
    own_cell: Cell | None,
    notebook: Notebook,
) -> None:
    """Note each sheet that is not read, and what it may have meant.

    Parameters
    ----------
    unread
        Titles of the sheets that were not read, and whether anything stands on each.
    read
        Titles of the sheets that were read.
    own, own_cell
        The sheets that Settings list as the planner's own, and where.
    """
    ours = {likeness(title) for title in own}
    for title, is_filled in unread.items():
        like = likeness(title)
        if not is_filled or like in _OURS or like in ours:
            continue
        marked = next((one for one in read if likeness(one) == likeness(f"{title}{INPUT_SUFFIX}")), None)
        if marked is not None:
            notebook.warning(title, None, text('this sheet is not read, since "{marked}" is.', marked=marked))
            continue
        if like in _OF_A_YEAR:
            message = text("this sheet is of a year, which `staffcurve capacity` reads; here it is not.")
            notebook.warning(title, None, message)
            continue
        setting = SETTINGS.column("own_sheets").title
        meant = meant_sheet(title)
        if like in ADVICE and meant is not HOLIDAYS:
            message = text("nobody knows this sheet, and it is not read.")
            listed_own = text("Then list it under {setting} on Settings.", setting=setting)
            notebook.error(title, None, message, f"{text(ADVICE[like])} {listed_own}")
            continue
        if meant is not None:
            notebook.error(
                title,
                None,
                text("nobody knows this sheet, and it is not read."),
                text(
                    'Did you mean "{meant}"? If it is no input, list it under {setting} on Settings.',
                    meant=meant.title,
                    setting=setting,
                ),
            )
            continue
        notebook.warning(
            title,
            None,
            text("nobody knows this sheet, and it is not read."),
            text(
                'The nearest name is "{nearest}". If it is no input, list it under {setting} on Settings.',
                nearest=nearest_sheet(title).title,
                setting=setting,
            ),
        )
    if own_cell is not None:
        _tell_listed_in_vain(unread, read, own, own_cell, notebook)


def tell_hidden_sheets(hidden: Collection[str], notebook: Notebook) -> None:
    """Note each sheet that is read though a person does not see it."""
    for title in hidden:
        notebook.warning(
            title,
            None,
            text("this sheet is hidden, and is read all the same."),
            text("Show it and look through it, or remove it."),
        )


def tell_hidden_cells(sheets: Iterable[RawSheet], notebook: Notebook) -> None:
    """Note rows and columns that are read though a person does not see them, in one line a sheet."""
    for sheet in sheets:
        if not (sheet.markup.hidden_rows or sheet.markup.hidden_columns):
            continue  # most sheets: their cells need not be gone through
        filled = [{at for at, cell in enumerate(row, start=1) if not is_blank(cell)} for row in sheet.rows]
        unseen = sheet.markup.hidden_rows
        rows = [str(at) for at, cells in enumerate(filled, start=1) if cells and at in unseen]
        columns = [
            get_column_letter(at)
            for at in sorted(set().union(*filled))
            if any(first <= at <= last for first, last in sheet.markup.hidden_columns)
        ]
        for what, found in ((text("rows"), rows), (text("columns"), columns)):
            if found:
                names = listed(found, _MOST_NAMED)
                notebook.warning(
                    sheet.title,
                    None,
                    text("hidden {what} are read all the same: {names}.", what=what, names=names),
                    text("Show them and look through them, or remove them."),
                )


def tell_chart_sheets(charts: Collection[str], own: Collection[str], notebook: Notebook) -> None:
    """Note each sheet that is nothing but a chart."""
    ours = {likeness(title) for title in own}
    for title in charts:
        if likeness(title) not in ours:
            notebook.warning(
                title,
                None,
                text("this sheet is a chart, and is not read."),
                text("List it under {setting} on Settings.", setting=SETTINGS.column("own_sheets").title),
            )


def _tell_listed_in_vain(
    unread: Collection[str], read: Collection[str], own: Collection[str], own_cell: Cell, notebook: Notebook
) -> None:
    """Names under Own sheets that are input all the same, or no sheet."""
    taken, there = ({likeness(title) for title in titles} for titles in (read, unread))
    for name in own:
        if likeness(name) in taken:
            notebook.error(
                *own_cell,
                text('the sheet "{name}" is input, and is read.', name=name),
                text("Take it out of this list, or rename the sheet."),
            )
        elif likeness(name) not in there:
            guess = did_you_mean(name, unread)
            notebook.warning(*own_cell, text('there is no sheet "{name}".', name=name), guess.strip())
