"""Why no legal roster exists, in names that a planner knows.

For an agent without any legal week a deletion filter (Chinneck and Dravnieks 1991) finds an irreducible set
of rules that contradict each other, and CP-SAT, which shares no code with the pricing problem, has to agree
before anybody is told. What it does not confirm is not called a contradiction. That staffing limits cannot
all be kept together is proven in :mod:`~scheduler.engine.infeasibility.shortfall`.
"""

import math
import time
from collections.abc import Callable, Container, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from scheduler.domain.facts.goal_tables import THOUSAND
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.values.words import counted, listed
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.infeasibility.cp_sat_check import LegalWeek, legal_week
from scheduler.engine.infeasibility.nearest_week import nearest_breaches
from scheduler.engine.infeasibility.next_step import change_one, place_of, places_of
from scheduler.engine.infeasibility.out_of_reach import possible_and_asked
from scheduler.engine.infeasibility.reach import hours_against_days
from scheduler.engine.infeasibility.run_network import sum_beyond_runs
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.roster_arrays import Snapshot, roster_of
from scheduler.engine.instance.service_rows import ServiceRow
from scheduler.model import AgentRule, Rule, RuleBook
from scheduler.texts import text, text_n


@dataclass(frozen=True)
class DiagnosisPolicy:
    """Parameters of what is proven and told."""

    most_agents: int = 10
    """Agents that are named one by one: each takes a deletion filter. It bounds the wait, as the first ones
    named are mended first."""
    grace_seconds: float = 3.0
    """Beyond the time limit of a search. It tells apart the rules of most weeks; what is not told by then is
    told as far as it is known."""
    least_check_seconds: float = 1.0
    """For CP-SAT to agree in, however late it is; what it does not confirm was found in vain."""
    most_agents_a_rule: int = 5
    """Agents that are named for one broken rule. More would make the message too long to act on."""


POLICY = DiagnosisPolicy()


class Reasons(NamedTuple):
    """Why people have no legal week: what is proven, and what CP-SAT had no time to confirm."""

    proven: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Core:
    """Rules that somebody cannot keep together.

    Parameters
    ----------
    is_proven
        Whether CP-SAT agreed.
    is_smallest
        Whether each of them is needed for that; else the time ended before all others were left out.
    """

    rules: tuple[Rule, ...]
    is_proven: bool
    is_smallest: bool


def reasons_for_agents(
    lagrangian: Lagrangian, stuck: Sequence[int], remaining_seconds: float = math.inf
) -> Reasons:
    """A sentence for all agents who cannot keep the same rules; empty if none of it could be confirmed.

    It says which rules, and by how much the first one of the agents is beyond each of them in the week that
    keeps the others.

    Parameters
    ----------
    remaining_seconds
        Until the search is to end, beyond which it takes little.
    """
    until = time.monotonic() + max(0.0, remaining_seconds) + POLICY.grace_seconds
    instance = lagrangian.instance
    alike: dict[_Core, list[Agent]] = {}
    known: dict[Hashable, _Core | None] = {}
    looked_at = 0
    for number in stuck[: POLICY.most_agents]:
        if looked_at and time.monotonic() > until:
            break
        looked_at += 1
        agent = instance.problem.agents[number]
        limits = tuple(replace(one.limit, agent="") for one in instance.multi_day_limits[number])
        like = int(lagrangian.pricing.class_of[number]), limits
        if like not in known:
            known[like] = _contradicting(instance, agent, tuple(alike), until)
        if (core := known[like]) is not None:
            alike.setdefault(core, []).append(agent)
    proven = [_cannot_keep(instance, agents, core, until) for core, agents in alike.items() if core.is_proven]
    likely = [_seems_stuck(agents, core) for core, agents in alike.items() if not core.is_proven]
    if proven and len(stuck) > looked_at:
        proven.append(
            text("and {more_agents} like them", more_agents=counted(len(stuck) - looked_at, "more agent"))
        )
    return Reasons(tuple(proven), tuple(likely))


def _cannot_keep(instance: Instance, agents: Sequence[Agent], core: _Core, until: float) -> str:
    """Who cannot keep these rules together, what they ask for, and how near a week comes."""
    rules, names = core.rules, [agent.name for agent in agents]
    parts = [
        text_n(
            "{names} has no legal week: {kept} cannot be kept together.",
            "{names} have no legal week: {kept} cannot be kept together.",
            len(names),
            names=listed(names, POLICY.most_agents),
            kept=_names(rules),
        ),
    ]
    if not core.is_smallest:
        parts.append(text("Fewer of them may be enough for that; there was no time to leave out the others."))
        return " ".join([*parts, change_one(rules)])
    alone = instance.problem.model_copy(update={"agents": tuple(agents[:1])}).unpaid()
    breaches = dict(nearest_breaches(alone, _inherent(instance), rules, until))
    summed = hours_against_days(alone, agents[0], rules)
    parts += [
        text('If "{rule}" gives way, {breach}.', rule=rule.name, breach=breaches[rule])
        if rule in breaches
        else rule.sentence
        for rule in rules
    ]
    parts.append(summed or f"{_figures(alone, _inherent(instance), rules, breaches)}{change_one(rules)}")
    return " ".join(parts)


def _figures(alone: Problem, inherent: Sequence[Rule], rules: Sequence[Rule], told: Container[Rule]) -> str:
    """How far a sum can come by the runs of days, and what is asked for, with a space behind; or nothing.

    Nothing too where the rule is among those of which the nearest week has ``told`` as much.
    """
    beyond = sum_beyond_runs(compile_instance(alone, RuleBook(rules=(*inherent, *rules))))
    if beyond is None:
        return ""
    limit, figure = beyond
    asking = next(rule for rule in rules if limit in rule.limits(alone))
    return "" if asking in told else f"{possible_and_asked(alone, limit, figure, asking)} "


def _seems_stuck(agents: Sequence[Agent], core: _Core) -> str:
    """Who seems to have no legal week, where the time ended before that was confirmed."""
    names = [agent.name for agent in agents]
    return text_n(
        "{names} seems to have no legal week, by {kept}; a longer time limit may prove it.",
        "{names} seem to have no legal week, by {kept}; a longer time limit may prove it.",
        len(names),
        names=listed(names, POLICY.most_agents),
        kept=_names(core.rules),
    )


def _names(rules: Sequence[Rule]) -> str:
    return ", ".join(f'"{rule.name}"' for rule in rules)


def reasons_for_minimums(lagrangian: Lagrangian) -> tuple[str, ...]:
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
        rules = {rule.name: rule for rule in instance.rules.rules}
        asked_at = places_of(rules[name] for name in asking)
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
                )
                if most
                else text("but nobody has the skill"),
                intervals=intervals,
            )
            + " "
            + (
                text(
                    "Set {place} to {most} or less, or let {capping} allow more.",
                    most=most,
                    place=asked_at,
                    capping=places_of(rules[name] for name in capping),
                )
                if most < holders
                else text(
                    "Set {place} to {most} or less, or give more agents the skill on Agents.",
                    most=most,
                    place=asked_at,
                )
                if most
                else text("Give somebody the skill on Agents, or set {place} to 0.", place=asked_at)
            )
        )
    reasons += [_more_than_everybody(goal, most) for goal, most in lagrangian.goals.unreachable]
    for one in instance.heads.breakpoints:
        heads, row = int(instance.heads.counts[one.row].sum()), instance.heads.names[one.row]
        days = np.nonzero(one.at > heads)[0].tolist()
        if one.hard and not one.over and days:
            reasons.append(
                text(
                    '"{rule}": {people} must work "{row}" on {first}, but only {heads} can count there. '
                    "Set {place} to {heads} or less, or let more people count there.",
                    rule=one.rule,
                    people=counted(int(one.at[days[0]]), "person", "people"),
                    row=row,
                    first=grid.date(days[0]),
                    heads=heads,
                    place=place_of(next(rule for rule in instance.rules.rules if rule.name == one.rule)),
                )
            )
    return tuple(reasons)


def _inherent(instance: Instance) -> list[Rule]:
    """The rule that a day holds one duty, which the search takes for granted."""
    return [rule for rule in instance.rules.rules if rule.is_one_duty_a_day]


def _more_than_everybody(goal: ServiceRow, most: int) -> str:
    """Of a goal that everybody together, at work all the time, cannot meet."""
    return text(
        '"{rule}": of "{goal}" {asked:,.0f} contacts are to be answered in time, but with everybody who has '
        "the skill at work all the time it would be {most:,.0f}.",
        rule=goal.rule,
        goal=goal.table.name,
        asked=goal.table.asked / THOUSAND,
        most=most / goal.units_of_contact,
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
        hard += sorted({one.rule for one in instance.staffing.presence_bounds if one.hard})
        hard += sorted({one.rule for one in instance.heads.breakpoints if one.hard})
        hard += sorted({one.rule for one in instance.services.rows if one.hard})
        reasons.append(
            text("Staffing limits that must be kept were not all reached: {hard}.", hard=", ".join(hard))
        )
    return tuple(reasons)


def _contradicting(instance: Instance, agent: Agent, found: Sequence[_Core], until: float) -> _Core | None:
    """As few rules as there is time for that exclude every week; ``None`` if CP-SAT finds one.

    Those of other people are tried first, as they are few.
    """
    alone = instance.problem.model_copy(update={"agents": (agent,)})
    inherent = _inherent(instance)
    own: list[Rule] = [
        rule
        for rule in instance.rules.rules
        if rule.is_must and isinstance(rule, AgentRule) and not rule.is_one_duty_a_day
        if rule.scope.covers(agent)
    ]

    def is_stuck(rules: Sequence[Rule]) -> bool:
        return _is_stuck(alone, [*inherent, *rules])

    of_others = (one.rules for one in found if one.is_smallest and {*one.rules} <= {*own})
    start = next((rules for rules in of_others if time.monotonic() < until and is_stuck(rules)), own)
    rules, is_smallest = _fewest(start, is_stuck, until)
    if not is_smallest and start is not own:
        rules, is_smallest = list(start), True  # of somebody else they are
    seconds = max(POLICY.least_check_seconds, until - time.monotonic())
    book = RuleBook(rules=(*inherent, *rules))
    week = legal_week(compile_instance(alone, book), most_seconds=seconds)
    if week is LegalWeek.EXISTS:
        return None
    return _Core(tuple(rules), week is LegalWeek.EXCLUDED, is_smallest)


def _fewest(
    rules: Sequence[Rule], is_stuck: Callable[[Sequence[Rule]], bool], until: float
) -> tuple[list[Rule], bool]:
    """Of rules that exclude every week those that are needed for it, and whether there was time for all.

    A deletion filter; half of them are left out at once first, then fewer and fewer, so that many are gone
    early.
    """
    kept, size = list(rules), max(1, len(rules) // 2)
    while True:
        first = 0
        while first < len(kept):
            if time.monotonic() > until:
                return kept, False
            fewer = kept[:first] + kept[first + size :]
            if is_stuck(fewer):
                kept = fewer
            else:
                first += size
        if size == 1:
            return kept, True
        size //= 2


def _is_stuck(alone: Problem, rules: list[Rule]) -> bool:
    instance = compile_instance(alone, RuleBook(rules=tuple(rules)))
    lagrangian = Lagrangian(instance, WeekAutomata.of(instance))
    return bool(lagrangian.at(lagrangian.nothing(), with_subgradient=False).stuck)
