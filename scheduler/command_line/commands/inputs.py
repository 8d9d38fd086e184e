"""Commands for an input alone: ``new``, ``check``, ``convert`` and ``schema``."""

from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from scheduler.app import law, planning, tables
from scheduler.app.capacity import new_capacity
from scheduler.app.results import documents
from scheduler.command_line.commands.options import Input
from scheduler.command_line.output.delivery import (
    Refused,
    must_be_writable,
    must_end_in,
    must_not_be_read,
    must_not_lose_edits,
)
from scheduler.command_line.output.exits import Exit, in_words, written
from scheduler.command_line.output.program import to_type
from scheduler.command_line.output.terminal import (
    counted_errors,
    counted_warnings,
    finding_line,
    say,
    say_findings,
    say_known,
    say_not_copied,
)
from scheduler.domain import BadInput
from scheduler.io.files.streams import JSON, WORKBOOK
from scheduler.io.files.writing.meanwhile import Before
from scheduler.texts import text


class Trade(StrEnum):
    """For whom a new workbook is."""

    CENTRE = "centre"
    CALLS = "calls"
    SHOP = "shop"
    WARD = "ward"
    CAPACITY = "capacity"


_WEEKS: Mapping[Trade, Literal["centre", "calls", "shop", "ward"]] = {
    Trade.CENTRE: "centre",
    Trade.CALLS: "calls",
    Trade.SHOP: "shop",
    Trade.WARD: "ward",
}
"""Those whose workbook is a week's."""


def new(
    workbook: Annotated[Path, typer.Argument(metavar="WEEK.xlsx", help="The workbook to make.")],
    trade: Annotated[
        Trade,
        typer.Option(
            "--for",
            help="Whose worked rows it has: a contact centre's, by agents asked for or by its calls; a "
            "shop's, a ward's; capacity: a year.",
        ),
    ] = Trade.CENTRE,
    preset: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="Whose law its rules and breaks follow: de, us-ca, tw ... (see docs/law.md)."
        ),
    ] = None,
    system: Annotated[
        str | None, typer.Option(help="How that law counts hours, where it knows several: four-week.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if there is one.")] = False,
    holidays: Annotated[
        str | None,
        typer.Option(
            "--holidays",
            metavar="DE-BY",
            help="Public holidays of a country or region on its sheet Holidays, this year's and the next's.",
        ),
    ] = None,
) -> None:
    """Make a workbook to fill in, with worked rows on its sheets.

    For example: staffcurve new week.xlsx --for shop
    """
    with in_words():
        under = _law_of(preset, system, trade)
        must_end_in(workbook, WORKBOOK)
        with suppress(OSError):  # told by the next line
            if workbook.exists() and not force:
                raise Refused(
                    text(
                        "{workbook}: exists already. Choose another name, or replace it with --force.",
                        workbook=workbook,
                    )
                )
        before = must_be_writable(workbook)
        if trade is Trade.CAPACITY:
            written(new_capacity, workbook, before)
            plan = workbook.with_stem(f"{workbook.stem}_plan")
            check_it = to_type("capacity", workbook, "-o", plan)
        else:
            make = partial(planning.new_workbook, trade=_WEEKS[trade], under=under, holidays_of=holidays)
            written(make, workbook, before)
            check_it = to_type("check", workbook)
    say(text("Written: {workbook}. Fill it in, then run: {check_it}", workbook=workbook, check_it=check_it))
    if under is not None:
        say(
            text(
                "{title}: rows of Rules and Premiums with a Source, and the breaks, are a beginning to "
                "confirm, and no legal advice. Not said by any row:",
                title=under.preset.title,
            )
        )
        for one in under.preset.left_out:
            say(f"  - {one}")


def _law_of(presets: list[str] | None, system: str | None, trade: Trade) -> law.UnderLaw | None:
    """The preset that is asked for."""
    if not presets:
        if system is not None:
            raise Refused(text("--system belongs to a preset of law. Add --preset, such as tw."))
        return None
    if trade is Trade.CAPACITY:
        raise Refused(text("A year has no rules of law. Leave out --preset, or --for capacity."))
    if len(presets) > 1:
        raise Refused(
            text(
                "--preset is given {number} times ({names}); a workbook begins with one. Make one for each, "
                "and copy its rows.",
                number=len(presets),
                names=", ".join(presets),
            )
        )
    return law.under_law(presets[0], system)


def check(week: Input) -> None:
    """Say everything that is wrong with an input, each with its sheet and cell.

    For example: staffcurve check week.xlsx
    """
    with in_words():
        findings = planning.check(week)
    for finding in findings:
        typer.echo(finding_line(finding))
    errors = sum(finding.is_error for finding in findings)
    say(f"{week}: {counted_errors(errors)}, {counted_warnings(len(findings) - errors)}.")
    raise typer.Exit(Exit.BAD_INPUT if errors else Exit.DONE)


def convert(
    week: Input,
    target: Annotated[
        Path, typer.Argument(metavar="TARGET", help="A .xlsx, a .json or a folder of CSV files to write.")
    ],
    force: Annotated[
        bool,
        typer.Option(
            "--force", help="Replace CSV files of the same names, or a roster that was edited since."
        ),
    ] = False,
) -> None:
    """Turn an input or a roster into a folder of CSV files, and an input from any form into another.

    For example: staffcurve convert roster.xlsx for_payroll
    """
    with in_words():
        if target.is_dir() or not target.suffix:
            _convert_to_folder(week, target, force)
        else:
            must_end_in(target, WORKBOOK, JSON)
            before = must_be_writable(target, week)
            read = tables.read_input(week)
            say_known(read.warnings, to_type("check", week), week if read.is_roster else None)
            if not force:
                must_not_lose_edits(read.problem, read.rules, target)
            written(partial(planning.write_workbook, problem=read.problem, rules=read.rules), target, before)
            say_not_copied(read.sheets_beside, week if read.is_roster else None)
    say(text("Written: {path}", path=target))


def _convert_to_folder(week: Path, folder: Path, force: bool) -> None:
    folder = folder.absolute()
    files = tables.files_in(folder)
    for path in (folder, *files):
        must_not_be_read(path, week)
    before = Before.at(*files)
    if faults := tables.folder_faults(folder, replace=force):
        raise BadInput(faults)
    read = tables.read_week(week)
    say_known(read.warnings, to_type("check", week), week if read.is_roster else None)
    say_findings(read.breaches)
    write = partial(
        tables.write_folder,
        problem=read.problem,
        rules=read.rules,
        outcome=read.outcome,
        decimal_sign=read.decimal_sign,
        replace=force,
        cancelled=read.cancelled,
    )
    written(write, folder, before)
    say_not_copied(read.sheets_beside)


def schema(
    of: Annotated[
        documents.Form, typer.Option(help="What solve reads, or what a command writes as JSON.")
    ] = documents.Form.INPUT,
) -> None:
    """Print the JSON schema of an input (the problem and its rules), or of what a command writes.

    For example: staffcurve schema --of result
    """
    typer.echo(documents.schema_as_json(of))
