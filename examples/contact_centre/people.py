"""Who works there: names, contracts, last week, and what sets single agents apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from examples.contact_centre.centre import (
    DAYS,
    FIRST_DAY,
    FULL_TIME,
    HOTLINE,
    NIGHTS,
    PART_20,
    PART_30,
    SERVICE,
    TECHNICAL,
    at,
)
from scheduler.domain import Agent, Pin, TimeOff, Window, WorkedDuty


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


def everybody(random: Random) -> Iterator[Agent]:
    """The agents, group after group."""
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
