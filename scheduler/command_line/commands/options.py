"""Arguments and options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

Input = Annotated[
    Path,
    typer.Argument(
        metavar="WEEK", help="The input: a workbook (.xlsx), the same as .json, or a folder of .csv."
    ),
]
Workers = Annotated[int | None, typer.Option(min=1, help="Searches side by side; one a core by default.")]
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
