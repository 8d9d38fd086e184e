"""Signals in the first second of the command: a line and an exit code, and no traceback.

Importing the command takes a second. So its signals are handled before anything else is imported, and what
is imported here is loaded anyway when Python starts.
"""

import os
import signal
import sys
from types import FrameType

STOPPED = 130
"""As in ``scheduler.command_line.output.exits.Exit``, before that can be imported."""
SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
_COMMAND = "staffcurve"


def guard_command() -> None:
    """Handle the signals if this process is the command, and no program that imports the library."""
    first = (getattr(sys, "argv", None) or [""])[0]
    if first == "-m":  # which Python says until it has found the module
        started = sys.orig_argv
        is_command = started[started.index("-m") + 1 :][:1] == ["scheduler"] if "-m" in started else False
    else:
        is_command = first.replace("\\", "/").rpartition("/")[2].partition(".")[0] == _COMMAND
    if is_command:
        handle_signals()


def handle_signals() -> None:
    """End on a signal at once; the commands have handlers of their own."""
    for number in SIGNALS:
        if number in SIGNALS[:2] or signal.getsignal(number) is not signal.SIG_IGN:  # nohup ignores the third
            signal.signal(number, _stop)


def tell(line: str) -> None:
    """Say a line; the stream may be full, or closed."""
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except (OSError, AttributeError):
        pass


def _stop(number: int, frame: FrameType | None) -> None:
    """End at once: an exception would be lost, or turn into another one, in the libraries being imported."""
    tell("Stopped; no file is half written.")
    os._exit(STOPPED)


guard_command()
