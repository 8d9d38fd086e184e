"""Bound against cost on thousands of generated problems, each cut down to a few agents and two or three days.

The suite looks at some thousands (tests/property/test_metamorphic.py). By hand, as many as one likes:

    python -m tests.engine.bounds 20000
    python -m tests.engine.bounds 20000 --from 100000

It says how many problems there were, how many had a legal roster, on how many the bound was the cost, and
names every seed on which something was wrong; then it ends with 1.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

import numpy as np

from scheduler.domain import Agent, Claimed, Problem, Roster, TimeGrid
from scheduler.domain.facts.problem import ShiftTemplate
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.certificate import certify
from scheduler.engine.bound.crew_disjunction import CrewBound, CrewPace
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.bound.subgradient_adam import SubgradientAscent
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.roster_arrays import roster_of
from scheduler.engine.kernel.arrays import Float64Array
from scheduler.engine.local_search.roster_state import RosterState
from scheduler.model import RuleBook
from scheduler.verifier import verify
from tests.engine.rosters import ALL_KINDS, a_worker
from tests.property.problems import ALWAYS, BY_SHIFT, Case, small_case, ward_case

MOST_RULES = 4
"""Rules of a problem besides those that it cannot do without."""
TEMPERATURES = (1e7, 1e6, 1e5, 1e4)
MOVES = 50
STEPS = 2
ANYWHERE, WITH_CREWS, VERIFIED = 4, 8, 16
"""One problem in so many is looked at from any prices too, has crews in its certificate, and goes with its
roster to the verifier."""
CREW_STEPS = 5


def tiny_case(seed: int) -> Case:
    """A small case, every other one a ward, cut down to its first days, up to three agents and few rules.

    Every third has its breaks; without them a problem is looked at twice as fast.
    """
    random = Random(f"tiny {seed}")
    problem, rules = (ward_case if seed % 2 else small_case)(seed)
    days, agents = min(problem.grid.days, random.randint(2, 3)), random.randint(1, 3)
    needed = [rule for rule in rules.rules if rule.kind in ALWAYS | BY_SHIFT]
    others = [rule for rule in rules.rules if rule not in needed]
    some = random.sample(others, min(len(others), MOST_RULES))
    if seed % 3:
        bare = tuple(template.model_copy(update={"breaks": ()}) for template in problem.templates)
        problem = problem.model_copy(update={"templates": bare})
    return cut(problem, days, agents), RuleBook(rules=(*needed, *some))


def cut(problem: Problem, days: int, agents: int) -> Problem:
    """The first days and agents, with at most two starts and two lengths a shift."""
    grid = TimeGrid(**{**problem.grid.model_dump(), "days": days})
    facts: dict[str, Any] = {
        "grid": grid,
        "demand": tuple(
            wanted.model_copy(
                update={
                    "required": tuple(min(number, agents) for number in wanted.required[: grid.intervals]),
                    "minimum": wanted.minimum[: grid.intervals],
                    "maximum": wanted.maximum[: grid.intervals],
                }
            )
            for wanted in problem.demand
        ),
        "headcounts": tuple(
            wanted.model_copy(update={"required": wanted.required[:days], "maximum": wanted.maximum[:days]})
            for wanted in problem.headcounts
        ),
        "templates": tuple(map(_narrow, problem.templates)),
        "agents": tuple(_until(agent, grid) for agent in problem.agents[:agents]),
    }
    return Problem(**{**{name: getattr(problem, name) for name in Problem.model_fields}, **facts})


def _narrow(template: ShiftTemplate) -> ShiftTemplate:
    latest = min(template.latest_start, template.earliest_start + template.start_step)
    longest = min(template.max_length, template.min_length + template.length_step)
    fields = {**template.model_dump(), "latest_start": latest, "max_length": longest}
    return ShiftTemplate.model_validate(fields)


def _until(agent: Agent, grid: TimeGrid) -> Agent:
    """Without what is said of days after the horizon."""
    last = grid.date(grid.days - 1)
    return agent.model_copy(
        update={
            "pins": tuple(pin for pin in agent.pins if pin.day <= last),
            "shift_wishes": tuple(wish for wish in agent.shift_wishes if wish.day <= last),
            "preferred_days_off": tuple(day for day in agent.preferred_days_off if day <= last),
        }
    )


def look(seed: int) -> Iterator[str]:
    """What is there to say of one problem: words to count; what is wrong begins with ``WRONG``."""
    problem, rules = tiny_case(seed)
    instance = compile_instance(problem, rules)
    automata = WeekAutomata.of(instance)
    lagrangian = Lagrangian(instance, automata)
    cost, roster = cheapest(a_worker(instance, automata, seed=seed))
    # where every missing agent and head is worth its full price, few steps prove much: people are few here
    ascent = SubgradientAscent.start(lagrangian, lagrangian.box()[1])
    ascent.ascend_iterations(STEPS)
    if not np.isfinite(ascent.bound):
        yield "nobody can"
        if cost is not None:
            yield f"WRONG: seed {seed}: a legal roster where none can be"
        return
    yield "priced"
    if cost is None or roster is None:
        return
    yield "with a legal roster"
    certificate = certify(lagrangian, ascent.prices)
    if seed % WITH_CREWS == 0:
        certificate = CrewBound(instance, automata).certificate(
            certificate, ascent.prices, CrewPace.counted(CREW_STEPS)
        )
        yield from ["people are whole"] if certificate.crews else []
    bounds = [certificate.bound, ascent.bound]
    if seed % ANYWHERE == 0:
        bounds.append(lagrangian.at(any_prices(lagrangian, seed)).bound)
    if max(bounds) > cost + 0.01:
        yield f"WRONG: seed {seed}: a bound of {max(bounds)} above the cost {cost}"
    if certificate.bound >= cost * 0.99:
        yield "proven to 1 %"
    if seed % VERIFIED == 0:
        yield "verified"
        claimed = Claimed(cost=cost, bound=certificate.bound)
        report = verify(problem, rules, roster, certificate=certificate, claimed=claimed)
        if not report.passed:
            yield f"WRONG: seed {seed}: {'; '.join(report.faults())}"


def any_prices(lagrangian: Lagrangian, seed: int) -> Float64Array:
    """Prices from below the lowest that is of use to above the highest."""
    low, high = lagrangian.box()
    return np.asarray(np.random.default_rng(seed).uniform(1.2 * low, 1.2 * high))


def cheapest(worker: RosterState) -> tuple[int | None, Roster | None]:
    """The cheapest legal roster on a short way down, and what the search says that it costs."""
    for agent in range(worker.instance.agents):
        worker.improve_week(agent, only_better=False)
    best = snapshot = None
    for temperature in (None, *TEMPERATURES):
        if temperature is not None:
            worker.moves(MOVES, temperature, ALL_KINDS)
        cost = worker.cost()
        if cost.is_legal and (best is None or cost.total < best):
            best, snapshot = cost.total, worker.snapshot()
    return best, None if snapshot is None else roster_of(worker.instance, snapshot)


def look_at(seeds: Iterable[int]) -> tuple[Counter[str], list[str]]:
    """How often each word was said, and everything that is wrong."""
    said: Counter[str] = Counter()
    wrong = []
    for seed in seeds:
        for word in look(seed):
            if word.startswith("WRONG"):
                wrong.append(word)
            else:
                said[word] += 1
    return said, wrong


def main() -> int:
    """From the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("problems", type=int, help="how many problems")
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first seed")
    asked = parser.parse_args()
    began = time.monotonic()
    said, wrong = look_at(range(asked.first, asked.first + asked.problems))
    print(f"{asked.problems} problems in {time.monotonic() - began:.0f} s")
    for word, times in said.items():
        print(f"{times:7d} {word}")
    print("\n".join(wrong) or "Every bound was below every cost.")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
