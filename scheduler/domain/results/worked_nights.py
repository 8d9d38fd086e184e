"""Nights that had begun when somebody's sick days began: they were worked, and stand.

A sick call that is written by the day begins at midnight, in the middle of the night before. Who was at work
then finished that night, or the call would say at what time they went home. So the call begins behind it.
"""

from datetime import datetime, time, timedelta

from scheduler.domain.facts.agent import Agent, TimeOff
from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.finding import Finding, Place, Severity
from scheduler.domain.results.roster import Duty, Roster
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.texts import text, text_n


def with_worked_nights(problem: Problem, roster: Roster, since: int) -> tuple[Problem, tuple[Finding, ...]]:
    """The problem with sick days that begin behind the night that had begun, and which nights stand.

    Parameters
    ----------
    since
        The instant from which on things may change: what begins before it had begun.
    """
    agents, told = [], list[tuple[int, int, TimeOff, Duty]]()
    for index, agent in enumerate(problem.agents):
        absences = []
        for at, absence in enumerate(agent.time_off):
            night = _night_before(problem, agent, absence, roster, since)
            if night is None:
                absences.append(absence)
                continue
            ends = problem.grid.local(night.end, problem.zone_of(agent)).replace(tzinfo=None)
            absences.append(absence.model_copy(update={"start": ends}))
            told.append((index, at, absences[-1], night))
        agents.append(agent.model_copy(update={"time_off": tuple(absences)}) if absences else agent)
    if not told:
        return problem, ()
    index, at, call, night = told[0]
    finding = Finding(
        place=Place(path=("agents", index, "time_off", at, "start")),
        message=text_n(
            "{number} night that had begun when a sick day began stands as worked ({agent} from {on}): the "
            "sick call begins behind it, at {time}.",
            "{number} nights that had begun when a sick day began stand as worked (first {agent} from {on}): "
            "the sick call begins behind it, at {time}.",
            len(told),
            number=len(told),
            agent=night.agent,
            on=problem.grid.date(night.day),
            time=f"{call.start:%H:%M}",
        ),
        hint=text("Where a night was broken off, write under From at what time."),
        severity=Severity.WARNING,
    )
    return problem.model_copy(update={"agents": tuple(agents)}), (finding,)


def begins_behind_a_night(problem: Problem, agent: Agent, absence: TimeOff, later: datetime) -> bool:
    """Whether sick days may begin at a later time as well: when a night of the contract ends on the first."""
    if absence.kind != "sick" or absence.start.time() != time.min:
        return False
    behind = later - absence.start
    if not timedelta() < behind < timedelta(minutes=MINUTES_PER_DAY):
        return False
    grid, zone = problem.grid, problem.zone_of(agent)
    first, ends = grid.day_index(absence.start.date()), grid.instant(later, zone)
    return any(
        grid.instant_on_day(first - 1, clock, zone) + length == ends
        for template in problem.shifts_of(problem.contract_of(agent), first - 1)
        for clock in template.starts
        for length in template.lengths
    )


def meets(problem: Problem, agent: Agent, absence: TimeOff, duty: Duty) -> bool:
    """Whether an absence has a part of a duty. A sick call that does cancels all of it, and credits all."""
    grid, zone = problem.grid, problem.zone_of(agent)
    return duty.start < grid.instant(absence.end, zone) and grid.instant(absence.start, zone) < duty.end


def _night_before(
    problem: Problem, agent: Agent, absence: TimeOff, roster: Roster, since: int
) -> Duty | None:
    """The duty that had begun and runs into the first of sick days, if nothing else stops it."""
    if absence.kind != "sick" or absence.start.time() != time.min:
        return None
    grid, zone = problem.grid, problem.zone_of(agent)
    begins, ends = grid.instant(absence.start, zone), grid.instant(absence.end, zone)
    for duty in roster.of(agent.name):
        is_night = duty.start < min(since, begins) and begins < duty.end < ends
        others = (one for one in agent.time_off if one is not absence)
        if is_night and not any(meets(problem, agent, other, duty) for other in others):
            return duty
    return None
