"""The best weeks of every kind of agent at given prices, asked of the compiled core."""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from scheduler.engine.arrays import BoolArray, Float64Array, Int32Array, UInt8Array
from scheduler.engine.automata.agent_automata import Plans
from scheduler.engine.automata.fixed_days import HeldPlan
from scheduler.engine.bound.pricing_classes import RowKey, kinds_of
from scheduler.engine.instance.break_layouts import unpriced
from scheduler.engine.instance.instance import Tables
from scheduler.engine.instance.roster_arrays import FREE
from scheduler.engine.kernel.bindings import (
    MODEL_FIELDS,
    PLAN_FIELDS,
    ModelStruct,
    PlanStruct,
    exports,
    fill,
    shared_numbers,
)

NEVER = -1e300
BEGINNINGS = 400_000
"""Beginnings of weeks that a search for near weeks may hold."""

Weeks = Int32Array


class NearWeeks(NamedTuple):
    """An agent's best weeks at some prices, best first.

    Parameters
    ----------
    weeks
        Options or ``FREE``, shape (weeks, days).
    nets
        What each earns less what it costs, as far as the plan knows, shape (weeks,).
    """

    weeks: Weeks
    nets: Float64Array


class BestWeeks:
    """What weeks earn at prices, and which are best.

    Parameters
    ----------
    pool, parts
        Threads, and in how many parts the work is shared out among them.

    Attributes
    ----------
    kinds, kind_of
        Agents that are alike, and the number of each agent's kind.
    earned
        What options earn, shape (rows, options); kinds know their rows.
    values, chosen
        Of the last look: what the best week of each kind nets, and its options.
    """

    def __init__(
        self, tables: Tables, plans: Plans, pool: ThreadPoolExecutor | None = None, parts: int = 1
    ) -> None:
        self.plans, self.model = plans, tables.struct
        self.pool, self.parts = pool, max(1, parts if pool else 1)
        self._row_keys: dict[RowKey, int] = {}
        self.kinds = kinds_of(tables, plans, self._row_keys)
        self.kind_of = np.zeros(len(tables.held), np.int64)
        for number, kind in enumerate(self.kinds):
            self.kind_of[list(kind.agents)] = number
        self._keys = list(self._row_keys)
        self.earned = np.full((len(self._row_keys), self.model.options), NEVER)
        self._prepare_calls()
        self._asked = self._asked_for(*tables.menu_numbers)

    def _asked_for(self, menu: Int32Array, menus: BoolArray) -> UInt8Array:
        """Which options somebody may choose of each row, shape (rows, options)."""
        shown = np.unique(np.stack([self._row_of, menu[self._agents]], axis=-1).reshape(-1, 2), axis=0)
        begins = np.flatnonzero(np.diff(shown[:, 0], prepend=-1))
        asked = np.zeros(self.earned.shape, np.uint8)
        asked[shown[begins, 0]] = np.logical_or.reduceat(menus[shown[:, 1]], begins, axis=0)
        return asked

    def _prepare_calls(self) -> None:
        """Pointers that stay the same from call to call."""
        kinds, days = self.kinds, self.model.days
        self._agents = np.array([kind.agent for kind in kinds], np.int32)
        self._counts = np.array([kind.count for kind in kinds], np.float64)
        plans = self.plans
        addresses = [ctypes.addressof(plans.structs[plans.plan_of[agent]]) for agent in self._agents]
        self._plans = np.array(addresses, np.uint64)
        nothing = np.full_like(self.model.kept["price_row"], -1)
        bare = {**self.model.kept, "price_row": nothing, "variant": unpriced(self.model.kept["variant"])}
        self._unpriced = fill(ModelStruct, MODEL_FIELDS, bare)
        self._unpriced_structs = [
            fill(PlanStruct, PLAN_FIELDS, {**plan.kept, "price": None, "price_free": None})
            for plan in plans.structs
        ]
        addresses = [ctypes.addressof(self._unpriced_structs[plans.plan_of[agent]]) for agent in self._agents]
        self._unpriced_plans = np.array(addresses, np.uint64)
        self._first = np.ascontiguousarray(plans.first_state[self._agents])
        self._ready = np.ascontiguousarray(plans.ready[self._agents])
        self._row_of = np.array([kind.rows for kind in kinds], np.int64).reshape(-1, days)
        row_bytes = np.uint64(self.earned.strides[0])
        self._rows = self.earned.ctypes.data + self._row_of.astype(np.uint64) * row_bytes
        self._scratch = [np.zeros(plans.scratch) for _ in range(self.parts)]
        self._beginnings: list[tuple[UInt8Array, Int32Array]] = []
        self._last: tuple[Float64Array, Float64Array, bool] | None = (
            None  # running sums, prices of heads, wages only
        )
        self.values = np.zeros(len(kinds))
        self.chosen = np.zeros((len(kinds), days), np.int32)

    def look(
        self,
        sums: Float64Array,
        on_heads: Float64Array,
        with_weeks: bool,
        wages_only: bool = False,
        only: tuple[int, int] | None = None,
    ) -> None:
        """Best week of every kind, or of ``only`` some, at running sums of worth and prices of heads."""
        here = ctypes.byref(self._unpriced if wages_only else self.model)
        plans = self._unpriced_plans if wages_only else self._plans
        self._earn(sums, on_heads, wages_only)
        begin, end = only or (0, len(self.kinds))
        bounds = np.linspace(begin, end, self.parts + 1).astype(int).tolist()

        def choose(part: int) -> None:
            first, last = bounds[part], bounds[part + 1]
            if first < last:
                exports().best_weeks(
                    here,
                    last - first,
                    self._agents[first:].ctypes.data,
                    plans[first:].ctypes.data,
                    self._first[first:].ctypes.data,
                    self._ready[first:].ctypes.data,
                    self._rows[first:].ctypes.data,
                    self._scratch[part].ctypes.data,
                    self.values[first:].ctypes.data,
                    self.chosen[first:].ctypes.data if with_weeks else None,
                )

        self._share(choose)

    def _earn(self, sums: Float64Array, on_heads: Float64Array, wages_only: bool = False) -> None:
        """What options earn at these prices.

        Where only heads are priced differently from the last time, it is what they earned then on all other
        days: dives into parts of a long horizon change the prices of a few days at a time.
        """
        here = ctypes.byref(self._unpriced if wages_only else self.model)
        new = np.ones(self.model.days, bool)
        last, self._last = self._last, None
        if last is not None and last[2] == wages_only and np.array_equal(last[0], sums):
            new = (last[1] != on_heads).any(axis=0)
        places = list(self._places(sums, new))

        def earn(part: int) -> None:
            for place, _, row in places[part :: self.parts]:
                arrays = self._asked[row], on_heads, self.earned[row]
                exports().earnings(here, *place, *(one.ctypes.data for one in arrays))

        self._share(earn)
        self._last = sums.copy(), on_heads.copy(), wages_only

    def _places(self, sums: Float64Array, days: BoolArray) -> Iterator[tuple[tuple[int, ...], int, int]]:
        """What the compiled core is told of each row of options of some days, whose worth counts, the row."""
        for (group, regime, zone, day, heads), row in self._row_keys.items():
            if days[day]:
                yield (regime, zone, day, sums[group].ctypes.data, heads), group, row

    def rows_of(self, agents: Sequence[int], day: int) -> list[int]:
        """Rows of what these agents' options of a day earn, each once."""
        return sorted({int(self._row_of[self.kind_of[agent], day]) for agent in agents})

    def earned_alone(self, row: int, sums: Float64Array) -> Float64Array:
        """What each option of a row earns at these running sums, heads left out; ``NEVER`` if nobody may."""
        earned, nothing = np.zeros(self.model.options), np.zeros(max(1, self.model.heads * self.model.days))
        arrays = self._asked[row], nothing, earned
        exports().earnings(
            ctypes.byref(self.model), *self._place_of(row, sums), *(one.ctypes.data for one in arrays)
        )
        return earned

    def covered_by(self, row: int, option: int, sums: Float64Array) -> Float64Array:
        """Where an option of a row is at work, its breaks laid as cheap as can be, shape (slots,)."""
        count, supply = np.zeros(self.model.options), np.zeros(self.model.slots)
        count[option] = 1.0
        nobody = np.zeros(max(1, self.model.heads * self.model.days))
        arrays = count, supply, nobody
        exports().supply(
            ctypes.byref(self.model), *self._place_of(row, sums), *(one.ctypes.data for one in arrays)
        )
        return supply

    def _place_of(self, row: int, sums: Float64Array) -> tuple[int, ...]:
        group, regime, zone, day, heads = self._keys[row]
        return regime, zone, day, sums[group].ctypes.data, heads

    @property
    def total(self) -> float:
        """What all agents' best weeks net together."""
        return float(self.values @ self._counts)

    @property
    def whole_total(self) -> int:
        """The same at whole prices, added up exactly."""
        each = zip(self.values.tolist(), self.kinds, strict=True)
        return sum(round(value) * kind.count for value, kind in each)

    def supply(self, sums: Float64Array, by_group: Float64Array, present: Float64Array) -> None:
        """Add who works when in the chosen weeks, by (group, slot), and who counts, by (headcount, day)."""
        works = self.chosen != FREE
        chosen = np.zeros(self.earned.shape)  # how many choose each option; many choose alike
        counts = np.broadcast_to(self._counts[:, None], works.shape)
        np.add.at(chosen, (self._row_of[works], self.chosen[works]), counts[works])
        here = ctypes.byref(self.model)
        for place, group, row in self._places(sums, works.any(axis=0)):
            exports().supply(
                here, *place, chosen[row].ctypes.data, by_group[group].ctypes.data, present.ctypes.data
            )

    def near(
        self,
        sums: Float64Array,
        on_heads: Float64Array,
        most: int,
        slack: float,
        kinds: Sequence[int] | None = None,
        held: Sequence[HeldPlan] | None = None,
    ) -> list[NearWeeks]:
        """Of kinds, or all, so many of the best weeks, none worse by ``slack``; prices are those of a look.

        Where something is ``held`` it is told for each of the kinds, which may come several times then.
        """
        self._earn(sums, on_heads)
        asked = range(len(self.kinds)) if kinds is None else kinds
        here = ctypes.byref(self.model)
        scratch = self._scratch
        if held is not None:
            scratch = [np.zeros(max((one.scratch for one in held), default=0)) for _ in range(self.parts)]
        none = NearWeeks(np.zeros((0, self.model.days), np.int32), np.zeros(0))
        found = [none] * len(asked)

        if not self._beginnings:  # kept: with few weeks asked for it took longer to get the memory
            self._beginnings = [
                (
                    np.empty(BEGINNINGS * shared_numbers()["sizeof Beginning"], np.uint8),
                    np.empty(BEGINNINGS, np.int32),
                )
                for _ in range(self.parts)
            ]

        def look(part: int) -> None:
            beginnings, heap = self._beginnings[part]
            for place in range(part, len(asked), self.parts):
                number = asked[place]
                weeks, nets = np.zeros((most, self.model.days), np.int32), np.zeros(most)
                plan, state, days = int(self._plans[number]), int(self._first[number]), None
                if held is not None:
                    one = held[place]
                    plan, state, days = one.address, one.first_state, one.days.ctypes.data
                count = exports().near_weeks(
                    here,
                    plan,
                    int(self._agents[number]),
                    state,
                    int(self._ready[number]),
                    self._rows[number:].ctypes.data,
                    days,
                    scratch[part].ctypes.data,
                    slack,
                    most,
                    beginnings.ctypes.data,
                    heap.ctypes.data,
                    BEGINNINGS,
                    nets.ctypes.data,
                    weeks.ctypes.data,
                )
                found[place] = NearWeeks(weeks[:count], nets[:count])

        self._share(look)
        return found

    def _share(self, work: Callable[[int], None]) -> None:
        """Do every part, side by side where there is a pool; the result does not depend on the parts."""
        if self.pool is None or self.parts == 1:
            for part in range(self.parts):
                work(part)
        else:
            list(self.pool.map(work, range(self.parts)))
