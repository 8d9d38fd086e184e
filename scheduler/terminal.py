"""What a person sees while the command line works: findings, a live line, a closing summary, Ctrl-C.

Everything here goes to stderr, so that stdout holds nothing but what was asked for. Called by ``cli``
alone; no decision about a roster is made here.
"""

import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from scheduler.domain import Cancel, Finding, Outcome, Problem, Progress, Report
from scheduler.domain.money import in_currency, ratio
from scheduler.domain.words import counted

PLAIN_LINE_EVERY_SECONDS = 5.0
INSISTING_AFTER_SECONDS = 5.0
VERIFYING = "verifying"


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
    """The line that says how the search is getting on; hand it to ``solve`` as ``progress``.

    On a terminal it is redrawn in place. Elsewhere (a log file) a line is written when the phase changes
    and every few seconds.
    """

    def __init__(self, currency: str, interruption: "Interruption") -> None:
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
        elif self._interruption.is_pending:
            raise KeyboardInterrupt  # the first one was lost, in the middle of an import say
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


class Interruption:
    """Ctrl-C and SIGTERM: the first ends the search, and none may spoil what is being verified or written.

    ``happened`` says afterwards whether the person stopped it. During the search the signal is a
    ``KeyboardInterrupt``, on which the search hands out the best roster that it has. A second signal right
    after it is taken for impatience; one that comes later breaks the search off for good.
    """

    def __init__(self) -> None:
        self.happened = False
        self.ends_proof = Cancel()
        """Is used by a signal that comes while the proof is recounted."""
        self._is_verifying = False
        self._raises = True
        self._first_at = 0.0
        self._before: dict[int, Callable[[int, FrameType | None], object] | int | None] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._on_signal)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def only_remember(self) -> None:
        """From now on a signal is noted and breaks nothing off; it may only cut a proof's recount short."""
        self._raises, self._is_verifying = False, True

    @contextmanager
    def held_back(self) -> Iterator[None]:
        """Meanwhile a signal breaks nothing off; at the end it does."""
        raises, self._raises = self._raises, False
        try:
            yield
        finally:
            self._raises = raises
        if self.is_pending:
            raise KeyboardInterrupt

    @property
    def is_pending(self) -> bool:
        """Whether a signal that was to end the search came before."""
        return self.happened and self._raises

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        impatient = self.happened and now - self._first_at < INSISTING_AFTER_SECONDS
        if not self.happened:
            self.happened, self._first_at = True, now
        if impatient:
            return
        if self._is_verifying:
            self.ends_proof.cancel()
        if self._raises:
            raise KeyboardInterrupt


def say_outcome(problem: Problem, outcome: Outcome, written: Iterable[Path]) -> None:
    """The closing lines: what it costs, how good that is, what gave way, and where it is."""
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
        if result.broken and result.kind != "requirement"
    ]
    lines.append(
        f"{outcome.roster}. Every rule that must be kept is kept; checked a second time. "
        f"{outcome.seconds:.0f} s, first roster after {outcome.seconds_to_first_roster:.1f} s, "
        f"seed {outcome.seed}."
    )
    lines += [f"Written: {path}" for path in written]
    return lines


def report_in_words(problem: Problem, report: Report) -> list[str]:
    """The verifier's answer as lines: the verdict, what is wrong, and the figures of its own count."""
    currency, faults = problem.currency, list(report.faults())
    kept = sum(not result.broken for result in report.rules)
    verdict = "Verified." if report.passed else f"Not verified: {len(faults)} found."
    lines = [verdict, *(f"  - {fault}" for fault in faults)]
    lines.append(f"Rules: {kept} of {len(report.rules)} kept everywhere.")
    lines += [
        f"  - gave way {counted(result.broken, 'time')}: {result.sentence} ({money(result.cost, currency)})"
        for result in report.rules
        if result.broken and result.strength != "must"
    ]
    lines.append(f"Cost, counted again: {money(report.cost.total, currency)}.")
    if report.bound is not None:
        gap = ratio(report.cost.total - report.bound, report.cost.total)
        lines.append(
            f"Bound, computed again from the certificate: {money(report.bound, currency)} (gap {gap:.2%})."
        )
    return lines


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
        missing = sum(map(sum, coverage.missing.values())) / 60
        superfluous = sum(map(sum, coverage.superfluous.values())) / 60
        parts.append(
            f"{missing:,.1f} agent-hours missing, {superfluous:,.1f} superfluous; "
            f"curve fit {coverage.curve_fit:.1%}"
        )
    if heads.required:
        people, too_many = (sum(map(sum, part.values())) for part in (heads.missing, heads.superfluous))
        parts.append(f"{counted(people, 'person', 'people')} missing on shifts, {too_many:,} superfluous")
    return f"Staffing: {'; '.join(parts)}."
