"""What rules on a part of the calendar have counted, for the next horizon.

Called by :mod:`scheduler.rolling.next_week`. Balances by names that no rule on a part of the calendar has
stay as they are, and are told by the checks.
"""

from collections.abc import Collection
from datetime import date

from scheduler.domain.facts.agent import RuleBalance
from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.roster import Roster
from scheduler.model.calendar.part_walks import PeriodRule
from scheduler.model.rules.book import RuleBook


def balances_of(
    problem: Problem, rules: RuleBook, gone: Collection[str], roster: Roster, first_day: date
) -> dict[str, tuple[RuleBalance, ...]]:
    """Each agent's balances for a horizon that begins on a day.

    Parameters
    ----------
    rules
        That hold in it as well.
    gone
        Names of rules that do not: nothing counts for them any more.
    """
    balances = {
        agent.name: {one.rule: one for one in agent.balances if one.rule not in gone}
        for agent in problem.agents
    }
    for rule in rules.active():
        if not isinstance(rule, PeriodRule):
            continue
        for mine in balances.values():
            mine.pop(rule.name, None)
        for name, balance in rule.balances_after(problem, roster, first_day).items():
            balances[name][rule.name] = balance
    return {name: tuple(mine.values()) for name, mine in balances.items()}
