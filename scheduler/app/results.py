"""Results read back from their files: the roster in them, and every figure compared with a recount.

Of a file only the roster and the certificate are believed. What it must show then is written anew in memory,
by the same writers, and compared. A file is opened once, so that all of it is of one moment.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeVar

import constraints
from scheduler.app.arguments import must_be_right
from scheduler.app.documents import faults_of
from scheduler.domain import BadInput, Certificate, Finding, Outcome, Problem, Report, Roster
from scheduler.domain.digest import digest
from scheduler.domain.sick_hours import has_open_calls, with_hours_of, with_rostered_hours
from scheduler.io.files.streams import Readable, Source, is_json, source_of
from scheduler.io.files.workbook_file import WorkbookFile, open_workbook
from scheduler.io.input.workbook_reader import read_workbook
from scheduler.io.result import json_reader, workbook_differences, workbook_reader, workbook_writer
from scheduler.io.result.differences import Difference, sentences
from scheduler.io.result.reading import RosterReading
from scheduler.model import RuleBook
from scheduler.texts import marked, text
from scheduler.verifier import verify

Opened = TypeVar("Opened", dict[str, Any], WorkbookFile)
OTHER_INPUT = marked("The file says that it was made from another input than the one it is verified against.")


def verify_file(problem: Problem, rules: RuleBook, path: Readable) -> Report:
    """Verify a roster workbook, or the ``.json`` of a result: the duties and every figure.

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
    source = source_of(path)
    if is_json(source):
        document = whole(json_reader.open_document(source))
        reading = json_reader.roster_in(document, problem)
        return _held_against(
            problem, rules, reading, partial(json_reader.differences, document, problem, rules)
        )
    problem = as_settled(problem, source)
    with whole(open_workbook(source)) as book:
        reading = workbook_reader.roster_in(book, problem)
        return _held_against(problem, rules, reading, partial(_workbook_differences, book, problem, rules))


def read_roster(path: Readable, problem: Problem) -> Roster:
    """The roster in a roster workbook, or in the ``.json`` of a result; it need not be legal.

    Raises
    ------
    BadInput
        If it cannot be read, with every finding at its cell.
    """
    must_be_right(problem=problem)
    source = source_of(path)
    read = json_reader.read_result_json if is_json(source) else workbook_reader.read_roster
    return roster_of(read(source, problem))


def recounted(problem: Problem, rules: RuleBook, source: Source) -> Outcome:
    """The roster in a workbook with its figures counted again, legal or not, and without a bound.

    Raises
    ------
    BadInput
        If it cannot be read, with every finding at its cell.
    """
    roster = roster_of(workbook_reader.read_roster(source, problem))
    return _counted(problem, rules, roster, None, verify(problem, rules, roster))


def read_start(path: Readable, problem: Problem) -> tuple[Roster, Problem, tuple[Finding, ...]]:
    """A roster to begin from, the problem with the hours of sick calls as rostered, and what is credited.

    Hours that the file's own copy of the input says come first; those of the duties that a call cancels next.

    Raises
    ------
    BadInput
        If it cannot be read, with every finding at its cell.
    """
    roster = read_roster(path, problem)
    return roster, *with_rostered_hours(as_settled(problem, source_of(path)), roster)


def as_settled(problem: Problem, source: Source) -> Problem:
    """The problem with the hours of open sick calls that a roster workbook's own copy of the input says."""
    if is_json(source) or not has_open_calls(problem):
        return problem
    copy = read_workbook(source, constraints.CATALOGUE).problem
    return problem if copy is None else with_hours_of(problem, copy)


def input_hash(problem: Problem, rules: RuleBook) -> str:
    """SHA-256 of the problem and the rules as canonical JSON: keys sorted, no spaces, UTF-8."""
    return digest({"problem": problem.model_dump(mode="json"), "rules": rules.model_dump(mode="json")})


def whole(opened: Opened | Finding) -> Opened:
    """What was opened; raises ``BadInput`` where it could not be."""
    if isinstance(opened, Finding):
        raise BadInput([opened])
    return opened


def _held_against(
    problem: Problem,
    rules: RuleBook,
    reading: RosterReading,
    differences: Callable[[Outcome], Iterable[Difference]],
) -> Report:
    """The verifier's report on a roster and its certificate, with the file's other wrong figures."""
    roster = roster_of(reading)
    report = verify(problem, rules, roster, certificate=reading.certificate)
    counted = _counted(problem, rules, roster, reading.certificate, report)
    other_input = [] if reading.input_hash in (None, counted.input_hash) else [text(OTHER_INPUT)]
    mismatches = (*report.mismatches, *other_input, *sentences(differences(counted)))
    return report.model_copy(update={"mismatches": mismatches})


def roster_of(reading: RosterReading) -> Roster:
    """The roster that was read; raises ``BadInput`` where it could not be."""
    if reading.roster is None or any(finding.is_error for finding in reading.findings):
        raise BadInput(reading.findings)
    return reading.roster


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


def _workbook_differences(
    opened: WorkbookFile, problem: Problem, rules: RuleBook, counted: Outcome
) -> Iterator[Difference]:
    book = workbook_writer.roster_book(
        problem, rules, counted, counted.report, constraints.CATALOGUE, findings=faults_of(problem, rules)
    )
    return workbook_differences.differences(opened, book, proven=counted.report.bound is not None)
