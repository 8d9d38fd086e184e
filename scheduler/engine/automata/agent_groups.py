"""Groups of agents with like limits, and the product automaton of each group: what it is made of."""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from scheduler.engine.automata.alphabet import NO_CLASS, Choices
from scheduler.engine.automata.layered_dfa import DEAD, NO_SYMBOL, Automaton, anything, smallest
from scheduler.engine.automata.limits_by_rule import Limits
from scheduler.engine.instance.instance import Instance
from scheduler.engine.kernel.arrays import Int32Array, Int64Array
from scheduler.engine.kernel.bindings import AUTOMATON_FIELDS, AutomatonStruct, fill

FEW_STARTS = 2
"""Where a class has no more options than this on average, the dynamic programme goes backwards and visits
reachable states only: a pricing call of nrp24 13 then takes 0.16 s instead of half a second."""


@dataclass(frozen=True, eq=False)
class Group:
    """Agents for whom the rules carried so far are the same.

    Parameters
    ----------
    rest_minutes, apart_minutes
        From the end, and from the start, of a duty to the next.
    automaton
        The weeks that those rules allow of what any of the agents may choose, with a start for each of them.
    """

    choices: Choices
    rest_minutes: int
    apart_minutes: int
    agents: tuple[int, ...]
    automaton: Automaton

    def parts(self, rule: str) -> list["Group"]:
        """Split the group by what one more rule asks of its agents."""
        members: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for position, agent in enumerate(self.agents):
            members[self.choices.limits.places(agent, rule)].append(position)
        return [self] if len(members) == 1 else [self._part(positions) for positions in members.values()]

    def _part(self, positions: list[int]) -> "Group":
        agents = tuple(self.agents[position] for position in positions)
        symbol_of = np.where(self.choices.open_to(agents), self.automaton.symbol_of, np.int32(NO_SYMBOL))
        automaton = replace(self.automaton, start=self.automaton.start[positions], symbol_of=symbol_of)
        return replace(self, agents=agents, automaton=smallest(automaton))

    def is_asked(self, rule: str) -> bool:
        """Whether a rule asks anything of the agents, once the group is split by it."""
        return bool(self.choices.limits.places(self.agents[0], rule))

    def asked_by(self, rule: str) -> list[Automaton] | None:
        """The automata of a rule's limits with a start for each agent, without those that allow anything.

        ``None`` where one of them has too many transitions.
        """
        limits = self.choices.limits
        multi_day = [limits.of_agent[agent].get(rule, []) for agent in self.agents]
        is_open = self.automaton.symbol_of != NO_SYMBOL
        automata = []
        for nth, (place, _) in enumerate(multi_day[0]):
            single = self.choices.single(place)
            if single is None:
                return None
            firsts = limits.firsts[limits.asked[place].tracker, limits.asked[place].price]
            start = single.start[[firsts[mine[nth][1]] for mine in multi_day]]
            symbol_of = np.where(is_open, single.symbol_of, np.int32(NO_SYMBOL))
            single = smallest(replace(single, start=start, symbol_of=symbol_of))
            if not single.allows_anything:
                automata.append(single)
        return automata

    @cached_property
    def _options(self) -> tuple[Int64Array, Int64Array]:
        """The options that somebody may choose, as days and option numbers."""
        class_of, is_open = self.choices.class_of, self.automaton.symbol_of[:, :-1] != NO_SYMBOL
        usable = (class_of != NO_CLASS) & np.take_along_axis(is_open, np.maximum(class_of, 0), 1)
        day, option = np.nonzero(usable)
        return day, option

    @cached_property
    def _starts(self) -> Int32Array:
        """Slots from midnight to the start of each of these."""
        instance, zone = self.choices.instance, self.choices.zone
        day, option = self._options
        return np.asarray(instance.options.start_slot[zone, day, option] - instance.day_slot[zone, day])

    @property
    def _day_lengths(self) -> Int32Array:
        return np.asarray(np.diff(self.choices.instance.day_slot[self.choices.zone]))

    @cached_property
    def axis_step(self) -> int:
        """Slots between two points of the axis of next starts.

        Every start and midnight lies on a step, so that "ready by then" needs no finer axis.
        """
        return int(np.gcd.reduce(np.concatenate([self._starts, self._day_lengths])))

    @cached_property
    def ready_after(self) -> Int32Array:
        """Axis steps from a start to the next one that is possible, shape (days, classes)."""
        instance = self.choices.instance
        slot = instance.slots.minutes
        rested = instance.options.elapsed[self.choices.sample] // slot + -(-self.rest_minutes // slot)
        return np.asarray(-(-np.maximum(rested, -(-self.apart_minutes // slot)) // self.axis_step))

    @cached_property
    def axis(self) -> int:
        """Length of the axis of next starts: as late after midnight as anybody starts or has to wait."""
        instance, zone = self.choices.instance, self.choices.zone
        day, option = self._options
        after = self.ready_after[day, self.choices.class_of[day, option]]
        ready = self._starts // self.axis_step + after - self._day_lengths[day] // self.axis_step
        waits = -(-max(self.choices.limits.ready[agent] for agent in self.agents) // instance.slots.minutes)
        first = -(-(waits + instance.slots.pad - int(instance.day_slot[zone, 0])) // self.axis_step)
        return (
            max(0, int(self._starts.max(initial=0)) // self.axis_step, int(ready.max(initial=0)), first) + 1
        )

    def struct(self) -> Any:
        """``Automaton`` of the compiled core."""
        automaton, days = self.automaton, self.choices.days
        classes, class_of, symbol, ready_after = self._classes()
        layer = np.concatenate([[0], np.cumsum(automaton.states, dtype=np.int64)])
        cells = np.concatenate([[0], np.cumsum(automaton.states[:-1] * classes, dtype=np.int64)])
        following, free = np.full(cells[-1], DEAD, np.int32), np.full(layer[-1], DEAD, np.int32)
        price = price_free = None
        if automaton.price is not None:
            price, price_free = np.zeros(following.shape), np.zeros(free.shape)
        for day in range(days):
            to, charged = automaton.transitions_of(day)
            steps, here = slice(*cells[day : day + 2]), slice(layer[day], layer[day] + len(to))
            mine, off = symbol[day, : classes[day]], automaton.symbol_of[day, -1]
            following[steps] = to.T[mine].reshape(-1)
            if off != NO_SYMBOL:
                free[here] = to[:, off]
            if charged is not None and price is not None and price_free is not None:
                price[steps] = charged.T[mine].reshape(-1)
                if off != NO_SYMBOL:
                    price_free[here] = charged[:, off]
        values = {
            "days": days,
            "axis_step": self.axis_step,
            "axis": self.axis,
            "most_states": int(automaton.states.max()),
            "most_classes": symbol.shape[1],
            "few_starts": int((class_of != NO_CLASS).sum() <= FEW_STARTS * classes.sum()),
            "states": automaton.states,
            "classes": classes,
            "layer": layer,
            "cells": cells,
            "class_of": class_of,
            "ready_after": ready_after,
            "next": following,
            "next_free": free,
            "price": price,
            "price_free": price_free,
        }
        return fill(AutomatonStruct, AUTOMATON_FIELDS, values)

    def _classes(self) -> tuple[Int32Array, Int32Array, Int32Array, Int32Array]:
        """Classes of options with the same transitions and the same earliest next start.

        Returns
        -------
        tuple
            How many each day has, the class of each option on a day, and the symbol and the axis steps to
            the next start of each class, shape (days, classes).
        """
        symbol_of = self.automaton.symbol_of[:, :-1]
        most = int(self.automaton.symbols.max(initial=0)) + 1, int(self.ready_after.max()) + 1
        day, old = np.nonzero(symbol_of != NO_SYMBOL)
        key = (day * most[0] + symbol_of[day, old]) * most[1] + self.ready_after[day, old]
        keys, place = np.unique(key, return_inverse=True)
        of_day = keys // (most[0] * most[1])
        classes = np.bincount(of_day, minlength=self.choices.days).astype(np.int32)
        number = np.arange(len(keys)) - np.searchsorted(of_day, of_day)
        symbol, ready_after = np.zeros((2, len(classes), max(1, int(classes.max(initial=0)))), np.int32)
        symbol[of_day, number] = keys // most[1] % most[0]
        ready_after[of_day, number] = keys % most[1]
        new = np.full(symbol_of.shape, NO_CLASS, np.int32)
        new[day, old] = number[place.reshape(-1)]
        class_of = self.choices.class_of
        merged = np.take_along_axis(new, np.maximum(class_of, 0), 1)
        return classes, np.where(class_of == NO_CLASS, np.int32(NO_CLASS), merged), symbol, ready_after


def groups_of(instance: Instance, limits: Limits) -> list[Group]:
    """Agents by clock and by the rest between two duties; no other rule is carried yet."""
    members: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for agent in range(instance.agents):
        members[int(instance.zone[agent]), limits.rest[agent], limits.apart[agent]].append(agent)
    clocks = {zone: Choices(instance, limits, zone) for zone, _, _ in members}
    return [
        Group(clocks[zone], rest, apart, tuple(alike), anything(clocks[zone].open_to(alike), len(alike)))
        for (zone, rest, apart), alike in members.items()
    ]
