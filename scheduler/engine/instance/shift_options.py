"""Shift options: every (template, start, length) that a template allows, on every clock and day.

Options of one template and length stand together in order of their start, so that a neighbour in the list is
the same shift one start step earlier or later. A limit that says where breaks are gets options of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduler.domain.facts.problem import Problem, ShiftTemplate
from scheduler.engine.instance.pinned_breaks import BreakVerb, PinnedBreaks, break_instants, pinned_breaks
from scheduler.engine.instance.slots import Slots
from scheduler.engine.kernel.arrays import BoolArray, Int32Array, Int64Array
from scheduler.model.limits.verbs import DiffersFrom

ABSENT = -1
"""In place of a slot or a layout, where a day does not have the option."""


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
        By option number, for the options that a limit on where breaks are brought.
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

    @cached_property
    def _pinned_of(self) -> dict[tuple[int, int, int, int], list[int]]:
        """The options that were made for a limit, by clock, day, template and start."""
        alike: dict[tuple[int, int, int, int], list[int]] = {}
        for option, pinned in self.pinned.items():
            shift = int(self.template[option]), int(self.clock[option])
            alike.setdefault((pinned.zone, pinned.day, *shift), []).append(option)
        return alike

    @cached_property
    def _pinned_as(self) -> dict[PinnedBreaks, list[int]]:
        alike: dict[PinnedBreaks, list[int]] = {}
        for option, pinned in self.pinned.items():
            alike.setdefault(pinned, []).append(option)
        return alike

    def laid_as(self, zone: int, day: int, verb: BreakVerb) -> BoolArray:
        """Which options have their breaks where the verb wants them, shape (options,)."""
        mine = np.zeros(self.count, bool)
        if isinstance(verb, DiffersFrom):
            wanted = break_instants(self.problem, self.slots.zones[zone], day, verb)
            mine[self._pinned_as.get(PinnedBreaks(zone, day, wanted), [])] = True
            return mine
        number = [template.name for template in self.problem.templates].index(verb.template)
        for option in self._pinned_of.get((zone, day, number, verb.start), ()):
            breaks = self.template_of(option).breaks_of(int(self.elapsed[option]))
            mine[option] = self.pinned[option].keeps(verb, [pause.name for pause in breaks])
        return mine

    @classmethod
    def of(cls, slots: Slots, pins: Iterable[tuple[str, int, BreakVerb]] = ()) -> "Options":
        """All options of a problem.

        Parameters
        ----------
        pins
            What says where breaks are: the clock and the day that it is said of, and the verb.
        """
        problem = slots.problem
        rows: list[tuple[int, int, int]] = []  # template, clock, elapsed
        families: list[int] = []
        next_family = 0
        for number, template in enumerate(problem.templates):
            for length in template.lengths:
                rows += [(number, clock, length) for clock in template.starts]
                families += [next_family] * len(template.starts)
                next_family += 1
        pinned: dict[int, PinnedBreaks] = {}
        known: set[tuple[PinnedBreaks, tuple[int, int, int]]] = set()
        for zone, day, verb in pins:
            for row, breaks in pinned_breaks(slots, zone, day, verb):
                if (breaks, row) not in known:
                    known.add((breaks, row))
                    pinned[len(rows)] = breaks
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
