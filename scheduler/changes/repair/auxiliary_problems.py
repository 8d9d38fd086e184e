"""The week of a repair with another question: changes, what the team lacks, locks, or what gives way.

In the first three nothing else has a price, so that a bound on the cost is an answer to that question.
"""

from collections.abc import Collection

from constraints.change.changes import Changes
from constraints.change.pins import Pins
from constraints.change.stands_still import StandsStill
from scheduler.domain.facts.problem import Problem
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import Rule, Strength, TeamRule


def only_changes(
    problem: Problem, rules: RuleBook, held: StandsStill, close: Changes
) -> tuple[Problem, RuleBook]:
    """The week where a change costs its price, and nothing else costs anything."""
    close = close.model_copy(update={"break_price": 0})
    return problem.unpaid(), RuleBook(rules=(*_musts(rules), held, close))


def only_lacking(
    problem: Problem, rules: RuleBook, held: StandsStill, broken: Collection[str], price: int
) -> tuple[Problem, RuleBook] | None:
    """The week where nothing costs but what the team lacks of these rules.

    ``None`` where none of them is of the team and can be priced. A roster that costs nothing keeps them all;
    a bound above zero proves that none does.

    Parameters
    ----------
    broken
        Names of rules that the roster breaks as it stands.
    price
        Cents for each hour or occurrence that is lacking.
    """
    soft = {"strength": Strength.PREFER, "price": price}
    softened = {
        rule.name: rule.model_copy(update=soft)
        for rule in _musts(rules)
        if isinstance(rule, TeamRule) and rule.is_must and not rule.costs_as_staff and rule.name in broken
    }
    if not softened:
        return None
    return problem.unpaid(), RuleBook(
        rules=(*(softened.get(rule.name, rule) for rule in _musts(rules)), held)
    )


def only_locks(
    problem: Problem, rules: RuleBook, held: StandsStill, locks: StandsStill, price: int
) -> tuple[Problem, RuleBook]:
    """The week where a lock that is not kept costs its price in cents, and nothing else costs anything.

    Parameters
    ----------
    held
        What stands still in any case.
    locks
        What is locked; what is fixed beforehand is a lock as well.
    """
    soft = {"strength": Strength.PREFER, "price": price}
    kept = (
        rule.model_copy(update=soft) if isinstance(rule, Pins) and rule.is_must else rule
        for rule in _musts(rules)
    )
    return problem.unpaid(), RuleBook(rules=(*kept, held, locks.model_copy(update=soft)))


OF_STAFF, OF_PEOPLE, OF_LOCKS = 100_000, 1_000_000, 5_000_000
"""Cents for each hour or occurrence by which a rule on the team, a rule on one person, or what is fixed gives
way."""


def giving_way(rules: RuleBook) -> RuleBook:
    """The rules where those that must be kept may be broken at a high price, those of people last."""
    return RuleBook(rules=tuple(map(_giving_way, rules.rules)))


def _giving_way(rule: Rule) -> Rule:
    if not rule.is_must or rule.costs_as_staff or not rule.may_give_way:
        return rule
    price = OF_STAFF if isinstance(rule, TeamRule) else OF_LOCKS if isinstance(rule, Pins) else OF_PEOPLE
    return rule.model_copy(update={"strength": Strength.PREFER, "price": price})


def _musts(rules: RuleBook) -> tuple[Rule, ...]:
    """The rules with every preference put off."""
    off = {"strength": Strength.OFF}
    return tuple(rule if rule.is_must else rule.model_copy(update=off) for rule in rules.rules)
