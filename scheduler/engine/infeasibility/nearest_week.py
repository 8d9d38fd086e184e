"""The sum behind a contradiction: how far an agent's nearest week is from one of the rules.

Of rules that cannot be kept together each can give way alone. The week that keeps the others and breaks this
one least is the best week of the pricing problem where nothing but the breach has a price; the rule's own
``check`` says in words by how much it is broken there ("Ada is paid 30 h in the week of 2026-06-15, agreed
are at least 32 h"). A sentence is only told where the checks of all the other rules pass.
"""

import math
import time
from collections.abc import Iterator, Sequence

import numpy as np

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.roster import Duty, Roster
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.roster_arrays import FREE
from scheduler.model import AgentRule, Rule, RuleBook
from scheduler.model.limits.breaks import BreakLimit, with_earliest_breaks
from scheduler.model.rules.rule import Strength

BREACH_PRICE = 100
"""Price of each unit by which a rule is broken, in a week in which nothing else has a price."""


def nearest_breaches(
    alone: Problem, inherent: Sequence[Rule], contradicting: Sequence[Rule], until: float = math.inf
) -> Iterator[tuple[Rule, str]]:
    """Each rule with what the week that breaks it least, and keeps the others, breaks of it.

    Parameters
    ----------
    alone
        The problem with one agent, whose work costs nothing.
    inherent
        Rules that are kept always.
    contradicting
        An irreducible set of rules that the agent cannot keep together.
    until
        By the monotonic clock; the other rules are left out then.
    """
    for rule in contradicting:
        if time.monotonic() > until:
            return
        others = [*inherent, *(other for other in contradicting if other is not rule)]
        if any(isinstance(limit, BreakLimit) for limit in rule.limits(alone)):
            continue  # breaks are not laid by cost below
        soft = rule.model_copy(update={"strength": Strength.PREFER, "price": BREACH_PRICE})
        instance = compile_instance(alone, RuleBook(rules=(*others, soft)))
        roster = _best_week(instance)
        if roster is None or any(_sentences(alone, other, roster) for other in others):
            continue
        if said := _sentences(alone, rule, roster):
            yield rule, said[0]


def _sentences(alone: Problem, rule: Rule, roster: Roster) -> list[str]:
    return [one.sentence for one in rule.check(alone, roster)] if isinstance(rule, AgentRule) else []


def _best_week(instance: Instance) -> Roster | None:
    """The week that costs least, its breaks as early as they may begin; ``None`` if there is none."""
    lagrangian = Lagrangian(instance, WeekAutomata.of(instance))
    if lagrangian.at(lagrangian.nothing()).stuck:
        return None
    (agent,) = instance.problem.agents
    options, chosen = instance.options, lagrangian.pricing.chosen[0]
    duties = []
    for day in np.flatnonzero(chosen != FREE).tolist():
        option = int(chosen[day])
        start = int(options.start_instant[instance.zone[0], day, option])
        end = start + int(options.elapsed[option])
        duty = Duty(
            agent=agent.name, day=day, template=options.template_of(option).name, start=start, end=end
        )
        duties.append(with_earliest_breaks(instance.problem, agent, duty))
    return Roster(duties=tuple(duties))
