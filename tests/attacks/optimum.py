"""Bound <= exact optimum <= cost, on random small problems with every rule of the catalogue.

    python -m tests.attacks optimum --count 2000 --seed 1

The optimum is found by trying everything: each agent's weeks are listed and judged by the ``check`` of every
rule, never by its limits, and every way to put them together is priced by the few lines on staffing below, in
Python's integers. Half of the problems have prices near what an input may hold, or numbers at their limits.
Each is solved and verified, and besides certificates are forged for it: whatever one says, the bound that
the verifier recomputes from it must not lie above the optimum.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product
from math import prod
from random import Random
from typing import Any

from scheduler.app.planning import solve
from scheduler.domain import (
    Agent,
    Break,
    Certificate,
    Claimed,
    Duty,
    Outcome,
    PlacedBreak,
    Problem,
    Roster,
    ShiftTemplate,
    Status,
    Stop,
)
from scheduler.domain.certificate import CrewPrices
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.errors import BadInput, Contradiction, FailedVerification, NothingFound
from scheduler.domain.fields import MOST_MINUTES, MOST_TIMES, MOST_WANTED
from scheduler.domain.money import MOST_WORTH
from scheduler.model import AgentRule, RuleBook, Strength
from scheduler.model.checks import rule_faults
from scheduler.verifier import recompute_bound, verify
from scheduler.verifier.bound.lagrangian import NO_ROSTER
from tests.engine.bounds import cut, tiny_case
from tests.property.problems import Case

MOST_ROSTERS = 3000
"""Ways to put weeks together that are tried in one problem; larger ones are cut."""
FORGERIES = 4
FEW_ROUNDS = Stop(seconds=None, rounds=1)


# The problems


def case(seed: int) -> Case:
    """A small problem; every other one is taken to extremes."""
    random = Random(f"optimum {seed}")
    problem, rules = small_enough(*tiny_case(seed))
    if random.random() < 0.15:
        must = {"strength": Strength.MUST, "price": None}
        rules = RuleBook(
            rules=tuple(
                one.model_copy(update=must) if one.kind == "requirement" else one for one in rules.rules
            )
        )
    return extreme(problem, rules, random) if seed % 2 else (problem, rules)


def small_enough(problem: Problem, rules: RuleBook) -> Case:
    """The problem with fewer breaks, lengths, starts, agents and templates, until it is quickly tried."""
    kinds = {rule.kind: rule for rule in rules.active()}
    if (
        "break_windows" not in kinds
        or not kinds["break_windows"].is_must
        or kinds["break_windows"].scope.contracts
    ):
        problem = with_templates(problem, [{"breaks": ()}] * len(problem.templates))
    while most_rosters(problem) > MOST_ROSTERS:
        wide = [t for t in problem.templates if len(t.starts) * len(t.lengths) > 1]
        if wide:
            changes = [
                {"latest_start": t.earliest_start, "max_length": t.min_length} for t in problem.templates
            ]
            problem = with_templates(problem, changes)
        elif problem.grid.days > 2:
            problem = cut(problem, 2, len(problem.agents))
        elif len(problem.agents) > 2:
            problem = cut(problem, problem.grid.days, 2)
        elif any(t.breaks for t in problem.templates):
            problem = with_templates(problem, [{"breaks": ()}] * len(problem.templates))
        else:
            problem = cut(problem, problem.grid.days, len(problem.agents) - 1)
    if any(fault.is_error for fault in problem_faults(problem)):  # what was cut away is pinned, or agreed
        facts = {
            "agents": tuple(one.model_copy(update={"pins": ()}) for one in problem.agents),
            "contracts": tuple(
                one.model_copy(update={"min_paid_minutes": None}) for one in problem.contracts
            ),
        }
        problem = problem.model_copy(update=facts)
    return problem, rules


def with_templates(problem: Problem, changes: Sequence[dict[str, Any]]) -> Problem:
    """The problem with changed shift templates."""
    templates = zip(problem.templates, changes, strict=True)
    made = tuple(one.model_copy(update=change) for one, change in templates)
    return problem.model_copy(update={"templates": made})


def most_rosters(problem: Problem) -> int:
    """How many rosters there are at most."""

    def layouts(template: ShiftTemplate) -> int:
        return sum(
            prod(abs(one.latest_start - one.earliest_start) // one.step_minutes + 1 for one in breaks)
            for breaks in map(template.breaks_of, template.lengths)
        )

    a_day = 1 + sum(len(template.starts) * layouts(template) for template in problem.templates)
    return int(a_day ** (problem.grid.days * len(problem.agents)))


def extreme(problem: Problem, rules: RuleBook, random: Random) -> Case:
    """The same with prices and numbers at the ends of what an input may hold."""
    dearest = 10**13
    numbers = random.random() < 0.5
    while True:
        changed = at_extremes(problem, rules, Random(random.random()), dearest, numbers)
        if not any(fault.is_error for fault in (*problem_faults(changed[0]), *rule_faults(*changed))):
            return changed
        if dearest < 1000:
            if not numbers:
                return problem, rules
            dearest, numbers = 10**13, False
        dearest //= 4


def at_extremes(problem: Problem, rules: RuleBook, random: Random, dearest: int, numbers: bool) -> Case:
    """One draw; no price is above ``dearest``."""

    def price() -> int:
        return random.choice(
            (0, 1, random.randint(0, 10_000), dearest, dearest - 1, random.randint(0, dearest))
        )

    def many(wanted: tuple[int | None, ...]) -> tuple[int | None, ...]:
        return tuple(
            number if number is None or random.random() < 0.7 else random.choice((0, 3, MOST_WANTED))
            for number in wanted
        )

    skills = tuple(
        skill.model_copy(update={"missing_price": price(), "superfluous_price": price()})
        for skill in problem.skills
    )
    headcounts = tuple(
        one.model_copy(update={"missing_price": price(), "superfluous_price": price()})
        for one in problem.headcounts
    )
    agents = tuple(
        one.model_copy(
            update={
                "pay_per_hour": random.choice((None, price())),
                "shift_wishes": tuple(
                    wish.model_copy(update={"price": price()}) for wish in one.shift_wishes
                ),
            }
        )
        for one in problem.agents
    )
    demand = problem.demand
    if numbers:
        demand = tuple(
            one.model_copy(update={"required": many(one.required), "maximum": many(one.maximum)})
            for one in demand
        )
        headcounts = tuple(one.model_copy(update={"required": many(one.required)}) for one in headcounts)
    facts = {"skills": skills, "headcounts": headcounts, "agents": agents, "demand": demand}
    most = {
        "at_most": MOST_TIMES,
        "days": MOST_TIMES,
        "rest_minutes": MOST_MINUTES,
        "at_most_minutes": MOST_MINUTES,
    }
    made = []
    for rule in rules.rules:
        update: dict[str, Any] = {"price": price()} if rule.price is not None else {}
        if numbers:
            update |= {
                field: limit
                for field, limit in most.items()
                if isinstance(getattr(rule, field, None), int) and random.random() < 0.3
            }
        try:
            made.append(type(rule).model_validate({**rule.model_dump(), **update}))
        except ValueError:
            made.append(rule)  # a number that this rule holds to less
    return problem.model_copy(update=facts), RuleBook(rules=tuple(made))


# The optimum


@dataclass(frozen=True)
class Week:
    """One agent's week: what it costs by itself, its duties, and when the agent is at work."""

    cost: int
    duties: tuple[Duty, ...]
    at_work: tuple[tuple[int, int], ...]


def optimum(problem: Problem, rules: RuleBook) -> int | None:
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
    cost_at = cache(lambda interval, who: cheapest_minute(problem, rules, interval, who))
    best = None
    for chosen in product(*(range(len(every)) for every in weeks)):
        mine = [every[number] for every, number in zip(weeks, chosen, strict=True)]
        cost = sum(week.cost for week in mine)
        if best is not None and cost >= best:
            continue
        heads = cost_of_heads(problem, rules, mine)
        if heads is None:
            continue
        cost += heads
        rows = [every[number] for every, number in zip(present, chosen, strict=True)]
        for (_, length, interval), who in zip(pieces, zip(*rows, strict=True), strict=True):
            minute = cost_at(interval, who)
            if minute is None or (best is not None and cost >= best):
                break
            cost += length * minute
        else:
            best = cost if best is None else min(best, cost)
    return best


def weeks_of(problem: Problem, rules: RuleBook, agent: Agent) -> Iterator[Week]:
    """Every legal week of an agent."""
    own = [rule for rule in rules.active() if isinstance(rule, AgentRule)]
    past = problem.work_reaching_in(agent)
    zone = problem.zone_of(agent)
    busy = max((problem.grid.instant(worked.end, zone) for worked in agent.history), default=-(10**9))
    days = [[None, *duties_on(problem, agent, day)] for day in range(problem.grid.days)]
    for chosen in product(*days):
        duties = tuple(duty for duty in chosen if duty is not None)
        ends = [busy, *(duty.end for duty in duties)]
        if any(duty.start < ended for duty, ended in zip(duties, ends, strict=False)):
            continue
        roster = Roster(duties=duties)
        cost = sum(problem.pay_of(agent) * duty.paid_minutes for duty in duties)
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
    rule = next((one for one in rules.active() if one.kind == "shift_requirement"), None)
    if rule is None:
        return 0
    there = Counter(
        (duty.template, duty.day, skill)
        for agent, week in zip(problem.agents, weeks, strict=True)
        for duty in week.duties
        for skill in {None, *agent.skills}
    )
    cost = 0
    for wanted in problem.headcounts:
        for day, required in enumerate(wanted.required):
            if required is not None:
                missing = required - there[wanted.template, day, wanted.skill]
                if missing > 0 and rule.is_must:
                    return None
                cost += 60 * (
                    wanted.missing_price * max(0, missing) + wanted.superfluous_price * max(0, -missing)
                )
    return cost


def cheapest_minute(problem: Problem, rules: RuleBook, interval: int, who: tuple[bool, ...]) -> int | None:
    """What a minute of an interval costs with these at work, each on the skill that is best for the team."""
    here = [agent for agent, is_there in zip(problem.agents, who, strict=True) if is_there]
    book = {rule.kind: rule for rule in rules.active()}
    seats = book.get("seats")
    costs = 0
    if seats is not None and getattr(seats, "at_most", None) is not None:
        over = sum(seats.scope.covers(agent) for agent in here) - seats.at_most  # type: ignore[attr-defined]
        if over > 0 and seats.is_must:
            return None
        costs += max(0, over) * (seats.price or 0)
    for_everyone = seats is not None and not (
        seats.scope.agents or seats.scope.contracts or seats.scope.teams
    )
    least = None
    for chosen in product(*(agent.skills for agent in here)):
        staff, cost, legal = Counter(chosen), costs, True
        for demand in problem.demand:
            skill, there = problem.skill_named[demand.skill], staff[demand.skill]
            missing = demand.required[interval] - there
            if "requirement" in book:
                legal = legal and not (missing > 0 and book["requirement"].is_must)
                cost += skill.missing_price * max(0, missing) + skill.superfluous_price * max(0, -missing)
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


def _top(maximum: tuple[int | None, ...], interval: int, otherwise: int) -> int:
    top = maximum[interval] if maximum else None
    return otherwise if top is None else top


# The attack


def look(seed: int) -> Iterator[str]:
    """What there is to say of one problem: words to count; what is wrong begins with ``WRONG``."""
    problem, rules = case(seed)
    yield from (f"rule {rule.kind}, {rule.strength.value}" for rule in rules.active())
    best = optimum(problem, rules)
    yield "a legal roster exists" if best is not None else "no legal roster exists"
    outcome = None
    try:
        outcome = solve(problem, rules, stop=FEW_ROUNDS, seed=seed, workers=1)
    except BadInput as error:
        yield f"refused: {error.findings[0].message[:40]}"
    except Contradiction as error:
        if best is not None:
            yield f"WRONG: seed {seed}: {best} is possible, and yet {error}"
        yield "contradiction"
    except NothingFound:
        yield "nothing found" if best is None else "nothing found, though there is a roster"
    except FailedVerification as error:
        yield f"WRONG: seed {seed}: {error}"
    if outcome is not None:
        yield from judged(seed, problem, rules, outcome, best)
    for number in range(FORGERIES):
        yield from forged(seed, problem, rules, outcome, best, Random(f"forged {seed} {number}"))


def judged(seed: int, problem: Problem, rules: RuleBook, outcome: Outcome, best: int | None) -> Iterator[str]:
    """A search's outcome against the optimum."""
    cost = outcome.cost.total
    if best is None or not outcome.bound <= best <= cost:
        yield f"WRONG: seed {seed}: bound {outcome.bound}, optimum {best}, cost {cost}"
        return
    yield "bound <= optimum <= cost"
    if cost == best:
        yield "optimum found"
    if outcome.bound == best:
        yield "bound is the optimum"
    if outcome.status is Status.OPTIMAL and cost != best:
        yield f"WRONG: seed {seed}: called optimal at {cost}, but {best} is possible"
    claimed = Claimed.of(outcome.cost, outcome.bound)
    report = verify(problem, rules, outcome.roster, certificate=outcome.certificate, claimed=claimed)
    if not report.passed:
        yield f"WRONG: seed {seed}: {'; '.join(report.faults())}"


def forged(
    seed: int, problem: Problem, rules: RuleBook, outcome: Outcome | None, best: int | None, random: Random
) -> Iterator[str]:
    """A certificate with any prices: it must be refused, or prove no more than is true."""
    certificate = any_certificate(problem, rules, outcome, random)
    try:
        bound = recompute_bound(problem, rules, certificate)
    except ValueError:
        yield "forged: refused"
        return
    if best is not None and bound > best:
        yield f"WRONG: seed {seed}: a forged bound of {bound} above the optimum {best}: {certificate}"
    yield "forged: true" if best is not None and bound < NO_ROSTER else "forged: no roster, which is so"


def any_certificate(
    problem: Problem, rules: RuleBook, outcome: Outcome | None, random: Random
) -> Certificate:
    """Prices up to what a certificate may hold, or a true one with a few of them changed."""
    honest = outcome.certificate if outcome is not None else None
    slot = honest.slot_minutes if honest is not None else 5
    slots, days = problem.grid.minutes // slot, problem.grid.days
    scale = random.choice((10**3, 10**5, 10**9, MOST_WORTH // slots, MOST_WORTH // 2))

    def row(length: int, before: tuple[int, ...] | None = None) -> tuple[int, ...]:
        kept = list(before or (0,) * length)
        share = random.choice((1, 1, 3, length))
        for place in random.sample(range(length), min(share, length, max(1, MOST_WORTH // scale))):
            kept[place] = random.choice((scale, -scale, random.randint(-scale, scale)))
        return tuple(kept) if sum(map(abs, kept)) <= MOST_WORTH else (0,) * length

    given = honest.prices if honest is not None and random.random() < 0.5 else {}
    crews = list(honest.crews) if honest is not None else []
    skill, crew_day = random.choice(problem.skills).name, random.randrange(days)
    if random.random() < 0.7:
        first = random.randrange(slots)
        length = random.randint(1, min(12, slots - first))
        crews = [
            CrewPrices(
                skill=skill,
                day=crew_day,
                first_slot=first,
                premium=random.randint(-scale, scale),
                prices=tuple(row(length) for _ in range(random.randint(1, 3))),
            )
        ]
    return Certificate(
        slot_minutes=slot,
        prices={one.name: row(slots, given.get(one.name)) for one in problem.skills},
        headcount_prices={one.row: row(days) for one in problem.headcounts} if _counts_heads(rules) else {},
        crews=tuple(crews),
        carried_rules=tuple(rule.name for rule in rules.active() if random.random() < 0.9),
        bound=0,
        unavoidable_wages=0,
    )


def _counts_heads(rules: RuleBook) -> bool:
    return any(rule.kind == "shift_requirement" for rule in rules.active())


def attack(count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """How often each word was said of so many problems, and everything that is wrong."""
    said: Counter[str] = Counter()
    wrong = []
    for number in range(count):
        for word in look(1_000_000 * (seed - 1) + number):
            if word.startswith("WRONG"):
                wrong.append(word)
            else:
                said[word] += 1
    return said, wrong


def main(given: Sequence[str] | None = None) -> int:
    """From the command line."""
    parser = argparse.ArgumentParser(prog="optimum", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(given)
    said, wrong = attack(asked.count, asked.seed)
    for word, times in sorted(said.items()):
        print(f"{times:7d} {word}")
    print("\n".join(wrong) or "Nothing was wrong.")
    return int(bool(wrong))
