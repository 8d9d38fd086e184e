"""The command line: every command on top of ``app``, and how it is run.

stdout holds what was asked for and nothing else; messages to a person go to stderr. The exit code says what
happened, see ``Exit``. Whatever goes wrong is reported in words, without a traceback.
"""

from typing import Annotated

import typer

from scheduler import __version__
from scheduler.command_line.commands import (
    comparing,
    demanding,
    forecasting,
    hiring,
    inputs,
    proposing,
    refreshing,
    repairing,
    rolling,
    scenarios,
    solving,
    verifying,
)
from scheduler.command_line.output.exits import Exit
from scheduler.command_line.output.help import TranslatedHelp
from scheduler.command_line.output.output_streams import install
from scheduler.command_line.output.terminal import fault_in_words, say
from scheduler.domain.values.docstrings import documented
from scheduler.texts import text

COMMANDS = (
    inputs.new,
    inputs.check,
    forecasting.forecast,
    demanding.demand,
    scenarios.scenarios,
    solving.solve,
    verifying.verify,
    refreshing.refresh,
    repairing.repair,
    comparing.compare,
    proposing.swap,
    proposing.who,
    rolling.next,
    hiring.capacity,
    inputs.convert,
    inputs.schema,
)
"""In the order of the help."""

command_line = typer.Typer(
    cls=TranslatedHelp,
    name="staffcurve",
    help="Shift rosters for contact centres: legal, near the least cost, with a proof of how near.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"staffcurve {__version__}")
        raise typer.Exit


@command_line.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


for command in COMMANDS:
    command_line.command()(documented(command))


def run() -> int:
    """Run the command that was typed; no exception leaves it.

    Returns
    -------
    int
        One of ``Exit``.
    """
    stdout, _ = install()
    try:
        command_line()
        code = int(Exit.DONE)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception as fault:
        say(fault_in_words(fault), "red")
        code = int(Exit.FAULT_OF_STAFFCURVE)
    if stdout.lost and code == Exit.DONE:
        say(
            text(
                "stdout: not all of it could be written: {strerror}.",
                strerror=stdout.lost.strerror or stdout.lost,
            ),
            "red",
        )
        code = int(Exit.NOT_WRITTEN)
    return code
