"""Edits of people in a roster workbook, settled: which duties they mean, and how they read in a report.

What was typed on the sheet Roster leaves things open: the shift where only times stand there, its times where
only a name does, and its breaks always. They are settled as well as the rules and the curve allow.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from scheduler.changes.proposals.sequential_placement import SequentialPlacement
from scheduler.domain import Agent, BadInput, Duty, Finding, Place, Problem, Roster, ShiftTemplate
from scheduler.domain.results.duty_words import breaks_words, day_words
from scheduler.domain.results.edited import HandEdit
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.domain.values.words import clock_words, spoken_date
from scheduler.io.result.reading.sources import ChangedDay, RosterReading, TypedShift
from scheduler.io.result.sheets.clock import instant_of
from scheduler.model import RuleBook
from scheduler.texts import text


@dataclass(frozen=True)
class Settled:
    """The roster that a file means, and what was edited in it.

    Parameters
    ----------
    called_off
        Duties in whose place somebody wrote that their agent is absent.
    """

    roster: Roster
    edits: tuple[HandEdit, ...] = ()
    called_off: tuple[Duty, ...] = ()

    @property
    def with_called_off(self) -> Roster:
        """The roster with those duties: the absences cancel them, and their hours are credited."""
        return Roster(duties=(*self.roster.duties, *self.called_off))


def settled(problem: Problem, rules: RuleBook, reading: RosterReading) -> Settled:
    """The roster of a reading with every typed duty placed.

    Raises
    ------
    BadInput
        With every finding of the reading, and what of the edits is not clear.
    """
    if reading.roster is None or any(finding.is_error for finding in reading.findings):
        raise BadInput(reading.findings)
    placing = _Placing(problem, rules, reading.roster, reading.changed)
    for changed in reading.changed:
        placing.settle(changed)
    if placing.unclear:
        raise BadInput(placing.unclear)
    off = tuple(duty for changed in reading.changed if changed.is_absence for duty in changed.before)
    return Settled(Roster(duties=tuple(placing.placement.duties)), tuple(placing.edits), off)


@dataclass
class _Placing:
    """Typed duties placed one after the other, each where the others leave staff missing."""

    problem: Problem
    rules: RuleBook
    read: Roster
    changed: tuple[ChangedDay, ...]
    edits: list[HandEdit] = field(default_factory=list)
    unclear: list[Finding] = field(default_factory=list)

    @cached_property
    def placement(self) -> SequentialPlacement:
        """Where the typed duties are placed."""
        given_up = (
            duty
            for changed in self.changed
            for duty in changed.before
            if changed.typed is not None or not self.read.on(changed.agent, changed.day)
        )
        return SequentialPlacement(self.problem, self.rules, self.read, given_up)

    def settle(self, changed: ChangedDay) -> None:
        """Place what was typed on a day, and say what was changed there."""
        agent = self.problem.agent_named[changed.agent]
        placed = self.read.on(changed.agent, changed.day)
        for typed in changed.typed or ():
            shifts = list(self._shifts(agent, changed, typed))
            if not shifts:
                return
            placed = (*placed, self.placement.place(agent, shifts))
        sentence = _in_words(self.problem, agent, changed, placed)
        self.edits.append(HandEdit(cell=changed.cell, agent=agent.name, day=changed.day, sentence=sentence))

    def _shifts(self, agent: Agent, changed: ChangedDay, typed: TypedShift) -> Iterator[Duty]:
        """Every shift that the cell can mean, without breaks; none where that is not clear."""
        day, before = changed.day, changed.before[0] if changed.before else None
        names = self._named(agent, day, typed, before)
        if len(names) > 1 and typed.start is not None and typed.end is not None:
            times = f"{clock_words(typed.start)}-{clock_words(typed.end)}"
            said = ", ".join(f'"{name}"' for name in names)
            message = text("{times} can be {names}.", times=times, names=said)
            hint = text('Write which one: "{name} {times}".', name=names[0], times=times)
            self.unclear.append(Finding(place=Place.of_cell(changed.cell), message=message, hint=hint))
            return
        for name in names:
            template = self.problem.template_named[name]
            like = before if before is not None and before.template == name else None
            for start, length in _times(self.problem, agent, day, template, typed, like):
                yield Duty(agent=agent.name, day=day, template=name, start=start, end=start + length)

    def _named(self, agent: Agent, day: int, typed: TypedShift, before: Duty | None) -> list[str]:
        """Shift templates that the cell can mean: the named one, or those that have its times."""
        if typed.template is not None:
            return [typed.template]
        fits = [
            template.name
            for template in self.problem.templates
            if self.problem.grid.weekday(day) in template.weekdays
            and typed.start in template.starts
            and (typed.end is None or typed.end - (typed.start or 0) in template.lengths)
        ]
        own = [name for name in fits if name in self.problem.contract_of(agent).templates]
        if before is not None and (before.template in own or not fits):
            return [before.template]
        return own or fits or [_nearest(self.problem, agent, typed)]


def _times(
    problem: Problem, agent: Agent, day: int, template: ShiftTemplate, typed: TypedShift, like: Duty | None
) -> Iterator[tuple[int, int]]:
    """Starts and lengths that a template may have there; those of the duty before are kept if possible."""
    grid, zone = problem.grid, problem.zone_of(agent)

    def instant(clock: int) -> int:
        return instant_of(grid, grid.date(day), clock, zone)

    if typed.start is not None:
        starts = [instant(typed.start)]
    else:
        starts = [instant(clock) for clock in template.starts if grid.clock_exists(day, clock, zone)]
    for start in starts:
        if typed.end is not None:
            yield start, max(1, instant(typed.end) - start)
        elif like is not None and like.elapsed_minutes in template.lengths:
            yield start, like.elapsed_minutes
        else:
            yield from ((start, length) for length in template.lengths)


def _nearest(problem: Problem, agent: Agent, typed: TypedShift) -> str:
    """The template that comes nearest to times that none has; what is wrong with them is told with it."""
    own = problem.shifts_of(problem.contract_of(agent))
    start = typed.start or 0
    length = 0 if typed.end is None else typed.end - start

    def distance(template: ShiftTemplate) -> tuple[int, int]:
        return (
            min((abs(start - one) for one in template.starts), default=MINUTES_PER_DAY),
            min((abs(length - one) for one in template.lengths), default=MINUTES_PER_DAY),
        )

    return min(own or problem.templates, key=distance).name


def _in_words(problem: Problem, agent: Agent, changed: ChangedDay, placed: tuple[Duty, ...]) -> str:
    """The edit as a sentence: ``Ana, Tue 16 Jun: Late 14:00–22:30 instead of free.``."""
    before = changed.before
    new, old = (day_words(problem, agent, changed.day, duties) for duties in (placed, before))
    if new == old and placed:
        new, old = (_breaks(problem, agent, duties) for duties in (placed, before))
    elif changed.typed and any(duty.breaks for duty in placed):
        new = text(
            "{shifts} with breaks placed, {breaks}", shifts=new, breaks=_breaks(problem, agent, placed)
        )
    return text(
        "{agent}, {day}: {new} instead of {old}.",
        agent=agent.name,
        day=spoken_date(problem.grid.date(changed.day)),
        new=new,
        old=old,
    )


def _breaks(problem: Problem, agent: Agent, duties: tuple[Duty, ...]) -> str:
    return breaks_words(problem, agent, [pause for duty in duties for pause in duty.breaks])
