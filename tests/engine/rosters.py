"""Rosters for the engine, made without its search: any option of the day, breaks anywhere they may lie."""

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from scheduler.domain import Duty, Problem, Roster
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.instance.break_layouts import MOST_BREAKS
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.roster_arrays import FREE, Snapshot, roster_of
from scheduler.engine.instance.shift_options import ABSENT
from scheduler.engine.kernel.bindings import exports
from scheduler.engine.local_search.roster_state import MOVES, RosterState
from scheduler.model import Rule, RuleBook, Total
from scheduler.model.limits.kinds import AgentLimit
from tests.benchmarks.names import loader_of
from tests.property.problems import Case, small_case, ward_case
from tests.unit.tiny import rule

ALL_KINDS = (np.cumsum([30, 15, 10, 10, 8, 6, 6, 10, 5]) / 100 * 65536).astype(np.int32)
"""Shares that try every kind of move often."""


def by_kind(kind: int) -> tuple[str, Any]:
    """Shares that choose one kind of move only."""
    shares = np.zeros(len(MOVES), np.int32)
    shares[kind:] = 65536
    return MOVES[kind], shares


def generated(name: str) -> Instance:
    """The tables of a generated contact centre, which needs no data."""
    case = loader_of(name)(Path(), 1)
    return compile_instance(case.problem, case.rules)


@dataclass(frozen=True)
class Drawn:
    """A drawn case by its number: a small one, or one where people are asked for by shift too (a ward)."""

    seed: int
    is_ward: bool = False

    def case(self) -> Case:
        """Its problem and its rules."""
        return ward_case(self.seed, seldom=False) if self.is_ward else small_case(self.seed, seldom=False)

    def __str__(self) -> str:
        return f"{'ward' if self.is_ward else 'curve'}-{self.seed}"


def drawn(curves: Iterable[int], wards: Iterable[int]) -> list[Drawn]:
    """Cases of both worlds by their seeds."""
    return [*map(Drawn, curves), *(Drawn(seed, is_ward=True) for seed in wards)]


@lru_cache(maxsize=128)
def prepared(one: Drawn) -> tuple[Instance, WeekAutomata]:
    """The tables and plans of a case, made once for all tests."""
    instance = compile_instance(*one.case())
    return instance, WeekAutomata.of(instance)


@lru_cache(maxsize=128)
def lagrangian_of(one: Drawn) -> Lagrangian:
    """Its Lagrangian."""
    return Lagrangian(*prepared(one))


def book(*rules: Any) -> RuleBook:
    """A rule book with what the search cannot do without, besides these rules."""
    return RuleBook(rules=(rule("requirement", strength="prefer"), rule("one_shift_a_day"), *rules))


def is_of_one_day(limit: object) -> bool:
    """Whether the engine folds the limit into its menus or its prices of single days."""
    return isinstance(limit, Total) and len(limit.on) == 1 and not limit.on_any_of


def option_of(instance: Instance, agent: int, duty: Duty) -> int:
    """The option that a duty is: the agent's own for a pin where it lies as the pin says, else the plain."""
    options, zone = instance.options, int(instance.zone[agent])
    same = (options.start_instant[zone, duty.day] == duty.start) & (options.elapsed == duty.elapsed_minutes)
    same &= options.start_slot[zone, duty.day] != ABSENT
    plain = []
    for option in np.nonzero(same)[0].tolist():
        if options.template_of(option).name != duty.template:
            continue
        pinned = options.pinned.get(option)
        if pinned is None:
            plain.append(option)
            continue
        starts = tuple(pause.start for pause in duty.breaks)
        if instance.menus[agent, duty.day, option] and pinned.break_starts == starts:
            return option
    (only,) = plain
    return int(only)


def options_of(instance: Instance, agent: int, roster: Roster) -> Any:
    """An agent's row of options, shape (days,)."""
    row = np.full(instance.problem.grid.days, FREE, np.int32)
    for duty in roster.of(instance.problem.agents[agent].name):
        row[duty.day] = option_of(instance, agent, duty)
    return row


def own_cost(instance: Instance, agent: int, row: Any) -> tuple[int, int]:
    """Wages and priced limits of a row of options, and the excess of hard ones, by the compiled core."""
    broken = ctypes.c_double()
    model = instance.struct
    cost = exports().own_cost(ctypes.byref(model), agent, row.ctypes.data, ctypes.byref(broken))
    assert cost == int(cost) and broken.value == int(broken.value)
    return int(cost), int(broken.value)


def random_row(instance: Instance, agent: int, random: Random, busy: float = 0.6) -> Any:
    """Any options that the days have, on the agent's menu or not; those made for a pin only on the menu."""
    days = instance.problem.grid.days
    row = np.full(days, FREE, np.int32)
    for day in range(days):
        laid = instance.layout[instance.regime[agent, day], instance.zone[agent], day] != ABSENT
        laid &= instance.options.start_slot[instance.zone[agent], day] != ABSENT
        for option in instance.options.pinned:
            laid[option] &= instance.menus[agent, day, option]
        there = np.nonzero(laid)[0].tolist()
        if there and random.random() < busy:
            row[day] = random.choice(there)
    return row


def lay(instance: Instance, agent: int, day: int, option: int, random: Random) -> tuple[int, list[int]]:
    """A random order and random places of the breaks of an option, kept to what is hard."""
    layout = int(instance.layout[instance.regime[agent, day], instance.zone[agent], day, option])
    length = int(instance.options.elapsed[option]) // instance.slots.minutes
    orders = list(range(instance.layouts.from_[layout], instance.layouts.from_[layout + 1]))
    order = random.choice(orders)
    variant = instance.layouts.variants[order][0]

    def further(placed: list[int], free_from: int) -> list[int] | None:
        j = len(placed)
        if j == variant["breaks"]:
            return placed if length - free_from <= variant["work_most"] else None
        places = list(range(variant["first"][j], variant["last"][j] + 1, variant["step"][j]))
        random.shuffle(places)
        for place in places:
            gap = place - free_from
            in_gap = j == 0 or variant["gap_least"] <= gap <= variant["gap_most"]
            if gap < 0 or not in_gap or gap > variant["work_most"] or place + variant["length"][j] > length:
                continue
            found = further([*placed, place], place + int(variant["length"][j]))
            if found is not None:
                return found
        return None

    places = further([], 0)
    assert places is not None  # the tables keep only orders in which the breaks can be laid
    return order, places


def snapshot_of_rows(instance: Instance, rows: list[Any], random: Random) -> Snapshot:
    """Rows of options as a roster with breaks laid at random."""
    option = np.stack(rows).astype(np.int32)
    order = np.zeros_like(option)
    at = np.zeros((*option.shape, MOST_BREAKS), np.int32)
    for agent, day in np.argwhere(option != FREE).tolist():
        order[agent, day], places = lay(instance, agent, day, int(option[agent, day]), random)
        at[agent, day, : len(places)] = places
    return Snapshot(option, order, at)


def random_roster(instance: Instance, random: Random) -> tuple[Snapshot, Roster]:
    """A roster of any options, mostly illegal."""
    rows = [random_row(instance, agent, random) for agent in range(instance.agents)]
    snapshot = snapshot_of_rows(instance, rows, random)
    return snapshot, roster_of(instance, snapshot)


def a_worker(
    instance: Instance, automata: WeekAutomata, snapshot: Snapshot | None = None, seed: int = 1
) -> RosterState:
    """A worker on a roster."""
    worker = RosterState(instance, automata, seed)
    if snapshot is not None:
        worker.restore(snapshot)
    return worker


def charge(one: Rule, limit: AgentLimit, excess: int) -> int:
    """What an excess costs: at the limit's own price where it has one, else at its rule's."""
    return one.cost_of(excess, limit.price if isinstance(limit, Total) else None)


def multi_day_limits(problem: Problem, rules: RuleBook, agent: str) -> list[tuple[Any, AgentLimit]]:
    """Limits of an agent with their rules, those inside a shift left out."""
    from scheduler.model.limits.breaks import BreakLimit

    return [
        (one, limit)
        for one in rules.active()
        for limit in one.limits(problem)
        if isinstance(limit, AgentLimit) and limit.agent == agent and not isinstance(limit, BreakLimit)
    ]
