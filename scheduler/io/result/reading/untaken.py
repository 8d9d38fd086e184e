"""Edits on the sheet Roster that cannot be taken from there: what they mean is the input's to say.

A leave that is cleared, another kind of absence, a mark of a pin: the duties stay as they are, so nothing
of it would be seen. Each is told at its cell, with the sheet on which it is changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.domain import Agent, Duty, Pin, Problem
from scheduler.domain.results.duty_words import away_words
from scheduler.domain.results.edited import UntakenEdit
from scheduler.domain.values.words import spoken_date
from scheduler.io.cells.parse import shown
from scheduler.io.result.reading.typed_shifts import is_absence, is_sickness
from scheduler.io.result.sheets.roster.roster_grid import PINNED_MARK, day_in_words
from scheduler.texts import text


@dataclass(frozen=True)
class TypedDay:
    """A day of the sheet Roster whose cell says something else than was written there.

    Parameters
    ----------
    agent
        As the input has them now.
    duties
        What Duties say of the day.
    says_the_same
        Whether the cell says these duties in other words.
    """

    agent: Agent
    day: int
    cell: str
    value: object
    duties: tuple[Duty, ...]
    says_the_same: bool


def untaken(problem: Problem, typed: TypedDay) -> Iterator[UntakenEdit]:
    """What of the cell cannot be taken, a sentence each."""
    on = problem.grid.date(typed.day)
    away = away_words(typed.agent, on)
    may_be_written = typed.value in _written_of_other_input(problem, typed)
    if away and typed.says_the_same and not typed.duties:
        if sentence := _of_absence(problem, typed, away):
            yield UntakenEdit(cell=typed.cell, sentence=sentence, is_of_input=may_be_written)
    elif sentence := _of_pin(typed, any(pin.day == on for pin in typed.agent.pins), spoken_date(on)):
        yield UntakenEdit(cell=typed.cell, sentence=sentence, is_of_input=may_be_written)


def _of_absence(problem: Problem, typed: TypedDay, away: str) -> str:
    agent, day = typed.agent.name, spoken_date(problem.grid.date(typed.day))
    if not typed.agent.is_employed_on(problem.grid.date(typed.day)):
        return (
            ""
            if is_absence(typed.value, problem)
            else text(
                "{agent} is still not employed on {day}. Change Starts on and Ends on, on Agents.",
                agent=agent,
                day=day,
            )
        )
    if not is_absence(typed.value, problem):
        return text(
            "{agent} is still away on {day} ({away}), for that is read from Availability. Change it there; "
            "here a duty can be written, or nothing be changed.",
            agent=agent,
            day=day,
            away=away,
        )
    if is_sickness(typed.value) == (away == text("sick")):
        return ""
    return text(
        "{said} stands here, and {agent} is away on {day} as {away}, for that is read from Availability. "
        "Change its Kind there.",
        said=shown(typed.value),
        agent=agent,
        day=day,
        away=shown(away),
    )


def _of_pin(typed: TypedDay, is_pinned: bool, day: str) -> str:
    is_marked = isinstance(typed.value, str) and PINNED_MARK in typed.value
    if is_marked and not is_pinned:
        return text(
            "{mark} pins nothing on {day}: a pin is a row on Fixed. Write one there for {agent}, or leave "
            "the mark out.",
            mark=PINNED_MARK,
            agent=typed.agent.name,
            day=day,
        )
    if is_pinned and not is_marked and typed.says_the_same:
        return text(
            "{agent} is still pinned on {day}, for pins are read from Fixed. To let it go, remove its row "
            "there; else write {mark} in front again.",
            mark=PINNED_MARK,
            agent=typed.agent.name,
            day=day,
        )
    return ""


def _written_of_other_input(problem: Problem, typed: TypedDay) -> list[str]:
    """What would have been written there from an input with other absences and pins."""
    agent, duties = typed.agent, typed.duties
    pins = (None, Pin(day=problem.grid.date(typed.day), off=not duties))
    ways = ("", text("time off"), text("sick"), text("not employed"))
    return [day_in_words(problem, agent, duties, away, pin) for away in ways for pin in pins]
