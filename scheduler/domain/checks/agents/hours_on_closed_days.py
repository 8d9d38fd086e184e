"""People whose hours do not fit on the days on which anybody is wanted.

A holiday in a week of work is such a day. Who has to have the hours of a week works on it all the same,
unless they are given as paid time off; nothing else would tell.
"""

from collections.abc import Collection, Iterator, Sequence

from scheduler.domain.checks.agents.hours import HeldHours
from scheduler.domain.checks.calendar.closed_days import closed_days
from scheduler.domain.checks.calendar.possible_days import PossibleDays
from scheduler.domain.facts.absence import excused_minutes, paid_absence
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.findings.faults import warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_HOUR
from scheduler.domain.values.words import hours_words, listed, spoken_date
from scheduler.texts import text, text_n

_SHOWN = 3


def hours_on_closed_days(problem: Problem, held: HeldHours | None) -> Iterator[Finding]:
    """The people who must work on such days, in the first week that has any.

    Parameters
    ----------
    held
        Whom rules hold to the hours of their contract; everybody, where nothing is given.
    """
    starts = {weekday for template in problem.templates for weekday in template.weekdays}
    closed = {day for day in closed_days(problem) if problem.grid.weekday(day) in starts}
    for week in problem.weeks:
        within = closed.intersection(week)
        if len(week) == DAYS_PER_WEEK and within and len(within) < len(week):
            found = _of_week(problem, held, week, within)
            if found is not None:
                yield found
                return


def _of_week(
    problem: Problem, held: HeldHours | None, week: Sequence[int], closed: Collection[int]
) -> Finding | None:
    days = PossibleDays(problem)
    others = [day for day in week if day not in closed]
    asked, seen, possible = 0, [], set[int]()
    for index, agent in enumerate(problem.agents):
        least = problem.contract_of(agent).min_paid_minutes
        if not least or not (held is None or agent.name in held.by_shifts):
            continue
        paid = paid_absence(problem, agent)
        least -= sum(paid.get(day, 0) for day in week) + excused_minutes(problem, agent, least, week)
        asked += max(0, least)
        room = _most(problem, days, agent, others)
        if room < least <= room + _most(problem, days, agent, closed):
            seen.append((index, agent, least, room))
            possible.update(day for day in closed if _most(problem, days, agent, (day,)))
    if not seen:
        return None
    index, agent, least, room = seen[0]
    required = _required_minutes(problem, week)
    sums = text(
        " In the week from {first} contracts ask for {asked:,.0f} h beside paid absence, and {required:,.0f} "
        "agent-hours are required.",
        first=problem.grid.date(week[0]),
        asked=asked / MINUTES_PER_HOUR,
        required=required / MINUTES_PER_HOUR,
    )
    return warning(
        ("agents", index),
        text_n(
            "{number} agent has to work on days on which nobody is required, {on}, for the hours of the "
            "contract ({agent}: {least}, and the other days hold {room}).{sums}",
            "{number} agents have to work on days on which nobody is required, {on}, for the hours of their "
            "contracts (first {agent}: {least}, and the other days hold {room}).{sums}",
            len(seen),
            number=len(seen),
            on=listed([spoken_date(problem.grid.date(day)) for day in sorted(possible)], _SHOWN),
            agent=agent.name,
            least=hours_words(least),
            room=hours_words(room),
            sums=sums if required else "",
        ),
        text(
            "Where the day is closed, give them paid time off on Availability; else write on Demand what is "
            "required."
        ),
    )


def _most(problem: Problem, days: PossibleDays, agent: Agent, over: Collection[int]) -> int:
    """Most paid minutes of an agent over some days, one duty a day."""
    contract, grid = problem.contract_of(agent), problem.grid
    free = {pin.day for pin in agent.pins if pin.off}
    return sum(
        max(days.choices(agent, contract, day), default=0)
        for day in over
        if grid.date(day) not in free and agent.is_employed_on(grid.date(day))
    )


def _required_minutes(problem: Problem, week: Sequence[int]) -> int:
    return problem.grid.interval_minutes * sum(
        sum(demand.required[at] for at in problem.grid.intervals_of(day))
        for day in week
        for demand in problem.demand
    )
