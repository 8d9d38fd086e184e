"""Small random problems whose rosters can all be listed; every other one has extreme prices or numbers."""

from collections.abc import Sequence
from math import prod
from random import Random
from typing import Any

from scheduler.domain import (
    Headcount,
    Problem,
    ShiftTemplate,
    TimeOff,
)
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.values.calendar_fields import at_clock
from scheduler.domain.values.fields import MOST_MINUTES, MOST_TIMES, MOST_WANTED
from scheduler.model import RuleBook, Strength
from scheduler.model.checks.rule_book import rule_faults
from tests.attacks.tiny_goals import with_goals
from tests.attacks.tiny_scenarios import with_scenarios
from tests.attacks.tiny_work import with_work
from tests.engine.bounds import cut, tiny_case
from tests.property.problems import Case

MOST_ROSTERS = 3000
"""Ways to put weeks together that are tried in one problem; larger ones are cut."""


def case(seed: int) -> Case:
    """A small problem; some have scenarios, service levels over days or deferred work, others are extreme."""
    random = Random(f"optimum {seed}")
    problem, rules = small_enough(*tiny_case(seed))
    problem = with_somebody_away(problem, Random(f"away {seed}"))
    if random.random() < 0.15:
        must = {"strength": Strength.MUST, "price": None}
        rules = RuleBook(
            rules=tuple(
                one.model_copy(update=must) if one.kind == "requirement" else one for one in rules.rules
            )
        )
    if seed % 5 == 3:
        return with_scenarios(problem, Random(f"scenarios {seed}")), rules
    if seed % 10 == 4:
        return with_goals(problem, rules, Random(f"goals {seed}"))
    if seed % 10 == 6:
        return with_work(problem, rules, Random(f"work {seed}"))
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


def with_somebody_away(problem: Problem, random: Random) -> Problem:
    """The problem with sick calls, leave, joiners and leavers, in two of three draws, if it stays sound."""
    if random.random() < 0.33:
        return problem
    grid = problem.grid
    agents = []
    for agent in problem.agents:
        first = random.randint(-2, grid.days - 1)
        last = min(grid.days, first + random.randint(0, 3))
        on = grid.date(random.randrange(grid.days))
        facts = random.choice(
            (
                {},
                {"time_off": (_days_off(problem, first, last, "sick", None),)},
                {"time_off": (_days_off(problem, first, last, "sick", random.choice((0, 240))),)},
                {"time_off": (_days_off(problem, first, last, "leave", random.choice((None, 480))),)},
                {"starts_on": on},
                {"leaves_on": on},
            )
        )
        agents.append(agent.model_copy(update=facts))
    sick_hours = random.choice(("rostered", "contract", "none"))
    away = problem.model_copy(update={"agents": tuple(agents), "sick_hours": sick_hours})
    return problem if any(fault.is_error for fault in problem_faults(away)) else away


def _days_off(problem: Problem, first: int, last: int, kind: str, paid: int | None) -> TimeOff:
    start, end = (at_clock(problem.grid.date(day), 0) for day in (first, last + 1))
    return TimeOff.model_validate({"start": start, "end": end, "kind": kind, "paid_minutes": paid})


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
        one.model_copy(
            update={
                key: value
                for side in ("missing", "superfluous")
                for key, value in rising(
                    side, sorted(price() for _ in getattr(one, f"{side}_prices"))
                ).items()
            }
        )
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
        headcounts = tuple(with_room(one, many(one.required)) for one in headcounts)
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


def rising(side: str, prices: Sequence[int]) -> dict[str, Any]:
    """The fields of a headcount for prices that rise."""
    return {f"{side}_price": prices[0], f"further_{side}_prices": tuple(prices[1:])}


def with_room(wanted: Headcount, required: tuple[int | None, ...]) -> Headcount:
    """The headcount with other numbers, and no maximum below them."""
    room = zip(wanted.maximum, required, strict=False)
    most = tuple(None if there is None else max(there, needed or 0) for there, needed in room)
    return wanted.model_copy(update={"required": required, "maximum": most})
