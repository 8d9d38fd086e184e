"""The command ``staffcurve``, which ``python -m scheduler`` is too.

Importing it takes a second, and a signal within that second ends in a line (:mod:`scheduler.early_stop`).
Once the command is done signals are ignored: the interpreter takes a while to end, and a signal would change
the exit code.
"""

import gc
import signal
import sys

from scheduler.early_stop import SIGNALS, handle_signals, tell

BROKEN_INSTALLATION = 1
OBJECTS_BETWEEN_COLLECTIONS = 100_000
"""Instead of Python's 700: modules stay, and so do a workbook's cells, a million, until a command ends."""


def main() -> None:
    """Load the command line and run it; its commands have handlers of their own."""
    handle_signals()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    try:
        from scheduler.command_line.main import run
    except ImportError as fault:
        tell(f"This installation of staffcurve is not whole: {fault}")
        code = BROKEN_INSTALLATION
    else:
        code = run()
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    sys.exit(code)


if __name__ == "__main__":
    main()
