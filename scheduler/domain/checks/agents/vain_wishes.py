"""Wishes that no roster can grant, one finding a kind."""

from collections.abc import Iterator
from datetime import date

from scheduler.domain.facts.absence import dates_away
from scheduler.domain.facts.problem import Agent, Problem, ShiftWish
from scheduler.domain.findings.faults import FactPath, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.words import clock_words
from scheduler.texts import text, text_n


def vain_wishes(problem: Problem) -> Iterator[Finding]:
    """Shifts wished for on days on which they never start or are away, and times at which none does."""
    yield from _never_that_day(problem)
    yield from _several_a_day(problem)
    yield from _on_days_away(problem)
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


def _several_a_day(problem: Problem) -> Iterator[Finding]:
    """Wishes of one person for different shifts on one day, of which a day can hold one."""
    seen: list[tuple[FactPath, Agent, ShiftWish, str]] = []
    for index, agent in enumerate(problem.agents):
        wanted: dict[date, str] = {}
        told: set[date] = set()
        for at, wish in enumerate(agent.shift_wishes):
            if not (wish.wanted and wish.template and wish.day >= problem.grid.first_day):
                continue
            other = wanted.setdefault(wish.day, wish.template)
            if other != wish.template and wish.day not in told:
                told.add(wish.day)
                seen.append((("agents", index, "shift_wishes", at, "template"), agent, wish, other))
    if seen:
        path, agent, wish, other = seen[0]
        yield warning(
            path,
            text_n(
                "{number} day has wishes for different shifts ({agent} on {day:%A} {day}: "
                '"{other}" and "{template}"): no more than one can be granted.',
                "{number} days have wishes for different shifts (first {agent} on {day:%A} {day}: "
                '"{other}" and "{template}"): no more than one a day can be granted.',
                len(seen),
                number=len(seen),
                agent=agent.name,
                day=wish.day,
                other=other,
                template=wish.template,
            ),
            text("Remove all but one; if either would do, expect the price of the other."),
        )


def _on_days_away(problem: Problem) -> Iterator[Finding]:
    """Wishes for work on days of leave or outside of employment; a sick call comes after the wish."""
    seen: list[tuple[FactPath, Agent, ShiftWish]] = []
    for index, agent in enumerate(problem.agents):
        wishes = [
            (at, wish)
            for at, wish in enumerate(agent.shift_wishes)
            if wish.wanted and not _comes_again(agent, wish)
        ]
        if not wishes:
            continue
        sick = [absence for absence in agent.time_off if absence.kind == "sick"]
        away = {
            on
            for on in dates_away(problem, agent)
            if on >= problem.grid.first_day
            and not any(absence.start.date() <= on <= absence.last_day for absence in sick)
        }
        seen += [
            (("agents", index, "shift_wishes", at, "day"), agent, wish)
            for at, wish in wishes
            if wish.day in away
        ]
    if seen:
        path, agent, wish = seen[0]
        yield warning(
            path,
            text_n(
                "{number} wish is for work on a day on which its agent is away ({agent} on {day:%A} {day}), "
                "and lapses.",
                "{number} wishes are for work on a day on which their agent is away (first {agent} on "
                "{day:%A} {day}), and lapse.",
                len(seen),
                number=len(seen),
                agent=agent.name,
                day=wish.day,
            ),
            text("Mend the day, or remove the row."),
        )


def _comes_again(agent: Agent, wish: ShiftWish) -> bool:
    """Whether it comes of a row by weekday, which is right again when the leave is over."""
    return any(
        usual.template == wish.template and wish.day.weekday() in usual.weekdays
        for usual in agent.usual_wishes
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
