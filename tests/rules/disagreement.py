"""What the two sides of a rule say about one roster, so that a person can see where they part."""

from collections.abc import Iterator

from scheduler.domain import Duty, Problem, Roster
from scheduler.model import Limit, Rule
from tests.rules.judged import violations


def disagreement(problem: Problem, rule: Rule, roster: Roster) -> str:
    """The rule, the roster day by day, and both sums with what they are made of."""
    return "\n".join(_lines(problem, rule, roster))


def _lines(problem: Problem, rule: Rule, roster: Roster) -> Iterator[str]:
    beyond = [(limit, limit.excess(problem, roster)) for limit in rule.limits(problem)]
    found = violations(problem, rule, roster)
    yield f"{rule.sentence} (for {rule.scope})"
    yield from _days(problem, roster)
    yield f"limits say {sum(amount for _, amount in beyond)}:"
    yield from (f"  {amount} beyond {_in_words(limit)}" for limit, amount in beyond if amount)
    yield f"check says {sum(violation.amount for violation in found)}:"
    for violation in found:
        on = ", ".join(str(problem.grid.date(day)) for day in violation.days)
        yield f"  {violation.amount} on {on or 'no day'}: {violation.sentence}"


def _days(problem: Problem, roster: Roster) -> Iterator[str]:
    """A line for each agent and day that has a duty, history first."""
    for agent in problem.agents:
        for worked in agent.history:
            when = f"{worked.template or 'a duty'}, {worked.start:%H:%M} to {worked.end:%H:%M}"
            yield f"  {agent.name}, {worked.day:%a %Y-%m-%d}: {when}, from before"
        for duty in roster.of(agent.name):
            yield f"  {agent.name}, {problem.grid.date(duty.day):%a %Y-%m-%d}: {_shift(problem, duty)}"


def _shift(problem: Problem, duty: Duty) -> str:
    zone = problem.zone_of(problem.agent_named[duty.agent])
    begin, end = (problem.grid.local(instant, zone) for instant in (duty.start, duty.end))
    breaks = [f"{pause.name} {problem.grid.local(pause.start, zone):%H:%M}" for pause in duty.breaks]
    return ", ".join([duty.template, f"{begin:%H:%M} to {end:%H:%M}", *breaks])


def _in_words(limit: Limit) -> str:
    """A limit without what it leaves open, and without the numbers of each interval."""
    said = []
    for name in type(limit).__dataclass_fields__:
        value = getattr(limit, name)
        if value not in (None, (), frozenset(), ""):
            many = isinstance(value, tuple) and len(value) > 14
            said.append(f"{name}={value[0]}..{value[-1]}" if many else f"{name}={value}")
    return f"{type(limit).__name__}({', '.join(said)})"
