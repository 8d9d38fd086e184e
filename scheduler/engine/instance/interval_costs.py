"""Staffing limits over slots: the convex piecewise linear cost of each skill, and bounds on who is present.

Where the roster places deferred work the breakpoints of a skill move; what bounds them is here too.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from scheduler.domain.facts.problem import DeferredWork, Problem
from scheduler.domain.findings.errors import unsupported
from scheduler.domain.values.money import hourly
from scheduler.engine.instance.slots import Slots
from scheduler.engine.kernel.arrays import Int32Array, Int64Array
from scheduler.model import Headcount, Rule, Staffing
from scheduler.texts import text

IntArray = Int32Array | Int64Array
NO_CAP = 1 << 30
"""In place of an upper limit where there is none."""
MOST_SKILLS = 32
"""Skills at most, and caps at most: the compiled core keeps a set of either in 32 bits."""
HARD_PRICE_FACTOR = 50
"""While searching, a unit of a broken must is charged so many times the dearest price; whether a roster is
legal is checked separately. Lower, a broken must may look cheap beside many prices; higher, doubles have
fewer digits for the rest."""
LEAST_DEAREST_CENTS = 6000
"""Lower limit on the dearest price of an hour. It keeps the price of a broken must above wages where every
staffing price is small."""


@dataclass(frozen=True)
class StaffingBreakpoint:
    """A breakpoint of a skill's cost by slot: ``price`` per slot and agent below (or over) ``at``.

    Where it ``is_placed``, ``at`` is where a search begins: each roster has the cheapest place of the work.
    """

    rule: str
    skill: int
    over: bool
    hard: bool
    price: int
    at: Int32Array
    is_placed: bool = False


@dataclass(frozen=True)
class PresenceBound:
    """At most (``over``), or at least, ``at`` of some agents at work, shape (slots,).

    ``price`` is per slot and agent beyond it. The compiled core calls either a cap.
    """

    rule: str
    agents: frozenset[str]
    over: bool
    hard: bool
    price: int
    at: Int32Array


def beyond(number: Int64Array, at: IntArray, over: bool) -> Int64Array:
    """By how much numbers of people are over a breakpoint, or below it."""
    return np.asarray(np.maximum(0, number - at if over else at - number))


@dataclass(frozen=True, eq=False)
class DeferredRow:
    """The work of one skill that the roster places, by interval.

    Parameters
    ----------
    missing_price, superfluous_price
        Of an agent and slot less, or more, than what is placed there, in sixtieths of a cent.
    moves
        By breakpoint, whether it lies where the work is placed.
    """

    skill: int
    missing_price: int
    superfluous_price: int
    work: DeferredWork
    slots: Slots
    moves: Int32Array

    @property
    def width(self) -> int:
        """Slots of an interval."""
        return self.slots.problem.grid.interval_minutes // self.slots.minutes

    @cached_property
    def first_slot(self) -> Int32Array:
        """Of each open interval its first slot on the padded line."""
        return (self.slots.pad + np.array(self.work.intervals, np.int32) * self.width).astype(np.int32)

    @cached_property
    def at(self) -> Int64Array:
        """The slots of the open intervals, shape (intervals, slots of each)."""
        return np.asarray(self.first_slot[:, None] + np.arange(self.width), np.int64)

    @cached_property
    def arrived(self) -> Int32Array:
        """Portions that can have been done at the end of each interval."""
        return np.array(self.work.arrived, np.int32)

    @cached_property
    def due(self) -> Int32Array:
        """Portions that have to be done by then."""
        return np.array(self.work.due, np.int32)

    @cached_property
    def first_placed(self) -> Int32Array:
        """Portions by interval where a search begins."""
        required = self.slots.problem.demand_for[self.work.skill].required
        return np.array([required[interval] for interval in self.work.intervals], np.int32)


@dataclass(frozen=True, eq=False)
class StaffingRows:
    """All staffing limits of a problem.

    Parameters
    ----------
    groups
        (Skill numbers, bound numbers) of each group of agents that serve the same skills and are in the same
        bounds on presence.
    group
        Shape (agents,): group number.
    given
        Work from before the horizon that reaches into it: (group, first slot, last slot + 1).
    """

    problem: Problem
    slots: Slots
    breakpoints: tuple[StaffingBreakpoint, ...]
    presence_bounds: tuple[PresenceBound, ...]
    groups: tuple[tuple[frozenset[int], frozenset[int]], ...]
    group: Int32Array
    given: tuple[tuple[int, int, int], ...]

    @classmethod
    def of(cls, problem: Problem, slots: Slots, limits: list[tuple[Rule, Staffing]]) -> "StaffingRows":
        """Sort the team's limits into breakpoints and bounds on presence, and the agents into groups."""
        of_agents = [limit for _, limit in limits if limit.skill is None]
        bounds_asked = sum((one.at_least is not None) + (one.at_most is not None) for one in of_agents)
        if max(len(problem.skills), bounds_asked) > MOST_SKILLS:
            message = text(
                "the search serves at most {most} skills, and as many caps on presence", most=MOST_SKILLS
            )
            raise unsupported(message)
        skill_number = {skill.name: k for k, skill in enumerate(problem.skills)}
        dearest = max(
            [
                LEAST_DEAREST_CENTS,
                *(skill.missing_price for skill in problem.skills),
                *(problem.pay_of(agent) for agent in problem.agents),
                *(limit.price or rule.price or 0 for rule, limit in limits),
            ]
        )
        breakpoints: list[StaffingBreakpoint] = []
        presence_bounds: list[PresenceBound] = []
        for rule, limit in limits:
            hard, cents = charged(rule, limit, dearest)
            price = hourly(cents, slots.minutes)
            if limit.skill is None:
                for over, numbers, outside in ((False, limit.at_least, 0), (True, limit.at_most, NO_CAP)):
                    if numbers is not None:
                        at = _over_slots(slots, numbers, outside)
                        presence_bounds.append(
                            PresenceBound(rule.name, frozenset(limit.agents), over, hard, price, at)
                        )
                continue
            k = skill_number[limit.skill]
            if limit.is_placed and hard:
                raise unsupported(
                    text("work that the roster places has a price, and no interval must have it")
                )
            for over, numbers, outside in ((False, limit.at_least, 0), (True, limit.at_most, NO_CAP)):
                if numbers is not None:
                    line = _over_slots(slots, numbers, outside)
                    breakpoints.append(
                        StaffingBreakpoint(rule.name, k, over, hard, price, line, limit.is_placed)
                    )
        groups: dict[tuple[frozenset[int], frozenset[int]], int] = {}
        group = np.zeros(len(problem.agents), np.int32)
        for i, agent in enumerate(problem.agents):
            key = (
                frozenset(skill_number[skill] for skill in agent.skills),
                frozenset(c for c, one in enumerate(presence_bounds) if agent.name in one.agents),
            )
            group[i] = groups.setdefault(key, len(groups))
        given: list[tuple[int, int, int]] = []
        for i, agent in enumerate(problem.agents):
            for start, end in problem.work_reaching_in(agent):
                given.append((int(group[i]), slots.slot(start), slots.slot(end)))
        return cls(
            problem,
            slots,
            tuple(breakpoints),
            tuple(presence_bounds),
            tuple(groups),
            group,
            tuple(given),
        )

    @cached_property
    def deferred(self) -> tuple[DeferredRow, ...]:
        """The deferred work of each skill, if a rule prices who is missing to it."""
        number = {skill.name: k for k, skill in enumerate(self.problem.skills)}
        rows = []
        for work in self.problem.deferred_work:
            k = number[work.skill]
            mine = [one for one in self.breakpoints if one.is_placed and one.skill == k]
            if mine and work.portions:
                rows.append(
                    DeferredRow(
                        skill=k,
                        missing_price=sum(one.price for one in mine if not one.over),
                        superfluous_price=sum(one.price for one in mine if one.over),
                        work=work,
                        slots=self.slots,
                        moves=np.array(
                            [one.is_placed and one.skill == k for one in self.breakpoints], np.int32
                        ),
                    )
                )
        return tuple(rows)

    def arrays(self) -> dict[str, Any]:
        """The staffing fields of the compiled core's ``Model``."""
        breakpoints, caps = self.breakpoints, self.presence_bounds
        nothing = np.zeros((1, self.slots.count), np.int32)
        return {
            "skills": max(1, len(self.problem.skills)),
            "groups": max(1, len(self.groups)),
            "breakpoints": len(breakpoints),
            "caps": len(caps),
            "group": self.group,
            "group_skills": np.array([sum(1 << k for k in skills) for skills, _ in self.groups], np.uint32),
            "group_caps": np.array([sum(1 << c for c in held) for _, held in self.groups], np.uint32),
            "breakpoint_skill": np.array([one.skill for one in breakpoints] or [0], np.int32),
            "breakpoint_over": np.array([int(one.over) for one in breakpoints] or [0], np.int32),
            "breakpoint_hard": np.array([int(one.hard) for one in breakpoints] or [0], np.int32),
            "breakpoint_price": np.array([float(one.price) for one in breakpoints] or [0.0], np.float64),
            "breakpoint_at": np.stack([one.at for one in breakpoints]) if breakpoints else nothing,
            "cap_at": np.stack([cap.at for cap in caps]) if caps else nothing,
            "cap_price": np.array([float(cap.price) for cap in caps] or [0.0], np.float64),
            "cap_hard": np.array([int(cap.hard) for cap in caps] or [0], np.int32),
            "cap_floor": np.array([int(not cap.over) for cap in caps] or [0], np.int32),
        }


def charged(rule: Rule, limit: Staffing | Headcount, dearest: int) -> tuple[bool, int]:
    """Whether a limit on the team must be kept, and what the search charges a unit of excess, in cents."""
    hard = rule.must_keep(limit)
    cents = limit.price if limit.price is not None else rule.price
    return hard, HARD_PRICE_FACTOR * dearest if hard or cents is None else cents


def _over_slots(slots: Slots, by_interval: tuple[int | None, ...], outside: int) -> Int32Array:
    """One number per slot of the padded line; ``outside`` beside the horizon and where nothing is said."""
    per_interval = slots.problem.grid.interval_minutes // slots.minutes
    inside = np.array([outside if number is None else number for number in by_interval], np.int32)
    line = np.full(slots.count, outside, np.int32)
    line[slots.pad : slots.pad + len(inside) * per_interval] = np.repeat(inside, per_interval)
    return line
