"""Work that costs more than what is paid for its absence: it is left undone, and proven to be the best.

One warning for agents in intervals and one for people on shifts. Told only where a planned rule may leave
somebody missing; what ``must`` be there is there at any price.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from scheduler.domain.facts.agent import Agent
from scheduler.domain.facts.demand import Demand, Headcount
from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.faults import FactPath, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_HOUR
from scheduler.model.rules.book import RuleBook
from scheduler.texts import text, text_n

_A_SLIP = 10
"""From this multiple of the price of a missing hour on, it is rather the pay that was mistyped."""


def worthless_work(problem: Problem, rules: RuleBook) -> Iterator[Finding]:
    """The warnings; for a problem whose names are all known."""
    loose = [rule for rule in rules.active() if rule.costs_as_staff and not rule.is_must]
    heeded = {fact for rule in loose for fact in rule.heeded()}
    if "demand.required" in heeded:
        yield from _in_intervals(problem)
    if "headcounts" in heeded:
        yield from _on_shifts(problem)


def _in_intervals(problem: Problem) -> Iterator[Finding]:
    """Skills whose hour costs less missing than worked by the dearest agent who has it."""
    found: list[tuple[FactPath, str, int, Agent]] = []
    for index, skill in enumerate(problem.skills):
        demand = problem.demand_for.get(skill.name)
        holders = [agent for agent in problem.agents if skill.name in agent.skills]
        if demand is None or not demand.is_wanted or not holders:
            continue
        dearest = max(holders, key=problem.pay_of)
        pay = problem.pay_of(dearest)
        if skill.missing_price < pay:
            path: FactPath = ("skills", index, "missing_price")
            if skill.missing_price * _A_SLIP <= pay:
                path = _where_paid(problem, dearest)
            found.append((path, skill.name, skill.missing_price, dearest))
    if found:
        path, name, price, agent = found[0]
        yield warning(
            path,
            text_n(
                "for {number} skill a missing hour is cheaper than a worked one ({name}: {price:.2f}, and an "
                "hour of {agent} costs {pay:.2f}): agents stay away though they are required.",
                "for {number} skills a missing hour is cheaper than a worked one (first {name}: {price:.2f}, "
                "and an hour of {agent} costs {pay:.2f}): agents stay away though they are required.",
                len(found),
                number=len(found),
                name=name,
                price=price / 100,
                agent=agent.name,
                pay=problem.pay_of(agent) / 100,
            ),
            text("Write a price above the pay of an hour, with room: three times as much, say.")
            if path[0] == "skills"
            else text("Mend the pay, or write a price above it on Skills."),
        )


def _where_paid(problem: Problem, agent: Agent) -> FactPath:
    """Where an agent's pay is said, their own or the contract's."""
    if agent.pay_per_hour is not None:
        return ("agents", problem.agents.index(agent), "pay_per_hour")
    names = [contract.name for contract in problem.contracts]
    return ("contracts", names.index(agent.contract), "pay_per_hour")


def _on_shifts(problem: Problem) -> Iterator[Finding]:
    """Shifts on which a missing person costs less than the dearest one who could come."""
    found: list[tuple[FactPath, str, int, date, Agent, int]] = []
    dates = _dates(problem)
    for index, wanted in enumerate(problem.headcounts):
        can = [agent for agent in problem.agents if problem.may_count(agent, wanted)]
        if not can or not wanted.is_wanted:
            continue
        agent = max(can, key=problem.pay_of)
        wage, asked = _wage(problem, agent, wanted), [on for on in dates if _number(problem, wanted, on)]
        worth, on = min(((_worth(problem, agent, wanted, on), on) for on in asked), default=(wage, dates[0]))
        if worth < wage:
            found.append((("headcounts", index, "missing_price"), wanted.row, worth, on, agent, wage))
    if found:
        path, row, worth, on, agent, wage = found[0]
        yield warning(
            path,
            text_n(
                "on {number} shift a missing person is cheaper than one who works ({row} on {on}: "
                "{worth:.2f}, and {agent} costs {wage:.2f}): people stay away though they "
                "are required.",
                "on {number} shifts a missing person is cheaper than one who works (first {row} on {on}: "
                "{worth:.2f}, and {agent} costs {wage:.2f}): people stay away though they are required.",
                len(found),
                number=len(found),
                row=row,
                worth=worth / 100,
                on=on,
                agent=agent.name,
                wage=wage / 100,
            ),
            text("Write a price above the wage of the shift, with room: three times as much, say."),
        )


def _wage(problem: Problem, agent: Agent, wanted: Headcount) -> int:
    """Cents that the shift costs at least."""
    template = problem.template_named[wanted.template]
    shortest = min(map(template.paid_minutes, template.lengths))
    return -(-shortest * problem.pay_of(agent) // MINUTES_PER_HOUR)


def _dates(problem: Problem) -> list[date]:
    """Dates on which a price counts: the planned days, a week after them, and later dates with a number."""
    grid = problem.grid
    later = {later.day for wanted in problem.headcounts for later in wanted.later}
    return sorted(later.union(map(grid.date, range(grid.days + DAYS_PER_WEEK))))


def _number(problem: Problem, wanted: Headcount, on: date) -> int | None:
    """How many people a date wants, as far as anybody has said so."""
    day = problem.grid.day_index(on)
    if 0 <= day < problem.grid.days:
        return wanted.required[day]
    by_date = next((later.required for later in wanted.later if later.day == on), None)
    if by_date is not None:
        return by_date
    return wanted.usual[on.weekday()] if wanted.usual else None


def _worth(problem: Problem, agent: Agent, wanted: Headcount, on: date) -> int:
    """Cents saved once this agent works the shift: of that day's headcounts, and of the curve."""
    heads = sum(
        one.missing_price
        for one in problem.headcounts
        if one.template == wanted.template and one.counts(agent.skills) and _number(problem, one, on)
    )
    template = problem.template_named[wanted.template]
    hour = max(_asked_for(problem, agent.skills, on), default=0)
    return heads + max(template.lengths) * hour // MINUTES_PER_HOUR


def _asked_for(problem: Problem, skills: Sequence[str], on: date) -> Iterator[int]:
    for name in skills:
        demand = problem.demand_for.get(name)
        if demand is not None and _is_open(problem, demand, on):
            yield problem.skill_named[name].missing_price


def _is_open(problem: Problem, demand: Demand, on: date) -> bool:
    """Whether a skill is asked for on a date; where nothing is said of it, whether it ever is."""
    day = problem.grid.day_index(on)
    if 0 <= day < problem.grid.days:
        return any(demand.required[interval] for interval in problem.grid.intervals_of(day))
    by_date = next((later.required for later in demand.later if later.day == on), None)
    if by_date is not None:
        return any(by_date)
    return demand.is_wanted
