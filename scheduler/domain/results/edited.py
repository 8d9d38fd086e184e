"""What people edited in the file of a roster, and what that changed."""

from scheduler.domain.results.breaches import at_cells
from scheduler.domain.values.frozen import Frozen


class HandEdit(Frozen):
    """One agent's day that was changed in a file since the file was written.

    Parameters
    ----------
    cell
        Where it was changed: on the sheet Duties or Roster.
    day
        Of the horizon, from 0.
    sentence
        What it was and what it is, in words.
    """

    cell: str
    agent: str
    day: int
    sentence: str

    def __str__(self) -> str:
        return at_cells((self.cell,), self.sentence)


class UntakenEdit(Frozen):
    """An edit that cannot be taken, for what it means stands in the input.

    Parameters
    ----------
    cell
        Where it was made, on the sheet Duties or Roster.
    sentence
        What still holds, and where it is changed.
    is_of_input
        Whether it could be no edit, and what was written there from another input.
    """

    cell: str
    sentence: str
    is_of_input: bool = False

    def __str__(self) -> str:
        return at_cells((self.cell,), self.sentence)


class ChangedBy(Frozen):
    """What edits changed: each figure of the roster as it is, less that of the roster as it was written.

    Parameters
    ----------
    cost
        In sixtieths of a cent.
    missing_minutes, superfluous_minutes
        Agent-minutes, all skills together.
    missing_people, superfluous_people
        People on shifts, all days together.
    """

    cost: int
    paid_minutes: int
    missing_minutes: int
    superfluous_minutes: int
    missing_people: int
    superfluous_people: int
