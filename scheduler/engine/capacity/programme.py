"""The dynamic programme of one skill, run by the compiled core at given prices of training rooms."""

import ctypes
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from scheduler.engine.capacity.skill_tables import NEVER_COST, Counts, Numbers, SkillTables, states_left
from scheduler.engine.kernel.bindings import HIRING_FIELDS, HiringStruct, exports, fill

Plan = tuple[tuple[int, int], ...]
"""Starts of a skill: week and option of each."""


@dataclass(frozen=True)
class Pattern:
    """Weeks in which so many classes start, whatever many people are in them, and the least cost of that."""

    cost: int
    starts: tuple[tuple[int, int], ...]
    rooms: Counts


class HiringProgramme:
    """One skill at changing prices; it looks at fewer states as better plans become known."""

    def __init__(self, tables: SkillTables) -> None:
        self.tables = tables
        self.least = np.zeros(tables.weeks + 1, np.int32)
        self.most = tables.most.copy()
        shape = tables.weeks + 1, tables.states
        self.value, self.choice = np.full(shape, NEVER_COST), np.full(shape, -1, np.int32)
        self._reached: Numbers | None = None
        self._classes = tables.classes
        self._struct = self._filled(tables.cost)

    def solve(self, price: Numbers, only: Collection[tuple[int, int]] | None = None) -> tuple[int, Plan]:
        """The least cost, rooms at their prices, and a plan of that cost.

        Parameters
        ----------
        only
            Weeks and numbers of classes that may start; all by default.
        """
        cost = self.tables.cost + self._classes * self._in_training(price)[:, None]
        if only is not None:
            allowed = np.zeros(cost.shape, bool)
            for week, classes in only:
                allowed[week] |= self._classes == classes
            cost = np.where(allowed, cost, NEVER_COST)
        self._struct = self._filled(np.where(self.tables.cost < NEVER_COST, cost, NEVER_COST))
        exports().hiring_values(ctypes.byref(self._struct))
        return int(self.value[0, 0]), self._plan()

    def narrow(self, most_cost: float) -> None:
        """Look on only at states of plans of at most that cost, at the prices of the last ``solve``."""
        if self._reached is None:
            self._reached = np.empty_like(self.value)
        least, most = np.zeros_like(self.least), np.zeros_like(self.most)
        exports().hiring_window(
            ctypes.byref(self._struct), most_cost, *(one.ctypes.data for one in (self._reached, least, most))
        )
        self.least, self.most = least, most

    def patterns(
        self, most_cost: float, price: Numbers, room_count: int, most_work: int
    ) -> list[Pattern] | None:
        """All patterns of at most that cost, at the prices of the last ``solve``; none where they are many.

        Of patterns that take the same rooms the cheapest is kept.
        """
        tables = self.tables
        starts = tables.weeks // tables.curve_weeks + 2
        scratch = np.empty((2 * starts + 4, tables.states))
        rows, costs = np.zeros((room_count, 2 * starts + 1), np.int32), np.zeros(room_count)
        found = exports().hiring_patterns(
            ctypes.byref(self._struct),
            most_cost,
            *(one.ctypes.data for one in (scratch, rows, costs)),
            room_count,
            rows.shape[1],
            most_work,
        )
        if found < 0:
            return None
        best: dict[bytes, Pattern] = {}
        for row, cost in zip(rows[:found].tolist(), costs[:found].tolist(), strict=True):
            pairs = tuple((row[at], row[at + 1]) for at in range(1, 1 + 2 * row[0], 2))
            rooms = self.rooms_of(pairs)
            own = Pattern(int(cost - rooms @ price), pairs, rooms)
            same = best.get(rooms.tobytes())
            if same is None or own.cost < same.cost:
                best[rooms.tobytes()] = own
        return list(best.values())

    def rooms_of(self, starts: Collection[tuple[int, int]]) -> Counts:
        """Classes in training by week."""
        rooms = np.zeros(self.tables.weeks, np.int32)
        for week, classes in starts:
            rooms[week : week + self.tables.training_weeks] += classes
        return rooms

    def pattern_of(self, plan: Plan) -> tuple[tuple[int, int], ...]:
        """Weeks and numbers of classes of a plan."""
        return tuple((week, self.tables.options[option].classes) for week, option in plan)

    def cost_of(self, plan: Plan) -> int:
        """What a plan costs without prices of rooms; its states may be beyond those that are looked at."""
        tables, week, total = self.tables, 0, 0.0
        state = np.zeros(1, np.int64)
        arrivals = {start + tables.training_weeks: option for start, option in plan}
        while week < tables.weeks:
            option = arrivals.get(week)
            weeks = 1 if option is None else min(tables.curve_weeks, tables.weeks - week)
            for at in range(week, week + weeks):
                there = float(state[0]) + (0.0 if option is None else tables.productive[at - week, option])
                total += max(0.0, tables.needed[at] - there) * tables.price[at]
                total += max(0.0, tables.more_needed[at] - there) * tables.more_price[at]
                state = states_left(state, tables.attrition_share, tables.grain_count)
            if option is not None:
                total += tables.cost[week - tables.training_weeks, option]
                state = state + tables.joins[option]
            week += weeks
        return int(total)

    def _plan(self) -> Plan:
        """The plan that the last ``solve`` chose."""
        tables, week, state, plan = self.tables, 0, 0, []
        while week < tables.weeks:
            option = int(self.choice[week, state])
            if option < 0:
                state, week = int(tables.left[1, state]), week + 1
                continue
            plan.append((week - tables.training_weeks, option))
            week += tables.curve_weeks
            state = int(tables.left[tables.curve_weeks, state] + tables.joins[option])
        return tuple(plan)

    def _in_training(self, price: Numbers) -> Numbers:
        """What the rooms of one class cost, by the week of its start."""
        until = np.concatenate([[0.0], np.cumsum(price)])
        weeks = np.arange(self.tables.weeks)
        total: Numbers = (
            until[np.minimum(weeks + self.tables.training_weeks, self.tables.weeks)] - until[weeks]
        )
        return total

    def _filled(self, cost: Numbers) -> ctypes.Structure:
        tables = self.tables
        struct: ctypes.Structure = fill(
            HiringStruct,
            HIRING_FIELDS,
            {
                "weeks": tables.weeks,
                "states": tables.states,
                "options": len(tables.options),
                "curve": tables.curve_weeks,
                "training": tables.training_weeks,
                "needed": tables.needed,
                "price": tables.price,
                "more_needed": tables.more_needed,
                "more_price": tables.more_price,
                "cost": np.ascontiguousarray(cost),
                "productive": tables.productive,
                "joins": tables.joins,
                "classes": self._classes,
                "left": tables.left,
                "least": self.least,
                "most": self.most,
                "value": self.value,
                "choice": self.choice,
            },
        )
        return struct
