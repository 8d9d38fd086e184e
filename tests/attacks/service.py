"""What a service does to staffcurve: exceptions across processes, searches cancelled at any moment, threads.

``python -m tests.attacks service --count 200 --seed 1`` prints what was tried and what was lost; the exit
code is 1 if anything was. Times of a machine that others use as well say little, so the CPU seconds of this
process stand beside them.
"""

import argparse
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from random import Random

from scheduler import Cancel, NothingFound, Outcome, Problem, Progress, RuleBook, Stop, read_workbook, solve
from tests.benchmarks.generated import case_of
from tests.unit.domain.test_errors import EXAMPLES, fail, held

WEEK = Path(__file__).parents[2] / "examples" / "contact_centre_week.xlsx"
GENERATED = ("generated-30-different", "generated-100-alike", "generated-60-wishes")
LIMITS_SECONDS = 6.0, 20.0, 60.0
"""Of searches that are cancelled: the longer one is, the longer it prices before it anneals."""
EARLIEST_SECONDS, LATEST_SECONDS = 0.004, 4.0
"""When searches are cancelled."""
SIDE_SECONDS, SIDE_SEEDS = 6.0, 5
WITHIN_SECONDS = 1.0
"""What cancelling may take until the roster is returned, in CPU seconds."""


@dataclass(frozen=True)
class Cancelled:
    """One search that was cancelled.

    Parameters
    ----------
    phase
        What it was doing then.
    known
        The cost that had been told by then, if any.
    outcome
        What was returned; ``None`` where there was no roster.
    to_end, to_return
        Seconds from cancelling until the search ended, and until ``solve`` returned, after the second check.
    cpu_to_end, cpu_to_return
        The same in CPU seconds of the process.
    """

    phase: str
    known: int | None
    outcome: Outcome | None
    to_end: float
    to_return: float
    cpu_to_end: float
    cpu_to_return: float

    @property
    def is_lost(self) -> bool:
        """Whether a roster was known and none, or a dearer one, or one that does not pass came out."""
        if self.outcome is None:
            return self.known is not None
        return not self.outcome.report.passed or (
            self.known is not None and self.outcome.cost.total > self.known
        )


class Canceller:
    """An observer that cancels its search after so many seconds, or at a look."""

    def __init__(self, *, after: float | None = None, at_look: int | None = None) -> None:
        self.token = Cancel()
        self._at_look = at_look
        self._looks = 0
        self._latest: Progress | None = None
        self.at_cancel: Progress | None = None
        self.cancelled_at = self.cpu_then = self.ended_at = self.cpu_at_end = 0.0
        self._timer = None if after is None else threading.Timer(after, self._cancel)
        if self._timer is not None:
            self._timer.start()

    def __call__(self, look: Progress) -> None:
        """Remember the look, and cancel at the one that was asked for."""
        if look.phase == "verifying" and not self.ended_at:
            self.ended_at, self.cpu_at_end = time.monotonic(), time.process_time()
        self._latest = look
        self._looks += 1
        if self._looks == self._at_look:
            self._cancel()

    def _cancel(self) -> None:
        self.at_cancel = self._latest
        self.cancelled_at, self.cpu_then = time.monotonic(), time.process_time()
        self.token.cancel()

    def close(self) -> None:
        """Cancel nothing any more."""
        if self._timer is not None:
            self._timer.cancel()


def cancelled(
    problem: Problem,
    rules: RuleBook,
    canceller: Canceller,
    *,
    stop: Stop,
    seed: int = 1,
    workers: int | None = None,
) -> Cancelled | None:
    """Run a search that is cancelled; ``None`` where it ended by itself before that."""
    outcome = None
    try:
        outcome = solve(
            problem, rules, stop=stop, seed=seed, workers=workers, progress=canceller, cancel=canceller.token
        )
    except NothingFound:
        pass
    finally:
        canceller.close()
    returned_at, cpu_now = time.monotonic(), time.process_time()
    began_check = canceller.ended_at or returned_at
    if not canceller.token.is_cancelled or began_check < canceller.cancelled_at:
        return None
    then = canceller.at_cancel
    return Cancelled(
        phase=then.phase.split(",")[0] if then else "before the first look",
        known=then.cost if then else None,
        outcome=outcome,
        to_end=began_check - canceller.cancelled_at,
        to_return=returned_at - canceller.cancelled_at,
        cpu_to_end=(canceller.cpu_at_end or cpu_now) - canceller.cpu_then,
        cpu_to_return=cpu_now - canceller.cpu_then,
    )


def through_a_pool() -> tuple[int, int]:
    """How many exceptions were sent through a pool of processes, and how many came back equal."""
    equal = 0
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for error in EXAMPLES:
            caught = pool.submit(fail, error).exception()
            equal += caught is not None and held(caught) == held(error)
    return len(EXAMPLES), equal


def cancelled_at_random(count: int, seed: int, workers: int) -> Iterator[Cancelled]:
    """So many searches of the example week and of generated ones, each cancelled at a random moment."""
    dice = Random(f"cancelled {seed}")
    made = [case_of(name, WEEK.parent, seed) for name in GENERATED]
    cases = [read_workbook(WEEK), *((case.problem, case.rules) for case in made)]
    while count:
        problem, rules = dice.choice(cases)
        # half of them evenly, half with as many moments among the first tenths as among the last seconds
        evenly = dice.uniform(0, LATEST_SECONDS)
        early = EARLIEST_SECONDS * (LATEST_SECONDS / EARLIEST_SECONDS) ** dice.random()
        found = cancelled(
            problem,
            rules,
            Canceller(after=dice.choice((evenly, early))),
            stop=Stop(seconds=dice.choice(LIMITS_SECONDS)),
            seed=dice.randrange(1000),
            workers=workers,
        )
        if found is not None:
            count -= 1
            yield found


def side_by_side(seed: int) -> tuple[Outcome, Sequence[Outcome]]:
    """The example week searched alone, and twice at a time in threads, for as long."""
    problem, rules = read_workbook(WEEK)

    def search(of: int) -> Outcome:
        return solve(problem, rules, stop=Stop(seconds=SIDE_SECONDS), seed=of)

    alone = search(seed)
    with ThreadPoolExecutor(2) as threads:
        return alone, list(threads.map(search, (seed, seed + 1000)))


def main(words: Sequence[str]) -> int:
    """Run all three and print what came of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks service")
    parser.add_argument("--count", type=int, default=200, help="searches to cancel")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2, help="of each search that is cancelled")
    parser.add_argument("--pairs", type=int, default=SIDE_SEEDS, help="pairs of searches side by side")
    asked = parser.parse_args(words)

    sent, equal = through_a_pool()
    print(f"exceptions through a pool of processes: {sent}, equal: {equal}", flush=True)

    found = list(cancelled_at_random(asked.count, asked.seed, asked.workers))
    lost = [one for one in found if one.is_lost]
    slow = [one for one in found if one.cpu_to_return > WITHIN_SECONDS]
    print(f"searches cancelled: {len(found)}, lost or not the best: {len(lost)}")
    print(f"  by phase: {dict(Counter(one.phase for one in found).most_common())}")
    print(f"  with a roster: {sum(one.outcome is not None for one in found)}")
    for name, seconds in (
        ("until the search ended, s", [one.to_end for one in found]),
        ("the same in CPU seconds", [one.cpu_to_end for one in found]),
        ("until solve returned, checked a second time, s", [one.to_return for one in found]),
        ("the same in CPU seconds", [one.cpu_to_return for one in found]),
    ):
        ordered = sorted(seconds)
        middle, nearly, most = (ordered[int(part * (len(ordered) - 1))] for part in (0.5, 0.95, 1.0))
        print(f"  {name}: median {middle:.2f}, 95 % {nearly:.2f}, most {most:.2f}")
    print(f"  returned after more than {WITHIN_SECONDS:.0f} CPU second: {len(slow)}", flush=True)

    worst, first_only = 0.0, 0
    for seed in range(1, asked.pairs + 1):
        alone, pair = side_by_side(seed)
        worst = max(worst, *(one.gap / alone.gap for one in pair))
        first_only += sum(len({point.cost for point in one.curve if point.cost}) < 2 for one in pair)
        gaps = ", ".join(f"{one.gap:.2%}" for one in pair)
        print(f"side by side, seed {seed}: {gaps}; alone {alone.gap:.2%}", flush=True)
    if asked.pairs:
        print(f"  largest ratio {worst:.2f}; only the first roster: {first_only} of {2 * asked.pairs}")
    return int(equal < sent or bool(lost) or bool(first_only))
