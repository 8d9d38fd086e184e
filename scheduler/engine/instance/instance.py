"""The instance: a problem and its rule book as the arrays that the compiled core reads.

It is made by :mod:`~scheduler.engine.instance.compile`.
"""

import ctypes
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from scheduler.domain.facts.problem import Problem
from scheduler.engine.instance.break_layouts import VARIANT, Layouts, Regime
from scheduler.engine.instance.headcount_costs import HeadRows
from scheduler.engine.instance.interval_costs import DeferredRow, StaffingRows
from scheduler.engine.instance.limit_records import MultiDayLimit, stream_of
from scheduler.engine.instance.price_vector import PriceShape
from scheduler.engine.instance.service_rows import ServiceRows
from scheduler.engine.instance.shift_options import Options
from scheduler.engine.instance.slots import Slots
from scheduler.engine.instance.verb_tables import amounts, free_amount
from scheduler.engine.kernel.arrays import BoolArray, Float64Array, Int32Array
from scheduler.engine.kernel.bindings import MODEL_FIELDS, ModelStruct, exports, fill
from scheduler.model import RuleBook
from scheduler.model.limits.verbs import Verb

TOUCH = np.dtype([("record", np.int64), ("number", np.int64), ("block", np.int32), ("position", np.int32)])
"""``Touch`` of the kernel's ``model.h``."""


@dataclass(eq=False)
class Instance:
    """Everything that a search reads, prepared once.

    Parameters
    ----------
    multi_day_limits
        For each agent number, the multi-day limits.
    menus
        Shape (agents, days, options): which option an agent may work on a day.
    may_be_free
        Shape (agents, days).
    price_row, price
        What options cost beside the hour's pay: the row of each agent on a day, and the rows.
    wished
        The rows of what rules charge alone.
    premium_row, premium
        What options are paid on top, in the same form.
    parts
        Into how many parts the unit of all prices, costs and bounds is cut, that premiums are whole.
    """

    problem: Problem
    rules: RuleBook
    slots: Slots
    options: Options
    layouts: Layouts
    staffing: StaffingRows
    heads: HeadRows
    services: ServiceRows
    verbs: list[Verb]
    multi_day_limits: list[list[MultiDayLimit]]
    menus: BoolArray
    may_be_free: BoolArray
    zone: Int32Array
    regime: Int32Array
    regimes: list[Regime]
    price_row: Int32Array
    price: Float64Array
    wished: Float64Array
    premium_row: Int32Array
    premium: Float64Array
    priced_alone: set[str] = field(default_factory=set)
    parts: int = 1

    @property
    def agents(self) -> int:
        """How many there are."""
        return len(self.multi_day_limits)

    def column(self, verb: Verb) -> int:
        """Number of the verb's column in ``amount``."""
        return self.verbs.index(verb)

    @cached_property
    def amount(self) -> Int32Array:
        """The amount of each verb for each option, shape (columns, zones, days, options)."""
        zones, days, count = self.options.start_slot.shape
        table = np.zeros((max(1, len(self.verbs)), zones, days, count), np.int32)
        for column, verb in enumerate(self.verbs):
            for zone in range(zones):
                for day in range(days):
                    table[column, zone, day] = amounts(self.options, verb, zone, day)
        return table

    @cached_property
    def day_slot(self) -> Int32Array:
        """Slot of every local midnight, shape (zones, days + 1)."""
        grid = self.problem.grid
        return np.array(
            [
                [self.slots.slot(grid.day_start(day, zone)) for day in range(grid.days + 1)]
                for zone in self.slots.zones
            ],
            np.int32,
        )

    @cached_property
    def pay(self) -> Float64Array:
        """Cents per paid hour of each agent."""
        return np.array([self.problem.pay_of(agent) for agent in self.problem.agents], np.float64)

    @cached_property
    def shape(self) -> PriceShape:
        """The layout of a vector of prices."""
        model = self.struct
        return PriceShape(model.skills, model.slots, model.heads, model.days)

    @cached_property
    def menu_numbers(self) -> tuple[Int32Array, BoolArray]:
        """Number of each agent's menu on a day, shape (agents, days), and the distinct menus."""
        agents, days, count = self.menus.shape
        packed = np.packbits(self.menus.reshape(agents * days, count), axis=1)
        known: dict[bytes, int] = {}
        rows: list[int] = []
        numbers = np.zeros(agents * days, np.int32)
        for i, row in enumerate(packed):
            key = row.tobytes()
            if key not in known:
                known[key] = len(rows)
                rows.append(i)
            numbers[i] = known[key]
        return numbers.reshape(agents, days), self.menus.reshape(agents * days, count)[rows]

    @property
    def deferred(self) -> tuple[DeferredRow, ...]:
        """Deferred work that the roster places."""
        return self.staffing.deferred

    @cached_property
    def layout(self) -> Int32Array:
        """Layout of every option, shape (regimes, zones, days, options)."""
        return np.stack([self.layouts.table(regime) for regime in self.regimes])

    @cached_property
    def struct(self) -> Any:
        """``Model`` of the compiled core, which keeps every array alive that it points to."""
        numbers, distinct = self.menu_numbers
        menu_from = np.zeros(len(distinct) + 1, np.int32)
        np.cumsum(distinct.sum(axis=1), out=menu_from[1:])
        words = (self.options.count + 63) // 64
        bits = np.zeros((len(distinct), words * 64), np.uint8)
        bits[:, : self.options.count] = distinct
        stream = stream_of(self.multi_day_limits, self.column, self.problem.grid.days)
        zones, days, count = self.options.start_slot.shape
        values: dict[str, Any] = {
            "agents": len(self.problem.agents),
            "days": days,
            "slots": self.slots.count,
            "pad": self.slots.pad,
            "slot_minutes": self.slots.minutes,
            "options": count,
            "zones": zones,
            "columns": len(self.verbs),
            "menus": len(distinct),
            "words": words,
            "length": (self.options.elapsed // self.slots.minutes).astype(np.int32),
            "paid": self.options.paid,
            "family": self.options.family,
            "clock": self.options.clock,
            "start": self.options.start_slot,
            "layout": self.layout,
            "layout_from": np.array(self.layouts.from_, np.int32),
            "variant": np.concatenate(self.layouts.variants)
            if self.layouts.variants
            else np.zeros(1, VARIANT),
            "amount": self.amount,
            "free_amount": np.array([free_amount(verb) for verb in self.verbs] or [0], np.int32),
            "day_slot": self.day_slot,
            "zone": self.zone,
            "pay": self.pay,
            "menu": numbers,
            "regime": self.regime,
            "price_row": self.price_row,
            "may_be_free": self.may_be_free.astype(np.uint8),
            "menu_from": menu_from,
            "menu_option": np.nonzero(distinct)[1].astype(np.int32),
            "menu_has": np.packbits(bits, axis=1, bitorder="little").view(np.uint64),
            "price": self.price,
            **stream,
            "touch_from": np.zeros(numbers.size + 1, np.int64),
            "touch": None,
            **self.staffing.arrays(),
            **self.services.arrays(len(self.problem.skills)),
            **self.heads.arrays(lambda verb: self.amount[self.column(verb)]),
        }
        return _with_touches(fill(ModelStruct, MODEL_FIELDS, values))

    def with_heads(self, heads: HeadRows, amount: Callable[[Verb], Int32Array]) -> "Instance":
        """The instance with these headcounts, and with all other tables as they are.

        ``amount`` returns a verb's amounts, shape (zones, days, options).
        """
        struct, shape = self.struct, self.shape
        made = copy(self)  # the tables are made by now, and come along
        made.heads = heads
        made.struct = fill(ModelStruct, MODEL_FIELDS, {**struct.kept, **heads.arrays(amount)})
        made.shape = replace(shape, heads=heads.rows)
        return made


def _with_touches(model: Any) -> Any:
    """The model with its index from each agent's day to the limits that read it, which the core makes."""
    here, begins = ctypes.byref(model), model.kept["touch_from"]
    cursor = np.zeros(len(begins), np.int64)
    exports().touches(here, begins.ctypes.data, None, cursor.ctypes.data)
    touch = np.zeros(max(1, int(begins[-1])), TOUCH)
    exports().touches(here, begins.ctypes.data, touch.ctypes.data, cursor.ctypes.data)
    model.touch = touch.ctypes.data
    model.kept["touch"] = touch
    return model
