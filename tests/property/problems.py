"""Small random problems with their rules, for promises that must hold whatever is planned.

``small_cases()`` is the hypothesis strategy, ``small_case(seed)`` and ``ward_case(seed)`` the generators
behind it. Cases are small enough for a slow second opinion: 2 to 8 agents, 2 to 7 days, 1 to 3 skills and
templates. Most have a legal roster, because what a rule bounds from below is drawn low; some have none.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from hypothesis import strategies

from constraints import CATALOGUE, ShiftMaximum, ShiftRequirement, ShiftWishes
from scheduler.domain import (
    Agent,
    Break,
    BreakBand,
    Contract,
    Demand,
    Headcount,
    Pin,
    Problem,
    ShiftTemplate,
    ShiftWish,
    Skill,
    TimeGrid,
    TimeOff,
    Window,
    WorkedDuty,
)
from scheduler.model import Rule, RuleBook, Scope, Strength
from tests.rules.variants import own_fields

Case = tuple[Problem, RuleBook]

PLACES_AND_TIMES: Sequence[tuple[str, date]] = (
    ("UTC", date(2025, 5, 5)),
    ("UTC+3", date(2025, 5, 7)),
    ("Asia/Kolkata", date(2025, 5, 5)),  # half an hour off the others
    ("Europe/Berlin", date(2025, 3, 28)),  # 23 hours on Sunday the 30th
    ("Europe/Berlin", date(2025, 10, 24)),  # 25 hours on Sunday the 26th
    ("America/New_York", date(2025, 3, 7)),  # 23 hours on Sunday the 9th
)
OTHER_ZONES = ("UTC", "UTC+4", "UTC-5", "Europe/Lisbon")
SKILL_NAMES = ("red", "green", "blue")


def small_cases() -> strategies.SearchStrategy[Case]:
    """A random small problem with its rules; smaller seeds are not simpler, so it does not shrink."""
    seeds = strategies.integers(min_value=0, max_value=2**32 - 1)
    return strategies.one_of(seeds.map(small_case), seeds.map(ward_case))


def small_case(seed: int, *, seldom: bool = True) -> Case:
    """The problem and rules of a seed, with demand by the interval alone; the same on every machine.

    Parameters
    ----------
    seldom
        With rules that are seldom there as well. Without them a seed has the rules that it had before they
        were in the catalogue, for tests of particular seeds.
    """
    random = Random(seed)
    problem = small_problem(random)
    rules = random_rules(problem, random)
    if not seldom:
        rules = RuleBook(rules=tuple(rule for rule in rules.rules if rule.kind not in SELDOM))
    return problem, rules


def ward_case(seed: int, *, seldom: bool = True) -> Case:
    """The same, but people are asked for by shift and day as well, or only, and have wishes."""
    problem, rules = small_case(seed, seldom=seldom)
    random = Random(f"ward {seed}")
    return asked_by_shift(problem, random), by_shift(rules, random)


def small_problem(random: Random) -> Problem:
    """Facts only."""
    zone, first_day = random.choice(PLACES_AND_TIMES)
    grid = TimeGrid(
        first_day=first_day,
        days=random.randint(2, 7),
        interval_minutes=random.choice((30, 60)),
        time_zone=zone,
    )
    templates = tuple(_templates(random))
    contracts = tuple(_contracts(templates, random))
    skills = SKILL_NAMES[: random.randint(1, 3)]
    agents = tuple(_agents(grid, contracts, templates, skills, random))
    return Problem(
        name="small",
        grid=grid,
        week_starts_on=random.choice((0, 0, 0, 6)),
        skills=tuple(
            Skill(
                name=skill,
                missing_price=random.choice((3000, 6000)),
                superfluous_price=random.choice((0, 500)),
            )
            for skill in skills
        ),
        demand=tuple(_demand(skill, grid, len(agents), random) for skill in skills),
        templates=templates,
        contracts=contracts,
        agents=agents,
    )


def asked_by_shift(problem: Problem, random: Random) -> Problem:
    """The same with headcounts and wishes, and sometimes without any demand by the interval."""
    wanted = [
        (template.name, skill)
        for template in problem.templates
        for skill in (None, problem.skills[0].name)
        if random.random() < 0.6
    ] or [(problem.templates[0].name, None)]
    headcounts = tuple(
        Headcount(
            template=template,
            skill=skill,
            required=tuple(random.choice((None, 0, 1, 1, 2)) for _ in range(problem.grid.days)),
            missing_price=random.choice((5000, 20_000)),
            superfluous_price=random.choice((0, 1000, 30_000)),
        )
        for template, skill in wanted
    )
    headcounts = tuple(limited(one, Random(f"{one.row} {one.required}")) for one in headcounts)
    agents = tuple(
        agent.model_copy(update={"shift_wishes": tuple(_wishes(problem, random))}) for agent in problem.agents
    )
    demand = () if random.random() < 0.3 else problem.demand
    return problem.model_copy(update={"headcounts": headcounts, "agents": agents, "demand": demand})


def limited(wanted: Headcount, random: Random) -> Headcount:
    """The headcount with prices that rise and with a maximum on some days, each in every other draw."""

    def further(first: int) -> tuple[int, ...]:
        steps = [random.choice((0, 300, 2000, 15_000)) for _ in range(random.choice((0, 1, 2)))]
        return tuple(first + sum(steps[: at + 1]) for at in range(len(steps)))

    room = [None if number is None else number + random.choice((0, 0, 1)) for number in wanted.required]
    return wanted.model_copy(
        update={
            "further_missing_prices": further(wanted.missing_price),
            "further_superfluous_prices": further(wanted.superfluous_price),
            "maximum": tuple(random.choice((None, one, 1)) if one is None else one for one in room)
            if random.random() < 0.5
            else (),
        }
    )


def _wishes(problem: Problem, random: Random) -> Iterator[ShiftWish]:
    for day in random.sample(range(problem.grid.days), random.choice((0, 0, 1, 2))):
        yield ShiftWish(
            day=problem.grid.date(day),
            template=random.choice((None, random.choice(problem.templates).name)),
            wanted=random.random() < 0.5,
            price=random.choice((None, 0, 2500)),
        )


# Shifts and breaks

START_AND_LENGTH = {  # earliest start, shortest and longest shift
    "day": (7 * 60, 300, 480),
    "late": (13 * 60, 240, 420),
    "night": (21 * 60, 360, 480),
}


def _templates(random: Random) -> Iterator[ShiftTemplate]:
    for name in random.sample(sorted(START_AND_LENGTH), random.randint(1, 3)):
        earliest, shortest, longest = START_AND_LENGTH[name]
        earliest += random.choice((0, 30, 60))
        latest = earliest + random.choice((0, 60, 120))
        min_length = random.choice((shortest, shortest + 60))
        max_length = random.choice((min_length, longest)) if min_length < longest else min_length
        yield ShiftTemplate(
            name=name,
            weekdays=random.choice(((0, 1, 2, 3, 4, 5, 6), (0, 1, 2, 3, 4, 5, 6), (0, 1, 2, 3, 4, 6))),
            earliest_start=earliest,
            latest_start=latest,
            start_step=random.choice((30, 60)),
            min_length=min_length,
            max_length=max_length,
            length_step=random.choice((30, 60)),
            breaks=_break_bands(
                earliest, earliest == latest and name != "night", min_length, max_length, random
            ),
        )


def _break_bands(
    start: int, start_is_fixed: bool, min_length: int, max_length: int, random: Random
) -> tuple[BreakBand, ...]:
    """Breaks that fit the shortest shift of their band, whichever way they are measured."""
    length = random.choice((10, 15, 30))
    rest = Break(
        name="rest",
        length_minutes=length,
        earliest_start=60,
        latest_start=random.choice((60, 90, 120)),
        step_minutes=random.choice((10, 15, 30)),
    )
    meal = Break(
        name="meal", length_minutes=30, paid=False, earliest_start=150, latest_start=180, step_minutes=30
    )
    before_the_end = Break(
        name="second rest",
        length_minutes=15,
        measured_from="end",
        earliest_start=90,
        latest_start=45,
        step_minutes=15,
    )
    by_the_clock = Break(
        name="tea",
        length_minutes=15,
        measured_from="clock",
        earliest_start=start + 90,
        latest_start=start + 150,
        step_minutes=15,
    )
    choices: list[tuple[BreakBand, ...]] = [
        (),
        (BreakBand(breaks=(rest,)),),
        (BreakBand(breaks=(rest, meal)),),
        (BreakBand(breaks=(before_the_end,)),),
    ]
    if min_length >= 360:
        choices.append((BreakBand(breaks=(rest, meal, before_the_end)),))
    if min_length < max_length:
        choices.append(
            (
                BreakBand(max_shift_minutes=min_length, breaks=(rest,)),
                BreakBand(min_shift_minutes=min_length + 1, breaks=(rest, meal)),
            )
        )
    if start_is_fixed:
        choices.append((BreakBand(breaks=(by_the_clock,)),))
    return random.choice(choices)


# Agents


def _contracts(templates: Sequence[ShiftTemplate], random: Random) -> Iterator[Contract]:
    for number in range(random.randint(1, 2)):
        entitled = random.sample(templates, random.randint(1, len(templates)))
        shortest = min(template.paid_minutes(template.min_length) for template in entitled)
        longest = max(template.paid_minutes(template.max_length) for template in entitled)
        yield Contract(
            name=f"contract {number + 1}",
            pay_per_hour=random.choice((0, 1500, 2000, 2345)),
            min_paid_minutes=random.choice((None, None, shortest)),
            max_paid_minutes=random.choice((None, 3 * longest, 5 * longest)),
            templates=tuple(template.name for template in entitled),
        )


def _agents(
    grid: TimeGrid,
    contracts: Sequence[Contract],
    templates: Sequence[ShiftTemplate],
    skills: Sequence[str],
    random: Random,
) -> Iterator[Agent]:
    dates = [grid.date(day) for day in range(grid.days)]
    for number in range(random.randint(2, 8)):
        contract = random.choice(contracts)
        entitled = [template for template in templates if template.name in contract.templates]
        circumstance = random.choice(
            (None, None, "available", "unavailable", "time off", "pin", "pinned off")
        )
        yield Agent(
            name=f"agent {number + 1}",
            contract=contract.name,
            skills=tuple(random.sample(skills, random.randint(1, len(skills)))),
            team=random.choice((None, "north", "south")),
            pay_per_hour=random.choice((None, None, 1800)),
            time_zone=random.choice((None, None, None, random.choice(OTHER_ZONES))),
            history=tuple(_history(grid, random.choice(entitled), random)) if random.random() < 0.5 else (),
            preferred_starts=random.choice(((), ((7 * 60, 9 * 60),), ((6 * 60, 8 * 60), (14 * 60, 22 * 60)))),
            preferred_days_off=tuple(random.sample(dates, random.choice((0, 0, 1)))),
            **_circumstance(circumstance, random.choice(dates), random.choice(entitled), random),
        )


def _circumstance(kind: str | None, day: date, template: ShiftTemplate, random: Random) -> dict[str, Any]:
    """The one thing that sets an agent apart, so that no two of them can clash."""
    if kind == "available":
        first = random.choice((0, 6 * 60, 12 * 60))
        return {"available": (Window(start=_at(day, first), end=_at(day, first + 16 * 60)),)}
    if kind == "unavailable":
        first = random.choice((0, 8 * 60, 20 * 60))
        return {"unavailable": (Window(start=_at(day, first), end=_at(day, first + 6 * 60)),)}
    if kind == "time off":
        paid = random.choice((0, 240, 450))
        return {"time_off": (TimeOff(start=_at(day, 0), end=_at(day, 24 * 60), paid_minutes=paid),)}
    if kind == "pinned off":
        return {"pins": (Pin(day=day, off=True),)}
    if kind == "pin" and day.weekday() in template.weekdays:
        start = random.choice((None, random.choice(template.starts)))
        length = random.choice((None, random.choice(template.lengths)))
        return {"pins": (Pin(day=day, template=template.name, start=start, length_minutes=length),)}
    return {}


def _history(grid: TimeGrid, template: ShiftTemplate, random: Random) -> Iterator[WorkedDuty]:
    """Up to four days of the week before, always the same shift; a night may reach into the horizon."""
    start, length = random.choice(template.starts), random.choice(template.lengths)
    for day in sorted(random.sample(range(-7, 0), random.randint(1, 4))):
        on = grid.date(day)
        yield WorkedDuty(
            day=on,
            start=_at(on, start),
            end=_at(on, start + length),
            paid_minutes=template.paid_minutes(length),
            template=random.choice((template.name, template.name, None)),
        )


# Demand


def _demand(skill: str, grid: TimeGrid, agents: int, random: Random) -> Demand:
    """A block or two a day; in few cases a floor of one agent at a busy time, or seats."""
    required = [0] * grid.intervals
    for day in range(grid.days):
        begin, end = grid.day_start(day), grid.day_start(day + 1)
        for _ in range(random.randint(1, 2)):
            first = random.randrange(begin, end, grid.interval_minutes) // grid.interval_minutes
            last = min(first + random.randint(2, 12), grid.intervals)
            level = random.randint(1, max(1, agents // 2))
            for interval in range(first, last):
                required[interval] = max(required[interval], level)
    minimum: tuple[int, ...] = ()
    maximum: tuple[int | None, ...] = ()
    if random.random() < 0.2:
        floored = random.randrange(grid.intervals)
        minimum = tuple(int(interval == floored) for interval in range(grid.intervals))
    if random.random() < 0.2:
        maximum = tuple(random.choice((None, agents // 2 + 1, agents)) for _ in range(grid.intervals))
    return Demand(skill=skill, required=tuple(required), minimum=minimum, maximum=maximum)


# Rules

Fields = Callable[[Problem, Random], dict[str, Any]]


def _one_of(field: str, *values: object) -> Fields:
    return lambda problem, random: {field: random.choice(values)}


def _two_templates(problem: Problem, random: Random) -> dict[str, Any]:
    names = [template.name for template in problem.templates]
    return {"first": (random.choice(names),), "then": (random.choice(names),)}


FIELDS: Mapping[str, Fields] = {
    "seats": _one_of("at_most", None, len(SKILL_NAMES), 6),
    "daily_rest": lambda problem, random: {
        "rest_minutes": random.choice((480, 660, 720)),
        "between": random.choice(("end_to_start", "end_to_start", "start_to_start")),
    },
    "weekly_rest": lambda problem, random: {
        "rest_minutes": random.choice((1440, 1800, 2160)),
        "per": random.choice(("week", "rolling")),
    },
    "days_per_week": lambda problem, random: {
        "at_least": random.choice((None, None, 1)),
        "at_most": random.randint(2, 6),
    },
    "paid_hours": lambda problem, random: (
        {
            "per": "horizon",
            "at_most_minutes": random.choice((960, 1440, 2400)),
        }
        if random.random() < 0.5
        else {}
    ),
    "max_consecutive_days": _one_of("days", 2, 3, 5),
    "min_consecutive_days": _one_of("days", 2, 2, 3),
    "max_consecutive_days_off": _one_of("days", 3, 4, 6),
    "min_consecutive_days_off": _one_of("days", 2, 2, 3),
    "forbidden_succession": _two_templates,
    "shift_count": lambda problem, random: {
        "templates": (random.choice(problem.templates).name,),
        "at_most": random.randint(1, 4),
        "per": random.choice(("week", "horizon")),
    },
    "unwanted_pattern": lambda problem, random: {
        "days": random.choice(
            (
                ("work", "free", "work"),
                ("free", "work", "free"),
                ("work Fri", "free", "work"),
                ("not " + problem.templates[0].name, problem.templates[0].name),
                (problem.templates[0].name, "any", "free", "work"),
            )
        )
    },
    "same_shift": _one_of("what", "template", "length"),
    "shift_length": lambda problem, random: random.choice(
        (
            {"at_most_minutes": 450, "basis": "work"},
            {"at_least_minutes": 300},
            {"at_most_minutes": 400, "basis": "paid"},
        )
    ),
    "shift_times": lambda problem, random: random.choice(
        (
            {"earliest_start_clock": 450},
            {"latest_end_clock": 1440},
            {"latest_start_clock": 900, "earliest_end_clock": 700},
        )
    ),
    "substitute_day_off": lambda problem, random: {
        "within_days": random.choice((1, 2, 3)),
        "within_days_before": random.choice((0, 0, 1)),
    },
    "forward_rotation": _one_of("within_minutes", 0, 60, 400),
    "shifts_in_a_row": lambda problem, random: {
        "templates": (random.choice(problem.templates).name,),
        **random.choice(({"at_most": 2}, {"at_least": 2})),
    },
    "rest_each_day": lambda problem, random: {
        "rest_minutes": random.choice((360, 480, 660)),
        "from_clock": random.choice((0, 360, 720)),
    },
    "days_worked": lambda problem, random: {
        "at_most": random.randint(1, 5),
        "per": random.choice(("week", "month", "horizon")),
    },
    "staff_present": lambda problem, random: {"at_least": 1, "when": "required"},
    "overtime": lambda problem, random: {
        "beyond_minutes": random.choice((360, 450, 480)),
        "at_most_minutes": random.choice((30, 90, 240)),
        "per": random.choice(("week", "month", "year")),
    },
    "days_in_window": lambda problem, random: random.choice(
        (
            {"window_days": 3, "at_most": 2},
            {"window_days": 5, "at_least_off": 2},
            {"window_days": 9, "at_most": 6},
            {"window_days": 4, "at_most": 2, "anchor": problem.grid.first_day},
        )
    ),
    "hours_in_window": lambda problem, random: random.choice(
        (
            {"window_days": 3, "at_most_minutes": 1200},
            {"weeks": 1, "at_most_minutes": 1900, "basis": "work"},
            {"weeks": 2, "at_most_minutes": 1500, "basis": "elapsed"},
        )
    ),
    "fair_share": lambda problem, random: random.choice(
        (
            {},
            {"of": "weekends", "relative_to": "days"},
            {"of": "nights", "since_clock": 1260, "steps": 2},
            {"of": "shifts", "templates": (random.choice(problem.templates).name,), "together": 3},
            {"of": "starts", "earliest_start_clock": 720, "within": 1},
        )
    ),
    "people_on_shift": lambda problem, random: random.choice(
        (
            {"at_most": 1, "templates": (random.choice(problem.templates).name,)},
            {"at_most": random.randint(1, 4)},
            {"at_least": 1, "at_most": 3, "templates": tuple(one.name for one in problem.templates)},
            {"at_least": 1, "templates": (random.choice(problem.templates).name,), "counted": "together"},
        )
    ),
    "work_cycle": lambda problem, random: {
        "days": random.choice((("work", "any"), ("any", "any", "free"), (problem.templates[0].name, "free"))),
        "anchor": problem.grid.date(random.randint(-9, 9)),
    },
    "fair_hours": _one_of("within_minutes", 0, 120, 480),
    "night_count": lambda problem, random: {
        "at_most": random.randint(0, 3),
        "per": random.choice(("week", "month", "horizon")),
        "since_clock": random.choice((1260, 1380)),
    },
    "nights_in_a_row": lambda problem, random: random.choice(({"at_most": 2}, {"at_least": 2})),
    "night_minutes": lambda problem, random: random.choice(
        ({"per_day_minutes": 300}, {"at_most_minutes": 900, "per": "week"})
    ),
    "rest_after_nights": lambda problem, random: {
        "nights": random.choice((1, 2, 3)),
        "rest_minutes": random.choice((1440, 2000, 2880)),
        "since_clock": random.choice((720, 1260)),
    },
    "weekends": lambda problem, random: random.choice(({"at_most": 1}, {"in_a_row": 1}, {"whole": True})),
    "start_consistency": _one_of("within_minutes", 0, 30, 60),
    "break_gaps": lambda problem, random: {
        "at_least_minutes": random.choice((15, 30, 60)),
        "at_most_minutes": random.choice((None, 300)),
    },
    "work_without_break": _one_of("at_most_minutes", 330, 360, 420),
    "least_break_minutes": lambda problem, random: random.choice(
        (
            {"over_minutes": 360, "at_least_minutes": 30},
            {"over_minutes": 300, "at_least_minutes": 45, "piece_at_least_minutes": 15},
            {"over_minutes": 420, "at_least_minutes": 20, "counts": "unpaid", "basis": "elapsed"},
        )
    ),
}
"""How the parameters of rules are drawn; those of the others are those of the rule's example."""


def fields_of(rule: type[Rule], problem: Problem, random: Random) -> dict[str, Any]:
    """Parameters of a rule for a problem."""
    kind = rule.model_fields["kind"].default
    if kind in FIELDS:
        return FIELDS[kind](problem, random)
    return own_fields(rule.example([template.name for template in problem.templates]))


ALWAYS = frozenset({"requirement", "one_shift_a_day", "skills"})
USUALLY = frozenset(
    {"entitlement", "availability", "time_off", "break_windows", "break_order", "pins", "paid_hours"}
)
WISHES = frozenset({"preferred_starts", "preferred_days_off", "start_consistency"})


SELDOM = frozenset(
    {
        "days_in_window", "days_worked", "fair_hours", "fair_share", "forward_rotation", "hours_in_window",
        "least_break_minutes",
        "night_count", "night_minutes", "nights_in_a_row", "overtime", "people_on_shift", "rest_after_nights",
        "rest_each_day", "same_shift",
        "shift_length", "shift_times", "shifts_in_a_row", "staff_present", "substitute_day_off",
        "unwanted_pattern", "work_cycle",
    }
)  # fmt: skip
"""Rules of which every book has one or two."""
BY_SHIFT = frozenset({"shift_requirement", "shift_maximum", "shift_wishes"})
"""Rules that are there wherever people are asked for by shift, and nowhere else."""

REPORTED = frozenset({"accompanied", "breaks_at_once", "leave_quota"})
"""Rules that no search plans for."""
OF_VOLUMES = frozenset({"service_goal"})
"""Rules that look at volumes, which these problems have none of; :mod:`tests.attacks.tiny_goals` has them."""


def random_rules(problem: Problem, random: Random) -> RuleBook:
    """A random choice from the catalogue; each rule must be kept, or preferred at a price."""
    return RuleBook(rules=tuple(_rules(problem, random)))


def _rules(problem: Problem, shared: Random) -> Iterator[Rule]:
    drawn = str(problem.grid.days) + "".join(agent.name + agent.contract for agent in problem.agents)
    for rule in CATALOGUE:
        kind = rule.model_fields["kind"].default
        if kind in BY_SHIFT | OF_VOLUMES | REPORTED:
            continue
        # a rule that is seldom there draws for itself, so that the books of old seeds stay as they were
        random = Random(kind + drawn + repr(problem.demand[:1])) if kind in SELDOM else shared
        fields = fields_of(rule, problem, random)
        share = 1.0 if kind in ALWAYS else 0.9 if kind in USUALLY else 0.1 if kind in SELDOM else 0.4
        if random.random() >= share:
            continue
        if kind in ALWAYS:
            yield rule(**fields)
            continue
        if random.random() < (0.9 if kind in WISHES else 0.1 if kind in USUALLY else 0.3):
            fields |= {"strength": Strength.PREFER, "price": random.choice((100, 1000, 5000))}
        else:
            fields |= {"strength": Strength.MUST}
        can_be_narrowed = "contracts" in rule.scope_fields and fields.get("at_most", 0) is not None
        if can_be_narrowed and random.random() < 0.2:  # seats without a number are for everyone
            fields["scope"] = Scope(contracts=(random.choice(problem.contracts).name,))
        yield rule(**fields)


def by_shift(rules: RuleBook, random: Random) -> RuleBook:
    """The same book with the rules for headcounts and wishes, now and then as a must."""
    more: list[Rule] = [
        rule(strength=Strength.MUST if random.random() < 0.15 else Strength.PREFER)
        for rule in (ShiftRequirement, ShiftWishes)
    ]
    price = Random(f"maximum {len(rules.rules)}").choice((None, 500, 20_000))
    hardness = {} if price is None else {"strength": Strength.PREFER, "price": price}
    return RuleBook(rules=(*rules.rules, *more, ShiftMaximum(**hardness)))


def _at(day: date, clock_minute: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=clock_minute)
