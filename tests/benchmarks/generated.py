"""Contact centres of any size and character, drawn from a seed.

A name says what is meant: ``generated-300`` takes every default, and further words after the number
change them in any order, as in ``generated-1000-alike-slack-strict-5skills-4weeks``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Final

from constraints import (
    Availability,
    BreakGaps,
    BreaksInOrder,
    BreakWindows,
    DailyRest,
    DaysPerWeek,
    Entitlement,
    MaxConsecutiveDays,
    OneShiftADay,
    PaidHours,
    Requirement,
    Skills,
    TimeOffKept,
    WeeklyRest,
    WorkWithoutBreak,
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
    Window,
    WorkedDuty,
)
from scheduler.model import RuleBook
from tests.benchmarks.case import Case
from tests.benchmarks.curves import scaled_to, week_curve

FIRST_DAY = date(2025, 2, 3)  # a Monday; the clock does not change within four weeks
INTERVAL_MINUTES: Final = 15
OPENS, CLOSES = 7 * 60, 23 * 60
SKILL_NAMES = ("service", "sales", "technical", "billing", "retention")
SKILL_SHARES = (40, 25, 15, 12, 8)
SECOND_SKILL_SHARE, THIRD_SKILL_SHARE = 0.35, 0.10
PART_TIME_SHARE = 0.35
FILL = {"tight": 1.02, "slack": 0.85}
"""Required agent-hours as a share of the hours that the agents can be on the queue."""
MAX_SKILLS, MAX_WEEKS = len(SKILL_NAMES), 4


@dataclass(frozen=True)
class Character:
    """What kind of contact centre is drawn.

    Parameters
    ----------
    alike
        Whether agents differ in nothing but contract and skills; else some have availability of their
        own, time off, and every one their own last week.
    tight
        Whether there is a little more work than agents, or clearly less.
    strict
        Whether break windows and gaps leave little room.
    """

    agents: int
    alike: bool = False
    tight: bool = True
    strict: bool = False
    skills: int = 3
    weeks: int = 1


def character_of(name: str) -> Character:
    """Read a benchmark's name.

    Raises
    ------
    ValueError
        If a word of it is not known.
    """
    size, *words = name.removeprefix("generated-").split("-")
    if not size.isdecimal() or int(size) == 0:
        raise ValueError(f'"{name}" does not say how many agents; write generated-200, for example')
    character = Character(agents=int(size))
    for word in words:
        counted = re.fullmatch(r"([1-9])(skills?|weeks?)", word)
        if word in ("alike", "different"):
            character = replace(character, alike=word == "alike")
        elif word in ("tight", "slack"):
            character = replace(character, tight=word == "tight")
        elif word in ("strict", "loose"):
            character = replace(character, strict=word == "strict")
        elif counted and counted[2].startswith("skill") and int(counted[1]) <= MAX_SKILLS:
            character = replace(character, skills=int(counted[1]))
        elif counted and counted[2].startswith("week") and int(counted[1]) <= MAX_WEEKS:
            character = replace(character, weeks=int(counted[1]))
        else:
            raise ValueError(
                f'"{word}" in "{name}" is not known; there are alike, different, tight, slack, strict, '
                f"loose, 1skills to {MAX_SKILLS}skills and 1weeks to {MAX_WEEKS}weeks"
            )
    return character


def case_of(name: str, folder: Path, seed: int) -> Case:
    """The case of that name; needs no data."""
    character = character_of(name)
    random = Random(f"{name} {seed}")
    grid = TimeGrid(
        first_day=FIRST_DAY,
        days=7 * character.weeks,
        interval_minutes=INTERVAL_MINUTES,
        time_zone="Europe/Berlin",
    )
    templates = _templates(character.strict)
    contracts = _contracts(templates)
    agents = tuple(_agents(character, random))
    problem = Problem(
        name=name,
        grid=grid,
        skills=tuple(Skill(name=skill) for skill in SKILL_NAMES[: character.skills]),
        demand=_demand(character, grid, agents, contracts, random),
        templates=templates,
        contracts=contracts,
        agents=agents,
    )
    return Case(name, problem, _rules(character))


def _templates(strict: bool) -> tuple[ShiftTemplate, ...]:
    room, step = (30, 15) if strict else (90, 5)
    full_breaks = (
        Break(
            name="break 1",
            length_minutes=15,
            earliest_start=120 - room // 2,
            latest_start=120 + room // 2,
            step_minutes=step,
        ),
        Break(
            name="meal",
            length_minutes=30,
            paid=False,
            earliest_start=240 - room // 2,
            latest_start=240 + room // 2,
            step_minutes=step,
        ),
        Break(
            name="break 2",
            length_minutes=15,
            measured_from="end",
            earliest_start=120 + room // 2,
            latest_start=120 - room // 2,
            step_minutes=step,
        ),
    )
    part_breaks = (full_breaks[0],)
    return (
        ShiftTemplate(
            name="full",
            earliest_start=OPENS,
            latest_start=CLOSES - 510,
            min_length=510,
            max_length=510,
            breaks=(BreakBand(breaks=full_breaks),),
        ),
        ShiftTemplate(
            name="part",
            earliest_start=OPENS,
            latest_start=CLOSES - 300,
            min_length=240,
            max_length=300,
            length_step=30,
            breaks=(BreakBand(breaks=part_breaks),),
        ),
    )


def _contracts(templates: Sequence[ShiftTemplate]) -> tuple[Contract, ...]:
    full, part = (template.name for template in templates)
    return (
        Contract(
            name="full", pay_per_hour=2000, min_paid_minutes=2400, max_paid_minutes=2400, templates=(full,)
        ),
        Contract(
            name="part", pay_per_hour=1850, min_paid_minutes=1200, max_paid_minutes=1500, templates=(part,)
        ),
    )


def _agents(character: Character, random: Random) -> Iterator[Agent]:
    names = SKILL_NAMES[: character.skills]
    for number in range(1, character.agents + 1):
        skills = [random.choices(names, SKILL_SHARES[: len(names)])[0]]
        for share in (SECOND_SKILL_SHARE, THIRD_SKILL_SHARE):
            others = [name for name in names if name not in skills]
            if others and random.random() < share:
                skills.append(random.choice(others))
        contract = "part" if random.random() < PART_TIME_SHARE else "full"
        agent = Agent(name=f"agent {number:04d}", contract=contract, skills=tuple(skills))
        yield agent if character.alike else _with_a_life_of_their_own(agent, character.weeks, random)


def _with_a_life_of_their_own(agent: Agent, weeks: int, random: Random) -> Agent:
    """The agent with last week's duties and, for some, availability and time off that can be planned with."""
    return agent.model_copy(
        update={
            "pay_per_hour": (2000 if agent.contract == "full" else 1850) + 10 * random.randrange(-8, 25),
            "history": tuple(_last_week(agent, random)),
            **(_restriction(agent, weeks, random) if random.random() < 0.35 else {}),
        }
    )


def _restriction(agent: Agent, weeks: int, random: Random) -> dict[str, object]:
    """One of: a day off with pay, a day of the week that is barred, or only half of the day open.

    No more than one, so that five days of work a week are always left.
    """
    dates = [FIRST_DAY + timedelta(days=day) for day in range(7 * weeks)]
    kind = random.choice(("time off", "barred day", "half days"))
    if kind == "time off":
        day = random.choice(dates)
        paid = 480 if agent.contract == "full" else 240
        return {"time_off": (TimeOff(start=_at(day, 0), end=_at(day, 24 * 60), paid_minutes=paid),)}
    if kind == "barred day":
        weekday = random.randrange(7)
        return {
            "unavailable": tuple(
                Window(start=_at(day, 0), end=_at(day, 24 * 60)) for day in dates if day.weekday() == weekday
            )
        }
    first, last = random.choice(((OPENS, 17 * 60), (13 * 60, CLOSES)))
    return {"available": tuple(Window(start=_at(day, first), end=_at(day, last)) for day in dates)}


def _last_week(agent: Agent, random: Random) -> Iterator[WorkedDuty]:
    """Five days of the week before, around one start, so that no rule was broken then."""
    length, paid = (510, 480) if agent.contract == "full" else (270, 270)
    start = random.randrange(OPENS, CLOSES - length + 1, 15)
    free = random.choice(((0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (5, 6), (5, 6)))
    for day in range(7):
        if day not in free:
            worked_on = FIRST_DAY + timedelta(days=day - 7)
            yield WorkedDuty(
                day=worked_on,
                start=_at(worked_on, start),
                end=_at(worked_on, start + length),
                paid_minutes=paid,
                template=agent.contract,
            )


def _demand(
    character: Character,
    grid: TimeGrid,
    agents: Sequence[Agent],
    contracts: Sequence[Contract],
    random: Random,
) -> tuple[Demand, ...]:
    """Demand in the shape of each skill's own noisy curve, as large as what its agents can give."""
    hours_of = {contract.name: _queue_hours(contract) for contract in contracts}
    supply = dict.fromkeys(SKILL_NAMES[: character.skills], 0.0)
    for agent in agents:
        for skill in agent.skills:
            supply[skill] += hours_of[agent.contract] * character.weeks / len(agent.skills)
    fill = FILL["tight" if character.tight else "slack"]
    return tuple(
        Demand(
            skill=skill,
            required=scaled_to(
                week_curve(grid.days, INTERVAL_MINUTES, OPENS, CLOSES, 0.08, random),
                fill * hours * 60 / INTERVAL_MINUTES,
            ),
        )
        for skill, hours in supply.items()
    )


def _queue_hours(contract: Contract) -> float:
    """Weekly hours without the paid breaks of five days, in the middle of what the contract allows."""
    paid = ((contract.min_paid_minutes or 0) + (contract.max_paid_minutes or 0)) / 2
    return (paid - 5 * (30 if contract.name == "full" else 15)) / 60


def _rules(character: Character) -> RuleBook:
    gaps = (90, 150) if character.strict else (60, 210)
    return RuleBook(
        rules=(
            Requirement(),
            Skills(),
            Entitlement(),
            Availability(),
            TimeOffKept(),
            OneShiftADay(),
            DailyRest(rest_minutes=11 * 60),
            WeeklyRest(rest_minutes=36 * 60),
            DaysPerWeek(at_most=5),
            PaidHours(),
            MaxConsecutiveDays(days=6),
            BreakWindows(),
            BreaksInOrder(),
            BreakGaps(at_least_minutes=gaps[0], at_most_minutes=gaps[1]),
            WorkWithoutBreak(at_most_minutes=240),
        )
    )


def _at(day: date, clock_minute: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=clock_minute)
