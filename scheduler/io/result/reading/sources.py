"""The sources of a result that are believed when it is read back: its roster and its certificate."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from scheduler.domain import Certificate, Duty, Finding, Roster
from scheduler.domain.results.digest import roster_hash
from scheduler.domain.results.edited import UntakenEdit
from scheduler.io.cells.columns import normalised
from scheduler.io.files.workbook_file import cell_name
from scheduler.io.result.sheets.roster.duties import break_headings


@dataclass(frozen=True)
class TypedShift:
    """One duty as far as a cell of the sheet Roster says it.

    Parameters
    ----------
    template
        Its shift, ``None`` where only times stand there.
    start, end
        Minutes after the midnight at which the day begins; ``None`` where the cell leaves it open.
    """

    template: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class ChangedDay:
    """A day of one agent that is not as it was written.

    Parameters
    ----------
    cell
        Where it was changed.
    before
        Its duties as they were written.
    typed
        What stands on the sheet Roster, where that was edited; ``None`` where Duties were.
    is_absence
        Whether a word for an absence stands there, which the input has too.
    """

    agent: str
    day: int
    cell: str
    before: tuple[Duty, ...]
    typed: tuple[TypedShift, ...] | None = None
    is_absence: bool = False


@dataclass(frozen=True)
class DutyCells:
    """Where the parts of one duty stand on the sheet Duties.

    Parameters
    ----------
    columns
        Position of each column, by its heading in normal form.
    breaks
        Which of the breaks of its row each break of the duty is.
    """

    sheet: str
    row: int
    columns: Mapping[str, int]
    breaks: tuple[int, ...]

    @property
    def start(self) -> str:
        """The cell of its start, where the duty as a whole is told."""
        return self._cell("Start")

    def changed(self, before: Duty, now: Duty) -> str:
        """The first cell that says something else than before."""
        for heading, was, is_now in (
            ("Shift", before.template, now.template),
            ("Start", before.start, now.start),
            ("End", before.end, now.end),
        ):
            if was != is_now:
                return self._cell(heading)
        for number, was_placed, placed in zip(self.breaks, before.breaks, now.breaks, strict=False):
            name, start, end, _ = break_headings(number)
            if was_placed.start != placed.start:
                return self._cell(start)
            if was_placed.length_minutes != placed.length_minutes:
                return self._cell(end)
            if was_placed != placed:
                return self._cell(name)
        more = self.breaks[len(before.breaks) :]
        return self._cell(break_headings(more[0])[0]) if more else self.start

    def _cell(self, heading: str) -> str:
        return f"{self.sheet}!{cell_name(self.row, self.columns[normalised(heading)] + 1)}"


@dataclass(frozen=True)
class Places:
    """Where in the file the roster stands.

    Parameters
    ----------
    duties
        By agent and day, each duty there: ``Duties!F17``, or ``duties.17`` in a document.
    days
        By agent and day, its cell on the sheet Roster.
    agents, dates
        By agent and by day, the cells with their names on that sheet.
    meant_alike
        Cells of that sheet that say in other words what Duties say.
    """

    duties: Mapping[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    days: Mapping[tuple[str, int], str] = field(default_factory=dict)
    agents: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[int, str] = field(default_factory=dict)
    meant_alike: frozenset[str] = frozenset()

    def of(self, agent: str, day: int) -> tuple[str, ...]:
        """Every cell that says what an agent does on a day."""
        on_roster = self.days.get((agent, day))
        return (*self.duties.get((agent, day), ()), *(() if on_roster is None else (on_roster,)))


@dataclass(frozen=True)
class RosterReading:
    """The sources that were read from a result file.

    Parameters
    ----------
    roster
        ``None`` where it could not be read whole; ``findings`` then says why. Without the duties that were
        typed on the sheet Roster (see ``changed``), which have to be placed first.
    certificate
        The bound's; ``None`` if the file has none.
    input_hash
        Of the input that the roster was made from, if the file states it.
    findings
        Everything that is wrong with the file, each with its cell.
    stated_hash
        Of the roster as it was written, if the file states it.
    written
        The roster as it was written, if the file holds it.
    changed
        Days that are not as they were written, as far as that is known.
    untaken
        What was written on the sheet Roster and is the input's to say.
    is_of_older_version
        Whether the file says that a version wrote it that writes or counts otherwise.
    kept
        Days of earlier edits that stay as they are, each with its cell on the sheet Kept edits; ``None``
        where the file has no such sheet.
    """

    roster: Roster | None
    certificate: Certificate | None = None
    input_hash: str | None = None
    findings: tuple[Finding, ...] = ()
    stated_hash: str | None = None
    written: Roster | None = None
    changed: tuple[ChangedDay, ...] = ()
    untaken: tuple[UntakenEdit, ...] = ()
    places: Places = Places()
    kept: Mapping[tuple[str, int], str] | None = None
    is_of_older_version: bool = False

    @cached_property
    def edited(self) -> Mapping[tuple[str, int], str]:
        """By agent and day, the cells in which they were edited."""
        return {(one.agent, one.day): one.cell for one in self.changed}

    @cached_property
    def retyped(self) -> frozenset[str]:
        """Cells of the sheet Roster that say in other words what they said before."""
        return self.places.meant_alike - {one.cell for one in self.changed}

    def not_taken(self, *, is_of_other_input: bool) -> tuple[UntakenEdit, ...]:
        """Edits that cannot be taken; of a file from another input without what may have stood there."""
        return tuple(one for one in self.untaken if not (is_of_other_input and one.is_of_input))

    @property
    def is_edited(self) -> bool:
        """Whether the file says itself that its roster is not the one that was written."""
        if self.roster is None:
            return False
        other = self.stated_hash is not None and self.stated_hash != roster_hash(self.roster)
        return bool(self.changed) or other
