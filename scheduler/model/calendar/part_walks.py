"""Rules that count over parts of the calendar, or over all the days meant together, and how checks do so.

What was there before the first planned day is known from History, or, where that does not reach back to the
beginning of the part, from a balance by the rule's name.

Called by the ``check`` of rules that bound a number per part of the calendar; their ``limits`` add up with
:func:`scheduler.model.calendar.weeks.totals_per_part` instead.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from scheduler.domain.facts.absence import dates_away
from scheduler.domain.facts.agent import RuleBalance
from scheduler.domain.facts.problem import Agent, Problem, WorkedDuty
from scheduler.domain.results.roster import Duty, Roster
from scheduler.model.calendar.walks import (
    ONE_DAY,
    beyond,
    counts_the_past,
    dates_meant,
    dates_of_part,
    duties_of_part,
    is_whole,
    part_start,
    parts_meant,
)
from scheduler.model.calendar.weeks import less
from scheduler.model.rules.rule import AgentRule
from scheduler.model.rules.scope import Scope
from scheduler.model.rules.words import Per

Dates = tuple[date, ...]
Count = Callable[[Dates, Dates], tuple[int, int]]
"""How many there are in a part, of all its dates and of those that are meant: before the horizon, and
planned."""


@dataclass(frozen=True, slots=True)
class OutOfBounds:
    """A part in which somebody has too few or too many.

    Parameters
    ----------
    first, dates
        The part's first date, and its dates that are meant.
    number
        How many there are.
    amount
        By how many that is out of bounds.
    at_least
        The least, lowered for days away.
    is_whole
        Whether every date of the part is known, so that the least is held against it.
    """

    agent: Agent
    first: date
    dates: Dates
    number: int
    amount: int
    at_least: int | None
    is_whole: bool


@dataclass(frozen=True, slots=True)
class AmountInPart:
    """What somebody has of something in a part.

    Parameters
    ----------
    known, planned
        Before the horizon, by balance and history, and in the roster.
    is_whole
        Whether every date of the part is known, and absence on it: a quarter or a year that began more than a
        week before the horizon is not.
    """

    known: int
    planned: int
    is_whole: bool


def counted_in_part(
    problem: Problem,
    agent: Agent,
    rule: str,
    scope: Scope,
    per: Per,
    first: date,
    every: Dates,
    dates: Dates,
    count: Count,
) -> AmountInPart:
    """What counts in a part of :func:`~scheduler.model.calendar.walks.parts_meant` for a rule by its name.

    Parameters
    ----------
    first, every, dates
        The part's first date, all its dates that the rule names, and those of them that are meant.
    """
    balance = balance_in(problem, agent, rule, scope, first)
    if balance is not None:
        every = tuple(on for on in every if on > balance.as_of)
    known, planned = count(every, dates)
    known += balance.amount if balance is not None else 0
    is_seen = per not in ("quarter", "year") or problem.grid.first_day - first <= 7 * ONE_DAY
    return AmountInPart(known, planned, is_seen and is_whole(problem, scope, agent, every, dates))


def balance_in(problem: Problem, agent: Agent, rule: str, scope: Scope, first: date) -> RuleBalance | None:
    """The balance of a rule for the part that begins on a date, where what was before counts."""
    if not counts_the_past(problem, scope):
        return None
    days = [one for one in agent.balances if one.rule == rule]
    return next((one for one in days if first <= one.as_of < problem.grid.first_day), None)


def duties_per_part(
    problem: Problem,
    roster: Roster,
    scope: Scope,
    counts: Callable[[WorkedDuty | Duty], bool] = lambda duty: True,
) -> Callable[[Agent], Count]:
    """For an agent: counts the duties of a part that ``counts`` accepts."""

    def count_of(agent: Agent) -> Count:
        def count(every: Dates, dates: Dates) -> tuple[int, int]:
            known, planned = duties_of_part(problem, agent, roster, scope, every, dates)
            return sum(map(counts, known)), sum(map(counts, planned))

        return count

    return count_of


def parts_out_of_bounds(
    problem: Problem,
    rule: str,
    scope: Scope,
    per: Per,
    at_least: int | None,
    at_most: int | None,
    count_of: Callable[[Agent], Count],
) -> Iterator[OutOfBounds]:
    """The parts in which the number of something lies outside its bounds.

    Each date away could have been one, so that it lowers the least by one; the most stays.
    """
    meant = dates_meant(problem, scope)
    parts = parts_meant(problem, meant, per)
    for agent in scope.covered_agents(problem):
        count = count_of(agent)
        for first, dates in parts.items():
            every = dates_of_part(scope, per, first, dates)
            one = counted_in_part(problem, agent, rule, scope, per, first, every, dates, count)
            least = less(at_least, len(dates_away(problem, agent).intersection(every)))
            amount = beyond(one.known, one.planned, least if one.is_whole else None, at_most)
            if amount:
                number = one.known + one.planned
                yield OutOfBounds(agent, first, dates, number, amount, least, one.is_whole)


class PeriodRule(AgentRule):
    """A rule on how much there is in each part of the calendar that it counts over."""

    @property
    def counts_over(self) -> Per:
        """What it counts over."""
        per: Per = getattr(self, self.period_field)
        return per

    @abstractmethod
    def count_of(self, problem: Problem, roster: Roster) -> Callable[[Agent], Count]:
        """For an agent: what counts, before the horizon and in the roster, on the dates of a part."""

    def out_of_bounds(
        self, problem: Problem, roster: Roster, at_least: int | None, at_most: int | None
    ) -> Iterator[OutOfBounds]:
        """The parts in which somebody has too little or too much."""
        count_of = self.count_of(problem, roster)
        return parts_out_of_bounds(
            problem, self.name, self.scope, self.counts_over, at_least, at_most, count_of
        )

    def counted(
        self, problem: Problem, roster: Roster
    ) -> Iterator[tuple[Agent, date, tuple[date, ...], tuple[date, ...], AmountInPart]]:
        """Of each agent and part its first date, all its dates, those that are meant, and what counts."""
        per, count_of = self.counts_over, self.count_of(problem, roster)
        parts = [
            (first, dates_of_part(self.scope, per, first, dates), dates)
            for first, dates in parts_meant(problem, dates_meant(problem, self.scope), per).items()
        ]
        for agent in self.scope.covered_agents(problem):
            count = count_of(agent)
            for first, every, dates in parts:
                found = counted_in_part(
                    problem, agent, self.name, self.scope, per, first, every, dates, count
                )
                yield agent, first, every, dates, found

    def balances_after(self, problem: Problem, roster: Roster, first_day: date) -> Mapping[str, RuleBalance]:
        """Each agent's balance for a horizon that begins on a day; none where a part begins with it.

        Quarters and years always have one. Of weeks and months the history that a horizon keeps tells the
        same, so that a balance goes on only where there is one.
        """
        eve, per = first_day - ONE_DAY, self.counts_over
        if per == "horizon" or part_start(problem, first_day, per) == first_day:
            return {}
        first = part_start(problem, eve, per)
        every = tuple(on for on in dates_of_part(self.scope, per, first, ()) if on <= eve)
        dates = tuple(on for on in dates_meant(problem, self.scope) if first <= on <= eve)
        count_of = self.count_of(problem, roster)
        found = {}
        for agent in self.scope.covered_agents(problem):
            had = balance_in(problem, agent, self.name, self.scope, first)
            if had is None and per in ("week", "month"):
                continue
            one = counted_in_part(
                problem, agent, self.name, self.scope, per, first, every, dates, count_of(agent)
            )
            amount = one.known + one.planned
            in_minutes = self.unit == "hour"
            found[agent.name] = RuleBalance(
                rule=self.name,
                as_of=eve,
                minutes=amount if in_minutes else None,
                times=None if in_minutes else amount,
            )
        return found
