"""Shifts that go on while the clock is changed: their length is kept, and so their end by the clock is not.

A night from 23:00 for 8 h ends at 06:00 where the clock is put back, and the hour until 07:00 is empty. Which
of the two was meant nobody can tell from the input, so this says what is planned with.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scheduler.domain.checks.calendar.clock import Clock, clocks_of, zones_by_template
from scheduler.domain.facts.problem import Problem, ShiftTemplate
from scheduler.domain.findings.faults import warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.words import hours_words
from scheduler.texts import text, text_n


@dataclass(frozen=True)
class _Moved:
    """A shift whose end a change of clock moves.

    Parameters
    ----------
    template
        Its number in the problem.
    changed
        The date on which the clock is changed.
    end
        What the clock shows when the shift ends; ``usual_end`` is what it shows on other days.
    """

    template: int
    day: int
    start: datetime
    length: int
    changed: date
    end: datetime
    usual_end: datetime

    @property
    def longer(self) -> int:
        """By how many minutes it would have to be longer to end as usual."""
        return (self.usual_end - self.end) // timedelta(minutes=1)


def ends_at_a_change(problem: Problem) -> Iterator[Finding]:
    """One finding for each change of each clock, at the first shift whose end it moves."""
    zones, clocks = zones_by_template(problem), clocks_of(problem)
    by_change: dict[tuple[str, date], dict[int, _Moved]] = {}
    for index, template in enumerate(problem.templates):
        if len(template.lengths) > 1 and all(one.template != template.name for one in problem.headcounts):
            continue  # the search takes the length that the curve of the night wants
        for zone in sorted(zones.get(template.name, ())):
            for moved in _moved(problem, clocks[zone][0], index, template):
                by_change.setdefault((zone, moved.changed), {}).setdefault(index, moved)
    for (zone, _), shifts in sorted(by_change.items()):
        yield _told(problem, zone, list(shifts.values()))


def _moved(problem: Problem, clock: Clock, index: int, template: ShiftTemplate) -> Iterator[_Moved]:
    for day in clock.uneven_days:
        if problem.grid.weekday(day) not in template.weekdays:
            continue
        for minute in template.starts:
            start = clock.on_day(day, minute)
            if clock.is_skipped(start) or clock.is_twice(start):
                continue  # told as such
            for length in template.lengths:
                usual_end = start + timedelta(minutes=length)
                end = clock.shows_after(start, length)
                if end == usual_end:
                    continue
                dates = (start.date() + timedelta(days=by) for by in range(3))
                changed = next(one for one in dates if not clock.is_even(one))
                moved = _Moved(index, day, start, length, changed, end, usual_end)
                if not _is_provided_for(problem, moved, minute):
                    yield moved


def _is_provided_for(problem: Problem, moved: _Moved, minute: int) -> bool:
    """Whether this is the shift of that night: like another one, longer or shorter by the change."""
    weekday = problem.grid.weekday(moved.day)
    return any(
        minute in other.starts and moved.length - moved.longer in other.lengths
        for other in problem.templates
        if weekday not in other.weekdays
    )


def _told(problem: Problem, zone: str, shifts: list[_Moved]) -> Finding:
    first = shifts[0]
    name = problem.templates[first.template].name
    if first.longer > 0:
        message = text_n(
            'shift "{name}" goes on while the clock of "{zone}" is put back on {changed}. Its length is '
            "kept: from {start:%H:%M} for {length} it ends at {end:%H:%M}, not at {usual:%H:%M}.",
            'while the clock of "{zone}" is put back on {changed} {number} shifts go on. Their length is '
            'kept: "{name}" from {start:%H:%M} for {length} ends at {end:%H:%M}, not at {usual:%H:%M}.',
            len(shifts),
            zone=zone,
            changed=first.changed,
            number=len(shifts),
            name=name,
            start=first.start,
            length=hours_words(first.length),
            end=first.end,
            usual=first.usual_end,
        )
    else:
        message = text_n(
            'shift "{name}" goes on while the clock of "{zone}" is put forward on {changed}. Its length is '
            "kept: from {start:%H:%M} for {length} it ends at {end:%H:%M}, not at {usual:%H:%M}.",
            'while the clock of "{zone}" is put forward on {changed} {number} shifts go on. Their length is '
            'kept: "{name}" from {start:%H:%M} for {length} ends at {end:%H:%M}, not at {usual:%H:%M}.',
            len(shifts),
            zone=zone,
            changed=first.changed,
            number=len(shifts),
            name=name,
            start=first.start,
            length=hours_words(first.length),
            end=first.end,
            usual=first.usual_end,
        )
    hint = text(
        "If its end is meant, take {start:%a} out of its weekdays, and give that night a shift of its own "
        "from {start:%H:%M} of {right}, which its contracts and its headcount name too.",
        start=first.start,
        right=hours_words(first.length + first.longer),
    )
    return warning(("templates", first.template, "min_length"), message, hint)
