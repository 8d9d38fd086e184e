"""The tables of the book, from the plan's rows and their runs; every figure in them is computed.

A sentence that sums a table up stands beside it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.benchmarks.entries import seconds_to_cost, seconds_to_gap
from tests.benchmarks.markdown import filled_columns
from tests.benchmarks.measure import Row
from tests.benchmarks.plan import DOUBLING_GAP
from tests.benchmarks.reported import Reported
from tests.benchmarks.targets import Growth

NOT_RUN = "not run"
Show = Callable[[float], str]


def _amount(figure: float) -> str:
    return f"{figure:,.2f}"


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %"


def _seconds(figure: float) -> str:
    return f"{figure:,.1f}"


def _whole(figure: float) -> str:
    return f"{figure:,.0f}"


@dataclass(frozen=True)
class Column:
    """How a column of a measured row is shown: with its spread over the runs, or without."""

    heading: str
    show: Show
    with_spread: bool = False


COLUMNS = {
    "agents": Column("agents", _whole),
    "cost": Column("cost", _amount),
    "bound": Column("bound", _amount),
    "gap": Column("gap", _percent, with_spread=True),
    "gap_controllable": Column("controllable gap", _percent, with_spread=True),
    "above_known": Column("above known", _percent, with_spread=True),
    "first_roster_seconds": Column("first legal roster (s)", _seconds, with_spread=True),
    "seconds": Column("seconds used", _whole),
    "verification_seconds": Column("verification (s)", _seconds),
    "peak_memory_mib": Column("peak memory (MiB)", _whole),
}
SHORT = ("gap", "gap_controllable", "above_known", "first_roster_seconds", "peak_memory_mib")


def measured_table(rows: Sequence[Reported], columns: Sequence[str], *, with_targets: bool) -> str:
    """A line for each row of the plan; columns that are empty throughout are left out."""
    headings = ["benchmark", "time", "runs", *(COLUMNS[column].heading for column in columns)]
    lines = []
    for row in rows:
        figures = [_figure(row, column) for column in columns]
        line = [f"`{row.planned.case}`", _time(row), _runs(row), *figures]
        lines.append([*line, *_target_and_result(row)] if with_targets else line)
    return filled_columns([*headings, "target", "result"] if with_targets else headings, lines)


def _figure(reported: Reported, name: str) -> str:
    """A figure of a row: the median, with the least and the most where they are told apart."""
    column, figures, middle = COLUMNS[name], reported.figures(name), reported.figure(name)
    if middle is None:
        return ""
    least, most = column.show(figures[0]), column.show(figures[-1])
    spread = f" ({least} to {most})" if column.with_spread and least != most else ""
    return f"{column.show(middle)}{spread}"


def published_table(rows: Sequence[Reported]) -> str:
    """Best known, what came out here, and what others published; cost in currency is the published value."""
    methods = {name for row in rows for entry in row.entries for name in entry.published}
    others = sorted(methods - {"best_known", "lower_bound"})
    headings = ["instance", "time", "runs", "best known", "its lower bound", "staffcurve", "above best known"]
    headings += ["bound of staffcurve", "seconds to that value", "first legal roster (s)"]
    lines = []
    for row in rows:
        published = row.entries[0].published if row.entries else {}
        middle = row.middle
        value, bound = (None, None) if middle is None else (middle.cost, middle.bound)
        reached = None if middle is None or value is None else seconds_to_cost(middle.curve, value)
        lines.append(
            [
                _instance(row),
                _time(row),
                _runs(row),
                _value(published.get("best_known")),
                _value(published.get("lower_bound")),
                _value(value),
                _figure(row, "above_known"),
                _value(bound),
                "" if reached is None else _seconds(reached),
                _figure(row, "first_roster_seconds"),
                *_target_and_result(row),
                *(_value(published.get(method)) for method in others),
            ]
        )
    return filled_columns([*headings, "target", "result", *others], lines)


def _instance(row: Reported) -> str:
    return row.planned.case.removeprefix("nrp24-")


def _value(value: float | None) -> str:
    return "" if value is None else f"{value:,.10g}"


def published_in_short(rows: Sequence[Reported]) -> str:
    """One sentence on the set: every instance at the longest time measured."""
    longest = {_instance(row): row for row in rows if row.entries}
    if not longest:
        return ""
    shown = []
    for instance, row in longest.items():
        above = row.figure("above_known")
        shown.append(f"{instance} ({_time(row)}): {'failed' if above is None else _percent(above)}")
    reached = sum(all(verdict.is_reached for verdict in row.verdicts) for row in longest.values())
    return (
        "`nrp24` (shifts and headcounts), above the best known value by instance and time: "
        f"{'; '.join(shown)}. {reached} of {len(longest)} instances reach their target."
    )


def doubling_table(rows: Sequence[Reported]) -> str:
    """The time to one and the same gap at every size, and how it grows."""
    times = [_seconds_to_the_gap(row) for row in rows]
    lines = []
    for row, before, seconds in zip(rows, [None, *times], times, strict=False):
        step = "" if before is None or seconds is None else f"× {seconds / before:.2f}"
        never = "never" if row.entries else ""
        shown = never if seconds is None else _seconds(seconds)
        lines.append([f"`{row.planned.case}`", _time(row), _runs(row), shown, step, _figure(row, "gap")])
    to_gap = f"seconds to {100 * DOUBLING_GAP:g} %"
    headings = ["benchmark", "time", "runs", to_gap, "against half as many", "gap in the end"]
    return filled_columns(headings, lines)


def growth_of(rows: Sequence[Reported]) -> Growth | None:
    """How the time to the gap grows from the smallest to the largest; ``None`` until both were run."""
    if len(rows) < 2 or not rows[0].entries or not rows[-1].entries:
        return None
    smallest, largest = (int(row.planned.case.split("-")[1]) for row in (rows[0], rows[-1]))
    return Growth(largest / smallest, _seconds_to_the_gap(rows[0]), _seconds_to_the_gap(rows[-1]))


def _seconds_to_the_gap(row: Reported) -> float | None:
    """The median, the longer one of two; a run that never got there, or failed, lies above all others."""
    times = sorted(_time_or_never(run) for run in row.rows) + [float("inf")] * len(row.failures)
    middle = times[len(times) // 2] if times else float("inf")
    return None if middle == float("inf") else middle


def _time_or_never(row: Row) -> float:
    seconds = seconds_to_gap(row.curve, DOUBLING_GAP)
    return float("inf") if seconds is None else seconds


def growth_in_short(rows: Sequence[Reported]) -> str:
    """One sentence on what doubling costs; nothing until it was run."""
    growth = growth_of(rows)
    if growth is None:
        return ""
    first, last = (f"`{row.planned.case}`" for row in (rows[0], rows[-1]))
    times, verdict = growth.times_longer, "reached" if growth.is_less_than_linear else "**missed**"
    longer = "was not found for both" if times is None else f"grows to {times:.1f} times as much"
    return (
        f"From {first} to {last}, {growth.times_larger:g} times as many agents, the time to a gap of "
        f"{100 * DOUBLING_GAP:g} % {longer}; the target, less than linear growth, is {verdict}."
    )


def _time(row: Reported) -> str:
    seconds = row.planned.seconds
    return "" if seconds is None else f"{seconds:g} s"


def _runs(row: Reported) -> str:
    if not row.entries:
        return NOT_RUN
    count, asked = len(row.entries), row.planned.seeds
    so_many = str(count) if count == asked else f"{count} of {asked}"
    return f"{so_many}, {len(row.failures)} failed" if row.failures else so_many


def _target_and_result(row: Reported) -> list[str]:
    return [
        "; ".join(str(target) for target in row.planned.targets),
        "; ".join(str(verdict) for verdict in row.verdicts) or NOT_RUN,
    ]
