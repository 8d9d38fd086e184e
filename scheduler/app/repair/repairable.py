"""A roster that is to be repaired, read with its certificate and with what of it is locked.

Called by the command line and by services before :func:`scheduler.repair`. Each lock comes with its cell and
with what to do so that it holds no longer.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from scheduler.app import planning
from scheduler.app.arguments.checks import must_be_right
from scheduler.app.results.hand_edits import Settled, settled
from scheduler.app.results.read_back import recount_of, reported, whole
from scheduler.changes.comparison.compare import moved
from scheduler.domain import BadInput, Certificate, Finding, Place, Problem, Roster, Severity
from scheduler.domain.findings.errors import refused
from scheduler.domain.results.edited import HandEdit
from scheduler.domain.results.roster import AgentDay
from scheduler.domain.results.sick_hours import with_hours_of
from scheduler.domain.values.words import counted, listed, spoken_date
from scheduler.io.cells.parse import Unreadable
from scheduler.io.files.streams import Readable, Source, at_one_moment, is_json
from scheduler.io.files.workbook_file import open_workbook
from scheduler.io.result.contents.names import KEPT_EDITS
from scheduler.io.result.differences.own_content import OwnParts
from scheduler.io.result.documents import json_reader
from scheduler.io.result.reading import workbook_reader
from scheduler.io.result.reading.selection import selected
from scheduler.io.result.reading.sources import RosterReading
from scheduler.model import RuleBook
from scheduler.texts import text, text_n

_MOST_EDITS = 3


@dataclass(frozen=True)
class Repairable:
    """A roster as it was, with the certificate of its bound, if it has one, and what is locked.

    Parameters
    ----------
    locked
        Agents and days that stay: those of the cells that were named, and those that were edited by hand.
        Each comes with its cell, what locks it, and how to let it go.
    kept
        Of these the ones that were edited by hand.
    findings
        Which days are kept because they were edited.
    """

    roster: Roster
    certificate: Certificate | None = None
    locked: Mapping[AgentDay, Finding] = field(default_factory=dict)
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
        is_older, is_other = self.reading.is_of_older_version, found.report.is_of_other_input
        return OwnParts(book, found.other_cells, found.own, is_older, is_other)


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
    locked: dict[AgentDay, Finding] = {}
    for lock in locks:
        try:
            for key in selected(lock, reading.places.duties, reading.places.days):
                locked.setdefault(key, _named(own, reading, key, lock))
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
    locked |= {key: _edited(own, key, cell, locked.get(key)) for key, cell in kept.items()}
    later = problem.grid.day_index(own.grid.first_day)

    def in_week(key: AgentDay) -> AgentDay:
        return key[0], key[1] + later

    return Repairable(
        moved(file.with_called_off, own, problem),
        reading.certificate,
        {in_week(key): lock for key, lock in locked.items()},
        frozenset(map(in_week, kept)),
        (*_kept_edits(reading, kept, [*edits.values()], keeps_edits), *_untaken(reading)),
    )


def _named(own: Problem, reading: RosterReading, key: AgentDay, lock: str) -> Finding:
    """The lock of a day whose cell was named."""
    cells = reading.places.duties.get(key, ())
    cell = reading.places.days.get(key) or (cells[0] if cells else "")
    agent, day = key[0], spoken_date(own.grid.date(key[1]))
    message = text('{agent}, {day}, is locked by --lock "{lock}".', agent=agent, day=day, lock=lock)
    hint = text("Leave this cell out of --lock to let the day change.")
    return Finding(place=Place.of_cell(cell), message=message, hint=hint, severity=Severity.WARNING)


def _edited(own: Problem, key: AgentDay, cell: str, named: Finding | None) -> Finding:
    """The lock of a day that was edited by hand, which may be named as well."""
    place, agent, day = Place.of_cell(cell), key[0], spoken_date(own.grid.date(key[1]))
    if place.sheet == KEPT_EDITS:
        message = text("{agent}, {day}, is locked by its row on Kept edits.", agent=agent, day=day)
        hint = text("Remove the row to let the day change; --free-edits does so for all edited days.")
    else:
        message = text("{agent}, {day}, is locked because it was edited by hand.", agent=agent, day=day)
        hint = text("--free-edits lets all edited days change.")
    if named is not None:
        message, hint = f"{message} {named.message}", f"{hint} {named.hint}"
    return Finding(place=place, message=message, hint=hint, severity=Severity.WARNING)


def _untaken(reading: RosterReading) -> Iterator[Finding]:
    """Edits that cannot be taken, a warning each."""
    for edit in reading.not_taken(is_of_other_input=False):
        yield Finding(place=Place.of_cell(edit.cell), message=edit.sentence, severity=Severity.WARNING)


def _kept_edits(
    reading: RosterReading, kept: Mapping[AgentDay, str], edits: Sequence[HandEdit], are_kept: bool
) -> Iterator[Finding]:
    """Which days stay because somebody edited them, in one line."""
    if kept:
        cells = list(kept.values())
        first = text(" First {edit}", edit=edits[0].sentence) if edits else ""
        yield Finding(
            place=Place.of_cell(cells[0]),
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
