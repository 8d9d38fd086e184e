"""A service level over the week against the same level in every interval.

``python -m tests.benchmarks.weekly_goals --data FOLDER [WEEK]`` plans each week twice. First 80 % of the
contacts are to be answered in time in every interval, which gives a required number of agents for each; a
recount tells what share that roster answers over the whole week. Then that same share is agreed over the
week, as a must. A line for each says wages, recounted share and gap.
"""

import argparse
import csv
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from constraints import Requirement, ServiceGoalKept
from scheduler import Problem, Roster, RuleBook, solve
from scheduler.demand.requirement import with_requirement
from scheduler.domain import Stop
from scheduler.domain.facts.problem import ServiceGoal, Volumes
from scheduler.domain.values.grid import DAYS_PER_WEEK
from scheduler.domain.values.money import in_currency
from scheduler.domain.values.percent import HUNDREDTHS
from scheduler.model import Rule
from scheduler.verifier import verify
from tests.benchmarks.case import Case
from tests.benchmarks.cc475 import SKILL
from tests.benchmarks.cc475 import week as cc475_week
from tests.benchmarks.generated import case_of

EVERY_INTERVAL = 80
ASSUMED_AHT_SECONDS = 240.0
LEAST_MINUTES = 24 * 60


def cc475(folder: Path) -> Case:
    """The week of the real centre of 475 agents, with its contacts instead of what is required."""
    case = cc475_week(folder, 1)
    grid = case.problem.grid
    contacts, handling = [0.0] * grid.intervals, [1.0] * grid.intervals
    within = 30.0
    with (folder / "cc475" / "volumes_15min.csv").open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            instant = grid.instant(datetime.fromisoformat(row["start"]))
            if 0 <= instant < grid.minutes:
                contacts[instant // grid.interval_minutes] = float(row["calls"])
                handling[instant // grid.interval_minutes] = float(row["aht_seconds"])
                within = float(row["threshold_seconds"])
    volumes = Volumes(skill=SKILL, contacts=tuple(contacts), aht_seconds=tuple(handling))
    goal = ServiceGoal(skill=SKILL, service_level_percent=EVERY_INTERVAL, within_seconds=within)
    return Case(case.name, _with(case.problem, volumes, goal), case.rules)


def _with(problem: Problem, volumes: Volumes, goal: ServiceGoal) -> Problem:
    return with_requirement(
        problem.model_copy(update={"demand": (), "volumes": (volumes,), "service_goals": (goal,)})
    )


def over_the_week(problem: Problem, percent: float) -> Problem:
    """The same problem with its goals agreed over the week, at another share."""
    goals = tuple(
        goal.model_copy(update={"per": "week", "service_level_percent": percent})
        for goal in problem.service_goals
    )
    return with_requirement(problem.model_copy(update={"demand": (), "service_goals": goals}))


def bank(folder: Path) -> Case:
    """Five weekdays of a large bank from 10 March 2003; handling times are not known, 240 s are assumed.

    The people are 450 of a generated centre, on shifts of its own, for at least 24 h a week.
    """
    case = case_of("generated-450-slack-1skill", folder, 1)
    grid = case.problem.grid
    contacts: list[float | None] = [None] * grid.intervals
    with (folder / "call_volumes" / "na_bank_2003_15min_part.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            day = (date.fromisoformat(row["date"]) - date(2003, 3, 10)).days
            if 0 <= day < DAYS_PER_WEEK:
                hour, minute = map(int, row["start"].split(":"))
                at = grid.instant_on_day(day, 60 * hour + minute) // grid.interval_minutes
                contacts[at] = float(row["calls"])
    return _asked(case, contacts)


def generated(folder: Path) -> Case:
    """A generated centre of 300 people whose curve is what contacts of 240 s ask for, for at least 24 h."""
    case = case_of("generated-300-slack-1skill", folder, 1)
    grid = case.problem.grid
    share = 0.88  # of what is required there that is workload
    per_agent = share * 60 * grid.interval_minutes / ASSUMED_AHT_SECONDS
    (demand,) = case.problem.demand
    return _asked(case, [round(per_agent * number) if number else None for number in demand.required])


def _asked(case: Case, contacts: Sequence[float | None]) -> Case:
    """The case with contacts of its only skill, and contracts that leave room for fewer hours."""
    (skill,) = case.problem.skills
    contracts = tuple(
        one.model_copy(update={"min_paid_minutes": min(one.min_paid_minutes or 0, LEAST_MINUTES)})
        for one in case.problem.contracts
    )
    volumes = Volumes(
        skill=skill.name, contacts=tuple(contacts), aht_seconds=(ASSUMED_AHT_SECONDS,) * len(contacts)
    )
    goal = ServiceGoal(skill=skill.name, service_level_percent=EVERY_INTERVAL, within_seconds=20)
    problem = case.problem.model_copy(update={"contracts": contracts})
    return Case(case.name, _with(problem, volumes, goal), case.rules)


WEEKS: dict[str, Callable[[Path], Case]] = {"cc475": cc475, "bank": bank, "generated": generated}


def share_of(problem: Problem, rules: RuleBook, roster: Roster) -> float:
    """The share that a roster answers in time over the week, in hundredths of a per cent rounded down."""
    goals = verify(over_the_week(problem, EVERY_INTERVAL), rules, roster).goals
    in_time, offered = (sum(getattr(goal, key) for goal in goals) for key in ("in_time", "offered"))
    return in_time * HUNDREDTHS * 100 // offered / HUNDREDTHS


def must(rules: RuleBook, *also: Rule) -> RuleBook:
    """The rules with the requirement as a must."""
    kept = [rule for rule in rules.rules if not isinstance(rule, Requirement)]
    return RuleBook(rules=(Requirement(strength="must"), *also, *kept))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public data sets")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--prefer", action="store_true", help="the requirement at its price, not as a must")
    parser.add_argument("weeks", nargs="*", default=list(WEEKS))
    asked = parser.parse_args()
    stop = Stop(seconds=asked.seconds)
    for name in asked.weeks:
        case = WEEKS[name](asked.data)
        rules = case.rules if asked.prefer else must(case.rules)
        every = solve(case.problem, rules, stop=stop, seed=asked.seed)
        percent = share_of(case.problem, rules, every.roster)
        print(
            f"{name}: every interval {EVERY_INTERVAL} %: wages {in_currency(every.cost.wages):,.0f}, in the "
            f"week {percent:.2f} %, missing {in_currency(every.cost.missing):,.0f}, gap {every.gap:.3%}",
            flush=True,
        )
        problem = over_the_week(case.problem, percent)
        goal = ServiceGoalKept()
        together = solve(problem, RuleBook(rules=(*rules.rules, goal)), stop=stop, seed=asked.seed)
        (found,) = together.report.goals
        print(
            f"{name}: over the week {percent:.2f} %: wages {in_currency(together.cost.wages):,.0f}, reached "
            f"{found.reached:.3%}, missing {in_currency(together.cost.missing):,.0f}, gap {together.gap:.3%},"
            f" verified {together.report.passed}, saved {1 - together.cost.wages / every.cost.wages:.2%}",
            flush=True,
        )


if __name__ == "__main__":
    main()
