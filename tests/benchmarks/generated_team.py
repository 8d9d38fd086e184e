"""Who works in a generated contact centre: shift templates, contracts, and agents drawn from a seed.

Alike agents differ in nothing but contract and skills. Where all are different, every one has an opening
of their own on each day, pay and a last week of their own, and some a weekday on which they never work or
a day off with pay; there are four contracts then instead of two.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from scheduler.domain import (
    Agent,
    Break,
    BreakBand,
    Contract,
    ShiftTemplate,
    TimeOff,
    Window,
    WorkedDuty,
)

FIRST_DAY = date(2025, 2, 3)  # a Monday; the clock does not change within four weeks
OPENS, CLOSES = 7 * 60, 23 * 60
SKILL_NAMES = ("service", "sales", "technical", "billing", "retention")
SKILL_SHARES = (40, 25, 15, 12, 8)
SECOND_SKILL_SHARE, THIRD_SKILL_SHARE = 0.35, 0.10
BREAK_MINUTES, MEAL_MINUTES = 15, 30
BREAK_ROOM_AND_STEP = {"loose": (90, 5), "strict": (30, 15)}
"""How wide a break's window is, and how far apart the starts in it, in minutes."""
LATE_OPENING_SHARE, EARLY_CLOSING_SHARE = 0.3, 0.3
BARRED_WEEKDAY_SHARE, TIME_OFF_SHARE = 0.2, 0.12
LIKED_START_MINUTES, MOST_DAYS_OFF = 120, 2
"""How far apart the starts may be that somebody likes, and how many days off a week one may ask for."""
RAISES = range(-80, 250, 10)
"""What somebody is paid more or less than the contract says, in cents an hour."""


@dataclass(frozen=True)
class Terms:
    """A contract with the one template that it works.

    Parameters
    ----------
    days
        Days of work in a week; the paid hours of the week are theirs.
    lengths
        Shortest and longest shift from its start to its end, in minutes.
    meal_after
        Minutes from the start of the shift to the middle of the meal's window; ``None`` without a meal.
    breaks
        Paid breaks: one near the start, or another near the end as well.
    """

    name: str
    pay_per_hour: int
    days: int
    lengths: tuple[int, int]
    meal_after: int | None = None
    breaks: int = 1

    def paid_minutes(self, length: int) -> int:
        """Paid minutes of a shift so long."""
        return length - (0 if self.meal_after is None else MEAL_MINUTES)

    @property
    def week_minutes(self) -> tuple[int, int]:
        """Least and most paid minutes of a week."""
        shortest, longest = (self.days * self.paid_minutes(length) for length in self.lengths)
        return shortest, longest

    @property
    def queue_share(self) -> float:
        """Part of the paid time that is left for work beside the paid breaks."""
        return 1 - self.breaks * BREAK_MINUTES * self.days / (sum(self.week_minutes) / 2)


FULL = Terms("full", pay_per_hour=2000, days=5, lengths=(510, 510), meal_after=240, breaks=2)
PART = Terms("part", pay_per_hour=1850, days=5, lengths=(240, 300))
SHORT_DAYS = Terms("short days", pay_per_hour=1900, days=5, lengths=(390, 390), meal_after=240)
FOUR_DAYS = Terms("four days", pay_per_hour=2050, days=4, lengths=(570, 570), meal_after=270, breaks=2)
ALIKE_TERMS = {PART: 35, FULL: 65}
DIFFERENT_TERMS = {FULL: 45, PART: 25, SHORT_DAYS: 15, FOUR_DAYS: 15}
"""How many of a hundred agents have which contract."""


def template_of(terms: Terms, strict: bool) -> ShiftTemplate:
    """The shift that these terms work, with room for its breaks or with little of it."""
    room, step = BREAK_ROOM_AND_STEP["strict" if strict else "loose"]
    half = room // 2
    breaks = [_break("break 1", 120 - half, 120 + half, step)]
    if terms.meal_after is not None:
        middle = terms.meal_after
        meal = _break("meal", middle - half, middle + half, step)
        breaks.append(meal.model_copy(update={"length_minutes": MEAL_MINUTES, "paid": False}))
    if terms.breaks == 2:
        last = _break("break 2", 120 + half, 120 - half, step)  # from the end the earlier is farther away
        breaks.append(last.model_copy(update={"measured_from": "end"}))
    shortest, longest = terms.lengths
    return ShiftTemplate(
        name=terms.name,
        earliest_start=OPENS,
        latest_start=CLOSES - longest,
        min_length=shortest,
        max_length=longest,
        length_step=30,
        breaks=(BreakBand(breaks=tuple(breaks)),),
    )


def _break(name: str, earliest: int, latest: int, step: int) -> Break:
    return Break(
        name=name,
        length_minutes=BREAK_MINUTES,
        earliest_start=earliest,
        latest_start=latest,
        step_minutes=step,
    )


def contract_of(terms: Terms) -> Contract:
    """The contract of these terms."""
    least, most = terms.week_minutes
    return Contract(
        name=terms.name,
        pay_per_hour=terms.pay_per_hour,
        min_paid_minutes=least,
        max_paid_minutes=most,
        templates=(terms.name,),
    )


def queue_hours(agent: Agent, terms: Terms, weeks: int) -> float:
    """Hours that an agent can work in all: the middle of the contract without paid breaks and time off."""
    off = sum(absence.paid_minutes for absence in agent.time_off)
    return (weeks * sum(terms.week_minutes) / 2 - off) * terms.queue_share / 60


def drawn_team(
    agents: int, skills: Sequence[str], weeks: int, alike: bool, random: Random
) -> Iterator[tuple[Agent, Terms]]:
    """So many agents with the terms on which they work."""
    shares = ALIKE_TERMS if alike else DIFFERENT_TERMS
    for number in range(1, agents + 1):
        held = _drawn_skills(skills, random)
        terms = random.choices(list(shares), list(shares.values()))[0]
        agent = Agent(name=f"agent {number:04d}", contract=terms.name, skills=held)
        yield (agent if alike else _with_a_life_of_their_own(agent, terms, weeks, random)), terms


def _drawn_skills(names: Sequence[str], random: Random) -> tuple[str, ...]:
    held = [random.choices(names, SKILL_SHARES[: len(names)])[0]]
    for share in (SECOND_SKILL_SHARE, THIRD_SKILL_SHARE):
        others = [name for name in names if name not in held]
        if others and random.random() < share:
            held.append(random.choice(others))
    return tuple(held)


def _with_a_life_of_their_own(agent: Agent, terms: Terms, weeks: int, random: Random) -> Agent:
    """The agent with pay, times and a last week of their own, which leave enough days to plan with.

    Nobody has both a barred weekday and time off: the days of the contract and a free day are always left.
    """
    dates = [FIRST_DAY + timedelta(days=day) for day in range(7 * weeks)]
    opens, closes = _drawn_opening(random)
    barred = random.randrange(7) if random.random() < BARRED_WEEKDAY_SHARE else None
    absent = random.choice(dates) if barred is None and random.random() < TIME_OFF_SHARE else None
    return agent.model_copy(
        update={
            "pay_per_hour": terms.pay_per_hour + random.choice(RAISES),
            "available": tuple(Window(start=_at(day, opens), end=_at(day, closes)) for day in dates),
            "unavailable": tuple(
                Window(start=_at(day, 0), end=_at(day, 24 * 60)) for day in dates if day.weekday() == barred
            ),
            "time_off": () if absent is None else (_day_off(absent, terms),),
            "history": tuple(_last_week(terms, opens, closes, barred, random)),
        }
    )


def with_wishes(agent: Agent, weeks: int, random: Random) -> Agent:
    """The agent with starts that they like and days on which they would like to be off."""
    first = random.randrange(OPENS, 15 * 60 + 1, 30)
    off = [
        FIRST_DAY + timedelta(days=7 * week + day)
        for week in range(weeks)
        for day in random.sample(range(7), random.randint(0, MOST_DAYS_OFF))
    ]
    return agent.model_copy(
        update={
            "preferred_starts": ((first, first + LIKED_START_MINUTES),),
            "preferred_days_off": tuple(sorted(off)),
        }
    )


def _drawn_opening(random: Random) -> tuple[int, int]:
    """From when and until when somebody can work: all day, not before some hour, or not after one."""
    kind = random.random()
    if kind < LATE_OPENING_SHARE:
        return random.randrange(8 * 60, 13 * 60 + 1, 30), CLOSES
    if kind < LATE_OPENING_SHARE + EARLY_CLOSING_SHARE:
        return OPENS, random.randrange(17 * 60, 22 * 60 + 1, 30)
    return OPENS, CLOSES


def _day_off(day: date, terms: Terms) -> TimeOff:
    paid = terms.paid_minutes(terms.lengths[0])
    return TimeOff(start=_at(day, 0), end=_at(day, 24 * 60), paid_minutes=paid)


def _last_week(
    terms: Terms, opens: int, closes: int, barred: int | None, random: Random
) -> Iterator[WorkedDuty]:
    """The days of work of the week before, around one start, so that no rule was broken then.

    Free days follow one another, and the barred weekday is among them; more weeks end with the weekend off.
    """
    length = terms.lengths[0]
    start = random.randrange(opens, closes - length + 1, 15)
    free_days = 7 - terms.days
    first_free = [
        first for first in range(terms.days + 1) if barred in (None, *range(first, first + free_days))
    ]
    weights = [3 if first == terms.days else 1 for first in first_free]
    first = random.choices(first_free, weights)[0]
    for day in range(7):
        if not first <= day < first + free_days:
            worked_on = FIRST_DAY + timedelta(days=day - 7)
            yield WorkedDuty(
                day=worked_on,
                start=_at(worked_on, start),
                end=_at(worked_on, start + length),
                paid_minutes=terms.paid_minutes(length),
                template=terms.name,
            )


def _at(day: date, clock_minute: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=clock_minute)
