"""The verbs: read, check, solve, verify, write. Data goes one way through them, and nothing is printed.

This is the only module that imports the catalogue of rules; the command line and services call it. It
decides nothing about a roster itself: it hands the problem from room to room, and refuses to hand out what
the verifier does not pass.
"""

import json
import platform
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from importlib.metadata import version
from os import PathLike
from pathlib import Path

import constraints
from scheduler import __version__
from scheduler.domain import (
    BadInput,
    Certificate,
    Claimed,
    Contradiction,
    FailedVerification,
    Finding,
    NothingFound,
    Outcome,
    Problem,
    Progress,
    Report,
    Roster,
    Status,
    Stop,
)
from scheduler.domain.checks import problem_faults
from scheduler.domain.digest import digest
from scheduler.io import (
    files,
    input_writer,
    json_document,
    result_json,
    result_reader,
    roster_reader,
    roster_writer,
    template,
    workbook_differences,
)
from scheduler.io.differences import Difference, sentences
from scheduler.io.reading import Reading
from scheduler.io.roster_reader import RosterReading
from scheduler.io.workbook_reader import read_workbook as read_workbook_file
from scheduler.model import RuleBook
from scheduler.model.checks import rule_faults, unheeded_facts
from scheduler.verifier import verify as verify_roster

AnyPath = str | PathLike[str]
JSON = ".json"
DEFAULT_STOP = Stop()
OTHER_INPUT = "The file says that it was made from another input than the one it is verified against."


def read(path: AnyPath) -> Reading:
    """Read an input, good or bad: a workbook, or the same as ``.json``.

    Returns
    -------
    Reading
        With every finding, those of cross-checks too, each at its cell; ``problem`` and ``rules`` are
        ``None`` where errors stand against them.
    """
    file = Path(path)
    is_json = file.suffix.lower() == JSON
    reading = (json_document.read_json if is_json else read_workbook_file)(file, constraints.CATALOGUE)
    return replace(reading, findings=reading.with_findings(_faults(reading.problem, reading.rules)))


def read_workbook(path: AnyPath) -> tuple[Problem, RuleBook]:
    """Read an input that can be planned with: a workbook, or the same as ``.json``.

    Raises
    ------
    BadInput
        With every finding, each at its cell.
    """
    return accepted(read(path))


def accepted(reading: Reading) -> tuple[Problem, RuleBook]:
    """The problem and the rules of a reading, if they can be planned with.

    Raises
    ------
    BadInput
        With every finding, each at its cell.
    """
    if reading.problem is None or reading.rules is None or reading.has_errors:
        raise BadInput(reading.findings)
    return reading.problem, reading.rules


def check(path: AnyPath) -> tuple[Finding, ...]:
    """Everything that is wrong with an input, each finding at its cell, in the order of the sheets."""
    return read(path).findings


def solve(
    problem: Problem,
    rules: RuleBook,
    *,
    stop: Stop = DEFAULT_STOP,
    seed: int = 1,
    workers: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    start: Roster | None = None,
) -> Outcome:
    """Find a roster that keeps every ``must``, near the least cost, with a proven bound.

    A ``KeyboardInterrupt`` during the search ends it as if its time were up.

    Parameters
    ----------
    stop
        When to stop; 60 seconds where nothing is said.
    seed
        Makes a run repeatable, with ``workers`` given and a stop that is counted in rounds.
    workers
        Searches side by side; one a core where ``None``.
    progress
        Is called with each look at the running search, in this thread or process.
    start
        A roster to begin from; it need not be legal.

    Raises
    ------
    BadInput
        If problem and rules cannot be planned with; ``UnsupportedRule`` where the engine cannot keep a rule.
    Contradiction
        If no legal roster exists.
    NothingFound
        If none was found in the time given.
    FailedVerification
        If the search made a roster that the verifier does not pass: a fault of staffcurve.
    """
    faults = _faults(problem, rules)
    if any(fault.is_error for fault in faults):
        raise BadInput(faults)
    from scheduler import engine  # loads the solver, which reading and checking need not wait for

    tell = progress or _tell_nobody
    began = time.monotonic()
    found = engine.search(problem, rules, stop=stop, seed=seed, workers=workers, progress=tell, start=start)
    if found.status is Status.INFEASIBLE:
        raise Contradiction(found.reasons)
    if found.roster is None:
        raise NothingFound(
            f"no legal roster was found in {found.seconds:.0f} s, and none was ruled out", found.reasons
        )
    elapsed = time.monotonic() - began
    tell(Progress(phase="verifying", elapsed_seconds=elapsed, cost=found.cost, bound=found.bound))
    report = verify(problem, rules, found.roster, certificate=found.certificate, claimed=found.claimed)
    if not report.passed or report.bound is None:
        raise FailedVerification(report)
    return Outcome(
        status=report.status,
        roster=found.roster,
        cost=report.cost,
        bound=report.bound,
        certificate=report.certified(found.certificate),
        report=report,
        seed=seed,
        workers=found.workers,
        versions=versions(),
        input_hash=input_hash(problem, rules),
        curve=found.curve,
        seconds_to_first_roster=found.seconds_to_first_roster,
        seconds=found.seconds,
        stopped_by=found.stopped_by,
    )


def load_search() -> None:
    """Import the engine with its solver ahead of ``solve``, which does it where that was not done before.

    It takes a second. An exception that a signal raises meanwhile may be lost in the libraries, or come out
    of them as another one; who means to answer signals holds them back for so long.
    """
    import_module("scheduler.engine")


def verify(
    problem: Problem,
    rules: RuleBook,
    roster: Roster,
    *,
    certificate: Certificate | None = None,
    claimed: Claimed | None = None,
) -> Report:
    """Check every rule on a roster and recount its figures from scratch, sharing nothing with the search.

    Parameters
    ----------
    certificate
        Of the bound, which is recomputed from it.
    claimed
        Figures that were stated, to hold against the recount.
    """
    return verify_roster(problem, rules, roster, certificate=certificate, claimed=claimed)


def verify_file(problem: Problem, rules: RuleBook, path: AnyPath) -> Report:
    """Verify what a roster workbook, or the ``.json`` of a result, says: the duties and every figure.

    Raises
    ------
    BadInput
        If the file cannot be read, with every finding at its cell.
    """
    file = Path(path)
    reading = _read_roster_file(problem, file)
    roster = _roster_of(reading)
    report = verify(problem, rules, roster, certificate=reading.certificate)
    counted = _counted(problem, rules, roster, reading.certificate, report)
    is_json = file.suffix.lower() == JSON
    differences = (_document_differences if is_json else _workbook_differences)(file, problem, rules, counted)
    mismatches = list(report.mismatches)
    if reading.input_hash not in (None, counted.input_hash):
        mismatches.append(OTHER_INPUT)
    return report.model_copy(update={"mismatches": (*mismatches, *sentences(differences))})


def read_roster(path: AnyPath, problem: Problem) -> Roster:
    """The roster in a roster workbook, or in the ``.json`` of a result; it need not be legal.

    Raises
    ------
    BadInput
        If it cannot be read, with every finding at its cell.
    """
    return _roster_of(_read_roster_file(problem, path))


def write_workbook(path: AnyPath, problem: Problem, rules: RuleBook, outcome: Outcome | None = None) -> None:
    """Write a workbook, whole or not at all: with an outcome the roster, without one the input.

    Where the name ends in ``.json`` the same is written as JSON.

    Raises
    ------
    BadInput
        If it cannot be written there.
    """
    file = Path(path)
    is_json = file.suffix.lower() == JSON
    if outcome is None and is_json:
        json_document.write_json(file, problem, rules)
    elif outcome is None:
        input_writer.write_input(file, problem, rules, constraints.CATALOGUE)
    elif is_json:
        write_text(file, result_as_json(problem, rules, outcome))
    else:
        roster_writer.write_roster(
            file,
            problem,
            rules,
            outcome,
            outcome.report,
            constraints.CATALOGUE,
            findings=_faults(problem, rules),
        )


def new_workbook(path: AnyPath) -> None:
    """Write a workbook to fill in, with one worked row a sheet.

    Raises
    ------
    BadInput
        If it cannot be written there.
    """
    template.new_workbook(Path(path), constraints.CATALOGUE)


def unwritable(path: AnyPath) -> Finding | None:
    """Why a file could not be written there, found out beforehand; ``None`` if it could."""
    return files.unwritable(Path(path))


def write_text(path: AnyPath, text: str) -> None:
    """Write text as UTF-8, whole or not at all.

    Raises
    ------
    BadInput
        If it cannot be written there.
    """
    files.write_text(Path(path), text)


def result_as_json(problem: Problem, rules: RuleBook, outcome: Outcome) -> str:
    """A result as JSON; its fields are described in :mod:`scheduler.io.result_schema`."""
    return _pretty(result_json.result_document(problem, rules, outcome))


def report_as_json(problem: Problem, report: Report) -> str:
    """A verification as JSON; its fields are described in :mod:`scheduler.io.result_schema`."""
    return _pretty(result_json.verify_document(problem, report))


def input_schema() -> str:
    """JSON schema of an input: the problem and the rules."""
    return _pretty(json_document.json_schema(constraints.CATALOGUE))


def input_hash(problem: Problem, rules: RuleBook) -> str:
    """SHA-256 of the problem and the rules as canonical JSON: keys sorted, no spaces, UTF-8."""
    return digest({"problem": problem.model_dump(mode="json"), "rules": rules.model_dump(mode="json")})


def versions() -> dict[str, str]:
    """Versions of staffcurve, of Python and of what the figures are computed with."""
    found = {"staffcurve": __version__, "python": platform.python_version()}
    found |= {name: version(name) for name in ("ortools", "numpy", "pydantic")}
    return found


def _faults(problem: Problem | None, rules: RuleBook | None) -> tuple[Finding, ...]:
    """What is wrong between the facts, and between facts and rules, as far as they are there."""
    if problem is None:
        return ()
    faults = tuple(problem_faults(problem))
    if rules is None:
        return faults
    return (*faults, *rule_faults(problem, rules), *unheeded_facts(problem, rules))


def _read_roster_file(problem: Problem, path: AnyPath) -> RosterReading:
    file = Path(path)
    is_json = file.suffix.lower() == JSON
    return (result_reader.read_result_json if is_json else roster_reader.read_roster)(file, problem)


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


def _document_differences(
    file: Path, problem: Problem, rules: RuleBook, counted: Outcome
) -> Iterator[Difference]:
    return result_reader.differences(file, problem, rules, counted)


def _workbook_differences(
    file: Path, problem: Problem, rules: RuleBook, counted: Outcome
) -> Iterator[Difference]:
    book = roster_writer.roster_book(
        problem, rules, counted, counted.report, constraints.CATALOGUE, findings=_faults(problem, rules)
    )
    return workbook_differences.differences(file, book, proven=counted.report.bound is not None)


def _pretty(document: Mapping[str, object]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False)


def _tell_nobody(progress: Progress) -> None:
    """Take a look at the search and say nothing."""
