"""People whose own sums over a long time cannot be met, whatever others do: what is asked, what is possible.

Sums over a long horizon do not always fit into the automaton of a best week (see
:mod:`~scheduler.engine.automata.size_budget`), so that no week need be missed there though none is legal. The
automaton without the sum says how much of it a week can have at most: the longest path, where every option
earns what it adds (a resource relaxed, as in a bound). CP-SAT has to agree before anybody is told.
"""

import math
import time
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.values.words import counted, from_to_days, hours_words, listed
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.automata.size_budget import Budget
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.infeasibility.cp_sat_check import LegalWeek, legal_week
from scheduler.engine.infeasibility.next_step import change_one
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.verb_tables import amounts, free_amount
from scheduler.model import AgentRule, Rule, RuleBook, Total
from scheduler.model.limits.verbs import OfTemplate, Verb, Worked
from scheduler.texts import text, text_n


@dataclass(frozen=True)
class OutOfReachPolicy:
    """Parameters of what is looked at."""

    most_agents: int = 10
    """People whose sums are looked at, each by a best week a sum. It bounds the wait; those named first are
    mended first."""
    most_seconds: float = 20.0
    """For all of them; a proof that takes longer is given up. It bounds what a search loses that would have
    found a roster."""
    grace_seconds: float = 3.0
    """Beyond the time limit of a search, at most. More proves more, to somebody who waits longer."""
    least_check_seconds: float = 1.0
    """For CP-SAT to agree in, however late it is; a proof that it does not confirm was in vain."""
    short_sum_days: int = 31
    """Sums over more days than this are looked at last: each makes the automaton many times as large."""


POLICY = OutOfReachPolicy()
FOR_ONE = Budget(pricing_nanoseconds=2e7, transitions=2_000_000)
"""How large the automaton of one agent may be here. Larger proves what only many rules together exclude, and
takes seconds a sum."""


def sums_out_of_reach(
    lagrangian: Lagrangian, broken: Sequence[int], remaining_seconds: float = math.inf
) -> tuple[str, ...]:
    """A sentence for all people who cannot meet a sum for the same reason; empty if none was confirmed.

    Parameters
    ----------
    broken
        Numbers of the agents whose limits the first roster breaks.
    remaining_seconds
        Until the search is to end, beyond which it takes little.
    """
    seconds = min(POLICY.most_seconds, max(0.0, remaining_seconds) + POLICY.grace_seconds)
    until = time.monotonic() + seconds
    instance = lagrangian.instance
    carried = set(lagrangian.automata.carried_rules)
    hard = [rule for rule in instance.rules.rules if rule.is_must and isinstance(rule, AgentRule)]
    left_out = [rule for rule in hard if rule.name not in carried and not rule.is_one_duty_a_day]
    alike: dict[tuple[Rule, ...], list[tuple[Agent, str]]] = defaultdict(list)
    known: dict[Hashable, tuple[tuple[Rule, ...], str] | None] = {}
    for number in broken[: POLICY.most_agents]:
        agent = instance.problem.agents[number]
        limits = tuple(replace(one.limit, agent="") for one in instance.multi_day_limits[number])
        like = int(lagrangian.pricing.class_of[number]), limits
        if like not in known:
            alone = instance.problem.model_copy(update={"agents": (agent,)}).unpaid()
            each = (
                _contradiction(alone, [other for other in hard if other is not rule], rule, until)
                for rule in left_out
            )
            known[like] = next((found for found in each if found is not None), None)
        if (found := known[like]) is not None:
            alike[found[0]].append((agent, found[1]))
    return tuple(_told(rules, people) for rules, people in alike.items())


def _told(rules: Sequence[Rule], people: Sequence[tuple[Agent, str]]) -> str:
    """Who cannot keep these rules together, with the two figures of the first one."""
    names = [agent.name for agent, _ in people]
    who = text_n(
        "{names} has no legal week: {kept} cannot be kept together.",
        "{names} have no legal week: {kept} cannot be kept together.",
        len(names),
        names=listed(names, POLICY.most_agents),
        kept=", ".join(f'"{rule.name}"' for rule in rules),
    )
    return f"{who} {people[0][1]} {change_one(rules)}"


def _contradiction(
    alone: Problem, all_others: list[Rule], rule: Rule, until: float
) -> tuple[tuple[Rule, ...], str] | None:
    """The rules that one agent cannot keep together with a sum, and the figures; ``None`` if CP-SAT can.

    Rules on the shape of a week are taken first, then sums one by one, until they exclude it; then each that
    is not needed for that is left out again.
    """
    for limit in rule.limits(alone):
        if not isinstance(limit, Total) or limit.on_any_of or limit.price is not None:
            continue
        if time.monotonic() > until:
            return None
        sums = [other for other in all_others if _is_long_sum(alone, other)]
        others = [other for other in all_others if other not in sums]
        figure = _figure(alone, others, limit)
        while figure is None and sums and time.monotonic() < until:
            others.append(sums.pop(0))
            figure = _figure(alone, others, limit)
        if figure is None:
            continue
        for other in list(others):
            fewer = [one for one in others if one is not other]
            if other.is_one_duty_a_day or time.monotonic() > until:
                continue
            without = _figure(alone, fewer, limit)
            if without is not None:
                others, figure = fewer, without
        seconds = max(POLICY.least_check_seconds, until - time.monotonic())
        book = RuleBook(rules=(*others, rule))
        if legal_week(compile_instance(alone, book), most_seconds=seconds) is not LegalWeek.EXCLUDED:
            return None
        named = [one for one in others if not one.is_one_duty_a_day]
        return (*named, rule), possible_and_asked(alone, limit, figure, rule)
    return None


def _is_long_sum(alone: Problem, rule: Rule) -> bool:
    return any(
        isinstance(limit, Total) and len(limit.on) + sum(map(len, limit.on_any_of)) > POLICY.short_sum_days
        for limit in rule.limits(alone)
    )


def _figure(alone: Problem, rules: Iterable[Rule], limit: Total) -> int | None:
    """What a week that keeps the rules has of a sum at most, or at least, where that is beyond its limit."""
    instance = compile_instance(alone, RuleBook(rules=tuple(rules)))
    lagrangian = Lagrangian(instance, WeekAutomata.of(instance, FOR_ONE))
    free = free_amount(limit.of)
    added = np.zeros((alone.grid.days, instance.options.count))
    for day in limit.on:
        added[day] = amounts(instance.options, limit.of, int(instance.zone[0]), day) - free
    base = limit.carried_in + free * len(limit.on)
    if limit.at_least is not None:
        most = lagrangian.pricing.most_of(added)
        if most is not None and base + most < limit.at_least:
            return base + round(most)
    if limit.at_most is not None:
        least = lagrangian.pricing.most_of(-added)
        if least is not None and base - least > limit.at_most:
            return base - round(least)
    return None


def possible_and_asked(alone: Problem, limit: Total, nearest_number: int, rule: Rule) -> str:
    """How far a sum can come, and what the rule asks for."""
    when = from_to_days(alone.grid.date(min(limit.on)), alone.grid.date(max(limit.on)))
    if limit.at_least is not None and nearest_number < limit.at_least:
        return text(
            'At most {most} are possible {when}, and "{rule}" asks for at least {least}.',
            when=when,
            most=_amount(limit.of, nearest_number),
            rule=rule.name,
            least=_amount(limit.of, limit.at_least),
        )
    return text(
        'At least {least} are worked {when}, and "{rule}" allows at most {most}.',
        when=when,
        least=_amount(limit.of, nearest_number),
        rule=rule.name,
        most=_amount(limit.of, limit.at_most or 0),
    )


def _amount(verb: Verb, figure: int) -> str:
    if isinstance(verb, OfTemplate):
        return counted(figure, "shift")
    if isinstance(verb, Worked):
        return counted(figure, "day")
    return hours_words(figure)
