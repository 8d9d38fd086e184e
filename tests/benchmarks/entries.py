"""The entries of the benchmark book: one JSON line for every finished run, one file for every case.

Lines are only ever added. Where a case was run again with the same seed and time, the last line counts.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from math import log
from pathlib import Path
from typing import Any

from tests.benchmarks.machine import Machine
from tests.benchmarks.measure import Point, Row

MOST_POINTS = 60
GAP_LEVELS = (0.1, 0.05, 0.02, 0.01, 0.005, 0.0025)
"""When a curve first reaches one of these is kept exactly."""

Key = tuple[str, int | None, float | None]
"""Case, seed and seconds asked: what makes two runs the same."""


@dataclass(frozen=True)
class Entry:
    """One finished run.

    Parameters
    ----------
    row
        What was measured; little more than name, seed and seconds asked where the run failed.
    finished
        When, in UTC, as ISO text.
    failure
        Why there is no roster, or why it does not count.
    published
        What is known of the case elsewhere, by the name of the method, in the unit of its publication.
    """

    row: Row
    machine: Machine
    finished: str
    failure: str | None = None
    published: dict[str, float] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """What makes it the same run as another."""
        return self.row.name, self.row.seed, self.row.seconds_asked


def as_line(entry: Entry) -> str:
    """An entry as one line of JSON; the curve is thinned, and figures are cut to eight decimals."""
    row = replace(entry.row, curve=thinned(entry.row.curve))
    measured = {
        name: round(figure, 8) if isinstance(figure, float) else figure
        for name, figure in asdict(row).items()
    }
    return json.dumps(
        {
            **measured,
            "failure": entry.failure,
            "published": entry.published,
            "finished": entry.finished,
            "machine": asdict(entry.machine),
        },
        ensure_ascii=False,
    )


def of_line(line: str) -> Entry:
    """The entry that a line holds."""
    written: dict[str, Any] = json.loads(line)
    # what older lines do not have was not measured then
    measured = {column.name: written[column.name] for column in fields(Row) if column.name in written}
    measured["curve"] = tuple((seconds, cost, bound) for seconds, cost, bound in measured["curve"])
    return Entry(
        row=Row(**measured),
        machine=Machine(**written["machine"]),
        finished=written["finished"],
        failure=written["failure"],
        published=written["published"],
    )


def append(folder: Path, entry: Entry) -> None:
    """Write an entry to the end of its case's file."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{entry.row.name}.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(as_line(entry) + "\n")


def read(folder: Path) -> dict[Key, Entry]:
    """Every entry of a folder; of the same run the last."""
    return {entry.key: entry for entry in _lines(folder)}


def _lines(folder: Path) -> Iterator[Entry]:
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield of_line(line)


def gap_at(point: Point) -> float | None:
    """``(cost - bound) / cost`` by then, once both are known."""
    _, cost, bound = point
    if cost is None or bound is None:
        return None
    return (cost - bound) / cost if cost else 0.0


def seconds_to_gap(curve: Sequence[Point], level: float) -> float | None:
    """When the gap was proven to be this small; ``None`` if it never was."""
    number = _first_at_gap(curve, level)
    return None if number is None else curve[number][0]


def seconds_to_cost(curve: Sequence[Point], cost: float) -> float | None:
    """When a roster this cheap was there; ``None`` if it never was."""
    number = _first_at_cost(curve, cost)
    return None if number is None else curve[number][0]


def _first_at_gap(curve: Sequence[Point], level: float) -> int | None:
    gaps = ((number, gap_at(point)) for number, point in enumerate(curve))
    return next((number for number, gap in gaps if gap is not None and gap <= level), None)


def _first_at_cost(curve: Sequence[Point], at_most: float) -> int | None:
    costs = ((number, cost) for number, (_, cost, _) in enumerate(curve))
    return next((number for number, cost in costs if cost is not None and cost <= at_most), None)


def thinned(curve: Sequence[Point], most: int = MOST_POINTS) -> tuple[Point, ...]:
    """At most so many points of a curve, about evenly spread over the logarithm of time.

    Kept are the first and the last point, the first roster, the first at the final cost, and the first at
    each of ``GAP_LEVELS``; of the rest, the last point in each stretch of time, so that nothing seems to have
    been reached earlier than it was.
    """
    if len(curve) <= most:
        return tuple(curve)
    telling = [_first_at_gap(curve, level) for level in GAP_LEVELS]
    costs = [cost for _, cost, _ in curve if cost is not None]
    telling += [_first_at_cost(curve, cost) for cost in (costs[:1] + costs[-1:])]
    kept = {0, len(curve) - 1, *(number for number in telling if number is not None)}
    stretches = most - len(kept)
    since, until = (log(max(curve[end][0], 0.01)) for end in (0, -1))
    last_in: dict[int, int] = {}
    for number, (seconds, _, _) in enumerate(curve):
        part = (log(max(seconds, 0.01)) - since) / max(until - since, 1e-9)
        last_in[min(int(part * stretches), stretches - 1)] = number
    return tuple(curve[number] for number in sorted(kept | set(last_in.values())))
