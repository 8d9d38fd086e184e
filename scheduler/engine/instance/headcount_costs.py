"""Headcount limits as rows over days: who counts in each, and the convex cost of every number of heads."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.errors import unsupported
from scheduler.domain.values.money import each
from scheduler.engine.instance.interval_costs import beyond, charged
from scheduler.engine.instance.verb_tables import free_amount
from scheduler.engine.kernel.arrays import BoolArray, Float64Array, Int32Array, Int64Array, UInt64Array
from scheduler.model import Headcount, Rule
from scheduler.model.limits.verbs import Verb
from scheduler.texts import text

MOST_ROWS = 64
"""The compiled core keeps a set of rows in 64 bits."""
UNSAID = -1
"""In place of a breakpoint on a day that has none."""
LEAST_SHIFT_CENTS = 100
"""Least cost of a shift where a broken ``must`` is priced by it, for work may cost nothing."""


@dataclass(frozen=True)
class HeadcountBreakpoint:
    """A breakpoint of a row's cost by day: ``price`` per head below (or over) ``at``, shape (days,)."""

    rule: str
    row: int
    over: bool
    hard: bool
    price: int
    at: Int64Array


@dataclass(frozen=True)
class Segment:
    """Heads between two breakpoints: how many, what each costs, and whether they are too few."""

    most: float
    price: float
    down: bool


def segments_of(breakpoints: Iterable[tuple[int, float, bool]]) -> tuple[int, list[Segment], float]:
    """A convex cost of heads as its first breakpoint, the segments on both sides of it, and the cost there.

    The segment below the first breakpoint comes first.

    Parameters
    ----------
    breakpoints
        Of one row and day: the place, the price per head beyond, and whether those over it cost it.
    """
    mine = list(breakpoints)
    places = sorted({at for at, _, _ in mine})
    first = places[0]
    segments = [Segment(np.inf, sum(price for _, price, over in mine if not over), down=True)]
    for place, then in zip(places, [*places[1:], np.inf], strict=True):
        slope = sum(price for at, price, over in mine if over and at <= place)
        slope -= sum(price for at, price, over in mine if not over and at > place)
        segments.append(Segment(float(then - place), slope, down=False))
    return first, segments, sum(price * (at - first) for at, price, over in mine if not over)


@dataclass(frozen=True, eq=False)
class HeadRows:
    """All headcounts of a problem.

    Parameters
    ----------
    names, verbs
        Of each row: what certificates call it, and the verb by which an agent's day counts.
    counts
        Shape (rows, agents): whether an agent can count.
    """

    days: int
    names: tuple[str, ...]
    verbs: tuple[Verb, ...]
    counts: BoolArray
    breakpoints: tuple[HeadcountBreakpoint, ...]

    @classmethod
    def of(cls, problem: Problem, limits: list[tuple[Rule, Headcount]]) -> "HeadRows":
        """Sort the limits into rows: limits of one row count the same people by the same verb."""
        number = {agent.name: i for i, agent in enumerate(problem.agents)}
        dearest = max([_dearest_shift(problem), *_dearest_heads(limits)])
        rows: dict[tuple[str, Verb, frozenset[str]], int] = {}
        breakpoints: list[HeadcountBreakpoint] = []
        for rule, limit in limits:
            if free_amount(limit.of):
                message = text('the search counts who works; "{rule}" counts who is free', rule=rule.name)
                raise unsupported(message)
            row = rows.setdefault((limit.row, limit.of, frozenset(limit.agents)), len(rows))
            hard, cents = charged(rule, limit, dearest)
            price = each(cents)
            for over, bounds in ((False, limit.at_least), (True, limit.at_most)):
                if bounds is not None:
                    at = np.array([UNSAID if bound is None else bound for bound in bounds], np.int64)
                    breakpoints.append(HeadcountBreakpoint(rule.name, row, over, hard, price, at))
        if len(rows) > MOST_ROWS:
            raise unsupported(
                text(
                    "the search serves at most {most_rows} headcounts, not {rows}",
                    most_rows=MOST_ROWS,
                    rows=len(rows),
                )
            )
        counts = np.zeros((len(rows), len(problem.agents)), bool)
        for (_, _, agents), row in rows.items():
            counts[row, [number[name] for name in agents]] = True
        return cls(
            days=problem.grid.days,
            names=tuple(name for name, _, _ in rows),
            verbs=tuple(verb for _, verb, _ in rows),
            counts=counts,
            breakpoints=tuple(breakpoints),
        )

    @property
    def rows(self) -> int:
        """How many there are."""
        return len(self.names)

    @property
    def of_agent(self) -> UInt64Array:
        """Rows in which each agent counts, as bits; shape (agents,)."""
        bits = np.zeros(self.counts.shape[1], np.uint64)
        for row in range(self.rows):
            bits |= self.counts[row].astype(np.uint64) << np.uint64(row)
        return bits

    def costs(self, row: int, hard: bool | None = None) -> Float64Array:
        """What each number of heads costs on each day, shape (days, heads + 1); hard, priced, or both."""
        heads = np.arange(int(self.counts[row].sum()) + 1)
        costs = np.zeros((self.days, len(heads)))
        for one in self.breakpoints:
            if one.row == row and hard in (None, one.hard):
                at = one.at[:, None]
                costs += one.price * np.where(at == UNSAID, 0, beyond(heads, at, one.over))
        return costs

    @cached_property
    def breakpoint_arrays(self) -> tuple[Int64Array, Int64Array, Float64Array, BoolArray]:
        """Of every breakpoint its cell (headcount row, day), its place, price, and whether it is over."""
        found = [
            (one.row * self.days + day, int(one.at[day]), float(one.price), one.over)
            for one in self.breakpoints
            for day in range(self.days)
            if one.at[day] != UNSAID
        ]
        table = np.array(found, np.float64).reshape(-1, 4)
        whole = table[:, :2].astype(np.int64)
        return whole[:, 0], whole[:, 1], table[:, 2], table[:, 3].astype(bool)

    def present(self, counts: Iterable[Int64Array]) -> Int64Array:
        """How many count in every cell (headcount row, day), from the cells of each agent."""
        present = np.zeros(self.rows * self.days, np.int64)
        for cells in counts:
            present[cells] += 1
        return present

    def priced(self, present: Int64Array, open_days: BoolArray | None = None) -> float:
        """What these heads by cell (headcount row, day) cost, on all days or on open ones."""
        cell, at, price, over = self.breakpoint_arrays
        excess = np.maximum(0, np.where(over, present[cell] - at, at - present[cell]))
        asked = True if open_days is None else open_days[cell % self.days]
        return float(price @ (excess * asked))

    def arrays(self, amount: Callable[[Verb], Int32Array]) -> dict[str, Any]:
        """The headcount fields of ``Model``; ``amount`` returns the shape (zones, days, options)."""
        bits = None
        for row, verb in enumerate(self.verbs):
            counted = (amount(verb) > 0).astype(np.uint64) << np.uint64(row)
            bits = counted if bits is None else bits | counted
        most = self.counts.sum(axis=1).astype(np.int32)
        head_from = np.zeros(self.rows + 1, np.int64)
        np.cumsum(self.days * (most.astype(np.int64) + 1), out=head_from[1:])
        costs = {hard: [self.costs(row, hard).ravel() for row in range(self.rows)] for hard in (False, True)}
        return {
            "heads": self.rows,
            "option_heads": np.zeros(1, np.uint64) if bits is None else np.ascontiguousarray(bits),
            "agent_heads": self.of_agent,
            "head_from": head_from,
            "head_most": most if self.rows else np.zeros(1, np.int32),
            "head_soft": np.concatenate(costs[False]) if self.rows else np.zeros(1),
            "head_hard": np.concatenate(costs[True]) if self.rows else np.zeros(1),
        }


def _dearest_heads(limits: Iterable[tuple[Rule, Headcount]]) -> Iterable[int]:
    """Cents that the last head beyond the limits of a rule costs, by row and side: their prices add up."""
    together: Counter[tuple[str, str, bool]] = Counter()
    for rule, limit in limits:
        together[rule.name, limit.row, limit.at_least is None] += limit.price or rule.price or 0
    return together.values()


def _dearest_shift(problem: Problem) -> int:
    """Cents that the longest shift costs at the highest pay, ``LEAST_SHIFT_CENTS`` at least."""
    longest = max((t.paid_minutes(length) for t in problem.templates for length in t.lengths), default=0)
    pay = max(map(problem.pay_of, problem.agents), default=0)
    return max(LEAST_SHIFT_CENTS, -(-longest * pay // 60))
