"""``refresh``: a roster workbook that was edited by hand, written anew from the edits."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.app import planning, refreshing
from scheduler.app.refreshing import Refreshed
from scheduler.command_line.commands.options import Force
from scheduler.command_line.output.delivery import must_be_writable, must_end_in, must_not_lose_edits
from scheduler.command_line.output.exits import Exit, in_words, written
from scheduler.command_line.output.program import to_type
from scheduler.command_line.output.terminal import money, say
from scheduler.command_line.output.verdict import report_in_words
from scheduler.io.files.streams import WORKBOOK
from scheduler.texts import text


def refresh(
    roster: Annotated[
        Path, typer.Argument(metavar="ROSTER.xlsx", help="A roster workbook that was edited by hand.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="NEW.xlsx", help="Where to write it; without it, in the same place."
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Write a roster anew from what was edited on Duties or Roster, and say what it breaks and costs.

    For example: staffcurve refresh roster.xlsx
    """
    target = output or roster
    with in_words():
        must_end_in(target, WORKBOOK)
        before = must_be_writable(target)
        refreshed = refreshing.refreshed(roster)
        if not (force or planning.are_one_file(target, roster)):
            must_not_lose_edits(refreshed.problem, refreshed.rules, target)
        written(refreshed.write, target, before)
    anew = refreshed.report.model_copy(update={"outdated": ()})  # its figures are new in what was written
    for line in report_in_words(refreshed.problem, anew):
        typer.echo(line)
    if refreshed.input_edited:
        say(_of_the_proof(refreshed, target))
    for note in refreshed.notes:
        say(note)
    say(text("Written: {path}", path=target))
    if not anew.is_legal:
        raise typer.Exit(Exit.VERIFY_FOUND_SOMETHING)
    raise typer.Exit(Exit.FIGURES_ARE_OLD if anew.untaken else Exit.DONE)


def _of_the_proof(refreshed: Refreshed, target: Path) -> str:
    return text(
        "The copy of the input inside was edited too, so the proof of the search no longer holds: for the "
        "input as it is now its prices prove {bound}, which may be far from the best. For a new one run: "
        "{solve_it}",
        bound=money(refreshed.outcome.bound, refreshed.problem.currency),
        solve_it=to_type("solve", target, "--start", target, "-o", "NEW.xlsx"),
    )
