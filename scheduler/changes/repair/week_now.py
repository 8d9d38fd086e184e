"""The week as it is at the moment of a repair, beside the roster from before."""

from datetime import datetime
from typing import NamedTuple

from scheduler.changes.repair.moment import instant_of
from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.roster import Roster
from scheduler.domain.results.sick_hours import with_rostered_hours
from scheduler.domain.results.worked_nights import with_worked_nights


class WeekNow(NamedTuple):
    """A week at a moment.

    Parameters
    ----------
    problem
        The week, with sick days behind the nights that were worked, and the hours of the duties they cancel.
    since
        The instant from which on things may change.
    credited, said
        What sick calls are credited with and which nights stand; what is odd about the moment.
    """

    problem: Problem
    since: int
    credited: tuple[Finding, ...]
    said: tuple[Finding, ...]


def week_now(problem: Problem, roster: Roster, from_: datetime | str | None) -> WeekNow:
    """The week at a moment.

    Raises
    ------
    BadInput
        If the moment cannot be read, is not shown by the clock, or lies behind the planned days.
    """
    since, said = instant_of(problem, from_)
    problem, stand = with_worked_nights(problem, roster, since)
    problem, credited = with_rostered_hours(problem, roster)
    return WeekNow(problem, since, (*stand, *credited), said)
