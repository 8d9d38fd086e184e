"""``forecast``: volumes of the days to come, from those of the past."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from scheduler.app.forecasts import weeks
from scheduler.app.forecasts.forecasting import Forecasted
from scheduler.command_line.output.columns import short
from scheduler.command_line.output.delivery import Refused, must_be_writable, must_end_in
from scheduler.command_line.output.exits import in_words, written
from scheduler.command_line.output.terminal import say, say_findings
from scheduler.io.cells.conventions import DateOrder, DecimalSign
from scheduler.io.files.streams import WORKBOOK
from scheduler.texts import text

_LINE = "{:<14} {:<21} {:<21} {:>5} {:>9} {:>7} {:>7} {:>7} {:>7}"


def forecast(
    history: Annotated[
        Path,
        typer.Argument(metavar="HISTORY.csv", help="What came: Date, Start, Contacts, and AHT in seconds."),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="WEEK.xlsx",
            help="The input to write the volumes into; all else is kept. One that is not there is made.",
        ),
    ],
    calendar: Annotated[
        Path | None,
        typer.Option(
            metavar="DAYS.csv", help="What is special about days: Date, Holiday, Event, Weather, Factor."
        ),
    ] = None,
    skill: Annotated[
        list[str] | None,
        typer.Option(help="Whose volumes these are, where no column Skill says it; may be repeated."),
    ] = None,
    first_day: Annotated[
        datetime | None,
        typer.Option(
            "--from",
            formats=["%Y-%m-%d"],
            metavar="DATE",
            help="The first day of a new WEEK.xlsx; the one after the history by default.",
        ),
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=366, help="Days of a new WEEK.xlsx.")] = 7,
    time_zone: Annotated[
        str | None, typer.Option(metavar="ZONE", help="The clock of a new WEEK.xlsx, as Europe/Berlin.")
    ] = None,
    date_order: Annotated[
        DateOrder | None, typer.Option(help="How HISTORY.csv writes dates, for a new WEEK.xlsx.")
    ] = None,
    decimal_sign: Annotated[
        DecimalSign | None, typer.Option(help="What stands before its decimals, for a new WEEK.xlsx.")
    ] = None,
) -> None:
    """Forecast the volumes of a week from those of the past, and say how good that would have been.

    For example: staffcurve forecast calls.csv -o week.xlsx --time-zone Europe/Berlin
    """
    with in_words():
        must_end_in(output, WORKBOOK)
        is_there = output.exists()
        before = must_be_writable(output, history, calendar)
        if is_there:
            if days != 7 or any((first_day, time_zone, date_order, decimal_sign)):
                raise Refused(
                    text("{path}: is there, and its Settings say days, clock and how dates and numbers are "
                         "written. Leave out --from, --days, --time-zone, --date-order and --decimal-sign.",
                         path=output)
                )  # fmt: skip
            made = weeks.forecast_into_week(history, output, calendar=calendar, skill=skill or ())
        elif time_zone is None:
            raise Refused(
                text("{path}: is not there yet. Say its clock: --time-zone Europe/Berlin.", path=output)
            )
        else:
            made = weeks.forecast_new_week(
                history,
                time_zone=time_zone,
                calendar=calendar,
                first_day=None if first_day is None else first_day.date(),
                days=days,
                skill=skill or (),
                date_order=date_order,
                decimal_sign=decimal_sign,
            )
        say_findings(made.findings)
        written(made.write, output, before)
    _show(made.forecast)
    for note in made.notes:
        say(note)
    say(text("Written: {path}", path=output))


def _show(found: Forecasted) -> None:
    """The backtest as a table."""
    typer.echo(
        _LINE.format(
            text("skill"), text("what"), text("method"), text("days"), text("intervals"), text("WAPE"),
            text("bias"), text("in 5 %"), text("in 10 %"),
        )
    )  # fmt: skip
    for line in found.scores:
        shares = (f"{one:.1f} %" for one in (line.wape, line.bias, line.within_5, line.within_10))
        figures = (line.what, line.method, line.days, line.intervals, *shares)
        typer.echo(_LINE.format(short(line.skill), *figures))
