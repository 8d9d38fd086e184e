"""The optimum of a small problem by exhaustive search, independent of rules' limits, engine and verifier.

Each agent's weeks are listed and judged by the ``check`` of every rule, and every combination is priced in
Python's integers.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial
from itertools import pairwise, product
from typing import Any

from scheduler.domain import (
    Agent,
    Break,
    Demand,
    Duty,
    PlacedBreak,
    Problem,
    Roster,
)
from scheduler.model import AgentRule, RuleBook
from tests.attacks.tiny_goals import cost_of_goals, is_together
from tests.attacks.tiny_pay import extra, wage
from tests.attacks.tiny_work import least, ways


@dataclass(frozen=True)
class Week:
    """One agent's week: what it costs by itself, its duties, and when the agent is at work."""

    cost: int | Fraction
    duties: tuple[Duty, ...]
    at_work: tuple[tuple[int, int], ...]


def optimum(problem: Problem, rules: RuleBook) -> int | Fraction | None:
    """The least cost of all legal rosters in sixtieths of a cent; ``None`` where there is none."""
    weeks = [list(weeks_of(problem, rules, agent)) for agent in problem.agents]
    times = {time for every in weeks for week in every for span in week.at_work for time in span}
    width, end = problem.grid.interval_minutes, problem.grid.minutes
    edges = sorted({*range(0, end + 1, width), *(time for time in times if 0 < time < end)})
    pieces = [(begin, until - begin, begin // width) for begin, until in pairwise(edges)]
    present = [
        [
            [any(since <= begin < until for since, until in week.at_work) for begin, _, _ in pieces]
            for week in every
        ]
        for every in weeks
    ]
    cost_at = cache(lambda interval, who, work=0: cheapest_minute(problem, rules, interval, who, work))
    places = ways(problem)
    best: int | Fraction | None = None
    for chosen in product(*(range(len(every)) for every in weeks)):
        mine = [every[number] for every, number in zip(weeks, chosen, strict=True)]
        cost: int | Fraction = sum(week.cost for week in mine)
        if best is not None and cost >= best:
            continue
        heads = cost_of_heads(problem, rules, mine)
        if heads is None:
            continue
        cost += heads
        rows = [every[number] for every, number in zip(present, chosen, strict=True)]
        goals = cost_of_goals(problem, rules, pieces, rows)
        if goals is None:
            continue
        cost += goals
        nothing: dict[int, Fraction] = defaultdict(Fraction)
        for (_, length, interval), who in zip(pieces, zip(*rows, strict=True), strict=True):
            minute = cost_at(interval, who)
            if minute is None or (best is not None and cost >= best and not problem.deferred_work):
                break
            cost += length * minute
            nothing[interval] += length * minute
        else:
            if problem.deferred_work:
                there = list(zip(pieces, zip(*rows, strict=True), strict=True))

                def with_portions(interval: int, portions: int, there: Any = there) -> Fraction:
                    return sum(
                        (
                            piece[1] * (cost_at(interval, who, portions) or 0)
                            for piece, who in there
                            if piece[2] == interval
                        ),
                        Fraction(0),
                    )

                cost += least(places, cache(with_portions), nothing)
            best = cost if best is None else min(best, cost)
    return best


def weeks_of(problem: Problem, rules: RuleBook, agent: Agent) -> Iterator[Week]:
    """Every legal week of an agent."""
    own = [rule for rule in rules.active() if isinstance(rule, AgentRule)]
    past = problem.work_reaching_in(agent)
    zone = problem.zone_of(agent)
    busy = max((problem.grid.instant(worked.end, zone) for worked in agent.history), default=-(10**9))
    wage_of = cache(partial(wage, problem, agent))
    days = [[None, *duties_on(problem, agent, day)] for day in range(problem.grid.days)]
    for chosen in product(*days):
        duties = tuple(duty for duty in chosen if duty is not None)
        ends = [busy, *(duty.end for duty in duties)]
        if any(duty.start < ended for duty, ended in zip(duties, ends, strict=False)):
            continue
        roster = Roster(duties=duties)
        cost: int | Fraction = sum(wage_of(duty) for duty in duties) + extra(problem, agent, duties)
        broken = False
        for rule in own:
            for violation in rule.check(problem, roster):
                # the others' empty weeks are judged with it; only what is this agent's counts
                if violation.agent == agent.name:
                    broken = broken or violation.must
                    cost += violation.cost
            if broken:
                break
        if not broken:
            at_work = (*past, *(span for duty in duties for span in duty.stretches()))
            yield Week(cost, duties, at_work)


def duties_on(problem: Problem, agent: Agent, day: int) -> Iterator[Duty]:
    """Every duty of a day, breaks in all their places."""
    grid, zone = problem.grid, problem.zone_of(agent)
    for template in problem.templates:
        if grid.weekday(day) not in template.weekdays:
            continue
        for clock, length in product(template.starts, template.lengths):
            if not grid.clock_exists(day, clock, zone):
                continue
            start = grid.instant_on_day(day, clock, zone)
            pauses = template.breaks_of(length)
            for places in product(
                *(starts_of(problem, zone, day, start, start + length, one) for one in pauses)
            ):
                breaks = tuple(
                    sorted(
                        (
                            PlacedBreak(
                                name=one.name, start=at, length_minutes=one.length_minutes, paid=one.paid
                            )
                            for one, at in zip(pauses, places, strict=True)
                        ),
                        key=lambda placed: placed.start,
                    )
                )
                inside = all(start <= one.start and one.end <= start + length for one in breaks)
                if inside and all(one.end <= other.start for one, other in pairwise(breaks)):
                    yield Duty(
                        agent=agent.name,
                        day=day,
                        template=template.name,
                        start=start,
                        end=start + length,
                        breaks=breaks,
                    )


def starts_of(problem: Problem, zone: str, day: int, start: int, end: int, pause: Break) -> range:
    """The instants at which a break may begin."""
    if pause.measured_from == "start":
        first, last = start + pause.earliest_start, start + pause.latest_start
    elif pause.measured_from == "end":
        first, last = end - pause.earliest_start, end - pause.latest_start
    else:
        first = problem.grid.instant_on_day(day, pause.earliest_start, zone)
        last = problem.grid.instant_on_day(day, pause.latest_start, zone)
    return range(first, last + 1, pause.step_minutes)


def cost_of_heads(problem: Problem, rules: RuleBook, weeks: Sequence[Week]) -> int | None:
    """What missing and superfluous people on shifts cost; ``None`` where somebody must not be missing."""
    book = {one.kind: one for one in rules.active()}
    rule, room = book.get("shift_requirement"), book.get("shift_maximum")
    there = Counter(
        (duty.template, duty.day, skill)
        for agent, week in zip(problem.agents, weeks, strict=True)
        for duty in week.duties
        for skill in {None, *agent.skills}
    )
    cost = 0
    for wanted in problem.headcounts:
        for day, required in enumerate(wanted.required):
            people = there[wanted.template, day, wanted.skill]
            beyond = people - wanted.maximum[day] if wanted.maximum and wanted.maximum[day] is not None else 0
            if room is not None and beyond > 0:
                if room.is_must:
                    return None
                cost += 60 * (room.price or 0) * beyond
            if rule is not None and required is not None:
                if people < required and rule.is_must:
                    return None
                cost += 60 * dear(required - people, wanted.missing_price, wanted.further_missing_prices)
                cost += 60 * dear(
                    people - required, wanted.superfluous_price, wanted.further_superfluous_prices
                )
    for one in rules.active():
        if one.kind == "people_on_shift":
            beyond = _people_beyond(problem, one, weeks)
            if beyond and one.is_must:
                return None
            cost += 60 * (one.price or 0) * beyond
    return cost


def _people_beyond(problem: Problem, rule: Any, weeks: Sequence[Week]) -> int:
    """By how many people the shifts of each day are beyond what such a rule asks for."""
    beyond = 0
    days = rule.scope.days(problem)
    covered = [rule.scope.covers(agent) for agent in problem.agents]
    groups = (
        [rule.templates]
        if rule.counted == "together" or not rule.templates
        else [(name,) for name in rule.templates]
    )
    for day, group in product(days if any(covered) else (), groups):
        people = sum(
            is_meant and any(one.day == day and (not group or one.template in group) for one in week.duties)
            for is_meant, week in zip(covered, weeks, strict=True)
        )
        beyond += max(0, (rule.at_least or 0) - people)
        beyond += 0 if rule.at_most is None else max(0, people - rule.at_most)
    return beyond


def dear(people: int, first: int, further: Sequence[int]) -> int:
    """Cents that so many people cost, one after another; whoever comes after the prices, at the last."""
    prices = [first, *further]
    return sum(prices[: max(0, people)]) + prices[-1] * max(0, people - len(prices))


def cheapest_minute(
    problem: Problem, rules: RuleBook, interval: int, who: tuple[bool, ...], work: int = 0
) -> Fraction | None:
    """What a minute of an interval costs with these at work, each on the skill that is best for the team.

    ``work`` are portions of deferred work that are done in the interval.
    """
    placed = {one.skill for one in problem.deferred_work}
    here = [agent for agent, is_there in zip(problem.agents, who, strict=True) if is_there]
    book = {rule.kind: rule for rule in rules.active()}
    seats = book.get("seats")
    costs = Fraction(0)
    if seats is not None and getattr(seats, "at_most", None) is not None:
        over = sum(seats.scope.covers(agent) for agent in here) - seats.at_most  # type: ignore[attr-defined]
        if over > 0 and seats.is_must:
            return None
        costs += max(0, over) * (seats.price or 0)
    lacking = _lacking(problem, book.get("staff_present"), interval, here)
    if lacking and book["staff_present"].is_must:
        return None
    costs += lacking * (book["staff_present"].price or 0) if lacking else 0
    for_everyone = seats is not None and not (
        seats.scope.agents or seats.scope.contracts or seats.scope.teams
    )
    least = None
    for chosen in product(*(agent.skills for agent in here)):
        staff, cost, legal = Counter(chosen), costs, True
        for demand in problem.demand:
            skill, there = problem.skill_named[demand.skill], staff[demand.skill]
            missing = 0 if demand.skill in placed else demand.required[interval] - there
            if "requirement" in book:
                legal = legal and not (missing > 0 and book["requirement"].is_must)
                for share, required in curves(problem, demand):
                    missing = (work if demand.skill in placed else required[interval]) - there
                    beyond = 0 if is_together(problem, demand.skill, interval) else max(0, -missing)
                    each = skill.missing_price * max(0, missing) + skill.superfluous_price * beyond
                    cost += share * each
            for kind, beyond in (
                ("minimum_staff", demand.minimum[interval] - there if demand.minimum else 0),
                ("seats", there - _top(demand.maximum, interval, there) if for_everyone else 0),
            ):
                if beyond > 0 and kind in book:
                    legal = legal and not book[kind].is_must
                    cost += beyond * (book[kind].price or 0)
        if legal and (least is None or cost < least):
            least = cost
    return least


def _lacking(problem: Problem, rule: Any, interval: int, here: Sequence[Agent]) -> int:
    """How many of those whom a rule wants at work are not, in an interval in which it does."""
    day = problem.grid.day_index(problem.grid.interval_start(interval).date())
    if rule is None or not any(map(rule.scope.covers, problem.agents)) or day not in rule.scope.days(problem):
        return 0
    if rule.when == "required" and not any(one.required[interval] for one in problem.demand):
        return 0
    return max(0, rule.at_least - sum(map(rule.scope.covers, here)))


def curves(problem: Problem, demand: Demand) -> list[tuple[Fraction, tuple[int, ...]]]:
    """What is required of a skill, with the share at which it counts; one curve, or each scenario's."""
    weights = [Fraction(one.weight) for one in problem.scenarios]
    return [
        (weight / sum(weights), one.required)
        for scenario, weight in zip(problem.scenarios, weights, strict=True)
        for one in problem.scenario_curves
        if (one.scenario, one.skill) == (scenario.name, demand.skill)
    ] or [(Fraction(1), demand.required)]


def _top(maximum: tuple[int | None, ...], interval: int, otherwise: int) -> int:
    top = maximum[interval] if maximum else None
    return otherwise if top is None else top
