"""Five people call in sick from Wednesday to Sunday: how long a repair takes, and how near the best it is.

``python -m tests.benchmarks.sick_call --data FOLDER --week cc475-week --seed 1`` solves the week, takes five
of those who work most of these days away, and repairs the roster with the limits that are asked for.
"""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from random import Random
from time import monotonic

from scheduler import Contradiction, NothingFound, Outcome, Problem, Progress, Roster, Stop, repair, solve
from scheduler.domain import TimeOff
from tests.benchmarks import cc475, example
from tests.benchmarks.case import Case

WEEKS = {"example": example.week, "cc475-week": cc475.week}
SICK_DAYS = range(2, 7)


def with_sick(problem: Problem, roster: Roster, people: int, seed: int) -> Problem:
    """The week with some of those sick who work on at least three of the days."""
    at_work = {agent.name: 0 for agent in problem.agents}
    for duty in roster.duties:
        at_work[duty.agent] += problem.grid.day_of(duty.start) in SICK_DAYS
    names = Random(seed).sample([name for name, days in at_work.items() if days >= 3], people)
    grid = problem.grid
    first, last = (
        grid.local(grid.day_start(day)).replace(tzinfo=None) for day in (SICK_DAYS.start, SICK_DAYS.stop)
    )
    away = TimeOff(start=first, end=last, kind="sick")
    agents = (
        agent.model_copy(update={"time_off": (*agent.time_off, away)}) if agent.name in names else agent
        for agent in problem.agents
    )
    return problem.model_copy(update={"agents": tuple(agents)})


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line for each limit."""
    parser = ArgumentParser(prog="python -m tests.benchmarks.sick_call", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--week", choices=sorted(WEEKS), default="example")
    parser.add_argument("--solve-seconds", type=float, default=20.0)
    parser.add_argument(
        "--seconds", type=float, nargs="+", default=[10.0, 60.0], help="limits of the repairs"
    )
    parser.add_argument("--people", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    case: Case = WEEKS[asked.week](asked.data, asked.seed)
    outcome = solve(case.problem, case.rules, stop=Stop(seconds=asked.solve_seconds), seed=asked.seed)
    sick = with_sick(case.problem, outcome.roster, asked.people, asked.seed)
    for seconds in asked.seconds:
        print(
            f"{asked.week}, seed {asked.seed}, {seconds:.0f} s: {repaired_in(seconds, case, sick, outcome)}"
        )


def repaired_in(seconds: float, case: Case, sick: Problem, outcome: Outcome) -> str:
    """What a repair comes to that may take so long, in words."""
    first_seconds: list[float] = []
    began = monotonic()

    def note(look: Progress) -> None:
        if look.cost is not None and not first_seconds:
            first_seconds.append(monotonic() - began)

    since = case.problem.grid.local(case.problem.grid.day_start(SICK_DAYS.start))
    try:
        repaired = repair(
            sick, case.rules, outcome.roster, from_=since, certificate=outcome.certificate,
            stop=Stop(seconds=seconds), seed=outcome.seed, progress=note,
        )  # fmt: skip
    except (Contradiction, NothingFound) as none:
        return f"{monotonic() - began:.1f} s: {none}"
    fewest = repaired.fewest
    return "\n    ".join(
        [
            f"legal after {first_seconds[0]:.1f} s, done after {monotonic() - began:.1f} s, gap of cost and "
            f"changes {repaired.gap:.2%}, {len(repaired.changes)} changes, at least {fewest.at_least}, "
            f"found {fewest.found}",
            *(point.in_words(case.problem.currency) for point in repaired.curve),
        ]
    )


if __name__ == "__main__":
    main()
