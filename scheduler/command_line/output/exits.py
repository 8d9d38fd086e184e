"""Exit codes, and words for whatever ends a command."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path

import typer

from scheduler.app.arguments.interruption import Interruption
from scheduler.command_line.output.delivery import Delivered, Refused, Write, keep, say_failures
from scheduler.command_line.output.terminal import (
    as_sentence,
    counted_errors,
    fault_in_words,
    interruptible,
    say,
    say_findings,
)
from scheduler.domain import BadInput, Contradiction, FailedVerification, NothingFound
from scheduler.io.files.writing.meanwhile import Before
from scheduler.texts import text


class Exit(IntEnum):
    """Exit codes, as the README lists them."""

    DONE = 0
    BROKEN_INSTALLATION = 1
    BAD_INPUT = 2
    NO_LEGAL_ROSTER = 3
    NONE_IN_TIME = 4
    VERIFY_FOUND_SOMETHING = 5
    FIGURES_ARE_OLD = 6
    FAULT_OF_STAFFCURVE = 70
    NOT_WRITTEN = 74
    STOPPED = 130


DISK_FAULTS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EPIPE)
"""What a disk or a pipe says that takes no more; any other error of the system is nobody's input either."""


@contextmanager
def in_words(stopped: str = "") -> Iterator[Interruption]:
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
            say(text("{errors} to put right first; nothing was written.", errors=counted_errors(errors)))
            raise typer.Exit(Exit.BAD_INPUT) from None
        except Refused as fault:
            say(str(fault), "red")
            raise typer.Exit(Exit.BAD_INPUT) from None
        except Contradiction as fault:
            say(as_sentence(str(fault)), "red")
            raise typer.Exit(Exit.NO_LEGAL_ROSTER) from None
        except NothingFound as fault:
            if interruption.happened:
                say(stopped, "red")
                raise typer.Exit(Exit.STOPPED) from None
            say(as_sentence(str(fault)), "red")
            raise typer.Exit(Exit.NONE_IN_TIME) from None
        except FailedVerification as fault:
            say(as_sentence(str(fault)), "red")
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


def written(write: Write, path: Path, before: Before, *, keeps: bool = False) -> None:
    """Write what was asked for there, or end the command with what went wrong.

    Parameters
    ----------
    before
        What stood there when the command began, before anything was read; it must be the same.
    keeps
        Whether it is written to another place then, since a search was needed for it.
    """
    delivered = Delivered()
    if not delivered.try_to(write, path, before):
        if keeps:
            keep(delivered, path, {path.suffix.lower(): write}, write)
        say_failures(delivered, looked_elsewhere=keeps)
        raise typer.Exit(Exit.NOT_WRITTEN)
