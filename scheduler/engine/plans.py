"""What the exact best week carries of each agent's limits, as tables of states.

Agents with like limits share a plan and differ in their first state only. A rule is carried for everybody
or for nobody, so that a certificate can name it; leaving one out keeps the bound true, only looser. Rules
are added one after another, the most telling first, each as long as the states stay few.
"""

import ctypes
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from scheduler.engine.kernel.bindings import exports
from scheduler.engine.plan_groups import Group, groups_of, tracker_of
from scheduler.engine.tables import HeldLimit, Tables
from scheduler.model import Gap
from scheduler.model.verbs import Worked


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
        groups = groups_of(tables, carriable)
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


def _can_carry(tables: Tables, held: HeldLimit) -> bool:
    if isinstance(held.limit, Gap):
        every_day = set(range(tables.problem.grid.days)) <= set(held.limit.on)
        return held.price is None and held.limit.after == Worked() and every_day
    return tracker_of(held) is not None


def _carriable(tables: Tables) -> list[str]:
    """Rules of which the best week can carry every limit of everybody."""
    barred = {one.rule for held in tables.held for one in held if one.rule and not _can_carry(tables, one)}
    return [
        name
        for name in dict.fromkeys(o.rule for held in tables.held for o in held)
        if name not in barred | {""}
    ]


def _in_order(tables: Tables, carriable: list[str], groups: list[Group]) -> list[str]:
    """What must be kept before what has a price, small automata before large ones.

    So the most rules fit, and what is left out is nearly always a sum over a long time: single moves repair
    a sum more easily than the shape of a week.
    """
    must = {rule.name: rule.is_must for rule in tables.rules.rules}
    size = {name: max(group.size_of(name) for group in groups) for name in carriable}
    return sorted(carriable, key=lambda name: (not must[name], size[name]))
