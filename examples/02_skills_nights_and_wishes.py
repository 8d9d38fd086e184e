"""Two skills, a night line, an agent in another time zone, wishes with a price, and the workbook at the end.

A rule that is only preferred is broken where keeping it would cost more than its price. The last part
shortens a night's rest by hand and shows that ``verify`` notices.
"""

import tempfile
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

from constraints import (
    BreakWindows,
    DailyRest,
    DaysPerWeek,
    Entitlement,
    MaxConsecutiveDays,
    OneShiftADay,
    PaidHours,
    PreferredDaysOff,
    Requirement,
    Skills,
    TimeOffKept,
)
from scheduler import Outcome, Problem, Roster, RuleBook, Stop, solve, verify, write_workbook
from scheduler.domain import (
    Agent,
    Break,
    BreakBand,
    Contract,
    Demand,
    ShiftTemplate,
    Skill,
    TimeGrid,
    TimeOff,
)
from scheduler.model import Strength

FIRST_DAY = date(2026, 6, 15)
QUICK = Stop(seconds=8, gap=0.005)
BREAKS = (
    Break(name="Break", length_minutes=15, earliest_start=60, latest_start=150, step_minutes=15),
    Break(name="Meal", length_minutes=30, paid=False, earliest_start=210, latest_start=330, step_minutes=15),
)


def build() -> tuple[Problem, RuleBook]:
    """Ten agents, a week of hours: Sales by day, Support around the clock."""
    sales = ((0,) * 9 + (2, 3, 3, 2, 2, 3, 3, 2) + (0,) * 7) * 5 + (0,) * 48
    support = ((1,) * 8 + (2,) * 12 + (1,) * 4) * 5 + ((1,) * 24) * 2
    problem = Problem(
        name="sales and support",
        grid=TimeGrid(first_day=FIRST_DAY, days=7, interval_minutes=60, time_zone="Europe/Berlin"),
        skills=(Skill(name="Sales", missing_price=4000), Skill(name="Support", missing_price=7000)),
        demand=(Demand(skill="Sales", required=sales), Demand(skill="Support", required=support)),
        templates=(
            _template("Day", 7 * 60, 12 * 60),
            _template("Late", 14 * 60, 15 * 60 + 30),
            _template("Night", 22 * 60, 23 * 60),
        ),
        contracts=(
            _contract("Day staff", 2000, ("Day",)),
            _contract("Shift staff", 2300, ("Day", "Late", "Night")),
        ),
        agents=(
            Agent(name="Ada", contract="Day staff", skills=("Sales",)),
            Agent(
                name="Bruno", contract="Day staff", skills=("Sales",), preferred_days_off=(date(2026, 6, 19),)
            ),
            Agent(name="Carla", contract="Day staff", skills=("Sales", "Support")),
            Agent(
                name="Daoud",
                contract="Day staff",
                skills=("Sales", "Support"),
                time_off=(
                    TimeOff(start=datetime(2026, 6, 17), end=datetime(2026, 6, 18), paid_minutes=8 * 60),
                ),
            ),
            Agent(name="Esra", contract="Shift staff", skills=("Support",)),
            Agent(name="Finn", contract="Shift staff", skills=("Support",)),
            Agent(name="Gita", contract="Shift staff", skills=("Support",)),
            Agent(name="Hugo", contract="Shift staff", skills=("Sales", "Support")),
            Agent(name="Iris", contract="Shift staff", skills=("Support",)),
            Agent(name="Joao", contract="Shift staff", skills=("Support",), time_zone="Europe/Lisbon"),
        ),
    )
    rules = RuleBook(
        rules=(
            Requirement(),
            Skills(),
            Entitlement(),
            TimeOffKept(),
            OneShiftADay(),
            DailyRest(rest_minutes=11 * 60),
            DaysPerWeek(at_most=5),
            MaxConsecutiveDays(days=5),
            PaidHours(),
            BreakWindows(),
            PreferredDaysOff(strength=Strength.PREFER, price=3000),
        )
    )
    return problem, rules


def _template(name: str, earliest_start: int, latest_start: int) -> ShiftTemplate:
    return ShiftTemplate(
        name=name,
        earliest_start=earliest_start,
        latest_start=latest_start,
        start_step=30,
        min_length=510,
        max_length=510,
        breaks=(BreakBand(breaks=BREAKS),),
    )


def _contract(name: str, pay_per_hour: int, templates: tuple[str, ...]) -> Contract:
    return Contract(
        name=name,
        pay_per_hour=pay_per_hour,
        min_paid_minutes=24 * 60,
        max_paid_minutes=40 * 60,
        templates=templates,
    )


def with_a_shortened_rest(roster: Roster) -> Roster:
    """The roster with one duty moved to eight hours after the one before it."""
    for duties in roster.by_agent.values():
        for before, after in pairwise(duties):
            if after.day == before.day + 1:
                moved_by = before.end + 8 * 60 - after.start
                moved = after.model_copy(
                    update={
                        "start": after.start + moved_by,
                        "end": after.end + moved_by,
                        "breaks": tuple(
                            pause.model_copy(update={"start": pause.start + moved_by})
                            for pause in after.breaks
                        ),
                    }
                )
                return Roster(duties=tuple(moved if duty == after else duty for duty in roster.duties))
    raise ValueError("nobody works on two days in a row")


def main(stop: Stop = QUICK, workers: int | None = None, folder: Path | None = None) -> Outcome:
    """Plan the week, show what the wishes cost, write the workbook, and break a rule by hand."""
    problem, rules = build()
    outcome = solve(problem, rules, stop=stop, seed=1, workers=workers)
    print(outcome)
    for rule, cost in outcome.cost.rules.items():
        print(f"  {rule}: {cost / 6000:.2f} {problem.currency}")  # costs are sixtieths of a cent
    workbook = (folder or Path(tempfile.mkdtemp())) / "roster.xlsx"
    write_workbook(workbook, problem, rules, outcome)
    print(f"written: {workbook}")
    report = verify(problem, rules, with_a_shortened_rest(outcome.roster))
    print("after moving one duty by hand:")
    for fault in report.faults():
        print(f"  {fault}")
    return outcome


if __name__ == "__main__":
    main()
