"""Hours of sick calls that were left open, filled in from the roster whose duties they cancel.

Called where such a roster is known. The hours become the absence's own, so that whoever reads the problem
after that counts with the same.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from scheduler.domain.facts.absence import days_away
from scheduler.domain.facts.agent import Agent, TimeOff
from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.finding import Finding, Place, Severity
from scheduler.domain.results.roster import Duty, Roster
from scheduler.domain.results.worked_nights import begins_behind_a_night, meets
from scheduler.domain.values.calendar_fields import at_clock
from scheduler.domain.values.words import counted, hours_words
from scheduler.texts import text_n


def with_rostered_hours(problem: Problem, roster: Roster) -> tuple[Problem, tuple[Finding, ...]]:
    """The problem with the hours of open sick calls as rostered, and what is credited.

    A call is cut around each day of a duty that it meets, so that this day has the paid minutes of its duty
    and the days between have none. What of it lies before or behind the planned days stays open: nothing is
    known of it. A call that meets no duty, while the rest of the agent's week is too short for the contract,
    stays open as a whole: the roster was made after it.

    Parameters
    ----------
    roster
        Made before the calls; of the same days.
    """
    if problem.sick_hours != "rostered":
        return problem, ()
    agents, told = [], list[tuple[int, int, TimeOff, int, int]]()
    for index, agent in enumerate(problem.agents):
        absences: list[TimeOff] = []
        for at, absence in enumerate(agent.time_off):
            parts = _parts(problem, agent, absence, roster) if _is_open(absence) else None
            if parts:
                cancelled = _cancelled(problem, agent, absence, roster)
                told.append((index, at, absence, len(cancelled), sum(one.paid_minutes for one in cancelled)))
            absences += parts or [absence]
        agents.append(agent.model_copy(update={"time_off": tuple(absences)}))
    if not told:
        return problem, ()
    index, at, first, _, _ = told[0]
    finding = Finding(
        place=Place(path=("agents", index, "time_off", at, "paid_minutes")),
        message=text_n(
            "{number} sick call without hours ({agent} from {on}) is credited as rostered: {hours} of the "
            "{duties} cancelled.",
            "{number} sick calls without hours (first {agent} from {on}) are credited as rostered: {hours} "
            "of the {duties} cancelled.",
            len(told),
            number=len(told),
            agent=problem.agents[index].name,
            on=first.start.date(),
            hours=hours_words(sum(minutes for *_, minutes in told)),
            duties=counted(sum(duties for *_, duties, _ in told), "duty", "duties"),
        ),
        severity=Severity.WARNING,
    )
    return problem.model_copy(update={"agents": tuple(agents)}), (finding,)


def with_hours_of(problem: Problem, settled: Problem) -> Problem:
    """The problem with the hours of open sick calls as another one says them, where that has the same calls.

    So a roster is held against the input that it was made from, whose calls the roster before filled in. Sick
    days may begin there behind the night before, see :mod:`scheduler.domain.results.worked_nights`.
    """
    agents = []
    for agent in problem.agents:
        other = settled.agent_named.get(agent.name)
        absences: list[TimeOff] = []
        for absence in agent.time_off:
            parts = [
                one
                for one in (other.time_off if other else ())
                if one.kind == "sick" and absence.start <= one.start and one.end <= absence.end
            ]
            is_known = bool(parts) and _is_tiled(problem, agent, absence, parts)
            absences += parts if is_known else [absence]
        agents.append(agent.model_copy(update={"time_off": tuple(absences)}))
    return problem.model_copy(update={"agents": tuple(agents)})


def _is_tiled(problem: Problem, agent: Agent, absence: TimeOff, parts: Sequence[TimeOff]) -> bool:
    """Whether parts are all of a sick call, with the hours that it says."""
    first, *starts = (one.start for one in parts)
    *ends, last = (one.end for one in parts)
    is_same = first == absence.start or begins_behind_a_night(problem, agent, absence, first)
    says_more = _is_open(absence) or [one.paid_minutes for one in parts] == [absence.paid_minutes]
    return absence.kind == "sick" and is_same and says_more and starts == ends and last == absence.end


def has_sick_calls(problem: Problem) -> bool:
    """Whether anybody is sick: a roster may say their hours, and when they went home."""
    return any(absence.kind == "sick" for agent in problem.agents for absence in agent.time_off)


def _is_open(absence: TimeOff) -> bool:
    return absence.kind == "sick" and absence.paid_minutes is None


def _cancelled(problem: Problem, agent: Agent, absence: TimeOff, roster: Roster) -> list[Duty]:
    return [duty for duty in roster.of(agent.name) if meets(problem, agent, absence, duty)]


def _parts(problem: Problem, agent: Agent, absence: TimeOff, roster: Roster) -> list[TimeOff]:
    """The absence with its hours, cut around the days that have any; none where the roster tells nothing."""
    grid = problem.grid
    cancelled = _cancelled(problem, agent, absence, roster)
    if absence.last_day < grid.first_day or absence.start.date() > grid.date(grid.days - 1):
        return []
    if not cancelled and _is_short(problem, agent, roster):
        return []
    minutes = Counter[date]()
    for duty in cancelled:
        # a night from the day before is credited on the first day of the call, which has no other
        minutes[max(grid.date(duty.day), absence.start.date())] += duty.paid_minutes
    return [
        absence.model_copy(
            update={
                "start": start,
                "end": end,
                "paid_minutes": minutes[start.date()] if _is_planned(problem, start) else None,
            }
        )
        for start, end in pairwise(_cuts(problem, absence, minutes))
    ]


def _cuts(problem: Problem, absence: TimeOff, days: Collection[date]) -> list[datetime]:
    """Where an absence begins, is cut and ends: around some days, and where the horizon begins and ends."""
    grid = problem.grid
    firsts = {grid.first_day, grid.date(grid.days), *days, *(day + timedelta(days=1) for day in days)}
    midnights = (at_clock(day, 0) for day in sorted(firsts))
    within = [midnight for midnight in midnights if absence.start < midnight < absence.end]
    return [absence.start, *within, absence.end]


def _is_planned(problem: Problem, on: datetime) -> bool:
    return 0 <= problem.grid.day_index(on.date()) < problem.grid.days


def _is_short(problem: Problem, agent: Agent, roster: Roster) -> bool:
    """Whether some whole week with a day away has fewer paid minutes than the contract asks for."""
    least = problem.contract_of(agent).min_paid_minutes or 0
    away = days_away(problem, agent)
    return any(
        len(week) == 7
        and not away.isdisjoint(week)
        and sum(duty.paid_minutes for duty in roster.of(agent.name) if duty.day in week) < least
        for week in problem.weeks
    )
