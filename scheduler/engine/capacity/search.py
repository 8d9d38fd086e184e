"""The door: a plan of hiring for a year, and a bound that none is below.

Training rooms are all that skills share. With a price for each week's rooms every skill is planned alone, by
an exact dynamic programme, and the sum of their costs less what the rooms are worth is a bound (A. M.
Geoffrion, Lagrangean relaxation for integer programming, Mathematical Programming Study 2, 1974). Prices come
from the restricted master, first on a coarse grid of people. Then all calendars of starts are listed whose
cost at these prices is within the gap, as R. Baldacci, N. Christofides and A. Mingozzi do with routes
(Mathematical Programming 115, 2008), and the best choice of one a skill is proven. What was not listed costs
more than the gap allows.
"""

import random
import time
from collections.abc import Sequence

import numpy as np

from scheduler.domain.facts.capacity import CapacityYear
from scheduler.domain.results.hiring import ClassStart, HiringPlan
from scheduler.engine.capacity.programme import HiringProgramme, Pattern, Plan
from scheduler.engine.capacity.rooms import RoomMaster, choose
from scheduler.engine.capacity.skill_tables import NEVER_COST, Numbers, tables_of

_COARSE_COUNT = 10
"""Hundredths of a person in a state of the coarse grid."""
_CLOSE_FRACTION = 5e-5
"""Of the cost, between the linear programme and the bound, where prices are good enough."""
_COARSE_FRACTION = 2e-4
"""The same on the coarse grid, whose prices are a beginning only."""
_MOST_ROUNDS = 100
_HEURISTIC_SHARE = 0.06
"""Of the time, for plans by best response."""
_FIRST_GAP_FRACTION = 2.5e-4
"""Of the bound, within which calendars are listed at first."""
_FIRST_PATTERNS, _FIRST_WORK = 4_000, 10**8
"""Calendars of a skill to list, and states to look at for them; eight times as many at each new attempt."""
_LIKELY_FRACTION = 2e-3
"""The same for a good plan before: halved for each skill until its calendars are few enough."""
_LIKELY_PATTERNS, _LIKELY_WORK = 2_000, 3 * 10**7
"""How few, and how many states to look at for them."""
_STEADY_SHARE = 0.5
"""Weight of the best prices so far in the next ones (smoothing of Wentges, 1997)."""


class _Clock:
    """Seconds of the processor, of those that may be used."""

    def __init__(self, seconds: float) -> None:
        self.begun, self.most = time.process_time(), seconds

    @property
    def spent(self) -> float:
        return time.process_time() - self.begun

    @property
    def left(self) -> float:
        return self.most - self.spent


class _Search:
    """One search on one grid of people."""

    def __init__(self, year: CapacityYear, grain_count: int, clock: _Clock) -> None:
        self.year, self.clock = year, clock
        self.programmes = [HiringProgramme(tables_of(year, skill, grain_count)) for skill in year.skills]
        self.master = RoomMaster(year, self.programmes)
        self.price = np.zeros(year.weeks)
        self.bound = -1
        self.at_price: list[int] = []

    def evaluate(self, price: Numbers) -> tuple[int, bool]:
        """The bound at prices of rooms; whether it found plans that are new to the master."""
        rooms = np.maximum(self.master.rooms, 0)
        bound, is_new, costs = -int(price @ rooms), False, []
        for number, programme in enumerate(self.programmes):
            cost, plan = programme.solve(price)
            bound += cost
            costs.append(cost)
            is_new |= self.master.add(number, plan)
        if bound > self.bound or not self.at_price:
            self.bound, self.price, self.at_price = bound, price, costs
        return bound, is_new

    def price_rooms(self, close_fraction: float) -> None:
        """Column generation until the linear programme meets the bound."""
        price = self.price
        for number in range(_MOST_ROUNDS):
            _, is_new = self.evaluate(price)
            cost, dual = self.master.prices()
            if cost - self.bound <= close_fraction * cost or self.clock.left <= 0:
                return
            if not is_new and np.array_equal(price, dual):
                return
            price = (
                np.round(_STEADY_SHARE * self.price + (1 - _STEADY_SHARE) * dual)
                if is_new and number
                else dual
            )

    def respond(self, seconds: float, seed: int) -> None:
        """Add plans that fit together: skill by skill, each the best that the others leave room for."""
        draw, until = random.Random(seed), self.clock.spent + seconds
        order = list(range(len(self.programmes)))
        while self.clock.spent < until:
            draw.shuffle(order)
            rough = np.round(self.price * draw.uniform(0.3, 1.5))
            plans: dict[int, Plan] = {}
            cost = None
            for price in (rough, *[np.zeros_like(self.price)] * 5):
                for number in order:
                    others = [self._rooms_of(one, plan) for one, plan in plans.items() if one != number]
                    plans[number] = self._fitting(number, price, np.sum(others, axis=0) if others else None)
                    self.master.add(number, plans[number])
                now = sum(self.master.plans[one][plan].cost for one, plan in plans.items())
                if cost is not None and now >= cost:
                    break
                cost = now

    def _rooms_of(self, number: int, plan: Plan) -> Numbers:
        programme = self.programmes[number]
        return programme.rooms_of(programme.pattern_of(plan)).astype(float)

    def _fitting(self, number: int, price: Numbers, taken: Numbers | None) -> Plan:
        """The best plan of a skill in the rooms that others leave."""
        programme, rooms = self.programmes[number], self.master.rooms
        free = np.where(rooms < 0, np.inf, rooms - (0 if taken is None else taken))
        most = [
            float(free[week : week + programme.tables.training_weeks].min())
            for week in range(self.year.weeks)
        ]
        kinds = sorted({option.classes for option in programme.tables.options})
        only = [(week, classes) for week, room in enumerate(most) for classes in kinds if classes <= room]
        return programme.solve(price, only)[1]


def plan_hiring(year: CapacityYear, seconds: float = 60.0, seed: int = 1) -> HiringPlan:
    """When to start classes at the least cost.

    Parameters
    ----------
    seconds
        Of the processor to search for; it ends earlier where the plan is proven to be the best.
    seed
        Of the random orders in which skills are planned.

    Returns
    -------
    HiringPlan
        A plan that fits into the training rooms, and a bound that is as low as its cost where it is proven.
    """
    clock = _Clock(seconds)
    search = _Search(year, 1, clock)
    free, _ = search.evaluate(search.price)
    if (found := _fits(search)) is not None:
        return _told(search, found, free, 0)
    coarse = _Search(year, _COARSE_COUNT, clock)
    coarse.price_rooms(_COARSE_FRACTION)
    coarse.respond(_HEURISTIC_SHARE * min(seconds, 12.0), seed)
    for number, plans in enumerate(coarse.master.plans):
        for plan in plans:
            search.master.add(number, plan)
    best, _ = choose(_columns(search), search.master.rooms, 2**53, clock.left / 4)
    assert best is not None  # nobody is hired: that fits always
    if clock.left <= 0:
        return _told(search, best, search.bound, 0)
    search.evaluate(coarse.price)
    _narrow(search, _cost(best))
    search.price_rooms(10 * _CLOSE_FRACTION)
    _narrow(search, _cost(best))
    search.price_rooms(_CLOSE_FRACTION)
    better, _ = choose(_columns(search), search.master.rooms, _cost(best), clock.left / 4)
    best = better or best
    return _close(search, best)


def _close(search: _Search, best: list[Pattern]) -> HiringPlan:
    """Raise the bound to the cost, by listing what is cheaper at the prices than the gap allows."""
    bound, clock = search.bound, search.clock
    _narrow(search, _cost(best))
    for programme in search.programmes:
        programme.solve(search.price)
    best = _likely(search, best)
    _narrow(search, _cost(best))
    for programme in search.programmes:
        programme.solve(search.price)
    within = max(1, int(bound * _FIRST_GAP_FRACTION))
    listed, room, work = 0, _FIRST_PATTERNS, _FIRST_WORK
    while _cost(best) > bound and clock.left > 0:
        within = min(within, _cost(best) - search.bound)
        patterns = _patterns(search, within, room, work)
        if patterns is None:
            room, work = 8 * room, 8 * work
            continue
        found, is_proven = choose(patterns, search.master.rooms, _cost(best) - 1, clock.left)
        best = found or best
        if not is_proven:
            break
        listed = sum(map(len, patterns))
        bound = min(_cost(best), search.bound + within + 1)
        within *= 2
    return _told(search, best, bound, listed if bound >= _cost(best) else 0)


def _likely(search: _Search, best: list[Pattern]) -> list[Pattern]:
    """The best choice among the calendars of each skill that are cheapest at the prices."""
    patterns = []
    known = _columns(search)
    for programme, least, chosen, columns in zip(
        search.programmes, search.at_price, best, known, strict=True
    ):
        within, own = int(search.bound * _LIKELY_FRACTION), None
        while own is None and within and search.clock.left > 0:
            own = programme.patterns(least + within, search.price, _LIKELY_PATTERNS, _LIKELY_WORK)
            within //= 2
        patterns.append([*(own or ()), chosen, *columns])
    return choose(patterns, search.master.rooms, _cost(best), search.clock.left / 3)[0] or best


def _patterns(search: _Search, within: int, room: int, work: int) -> list[list[Pattern]] | None:
    """Of every skill the calendars within so much of its least cost at the prices."""
    found = []
    for programme, least in zip(search.programmes, search.at_price, strict=True):
        own = programme.patterns(least + within, search.price, room, work)
        if own is None or search.clock.left <= 0:
            return None
        found.append(own)
    return found


def _narrow(search: _Search, cost: int) -> None:
    """Leave out states that no plan of at most that cost comes through."""
    for programme in search.programmes:
        programme.solve(search.price)
    for programme, least in zip(search.programmes, search.at_price, strict=True):
        programme.narrow(least + cost - search.bound)


def _columns(search: _Search) -> list[list[Pattern]]:
    return [[one for one in plans.values() if one.cost < NEVER_COST] for plans in search.master.plans]


def _cost(patterns: Sequence[Pattern]) -> int:
    return sum(one.cost for one in patterns)


def _fits(search: _Search) -> list[Pattern] | None:
    """The plans of all skills where rooms cost nothing, if they fit into the rooms."""
    latest = [list(plans.values())[-1] for plans in search.master.plans]
    taken, rooms = np.sum([one.rooms for one in latest], axis=0), search.master.rooms
    return latest if bool(((rooms < 0) | (taken <= rooms)).all()) else None


def _told(search: _Search, patterns: Sequence[Pattern], bound: int, listed: int) -> HiringPlan:
    """The plan with the people of each class."""
    starts, cost = [], 0
    for skill, programme, pattern in zip(search.year.skills, search.programmes, patterns, strict=True):
        programme.least[:], programme.most[:] = 0, programme.tables.most
        own, plan = programme.solve(np.zeros(search.year.weeks), pattern.starts)
        cost += own
        options = programme.tables.options
        starts += [
            ClassStart(skill.name, week, options[one].classes, options[one].people) for week, one in plan
        ]
    return HiringPlan(tuple(starts), cost, min(bound, cost), listed, search.clock.spent)
