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
class PartCount:
    """What somebody has of something in a part of the calendar.

    Parameters
    ----------
    first
        The part's first date.
    named, dates
        All its dates that the rule names, and those of them that are meant.
    known, planned
        Before the horizon, by balance and history, and in the roster.
    is_whole
        Whether every date of the part is known, and absence on it: a quarter or a year that began more than a
        week before the horizon is not.
    """

    agent: Agent
    first: date
    named: Dates
    dates: Dates
    known: int
    planned: int
    is_whole: bool

    @property
    def number(self) -> int:
        """How much there is in all."""
        return self.known + self.planned

    def beyond(self, at_least: int | None, at_most: int | None) -> int:
        """By how much it is out of bounds; the least is held against a whole part alone."""
        return beyond(self.known, self.planned, at_least if self.is_whole else None, at_most)


def duties_counted(
    problem: Problem,
    roster: Roster,
    scope: Scope,
    agent: Agent,
    counts: Callable[[WorkedDuty | Duty], bool] = lambda duty: True,
) -> Count:
    """Counts the duties of an agent in a part that ``counts`` accepts."""

    def count(every: Dates, dates: Dates) -> tuple[int, int]:
        known, planned = duties_of_part(problem, agent, roster, scope, every, dates)
        return sum(map(counts, known)), sum(map(counts, planned))

    return count


class PeriodRule(AgentRule):
    """A rule on how much there is in each part of the calendar that it counts over."""

    @property
    def counts_over(self) -> Per:
        """What it counts over."""
        per: Per = getattr(self, self.period_field)
        return per

    @abstractmethod
    def count_of(self, problem: Problem, roster: Roster, agent: Agent) -> Count:
        """What counts of an agent, before the horizon and in the roster, on the dates of a part."""

    def counted(self, problem: Problem, roster: Roster) -> Iterator[PartCount]:
        """What each agent has in each part."""
        parts = [
            (first, dates_of_part(problem, self.scope, self.counts_over, first, dates), dates)
            for first, dates in parts_meant(
                problem, dates_meant(problem, self.scope), self.counts_over
            ).items()
        ]
        for agent in self.scope.covered_agents(problem):
            count = self.count_of(problem, roster, agent)
            for part in parts:
                yield self._in_part(problem, agent, count, *part)

    def out_of_bounds(
        self, problem: Problem, roster: Roster, at_least: int | None, at_most: int | None
    ) -> Iterator[tuple[PartCount, int, int | None]]:
        """The parts in which somebody has too little or too much, with by how much, and the least.

        Each date away could have been one, so that it lowers the least by one; the most stays.
        """
        for one in self.counted(problem, roster):
            least = less(at_least, len(dates_away(problem, one.agent).intersection(one.named)))
            if amount := one.beyond(least, at_most):
                yield one, amount, least

    def _in_part(
        self, problem: Problem, agent: Agent, count: Count, first: date, named: Dates, dates: Dates
    ) -> PartCount:
        balance, unknown = self._balance_in(problem, agent, first), named
        if balance is not None:
            unknown = tuple(on for on in named if on > balance.as_of)
        known, planned = count(unknown, dates)
        known += balance.amount if balance is not None else 0
        is_long = self.counts_over in ("quarter", "year")
        is_seen = not is_long or problem.grid.first_day - first <= 7 * ONE_DAY
        whole = is_seen and is_whole(problem, self.scope, agent, unknown, dates)
        return PartCount(agent, first, named, dates, known, planned, whole)

    def _balance_in(self, problem: Problem, agent: Agent, first: date) -> RuleBalance | None:
        """The balance for the part that begins on a date, where what was before counts."""
        if not counts_the_past(problem, self.scope):
            return None
        mine = (one for one in agent.balances if one.rule == self.name)
        return next((one for one in mine if first <= one.as_of < problem.grid.first_day), None)

    def balances_after(self, problem: Problem, roster: Roster, first_day: date) -> Mapping[str, RuleBalance]:
        """Each agent's balance for a horizon that begins on a day; none where a part begins with it.

        Quarters and years always have one. Of weeks and months the history that a horizon keeps tells the
        same, so that a balance goes on only where there is one.
        """
        eve, per = first_day - ONE_DAY, self.counts_over
        if per == "horizon" or part_start(problem, first_day, per) == first_day:
            return {}
        first = part_start(problem, eve, per)
        every = tuple(on for on in dates_of_part(problem, self.scope, per, first, ()) if on <= eve)
        dates = tuple(on for on in dates_meant(problem, self.scope) if first <= on <= eve)
        found = {}
        for agent in self.scope.covered_agents(problem):
            if per in ("week", "month") and self._balance_in(problem, agent, first) is None:
                continue
            count = self.count_of(problem, roster, agent)
            amount = self._in_part(problem, agent, count, first, every, dates).number
            in_minutes = self.unit == "hour"
            found[agent.name] = RuleBalance(
                rule=self.name,
                as_of=eve,
                minutes=amount if in_minutes else None,
                times=None if in_minutes else amount,
            )
        return found
