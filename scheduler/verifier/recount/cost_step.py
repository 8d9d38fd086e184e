"""The step of costs: what every roster's cost differs by, from any other's, in whole multiples.

A legal roster that costs less than one step more than a bound is the best there is: no cost lies between.
"""

from collections.abc import Iterator
from math import gcd

from scheduler.domain.money import each, hourly
from scheduler.domain.problem import Problem
from scheduler.model.book import RuleBook
from scheduler.model.limits import Headcount, Limit, Staffing, beyond_search
from scheduler.model.rule import AgentRule
from scheduler.verifier.recount.headcounts import rows_of
from scheduler.verifier.recount.staffing_costs import pieces_of


def cost_step(problem: Problem, rules: RuleBook, slot_minutes: int) -> int:
    """Greatest number, in sixtieths of a cent, that divides every difference of two rosters' costs.

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
    parts |= {hourly(piece.price, slot) for piece in pieces_of(problem, rules).all}
    parts |= {each(piece.price) for row in rows_of(problem, rules) for piece in row.pieces}
    parts |= set(_of_agents(problem, rules))
    return max(1, gcd(*parts))


def _left_over(problem: Problem) -> Iterator[int]:
    """When duties from before the horizon end inside it: they may cover a part of a slot."""
    for agent in problem.agents:
        for worked in agent.history:
            yield max(0, problem.grid.instant(worked.end, problem.zone_of(agent)))


def _of_agents(problem: Problem, rules: RuleBook) -> Iterator[int]:
    """One unit of each preference that is no piece, at the rule's price or at one of its limits' own."""
    for rule in rules.planned.rules:
        if rule.is_must:
            continue
        limits = [limit for limit in rule.limits(problem) if _is_no_piece(limit)]
        if limits or isinstance(rule, AgentRule):
            yield rule.cost_of(1)
        own = {getattr(limit, "price", None) for limit in limits}
        yield from (rule.cost_of(1, price) for price in own if price is not None)


def _is_no_piece(limit: Limit) -> bool:
    return bool(beyond_search(limit)) or not isinstance(limit, Staffing | Headcount)
