"""The pricing problem: the best week of every pricing class at given prices, found by the compiled core.

A week is a path through the agent's automaton day by day, and what it nets is what its options earn at the
prices less wages and priced rules. The best path is found by a resource-constrained dynamic programme (Irnich
and Desaulniers 2005; ``week.c``), the k best ones by A* with exact completion bounds (``k_best.c``).
"""

import ctypes
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.automata.fixed_days import FixedDaysAutomaton
from scheduler.engine.bound.options_of_row import OptionsOfRow
from scheduler.engine.bound.pricing_classes import RowKey, pricing_classes_of
from scheduler.engine.instance.break_layouts import unpriced
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.roster_arrays import FREE
from scheduler.engine.kernel.arrays import BoolArray, Float64Array, Int32Array, UInt8Array
from scheduler.engine.kernel.bindings import (
    AUTOMATON_FIELDS,
    MODEL_FIELDS,
    AutomatonStruct,
    ModelStruct,
    exports,
    fill,
    shared_numbers,
)

ALMOST_NEVER = -1e300
"""As in ``model.h``: below it lies what an option earns that nobody may choose, above it every real sum."""


@dataclass(frozen=True)
class KBestPolicy:
    """Parameters of the search for the k best weeks."""

    most_labels: int = 400_000
    """Partial weeks that the search may hold; where they run out, the weeks found so far are returned. It
    bounds memory to some 20 MB a thread. More finds more of the k best weeks on long horizons."""


POLICY = KBestPolicy()

Weeks = Int32Array


class RankedWeeks(NamedTuple):
    """An agent's best weeks at some prices, best first.

    Parameters
    ----------
    weeks
        Options or ``FREE``, shape (weeks, days).
    nets
        What each earns less what it costs, by the rules that the automaton carries, shape (weeks,).
    """

    weeks: Weeks
    nets: Float64Array


class _Prices(NamedTuple):
    """What a pricing call is made at: running sums of worth, prices of heads, whether only wages count."""

    sums: Float64Array
    on_heads: Float64Array
    wages_only: bool


class PricingProblem:
    """What weeks earn at prices, and which are best.

    Parameters
    ----------
    pool, shares
        Threads, and into how many shares the work is divided among them.

    Attributes
    ----------
    classes, class_of
        The pricing classes, and the number of each agent's class.
    earned
        What options earn, shape (rows, options); each class knows its rows.
    values, chosen
        Of the last pricing call: what the best week of each class nets, and its options.
    """

    def __init__(
        self,
        instance: Instance,
        automata: WeekAutomata,
        pool: ThreadPoolExecutor | None = None,
        shares: int = 1,
    ) -> None:
        self.automata, self.model = automata, instance.struct
        self.pool, self.shares = pool, max(1, shares if pool else 1)
        self._row_keys: dict[RowKey, int] = {}
        self.classes = pricing_classes_of(instance, automata, self._row_keys)
        self.class_of = np.zeros(instance.agents, np.int64)
        for number, one in enumerate(self.classes):
            self.class_of[list(one.agents)] = number
        self._keys = list(self._row_keys)
        self.earned = np.full((len(self._row_keys), self.model.options), ALMOST_NEVER)
        keys = np.array(self._keys, object).reshape(-1, 5)
        self._place_of_row = np.ascontiguousarray(keys[:, 1:4].astype(np.int32))
        self._heads_of_row = keys[:, 4].astype(np.uint64)
        self._group_of_row = keys[:, 0].astype(np.int32)
        of_rows = self._place_of_row, self._heads_of_row, self._group_of_row
        self._row_pointers = tuple(array.ctypes.data for array in of_rows)
        self._paid_on_top = instance.premium_row, instance.premium
        self._prepare_calls()
        self._asked = self._asked_for(*instance.menu_numbers)

    def _asked_for(self, menu: Int32Array, menus: BoolArray) -> UInt8Array:
        """Which options of each row somebody may choose, shape (rows, options)."""
        shown = np.unique(np.stack([self._row_of, menu[self._agents]], axis=-1).reshape(-1, 2), axis=0)
        begins = np.flatnonzero(np.diff(shown[:, 0], prepend=-1))
        asked = np.zeros(self.earned.shape, np.uint8)
        asked[shown[begins, 0]] = np.logical_or.reduceat(menus[shown[:, 1]], begins, axis=0)
        return asked

    def _prepare_calls(self) -> None:
        """Make the pointers that stay the same from call to call."""
        classes, days = self.classes, self.model.days
        self._agents = np.array([one.agent for one in classes], np.int32)
        self._counts = np.array([one.count for one in classes], np.float64)
        automata = self.automata
        each = automata.transition_nanoseconds[automata.automaton_of[self._agents]] + 1.0
        self._work = np.concatenate([[0.0], each.cumsum()])
        self._automata = automata.addresses[self._agents]
        kept, paid = self.model.kept, self._paid_on_top
        bare = {**kept, "price_row": paid[0], "price": paid[1], "variant": unpriced(kept["variant"])}
        self._unpriced = fill(ModelStruct, MODEL_FIELDS, bare)
        self._unpriced_structs = [
            fill(AutomatonStruct, AUTOMATON_FIELDS, {**automaton.kept, "price": None, "price_free": None})
            for automaton in automata.structs
        ]
        addresses = [
            ctypes.addressof(self._unpriced_structs[automata.automaton_of[agent]]) for agent in self._agents
        ]
        self._unpriced_automata = np.array(addresses, np.uint64)
        self._first = np.ascontiguousarray(automata.first_state[self._agents])
        self._ready = np.ascontiguousarray(automata.ready[self._agents])
        self._row_of = np.array([one.rows for one in classes], np.int64).reshape(-1, days)
        row_bytes = np.uint64(self.earned.strides[0])
        self._rows = self.earned.ctypes.data + self._row_of.astype(np.uint64) * row_bytes
        self._scratch = [np.zeros(automata.scratch) for _ in range(self.shares)]
        self._labels: list[tuple[UInt8Array, Int32Array]] = []
        self._last: _Prices | None = None
        self.values = np.zeros(len(classes))
        self.chosen = np.zeros((len(classes), days), np.int32)

    def solve(
        self,
        sums: Float64Array,
        on_heads: Float64Array,
        with_weeks: bool,
        wages_only: bool = False,
        only: tuple[int, int] | None = None,
    ) -> None:
        """One pricing call: the best week of every class.

        Parameters
        ----------
        sums
            Running sums of what an agent of each group is worth, shape (groups, slots + 1).
        on_heads
            Prices of heads, shape (headcount rows, days).
        with_weeks
            Whether the weeks are asked for and not only what they net.
        wages_only
            Whether wages alone count, without priced rules.
        only
            First and last + 1 of the classes that are asked; all of them where nothing is said.
        """
        here = ctypes.byref(self._unpriced if wages_only else self.model)
        automata = self._unpriced_automata if wages_only else self._automata
        self._earn(sums, on_heads, wages_only)
        bounds = self._shares_of(*(only or (0, len(self.classes))))

        def choose(share: int) -> None:
            first, last = bounds[share], bounds[share + 1]
            if first < last:
                exports().best_weeks(
                    here,
                    last - first,
                    self._agents[first:].ctypes.data,
                    automata[first:].ctypes.data,
                    self._first[first:].ctypes.data,
                    self._ready[first:].ctypes.data,
                    self._rows[first:].ctypes.data,
                    self._scratch[share].ctypes.data,
                    self.values[first:].ctypes.data,
                    self.chosen[first:].ctypes.data if with_weeks else None,
                )

        self._share(choose)

    def most_of(self, amounts: Float64Array) -> float | None:
        """The most that a legal week of the first class can have of something; ``None`` without such a week.

        Parameters
        ----------
        amounts
            What each option has of it on each day, shape (days, options); wages and prices count for nothing.
        """
        groups, heads = len(self.model.kept["group_skills"]), max(1, self.model.heads)
        self._earn(
            np.zeros((groups, self.model.slots + 1)), np.zeros((heads, self.model.days)), wages_only=True
        )
        self._last = None
        earned = self.earned[self._row_of[0]]
        earned = np.ascontiguousarray(np.where(earned > ALMOST_NEVER, amounts, earned))
        row_bytes, value = np.uint64(earned.strides[0]), np.zeros(1)
        rows = earned.ctypes.data + np.arange(self.model.days, dtype=np.uint64) * row_bytes
        exports().best_weeks(
            ctypes.byref(self._unpriced),
            1,
            self._agents.ctypes.data,
            self._unpriced_automata.ctypes.data,
            self._first.ctypes.data,
            self._ready.ctypes.data,
            rows.ctypes.data,
            self._scratch[0].ctypes.data,
            value.ctypes.data,
            None,
        )
        return float(value[0]) if value[0] > ALMOST_NEVER else None

    def _shares_of(self, begin: int, end: int) -> list[int]:
        """Where each share of the classes begins, so that all take about as long, and the end of the last."""
        edges = np.linspace(self._work[begin], self._work[end], self.shares + 1)
        inner = np.searchsorted(self._work, edges[1:-1]).tolist()
        return [begin, *inner, end]

    def _earn(self, sums: Float64Array, on_heads: Float64Array, wages_only: bool = False) -> None:
        """What options earn at these prices.

        Where only prices of heads differ from the last call, only the days on which they do are worked out
        anew: dives into neighbourhoods of a long horizon change the prices of a few days at a time.
        """
        here = ctypes.byref(self._unpriced if wages_only else self.model)
        new = np.ones(self.model.days, bool)
        last, self._last = self._last, None
        if last is not None and last.wages_only == wages_only and np.array_equal(last.sums, sums):
            new = (last.on_heads != on_heads).any(axis=0)
        rows = self._rows_on(new)
        first = np.linspace(0, len(rows), self.shares + 1).astype(int).tolist()

        def earn(share: int) -> None:
            part = rows[first[share] : first[share + 1]]
            exports().earnings_of_rows(
                here,
                len(part),
                part.ctypes.data,
                *self._row_pointers,
                sums.ctypes.data,
                self._asked.ctypes.data,
                on_heads.ctypes.data,
                self.earned.ctypes.data,
            )

        self._share(earn)
        self._last = _Prices(sums.copy(), on_heads.copy(), wages_only)

    def _rows_on(self, days: BoolArray) -> Int32Array:
        """The rows of ``earned`` on some days."""
        return np.flatnonzero(days[self._place_of_row[:, 2]]).astype(np.int32)

    def row_of(self, agent: int, day: int) -> int:
        """The row of what an agent's options of a day earn; like agents share it."""
        return int(self._row_of[self.class_of[agent], day])

    def options_of(self, row: int, of: BoolArray) -> OptionsOfRow:
        """Those of these options that somebody may choose from a row."""
        return OptionsOfRow(self.model, self._keys[row], np.flatnonzero(of & (self._asked[row] > 0)))

    @property
    def total(self) -> float:
        """What the best weeks of all agents net in sum."""
        return float(self.values @ self._counts)

    @property
    def whole_total(self) -> int:
        """The same at whole prices, added up exactly."""
        each = zip(self.values.tolist(), self.classes, strict=True)
        return sum(round(value) * one.count for value, one in each)

    def supply(self, sums: Float64Array, by_group: Float64Array, present: Float64Array) -> None:
        """Add up who works in the chosen weeks, by (group, slot), and who counts, by (headcount row, day)."""
        works = self.chosen != FREE
        chosen = np.zeros(self.earned.shape)  # how many choose each option; many choose alike
        counts = np.broadcast_to(self._counts[:, None], works.shape)
        np.add.at(chosen, (self._row_of[works], self.chosen[works]), counts[works])
        rows = self._rows_on(works.any(axis=0))
        exports().supply_of_rows(
            ctypes.byref(self.model),
            len(rows),
            rows.ctypes.data,
            *self._row_pointers,
            sums.ctypes.data,
            chosen.ctypes.data,
            by_group.ctypes.data,
            present.ctypes.data,
        )

    def k_best(
        self,
        sums: Float64Array,
        on_heads: Float64Array,
        most_weeks: int,
        slack: float,
        classes: Sequence[int] | None = None,
        fixed: Sequence[FixedDaysAutomaton] | None = None,
    ) -> list[RankedWeeks]:
        """The k best weeks of each class at the prices of a pricing call.

        Parameters
        ----------
        most_weeks
            How many of each class.
        slack
            How much less than the best one a week may net.
        classes
            Numbers of the classes that are asked; all of them where nothing is said.
        fixed
            Days that are fixed, one automaton for each entry of ``classes``; a class may stand there several
            times.
        """
        self._earn(sums, on_heads)
        asked = range(len(self.classes)) if classes is None else classes
        here = ctypes.byref(self.model)
        scratch = self._scratch
        if fixed is not None:
            scratch = [np.zeros(max((one.scratch for one in fixed), default=0)) for _ in range(self.shares)]
        none = RankedWeeks(np.zeros((0, self.model.days), np.int32), np.zeros(0))
        found = [none] * len(asked)

        if not self._labels:  # kept: with few weeks asked for, allocating the memory took longest
            self._labels = [
                (
                    np.empty(POLICY.most_labels * shared_numbers()["sizeof Label"], np.uint8),
                    np.empty(POLICY.most_labels, np.int32),
                )
                for _ in range(self.shares)
            ]

        def search(share: int) -> None:
            labels, heap = self._labels[share]
            for place in range(share, len(asked), self.shares):
                number = asked[place]
                weeks, nets = np.zeros((most_weeks, self.model.days), np.int32), np.zeros(most_weeks)
                automaton, state, days = int(self._automata[number]), int(self._first[number]), None
                if fixed is not None:
                    one = fixed[place]
                    automaton, state, days = one.address, one.first_state, one.days.ctypes.data
                count = exports().k_best_weeks(
                    here,
                    automaton,
                    int(self._agents[number]),
                    state,
                    int(self._ready[number]),
                    self._rows[number:].ctypes.data,
                    days,
                    scratch[share].ctypes.data,
                    slack,
                    most_weeks,
                    labels.ctypes.data,
                    heap.ctypes.data,
                    POLICY.most_labels,
                    nets.ctypes.data,
                    weeks.ctypes.data,
                )
                found[place] = RankedWeeks(weeks[:count], nets[:count])

        self._share(search)
        return found

    def _share(self, work: Callable[[int], None]) -> None:
        """Do every share, in parallel where there is a pool; the result does not depend on their number."""
        if self.pool is None or self.shares == 1:
            for share in range(self.shares):
                work(share)
            return
        others = [self.pool.submit(work, share) for share in range(1, self.shares)]
        work(0)  # here: waking one thread less is quicker
        for other in others:
            other.result()
