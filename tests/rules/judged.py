"""What the two sides of a rule say about a roster: its limits' excess and its check's amounts."""

from collections.abc import Iterable

from scheduler.domain import Problem, Roster, Violation
from scheduler.model import AgentRule, Limit, Rule, TeamRule
from tests.rules.counting import coverage


def excess(problem: Problem, limits: Iterable[Limit], roster: Roster) -> int:
    """How far a roster is beyond limits, in all."""
    return sum(limit.excess(problem, roster) for limit in limits)


def violations(problem: Problem, rule: Rule, roster: Roster) -> list[Violation]:
    """What the rule's check finds."""
    if isinstance(rule, TeamRule):
        return list(rule.check(problem, roster, coverage(problem, roster)))
    assert isinstance(rule, AgentRule)
    return list(rule.check(problem, roster))


def found(problem: Problem, rule: Rule, roster: Roster) -> int:
    """The amounts of all violations, in all."""
    return sum(violation.amount for violation in violations(problem, rule, roster))
