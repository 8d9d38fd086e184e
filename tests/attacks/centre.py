"""A contact centre of a test's size: two skills, nights, a second time zone, unpaid breaks, a wish each."""

from datetime import date, datetime

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
from scheduler.domain import (
    Agent,
    Break,
    BreakBand,
    Contract,
    Demand,
    Problem,
    ShiftTemplate,
    Skill,
    TimeGrid,
    TimeOff,
)
from scheduler.model import RuleBook, Strength

MONDAY = date(2026, 6, 15)
MEAL = Break(
    name="Meal", length_minutes=30, paid=False, earliest_start=210, latest_start=330, step_minutes=30
)
PAUSE = Break(name="Break", length_minutes=15, earliest_start=60, latest_start=150, step_minutes=15)


def centre() -> tuple[Problem, RuleBook]:
    """Four days, seven agents."""
    return (
        Problem(
            name="sales & support",
            grid=TimeGrid(first_day=MONDAY, days=4, interval_minutes=60, time_zone="Europe/Berlin"),
            skills=(Skill(name="Sales", missing_price=4000), Skill(name="Support", missing_price=7000)),
            demand=(
                Demand(skill="Sales", required=((0,) * 9 + (2, 3, 3, 2, 2, 3, 3, 2) + (0,) * 7) * 4),
                Demand(skill="Support", required=((1,) * 8 + (2,) * 12 + (1,) * 4) * 4),
            ),
            templates=(
                _template("Day", 420, 720),
                _template("Late", 840, 900),
                _template("Night", 1320, 1380),
            ),
            contracts=(
                Contract(name="Day staff", pay_per_hour=2000, min_paid_minutes=960, templates=("Day",)),
                Contract(name="Shift staff", pay_per_hour=2333, templates=("Day", "Late", "Night")),
            ),
            agents=(
                Agent(name="Ada", contract="Day staff", skills=("Sales",), team="North"),
                Agent(name="Bruno", contract="Day staff", skills=("Sales",), preferred_days_off=(MONDAY,)),
                Agent(name="Carla", contract="Day staff", skills=("Sales", "Support")),
                Agent(
                    name="Daoud",
                    contract="Shift staff",
                    skills=("Sales", "Support"),
                    time_off=(
                        TimeOff(start=datetime(2026, 6, 17), end=datetime(2026, 6, 18), paid_minutes=480),
                    ),
                ),
                Agent(name="Esra", contract="Shift staff", skills=("Support",)),
                Agent(name="Finn", contract="Shift staff", skills=("Support",), time_zone="Europe/Lisbon"),
                Agent(name="Zoë", contract="Shift staff", skills=("Support",)),
            ),
        ),
        RuleBook(
            rules=(
                Requirement(),
                Skills(),
                Entitlement(),
                TimeOffKept(),
                OneShiftADay(),
                DailyRest(rest_minutes=660),
                DaysPerWeek(at_most=3),
                PaidHours(),
                BreakWindows(),
                PreferredDaysOff(strength=Strength.PREFER, price=3000),
                MaxConsecutiveDays(days=1, strength=Strength.REPORT),
                DailyRest(label="long rest", rest_minutes=1440, strength=Strength.REPORT),
            )
        ),
    )


def _template(name: str, earliest_start: int, latest_start: int) -> ShiftTemplate:
    return ShiftTemplate(
        name=name,
        earliest_start=earliest_start,
        latest_start=latest_start,
        start_step=30,
        min_length=480,
        max_length=510,
        length_step=30,
        breaks=(BreakBand(breaks=(PAUSE, MEAL)),),
    )
