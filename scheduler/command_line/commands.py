"""The command line: ``new``, ``check``, ``solve``, ``verify``, ``convert`` and ``schema`` on top of ``app``.

stdout holds what was asked for and nothing else; messages to a person go to stderr. The exit code says what
happened, see ``Exit``. Whatever goes wrong is reported in words, without a traceback.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from scheduler import __version__
from scheduler.app import documents, planning, results
from scheduler.app.interruption import Interruption
from scheduler.command_line.delivery import (
    STDOUT,
    Delivered,
    Refused,
    Write,
    deliver,
    must_be_outputs,
    must_be_writable,
    must_end_in,
    write_json,
)
from scheduler.command_line.help import TranslatedHelp
from scheduler.command_line.output_streams import install
from scheduler.command_line.terminal import (
    LiveLine,
    fault_in_words,
    finding_line,
    interruptible,
    report_in_words,
    say,
    say_findings,
    say_outcome,
)
from scheduler.domain import (
    BadInput,
    BrokenOff,
    Cancel,
    Contradiction,
    FailedVerification,
    NothingFound,
    Outcome,
    Problem,
    Progress,
    Roster,
    Stop,
)
from scheduler.domain.certificate import Proof
from scheduler.domain.docstrings import documented
from scheduler.domain.words import counted
from scheduler.io.files.streams import JSON, WORKBOOK
from scheduler.model import RuleBook
from scheduler.texts import text


class Exit(IntEnum):
    """Exit codes, as the README lists them."""

    DONE = 0
    BROKEN_INSTALLATION = 1
    BAD_INPUT = 2
    NO_LEGAL_ROSTER = 3
    NONE_IN_TIME = 4
    VERIFY_FOUND_SOMETHING = 5
    FAULT_OF_STAFFCURVE = 70
    NOT_WRITTEN = 74
    STOPPED = 130


DISK_FAULTS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EPIPE)
"""What a disk or a pipe says that takes no more; any other error of the system is nobody's input either."""

Input = Annotated[
    Path, typer.Argument(metavar="WEEK", help="The input: a workbook (.xlsx) or the same as .json.")
]
Workers = Annotated[int | None, typer.Option(min=1, help="Searches side by side; one a core by default.")]

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


@command_line.command()
@documented
def new(
    workbook: Annotated[Path, typer.Argument(metavar="WEEK.xlsx", help="The workbook to make.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file if there is one.")] = False,
) -> None:
    """Make a workbook to fill in, with one worked row a sheet."""
    with _in_words():
        must_end_in(workbook, WORKBOOK)
        with suppress(OSError):  # told by the next line
            if workbook.exists() and not force:
                raise Refused(
                    text(
                        "{workbook}: exists already. Choose another name, or replace it with --force.",
                        workbook=workbook,
                    )
                )
        must_be_writable(workbook)
        _write(planning.new_workbook, workbook)
    say(text("Written: {workbook}. Fill it in, then run: staffcurve check {workbook}", workbook=workbook))


@command_line.command()
@documented
def check(week: Input) -> None:
    """Say everything that is wrong with an input, each with its sheet and cell."""
    with _in_words():
        findings = planning.check(week)
    for finding in findings:
        typer.echo(finding_line(finding))
    errors = sum(finding.is_error for finding in findings)
    say(f"{week}: {_errors(errors)}, {_warnings(len(findings) - errors)}.")
    raise typer.Exit(Exit.BAD_INPUT if errors else Exit.DONE)


@command_line.command()
@documented
def solve(
    week: Input,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="ROSTER.xlsx", help="The roster workbook to write."),
    ] = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="OUT.json", help="The result as JSON; - is stdout.")
    ] = None,
    time_limit: Annotated[float, typer.Option(min=0.1, help="Seconds to search for.")] = 60.0,
    gap: Annotated[
        float, typer.Option(min=0, max=1, help="Stop once the gap is at most this; 0.01 is 1 %.")
    ] = 0.0,
    seed: Annotated[int, typer.Option(min=0, help="Chooses between equally good ways to search.")] = 1,
    workers: Workers = None,
    start: Annotated[
        Path | None, typer.Option(metavar="LAST.xlsx", help="Begin from the roster in this workbook.")
    ] = None,
    proof: Annotated[
        Proof,
        typer.Option(help="Check the bound's proof within a fifth of the time, 5 to 60 s, or all of it."),
    ] = "quick",
) -> None:
    """Make the roster: legal, near the least cost, with a proof of how near."""
    with _in_words(text("Stopped before there was a roster; nothing was written.")) as interruption:
        must_be_outputs(output, json, week, start)
        read = documents.preflighted(planning.read(week))
        problem, rules = documents.accepted(read)
        say_findings(read.findings)
        begin_from = results.read_roster(start, problem) if start else None
        say(f"{problem}. {counted(sum(rule.is_on for rule in rules.rules), 'rule')}.")
        with LiveLine(problem.currency, interruption) as live:
            outcome, fault = _searched(
                problem, rules, live, interruption,
                stop=Stop(seconds=time_limit, gap=gap), seed=seed, workers=workers, start=begin_from,
                proof=proof,
            )  # fmt: skip
            interruption.only_remember()
            live(Progress(phase="writing", elapsed_seconds=outcome.seconds))
            delivered = deliver(problem, rules, outcome, output, json)
        say_outcome(problem, outcome, [path for path in delivered.written if path != STDOUT])
        for failure in delivered.failures:
            say(failure, "red")
        if delivered.kept:
            say(text("Written instead: {kept}", kept=delivered.kept.absolute()), "red")
        elif not delivered.written:
            say(text("No place was found that takes the roster; nothing was written."), "red")
        if isinstance(fault, FailedVerification):
            say(
                text(
                    "{sentence}\nWhat was written is the best roster that does pass.",
                    sentence=_sentence(str(fault)),
                ),
                "red",
            )
            raise typer.Exit(Exit.VERIFY_FOUND_SOMETHING)
        if fault is not None:
            say(fault_in_words(fault.__cause__ or fault), "red")
            raise typer.Exit(Exit.FAULT_OF_STAFFCURVE)
        if delivered.failures:
            raise typer.Exit(Exit.NOT_WRITTEN)
        if interruption.happened:
            say(text("Stopped before the time was up; this is the best roster until then."))
            raise typer.Exit(Exit.STOPPED)


@command_line.command()
@documented
def verify(
    week: Input,
    roster: Annotated[
        Path, typer.Argument(metavar="ROSTER", help="A roster workbook, or the JSON that solve wrote.")
    ],
    json: Annotated[
        Path | None, typer.Option("--json", metavar="OUT.json", help="The report as JSON; - is stdout.")
    ] = None,
) -> None:
    """Check a roster against the rules of an input, and recount its figures, from scratch."""
    with _in_words():
        if json:
            must_be_writable(json, week, roster)
        problem, rules = planning.read_workbook(week)
        report = results.verify_file(problem, rules, roster)
        if json:
            _write(partial(write_json, text=documents.report_as_json(problem, report)), json)
    if json != STDOUT:
        for line in report_in_words(problem, report):
            typer.echo(line)
    raise typer.Exit(Exit.DONE if report.passed else Exit.VERIFY_FOUND_SOMETHING)


@command_line.command()
@documented
def convert(
    week: Input,
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="A .xlsx or a .json to write.")],
) -> None:
    """Turn an input workbook into JSON, or JSON into a workbook."""
    with _in_words():
        must_end_in(target, WORKBOOK, JSON)
        must_be_writable(target, week)
        problem, rules = planning.read_workbook(week)
        _write(partial(planning.write_workbook, problem=problem, rules=rules), target)
    say(text("Written: {path}", path=target))


@command_line.command()
@documented
def schema(
    of: Annotated[
        documents.Form, typer.Option(help="What solve reads, what it writes as JSON, or what verify does.")
    ] = documents.Form.INPUT,
) -> None:
    """Print the JSON schema of an input (the problem and its rules), of a result or of a report."""
    typer.echo(documents.schema_as_json(of))


@contextmanager
def _in_words(stopped: str = "") -> Iterator[Interruption]:
    """Turn whatever goes wrong, Ctrl-C and SIGTERM included, into words on stderr and an exit code.

    Parameters
    ----------
    stopped
        The line for a command that the person stopped.
    """
    stopped = stopped or text("Stopped; nothing was written.")
    with interruptible() as interruption:
        try:
            yield interruption
        except BadInput as fault:
            say_findings(fault.findings)
            errors = sum(finding.is_error for finding in fault.findings)
            say(text("{errors} to put right first; nothing was written.", errors=_errors(errors)))
            raise typer.Exit(Exit.BAD_INPUT) from None
        except Refused as fault:
            say(str(fault), "red")
            raise typer.Exit(Exit.BAD_INPUT) from None
        except Contradiction as fault:
            say(_sentence(str(fault)), "red")
            raise typer.Exit(Exit.NO_LEGAL_ROSTER) from None
        except NothingFound as fault:
            if interruption.happened:
                say(stopped, "red")
                raise typer.Exit(Exit.STOPPED) from None
            say(_sentence(str(fault)), "red")
            raise typer.Exit(Exit.NONE_IN_TIME) from None
        except FailedVerification as fault:
            say(_sentence(str(fault)), "red")
            raise typer.Exit(Exit.VERIFY_FOUND_SOMETHING) from None
        except (typer.Exit, typer.Abort):
            raise
        except (Exception, KeyboardInterrupt) as fault:
            # what a signal raises inside a library may come out of it as something else
            if isinstance(fault, KeyboardInterrupt) or interruption.is_pending:
                say(stopped, "red")
                raise typer.Exit(Exit.STOPPED) from None
            if isinstance(fault, ImportError):
                say(text("This installation of staffcurve is not whole: {fault}", fault=fault), "red")
                raise typer.Exit(Exit.BROKEN_INSTALLATION) from None
            if isinstance(fault, OSError):
                where = f"{fault.filename}: " if fault.filename else ""
                say(f"{where}{fault.strerror or fault}.", "red")
                raise typer.Exit(
                    Exit.NOT_WRITTEN if fault.errno in DISK_FAULTS else Exit.FAULT_OF_STAFFCURVE
                ) from None
            say(fault_in_words(fault), "red")
            raise typer.Exit(Exit.FAULT_OF_STAFFCURVE) from None


def _write(write: Write, path: Path) -> None:
    """Write what was asked for there, or end the command with what went wrong."""
    delivered = Delivered()
    if not delivered.try_to(write, path):
        for failure in delivered.failures:
            say(failure, "red")
        raise typer.Exit(Exit.NOT_WRITTEN)


def _searched(
    problem: Problem,
    rules: RuleBook,
    live: LiveLine,
    interruption: Interruption,
    *,
    stop: Stop,
    seed: int,
    workers: int | None,
    start: Roster | None,
    proof: Proof,
) -> tuple[Outcome, FailedVerification | BrokenOff | None]:
    """The best roster, and the fault if something went wrong after it was found."""
    cancel = Cancel()
    interruption.cancels(cancel)
    planning.load_search()
    search = partial(planning.solve, problem, rules, stop=stop, seed=seed, workers=workers, start=start)
    try:
        return search(progress=live, cancel=cancel, proof=proof), None
    except (FailedVerification, BrokenOff) as fault:
        if fault.outcome is None:
            raise
        return fault.outcome, fault


def _errors(number: int) -> str:
    return counted(number, "error") if number else text("no errors")


def _warnings(number: int) -> str:
    return counted(number, "warning") if number else text("no warnings")


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


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
