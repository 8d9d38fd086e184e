"""One roster from the sheets Duties and Roster, each of which people may have edited.

Day by day of each agent, the sheet on which the day was edited counts. Where both were edited, and differ,
both cells are named. How it was written stands on the sheet As written; without it, the digest on the
Certificate still says whether Duties as a whole are as they were.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.domain import Agent, Duty, Finding, Pin, Place, Problem, Roster
from scheduler.domain.results.duty_words import away_words
from scheduler.domain.results.edited import UntakenEdit
from scheduler.domain.values.spelling import is_turned
from scheduler.io.cells.parse import Unreadable, shown
from scheduler.io.result.contents import names
from scheduler.io.result.reading.absences import Absences, unknown_absence
from scheduler.io.result.reading.grid_reader import GridReading
from scheduler.io.result.reading.sources import ChangedDay, DutyCells, TypedShift
from scheduler.io.result.reading.typed_shifts import is_absence, typed_shifts
from scheduler.io.result.reading.untaken import TypedDay, untaken
from scheduler.io.result.sheets.roster.roster_grid import day_in_words
from scheduler.texts import text


@dataclass
class Merged:
    """What the two sheets say together.

    Parameters
    ----------
    duties
        All but those of days that were typed on the sheet Roster, which have to be placed first.
    changed
        Days that are not as they were written, as far as that is known.
    meant_alike
        Cells of the sheet Roster that say in other words what Duties say.
    untaken
        What was written on the sheet Roster and is the input's to say.
    """

    duties: list[Duty]
    changed: list[ChangedDay]
    findings: list[Finding]
    meant_alike: set[str]
    untaken: list[UntakenEdit]


def merged(
    problem: Problem,
    duties: Roster,
    duty_cells: Mapping[tuple[str, int], tuple[DutyCells, ...]],
    grid: GridReading | None,
    written: Roster | None,
    absences: Absences,
) -> Merged:
    """Take each day from the sheet on which it was edited.

    Parameters
    ----------
    duty_cells
        Where the duties of a day stand on the sheet Duties.
    written
        The roster as it was written, where that is known.
    """
    result = Merged([], [], [], set(), [])
    for agent in problem.agents:
        pins = {problem.grid.day_index(pin.day): pin for pin in agent.pins}
        for day in range(problem.grid.days):
            now, on = duties.on(agent.name, day), problem.grid.date(day)
            before = None if written is None else written.on(agent.name, day)
            _merge(
                result,
                problem,
                _Day(
                    agent,
                    day,
                    now,
                    before,
                    away_words(agent, on),
                    pins.get(day),
                    absences.has(agent.name, on),
                    absences.now.agent_named.get(agent.name),
                ),
                duty_cells,
                grid,
            )
    return result


@dataclass(frozen=True)
class _Day:
    agent: Agent
    number: int
    now: tuple[Duty, ...]
    before: tuple[Duty, ...] | None
    away: str
    pin: Pin | None
    is_absent: bool
    agent_now: Agent | None
    """As the input has them now."""

    def in_words(self, problem: Problem, duties: Sequence[Duty]) -> str:
        return day_in_words(problem, self.agent, duties, self.away, self.pin)

    def is_as_written(self, problem: Problem, value: object) -> bool:
        """Whether a cell of the sheet Roster says what Duties say, or said when they were written."""
        words = value.replace("\r\n", "\n") if isinstance(value, str) else None
        return words in [
            self.in_words(problem, duties) for duties in (self.now, self.before) if duties is not None
        ]


def _merge(
    result: Merged,
    problem: Problem,
    day: _Day,
    duty_cells: Mapping[tuple[str, int], tuple[DutyCells, ...]],
    grid: GridReading | None,
) -> None:
    key = (day.agent.name, day.number)
    on_roster = None if grid is None else grid.cell(*key)
    cells = duty_cells.get(key, ())
    edited = day.before is not None and day.before != day.now
    typed = None
    if grid is not None and on_roster is not None and not day.is_as_written(problem, grid.values[key]):
        if is_turned(str(grid.values[key])):
            message = text(
                "marks of direction stand in this cell, so that it reads otherwise than it is meant."
            )
            result.findings.append(_at(on_roster, message, text("Type it again.")))
            return
        try:
            typed = typed_shifts(grid.values[key], problem)
        except Unreadable as error:
            result.findings.append(_at(on_roster, error.message, error.hint))
            return
        absence = is_absence(grid.values[key], problem)
        if absence and not day.is_absent:
            on = problem.grid.date(day.number)
            message, hint = unknown_absence(day.agent.name, str(grid.values[key]), on)
            more = text('For a day without a duty alone, write "off".')
            result.findings.append(_at(on_roster, message, f"{hint} {more}"))
            return
        is_alike = _are(problem, day.agent, typed, day.now)
        if day.agent_now is not None:
            typed_day = TypedDay(day.agent_now, day.number, on_roster, grid.values[key], day.now, is_alike)
            result.untaken += untaken(problem, typed_day)
        if is_alike:
            result.meant_alike.add(on_roster)
        elif edited or day.before is None:
            on_duties = _edited(cells, day.before or (), day.now)
            result.findings.append(_in_doubt(problem, day, on_roster, on_duties, grid.values[key]))
            return
        else:
            result.changed.append(ChangedDay(*key, on_roster, day.before, typed, absence))
            return
    result.duties += day.now
    if edited:
        cell = _edited(cells, day.before or (), day.now) or on_roster or names.DUTIES
        result.changed.append(ChangedDay(*key, cell, day.before or ()))


def _edited(cells: Sequence[DutyCells], before: Sequence[Duty], now: Sequence[Duty]) -> str | None:
    """The cell on Duties in which a day was edited, or where its first duty stands."""
    if len(cells) == len(now) == len(before):
        for one, was, is_now in zip(cells, before, now, strict=True):
            if was != is_now:
                return one.changed(was, is_now)
    new = [one.start for one, is_now in zip(cells, now, strict=False) if is_now not in before]
    return next(iter([*new, *(one.start for one in cells)]), None)


def _are(problem: Problem, agent: Agent, typed: tuple[TypedShift, ...], duties: Sequence[Duty]) -> bool:
    """Whether what was typed says these duties, as far as it says anything."""
    if len(typed) != len(duties):
        return False
    return all(
        shift.template in (None, duty.template) and (shift.start, shift.end) == tuple(times)
        for shift, duty in zip(typed, duties, strict=True)
        for times in [_times(problem, agent, duty, shift)]
    )


def _times(problem: Problem, agent: Agent, duty: Duty, like: TypedShift) -> Iterator[int | None]:
    """The duty's start and end by the clock, as far as the other one has them."""
    grid, zone = problem.grid, problem.zone_of(agent)
    midnight = grid.date(duty.day)
    for instant, said in ((duty.start, like.start), (duty.end, like.end)):
        local = grid.local(instant, zone)
        minutes = (local.date() - midnight).days * 1440 + local.hour * 60 + local.minute
        yield None if said is None else minutes


def _in_doubt(problem: Problem, day: _Day, on_roster: str, on_duties: str | None, value: object) -> Finding:
    message = text(
        "{said} stands here, and {there} in {cell}, for {agent} on {date:%a %d %b %Y}; both were edited.",
        said=shown(value or ""),
        there=shown(day.in_words(problem, day.now).replace("\n", " | ")),
        cell=on_duties or names.DUTIES,
        agent=day.agent.name,
        date=problem.grid.date(day.number),
    )
    return _at(on_roster, message, text("Write the same in both, or what was there before in one of them."))


def _at(cell: str, message: str, hint: str) -> Finding:
    return Finding(place=Place.of_cell(cell), message=message, hint=hint)
