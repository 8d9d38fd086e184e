"""Arguments and options that several commands have."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from scheduler.command_line.output.delivery import Refused
from scheduler.domain import Problem
from scheduler.texts import text

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


def the_day(problem: Problem, said: datetime) -> date:
    """The day that is asked for.

    Raises
    ------
    Refused
        If it is not planned.
    """
    on = said.date()
    if not 0 <= problem.grid.day_index(on) < problem.grid.days:
        raise Refused(
            text(
                "{day} is not planned, which is from {first} to {last}.",
                day=on,
                first=problem.grid.first_day,
                last=problem.grid.date(problem.grid.days - 1),
            )
        )
    return on
