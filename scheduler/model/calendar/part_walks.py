"""How checks count over calendar weeks or months, or over all the days meant together.

Called by the ``check`` of rules that bound a number per part of the calendar; their ``limits`` add up with
:func:`scheduler.model.calendar.weeks.totals_per_part` instead.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.domain.facts.absence import dates_away
from scheduler.domain.facts.problem import Agent, Problem, WorkedDuty
from scheduler.domain.results.roster import Duty, Roster
from scheduler.model.calendar.walks import (
    beyond,
    dates_meant,
    dates_of_part,
    duties_of_part,
    is_whole,
    parts_meant,
)
from scheduler.model.calendar.weeks import less
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


def duties_per_part(
    problem: Problem,
    roster: Roster,
    scope: Scope,
    counts: Callable[[WorkedDuty | Duty], bool] = lambda duty: True,
) -> Callable[[Agent], Count]:
    """What counts an agent's duties of a part, or those of them that count."""

    def count_of(agent: Agent) -> Count:
        def count(every: Dates, dates: Dates) -> tuple[int, int]:
            known, planned = duties_of_part(problem, agent, roster, scope, every, dates)
            return sum(map(counts, known)), sum(map(counts, planned))

        return count

    return count_of


def parts_out_of_bounds(
    problem: Problem,
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
            known, planned = count(every, dates)
            least = less(at_least, len(dates_away(problem, agent).intersection(every)))
            whole = is_whole(problem, scope, agent, every, dates)
            amount = beyond(known, planned, least if whole else None, at_most)
            if amount:
                yield OutOfBounds(agent, first, dates, known + planned, amount, least, whole)
