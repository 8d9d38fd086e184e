"""The alphabet of the automata: the choices of a day, as far as labour rules distinguish them.

Automata of single limits are made once and shared: contracts that differ still have most of their limits in
common, and a limit counts the shifts of one template as it counts those of another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from scheduler.engine.automata.layered_dfa import NO_SYMBOL, Automaton, of_tracker
from scheduler.engine.automata.limit_automata import Tracker
from scheduler.engine.automata.limits_by_rule import Asked, Limits
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.shift_options import ABSENT
from scheduler.engine.instance.verb_tables import free_amount
from scheduler.engine.kernel.arrays import BoolArray, Int32Array

NO_CLASS = -1

_Said = tuple[tuple[tuple[int, ...], ...], ...]
"""Per day, the distinct amounts that the verbs of a limit give the choices."""


@dataclass(eq=False)
class Choices:
    """What can be chosen on each day under one clock: classes of like options, and the free day.

    Options are alike that have one length and the same amounts in all limits. The free day is the last of the
    choices, after the classes.
    """

    instance: Instance
    limits: Limits
    zone: int
    _singles: dict[int, Automaton | None] = field(default_factory=dict)
    _made: dict[tuple[Tracker, int | None, _Said], Automaton | None] = field(default_factory=dict)

    @property
    def days(self) -> int:
        """Days of the horizon."""
        return self.instance.problem.grid.days

    @cached_property
    def class_of(self) -> Int32Array:
        """Class of each option on a day, shape (days, options); ``NO_CLASS`` where it is not there."""
        options = self.instance.options
        day, option = np.nonzero(options.start_slot[self.zone] != ABSENT)
        alike = np.unique(options.elapsed[option], return_inverse=True)[1].reshape(-1)
        for verb in self.limits.verbs:
            amount = self.instance.amount[self.instance.column(verb), self.zone, day, option]
            said, place = np.unique(amount, return_inverse=True)
            alike = np.unique(alike * len(said) + place.reshape(-1), return_inverse=True)[1].reshape(-1)
        width = int(alike.max(initial=0)) + 1
        keys, place = np.unique(day * width + alike, return_inverse=True)
        class_of = np.full((self.days, options.count), NO_CLASS, np.int32)
        class_of[day, option] = place.reshape(-1) - np.searchsorted(keys, day * width)
        return class_of

    @cached_property
    def sample(self) -> Int32Array:
        """An option of every class, shape (days, classes); a day may have fewer classes than another."""
        sample = np.zeros((self.days, max(1, int(self.class_of.max(initial=0)) + 1)), np.int32)
        day, option = np.nonzero(self.class_of != NO_CLASS)
        sample[day, self.class_of[day, option]] = option
        return sample

    def open_to(self, agents: Sequence[int]) -> BoolArray:
        """What any of these agents may choose, shape (days, choices)."""
        menus = np.zeros(self.class_of.shape, bool)
        for agent in agents:
            menus |= self.instance.menus[agent]
        day, option = np.nonzero(menus & (self.class_of != NO_CLASS))
        is_open = np.zeros((self.days, self.sample.shape[1] + 1), bool)
        is_open[day, self.class_of[day, option]] = True
        is_open[:, -1] = self.instance.may_be_free[list(agents)].any(axis=0)
        return is_open

    def single(self, place: int) -> Automaton | None:
        """The automaton of one of the limits; ``None`` where it has too many transitions.

        Its initial states are in the order of ``Limits.firsts``.
        """
        if place not in self._singles:
            asked = self.limits.asked[place]
            said, number = self._said(asked)
            key = asked.tracker, asked.price, said
            if key not in self._made:
                firsts = tuple(self.limits.firsts[asked.tracker, asked.price])
                self._made[key] = of_tracker(asked.tracker, asked.price, firsts, said)
            made = self._made[key]
            if made is not None:
                symbol_of = np.take_along_axis(made.symbol_of, np.maximum(number, 0), 1)
                made = replace(made, symbol_of=np.where(number < 0, np.int32(NO_SYMBOL), symbol_of))
            self._singles[place] = made
        return self._singles[place]

    def _said(self, asked: Asked) -> tuple[_Said, Int32Array]:
        """The distinct amounts of the limit's verbs by day, and each choice's number among them."""
        instance, columns = self.instance, []
        for verb in asked.verbs:
            amount = np.take_along_axis(instance.amount[instance.column(verb), self.zone], self.sample, 1)
            columns.append(np.pad(amount, ((0, 0), (0, 1)), constant_values=free_amount(verb)))
        amounts = np.stack(columns, axis=-1)
        exists = np.arange(amounts.shape[1] - 1) <= self.class_of.max(axis=1)[:, None]
        exists = np.pad(exists, ((0, 0), (0, 1)), constant_values=True)
        known: dict[bytes, tuple[tuple[tuple[int, ...], ...], Int32Array]] = {}
        said = []
        number = np.full(exists.shape, -1, np.int32)
        for day in range(self.days):
            rows = np.ascontiguousarray(amounts[day, exists[day]])
            if (key := rows.tobytes()) not in known:
                distinct, place = np.unique(rows, axis=0, return_inverse=True)
                known[key] = tuple(map(tuple, distinct.tolist())), place.reshape(-1).astype(np.int32)
            said.append(known[key][0])
            number[day, exists[day]] = known[key][1]
        return tuple(said), number
