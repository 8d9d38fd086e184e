"""The benchmark book: ``book run`` measures what the plan declares, ``book write`` makes the documents of it.

    python -m tests.benchmarks.book run --data FOLDER [--only PATTERN ...] [--seeds reported|tuning|N,N]
    python -m tests.benchmarks.book write

Every run is a process of its own, and its entry is written as soon as it has ended. What is in the results
already, with the same case, seed and time, is not run again unless ``--again`` says so.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from tests.benchmarks import document
from tests.benchmarks.entries import Entry, Key, append, of_line, read
from tests.benchmarks.measure import Row
from tests.benchmarks.one_run import entered, published_for
from tests.benchmarks.plan import REPORTED_SEEDS, ROWS, TUNING_SEEDS, Planned
from tests.benchmarks.reported import reported_rows

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
RESULTS = HERE / "results"
DOCUMENT, PICTURE, REMARKS = HERE / "RESULTS.md", HERE / "gap_over_time.png", HERE / "remarks.md"
README = PROJECT / "README.md"
SEEDS = {"reported": REPORTED_SEEDS, "tuning": TUNING_SEEDS}
WORKERS = 2
PATIENCE = (600.0, 2.0)
"""A run that takes longer than so many seconds and so many times what it was asked for is ended."""
LAST_WORDS = 15
"""Lines of a crashed run's messages that are kept."""


@dataclass(frozen=True)
class Run:
    """A row of the plan with one seed."""

    planned: Planned
    seed: int

    @property
    def key(self) -> Key:
        """As in the entries."""
        return self.planned.case, self.seed, self.planned.seconds


def main(arguments: list[str] | None = None) -> int:
    """Run or write; 0 when done, 2 for wrong use or missing data."""
    options = _options(arguments)
    return _run(options) if options.verb == "run" else _write(options)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.book", description=(__doc__ or "").splitlines()[0]
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    run = verbs.add_parser("run", help="measure what is not measured yet")
    run.add_argument("--data", type=Path, required=True, help="folder of the public data sets")
    run.add_argument("--only", nargs="+", metavar="PATTERN", default=["*"], help="cases, as nrp24-*")
    run.add_argument("--seeds", type=_seeds, default="reported", help="reported, tuning, or N,N")
    run.add_argument("--at-most", type=float, metavar="SECONDS", help="rows whose search is no longer")
    run.add_argument("--workers", type=int, default=WORKERS)
    run.add_argument("--again", action="store_true", help="also what is measured already")
    write = verbs.add_parser("write", help="write the documents and the picture from the results")
    for verb in (run, write):
        verb.add_argument("--results", type=Path, default=RESULTS, help="folder of the results")
    return parser.parse_args(arguments)


def _seeds(text: str) -> str | tuple[int, ...]:
    return text if text in SEEDS else tuple(int(seed) for seed in text.split(","))


def rows_within(rows: Sequence[Planned], at_most: float | None) -> list[Planned]:
    """The rows that ask for a search of at most so many seconds, or for none; all where it is ``None``."""
    return [row for row in rows if at_most is None or (row.seconds or 0.0) <= at_most]


def runs_of(rows: Sequence[Planned], only: Sequence[str], seeds: str | tuple[int, ...]) -> list[Run]:
    """The runs of the rows whose case fits a pattern: the row's number of named seeds, or all those given."""
    return [
        Run(row, seed)
        for row in rows
        if any(fnmatchcase(row.case, pattern) for pattern in only)
        for seed in (row.first_of(SEEDS[seeds]) if isinstance(seeds, str) else seeds)
    ]


def _run(options: argparse.Namespace) -> int:
    rows = rows_within(ROWS, options.at_most)
    asked = runs_of(rows, options.only, options.seeds)
    if not asked:
        return _complain(f"the plan has no case like {' or '.join(options.only)}")
    done = {} if options.again else read(options.results)
    waiting = [run for run in asked if run.key not in done]
    hours = sum(run.planned.seconds or 0 for run in waiting) / 3600
    _say(f"{len(waiting)} runs, up to {hours:.1f} h; {len(asked) - len(waiting)} are measured already")
    without_data = 0
    for run in waiting:
        _say(f"{run.planned}, seed {run.seed} ...")
        entry = in_a_process_of_its_own(run, options.data, options.workers)
        if entry is None:
            without_data += 1
            continue
        append(options.results, entry)
        _say(f"  {_in_short(entry)}")
    return _complain(f"{without_data} runs had nothing to run, see above") if without_data else 0


def in_a_process_of_its_own(run: Run, data: Path, workers: int) -> Entry | None:
    """The entry of a run, a crash too; ``None`` where there was nothing to run, which was said."""
    case, seed, seconds = run.key
    command = [sys.executable, "-m", "tests.benchmarks.one_run", case, "--data", str(data.absolute())]
    command += ["--seed", str(seed), "--workers", str(workers)]
    command += [] if seconds is None else ["--seconds", str(seconds)]
    least, times = PATIENCE
    patience = least + times * (seconds or 0.0)
    try:
        ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=patience)
    except subprocess.TimeoutExpired:
        return _failed(run, f"was still running after {patience:.0f} s", data, workers)
    if ended.returncode == 0:
        return of_line(ended.stdout.splitlines()[-1])
    last_words = "\n".join(ended.stderr.splitlines()[-LAST_WORDS:])
    if ended.returncode == 2:
        _say(last_words)
        return None
    return _failed(run, f"crashed with exit code {ended.returncode}: {last_words}", data, workers)


def _failed(run: Run, why: str, data: Path, workers: int) -> Entry:
    case, seed, seconds = run.key
    row = Row(name=case, seed=seed, seconds_asked=seconds, workers=workers)
    return entered(row, why, published_for(case, data))


def _write(options: argparse.Namespace) -> int:
    entries = read(options.results)
    if not entries:
        return _complain(f"there are no results in {options.results}")
    rows = reported_rows(ROWS, entries)
    remarks = REMARKS.read_text(encoding="utf-8") if REMARKS.is_file() else ""
    DOCUMENT.write_text(document.results(rows, PICTURE.name, remarks), encoding="utf-8")
    readme = README.read_text(encoding="utf-8")
    README.write_text(document.between_markers(readme, document.summary(rows)), encoding="utf-8")
    try:
        from tests.benchmarks import pictures
    except ImportError:
        return _complain("the picture needs matplotlib: pip install -e '.[bench]' -c requirements.lock")
    pictures.draw(rows, PICTURE)
    return 0


def _in_short(entry: Entry) -> str:
    if entry.failure is not None:
        return f"failed: {entry.failure}"
    row = entry.row
    parts = [] if row.cost is None else [f"cost {row.cost:,.2f}"]
    parts += [] if row.gap is None else [f"gap {row.gap:.2%}"]
    parts += [] if row.above_known is None else [f"{row.above_known:.2%} above known"]
    parts += [] if row.seconds is None else [f"{row.seconds:.1f} s"]
    return ", ".join(parts)


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _complain(message: str) -> int:
    _say(message)
    return 2


if __name__ == "__main__":
    sys.exit(main())
