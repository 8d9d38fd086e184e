"""Results read back from their files: the roster in them, and every figure held against a recount.

Called by :mod:`scheduler.app.planning`. Of a file only the roster and the certificate are believed; what it
must show then is written anew in memory, by the same writers, and compared.
"""

from collections.abc import Iterator

import constraints
from scheduler.app.arguments import must_be_right
from scheduler.app.documents import faults_of
from scheduler.domain import BadInput, Certificate, Outcome, Problem, Report, Roster
from scheduler.domain.digest import digest
from scheduler.io.files.streams import Readable, Source, source_of
from scheduler.io.result import json_reader, workbook_differences, workbook_reader, workbook_writer
from scheduler.io.result.differences import Difference, sentences
from scheduler.io.result.workbook_reader import RosterReading
from scheduler.model import RuleBook
from scheduler.verifier import verify

JSON = ".json"
OTHER_INPUT = "The file says that it was made from another input than the one it is verified against."


def verify_file(problem: Problem, rules: RuleBook, path: Readable) -> Report:
    """Verify what a roster workbook, or the ``.json`` of a result, says: the duties and every figure.

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
    reading = _read_roster_file(problem, source)
    roster = _roster_of(reading)
    report = verify(problem, rules, roster, certificate=reading.certificate)
    counted = _counted(problem, rules, roster, reading.certificate, report)
    is_json = source.suffix.lower() == JSON
    compare = json_reader.differences if is_json else _workbook_differences
    differences = compare(source, problem, rules, counted)
    mismatches = list(report.mismatches)
    if reading.input_hash not in (None, counted.input_hash):
        mismatches.append(OTHER_INPUT)
    return report.model_copy(update={"mismatches": (*mismatches, *sentences(differences))})


def read_roster(path: Readable, problem: Problem) -> Roster:
    """The roster in a roster workbook, or in the ``.json`` of a result; it need not be legal.

    Raises
    ------
    BadInput
        If it cannot be read, with every finding at its cell.
    """
    must_be_right(problem=problem)
    return _roster_of(_read_roster_file(problem, source_of(path)))


def input_hash(problem: Problem, rules: RuleBook) -> str:
    """SHA-256 of the problem and the rules as canonical JSON: keys sorted, no spaces, UTF-8."""
    return digest({"problem": problem.model_dump(mode="json"), "rules": rules.model_dump(mode="json")})


def _read_roster_file(problem: Problem, source: Source) -> RosterReading:
    is_json = source.suffix.lower() == JSON
    return (json_reader.read_result_json if is_json else workbook_reader.read_roster)(source, problem)


def _roster_of(reading: RosterReading) -> Roster:
    if reading.roster is None or any(finding.is_error for finding in reading.findings):
        raise BadInput(reading.findings)
    return reading.roster


def _counted(
    problem: Problem, rules: RuleBook, roster: Roster, certificate: Certificate | None, report: Report
) -> Outcome:
    """The result that a file with this roster must show; of the search it says nothing."""
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
    source: Source, problem: Problem, rules: RuleBook, counted: Outcome
) -> Iterator[Difference]:
    book = workbook_writer.roster_book(
        problem, rules, counted, counted.report, constraints.CATALOGUE, findings=faults_of(problem, rules)
    )
    return workbook_differences.differences(source, book, proven=counted.report.bound is not None)
