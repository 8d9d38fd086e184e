"""Why no legal roster exists, in names that a planner knows.

An agent whose best week does not exist is looked at alone: rules are left out one by one until those remain
that contradict each other, and CP-SAT, which shares none of the best week's code, has to agree before anybody
is told. What it does not confirm is not called a contradiction.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from scheduler.domain.problem import Agent, Problem
from scheduler.domain.words import counted
from scheduler.engine.arrays import BoolArray, Float64Array
from scheduler.engine.automata.agent_automata import Plans
from scheduler.engine.bound.aggregated_lp import least_cost
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.bound.subgradient_adam import Climb
from scheduler.engine.infeasibility.cp_sat_check import has_legal_week
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.instance import Tables
from scheduler.engine.instance.roster_arrays import Snapshot, roster_of
from scheduler.model import AgentRule, Rule, RuleBook

MOST_NAMED = 10
LACKING = 60_000
"""Price of an agent-slot that a hard limit lacks, when nothing else has a price."""
SECOND_OPINION_SECONDS = 30.0
PROOF_STEPS = 400
"""Steps of pricing that are spent on a proof."""


def reasons_for_agents(tables: Tables, stuck: Sequence[int]) -> tuple[str, ...]:
    """A sentence for each agent without any legal week; empty if that could not be confirmed."""
    reasons = []
    for number in stuck[:MOST_NAMED]:
        agent = tables.problem.agents[number]
        rules = _contradicting(tables, agent)
        if rules is None:
            continue
        kept = ", ".join(f'"{rule.name}"' for rule in rules)
        sentences = " ".join(f"{rule.sentence}" for rule in rules)
        reasons.append(f"{agent.name} has no legal week: {kept} cannot be kept together. {sentences}")
    if reasons and len(stuck) > MOST_NAMED:
        reasons.append(f"and {counted(len(stuck) - MOST_NAMED, 'more agent')} like them")
    return tuple(reasons)


def reasons_for_floors(lagrangian: Lagrangian) -> tuple[str, ...]:
    """A sentence for each skill and each headcount that asks for more people than there are."""
    tables = lagrangian.tables
    grid = tables.problem.grid
    per_interval = grid.interval_minutes // tables.slots.minutes
    reasons = []
    for k, skill in enumerate(tables.problem.skills):
        beyond = np.nonzero(lagrangian.least[k] > lagrangian.most[k])[0]
        if not len(beyond):
            continue
        slot = int(beyond[0])
        when = grid.interval_start(slot // per_interval)
        rules = sorted({piece.rule for piece in tables.staffing.pieces if piece.hard and piece.skill == k})
        reasons.append(
            f"{', '.join(rules)}: {counted(int(lagrangian.least[k, slot]), 'agent')} must be on "
            f'"{skill.name}" at '
            f"{when:%Y-%m-%d %H:%M}, but at most {int(lagrangian.most[k, slot])} can be."
        )
    for piece in tables.heads.pieces:
        heads, row = int(tables.heads.counts[piece.row].sum()), tables.heads.names[piece.row]
        days = np.nonzero(piece.at > heads)[0].tolist()
        if piece.hard and not piece.over and days:
            reasons.append(
                f'"{piece.rule}": {counted(int(piece.at[days[0]]), "person", "people")} must work "{row}" '
                f"on {grid.date(days[0])}, "
                f"but only {heads} can count there."
            )
    return tuple(reasons)


def reasons_for_shortfall(tables: Tables, enough: Callable[[], bool]) -> tuple[str, ...]:
    """Why hard staffing limits cannot all be kept at once; empty if that is not proven in two ways.

    The search's own bound, with nothing priced but what hard limits lack, says how many agent-hours every
    roster lacks; the aggregated linear programme has to find some lacking too.
    """
    limits = [piece for piece in tables.staffing.pieces if piece.hard]
    headcounts = [piece for piece in tables.heads.pieces if piece.hard]
    if not limits and not headcounts:
        return ()
    bare = _without_prices(tables)
    pieces = tuple(replace(piece, hard=False, price=LACKING) for piece in limits)
    heads = tuple(replace(piece, hard=False, price=LACKING) for piece in headcounts)
    bare = replace(
        bare, staffing=replace(bare.staffing, pieces=pieces), heads=replace(bare.heads, pieces=heads)
    )
    lagrangian = Lagrangian(bare, Plans.of(bare))
    low, high = lagrangian.box()
    climb = Climb.start(lagrangian, (low + high) / 2)
    climb.climb_iterations(PROOF_STEPS, lambda: climb.bound >= LACKING / 2 or enough())
    if climb.bound < LACKING / 2:
        return ()
    if (least_cost(lagrangian, SECOND_OPINION_SECONDS) or 0.0) <= LACKING / 100:
        return ()
    kept = [piece.rule for piece in limits] + [piece.rule for piece in headcounts]
    names = ", ".join(f'"{name}"' for name in dict.fromkeys(kept))
    stretches = "; ".join(_where(lagrangian, climb, enough))
    lacking = f"{climb.bound / LACKING * tables.slots.minutes / 60:.2f} agent-hours"
    if headcounts:
        lacking = (
            counted(-int(-climb.bound // LACKING), "person", "people")
            if not limits
            else f"{lacking}, or as many people,"
        )
    return (
        f"{names}: every roster lacks at least {lacking} of what must be there. It hurts most {stretches}.",
    )


def _without_prices(tables: Tables) -> Tables:
    """The same problem with work for nothing and no wishes: only what must be kept is left."""
    problem = tables.problem
    free = problem.model_copy(
        update={
            "contracts": tuple(c.model_copy(update={"pay_per_hour": 0}) for c in problem.contracts),
            "agents": tuple(a.model_copy(update={"pay_per_hour": None}) for a in problem.agents),
        }
    )
    musts = tuple(rule for rule in tables.rules.rules if rule.is_must)
    return compile_instance(free, RuleBook(rules=musts))


def _where(lagrangian: Lagrangian, climb: Climb, enough: Callable[[], bool]) -> list[str]:
    """The dear stretches without whose prices less is proven to be lacking; the others can be met."""
    needed, places = [], list(_dear_places(lagrangian.tables, climb.prices))
    for words, there in places:
        without = np.where(there, 0.0, climb.prices)
        if enough() or lagrangian.at(without, with_subgradient=False).bound < climb.bound - LACKING / 100:
            needed.append(words)
    return needed or [words for words, _ in places]


def _dear_places(tables: Tables, prices: Float64Array) -> Iterator[tuple[str, BoolArray]]:
    """Days of headcounts and stretches of time with the highest prices, and where in the prices they lie."""
    grid, pad = tables.problem.grid, tables.slots.pad
    by_day, heads = np.abs(tables.shape.headcounts(prices)), tables.heads.names
    for row, name in enumerate(heads):
        for day in np.flatnonzero(by_day[row] > 0.5 * np.abs(prices).max())[:3].tolist():
            there = np.zeros(prices.shape, bool)
            tables.shape.headcounts(there)[row, day] = True
            yield f'on "{name}" on {grid.date(day)}', there
    inside = np.abs(tables.shape.staffing(prices)[:, pad : pad + tables.slots.inside])
    if not inside.any():
        return
    for k, skill in enumerate(tables.problem.skills):
        dear = inside[k] > 0.5 * inside.max()
        edges = np.flatnonzero(np.diff(np.concatenate([[0], dear.astype(int), [0]])))
        for first, last in list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))[:3]:
            there = np.zeros(prices.shape, bool)
            tables.shape.staffing(there)[k, pad + first : pad + last] = True
            begin, end = grid.local(first * tables.slots.minutes), grid.local(last * tables.slots.minutes)
            yield f'on "{skill.name}" {begin:%a %Y-%m-%d %H:%M} to {end:%H:%M}', there


def broken_rules(tables: Tables, snapshot: Snapshot) -> tuple[str, ...]:
    """What stands in the way of the nearest roster that was found: each broken rule with its agents."""
    roster = roster_of(tables, snapshot)
    reasons = []
    for rule in tables.rules.rules:
        if not rule.is_must or not isinstance(rule, AgentRule):
            continue
        agents = sorted({violation.agent or "" for violation in rule.check(tables.problem, roster)})
        if agents:
            shown = ", ".join(agents[:5]) + (f" and {len(agents) - 5} more" if len(agents) > 5 else "")
            reasons.append(f'"{rule.name}" could not be kept for {shown}.')
    if not reasons:
        hard = sorted({piece.rule for piece in tables.staffing.pieces if piece.hard})
        hard += sorted({cap.rule for cap in tables.staffing.caps if cap.hard})
        hard += sorted({piece.rule for piece in tables.heads.pieces if piece.hard})
        reasons.append(f"Staffing limits that must be kept were not all reached: {', '.join(hard)}.")
    return tuple(reasons)


def _contradicting(tables: Tables, agent: Agent) -> list[Rule] | None:
    """A smallest set of rules that the agent cannot keep together; ``None`` if CP-SAT sees a way."""
    alone = tables.problem.model_copy(update={"agents": (agent,)})
    inherent = [rule for rule in tables.rules.rules if rule.is_one_duty_a_day]
    rules: list[Rule] = [
        rule
        for rule in tables.rules.rules
        if rule.is_must and isinstance(rule, AgentRule) and not rule.is_one_duty_a_day
    ]
    for rule in list(rules):
        fewer = [other for other in rules if other is not rule]
        if _is_stuck(alone, [*inherent, *fewer]):
            rules = fewer
    book = RuleBook(rules=(*inherent, *rules))
    return None if has_legal_week(compile_instance(alone, book)) else rules


def _is_stuck(alone: Problem, rules: list[Rule]) -> bool:
    tables = compile_instance(alone, RuleBook(rules=tuple(rules)))
    lagrangian = Lagrangian(tables, Plans.of(tables))
    return bool(lagrangian.at(lagrangian.nothing(), with_subgradient=False).stuck)
