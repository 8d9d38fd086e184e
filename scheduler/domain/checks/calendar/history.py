"""Checks of what was worked before the first day: gaps in it, mistyped years, people left out.

A person without a row has an unknown past, which no rule holds against them; a person with one is taken to
have worked exactly that. So half a history is planned with as easily as a whole one, and is told.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.domain.checks.calendar.slips_of_a_year import ask_for_year, meant_year
from scheduler.domain.facts.absence import days_away
from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.faults import FactPath, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.grid import DAYS_PER_WEEK
from scheduler.domain.values.words import counted
from scheduler.texts import text, text_n

_LONGEST_PAUSE = 3
"""Days without a duty of anybody that need no explanation: a weekend, and a holiday beside it."""

_LONGEST_HISTORY = 100
"""Days before the first one in which the history of a quarter lies; what is older has a mistyped year."""

_MEANT_WHOLE = 4
"""Where one in so many has a row, the history was meant to be whole; fewer are nights that reach in, say."""
_EMPTY_WEEKS = 2 * DAYS_PER_WEEK
"""Days without a duty of anybody, though History until calls them known: longer than a works holiday."""


def days_of_history(problem: Problem) -> tuple[date, date]:
    """The first and the last day of which a history can say something."""
    first = problem.grid.first_day
    return first - timedelta(days=_LONGEST_HISTORY), first - timedelta(days=1)


def history_faults(problem: Problem) -> Iterator[Finding]:
    """Everything that looks wrong with the history as a whole, and with the setting that bounds it."""
    yield from _history_gap(problem)
    yield from _old_history(problem)
    yield from _bounded_otherwise(problem)


def people_without_history(problem: Problem) -> Iterator[Finding]:
    """People who have no row of the week before, where others have one and nothing says that it is whole.

    Somebody who joins, or was away on one of these days, needs none.
    """
    grid = problem.grid
    since = grid.first_day - timedelta(days=DAYS_PER_WEEK)
    with_rows = {
        agent.name
        for agent in problem.agents
        if any(since <= duty.day < grid.first_day for duty in agent.history)
    }
    if (
        not with_rows
        or _MEANT_WHOLE * len(with_rows) < len(problem.agents)
        or problem.history_until is not None
    ):
        return
    week = range(-DAYS_PER_WEEK, 0)
    without = [
        (index, agent.name)
        for index, agent in enumerate(problem.agents)
        if agent.name not in with_rows and not days_away(problem, agent).intersection(week)
    ]
    if without:
        index, name = without[0]
        yield warning(
            ("agents", index),
            text_n(
                "{number} agent has no row on History from {since} on ({name}), while {others} do: nothing "
                "is known of their week before, and no rule holds it against them.",
                "{number} agents have no row on History from {since} on (first {name}), while {others} do: "
                "nothing is known of their week before, and no rule holds it against them.",
                len(without),
                number=len(without),
                since=since,
                name=name,
                others=len(with_rows),
            ),
            text(
                "Fill in what they worked; if it is nothing, write {last} under History until on Settings.",
                last=grid.first_day - timedelta(days=1),
            ),
        )


def _bounded_otherwise(problem: Problem) -> Iterator[Finding]:
    """A history that is said to be whole until a day which its rows, or the planned days, contradict."""
    until, first = problem.history_until, problem.grid.first_day
    if until is None:
        return
    path: FactPath = ("history_until",)
    last = max(
        (duty.day for agent in problem.agents for duty in agent.history if duty.day < first), default=None
    )
    if until >= first:
        yield warning(
            path,
            text(
                "History until is {until}, and the planned days begin on {first}: these are no history.",
                until=until,
                first=first,
            ),
            text("Write {last}, or mend First day.", last=first - timedelta(days=1)),
        )
    elif last is None:
        yield warning(
            path,
            text("History is said to be whole until {until}, and it has no row: nobody worked.", until=until),
            text("Fill in History, or clear this cell."),
        )
    elif until < last:
        yield warning(
            path,
            text("History until is {until}, and History has rows until {last}.", until=until, last=last),
            text("Write {last} or a later day, or mend the dates on History.", last=last),
        )
    elif (until - last).days > _EMPTY_WEEKS:
        yield warning(
            path,
            text(
                "History is said to be whole until {until}, and its last row is of {last}: nobody worked for "
                "{days}.",
                until=until,
                last=last,
                days=counted((until - last).days, "day"),
            ),
            text("Fill in the duties of these days, or mend the dates."),
        )


def _history_gap(problem: Problem) -> Iterator[Finding]:
    """Days before the first one of which no history is known."""
    first = problem.grid.first_day
    worked = [
        (duty.day, ("agents", index, "history", at))
        for index, agent in enumerate(problem.agents)
        for at, duty in enumerate(agent.history)
        if duty.day < first
    ]
    if not worked:
        return
    last, path = max(worked)
    last = max(last, problem.history_until or last)
    missing = (first - last).days - 1
    if missing >= _LONGEST_PAUSE:
        yield warning(
            (*path, "day"),
            text(
                "the history ends on {last}; of the {days} until the first day {first} nothing is known, and "
                "they count as free.",
                last=last,
                days=counted(missing, "day"),
                first=first,
            ),
            text("Fill in the duties of these days, or mend First day on Settings."),
        )


def _old_history(problem: Problem) -> Iterator[Finding]:
    """Duties that were worked so long ago that nothing counts them, as with the year of last January."""
    first = problem.grid.first_day
    old = [
        (("agents", index, "history", at, "day"), agent.name, duty.day)
        for index, agent in enumerate(problem.agents)
        for at, duty in enumerate(agent.history)
        if (first - duty.day).days > _LONGEST_HISTORY
    ]
    if old:
        path, agent, on = old[0]
        yield warning(
            path,
            text_n(
                "{number} duty of the history lies more than {days} days before the first day {first} "
                "({agent} on {on}).",
                "{number} duties of the history lie more than {days} days before the first day {first} "
                "(first {agent} on {on}).",
                len(old),
                number=len(old),
                days=_LONGEST_HISTORY,
                first=first,
                agent=agent,
                on=on,
            ),
            ask_for_year(meant_year(on, *days_of_history(problem)))
            + text("Mend the year, or remove these rows."),
        )
