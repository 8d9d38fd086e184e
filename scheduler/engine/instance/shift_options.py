"""Shift options: every (template, start, length) that a template allows, on every clock and day.

Options of one template and length stand together in order of their start, so that a neighbour in the list is
the same shift one start step earlier or later. A pin that fixes breaks gets options of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scheduler.domain.problem import Agent, Pin, Problem, ShiftTemplate
from scheduler.engine.instance.slots import Slots
from scheduler.engine.kernel.arrays import BoolArray, Int32Array, Int64Array

ABSENT = -1
"""In place of a slot or a layout, where a day does not have the option."""


@dataclass(frozen=True)
class PinnedBreaks:
    """An option of its own for a pin that says where the breaks are."""

    zone: int
    day: int
    break_starts: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Options:
    """Columns over all options.

    Parameters
    ----------
    template, clock, elapsed, paid, worked, family
        Shape (options,): template number, start in minutes after local midnight, minutes from start to end,
        paid minutes, minutes less every break, and a number shared by options that differ in start only.
    start_slot
        Shape (zones, days, options): padded slot, ``ABSENT`` where that day does not have the option.
    start_instant
        The same as instants; meaningless where absent.
    pinned
        By option number, for the options that a pin brought.
    """

    problem: Problem
    slots: Slots
    template: Int32Array
    clock: Int32Array
    elapsed: Int32Array
    paid: Int32Array
    worked: Int32Array
    family: Int32Array
    start_slot: Int32Array
    start_instant: Int64Array
    pinned: dict[int, PinnedBreaks]

    @property
    def count(self) -> int:
        """How many options there are."""
        return len(self.template)

    def template_of(self, option: int) -> ShiftTemplate:
        """The template of an option."""
        return self.problem.templates[int(self.template[option])]

    def pinned_as(self, zone: int, day: int, break_starts: tuple[int, ...]) -> BoolArray:
        """Which options were made for a pin with these breaks on that day, shape (options,)."""
        mine = np.zeros(self.count, bool)
        wanted = PinnedBreaks(zone, day, break_starts)
        for option, pinned in self.pinned.items():
            mine[option] = pinned == wanted
        return mine

    @classmethod
    def of(cls, slots: Slots) -> "Options":
        """All options of a problem."""
        problem = slots.problem
        rows: list[tuple[int, int, int]] = []  # template, clock, elapsed
        families: list[int] = []
        for number, template in enumerate(problem.templates):
            for length in template.lengths:
                family = len(set(families))
                rows += [(number, clock, length) for clock in template.starts]
                families += [family] * len(template.starts)
        pinned: dict[int, PinnedBreaks] = {}
        next_family = len(set(families))
        for agent, pin in _pins_with_breaks(problem):
            zone = slots.zones.index(problem.zone_of(agent))
            key = PinnedBreaks(zone, problem.grid.day_index(pin.day), pin.break_starts)
            for row in [row for row, _ in zip(rows, families, strict=True) if _fits(problem, pin, row)]:
                if any(known == key and rows[option] == row for option, known in pinned.items()):
                    continue
                pinned[len(rows)] = key
                rows.append(row)
                families.append(next_family)
                next_family += 1
        return cls._laid_out(slots, rows, families, pinned)

    @classmethod
    def _laid_out(
        cls,
        slots: Slots,
        rows: list[tuple[int, int, int]],
        families: list[int],
        pinned: dict[int, PinnedBreaks],
    ) -> "Options":
        problem, grid = slots.problem, slots.problem.grid
        table = np.array(rows, np.int32).reshape(-1, 3)
        days = grid.days
        start_slot = np.full((len(slots.zones), days, len(rows)), ABSENT, np.int32)
        start_instant = np.zeros((len(slots.zones), days, len(rows)), np.int64)
        clocks = sorted(set(table[:, 1].tolist()))
        for z, zone in enumerate(slots.zones):
            for day in range(days):
                instants = {
                    clock: grid.instant_on_day(day, clock, zone)
                    for clock in clocks
                    if grid.clock_exists(day, clock, zone)
                }
                weekday = grid.weekday(day)
                for o, (number, clock, _) in enumerate(rows):
                    only = pinned.get(o)
                    if only is not None and (only.zone, only.day) != (z, day):
                        continue
                    if clock in instants and weekday in problem.templates[number].weekdays:
                        start_instant[z, day, o] = instants[clock]
                        start_slot[z, day, o] = slots.slot(instants[clock])
        breaks = [problem.templates[number].breaks_of(length) for number, _, length in rows]
        return cls(
            problem=problem,
            slots=slots,
            template=np.ascontiguousarray(table[:, 0]),
            clock=np.ascontiguousarray(table[:, 1]),
            elapsed=np.ascontiguousarray(table[:, 2]),
            paid=np.array(
                [problem.templates[number].paid_minutes(length) for number, _, length in rows], np.int32
            ),
            worked=np.array(
                [
                    row[2] - sum(p.length_minutes for p in taken)
                    for row, taken in zip(rows, breaks, strict=True)
                ],
                np.int32,
            ),
            family=np.array(families, np.int32),
            start_slot=start_slot,
            start_instant=start_instant,
            pinned=pinned,
        )


def _pins_with_breaks(problem: Problem) -> Iterator[tuple[Agent, Pin]]:
    for agent in problem.agents:
        for pin in agent.pins:
            if pin.break_starts and 0 <= problem.grid.day_index(pin.day) < problem.grid.days:
                yield agent, pin


def _fits(problem: Problem, pin: Pin, row: tuple[int, int, int]) -> bool:
    number, clock, length = row
    template = problem.templates[number]
    return (
        pin.template in (None, template.name)
        and pin.start in (None, clock)
        and pin.length_minutes in (None, length)
        and len(template.breaks_of(length)) == len(pin.break_starts)
    )
