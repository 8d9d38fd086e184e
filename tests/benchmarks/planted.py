"""Weeks whose best cost is known, because a legal roster was drawn first and its coverage is the demand.

Every agent has the same hours in every legal week, so nobody can pay less wages than the drawn roster
does; and it has nobody missing and nobody superfluous. Its cost is therefore the least there is.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from random import Random
from typing import Final

from constraints import (
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
    WeeklyRest,
    WorkWithoutBreak,
)
from scheduler.domain import (
    Agent,
    Break,
    BreakBand,
    Contract,
    Demand,
    Duty,
    PlacedBreak,
    Problem,
    Roster,
    ShiftTemplate,
    Skill,
    TimeGrid,
)
from scheduler.domain.values.money import hourly
from scheduler.model import RuleBook
from tests.benchmarks.case import Case
from tests.benchmarks.curves import WEEKDAY_FACTORS, two_peaks

DAYS = 7
INTERVAL_MINUTES: Final = 15
REST_MINUTES, WEEKLY_REST_MINUTES = 11 * 60, 36 * 60
MAX_DAYS_IN_A_ROW = 6
GAP_MINUTES, STRETCH_MINUTES = (60, 180), 210
START_JITTER_MINUTES = 60  # a week's starts lie within this of one another's middle

SKILL_GROUPS: Sequence[tuple[tuple[str, ...], int]] = (
    (("sales",), 3),
    (("service",), 3),
    (("technical",), 1),
    (("sales", "service"), 2),
    (("service", "technical"), 1),
    (("sales", "service", "technical"), 1),
)
"""Which skills agents have together, and how often."""

FULL = ShiftTemplate(
    name="full",
    earliest_start=6 * 60,
    latest_start=15 * 60,
    min_length=510,
    max_length=510,
    breaks=(
        BreakBand(
            breaks=(
                Break(
                    name="break 1", length_minutes=15, earliest_start=90, latest_start=180, step_minutes=15
                ),
                Break(
                    name="meal",
                    length_minutes=30,
                    paid=False,
                    earliest_start=210,
                    latest_start=300,
                    step_minutes=15,
                ),
                Break(
                    name="break 2", length_minutes=15, earliest_start=330, latest_start=420, step_minutes=15
                ),
            )
        ),
    ),
)
PART = ShiftTemplate(
    name="part",
    earliest_start=7 * 60,
    latest_start=17 * 60,
    min_length=300,
    max_length=300,
    breaks=(
        BreakBand(
            breaks=(
                Break(
                    name="break 1", length_minutes=15, earliest_start=105, latest_start=180, step_minutes=15
                ),
            )
        ),
    ),
)
NIGHT = FULL.model_copy(update={"name": "night", "earliest_start": 21 * 60, "latest_start": 23 * 60})
TEMPLATE_SHARES = ((FULL, 72), (PART, 22), (NIGHT, 6))
DAYS_WORKED = 5
PAY_PER_HOUR = {"full": 2000, "part": 1900, "night": 2400}


def week(agents: int, seed: int) -> tuple[Case, Roster]:
    """A case of so many agents, and the roster that was planted in it."""
    random = Random(seed)
    team = tuple(_team(agents, random))
    grid = TimeGrid(first_day=date(2024, 6, 3), days=DAYS, interval_minutes=INTERVAL_MINUTES)
    skill_names = sorted({skill for skills, _ in SKILL_GROUPS for skill in skills})
    required = {skill: [0] * grid.intervals for skill in skill_names}
    duties: list[Duty] = []
    for agent in team:
        for duty in _drawn_week(agent, random):
            duties.append(duty)
            _cover(required[random.choice(agent.skills)], duty)
    name = f"planted-{agents}"
    problem = Problem(
        name=name,
        grid=grid,
        skills=tuple(Skill(name=skill) for skill in skill_names),
        demand=tuple(Demand(skill=skill, required=tuple(required[skill])) for skill in skill_names),
        templates=tuple(template for template, _ in TEMPLATE_SHARES),
        contracts=tuple(_contract(template) for template, _ in TEMPLATE_SHARES),
        agents=team,
    )
    wages = sum(hourly(problem.pay_of(problem.agent_named[duty.agent]), duty.paid_minutes) for duty in duties)
    return Case(name, problem, RULES, known_cost=wages), Roster(duties=tuple(duties))


def case_of(agents: int, folder: Path, seed: int) -> Case:
    """The case alone; needs no data."""
    return week(agents, seed)[0]


RULES = RuleBook(
    rules=(
        Requirement(),
        Skills(),
        Entitlement(),
        OneShiftADay(),
        DailyRest(rest_minutes=REST_MINUTES),
        WeeklyRest(rest_minutes=WEEKLY_REST_MINUTES),
        DaysPerWeek(at_most=DAYS_WORKED),
        MaxConsecutiveDays(days=MAX_DAYS_IN_A_ROW),
        PaidHours(),
        BreakWindows(),
        BreaksInOrder(),
        BreakGaps(at_least_minutes=GAP_MINUTES[0], at_most_minutes=GAP_MINUTES[1]),
        WorkWithoutBreak(at_most_minutes=STRETCH_MINUTES),
    )
)


def _contract(template: ShiftTemplate) -> Contract:
    hours = DAYS_WORKED * template.paid_minutes(template.min_length)
    return Contract(
        name=template.name,
        pay_per_hour=PAY_PER_HOUR[template.name],
        min_paid_minutes=hours,
        max_paid_minutes=hours,
        templates=(template.name,),
    )


def _team(agents: int, random: Random) -> Iterator[Agent]:
    templates = random.choices(
        [template.name for template, _ in TEMPLATE_SHARES],
        [share for _, share in TEMPLATE_SHARES],
        k=agents,
    )
    groups = random.choices(
        [skills for skills, _ in SKILL_GROUPS], [share for _, share in SKILL_GROUPS], k=agents
    )
    for number, (template, skills) in enumerate(zip(templates, groups, strict=True), start=1):
        yield Agent(name=f"agent {number:04d}", contract=template, skills=skills)


def _drawn_week(agent: Agent, random: Random) -> Iterator[Duty]:
    template = next(template for template, _ in TEMPLATE_SHARES if template.name == agent.contract)
    pattern = _drawn_days(random)
    middle = _drawn_start(template, random)
    near = [start for start in template.starts if abs(start - middle) <= START_JITTER_MINUTES]
    for day in pattern:
        start = day * 24 * 60 + random.choice(near)
        yield Duty(
            agent=agent.name,
            day=day,
            template=template.name,
            start=start,
            end=start + template.min_length,
            breaks=_drawn_breaks(template, start, random),
        )


def _drawn_days(random: Random) -> tuple[int, ...]:
    """Days of work, more of them where weekdays are busy.

    Monday and Sunday are not both free: the rest of the week would then have no 36 h in one piece inside
    this calendar week.
    """
    patterns = [days for days in combinations(range(DAYS), DAYS_WORKED) if 0 in days or 6 in days]
    weights = []
    for days in patterns:
        weight = 1.0
        for day in days:
            weight *= WEEKDAY_FACTORS[day]
        weights.append(weight)
    return random.choices(patterns, weights)[0]


def _drawn_start(template: ShiftTemplate, random: Random) -> int:
    """A start in the template's window; more often where the shift lies under the day's peaks."""
    weights = [
        sum(two_peaks(((start + minute) / 60) % 24) for minute in range(0, template.min_length, 60)) ** 2
        for start in template.starts
    ]
    return random.choices(template.starts, weights)[0]


def _drawn_breaks(template: ShiftTemplate, start: int, random: Random) -> tuple[PlacedBreak, ...]:
    """Breaks in their windows, drawn until gaps and stretches of work are legal."""
    while True:
        placed = tuple(
            PlacedBreak(
                name=pause.name,
                start=start
                + random.randrange(pause.earliest_start, pause.latest_start + 1, pause.step_minutes),
                length_minutes=pause.length_minutes,
                paid=pause.paid,
            )
            for pause in template.breaks_of(template.min_length)
        )
        gaps = [later.start - earlier.end for earlier, later in pairwise(placed)]
        stretches = (placed[0].start - start, *gaps, start + template.min_length - placed[-1].end)
        if all(GAP_MINUTES[0] <= gap <= GAP_MINUTES[1] for gap in gaps) and max(stretches) <= STRETCH_MINUTES:
            return placed


def _cover(required: list[int], duty: Duty) -> None:
    """Count one agent more in every interval worked; duties and breaks lie on the grid."""
    for since, until in duty.stretches():
        for interval in range(since // INTERVAL_MINUTES, until // INTERVAL_MINUTES):
            if interval < len(required):  # a night that runs out of the week covers nothing there
                required[interval] += 1
