"""Why no legal roster exists, in names that a planner knows.

For an agent without any legal week a deletion filter (Chinneck and Dravnieks 1991) finds an irreducible set
of rules that contradict each other, and CP-SAT, which shares no code with the pricing problem, has to agree
before anybody is told. What it does not confirm is not called a contradiction. That staffing limits cannot
all be kept is proven by the Lagrangian bound with nothing else priced; the aggregated programme, which is an
approximation, has to agree.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scheduler.domain.problem import Agent, Problem
from scheduler.domain.words import counted, listed
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.aggregated_lp import least_cost
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.bound.subgradient_adam import SubgradientAscent
from scheduler.engine.infeasibility.cp_sat_check import has_legal_week
from scheduler.engine.infeasibility.nearest_week import nearest_breaches
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.roster_arrays import Snapshot, roster_of
from scheduler.engine.kernel.arrays import BoolArray, Float64Array
from scheduler.model import AgentRule, Rule, RuleBook
from scheduler.texts import text, text_n

LACKING_PRICE = 60_000
"""Price of an agent-slot that a hard limit lacks where nothing else has a price, in sixtieths of a cent: ten
units of currency."""


@dataclass(frozen=True)
class DiagnosisPolicy:
    """Parameters of what is proven and told."""

    most_agents: int = 10
    """Agents that are named one by one: each takes a deletion filter. Chosen by hand."""
    most_agents_a_rule: int = 5
    """Agents that are named for one broken rule. Chosen by hand."""
    most_places: int = 3
    """Days or periods that are named of each headcount row or skill. Chosen by hand."""
    dear_fraction: float = 0.5
    """A place is named where its price is above this fraction of the dearest. Chosen by hand."""
    proof_iterations: int = 400
    """Of the ascent of a proof. Chosen by hand; not varied."""
    proven_fraction: float = 0.5
    """Of one lacking agent-slot: a bound of as much proves that something is lacking. Chosen by hand."""
    told_apart_fraction: float = 0.01
    """Of one lacking agent-slot: less is the solver's tolerance. Chosen by hand."""
    second_opinion_seconds: float = 30.0
    """For the aggregated programme. Chosen by hand; not varied."""


POLICY = DiagnosisPolicy()


def reasons_for_agents(instance: Instance, stuck: Sequence[int]) -> tuple[str, ...]:
    """A sentence for all agents who cannot keep the same rules; empty if none of it could be confirmed.

    It says which rules, and by how much the first one of the agents is beyond each of them in the week that
    keeps the others.
    """
    alike: dict[tuple[Rule, ...], list[Agent]] = {}
    for number in stuck[: POLICY.most_agents]:
        agent = instance.problem.agents[number]
        rules = _contradicting(instance, agent)
        if rules is not None:
            alike.setdefault(tuple(rules), []).append(agent)
    reasons = [_cannot_keep(instance, agents, rules) for rules, agents in alike.items()]
    if reasons and len(stuck) > POLICY.most_agents:
        reasons.append(
            text(
                "and {more_agents} like them",
                more_agents=counted(len(stuck) - POLICY.most_agents, "more agent"),
            )
        )
    return tuple(reasons)


def _cannot_keep(instance: Instance, agents: Sequence[Agent], rules: Sequence[Rule]) -> str:
    """Who cannot keep these rules together, what they ask for, and how near a week comes."""
    names = [agent.name for agent in agents]
    parts = [
        text_n(
            "{names} has no legal week: {kept} cannot be kept together.",
            "{names} have no legal week: {kept} cannot be kept together.",
            len(names),
            names=listed(names, POLICY.most_agents),
            kept=", ".join(f'"{rule.name}"' for rule in rules),
        ),
        *(rule.sentence for rule in rules),
    ]
    breaches = dict(nearest_breaches(_unpaid(instance.problem, agents[:1]), _inherent(instance), rules))
    for rule, breach in breaches.items():
        others = ", ".join(f'"{other.name}"' for other in rules if other is not rule)
        parts.append(
            text("With {others} kept, {breach}.", others=others, breach=breach)
            if others
            else text("At best {breach}.", breach=breach)
        )
    return " ".join(parts)


def reasons_for_floors(lagrangian: Lagrangian) -> tuple[str, ...]:
    """A sentence for each skill and each headcount that asks for more people than there are."""
    instance = lagrangian.instance
    grid = instance.problem.grid
    per_interval = grid.interval_minutes // instance.slots.minutes
    reasons = []
    for k, skill in enumerate(instance.problem.skills):
        beyond = np.nonzero(lagrangian.least[k] > lagrangian.most[k])[0]
        if not len(beyond):
            continue
        slot = int(beyond[0])
        hard = [one for one in instance.staffing.breakpoints if one.hard and one.skill == k]
        asking = sorted({one.rule for one in hard if not one.over})
        holders = sum(skill.name in agent.skills for agent in instance.problem.agents)
        most = int(lagrangian.most[k, slot])
        capping = sorted({one.rule for one in hard if one.over})
        intervals = len(np.unique(beyond // per_interval))
        reasons.append(
            text_n(
                '{rules}: {agents} must be on "{skill}" at {when:%Y-%m-%d %H:%M}, {but}.',
                '{rules}: {agents} must be on "{skill}" at {when:%Y-%m-%d %H:%M}, {but}. It is so in '
                "{intervals} intervals.",
                intervals,
                rules=", ".join(asking),
                agents=counted(int(lagrangian.least[k, slot]), "agent"),
                skill=skill.name,
                when=grid.interval_start(slot // per_interval),
                but=text("but at most {most} may be ({rules})", most=most, rules=", ".join(capping))
                if most < holders
                else text_n(
                    "but only {most} has the skill", "but only {most} have the skill", most, most=most
                ),
                intervals=intervals,
            )
        )
    for one in instance.heads.breakpoints:
        heads, row = int(instance.heads.counts[one.row].sum()), instance.heads.names[one.row]
        days = np.nonzero(one.at > heads)[0].tolist()
        if one.hard and not one.over and days:
            reasons.append(
                text(
                    '"{rule}": {people} must work "{row}" on {first}, but only {heads} can count there.',
                    rule=one.rule,
                    people=counted(int(one.at[days[0]]), "person", "people"),
                    row=row,
                    first=grid.date(days[0]),
                    heads=heads,
                )
            )
    return tuple(reasons)


def reasons_for_shortfall(instance: Instance, enough: Callable[[], bool]) -> tuple[str, ...]:
    """Why hard staffing limits cannot all be kept at once; empty if that is not proven in two ways.

    The Lagrangian bound with nothing priced but what hard limits lack says how many agent-hours every roster
    lacks; the optimum of the aggregated programme has to be above zero too.
    """
    limits = [one for one in instance.staffing.breakpoints if one.hard]
    headcounts = [one for one in instance.heads.breakpoints if one.hard]
    if not limits and not headcounts:
        return ()
    lagrangian = _lacking(instance, (rule for rule in instance.rules.rules if rule.is_must))
    low, high = lagrangian.box()
    ascent = SubgradientAscent.start(lagrangian, (low + high) / 2)
    proven = POLICY.proven_fraction * LACKING_PRICE
    ascent.ascend_iterations(POLICY.proof_iterations, lambda: ascent.bound >= proven or enough())
    if ascent.bound < proven:
        return ()
    second = least_cost(lagrangian, POLICY.second_opinion_seconds) or 0.0
    if second <= POLICY.told_apart_fraction * LACKING_PRICE:
        return ()
    kept = [one.rule for one in limits] + [one.rule for one in headcounts]
    names = ", ".join(f'"{name}"' for name in dict.fromkeys(kept))
    stretches = "; ".join(_where(lagrangian, ascent, enough))
    lacking = text(
        "{bound:.2f} agent-hours", bound=ascent.bound / LACKING_PRICE * instance.slots.minutes / 60
    )
    if headcounts:
        lacking = (
            counted(-int(-ascent.bound // LACKING_PRICE), "person", "people")
            if not limits
            else text("{lacking}, or as many people,", lacking=lacking)
        )
    return (
        text(
            "{names}: every roster lacks at least {lacking} of what must be there. It hurts most "
            "{stretches}.",
            names=names,
            lacking=lacking,
            stretches=stretches,
        )
        + _kept_away(instance, ascent, proven, enough),
    )


def _lacking(instance: Instance, rules: Iterable[Rule]) -> Lagrangian:
    """The problem in which nothing has a price but what hard staffing limits lack, under these rules."""
    bare = _without_prices(instance, rules)
    limits = (one for one in instance.staffing.breakpoints if one.hard)
    headcounts = (one for one in instance.heads.breakpoints if one.hard)
    breakpoints = tuple(replace(one, hard=False, price=LACKING_PRICE) for one in limits)
    heads = tuple(replace(one, hard=False, price=LACKING_PRICE) for one in headcounts)
    bare = replace(
        bare,
        staffing=replace(bare.staffing, breakpoints=breakpoints),
        heads=replace(bare.heads, breakpoints=heads),
    )
    return Lagrangian(bare, WeekAutomata.of(bare))


def _kept_away(
    instance: Instance, ascent: SubgradientAscent, proven: float, enough: Callable[[], bool]
) -> str:
    """Rules of single people that suffice for the proof: each other one was left out, and it still holds."""
    musts = [rule for rule in instance.rules.rules if rule.is_must]
    kept = [rule for rule in musts if isinstance(rule, AgentRule) and not rule.is_one_duty_a_day]
    for rule in list(kept):
        if enough():
            return ""
        fewer = [other for other in musts if other is not rule]
        lagrangian = _lacking(instance, fewer)
        if lagrangian.nothing().shape != ascent.prices.shape:  # other slots: what is proven there is not this
            continue
        if lagrangian.at(ascent.prices, with_subgradient=False).bound >= proven:
            musts, kept = fewer, [other for other in kept if other is not rule]
    if not kept:
        return ""
    return " " + text(
        "That follows from these rules already: {rules}",
        rules=" ".join(f'"{rule.name}" ({rule.sentence.removesuffix(".")}).' for rule in kept),
    )


def _without_prices(instance: Instance, rules: Iterable[Rule]) -> Instance:
    """The same problem with unpaid work, and these rules alone."""
    problem = instance.problem
    return compile_instance(_unpaid(problem, problem.agents), RuleBook(rules=tuple(rules)))


def _unpaid(problem: Problem, agents: Sequence[Agent]) -> Problem:
    """The problem with these agents, whose work costs nothing."""
    return problem.model_copy(
        update={
            "contracts": tuple(c.model_copy(update={"pay_per_hour": 0}) for c in problem.contracts),
            "agents": tuple(a.model_copy(update={"pay_per_hour": None}) for a in agents),
        }
    )


def _inherent(instance: Instance) -> list[Rule]:
    """The rule that a day holds one duty, which the search takes for granted."""
    return [rule for rule in instance.rules.rules if rule.is_one_duty_a_day]


def _where(lagrangian: Lagrangian, ascent: SubgradientAscent, enough: Callable[[], bool]) -> list[str]:
    """The dear places without whose prices less is proven to be lacking; the others can be met."""
    needed, places = [], list(_dear_places(lagrangian.instance, ascent.prices))
    for words, there in places:
        without = np.where(there, 0.0, ascent.prices)
        bound = lagrangian.at(without, with_subgradient=False).bound
        if enough() or bound < ascent.bound - POLICY.told_apart_fraction * LACKING_PRICE:
            needed.append(words)
    return needed or [words for words, _ in places]


def _dear_places(instance: Instance, prices: Float64Array) -> Iterator[tuple[str, BoolArray]]:
    """Days of headcounts and periods with the highest prices, and where in the prices they lie."""
    grid, pad = instance.problem.grid, instance.slots.pad
    by_day, heads = np.abs(instance.shape.headcounts(prices)), instance.heads.names
    for row, name in enumerate(heads):
        dear = by_day[row] > POLICY.dear_fraction * np.abs(prices).max()
        for day in np.flatnonzero(dear)[: POLICY.most_places].tolist():
            there = np.zeros(prices.shape, bool)
            instance.shape.headcounts(there)[row, day] = True
            yield text('on "{name}" on {day}', name=name, day=grid.date(day)), there
    inside = np.abs(instance.shape.staffing(prices)[:, pad : pad + instance.slots.inside])
    if not inside.any():
        return
    for k, skill in enumerate(instance.problem.skills):
        dear = inside[k] > POLICY.dear_fraction * inside.max()
        edges = np.flatnonzero(np.diff(np.concatenate([[0], dear.astype(int), [0]])))
        periods = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
        for first, last in periods[: POLICY.most_places]:
            there = np.zeros(prices.shape, bool)
            instance.shape.staffing(there)[k, pad + first : pad + last] = True
            begin, end = grid.local(first * instance.slots.minutes), grid.local(last * instance.slots.minutes)
            yield (
                text(
                    'on "{skill}" {begin:%a %Y-%m-%d %H:%M} to {end:%H:%M}',
                    skill=skill.name,
                    begin=begin,
                    end=end,
                ),
                there,
            )


def broken_rules(instance: Instance, snapshot: Snapshot) -> tuple[str, ...]:
    """The rules that the last roster of the search breaks, each with its agents."""
    roster = roster_of(instance, snapshot)
    reasons = []
    for rule in instance.rules.rules:
        if not rule.is_must or not isinstance(rule, AgentRule):
            continue
        agents = sorted({violation.agent or "" for violation in rule.check(instance.problem, roster)})
        if agents:
            shown = listed(agents, POLICY.most_agents_a_rule)
            reasons.append(text('"{rule}" could not be kept for {shown}.', rule=rule.name, shown=shown))
    if not reasons:
        hard = sorted({one.rule for one in instance.staffing.breakpoints if one.hard})
        hard += sorted({cap.rule for cap in instance.staffing.caps if cap.hard})
        hard += sorted({one.rule for one in instance.heads.breakpoints if one.hard})
        reasons.append(
            text("Staffing limits that must be kept were not all reached: {hard}.", hard=", ".join(hard))
        )
    return tuple(reasons)


def _contradicting(instance: Instance, agent: Agent) -> list[Rule] | None:
    """An irreducible set of rules that the agent cannot keep together; ``None`` if CP-SAT finds a week."""
    alone = instance.problem.model_copy(update={"agents": (agent,)})
    inherent = _inherent(instance)
    rules: list[Rule] = [
        rule
        for rule in instance.rules.rules
        if rule.is_must and isinstance(rule, AgentRule) and not rule.is_one_duty_a_day
    ]
    for rule in list(rules):
        fewer = [other for other in rules if other is not rule]
        if _is_stuck(alone, [*inherent, *fewer]):
            rules = fewer
    book = RuleBook(rules=(*inherent, *rules))
    return None if has_legal_week(compile_instance(alone, book)) else rules


def _is_stuck(alone: Problem, rules: list[Rule]) -> bool:
    instance = compile_instance(alone, RuleBook(rules=tuple(rules)))
    lagrangian = Lagrangian(instance, WeekAutomata.of(instance))
    return bool(lagrangian.at(lagrangian.nothing(), with_subgradient=False).stuck)
