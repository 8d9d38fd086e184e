"""What the book says: the document with every figure, and the summary for the project's README.

Every figure and every verdict is computed from the entries; only the remarks are written by hand.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tests.benchmarks.entries import Entry
from tests.benchmarks.machine import Machine
from tests.benchmarks.markdown import table
from tests.benchmarks.plan import REPORTED_SEEDS, TUNING_SEEDS
from tests.benchmarks.reported import Reported
from tests.benchmarks.tables import (
    COLUMNS,
    SHORT,
    doubling_table,
    growth_in_short,
    growth_of,
    measured_table,
    published_in_short,
    published_table,
)

BEGIN, END = "<!-- benchmarks -->", "<!-- /benchmarks -->"
PARTS = ("targets", "nrp24", "families", "doubling")
"""Of the plan, each with its place in the document."""
FRONT = (
    ("example", 60.0),
    ("generated-30-different", 60.0),
    ("generated-300", 60.0),
    ("generated-1000-different", 120.0),
    ("generated-5000-different", 600.0),
    ("cc475-week", 60.0),
    ("cc475-month", 300.0),
    ("planted-1000", 300.0),
    ("turnos29", 60.0),
    ("nrp24-15", 300.0),
)
"""The ten rows that the project's README shows, by case and seconds: every size, and every kind of source."""
SPREAD = "Where a row has several runs, a figure is their median, with the least and the most in brackets."


def results(rows: Sequence[Reported], picture: str, remarks: str) -> str:
    """The whole document, as Markdown.

    Parameters
    ----------
    picture
        Where the picture lies, from the document.
    remarks
        What was written by hand, already in Markdown.
    """
    targets, headcounts, families, doubling = (_of(rows, part) for part in PARTS)
    written = [
        "# Measured",
        "Written by `python -m tests.benchmarks.book write` from the lines in `results`; do not edit it. "
        f"What the columns mean stands in `README.md`. {SPREAD} Reported are runs with the seeds "
        f"{_listed(REPORTED_SEEDS)}; the engine was tuned with {_listed(TUNING_SEEDS)}.",
        _machines(rows),
        "## Targets",
        _reached(rows),
        measured_table(targets, tuple(COLUMNS), with_targets=True),
        f"![Gap against the proven bound over time, by benchmark]({picture})",
        "The gap against the bound that was proven by then: the middle run of each benchmark, in its longest "
        "time. A gap below 0.05 % is drawn at 0.05 %.",
        "## nrp24: shifts and headcounts",
        "Values in the unit of the set. The last columns are what others published for 10 minutes.",
        published_table(headcounts),
        published_in_short(headcounts),
        "## Families",
        measured_table(families, tuple(COLUMNS), with_targets=False),
        "## Doubling the agents",
        doubling_table(doubling),
        growth_in_short(doubling),
        "## Failures",
        _failures(rows),
        remarks.strip(),
    ]
    return "\n\n".join(part for part in written if part) + "\n"


def summary(rows: Sequence[Reported]) -> str:
    """The ten rows that the project's README shows, as Markdown."""
    front = [row for row in rows if (row.planned.case, row.planned.seconds) in FRONT]
    parts = [
        measured_table(front, SHORT, with_targets=True),
        f"{SPREAD} {_reached(rows)}",
        _machines(front, with_commit=False),
        f"{_link('RESULTS.md')} has every row, the picture of gap over time and the failures; "
        f"{_link('README.md')} says what each benchmark is and how to measure it again.",
    ]
    return "\n\n".join(part for part in parts if part)


def _link(file: str) -> str:
    path = f"tests/benchmarks/{file}"
    return f"[{path}]({path})"


def between_markers(text: str, new: str) -> str:
    """A text with everything between the two markers replaced.

    Raises
    ------
    ValueError
        If the text does not have each marker once, in order.
    """
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise ValueError(f"the text needs one {BEGIN} and after it one {END}")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    return f"{before}{BEGIN}\n{new}\n\n{END}{after}"


def _of(rows: Iterable[Reported], part: str) -> list[Reported]:
    return [row for row in rows if row.planned.part == part]


def _reached(rows: Sequence[Reported]) -> str:
    """How many targets are reached, that of the growth among them once it can be judged."""
    judged = [verdict.is_reached for row in rows for verdict in row.verdicts]
    waiting = sum(len(row.planned.targets) for row in rows if not row.entries)
    growth = growth_of(_of(rows, "doubling"))
    if growth is None:
        waiting += 1
    else:
        judged.append(growth.is_less_than_linear)
    not_run = f"; {waiting} more have not been run" if waiting else ""
    return f"{sum(judged)} of {len(judged)} targets are reached{not_run}."


def _machines(rows: Sequence[Reported], *, with_commit: bool = True) -> str:
    days: dict[Machine, list[str]] = defaultdict(list)
    for entry in _each_once(rows):
        machine = entry.machine if with_commit else replace(entry.machine, commit=None)
        days[machine].append(entry.finished[:10])
    lines = []
    for machine, dates in days.items():
        first, last = min(dates), max(dates)
        when = first if first == last else f"{first} to {last}"
        lines.append(f"- {machine}: {len(dates)} {'run' if len(dates) == 1 else 'runs'}, {when}")
    return "\n".join(lines)


def _each_once(rows: Sequence[Reported]) -> Iterable[Entry]:
    return {entry.key: entry for row in rows for entry in row.entries}.values()


def _failures(rows: Sequence[Reported]) -> str:
    failed = [entry for entry in _each_once(rows) if entry.failure is not None]
    if not failed:
        return f"None in {len(list(_each_once(rows)))} runs."
    lines = []
    for entry in failed:
        case, seed, seconds = entry.key
        time = "" if seconds is None else f"{seconds:g} s"
        lines.append([f"`{case}`", time, str(seed), _in_a_cell(entry.failure or "")])
    return table(["benchmark", "time", "seed", "what happened"], lines)


def _in_a_cell(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("|", "\\|")).strip()


def _listed(seeds: Sequence[int]) -> str:
    return ", ".join(str(seed) for seed in seeds)
