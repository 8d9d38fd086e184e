"""What sick calls and employment do to the week, one finding a kind, with the figures that are counted with.

Called by :func:`scheduler.domain.checks.problem.problem_faults` once nothing stands against a problem; dates
of employment that exclude each other are told before that.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.domain.facts.absence import (
    WEEKEND,
    contract_weekdays,
    credited_days,
    excused_minutes,
    paid_absence,
    pins_kept,
)
from scheduler.domain.facts.agent import Agent, TimeOff
from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.faults import FactPath, error, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.words import counted, from_to_days, hours_words, listed
from scheduler.texts import text, text_n


def employment_faults(path: FactPath, agent: Agent) -> Iterator[Finding]:
    """An employment that ends before it begins."""
    if agent.starts_on and agent.leaves_on and agent.leaves_on < agent.starts_on:
        yield error(
            (*path, "leaves_on"),
            text(
                "{agent} leaves on {leaves_on}, before the first day {starts_on}.",
                agent=agent.name,
                leaves_on=agent.leaves_on,
                starts_on=agent.starts_on,
            ),
            text("Swap the two dates, or clear the one that is not meant."),
        )


def away_faults(problem: Problem) -> list[Finding]:
    """What is assumed of sick calls without hours, what fixed shifts they cancel, and who joins or leaves."""
    found = [
        *(_sick_hours(problem), _hours_over_weekends(problem), _cancelled(problem)),
        *(_never_there(problem), _joiners_and_leavers(problem)),
    ]
    return [finding for finding in found if finding is not None]


def _sick_hours(problem: Problem) -> Finding | None:
    """Sick calls without hours, and what they are credited with."""
    grid = problem.grid
    calls = [
        (index, at, agent, call.start.date())
        for index, agent in enumerate(problem.agents)
        for at, call in enumerate(agent.time_off)
        if call.kind == "sick"
        and call.paid_minutes is None
        and call.start.date() <= grid.date(grid.days - 1)
        and call.last_day >= grid.first_day
    ]
    if not calls:
        return None
    index, at, agent, on = calls[0]
    path: FactPath = ("agents", index, "time_off", at, "paid_minutes")
    number, first = len(calls), text("{agent} from {on}", agent=agent.name, on=on)
    if problem.sick_hours == "none":
        return warning(
            path,
            text_n(
                "{number} sick call says no hours ({first}) and is credited with none, as Sick hours on "
                "Settings says; the contract's least hours are lowered by its share.",
                "{number} sick calls say no hours (first {first}) and are credited with none, as Sick hours "
                "on Settings says; the contract's least hours are lowered by their share.",
                number,
                number=number,
                first=first,
            ),
        )
    minutes = [
        (day, paid)
        for one in dict.fromkeys(one.name for _, _, one, _ in calls)
        for day, paid in paid_absence(problem, problem.agent_named[one]).items()
        if _is_open(problem, problem.agent_named[one], day)
    ]
    return warning(
        path,
        text_n(
            "{number} sick call says no hours ({first}): by the contract's hours and workdays {hours} on "
            "{days} are credited; beside a roster from before the call, the hours of the duties that it "
            "cancels.",
            "{number} sick calls say no hours (first {first}): by the contracts' hours and workdays {hours} "
            "on {days} are credited; beside a roster from before the calls, the hours of the duties that "
            "they cancel.",
            number,
            number=number,
            first=first,
            hours=hours_words(sum(paid for _, paid in minutes)),
            days=counted(sum(paid > 0 for _, paid in minutes), "day"),
        ),
        text("Write their paid hours if they are known, or set Sick hours on Settings."),
    )


def _hours_over_weekends(problem: Problem) -> Finding | None:
    """Hours of absences over a weekend that the contract could work, and the days that they count on."""
    grid = problem.grid
    seen = [
        (index, at, agent, absence)
        for index, agent in enumerate(problem.agents)
        for at, absence in enumerate(agent.time_off)
        if absence.paid_minutes and absence.start.date() < absence.last_day
        if absence.start.date() < grid.date(grid.days) and absence.last_day >= grid.first_day
        if credited_days(problem, agent, absence) and _is_in_doubt(problem, agent, absence)
    ]
    if not seen:
        return None
    index, at, agent, absence = seen[0]
    days = credited_days(problem, agent, absence)
    on = [f"{grid.date(day):%a %d %b}" for day in days]
    return warning(
        ("agents", index, "time_off", at, "paid_minutes"),
        text_n(
            "{number} absence reaches over a Saturday or Sunday on which the contract has shifts ({agent} "
            "{when}): its {hours} are counted on {days}, {each} a day.",
            "{number} absences reach over a Saturday or Sunday on which the contract has shifts (first "
            "{agent} {when}): its {hours} are counted on {days}, {each} a day.",
            len(seen),
            number=len(seen),
            agent=agent.name,
            when=from_to_days(absence.start.date(), absence.last_day),
            hours=hours_words(absence.paid_minutes or 0),
            days=listed(on, 7),
            each=hours_words((absence.paid_minutes or 0) // len(days)),
        ),
        text("If other days would have been worked, write a row for each stretch of them, with its hours."),
    )


def _is_in_doubt(problem: Problem, agent: Agent, absence: TimeOff) -> bool:
    """Whether a day of the weekend among those of the absence could have been worked."""
    works = contract_weekdays(problem, agent)
    length = (absence.last_day - absence.start.date()).days
    dates = (absence.start.date() + timedelta(days=step) for step in range(min(length, 7) + 1))
    return any(on.weekday() in works & WEEKEND for on in dates)


def _is_open(problem: Problem, agent: Agent, day: int) -> bool:
    """Whether a sick call without hours covers a day of the horizon."""
    on = problem.grid.date(day)
    return 0 <= day < problem.grid.days and any(
        one.kind == "sick" and one.paid_minutes is None and one.start.date() <= on <= one.last_day
        for one in agent.time_off
    )


def _cancelled(problem: Problem) -> Finding | None:
    """Fixed shifts on days of a sick call."""
    cancelled = [
        (index, at, agent, pin.day)
        for index, agent in enumerate(problem.agents)
        if agent.pins and agent.time_off
        for kept in [pins_kept(problem, agent)]
        for at, pin in enumerate(agent.pins)
        if pin not in kept
    ]
    if not cancelled:
        return None
    index, at, agent, on = cancelled[0]
    return warning(
        ("agents", index, "pins", at, "day"),
        text_n(
            "{number} fixed shift is cancelled by a sick call ({agent} on {on}).",
            "{number} fixed shifts are cancelled by sick calls (first {agent} on {on}).",
            len(cancelled),
            number=len(cancelled),
            agent=agent.name,
            on=on,
        ),
        text("Remove the rows, or mend the days of the sick call."),
    )


def _never_there(problem: Problem) -> Finding | None:
    """People who are employed on none of the planned days."""
    dates = [problem.grid.date(day) for day in range(problem.grid.days)]
    never = [
        (index, agent)
        for index, agent in enumerate(problem.agents)
        if (agent.starts_on or agent.leaves_on) and not any(map(agent.is_employed_on, dates))
    ]
    if not never:
        return None
    index, agent = never[0]
    key = "starts_on" if agent.starts_on is not None and agent.starts_on > dates[-1] else "leaves_on"
    return warning(
        ("agents", index, key),
        text_n(
            "{number} agent is not employed on any planned day ({agent}) and gets no shift.",
            "{number} agents are not employed on any planned day (first {agent}) and get no shift.",
            len(never),
            number=len(never),
            agent=agent.name,
        ),
        text("Remove the rows, or mend the dates."),
    )


def _joiners_and_leavers(problem: Problem) -> Finding | None:
    """People who are employed on a part of a week, whose contract's least hours are its share."""
    seen = [
        (index, agent, *lowered)
        for index, agent in enumerate(problem.agents)
        if (lowered := _first_lowered(problem, agent)) is not None
    ]
    if not seen:
        return None
    index, agent, monday, asked, least = seen[0]
    return warning(
        ("agents", index, "starts_on" if agent.starts_on and agent.starts_on > monday else "leaves_on"),
        text_n(
            "{number} agent joins or leaves within a week ({agent}): of the {asked} of the week from "
            "{monday} they owe {least}, by the days employed.",
            "{number} agents join or leave within a week (first {agent}): of the {asked} of the week from "
            "{monday} they owe {least}, by the days employed.",
            len(seen),
            number=len(seen),
            agent=agent.name,
            asked=hours_words(asked),
            monday=monday,
            least=hours_words(least),
        ),
    )


def _first_lowered(problem: Problem, agent: Agent) -> tuple[date, int, int] | None:
    """The first date of the first whole week that employment cuts, its least hours, and what is owed."""
    asked = problem.contract_of(agent).min_paid_minutes
    if not asked or not (agent.starts_on or agent.leaves_on):
        return None
    for week in problem.weeks:
        employed = [agent.is_employed_on(problem.grid.date(day)) for day in week]
        if len(week) == 7 and any(employed) and not all(employed):
            return problem.grid.date(week[0]), asked, asked - excused_minutes(problem, agent, asked, week)
    return None
