"""The duties that each day of an agent can hold: shifts of their templates in the time that is open to them.

No rule is looked at, so that what does not fit here fits no roster.
"""

from bisect import bisect_left
from collections.abc import Iterable
from functools import cache

from scheduler.domain.facts.agent import Agent, Window
from scheduler.domain.facts.problem import Contract, Problem, ShiftTemplate
from scheduler.domain.values.grid import Span
from scheduler.domain.values.spans import merged, touching, without

Spans = tuple[Span, ...]
"""Stretches of instants, in their order and without overlap."""
_EVER = 10**9
ALWAYS: Spans = ((-_EVER, _EVER),)
"""The open time of a day without a window: everything."""


class PossibleDays:
    """The possible duties of each agent's days; equal days are computed once."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._fitting = cache(self._fitting_choices)
        self._reached = cache(self._reached_spans)

    def choices(self, agent: Agent, contract: Contract, day: int) -> tuple[int, ...]:
        """Paid minutes of every duty that the agent could work on a day."""
        return self._fitting(
            contract.templates, self.problem.zone_of(agent), day, self.open_spans(agent, day)
        )

    def reach(self, agent: Agent, templates: tuple[str, ...], day: int) -> Spans:
        """The time in which the agent could be at work with a shift of that day, its breaks not looked at."""
        on = self.problem.grid.date(day)
        # one that is off and has a shift as well is told, and could be either
        is_off = any(pin.day == on and pin.off and not pin.template for pin in agent.pins)
        if is_off or not agent.is_employed_on(on):
            return ()
        return self._reached(templates, self.problem.zone_of(agent), day, self.open_spans(agent, day))

    def reach_at_all(self, templates: tuple[str, ...], zone: str, day: int) -> Spans:
        """The same for somebody who is never away."""
        return self._reached(templates, zone, day, ALWAYS)

    def open_spans(self, agent: Agent, day: int) -> Spans:
        """Stretches of instants in which work starting on that day may lie, joined where they touch."""
        if not (agent.available or agent.unavailable or agent.time_off):
            return ALWAYS
        grid, zone = self.problem.grid, self.problem.zone_of(agent)
        on = grid.date(day)
        windows = [window for window in agent.available if window.start.date() == on]
        open_ = ALWAYS
        if windows:
            open_ = merged((grid.instant(one.start, zone), grid.instant(one.end, zone)) for one in windows)
        barred = merged(
            (grid.instant(window.start, zone), grid.instant(window.end, zone))
            for window in _barring(agent)
            if abs((window.start.date() - on).days) <= 4 or window.start.date() <= on <= window.end.date()
        )
        holes = touching(barred, grid.day_start(day, zone), grid.day_start(day + 3, zone))
        return tuple(span for open_span in open_ for span in without(open_span, holes))

    def _fitting_choices(
        self, templates: tuple[str, ...], zone: str, day: int, spans: Spans
    ) -> tuple[int, ...]:
        found: set[int] = set()
        for template in self._of_day(templates, day):
            if spans == ALWAYS:
                found.update(paid_choices([template]))
                continue
            starts = self._starts(template, zone, day)
            found.update(
                template.paid_minutes(length) for length in template.lengths if _fits(starts, length, spans)
            )
        return tuple(found)

    def _reached_spans(self, templates: tuple[str, ...], zone: str, day: int, spans: Spans) -> Spans:
        """The union of the longest shift from each start that fits."""
        found = []
        for template in self._of_day(templates, day):
            for start in self._starts(template, zone, day):
                until = next((last for first, last in spans if first <= start < last), start)
                fitting = (length for length in reversed(template.lengths) if start + length <= until)
                longest = next(fitting, 0)
                if longest:
                    found.append((start, start + longest))
        return merged(found)

    def _of_day(self, templates: tuple[str, ...], day: int) -> Iterable[ShiftTemplate]:
        weekday = self.problem.grid.weekday(day)
        named = (self.problem.template_named[name] for name in templates)
        return (one for one in named if weekday in one.weekdays)

    def _starts(self, template: ShiftTemplate, zone: str, day: int) -> list[int]:
        return sorted(self.problem.grid.instant_on_day(day, clock, zone) for clock in template.starts)


def paid_choices(templates: Iterable[ShiftTemplate]) -> tuple[int, ...]:
    """Paid minutes of every shift of some templates."""
    return tuple({template.paid_minutes(length) for template in templates for length in template.lengths})


def _barring(agent: Agent) -> tuple[Window, ...]:
    return (*agent.unavailable, *agent.time_off)


def _fits(starts: list[int], length: int, spans: Spans) -> bool:
    for first, last in spans:
        at = bisect_left(starts, first)
        if at < len(starts) and starts[at] + length <= last:
            return True
    return False
