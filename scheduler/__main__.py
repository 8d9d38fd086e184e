"""The command ``staffcurve``, which ``python -m scheduler`` is too.

All that it needs takes a second to import, and whoever stops it within that second should read a line and
no traceback. So nothing is imported here before the signals are answered.
"""

import os
import signal
import sys
from types import FrameType

STOPPED = 130
"""``scheduler.cli.Exit.STOPPED``, before that can be imported."""


def main() -> None:
    """Load the command line and run it; its commands answer the signals in their own way."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    from scheduler.cli import command_line

    command_line()


def _stop(number: int, frame: FrameType | None) -> None:
    """End at once: an exception would be lost, or become another one, in the libraries being imported."""
    sys.stderr.write("Stopped; no file is half written.\n")
    sys.stderr.flush()
    os._exit(STOPPED)


if __name__ == "__main__":
    main()
