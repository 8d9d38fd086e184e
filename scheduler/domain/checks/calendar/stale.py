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
