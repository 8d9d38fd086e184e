"""A fuzzer of what is read: each mutant is a process of its own, whose time and memory are counted.

Mutants of workbooks and JSON documents go through ``check``, as the command line runs it; every so many of
them are solved as well, if they can be, and mutants of rosters go through ``verify``. A mutant is bad if it
ends in a traceback, takes more than ten seconds of processor time, or more than 500 MB. Which mutant a number
is depends on the seed alone, so that ``--only`` makes it again, and keeps it.
"""

import argparse
import multiprocessing
import os
import resource
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from constraints import CATALOGUE
from scheduler import BadInput, Stop, UnsupportedRule, read_workbook, solve, write_workbook
from scheduler.app import planning
from scheduler.app.results import documents
from scheduler.command_line.main import command_line
from scheduler.domain import Contradiction, NothingFound
from scheduler.io.input.templates import template
from tests.attacks import mutant_json, mutant_workbooks
from tests.benchmarks import generated

SECONDS, MEGABYTES = 10.0, 500
"""Of processor time, and of memory at the most, that reading a mutant may take."""
_END_AFTER_SECONDS = 60
_SOLVED_EVERY = 25
"""Of so many mutants that can be planned with, one is."""
_EXAMPLE = Path(__file__).parents[2] / "examples" / "contact_centre_week.xlsx"
_COUNTED = Stop(seconds=None, rounds=1)
_TRACEBACK = 70


@dataclass(frozen=True)
class Mutant:
    """One mutant, by its number."""

    number: int
    command: str
    kind: str
    content: bytes

    @property
    def suffix(self) -> str:
        return ".json" if self.kind.startswith("json") else ".xlsx"


@dataclass(frozen=True)
class Trial:
    """What a mutant did.

    Parameters
    ----------
    outcome
        The exit code of the command in words, or what is bad.
    seconds
        Of processor time.
    """

    number: int
    command: str
    kind: str
    outcome: str
    seconds: float
    megabytes: int
    said: str

    @property
    def is_bad(self) -> bool:
        return (
            self.outcome not in ("accepted", "refused", "found something")
            or self.megabytes > MEGABYTES
            or (self.seconds > SECONDS and self.command != "solve")
        )


class Bases:
    """Sound inputs and rosters, from which mutants are made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        small, chinese = folder / "small.xlsx", folder / "chinese.xlsx"
        planning.new_workbook(small)
        template.new_workbook(chinese, CATALOGUE, language="zh")
        centre = folder / "centre.xlsx"
        case = generated.case_of("generated-10-different-wishes", Path(), 1)
        write_workbook(centre, case.problem, case.rules)
        self.workbooks = [path.read_bytes() for path in (small, chinese, centre, _EXAMPLE)]
        self.documents = []
        for source in (small, centre, _EXAMPLE):
            target = folder / f"{source.stem}.json"
            write_workbook(target, *read_workbook(source))
            self.documents.append(target.read_bytes())
        self.input = small
        problem, rules = read_workbook(small)
        outcome = solve(problem, rules, stop=_COUNTED, workers=1)
        roster = folder / "roster.xlsx"
        write_workbook(roster, problem, rules, outcome)
        self.roster = roster.read_bytes()
        self.result = documents.as_json(problem, rules, outcome).encode()


@cache
def bases() -> Bases:
    """The same in each process."""
    return Bases(Path(tempfile.mkdtemp(prefix="fuzz-")))


def mutant(seed: int, number: int) -> Mutant:
    """The mutant of that number."""
    random, base = Random(f"{seed}/{number}"), bases()
    command = "verify" if random.random() < 0.2 else "check"
    if random.random() < 0.3:
        kind = random.choice(list(mutant_json.MUTATIONS))
        content = base.result if command == "verify" else _drawn(base.documents, random)
        return Mutant(number, command, f"json {kind}", mutant_json.mutated(content, kind, random))
    kind = random.choice(mutant_workbooks.KINDS)
    content = base.roster if command == "verify" else _drawn(base.workbooks, random)
    return Mutant(number, command, kind, mutant_workbooks.mutated(content, kind, random))


def _drawn(contents: list[bytes], random: Random) -> bytes:
    """One of them; the example, which stands last, is large, and so it is drawn less often."""
    return contents[-1] if random.random() < 0.1 else random.choice(contents[:-1])


def tried(seed: int, number: int) -> list[Trial]:
    """What the mutant of that number does, in a process of its own."""
    one = mutant(seed, number)
    path = bases().folder / f"{seed}-{number}{one.suffix}"
    path.write_bytes(one.content)
    try:
        arguments = ["check", str(path)]
        if one.command == "verify":
            arguments = ["verify", str(bases().input), str(path)]
        trials = [_in_own_process(one, one.command, lambda: _run(arguments))]
        if one.command == "check" and trials[0].outcome == "accepted" and number % _SOLVED_EVERY == 0:
            trials.append(_in_own_process(one, "solve", lambda: _solve(path)))
        return trials
    finally:
        path.unlink()


def _run(arguments: list[str]) -> int:
    code = command_line(arguments, standalone_mode=False)
    return int(code or 0)


def _solve(path: Path) -> int:
    try:
        solve(*read_workbook(path), stop=_COUNTED, workers=1)
    except (BadInput, Contradiction, NothingFound, UnsupportedRule):
        return 2
    return 0


def _in_own_process(one: Mutant, command: str, run: Callable[[], int]) -> Trial:
    with tempfile.TemporaryFile("w+", errors="replace") as said:
        child = os.fork()
        if not child:
            os._exit(_as_child(run, said.fileno()))
        _, status, used = os.wait4(child, 0)
        said.seek(0)
        words = said.read()
    code = os.waitstatus_to_exitcode(status)
    outcomes = {0: "accepted", 2: "refused", 5: "found something", _TRACEBACK: "traceback"}
    return Trial(
        number=one.number,
        command=command,
        kind=one.kind,
        outcome=outcomes.get(code, f"ended with {code}"),
        seconds=used.ru_utime + used.ru_stime,
        megabytes=used.ru_maxrss // 1024,
        said=words[-3_000:],
    )


def _as_child(run: Callable[[], int], said: int) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (_END_AFTER_SECONDS, _END_AFTER_SECONDS))
    os.dup2(said, 1)
    os.dup2(said, 2)
    sys.stdout = sys.stderr = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    try:
        code = run()
        sys.stdout.flush()
        return code
    except BaseException:
        traceback.print_exc()
        sys.stdout.flush()
        return _TRACEBACK


def attack(seed: int, numbers: range, workers: int) -> Iterator[Trial]:
    """Try the mutants of these numbers."""
    bases()  # is made once, before the processes part
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        for trials in pool.map(tried, [seed] * len(numbers), numbers, chunksize=8):
            yield from trials


def main(arguments: list[str]) -> int:
    """Run the attack; 1 if a mutant was bad."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=5_000, help="how many mutants")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first mutant")
    parser.add_argument("--workers", type=int, default=1, help="mutants side by side")
    parser.add_argument("--only", type=int, help="make this mutant alone, keep it, and show what it does")
    asked = parser.parse_args(arguments)
    if asked.only is not None:
        return _show(asked.seed, asked.only)
    counts: Counter[tuple[str, str, str]] = Counter()
    bad = []
    read = []
    for trial in attack(asked.seed, range(asked.first, asked.first + asked.count), asked.workers):
        counts[trial.command, trial.kind, trial.outcome] += 1
        if trial.command != "solve":
            read.append(trial)
        if trial.is_bad:
            bad.append(trial)
            print(f"BAD: {_line(trial)}")
            print(f"  python -m tests.attacks fuzz --seed {asked.seed} --only {trial.number}")
            print("  " + "\n  ".join(trial.said.strip().splitlines()[-4:]), flush=True)
    for (command, kind, outcome), count in sorted(counts.items()):
        print(f"{command:7} {kind:12} {outcome:16} {count:6}")
    print(f"{counts.total()} trials of {asked.count} mutants, seed {asked.seed}: {len(bad)} bad;")
    print(f"slowest: {_line(max(read, key=lambda trial: trial.seconds))}")
    print(f"largest: {_line(max(read, key=lambda trial: trial.megabytes))}")
    return 1 if bad else 0


def _show(seed: int, number: int) -> int:
    one = mutant(seed, number)
    path = Path(f"mutant-{seed}-{number}{one.suffix}")
    path.write_bytes(one.content)
    trials = tried(seed, number)
    for trial in trials:
        print(trial.said)
        print(_line(trial))
    print(f"Kept: {path}")
    return int(any(trial.is_bad for trial in trials))


def _line(trial: Trial) -> str:
    return (
        f"{trial.number}: {trial.command} of a mutant of {trial.kind}: {trial.outcome}, "
        f"{trial.seconds:.1f} s, {trial.megabytes} MB"
    )
