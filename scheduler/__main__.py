"""The command ``staffcurve``, which ``python -m scheduler`` is too.

Importing it takes a second, and a signal within that second should end in a line and not in a traceback. So
the signals are handled before anything else is imported. Once the command is done they are ignored: the
interpreter takes a while to end, and a signal would change the exit code.
"""

import gc
import os
import signal
import sys
from contextlib import suppress
from types import FrameType

BROKEN_INSTALLATION, STOPPED = 1, 130
"""As in ``scheduler.command_line.output.exits.Exit``, before that can be imported."""
SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
OBJECTS_BETWEEN_COLLECTIONS = 100_000
"""Instead of Python's 700: modules stay, and so do a workbook's cells, a million, until a command ends."""


def main() -> None:
    """Load the command line and run it; its commands have handlers of their own."""
    for number in SIGNALS:
        if number in SIGNALS[:2] or signal.getsignal(number) is not signal.SIG_IGN:  # nohup ignores the third
            signal.signal(number, _stop)
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    try:
        from scheduler.command_line.main import run
    except ImportError as fault:
        _tell(f"This installation of staffcurve is not whole: {fault}")
        code = BROKEN_INSTALLATION
    else:
        code = run()
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    sys.exit(code)


def _stop(number: int, frame: FrameType | None) -> None:
    """End at once: an exception would be lost, or turn into another one, in the libraries being imported."""
    _tell("Stopped; no file is half written.")
    os._exit(STOPPED)


def _tell(line: str) -> None:
    with suppress(OSError, AttributeError):  # stderr may be full, or closed
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()


if __name__ == "__main__":
    main()
