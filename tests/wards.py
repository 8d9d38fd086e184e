"""Wards of a test's size: two or three agents, two to four days, shifts of one start and one length.

They are made here for every test that wants one, by hand or by a seed, and are few enough to list every
roster of. What a roster costs is counted in a shape of its own: names on boards, one board a day and shift.
It shares the rules' ``check`` with the verifier and nothing with the search.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, product
from random import Random
from typing import Any

from constraints import (
    DailyRest,
    DaysPerWeek,
    ForbiddenSuccession,
    MaxConsecutiveDays,
    MinConsecutiveDaysOff,
    OneShiftADay,
    PaidHours,
    Requirement,
    ShiftCount,
    ShiftMaximum,
    ShiftRequirement,
    ShiftWishes,
    Weekends,
)
from scheduler.domain import (
    Agent,
    Contract,
    Demand,
    Duty,
    Headcount,
    Problem,
    Roster,
    ShiftTemplate,
    ShiftWish,
    Skill,
    TimeGrid,
)
from scheduler.model import AgentRule, Rule, RuleBook, Strength
from tests.property.problems import Case

CONTRACT = "c"
"""The one contract of a ward, which entitles to every shift."""

FRIDAY = date(2026, 1, 9)
SHIFTS = {"D": (420, 480), "E": (900, 480), "N": (1320, 540)}
"""Start on the clock and minutes of each shift; a night ends at seven, when the day shift begins."""


def ward(
    first_day: date,
    days: int,
    shifts: Mapping[str, tuple[int, int]],
    *,
    headcounts: Sequence[Headcount],
    agents: Sequence[Agent],
    skills: Sequence[Skill] = (Skill(name="ward"),),
    demand: Sequence[Demand] = (),
    pay: int = 0,
) -> Problem:
    """A ward in intervals of an hour, on a clock without changes.

    Parameters
    ----------
    shifts
        Start on the clock and minutes of each shift, by its name.
    pay
        Cents per hour.
    """
    return Problem(
        grid=TimeGrid(first_day=first_day, days=days, interval_minutes=60),
        skills=tuple(skills),
        demand=tuple(demand),
        headcounts=tuple(headcounts),
        templates=tuple(
            ShiftTemplate(name=name, earliest_start=at, latest_start=at, min_length=length, max_length=length)
            for name, (at, length) in shifts.items()
        ),
        contracts=(Contract(name=CONTRACT, pay_per_hour=pay, templates=tuple(shifts)),),
        agents=tuple(agents),
    )


def headcount(
    dice: Random,
    template: str,
    skill: str | None,
    days: int,
    *,
    numbers: Sequence[int | None],
    missing: Sequence[int],
    superfluous: Sequence[int],
) -> Headcount:
    """A headcount with a number out of ``numbers`` for each day, and prices out of the others."""
    return Headcount(
        template=template,
        skill=skill,
        required=tuple(dice.choice(numbers) for _ in range(days)),
        missing_price=dice.choice(missing),
        superfluous_price=dice.choice(superfluous),
    )


def limited(wanted: Headcount, dice: Random) -> Headcount:
    """The headcount with prices that rise and with a maximum, each in every other draw."""

    def further(first: int) -> tuple[int, ...]:
        second = first + dice.choice((0, 700, 20_000))
        return dice.choice(((), (second,), (second, second + dice.choice((0, 3000)))))

    room = tuple(dice.choice((None, max(1, number or 0), 2)) for number in wanted.required)
    return wanted.model_copy(
        update={
            "further_missing_prices": further(wanted.missing_price),
            "further_superfluous_prices": further(wanted.superfluous_price),
            "maximum": dice.choice(((), room)),
        }
    )


def wishes(
    dice: Random,
    first_day: date,
    days: int,
    shifts: Collection[str],
    *,
    often: float = 0.4,
    prices: Sequence[int | None],
) -> tuple[ShiftWish, ...]:
    """Wishes of one agent, for or against a shift or any, on as many of the days as ``often`` says."""
    grid = TimeGrid(first_day=first_day, days=days)
    return tuple(
        ShiftWish(
            day=grid.date(day),
            template=dice.choice((None, *shifts)),
            wanted=dice.random() < 0.5,
            price=dice.choice(prices),
        )
        for day in range(days)
        if dice.random() < often
    )


def duties(problem: Problem, agent: str, shifts: Sequence[str | None]) -> tuple[Duty, ...]:
    """The duties of an agent who works these shifts from the first day on, ``None`` on a free one."""
    worked = []
    for day, name in enumerate(shifts):
        if name is not None:
            template = problem.template_named[name]
            start = problem.grid.instant_on_day(day, template.earliest_start)
            end = start + template.min_length
            worked.append(Duty(agent=agent, day=day, template=name, start=start, end=end))
    return tuple(worked)


def tiny_ward(seed: int) -> Case:
    """A ward of a seed: headcounts with and without a skill, wishes, rules hard and soft, a curve or none.

    In a third of them nobody may be missing who is required; then few are.
    """
    dice = Random(f"tiny ward {seed}")
    agents, days = dice.choice(((2, 3), (3, 2)))
    is_must = dice.random() < 0.35
    numbers = (None, 0, 0, 1) if is_must else (None, 0, 1, 1, 2)
    rows = [(name, skill) for name in SHIFTS for skill in (None, "lead")]
    rows = dice.sample(rows, dice.randint(1, 2 if is_must else 4))
    curve = tuple(dice.choice((0, 0, 1, 2)) for _ in range(6 * days) for _ in range(4))
    problem = ward(
        FRIDAY,
        days,
        SHIFTS,
        skills=(
            Skill(
                name="care", missing_price=dice.choice((1000, 4000)), superfluous_price=dice.choice((0, 700))
            ),
            Skill(name="lead"),
        ),
        demand=(Demand(skill="care", required=curve),) if dice.random() < 0.4 else (),
        headcounts=[
            headcount(
                dice, name, skill, days,
                numbers=numbers, missing=(0, 9000, 30_000), superfluous=(0, 1000, 20_000),
            )
            for name, skill in rows
        ],
        pay=dice.choice((0, 0, 900)),
        agents=[
            Agent(
                name=name,
                contract=CONTRACT,
                skills=("care", "lead") if name == "Ann" else dice.choice((("care",), ("care", "lead"))),
                pay_per_hour=dice.choice((None, 1100)),
                shift_wishes=wishes(dice, FRIDAY, days, SHIFTS, prices=(None, 0, 6000)),
            )
            for name in ("Ann", "Bob", "Cid")[:agents]
        ],
    )  # fmt: skip
    strength = Strength.MUST if is_must else Strength.PREFER
    rules = (ShiftRequirement(strength=strength), *_rules(problem, dice))
    limits = Random(f"limits of a tiny ward {seed}")
    headcounts = tuple(limited(wanted, limits) for wanted in problem.headcounts)
    agents = problem.agents
    if not problem.demand and limits.random() < 0.5:  # who has no skill counts where none is asked for
        agents = (*agents[:-1], agents[-1].model_copy(update={"skills": ()}))
    price = limits.choice((None, 300, 25_000))
    room = ShiftMaximum() if price is None else ShiftMaximum(strength=Strength.PREFER, price=price)
    return problem.model_copy(update={"headcounts": headcounts, "agents": agents}), RuleBook(
        rules=(*rules, room)
    )


def _rules(problem: Problem, dice: Random) -> Iterator[Rule]:
    def hardness() -> dict[str, Any]:
        return dice.choice(({}, {"strength": Strength.PREFER, "price": dice.choice((500, 4000))}))

    yield OneShiftADay()
    yield ShiftWishes(price=2500)
    if problem.demand:
        yield Requirement()
    some = (
        ForbiddenSuccession(first=("N",), then=("D", "E"), **hardness()),
        ForbiddenSuccession(label="late then early", first=("E",), then=("D",), **hardness()),
        ForbiddenSuccession(
            label="again two days later", first=("D", "N"), then=("D", "N"), days_between=2, **hardness()
        ),
        DaysPerWeek(at_least=dice.choice((None, 1)), at_most=2, **hardness()),
        MaxConsecutiveDays(days=dice.randint(1, 2), **hardness()),
        MinConsecutiveDaysOff(days=2, **hardness()),
        DailyRest(rest_minutes=dice.choice((480, 660)), **hardness()),
        ShiftCount(templates=(dice.choice("DEN"),), at_most=1, **hardness()),
        PaidHours(per="horizon", at_least_minutes=480, at_most_minutes=1020, **hardness()),
        Weekends(at_most=0, **hardness()),
    )
    yield from dice.sample(some, dice.randint(2, 4))


@dataclass(frozen=True)
class Week:
    """What one agent works.

    Parameters
    ----------
    shifts
        The name of the shift on each day, ``None`` on a free one.
    hours
        At work, counted from the first midnight.
    own_cost
        Wages, wishes and preferences, in sixtieths of a cent.
    """

    shifts: tuple[str | None, ...]
    duties: tuple[Duty, ...]
    hours: frozenset[int]
    own_cost: int


def every_week(problem: Problem, rules: RuleBook, agent: Agent) -> list[Week]:
    """All weeks of an agent that no rule on agents forbids."""
    of_agents = [rule for rule in rules.active() if isinstance(rule, AgentRule)]
    weeks = []
    for shifts in product((None, *problem.template_named), repeat=problem.grid.days):
        worked = duties(problem, agent.name, shifts)
        if any(one.end > other.start for one, other in pairwise(worked)):
            continue
        found = [one for rule in of_agents for one in rule.check(problem, Roster(duties=worked))]
        mine = [one for one in found if one.agent == agent.name]
        if not any(one.must for one in mine):
            wages = problem.pay_of(agent) * sum(duty.end - duty.start for duty in worked)
            hours = {hour for duty in worked for hour in range(duty.start // 60, duty.end // 60)}
            weeks.append(Week(shifts, worked, frozenset(hours), wages + sum(one.cost for one in mine)))
    return weeks


def cost_of_team(problem: Problem, rules: RuleBook, weeks: tuple[Week, ...]) -> int | None:
    """What it costs if the agents work these weeks; ``None`` if somebody is missing who must not be."""
    on_board: dict[tuple[int, str | None], list[Agent]] = {}
    for agent, week in zip(problem.agents, weeks, strict=True):
        for day, name in enumerate(week.shifts):
            on_board.setdefault((day, name), []).append(agent)
    total = sum(week.own_cost for week in weeks)
    for wanted in problem.headcounts:
        for day in range(problem.grid.days):
            there = on_board.get((day, wanted.template), [])
            cost = cost_of_people(
                rules, wanted, day, sum(wanted.skill in (None, *one.skills) for one in there)
            )
            if cost is None:
                return None
            total += cost
    return total + sum(_cost_of_curve(problem, weeks))


def cost_of_people(rules: RuleBook, wanted: Headcount, day: int, people: int) -> int | None:
    """What so many on a shift cost, one after another; ``None`` if a must is broken."""
    room, cost = rules.named["shift_maximum"], 0
    most, required = wanted.maximum[day] if wanted.maximum else None, wanted.required[day]
    if most is not None and people > most:
        if room.is_must:
            return None
        cost += 60 * (people - most) * (room.price or 0)
    if required is None:
        return cost
    if people < required and rules.named["shift_requirement"].is_must:
        return None
    first, further = (
        (wanted.missing_price, wanted.further_missing_prices)
        if people < required
        else (wanted.superfluous_price, wanted.further_superfluous_prices)
    )
    prices = [first, *further]
    return cost + 60 * sum(prices[min(one, len(prices) - 1)] for one in range(abs(people - required)))


def _cost_of_curve(problem: Problem, weeks: tuple[Week, ...]) -> Iterator[int]:
    """Care by the hour: who leads as well is put to care only where that is the cheaper of the two."""
    skill = problem.skill_named["care"]
    required = problem.demand[0].required if problem.demand else ()
    team = list(zip(problem.agents, weeks, strict=True))
    for hour, wanted in enumerate(required):
        at_work = [agent for agent, week in team if hour in week.hours]
        leads = sum("lead" in agent.skills for agent in at_work)
        costs = []
        for caring in range(len(at_work) - leads, len(at_work) + 1):
            price = skill.missing_price if caring < wanted else skill.superfluous_price
            costs.append(60 * price * abs(caring - wanted))
        yield min(costs)


def every_roster(problem: Problem, rules: RuleBook) -> Iterator[tuple[Roster, int]]:
    """All legal rosters with what each of them costs."""
    for weeks in product(*(every_week(problem, rules, agent) for agent in problem.agents)):
        cost = cost_of_team(problem, rules, weeks)
        if cost is not None:
            yield Roster(duties=tuple(duty for week in weeks for duty in week.duties)), cost
