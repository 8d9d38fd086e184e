"""Splits an agent's limits into single-day and multi-day ones.

A limit that one day decides becomes a :class:`DayLimit`, which bars or charges shifts. A multi-day limit goes
to the resources, to the times of readiness or to the start windows; what the history carries in is split off,
so that agents with different histories can share a table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scheduler.model.limits.breaks import BreakLimit
from scheduler.model.limits.kinds import Gap, Pair, Rest, Run, Spread, Total
from scheduler.model.limits.verbs import DiffersFrom, UnderWay, Verb
from scheduler.verifier.bound.pricing.agent_classes import AgentClass, Carried, CarriedLimits
from scheduler.verifier.bound.pricing.day_shifts import DayShifts
from scheduler.verifier.bound.pricing.resources import RunResource
from scheduler.verifier.recount.exact import Ints


@dataclass(frozen=True, eq=False)
class DayLimit:
    """A bound on one day: on ``known + times x amount``, plus ``blocks`` if the amount is positive.

    Parameters
    ----------
    of
        The amount is the least of these verbs' amounts.
    unit_price
        Cost per unit beyond; ``None`` where it must be kept.
    """

    of: tuple[Verb, ...]
    unit_price: int | None
    known: int = 0
    times: int = 0
    blocks: int = 0
    at_least: int | None = None
    at_most: int | None = None

    def beyond(self, shifts: DayShifts) -> tuple[Ints, int]:
        """The excess of each shift of a day, and of the free day."""
        said = [shifts.amounts(verb) for verb in self.of]
        none = np.zeros(len(shifts.start), dtype=np.int64)
        amounts = np.min([amounts for amounts, _ in said], axis=0) if said else none
        free = min((free for _, free in said), default=0)
        return self._beyond(amounts), int(self._beyond(np.array([free], dtype=np.int64))[0])

    def _beyond(self, amounts: Ints) -> Ints:
        total = self.known + self.times * amounts + self.blocks * (amounts > 0)
        excess = np.zeros_like(total)
        if self.at_least is not None:
            excess += np.maximum(0, self.at_least - total)
        if self.at_most is not None:
            excess += np.maximum(0, total - self.at_most)
        return excess

    @property
    def pinned_breaks(self) -> tuple[int, ...]:
        """Clock times at which it pins breaks, or wishes for them; empty if it has none."""
        for verb in self.of:
            if isinstance(verb, DiffersFrom) and self.at_most == 0:
                return verb.pin.break_starts
        return ()

    @property
    def under_way(self) -> UnderWay | None:
        """The duty under way that it asks for, or wishes for; ``None`` if there is none."""
        for verb in self.of:
            if isinstance(verb, UnderWay) and self.at_most == 0:
                return verb
        return None


IMPOSSIBLE = DayLimit(of=(), unit_price=None, known=1, at_most=0)
"""Bars every shift and the free day."""


@dataclass(frozen=True)
class Placed:
    """One limit of an agent, split.

    Parameters
    ----------
    across
        The multi-day limit without history; ``None`` if there is none.
    carried_in
        The history: the blocks in a row of a :class:`Run`, the instant of a :class:`Gap`, the end
        of what was worked in the window of a :class:`Rest`.
    """

    days: tuple[tuple[int, DayLimit], ...] = ()
    across: Carried | None = None
    carried_in: int | None = None


@dataclass(frozen=True)
class PlacedLimits:
    """All limits of a class of agents.

    Parameters
    ----------
    days
        The single-day limits of each day.
    carried_in
        The history for each multi-day limit.
    """

    days: tuple[tuple[DayLimit, ...], ...]
    across: tuple[Carried, ...]
    carried_in: tuple[int | None, ...]
    breaks: tuple[Carried, ...]


class LimitPlacement:
    """Splits the limits of the agents of one clock, each limit once."""

    def __init__(self, tables: Sequence[DayShifts], limits: CarriedLimits) -> None:
        self.tables = tables
        self.limits = limits
        self._known: dict[Carried, Placed] = {}

    def of(self, agent_class: AgentClass) -> PlacedLimits:
        """All limits of a class, split."""
        days: list[list[DayLimit]] = [[] for _ in self.tables]
        across: list[Carried] = []
        carried_in: list[int | None] = []
        breaks: list[Carried] = []
        for carried in agent_class.limits:
            if isinstance(carried.limit, BreakLimit):
                breaks.append(carried)
                continue
            if carried not in self._known:
                self._known[carried] = self._placed(carried)
            placed = self._known[carried]
            for day, limit in placed.days:
                days[day].append(limit)
            if placed.across is not None:
                across.append(placed.across)
                carried_in.append(placed.carried_in)
        return PlacedLimits(tuple(map(tuple, days)), tuple(across), tuple(carried_in), tuple(breaks))

    def _placed(self, carried: Carried) -> Placed:
        limit, must = carried.limit, carried.unit_price is None
        match limit:
            case Total():
                return self._total(limit, carried.unit_price)
            case Run() if RunResource.can_follow(limit, len(self.tables)):
                if not RunResource.is_open(limit):
                    return Placed(across=carried)
                shared = self.limits.of(replace(limit, carried_in=None), carried.unit_price)
                return Placed(across=shared, carried_in=limit.carried_in)
            case Pair():
                return self._pair(limit, carried)
            case Rest() if must:
                return self._rest(limit)
            case Gap(in_a_row=0) if must:
                shared = self.limits.of(replace(limit, carried_in=None), None)
                return Placed(across=shared, carried_in=limit.carried_in)
            case Spread() if must:
                return Placed(across=carried)
        return Placed()  # dropped: the bound stays valid, and is looser

    def _total(self, limit: Total, unit_price: int | None) -> Placed:
        limit = self._inside(limit)
        touched = {*limit.on, *(day for block in limit.on_any_of for day in block)}
        if len(touched) > 1:
            across = self.limits.of(limit, unit_price)
            if unit_price is not None or limit.at_most is None:
                return Placed(across=across)
            # A single day must not exceed the bound either; barring it here saves states.
            alone = DayLimit((limit.of,), None, known=limit.carried_in, times=1, at_most=limit.at_most)
            return Placed(tuple((day, alone) for day in limit.on if self._bars(alone, day)), across)
        alone = DayLimit(
            (limit.of,),
            unit_price,
            known=limit.carried_in,
            times=len(limit.on),
            blocks=len(limit.on_any_of),
            at_least=limit.at_least,
            at_most=limit.at_most,
        )
        if touched:
            return Placed(tuple((day, alone) for day in touched))
        is_broken = unit_price is None and alone.beyond(self.tables[0])[1] > 0
        return Placed(((0, IMPOSSIBLE),)) if is_broken else Placed()

    def _bars(self, limit: DayLimit, day: int) -> bool:
        beyond, free_beyond = limit.beyond(self.tables[day])
        return free_beyond > 0 or bool(beyond.any())

    def _inside(self, limit: Total) -> Total:
        """The limit on the horizon's days; the amounts of other days are carried in."""
        free = self._free(limit.of)
        carried_in = limit.carried_in
        inside = range(len(self.tables))
        carried_in += free * sum(day not in inside for day in limit.on)
        blocks = []
        for block in limit.on_any_of:
            if free and any(day not in inside for day in block):
                carried_in += 1
            elif within := tuple(dict.fromkeys(day for day in block if day in inside)):
                blocks.append(within)
        on = tuple(day for day in limit.on if day in inside)
        return replace(limit, on=on, on_any_of=tuple(blocks), carried_in=carried_in)

    def _free(self, verb: Verb) -> int:
        """The verb's amount for a free day."""
        return self.tables[0].amounts(verb)[1]

    def _pair(self, limit: Pair, carried: Carried) -> Placed:
        inside = range(len(self.tables))
        ends = [(limit.first_day, limit.first), (limit.then_day, limit.then)]
        outside = [verb for day, verb in ends if day not in inside]
        if not outside and limit.first_day != limit.then_day:
            return Placed(across=carried)
        left = [(day, verb) for day, verb in ends if day in inside]
        if not left or any(self._free(verb) == 0 for verb in outside):
            return Placed()
        both = DayLimit(tuple(verb for _, verb in left), carried.unit_price, blocks=1, at_most=0)
        return Placed(((left[0][0], both),))

    def _rest(self, rest: Rest) -> Placed:
        """No limit if the history already has the rest; impossible if it can no longer be had."""
        longest, busy = 0, rest.since
        for start, end in sorted(rest.busy):
            longest = max(longest, min(start, rest.until) - busy)
            busy = max(busy, end)
        if longest >= rest.at_least:
            return Placed()
        if starts_before(self.tables, rest.until):
            return Placed(across=self.limits.of(replace(rest, busy=()), None), carried_in=busy)
        return Placed(((0, IMPOSSIBLE),)) if rest.until - busy < rest.at_least else Placed()


def starts_before(tables: Iterable[DayShifts], instant: int) -> list[int]:
    """The days on which some shift starts before an instant."""
    return [table.day for table in tables if len(table.start) and table.start.min() < instant]
