"""Limits and check both give the number that was counted by hand."""

from collections import Counter

import pytest

from constraints import CATALOGUE
from scheduler.model import RuleBook
from scheduler.model.checks.rule_book import rule_faults
from tests.rules.cases import CASES, Case
from tests.rules.disagreement import disagreement
from tests.rules.judged import excess, violations

ONLY_TOLD = ("nothing is known of", "shares out 0 in all")
"""Warnings on what cases are about: an unknown past, and nothing that is shared out."""


@pytest.mark.parametrize("case", CASES, ids=str)
def test_limits_and_check_give_the_number_counted_by_hand(case: Case) -> None:
    problem = case.problem
    roster = case.roster(problem)
    found = violations(problem, case.rule, roster)
    told = f"{case.why}\n{disagreement(problem, case.rule, roster)}"
    assert sum(violation.amount for violation in found) == case.amount, told
    assert excess(problem, case.rule.limits(problem), roster) == case.amount, told
    faults = [str(one) for one in rule_faults(problem, RuleBook(rules=(case.rule,)))]
    assert not [one for one in faults if not any(words in one for words in ONLY_TOLD)]
    for violation in found:
        assert violation.amount > 0
        assert violation.rule == case.rule.name
        assert all(0 <= day < problem.grid.days for day in violation.days)
        assert violation.agent in (None, *problem.agent_named)
        if not case.rule.costs_as_staff:
            assert violation.cost == (0 if violation.must else case.rule.cost_of(violation.amount))


def test_every_rule_has_satisfied_and_broken_cases() -> None:
    kinds = {rule.model_fields["kind"].default for rule in CATALOGUE}
    inherent = {rule.model_fields["kind"].default for rule in CATALOGUE if rule.is_inherent}
    satisfied = Counter(case.rule.kind for case in CASES if case.amount == 0)
    broken = Counter(case.rule.kind for case in CASES if case.amount > 0)
    unwritten = {kind for kind in kinds if not satisfied[kind] or (not broken[kind] and kind not in inherent)}
    assert not unwritten, f"cases in tests/rules/cases.py, kept and broken: {', '.join(sorted(unwritten))}"
    # what nobody can be counted for is broken in test_team, with coverage made by hand
    assert not any(broken[kind] for kind in inherent)
