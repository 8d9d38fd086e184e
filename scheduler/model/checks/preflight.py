"""Which rules cannot be planned by, told before a search and not after it.

``solve`` and ``check`` call it. A search keeps what a rule's ``limits`` demand, and a roster is judged by its
``check``: a rule that finds fault without demanding anything would be noticed by the verifier alone, when
the time is spent. Whatever is told here can be checked all the same, with the strength ``report``.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from scheduler.domain.facts.problem import Agent, Problem, ShiftTemplate
from scheduler.domain.findings.finding import Finding, Place
from scheduler.domain.results.outcome import Coverage
from scheduler.domain.results.roster import Duty, Roster
from scheduler.model.limits.breaks import with_earliest_breaks
from scheduler.model.limits.kinds import Limit, Total, beyond_search
from scheduler.model.limits.verbs import Worked
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import AgentRule, Rule, TeamRule
from scheduler.texts import text

AGENTS_TRIED = 12
"""Agents at work in each roster that a rule is tried on, of those whom it covers."""
TEMPLATES_TRIED = 60
"""Shifts that each of them works, one after the other: more than most centres have."""


def unplannable(
    problem: Problem, rules: RuleBook, coverage_of: Callable[[Roster], Coverage]
) -> list[Finding]:
    """Every rule that is to be planned by and cannot be, in the order of the book.

    Parameters
    ----------
    coverage_of
        Counts a roster's staffing; called for rules of the team that demand nothing.
    """
    found = []
    if not leaves_one_duty_a_day(problem, rules):
        kept = next((place for place, rule in enumerate(rules.rules) if rule.is_one_duty_a_day), None)
        at = Place(path=("rules",) if kept is None else ("rules", kept, "strength"))
        found.append(split_days().model_copy(update={"place": at}))
    for place, rule in enumerate(rules.rules):
        if rule.is_planned:
            fault = _fault(problem, rule, coverage_of)
            if fault is not None:
                at = Place(path=("rules", place, "strength"))
                found.append(fault.model_copy(update={"place": at}))
    return found


def leaves_one_duty_a_day(problem: Problem, rules: RuleBook) -> bool:
    """Whether the rules that must be kept leave everybody one duty a day at most.

    Every search takes that for granted, and so do the best weeks of a bound.
    """
    missing = {(agent.name, day) for agent in problem.agents for day in range(problem.grid.days)}
    # the rule that is made for it comes first, so that the limits of others are hardly ever asked for
    for rule in sorted(rules.planned.rules, key=lambda rule: not rule.is_one_duty_a_day):
        for limit in rule.limits(problem) if rule.is_must else ():
            match limit:
                case Total(of=Worked(), on=(day,), on_any_of=(), at_most=int(most)) if most <= 1:
                    missing.discard((limit.agent, day))
        if not missing:
            return True
    return False


def split_days() -> Finding:
    """That some day of somebody may hold two duties."""
    return Finding(
        message=text(
            'the search plans one shift a day; keep the rule "one_shift_a_day" at must, for all and every '
            "day."
        )
    )


def unsearched(rule: Rule, limit: Limit) -> Finding:
    """That a rule demands what no search can plan for."""
    message = text(
        'the rule "{rule}" bounds {what}, which no search plans for yet.',
        rule=rule.name,
        what=beyond_search(limit),
    )
    return Finding(message=message, hint=_report_it())


def _fault(problem: Problem, rule: Rule, coverage_of: Callable[[Roster], Coverage]) -> Finding | None:
    limits = rule.limits(problem)
    # those of one agent can all be searched; the first tells whether there are any
    seen = list(islice(limits, 1) if isinstance(rule, AgentRule) else limits)
    for limit in seen:
        if beyond_search(limit):
            return unsearched(rule, limit)
    if seen or rule.is_inherent or not _finds_fault(problem, rule, coverage_of):
        return None
    message = text(
        'the rule "{rule}" finds fault with rosters, but demands nothing to plan them by.', rule=rule.name
    )
    return Finding(message=message, hint=_report_it())


def _report_it() -> str:
    return text('Give it the strength "report": then it is checked and told, and not planned for.')


def _finds_fault(problem: Problem, rule: Rule, coverage_of: Callable[[Roster], Coverage]) -> bool:
    """Whether a rule without limits can be broken: it has none at all, or some plain roster breaks it."""
    if type(rule).limits is Rule.limits:
        return True
    for roster in _plain_rosters(problem, rule):
        if isinstance(rule, AgentRule):
            violations = rule.check(problem, roster)
        elif isinstance(rule, TeamRule):
            violations = rule.check(problem, roster, coverage_of(roster))
        else:
            return False
        if next(violations, None) is not None:
            return True
    return False


def _plain_rosters(problem: Problem, rule: Rule) -> Iterator[Roster]:
    """Nobody works; and for each shift, some of those whom the rule covers work it every day."""
    agents = list(islice(rule.scope.covered_agents(problem), AGENTS_TRIED))
    yield Roster()
    for template in problem.templates[:TEMPLATES_TRIED]:
        yield Roster(
            duties=tuple(
                _duty(problem, agent, day, template) for agent in agents for day in range(problem.grid.days)
            )
        )


def _duty(problem: Problem, agent: Agent, day: int, template: ShiftTemplate) -> Duty:
    """The earliest and shortest shift of a template, its breaks as early as they may begin."""
    start = problem.grid.instant_on_day(day, template.earliest_start, problem.zone_of(agent))
    end = start + template.min_length
    duty = Duty(agent=agent.name, day=day, template=template.name, start=start, end=end)
    return with_earliest_breaks(problem, agent, duty)
