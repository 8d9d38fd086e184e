"""The worth of shifts at given prices, with breaks placed where they cost least.

Computed once for each worth, clock, template and set of break limits, and shared by all agents and days that
have these in common.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from scheduler.domain.facts.problem import Break, Problem
from scheduler.model.limits.breaks import BreakGap, BreakLimit, BreakOrder, BreakWindow, WorkStretch
from scheduler.texts import text
from scheduler.verifier.bound.pricing.agent_classes import AgentClass, Carried, Worth
from scheduler.verifier.bound.pricing.break_placement import (
    NO_LAYOUT,
    BreakSlots,
    Charges,
    Spacing,
    least_loss,
)
from scheduler.verifier.bound.pricing.day_menus import BegunBreaks, Menu
from scheduler.verifier.bound.pricing.day_shifts import DayShifts, day_shifts
from scheduler.verifier.recount.exact import Ints
from scheduler.verifier.recount.wages import Wages

BATCH_DAYS = 7
"""Number of days whose breaks are placed together: long arrays that still fit the processor's cache."""


@dataclass(frozen=True)
class BreakRules:
    """The break limits of the shifts of one template on one day, in minutes.

    Parameters
    ----------
    at
        Instants at which breaks are pinned; ``None`` where they are not.
    begun
        Breaks of the duty under way; ``None`` where there is none.
    preferred
        Limits that are only preferred, with their cost per unit of excess.
    """

    in_windows: bool = False
    in_order: bool = False
    gap_at_least: int = 0
    gap_at_most: int | None = None
    stretch_at_most: int | None = None
    at: tuple[int, ...] | None = None
    begun: BegunBreaks | None = None
    preferred: tuple[tuple[BreakLimit, int], ...] = ()


def break_rules(
    limits: Sequence[Carried],
    template: str,
    day: int,
    at: tuple[int, ...] | None = None,
    begun: BegunBreaks | None = None,
) -> BreakRules:
    """The combined break limits of one template on one day."""
    windows = order = False
    fewest, most, stretch = 0, None, None
    preferred = []
    for carried in limits:
        limit = carried.limit
        if not isinstance(limit, BreakLimit) or day not in limit.on:
            continue
        if limit.templates and template not in limit.templates:
            continue
        if carried.unit_price is not None:
            preferred.append((replace(limit, on=(), templates=frozenset()), carried.unit_price))
            continue
        match limit:
            case BreakWindow():
                windows = True
            case BreakOrder():
                order = True
            case BreakGap(at_least=at_least, at_most=at_most):
                fewest = max(fewest, at_least or 0)
                most = at_most if most is None else most if at_most is None else min(most, at_most)
            case WorkStretch(at_most=longest):
                stretch = longest if stretch is None else min(stretch, longest)
    return BreakRules(windows, order, fewest, most, stretch, at, begun, tuple(preferred))


class ShiftWorths:
    """Cache of the worth of shifts."""

    def __init__(self, problem: Problem, slot_minutes: int) -> None:
        self.problem = problem
        self.slot_minutes = slot_minutes
        self._wages = Wages(problem)
        self._on_top: dict[tuple[str, int, int, tuple[int, ...]], Ints] = {}
        self._tables: dict[str, tuple[DayShifts, ...]] = {}
        self._of_days: dict[tuple[object, ...], Ints] = {}
        self._of_templates: dict[tuple[Worth, str, int, BreakRules], list[dict[int, Ints]]] = {}

    def tables(self, zone: str) -> tuple[DayShifts, ...]:
        """The shifts of every day on one clock."""
        if zone not in self._tables:
            self._tables[zone] = tuple(
                day_shifts(self.problem, zone, day) for day in range(self.problem.grid.days)
            )
        return self._tables[zone]

    def paid_on_top(self, shifts: DayShifts, someone: AgentClass) -> Ints:
        """What the shifts of a day are paid on top to agents of a class."""
        key = shifts.zone, shifts.day, someone.pay, someone.paid_on_top
        if key not in self._on_top:
            table = shifts.template, shifts.start, shifts.end, shifts.paid
            self._on_top[key] = self._wages.on_top_of_shifts(
                shifts.zone, someone.pay, someone.paid_on_top, table, shifts.day
            )
        return self._on_top[key]

    def worth_of_shifts(self, worth: Worth, menu: Menu, limits: tuple[Carried, ...]) -> Ints:
        """The worth of each shift of a day; hugely negative if it is not offered or has no legal layout.

        Parameters
        ----------
        limits
            Those on breaks.
        """
        if menu.wished:
            return self._wished(worth, menu, limits)
        if menu.breaks_at is not None or menu.begun is not None:
            return self._pinned(worth, menu, limits)
        key = (worth, menu.shifts.zone, menu.shifts.day, limits, menu.templates)
        if key not in self._of_days:
            self._of_days[key] = self._of_day(worth, menu, limits)
        return self._of_days[key]

    def _of_day(self, worth: Worth, menu: Menu, limits: tuple[Carried, ...]) -> Ints:
        shifts = menu.shifts
        values = np.full(len(shifts.start), -NO_LAYOUT, dtype=np.int64)
        for template in sorted(menu.templates):
            rules = break_rules(limits, self.problem.templates[template].name, shifts.day)
            key = (worth, shifts.zone, template, rules)
            if key not in self._of_templates:
                self._of_templates[key] = self._of_template(*key)
            for length, of_length in self._of_templates[key][shifts.day].items():
                values[shifts.blocks[template, length]] = of_length
        return values

    def _wished(self, worth: Worth, menu: Menu, limits: tuple[Carried, ...]) -> Ints:
        """The same with breaks that are wished for: placed there, or elsewhere at a price."""
        bare = replace(menu, wished=())
        charge = sum((one.price * one.of for one in menu.wished), np.zeros(len(menu.allowed), dtype=np.int64))
        best = self.worth_of_shifts(worth, bare, limits) - charge
        for at in {one.at for one in menu.wished}:
            if not isinstance(at, BegunBreaks) and menu.breaks_at not in (None, at):
                continue
            kept = np.sum([one.price * one.of for one in menu.wished if one.at == at], axis=0)
            laid_so = {"begun": at} if isinstance(at, BegunBreaks) else {"breaks_at": at}
            only = replace(bare, allowed=bare.allowed & (kept > 0), **laid_so)  # no others are rewarded
            laid = self._pinned(worth, only, limits)
            best = np.maximum(best, laid - charge + kept)
        return best

    def _pinned(self, worth: Worth, menu: Menu, limits: tuple[Carried, ...]) -> Ints:
        """The same with pinned breaks: for this day alone, and only for the allowed shifts."""
        shifts = menu.shifts
        values = np.full(len(shifts.start), -NO_LAYOUT, dtype=np.int64)
        for (template, length), block in shifts.blocks.items():
            places = block.start + np.flatnonzero(menu.allowed[block])
            if len(places):
                spec = self.problem.templates[template]
                rules = break_rules(limits, spec.name, shifts.day, menu.breaks_at, menu.begun)
                starts, days = shifts.start[places], np.full(len(places), shifts.day)
                pauses = spec.breaks_of(length)
                values[places] = self._best(worth, shifts.zone, starts, days, length, pauses, rules)
        return values

    def _of_template(
        self, worth: Worth, zone: str, template: int, rules: BreakRules
    ) -> list[dict[int, Ints]]:
        """By day and length, the worth of each start."""
        tables = self.tables(zone)
        result: list[dict[int, Ints]] = [{} for _ in tables]
        spec = self.problem.templates[template]
        for length in spec.lengths:
            offering = [table for table in tables if (template, length) in table.blocks]
            for few in (offering[i : i + BATCH_DAYS] for i in range(0, len(offering), BATCH_DAYS)):
                blocks = [table.blocks[template, length] for table in few]
                each = [block.stop - block.start for block in blocks]
                if not sum(each):
                    continue
                starts = np.concatenate(
                    [table.start[block] for table, block in zip(few, blocks, strict=True)]
                )
                days = np.repeat([table.day for table in few], each)
                values = self._best(worth, zone, starts, days, length, spec.breaks_of(length), rules)
                for table, own in zip(few, np.split(values, np.cumsum(each)[:-1]), strict=True):
                    result[table.day][length] = own
        return result

    def _best(
        self,
        worth: Worth,
        zone: str,
        starts: Ints,
        days: Ints,
        length: int,
        pauses: Sequence[Break],
        rules: BreakRules,
    ) -> Ints:
        if rules.at is not None and len(rules.at) != len(pauses):
            return np.full(len(starts), -NO_LAYOUT, dtype=np.int64)
        slot = self.slot_minutes
        self._must_divide(text("a shift's start"), starts)
        self._must_divide(text("a shift's length"), [length])
        self._must_divide(text("a break's length"), [pause.length_minutes for pause in pauses])
        slots = length // slot
        first = (starts - worth.since) // slot
        within = worth.summed[first[:, None] + np.arange(slots + 1)[None, :]]
        within = within - within[:, :1]
        # On the slots' grid a bound on a gap may be rounded inwards. Without windows breaks may lie off the
        # grid; the best such layout is no better than the best one on it with bounds rounded outwards.
        exact = rules.in_windows or rules.at is not None
        spacing = Spacing(
            in_order=rules.in_order,
            gap_at_least=-(-rules.gap_at_least // slot) if exact else rules.gap_at_least // slot,
            gap_at_most=self._rounded(rules.gap_at_most, exact),
            stretch_at_most=self._rounded(rules.stretch_at_most, exact),
        )
        breaks = [self._break_slots(zone, starts, days, length, pause, rules) for pause in pauses]
        charges = self._charges(rules, slots, exact) if rules.preferred else None
        loss = least_loss(within, breaks, spacing, charges)
        return np.where(loss == NO_LAYOUT, -NO_LAYOUT, within[:, -1] - loss)

    def _charges(self, rules: BreakRules, slots: int, exact: bool) -> Charges:
        """Costs of gaps, stretches and orders by slots; bounds are rounded outwards off the grid."""
        slot = self.slot_minutes
        minutes = np.arange(slots + 1, dtype=np.int64) * slot
        gap, stretch, out_of_order = np.zeros_like(minutes), np.zeros_like(minutes), 0
        for limit, unit_price in rules.preferred:
            match limit:
                case BreakGap(at_least=at_least, at_most=at_most):
                    if at_least is not None:
                        wanted = at_least if exact else at_least // slot * slot
                        gap = gap + unit_price * np.maximum(0, wanted - minutes)
                    if at_most is not None:
                        wanted = at_most if exact else -(-at_most // slot) * slot
                        gap = gap + unit_price * np.maximum(0, minutes - wanted)
                case WorkStretch(at_most=at_most):
                    wanted = at_most if exact else -(-at_most // slot) * slot
                    stretch = stretch + unit_price * np.maximum(0, minutes - wanted)
                case BreakOrder():
                    out_of_order += unit_price
        return Charges(gap, stretch, out_of_order)

    def _rounded(self, minutes: int | None, exact: bool) -> int | None:
        if minutes is None:
            return None
        return minutes // self.slot_minutes if exact else -(-minutes // self.slot_minutes)

    def _break_slots(
        self, zone: str, starts: Ints, days: Ints, length: int, pause: Break, rules: BreakRules
    ) -> BreakSlots:
        slot, grid = self.slot_minutes, self.problem.grid
        at = None
        if rules.at is not None:
            self._must_divide(text("a pinned break's start"), np.array(rules.at, dtype=np.int64))
            at = tuple((instant - starts) // slot for instant in rules.at)
        since = None
        if rules.begun is not None:
            begun = dict(rules.begun.at)
            if pause.name in begun:
                self._must_divide(text("a begun break's start"), [begun[pause.name]])
                at = ((begun[pause.name] - starts) // slot,)
            else:
                since = -(-(rules.begun.since - starts) // slot)
        if pause.measured_from == "start":
            first, last = starts + pause.earliest_start, starts + pause.latest_start
        elif pause.measured_from == "end":
            first, last = starts + length - pause.earliest_start, starts + length - pause.latest_start
        else:
            begins = [grid.instant_on_day(day, pause.earliest_start, zone) for day in range(grid.days)]
            ends = [grid.instant_on_day(day, pause.latest_start, zone) for day in range(grid.days)]
            first, last = np.array(begins)[days], np.array(ends)[days]
        if not rules.in_windows:
            return BreakSlots(
                length=pause.length_minutes // slot,
                first=np.zeros_like(starts),
                last=np.full_like(starts, length // slot),
                at=at,
                since=since,
                charge=self._window_charge(starts, length, pause, first, last, rules),
            )
        self._must_divide(text('the first start of the break "{pause}"', pause=pause.name), first)
        step = pause.step_minutes
        if bool((last - first >= step).any()):
            self._must_divide(text('the step of the break "{pause}"', pause=pause.name), [step])
        return BreakSlots(
            length=pause.length_minutes // slot,
            first=(first - starts) // slot,
            last=(last - starts) // slot,
            step=max(1, step // slot),
            at=at,
            since=since,
        )

    def _window_charge(
        self, starts: Ints, length: int, pause: Break, first: Ints, last: Ints, rules: BreakRules
    ) -> Ints | None:
        """The cost of each start of a break whose window is only preferred."""
        unit_price = sum(price for limit, price in rules.preferred if isinstance(limit, BreakWindow))
        if not unit_price:
            return None
        self._must_divide(
            text('the window of the break "{pause}"', pause=pause.name), np.concatenate([first, last])
        )
        positions = np.arange(max(0, (length - pause.length_minutes) // self.slot_minutes + 1))
        instants = starts[:, None] + positions[None, :] * self.slot_minutes
        before, after = first[:, None] - instants, instants - last[:, None]
        outside = np.maximum(0, before) + np.maximum(0, after)
        off_step = (outside == 0) & (-before % pause.step_minutes != 0)
        charge: Ints = unit_price * (outside + off_step)
        return charge

    def _must_divide(self, what: str, minutes: Ints | Sequence[int]) -> None:
        odd = np.asarray(minutes, dtype=np.int64)
        odd = odd[odd % self.slot_minutes != 0]
        if len(odd):
            raise ValueError(
                text(
                    "slots of {slot_minutes} min do not divide {what} ({first} min)",
                    slot_minutes=self.slot_minutes,
                    what=what,
                    first=odd[0],
                )
            )
