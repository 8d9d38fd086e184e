"""Facts of other days than the planned ones: last year's leave, a history that ends weeks before.

They are legal, since a book is often used again, and they are counted, one line a kind: a planner who
expected them to matter has the wrong week or the wrong year somewhere. Those that would lie inside with the
year beside theirs are told apart, with the date that is probably meant.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from scheduler.domain.checks.calendar.slips_of_a_year import ask_for_year, meant_year
from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.faults import FactPath, warning
from scheduler.domain.findings.finding import Finding, Place
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


_Entry = tuple[FactPath, str, date, date | None]
"""Where an entry stands, whose it is, its day, and the day that was meant where that is a slip of a year."""


def stale_faults(problem: Problem) -> Iterator[Finding]:
    """Entries outside the planned days, one finding a kind."""
    grid = problem.grid
    last = grid.date(grid.days - 1)
    for key, (kind, before) in _WINDOWS.items():
        since = grid.first_day - timedelta(days=before)

        def lies_outside(window: Any, since: date = since) -> bool:
            return bool(window.last_day < since or window.start.date() > last + timedelta(days=1))

        def meant(window: Any, since: date = since) -> date | None:
            begin = window.start.date()
            return meant_year(begin, since - (window.last_day - begin), last)

        yield from _outside(problem, key, text(kind), lies_outside, lambda one: one.start.date(), meant)
    for key, kind in _DAYS.items():

        def day_of(entry: Any) -> date:
            return entry if isinstance(entry, date) else entry.day

        yield from _outside(
            problem, key, text(kind), lambda entry: not grid.first_day <= day_of(entry) <= last, day_of,
            lambda entry: meant_year(day_of(entry), grid.first_day, last),
        )  # fmt: skip


def _outside(
    problem: Problem,
    key: str,
    kind: str,
    lies_outside: Callable[[Any], bool],
    day_of: Callable[[Any], date],
    meant: Callable[[Any], date | None],
) -> Iterator[Finding]:
    found: list[_Entry] = [
        (("agents", index, key, at, *_FIELD.get(key, ())), agent.name, day_of(entry), meant(entry))
        for index, agent in enumerate(problem.agents)
        for at, entry in enumerate(getattr(agent, key))
        if lies_outside(entry)
    ]
    slips = [one for one in found if one[3] is not None]
    others = [one for one in found if one[3] is None]
    for entries in (slips, others):
        if entries:
            yield _told(problem, kind, entries)


def _told(problem: Problem, kind: str, entries: Sequence[_Entry]) -> Finding:
    """One line for entries of a kind, all of them slips of a year or none; at each cell where they are."""
    path, agent, day, meant = entries[0]
    said = warning(
        path,
        text_n(
            "{entries} of {kind} lies outside {first} to {last}, where no shift is planned; first "
            "{agent} on {day}.",
            "{entries} of {kind} lie outside {first} to {last}, where no shift is planned; first "
            "{agent} on {day}.",
            len(entries),
            entries=counted(len(entries), "entry", "entries"),
            kind=kind,
            first=problem.grid.first_day,
            last=problem.grid.date(problem.grid.days - 1),
            agent=agent,
            day=day,
        ),
        ask_for_year(meant) + text("Mend the dates, or First day and Days on Settings."),
    )
    if meant is None:
        return said
    return said.model_copy(update={"also": tuple(Place(path=other[0]) for other in entries[1:])})
