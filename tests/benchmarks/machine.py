"""On what a figure was measured: the processor, the versions, and the commit."""

import os
import platform
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from scheduler import __version__

PROJECT = Path(__file__).parents[2]
WHAT_COUNTS = ("scheduler", "constraints", "tests/benchmarks/*.py", "examples", "pyproject.toml")
"""Changes elsewhere, as in documents, change no figure."""
CPU_INFO = Path("/proc/cpuinfo")


@dataclass(frozen=True)
class Machine:
    """A machine with the programs on it.

    Parameters
    ----------
    memory_gib
        Whole GiB of memory; ``None`` where the system does not say.
    commit
        Of the working copy, with ``+`` where files that count were changed since; ``None`` outside of git.
    """

    cpu: str
    cores: int
    memory_gib: int | None
    python: str
    ortools: str
    staffcurve: str
    commit: str | None

    def __str__(self) -> str:
        memory = "" if self.memory_gib is None else f", {self.memory_gib} GiB"
        commit = "" if self.commit is None else f" (commit {self.commit})"
        return (
            f"{self.cores} cores of {self.cpu}{memory}; Python {self.python}, OR-Tools {self.ortools}, "
            f"staffcurve {self.staffcurve}{commit}"
        )


def this_machine() -> Machine:
    """The machine that this process runs on."""
    return Machine(
        cpu=_cpu(),
        cores=os.cpu_count() or 1,
        memory_gib=_memory_gib(),
        python=platform.python_version(),
        ortools=version("ortools"),
        staffcurve=__version__,
        commit=_commit(),
    )


def _cpu() -> str:
    if CPU_INFO.is_file():
        for line in CPU_INFO.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return " ".join(line.split(":", 1)[1].split())
    return platform.processor() or platform.machine()


def _memory_gib() -> int | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
    except (AttributeError, ValueError):  # Windows has no sysconf, and not every system has these names
        return None


def _commit() -> str | None:
    commit = _git("rev-parse", "--short=10", "HEAD")
    if commit is None:
        return None
    return f"{commit}+" if _git("status", "--porcelain", "--", *WHAT_COUNTS) else commit


def _git(*arguments: str) -> str | None:
    try:
        answer = subprocess.run(["git", *arguments], cwd=PROJECT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return answer.stdout.strip()
