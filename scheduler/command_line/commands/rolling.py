"""``next``: the next week's input, from this week's and its roster."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from scheduler.app import next_week, planning
from scheduler.app.input_checks.readings import accepted
from scheduler.app.results import read_back as results
from scheduler.command_line.commands.options import Force, Input
from scheduler.command_line.output.delivery import must_be_writable, must_end_in, must_not_lose_edits
from scheduler.command_line.output.exits import in_words, written
from scheduler.command_line.output.program import to_type
from scheduler.command_line.output.terminal import say, say_known, say_not_copied
from scheduler.io.files.streams import JSON, WORKBOOK
from scheduler.texts import text


def next(
    week: Input,
    roster: Annotated[
        Path, typer.Argument(metavar="ROSTER.xlsx", help="Its roster, as it was worked or will be.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="NEXT.xlsx", help="The input to write, .xlsx or .json.")
    ],
    first_day: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="DATE",
            help="The first day of the next week; by default the day after the last one.",
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Make the next week's input: dates moved on, history from the roster, what is past left out.

    For example: staffcurve next week.xlsx roster.xlsx -o next.xlsx
    """
    with in_words():
        must_end_in(output, WORKBOOK, JSON)
        before = must_be_writable(output, week, roster)
        read = planning.read(week)
        problem, rules = accepted(read)
        say_known(read.told, to_type("check", week))
        if not force:
            must_not_lose_edits(problem, rules, output)
        found = next_week.next_week_with_notes(
            problem, rules, results.read_roster(roster, problem), first_day=first_day and first_day.date()
        )
        written(partial(planning.write_workbook, problem=found.problem, rules=found.rules), output, before)
    for note in found.notes:
        say(note)
    say_not_copied(read.sheets_beside)
    say(
        text(
            "Written: {output}, {first} to {last}. Look it through, then run: {check_it}",
            output=output,
            first=found.problem.grid.first_day,
            last=found.problem.grid.date(found.problem.grid.days - 1),
            check_it=to_type("check", output),
        )
    )
