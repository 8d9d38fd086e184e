"""Menus: the shifts that each day offers an agent, and their charges besides the wage.

Agents with equal limits and premiums on a day share one menu.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from scheduler.verifier.bound.pricing.agent_classes import Premium
from scheduler.verifier.bound.pricing.day_shifts import DayShifts
from scheduler.verifier.bound.pricing.limit_placement import DayLimit
from scheduler.verifier.recount.exact import Bools, Ints


@dataclass(frozen=True)
class BegunBreaks:
    """Breaks of a duty under way: those that have begun, by name, and when others may begin at first."""

    at: tuple[tuple[str, int], ...]
    since: int


@dataclass(frozen=True, eq=False)
class WishedBreaks:
    """Breaks that cost ``price`` if they do not start at these instants, or are not those that have begun.

    Parameters
    ----------
    of
        Shape (shifts,): the shifts that keep the rest of the pin; all others are charged already.
    """

    at: tuple[int, ...] | BegunBreaks
    of: Bools
    price: int


@dataclass(frozen=True, eq=False)
class Menu:
    """One day after its limits and premiums.

    Parameters
    ----------
    allowed, charge
        Shape (shifts,).
    breaks_at
        Instants at which breaks are pinned; ``None`` where they are not.
    wished
        Pins that are only preferred, with breaks.
    begun
        Breaks of the duty under way; ``None`` where there is none.
    """

    shifts: DayShifts
    allowed: Bools
    charge: Ints
    free_allowed: bool
    free_charge: int
    breaks_at: tuple[int, ...] | None
    wished: tuple[WishedBreaks, ...] = ()
    begun: BegunBreaks | None = None

    @cached_property
    def templates(self) -> frozenset[int]:
        """Templates of which some shift is allowed."""
        return frozenset(np.unique(self.shifts.template[self.allowed]).tolist())


class Menus:
    """Cache of the menus of one clock."""

    def __init__(self, tables: Sequence[DayShifts]) -> None:
        self.tables = tables
        self._known: dict[tuple[int, tuple[DayLimit, ...], tuple[Premium, ...]], Menu] = {}
        self._beyond: dict[tuple[int, DayLimit], tuple[Ints, int]] = {}
        self._less: dict[tuple[int, tuple[Premium, ...]], tuple[Ints, int]] = {}

    def of(self, day: int, limits: tuple[DayLimit, ...], premiums: tuple[Premium, ...]) -> Menu:
        """The menu of a day with these limits and premiums."""
        key = (day, limits, premiums)
        if key not in self._known:
            self._known[key] = self._made(day, limits, premiums)
        return self._known[key]

    def _made(self, day: int, limits: tuple[DayLimit, ...], premiums: tuple[Premium, ...]) -> Menu:
        shifts = self.tables[day]
        charge, free_charge = self._less_premiums(day, premiums)
        allowed, free_allowed = np.ones(len(shifts.start), dtype=np.bool_), True
        breaks_at, begun, wished = None, None, list[WishedBreaks]()
        for limit in limits:
            beyond, free_beyond = self._how_far(day, limit)
            if limit.unit_price is None:
                allowed &= beyond == 0
                free_allowed &= free_beyond == 0
            else:
                charge = charge + limit.unit_price * beyond
                free_charge += limit.unit_price * free_beyond
            if limit.pinned_breaks:
                at = tuple(map(partial(self._instant, day), limit.pinned_breaks))
                if limit.unit_price is None:
                    breaks_at = at
                else:
                    wished.append(WishedBreaks(at, beyond == 0, limit.unit_price))
            if limit.under_way is not None:
                breaks = BegunBreaks(limit.under_way.begun, limit.under_way.since)
                if limit.unit_price is None:
                    begun = breaks
                else:
                    wished.append(WishedBreaks(breaks, beyond == 0, limit.unit_price))
        return Menu(shifts, allowed, charge, free_allowed, free_charge, breaks_at, tuple(wished), begun)

    def _instant(self, day: int, clock: int) -> int:
        shifts = self.tables[day]
        return shifts.problem.grid.instant_on_day(day, clock, shifts.zone)

    def _how_far(self, day: int, limit: DayLimit) -> tuple[Ints, int]:
        key = (day, limit)
        if key not in self._beyond:
            self._beyond[key] = limit.beyond(self.tables[day])
        return self._beyond[key]

    def _less_premiums(self, day: int, premiums: tuple[Premium, ...]) -> tuple[Ints, int]:
        """The charge before any limit: premiums as negative charges."""
        key = (day, premiums)
        if key not in self._less:
            shifts = self.tables[day]
            charge, free_charge = np.zeros(len(shifts.start), dtype=np.int64), 0
            for premium in premiums:
                amounts, free = shifts.amounts(premium.of)
                price = int(premium.prices[day])
                charge -= price * (amounts > 0)
                free_charge -= price * (free > 0)
            self._less[key] = charge, free_charge
        return self._less[key]
