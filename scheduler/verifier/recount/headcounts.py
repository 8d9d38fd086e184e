"""People by headcount and day: the recount of a roster, its cost, and the least cost at given dual prices.

People are counted from the roster, date by date, not by the rules' limits. A *row* is one thing that is
counted. Its cost is convex and piecewise linear: a sum of terms, one per limit, each ``price x max(0,
at_least - people)`` plus ``price x max(0, people - at_most)`` a day.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import HeadcountCoverage
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.money import each
from scheduler.model.limits.kinds import Headcount
from scheduler.model.limits.verbs import Verb
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import TeamRule
from scheduler.texts import text
from scheduler.verifier.recount.convex_cost import UNBOUNDED, ConvexCost
from scheduler.verifier.recount.exact import Exact, exact
from scheduler.verifier.recount.staffing_costs import CostsByRule, charged


@dataclass(frozen=True, slots=True)
class HeadcountTerm:
    """One limit on a row, with its rule's strength: a term of the row's cost.

    Parameters
    ----------
    is_requirement
        Whether it is the cost of missing and superfluous people.
    price
        Cents per head and day beyond the limit; 0 and meaningless where ``is_must``.
    """

    rule: str
    is_must: bool
    is_requirement: bool
    limit: Headcount
    price: int


@dataclass(frozen=True)
class CountedRow:
    """One thing that is counted, with all limits on it."""

    name: str
    agents: frozenset[str]
    of: Verb
    terms: tuple[HeadcountTerm, ...]

    def cheapest(self, prices: Exact) -> int | None:
        """Least cost over the days plus the heads at their day's price; ``None`` if a must cannot be kept.

        Parameters
        ----------
        prices
            Shape (days,), in sixtieths of a cent.
        """
        cost = ConvexCost(len(prices), len(self.agents))
        for term in self.terms:
            cost.limit(
                _numbers(term.limit.at_least, 0, len(prices)),
                _numbers(term.limit.at_most, UNBOUNDED, len(prices)),
                None if term.is_must else each(term.price),
            )
        return cost.cheapest(prices)


def rows_of(problem: Problem, rules: RuleBook) -> tuple[CountedRow, ...]:
    """Every row with a limit of a team rule that is planned by, in the book's order.

    Raises
    ------
    ValueError
        If two limits of one row do not count the same.
    """
    terms: dict[str, list[HeadcountTerm]] = {}
    for rule in rules.planned.rules:
        if isinstance(rule, TeamRule):
            for limit in rule.limits(problem):
                if isinstance(limit, Headcount):
                    terms.setdefault(limit.row, []).append(_term(rule, limit))
    return tuple(_row(name, tuple(every)) for name, every in terms.items())


def _row(name: str, terms: tuple[HeadcountTerm, ...]) -> CountedRow:
    first = terms[0].limit
    if any((term.limit.agents, term.limit.of) != (first.agents, first.of) for term in terms):
        raise ValueError(text('the limits of the headcount "{name}" do not count the same people', name=name))
    return CountedRow(name, frozenset(first.agents), first.of, terms)


def _term(rule: TeamRule, limit: Headcount) -> HeadcountTerm:
    is_must, price = charged(rule, limit)
    return HeadcountTerm(rule.name, is_must, rule.costs_as_staff, limit, price)


def _numbers(bounds: tuple[int | None, ...] | None, otherwise: int, days: int) -> Exact:
    given = bounds or (None,) * days
    return exact(otherwise if bound is None else bound for bound in given)


@dataclass(frozen=True)
class HeadsCount(CostsByRule):
    """The people counted, and their cost by rule in sixtieths of a cent."""

    coverage: HeadcountCoverage


def count_heads(problem: Problem, rules: RuleBook, roster: Roster) -> HeadsCount:
    """People by headcount and day, with the cost of missing and superfluous ones."""
    coverage = _coverage(problem, roster)
    missing: dict[str, int] = defaultdict(int)
    superfluous: dict[str, int] = defaultdict(int)
    for row in rows_of(problem, rules):
        for term in row.terms:
            if not term.is_requirement:
                continue
            for people, floor in _pairs(coverage.scheduled[row.name], term.limit.at_least):
                missing[term.rule] += each(term.price, max(0, floor - people))
            for people, cap in _pairs(coverage.scheduled[row.name], term.limit.at_most):
                superfluous[term.rule] += each(term.price, max(0, people - cap))
    return HeadsCount(coverage, missing_costs=dict(missing), superfluous_costs=dict(superfluous))


def _pairs(people: tuple[int, ...], bounds: tuple[int | None, ...] | None) -> Iterator[tuple[int, int]]:
    for scheduled, bound in zip(people, bounds or (), strict=bounds is not None):
        if bound is not None:
            yield scheduled, bound


def _coverage(problem: Problem, roster: Roster) -> HeadcountCoverage:
    """The people on each headcount's shift, date by date; nobody counts twice on a date."""
    present: dict[tuple[date, str], set[str]] = defaultdict(set)
    for duty in roster.duties:
        present[problem.grid.date(duty.day), duty.template].add(duty.agent)
    holders = {
        skill.name: {agent.name for agent in problem.agents if skill.name in agent.skills}
        for skill in problem.skills
    }
    dates = [problem.grid.date(day) for day in range(problem.grid.days)]
    scheduled: dict[str, tuple[int, ...]] = {}
    missing: dict[str, tuple[int, ...]] = {}
    superfluous: dict[str, tuple[int, ...]] = {}
    maximum: dict[str, tuple[int | None, ...]] = {}
    beyond: dict[str, tuple[int, ...]] = {}
    for wanted in problem.headcounts:
        people = [present.get((on, wanted.template), set()) for on in dates]
        if wanted.skill is not None:
            people = [names & holders[wanted.skill] for names in people]
        counts = [len(names) for names in people]
        asked = list(zip(counts, wanted.required, strict=True))
        scheduled[wanted.row] = tuple(counts)
        missing[wanted.row] = tuple(0 if n is None else max(0, n - there) for there, n in asked)
        superfluous[wanted.row] = tuple(0 if n is None else max(0, there - n) for there, n in asked)
        maximum[wanted.row] = wanted.maximum or (None,) * len(dates)
        held = zip(counts, maximum[wanted.row], strict=True)
        beyond[wanted.row] = tuple(0 if most is None else max(0, there - most) for there, most in held)
    return HeadcountCoverage(
        required={wanted.row: wanted.required for wanted in problem.headcounts},
        scheduled=scheduled,
        missing=missing,
        superfluous=superfluous,
        maximum=maximum,
        beyond_maximum=beyond,
        of_these=problem.of_these,
    )
