"""The legal weeks of a group of agents: choices, entries and an automaton for ``dynamic_program``.

What one day alone decides stands in its menu; totals, runs and pairs that span days become meters, and these
one automaton; gaps
move the moment from which an agent is ready; a long rest is a promise that the next duty starts late
enough; a spread is left to ``start_windows``. What is not carried only makes the bound looser.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.money import hourly
from scheduler.model.limits import Gap, Pair, Rest, Run, Spread, Total
from scheduler.verifier.bound.day_shifts import DayShifts
from scheduler.verifier.bound.dynamic_program import ANY_TIME, NEVER, POSSIBLE, DayChoices, Entry
from scheduler.verifier.bound.limit_automaton import Automaton, Told, automaton_of, numbered
from scheduler.verifier.bound.limit_placement import starts_before
from scheduler.verifier.bound.pricing_groups import Frame, Member
from scheduler.verifier.bound.resources import Meter, PairMeter, RestMeter, RunMeter, TotalMeter
from scheduler.verifier.bound.shift_worth import Layouts

Ints = NDArray[np.int64]

MOST_CELLS = 6_000_000
"""Above so many cells of one member's table on a day a limit is let go: the bound stays true, and looser."""


@dataclass
class AgentWeeks:
    """Everything that ``dynamic_program`` asks for, and the spreads to be kept besides.

    Parameters
    ----------
    clocks
        For each day the clocks at which its choices start.
    """

    entries: list[list[Entry]]
    days: list[DayChoices]
    automaton: Automaton
    clocks: list[Ints]
    spreads: list[Spread]

    def of(self, members: Sequence[int]) -> "AgentWeeks":
        """The weeks of some of the members, of whom one may be meant several times."""
        return replace(
            self,
            entries=[self.entries[member] for member in members],
            days=[
                replace(day, values=day.values[:, :, members], free=day.free[:, members]) for day in self.days
            ],
        )


@dataclass
class OfferedDay:
    """One day of all members.

    Parameters
    ----------
    left
        The shifts that somebody may work.
    values, free
        Worth less wage and charge, and the wage alone: shapes (left, 2, members) and (2, members).
    """

    shifts: DayShifts
    left: Ints
    values: Ints
    free: Ints


@dataclass(frozen=True)
class _Window:
    """A long rest that must be had, with its meter and its place among the frame's limits."""

    number: int
    place: int
    rest: Rest


@dataclass(frozen=True)
class _OpenRun:
    """A run that may have begun before the horizon, the same way."""

    number: int
    place: int


@dataclass(frozen=True)
class _Distance:
    """A gap, with its place among the frame's limits.

    Parameters
    ----------
    exempt
        For the time before the horizon and for each day, the first later start that the gap does not look
        at; to be ready by then is enough for it.
    """

    place: int
    gap: Gap
    exempt: tuple[int, ...]


@dataclass
class _Shown:
    """What a day offers, and what each shift and the free day show to each meter."""

    start: Ints
    ready: Ints
    clocks: Ints
    values: Ints
    free: Ints
    symbols: dict[int, Ints]
    free_symbols: dict[int, int]

    def with_kinds(self, looking: Sequence[int]) -> tuple[DayChoices, dict[int, Ints]]:
        """The choices with their kinds, and what each kind shows to each meter that looks at the day."""
        none = np.zeros(len(self.start), dtype=np.int64)
        shown = {
            number: np.append(self.symbols.get(number, none), self.free_symbols.get(number, 0))
            for number in looking
        }
        key, _ = numbered(shown.values(), len(self.start) + 1)
        _, example, kind = np.unique(key, return_index=True, return_inverse=True)
        choices = DayChoices(
            start=self.start,
            ready=self.ready,
            values=self.values,
            kind=kind[:-1],
            free=self.free,
            free_kind=int(kind[-1]),
            kinds=len(example),
        )
        return choices, {number: symbols[example] for number, symbols in shown.items()}


@dataclass
class _Came:
    """A way to come in: when one is ready, and the states of meters that differ from their start."""

    ready: int
    states: Mapping[int, int]


def agent_weeks(
    frame: Frame, members: Sequence[Member], layouts: Layouts, told: Told = lambda: None
) -> AgentWeeks:
    """The weeks of some members of a frame.

    Parameters
    ----------
    told
        Is called every now and then; it may raise to end that.
    """
    tables = layouts.tables(frame.zone)
    days = days_of(frame, members, layouts, told)
    made = _meters(frame, tables)
    meters = [meter for meter, _ in made]
    windows, runs = [], []
    for number, (meter, place) in enumerate(made):
        limit = frame.across[place].limit
        if isinstance(meter, TotalMeter):
            _foresee(meter, days)
        elif isinstance(limit, Rest):
            windows.append(_Window(number, place, limit))
        elif isinstance(limit, Run) and RunMeter.is_open(limit):
            runs.append(_OpenRun(number, place))
    gaps = [
        _Distance(place, carried.limit, _exempt(carried.limit, tables))
        for place, carried in enumerate(frame.across)
        if isinstance(carried.limit, Gap)
    ]
    shown = [_choices(day, meters, windows, gaps) for day in days]
    looking = [
        [number for number, meter in enumerate(meters) if meter.first <= day <= meter.last]
        for day in range(len(days))
    ]
    chosen = [one.with_kinds(numbers) for one, numbers in zip(shown, looking, strict=True)]
    choices = [day for day, _ in chosen]
    entries, starts = _numbered([_entries(member, runs, windows, gaps) for member in members], meters)
    moments = max(len(np.unique(day.start)) for day in choices) + 1
    automaton = automaton_of(
        1 + max(entry.number for ways in entries for entry in ways),
        meters,
        starts,
        [symbols for _, symbols in chosen],
        [day.kinds for day in choices],
        MOST_CELLS // moments,
        told,
    )
    return AgentWeeks(
        entries=entries,
        days=choices,
        automaton=automaton,
        clocks=[one.clocks for one in shown],
        spreads=[carried.limit for carried in frame.across if isinstance(carried.limit, Spread)],
    )


def _numbered(
    came: Sequence[Sequence[_Came]], meters: Sequence[Meter]
) -> tuple[list[list[Entry]], list[Ints]]:
    """Entries by the number of their states, and the states of these numbers, meter by meter."""
    numbers: dict[tuple[int, ...], int] = {}
    entries = [
        [
            Entry(
                one.ready,
                numbers.setdefault(
                    tuple(one.states.get(number, meter.start) for number, meter in enumerate(meters)),
                    len(numbers),
                ),
            )
            for one in ways
        ]
        for ways in came
    ]
    starts = np.array(list(numbers), dtype=np.int64).reshape(len(numbers), len(meters))
    return entries, list(starts.T)


def days_of(frame: Frame, members: Sequence[Member], layouts: Layouts, told: Told) -> list[OfferedDay]:
    """What each day offers and is worth to some members of a frame."""
    days = []
    for table in layouts.tables(frame.zone):
        told()
        days.append(_day(members, table, layouts))
    return days


def _day(members: Sequence[Member], shifts: DayShifts, layouts: Layouts) -> OfferedDay:
    menus = [member.menus[shifts.day] for member in members]
    gained = np.stack(
        [
            layouts.worth_of_shifts(member.kind.worth, menu, member.breaks)
            for member, menu in zip(members, menus, strict=True)
        ]
    )
    allowed = np.stack([menu.allowed for menu in menus]) & (gained > POSSIBLE)
    wages = np.array([hourly(member.kind.pay, 1) for member in members])[:, None] * shifts.paid
    worth = gained - wages - np.stack([menu.charge for menu in menus])
    left = np.flatnonzero(allowed.any(axis=0))
    values = np.stack([np.where(allowed, worth, NEVER), np.where(allowed, -wages, NEVER)], axis=1)
    free = [(-menu.free_charge, 0) if menu.free_allowed else (NEVER, NEVER) for menu in menus]
    return OfferedDay(
        shifts=shifts,
        left=left,
        values=np.ascontiguousarray(values[:, :, left].T),
        free=np.array(free, dtype=np.int64).T,
    )


def _meters(frame: Frame, tables: Sequence[DayShifts]) -> list[tuple[Meter, int]]:
    """The frame's meters, each with the place of its limit, or of the first of several."""
    placed = list(enumerate(frame.across))
    meters: list[tuple[Meter, int]] = []
    for place, carried in placed:
        if isinstance(carried.limit, Total):
            meters.append((TotalMeter(carried.limit, len(tables), carried.unit_price), place))
    for place, carried in placed:
        if isinstance(carried.limit, Run):
            meters.append((RunMeter(carried.limit, carried.unit_price), place))
    remembered: dict[int, PairMeter] = {}
    for place, carried in placed:
        if isinstance(carried.limit, Pair):
            pair = carried.limit
            ends = [(pair.first_day, pair.first), (pair.then_day, pair.then)]
            (early_day, early), (late_day, late) = sorted(ends, key=lambda end: end[0])
            meter = remembered.get(early_day)
            if meter is None or not meter.can_take(late_day):
                meter = remembered[early_day] = PairMeter(early_day)
                meters.append((meter, place))
            meter.bar(early, late_day, late, carried.unit_price)
    for place, carried in placed:
        if isinstance(carried.limit, Rest):
            meters.append((RestMeter(max(starts_before(tables, carried.limit.until))), place))
    return meters


def _foresee(meter: TotalMeter, days: Sequence[OfferedDay]) -> None:
    ranges = [(0, 0)] * len(days)
    for day in days[meter.first : meter.last + 1]:
        symbols, free = meter.symbols(day.shifts)
        shown = symbols[day.left].tolist()
        shown += [free] if (day.free > POSSIBLE).any() or not shown else []
        ranges[day.shifts.day] = (min(shown), max(shown))
    meter.foresee(ranges)


def _exempt(gap: Gap, tables: Sequence[DayShifts]) -> tuple[int, ...]:
    meant = set(gap.on)
    first, exempt = ANY_TIME, [ANY_TIME]
    for table in reversed(tables):
        if table.day not in meant and len(table.start):
            first = min(first, int(table.start.min()))
        exempt.append(first)
    return tuple(reversed(exempt))


def _ready(gaps: Sequence[_Distance], shifts: DayShifts) -> Ints:
    """From when the next duty may start after each shift of a day."""
    ready = shifts.end
    for one in gaps:
        gap = one.gap
        counts = shifts.amounts(gap.after)[0] > 0
        since = shifts.end if gap.since == "end" else shifts.start
        until = np.minimum(since + gap.at_least, one.exempt[shifts.day + 1])
        ready = np.where(counts, np.maximum(ready, until), ready)
    return ready


def _choices(
    day: OfferedDay, meters: Sequence[Meter], windows: Sequence[_Window], gaps: Sequence[_Distance]
) -> _Shown:
    """What a day offers; a shift comes once more with each promise."""
    shifts, left = day.shifts, day.left
    ends, ready = shifts.end[left], _ready(gaps, shifts)[left]
    picks, readies = [np.arange(len(left))], [ready]
    for window in windows:
        promised = np.maximum(ends, window.rest.since) + window.rest.at_least
        possible = (promised <= window.rest.until) & (promised > ready)
        picks.append(np.flatnonzero(possible))
        readies.append(promised[possible])
    pick, late = np.concatenate(picks), np.concatenate(readies)
    shift = left[pick]
    symbols, free_symbols = {}, {}
    for number, meter in enumerate(meters):
        if meter.first <= shifts.day <= meter.last and not isinstance(meter, RestMeter):
            shown, free_symbols[number] = meter.symbols(shifts)
            symbols[number] = shown[shift]
    for window in windows:
        if shifts.day <= meters[window.number].last:
            since = np.maximum(shifts.end[shift], window.rest.since)
            had = np.minimum(late, window.rest.until) - since >= window.rest.at_least
            symbols[window.number] = had.astype(np.int64)
    return _Shown(
        start=shifts.start[shift],
        ready=late,
        clocks=shifts.clock[shift],
        values=day.values[pick],
        free=day.free,
        symbols=symbols,
        free_symbols=free_symbols,
    )


def _entries(
    member: Member, runs: Sequence[_OpenRun], windows: Sequence[_Window], gaps: Sequence[_Distance]
) -> list[_Came]:
    """The ways to come in: as soon as one can, or with the promise of a long rest."""
    ready = -ANY_TIME if member.kind.busy_until is None else member.kind.busy_until
    for one in gaps:
        since = member.brought[one.place]
        if since is not None:
            ready = max(ready, min(since + one.gap.at_least, one.exempt[0]))
    states = {run.number: RunMeter.entered(member.brought[run.place]) for run in runs}
    rested = {window: member.brought[window.place] or 0 for window in windows}
    readies = [ready]
    for window, since in rested.items():
        promised = since + window.rest.at_least
        if ready < promised <= window.rest.until:
            readies.append(promised)
    return [
        _Came(
            late,
            states
            | {
                window.number: int(min(late, window.rest.until) - since >= window.rest.at_least)
                for window, since in rested.items()
            },
        )
        for late in readies
    ]
