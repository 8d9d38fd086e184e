"""The picture of gap over time: the gap against the bound proven by then, one panel a family.

Needs matplotlib, which comes with the extra ``bench``.
"""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter

from tests.benchmarks.entries import gap_at
from tests.benchmarks.measure import Row
from tests.benchmarks.reported import Reported

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
"""Okabe and Ito's, which people with any colour vision tell apart; yellow is too pale for a line on white."""
STYLES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1)), (0, (1, 1)), (0, (8, 2)))
PANELS = {
    "Up to 300 agents": ("example", "turnos29", "generated-30", "generated-300"),
    "1,000 agents and more": ("generated-1000", "generated-5000", "planted-1000"),
    "A real contact centre, planted weeks": ("cc475", "planted-200"),
    "nrp24, small": tuple(f"nrp24-{number}" for number in (1, 2, 3, 4, 5, 7, 10)),
    "nrp24, large": tuple(f"nrp24-{number}" for number in (8, 13, 15, 17, 20, 22)),
}
"""Which cases a panel shows: those that are called so, or begin so and go on with a hyphen."""
LEAST_GAP, MOST_GAP = 0.0005, 1.0
"""The axis is logarithmic: what is smaller or larger is drawn here."""


def draw(rows: Sequence[Reported], file: Path) -> None:
    """Draw the middle run of each case that has targets, in its longest time."""
    lines = longest_runs(rows)
    panels = [(title, chosen) for title, names in PANELS.items() if (chosen := _chosen(lines, names))]
    if not panels:
        return
    rows_of_panels = (len(panels) + 1) // 2
    figure = Figure(figsize=(13, 3 * rows_of_panels), layout="constrained")
    grid = figure.subplots(rows_of_panels, 2, squeeze=False, sharex=True, sharey=True)
    for axes in grid.flat[len(panels) :]:
        axes.set_visible(False)
    for axes, (title, chosen) in zip(grid.flat, panels, strict=False):
        _panel(axes, title, chosen)
    figure.savefig(file, dpi=110, metadata={"Software": None})


def longest_runs(rows: Sequence[Reported]) -> dict[str, Row]:
    """The middle run of each case in the longest time that it was given, by case."""
    longest: dict[str, Row] = {}
    for reported in rows:
        row = reported.middle
        if row is None or not row.curve or not reported.planned.targets:
            continue
        before = longest.get(row.name)
        if before is None or (row.seconds_asked or 0.0) > (before.seconds_asked or 0.0):
            longest[row.name] = row
    return longest


def steps(row: Row) -> tuple[list[float], list[float]]:
    """Seconds and gaps of a run's curve from its first roster to its end, within the picture's edges."""
    seconds, gaps = [], []
    for point in row.curve:
        gap = gap_at(point)
        if gap is not None:
            seconds.append(max(point[0], 0.1))
            gaps.append(min(max(gap, LEAST_GAP), MOST_GAP))
    if seconds:
        seconds.append(max(row.seconds or 0.0, seconds[-1]))
        gaps.append(gaps[-1])
    return seconds, gaps


def _chosen(lines: dict[str, Row], names: Sequence[str]) -> list[Row]:
    return [
        row
        for case, row in lines.items()
        if any(case == name or case.startswith(f"{name}-") for name in names)
    ]


def _panel(axes: Axes, title: str, rows: Sequence[Row]) -> None:
    for row, colour, style in zip(rows, COLOURS, STYLES, strict=False):
        seconds, gaps = steps(row)
        axes.step(seconds, gaps, where="post", label=row.name, color=colour, linestyle=style, linewidth=1.6)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_ylim(0.8 * LEAST_GAP, MOST_GAP)
    axes.set_title(title, fontsize=10, loc="left")
    axes.set_xlabel("seconds")
    axes.set_ylabel("gap to the proven bound")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda seconds, _: f"{seconds:g}"))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda gap, _: f"{100 * gap:g} %"))
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.grid(visible=True, which="major", color="#dddddd", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelbottom=True, labelleft=True)
    axes.legend(fontsize=8, frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
