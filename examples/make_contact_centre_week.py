"""Makes examples/contact_centre_week.xlsx: one week of a made-up contact centre of 60 agents.

Everything is drawn from the parameters at the top and one seed, so that the workbook can be made again:

    python examples/make_contact_centre_week.py [WORKBOOK.xlsx]

The centre answers two skills from 07:00 to 23:00 and a small hotline around the clock. Its week has two
peaks a day and a thin weekend; its agents are full-time and part-time, some with two or three skills and
better pay; and there is about as much work as there are agents.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import exp
from pathlib import Path
from random import Random
from typing import Final

import constraints
from scheduler import write_workbook
from scheduler.domain import (
    Agent,
    Break,
    BreakBand,
    Contract,
    Demand,
    Pin,
    Problem,
    ShiftTemplate,
    Skill,
    TimeGrid,
    TimeOff,
    Window,
    WorkedDuty,
)
from scheduler.model import RuleBook, Strength

WORKBOOK = Path(__file__).with_name("contact_centre_week.xlsx")
SEED = 2026

FIRST_DAY = date(2026, 6, 15)  # a Monday
DAYS, TIME_ZONE = 7, "Europe/Berlin"
INTERVAL_MINUTES: Final = 15
OPENS, CLOSES = 7 * 60, 23 * 60
SERVICE, TECHNICAL, HOTLINE = "Service", "Technical", "Hotline"

SKILLS = (
    Skill(name=SERVICE, missing_price=4500, superfluous_price=500),
    Skill(name=TECHNICAL, missing_price=6000, superfluous_price=500),
    Skill(name=HOTLINE, missing_price=9000, superfluous_price=500),
)

# Demand. Service and Technical share what their agents can give; the hotline has a fixed small crew.
REQUIRED_PER_AGENT_HOUR = 1.02  # agent-hours required for each hour that the agents can be on the queue
TECHNICAL_SHARE = 0.27
WEEKDAY_FACTORS = (1.12, 1.02, 1.00, 0.98, 0.92, 0.42, 0.30)
NOISE = 0.06
HOTLINE_WEEKDAY, HOTLINE_WEEKEND, HOTLINE_NIGHT = 2, 1, 2
MINIMUM = {SERVICE: 2, TECHNICAL: 1, HOTLINE: 1}
SEATS = {SERVICE: 34, TECHNICAL: 14, HOTLINE: 6}


def pause(name: str, earliest: int, latest: int) -> Break:
    """A paid break of 15 minutes in a window from the shift's start."""
    return Break(name=name, length_minutes=15, earliest_start=earliest, latest_start=latest, step_minutes=15)


def meal(earliest: int, latest: int) -> Break:
    """An unpaid half-hour in a window from the shift's start."""
    return Break(
        name="Meal",
        length_minutes=30,
        paid=False,
        earliest_start=earliest,
        latest_start=latest,
        step_minutes=15,
    )


FULL_DAY = BreakBand(
    min_shift_minutes=421,
    max_shift_minutes=600,
    breaks=(pause("Break 1", 75, 165), meal(180, 300), pause("Break 2", 315, 420)),
)
SIX_HOURS = BreakBand(
    min_shift_minutes=331, max_shift_minutes=420, breaks=(pause("Break 1", 60, 135), meal(150, 240))
)
HALF_DAY = BreakBand(max_shift_minutes=330, breaks=(pause("Break 1", 75, 195),))


def shift(name: str, starts: tuple[int, int], lengths: tuple[int, int], step: int = 15) -> ShiftTemplate:
    """A shift template whose lengths lie half an hour apart, with the break sets of these lengths."""
    shortest, longest = lengths
    return ShiftTemplate(
        name=name,
        earliest_start=starts[0],
        latest_start=starts[1],
        start_step=step,
        min_length=shortest,
        max_length=longest,
        length_step=30,
        breaks=tuple(
            band
            for band in (HALF_DAY, SIX_HOURS, FULL_DAY)
            if band.min_shift_minutes <= longest and shortest <= band.max_shift_minutes
        ),
    )


TEMPLATES = (
    shift("Early", (7 * 60, 8 * 60 + 45), (480, 540)),
    shift("Day", (9 * 60, 11 * 60 + 45), (480, 540)),
    shift("Late", (12 * 60, 14 * 60 + 30), (480, 540)),
    shift("Six hours", (7 * 60, 16 * 60), (360, 420)),
    shift("Half day", (7 * 60, 18 * 60), (240, 300)),
    shift("Night", (22 * 60, 23 * 60), (510, 510), step=30),
)

FULL_TIME, PART_30, PART_20, NIGHTS = "Full-time 39 h", "Part-time 30 h", "Part-time 20 h", "Nights 32 h"
CONTRACTS = (
    Contract(
        name=FULL_TIME,
        pay_per_hour=1850,
        min_paid_minutes=38 * 60,
        max_paid_minutes=40 * 60,
        templates=("Early", "Day", "Late"),
    ),
    Contract(
        name=PART_30,
        pay_per_hour=1800,
        min_paid_minutes=29 * 60,
        max_paid_minutes=31 * 60,
        templates=("Six hours", "Half day"),
    ),
    Contract(
        name=PART_20,
        pay_per_hour=1750,
        min_paid_minutes=19 * 60,
        max_paid_minutes=21 * 60,
        templates=("Half day",),
    ),
    Contract(
        name=NIGHTS,
        pay_per_hour=2300,
        min_paid_minutes=32 * 60,
        max_paid_minutes=32 * 60,
        templates=("Night",),
    ),
)


@dataclass(frozen=True)
class Group:
    """So many agents with the same contract, skills, team and pay."""

    agents: int
    contract: str
    skills: tuple[str, ...]
    team: str
    pay_per_hour: int | None = None


GROUPS = (
    Group(12, FULL_TIME, (SERVICE,), "Red"),
    Group(6, FULL_TIME, (SERVICE, TECHNICAL), "Red", 2050),
    Group(5, FULL_TIME, (TECHNICAL,), "Blue", 2000),
    Group(2, FULL_TIME, (SERVICE, HOTLINE), "Blue", 2050),
    Group(4, FULL_TIME, (TECHNICAL, HOTLINE), "Blue", 2150),
    Group(4, FULL_TIME, (SERVICE, TECHNICAL, HOTLINE), "Blue", 2250),
    Group(7, PART_30, (SERVICE,), "Green"),
    Group(3, PART_30, (SERVICE, TECHNICAL), "Green", 1950),
    Group(10, PART_20, (SERVICE,), "Green"),
    Group(3, PART_20, (TECHNICAL,), "Blue", 1900),
    Group(4, NIGHTS, (HOTLINE,), "Night"),
)

FIRST_NAMES = """
Amira Lukas Sophie Jonas Elif Marek Hannah David Fatima Felix Clara Tomasz Leonie Omar Ines Paul
Greta Ivan Miriam Emil Nadia Jan Theresa Kofi Julia Stefan Yasmin Oliver Katrin Mehmet Laura Andrei
Frieda Samuel Zoe Patrick Aylin Robert Nina Dmitri Charlotte Hassan Eva Max Olga Florian Rania Simon
Birgit Luca Selin Martin Paula Viktor Anja Karim Lena Georg Maria Tim
"""
LAST_NAMES = """
Hartmann Nowak Berger Yilmaz Schuster Keller Okafor Lindner Petrov Vogel Santos Brandt Haddad Winter
Kowalski Engel Rossi Falk Demir Krause Jansen Moreau Sommer Ivanova Pohl Arslan Busch Novak Lehmann
Diallo Fuchs Seidel Marino Albrecht Kaya Thiel Popescu Ritter Mensah Graf Wolff Aydin Peters Horvat
Scholz Bauer Khalil Maurer Ziegler Costa Reuter Behrens Frank Ahmadi Stein Dietrich Urban Lorenz
Kuhn Winkler
"""


def build() -> tuple[Problem, RuleBook]:
    """The week's facts and its rules."""
    random = Random(SEED)
    grid = TimeGrid(first_day=FIRST_DAY, days=DAYS, interval_minutes=INTERVAL_MINUTES, time_zone=TIME_ZONE)
    agents = tuple(_agents(random))
    problem = Problem(
        name="Contact centre week",
        currency="EUR",
        grid=grid,
        skills=SKILLS,
        demand=tuple(_demand(agents, random)),
        templates=TEMPLATES,
        contracts=CONTRACTS,
        agents=agents,
    )
    return problem, RULES


RULES = RuleBook(
    rules=(
        constraints.Requirement(),
        constraints.MinimumStaff(),
        constraints.Seats(),
        constraints.Skills(),
        constraints.Entitlement(),
        constraints.Availability(),
        constraints.TimeOffKept(),
        constraints.Pins(),
        constraints.OneShiftADay(),
        constraints.DailyRest(rest_minutes=11 * 60),
        constraints.WeeklyRest(rest_minutes=36 * 60),
        constraints.DaysPerWeek(at_most=5),
        constraints.PaidHours(),
        constraints.MaxConsecutiveDays(days=6),
        constraints.MaxConsecutiveDaysOff(days=4),
        constraints.MinConsecutiveDaysOff(days=2, strength=Strength.PREFER, price=1500),
        constraints.ForbiddenSuccession(first=("Late",), then=("Early", "Six hours")),
        constraints.Weekends(in_a_row=1, strength=Strength.PREFER, price=2500),
        constraints.StartConsistency(within_minutes=60, strength=Strength.PREFER, price=150),
        constraints.BreakWindows(),
        constraints.BreaksInOrder(),
        constraints.BreakGaps(at_least_minutes=60, at_most_minutes=210),
        constraints.WorkWithoutBreak(at_most_minutes=240),
        constraints.PreferredStarts(strength=Strength.PREFER, price=500),
        constraints.PreferredDaysOff(strength=Strength.PREFER, price=2000),
    )
)


# Who is there


def _agents(random: Random) -> Iterator[Agent]:
    first_names, last_names = FIRST_NAMES.split(), LAST_NAMES.split()
    random.shuffle(last_names)
    names = [f"{first} {last}" for first, last in zip(first_names, last_names, strict=True)]
    for group in GROUPS:
        for number in range(group.agents):
            agent = Agent(
                name=names.pop(0),
                contract=group.contract,
                skills=group.skills,
                team=group.team,
                pay_per_hour=group.pay_per_hour,
            )
            circumstances = _circumstances(group, number)
            weekdays_only = group.contract == PART_30 and "available" in circumstances
            history = tuple(_last_week(group.contract, number, weekdays_only, random))
            yield agent.model_copy(update={**circumstances, "history": history})


LAST_WEEK_FREE = ((5, 6), (5, 6), (5, 6), (2, 3), (4, 5), (5, 6), (0, 1), (5, 6), (1, 2), (5, 6), (3, 4))
USUAL_SHIFT = {  # template, start, elapsed and paid minutes
    FULL_TIME: (("Early", 7 * 60 + 30, 510, 480), ("Day", 10 * 60, 510, 480), ("Late", 13 * 60, 510, 480)),
    PART_30: (("Six hours", 8 * 60, 390, 360), ("Six hours", 14 * 60, 390, 360)),
    PART_20: (("Half day", 9 * 60, 240, 240), ("Half day", 16 * 60, 240, 240)),
}


def _last_week(contract: str, number: int, weekdays_only: bool, random: Random) -> Iterator[WorkedDuty]:
    """What was worked in the seven days before; two of the night agents are still there on Monday at 07:00.

    Who may only work from Monday to Friday did so last week, or there were too many days in a row.
    """
    if contract == NIGHTS:
        worked_days: Sequence[int] = (3, 4, 5, 6) if number % 2 == 0 else (0, 1, 2, 3)
        template, start, elapsed, paid = "Night", 22 * 60 + 30, 510, 480
    else:
        free = (5, 6) if weekdays_only else random.choice(LAST_WEEK_FREE)
        worked_days = [day for day in range(7) if day not in free]
        template, start, elapsed, paid = random.choice(USUAL_SHIFT[contract])
    for day in worked_days:
        on = FIRST_DAY + timedelta(days=day - 7)
        yield WorkedDuty(
            day=on, start=at(on, start), end=at(on, start + elapsed), paid_minutes=paid, template=template
        )


WEEK = tuple(FIRST_DAY + timedelta(days=day) for day in range(DAYS))
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = WEEK
A_DAYS_PAY = 468  # paid minutes of one day of absence on a contract of 39 h


def at(day: date, clock_minute: int) -> datetime:
    """A local time; 1440 is midnight at the end of the day."""
    return datetime.combine(day, time()) + timedelta(minutes=clock_minute)


def absence(first: date, last: date, paid_minutes: int) -> tuple[TimeOff, ...]:
    """Approved time off for whole days, both included."""
    return (TimeOff(start=at(first, 0), end=at(last, 1440), paid_minutes=paid_minutes),)


# What sets agents apart, by their number in the group: one thing each, so that no two can clash.
OF_SERVICE_AGENTS: dict[int, dict[str, object]] = {
    0: {"time_off": absence(WEDNESDAY, FRIDAY, 3 * A_DAYS_PAY)},
    1: {"time_off": absence(MONDAY, MONDAY, A_DAYS_PAY)},
    2: {"pins": (Pin(day=TUESDAY, template="Early", start=8 * 60, length_minutes=510),)},
    3: {"pins": (Pin(day=THURSDAY, off=True),)},
    4: {"preferred_starts": ((7 * 60, 8 * 60),)},
    5: {"preferred_starts": ((7 * 60, 8 * 60),), "preferred_days_off": (SATURDAY, SUNDAY)},
    6: {"preferred_starts": ((12 * 60, 14 * 60),)},
    7: {"preferred_days_off": (FRIDAY,)},
    8: {"unavailable": (Window(start=at(WEDNESDAY, 17 * 60), end=at(WEDNESDAY, 1440)),)},
    9: {"preferred_starts": ((9 * 60, 10 * 60 + 30),)},
    10: {"unavailable": (Window(start=at(SUNDAY, 0), end=at(SUNDAY, 1440)),)},
}
OF_SPECIALISTS: dict[int, dict[str, object]] = {
    0: {"preferred_starts": ((8 * 60, 10 * 60),)},
    1: {"preferred_days_off": (SATURDAY, SUNDAY)},
    2: {
        "pins": (
            Pin(
                day=THURSDAY,
                template="Day",
                start=9 * 60,
                length_minutes=510,
                break_starts=(11 * 60, 13 * 60, 15 * 60 + 30),
            ),
        )
    },
    4: {"time_off": absence(FRIDAY, FRIDAY, A_DAYS_PAY)},
}
SCHOOL_HOURS: dict[str, object] = {  # children at school: mornings on weekdays, and no weekend
    "available": tuple(Window(start=at(day, 7 * 60 + 30), end=at(day, 15 * 60 + 30)) for day in WEEK[:5]),
    "unavailable": (Window(start=at(SATURDAY, 0), end=at(SUNDAY, 1440)),),
}
AFTER_LECTURES: dict[str, object] = {  # students: late on weekdays, the weekend is open
    "available": tuple(Window(start=at(day, 14 * 60), end=at(day, 23 * 60)) for day in WEEK[:5])
}
OF_PART_TIMERS: dict[int, dict[str, object]] = {
    1: {"preferred_days_off": (WEDNESDAY,)},
    3: {"time_off": absence(FRIDAY, FRIDAY, 240)},
    5: {"preferred_days_off": (FRIDAY,)},
    9: {"preferred_starts": ((8 * 60, 12 * 60),)},
}


def _circumstances(group: Group, number: int) -> dict[str, object]:
    """What sets one agent of a group apart."""
    if group.contract == FULL_TIME and HOTLINE not in group.skills:
        return (OF_SERVICE_AGENTS if group.skills == (SERVICE,) else OF_SPECIALISTS).get(number, {})
    if group.contract == PART_30:
        return SCHOOL_HOURS if number % 2 == 0 else {}
    if group.contract == PART_20:
        return AFTER_LECTURES if number % 2 == 0 else OF_PART_TIMERS.get(number, {})
    return {}


# How many are needed


def _demand(agents: Sequence[Agent], random: Random) -> Iterator[Demand]:
    queue_hours = sum(_queue_hours(agent) for agent in agents if agent.contract != NIGHTS)
    hotline = [_hotline(interval) for interval in range(_intervals())]
    by_day = [number for interval, number in enumerate(hotline) if _is_open(interval)]
    wanted_hours = REQUIRED_PER_AGENT_HOUR * queue_hours - sum(by_day) * INTERVAL_MINUTES / 60
    for skill, share in ((SERVICE, 1 - TECHNICAL_SHARE), (TECHNICAL, TECHNICAL_SHARE)):
        curve = [_volume(interval, random) for interval in range(_intervals())]
        yield _bounded(skill, _scaled_to(curve, share * wanted_hours * 60 / INTERVAL_MINUTES))
    yield _bounded(HOTLINE, hotline)


def _bounded(skill: str, required: Sequence[int]) -> Demand:
    """The requirement with its floor and its seats: for the hotline always, else while the centre is open."""
    counted = [skill == HOTLINE or _is_open(interval) for interval in range(_intervals())]
    return Demand(
        skill=skill,
        required=tuple(required),
        minimum=tuple(MINIMUM[skill] if holds else 0 for holds in counted),
        maximum=tuple(SEATS[skill] if holds else None for holds in counted),
    )


def _queue_hours(agent: Agent) -> float:
    """Hours that an agent can be on the queue: the contract's middle without paid breaks and time off."""
    contract = next(contract for contract in CONTRACTS if contract.name == agent.contract)
    paid = ((contract.min_paid_minutes or 0) + (contract.max_paid_minutes or 0)) / 2
    paid -= sum(absence.paid_minutes for absence in agent.time_off)
    pauses = 30 if agent.contract == FULL_TIME else 15
    return (paid - 5 * pauses) / 60


def _hotline(interval: int) -> int:
    if not _is_open(interval):
        return HOTLINE_NIGHT
    weekday = (FIRST_DAY + timedelta(days=interval * INTERVAL_MINUTES // 1440)).weekday()
    return HOTLINE_WEEKEND if weekday >= 5 else HOTLINE_WEEKDAY


def _volume(interval: int, random: Random) -> float:
    """Calls against a middling hour: a tall peak at half past ten, a lower one at four."""
    if not _is_open(interval):
        return 0.0
    day, minute = divmod(interval * INTERVAL_MINUTES, 1440)
    hour = minute / 60
    level = 0.15 + exp(-(((hour - 10.5) / 2.1) ** 2)) + 0.75 * exp(-(((hour - 16) / 2.7) ** 2))
    return level * WEEKDAY_FACTORS[day] * max(0.0, random.gauss(1.0, NOISE))


def _scaled_to(curve: Sequence[float], total: float) -> list[int]:
    """Whole numbers in the curve's shape that add up to ``total`` within one half."""
    numbers, reached, wanted = [], 0, 0.0
    for level in curve:
        wanted += level * total / sum(curve)
        numbers.append(max(0, round(wanted) - reached) if level else 0)
        reached += numbers[-1]
    return numbers


def _is_open(interval: int) -> bool:
    return OPENS <= interval * INTERVAL_MINUTES % 1440 < CLOSES


def _intervals() -> int:
    return DAYS * 1440 // INTERVAL_MINUTES


def main(workbook: Path = WORKBOOK) -> None:
    """Write the workbook and say what is in it."""
    problem, rules = build()
    write_workbook(workbook, problem, rules)
    print(problem)
    print(rules)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
