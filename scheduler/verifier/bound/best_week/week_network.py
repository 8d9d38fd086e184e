"""The legal weeks of a pricing group: choices, entries and an automaton for ``dynamic_program``.

Single-day limits are in the menus. Totals, runs and pairs over several days become resources, and these one
automaton. A gap delays the instant from which an agent is ready. A long rest is a promise that the next duty
starts late enough. A spread is left to ``start_windows``. A limit that is not carried only makes the bound
looser.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scheduler.domain.values.money import hourly
from scheduler.model.limits.kinds import Gap, Pair, Rest, Run, Spread, Total
from scheduler.verifier.bound.best_week.dynamic_program import ANY_TIME, NEVER, POSSIBLE, DayChoices, Entry
from scheduler.verifier.bound.best_week.limit_automaton import Automaton, Checkpoint, automaton_of, numbered
from scheduler.verifier.bound.pricing.day_shifts import DayShifts
from scheduler.verifier.bound.pricing.limit_placement import starts_before
from scheduler.verifier.bound.pricing.pricing_groups import Member, PricingGroup
from scheduler.verifier.bound.pricing.resources import (
    PairResource,
    Resource,
    RestResource,
    RunResource,
    TotalResource,
)
from scheduler.verifier.bound.pricing.shift_worth import ShiftWorths
from scheduler.verifier.recount.exact import Ints

MOST_CELLS = 6_000_000
"""Most cells of one member's table on a day; a limit that needs more is dropped, and the bound is looser."""


@dataclass
class AgentWeeks:
    """The input of ``dynamic_program``, and the spreads to be kept as well.

    Parameters
    ----------
    clocks
        For each day the clock times at which its choices start.
    has_all_limits
        Whether the automaton has all limits that it should; those that would make it too large are dropped.
    """

    entries: list[list[Entry]]
    days: list[DayChoices]
    automaton: Automaton
    has_all_limits: bool
    clocks: list[Ints]
    spreads: list[Spread]

    def of(self, members: Sequence[int]) -> "AgentWeeks":
        """The weeks of some of the members; a member may occur several times."""
        return replace(
            self,
            entries=[self.entries[member] for member in members],
            days=[
                replace(day, values=day.values[:, :, members], free=day.free[:, members]) for day in self.days
            ],
        )


@dataclass
class OfferedDay:
    """One day of all members of a table.

    Parameters
    ----------
    left
        Indices of the shifts that some member may work.
    values, free
        Worth less wage and charge, and the wage alone: shapes (left, 2, members) and (2, members).
    """

    shifts: DayShifts
    left: Ints
    values: Ints
    free: Ints


@dataclass(frozen=True)
class _RestWindow:
    """A long rest, with the number of its resource and its position among the group's limits."""

    number: int
    place: int
    rest: Rest


@dataclass(frozen=True)
class _OpenRun:
    """A run that may have begun before the horizon, likewise."""

    number: int
    place: int


@dataclass(frozen=True)
class _GapLimit:
    """A gap, with its position among the group's limits.

    Parameters
    ----------
    exempt
        For the time before the horizon and for each day, the first later start that the gap does not cover;
        it delays readiness no further.
    """

    place: int
    gap: Gap
    exempt: tuple[int, ...]


@dataclass
class _DaySymbols:
    """A day's choices, and the symbol of each shift and of the free day for each resource."""

    start: Ints
    ready: Ints
    clocks: Ints
    values: Ints
    free: Ints
    symbols: dict[int, Ints]
    free_symbols: dict[int, int]

    def with_kinds(self, active: Sequence[int]) -> tuple[DayChoices, dict[int, Ints]]:
        """The choices with their kinds, and the symbol of each kind for each resource of the day."""
        none = np.zeros(len(self.start), dtype=np.int64)
        shown = {
            number: np.append(self.symbols.get(number, none), self.free_symbols.get(number, 0))
            for number in active
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
class _EntryStates:
    """An entry: the instant of readiness, and the states of resources that differ from their start."""

    ready: int
    states: Mapping[int, int]


def agent_weeks(
    group: PricingGroup,
    members: Sequence[Member],
    shift_worths: ShiftWorths,
    checkpoint: Checkpoint = lambda: None,
) -> AgentWeeks:
    """The weeks of some members of a group.

    Parameters
    ----------
    checkpoint
        Is called from time to time, and may raise to end it.
    """
    tables = shift_worths.tables(group.zone)
    days = days_of(group, members, shift_worths, checkpoint)
    made = _resources(group, tables)
    resources = [resource for resource, _ in made]
    windows, runs = [], []
    for number, (resource, place) in enumerate(made):
        limit = group.across[place].limit
        if isinstance(resource, TotalResource):
            _foresee(resource, days)
        elif isinstance(limit, Rest):
            windows.append(_RestWindow(number, place, limit))
        elif isinstance(limit, Run) and RunResource.is_open(limit):
            runs.append(_OpenRun(number, place))
    gaps = [
        _GapLimit(place, carried.limit, _exempt(carried.limit, tables))
        for place, carried in enumerate(group.across)
        if isinstance(carried.limit, Gap)
    ]
    shown = [_choices(day, resources, windows, gaps) for day in days]
    active = [
        [number for number, resource in enumerate(resources) if resource.first <= day <= resource.last]
        for day in range(len(days))
    ]
    chosen = [one.with_kinds(numbers) for one, numbers in zip(shown, active, strict=True)]
    choices = [day for day, _ in chosen]
    entries, starts = _numbered([_entries(member, runs, windows, gaps) for member in members], resources)
    moments = max(len(np.unique(day.start)) for day in choices) + 1
    automaton, has_all = automaton_of(
        1 + max(entry.number for ways in entries for entry in ways),
        resources,
        starts,
        [symbols for _, symbols in chosen],
        [day.kinds for day in choices],
        MOST_CELLS // moments,
        checkpoint,
    )
    return AgentWeeks(
        entries=entries,
        days=choices,
        automaton=automaton,
        has_all_limits=has_all,
        clocks=[one.clocks for one in shown],
        spreads=[carried.limit for carried in group.across if isinstance(carried.limit, Spread)],
    )


def _numbered(
    entry_states: Sequence[Sequence[_EntryStates]], resources: Sequence[Resource]
) -> tuple[list[list[Entry]], list[Ints]]:
    """Entries with the numbers of their states, and the states of these numbers by resource."""
    numbers: dict[tuple[int, ...], int] = {}
    entries = [
        [
            Entry(
                one.ready,
                numbers.setdefault(
                    tuple(
                        one.states.get(number, resource.start) for number, resource in enumerate(resources)
                    ),
                    len(numbers),
                ),
            )
            for one in ways
        ]
        for ways in entry_states
    ]
    starts = np.array(list(numbers), dtype=np.int64).reshape(len(numbers), len(resources))
    return entries, list(starts.T)


def days_of(
    group: PricingGroup, members: Sequence[Member], shift_worths: ShiftWorths, checkpoint: Checkpoint
) -> list[OfferedDay]:
    """What each day offers and is worth to some members of a group."""
    days = []
    for table in shift_worths.tables(group.zone):
        checkpoint()
        days.append(_day(members, table, shift_worths))
    return days


def _day(members: Sequence[Member], shifts: DayShifts, shift_worths: ShiftWorths) -> OfferedDay:
    menus = [member.menus[shifts.day] for member in members]
    gained = np.stack(
        [
            shift_worths.worth_of_shifts(member.agent_class.worth, menu, member.breaks)
            for member, menu in zip(members, menus, strict=True)
        ]
    )
    allowed = np.stack([menu.allowed for menu in menus]) & (gained > POSSIBLE)
    wages = np.array([hourly(member.agent_class.pay, 1) for member in members])[:, None] * shifts.paid
    wages += np.stack([shift_worths.paid_on_top(shifts, member.agent_class) for member in members])
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


def _resources(group: PricingGroup, tables: Sequence[DayShifts]) -> list[tuple[Resource, int]]:
    """The group's resources, each with the position of its limit, or of the first of several."""
    placed = list(enumerate(group.across))
    resources: list[tuple[Resource, int]] = []
    for place, carried in placed:
        if isinstance(carried.limit, Total):
            resources.append((TotalResource(carried.limit, len(tables), carried.unit_price), place))
    for place, carried in placed:
        if isinstance(carried.limit, Run):
            resources.append((RunResource(carried.limit, carried.unit_price), place))
    remembered: dict[int, PairResource] = {}
    for place, carried in placed:
        if isinstance(carried.limit, Pair):
            pair = carried.limit
            ends = [(pair.first_day, pair.first), (pair.then_day, pair.then)]
            (early_day, early), (late_day, late) = sorted(ends, key=lambda end: end[0])
            resource = remembered.get(early_day)
            if resource is None or not resource.can_take(late_day):
                resource = remembered[early_day] = PairResource(early_day)
                resources.append((resource, place))
            resource.bar(early, late_day, late, carried.unit_price)
    for place, carried in placed:
        if isinstance(carried.limit, Rest):
            resources.append((RestResource(max(starts_before(tables, carried.limit.until))), place))
    return resources


def _foresee(resource: TotalResource, days: Sequence[OfferedDay]) -> None:
    ranges = [(0, 0)] * len(days)
    for day in days[resource.first : resource.last + 1]:
        symbols, free = resource.symbols(day.shifts)
        shown = symbols[day.left].tolist()
        shown += [free] if (day.free > POSSIBLE).any() or not shown else []
        ranges[day.shifts.day] = (min(shown), max(shown))
    resource.foresee(ranges)


def _exempt(gap: Gap, tables: Sequence[DayShifts]) -> tuple[int, ...]:
    meant = set(gap.on)
    first, exempt = ANY_TIME, [ANY_TIME]
    for table in reversed(tables):
        if table.day not in meant and len(table.start):
            first = min(first, int(table.start.min()))
        exempt.append(first)
    return tuple(reversed(exempt))


def _ready(gaps: Sequence[_GapLimit], shifts: DayShifts) -> Ints:
    """The instant from which the next duty may start, after each shift of a day."""
    ready = shifts.end
    for one in gaps:
        gap = one.gap
        counts = shifts.amounts(gap.after)[0] > 0
        since = shifts.end if gap.since == "end" else shifts.start
        until = np.minimum(since + gap.at_least, one.exempt[shifts.day + 1])
        ready = np.where(counts, np.maximum(ready, until), ready)
    return ready


def _choices(
    day: OfferedDay, resources: Sequence[Resource], windows: Sequence[_RestWindow], gaps: Sequence[_GapLimit]
) -> _DaySymbols:
    """A day's choices; a shift occurs once more for each promise of a long rest."""
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
    for number, resource in enumerate(resources):
        if resource.first <= shifts.day <= resource.last and not isinstance(resource, RestResource):
            shown, free_symbols[number] = resource.symbols(shifts)
            symbols[number] = shown[shift]
    for window in windows:
        if shifts.day <= resources[window.number].last:
            since = np.maximum(shifts.end[shift], window.rest.since)
            had = np.minimum(late, window.rest.until) - since >= window.rest.at_least
            symbols[window.number] = had.astype(np.int64)
    return _DaySymbols(
        start=shifts.start[shift],
        ready=late,
        clocks=shifts.clock[shift],
        values=day.values[pick],
        free=day.free,
        symbols=symbols,
        free_symbols=free_symbols,
    )


def _entries(
    member: Member, runs: Sequence[_OpenRun], windows: Sequence[_RestWindow], gaps: Sequence[_GapLimit]
) -> list[_EntryStates]:
    """The entries of a member: ready as soon as possible, or with the promise of a long rest."""
    ready = -ANY_TIME if member.agent_class.busy_until is None else member.agent_class.busy_until
    for one in gaps:
        since = member.carried_in[one.place]
        if since is not None:
            ready = max(ready, min(since + one.gap.at_least, one.exempt[0]))
    states = {run.number: RunResource.entered(member.carried_in[run.place]) for run in runs}
    rested = {window: member.carried_in[window.place] or 0 for window in windows}
    readies = [ready]
    for window, since in rested.items():
        promised = since + window.rest.at_least
        if ready < promised <= window.rest.until:
            readies.append(promised)
    return [
        _EntryStates(
            late,
            states
            | {
                window.number: int(min(late, window.rest.until) - since >= window.rest.at_least)
                for window, since in rested.items()
            },
        )
        for late in readies
    ]
