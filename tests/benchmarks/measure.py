"""Runs a case through the public ``solve`` and ``verify`` and says what came out, as one table row."""

import json
import resource
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic

from scheduler import solve, verify
from scheduler.domain import Phase, Progress, Stop
from scheduler.domain.values.money import in_currency, ratio
from tests.benchmarks.case import Case
from tests.benchmarks.markdown import filled_columns

MEBIBYTE = 2**20
Point = tuple[float, float | None, float | None]
"""Seconds since the start, and the cost and the bound by then; ``None`` while unknown."""


@dataclass(frozen=True)
class Row:
    """One measurement; what does not apply is ``None``. Money is in currency, gaps are shares.

    Parameters
    ----------
    known_cost
        Of a legal roster that is known to exist.
    above_known
        The cost less the known one, as a part of the known one.
    verification_seconds
        From the end of the search until its verified outcome was handed out.
    proof_checked
        Whether the proof was recounted in full in that time, or in part.
    curve
        Every better cost or bound, with its time.
    """

    name: str
    agents: int | None = None
    status: str | None = None
    cost: float | None = None
    bound: float | None = None
    gap: float | None = None
    gap_controllable: float | None = None
    known_cost: float | None = None
    above_known: float | None = None
    first_roster_seconds: float | None = None
    seconds_asked: float | None = None
    seconds: float | None = None
    stopped_by: str | None = None
    verification_seconds: float | None = None
    proof_checked: str | None = None
    peak_memory_mib: float | None = None
    verified: bool | None = None
    seed: int | None = None
    workers: int | None = None
    curve: tuple[Point, ...] = ()


HEADINGS = {
    "name": "benchmark",
    "agents": "agents",
    "status": "status",
    "cost": "cost",
    "bound": "bound",
    "gap": "gap",
    "gap_controllable": "controllable gap",
    "known_cost": "known cost",
    "above_known": "above known",
    "first_roster_seconds": "first roster (s)",
    "seconds_asked": "seconds asked",
    "seconds": "seconds",
    "stopped_by": "stopped by",
    "verification_seconds": "verification (s)",
    "proof_checked": "proof checked",
    "peak_memory_mib": "peak memory (MiB)",
    "verified": "verified",
    "seed": "seed",
    "workers": "workers",
}


def run(case: Case, stop: Stop, seed: int, workers: int | None) -> Row:
    """Solve a case, verify the roster once more, and measure both.

    Raises
    ------
    scheduler.domain.StaffcurveError
        Where no roster comes out; a benchmark does not hide that.
    """
    shown = _ShownOnStderr()
    outcome = solve(case.problem, case.rules, stop=stop, seed=seed, workers=workers, progress=shown)
    verified_at = monotonic()
    report = verify(case.problem, case.rules, outcome.roster, certificate=outcome.certificate)
    above_known = None
    if case.known_cost is not None:
        above_known = ratio(outcome.cost.total - case.known_cost, case.known_cost)
    return Row(
        name=case.name,
        agents=len(case.problem.agents),
        status=outcome.status.value,
        cost=_currency(outcome.cost.total),
        bound=_currency(outcome.bound),
        gap=outcome.gap,
        gap_controllable=outcome.gap_controllable,
        known_cost=_currency(case.known_cost),
        above_known=above_known,
        first_roster_seconds=outcome.seconds_to_first_roster,
        seconds_asked=stop.seconds,
        seconds=outcome.seconds,
        stopped_by=outcome.stopped_by,
        verification_seconds=None if shown.verifying_since is None else verified_at - shown.verifying_since,
        proof_checked=outcome.certificate.proof_checked,
        peak_memory_mib=peak_memory_mib(),
        verified=report.passed and report.bound == outcome.bound and report.cost == outcome.cost,
        seed=outcome.seed,
        workers=outcome.workers,
        curve=tuple(
            (point.seconds, _currency(point.cost), _currency(point.bound)) for point in outcome.curve
        ),
    )


def _currency(cost: int | None) -> float | None:
    """In currency to six decimals, which tells sixtieths of a cent apart."""
    return None if cost is None else round(in_currency(cost), 6)


def peak_memory_mib() -> float:
    """Largest resident memory of this process so far, and of its largest child, added up."""
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts in bytes, Linux in KiB
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + child) * unit / MEBIBYTE


def as_table(rows: Sequence[Row]) -> str:
    """Rows as a Markdown table; columns that are empty throughout are left out."""
    cells = [[_shown(column, getattr(row, column)) for column in HEADINGS] for row in rows]
    return filled_columns(list(HEADINGS.values()), cells)


def write_json(rows: Sequence[Row], file: Path) -> None:
    """Rows with every column, as a JSON array."""
    file.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n", encoding="utf-8")


def _shown(column: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "NO"
    if isinstance(value, float):
        if column in ("gap", "gap_controllable", "above_known"):
            return f"{value:.2%}"
        return f"{value:,.0f}" if column == "peak_memory_mib" else f"{value:,.2f}"
    return str(value)


class _ShownOnStderr:
    """A line when the phase changes, and else every few seconds."""

    every_seconds = 5.0

    def __init__(self) -> None:
        self.verifying_since: float | None = None
        self._phase = ""
        self._next_line_at = 0.0

    def __call__(self, progress: Progress) -> None:
        if progress.phase == Phase.VERIFYING and self.verifying_since is None:
            self.verifying_since = monotonic()
        if progress.phase == self._phase and progress.elapsed_seconds < self._next_line_at:
            return
        self._phase = progress.phase
        self._next_line_at = progress.elapsed_seconds + self.every_seconds
        cost = "-" if progress.cost is None else f"{in_currency(progress.cost):,.2f}"
        bound = "-" if progress.bound is None else f"{in_currency(progress.bound):,.2f}"
        sys.stderr.write(f"{progress.elapsed_seconds:8.1f} s  {progress.phase:<20} {cost:>14} {bound:>14}\n")
