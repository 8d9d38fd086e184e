"""What of a roster stands at a moment.

Duties that somebody's absence cancels fall away before anything is decided, and rules that the past has
broken already hold from the moment on only.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from scheduler.domain.facts.absence import pins_kept
from scheduler.domain.facts.agent import TimeOff, Window
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.findings.finding import Finding, Place, Severity
from scheduler.domain.results.outcome import Report, Violation
from scheduler.domain.results.roster import AgentDay, Duty, Roster
from scheduler.domain.results.worked_nights import meets
from scheduler.domain.values.spans import merged
from scheduler.domain.values.words import counted, listed
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import Rule, Strength, TeamRule
from scheduler.texts import text

_MOST_NAMES = 6
_STAFFING = frozenset(("demand.minimum", "demand.maximum"))
"""Facts of intervals: of a day that has begun, those behind the moment are asked for still."""


@dataclass(frozen=True)
class RosterAtMoment:
    """A roster at a moment.

    Parameters
    ----------
    roster
        What is left of it.
    cancelled
        Why duties fell away, by agent and day.
    stays_free
        Days whose duty a sick call cancelled by a part of it, or an absence that no rule bars. They hold no
        other duty, for which the agent would be paid twice, nor the same again.
    findings
        What of the roster does not fit the week any more.
    """

    roster: Roster
    cancelled: dict[AgentDay, str] = field(default_factory=dict)
    stays_free: frozenset[AgentDay] = frozenset()
    findings: tuple[Finding, ...] = ()


def roster_at(problem: Problem, rules: RuleBook, roster: Roster, since: int) -> RosterAtMoment:
    """What of a roster can still be worked: who is away does not, but where that has a price alone.

    A sick call cancels whatever the rules say. Where no rule bars the duty, it is not given back either.

    Parameters
    ----------
    since
        The instant from which on things may change.
    """
    findings = list(_unknown(problem, roster))
    away_of = {agent.name: _away(rules, agent) for agent in problem.agents}
    kept: list[Duty] = []
    cancelled: dict[AgentDay, str] = {}
    stays_free: set[AgentDay] = set()
    for duty in roster.duties:
        agent = problem.agent_named.get(duty.agent)
        if not 0 <= duty.day < problem.grid.days:
            continue
        if agent is None:
            reason = text("not on Agents any more")
        elif duty.template not in problem.template_named:
            reason = text("a shift that is not on Shifts any more")
        else:
            away = away_of[agent.name]
            reason = _cancelled(problem, agent, duty, since, away.of_agent)
            is_held = bool(reason) and not away.is_barred
            if not reason and _meets_sick_call(problem, agent, duty):
                reason = text("sick for a part of this duty, which is cancelled as a whole")
                is_held = True
            if is_held and not _is_pinned(problem, agent, duty):
                stays_free.add((duty.agent, duty.day))
        if reason:
            cancelled[duty.agent, duty.day] = reason
        else:
            kept.append(duty)
    return RosterAtMoment(Roster(duties=tuple(kept)), cancelled, frozenset(stays_free), tuple(findings))


class _Away(NamedTuple):
    """When somebody is away for certain, and whether rules bar duties then."""

    of_agent: tuple[TimeOff | Window, ...]
    is_barred: bool


def _away(rules: RuleBook, agent: Agent) -> _Away:
    """The absences of an agent without those that rules only price."""

    def strengths(fact: str) -> set[Strength]:
        own = (rule for rule in rules.active() if fact in rule.heeded() and rule.scope.covers(agent))
        return {rule.strength for rule in own}

    off, available = strengths("agents.time_off"), strengths("agents.unavailable")
    time_off = [one for one in agent.time_off if one.kind == "sick" or off != {Strength.PREFER}]
    unavailable = agent.unavailable if available != {Strength.PREFER} else ()
    is_barred = (Strength.MUST in off or not time_off) and (Strength.MUST in available or not unavailable)
    return _Away((*time_off, *unavailable), is_barred)


def _is_pinned(problem: Problem, agent: Agent, duty: Duty) -> bool:
    on = problem.grid.date(duty.day)
    return any(not pin.off and pin.day == on for pin in pins_kept(problem, agent))


def _meets_sick_call(problem: Problem, agent: Agent, duty: Duty) -> bool:
    return any(one.kind == "sick" and meets(problem, agent, one, duty) for one in agent.time_off)


def _unknown(problem: Problem, roster: Roster) -> Iterator[Finding]:
    """Agents, shifts and days of the roster that the week does not have, one line a kind."""
    inside = [duty for duty in roster.duties if 0 <= duty.day < problem.grid.days]
    if outside := len(roster.duties) - len(inside):
        yield _warning(
            text(
                "{duties} of the roster lie outside of the days that are planned, and are left out.",
                duties=counted(outside, "duty", "duties"),
            )
        )
    gone = list(dict.fromkeys(duty.agent for duty in inside if duty.agent not in problem.agent_named))
    if gone:
        yield _warning(
            text(
                "{people} of the roster are not on Agents any more, and their duties fall away: {names}.",
                people=counted(len(gone), "person", "people"),
                names=listed(gone, _MOST_NAMES),
            )
        )
    shifts = list(dict.fromkeys(one.template for one in inside if one.template not in problem.template_named))
    if shifts:
        lost = sum(duty.template in shifts for duty in inside)
        yield _warning(
            text(
                "{duties} of the roster are of shifts that are on Shifts no more, and fall away: {names}.",
                duties=counted(lost, "duty", "duties"),
                names=listed(shifts, _MOST_NAMES),
            )
        )


def _warning(message: str) -> Finding:
    return Finding(place=Place(path=("roster",)), message=message, severity=Severity.WARNING)


def _cancelled(
    problem: Problem, agent: Agent, duty: Duty, since: int, absences: tuple[TimeOff | Window, ...]
) -> str:
    """Why a duty does not take place; empty where it does, or where it may still be changed to fit."""
    grid, zone = problem.grid, problem.zone_of(agent)
    if not agent.is_employed_on(grid.date(duty.day)):
        return text("not employed on that day")
    away = merged((grid.instant(window.start, zone), grid.instant(window.end, zone)) for window in absences)
    for begin, end in away:
        if begin >= duty.end or end <= duty.start:
            continue
        if begin <= duty.start and end >= duty.end:
            return text("away all the time of this duty")
        if duty.start < since and not _can_end(problem, duty, since, begin):
            return text("away for a part of this duty, which had begun and cannot be made short enough")
    return ""


def _can_end(problem: Problem, duty: Duty, since: int, by: int) -> bool:
    """Whether a duty under way can be made to end by then."""
    lengths = problem.template_named[duty.template].lengths
    return any(since <= duty.start + length <= by for length in lengths)


def ahead(problem: Problem, rules: RuleBook, now: Report, since: int) -> tuple[Problem, RuleBook]:
    """The same week and rules, without asking of the past what it has not kept.

    Parameters
    ----------
    now
        The verifier's report on the roster as it stands.
    since
        The instant from which on things may change.
    """
    if since <= 0:
        return problem, rules
    length, first = problem.grid.interval_minutes, problem.grid.day_of(since)
    begun = -(-since // length)
    demand = problem.demand
    known = {found.rule for found in now.broken if found.days and min(found.days) <= first}
    if any(rule.name in known and rule.heeded() & _STAFFING for rule in rules.rules):
        demand = tuple(
            one.model_copy(
                update={
                    "minimum": (*(0 for _ in one.minimum[:begun]), *one.minimum[begun:]),
                    "maximum": (*(None for _ in one.maximum[:begun]), *one.maximum[begun:]),
                }
            )
            for one in demand
        )
    past = [found for found in now.broken if found.days and max(found.days) < first]
    broken = {name: list(found) for name, found in groupby(sorted(past, key=_rule), key=_rule)}
    changed = [
        part
        for rule in rules.rules
        for part in (_from_day(problem, rule, broken[rule.name], first) if rule.name in broken else [rule])
    ]
    return problem.model_copy(update={"demand": demand}), RuleBook(rules=tuple(changed))


def _rule(violation: Violation) -> str:
    return violation.rule


def _from_day(problem: Problem, rule: Rule, broken: list[Violation], first: int) -> Iterator[Rule]:
    """The rule, for those who have broken it from a day on only."""
    names = {found.agent for found in broken}
    on = problem.grid.date(first)
    late = rule.scope.model_copy(update={"first_day": max(on, rule.scope.first_day or on)})
    if isinstance(rule, TeamRule) or None in names:
        yield rule.model_copy(update={"scope": late})
        return
    others = tuple(agent.name for agent in rule.scope.covered_agents(problem) if agent.name not in names)
    if others:
        yield rule.model_copy(update={"scope": rule.scope.model_copy(update={"agents": others})})
    scope = late.model_copy(update={"agents": tuple(sorted(name for name in names if name))})
    label = text("{rule}, from {day}", rule=rule.name, day=on) if others else rule.label
    yield rule.model_copy(update={"scope": scope, "label": label})
