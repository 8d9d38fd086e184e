"""Wishes that no roster can grant, one finding a kind."""

from collections.abc import Iterator

from scheduler.domain.facts.problem import Agent, Problem, ShiftWish
from scheduler.domain.findings.faults import FactPath, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.words import clock_words
from scheduler.texts import text, text_n


def vain_wishes(problem: Problem) -> Iterator[Finding]:
    """Shifts wished for on days on which they never start, and times at which no shift does."""
    yield from _never_that_day(problem)
    yield from _never_at_that_time(problem)


def _never_that_day(problem: Problem) -> Iterator[Finding]:
    seen: list[tuple[FactPath, Agent, ShiftWish]] = [
        (("agents", index, "shift_wishes", at, "day"), agent, wish)
        for index, agent in enumerate(problem.agents)
        for at, wish in enumerate(agent.shift_wishes)
        if wish.wanted and wish.template and wish.day >= problem.grid.first_day
        if wish.day.weekday() not in problem.template_named[wish.template].weekdays
        if not _is_of_several_days(agent, wish)
    ]
    if seen:
        path, agent, wish = seen[0]
        yield warning(
            path,
            text_n(
                "{number} wish is for a shift on a weekday on which it never starts ({agent}, "
                '"{template}" on {day:%A} {day}), and cannot be granted.',
                "{number} wishes are for a shift on a weekday on which it never starts (first {agent}, "
                '"{template}" on {day:%A} {day}), and cannot be granted.',
                len(seen),
                number=len(seen),
                agent=agent.name,
                template=wish.template,
                day=wish.day,
            ),
            text("Mend the day or the shift, or remove the row."),
        )


def _is_of_several_days(agent: Agent, wish: ShiftWish) -> bool:
    """Whether it comes of a row for several weekdays, such as every day, of which others have the shift."""
    return any(
        usual.template == wish.template and wish.day.weekday() in usual.weekdays and len(usual.weekdays) > 1
        for usual in agent.usual_wishes
    )


def _never_at_that_time(problem: Problem) -> Iterator[Finding]:
    starts = {
        contract.name: sorted({at for shift in problem.shifts_of(contract) for at in shift.starts})
        for contract in problem.contracts
    }
    seen = [
        (("agents", index, "preferred_starts"), agent, starts[agent.contract])
        for index, agent in enumerate(problem.agents)
        if agent.preferred_starts and starts[agent.contract]
        if not any(
            first <= start <= last
            for first, last in agent.preferred_starts
            for start in starts[agent.contract]
        )
    ]
    if seen:
        path, agent, possible = seen[0]
        yield warning(
            path,
            text_n(
                "{number} agent likes to start when no shift of the contract does ({agent}; shifts start "
                "{when}).",
                "{number} agents like to start when no shift of their contract does (first {agent}; shifts "
                "start {when}).",
                len(seen),
                number=len(seen),
                agent=agent.name,
                when=_from_to(clock_words(possible[0]), clock_words(possible[-1])),
            ),
            text("Mend the window, or clear it."),
        )


def _from_to(first: str, last: str) -> str:
    """Clock times between two, or just the one."""
    if first == last:
        return text("at {first}", first=first)
    return text("from {first} to {last}", first=first, last=last)
