"""What a person sees while the command line works: findings, a live line, a closing summary.

Everything here goes to stderr, so that stdout holds nothing but what was asked for. No decision about a
roster is made here.
"""

import time
from collections.abc import Iterable
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from scheduler.app.interruption import ENDING_SIGNALS, Interruption
from scheduler.domain import Finding, Outcome, Problem, Progress, Report
from scheduler.domain.grid import MINUTES_PER_HOUR
from scheduler.domain.money import in_currency
from scheduler.domain.words import counted

PLAIN_LINE_EVERY_SECONDS = 5.0
VERIFYING = "verifying"
REPORT_IT = (
    "Please report this line in the issue tracker of the project that you have staffcurve from, with "
    "`staffcurve --version` and the input."
)
SECOND_SIGNAL_AFTER_SECONDS = 5.0
"""A second signal that comes sooner repeats the first, and ends nothing."""


def interruptible() -> Interruption:
    """What Ctrl-C, SIGTERM and a closed terminal do to a command."""
    return Interruption(ENDING_SIGNALS, SECOND_SIGNAL_AFTER_SECONDS)


def stderr() -> Console:
    """The console for everything that was not asked for on stdout."""
    return Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


def say(text: str, style: str = "") -> None:
    """Print a line for the person, on stderr."""
    stderr().print(Text(text, style=style))


def say_findings(findings: Iterable[Finding]) -> None:
    """Print findings on stderr, errors in red."""
    console = stderr()
    for finding in findings:
        console.print(Text(finding_line(finding), style="red" if finding.is_error else "yellow"))


def finding_line(finding: Finding) -> str:
    """A finding as a line: ``Agents!D17  skill ...``, and a warning says that it is one."""
    if finding.is_error:
        return str(finding)
    return f"{finding.place}  warning: {finding.message} {finding.hint}".rstrip()


def money(cost: int, currency: str) -> str:
    """A cost in words: ``350,367.50 EUR``."""
    return f"{in_currency(cost):,.2f} {currency}"


class LiveLine:
    """The line that shows the progress of a search; pass it to ``solve`` as ``progress``.

    On a terminal it is redrawn in place. Elsewhere (a log file) a line is written when the phase changes
    and every few seconds.
    """

    def __init__(self, currency: str, interruption: Interruption) -> None:
        self._currency = currency
        self._interruption = interruption
        self._console = stderr()
        self._latest: Progress | None = None
        self._began = time.monotonic()
        self._written_at = -PLAIN_LINE_EVERY_SECONDS
        self._live = Live(
            get_renderable=self._line, console=self._console, refresh_per_second=4, transient=True
        )

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()

    def __call__(self, progress: Progress) -> None:
        """Show one look at the search."""
        if progress.phase == VERIFYING:
            self._interruption.only_remember()
        new_phase = self._latest is None or self._latest.phase != progress.phase
        self._latest = progress
        if self._console.is_terminal:
            return
        elapsed = time.monotonic() - self._began
        if new_phase or elapsed - self._written_at >= PLAIN_LINE_EVERY_SECONDS:
            self._written_at = elapsed
            self._console.print(self._line())

    def _line(self) -> Text:
        latest = self._latest
        parts = [latest.phase if latest else "starting", f"{time.monotonic() - self._began:.0f} s"]
        if latest and latest.cost is not None:
            parts.append(f"cost {money(latest.cost, self._currency)}")
        if latest and latest.bound is not None:
            parts.append(f"at least {money(latest.bound, self._currency)}")
        if latest and latest.gap is not None:
            parts.append(f"gap {latest.gap:.2%}")
        if latest and latest.phase == VERIFYING and latest.fraction is not None:
            parts.append(f"{latest.fraction:.0%} of the proof checked")
        if self._interruption.happened:
            parts.append("stopping, the best roster is kept")
        return Text(" · ".join(parts))


def fault_in_words(fault: BaseException) -> str:
    """A fault of staffcurve itself: what, where in the program, and where to report it."""
    places = [frame for frame in extract_tb(fault.__traceback__) if _is_ours(frame.filename)]
    where = f" at {Path(places[-1].filename).name}:{places[-1].lineno}" if places else ""
    what = " ".join(f"{type(fault).__name__}: {fault}".split())
    if isinstance(fault, MemoryError):
        return f"The memory of this machine is not enough for that{where}."
    return f"This is a fault of staffcurve, {what}{where}. {REPORT_IT}"


def _is_ours(filename: str) -> bool:
    return Path(__file__).parent in Path(filename).parents


def say_outcome(problem: Problem, outcome: Outcome, written: Iterable[Path]) -> None:
    """Print the closing lines: cost, gap, broken preferences, and the files."""
    for line in summary(problem, outcome, written):
        say(line)


def summary(problem: Problem, outcome: Outcome, written: Iterable[Path]) -> list[str]:
    """The closing lines as text.

    Parameters
    ----------
    written
        The files that hold the roster.
    """
    currency, cost = problem.currency, outcome.cost
    parts = [
        f"wages {money(cost.wages, currency)}",
        f"missing staff {money(cost.missing, currency)}",
        f"superfluous staff {money(cost.superfluous, currency)}",
    ]
    if cost.rules:
        parts.append(f"wishes not met {money(sum(cost.rules.values()), currency)}")
    lines = [
        f"Cost {money(cost.total, currency)}: {', '.join(parts)}.",
        gap_in_words(outcome, currency),
        staffing_in_words(outcome),
    ]
    lines += [
        f"Gave way: {result.sentence} ({counted(result.broken, 'time')}, {money(result.cost, currency)})"
        for result in outcome.report.rules
        if result.broken and result.rule in cost.rules
    ]
    lines += _reported_in_words(outcome.report)
    lines.append(
        f"{outcome.roster}. Every rule that must be kept is kept; checked a second time. "
        f"{outcome.seconds:.0f} s, first roster after {outcome.seconds_to_first_roster:.1f} s, "
        f"seed {outcome.seed}."
    )
    lines += [f"Written: {path}" for path in written]
    return lines


def report_in_words(problem: Problem, report: Report) -> list[str]:
    """The verifier's report as lines: the verdict, what is wrong, and the figures of its own count."""
    currency, faults = problem.currency, list(report.faults())
    kept = sum(not result.broken for result in report.rules)
    verdict = "Verified." if report.passed else f"Not verified: {len(faults)} found."
    lines = [verdict, *(f"  - {fault}" for fault in faults)]
    lines.append(f"Rules: {kept} of {len(report.rules)} kept everywhere.")
    lines += [
        f"  - gave way {counted(result.broken, 'time')}: {result.sentence} ({money(result.cost, currency)})"
        for result in report.rules
        if result.broken and result.strength == "prefer"
    ]
    lines += _reported_in_words(report)
    lines.append(f"Cost, counted again: {money(report.cost.total, currency)}.")
    if report.bound is not None:
        lines.append(
            f"Bound, computed again from the certificate: {money(report.bound, currency)} "
            f"(gap {report.gap:.2%})."
        )
    return lines


def _reported_in_words(report: Report) -> list[str]:
    """What rules found that are only reported, a line for each of them."""
    return [
        f"Reported: {result.sentence} "
        + (
            f"Not kept: {counted(result.broken, 'violation')}, {result.amount_in_words} in all."
            if result.broken
            else "Kept everywhere."
        )
        for result in report.rules
        if result.is_reported
    ]


def gap_in_words(outcome: Outcome, currency: str) -> str:
    """What the gap means, in a sentence."""
    distance = outcome.cost.total - outcome.bound
    if not outcome.report.is_proof_whole:
        return (
            f"There was no time to check the whole proof. What was checked proves that no legal roster "
            f"costs less than {money(outcome.bound, currency)} (gap {outcome.gap:.2%}); "
            "--proof full checks all of it."
        )
    if distance == 0:
        return "No legal roster is cheaper: this is proven."
    return (
        f"Proven: no legal roster costs less than {money(outcome.bound, currency)}, so at most "
        f"{money(distance, currency)} ({outcome.gap:.2%} of the cost, "
        f"{outcome.gap_controllable:.2%} of what planning can influence) could still be saved."
    )


def staffing_in_words(outcome: Outcome) -> str:
    """Missing and superfluous agent-hours and people, in a sentence."""
    coverage, heads = outcome.coverage, outcome.report.headcounts
    parts = []
    if not heads.required or any(map(any, coverage.required.values())):
        missing = sum(map(sum, coverage.missing.values())) / MINUTES_PER_HOUR
        superfluous = sum(map(sum, coverage.superfluous.values())) / MINUTES_PER_HOUR
        parts.append(
            f"{missing:,.1f} agent-hours missing, {superfluous:,.1f} superfluous; "
            f"curve fit {coverage.curve_fit:.1%}"
        )
    if heads.required:
        people, too_many = (sum(map(sum, part.values())) for part in (heads.missing, heads.superfluous))
        parts.append(f"{counted(people, 'person', 'people')} missing on shifts, {too_many:,} superfluous")
    return f"Staffing: {'; '.join(parts)}."
