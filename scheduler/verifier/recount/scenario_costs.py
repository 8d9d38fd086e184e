"""What a roster costs in each scenario, recounted.

Called by the verifier's report.
"""

from collections.abc import Iterable

from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.scenarios import in_scenario, shares
from scheduler.domain.results.outcome import CostBreakdown
from scheduler.domain.results.roster import Roster
from scheduler.domain.results.scenario_costs import ScenarioCost
from scheduler.domain.values.money import hourly
from scheduler.model.limits.kinds import Allocated
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import TeamRule
from scheduler.verifier.recount.coverage import StaffingCount, count_staffing
from scheduler.verifier.recount.staffing_costs import staffing_terms


def count_scenarios(
    problem: Problem, rules: RuleBook, roster: Roster, planned: StaffingCount, cost: CostBreakdown
) -> tuple[ScenarioCost, ...]:
    """What a roster costs in each scenario.

    Parameters
    ----------
    planned
        Its staffing with the allocation that costs least on average over the scenarios.
    cost
        Its cost on average, by cause.
    """
    return tuple(
        _count(in_scenario(problem, name), name, float(share), rules, roster, planned, cost)
        for name, share in shares(problem.scenarios).items()
    )


def _count(
    alone: Problem,
    name: str,
    share: float,
    rules: RuleBook,
    roster: Roster,
    planned: StaffingCount,
    cost: CostBreakdown,
) -> ScenarioCost:
    """What it costs where one scenario is all that may come."""
    own = count_staffing(alone, rules, roster)
    people = (cost.missing - planned.missing_cost, cost.superfluous - planned.superfluous_cost)
    of_team = {
        rule.name: sum(found.cost for found in rule.check(alone, roster, own.coverage))
        for rule in rules.planned.rules
        if isinstance(rule, TeamRule) and rule.has_own_cost
    }
    missing, superfluous = people[0] + own.missing_cost, people[1] + own.superfluous_cost
    lacking, beyond = _off_required(alone, name, own.allocated)
    return ScenarioCost(
        name=name,
        share=share,
        cost=cost.wages + missing + superfluous + sum({**cost.rules, **of_team}.values()),
        missing_cost=missing,
        superfluous_cost=superfluous,
        missing=lacking,
        superfluous=beyond,
        cost_as_allocated=cost.total
        - planned.missing_cost
        - planned.superfluous_cost
        + sum(_charges(alone, rules, planned.allocated)),
    )


def _off_required(alone: Problem, name: str, allocated: Allocated) -> tuple[int, int]:
    """Missing and superfluous agent-minutes."""
    missing = superfluous = 0
    for skill in alone.demand_for:
        required = alone.scenario_curve[name, skill]
        for start, end, staff in allocated[skill]:
            asked = required[start // alone.grid.interval_minutes]
            missing += max(0, asked - staff) * (end - start)
            superfluous += max(0, staff - asked) * (end - start)
    return missing, superfluous


def _charges(alone: Problem, rules: RuleBook, allocated: Allocated) -> Iterable[int]:
    """What staff that is allocated already costs beyond the limits of the requirement."""
    for term in staffing_terms(alone, rules).all:
        if term.is_requirement and term.limit.skill is not None and not term.is_must:
            for start, end, staff in allocated[term.limit.skill]:
                interval = start // alone.grid.interval_minutes
                low, high = term.at_least(interval), term.at_most(interval)
                beyond = max(0, (low or 0) - staff) + (0 if high is None else max(0, staff - high))
                yield hourly(term.price, beyond * (end - start))
