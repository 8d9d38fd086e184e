"""A roster workbook that was edited by hand, written anew from what was edited.

Every sheet is made by the same writers as after a search, from the roster that the sheets Duties and Roster
mean and from the copy of the input inside. The proof stays: its prices are a bound for this input whatever
the roster is.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from scheduler.app.input_checks.readings import accepted
from scheduler.app.planning import input_in
from scheduler.app.results.read_back import Recount, recount_of, reported, whole
from scheduler.domain import Outcome, Problem, Report
from scheduler.domain.findings.errors import refused
from scheduler.domain.results.edited import HandEdit
from scheduler.domain.values.words import counted
from scheduler.io.files.streams import InMemory, Readable, Target, is_json, save, source_of, target_of
from scheduler.io.files.workbook_file import WorkbookFile, open_workbook
from scheduler.io.files.writing.meanwhile import Before
from scheduler.io.result.contents import names
from scheduler.io.result.differences.own_content import carried_over
from scheduler.io.result.reading import workbook_reader
from scheduler.io.result.sheets.roster.kept_edits import put_kept_edits
from scheduler.io.result.sheets.summary.how_made import read_how_made
from scheduler.model import RuleBook
from scheduler.texts import text

if TYPE_CHECKING:
    from openpyxl import Workbook


@dataclass(frozen=True)
class Refreshed:
    """What was written anew.

    Parameters
    ----------
    report
        The verifier's on the roster as it is, with the edits that were found and what they changed; its
        ``mismatches`` and ``outdated`` are what was wrong in the file before.
    outcome
        What the file shows now.
    input_edited
        Whether the copy of the input inside is not the one that the roster was made from, so that the proof
        is no longer of that search.
    notes
        What of people's own content was kept, and what was not.
    """

    problem: Problem
    rules: RuleBook
    report: Report
    outcome: Outcome
    input_edited: bool
    notes: tuple[str, ...]
    _workbook: "Workbook" = field(repr=False)

    def write(self, target: Path | IO[bytes]) -> None:
        """Write the workbook, whole or not at all.

        Raises
        ------
        BadInput
            If it cannot be written there.
        """
        save(self._workbook, target)

    @property
    def edits(self) -> tuple[HandEdit, ...]:
        """Days that were edited, each with its cell."""
        return self.report.edits


def refresh(path: Readable, target: Target | None = None) -> Refreshed:
    """Write a roster workbook anew from what was edited in it, whole or not at all.

    Also a roster that is not legal is written; the report says what it breaks.

    Parameters
    ----------
    path
        A roster workbook with the copy of its input.
    target
        Where to; ``None`` replaces the workbook itself, which ``path`` then has to be the path of.

    Raises
    ------
    BadInput
        If the file cannot be read, with every finding at its cell, or not be written; if another program
        wrote to the target meanwhile, which is left then.
    """
    goes_to = source_of(path) if target is None else target_of(target)
    if isinstance(goes_to, InMemory):
        raise refused("target", text("there is no path to write to."), text("Say where the workbook goes."))
    before = Before.at(*([goes_to] if isinstance(goes_to, Path) else []))
    anew = refreshed(path)
    with before.must_stand():
        anew.write(goes_to)
    return anew


def refreshed(path: Readable) -> Refreshed:
    """The same, to be written later.

    Raises
    ------
    BadInput
        If the file cannot be read, with every finding at its cell.
    """
    source = source_of(path)
    if is_json(source):
        message = text("a result in JSON holds no copy of its input.")
        raise refused(source, message, text("Give the roster workbook (.xlsx)."))
    with whole(open_workbook(source)) as book:
        problem, rules = accepted(input_in(book))
        recount = recount_of(problem, rules, workbook_reader.roster_in(book, problem))
        outcome = _outcome(recount, book)
        anew = recount.book(outcome)
        found = reported(recount, book, anew)
        kept = frozenset((*(recount.reading.kept or ()), *((one.agent, one.day) for one in recount.edits)))
        put_kept_edits(anew, kept)
        is_older, is_other = recount.reading.is_of_older_version, found.report.is_of_other_input
        own = carried_over(
            book,
            anew.book,
            found.other_cells,
            found.own,
            is_of_older_version=is_older,
            is_of_other_input=is_other,
        )
        notes = [*_kept(kept), *own]
    return Refreshed(problem, rules, found.report, outcome, is_other, tuple(notes), anew.book)


def _kept(days: Collection[tuple[str, int]]) -> Iterator[str]:
    """What repair will leave as it is."""
    if days:
        yield text(
            "Kept as edited: {days}, listed on the sheet {sheet}. Repair leaves them as they are; remove a "
            "row there to let a day go.",
            days=counted(len(days), "person's day", "people's days"),
            sheet=names.KEPT_EDITS,
        )


def _outcome(recount: Recount, book: WorkbookFile) -> Outcome:
    """What the new file shows: the recount, with what the search told of itself in the old one."""
    told = read_how_made(book.afresh().sheet(names.SUMMARY).rows) if names.SUMMARY in book.titles else {}
    proven = recount.proven
    report = proven.report.model_copy(update={"mismatches": ()})
    return proven.model_copy(update={**told, "report": report})
