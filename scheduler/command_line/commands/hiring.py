"""``capacity``: when to hire, from a year of weeks."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.app import capacity as planning
from scheduler.command_line.commands.options import Force
from scheduler.command_line.output.columns import short
from scheduler.command_line.output.delivery import must_be_writable, must_end_in, must_not_lose_edits
from scheduler.command_line.output.exits import in_words, written
from scheduler.command_line.output.terminal import say, say_findings
from scheduler.io.files.streams import WORKBOOK
from scheduler.io.result.capacity_workbook import cost_lines, verdict
from scheduler.texts import text

_LINE = "{:<18} {:<12} {:>7} {:>7} {:>15}"


def capacity(
    year: Annotated[
        Path, typer.Argument(metavar="YEAR.xlsx", help="Volumes by week, staff, and how people are hired.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="PLAN.xlsx", help="The workbook to write the plan into.")
    ],
    time_limit: Annotated[
        float,
        typer.Option("--time-limit", min=0.1, max=86_400, metavar="SECONDS", help="Seconds to search for."),
    ] = planning.SECONDS,
    seed: Annotated[int, typer.Option(min=0, help="Chooses between equally good ways to search.")] = 1,
    force: Force = False,
) -> None:
    """Plan a year of hiring: staff needed and there by week, and when to start a class at the least cost.

    For example: staffcurve capacity year.xlsx -o plan.xlsx
    """
    with in_words():
        must_end_in(output, WORKBOOK)
        before = must_be_writable(output, year)
        if not force:
            must_not_lose_edits(None, None, output)
        read = planning.read_year(year)
        say_findings(read.findings)
        made = planning.planned(read, seconds=time_limit, seed=seed)
        left_out: list[str] = planning.not_copied(read)
        written(lambda path: left_out.extend(made.write(path)), output, before)
    typer.echo(
        _LINE.format(text("skill"), text("starts"), text("classes"), text("people"), text("first contacts"))
    )
    for row in made.classes.itertuples(index=False):
        skill, starts, classes, people, arrives, _ = row
        typer.echo(
            _LINE.format(short(str(skill), 18), f"{starts:%Y-%m-%d}", classes, people, f"{arrives:%Y-%m-%d}")
        )
    typer.echo("")
    for line in cost_lines(made.shown):
        typer.echo(f"{line.name:<52} {line.amount:>15,.2f}")
    typer.echo(verdict(made.plan))
    for note in left_out:
        say(note)
    say(text("Written: {path}", path=output))
