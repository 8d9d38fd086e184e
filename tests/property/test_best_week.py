"""The verifier's best week against every week there is, on weeks small enough to list."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from constraints import (
    BreakGaps,
    BreaksInOrder,
    BreakWindows,
    DailyRest,
    DaysPerWeek,
    Entitlement,
    ForbiddenSuccession,
    MaxConsecutiveDays,
    MaxConsecutiveDaysOff,
    MinConsecutiveDays,
    MinConsecutiveDaysOff,
    OneShiftADay,
    PaidHours,
    Pins,
    PreferredDaysOff,
    PreferredStarts,
    ShiftCount,
    ShiftRequirement,
    ShiftWishes,
    StartConsistency,
    Weekends,
    WeeklyRest,
    WorkWithoutBreak,
)
from scheduler.domain import (
    Agent,
    Break,
    BreakBand,
    Certificate,
    Contract,
    Duty,
    Headcount,
    Pin,
    PlacedBreak,
    Problem,
    Roster,
    ShiftTemplate,
    ShiftWish,
    Skill,
    TimeGrid,
    WorkedDuty,
)
from scheduler.model import Headcount as HeadcountLimit
from scheduler.model import Rule, RuleBook, Scope, Strength, Total
from scheduler.model.limits.breaks import BreakLimit
from scheduler.verifier import recompute_bound, unavoidable_wages
from scheduler.verifier.bound.lagrangian import NO_ROSTER

SLOT = 60
FRIDAY = date(2026, 3, 27)  # the clock changes on Sunday the 29th in Europe


@st.composite
def breaks(draw: st.DrawFn, shortest: int) -> tuple[Break, ...]:
    made = []
    for number in range(draw(st.integers(0, 2))):
        measured_from = draw(st.sampled_from(["start", "end", "clock"]))
        first = draw(st.integers(0, shortest // SLOT)) + (9 if measured_from == "clock" else 0)
        other = first + draw(st.integers(0, 2)) * (-1 if measured_from == "end" else 1)
        made.append(
            Break(
                name=f"b{number}",
                length_minutes=SLOT,
                paid=draw(st.booleans()),
                measured_from=measured_from,
                earliest_start=first * SLOT,
                latest_start=max(0, other) * SLOT,
                step_minutes=draw(st.sampled_from([SLOT, 2 * SLOT])),
            )
        )
    return tuple(made)


@st.composite
def templates(draw: st.DrawFn, name: str) -> ShiftTemplate:
    start = draw(st.sampled_from([0, 6, 9, 14, 22, 26])) * 60
    length = draw(st.sampled_from([3, 4])) * 60
    return ShiftTemplate(
        name=name,
        weekdays=draw(st.sampled_from([(0, 1, 2, 3, 4, 5, 6), (4, 6, 0)])),
        earliest_start=start,
        latest_start=start + draw(st.integers(0, 1)) * 180,
        start_step=180,
        min_length=length,
        max_length=length + draw(st.integers(0, 1)) * 60,
        length_step=60,
        breaks=(BreakBand(breaks=draw(breaks(length))),),
    )


@st.composite
def agents(draw: st.DrawFn, days: int) -> Agent:
    history = []
    for back in draw(st.sampled_from([(), (1,), (1, 2), (2,)])):
        begin = datetime.combine(FRIDAY - timedelta(days=back), time(draw(st.sampled_from([8, 20]))))
        history.append(
            WorkedDuty(
                day=begin.date(),
                start=begin,
                end=begin + timedelta(hours=8),
                paid_minutes=480,
                template=draw(st.sampled_from([None, "a", "b"])),
            )
        )
    pins = st.builds(
        Pin,
        day=st.integers(0, days - 1).map(lambda day: FRIDAY + timedelta(days=day)),
        off=st.just(False),
        template=st.sampled_from([None, "a"]),
        start=st.sampled_from([None, 540, 840]),
        break_starts=st.sampled_from([(), (), (600,), (600, 720)]),
    )
    wishes = st.builds(
        ShiftWish,
        day=st.integers(0, days - 1).map(lambda day: FRIDAY + timedelta(days=day)),
        template=st.sampled_from([None, "a", "b"]),
        wanted=st.booleans(),
        price=st.sampled_from([None, 0, 7000]),
    )
    return Agent(
        name="Ann",
        contract="c",
        skills=draw(st.sampled_from([("x",), ("x", "y")])),
        time_zone=draw(st.sampled_from([None, "UTC+3", "Europe/Berlin"])),
        pins=tuple(draw(st.lists(pins, max_size=draw(st.sampled_from([0, 0, 1]))))),
        history=tuple(history),
        shift_wishes=tuple(draw(st.lists(wishes, max_size=2))),
        preferred_starts=draw(st.sampled_from([(), ((500, 600),)])),
        preferred_days_off=draw(st.sampled_from([(), (FRIDAY + timedelta(days=1),)])),
    )


def rules_of(days: int) -> st.SearchStrategy[list[Rule]]:
    bounds = st.sampled_from([(None, 1), (1, 2), (2, None), (2, 2)])
    some = st.sampled_from([("a",), ("b",), ("a", "b")])
    hardness = st.sampled_from([{}, {}, {"strength": Strength.PREFER, "price": 300}])
    ranges = st.sampled_from([Scope(), Scope(), Scope(first_day=FRIDAY + timedelta(days=1))])
    hard = st.fixed_dictionaries({"scope": ranges})
    loose = st.builds(lambda scope, soft: {**scope, **soft}, hard, hardness)
    each = [
        st.builds(lambda s: BreakWindows(**s), loose),
        st.builds(lambda s: BreaksInOrder(**s), loose),
        st.builds(
            lambda m, s: BreakGaps(at_least_minutes=m, at_most_minutes=m + 60, **s),
            st.sampled_from([0, 60]),
            loose,
        ),
        st.builds(lambda m, s: WorkWithoutBreak(at_most_minutes=m, **s), st.sampled_from([120, 180]), loose),
        st.builds(
            lambda m, b, s: DailyRest(rest_minutes=m, between=b, **s),
            st.sampled_from([600, 840, 1500]),
            st.sampled_from(["end_to_start", "start_to_start"]),
            hard,
        ),
        st.builds(lambda b, s: DaysPerWeek(at_least=b[0], at_most=b[1], **s), bounds, loose),
        st.builds(
            lambda b, s: PaidHours(
                per="horizon",
                at_least_minutes=b[0] and b[0] * 240,
                at_most_minutes=b[1] and b[1] * 240,
                **s,
            ),
            bounds,
            loose,
        ),
        st.builds(lambda s: Entitlement(**s), hard),
        st.builds(
            lambda a, b, d, s: ForbiddenSuccession(first=a, then=b, days_between=d, **s),
            some,
            some,
            st.integers(1, 2),
            loose,
        ),
        st.builds(lambda n, s: MaxConsecutiveDays(days=n, **s), st.integers(1, 2), loose),
        st.builds(lambda n, s: MaxConsecutiveDaysOff(days=n, **s), st.integers(1, 2), loose),
        st.builds(lambda n, s: MinConsecutiveDays(days=n, **s), st.integers(2, 3), loose),
        st.builds(lambda n, s: MinConsecutiveDaysOff(days=n, **s), st.integers(2, 3), loose),
        st.builds(lambda s: Pins(**s), hard),
        st.just(PreferredStarts()),
        st.just(PreferredDaysOff()),
        st.builds(
            lambda t, b, s: ShiftCount(templates=t, at_least=b[0], at_most=b[1], **s), some, bounds, loose
        ),
        st.builds(lambda m, s: StartConsistency(within_minutes=m, **s), st.sampled_from([0, 90, 150]), hard),
        st.builds(
            lambda n, r, w, s: Weekends(at_most=n, in_a_row=r, whole=w, **s),
            st.sampled_from([None, 0, 1]),
            st.sampled_from([None, 1]),
            st.booleans(),
            loose,
        ),
        st.builds(
            lambda m, p, s: WeeklyRest(rest_minutes=m, per=p, **s),
            st.sampled_from([1800, 2400, 7000]),
            st.sampled_from(["week", "rolling"]),
            hard,
        ),
    ]
    return st.lists(st.sampled_from(range(len(each))), max_size=5, unique=True).flatmap(
        lambda chosen: st.tuples(*(each[number] for number in chosen)).map(list)
    )


@st.composite
def headcounts(draw: st.DrawFn, template: str, days: int) -> Headcount:
    return Headcount(
        template=template,
        skill=draw(st.sampled_from([None, "y"])),
        required=tuple(draw(st.sampled_from([None, 0, 1])) for _ in range(days)),
        missing_price=draw(st.sampled_from([0, 5000])),
        superfluous_price=draw(st.sampled_from([0, 2000])),
    )


@st.composite
def small_weeks(draw: st.DrawFn) -> tuple[Problem, RuleBook, Certificate]:
    """One agent, two to four days and some rules, at any prices; often with headcounts and wishes."""
    days = draw(st.integers(2, 4))
    grid = TimeGrid(
        first_day=FRIDAY,
        days=days,
        interval_minutes=60,
        time_zone=draw(st.sampled_from(["UTC", "Europe/Berlin"])),
    )
    problem = Problem(
        grid=grid,
        week_starts_on=draw(st.sampled_from([0, 4, 6])),
        skills=(Skill(name="x"), Skill(name="y")),
        demand=(),
        headcounts=tuple(draw(headcounts(name, days)) for name in draw(st.sampled_from(["", "a", "ab"]))),
        templates=(draw(templates("a")), draw(templates("b"))),
        contracts=(Contract(name="c", pay_per_hour=draw(st.sampled_from([0, 100, 1000])), templates=("a",)),),
        agents=(draw(agents(days)),),
    )
    wishes = st.sampled_from([(), (ShiftWishes(),), (ShiftWishes(strength=Strength.MUST),)])
    wanted = st.sampled_from([(), (ShiftRequirement(),), (ShiftRequirement(strength=Strength.MUST),)])
    more = draw(wanted)
    rules = RuleBook(rules=(OneShiftADay(), *draw(rules_of(days)), *draw(wishes), *more))
    each_day = st.lists(st.integers(-400_000, 900_000), min_size=days, max_size=days).map(tuple)
    slots = grid.minutes // SLOT
    row = st.lists(st.integers(0, 90_000), min_size=slots, max_size=slots).map(tuple)
    certificate = Certificate(
        slot_minutes=SLOT,
        prices={"x": draw(row), "y": draw(row)},
        headcount_prices={one.row: draw(each_day) for one in problem.headcounts} if more else {},
        carried_rules=tuple(rule.name for rule in rules.active()),
        bound=0,
        unavoidable_wages=0,
    )
    return problem, rules, certificate


def duties_of_day(problem: Problem, day: int, limits: list[BreakLimit]) -> Iterator[Duty]:
    """Every duty with every layout of its breaks that keeps the limits on breaks."""
    agent, grid = problem.agents[0], problem.grid
    zone = problem.zone_of(agent)
    for template in problem.templates:
        if grid.weekday(day) not in template.weekdays:
            continue
        for clock, length in product(template.starts, template.lengths):
            if not grid.clock_exists(day, clock, zone):
                continue
            start = grid.instant_on_day(day, clock, zone)
            pauses = template.breaks_of(length)
            for places in product(range(start, start + length, SLOT), repeat=len(pauses)):
                if len(set(places)) < len(places):
                    continue
                placed = tuple(
                    PlacedBreak(name=p.name, start=at, length_minutes=p.length_minutes, paid=p.paid)
                    for p, at in zip(pauses, places, strict=True)
                )
                duty = Duty(
                    agent=agent.name,
                    day=day,
                    template=template.name,
                    start=start,
                    end=start + length,
                    breaks=tuple(sorted(placed, key=lambda pause: pause.start)),
                )
                alone = Roster(duties=(duty,))
                if not any(limit.excess(problem, alone) for limit in limits):
                    yield duty


def listed(problem: Problem, rules: RuleBook, certificate: Certificate) -> tuple[int, int]:
    """The bound and the least wage by looking at every week."""
    agent, grid = problem.agents[0], problem.grid
    zone = problem.zone_of(agent)
    best = [max(certificate.prices[skill][t] for skill in agent.skills) for t in range(grid.minutes // SLOT)]
    limits = [(rule, limit) for rule in rules.active() for limit in rule.limits(problem)]
    inside = [limit for rule, limit in limits if rule.is_must and isinstance(limit, BreakLimit)]
    wishes = [(rule, limit) for rule, limit in limits if isinstance(limit, BreakLimit) and not rule.is_must]
    heads = [(rule, limit) for rule, limit in limits if isinstance(limit, HeadcountLimit)]
    week = [(rule, limit) for rule, limit in limits if not isinstance(limit, BreakLimit | HeadcountLimit)]

    def worth(duty: Duty) -> int:
        minutes = (m for start, end in duty.stretches() for m in range(start, end, SLOT))
        alone = Roster(duties=(duty,))
        charged = sum(rule.cost_of(limit.excess(problem, alone)) for rule, limit in wishes)
        counts = (one for one in problem.headcounts if one.template == duty.template)
        earned = sum(
            certificate.headcount_prices[one.row][duty.day]
            for one in counts
            if heads and one.skill in (None, *agent.skills)
        )
        return sum(best[m // SLOT] for m in minutes if 0 <= m < grid.minutes) - charged + earned

    choices: list[list[tuple[Duty | None, int]]] = []
    for day in range(grid.days):
        pinned = [pin for pin in agent.pins if grid.day_index(pin.day) == day and pin.break_starts]
        # Of layouts of one shift only the best matters, but where breaks are pinned each may.
        kept: dict[tuple[object, ...], tuple[Duty, int]] = {}
        for duty in duties_of_day(problem, day, inside):
            key = (duty.template, duty.start, duty.end, duty.breaks if pinned else ())
            if key not in kept or worth(duty) > kept[key][1]:
                kept[key] = (duty, worth(duty))
        choices.append([(None, 0), *kept.values()])
    past = max((grid.instant(duty.end, zone) for duty in agent.history), default=-10_000)
    pay = problem.pay_of(agent)
    bound = least = NO_ROSTER
    for chosen in product(*choices):
        duties = [duty for duty, _ in chosen if duty is not None]
        busy_until, apart = past, True
        for duty in duties:
            apart &= duty.start >= busy_until
            busy_until = duty.end
        if not apart:
            continue
        roster = Roster(duties=tuple(duties))
        wage = sum(pay * duty.paid_minutes for duty in duties)
        cost = wage - sum(gain for _, gain in chosen)
        if wage >= least and cost >= bound:
            continue
        for rule, limit in week:
            excess = limit.excess(problem, roster)
            if excess and rule.is_must:
                break
            cost += rule.cost_of(excess, limit.price if isinstance(limit, Total) else None)
        else:
            bound, least = min(bound, cost), min(least, wage)
    history = 0
    for worked in agent.history:
        span = range(grid.instant(worked.start, zone), grid.instant(worked.end, zone), SLOT)
        history += sum(best[m // SLOT] for m in span if m >= 0)
    staffing = cheapest_heads(problem, rules, certificate) if heads else 0
    if staffing is None or bound >= NO_ROSTER:
        return NO_ROSTER, NO_ROSTER
    return bound - history + staffing, least


def cheapest_heads(problem: Problem, rules: RuleBook, certificate: Certificate) -> int | None:
    """Every day of every headcount with nobody or with Ann, the cheaper one; ``None`` if neither may be."""
    total = 0
    must = rules.named["shift_requirement"].is_must
    for wanted in problem.headcounts:
        can_count = wanted.skill in (None, *problem.agents[0].skills)
        for required, price in zip(wanted.required, certificate.headcount_prices[wanted.row], strict=True):
            costs = []
            for present in range(1 + can_count):
                missing = 0 if required is None else max(0, required - present)
                too_many = 0 if required is None else max(0, present - required)
                if not (must and missing):
                    priced = missing * wanted.missing_price + too_many * wanted.superfluous_price
                    costs.append(60 * priced + price * present)
            if not costs:
                return None
            total += min(costs)
    return total


@settings(max_examples=100)
@given(small_weeks())
def test_the_best_week_is_the_best_of_all_weeks(case: tuple[Problem, RuleBook, Certificate]) -> None:
    problem, rules, certificate = case
    bound, least = listed(problem, rules, certificate)
    assert recompute_bound(problem, rules, certificate) == bound
    assert unavoidable_wages(problem, rules, certificate) == least
