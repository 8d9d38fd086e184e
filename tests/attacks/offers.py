"""Every cost that a search ever offers as its best, against a recount of the roster that came with it.

A search with its watch replaced by one that recounts: what is kept as the best must cost what the verifier
says, and be legal by its word, at any moment and by whichever worker, local search or dive it was found.
"""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from scheduler import read_workbook
from scheduler.domain import Problem, Stop
from scheduler.engine import search
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.roster_arrays import Snapshot, roster_of
from scheduler.engine.run.watch import Watch
from scheduler.model import RuleBook
from scheduler.verifier import verify
from tests.engine.rosters import Drawn

Named = tuple[str, Problem, RuleBook]
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*_week.xlsx"))


@dataclass
class Offers:
    """What was offered by the searches so far.

    Parameters
    ----------
    wrong
        A sentence for each offer that a recount does not agree with.
    """

    searches: int = 0
    checked: int = 0
    wrong: list[str] = field(default_factory=list)

    def of_search(self, case: Named, stop: Stop, seed: int, workers: int) -> None:
        """Search, and recount each roster that becomes the best."""
        name, problem, rules = case
        kept: list[tuple[Snapshot, int]] = []

        class Recounted(Watch):
            """A watch that remembers all that it ever kept."""

            def offer(self, cost, snapshot):  # type: ignore[no-untyped-def]
                is_kept = super().offer(cost, snapshot)
                if is_kept:  # the best roster may be another worker's by now
                    mine = self.best if self.cost == cost.total else snapshot()
                    kept.append((mine, cost.total))
                return is_kept

        with patch("scheduler.engine.search.Watch", Recounted):
            search(problem, rules, stop=stop, seed=seed, workers=workers)
        instance = compile_instance(problem, rules)
        self.searches += 1
        for snapshot, cost in kept:
            report = verify(problem, rules, roster_of(instance, snapshot))
            self.checked += 1
            if not report.is_legal or report.cost.total != cost:
                self.wrong.append(f"{name}, seed {seed}: {cost} offered, {report.cost.total} recounted")


def cases() -> Iterator[Named]:
    """The examples in turns with drawn problems of both worlds, without end."""
    number = 0
    while True:
        for example in EXAMPLES:
            yield example.stem, *read_workbook(example)
        for drawn in (Drawn(number), Drawn(number, is_ward=True)):
            yield str(drawn), *drawn.case()
        number += 1


def main(words: list[str]) -> int:
    """Run the attack."""
    parser = ArgumentParser("offers", description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="searches")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=3.0, help="of every search")
    asked = parser.parse_args(words)
    offers, by_case = Offers(), Counter[str]()
    for number, case in zip(range(asked.count), cases(), strict=False):
        offers.of_search(case, Stop(seconds=asked.seconds), asked.seed + number, 1 + number % 2)
        by_case[case[0].split("-")[0]] += 1
    print(f"{offers.searches} searches ({by_case}), {offers.checked} rosters offered as the best,")
    print(f"{len(offers.wrong)} of them at another cost than a recount gives")
    print(*offers.wrong, sep="\n")
    return int(bool(offers.wrong))
