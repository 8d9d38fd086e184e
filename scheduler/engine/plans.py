"""What the exact best week carries of each agent's limits, as tables of states.

Agents with like limits share a plan and differ in their first state only. A rule is carried for everybody
or for nobody, so that a certificate can name it; leaving one out keeps the bound true, only looser. Rules
are added one after another, the most telling first, each as long as the states stay few.
"""

import ctypes
import math
from collections import defaultdict
from collections.abc import Sequence
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
from scheduler.engine.trackers import PairsTracker, Progress, RunTracker, TotalTracker, Tracker
from scheduler.model import Gap, Pair, Run, Total
from scheduler.model.verbs import Worked

MOST_CELLS = 100_000
"""States times axis: what one day of a best week may cost."""
MOST_STEPS = 2_000_000
"""Days times classes times states: what the tables of one plan may hold."""
MOST_STATES = 4000
STATES_OF_ALL = 60_000
"""States a day of all plans together; many different agents get smaller plans each."""
LEAST_STATES = 400
MOST_PAIRS, HOPELESS = 8, 20
"""Pairs of states before they are merged, reached and thinkable, in parts of the states allowed."""
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
    def week_microseconds(self) -> float:
        """About how long one best week takes on some machine; only the order of size matters.

        Options to lay and to take up, then a step of the dynamic programme for every state and class.
        """
        work = [
            int((struct.kept["states"][:-1] * struct.kept["classes"]).sum()) * (8.0 + 0.1 * struct.axis)
            for struct in self.structs
        ]
        laid = min(60, self.tables.options.count) * self.tables.problem.grid.days
        return (
            50.0
            + laid * (1.0 if any(map(len, self.tables.layouts.taken)) else 0.1)
            + float(np.mean(work)) / 1000.0
        )

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
        carriable = _in_order(tables, carriable, groups)
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


MOST_WORK = 30_000_000
"""Cells of all products together, counted so that it is the same every time; then rules are left out."""


class _Machines:
    """Automata made once: agents with contracts of their own still share most of their rules."""

    def __init__(self) -> None:
        self._single: dict[tuple[object, ...], Automaton] = {}
        self._joined: dict[tuple[int, int], tuple[Automaton, Automaton, Automaton | None]] = {}
        self._cells_left = MOST_WORK

    def nothing(self, classes: tuple[int, ...], starts: int) -> Automaton:
        """The automaton that asks for nothing."""
        key = (classes, starts)
        if key not in self._single:
            self._single[key] = anything(classes, starts)
        return self._single[key]

    def single(
        self,
        tracker: Tracker,
        price: int | None,
        starts: Sequence[Progress],
        amounts: tuple[tuple[tuple[int, ...], ...], ...],
    ) -> Automaton:
        """The automaton of one limit."""
        key = (tracker, price, tuple(starts), amounts)
        if key not in self._single:
            self._single[key] = of_tracker(tracker, price, starts, amounts)
        return self._single[key]

    def joined(self, one: Automaton, other: Automaton, most_pairs: int) -> Automaton | None:
        """Both at once; the two are kept, so that their numbers stay theirs."""
        key = (id(one), id(other))
        if key not in self._joined:
            if self._cells_left <= 0:
                return None
            self._cells_left -= one.most_states * other.most_states * sum(to.shape[1] for to in one.following)
            self._joined[key] = (one, other, product(one, other, most_pairs))
        return self._joined[key][2]


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
    others
        How many groups there are.
    machines
        Automata that the groups share.
    """

    tables: Tables
    zone: int
    agents: list[int]
    trackers: dict[str, list[tuple[Tracker, int | None, list[Progress]]]]
    rest: int
    apart: int
    ready: list[int]
    others: int
    machines: _Machines

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
        exists = options.start_slot[self.zone] != ABSENT
        self.relative_starts = (options.start_slot[self.zone] - self.tables.day_slot[self.zone, :-1, None])[
            exists
        ]
        day_lengths = np.diff(self.tables.day_slot[self.zone])
        # every start and midnight lies on a step, so "ready by then" needs no finer axis
        self.pace = int(np.gcd.reduce(np.concatenate([self.relative_starts, day_lengths])))
        self.automaton = self.machines.nothing(tuple(map(len, self.class_rows)), len(self.agents))

    def with_rule(self, name: str) -> Automaton | None:
        """The automaton with one more rule; ``None`` if it has too many states then."""
        machine = self.automaton
        for tracker, price, starts in self.trackers.get(name, ()):
            if machine.most_states * self._size(tracker) > HOPELESS * self.most_states:
                return None  # merging like states has never won so much
            other = self._machine(tracker, price, starts)
            grown = self.machines.joined(machine, other, MOST_PAIRS * self.most_states)
            if grown is None or grown.most_states > self.most_states:
                return None
            machine = grown
        return machine

    @cached_property
    def most_states(self) -> int:
        """How many states a day may have."""
        days, classes = len(self.class_rows), max(1, *(len(rows) for rows in self.class_rows))
        fair = max(LEAST_STATES, min(MOST_STATES, STATES_OF_ALL // self.others))
        return max(1, min(fair, MOST_CELLS // self.axis, MOST_STEPS // (days * classes)))

    @cached_property
    def ready_after(self) -> npt.NDArray[np.int32]:
        """Axis steps from a start to the next one that is possible, shape (days, classes)."""
        slot = self.tables.slots.minutes
        steps = np.zeros((len(self.class_rows), max(1, *(len(rows) for rows in self.class_rows))), np.int32)
        for day, rows in enumerate(self.class_rows):
            for c, row in enumerate(rows):
                slots = max(row[0] + -(-self.rest // slot), -(-self.apart // slot))
                steps[day, c] = -(-slots // self.pace)
        return steps

    @cached_property
    def axis(self) -> int:
        """Steps of the axis of next starts."""
        latest = int(self.relative_starts.max(initial=0)) // self.pace
        shortest_day = int(np.diff(self.tables.day_slot[self.zone]).min()) // self.pace
        return max(latest, latest + int(self.ready_after.max()) - shortest_day, 0) + 2

    def size_of(self, name: str) -> int:
        """About how many states one rule needs on its own; exact ones cost as much as the automaton."""
        return max((self._size(tracker) for tracker, _, _ in self.trackers.get(name, ())), default=1)

    def _size(self, tracker: Tracker) -> int:
        match tracker:
            case TotalTracker():
                place = 1 + self.columns.index(self.tables.column(tracker.of))
                said = {row[place] for rows in self.class_rows for row in rows}
                days = sum(len(block) for block in tracker.blocks) if len(tracker.blocks) else 1
                most = max(said, default=0) * days if tracker.at_most is None else tracker.at_most
                return most // max(1, math.gcd(*said)) + 1
            case RunTracker():
                return 2 + max(tracker.at_least or 0, tracker.at_most or 0)
            case _:
                return 2

    def _machine(self, tracker: Tracker, price: int | None, starts: list[Progress]) -> Automaton:
        places = [1 + self.columns.index(self.tables.column(verb)) for verb in tracker.verbs()]
        free = tuple(free_amount(verb) for verb in tracker.verbs())
        amounts = tuple((*(tuple(row[p] for p in places) for row in rows), free) for rows in self.class_rows)
        return self.machines.single(tracker, price, starts, amounts)

    def struct(self) -> Any:
        """``Plan`` of the compiled core."""
        tables, machine = self.tables, self.automaton
        days = tables.problem.grid.days
        most_states = max(1, machine.most_states)
        most_classes = max(1, *(len(rows) for rows in self.class_rows))
        following = np.full((days, most_classes, most_states), DEAD, np.int32)
        price = np.zeros((days, most_classes, most_states))
        free = np.full((days, most_states), DEAD, np.int32)
        price_free = np.zeros((days, most_states))
        for day in range(days):
            states, classes = machine.states[day], len(self.class_rows[day])
            following[day, :classes, :states] = machine.following[day][:, :classes].T
            price[day, :classes, :states] = machine.price[day][:, :classes].T
            free[day, :states] = machine.following[day][:, classes]
            price_free[day, :states] = machine.price[day][:, classes]
        values = {
            "days": days,
            "axis_step": self.pace,
            "axis": self.axis,
            "most_states": most_states,
            "most_classes": most_classes,
            "states": np.array(machine.states, np.int32),
            "classes": np.array([len(rows) for rows in self.class_rows], np.int32),
            "class_of": self.class_of,
            "ready_after": self.ready_after,
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
        pairs: dict[tuple[str, int | None], list[Pair]] = defaultdict(list)
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
            if isinstance(one.limit, Pair):
                pairs[one.rule, one.price].append(one.limit)
                continue
            made = _tracker(one)
            if made is not None:
                shape.append((one.rule, made[0], one.price))
                first.append(made[1])
        for (rule, price), limits in pairs.items():
            together = PairsTracker.of_limits(limits, must=price is None)
            if together is not None:
                shape.append((rule, together[0], price))
                first.append(together[1])
        members[int(tables.zone[agent]), tuple(shape), rest, apart].append((agent, ready, first))
    groups = []
    machines = _Machines()
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
            others=len(members),
            machines=machines,
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
            return PairsTracker.of_limits([held.limit], must)
        case _:
            return None


def _can_carry(tables: Tables, held: HeldLimit) -> bool:
    if isinstance(held.limit, Gap):
        every_day = set(range(tables.problem.grid.days)) <= set(held.limit.on)
        return held.price is None and held.limit.after == Worked() and every_day
    return _tracker(held) is not None


def _carriable(tables: Tables) -> list[str]:
    """Rules of which the best week can carry every limit of everybody."""
    barred = {one.rule for held in tables.held for one in held if one.rule and not _can_carry(tables, one)}
    return [
        name
        for name in dict.fromkeys(o.rule for held in tables.held for o in held)
        if name not in barred | {""}
    ]


def _in_order(tables: Tables, carriable: list[str], groups: list[_Group]) -> list[str]:
    """What must be kept before what has a price, small automata before large ones.

    So the most rules fit, and what is left out is nearly always a sum over a long time: single moves repair
    a sum more easily than the shape of a week.
    """
    must = {rule.name: rule.is_must for rule in tables.rules.rules}
    size = {name: max(group.size_of(name) for group in groups) for name in carriable}
    return sorted(carriable, key=lambda name: (not must[name], size[name]))
