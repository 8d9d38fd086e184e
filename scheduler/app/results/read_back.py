"""Results read back from their files: the roster in them, and every figure compared with a recount.

Of a file only the roster and the certificate are believed. What it must show then is written anew in memory,
by the same writers, and compared. A file is held as it is when it is opened, so that all of it is of one
moment.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

import constraints
from scheduler.app.arguments.checks import must_be_right
from scheduler.app.results.faults_at_cells import faults_at_cells
from scheduler.app.results.hand_edits import settled
from scheduler.app.results.handover import ANY_SLOT, simplest_certificate
from scheduler.app.results.input_digest import input_hash
from scheduler.app.results.pay_check import with_pay_checked
from scheduler.app.results.places import located
from scheduler.domain import BadInput, Certificate, Finding, Outcome, Problem, Report, Roster
from scheduler.domain.changes.comparison import Figures
from scheduler.domain.results.edited import ChangedBy, HandEdit, UntakenEdit
from scheduler.domain.results.sick_hours import has_sick_calls, with_hours_of, with_rostered_hours
from scheduler.domain.values.words import listed
from scheduler.io.files.streams import Readable, Source, at_one_moment, is_json, source_of
from scheduler.io.files.workbook_file import WorkbookFile, open_workbook
from scheduler.io.input.workbook_reader import read_workbook
from scheduler.io.result import workbook_writer
from scheduler.io.result.contents import names
from scheduler.io.result.contents.declared import RESULT_SHEETS
from scheduler.io.result.differences.differences import Difference, sentences
from scheduler.io.result.differences.outdated import (
    OLDER_VERSION,
    OTHER_INPUT,
    is_of_input,
    of_other_input,
    old_in_words,
    parted,
    parted_in_document,
)
from scheduler.io.result.differences.own_places import OwnContent
from scheduler.io.result.differences.workbook_differences import WorkbookComparison
from scheduler.io.result.documents import json_reader
from scheduler.io.result.reading import workbook_reader
from scheduler.io.result.reading.sources import RosterReading
from scheduler.io.result.sheets.page import ResultBook
from scheduler.model import RuleBook
from scheduler.texts import text, text_n
from scheduler.verifier import status_of, verify

Opened = TypeVar("Opened", dict[str, Any], WorkbookFile)
_MOST_CELLS = 8


def verify_file(problem: Problem, rules: RuleBook, path: Readable) -> Report:
    """Verify a roster workbook, or the ``.json`` of a result: the duties and every figure.

    Edits since the file was written are read from the sheets Duties and Roster, and told in ``edits``.
    Figures that are those of the roster before are ``outdated``; other wrong ones are ``mismatches``.

    Parameters
    ----------
    path
        Where it is, or its content: bytes, or a file that is open for reading.

    Raises
    ------
    BadInput
        If the file cannot be read, with every finding at its cell.
    """
    must_be_right(problem=problem, rules=rules)
    source = at_one_moment(path)
    if is_json(source):
        document = whole(json_reader.open_document(source))
        reading = json_reader.roster_in(document, problem)
        recount = recount_of(problem, rules, reading)
        now = list(json_reader.differences(document, problem, rules, recount.counted))
        parts = parted_in_document(now, is_edited=reading.is_edited, is_older=reading.is_of_older_version)
        return _report(recount, *parts)
    problem = as_settled(problem, source)
    with whole(open_workbook(source)) as book:
        reading = workbook_reader.roster_in(book, problem)
        return reported(recount_of(problem, rules, reading), book).report


def read_roster(path: Readable, problem: Problem, rules: RuleBook | None = None) -> Roster:
    """The roster in a roster workbook, or in the ``.json`` of a result; it need not be legal.

    Parameters
    ----------
    rules
        By which breaks of duties are placed that somebody wrote into Roster; else only their windows count.

    Raises
    ------
    BadInput
        If it cannot be read, with every finding at its cell.
    """
    return read_meant(path, problem, rules)[0]


def read_meant(
    path: Readable, problem: Problem, rules: RuleBook | None = None
) -> tuple[Roster, tuple[UntakenEdit, ...]]:
    """The same with the edits in the file that cannot be taken."""
    must_be_right(problem=problem)
    rules = rules or RuleBook()
    reading = _sources(source_of(path), problem)
    return settled(problem, rules, reading).roster, _not_taken(reading, problem, rules)


def _not_taken(reading: RosterReading, problem: Problem, rules: RuleBook) -> tuple[UntakenEdit, ...]:
    is_other = reading.input_hash not in (None, input_hash(problem, rules))
    return reading.not_taken(is_of_other_input=is_other)


def _sources(source: Source, problem: Problem) -> RosterReading:
    """The sources in a roster workbook, or in the ``.json`` of a result, with every finding."""
    read = json_reader.read_result_json if is_json(source) else workbook_reader.read_roster
    return read(source, problem)


def recounted(problem: Problem, rules: RuleBook, source: Source) -> Outcome:
    """The roster in a workbook counted again, without a bound; what is not legal names its cells.

    Raises
    ------
    BadInput
        If it cannot be read, with every finding at its cell.
    """
    reading = replace(workbook_reader.read_roster(source, problem), certificate=None)
    counted = recount_of(problem, rules, reading).counted
    return counted.model_copy(update={"report": located(counted.report, reading)})


@dataclass(frozen=True)
class Start:
    """A roster to begin a search from.

    Parameters
    ----------
    problem
        With the hours of open sick calls: as the file's own copy of the input says them, else those of the
        duties that a call cancels.
    credited
        What was credited to whom for that.
    report
        What is wrong with the roster, each with its cell, and what was edited; no figure of the file.
    days_by_hand
        How many people's days were edited by hand, now or before it was written.
    """

    roster: Roster
    problem: Problem
    credited: tuple[Finding, ...]
    report: Report
    days_by_hand: int


def read_start(path: Readable, problem: Problem, rules: RuleBook | None = None) -> Start:
    """Read the roster to begin from, once.

    Raises
    ------
    BadInput
        If it cannot be read, with every finding at its cell.
    """
    must_be_right(problem=problem)
    rules, source = rules or RuleBook(), at_one_moment(path)
    reading = _sources(source, problem)
    meant = settled(problem, rules, reading)
    given = problem
    problem, credited = with_rostered_hours(as_settled(problem, source), meant.with_called_off)
    told = {"edits": meant.edits, "untaken": _not_taken(reading, given, rules)}
    report = located(verify(problem, rules, meant.roster), reading).model_copy(update=told)
    by_hand = {*(reading.kept or ()), *((edit.agent, edit.day) for edit in meant.edits)}
    return Start(meant.roster, problem, credited, report, len(by_hand))


def as_settled(problem: Problem, source: Source) -> Problem:
    """The problem with the hours of open sick calls that a roster workbook's own copy of the input says."""
    if is_json(source) or not has_sick_calls(problem):
        return problem
    copy = read_workbook(source, constraints.CATALOGUE).problem
    return problem if copy is None else with_hours_of(problem, copy)


def whole(opened: Opened | Finding) -> Opened:
    """What was opened; raises ``BadInput`` where it could not be."""
    if isinstance(opened, Finding):
        raise BadInput([opened])
    return opened


@dataclass(frozen=True)
class Recount:
    """A file's roster and what it comes to."""

    problem: Problem
    rules: RuleBook
    reading: RosterReading
    edits: tuple[HandEdit, ...]
    report: Report
    counted: Outcome

    @property
    def is_of_other_input(self) -> bool:
        """Whether the file says that it was made from another input."""
        return self.reading.input_hash not in (None, self.counted.input_hash)

    @cached_property
    def is_read(self) -> Callable[[Difference], bool]:
        """Whether a difference lies where an edit was made."""
        edited = {change.cell for change in self.reading.changed}
        edited |= {cell for edit in self.edits for cell in self.reading.places.of(edit.agent, edit.day)}
        alike = self.reading.places.meant_alike
        rows = {_row(cell) for cell in edited if cell.startswith(f"{names.DUTIES}!")}
        return lambda one: one.place in edited or one.place in alike or _row(one.place) in rows

    def retyped_in_words(self) -> Iterator[str]:
        """That cells say in other words what they said before, in one sentence."""
        untaken = {one.cell for one in self.reading.untaken}
        cells = sorted(self.reading.retyped - untaken)
        if cells and not self.is_of_other_input:
            yield text_n(
                "{cells} says in other words what stood there before: nothing changes.",
                "{cells} say in other words what stood there before: nothing changes.",
                len(cells),
                cells=listed(cells, _MOST_CELLS),
            )

    def book(self, outcome: Outcome) -> ResultBook:
        """The workbook that the file is to be with this result."""
        kept = self.reading.kept
        return result_book(self.problem, self.rules, outcome, None if kept is None else frozenset(kept))

    @cached_property
    def proven(self) -> Outcome:
        """The recount with a certificate that fits the input, if need be one that proves very little."""
        if self.report.bound is not None:
            return self.counted
        nothing = simplest_certificate(self.problem, self.rules, ANY_SLOT)
        report = verify(self.problem, self.rules, self.counted.roster, certificate=nothing)
        return _counted(self.problem, self.rules, self.counted.roster, nothing, report)

    @cached_property
    def before(self) -> Outcome | None:
        """The same of the roster as it was written, where that is known and is another one."""
        written = self.reading.written
        if written is None or not self.edits:
            return None
        report = verify(self.problem, self.rules, written)
        proven = ("bound", "unavoidable_wages", "is_proof_whole", "has_proof_all_limits", "mismatches")
        same = {name: getattr(self.report, name) for name in proven}
        report = report.model_copy(update=same)
        status = status_of(self.problem, self.rules, report, self.reading.certificate)
        report = report.model_copy(update={"status": status})
        return _counted(self.problem, self.rules, written, self.reading.certificate, report)


def recount_of(problem: Problem, rules: RuleBook, reading: RosterReading) -> Recount:
    """The roster of a reading, counted.

    Raises
    ------
    BadInput
        If it could not be read, with every finding at its cell.
    """
    meant = settled(problem, rules, reading)
    report = verify(problem, rules, meant.roster, certificate=reading.certificate)
    report = with_pay_checked(problem, meant.roster, report)
    counted = _counted(problem, rules, meant.roster, reading.certificate, report)
    return Recount(problem, rules, reading, meant.edits, report, counted)


@dataclass(frozen=True)
class Reported:
    """The report on a workbook, and what of people's own it holds.

    Parameters
    ----------
    other_cells
        Cells that are not those of the roster as it was written, within the columns of its sheets.
    own
        What stands beside them.
    """

    report: Report
    other_cells: list[Difference]
    own: OwnContent


def reported(recount: Recount, opened: WorkbookFile, now: ResultBook | None = None) -> Reported:
    """The report on a workbook; ``now`` is what it should be, where that was made already."""
    comparison = WorkbookComparison(opened, proven=recount.report.bound is not None)
    found = comparison.whole(now or recount.book(recount.counted))
    own = comparison.own
    before = found if recount.before is None else _before(recount, recount.before, comparison, found)
    report = _report(recount, *_parted(recount, found, before))
    not_read = (*recount.retyped_in_words(), *own.in_words())
    others = [one for one in before if not recount.is_read(one)]
    return Reported(report.model_copy(update={"not_read": not_read}), others, own)


def _before(
    recount: Recount, before: Outcome, comparison: WorkbookComparison, now: list[Difference]
) -> list[Difference]:
    """Differences from the roster as it was written, on those sheets that are to be told apart by it."""
    titles = {one.part for one in now if one.part in RESULT_SHEETS and not recount.is_read(one)}
    problem, rules = recount.problem, recount.rules
    findings = faults_at_cells(problem, rules)
    book = workbook_writer.values_of(problem, rules, before, before.report, titles, findings=findings)
    return [*(one for one in now if one.part not in titles), *comparison.again(book, titles)]


def _parted(
    recount: Recount, now: list[Difference], then: list[Difference]
) -> tuple[list[Difference], list[Difference]]:
    """Wrong and old figures of a workbook."""
    if recount.is_of_other_input and any(map(is_of_input, now)):
        return [], now
    kept = [one for one in now if one.place not in recount.reading.retyped]
    return parted(kept, then, recount.is_read, is_older=recount.reading.is_of_older_version)


def _row(cell: str) -> tuple[str, str]:
    """Sheet and row of a cell."""
    sheet, _, name = cell.rpartition("!")
    return sheet, name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _report(recount: Recount, wrong: list[Difference], old: list[Difference]) -> Report:
    """The verifier's report with what the file says: edits, old figures, wrong ones, and the cells."""
    mismatches = list(recount.report.mismatches)
    outdated: list[str] = []
    is_older, is_other = recount.reading.is_of_older_version, recount.is_of_other_input
    if is_older:
        outdated.append(text(OLDER_VERSION))
    elif is_other:
        (outdated if any(map(is_of_input, old)) else mismatches).append(text(OTHER_INPUT))
    follow = [of_other_input(wrong)] if is_other and len(wrong) > _MOST_CELLS else sentences(wrong)
    if old:
        outdated.append(of_other_input(old) if is_older or is_other else old_in_words(old))
    told = {
        "mismatches": (*mismatches, *follow),
        "outdated": tuple(outdated),
        "is_of_other_input": is_other and not is_older,
        "edits": recount.edits,
        "untaken": recount.reading.not_taken(is_of_other_input=recount.is_of_other_input),
        "changed_by": None if recount.before is None else _changed_by(recount.before, recount.counted),
    }
    return located(recount.report, recount.reading).model_copy(update=told)


def _changed_by(before: Outcome, now: Outcome) -> ChangedBy:
    was, becomes = (Figures.of(one.roster, one.report) for one in (before, now))
    same = set(ChangedBy.model_fields) - {"cost"}
    by = {name: getattr(becomes, name) - getattr(was, name) for name in same}
    return ChangedBy(cost=becomes.cost.total - was.cost.total, **by)


def _counted(
    problem: Problem, rules: RuleBook, roster: Roster, certificate: Certificate | None, report: Report
) -> Outcome:
    """The result that a file with this roster must show, without a record of the search."""
    nothing = Certificate(slot_minutes=1, prices={}, carried_rules=(), bound=0, unavoidable_wages=0)
    return Outcome(
        status=report.status,
        roster=roster,
        cost=report.cost,
        bound=report.bound or 0,
        certificate=report.certified(certificate or nothing),
        report=report,
        seed=0,
        workers=1,
        versions={},
        input_hash=input_hash(problem, rules),
        seconds_to_first_roster=0,
        seconds=0,
        stopped_by="",
    )


def result_book(
    problem: Problem, rules: RuleBook, outcome: Outcome, kept: frozenset[tuple[str, int]] | None = None
) -> ResultBook:
    """The workbook of an outcome, in memory; ``kept`` are days that were edited by hand and stay."""
    findings = faults_at_cells(problem, rules)
    return workbook_writer.roster_book(
        problem, rules, outcome, outcome.report, constraints.CATALOGUE, findings=findings, kept=kept
    )
