"""Contact centres of any size and character, drawn from a seed.

A name says what is meant: ``generated-300`` takes every default, and further words after the number
change them in any order, as in ``generated-1000-alike-slack-strict-5skills-4weeks``. With ``wishes`` it is
the same contact centre, whose agents have wishes besides, at a price for each that is not met.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
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
    PreferredDaysOff,
    PreferredStarts,
    Requirement,
    Skills,
    StartConsistency,
    TimeOffKept,
    Weekends,
    WeeklyRest,
    WorkWithoutBreak,
)
from scheduler.domain import Agent, Demand, Problem, Skill, TimeGrid
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.model import Rule, RuleBook, Strength
from tests.benchmarks.case import Case
from tests.benchmarks.curves import scaled_to, week_curve
from tests.benchmarks.generated_team import (
    ALIKE_TERMS,
    CLOSES,
    DIFFERENT_TERMS,
    FIRST_DAY,
    OPENS,
    SKILL_NAMES,
    Terms,
    contract_of,
    drawn_team,
    queue_hours,
    template_of,
    with_wishes,
)

INTERVAL_MINUTES: Final = 15
FILL = {"tight": 1.02, "slack": 0.85}
"""Required agent-hours as a share of the hours that the agents can be on the queue."""
MAX_SKILLS, MAX_WEEKS = len(SKILL_NAMES), 52


@dataclass(frozen=True)
class Character:
    """What kind of contact centre is drawn.

    Parameters
    ----------
    alike
        Whether agents differ in nothing but contract and skills; else every one has their own openings,
        pay and last week, some time off, and there are more contracts.
    tight
        Whether there is a little more work than agents, or clearly less.
    strict
        Whether break windows and gaps leave little room.
    wishes
        Whether agents like some starts and days off, and even starts and whole weekends are asked for.
    """

    agents: int
    alike: bool = False
    tight: bool = True
    strict: bool = False
    skills: int = 3
    weeks: int = 1
    wishes: bool = False


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
        counted = re.fullmatch(r"([1-9][0-9]?)(skills?|weeks?)", word)
        if word in ("alike", "different"):
            character = replace(character, alike=word == "alike")
        elif word in ("tight", "slack"):
            character = replace(character, tight=word == "tight")
        elif word in ("strict", "loose"):
            character = replace(character, strict=word == "strict")
        elif word == "wishes":
            character = replace(character, wishes=True)
        elif counted and counted[2].startswith("skill") and int(counted[1]) <= MAX_SKILLS:
            character = replace(character, skills=int(counted[1]))
        elif counted and counted[2].startswith("week") and int(counted[1]) <= MAX_WEEKS:
            character = replace(character, weeks=int(counted[1]))
        else:
            raise ValueError(
                f'"{word}" in "{name}" is not known; there are alike, different, tight, slack, strict, '
                f"loose, wishes, 1skills to {MAX_SKILLS}skills and 1weeks to {MAX_WEEKS}weeks"
            )
    return character


def case_of(name: str, folder: Path, seed: int) -> Case:
    """The case of that name; needs no data."""
    character = character_of(name)
    random = Random(f"{name.replace('-wishes', '')} {seed}")
    grid = TimeGrid(
        first_day=FIRST_DAY,
        days=7 * character.weeks,
        interval_minutes=INTERVAL_MINUTES,
        time_zone="Europe/Berlin",
    )
    skills = SKILL_NAMES[: character.skills]
    team = tuple(drawn_team(character.agents, skills, character.weeks, character.alike, random))
    agents = [agent for agent, _ in team]
    if character.wishes:
        wishes = Random(f"wishes of {name} {seed}")
        agents = [with_wishes(agent, character.weeks, wishes) for agent in agents]
    agreed = ALIKE_TERMS if character.alike else DIFFERENT_TERMS
    problem = Problem(
        name=name,
        grid=grid,
        skills=tuple(Skill(name=skill) for skill in skills),
        demand=_demand(character, grid, team, random),
        templates=tuple(template_of(terms, character.strict) for terms in agreed),
        contracts=tuple(contract_of(terms) for terms in agreed),
        agents=tuple(agents),
    )
    return Case(name, problem, _rules(character))


def _demand(
    character: Character, grid: TimeGrid, team: Sequence[tuple[Agent, Terms]], random: Random
) -> tuple[Demand, ...]:
    """Demand in the shape of each skill's own noisy curve, as large as what its agents can give."""
    supply = dict.fromkeys(SKILL_NAMES[: character.skills], 0.0)
    for agent, terms in team:
        for skill in agent.skills:
            supply[skill] += queue_hours(agent, terms, character.weeks) / len(agent.skills)
    fill = FILL["tight" if character.tight else "slack"]
    return tuple(
        Demand(
            skill=skill,
            required=_by_the_clock(
                grid,
                scaled_to(
                    week_curve(grid.days, INTERVAL_MINUTES, OPENS, CLOSES, 0.08, random),
                    fill * hours * 60 / INTERVAL_MINUTES,
                ),
            ),
        )
        for skill, hours in supply.items()
    )


def _by_the_clock(grid: TimeGrid, numbers: Sequence[int]) -> tuple[int, ...]:
    """Numbers of days of 24 h on the days that there are; the clock changes at night, when they are 0."""
    a_day = MINUTES_PER_DAY // INTERVAL_MINUTES
    starts = (interval * INTERVAL_MINUTES for interval in range(grid.intervals))
    return tuple(
        numbers[grid.day_of(start) * a_day + grid.clock_minute(start) // INTERVAL_MINUTES] for start in starts
    )


_WISHES: tuple[Rule, ...] = (
    PreferredStarts(price=300),
    PreferredDaysOff(price=1500),
    StartConsistency(within_minutes=60, strength=Strength.PREFER, price=200),
    Weekends(whole=True, strength=Strength.PREFER, price=500),
    MaxConsecutiveDays(days=4, label="long runs of days", strength=Strength.PREFER, price=500),
)


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
            *(_WISHES if character.wishes else ()),
        )
    )
