"""The next horizon's input, from this one's and its roster."""

import logging
from datetime import date

from scheduler.app.arguments.checks import must_be_right
from scheduler.domain import Problem, Roster
from scheduler.model import RuleBook
from scheduler.rolling.next_week import NextWeek, moved_on

LOG = logging.getLogger("staffcurve")


def next_week(
    problem: Problem, rules: RuleBook, roster: Roster, *, first_day: date | None = None
) -> tuple[Problem, RuleBook]:
    """The next horizon: dates moved on, history from the roster, what is past left out.

    Demand, headcounts, availability and wishes by weekday come again; demand by date is that of the same
    weekday. What was left out is logged, a line a kind.

    Parameters
    ----------
    first_day
        Of the next horizon; by default the day after this one, see
        :func:`scheduler.rolling.next_week.moved_on`.

    Raises
    ------
    BadInput
        If an argument is not what it must be.
    """
    found = next_week_with_notes(problem, rules, roster, first_day=first_day)
    for note in found.notes:
        LOG.info("%s", note)
    return found.problem, found.rules


def next_week_with_notes(
    problem: Problem, rules: RuleBook, roster: Roster, *, first_day: date | None = None
) -> NextWeek:
    """The same with what was left out, as sentences."""
    must_be_right(problem=problem, rules=rules, roster=roster)
    return moved_on(problem, rules, roster, first_day)
