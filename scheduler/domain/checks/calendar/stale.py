"""Facts of other days than the planned ones: last year's leave, a history that ends weeks before.

They are legal, since a book is often used again, and they are counted, one line a kind: a planner who
expected them to matter has the wrong week or the wrong year somewhere.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.faults import FactPath, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.words import counted
from scheduler.texts import marked, text, text_n

_LONGEST_PAUSE = 3
"""Days without a duty of anybody that need no explanation: a weekend, and a holiday beside it."""

_LONGEST_HISTORY = 100
"""Days before the first one in which the history of a quarter lies; what is older has a mistyped year."""

_WINDOWS = {
    "available": (marked("availability"), 0),
    "unavailable": (marked("unavailability"), 1),
    "time_off": (marked("time off"), 7),
}
"""How a kind of window is called, and from how many days before the first one its windows still matter:
absence of the week before cuts what the history says of days in a row."""

_DAYS = {
    "preferred_days_off": marked("preferred days off"),
    "pins": marked("what is fixed"),
    "shift_wishes": marked("wishes"),
}
"""How entries of one day are called."""
_FIELD = dict.fromkeys(("pins", "shift_wishes"), ("day",))
"""The field that holds the day, where an entry has others."""


def stale_faults(problem: Problem) -> Iterator[Finding]:
    """Entries outside the planned days, one finding a kind."""
    grid = problem.grid
    last = grid.date(grid.days - 1)
    for key, (kind, before) in _WINDOWS.items():
        since = grid.first_day - timedelta(days=before)

        def lies_outside(window: Any, since: date = since) -> bool:
            return bool(window.last_day < since or window.start.date() > last + timedelta(days=1))

        yield from _outside(problem, key, text(kind), lies_outside, lambda window: window.start.date())
    for key, kind in _DAYS.items():

        def day_of(entry: Any) -> date:
            return entry if isinstance(entry, date) else entry.day

        yield from _outside(
            problem, key, text(kind), lambda entry: not grid.first_day <= day_of(entry) <= last, day_of
        )


def _outside(
    problem: Problem,
    key: str,
    kind: str,
    lies_outside: Callable[[Any], bool],
    day_of: Callable[[Any], date],
) -> Iterator[Finding]:
    found: list[tuple[FactPath, str, date]] = [
        (("agents", index, key, at, *_FIELD.get(key, ())), agent.name, day_of(entry))
        for index, agent in enumerate(problem.agents)
        for at, entry in enumerate(getattr(agent, key))
        if lies_outside(entry)
    ]
    if found:
        path, agent, day = found[0]
        grid = problem.grid
        yield warning(
            path,
            text_n(
                "{entries} of {kind} lies outside {first} to {last}, where no shift is planned; first "
                "{agent} on {day}.",
                "{entries} of {kind} lie outside {first} to {last}, where no shift is planned; first "
                "{agent} on {day}.",
                len(found),
                entries=counted(len(found), "entry", "entries"),
                kind=kind,
                first=grid.first_day,
                last=grid.date(grid.days - 1),
                agent=agent,
                day=day,
            ),
            text("Mend the dates, or First day and Days on Settings."),
        )


def history_gap(problem: Problem) -> Iterator[Finding]:
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


def old_history(problem: Problem) -> Iterator[Finding]:
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
            text("Mend the year, or remove these rows."),
        )
