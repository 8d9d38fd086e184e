"""Cost granularity: the greatest number that divides every difference of two rosters' costs.

A legal roster whose cost is less than one granularity above a bound is optimal: no cost lies between.
"""

from collections.abc import Iterator
from math import gcd, lcm

from scheduler.domain.facts.problem import Problem
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.money import each, hourly
from scheduler.model.limits.kinds import Headcount, Limit, Staffing, beyond_search
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import AgentRule
from scheduler.verifier.recount.headcounts import rows_of
from scheduler.verifier.recount.staffing_costs import staffing_terms
from scheduler.verifier.recount.wages import Wages


def cost_granularity(problem: Problem, rules: RuleBook, slot_minutes: int) -> int:
    """The cost granularity, in sixtieths of a cent.

    Parameters
    ----------
    slot_minutes
        Divides every start, length and break that the input allows.
    """
    slot = gcd(slot_minutes, *_left_over(problem))
    paid = {
        length - sum(pause.length_minutes for pause in template.breaks_of(length) if not pause.paid)
        for template in problem.templates
        for length in template.lengths
    }
    parts = {hourly(problem.pay_of(agent), minutes) for agent in problem.agents for minutes in paid}
    parts |= {hourly(term.price, slot) for term in staffing_terms(problem, rules).all}
    parts |= {each(term.price) for row in rows_of(problem, rules) for term in row.terms}
    parts |= set(_of_agents(problem, rules))
    on_top, cut = _on_top(problem, slot)
    return max(1, gcd(*(cut * part for part in parts), *on_top) // cut)


def _on_top(problem: Problem, slot: int) -> tuple[set[int], int]:
    """What premiums may come to, and into how many parts a unit is cut for that.

    What is left of a part is cut off costs as of bounds: no roster costs a whole unit less than what is told.
    """
    wages = Wages(problem)
    if not wages.has_premiums:
        return set(), 1
    edges = [clock for one in problem.premiums for clock in (one.start, one.end, one.over_minutes or 0)]
    for one in problem.premiums:
        edges += [one.over_period_minutes or 0, one.least_minutes or 0, one.log_in_minutes or 0]
    if wages.of_periods:
        edges += [duty.paid_minutes for agent in problem.agents for duty in agent.history]
    edges += [
        minutes for template in problem.templates for minutes in map(template.paid_minutes, template.lengths)
    ]
    minutes = gcd(slot, MINUTES_PER_HOUR // 2, *edges)  # clocks are put forward by half hours at the least
    rates = {rate for pay in {*map(problem.pay_of, problem.agents)} for rate in wages.rates(pay)}
    cut = lcm(*(rate.denominator for rate in rates))
    return {int(rate * cut) * minutes for rate in rates}, cut


def _left_over(problem: Problem) -> Iterator[int]:
    """Instants at which duties from before the horizon end inside it; they may cover part of a slot."""
    for agent in problem.agents:
        for worked in agent.history:
            yield max(0, problem.grid.instant(worked.end, problem.zone_of(agent)))


def _of_agents(problem: Problem, rules: RuleBook) -> Iterator[int]:
    """The cost of one unit of each preference that is no term, at the rule's price or a limit's own."""
    for rule in rules.planned.rules:
        if rule.is_must:
            continue
        limits = [limit for limit in rule.limits(problem) if _is_no_term(limit)]
        if limits or isinstance(rule, AgentRule):
            yield rule.cost_of(1)
        own = {limit.price for limit in limits}
        yield from (rule.cost_of(1, price) for price in own if price is not None)


def _is_no_term(limit: Limit) -> bool:
    return bool(beyond_search(limit)) or not isinstance(limit, Staffing | Headcount)
