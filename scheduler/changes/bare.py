"""The week of a repair with one question alone in it: how many changes, or what the team lacks.

Nothing else has a price there, so that a bound on the cost is an answer to that question.
"""

from collections.abc import Collection

from scheduler.changes.closeness import Changes, StandsStill
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


def _musts(rules: RuleBook) -> tuple[Rule, ...]:
    """The rules with every preference put off."""
    off = {"strength": Strength.OFF}
    return tuple(rule if rule.is_must else rule.model_copy(update=off) for rule in rules.rules)
