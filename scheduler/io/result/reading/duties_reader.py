"""The Duties sheet as it stands in a file: a duty a row, each with its cell and every finding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
from scheduler.domain.findings.finding import unknown_name
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.domain.values.spelling import spelt
from scheduler.domain.values.words import clock_words
from scheduler.io.cells import parse, parse_dates
from scheduler.io.cells.columns import normalised
from scheduler.io.cells.conventions import as_settings_say
from scheduler.io.cells.parse import Unreadable, is_blank
from scheduler.io.files.cell_values import Fault
from scheduler.io.files.workbook_file import RawSheet, cell_name
from scheduler.io.input.sheets import AVAILABILITY
from scheduler.io.result.contents.names import ABSENCES, DUTY
from scheduler.io.result.reading.absences import Absences, unknown_absence
from scheduler.io.result.reading.sources import DutyCells
from scheduler.io.result.sheets.clock import instant_of, read_clock
from scheduler.io.result.sheets.roster.duties import (
    FIXED,
    NEEDED,
    PAID,
    UNPAID,
    break_headings,
    is_read,
)
from scheduler.texts import text

_HEADINGS_WITHIN = 12


def has_duty_headings(sheet: RawSheet) -> bool:
    """Whether a sheet has every column that a duty needs."""
    at = _heading_row(sheet.rows)
    return at is not None and set(map(normalised, NEEDED)) <= set(map(normalised, sheet.rows[at]))


def _heading_row(rows: Sequence[Sequence[Any]]) -> int | None:
    """The index of the row that has the most of the headings."""
    wanted = {normalised(name) for name in FIXED}
    hits = [len(wanted & {normalised(value) for value in row}) for row in rows[:_HEADINGS_WITHIN]]
    best = max(hits, default=0)
    return hits.index(best) if best >= 3 else None


@dataclass
class DutyReader:
    """Reads the Duties sheet; a fault becomes a finding, and reading goes on."""

    title: str
    problem: Problem
    epoch: datetime
    faults: Mapping[tuple[int, int], Fault]
    """What is wrong with cells of the file, by row and column."""
    absences: Absences
    findings: list[Finding] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    breaks: list[tuple[str, ...]] = field(default_factory=list)
    """The headings of each break that has columns."""
    cells: dict[tuple[str, int], tuple[DutyCells, ...]] = field(default_factory=dict)
    """Where the duties of each agent and day stand."""
    outside: dict[str, date] = field(default_factory=dict)
    """Cells with dates that are not planned."""

    def read(self, rows: Sequence[Sequence[Any]]) -> Roster | None:
        """The duties of all rows; ``None`` where a row could not be read."""
        heading = _heading_row(rows)
        if heading is None:
            self._fault(
                None, text("no row of headings was found; needed are {needed}.", needed=", ".join(NEEDED))
            )
            return None
        self._find_columns(heading + 1, rows[heading])
        missing = [name for name in NEEDED if normalised(name) not in self.columns]
        for name in missing:
            self._fault(cell_name(heading + 1, 1), text('the column "{name}" is missing.', name=name))
        if self.findings:
            return None
        self._tell_unreadable(heading)
        read_cells = [self.columns[normalised(name)] for name in NEEDED]
        duties = [
            duty
            for number, row in enumerate(rows[heading + 1 :], start=heading + 2)
            if any(at < len(row) and not is_blank(row[at]) for at in read_cells)
            and self._is_duty(number, row)
            and (duty := self._duty(number, row)) is not None
        ]
        self._tell_outside()
        return None if self.findings else Roster(duties=tuple(duties))

    def _find_columns(self, number: int, headings: Sequence[Any]) -> None:
        """Which column has which heading; of two that could both be read, none is guessed at."""
        self.columns = {}
        for at, value in enumerate(headings):
            name = normalised(value)
            if name in self.columns and is_read(name):
                first = cell_name(number, self.columns[name] + 1)
                self._fault(
                    cell_name(number, at + 1),
                    text('the heading "{heading}" stands here and in {first}.', heading=value, first=first),
                    text("Give the column that is your own another heading."),
                )
            elif not is_blank(value):
                self.columns[name] = at
        self.breaks = []
        while normalised(break_headings(len(self.breaks) + 1)[0]) in self.columns:
            self.breaks.append(break_headings(len(self.breaks) + 1))

    def _tell_unreadable(self, heading: int) -> None:
        """Note what is wrong with cells of the file from which a duty is read."""
        read = {at for name, at in self.columns.items() if is_read(name)}
        for (row, column), (message, hint) in self.faults.items():
            if row > heading + 1 and column - 1 in read:
                self._fault(cell_name(row, column), message, hint)

    def _tell_outside(self) -> None:
        """Note dates that are not planned, all of them at once: mostly it is the roster of another week."""
        if not self.outside:
            return
        grid, days = self.problem.grid, [*self.outside.values()]
        first, last = grid.date(0), grid.date(grid.days - 1)
        if len(days) == 1:
            message = text(
                "{day} is not one of the planned days, {first} to {last}.",
                day=days[0],
                first=first,
                last=last,
            )
            self._fault(next(iter(self.outside)), message)
            return
        self._fault(
            next(iter(self.outside)),
            text(
                "{number} duties from {earliest} to {latest} are not of the planned days, {first} to {last}.",
                number=len(days),
                earliest=min(days),
                latest=max(days),
                first=first,
                last=last,
            ),
            text("Give the week that this roster was made for, or write other dates."),
        )

    def _is_duty(self, number: int, row: Sequence[Any]) -> bool:
        """Whether a row is a duty; an absence is the input's, and no part of the roster."""
        kind = str(self._value(row, "Kind") or DUTY)
        if normalised(kind) == normalised(DUTY):
            return True
        known = AVAILABILITY.column("what").choices.get(spelt(kind).casefold()) in ABSENCES
        if not known:
            self._fault(
                self._cell(number, "Kind"),
                text('"{kind}" is no kind of row that is known.', kind=kind),
                text("Write {kinds}.", kinds=", ".join(f'"{word}"' for word in (DUTY, *ABSENCES))),
            )
        elif not self._blank(row, "Shift"):
            self._fault(
                self._cell(number, "Shift"),
                text('a row of the kind "{kind}" has no shift.', kind=spelt(kind)),
                text(
                    'Clear the shift and write the absence on Availability, or write "{duty}" as the kind.',
                    duty=DUTY,
                ),
            )
        else:
            self._absence(number, row, spelt(kind))
        return False

    def _absence(self, number: int, row: Sequence[Any], kind: str) -> None:
        """Note an absence that is not the input's: nothing of it would be read."""
        agent, day = self._agent(number, row), self._date(number, row, "Date")
        if agent is None or day is None:
            return
        if not self.absences.has(agent.name, day):
            message, hint = unknown_absence(agent.name, kind, day)
            more = text("Remove this row then; a free day needs none.")
            self._fault(self._cell(number, "Kind"), message, f"{hint} {more}")

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
            self.outside[self._cell(number, "Date")] = day
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
        if end_date is not None and end_date < day:
            self._fault(
                self._cell(number, "End date"),
                text("the end date {end_date} is before the date {day}.", end_date=end_date, day=day),
                text("Write {day}, for a night the day after, or leave it blank.", day=day),
            )
            return None
        ends = self._end(begins, day, end_date, end, zone)
        if ends <= begins:
            self._fault(
                self._cell(number, "End"),
                text("the duty ends before it starts."),
                text("A night has the next day as its end date."),
            )
            return None
        breaks, numbers = self._breaks(number, row, agent, begins, ends)
        if len(self.findings) > before:
            return None
        key = agent.name, grid.day_index(day)
        cells = DutyCells(self.title, number, self.columns, tuple(numbers))
        self.cells[key] = (*self.cells.get(key, ()), cells)
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
    ) -> tuple[list[PlacedBreak], list[int]]:
        """The breaks of a row, and which of its breaks each of them is."""
        zone = self.problem.zone_of(agent)
        placed: list[PlacedBreak] = []
        numbers: list[int] = []
        for position, headings in enumerate(self.breaks, start=1):
            name_heading, start_heading, end_heading, paid_heading = headings
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
            numbers.append(position)
        return placed, numbers

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
            return parse_dates.day(value, as_settings_say(self.problem, self.epoch))
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
        value = spelt(str(self._value(row, heading) or "")).casefold()
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
