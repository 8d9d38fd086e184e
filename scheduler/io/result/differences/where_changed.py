"""What people change on the sheets Duties and Roster and is not read from there: where to change it."""

from scheduler.domain import Problem
from scheduler.domain.values.words import spoken_date
from scheduler.io.cells.columns import normalised
from scheduler.io.result.contents import names
from scheduler.io.result.differences.own_places import Cells
from scheduler.io.result.sheets.roster.duties import FIGURES, FIXED
from scheduler.texts import text

_OF_AGENTS = frozenset(map(normalised, ("Personnel no.", "Team", "Contract", "Skills")))
_FOLLOW = frozenset(map(normalised, (*FIGURES, "Paid hours", "Days")))
_KIND, _DATE = (FIXED.index(heading) + 1 for heading in ("Kind", "Date"))


def gone(problem: Problem, title: str, row: int, wanted: Cells) -> str:
    """Of a row that the file lacks: whose it is, and that what it says still holds; empty of other rows.

    Parameters
    ----------
    row, wanted
        The row's number and cells in the recount.
    """
    agent = wanted.get(1)
    if agent not in problem.agent_named:
        return ""
    if title == names.ROSTER:
        return text(
            "row {row}, {agent}, is gone; the duties of {agent} stand, as on Duties. For days off write off "
            "in the row, or remove the duties on Duties.",
            row=row,
            agent=agent,
        )
    if title == names.DUTIES and wanted.get(_KIND) in names.ABSENCES:
        return text(
            "row {row}, {agent}, {day}, {kind}, is gone; {agent} is still away, for absences are read from "
            "Availability. Change it there.",
            row=row,
            agent=agent,
            day=spoken_date(wanted[_DATE]),
            kind=wanted[_KIND],
        )
    return ""


def to_come(problem: Problem, title: str, wanted: Cells) -> str:
    """Of a row of Duties that the file lacks: whose duty it is; empty of other rows.

    A duty that was written on Roster has no row on Duties yet. Said by name, it is not mistaken for the duty
    whose row stood in that place before.
    """
    if title != names.DUTIES or wanted.get(1) not in problem.agent_named:
        return ""
    return text(
        "the duty of {agent} on {day} has no row here yet.",
        agent=wanted[1],
        day=spoken_date(wanted[_DATE]),
    )


def where_changed(problem: Problem, title: str, heading: str, wanted: Cells) -> str:
    """Where a cell of a row is changed instead; empty where nothing is to be said.

    Parameters
    ----------
    heading
        Of its column, in normal form.
    wanted
        The row in the recount.
    """
    if title not in (names.DUTIES, names.ROSTER) or wanted.get(1) not in problem.agent_named:
        return ""
    if title == names.DUTIES and wanted.get(_KIND) in names.ABSENCES:
        return text("Absences are read from Availability: change it there.")
    if heading in _OF_AGENTS:
        return text("It is read from Agents: change it there.")
    if heading in _FOLLOW:
        return text("It follows from the duties: change those.")
    return ""
