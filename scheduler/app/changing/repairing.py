"""The verb ``repair``: a roster brought in order again with few changes.

Called by the command line and by services. The order of things stands here: what of the roster stands, the
cheapest repair, the fewest changes that make it legal, and what numbers of changes buy.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import index
from pathlib import Path

import constraints
from scheduler.app import planning
from scheduler.app.arguments.checks import must_be_right
from scheduler.app.arguments.interruption import of_ctrl_c
from scheduler.app.changing.repair_search import RepairSearch
from scheduler.app.planning import DEFAULT_STOP, versions
from scheduler.app.results import handover
from scheduler.app.results.documents import faults_of, must_be_plannable
from scheduler.app.results.hand_edits import Settled, settled
from scheduler.app.results.read_back import whole
from scheduler.changes.compare import moved
from scheduler.changes.curve import COUNTS
from scheduler.changes.moment import instant_of
from scheduler.changes.standing import standing
from scheduler.domain import (
    BadInput,
    Cancel,
    Certificate,
    Finding,
    Place,
    Problem,
    Progress,
    Roster,
    Severity,
    Stop,
)
from scheduler.domain.changes.repair import Repaired
from scheduler.domain.findings.finding import refused
from scheduler.domain.results.certificate import Proof
from scheduler.domain.results.edited import HandEdit
from scheduler.domain.results.sick_hours import with_rostered_hours
from scheduler.domain.values.money import each
from scheduler.domain.values.words import counted, listed
from scheduler.io.cells.parse import Unreadable
from scheduler.io.files.streams import Readable, Target, is_json, source_of, target_of
from scheduler.io.files.workbook_file import open_workbook
from scheduler.io.input import json_document
from scheduler.io.result import workbook_writer
from scheduler.io.result.documents import json_reader
from scheduler.io.result.documents.repair_json import repair_document
from scheduler.io.result.reading import workbook_reader
from scheduler.io.result.reading.selection import selected
from scheduler.io.result.reading.sources import RosterReading
from scheduler.model import RuleBook
from scheduler.texts import text

CHANGE_PRICE, BREAK_PRICE = 2000, 200
"""Cents for a changed person's day, and for one on which only breaks move."""
_MOST_EDITS = 3


@dataclass(frozen=True)
class Repairable:
    """A roster as it was, with the certificate of its bound, if it has one, and what is locked.

    Parameters
    ----------
    locked
        Agents and days that stay: those of the cells that were named, and those that were edited by hand.
    findings
        Which days are kept because they were edited.
    """

    roster: Roster
    certificate: Certificate | None = None
    locked: frozenset[tuple[str, int]] = frozenset()
    findings: tuple[Finding, ...] = ()


def repair(
    problem: Problem,
    rules: RuleBook,
    roster: Roster,
    *,
    from_: datetime | str | None = None,
    change_price: int = CHANGE_PRICE,
    break_price: int = BREAK_PRICE,
    most_changes: int | None = None,
    locked: Collection[tuple[str, int]] = (),
    counts: Iterable[int] = COUNTS,
    certificate: Certificate | None = None,
    stop: Stop = DEFAULT_STOP,
    seed: int = 1,
    workers: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
    proof: Proof = "quick",
) -> Repaired:
    """Bring a roster in order again, near the least of cost and price of changes, with a proven bound.

    Parameters
    ----------
    problem, rules
        The week as it is now.
    roster
        As it was; it need not be legal, and may hold people and shifts that the week has no more.
    from_
        Everything before this moment stands still: local time of the campaign, or with an offset. ``None``
        is the beginning of the week, before which nothing is.
    change_price
        Cents for each person's day whose template, start, length or freedom differs.
    break_price
        Cents for each person's day on which only breaks move; not more than ``change_price`` counts.
    most_changes
        Changes that are allowed; break moves are not limited. ``None`` is any number.
    locked
        Agents and day numbers that stay as they are.
    counts
        Numbers of changes for which the least cost is asked.
    certificate
        Of the old roster, if it has one; its prices lead the search.
    stop, seed, workers, progress, cancel, proof
        As for :func:`scheduler.solve`; the time is that of everything together.

    Raises
    ------
    BadInput, Contradiction, NothingFound, FailedVerification, UnsupportedRule
        As for :func:`scheduler.solve`. Where ``most_changes`` are too few, ``Contradiction`` says how many it
        takes, if that is proven.
    """
    must_be_right(
        problem=problem, rules=rules, roster=roster, certificate=certificate, stop=stop, seed=seed,
        workers=workers, progress=progress, cancel=cancel, proof=proof, change_price=change_price,
        break_price=break_price, most_changes=most_changes,
    )  # fmt: skip
    problem, credited = with_rostered_hours(problem, roster)
    must_be_plannable(problem, rules)
    since, said = instant_of(problem, from_)
    stands = standing(problem, roster, since)
    cancel = cancel or Cancel()
    wanted = sorted({*counts, *([] if most_changes is None else [most_changes])})
    with of_ctrl_c(cancel):
        run = RepairSearch(
            problem, rules, roster, stands, since, frozenset(locked), each(change_price), each(break_price),
            handover.Origin(index(seed), versions(), ""), stop, workers, progress, cancel, proof, certificate,
            wanted,
        )  # fmt: skip
        run.cheapest()
        fewest = run.fewest()
        run.fill_curve()
        repaired = run.repaired(fewest, most_changes)
    return repaired.model_copy(update={"findings": (*credited, *said, *stands.findings)})


def read_repairable(
    path: Readable, problem: Problem, locks: Iterable[str] = (), *, keeps_edits: bool = True
) -> Repairable:
    """Read a roster that is to be repaired, with its certificate.

    Parameters
    ----------
    path
        A roster workbook, which is read by the copy of its input inside it, or the ``.json`` of a result.
    problem
        The week as it is now.
    locks
        Ranges of cells on its sheets Roster and Duties that stay as they are: ``Roster!D8:F12``.
    keeps_edits
        Whether days that were edited by hand since the roster was written stay as they are.

    Raises
    ------
    BadInput
        If it cannot be read, with every finding at its cell; if a range means nobody's day.
    """
    must_be_right(problem=problem)
    source = source_of(path)
    if is_json(source):
        if locks:
            hint = text("Lock what stays on the sheet Fixed, or give the roster workbook.")
            raise refused("lock", text("a result in JSON has no cells."), hint)
        reading = json_reader.read_result_json(source, problem)
        return _repairable(reading, settled(problem, RuleBook(), reading), problem, problem, (), keeps_edits)
    with whole(open_workbook(source)) as book:
        inside = planning.read(path)
        own = inside.problem or problem
        reading = workbook_reader.roster_in(book, own)
    return _repairable(
        reading, settled(own, inside.rules or RuleBook(), reading), own, problem, locks, keeps_edits
    )


def _repairable(
    reading: RosterReading,
    file: Settled,
    own: Problem,
    problem: Problem,
    locks: Iterable[str],
    keeps_edits: bool,
) -> Repairable:
    """What was read, in the horizon of the week as it is now."""
    wrong: list[Finding] = []
    locked: set[tuple[str, int]] = set()
    for lock in locks:
        try:
            locked |= selected(lock, reading.places.duties, reading.places.days)
        except Unreadable as error:
            place = Place(path=("lock",))
            message = text('"{place}": {message}', place=lock, message=error.message)
            wrong.append(Finding(place=place, message=message, hint=error.hint))
    if wrong:
        raise BadInput(wrong)
    edits = file.edits if keeps_edits else ()
    locked |= {(edit.agent, edit.day) for edit in edits}
    later = problem.grid.day_index(own.grid.first_day)
    return Repairable(
        moved(file.roster, own, problem),
        reading.certificate,
        frozenset((agent, day + later) for agent, day in locked),
        tuple(_kept_edits(reading, edits, keeps_edits)),
    )


def _kept_edits(reading: RosterReading, edits: Sequence[HandEdit], are_kept: bool) -> Iterator[Finding]:
    """Which days stay because somebody edited them, in one line."""
    if edits:
        sheet, _, cell = edits[0].cell.rpartition("!")
        yield Finding(
            place=Place(sheet=sheet or None, cell=cell),
            message=text(
                "{days} edited by hand stay as they are ({cells}). First {edit}",
                days=counted(len(edits), "person's day", "people's days"),
                cells=listed([edit.cell for edit in edits], _MOST_EDITS),
                edit=edits[0].sentence,
            ),
            hint=text("With --free-edits they may change like any other day."),
            severity=Severity.WARNING,
        )
    elif are_kept and reading.is_edited and not reading.changed:
        yield Finding(
            place=Place(path=("duties",)),
            message=text(
                "the roster was edited since it was written, but the file does not say where; nothing of "
                "it is locked for that."
            ),
            hint=text("Name what must stay on the sheet Fixed of the week."),
            severity=Severity.WARNING,
        )


def write_repaired(path: Target, problem: Problem, rules: RuleBook, repaired: Repaired) -> None:
    """Write a repaired roster like any other, with the sheet Changes and a mark on each cell that changed.

    Raises
    ------
    BadInput
        If it cannot be written there.
    """
    target, problem = target_of(path), repaired.problem
    if isinstance(target, Path) and is_json(target):
        planning.write_workbook(path, problem, rules, repaired.outcome)
        return
    workbook_writer.write_roster(
        target,
        problem,
        rules,
        repaired.outcome,
        repaired.outcome.report,
        constraints.CATALOGUE,
        findings=faults_of(problem, rules),
        repaired=repaired,
    )


def repair_as_json(problem: Problem, repaired: Repaired) -> str:
    """A repair as JSON; ``schema("repair")`` describes its fields."""
    return json_document.pretty(repair_document(problem, repaired))
