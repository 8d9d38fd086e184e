"""Arguments and options that several commands have."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from scheduler.app.arguments.asked import day_called
from scheduler.domain import Problem

Input = Annotated[
    Path,
    typer.Argument(
        metavar="WEEK", help="The input: a workbook (.xlsx), the same as .json, or a folder of .csv."
    ),
]
Workers = Annotated[int | None, typer.Option(min=1, help="Searches side by side; one a core by default.")]
Force = Annotated[
    bool, typer.Option("--force", help="Replace a roster that was edited since it was written.")
]
InputOfRoster = Annotated[
    Path | None,
    typer.Option(
        "--input",
        metavar="WEEK",
        help="The input, where it is not to be the copy in the roster workbook.",
    ),
]
RosterFile = Annotated[
    Path, typer.Argument(metavar="ROSTER", help="A roster workbook, or the JSON that solve wrote.")
]


def the_day(problem: Problem, said: str | None) -> date | None:
    """The day that is asked for, if any: a date or a weekday, as in every command.

    Raises
    ------
    BadInput
        If it is no day, not a planned one, or one of several.
    """
    return None if said is None else problem.grid.date(day_called(problem, said, "day"))
