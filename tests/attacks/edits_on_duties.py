"""Edits that planners make on the sheet Duties, each with what it means."""

from collections.abc import Callable
from random import Random
from typing import Any

from scheduler.domain import Duty
from tests.attacks.edits_meant import (
    BREAK_START,
    END,
    START,
    Case,
    Meant,
    drawn,
    later,
    roster_cell,
    same_clock,
    type_duty,
)


def _changed_row(case: Case, book: Any, random: Random, done: str, change: Callable[[Duty], Duty]) -> Meant:
    sheet = book["Duties"]
    row, duty = drawn(case, sheet, random)
    becomes = change(duty)
    type_duty(case, sheet, row, becomes, as_text=random.random() < 0.3)
    column = START if becomes.start != duty.start else END if becomes.end != duty.end else BREAK_START
    cells = frozenset([f"{column}{row}"] if becomes != duty else [])
    return Meant(f"Duties row {row}: {done}", [duty], [(becomes,)], cells)


def moved_row(case: Case, book: Any, random: Random) -> Meant | None:
    """A duty earlier or later, with its breaks."""
    minutes = random.choice((-60, -30, -15, 15, 30, 60))
    return _changed_row(case, book, random, f"moved by {minutes} min", lambda duty: later(duty, minutes))


def lengthened_row(case: Case, book: Any, random: Random) -> Meant | None:
    """A later end."""
    minutes = random.choice((15, 30, 60))
    return _changed_row(
        case,
        book,
        random,
        f"{minutes} min longer",
        lambda duty: duty.model_copy(update={"end": duty.end + minutes}),
    )


def moved_break(case: Case, book: Any, random: Random) -> Meant | None:
    """A break earlier or later."""
    minutes = random.choice((-30, -15, 15, 30))

    def change(duty: Duty) -> Duty:
        if not duty.breaks:
            return duty
        first, *rest = duty.breaks
        return duty.model_copy(
            update={"breaks": (first.model_copy(update={"start": first.start + minutes}), *rest)}
        )

    return _changed_row(case, book, random, f"first break moved by {minutes} min", change)


def deleted_row(case: Case, book: Any, random: Random) -> Meant | None:
    """A row taken out, or emptied."""
    sheet = book["Duties"]
    row, duty = drawn(case, sheet, random)
    if random.random() < 0.5:
        sheet.delete_rows(row)
    else:
        for cell in sheet[row]:
            cell.value = None
    return Meant(f"Duties row {row} deleted", [duty], cells=frozenset([roster_cell(case, book, duty)]))


def swapped_rows(case: Case, book: Any, random: Random) -> Meant | None:
    """Two people's duties of one day exchanged."""
    sheet = book["Duties"]
    (row, one), (other_row, other) = drawn(case, sheet, random), drawn(case, sheet, random)
    if one.agent == other.agent or one.day != other.day or not same_clock(case, one, other):
        return None
    sheet.cell(row, 1).value, sheet.cell(other_row, 1).value = other.agent, one.agent
    come = (
        one.model_copy(update={"agent": other.agent}),
        other.model_copy(update={"agent": one.agent}),
    )
    done = f"Duties rows {row} and {other_row} swapped"
    if come[0] != other:
        cells = frozenset(f"Duties!{cell.coordinate}" for at in (row, other_row) for cell in sheet[at])
        return Meant(done, [one, other], [come], cells)
    left = (
        f"Duties!{cell.coordinate}"
        for pair in zip(sheet[row][1:], sheet[other_row][1:], strict=True)
        if pair[0].value != pair[1].value
        for cell in pair
    )
    return Meant(done, wrong=frozenset(left))


def added_row(case: Case, book: Any, random: Random) -> Meant | None:
    """A copy of a row at the end, for somebody who is free that day."""
    sheet = book["Duties"]
    _, duty = drawn(case, sheet, random)
    free = [
        agent.name
        for agent in case.problem.agents
        if not case.outcome.roster.on(agent.name, duty.day)
        and case.problem.zone_of(agent) == case.problem.zone_of(case.problem.agent_named[duty.agent])
    ]
    if not free:
        return None
    new, row = duty.model_copy(update={"agent": random.choice(free)}), sheet.max_row + 1
    type_duty(case, sheet, row, new)
    return Meant(f"Duties row {row} added", [], [(new,)], frozenset([f"{START}{row}"]))
