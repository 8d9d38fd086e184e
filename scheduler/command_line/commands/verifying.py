"""``verify``: a roster checked and recounted."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from scheduler.app import planning
from scheduler.app.results import documents
from scheduler.app.results import read_back as results
from scheduler.command_line.commands.options import Input, RosterFile
from scheduler.command_line.output.delivery import STDOUT, must_be_json_output, write_json
from scheduler.command_line.output.exits import in_words, written
from scheduler.command_line.output.program import to_type
from scheduler.command_line.output.verdict import exit_of, report_in_words
from scheduler.io.files.streams import is_json
from scheduler.texts import text


def verify(
    week: Input,
    roster: RosterFile,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="OUT.json", help="The report as JSON; - is stdout.")
    ] = None,
) -> None:
    """Check a roster against the rules of an input, and recount its figures, from scratch.

    For example: staffcurve verify week.xlsx roster.xlsx
    """
    with in_words():
        before = must_be_json_output(json, week, roster)
        problem, rules = planning.read_workbook(week)
        report = results.verify_file(problem, rules, roster)
        if json:
            written(partial(write_json, text=documents.report_as_json(problem, report)), json, before)
    if json != STDOUT:
        for line in report_in_words(problem, report):
            typer.echo(line)
        if report.outdated and report.is_legal and report.is_of_other_input:
            output = roster.with_name(f"{roster.stem}_new.xlsx")
            anew = to_type("repair", week, roster, "-o", output, "--most-changes", 0)
            said = text(
                "To have this roster with the given input and no duty changed, run: {anew}", anew=anew
            )
            typer.echo(said)
        elif report.outdated and report.is_legal and not is_json(roster):
            refresh_it = to_type("refresh", roster)
            typer.echo(text("To bring every sheet up to date, run: {refresh_it}", refresh_it=refresh_it))
    raise typer.Exit(exit_of(report))
