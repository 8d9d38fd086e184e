"""``python -m tests.benchmarks.profile NAME --data FOLDER --seconds N``: where the time of a run goes.

Three tables: by phase, by function of the compiled core, and by kind of move. The engine is not changed for
it: its functions are wrapped from outside while one worker searches. A phase counts its own time alone, what
runs inside it as another phase is counted there. Moves are too quick to be timed one by one: a batch of them
is dealt out by kind, in the same shares, and each kind's part of it is timed.
"""

import argparse
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, fields, replace
from functools import partial, wraps
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest import mock

import numpy as np
import numpy.typing as npt

from scheduler import solve
from scheduler.domain import Stop
from scheduler.engine.kernel import bindings
from scheduler.engine.local_search.roster_state import MOVES, RosterState
from tests.benchmarks.markdown import table
from tests.benchmarks.names import loader_of

PHASES = {
    "preparing tables": "scheduler.engine.instance.compile:compile_instance",
    "plans of best weeks": "scheduler.engine.automata.agent_automata:WeekAutomata.of",
    "first roster": "scheduler.engine.local_search.construction:first_roster",
    "pricing, volume method": "scheduler.engine.bound.volume_method:VolumeMethod.ascend",
    "pricing, subgradient ascent": "scheduler.engine.bound.subgradient_adam:SubgradientAscent.ascend",
    "annealing": "scheduler.engine.local_search.simulated_annealing:run_cycle",
    "perturbations": "scheduler.engine.local_search.iterated_local_search:IteratedLocalSearch.run",
    "certifying": "scheduler.engine.bound.certificate:certify",
    "verifying": "scheduler.verifier.report:verify",
}
"""Phases that follow one another, by the function that does each; ``reading`` comes before them."""
BESIDE = {"programme": "scheduler.engine.bound.aggregated_lp:aggregated_prices"}
"""Phases in a thread of their own, beside the others."""
ALL = 1 << 16
"""The shares of the kinds of move are summed up, of so many."""
DEALT_AT_ONCE = 2000
"""Moves that are dealt out together: so few that the kinds still take turns, and enough to be timed."""


@dataclass(eq=False)
class Stopwatch:
    """Seconds and calls of named functions, in any thread, each without the named functions inside it."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    calls: Counter[str] = field(default_factory=Counter)
    _inside: threading.local = field(default_factory=threading.local)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed under that name."""

        @wraps(function, updated=())
        def measured(*arguments: Any, **named: Any) -> Any:
            stack: list[float] = self._inside.__dict__.setdefault("stack", [])
            stack.append(0.0)
            began = perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                took = perf_counter() - began
                own = took - stack.pop()
                if stack:
                    stack[-1] += took
                with self._lock:
                    self.seconds[name] += own
                    self.calls[name] += 1

        return measured


@dataclass(eq=False)
class Profile:
    """What was seen of a run: its phases, the compiled core, and the moves by kind."""

    phases: Stopwatch = field(default_factory=Stopwatch)
    core: Stopwatch = field(default_factory=Stopwatch)
    moves: Stopwatch = field(default_factory=Stopwatch)
    tried: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    rng: np.random.Generator = field(default_factory=lambda: np.random.default_rng(1))

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Wrap the engine's functions, and unwrap them again in the end."""
        core = bindings.exports()
        timed = {one.name: self.core.timed(one.name, getattr(core, one.name)) for one in fields(core)}
        with ExitStack() as stack:
            for name, place in (PHASES | BESIDE).items():
                owner, attribute = _owner(place)
                for patch in _wrapped(owner, attribute, partial(self.phases.timed, name)):
                    stack.enter_context(patch)
            for patch in _wrapped(bindings, "exports", lambda _: lambda: replace(core, **timed)):
                stack.enter_context(patch)
            for patch in _wrapped(RosterState, "moves", self._dealt_out):
                stack.enter_context(patch)
            yield

    def _dealt_out(self, moves: Callable[..., int]) -> Callable[..., int]:
        """The worker's moves, the same number at the same temperature and shares, a kind after the other."""
        kinds = {kind: self.moves.timed(kind, moves) for kind in MOVES}
        alone = np.triu(np.full((len(kinds), len(kinds)), ALL, np.int32))

        @wraps(moves)
        def moving(
            worker: RosterState,
            count: int,
            temperature: float,
            shares: npt.NDArray[np.int32],
            *where: npt.NDArray[np.int32],
        ) -> int:
            parts = np.diff(shares, prepend=0) / shares[-1]
            taken = 0
            for begin in range(0, count, DEALT_AT_ONCE):
                dealt = self.rng.multinomial(min(DEALT_AT_ONCE, count - begin), parts)
                for (kind, move), only, tries in zip(kinds.items(), alone, dealt.tolist(), strict=True):
                    if tries:
                        good = move(worker, tries, temperature, only, *where)
                        self.tried[kind] += tries
                        self.taken[kind] += good
                        taken += good
            return taken

        return moving


def _owner(place: str) -> tuple[Any, str]:
    """The module or class that has what ``module:name`` or ``module:class.name`` says, and its name there."""
    module, _, path = place.partition(":")
    *classes, attribute = path.split(".")
    owner: Any = import_module(module)
    for name in classes:
        owner = getattr(owner, name)
    return owner, attribute


def _wrapped(owner: Any, attribute: str, wrap: Callable[[Any], Any]) -> Iterator[Any]:
    """Patches that put the wrapped function wherever the engine calls it from."""
    if isinstance(owner, type):
        method = vars(owner)[attribute]
        of_class = isinstance(method, classmethod)
        wrapped = wrap(method.__func__ if of_class else method)
        yield mock.patch.object(owner, attribute, classmethod(wrapped) if of_class else wrapped)
        return
    original = getattr(owner, attribute)
    wrapped = wrap(original)
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "scheduler":
            for known_as, one in list(vars(module).items()):
                if one is original:
                    yield mock.patch.object(module, known_as, wrapped)


def phase_table(profile: Profile, reading: float, wall: float) -> str:
    """Seconds of every phase, and what none of them accounts for."""
    rows = [["reading", "1", f"{reading:.2f}", _share(reading, wall)]]
    for name in PHASES:
        seconds = profile.phases.seconds[name]
        rows.append([name, f"{profile.phases.calls[name]:,}", f"{seconds:.2f}", _share(seconds, wall)])
    rest = wall - reading - sum(profile.phases.seconds[name] for name in PHASES)
    rows.append(["everything else", "", f"{rest:.2f}", _share(rest, wall)])
    for name in BESIDE:
        if profile.phases.calls[name]:
            seconds = profile.phases.seconds[name]
            rows.append(
                [f"{name} (beside the others)", f"{profile.phases.calls[name]}", f"{seconds:.2f}", ""]
            )
    rows.append(["the whole run", "", f"{wall:.2f}", ""])
    return table(["phase", "calls", "seconds", "share"], rows)


def core_table(profile: Profile, wall: float) -> str:
    """Seconds inside each function of the compiled core, of all threads; the longest first."""
    ordered = sorted(profile.core.seconds.items(), key=lambda one: -one[1])
    rows = [
        [f"`{name}`", f"{profile.core.calls[name]:,}", f"{seconds:.2f}", _share(seconds, wall)]
        for name, seconds in ordered
    ]
    return table(["compiled core", "calls", "seconds", "share"], rows)


def move_table(profile: Profile, wall: float) -> str:
    """Each kind of move: how many, how many were taken, and the time that they took."""
    rows = []
    for kind in MOVES:
        tried, seconds = profile.tried[kind], profile.moves.seconds[kind]
        if tried:
            each = [f"{tried:,}", f"{profile.taken[kind] / tried:.1%}", f"{1e6 * seconds / tried:.2f}"]
            rows.append([kind, *each, f"{seconds:.2f}", _share(seconds, wall)])
    return table(["move", "tried", "taken", "µs each", "seconds", "share"], rows)


def profiled(name: str, data: Path, stop: Stop, seed: int) -> str:
    """Solve a case with one worker, and say where the time went."""
    profile = Profile()
    began = perf_counter()
    case = loader_of(name)(data, seed)
    reading = perf_counter() - began
    with profile.watching():
        outcome = solve(case.problem, case.rules, stop=stop, seed=seed, workers=1)
    wall = perf_counter() - began
    parts = [f"{case.problem}\n{outcome}", phase_table(profile, reading, wall), core_table(profile, wall)]
    return "\n\n".join([*parts, move_table(profile, wall)])


def _share(seconds: float, wall: float) -> str:
    return f"{seconds / wall:.1%}"


def main(arguments: list[str] | None = None) -> int:
    """Print the profile; 2 for a wrong name or missing data."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.profile", description="Where the time of a run goes."
    )
    parser.add_argument("name", metavar="NAME")
    parser.add_argument(
        "--data", type=Path, default=Path("benchmarks"), help="folder of the public data sets"
    )
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    try:
        print(profiled(asked.name, asked.data, Stop(seconds=asked.seconds), asked.seed))
    except (ValueError, FileNotFoundError) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
