"""What the exact best week carries of each agent's limits, as tables of states.

Agents with like limits share a plan and differ in their first state only. A rule is carried for everybody
or for nobody, so that a certificate can name it; leaving one out keeps the bound true, only looser. Rules
are added one after another, the most telling first, each as long as the states stay few.
"""

import ctypes
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from scheduler.engine.amounts import free_amount
from scheduler.engine.automata import DEAD, Automaton, anything, of_tracker, product
from scheduler.engine.kernel.bindings import PLAN_FIELDS, PlanStruct, exports, fill
from scheduler.engine.options import ABSENT
from scheduler.engine.tables import HeldLimit, Tables
from scheduler.engine.trackers import PairTracker, Progress, RunTracker, TotalTracker, Tracker
from scheduler.model import Gap, Pair, Run, Total
from scheduler.model.verbs import Worked

MOST_STATES = 1000
MOST_PAIRS = 60_000
NO_HISTORY = -(1 << 24)

_Likeness = tuple[int, tuple[tuple[str, Tracker, int | None], ...], int, int]
"""Zone, limits (rule, tracker, price), rest and apart: agents who have these in common share a plan."""


@dataclass(eq=False)
class Plans:
    """The plan of every agent.

    Parameters
    ----------
    plan_of, first_state, ready
        Shape (agents,): number of the plan, state at the start (``DEAD`` where no week is legal), first slot
        at which a duty may begin.
    structs
        The compiled core's ``Plan`` by number.
    carried_rules
        Names of the rules that every plan holds to or charges for.
    left_out
        Names of the active rules that no plan carries.
    scratch
        Doubles that the largest plan needs.
    """

    tables: Tables
    plan_of: npt.NDArray[np.int32]
    first_state: npt.NDArray[np.int32]
    ready: npt.NDArray[np.int32]
    structs: list[Any]
    carried_rules: tuple[str, ...]
    left_out: tuple[str, ...]
    scratch: int

    @cached_property
    def addresses(self) -> npt.NDArray[np.uint64]:
        """Where each agent's ``Plan`` lies, shape (agents,)."""
        by_number = np.array([ctypes.addressof(struct) for struct in self.structs], np.uint64)
        return by_number[self.plan_of]

    @classmethod
    def of(cls, tables: Tables) -> "Plans":
        """Plans that carry as many rules as fit."""
        carriable = _carriable(tables)
        groups = _groups(tables, carriable)
        carried = [name for name in carriable if all(name not in group.trackers for group in groups)]
        for name in carriable:
            if name in carried:
                continue
            grown = [group.with_rule(name) for group in groups]
            if all(automaton is not None for automaton in grown):
                carried.append(name)
                for group, automaton in zip(groups, grown, strict=True):
                    assert automaton is not None
                    group.automaton = automaton
        agents = len(tables.held)
        plan_of, first_state = np.zeros(agents, np.int32), np.zeros(agents, np.int32)
        ready = np.zeros(agents, np.int32)
        for number, group in enumerate(groups):
            plan_of[group.agents] = number
            first_state[group.agents] = group.automaton.start
            ready[group.agents] = [
                max(0, -(-instant // tables.slots.minutes) + tables.slots.pad) for instant in group.ready
            ]
        structs = [group.struct() for group in groups]
        active = [rule.name for rule in tables.rules.active()]
        held_rules = {one.rule for held in tables.held for one in held if one.rule}
        in_plans = tuple(name for name in active if name in carried or name not in held_rules)
        return cls(
            tables=tables,
            plan_of=plan_of,
            first_state=first_state,
            ready=ready,
            structs=structs,
            carried_rules=in_plans,
            left_out=tuple(name for name in active if name not in in_plans),
            scratch=max(int(exports().week_scratch(ctypes.byref(struct))) for struct in structs),
        )


@dataclass(eq=False)
class _Group:
    """Agents with like limits.

    Parameters
    ----------
    trackers
        By rule: each limit's tracker, its price, and the first progress of every agent.
    rest, apart
        Minutes from the end, and from the start, of a duty to the next.
    ready
        For each agent, the instant before which the first duty may not begin.
    """

    tables: Tables
    zone: int
    agents: list[int]
    trackers: dict[str, list[tuple[Tracker, int | None, list[Progress]]]]
    rest: int
    apart: int
    ready: list[int]

    def __post_init__(self) -> None:
        options, slot = self.tables.options, self.tables.slots.minutes
        verbs = {v for held in self.trackers.values() for tracker, _, _ in held for v in tracker.verbs()}
        self.columns = sorted(self.tables.column(verb) for verb in verbs)
        days = self.tables.problem.grid.days
        self.class_of = np.full((days, options.count), -1, np.int32)
        self.class_rows: list[list[tuple[int, ...]]] = []  # length in slots, then the amount in each column
        for day in range(days):
            exists = options.start_slot[self.zone, day] != ABSENT
            said = [self.tables.amount[column, self.zone, day] for column in self.columns]
            rows, inverse = np.unique(
                np.column_stack([options.elapsed // slot, *said])[exists], axis=0, return_inverse=True
            )
            self.class_of[day, exists] = inverse.reshape(-1)
            self.class_rows.append([tuple(map(int, row)) for row in rows])
        self.automaton: Automaton = anything([len(rows) for rows in self.class_rows], len(self.agents))

    def with_rule(self, name: str) -> Automaton | None:
        """The automaton with one more rule; ``None`` if it has too many states then."""
        machine = self.automaton
        for tracker, price, starts in self.trackers.get(name, ()):
            places = [1 + self.columns.index(self.tables.column(verb)) for verb in tracker.verbs()]
            free = tuple(free_amount(verb) for verb in tracker.verbs())
            amounts = [[*(tuple(row[p] for p in places) for row in rows), free] for rows in self.class_rows]
            grown = product(machine, of_tracker(tracker, price, starts, amounts), MOST_PAIRS)
            if grown is None or grown.most_states > MOST_STATES:
                return None
            machine = grown
        return machine

    def struct(self) -> Any:
        """``Plan`` of the compiled core."""
        tables, slot = self.tables, self.tables.slots.minutes
        options, days, machine = tables.options, tables.problem.grid.days, self.automaton
        most_states = max(1, machine.most_states)
        most_classes = max(1, *(len(rows) for rows in self.class_rows))
        following = np.full((days, most_classes, most_states), DEAD, np.int32)
        price = np.zeros((days, most_classes, most_states))
        free = np.full((days, most_states), DEAD, np.int32)
        price_free = np.zeros((days, most_states))
        ready_after = np.zeros((days, most_classes), np.int32)
        for day in range(days):
            states, classes = machine.states[day], len(self.class_rows[day])
            following[day, :classes, :states] = machine.following[day][:, :classes].T
            price[day, :classes, :states] = machine.price[day][:, :classes].T
            free[day, :states] = machine.following[day][:, classes]
            price_free[day, :states] = machine.price[day][:, classes]
            for c, row in enumerate(self.class_rows[day]):
                ready_after[day, c] = max(row[0] + -(-self.rest // slot), -(-self.apart // slot))
        exists = options.start_slot[self.zone] != ABSENT
        relative = (options.start_slot[self.zone] - tables.day_slot[self.zone, :-1, None])[exists]
        latest = int(relative.max()) if relative.size else 0
        shortest_day = int(np.diff(tables.day_slot[self.zone]).min())
        values = {
            "days": days,
            "axis": max(latest, latest + int(ready_after.max()) - shortest_day, 0) + 2,
            "most_states": most_states,
            "most_classes": most_classes,
            "states": np.array(machine.states, np.int32),
            "classes": np.array([len(rows) for rows in self.class_rows], np.int32),
            "class_of": self.class_of,
            "ready_after": ready_after,
            "next": following,
            "next_free": free,
            "price": price if price.any() else None,
            "price_free": price_free if price_free.any() else None,
        }
        return fill(PlanStruct, PLAN_FIELDS, values)


def _groups(tables: Tables, carriable: list[str]) -> list[_Group]:
    """Agents by clock and limits."""
    names = {*carriable, ""}
    members: dict[_Likeness, list[tuple[int, int, list[Progress]]]] = defaultdict(list)
    for agent, held in enumerate(tables.held):
        shape: list[tuple[str, Tracker, int | None]] = []
        first: list[Progress] = []
        rest, apart, ready = 0, 0, NO_HISTORY
        for one in held:
            if one.rule not in names:
                continue
            if isinstance(one.limit, Gap):
                if one.limit.since == "end":
                    rest = max(rest, one.limit.at_least)
                else:
                    apart = max(apart, one.limit.at_least)
                if one.limit.carried_in is not None:
                    ready = max(ready, one.limit.carried_in + one.limit.at_least)
                continue
            made = _tracker(one)
            if made is not None:
                shape.append((one.rule, made[0], one.price))
                first.append(made[1])
        members[int(tables.zone[agent]), tuple(shape), rest, apart].append((agent, ready, first))
    groups = []
    for (zone, alike_shape, rest, apart), alike in members.items():
        trackers: dict[str, list[tuple[Tracker, int | None, list[Progress]]]] = defaultdict(list)
        for i, (rule, tracker, price) in enumerate(alike_shape):
            trackers[rule].append((tracker, price, [first[i] for _, _, first in alike]))
        group = _Group(
            tables=tables,
            zone=zone,
            agents=[agent for agent, _, _ in alike],
            trackers=dict(trackers),
            rest=rest,
            apart=apart,
            ready=[ready for _, ready, _ in alike],
        )
        groups.append(group)
    return groups


def _tracker(held: HeldLimit) -> tuple[Tracker, Progress] | None:
    must = held.price is None
    match held.limit:
        case Total():
            return TotalTracker.of_limit(held.limit, must)
        case Run():
            return RunTracker.of_limit(held.limit, must)
        case Pair():
            return PairTracker.of_limit(held.limit, must)
        case _:
            return None


def _can_carry(tables: Tables, held: HeldLimit) -> bool:
    if isinstance(held.limit, Gap):
        every_day = set(range(tables.problem.grid.days)) <= set(held.limit.on)
        return held.price is None and held.limit.after == Worked() and every_day
    return _tracker(held) is not None


def _carriable(tables: Tables) -> list[str]:
    """Rules that the best week can carry for everybody, the most telling first."""
    rank: dict[str, tuple[int, int]] = {}
    barred: set[str] = set()
    order = {rule.name: i for i, rule in enumerate(tables.rules.rules)}
    for held in tables.held:
        for one in held:
            if not one.rule:
                continue
            if not _can_carry(tables, one):
                barred.add(one.rule)
                continue
            must = one.price is None
            kind = {Gap: 0, Total: 1, Run: 2, Pair: 3}[type(one.limit)]
            rank[one.rule] = (kind if must else kind + 4, order[one.rule])
    return sorted((name for name in rank if name not in barred), key=lambda name: rank[name])
