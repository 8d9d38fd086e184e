"""People of a roster who work on days on which nobody is wanted, for whoever reads a result."""

from collections import Counter
from collections.abc import Iterator

from scheduler.domain.checks.calendar.closed_days import closed_days
from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.roster import Duty, Roster
from scheduler.domain.values.words import counted, listed, spoken_date
from scheduler.texts import text

_SHOWN = 3


def work_on_closed_days(problem: Problem, roster: Roster) -> Iterator[str]:
    """A sentence, where anybody does; a night into a day that wants people is no such work."""
    closed = closed_days(problem)
    if not closed:
        return
    people = Counter(
        duty.day for duty in roster.duties if duty.day in closed and not _is_wanted(problem, duty)
    )
    if people:
        shown = [
            text(
                "{people} on {day}",
                people=counted(people[day], "person", "people"),
                day=spoken_date(problem.grid.date(day)),
            )
            for day in sorted(people)
        ]
        yield text("On days on which nobody is required work {shown}.", shown=listed(shown, _SHOWN))


def _is_wanted(problem: Problem, duty: Duty) -> bool:
    """Whether anybody is required at some time of a duty."""
    length = problem.grid.interval_minutes
    times = range(max(0, duty.start // length), min(problem.grid.intervals, -(-duty.end // length)))
    return any(demand.required[at] for demand in problem.demand for at in times)
