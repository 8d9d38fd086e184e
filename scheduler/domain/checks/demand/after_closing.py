"""Shifts that nobody can end by closing time, or begin after opening time, whatever their start and length.

And shifts that may start on days alone on which nobody is asked for.

Who works one is paid for hours in which nobody is asked for. That may be meant (tidying up, say), and is
planned with; one warning a shift. Where people are asked for by the shift, or a service
level is promised over a day, nothing is said.
"""

from collections.abc import Iterator
from typing import NamedTuple

from scheduler.domain.facts.problem import Problem, ShiftTemplate
from scheduler.domain.findings.faults import warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.grid import Span
from scheduler.domain.values.spans import neighbours, touching
from scheduler.domain.values.words import WEEKDAYS, hours_words
from scheduler.texts import text


class _Idle(NamedTuple):
    """The least of a day: minutes of a shift before anybody is asked for, and after that."""

    before: int
    after: int
    opening: int
    closing: int


def after_closing(problem: Problem) -> Iterator[Finding]:
    """The shifts that lie outside of the opening hours by some of their time on some weekday."""
    is_by_interval = not problem.headcounts and not problem.goal_tables
    if not is_by_interval or any(problem.zone_of(one) != problem.grid.time_zone for one in problem.agents):
        return
    open_ = _open(problem)
    worked = {name for agent in problem.agents for name in problem.contract_of(agent).templates}
    for index, template in enumerate(problem.templates):
        if template.name not in worked:
            continue
        of_days = [
            (problem.grid.weekday(day), idle)
            for day in range(problem.grid.days)
            if (idle := _idle(problem, template, day, open_)) is not None
        ]
        if open_ and not of_days:
            yield from _for_nobody(problem, index, template)
        for is_after in (False, True):
            odd = [(weekday, idle) for weekday, idle in of_days if (idle.after if is_after else idle.before)]
            if odd:
                yield _told(problem, index, template, odd, len(of_days), is_after=is_after)
                break


def _for_nobody(problem: Problem, index: int, template: ShiftTemplate) -> Iterator[Finding]:
    """A shift at whose times nobody is asked for; what it may do behind the horizon is not known."""
    grid, latest_end = problem.grid, max(template.starts) + max(template.lengths)
    days = [day for day in range(grid.days) if grid.weekday(day) in template.weekdays]
    if days and grid.instant_on_day(days[-1], latest_end) <= grid.minutes:
        names = dict.fromkeys(WEEKDAYS[grid.weekday(day)][:3] for day in days)
        yield warning(
            ("templates", index, "weekdays"),
            text(
                'shift "{shift}": at none of its starts on {days} is anybody asked for.',
                shift=template.name,
                days=", ".join(names),
            ),
            text("Add rows for these times on Demand or Volumes; else who works it is paid for nothing."),
        )


def _told(
    problem: Problem,
    index: int,
    template: ShiftTemplate,
    odd: list[tuple[int, _Idle]],
    days: int,
    *,
    is_after: bool,
) -> Finding:
    local, idle = problem.grid.local, odd[0][1]
    names = dict.fromkeys(WEEKDAYS[weekday][:3] for weekday, _ in odd)
    on = "" if len(odd) == days else text(" on {days}", days=", ".join(names))
    if is_after:
        return warning(
            ("templates", index, "min_length"),
            text(
                'shift "{shift}": with each of its starts and lengths it lasts beyond {closing:%H:%M}{on}, '
                "when nobody is asked for any more, by {least} at least.",
                shift=template.name,
                closing=local(idle.closing),
                on=on,
                least=hours_words(min(one.after for _, one in odd)),
            ),
            text(
                "Allow an earlier start or a shorter length, or ask for people until it ends on Demand; else "
                "that time is paid for nothing."
            ),
        )
    return warning(
        ("templates", index, "latest_start"),
        text(
            'shift "{shift}": with each of its starts it begins before {opening:%H:%M}{on}, when nobody is '
            "asked for yet, by {least} at least.",
            shift=template.name,
            opening=local(idle.opening),
            on=on,
            least=hours_words(min(one.before for _, one in odd)),
        ),
        text(
            "Allow a later start, or ask for people from its start on, on Demand; else that time is paid for "
            "nothing."
        ),
    )


def _open(problem: Problem) -> tuple[Span, ...]:
    """The time in which any skill asks for anybody."""
    length = problem.grid.interval_minutes
    wanted = {
        at
        for demand in problem.demand
        for numbers in (demand.required, demand.minimum)
        for at, number in enumerate(numbers)
        if number
    }
    return tuple((first * length, (last + 1) * length) for first, last in neighbours(sorted(wanted)))


def _idle(problem: Problem, template: ShiftTemplate, day: int, open_: tuple[Span, ...]) -> _Idle | None:
    """What is least of it on a day; ``None`` where it may not start, or meets nothing that is asked for.

    What lies beyond the horizon counts as asked for.
    """
    grid = problem.grid
    if grid.weekday(day) not in template.weekdays:
        return None
    before = after = opening = closing = None
    for clock in template.starts:
        start = grid.instant_on_day(day, clock)
        for length in template.lengths:
            met = touching(open_, start, start + length)
            if not met:
                continue
            end = min(start + length, grid.intervals * grid.interval_minutes)
            left = max(0, met[0][0] - max(start, 0))
            right = max(0, end - met[-1][1])
            if before is None or left < before:
                before, opening = left, met[0][0]
            if after is None or right < after:
                after, closing = right, met[-1][1]
            if not before and not after:
                return _Idle(0, 0, 0, 0)
    if before is None or after is None or opening is None or closing is None:
        return None
    return _Idle(before, after, opening, closing)
