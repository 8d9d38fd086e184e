"""Weeks of a contact centre under presets of law: are they planned legally, and how near to the proven bound?

``python -m tests.benchmarks.law_weeks --seconds 120 [--minutes 5] [NAME ...]`` plans a generated centre of 40
people in intervals of 15 minutes, or of as many as are asked for, with its own rules but those of the kinds
that the preset has, and prints a line for each. A four-week system is planned over 28 days.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from constraints.law import Preset, applied, preset_named
from scheduler import Stop, solve
from scheduler.domain import Agent, BreakBand, Contract, Problem
from scheduler.domain.results.errors import Contradiction, NothingFound
from scheduler.model import RuleBook
from tests.benchmarks.names import loader_of

WEEKS: dict[str, tuple[str, str, str, int]] = {
    "br-nr17": ("generated-40-different", "br-nr17", "standard", 360),
    "es-cc": ("generated-40-different", "es-cc", "standard", 465),
    "fr-cc": ("generated-40-different", "fr-cc", "standard", 420),
    "de": ("generated-40-different", "de", "standard", 480),
    "tw": ("generated-40-different", "tw", "standard", 480),
    "tw-four-week": ("generated-40-different-4weeks", "tw", "four-week", 480),
}
"""By name: the generated centre, the preset, its system, and the most paid minutes of a day."""


def case_of(name: str) -> tuple[Problem, RuleBook]:
    """A centre under a preset: shifts as long as they were but for the breaks, hours in proportion."""
    centre, preset, system, most = WEEKS[name]
    case = loader_of(centre)(Path(), 1)
    law = preset_named(preset)
    problem, rules = applied(case.problem, case.rules, law, system)
    templates, paid = [], {}
    for one in case.problem.templates:
        before = one.max_length - _unpaid(one.breaks, one.max_length)
        paid[one.name] = (min(before, most), before)
        length = _length_of(law, min(before, most))
        templates.append(
            one.model_copy(
                update={"min_length": length, "max_length": length, "breaks": law.breaks_of(length)}
            )
        )
    part = {one.name: paid[one.templates[0]] for one in case.problem.contracts}
    contracts = tuple(_in_proportion(one, *part[one.name]) for one in case.problem.contracts)
    agents = tuple(_with_leave(one, *part[one.contract]) for one in problem.agents)
    facts = {"templates": tuple(templates), "contracts": contracts, "agents": agents}
    return problem.model_copy(update=facts), rules


def _with_leave(agent: Agent, now: int, before: int) -> Agent:
    """An agent whose leave is paid for the hours of the days that it takes the place of."""
    leave = tuple(
        one.model_copy(update={"paid_minutes": one.paid_minutes and one.paid_minutes * now // before})
        for one in agent.time_off
    )
    return agent.model_copy(update={"time_off": leave})


def _in_proportion(contract: Contract, now: int, before: int) -> Contract:
    """A contract over as many days as it was."""
    bounds = {"min_paid_minutes": contract.min_paid_minutes, "max_paid_minutes": contract.max_paid_minutes}
    return contract.model_copy(
        update={name: minutes and minutes * now // before for name, minutes in bounds.items()}
    )


def _length_of(law: Preset, paid: int) -> int:
    """The elapsed length of a shift with so many paid minutes."""
    return next(
        length for length in range(paid, 2 * paid) if length - _unpaid(law.breaks_of(length), length) == paid
    )


def _unpaid(bands: Sequence[BreakBand], length: int) -> int:
    return sum(
        one.length_minutes
        for band in bands
        if band.min_shift_minutes <= length <= band.max_shift_minutes
        for one in band.breaks
        if not one.paid
    )


def in_intervals(problem: Problem, minutes: int) -> Problem:
    """The same requirement by shorter intervals, with breaks that may start at each of them."""
    times, rest = divmod(problem.grid.interval_minutes, minutes)
    if rest:
        raise SystemExit(
            f"{problem.grid.interval_minutes} min are no whole number of intervals of {minutes} min"
        )

    def finer(numbers: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(number for number in numbers for _ in range(times))

    demand = tuple(
        one.model_copy(
            update={key: finer(getattr(one, key)) for key in ("required", "minimum", "maximum")}
            | {"usual": ()}
        )
        for one in problem.demand
    )

    def in_steps(band: BreakBand) -> BreakBand:
        breaks = tuple(
            pause.model_copy(update={"step_minutes": min(minutes, pause.step_minutes)})
            for pause in band.breaks
        )
        return band.model_copy(update={"breaks": breaks})

    templates = tuple(
        one.model_copy(update={"breaks": tuple(map(in_steps, one.breaks))}) for one in problem.templates
    )
    grid = problem.grid.model_copy(update={"interval_minutes": minutes})
    return problem.model_copy(update={"grid": grid, "demand": demand, "templates": templates})


def line_of(name: str, seconds: float, minutes: int) -> str:
    """What a search of one worker comes to."""
    problem, rules = case_of(name)
    if minutes != problem.grid.interval_minutes:
        problem = in_intervals(problem, minutes)
    try:
        found = solve(problem, rules, stop=Stop(seconds=seconds), seed=1, workers=1)
    except (Contradiction, NothingFound) as nothing:
        return f"{name}: {nothing}"
    return (
        f"{name}: {'legal' if found.report.is_legal else 'NOT legal'}, cost {found.cost.total / 6000:,.2f}, "
        f"gap {found.gap:.2%}, first roster {found.seconds_to_first_roster:.1f} s"
    )


def main(words: Sequence[str] | None = None) -> None:
    """Print the lines."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.law_weeks", description=__doc__)
    parser.add_argument("names", nargs="*", default=list(WEEKS), metavar="NAME", help=", ".join(WEEKS))
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--minutes", type=int, default=15, help="of an interval")
    asked = parser.parse_args(words)
    for name in asked.names:
        print(line_of(name, asked.seconds, asked.minutes), flush=True)


if __name__ == "__main__":
    main()
