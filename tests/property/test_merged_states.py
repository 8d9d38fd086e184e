"""States with the same future are one in the verifier's recount: that saves time, and changes no verdict."""

from collections.abc import Sequence
from itertools import product
from math import prod
from random import Random
from typing import Any

import pytest

from scheduler.verifier.bound import lagrangian
from scheduler.verifier.bound.best_week import limit_automaton, week_network
from scheduler.verifier.bound.best_week.limit_automaton import DEAD, Automaton
from scheduler.verifier.bound.best_week.week_network import AgentWeeks
from scheduler.verifier.bound.lagrangian import NO_ROSTER, Recomputed, recompute
from tests.engine.bounds import tiny_case
from tests.property.problems import small_case, ward_case
from tests.property.test_verify_together import any_certificate, crowded

SEEDS = range(60)
MOST_WEEKS = 4000
"""Ways to choose a kind on every day, above which a table is not walked through."""


def recounted(seed: int, *, merging: bool) -> tuple[Recomputed, list[AgentWeeks]]:
    """What a small problem is worth at any prices, and the tables that it was found with.

    Without merging every state that any limit can be in has a row of its own, and none is one too many.
    """
    random = Random(f"merged {seed}")
    problem, rules = random.choice([tiny_case, tiny_case, small_case, ward_case, crowded])(seed)
    tables: list[AgentWeeks] = []
    make = lagrangian.agent_weeks

    def noted(*asked: Any) -> AgentWeeks:
        tables.append(make(*asked))
        return tables[-1]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(lagrangian, "agent_weeks", noted)
        patched.setattr("os.cpu_count", lambda: 1)  # one table after the other, in the same order each time
        if not merging:
            patched.setattr(limit_automaton, "smallest", lambda whole: whole)
            patched.setattr(week_network, "MOST_CELLS", 10**9)
        return recompute(problem, rules, any_certificate(problem, rules, seed)), tables


def charged(whole: Automaton, start: int, week: Sequence[int], kinds: Sequence[int]) -> int | None:
    """What a week of kinds is charged; ``None`` where it is not legal."""
    state, price = int(whole.start[start]), 0
    for day, kind in enumerate(week):
        if state == DEAD:
            return None
        layer = whole.on(day, kinds[day])
        symbol = int(layer.symbol[kind])
        price += int(layer.price[state, symbol])
        state = int(layer.following[state, symbol])
    return None if state == DEAD else price


def test_merged_or_not_every_week_of_kinds_is_charged_the_same_and_the_best_are_worth_the_same() -> None:
    possible = smaller = walked = legal = dear = 0
    for seed in SEEDS:
        apart, tables = recounted(seed, merging=False)
        merged, small_tables = recounted(seed, merging=True)
        assert merged == apart, seed
        possible += apart.bound < NO_ROSTER
        for one, other in zip(tables, small_tables, strict=True):
            smaller += other.automaton.transitions < one.automaton.transitions
            kinds = [day.kinds for day in one.days]
            if prod(kinds) > MOST_WEEKS:
                continue
            for start in range(len(one.automaton.start)):
                for week in product(*map(range, kinds)):
                    price = charged(one.automaton, start, week, kinds)
                    assert price == charged(other.automaton, start, week, kinds), (seed, start, week)
                    walked, legal, dear = walked + 1, legal + (price is not None), dear + bool(price)
    assert possible > 50 and smaller > 90  # of 60 problems, and of their tables
    assert walked > 60_000 and legal > 12_000 and dear > 2_000
