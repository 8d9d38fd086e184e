"""The one line that shows how a search is getting on, in a planner's words.

The engine tells of its phases by their fixed words (:class:`~scheduler.domain.results.outcome.Phase`); what
they are called for a person is decided here.
"""

import time
from types import TracebackType
from typing import Self

from rich.console import RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from scheduler.app.arguments.interruption import Interruption
from scheduler.command_line.output.terminal import money, stderr
from scheduler.domain import Phase, Progress
from scheduler.texts import marked, text

PLAIN_LINE_EVERY_SECONDS = 5.0
BAR_CELLS = 20

_LOOKING = marked("looking for a first roster")
_WITHOUT_A_ROSTER: dict[str, str] = {
    Phase.FIRST_ROSTER: _LOOKING,
    Phase.PRICING: _LOOKING,
    Phase.SEARCHING: _LOOKING,
}
_IN_WORDS: dict[str, str] = {
    Phase.PREPARING: marked("preparing"),
    Phase.FIRST_ROSTER: marked("improving"),
    Phase.SEARCHING: marked("improving"),
    Phase.PRICING: marked("proving what is left to win"),
    Phase.CONTRADICTION: marked("proving that no roster can be legal"),
    Phase.VERIFYING: marked("checking everything a second time"),
    Phase.WRITING: marked("writing"),
}


def phase_in_words(progress: Progress | None) -> str:
    """What is being done, as a planner would say it."""
    if progress is None:
        return text("starting")
    phase = progress.phase.split(",")[0]  # "searching, round 3"
    words = (_WITHOUT_A_ROSTER if progress.cost is None else {}).get(phase) or _IN_WORDS.get(phase)
    return text(words) if words else progress.phase


class LiveLine:
    """The line that shows the progress of a search; pass it to ``solve`` as ``progress``.

    On a terminal it is redrawn in place, with a bar where it is known how long things take. Elsewhere (a log
    file) a line is written when something else is done, and every few seconds.

    Parameters
    ----------
    seconds
        The time limit; ``None`` where there is none.
    """

    def __init__(self, currency: str, interruption: Interruption, seconds: float | None = None) -> None:
        self._currency = currency
        self._interruption = interruption
        self._seconds = seconds
        self._console = stderr()
        self._latest: Progress | None = None
        self._began = time.monotonic()
        self._written_at = -PLAIN_LINE_EVERY_SECONDS
        self._live = Live(
            get_renderable=self._shown, console=self._console, refresh_per_second=4, transient=True
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
        if progress.phase == Phase.VERIFYING:
            self._interruption.only_remember()
        is_new = self._latest is None or phase_in_words(self._latest) != phase_in_words(progress)
        self._latest = progress
        if self._console.is_terminal:
            return
        elapsed = time.monotonic() - self._began
        if is_new or elapsed - self._written_at >= PLAIN_LINE_EVERY_SECONDS:
            self._written_at = elapsed
            self._console.print(self._line())

    def _shown(self) -> RenderableType:
        """The line with its bar, cut where the terminal ends."""
        fraction = self._latest.fraction if self._latest else None
        line = self._line()
        line.no_wrap, line.overflow = True, "ellipsis"
        if fraction is None:
            return line
        grid = Table.grid(padding=(0, 1))
        grid.add_row(ProgressBar(total=1.0, completed=fraction, width=BAR_CELLS), line)
        return grid

    def _line(self) -> Text:
        latest, elapsed = self._latest, time.monotonic() - self._began
        is_check = latest is not None and latest.phase == Phase.VERIFYING
        parts = [
            phase_in_words(latest),
            text("{elapsed:.0f} s", elapsed=elapsed)
            if self._seconds is None or is_check
            else text("{elapsed:.0f} of {seconds:.0f} s", elapsed=elapsed, seconds=self._seconds),
        ]
        if latest and latest.cost is not None:
            parts.append(text("cost {cost}", cost=money(latest.cost, self._currency)))
            if latest.bound is not None and latest.gap is not None:
                left = money(max(0, latest.cost - latest.bound), self._currency)
                parts.append(text("at most {left} ({gap:.2%}) left to win", left=left, gap=latest.gap))
        if is_check and latest and latest.fraction is not None:
            parts.append(text("{fraction:.0%} of the proof checked", fraction=latest.fraction))
        if self._interruption.happened:
            parts.append(text("stopping, the best roster is kept"))
        return Text(" · ".join(parts))
