"""One run in a process of its own, so that its peak memory is its own; prints the entry as a line of JSON.

``python -m tests.benchmarks.one_run NAME --data FOLDER --seed S [--seconds N] [--workers N]``. A search that
fails makes an entry too; a wrong name or missing data is exit code 2, and no entry.
"""

import argparse
import csv
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import monotonic

from scheduler.domain import StaffcurveError, Stop
from tests.benchmarks.case import Case
from tests.benchmarks.entries import Entry, as_line
from tests.benchmarks.machine import this_machine
from tests.benchmarks.measure import Row, peak_memory_mib, run
from tests.benchmarks.names import MEASURED, loader_of

PUBLISHED = "nrp24"
NOT_CONFIRMED = "a second verification counts another cost or bound, or finds a broken rule"


def main(arguments: list[str] | None = None) -> int:
    """Run what is named; 0 with an entry on stdout, 2 where there is nothing to run."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.one_run", description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--seconds", type=float, default=None)
    parser.add_argument("--workers", type=int, default=None)
    asked = parser.parse_args(arguments)
    try:
        measure = measurer_of(asked.name, asked.data, asked.seed, asked.seconds, asked.workers)
        published = published_for(asked.name, asked.data)
    except (ValueError, FileNotFoundError) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    row, failure = measure()
    print(as_line(entered(row, failure, published)))
    return 0


def measurer_of(
    name: str, data: Path, seed: int, seconds: float | None, workers: int | None
) -> Callable[[], tuple[Row, str | None]]:
    """What measures a case, its data read already; returns the row, and why it does not count if so.

    Raises
    ------
    ValueError, FileNotFoundError
        If the name is not known, or the data is not there or not as it should be.
    """
    nothing = Row(name=name, seed=seed, seconds_asked=seconds, workers=workers)
    if name in MEASURED:
        return partial(_measured_otherwise, nothing)
    return partial(_solved, nothing, loader_of(name)(data, seed))


def _measured_otherwise(nothing: Row) -> tuple[Row, str | None]:
    assert nothing.seed is not None
    try:
        return replace(MEASURED[nothing.name](nothing.seed), seconds_asked=None), None
    except RuntimeError as fault:
        return nothing, str(fault)


def _solved(nothing: Row, case: Case) -> tuple[Row, str | None]:
    assert nothing.seed is not None
    began = monotonic()
    try:
        row = run(case, Stop(seconds=nothing.seconds_asked), nothing.seed, nothing.workers)
    except StaffcurveError as fault:
        took = replace(nothing, seconds=monotonic() - began, peak_memory_mib=peak_memory_mib())
        return replace(took, agents=len(case.problem.agents)), f"{type(fault).__name__}: {fault}"
    return row, None if row.verified else NOT_CONFIRMED


def entered(row: Row, failure: str | None, published: dict[str, float]) -> Entry:
    """What was measured as an entry of the book, on this machine and now."""
    finished = datetime.now(UTC).isoformat(timespec="seconds")
    return Entry(row, this_machine(), finished, failure, published)


def published_for(name: str, data: Path) -> dict[str, float]:
    """What others reached on the case, from the data's own list; nothing for cases without one.

    Raises
    ------
    FileNotFoundError
        If the list is not in the data.
    """
    family, _, instance = name.partition("-")
    if family != PUBLISHED:
        return {}
    with (data / PUBLISHED / "best_known.csv").open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row.pop("instance") == instance:
                return {method: float(value) for method, value in row.items() if value}
    return {}


if __name__ == "__main__":
    sys.exit(main())
