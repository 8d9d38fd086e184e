"""What a penalty that is never paid does to a search.

``python -m tests.benchmarks.penalties NAME --data FOLDER --seconds N [--times 10 1000 must]`` solves a case,
 makes dearer whatever the roster does not pay, and solves again. The roster found at first costs as much
as before, so that what comes out should cost no more: more is what the dearer prices spoil.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from constraints import MinimumStaff
from scheduler import Outcome, solve
from scheduler.domain import Problem, Stop
from scheduler.domain.values.money import COST_UNITS_PER_CURRENCY
from scheduler.model import Rule, RuleBook, Strength
from tests.benchmarks.case import Case
from tests.benchmarks.markdown import table
from tests.benchmarks.names import loader_of

MUST = "must"
"""In place of a number of times: rules that the roster keeps must be kept."""


def made_dearer(case: Case, found: Outcome, times: str) -> Case:
    """The case with everything that costs nothing in the roster so many times as dear, or as a must.

    That are rules, missing and superfluous staff by skill, and missing and superfluous people by headcount.
    Where there is a curve, less than half of what it requires costs so many times the dearest missing hour
    on top, but in intervals where the roster has less.
    """
    paid = {result.rule for result in found.report.rules if result.broken}
    kept = (rule for rule in case.rules.rules if not (case.problem.demand and isinstance(rule, MinimumStaff)))
    rules = [rule if rule.name in paid else _dearer_rule(rule, times) for rule in kept]
    problem = case.problem if times == MUST else _dearer_problem(case.problem, found, int(times))
    if problem.demand:
        problem = _floored(problem, found)
        dearest = max(skill.missing_price for skill in case.problem.skills)
        floor = MinimumStaff(strength=Strength.PREFER, price=dearest)
        rules.append(_dearer_rule(floor, times))
    return Case(f"{case.name}, {times}", problem, RuleBook(rules=tuple(rules)))


def _floored(problem: Problem, found: Outcome) -> Problem:
    demand = tuple(
        asked.model_copy(
            update={
                "minimum": tuple(
                    min(there, required // 2)
                    for there, required in zip(
                        found.coverage.scheduled[asked.skill], asked.required, strict=True
                    )
                )
            }
        )
        for asked in problem.demand
    )
    return problem.model_copy(update={"demand": demand})


def _dearer_rule(rule: Rule, times: str) -> Rule:
    if rule.strength is not Strength.PREFER:
        return rule
    if times == MUST:
        return rule.model_copy(update={"strength": Strength.MUST, "price": None})
    return rule if rule.price is None else rule.model_copy(update={"price": int(times) * rule.price})


def _dearer_problem(problem: Problem, found: Outcome, times: int) -> Problem:
    slots, heads = found.report.coverage, found.report.headcounts
    sides = (("missing_price", "missing"), ("superfluous_price", "superfluous"))
    skills = tuple(
        skill.model_copy(
            update={
                price: times * getattr(skill, price)
                for price, side in sides
                if not any(getattr(slots, side).get(skill.name, ()))
            }
        )
        for skill in problem.skills
    )
    headcounts = tuple(
        wanted.model_copy(
            update={
                price: times * getattr(wanted, price)
                for price, side in sides
                if not any(getattr(heads, side)[wanted.row])
            }
        )
        for wanted in problem.headcounts
    )
    return problem.model_copy(update={"skills": skills, "headcounts": headcounts})


def changed(before: Case, after: Case) -> int:
    """How many rules, skills, headcounts and curves are not the same in both."""
    pairs = (
        (before.rules.rules, after.rules.rules),
        (before.problem.skills, after.problem.skills),
        (before.problem.headcounts, after.problem.headcounts),
        (before.problem.demand, after.problem.demand),
    )
    return sum(one != other for olds, news in pairs for one, other in zip(olds, news, strict=False))


def rows(case: Case, times: list[str], seconds: float, seed: int, workers: int | None) -> Iterator[list[str]]:
    """A line for the case as it is, and one for each way of making it dearer."""
    stop = Stop(seconds=seconds)
    found = solve(case.problem, case.rules, stop=stop, seed=seed, workers=workers)
    yield _row(case.name, 0, found, found)
    for way in times:
        dearer = made_dearer(case, found, way)
        then = solve(dearer.problem, dearer.rules, stop=stop, seed=seed, workers=workers)
        yield _row(dearer.name, changed(case, dearer), then, found)


def _row(name: str, dearer: int, outcome: Outcome, first: Outcome) -> list[str]:
    cost, bound = (one / COST_UNITS_PER_CURRENCY for one in (outcome.cost.total, outcome.bound))
    change = outcome.cost.total / first.cost.total - 1
    return [name, str(dearer), f"{cost:,.2f}", f"{bound:,.2f}", f"{change:+.2%}"]


def main(arguments: list[str] | None = None) -> int:
    """Print the table of what is asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.penalties", description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--data", type=Path, default=Path())
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--times", nargs="+", default=["10", "100", "1000", MUST])
    asked = parser.parse_args(arguments)
    case = loader_of(asked.name)(asked.data, asked.seed)
    lines = list(rows(case, asked.times, asked.seconds, asked.seed, asked.workers))
    print(table(["case", "made dearer", "cost", "bound", "against the first"], lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
