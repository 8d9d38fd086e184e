"""Reading a roster back from a result workbook that people may have edited.

The sheets Duties and Roster are the roster, each where it was edited (:mod:`scheduler.io.result.merging`).
The certificate of the bound comes from its own sheet. The rest of the workbook is checked against both by
:mod:`scheduler.io.result.workbook_differences`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from scheduler.domain import (
    Agent,
    Duty,
    Finding,
    Place,
    PlacedBreak,
    Problem,
    Roster,
)
from scheduler.domain.digest import roster_hash
from scheduler.domain.findings import unknown_name
from scheduler.domain.grid import MINUTES_PER_DAY
from scheduler.domain.words import clock_words
from scheduler.io.cells import parse, parse_dates
from scheduler.io.cells.columns import normalised
from scheduler.io.cells.conventions import Conventions
from scheduler.io.cells.parse import Unreadable, is_blank
from scheduler.io.files.limits import NotRead
from scheduler.io.files.streams import Source
from scheduler.io.files.workbook_file import WorkbookFile, cell_name, damaged, open_workbook
from scheduler.io.input.sheets import AVAILABILITY
from scheduler.io.result.grid_reader import GridReading, read_grid
from scheduler.io.result.merging import merged
from scheduler.io.result.reading import RosterReading
from scheduler.io.result.sheets import names
from scheduler.io.result.sheets.as_written import read_as_written
from scheduler.io.result.sheets.certificate import read_certificate, stated_roster_hash
from scheduler.io.result.sheets.clock import instant_of, read_clock
from scheduler.io.result.sheets.duties import ABSENCES, DUTY, FIXED, PAID, UNPAID, break_headings
from scheduler.texts import text

_HEADINGS_WITHIN = 12
_NEEDED = ("Agent", "Date", "Shift", "Start", "End")


def read_roster(path: Source, problem: Problem) -> RosterReading:
    """Read the roster and the certificate from a result workbook.

    Parameters
    ----------
    problem
        The input that the roster belongs to; agents and shift templates are looked up in it.
    """
    opened = open_workbook(path)
    if isinstance(opened, Finding):
        return RosterReading(None, findings=(opened,))
    with opened as book:
        return roster_in(book, problem)


def is_roster(path: Source) -> bool:
    """Whether a file is a workbook with a roster, and not with an input alone."""
    opened = open_workbook(path)
    if isinstance(opened, Finding):
        return False
    with opened as book:
        titles = set(map(normalised, book.titles))
    return {normalised(names.DUTIES), normalised(names.CERTIFICATE)} <= titles


def roster_in(book: WorkbookFile, problem: Problem) -> RosterReading:
    """The roster and the certificate in an open workbook."""
    try:
        return _read(book, problem)
    except NotRead as error:
        return RosterReading(None, findings=(damaged(book.source, error),))


def _read(book: WorkbookFile, problem: Problem) -> RosterReading:
    titles = {normalised(title): title for title in book.titles}
    findings: list[Finding] = []
    roster, duty_cells = None, {}
    if title := titles.get(normalised(names.DUTIES)):
        sheet = book.sheet(title)
        unreadable = [
            Finding(place=Place(sheet=title, cell=cell_name(*cell)), message=message, hint=hint)
            for cell, (message, hint) in sheet.faults.items()
        ]
        reader = _DutyReader(title, problem, sheet.epoch, unreadable)
        roster = reader.read(sheet.rows)
        duty_cells = reader.cells
        findings += reader.findings
    else:
        findings.append(
            Finding(
                place=Place(sheet=names.DUTIES),
                message=text("the sheet is missing: this is not a workbook with a roster."),
                hint=text("Sheets found: {titles}.", titles=", ".join(book.titles)),
            )
        )
    certificate = input_hash = stated_hash = None
    if title := titles.get(normalised(names.CERTIFICATE)):
        rows = book.sheet(title).rows
        certificate, input_hash, faults = read_certificate(rows)
        stated_hash = stated_roster_hash(rows)
        findings += faults
    reading = RosterReading(roster, certificate, input_hash, tuple(findings), stated_hash)
    title = titles.get(normalised(names.ROSTER))
    grid = None if title is None else read_grid(book.sheet(title), problem)
    return _with_edits(reading, duty_cells, _as_written(book, titles, stated_hash), grid, problem)


def _as_written(book: WorkbookFile, titles: Mapping[str, str], stated_hash: str | None) -> Roster | None:
    """The roster on the sheet As written, if it is the one that the Certificate states."""
    title = titles.get(normalised(names.AS_WRITTEN))
    roster = None if title is None else read_as_written(book.sheet(title).rows)
    return roster if roster is not None and roster_hash(roster) == stated_hash else None


def _with_edits(
    reading: RosterReading,
    duty_cells: Mapping[tuple[str, int], tuple[str, ...]],
    written: Roster | None,
    grid: GridReading | None,
    problem: Problem,
) -> RosterReading:
    """The reading with the edits of both sheets in one roster."""
    if reading.roster is None:
        return reading
    if written is None and roster_hash(reading.roster) == reading.stated_hash:
        written = reading.roster
    both = merged(problem, reading.roster, duty_cells, grid, written)
    findings = (*reading.findings, *(() if grid is None else grid.findings), *both.findings)
    return replace(
        reading,
        roster=None if findings else Roster(duties=tuple(both.duties)),
        findings=findings,
        written=written,
        changed=tuple(both.changed),
        places=(grid or GridReading(names.ROSTER)).places(duty_cells, frozenset(both.meant_alike)),
    )


@dataclass
class _DutyReader:
    """Reads the Duties sheet; a fault becomes a finding, and reading goes on."""

    title: str
    problem: Problem
    epoch: datetime
    findings: list[Finding] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    cells: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    """Where the duties of each agent and day start."""

    def read(self, rows: Sequence[Sequence[Any]]) -> Roster | None:
        heading = self._find_headings(rows)
        if heading is None:
            self._fault(
                None, text("no row of headings was found; needed are {needed}.", needed=", ".join(_NEEDED))
            )
            return None
        self.columns = {
            normalised(value): at for at, value in enumerate(rows[heading]) if not is_blank(value)
        }
        missing = [name for name in _NEEDED if normalised(name) not in self.columns]
        for name in missing:
            self._fault(cell_name(heading + 1, 1), text('the column "{name}" is missing.', name=name))
        if missing:
            return None
        read_cells = [self.columns[normalised(name)] for name in _NEEDED]
        duties = [
            duty
            for number, row in enumerate(rows[heading + 1 :], start=heading + 2)
            if any(at < len(row) and not is_blank(row[at]) for at in read_cells)
            and self._is_duty(number, row)
            and (duty := self._duty(number, row)) is not None
        ]
        return None if self.findings else Roster(duties=tuple(duties))

    def _find_headings(self, rows: Sequence[Sequence[Any]]) -> int | None:
        wanted = {normalised(name) for name in FIXED}
        hits = [len(wanted & {normalised(value) for value in row}) for row in rows[:_HEADINGS_WITHIN]]
        best = max(hits, default=0)
        return hits.index(best) if best >= 3 else None

    def _is_duty(self, number: int, row: Sequence[Any]) -> bool:
        """Whether a row is a duty; an absence is the input's, and no part of the roster."""
        kind = str(self._value(row, "Kind") or DUTY)
        if normalised(kind) == normalised(DUTY):
            return True
        if AVAILABILITY.column("what").choices.get(kind.strip().casefold()) not in ABSENCES:
            self._fault(
                self._cell(number, "Kind"),
                text('"{kind}" is no kind of row that is known.', kind=kind),
                text("Write {kinds}.", kinds=", ".join(f'"{word}"' for word in (DUTY, *ABSENCES))),
            )
        elif not self._blank(row, "Shift"):
            self._fault(
                self._cell(number, "Shift"),
                text('a row of the kind "{kind}" has no shift.', kind=kind.strip()),
                text(
                    'Clear the shift and write the absence on Availability, or write "{duty}" as the kind.',
                    duty=DUTY,
                ),
            )
        return False

    def _duty(self, number: int, row: Sequence[Any]) -> Duty | None:
        before = len(self.findings)
        agent = self._agent(number, row)
        template = self._template(number, row)
        day = self._date(number, row, "Date")
        start = self._clock(number, row, "Start")
        end = self._clock(number, row, "End")
        end_date = None if self._blank(row, "End date") else self._date(number, row, "End date")
        if agent is None or template is None or day is None or start is None or end is None:
            return None
        if len(self.findings) > before:
            return None
        grid, zone = self.problem.grid, self.problem.zone_of(agent)
        if not 0 <= grid.day_index(day) < grid.days:
            self._fault(
                self._cell(number, "Date"),
                text(
                    "{day} is not one of the planned days, {first} to {last}.",
                    day=day,
                    first=grid.date(0),
                    last=grid.date(grid.days - 1),
                ),
            )
            return None
        if not grid.clock_exists(grid.day_index(day), start[0], zone):
            self._fault(
                self._cell(number, "Start"),
                text(
                    "{day} {clock} does not exist: the clock is put forward then.",
                    day=day,
                    clock=clock_words(start[0]),
                ),
                text("Write a time that the clock shows."),
            )
            return None
        begins = instant_of(grid, day, start[0], zone, second=start[1])
        ends = self._end(begins, day, end_date, end, zone)
        if ends <= begins:
            self._fault(
                self._cell(number, "End"),
                text("the duty ends before it starts."),
                text("A night has the next day as its end date."),
            )
            return None
        breaks = self._breaks(number, row, agent, begins, ends)
        if len(self.findings) > before:
            return None
        key = agent.name, grid.day_index(day)
        self.cells[key] = (*self.cells.get(key, ()), f"{self.title}!{self._cell(number, 'Start')}")
        return Duty(
            agent=agent.name,
            day=grid.day_index(day),
            template=template,
            start=begins,
            end=ends,
            breaks=tuple(breaks),
        )

    def _end(self, begins: int, day: date, end_date: date | None, end: tuple[int, bool], zone: str) -> int:
        """The end on its date, or, without a date, the first such clock time after the start."""
        grid = self.problem.grid
        if end_date is not None:
            return instant_of(grid, end_date, end[0], zone, second=end[1])
        ends = instant_of(grid, day, end[0], zone, second=end[1])
        return ends if ends > begins else instant_of(grid, day, end[0] + MINUTES_PER_DAY, zone, second=end[1])

    def _breaks(
        self, number: int, row: Sequence[Any], agent: Agent, begins: int, ends: int
    ) -> list[PlacedBreak]:
        zone = self.problem.zone_of(agent)
        placed: list[PlacedBreak] = []
        position = 0
        while normalised(break_headings(position + 1)[0]) in self.columns:
            position += 1
            name_heading, start_heading, end_heading, paid_heading = break_headings(position)
            if all(self._blank(row, heading) for heading in (name_heading, start_heading, end_heading)):
                continue
            if self._blank(row, name_heading):
                self._fault(self._cell(number, name_heading), text("the break has no name."))
                continue
            try:
                name = parse.plain_text(self._value(row, name_heading))
            except Unreadable as error:
                self._fault(self._cell(number, name_heading), error.message, error.hint)
                continue
            start = self._clock(number, row, start_heading)
            end = self._clock(number, row, end_heading)
            paid = self._paid(number, row, paid_heading)
            if start is None or end is None or paid is None:
                continue
            at = self._within(begins, ends, start, zone)
            until = self._within(at, max(ends, at), end, zone)
            if until <= at:
                self._fault(
                    self._cell(number, end_heading),
                    text('the break "{name}" ends before it starts.', name=name),
                )
                continue
            placed.append(PlacedBreak(name=name, start=at, length_minutes=until - at, paid=paid))
        return placed

    def _within(self, begins: int, ends: int, clock: tuple[int, bool], zone: str) -> int:
        """The instant of a clock time inside a duty, or on the duty's first day if it lies outside."""
        grid = self.problem.grid
        day = grid.local(begins, zone).date()
        same_day = instant_of(grid, day, clock[0], zone, second=clock[1])
        if same_day >= begins:
            return same_day
        next_day = instant_of(grid, day, clock[0] + MINUTES_PER_DAY, zone, second=clock[1])
        return next_day if next_day <= ends else same_day

    def _agent(self, number: int, row: Sequence[Any]) -> Agent | None:
        name = self._name(number, row, "Agent", self.problem.agent_named, "agent", "Agents")
        return None if name is None else self.problem.agent_named[name]

    def _template(self, number: int, row: Sequence[Any]) -> str | None:
        return self._name(number, row, "Shift", self.problem.template_named, "shift", "Shifts")

    def _name(
        self, number: int, row: Sequence[Any], heading: str, known: dict[str, Any], kind: str, sheet: str
    ) -> str | None:
        try:
            name = parse.plain_text(self._value(row, heading) or "")
        except Unreadable as error:
            self._fault(self._cell(number, heading), error.message, error.hint)
            return None
        if name in known:
            return name
        alike = [one for one in known if one.casefold() == name.casefold()]
        if len(alike) == 1:
            return alike[0]
        if is_blank(name):
            self._fault(
                self._cell(number, heading),
                text("the {kind} is missing.", kind=kind),
                text("Remove the whole row or fill it in."),
            )
        else:
            self._fault(self._cell(number, heading), *unknown_name(kind, name, known, sheet))
        return None

    def _date(self, number: int, row: Sequence[Any], heading: str) -> date | None:
        value = self._value(row, heading)
        if is_blank(value):
            self._fault(self._cell(number, heading), text("the date is missing."))
            return None
        try:
            return parse_dates.day(value, Conventions(epoch=self.epoch))
        except Unreadable as error:
            self._fault(self._cell(number, heading), error.message, error.hint)
            return None

    def _clock(self, number: int, row: Sequence[Any], heading: str) -> tuple[int, bool] | None:
        value = self._value(row, heading)
        if is_blank(value):
            self._fault(self._cell(number, heading), text("the time is missing."))
            return None
        try:
            return read_clock(value)
        except Unreadable as error:
            self._fault(self._cell(number, heading), error.message, error.hint)
            return None

    def _paid(self, number: int, row: Sequence[Any], heading: str) -> bool | None:
        value = str(self._value(row, heading) or "").strip().casefold()
        if value in (PAID, UNPAID):
            return value == PAID
        self._fault(
            self._cell(number, heading),
            text('"{value}" is neither "{paid}" nor "{unpaid}".', value=value, paid=PAID, unpaid=UNPAID),
        )
        return None

    def _value(self, row: Sequence[Any], heading: str) -> Any:
        at = self.columns.get(normalised(heading))
        return None if at is None or at >= len(row) else row[at]

    def _blank(self, row: Sequence[Any], heading: str) -> bool:
        return is_blank(self._value(row, heading))

    def _cell(self, number: int, heading: str) -> str:
        return cell_name(number, self.columns.get(normalised(heading), 0) + 1)

    def _fault(self, cell: str | None, message: str, hint: str = "") -> None:
        self.findings.append(Finding(place=Place(sheet=self.title, cell=cell), message=message, hint=hint))
