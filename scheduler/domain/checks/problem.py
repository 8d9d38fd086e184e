"""Checks of a problem: every name refers to something, and every number makes sense.

``problem_faults`` is called before anything is planned, for a problem from any source. It reports all
that is wrong at once; the path of each finding names the fact, which a workbook turns into a cell.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import accumulate, pairwise

from scheduler.domain.checks.agents.absences import absence_faults
from scheduler.domain.checks.agents.away import away_faults, employment_faults
from scheduler.domain.checks.agents.balances import balance_faults
from scheduler.domain.checks.agents.entitlement import shifts_of_nobody
from scheduler.domain.checks.agents.hours import HeldHours, hours_faults
from scheduler.domain.checks.agents.hours_on_closed_days import hours_on_closed_days
from scheduler.domain.checks.agents.odd_absences import odd_absences
from scheduler.domain.checks.agents.pins import pin_faults
from scheduler.domain.checks.agents.vain_wishes import vain_wishes
from scheduler.domain.checks.breaks import break_faults
from scheduler.domain.checks.calendar.clock import clock_faults, headcount_clock_faults
from scheduler.domain.checks.calendar.ends_at_a_change import ends_at_a_change
from scheduler.domain.checks.calendar.history import days_of_history, history_faults, people_without_history
from scheduler.domain.checks.calendar.slips_of_a_year import ask_for_year, meant_year
from scheduler.domain.checks.calendar.special_days import special_day_faults
from scheduler.domain.checks.calendar.stale import stale_faults
from scheduler.domain.checks.demand.after_closing import after_closing
from scheduler.domain.checks.demand.goals_together import served_beside
from scheduler.domain.checks.demand.headcounts import headcount_faults, wish_faults
from scheduler.domain.checks.demand.placed_work import placed_beside
from scheduler.domain.checks.demand.plausibility import implausible
from scheduler.domain.checks.demand.requirement import demand_faults
from scheduler.domain.checks.demand.scenarios import scenario_faults
from scheduler.domain.checks.demand.too_few import too_few
from scheduler.domain.checks.demand.volumes import volume_faults
from scheduler.domain.checks.lengths import slots_cut_short
from scheduler.domain.checks.names import reference_faults
from scheduler.domain.checks.out_of_scale import out_of_scale
from scheduler.domain.checks.premiums import premium_faults
from scheduler.domain.checks.prices import price_faults
from scheduler.domain.checks.sound_part import sound_part, stands_on
from scheduler.domain.facts.problem import Agent, Problem, ShiftTemplate, WorkedDuty
from scheduler.domain.findings.faults import FactPath, error, off_grain, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.fields import MOST_MINUTES
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.words import LIKE_A_MONTH, clock_words, counted, hours_words, month_in_weeks
from scheduler.texts import text, text_n


def problem_faults(
    problem: Problem, held: HeldHours | None = None, unsound: Collection[FactPath] = ()
) -> list[Finding]:
    """Everything that is wrong with a problem, or looks wrong.

    Checks that build on names and numbers are made of the part in which those are right.

    Parameters
    ----------
    held
        Whom rules hold to the hours of their contract; everybody, where nothing is given.
    unsound
        Facts that could not be read and hold placeholders, as in :func:`sound_part`.

    Returns
    -------
    list of Finding
        Empty when the problem can be planned with; warnings do not stand against it.
    """
    faults = [fault for fault in _faults_of_facts(problem, unsound) if not stands_on(fault, unsound)]
    faults[:0] = reference_faults(problem)
    part = sound_part(problem, {*unsound, *(fault.place.path[:2] for fault in faults if fault.is_error)})
    whole = part.problem
    between = [*hours_faults(whole, held), *pin_faults(whole, held.fixed if held else ())]
    between += [*away_faults(whole), *odd_absences(whole), *vain_wishes(whole)]
    if part.has_everybody:
        between += people_without_history(whole)
        between += _supply_faults(whole)
        between += shifts_of_nobody(whole)
        between += too_few(whole, held.entitled if held else None)
    if part.has_all_demand:
        between += _nobody_asked(whole)
        between += after_closing(whole)
        if part.has_everybody:
            between += hours_on_closed_days(whole, held)
    between += [*headcount_clock_faults(whole), *ends_at_a_change(whole)]
    between += implausible(whole)
    between += out_of_scale(whole)
    return [*faults, *part.placed(between)]


def _faults_of_facts(problem: Problem, unsound: Collection[FactPath]) -> Iterator[Finding]:
    """What is wrong with single facts, each seen alone."""
    if ("grid",) not in unsound:
        yield from demand_faults(problem, unsound)
        yield from volume_faults(problem)
        yield from scenario_faults(problem)
        yield from served_beside(problem)
        yield from placed_beside(problem)
        yield from headcount_faults(problem)
    yield from special_day_faults(problem.calendar)
    yield from premium_faults(problem)
    for index, template in enumerate(problem.templates):
        yield from _template_faults(("templates", index), template)
    yield from slots_cut_short(problem)
    yield from break_faults(problem)
    yield from _contract_faults(problem)
    yield from price_faults(problem)
    if ("grid",) not in unsound:
        yield from clock_faults(problem)
        for index, agent in enumerate(problem.agents):
            yield from _agent_faults(problem, ("agents", index), agent)
        yield from stale_faults(problem)
        if ("history",) not in unsound:
            yield from history_faults(problem)


def _template_faults(path: FactPath, template: ShiftTemplate) -> Iterator[Finding]:
    if not template.weekdays:
        yield error(
            (*path, "weekdays"), text('shift "{template}" may start on no weekday.', template=template.name)
        )
    if template.latest_start < template.earliest_start:
        yield error(
            (*path, "latest_start"),
            text(
                'shift "{template}": the latest start {latest_start} is before the earliest '
                "{earliest_start}.",
                template=template.name,
                latest_start=clock_words(template.latest_start),
                earliest_start=clock_words(template.earliest_start),
            ),
            text("For the small hours of the next day write 25:30."),
        )
    if template.max_length < template.min_length:
        yield error(
            (*path, "max_length"),
            text(
                'shift "{template}": the longest length is shorter than the shortest.', template=template.name
            ),
        )
    off = [
        fault
        for key in ("earliest_start", "start_step")
        for fault in off_grain(
            (*path, key),
            text('shift "{template}": the {key}', template=template.name, key=key.replace("_", " ")),
            getattr(template, key),
            is_clock=key == "earliest_start",
        )
    ]
    yield from off
    if not off:
        yield from _not_reached(path, "latest_start", template.starts, template.latest_start, template.name)
        yield from _not_reached(path, "max_length", template.lengths, template.max_length, template.name)


def _not_reached(
    path: FactPath, key: str, values: tuple[int, ...], last: int, name: str
) -> Iterator[Finding]:
    if values and values[-1] != last:
        in_words = hours_words if key == "max_length" else clock_words
        yield warning(
            (*path, key),
            text(
                'shift "{name}": the {key} {last} is not on the step; {planned} is the last that is planned.',
                name=name,
                key=key.replace("_", " "),
                last=in_words(last),
                planned=in_words(values[-1]),
            ),
        )


def _contract_faults(problem: Problem) -> Iterator[Finding]:
    for index, contract in enumerate(problem.contracts):
        path = ("contracts", index)
        if not contract.templates:
            yield error(
                (*path, "templates"), text('contract "{contract}" may work no shift.', contract=contract.name)
            )
        for name in _repeated(contract.templates):
            yield error(
                (*path, "templates"),
                text('contract "{contract}" lists shift "{name}" twice.', contract=contract.name, name=name),
            )
        least, most = contract.min_paid_minutes, contract.max_paid_minutes
        if least is not None and most is not None and least > most:
            is_of_a_month = least >= LIKE_A_MONTH
            yield error(
                (*path, "min_paid_minutes" if is_of_a_month else "max_paid_minutes"),
                text(
                    'contract "{contract}": the most hours a week are fewer than the fewest.',
                    contract=contract.name,
                ),
                month_in_weeks(least / MINUTES_PER_HOUR) if is_of_a_month else "",
            )


def _agent_faults(problem: Problem, path: FactPath, agent: Agent) -> Iterator[Finding]:
    if not agent.skills and problem.demand:  # by the shift, people without one are asked for too
        tell = warning if problem.headcounts else error
        yield tell(
            (*path, "skills"),
            text('agent "{agent}" has no skill.', agent=agent.name),
            text("Write what they can do, as on Skills; without it they count on no line of Demand."),
        )
    for name in _repeated(agent.skills):
        yield error(
            (*path, "skills"),
            text('agent "{agent}" lists skill "{name}" twice.', agent=agent.name, name=name),
        )
    for at, (first, last) in enumerate(agent.preferred_starts):
        if last < first:
            yield error(
                (*path, "preferred_starts", at),
                text(
                    "preferred starts: {first} to {last} runs backwards.",
                    first=clock_words(first),
                    last=clock_words(last),
                ),
            )
    for key in ("available", "unavailable", "time_off"):
        for at, window in enumerate(getattr(agent, key)):
            yield from _odd_times((*path, key, at), window.start, window.end)
    together = list(accumulate(one.paid_minutes or 0 for one in agent.time_off))
    too_much = bisect_right(together, MOST_MINUTES)
    if too_much < len(together):  # a week's hours are kept in 32 bits
        yield error(
            (*path, "time_off", too_much, "paid_minutes"),
            text(
                "time off of {agent}: up to here {together} are paid; {most_minutes} are the most for one "
                "person.",
                agent=agent.name,
                together=hours_words(together[too_much]),
                most_minutes=hours_words(MOST_MINUTES),
            ),
        )
    yield from absence_faults(path, agent)
    yield from employment_faults(path, agent)
    yield from _history_faults(problem, path, agent)
    yield from balance_faults(problem, path, agent)
    yield from wish_faults(problem, path, agent)


def _history_faults(problem: Problem, path: FactPath, agent: Agent) -> Iterator[Finding]:
    days: set[object] = set()
    for at, duty in enumerate(agent.history):
        where = (*path, "history", at)
        yield from _odd_times(where, duty.start, duty.end)
        if duty.end <= duty.start:
            yield error(
                (*where, "end"), text("history of {agent}: the end is not after the start.", agent=agent.name)
            )
        elif duty.paid_minutes > _elapsed(problem, agent, duty):
            yield error(
                (*where, "paid_minutes"),
                text("history of {agent}: more hours are paid than the duty has.", agent=agent.name),
            )
        if not 0 <= (duty.start - datetime.combine(duty.day, datetime.min.time())).days < 2:
            yield error(
                (*where, "start"),
                text("history of {agent}: the duty does not start on {day}.", agent=agent.name, day=duty.day),
            )
        if duty.day >= problem.grid.first_day:
            yield error(
                (*where, "day"),
                text(
                    "history of {agent}: {day} is not before the first day {first_day}.",
                    agent=agent.name,
                    day=duty.day,
                    first_day=problem.grid.first_day,
                ),
                ask_for_year(meant_year(duty.day, *days_of_history(problem)))
                + text("Put what is fixed for the planned days on Fixed."),
            )
        if duty.day in days:
            yield error(
                (*where, "day"),
                text("history of {agent}: {day} stands here twice.", agent=agent.name, day=duty.day),
            )
        days.add(duty.day)
    worked = sorted((duty.start, duty.end) for duty in agent.history)
    for (_, end), (start, _) in pairwise(worked):
        if start < end:
            yield error(
                (*path, "history"),
                text(
                    "history of {agent}: two duties overlap on {start:%Y-%m-%d}.",
                    agent=agent.name,
                    start=start,
                ),
            )


def _elapsed(problem: Problem, agent: Agent, duty: WorkedDuty) -> int:
    """Minutes of a duty from before; a night of a change of clock is an hour longer or shorter."""
    grid, zone = problem.grid, problem.zone_of(agent)
    return grid.instant(duty.end.replace(fold=1), zone) - grid.instant(duty.start, zone)


def _odd_times(path: FactPath, start: datetime, end: datetime) -> Iterator[Finding]:
    for key, moment in (("start", start), ("end", end)):
        if moment.second or moment.microsecond:
            before = moment.replace(second=0, microsecond=0)
            yield error(
                (*path, key),
                text("{moment} is not a whole minute.", moment=moment.isoformat()),
                text("Write {one:%H:%M} or {other:%H:%M}.", one=before, other=before + timedelta(minutes=1)),
            )


def _supply_faults(problem: Problem) -> Iterator[Finding]:
    """Demand that nobody can meet, and agents whom nobody needs."""
    holders = {
        skill.name: sum(skill.name in agent.skills for agent in problem.agents) for skill in problem.skills
    }
    for index, demand in enumerate(problem.demand):
        agents = holders.get(demand.skill, 0)
        if agents == 0 and any(demand.required):
            hours = sum(demand.required) * problem.grid.interval_minutes / MINUTES_PER_HOUR
            yield warning(
                ("demand", index),
                text(
                    'nobody has skill "{skill}": all of its {agent_hours} will be missing.',
                    skill=demand.skill,
                    agent_hours=counted(round(hours), "agent-hour"),
                ),
            )
        short = [interval for interval, floor in enumerate(demand.minimum) if floor > agents]
        if short:
            yield warning(
                ("demand", index, "minimum", short[0]),
                text_n(
                    "{skill}: a minimum of {minimum} is asked for, but only {agents} has the skill.",
                    "{skill}: a minimum of {minimum} is asked for, but only {agents} have the skill.",
                    agents,
                    skill=demand.skill,
                    minimum=demand.minimum[short[0]],
                    agents=counted(agents, "agent"),
                ),
            )


def _nobody_asked(problem: Problem) -> Iterator[Finding]:
    by_interval = any(any(demand.required) for demand in problem.demand)
    if not by_interval and not any(any(wanted.required) for wanted in problem.headcounts):
        yield warning(("demand",), text("no interval and no shift requires anybody."))


def _repeated(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return list(dict.fromkeys(name for name in names if name in seen or seen.add(name)))  # type: ignore[func-returns-value]
