"""The verb ``repair``: a roster brought in order again with few changes.

Called by the command line and by services. The order of things stands here: what of the roster stands, the
cheapest repair, the fewest changes that make it legal, and what numbers of changes buy.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import index
from pathlib import Path
from typing import IO

from scheduler.app import planning
from scheduler.app.arguments.checks import must_be_right
from scheduler.app.arguments.interruption import of_ctrl_c
from scheduler.app.input_checks.faults import must_be_plannable
from scheduler.app.planning import DEFAULT_STOP, versions
from scheduler.app.repair.nearest_roster import nearest
from scheduler.app.repair.search import RepairSearch
from scheduler.app.repair.short_weeks import asking_less, short_weeks, told
from scheduler.app.results import handover
from scheduler.app.results.hand_edits import Settled, settled
from scheduler.app.results.read_back import recount_of, reported, result_book, whole
from scheduler.changes.comparison.compare import moved
from scheduler.changes.repair.at_moment import roster_at
from scheduler.changes.repair.trade_off_curve import COUNTS
from scheduler.changes.repair.week_now import week_now
from scheduler.domain import (
    BadInput,
    Cancel,
    Certificate,
    Contradiction,
    Finding,
    NothingFound,
    Outcome,
    Place,
    Problem,
    Progress,
    Roster,
    Severity,
    Stop,
)
from scheduler.domain.changes.repair import Repaired
from scheduler.domain.findings.errors import refused
from scheduler.domain.results.certificate import Proof
from scheduler.domain.results.edited import HandEdit
from scheduler.domain.results.roster import AgentDay
from scheduler.domain.results.sick_hours import with_hours_of
from scheduler.domain.values.money import each
from scheduler.domain.values.words import counted, listed
from scheduler.io.cells.parse import Unreadable
from scheduler.io.files.streams import Readable, Source, Target, at_one_moment, is_json, save, target_of
from scheduler.io.files.workbook_file import open_workbook
from scheduler.io.input import json_document
from scheduler.io.result import workbook_writer
from scheduler.io.result.differences.own_content import OwnParts
from scheduler.io.result.documents import json_reader
from scheduler.io.result.documents.repair_json import repair_document
from scheduler.io.result.reading import workbook_reader
from scheduler.io.result.reading.selection import selected
from scheduler.io.result.reading.sources import RosterReading
from scheduler.io.result.sheets.roster.kept_edits import put_kept_edits
from scheduler.model import RuleBook
from scheduler.texts import text, text_n

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
    kept
        Of these the ones that were edited by hand.
    findings
        Which days are kept because they were edited.
    """

    roster: Roster
    certificate: Certificate | None = None
    locked: frozenset[AgentDay] = frozenset()
    kept: frozenset[AgentDay] = frozenset()
    findings: tuple[Finding, ...] = ()
    _file: "_File | None" = field(default=None, repr=False)

    def settled(self, problem: Problem) -> Problem:
        """The week with the hours of open sick calls that the roster's workbook says already."""
        return problem if self._file is None else with_hours_of(problem, self._file.problem)

    def own_content(self) -> OwnParts | None:
        """What people have put into the workbook beside the roster; ``None`` for a result in JSON."""
        return None if self._file is None else self._file.own_content()


@dataclass(frozen=True)
class _File:
    """The workbook that a roster was read from, as it was then, with the input by which it was read."""

    source: Source
    problem: Problem
    rules: RuleBook
    reading: RosterReading

    def own_content(self) -> OwnParts:
        with whole(open_workbook(self.source)) as book:
            found = reported(recount_of(self.problem, self.rules, self.reading), book)
        return OwnParts(book, found.other_cells, found.own)


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
        takes, if that is proven. Where no legal roster was found, the exception's ``nearest`` is one that
        breaks as little as was found, if there was time to look for it.
    """
    must_be_right(
        problem=problem, rules=rules, roster=roster, certificate=certificate, stop=stop, seed=seed,
        workers=workers, progress=progress, cancel=cancel, proof=proof, change_price=change_price,
        break_price=break_price, most_changes=most_changes,
    )  # fmt: skip
    problem, since, credited, said = week_now(problem, roster, from_)
    short = _must_be_repairable(problem, rules)
    at_moment = roster_at(problem, roster, since)
    cancel = cancel or Cancel()
    wanted = sorted({*counts, *([] if most_changes is None else [most_changes])})
    with of_ctrl_c(cancel):
        run = RepairSearch(
            problem, rules, roster, at_moment, since, at_moment.stays_free.union(locked), each(change_price),
            each(break_price), handover.Origin(index(seed), versions(), ""), stop, workers, progress, cancel,
            proof, certificate, wanted, short,
        )  # fmt: skip
        try:
            run.cheapest()
        except (Contradiction, NothingFound) as none:
            if not run.has_time or cancel.is_cancelled:
                raise
            raise none.with_nearest(nearest(run)) from None
        fewest = run.fewest()
        run.fill_curve()
        repaired = run.repaired(fewest, most_changes)
    return repaired.model_copy(update={"findings": (*credited, *told(short), *said, *at_moment.findings)})


def _must_be_repairable(problem: Problem, rules: RuleBook) -> tuple[str, ...]:
    """Refuse what cannot be planned with; who has a week that no longer holds their hours."""
    try:
        must_be_plannable(problem, rules)
    except BadInput as bad:
        short = short_weeks(problem, bad.findings)
        if not short:
            raise
        must_be_plannable(problem, asking_less(problem, rules, short))
        return short
    return ()


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
    source = at_one_moment(path)
    if is_json(source):
        if locks:
            hint = text("Lock what stays on the sheet Fixed, or give the roster workbook.")
            raise refused("lock", text("a result in JSON has no cells."), hint)
        reading = json_reader.read_result_json(source, problem)
        return _repairable(reading, settled(problem, RuleBook(), reading), problem, problem, (), keeps_edits)
    with whole(open_workbook(source)) as book:
        inside = planning.input_in(book)
        own, rules = inside.problem or problem, inside.rules or RuleBook()
        reading = workbook_reader.roster_in(book, own, week=problem)
    old = _repairable(reading, settled(own, rules, reading), own, problem, locks, keeps_edits)
    return replace(old, _file=_File(source, own, rules, reading))


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
    absent = {(one.agent, one.day) for one in reading.changed if one.is_absence}
    edits = {key: edit for edit in file.edits if (key := (edit.agent, edit.day)) not in absent}
    before = {key: cell for key, cell in (reading.kept or {}).items() if key not in edits.keys() | absent}
    kept = {**{key: edit.cell for key, edit in edits.items()}, **before} if keeps_edits else {}
    later = problem.grid.day_index(own.grid.first_day)

    def in_week(days: Iterable[AgentDay]) -> frozenset[AgentDay]:
        return frozenset((agent, day + later) for agent, day in days)

    return Repairable(
        moved(file.with_called_off, own, problem),
        reading.certificate,
        in_week(locked | kept.keys()),
        in_week(kept),
        (*_kept_edits(reading, kept, [*edits.values()], keeps_edits), *_untaken(reading)),
    )


def _untaken(reading: RosterReading) -> Iterator[Finding]:
    """Edits that cannot be taken, a warning each."""
    for edit in reading.not_taken(is_of_other_input=False):
        sheet, _, cell = edit.cell.rpartition("!")
        place = Place(sheet=sheet, cell=cell)
        yield Finding(place=place, message=edit.sentence, severity=Severity.WARNING)


def _kept_edits(
    reading: RosterReading, kept: Mapping[AgentDay, str], edits: Sequence[HandEdit], are_kept: bool
) -> Iterator[Finding]:
    """Which days stay because somebody edited them, in one line."""
    if kept:
        cells = list(kept.values())
        sheet, _, cell = cells[0].rpartition("!")
        first = text(" First {edit}", edit=edits[0].sentence) if edits else ""
        yield Finding(
            place=Place(sheet=sheet or None, cell=cell),
            message=text_n(
                "{days} edited by hand stays as it is ({cells}).",
                "{days} edited by hand stay as they are ({cells}).",
                len(kept),
                days=counted(len(kept), "person's day", "people's days"),
                cells=listed(cells, _MOST_EDITS),
            )
            + first,
            hint=text("With --free-edits nothing stays for that reason."),
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


def write_repaired(
    path: Target, problem: Problem, rules: RuleBook, repaired: Repaired, old: Repairable | None = None
) -> tuple[str, ...]:
    """Write a repaired roster like any other, with the sheet Changes and a mark on each cell that changed.

    Parameters
    ----------
    old
        The roster as it was, from :func:`read_repairable`: its days that were edited by hand stay known as
        such, and what people have put into its workbook beside the roster is taken along.

    Returns
    -------
    tuple of str
        What of that was kept, and what was not.

    Raises
    ------
    BadInput
        If it cannot be written there.
    """
    return _written(target_of(path), repaired.problem, rules, repaired.outcome, old, repaired)


def not_legal_beside(path: Path) -> Path:
    """Where a roster that is not legal is written beside the one that was asked for."""
    return path.with_name(f"{path.stem}-not-legal{path.suffix}")


def write_nearest(
    path: Target, problem: Problem, rules: RuleBook, nearest: Outcome, old: Repairable,
    from_: datetime | str | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Write a roster that is not legal, from the exception of a repair; every sheet says what it breaks.

    Returns
    -------
    tuple of str
        What was kept of people's own content, and what was not.

    Raises
    ------
    BadInput
        If it cannot be written there.
    """
    problem = week_now(problem, old.roster, from_).problem
    return _written(target_of(path), problem, rules, nearest, old)


def _written(
    target: Path | IO[bytes], problem: Problem, rules: RuleBook, outcome: Outcome, old: Repairable | None,
    repaired: Repaired | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Write an outcome with what is known of the old roster; what of people's own was kept, and what not."""
    own = None if old is None else old.own_content()
    if isinstance(target, Path) and is_json(target):
        planning.write_workbook(target, problem, rules, outcome)
        return () if own is None else own.lost()
    result = result_book(problem, rules, outcome)
    if old is not None:
        put_kept_edits(result, old.kept)
    if repaired is not None:
        workbook_writer.add_repair(result, repaired)
    notes = () if own is None else own.put_into(result.book)
    save(result.book, target)
    return notes


def repair_as_json(problem: Problem, repaired: Repaired) -> str:
    """A repair as JSON; ``schema("repair")`` describes its fields."""
    return json_document.pretty(repair_document(problem, repaired))
