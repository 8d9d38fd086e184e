"""People whose week is too short for the hours of their contract: the others still get their roster.

Leave that is entered on Wednesday may leave too few days for a contract's least hours. To plan a week that is
a mistake of the input; to repair one it is a fact, and the others still need their roster.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

import constraints
from scheduler.app.input_checks.readings import cross_checked
from scheduler.domain import Finding, Problem
from scheduler.domain.findings.faults import warning
from scheduler.domain.values.words import listed
from scheduler.io.input.reading.result import Reading
from scheduler.model import Rule, RuleBook
from scheduler.texts import text, text_n

_MOST_NAMES = 6


def short_weeks(problem: Problem, findings: Iterable[Finding]) -> tuple[str, ...]:
    """Who has a week that cannot hold their hours, by what was found in an input."""
    places = (finding.place.path for finding in findings if finding.is_error)
    return tuple(
        dict.fromkeys(
            problem.agents[path[1]].name
            for path in places
            if len(path) == 2 and path[0] == "agents" and isinstance(path[1], int)
        )
    )


def asking_less(problem: Problem, rules: RuleBook, names: Collection[str]) -> RuleBook:
    """The rules without the least hours of these people's contracts."""
    if not names:
        return rules
    return RuleBook(rules=tuple(part for rule in rules.rules for part in _asking_less(problem, rule, names)))


def with_short_weeks(reading: Reading) -> Reading:
    """A reading as it is looked at for a repair: weeks that are too short for their hours are warnings."""
    problem, rules = reading.problem, reading.rules
    checked = cross_checked(reading)
    if problem is None or rules is None or not checked.has_errors:
        return checked
    names = {agent.name for agent in problem.agents}
    less = cross_checked(replace(reading, rules=asking_less(problem, rules, names)))
    return checked if less.has_errors else replace(less, rules=rules)


def told(names: Collection[str]) -> Iterator[Finding]:
    """That these hours are not asked for."""
    if names:
        yield warning(
            ("agents",),
            text_n(
                "the week of {number} agent holds too few hours ({names}): the least hours of the contract "
                "are not asked for there, and all others are repaired as ever.",
                "the weeks of {number} agents hold too few hours ({names}): the least hours of the contract "
                "are not asked for there, and all others are repaired as ever.",
                len(names),
                number=len(names),
                names=listed(list(names), _MOST_NAMES),
            ),
            text("Give the leave its paid hours, or talk to them."),
        )


def _asking_less(problem: Problem, rule: Rule, names: Collection[str]) -> Iterator[Rule]:
    """The rule for the others, and for these people without its least hours."""
    covered = [agent.name for agent in rule.scope.covered_agents(problem)]
    held = tuple(name for name in covered if name in names)
    if not (isinstance(rule, constraints.PaidHours) and rule.is_of_contract and rule.is_must and held):
        yield rule
        return
    others = tuple(name for name in covered if name not in names)
    if others:
        yield rule.model_copy(update={"scope": rule.scope.model_copy(update={"agents": others})})
    label = text("{rule}, without the least hours", rule=rule.name) if others else rule.label
    yield rule.model_copy(
        update={
            "scope": rule.scope.model_copy(update={"agents": held}),
            "at_least_minutes": 0,
            "label": label,
        }
    )
