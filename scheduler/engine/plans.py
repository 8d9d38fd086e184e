"""What the exact best week carries of each agent's limits, as tables of states.

Agents with like limits share a plan and differ in their first state only. A rule is carried for everybody
or for nobody, so that a certificate can name it; leaving one out keeps the bound true, only looser. When the
states of all carried rules become too many, rules are left out one after another, the least telling first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from scheduler.engine.amounts import free_amount
from scheduler.engine.kernel.bindings import PLAN_FIELDS, PlanStruct, exports, fill
from scheduler.engine.options import ABSENT
from scheduler.engine.tables import HeldLimit, Tables
from scheduler.engine.trackers import PairTracker, Progress, RunTracker, TotalTracker, Tracker
from scheduler.model import Gap, Pair, Run, Total
from scheduler.model.verbs import Worked

MOST_STATES = 1500
NO_HISTORY = -(1 << 24)

Key = tuple[int, tuple[tuple[Tracker, int | None], ...], int, int]


class TooManyStates(Exception):
    """A plan outgrew ``MOST_STATES``."""


@dataclass(eq=False)
class Plans:
    """The plan of every agent.

    Parameters
    ----------
    plan_of, first_state, ready
        Shape (agents,): number of the plan, state at the start, first slot at which a duty may begin.
    structs
        The compiled core's ``Plan`` by number.
    carried_rules
        Names of the rules whose hard limits every plan holds to.
    left_out
        Names of the active agent rules that no plan carries.
    """

    tables: Tables
    plan_of: npt.NDArray[np.int32]
    first_state: npt.NDArray[np.int32]
    ready: npt.NDArray[np.int32]
    structs: list[Any]
    carried_rules: tuple[str, ...]
    left_out: tuple[str, ...]
    scratch: int = field(default=0)

    @classmethod
    def of(cls, tables: Tables) -> "Plans":
        """Plans that carry as many rules as fit."""
        wanted = _carriable(tables)
        while True:
            try:
                return cls._carrying(tables, wanted)
            except TooManyStates:
                wanted = wanted[:-1]

    @classmethod
    def _carrying(cls, tables: Tables, wanted: list[str]) -> "Plans":
        names = set(wanted) | {""}
        by_key: dict[Key, list[tuple[int, tuple[Progress, ...], int]]] = {}
        for agent, held in enumerate(tables.held):
            trackers: list[tuple[Tracker, int | None]] = []
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
                    trackers.append((made[0], one.price))
                    first.append(made[1])
            key = (int(tables.zone[agent]), tuple(trackers), rest, apart)
            by_key.setdefault(key, []).append((agent, tuple(first), ready))
        agents = len(tables.held)
        plan_of, first_state = np.zeros(agents, np.int32), np.zeros(agents, np.int32)
        ready_slot = np.zeros(agents, np.int32)
        structs = []
        for number, (key, members) in enumerate(by_key.items()):
            starts = list(dict.fromkeys(first for _, first, _ in members))
            structs.append(_plan(tables, key, starts))
            for agent, first_progress, ready in members:
                plan_of[agent] = number
                first_state[agent] = starts.index(first_progress)
                ready_slot[agent] = max(0, -(-ready // tables.slots.minutes) + tables.slots.pad)
        active = [rule.name for rule in tables.rules.active()]
        held_rules = {one.rule for held in tables.held for one in held if one.rule}
        folded = [name for name in active if name not in held_rules]
        carried = [name for name in active if name in names or name in folded]
        scratch = max(int(exports().week_scratch(_address(struct))) for struct in structs)
        return cls(
            tables=tables,
            plan_of=plan_of,
            first_state=first_state,
            ready=ready_slot,
            structs=structs,
            carried_rules=tuple(carried),
            left_out=tuple(name for name in active if name not in carried),
            scratch=scratch,
        )


def _address(struct: Any) -> Any:
    from ctypes import byref

    return byref(struct)


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
            kind = {Gap: 0, Total: 1, Run: 2, Pair: 3}[type(one.limit)]  # type: ignore[index]
            rank[one.rule] = (kind if must else kind + 4, order[one.rule])
    return sorted((name for name in rank if name not in barred), key=lambda name: rank[name])


def _plan(tables: Tables, key: Key, starts: list[tuple[Progress, ...]]) -> Any:
    """The state tables of one plan, states that lead nowhere cut off."""
    zone, trackers, rest, apart = key
    slot, days = tables.slots.minutes, tables.problem.grid.days
    options = tables.options
    columns = sorted({tables.column(verb) for tracker, _ in trackers for verb in tracker.verbs()})
    place = {column: i for i, column in enumerate(columns)}
    reads = [tuple(place[tables.column(verb)] for verb in tracker.verbs()) for tracker, _ in trackers]
    free = tuple(free_amount(tables.verbs[column]) for column in columns)
    length = options.elapsed // slot

    class_of = np.full((days, options.count), -1, np.int32)
    class_rows: list[list[tuple[int, ...]]] = []
    for day in range(days):
        exists = options.start_slot[zone, day] != ABSENT
        features = np.column_stack([length, *(tables.amount[column, zone, day] for column in columns)])
        rows, inverse = np.unique(features[exists], axis=0, return_inverse=True)
        class_of[day, exists] = inverse.reshape(-1)
        class_rows.append([tuple(map(int, row)) for row in rows])
    most_classes = max(1, *(len(rows) for rows in class_rows))

    layers: list[dict[tuple[Progress, ...], int]] = [{start: i for i, start in enumerate(starts)}]
    steps: list[list[list[tuple[int, int]]]] = []  # day -> state -> (next or -1, price) per class, then free
    for day in range(days):
        following: dict[tuple[Progress, ...], int] = {}
        day_steps = []
        known: list[dict[tuple[Progress, tuple[int, ...]], Any]] = [{} for _ in trackers]
        choices = [row[1:] for row in class_rows[day]] + [free]
        for state in layers[-1]:
            row = []
            for amounts in choices:
                step = _advance(trackers, reads, known, state, day, amounts)
                if step is None:
                    row.append((-1, 0))
                else:
                    row.append((following.setdefault(step[0], len(following)), step[1]))
            day_steps.append(row)
        if len(following) > MOST_STATES:
            raise TooManyStates
        layers.append(following)
        steps.append(day_steps)

    useful = np.ones(len(layers[-1]), bool)
    for day in reversed(range(days)):  # a state from which every way ends in a broken must is cut off
        here = np.zeros(len(layers[day]), bool)
        for s, row in enumerate(steps[day]):
            row[:] = [(to, price) if to >= 0 and useful[to] else (-1, 0) for to, price in row]
            here[s] = any(to >= 0 for to, _ in row)
        useful = here

    most_states = max(map(len, layers)) or 1
    following_table = np.full((days, most_classes, most_states), -1, np.int32)
    price_table = np.zeros((days, most_classes, most_states))
    free_table = np.full((days, most_states), -1, np.int32)
    price_free = np.zeros((days, most_states))
    ready_after = np.zeros((days, most_classes), np.int32)
    for day in range(days):
        for c, row in enumerate(class_rows[day]):
            ready_after[day, c] = max(row[0] + -(-rest // slot), -(-apart // slot))
        for s, row_steps in enumerate(steps[day]):
            for c, (to, price) in enumerate(row_steps[:-1]):
                following_table[day, c, s], price_table[day, c, s] = to, price
            free_table[day, s], price_free[day, s] = row_steps[-1]
    relative = options.start_slot[zone] - tables.day_slot[zone, :-1, None]
    relative = relative[options.start_slot[zone] != ABSENT]
    latest = int(relative.max()) if relative.size else 0
    shortest_day = int(np.diff(tables.day_slot[zone]).min())
    axis = max(latest, latest + int(ready_after.max()) - shortest_day, 0) + 2
    values = {
        "days": days,
        "axis": axis,
        "most_states": most_states,
        "most_classes": most_classes,
        "states": np.array([len(layer) for layer in layers], np.int32),
        "classes": np.array([len(rows) for rows in class_rows], np.int32),
        "class_of": class_of,
        "ready_after": ready_after,
        "next": following_table,
        "next_free": free_table,
        "price": price_table if price_table.any() else None,
        "price_free": price_free if price_free.any() else None,
    }
    return fill(PlanStruct, PLAN_FIELDS, values)


def _advance(
    trackers: Iterable[tuple[Tracker, int | None]],
    reads: list[tuple[int, ...]],
    known: list[dict[tuple[Progress, tuple[int, ...]], Any]],
    state: tuple[Progress, ...],
    day: int,
    amounts: tuple[int, ...],
) -> tuple[tuple[Progress, ...], int] | None:
    following: list[Progress] = []
    cost = 0
    for i, (tracker, price) in enumerate(trackers):
        mine = tuple(amounts[column] for column in reads[i])
        key = (state[i], mine)
        if key not in known[i]:
            known[i][key] = tracker.advance(state[i], day, mine)
        step = known[i][key]
        if step is None:
            return None
        following.append(step[0])
        cost += step[1] * (price or 0)
    return tuple(following), cost
