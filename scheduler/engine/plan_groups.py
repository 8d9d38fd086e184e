"""Agents with like limits, and the automaton of all their limits that fit: what one plan is made of."""

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from scheduler.engine.amounts import free_amount
from scheduler.engine.automata import DEAD, Automaton
from scheduler.engine.kernel.bindings import PLAN_FIELDS, PlanStruct, fill
from scheduler.engine.machines import Machines
from scheduler.engine.options import ABSENT
from scheduler.engine.tables import HeldLimit, Tables
from scheduler.engine.trackers import PairsTracker, Progress, RunTracker, TotalTracker, Tracker
from scheduler.model import Gap, Pair, Run, Total

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
class Group:
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
    machines: Machines

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
    def most_classes(self) -> int:
        """Classes of the day that has the most."""
        return max(1, *(len(rows) for rows in self.class_rows))

    @cached_property
    def most_states(self) -> int:
        """How many states a day may have."""
        fair = min(MOST_STATES, max(LEAST_STATES, STATES_OF_ALL // self.others))
        return max(
            1, min(fair, MOST_CELLS // self.axis, MOST_STEPS // (len(self.class_rows) * self.most_classes))
        )

    @cached_property
    def ready_after(self) -> npt.NDArray[np.int32]:
        """Axis steps from a start to the next one that is possible, shape (days, classes)."""
        slot = self.tables.slots.minutes
        steps = np.zeros((len(self.class_rows), self.most_classes), np.int32)
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
        most_classes = self.most_classes
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


def groups_of(tables: Tables, carriable: list[str]) -> list[Group]:
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
            made = tracker_of(one)
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
    machines = Machines()
    for (zone, alike_shape, rest, apart), alike in members.items():
        trackers: dict[str, list[tuple[Tracker, int | None, list[Progress]]]] = defaultdict(list)
        for i, (rule, tracker, price) in enumerate(alike_shape):
            trackers[rule].append((tracker, price, [first[i] for _, _, first in alike]))
        group = Group(
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


def tracker_of(held: HeldLimit) -> tuple[Tracker, Progress] | None:
    """The automaton of a limit with its first progress; ``None`` where no automaton of ours can say it."""
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
