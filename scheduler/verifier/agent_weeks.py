"""The legal weeks of a class of like agents, put as choices, entries and meters for ``best_week``.

Single-day totals sort shifts out or price them; other totals, runs and pairs become meters; gaps move
the moment from which an agent is ready; a long rest is a promise that the next duty starts late enough;
a spread is left to ``spreads``. What is not carried only makes the bound looser.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.money import hourly
from scheduler.model.breaks import BreakLimit
from scheduler.model.limits import Gap, Pair, Rest, Run, Spread, Total
from scheduler.model.verbs import DiffersFrom
from scheduler.verifier.agent_class import AgentClass, Premium
from scheduler.verifier.best_week import ANY_TIME, DayChoices, Entry
from scheduler.verifier.layouts import BreakRules, Layouts, Worth, break_rules
from scheduler.verifier.meters import Meter, PairMeter, RestMeter, RunMeter, TotalMeter
from scheduler.verifier.shifts import DayShifts

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass
class AgentWeeks:
    """Everything that ``best_week`` asks for, and the spreads to be kept besides."""

    entries: list[Entry]
    days: list[DayChoices]
    meters: list[Meter]
    clocks: list[Ints]
    spreads: list[Spread]


@dataclass
class _Day:
    """One day while it is put together: which shifts are left, and what they are charged."""

    shifts: DayShifts
    allowed: Bools
    charge: Ints
    free_allowed: bool = True
    free_charge: int = 0
    breaks_at: tuple[int, ...] | None = None

    def judge(self, amounts: Ints, free: int, limit: Total, carried_in: int, unit_price: int | None) -> None:
        """Sort out or charge by a total that only this day can change."""
        excess = _beyond(amounts + carried_in, limit)
        free_excess = int(_beyond(np.array([free + carried_in]), limit)[0])
        if unit_price is None:
            self.allowed &= excess == 0
            self.free_allowed &= free_excess == 0
        else:
            self.charge += unit_price * excess
            self.free_charge += unit_price * free_excess

    def reward(self, premium: Premium) -> None:
        """Take off the charge what the day is worth besides."""
        amounts, free = self.shifts.amounts(premium.of)
        price = int(premium.prices[self.shifts.day])
        self.charge -= price * (amounts > 0)
        self.free_charge -= price * (free > 0)


@dataclass
class _Rests:
    """Long rests that must be had, each with its meter and the end of what was worked before."""

    windows: list[tuple[int, Rest, int]] = field(default_factory=list)

    def promises(self, end: Ints, ready: Ints) -> list[tuple[Bools, Ints]]:
        """Ways to promise a later start: for which ends each can be made, and the start promised."""
        made = []
        for _, rest, busy in self.windows:
            begin = np.maximum(np.maximum(end, rest.since), busy)
            promised = begin + rest.at_least
            made.append(((promised <= rest.until) & (promised > ready), promised))
        return made

    def had(self, end: Ints, ready: Ints) -> dict[int, Ints]:
        """For each meter, whether a rest from ``end`` to ``ready`` is long enough."""
        return {
            number: (
                np.minimum(ready, rest.until) - np.maximum(np.maximum(end, rest.since), busy) >= rest.at_least
            ).astype(np.int64)
            for number, rest, busy in self.windows
        }


def agent_weeks(
    kind: AgentClass,
    layouts: Layouts,
    worth: Worth,
    worth_kind: object,
    dropped: frozenset[int],
    premiums: Sequence[Premium] = (),
) -> AgentWeeks | None:
    """The weeks of a class; ``None`` where a day can be neither worked nor free.

    Parameters
    ----------
    dropped
        Numbers of meters to be let go, because the table outgrew its size with them.
    premiums
        What single days are worth beside the slots.
    """
    tables = layouts.tables(kind.zone)
    days = [
        _Day(table, np.ones(len(table.start), dtype=np.bool_), np.zeros(len(table.start), dtype=np.int64))
        for table in tables
    ]
    for day in days:
        for premium in premiums:
            day.reward(premium)
    limits = kind.limits
    meters: list[Meter] = []
    _add_totals([(c.limit, c.unit_price) for c in limits if isinstance(c.limit, Total)], days, meters)
    for carried in limits:
        if isinstance(carried.limit, Run) and RunMeter.can_follow(carried.limit, len(days)):
            meters.append(RunMeter(carried.limit, len(days), carried.unit_price))
    _add_pairs([(c.limit, c.unit_price) for c in limits if isinstance(c.limit, Pair)], days, meters)
    musts = [carried.limit for carried in limits if carried.unit_price is None]
    rests = _rests([limit for limit in musts if isinstance(limit, Rest)], tables, meters)
    if rests is None or not all(day.free_allowed or day.allowed.any() for day in days):
        return None
    break_limits = [(c.limit, c.unit_price) for c in limits if isinstance(c.limit, BreakLimit)]
    gaps = [limit for limit in musts if isinstance(limit, Gap)]
    spreads = [limit for limit in musts if isinstance(limit, Spread)]
    values = [_values(day, kind, layouts, worth, worth_kind, break_limits) for day in days]
    kept = {number: meter for number, meter in enumerate(meters) if number not in dropped}
    rests.windows = [window for window in rests.windows if window[0] in kept]
    _foresee(kept, days)
    choices, clocks = [], []
    for day, value in zip(days, values, strict=True):
        made, clock = _choices(day, value, kept, rests, gaps, tables)
        choices.append(made)
        clocks.append(clock)
    numbers = {number: place for place, number in enumerate(kept)}
    return AgentWeeks(
        entries=[_renumbered_entry(e, numbers) for e in _entries(kind, rests, gaps, tables)],
        days=[_renumbered(day, numbers) for day in choices],
        meters=list(kept.values()),
        clocks=clocks,
        spreads=spreads,
    )


def _beyond(total: Ints, limit: Total) -> Ints:
    excess = np.zeros_like(total)
    if limit.at_least is not None:
        excess = excess + np.maximum(0, limit.at_least - total)
    if limit.at_most is not None:
        excess = excess + np.maximum(0, total - limit.at_most)
    return excess


def _add_totals(totals: Sequence[tuple[Total, int | None]], days: list[_Day], meters: list[Meter]) -> None:
    for limit, unit_price in totals:
        carried_in, limit = _inside(limit, days)
        touched = {*limit.on, *(day for block in limit.on_any_of for day in block)}
        if not touched:
            if unit_price is None and int(_beyond(np.array([carried_in]), limit)[0]):
                days[0].allowed &= False
                days[0].free_allowed = False
            continue
        if len(touched) == 1:
            (number,) = touched
            day = days[number]
            amounts, free = day.shifts.amounts(limit.of)
            times, blocks = len(limit.on), len(limit.on_any_of)
            day.judge(
                amounts * times + (amounts > 0) * blocks,
                free * times + (free > 0) * blocks,
                limit,
                carried_in,
                unit_price,
            )
            if isinstance(limit.of, DiffersFrom) and limit.of.pin.break_starts and limit.at_most == 0:
                day.breaks_at = _pinned(day, limit.of, unit_price)
            continue
        if unit_price is None and limit.at_most is not None:
            for number in limit.on:  # one day alone must not be too much; saves states
                amounts, free = days[number].shifts.amounts(limit.of)
                days[number].allowed &= amounts + carried_in <= limit.at_most
                days[number].free_allowed &= free + carried_in <= limit.at_most
        meters.append(TotalMeter(limit, len(days), unit_price, carried_in))


def _inside(limit: Total, days: Sequence[_Day]) -> tuple[int, Total]:
    """The limit on the horizon's days alone, with what days outside add to what was carried in."""
    _, free = days[0].shifts.amounts(limit.of)
    carried_in = limit.carried_in
    inside = range(len(days))
    carried_in += free * sum(day not in inside for day in limit.on)
    blocks = []
    for block in limit.on_any_of:
        if free and any(day not in inside for day in block):
            carried_in += 1
        elif within := tuple(dict.fromkeys(day for day in block if day in inside)):
            blocks.append(within)
    on = tuple(day for day in limit.on if day in inside)
    return carried_in, replace(limit, on=on, on_any_of=tuple(blocks))


def _pinned(day: _Day, verb: DiffersFrom, unit_price: int | None) -> tuple[int, ...] | None:
    if unit_price is not None:
        return day.breaks_at
    shifts = day.shifts
    grid = shifts.problem.grid
    return tuple(grid.instant_on_day(shifts.day, clock, shifts.zone) for clock in verb.pin.break_starts)


def _add_pairs(pairs: Sequence[tuple[Pair, int | None]], days: list[_Day], meters: list[Meter]) -> None:
    remembered: dict[int, PairMeter] = {}
    inside = range(len(days))
    for limit, unit_price in pairs:
        ends = [(limit.first_day, limit.first), (limit.then_day, limit.then)]
        outside = [(day, verb) for day, verb in ends if day not in inside]
        if outside or limit.first_day == limit.then_day:
            if any(days[0].shifts.amounts(verb)[1] == 0 for _, verb in outside):
                continue
            left = [(day, verb) for day, verb in ends if day in inside]
            if left:
                day = days[left[0][0]]
                seen = [day.shifts.amounts(verb) for _, verb in left]
                amounts = np.min([shown for shown, _ in seen], axis=0)
                free = min(shown for _, shown in seen)
                barred = Total("", of=limit.first, at_most=0)
                day.judge((amounts > 0).astype(np.int64), int(free > 0), barred, 0, unit_price)
            continue
        (early_day, early), (late_day, late) = sorted(ends, key=lambda end: end[0])
        meter = remembered.get(early_day)
        if meter is None or not meter.can_take(late_day):
            meter = remembered[early_day] = PairMeter(early_day)
            meters.append(meter)
        meter.bar(early, late_day, late, unit_price)


def _rests(limits: Sequence[Rest], tables: Sequence[DayShifts], meters: list[Meter]) -> _Rests | None:
    """The rests still to be had; ``None`` where one cannot be had at all."""
    rests = _Rests()
    for rest in limits:
        longest, busy = 0, rest.since
        for start, end in sorted(rest.busy):
            longest = max(longest, min(start, rest.until) - busy)
            busy = max(busy, end)
        if longest >= rest.at_least:
            continue
        starting = [table.day for table in tables if len(table.start) and table.start.min() < rest.until]
        if not starting:
            if rest.until - busy < rest.at_least:
                return None
            continue
        rests.windows.append((len(meters), rest, busy))
        meters.append(RestMeter(max(starting)))
    return rests


def _values(
    day: _Day,
    kind: AgentClass,
    layouts: Layouts,
    worth: Worth,
    worth_kind: object,
    limits: Sequence[tuple[BreakLimit, int | None]],
) -> Ints:
    """Worth of each shift less wage and charge, and the wage alone; shape (2, shifts)."""
    shifts = day.shifts
    gained = np.full(len(shifts.start), -ANY_TIME, dtype=np.int64)
    for template in np.unique(shifts.template[day.allowed]).tolist():
        rules: BreakRules = break_rules(
            limits, shifts.problem.templates[template].name, shifts.day, day.breaks_at
        )
        by_length = layouts.worth_of_shifts(worth_kind, worth, kind.zone, template, rules, shifts.day)
        for length, values in by_length.items():
            gained[shifts.blocks[template, length]] = values
    day.allowed &= gained > -ANY_TIME // 2
    wages = hourly(kind.pay, 1) * shifts.paid
    return np.stack([gained - wages - day.charge, -wages])


def _foresee(meters: dict[int, Meter], days: Sequence[_Day]) -> None:
    for meter in meters.values():
        ranges = []
        for day in days:
            symbols, free = meter.symbols(day.shifts)
            shown = symbols[day.allowed].tolist() if isinstance(meter, TotalMeter) else []
            shown += [free] if day.free_allowed or not shown else []
            ranges.append((min(shown), max(shown)))
        meter.foresee(ranges)


def _ready(gaps: Sequence[Gap], table: DayShifts, tables: Sequence[DayShifts]) -> Ints:
    """From when the next duty may start after each shift of a day."""
    ready = table.end
    for gap in gaps:
        counts = table.amounts(gap.after)[0] > 0
        since = table.end if gap.since == "end" else table.start
        until = np.minimum(since + gap.at_least, _first_exempt(gap, table.day, tables))
        ready = np.where(counts, np.maximum(ready, until), ready)
    return ready


def _first_exempt(gap: Gap, day: int, tables: Sequence[DayShifts]) -> int:
    """The first start after a day that the gap does not look at; to be ready by then is enough for it."""
    exempt = [
        int(table.start.min())
        for table in tables
        if table.day > day and table.day not in gap.on and len(table.start)
    ]
    return min(exempt, default=ANY_TIME)


def _choices(
    day: _Day,
    values: Ints,
    meters: dict[int, Meter],
    rests: _Rests,
    gaps: Sequence[Gap],
    tables: Sequence[DayShifts],
) -> tuple[DayChoices, Ints]:
    shifts = day.shifts
    left = np.flatnonzero(day.allowed)
    ends, ready = shifts.end[left], _ready(gaps, shifts, tables)[left]
    picks, readies = [left], [ready]
    for possible, promised in rests.promises(ends, ready):
        picks.append(left[possible])
        readies.append(promised[possible])
    pick, late = np.concatenate(picks), np.concatenate(readies)
    symbols, free_symbols = {}, {}
    for number, meter in meters.items():
        if meter.first <= shifts.day <= meter.last and not isinstance(meter, RestMeter):
            shown, free_symbols[number] = meter.symbols(shifts)
            symbols[number] = shown[pick]
    for number, had in rests.had(shifts.end[pick], late).items():
        if shifts.day <= meters[number].last:
            symbols[number] = had
    free = np.array([-day.free_charge, 0], dtype=np.int64) if day.free_allowed else None
    made = DayChoices(shifts.start[pick], late, values[:, pick], symbols, free, free_symbols)
    return made, shifts.clock[pick]


def _entries(
    kind: AgentClass, rests: _Rests, gaps: Sequence[Gap], tables: Sequence[DayShifts]
) -> list[Entry]:
    busy = -ANY_TIME if kind.busy_until is None else kind.busy_until
    ready = busy
    for gap in gaps:
        if gap.carried_in is not None:
            ready = max(ready, min(gap.carried_in + gap.at_least, _first_exempt(gap, -1, tables)))
    end = np.array([-ANY_TIME], dtype=np.int64)  # what each rest knows of the time before stands in itself
    readies = [ready]
    for possible, promised in rests.promises(end, np.array([ready], dtype=np.int64)):
        readies += promised[possible].tolist()
    return [
        Entry(late, {number: int(had[0]) for number, had in rests.had(end, np.array([late])).items()})
        for late in readies
    ]


def _renumbered(choices: DayChoices, numbers: dict[int, int]) -> DayChoices:
    return replace(
        choices,
        symbols={numbers[n]: shown for n, shown in choices.symbols.items() if n in numbers},
        free_symbols={numbers[n]: shown for n, shown in choices.free_symbols.items() if n in numbers},
    )


def _renumbered_entry(entry: Entry, numbers: dict[int, int]) -> Entry:
    return Entry(entry.ready, {numbers[n]: state for n, state in entry.states.items() if n in numbers})
