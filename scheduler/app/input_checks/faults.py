"""What is wrong with a problem and its rules: faults between facts, and between facts and rules.

Called by every verb before it does anything; the checks themselves live in the domain and in the model.
"""

from collections.abc import Collection
from functools import partial

import constraints
from scheduler.domain import BadInput, Finding, Problem, UnsupportedRule
from scheduler.domain.checks.agents.hours import HeldHours
from scheduler.domain.checks.demand.computed import uncomputed_requirement
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.checks.sound_part import sound_part
from scheduler.domain.checks.too_many import too_many
from scheduler.domain.findings.faults import FactPath
from scheduler.model import Rule, RuleBook
from scheduler.model.checks.fixed_breaks import fixed_breaks
from scheduler.model.checks.fixed_duties import fixed_against_rules
from scheduler.model.checks.left_out import unheeded_facts, usual_rules
from scheduler.model.checks.phantom_lengths import phantom_lengths
from scheduler.model.checks.preflight import unplannable
from scheduler.model.checks.rule_book import rule_faults
from scheduler.model.checks.worthless_work import worthless_work
from scheduler.verifier import count_coverage


def faults_of(
    problem: Problem, rules: RuleBook | None, unsound: Collection[FactPath] = ()
) -> tuple[Finding, ...]:
    """Faults between the facts, and between facts and rules, as far as they could be read.

    Parameters
    ----------
    unsound
        Facts that hold placeholders.
    """
    if beyond := tuple(too_many(problem)):
        return beyond
    if rules is None:
        return tuple(problem_faults(problem, unsound=unsound))
    faults = problem_faults(problem, _held_hours(problem, rules), unsound)
    part = sound_part(problem, {*unsound, *(one.place.path[:2] for one in faults if one.is_error)})
    return (
        *faults,
        *(part.placed(worthless_work(part.problem, rules)) if part.has_all_demand else ()),
        *part.placed(fixed_against_rules(part.problem, rules)),
        *part.placed(fixed_breaks(part.problem, rules)),
        *part.placed(phantom_lengths(part.problem, rules)),
        *(rule_faults(problem, rules) if ("grid",) not in unsound else ()),
        *unheeded_facts(problem, rules, constraints.CATALOGUE),
        *part.placed(usual_rules(part.problem, rules, constraints.CATALOGUE)),
    )


def _held_hours(problem: Problem, rules: RuleBook) -> HeldHours:
    """Whom the rules hold to the hours of their contract: hours that are only preferred may be missed."""

    def held(kind: type[Rule]) -> frozenset[str]:
        return frozenset(
            agent.name
            for rule in rules.rules
            if rule.is_must and isinstance(rule, kind) and len(rule.scope.days(problem)) == problem.grid.days
            if not isinstance(rule, constraints.PaidHours) or rule.is_of_contract
            for agent in rule.scope.covered_agents(problem)
        )

    by_shifts = held(constraints.PaidHours) & held(constraints.Entitlement)
    by_days = held(constraints.Availability) & held(constraints.TimeOffKept) & held(constraints.Pins)
    return HeldHours(by_shifts, by_shifts & by_days, held(constraints.Entitlement), by_days)


def unplannable_rules(problem: Problem, rules: RuleBook) -> tuple[Finding, ...]:
    """Rules that are to be planned by and cannot be; to be asked where nothing else is wrong."""
    return tuple(unplannable(problem, rules, partial(count_coverage, problem, rules)))


def must_be_plannable(problem: Problem, rules: RuleBook) -> tuple[Finding, ...]:
    """Refuse what no search can plan with; returns the warnings.

    Raises
    ------
    BadInput
        With every fault; ``UnsupportedRule`` where there is none but a rule that the search cannot keep.
    """
    faults = faults_of(problem, rules)
    if any(fault.is_error for fault in faults):
        raise BadInput(faults)
    if uncomputed := tuple(uncomputed_requirement(problem)):
        raise BadInput((*faults, *uncomputed))
    if unplannable := unplannable_rules(problem, rules):
        raise UnsupportedRule((*faults, *unplannable))
    return faults
