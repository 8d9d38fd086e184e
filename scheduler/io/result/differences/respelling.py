"""Cells from which a roster is read, written in other words that say the same.

A planner types ``8:30`` for a time, ``ADA`` for Ada and ``15.06.2026`` for a date; the roster is the same.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from scheduler.domain.facts.problem import Problem
from scheduler.domain.values.spelling import is_turned, spelt
from scheduler.io.cells.conventions import as_settings_say
from scheduler.io.cells.parse import Unreadable
from scheduler.io.cells.parse_dates import day
from scheduler.io.cells.parse_times import clock
from scheduler.io.result.contents import names
from scheduler.io.result.differences.differences import Absent
from scheduler.io.result.sheets.roster.duties import FIXED, is_read

_END_DATE = FIXED.index("End date") + 1


def says_the_same(problem: Problem, title: str, column: int, heading: str, said: Any, right: Any) -> bool:
    """Whether a cell of the sheets Duties and Roster is read like the one that a recount gives.

    Parameters
    ----------
    column, heading
        Of the recount's sheet; the heading in its normal form.
    """
    if title == names.KEPT_EDITS:
        return _is_same_name(said, right) or _is_same_date(problem, said, right)
    if title == names.ROSTER:
        return column == 1 and _is_same_name(said, right)
    if title != names.DUTIES or not is_read(heading):
        return False
    if isinstance(said, Absent):
        return column == _END_DATE  # then the end is the first such time after the start
    is_same = _is_same_name(said, right) or _is_same_time(said, right)
    return is_same or _is_same_date(problem, said, right)


def _is_same_name(said: Any, right: Any) -> bool:
    both = isinstance(said, str) and isinstance(right, str) and not is_turned(said)
    return both and spelt(said).casefold() == spelt(right).casefold()


def _is_same_time(said: Any, right: Any) -> bool:
    if not isinstance(said, str) or not isinstance(right, time | timedelta) or is_turned(said):
        return False
    due = right if isinstance(right, timedelta) else timedelta(hours=right.hour, minutes=right.minute)
    try:
        return timedelta(minutes=clock(said)) == due
    except Unreadable:
        return False


def _is_same_date(problem: Problem, said: Any, right: Any) -> bool:
    if not isinstance(said, str) or not isinstance(right, date) or is_turned(said):
        return False
    try:
        return day(said, as_settings_say(problem)) == (right.date() if isinstance(right, datetime) else right)
    except Unreadable:
        return False
