"""What people had beyond their fair shares, for the next horizon.

Called by :mod:`scheduler.rolling.next_week`. Points of rules that are off, or that the book does not have,
stay as they are: they may be wanted again.
"""

from fractions import Fraction

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import MOST_TIMES
from scheduler.model.rules.book import RuleBook

HUNDREDTHS = 100
MOST = HUNDREDTHS * MOST_TIMES


def points_of(problem: Problem, rules: RuleBook, roster: Roster) -> dict[str, tuple[tuple[str, int], ...]]:
    """Each agent's points behind a roster, in hundredths, by the names of the rules."""
    points = {agent.name: dict(agent.fair_points) for agent in problem.agents}
    for rule in rules.active():
        for name, number in rule.points_after(problem, roster).items():
            points[name][rule.name] = _hundredths(number)
    return {
        name: tuple((rule, number) for rule, number in mine.items() if number)
        for name, mine in points.items()
    }


def _hundredths(number: Fraction) -> int:
    return max(-MOST, min(MOST, round(number * HUNDREDTHS)))
