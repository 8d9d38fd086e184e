"""What an edit by hand means, and how one is typed into a roster workbook."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import product
from random import Random
from typing import Any, NamedTuple

from openpyxl.utils import get_column_letter

from scheduler.domain import Agent, Duty, PlacedBreak, Problem, Roster
from scheduler.io.result.sheets.roster.duties import FIGURES, FIXED, break_headings
from tests.attacks.forgeries import Case


class Meant(NamedTuple):
    """What an edit means.

    Parameters
    ----------
    gone
        Duties that are no more.
    come
        Every choice of duties that can be there instead; more than one where breaks, a start or a length are
        left open.
    cells
        The sheet and row, or the cell, of each day that it changes.
    wrong
        Cells that are wrong afterwards although the roster is the same: two people who do the same on a day
        have their names exchanged, and their personnel numbers, teams and pay stay behind. Nothing tells that
        from personnel numbers that were exchanged, by which the wrong person would be paid.
    refused
        Where the finding has to stand of an edit that means nothing, or two things.
    not_read
        What has to be named as not read.
    """

    done: str
    gone: Sequence[Duty] = ()
    come: Sequence[tuple[Duty, ...]] = ((),)
    cells: frozenset[str] = frozenset()
    wrong: frozenset[str] = frozenset()
    refused: str = ""
    not_read: str = ""

    def with_(self, case: Case, come: tuple[Duty, ...]) -> Roster:
        """The roster with one of the choices."""
        kept = (duty for duty in case.outcome.roster.duties if duty not in self.gone)
        return Roster(duties=(*kept, *come))

    def choice_of(self, case: Case, roster: Roster) -> bool:
        """Whether a roster is one that the edit can mean."""
        kept = {duty for duty in case.outcome.roster.duties if duty not in self.gone}
        found = Counter(roster.duties)
        found.subtract(kept)
        return any(Counter(come) == +found for come in self.come) and min(found.values(), default=0) >= 0


Edit = Callable[[Case, Any, Random], Meant | None]


def clock(problem: Problem, agent: Agent, duty: Duty, instant: int) -> timedelta:
    """Time since the midnight of the duty's day, as the agent's clock shows it."""
    local = problem.grid.local(instant, problem.zone_of(agent)).replace(tzinfo=None)
    return local - datetime.combine(problem.grid.date(duty.day), time())


def span(case: Case, duty: Duty) -> str:
    """A duty's times as somebody types them."""
    agent = case.problem.agent_named[duty.agent]
    minutes = [clock(case.problem, agent, duty, at) // timedelta(minutes=1) for at in (duty.start, duty.end)]
    return "-".join(f"{at // 60 % 24:02d}:{at % 60:02d}" for at in minutes)


def type_duty(case: Case, sheet: Any, row: int, duty: Duty, *, as_text: bool = False) -> None:
    """Type a duty over a row of Duties."""
    problem, columns = case.problem, {cell.value: cell.column for cell in sheet[4]}
    agent = problem.agent_named[duty.agent]

    def put(heading: str, value: Any) -> None:
        sheet.cell(row, columns[heading]).value = value

    def at(instant: int) -> Any:
        local = problem.grid.local(instant, problem.zone_of(agent))
        return f"{local.hour}:{local.minute:02d}" if as_text else local.time().replace(tzinfo=None)

    put("Agent", duty.agent)
    put("Date", problem.grid.date(duty.day))
    put("Shift", duty.template)
    starts = clock(problem, agent, duty, duty.start)
    minutes = starts // timedelta(minutes=1)  # 24:30 and not 0:30, which would be a day earlier
    put("Start", f"{minutes // 60}:{minutes % 60:02d}" if as_text else starts)
    put("End date", problem.grid.local(duty.end, problem.zone_of(agent)).date())
    put("End", at(duty.end))
    for number, pause in enumerate(duty.breaks, start=1):
        put(f"Break {number}", pause.name)
        put(f"Break {number} start", at(pause.start))
        put(f"Break {number} end", at(pause.end))
        put(f"Break {number} paid", "paid" if pause.paid else "unpaid")


_HEADINGS = (*FIXED, *FIGURES, *break_headings(1))
START, END, BREAK_START = (
    f"Duties!{get_column_letter(_HEADINGS.index(heading) + 1)}"
    for heading in ("Start", "End", "Break 1 start")
)
"""The columns of starts, of ends, and of the starts of first breaks."""


def drawn(case: Case, sheet: Any, random: Random) -> tuple[int, Duty]:
    """A row of Duties and its duty."""
    date_column, shift_column = (FIXED.index(heading) + 1 for heading in ("Date", "Shift"))
    rows = [row for row in range(5, sheet.max_row + 1) if sheet.cell(row, shift_column).value]
    row = random.choice(rows)
    day = case.problem.grid.day_index(sheet.cell(row, date_column).value.date())
    (duty,) = case.outcome.roster.on(sheet.cell(row, 1).value, day)
    return row, duty


def later(duty: Duty, minutes: int) -> Duty:
    """The duty with its breaks, moved."""
    breaks = tuple(pause.model_copy(update={"start": pause.start + minutes}) for pause in duty.breaks)
    moved = {"start": duty.start + minutes, "end": duty.end + minutes, "breaks": breaks}
    return duty.model_copy(update=moved)


def same_clock(case: Case, one: Duty, other: Duty) -> bool:
    """Whether two people live by one clock."""
    return len({case.problem.zone_of(case.problem.agent_named[duty.agent]) for duty in (one, other)}) == 1


def roster_cell(case: Case, book: Any, duty: Duty) -> str:
    """The cell of Roster that shows a duty's day."""
    sheet = book["Roster"]
    heading = next(row for row in range(1, 40) if sheet.cell(row, 1).value == "Agent")
    names = {sheet.cell(row, 1).value: row for row in range(heading + 1, sheet.max_row + 1)}
    return f"Roster!{sheet.cell(names[duty.agent], 4 + duty.day).coordinate}"


def with_any_breaks(case: Case, duty: Duty) -> Iterator[Duty]:
    """The duty with its breaks at every start that their windows have."""
    problem = case.problem
    zone = problem.zone_of(problem.agent_named[duty.agent])
    pauses = problem.template_named[duty.template].breaks_of(duty.elapsed_minutes)
    choices = []
    for pause in pauses:
        first, last = pause.earliest_start, pause.latest_start
        if pause.measured_from == "clock":
            first, last = (problem.grid.instant_on_day(duty.day, at, zone) for at in (first, last))
        elif pause.measured_from == "end":
            first, last = duty.end - first, duty.end - last
        else:
            first, last = duty.start + first, duty.start + last
        choices.append(range(first, last + 1, pause.step_minutes))
    for starts in product(*choices):
        placed = [
            PlacedBreak(name=pause.name, start=at, length_minutes=pause.length_minutes, paid=pause.paid)
            for pause, at in zip(pauses, starts, strict=True)
        ]
        yield duty.model_copy(update={"breaks": tuple(sorted(placed, key=lambda pause: pause.start))})
