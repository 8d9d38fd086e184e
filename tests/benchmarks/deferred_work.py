"""The example week with part of its work deferrable: placed by the roster, against spread evenly.

    python -m tests.benchmarks.deferred_work --seconds 60 --seeds 1 2 3

Of every skill's requirement the same share is taken off, in whole agents as it adds up. What was taken off
in an interval arrives there as work of a skill *Mail* that everybody has, at the prices of the first skill,
and may wait. Spread evenly it is whole agents in every interval, as ``solve`` has it where ``Method`` is
blank.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from scheduler import Outcome, Problem, RuleBook, Stop, read_workbook, solve
from scheduler.demand.requirement import with_requirement
from scheduler.domain.facts.problem import ServiceGoal, Volumes
from scheduler.domain.values.money import in_currency

EXAMPLE = Path(__file__).parents[2] / "examples" / "contact_centre_week.xlsx"
WORK = "Mail"
SECONDS = 60


def with_part_deferrable(problem: Problem, share: float, hours: int, method: str) -> Problem:
    """The problem with a share of its work arriving as mail, to be done within so many hours."""
    size, width = problem.grid.intervals, problem.grid.interval_minutes
    arriving, demand = [0] * size, []
    for one in problem.demand:
        required, due, taken = list(one.required), 0.0, 0
        for at, number in enumerate(one.required):
            due += share * number
            part = min(number, int(due + 1e-9) - taken)
            taken += part
            required[at] -= part
            arriving[at] += part
        demand.append(one.model_copy(update={"required": tuple(required)}))
    is_open = [any(one.required[at] for one in problem.demand) for at in range(size)]
    contacts = tuple(float(number) if here else None for number, here in zip(arriving, is_open, strict=True))
    return with_requirement(
        problem.model_copy(
            update={
                "demand": tuple(demand),
                "skills": (*problem.skills, problem.skills[0].model_copy(update={"name": WORK})),
                "volumes": (Volumes(skill=WORK, contacts=contacts),),
                "service_goals": (
                    ServiceGoal.model_validate(
                        {
                            "skill": WORK,
                            "channel": "deferrable",
                            "aht_seconds": 60.0 * width,
                            "deadline_minutes": 60 * hours,
                            "method": method,
                        }
                    ),
                ),
                "agents": tuple(
                    one.model_copy(update={"skills": (*one.skills, WORK)}) for one in problem.agents
                ),
            }
        )
    )


def measured(problem: Problem, rules: RuleBook, seconds: float, seed: int) -> Outcome:
    """The outcome of one worker."""
    return solve(problem, rules, stop=Stop(seconds=seconds), seed=seed, workers=1)


def main(given: Sequence[str] | None = None) -> int:
    """From the command line; returns whether placing was dearer anywhere."""
    parser = argparse.ArgumentParser(prog="deferred_work", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--share", type=float, default=0.15)
    parser.add_argument("--hours", type=int, default=24)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    asked = parser.parse_args(given)
    problem, rules = read_workbook(EXAMPLE)
    print("| seed | method | cost | wages | missing | bound | gap | verified |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
    dearer = False
    for seed in asked.seeds:
        costs = []
        for method in ("stationary", "placed"):
            week = with_part_deferrable(problem, asked.share, asked.hours, method)
            found = measured(week, rules, asked.seconds, seed)
            costs.append(found.cost.total)
            amounts = (found.cost.total, found.cost.wages, found.cost.missing, found.bound)
            cost, wages, missing, bound = (f"{in_currency(amount):,.0f}" for amount in amounts)
            gap, verdict = f"{100 * found.gap:.2f} %", "yes" if found.report.passed else "no"
            print(
                f"| {seed} | {method} | {cost} | {wages} | {missing} | {bound} | {gap} | {verdict} |",
                flush=True,
            )
        dearer |= costs[1] > costs[0]
    return int(dearer)


if __name__ == "__main__":
    raise SystemExit(main())
