"""The automaton of each agent, as tables for the pricing problem: which rules a best week keeps exactly.

Agents with like limits share one and differ in their first state only. A rule is carried for everybody or
for nobody, so that a certificate can name it; leaving one out keeps the bound valid, only looser. Rules are
added one after another, those that need fewest states first, as long as the product stays within the budget
of :mod:`~scheduler.engine.automata.size_budget`.
"""

import ctypes
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from scheduler.engine.automata.agent_groups import Group, groups_of
from scheduler.engine.automata.limit_automata import TotalTracker
from scheduler.engine.automata.limits_by_rule import Limits
from scheduler.engine.automata.size_budget import FOR_PROOF, Budget, Work, transition_time
from scheduler.engine.instance.instance import Instance
from scheduler.engine.kernel.arrays import Float64Array, Int32Array, UInt64Array
from scheduler.engine.kernel.bindings import exports

MOST_LAID_OPTIONS = 60
"""Options of a day that a drawn week looks at, as ``LONG_MENU`` of ``whole_week.c``."""


@dataclass(frozen=True)
class AutomataPolicy:
    """Parameters of the order in which limits are joined, and of how long a best week is thought to take."""

    few_states: int = 4
    """States up to which the automaton of one limit counts as small and is joined first. Larger, more limits
    are joined first, whatever their product costs; smaller, cheap ones compete for the budget."""
    call_microseconds: float = 50.0
    """About what a call takes. Estimated by hand."""
    lay_microseconds: float = 1.0
    """About what an option of a day takes whose breaks are to be laid. Estimated by hand."""
    earn_microseconds: float = 0.1
    """About what an option of a day without breaks takes. Estimated by hand."""


POLICY = AutomataPolicy()


@dataclass(eq=False)
class WeekAutomata:
    """The automaton of every agent.

    Parameters
    ----------
    automaton_of, first_state, ready
        Shape (agents,): number of the automaton, state at the start (``DEAD`` where no week is legal), first
        slot at which a duty may begin.
    structs
        The compiled core's ``Automaton`` by number.
    carried_rules
        Names of the rules that every automaton keeps or charges for, and of the premiums that are overtime of
        a period.
    left_out
        Names of the active ones that no automaton carries.
    scratch
        Doubles that the dynamic programme of the largest automaton needs.
    """

    instance: Instance
    automaton_of: Int32Array
    first_state: Int32Array
    ready: Int32Array
    structs: list[Any]
    carried_rules: tuple[str, ...]
    left_out: tuple[str, ...]
    scratch: int

    @cached_property
    def week_microseconds(self) -> float:
        """Estimated time of one best week; only its order of magnitude matters.

        Breaks to lay for each option, then a transition of the dynamic programme for every state and class.
        """
        laid = min(MOST_LAID_OPTIONS, self.instance.options.count) * self.instance.problem.grid.days
        has_breaks = any(map(len, self.instance.layouts.taken))
        each = POLICY.lay_microseconds if has_breaks else POLICY.earn_microseconds
        return POLICY.call_microseconds + each * laid + float(self.transition_nanoseconds.mean()) / 1000.0

    @cached_property
    def transition_nanoseconds(self) -> Float64Array:
        """Estimated time of all transitions of a best week, by number of the automaton."""
        work = [
            int((struct.kept["states"][:-1] * (struct.kept["classes"] + 1)).sum())
            * transition_time(struct.axis)
            for struct in self.structs
        ]
        return np.array(work, np.float64)

    @cached_property
    def addresses(self) -> UInt64Array:
        """Where each agent's ``Automaton`` lies, shape (agents,)."""
        by_number = np.array([ctypes.addressof(struct) for struct in self.structs], np.uint64)
        return by_number[self.automaton_of]

    @classmethod
    def of(cls, instance: Instance, budget: Budget = FOR_PROOF) -> "WeekAutomata":
        """Automata that carry as many rules as fit into the budget."""
        limits = Limits.of(instance)
        carried, groups = _carrying(instance, limits, budget)
        agents = instance.agents
        automaton_of, first_state = np.zeros(agents, np.int32), np.zeros(agents, np.int32)
        for number, group in enumerate(groups):
            automaton_of[list(group.agents)] = number
            first_state[list(group.agents)] = group.automaton.start
        ready = [
            max(0, -(-instant // instance.slots.minutes) + instance.slots.pad) for instant in limits.ready
        ]
        structs = [groups.pop(0).struct() for _ in range(len(groups))]  # none is needed any more then
        every = [one for multi_day in instance.multi_day_limits for one in multi_day]
        active = [rule.name for rule in instance.rules.rules]
        active += dict.fromkeys(one.rule for one in every if one.is_pay)
        multi_day_rules = {one.rule for one in every}
        in_automata = tuple(name for name in active if name in carried or name not in multi_day_rules)
        return cls(
            instance=instance,
            automaton_of=automaton_of,
            first_state=first_state,
            ready=np.array(ready, np.int32),
            structs=structs,
            carried_rules=in_automata,
            left_out=tuple(name for name in active if name not in in_automata),
            scratch=max(int(exports().week_scratch(ctypes.byref(struct))) for struct in structs),
        )


def _carrying(instance: Instance, limits: Limits, budget: Budget) -> tuple[set[str], list[Group]]:
    """The rules that fit into the budget, and the groups of agents with their automata."""
    groups, work = groups_of(instance, limits), Work.of(instance, budget)
    carried = set()
    for rule in _in_order(instance, limits):
        grown = work.taken_up(groups, rule)
        if grown is not None:
            carried.add(rule)
            groups = grown
    return carried, groups


def _in_order(instance: Instance, limits: Limits) -> list[str]:
    """Hard rules before priced ones; then the order in which products stay smallest.

    First come limits of few states, nearly all of them on the shape of a week. Sums bounded from both sides
    allow few weeks and keep later products small. The other sums over a long time come last, and are what is
    left out: single moves repair a sum more easily than the shape of a week.
    """
    must = {rule.name: rule.is_must for rule in instance.rules.rules}

    def late(rule: str) -> tuple[bool, bool, bool, int]:
        asked = [limits.asked[place].tracker for place in limits.asked_by[rule]]
        size = max((limits.size_of(place, instance) for place in limits.asked_by[rule]), default=1)
        both_sides = any(isinstance(t, TotalTracker) and None not in (t.at_least, t.at_most) for t in asked)
        sums = any(isinstance(t, TotalTracker) for t in asked)
        return not must.get(rule, False), sums and size > POLICY.few_states, not both_sides, size

    return sorted(limits.rules, key=late)
