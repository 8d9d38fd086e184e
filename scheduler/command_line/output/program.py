"""How this program was called, for commands that a person is told to type next."""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from shutil import which

NAME = "staffcurve"


def to_type(*words: object) -> str:
    """A command line that works as it stands: with the program's path where its name alone is not found."""
    parts = [_program(), *map(str, words)]
    return subprocess.list2cmdline(parts) if os.name == "nt" else shlex.join(parts)


def _program() -> str:
    called = Path(sys.argv[0])
    if called.stem.lower() != NAME or which(NAME):
        return NAME
    here, there = Path.cwd(), called.absolute()
    return str(there.relative_to(here)) if there.is_relative_to(here) else str(there)
