"""One contact centre under every preset of law: a workbook for each in ``law/``, planned and verified.

``python examples/06_weeks_under_laws.py`` writes them anew. Shifts, breaks, hours and rules are those that
``staffcurve new --preset`` begins with; people and calls are the same everywhere.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from constraints import BreaksInOrder, BreakWindows, Entitlement, OneShiftADay, PaidHours, Requirement, Skills
from constraints.law import applied, preset_named, preset_names
from scheduler import Outcome, Problem, RuleBook, Stop, solve, write_workbook
from scheduler.domain import Agent, Contract, Demand, ShiftTemplate, Skill, TimeGrid

HERE = Path(__file__).parent
QUICK = Stop(seconds=10, gap=0.01)
FIRST_DAY = date(2026, 6, 15)
PEOPLE = 16
HOURLY = (2, 4, 6, 6, 6, 5, 5, 6, 6, 5, 4, 3, 2)
"""Agents wanted from 08:00 to 21:00 on a working day, an entry an hour; half as many at the weekend."""


def centre(days: int) -> tuple[Problem, RuleBook]:
    """The centre before any law: an early and a late shift of eight and a half hours, and 40 hours a week."""
    open_hours = tuple(agents for agents in HOURLY for _ in range(2))
    at_weekends = tuple((agents + 1) // 2 for agents in open_hours)
    required = [
        agents
        for day in range(days)
        for agents in (0,) * 16 + (at_weekends if day % 7 > 4 else open_hours) + (0,) * 6
    ]
    shifts = (("Early", 8 * 60, 9 * 60 + 30), ("Late", 11 * 60, 12 * 60 + 30))
    problem = Problem(
        name="a centre under a law",
        grid=TimeGrid(first_day=FIRST_DAY, days=days, interval_minutes=30, time_zone="UTC"),
        skills=(Skill(name="Calls", missing_price=6000, superfluous_price=500),),
        demand=(Demand(skill="Calls", required=tuple(required)),),
        templates=tuple(
            ShiftTemplate(
                name=name,
                earliest_start=earliest,
                latest_start=latest,
                start_step=30,
                min_length=510,
                max_length=510,
            )
            for name, earliest, latest in shifts
        ),
        contracts=(
            Contract(
                name="Full time",
                pay_per_hour=2000,
                min_paid_minutes=24 * 60,
                max_paid_minutes=40 * 60,
                templates=("Early", "Late"),
            ),
        ),
        agents=tuple(
            Agent(name=f"Agent {number:02d}", contract="Full time", skills=("Calls",), time_zone="UTC")
            for number in range(1, PEOPLE + 1)
        ),
    )
    rules = (
        *(Requirement(), Skills(), Entitlement(), OneShiftADay(), PaidHours()),
        *(BreakWindows(), BreaksInOrder()),
    )
    return problem, RuleBook(rules=rules)


def weeks() -> Iterator[tuple[str, Problem, RuleBook]]:
    """The centre under each preset and each of its systems; a four-week system has 28 days."""
    for key in preset_names():
        law = preset_named(key)
        for system in law.systems:
            days = 28 if system == "four-week" else 7
            name = key if system == "standard" else f"{key}-{system}"
            yield name, *applied(*centre(days), law, system)


def main(folder: Path = HERE / "law", stop: Stop = QUICK, workers: int | None = None) -> list[Outcome]:
    """Write every workbook, plan it, and print what came out."""
    folder.mkdir(exist_ok=True)
    outcomes = []
    for name, problem, rules in weeks():
        write_workbook(folder / f"{name}.xlsx", problem, rules)
        outcome = solve(problem, rules, stop=stop, seed=1, workers=workers)
        print(f"{name:14} {outcome.cost.total / 6000:10,.2f}  gap {outcome.gap:.2%}  {outcome.status}")
        outcomes.append(outcome)
    return outcomes


if __name__ == "__main__":
    main()
