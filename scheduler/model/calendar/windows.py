"""Windows of days in a row as limits count them: every one of a length that ends on a day that is meant.

Called by the ``limits`` of rules on any days in a row; their ``check`` walks windows of dates instead
(:mod:`scheduler.model.calendar.window_walks`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.model.limits.kinds import Total
from scheduler.model.limits.verbs import Verb
from scheduler.model.rules.scope import Scope


@dataclass(frozen=True, slots=True)
class DayWindow:
    """Days in a row, as far as they are planned or lie before the horizon.

    Parameters
    ----------
    days
        Those that are planned and meant.
    before
        Those before the horizon that the rule names; history counts on them.
    is_cut
        Whether the rule begins inside the window.
    is_alone
        Whether no other window has its days, so that what is known of it has to be judged.
    """

    days: tuple[int, ...]
    before: tuple[int, ...]
    is_cut: bool
    is_alone: bool = False

    def is_seen_by(self, agent: Agent) -> bool:
        """Whether all of its days up to the last are planned, or known from the history as far as it goes."""
        return not self.is_cut and (self.is_alone or not self.before or bool(agent.history))


def windows_of(problem: Problem, scope: Scope, length_days: int) -> list[DayWindow]:
    """The windows that end on a covered day."""
    return [_window(problem, scope, last, length_days) for last in scope.days(problem)]


def windows_of_weeks(problem: Problem, scope: Scope, weeks: int) -> list[DayWindow]:
    """The windows of whole calendar weeks that end with a week of which a day is covered."""
    grid = problem.grid
    covered = scope.days(problem)
    lasts = {day + 6 - (grid.weekday(day) - problem.week_starts_on) % 7 for day in covered}
    return [_window(problem, scope, last, 7 * weeks) for last in sorted(lasts)]


def windows_of_periods(problem: Problem, scope: Scope, length_days: int, anchor: date) -> list[DayWindow]:
    """The periods of a length that follow each other from a date on, and have a covered day."""
    begins = problem.grid.day_index(anchor)
    lasts = {day + length_days - 1 - (day - begins) % length_days for day in scope.days(problem)}
    return [_window(problem, scope, last, length_days, is_alone=True) for last in sorted(lasts)]


def _window(
    problem: Problem, scope: Scope, last: int, length_days: int, *, is_alone: bool = False
) -> DayWindow:
    first = last - length_days + 1
    begins = problem.grid.day_index(scope.first_day) if scope.first_day is not None else first
    before: tuple[int, ...] = ()
    if scope.reaches_back(problem):
        before = tuple(day for day in range(first, 0) if scope.selects(problem, problem.grid.date(day)))
    return DayWindow(
        days=tuple(day for day in scope.days(problem) if first <= day <= last),
        before=before,
        is_cut=begins > max(first, 0),
        is_alone=is_alone,
    )


def totals_of(
    agent: Agent, of: Verb, windows: Sequence[DayWindow], at_most: int, carried_in: Sequence[int]
) -> Iterator[Total]:
    """The bounded sum of a verb over each window that the agent's past shows whole, or else over the last.

    What was before is held against nobody: where it exceeds the bound, nothing may be added to it.
    """
    seen = [place for place, window in enumerate(windows) if window.is_seen_by(agent)]
    last = len(windows) - 1
    for place in seen or range(last, last + 1) if windows else ():
        window, carried = windows[place], carried_in[place]
        if window.days:
            most = max(at_most, carried)
            yield Total(agent.name, of=of, on=window.days, at_most=most, carried_in=carried)
