"""What minutes are counted by: paid minutes, those of work, or all from start to end."""

from collections.abc import Container
from typing import Literal

from scheduler.domain.facts.problem import Agent, Problem, WorkedDuty
from scheduler.domain.results.roster import Duty
from scheduler.model.calendar.history import paid_time_off_on
from scheduler.model.limits.verbs import ElapsedMinutes, PaidMinutes, Verb, WorkedMinutes
from scheduler.texts import text

Basis = Literal["paid", "work", "elapsed"]


def verb_of(basis: Basis) -> Verb:
    """What counts these minutes of a duty."""
    if basis == "paid":
        return PaidMinutes()
    return WorkedMinutes() if basis == "work" else ElapsedMinutes()


def minutes_before(problem: Problem, agent: Agent, days: Container[int], basis: Basis) -> int:
    """Minutes of the duties before the horizon that started on these days."""
    grid, zone = problem.grid, problem.zone_of(agent)
    duties = [duty for duty in agent.history if grid.day_index(duty.day) in days]
    if basis != "elapsed":
        return sum(duty.paid_minutes for duty in duties)
    return sum(grid.instant(duty.end, zone) - grid.instant(duty.start, zone) for duty in duties)


def credited(problem: Problem, agent: Agent, days: Container[int], basis: Basis) -> int:
    """Paid minutes of approved absence on these days, where they count."""
    return paid_time_off_on(problem, agent, days) if basis == "paid" else 0


def minutes_of(problem: Problem, agent: Agent, duty: Duty | WorkedDuty, basis: Basis) -> int:
    """Minutes of one duty, for checks: by its start and end and its breaks."""
    if isinstance(duty, WorkedDuty):
        grid, zone = problem.grid, problem.zone_of(agent)
        elapsed = grid.instant(duty.end, zone) - grid.instant(duty.start, zone)
        return elapsed if basis == "elapsed" else duty.paid_minutes
    unpaid = sum(pause.length_minutes for pause in duty.breaks if basis == "work" or not pause.paid)
    return duty.end - duty.start - (0 if basis == "elapsed" else unpaid)


def basis_words(basis: Basis) -> str:
    """What is counted, for a sentence."""
    if basis == "paid":
        return text("paid")
    return text("worked without breaks") if basis == "work" else text("at work, breaks included")
