"""Reading a roster back from a result workbook that people may have edited.

The sheets Duties and Roster are the roster, each where it was edited
(:mod:`scheduler.io.result.reading.merging`). The certificate of the bound comes from its own
sheet. The rest of the workbook is checked against both by
:mod:`scheduler.io.result.differences.workbook_differences`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from scheduler.domain import (
    Finding,
    Place,
    Problem,
    Roster,
)
from scheduler.domain.results.digest import roster_hash
from scheduler.io.cells.columns import normalised
from scheduler.io.files.limits import NotRead
from scheduler.io.files.streams import Source
from scheduler.io.files.workbook_file import RawSheet, WorkbookFile, damaged, open_workbook
from scheduler.io.result.contents import names
from scheduler.io.result.contents.declared import is_own_sheet
from scheduler.io.result.reading.absences import Absences
from scheduler.io.result.reading.duties_reader import DutyReader, has_duty_headings
from scheduler.io.result.reading.grid_reader import GridReading, read_grid
from scheduler.io.result.reading.merging import merged
from scheduler.io.result.reading.sources import DutyCells, RosterReading
from scheduler.io.result.sheets.roster.as_written import read_as_written
from scheduler.io.result.sheets.roster.kept_edits import read_kept_edits
from scheduler.io.result.sheets.summary.certificate import (
    is_of_older_form,
    read_certificate,
    stated_roster_hash,
)
from scheduler.texts import text


def read_roster(path: Source, problem: Problem) -> RosterReading:
    """Read the roster and the certificate from a result workbook.

    Parameters
    ----------
    problem
        The input that the roster belongs to; agents and shift templates are looked up in it.
    """
    opened = open_workbook(path)
    if isinstance(opened, Finding):
        return RosterReading(None, findings=(opened,))
    with opened as book:
        return roster_in(book, problem)


def is_roster(path: Source) -> bool:
    """Whether a file is a workbook with a roster, and not with an input alone."""
    return has_sheets(path, names.DUTIES, names.CERTIFICATE)


def has_sheets(path: Source, *titles: str) -> bool:
    """Whether a file is a workbook that has these sheets."""
    opened = open_workbook(path)
    if isinstance(opened, Finding):
        return False
    with opened as book:
        return set(map(normalised, titles)) <= set(map(normalised, book.titles))


def roster_in(book: WorkbookFile, problem: Problem, *, week: Problem | None = None) -> RosterReading:
    """The roster and the certificate in an open workbook.

    Parameters
    ----------
    week
        The week as it is now, whose absences may stand on the sheets as well.
    """
    try:
        return _read(book, problem, Absences(problem, week))
    except NotRead as error:
        return RosterReading(None, findings=(damaged(book.source, error),))


def _read(book: WorkbookFile, problem: Problem, absences: Absences) -> RosterReading:
    titles = {normalised(title): title for title in book.titles}
    findings: list[Finding] = []
    roster, duty_cells = None, dict[tuple[str, int], tuple[DutyCells, ...]]()
    if title := titles.get(normalised(names.DUTIES)):
        sheet = book.sheet(title)
        reader = DutyReader(title, problem, sheet.epoch, sheet.faults, absences)
        roster = reader.read(sheet.rows)
        duty_cells = reader.cells
        findings += reader.findings
    elif renamed := list(_renamed(book, names.DUTIES, has_duty_headings)):
        findings += renamed
    else:
        findings.append(
            Finding(
                place=Place(sheet=names.DUTIES),
                message=text("the sheet is missing: this is not a workbook with a roster."),
                hint=text("Sheets found: {titles}.", titles=", ".join(book.titles)),
            )
        )
    certificate = input_hash = stated_hash = None
    is_older = False
    if title := titles.get(normalised(names.CERTIFICATE)):
        rows = book.sheet(title).rows
        certificate, input_hash, faults = read_certificate(rows)
        stated_hash, is_older = stated_roster_hash(rows), is_of_older_form(rows)
        findings += faults
    kept = None
    if title := titles.get(normalised(names.KEPT_EDITS)):
        kept_edits = read_kept_edits(book.sheet(title), problem)
        kept = kept_edits.cells
        findings += kept_edits.findings
    title = titles.get(normalised(names.ROSTER))
    grid = None if title is None else read_grid(book.sheet(title), problem)
    if grid is None:
        findings += _renamed(book, names.ROSTER, lambda sheet: bool(read_grid(sheet, problem).rows))
    reading = RosterReading(
        roster,
        certificate,
        input_hash,
        tuple(findings),
        stated_hash,
        kept=kept,
        is_of_older_version=is_older,
    )
    written = _as_written(book, titles, stated_hash)
    return _with_edits(reading, duty_cells, written, grid, problem, absences)


def _renamed(book: WorkbookFile, name: str, is_like: Callable[[RawSheet], bool]) -> Iterator[Finding]:
    """A sheet that is the missing one under another name: what was edited there would be lost."""
    for title in filter(is_own_sheet, book.titles):
        if is_like(book.sheet(title)):
            yield Finding(
                place=Place(sheet=title),
                message=text('this looks like the sheet "{name}" under another name.', name=name),
                hint=text('Name it "{name}" again, so that what was edited there is read.', name=name),
            )


def _as_written(book: WorkbookFile, titles: Mapping[str, str], stated_hash: str | None) -> Roster | None:
    """The roster on the sheet As written, if it is the one that the Certificate states."""
    title = titles.get(normalised(names.AS_WRITTEN))
    roster = None if title is None else read_as_written(book.sheet(title).rows)
    return roster if roster is not None and roster_hash(roster) == stated_hash else None


def _with_edits(
    reading: RosterReading,
    duty_cells: Mapping[tuple[str, int], tuple[DutyCells, ...]],
    written: Roster | None,
    grid: GridReading | None,
    problem: Problem,
    absences: Absences,
) -> RosterReading:
    """The reading with the edits of both sheets in one roster."""
    if reading.roster is None:
        return reading
    if written is None and roster_hash(reading.roster) == reading.stated_hash:
        written = reading.roster
    both = merged(problem, reading.roster, duty_cells, grid, written, absences)
    starts = {key: tuple(one.start for one in cells) for key, cells in duty_cells.items()}
    findings = (*reading.findings, *(() if grid is None else grid.findings), *both.findings)
    return replace(
        reading,
        roster=None if findings else Roster(duties=tuple(both.duties)),
        findings=findings,
        written=written,
        changed=tuple(both.changed),
        untaken=tuple(both.untaken),
        places=(grid or GridReading(names.ROSTER)).places(starts, frozenset(both.meant_alike)),
    )
