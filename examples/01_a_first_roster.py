"""The smallest whole run: a help desk of six agents and one week, in pure Python, without a file.

Facts go into a Problem, what must be kept into a RuleBook; ``solve`` hands back a roster with a proof of
how far from the best it can be, and ``verify`` counts everything again without trusting it.
"""

from datetime import date

from constraints import (
    BreakWindows,
    DailyRest,
    Entitlement,
    OneShiftADay,
    PaidHours,
    Requirement,
    Skills,
)
from scheduler import Outcome, Problem, RuleBook, Stop, solve, verify
from scheduler.domain import (
    Agent,
    Break,
    BreakBand,
    Contract,
    Demand,
    ShiftTemplate,
    Skill,
    TimeGrid,
)

# Agents wanted from 08:00 to 18:00, an entry an hour; before and after nobody calls.
HOURLY = (1, 2, 4, 4, 3, 3, 4, 3, 2, 1)
QUICK = Stop(seconds=5, gap=0.001)


def build() -> tuple[Problem, RuleBook]:
    """Six agents of two contracts, and calls from Monday to Friday, in intervals of 30 minutes."""
    half_hours = tuple(agents for agents in HOURLY for _ in range(2))
    one_day = (0,) * 16 + half_hours + (0,) * 12
    meal = Break(
        name="Meal", length_minutes=30, paid=False, earliest_start=150, latest_start=300, step_minutes=30
    )
    problem = Problem(
        name="help desk",
        grid=TimeGrid(first_day=date(2026, 6, 15), days=7, interval_minutes=30, time_zone="Europe/Berlin"),
        skills=(Skill(name="Help desk", missing_price=6000, superfluous_price=500),),
        demand=(Demand(skill="Help desk", required=one_day * 5 + (0,) * 96),),
        templates=(
            ShiftTemplate(
                name="Full day",
                earliest_start=8 * 60,
                latest_start=9 * 60 + 30,
                start_step=30,
                min_length=510,
                max_length=510,
                breaks=(BreakBand(breaks=(meal,)),),
            ),
            ShiftTemplate(
                name="Half day",
                earliest_start=8 * 60,
                latest_start=14 * 60,
                start_step=30,
                min_length=240,
                max_length=240,
            ),
        ),
        contracts=(
            Contract(
                name="Full-time",
                pay_per_hour=2000,
                min_paid_minutes=32 * 60,
                max_paid_minutes=40 * 60,
                templates=("Full day",),
            ),
            Contract(
                name="Part-time",
                pay_per_hour=1900,
                min_paid_minutes=12 * 60,
                max_paid_minutes=20 * 60,
                templates=("Half day",),
            ),
        ),
        agents=(
            *(Agent(name=name, contract="Full-time", skills=("Help desk",)) for name in ("Ana", "Ben")),
            *(
                Agent(name=name, contract="Part-time", skills=("Help desk",))
                for name in ("Cem", "Dora", "Eli", "Fay")
            ),
        ),
    )
    rules = RuleBook(
        rules=(
            Requirement(),
            Skills(),
            Entitlement(),
            OneShiftADay(),
            DailyRest(rest_minutes=11 * 60),
            PaidHours(),
            BreakWindows(),
        )
    )
    return problem, rules


def main(stop: Stop = QUICK, workers: int | None = None) -> Outcome:
    """Plan the week, show it, and count it again."""
    problem, rules = build()
    print(problem)
    print(rules)
    outcome = solve(problem, rules, stop=stop, seed=1, workers=workers)
    print(outcome)
    for duty in outcome.roster.duties:
        start, end = problem.grid.local(duty.start), problem.grid.local(duty.end)
        print(f"  {duty.agent:5} {start:%a %H:%M} to {end:%H:%M}  {duty.template}")
    report = verify(problem, rules, outcome.roster, certificate=outcome.certificate)
    print("verified" if report.passed else "\n".join(report.faults()))
    return outcome


if __name__ == "__main__":
    main()
