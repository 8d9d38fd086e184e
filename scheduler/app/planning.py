"""The verbs: read, check, solve, verify, write. Nothing is printed.

The command line and services call it. Of the packages below only ``app`` knows the catalogue of rules. It
decides nothing about a roster itself: it passes the problem from room to room, and returns nothing that the
verifier does not pass.
"""

import logging
import platform
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from io import BytesIO
from operator import index
from pathlib import Path
from typing import TypeGuard

import constraints
from scheduler.app.arguments.checks import must_be_right, must_fit
from scheduler.app.arguments.interruption import of_ctrl_c
from scheduler.app.input_checks.faults import must_be_plannable
from scheduler.app.input_checks.readings import accepted, cross_checked, preflighted
from scheduler.app.results.documents import as_json
from scheduler.app.results.faults_at_cells import faults_at_cells
from scheduler.app.results.input_digest import input_hash
from scheduler.demand.requirement import with_requirement as computed_requirement
from scheduler.domain import (
    Cancel,
    Certificate,
    Claimed,
    Finding,
    Improvement,
    Outcome,
    Problem,
    Progress,
    Report,
    Roster,
    Stop,
)
from scheduler.domain.results.certificate import Proof
from scheduler.io.files.streams import (
    AnyPath,
    Readable,
    Source,
    Target,
    is_json,
    path_of,
    source_of,
    target_of,
)
from scheduler.io.files.workbook_file import WorkbookFile
from scheduler.io.files.writing import write_whole
from scheduler.io.input import json_document, workbook_reader
from scheduler.io.input.folder import read_folder
from scheduler.io.input.reading.result import Reading
from scheduler.io.input.templates import template
from scheduler.io.input.writing import workbook_writer
from scheduler.io.result import workbook_writer as roster_writer
from scheduler.model import RuleBook
from scheduler.verifier import verify as verify_roster
from scheduler.version import __version__

LOG = logging.getLogger("staffcurve")
DEFAULT_STOP = Stop()


def read(path: Readable) -> Reading:
    """Read an input, good or bad: a workbook, the same as ``.json``, or a folder of CSV files.

    Parameters
    ----------
    path
        Where it is, or its content: bytes, or a file that is open for reading.

    Returns
    -------
    Reading
        With every finding, those of cross-checks included, each at its cell; ``problem`` and ``rules`` are
        ``None`` if they have errors.
    """
    return cross_checked(as_it_stands(path))


def input_in(book: WorkbookFile) -> Reading:
    """The input in an open workbook, as :func:`read` reads it."""
    return cross_checked(workbook_reader.input_in(book, constraints.CATALOGUE))


def as_it_stands(path: Readable) -> Reading:
    """The same before its facts are checked against one another, and with no requirement computed."""
    source = source_of(path)
    if is_folder(source):
        return read_folder(source, constraints.CATALOGUE)
    reader = json_document.read_json if is_json(source) else workbook_reader.read_workbook
    return reader(source, constraints.CATALOGUE)


def is_folder(source: Source) -> TypeGuard[Path]:
    """Whether it is a folder, of which every CSV file is a sheet."""
    return isinstance(source, Path) and source.is_dir()


def read_workbook(path: Readable) -> tuple[Problem, RuleBook]:
    """Read an input that can be planned with: a workbook, the same as ``.json``, or a folder of CSV files.

    Parameters
    ----------
    path
        Where it is, or its content: bytes, or a file that is open for reading.

    Raises
    ------
    BadInput
        With every finding, each at its cell.
    """
    return accepted(read(path))


def check(path: Readable) -> tuple[Finding, ...]:
    """Every finding on an input, each at its cell, in the order of the sheets."""
    return preflighted(read(path)).told


def solve(
    problem: Problem,
    rules: RuleBook,
    *,
    stop: Stop = DEFAULT_STOP,
    seed: int = 1,
    workers: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    on_roster: Callable[[Improvement], None] | None = None,
    cancel: Cancel | None = None,
    start: Roster | None = None,
    proof: Proof = "quick",
) -> Outcome:
    """Find a roster that keeps every ``must``, near the least cost, with a proven bound.

    Ctrl-C ends the search as if its time were up: in the main thread, where Python's own handler stands, the
    first one is taken for ``cancel``, a second one raises. A ``KeyboardInterrupt`` from another handler does
    the same.

    Parameters
    ----------
    stop
        When to stop; after 60 seconds by default.
    seed
        Makes a run repeatable, with ``workers`` given and a stop that is counted in rounds.
    workers
        Parallel searches; ``None`` is one per core.
    progress
        Is called with the progress of the running search, in this thread.
    on_roster
        Is called with better rosters while the search goes on, in this thread; those that come fast are left
        out, so that checking them takes a tenth of its time at most.
    cancel
        Ends the search from elsewhere; the best roster until then is returned.
    start
        A roster to begin from; it need not be legal.
    proof
        ``"full"`` recounts the whole proof, however long that takes. ``"quick"`` takes the larger of 5
        seconds and a fifth of the search's time, a minute at most, for roster and proof together. The roster
        itself is always checked in full; where the rest of that time, or half of it, does not suffice for the
        proof, the bound is what was proven until then.

    Raises
    ------
    BadInput
        If an argument is not what it must be, or problem and rules cannot be planned with;
        ``UnsupportedRule`` where the engine cannot keep a rule.
    Contradiction
        If no legal roster exists.
    NothingFound
        If none was found in the time given, or before it was cancelled.
    BrokenOff
        If an exception of ``progress``, ``on_roster`` or a signal handler ended the search; it carries the
        best outcome until then, and the exception as its cause.
    FailedVerification
        If the search made a roster that the verifier does not pass, a fault of staffcurve; it carries the
        best outcome that does pass.
    KeyboardInterrupt
        If it comes before there is a legal roster.
    """
    must_be_right(
        problem=problem,
        rules=rules,
        stop=stop,
        seed=seed,
        workers=workers,
        progress=progress,
        on_roster=on_roster,
        cancel=cancel,
        start=start,
        proof=proof,
    )
    must_fit(problem, start)
    seed, workers = index(seed), workers if workers is None else index(workers)
    faults = must_be_plannable(problem, rules)
    from scheduler import engine
    from scheduler.app.results import handover

    origin = handover.Origin(seed, versions(), input_hash(problem, rules))
    for fault in faults:
        LOG.warning("%s", fault)
    LOG.info("solving %s; %d rules, %s, seed %d", problem, len(rules.rules), stop, seed)
    tell = _heard(progress)
    cancel = cancel or Cancel(is_patient=True)
    with of_ctrl_c(cancel) as ctrl_c:
        found = engine.search(
            problem,
            rules,
            stop=stop,
            seed=seed,
            workers=workers,
            progress=tell,
            on_roster=on_roster and handover.observed(problem, rules, on_roster),
            cancel=cancel,
            start=start,
        )
        if found.roster is None and ctrl_c.happened:
            raise KeyboardInterrupt
        outcome = handover.handed_out(problem, rules, found, origin, tell, proof, cancel)
    LOG.info("solved: %s, stopped by %s", outcome, outcome.stopped_by)
    return outcome


def load_search() -> None:
    """Import the engine with its solver ahead of ``solve``, which otherwise does it itself.

    It takes a second. An exception that a signal handler raises meanwhile may be lost in the libraries, or
    come out of them as another one; a caller that handles signals holds them back for so long.
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
        Stated figures, to compare with the recount.

    Raises
    ------
    BadInput
        If an argument is not what it must be.
    """
    must_be_right(problem=problem, rules=rules, roster=roster, certificate=certificate, claimed=claimed)
    return verify_roster(problem, rules, roster, certificate=certificate, claimed=claimed)


def write_workbook(path: Target, problem: Problem, rules: RuleBook, outcome: Outcome | None = None) -> None:
    """Write a workbook, whole or not at all: with an outcome the roster, without one the input.

    Parameters
    ----------
    path
        Where to, or a file that is open for writing bytes. A name that ends in ``.json`` gets the same as
        JSON.

    Raises
    ------
    BadInput
        If it cannot be written there.
    """
    must_be_right(problem=problem, rules=rules, outcome=outcome)
    target = target_of(path)
    if isinstance(target, Path) and is_json(target):
        if outcome is None:
            json_document.write_json(target, problem, rules)
        else:
            write_text(target, as_json(problem, rules, outcome))
    elif outcome is None:
        workbook_writer.write_input(target, problem, rules, constraints.CATALOGUE)
    else:
        roster_writer.write_roster(
            target,
            problem,
            rules,
            outcome,
            outcome.report,
            constraints.CATALOGUE,
            findings=faults_at_cells(problem, rules),
        )
    LOG.debug("written: %s", target)


def workbook_bytes(problem: Problem, rules: RuleBook, outcome: Outcome | None = None) -> bytes:
    """What ``write_workbook`` writes, as the bytes of an ``.xlsx`` file.

    Raises
    ------
    BadInput
        If an argument is not what it must be.
    """
    content = BytesIO()
    write_workbook(content, problem, rules, outcome)
    return content.getvalue()


def new_workbook(
    path: AnyPath,
    *,
    trade: template.Trade = "centre",
    under: Callable[[Problem, RuleBook], tuple[Problem, RuleBook]] | None = None,
    holidays_of: str | None = None,
) -> None:
    """Write a workbook to fill in, with worked rows on its sheets.

    Parameters
    ----------
    trade
        Whose rows they are: of a contact ``centre``, of one by its ``calls``, of a ``shop`` or a ``ward``.
    under
        What a preset of law makes of them, see ``scheduler.app.law``.
    holidays_of
        Country or region whose public holidays stand on its sheet Holidays: ``FR``, ``DE-BY``.

    Raises
    ------
    BadInput
        If it cannot be written there, or no such country or region is known.
    """

    def finished(problem: Problem, rules: RuleBook) -> tuple[Problem, RuleBook]:
        if under is not None:
            problem, rules = under(problem, rules)
        return computed_requirement(problem) if problem.volumes else problem, rules

    template.new_workbook(
        path_of(path), constraints.CATALOGUE, trade=trade, under=finished, holidays_of=holidays_of
    )


def unwritable(path: AnyPath) -> Finding | None:
    """Why a file could not be written there, found out beforehand; ``None`` if it could."""
    return write_whole.unwritable(path_of(path))


def are_one_file(one: AnyPath, other: AnyPath) -> bool:
    """Whether two paths lead to one file: through links, or by names that differ in capitals alone."""
    return write_whole.are_one(path_of(one), path_of(other))


def write_text(path: AnyPath, text: str) -> None:
    """Write text as UTF-8, whole or not at all.

    Raises
    ------
    BadInput
        If it cannot be written there.
    """
    write_whole.write_text(path_of(path), text)


def versions() -> dict[str, str]:
    """Versions of staffcurve, of Python and of what the figures are computed with."""
    found = {"staffcurve": __version__, "python": platform.python_version()}
    found |= {name: version(name) for name in ("ortools", "numpy", "pydantic")}
    return found


def _heard(progress: Callable[[Progress], None] | None) -> Callable[[Progress], None]:
    """The observer, wrapped such that each new phase of the search is logged."""
    phase = ""

    def tell(now: Progress) -> None:
        nonlocal phase
        if now.phase != phase:
            phase = now.phase
            LOG.debug("%s after %.1f s: cost %s, bound %s", phase, now.elapsed_seconds, now.cost, now.bound)
        if progress is not None:
            progress(now)

    return tell
