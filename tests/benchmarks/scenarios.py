"""How much longer a search takes with five scenarios than with one, to the same gap.

``python -m tests.benchmarks.scenarios`` prints a line a week: the seconds of computing until the gap is
reached, with what is planned alone and with five scenarios, and their ratio. One worker, so that seconds of
computing are the search's own, however busy the machine is.
"""

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from scheduler import Outcome, Problem, RuleBook, solve
from scheduler.demand.requirement import with_requirement
from scheduler.domain import Stop
from scheduler.domain.facts.scenarios import Scenario, ScenarioChange
from tests.benchmarks.names import loader_of

MOST_SECONDS = 1200
PLANNED = Scenario(name="as planned", weight=50)


def five(problem: Problem) -> tuple[Scenario, ...]:
    """What is planned, two days of rain, a campaign at noon, a quiet week, and one very busy day."""
    skill = problem.skills[0].name
    busy = ScenarioChange(percent=50, days=(problem.grid.date(2),))
    return (
        PLANNED,
        Scenario(name="rain", weight=20, changes=(ScenarioChange(percent=20, weekdays=(0, 1)),)),
        Scenario(
            name="campaign",
            weight=10,
            changes=(ScenarioChange(percent=35, skill=skill, start=600, end=840),),
        ),
        Scenario(name="quiet", weight=15, changes=(ScenarioChange(percent=-15),)),
        Scenario(name="first day", weight=5, changes=(busy,)),
    )


def timed(problem: Problem, rules: RuleBook, gap: float) -> tuple[float, Outcome]:
    """Seconds of computing until the gap is reached, and the outcome."""
    begun = time.process_time()
    outcome = solve(problem, rules, stop=Stop(seconds=MOST_SECONDS, gap=gap), seed=1, workers=1)
    return time.process_time() - begun, outcome


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gap", type=float, default=0.01)
    parser.add_argument("weeks", nargs="*", default=["example", "generated-300-different"])
    asked = parser.parse_args()
    for name in asked.weeks:
        with TemporaryDirectory() as folder:
            week = loader_of(name)(Path(folder), 1)
        seconds = []
        for scenarios in ((PLANNED,), five(week.problem)):
            problem = with_requirement(week.problem.model_copy(update={"scenarios": scenarios}))
            spent, outcome = timed(problem, week.rules, asked.gap)
            seconds.append(spent)
            print(f"{name}: {len(scenarios)} scenarios, {spent:.1f} s of computing, gap {outcome.gap:.2%}, "
                  f"{outcome.stopped_by}", flush=True)  # fmt: skip
        print(f"{name}: {seconds[1] / seconds[0]:.2f} times as long", flush=True)


if __name__ == "__main__":
    main()
