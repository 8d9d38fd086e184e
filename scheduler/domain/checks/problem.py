"""Checks of a problem: every name refers to something, and every number makes sense.

``problem_faults`` is called before anything is planned, for a problem from any source. It reports all
that is wrong at once; the path of each finding names the fact, which a workbook turns into a cell.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import accumulate, chain, islice, pairwise

from scheduler.domain.checks.absences import absence_faults
from scheduler.domain.checks.breaks import break_faults
from scheduler.domain.checks.clock import clock_faults, headcount_clock_faults
from scheduler.domain.checks.faults import Path, error, off_grain, warning
from scheduler.domain.checks.hours import hours_faults
from scheduler.domain.checks.pins import pin_faults
from scheduler.domain.checks.prices import price_faults
from scheduler.domain.checks.shifts import headcount_faults, headcount_supply_faults, wish_faults
from scheduler.domain.fields import MOST_MINUTES
from scheduler.domain.findings import MOST_FINDINGS, Finding, unknown_name
from scheduler.domain.grid import MINUTES_PER_DAY, MINUTES_PER_HOUR
from scheduler.domain.problem import Agent, Problem, ShiftTemplate
from scheduler.domain.spelling import likeness, look, unseen_signs
from scheduler.domain.words import clock_words, counted, hours_words


def problem_faults(problem: Problem) -> list[Finding]:
    """Everything that is wrong with a problem, or looks wrong.

    Checks that build on names and numbers run only once those are right.

    Returns
    -------
    list of Finding
        Empty when the problem can be planned with; warnings do not stand against it.
    """
    faults = reference_faults(problem)
    faults += _demand_faults(problem)
    faults += headcount_faults(problem)
    for index, template in enumerate(problem.templates):
        faults += _template_faults(("templates", index), template)
    faults += break_faults(problem)
    faults += _contract_faults(problem)
    faults += price_faults(problem)
    faults += clock_faults(problem)
    for index, agent in enumerate(problem.agents):
        faults += _agent_faults(problem, ("agents", index), agent)
    if not any(fault.is_error for fault in faults):
        faults += [*hours_faults(problem), *pin_faults(problem)]
        faults += [*_supply_faults(problem), *headcount_supply_faults(problem)]
        faults += headcount_clock_faults(problem)
    return faults


def reference_faults(problem: Problem) -> list[Finding]:
    """Duplicate names, and names that refer to nothing; the checks that need no number.

    Where a list is empty, references into it are not reported.
    """
    faults = chain(
        _twice("skills", "skill", [skill.name for skill in problem.skills]),
        _twice("demand", "the demand of skill", [demand.skill for demand in problem.demand]),
        _twice("headcounts", "the headcount of", [wanted.row for wanted in problem.headcounts]),
        _twice("templates", "shift", [template.name for template in problem.templates]),
        _twice("contracts", "contract", [contract.name for contract in problem.contracts]),
        _twice("agents", "agent", [agent.name for agent in problem.agents]),
        _strangers(problem),
    )
    return list(islice(faults, MOST_FINDINGS + 1))  # one more shows that there are more


def _twice(facts: str, kind: str, names: list[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    field = {"demand": "skill", "headcounts": "template"}.get(facts, "name")
    for index, name in enumerate(names):
        if name in seen:
            hint = "Keep one of them." if facts == "headcounts" else "Give each its own name."
            yield error((facts, index, field), f'{kind} "{name}" is given twice.', hint)
        seen.add(name)
    yield from _look_alikes(facts, field, kind, names)


def _look_alikes(facts: str, field: str, kind: str, names: list[str]) -> Iterator[Finding]:
    """Names that a reader cannot tell apart, or takes for one."""
    looks: dict[str, str] = {}
    likes: dict[str, str] = {}
    for index, name in enumerate(names):
        same = looks.setdefault(look(name), name)
        like = likes.setdefault(likeness(name), name)
        if same != name:
            yield error(
                (facts, index, field),
                f'{kind} "{name}" looks like another one, but for signs that are not seen '
                f"({unseen_signs(name + same)}).",
                "Give both the same name, or names that look different.",
            )
        elif like != name:
            yield warning(
                (facts, index, field),
                f'{kind} "{name}" and "{like}" differ only in capitals or the width of signs, and are two.',
                "If they are one, write both alike and keep one of them.",
            )


def _strangers(problem: Problem) -> Iterator[Finding]:
    skills = {skill.name: None for skill in problem.skills}
    templates = {template.name: None for template in problem.templates}
    contracts = {contract.name: None for contract in problem.contracts}

    def stranger(
        path: Path, kind: str, name: str, known: Mapping[str, None], sheet: str
    ) -> Iterator[Finding]:
        if known and name not in known:
            yield error(path, *unknown_name(kind, name, known, sheet))

    for index, demand in enumerate(problem.demand):
        yield from stranger(("demand", index, "skill"), "skill", demand.skill, skills, "Skills")
    for index, wanted in enumerate(problem.headcounts):
        path: Path = ("headcounts", index)
        yield from stranger((*path, "template"), "shift", wanted.template, templates, "Shifts")
        if wanted.skill is not None:
            yield from stranger((*path, "skill"), "skill", wanted.skill, skills, "Skills")
    for index, contract in enumerate(problem.contracts):
        for at, name in enumerate(contract.templates):
            yield from stranger(("contracts", index, "templates", at), "shift", name, templates, "Shifts")
    for index, agent in enumerate(problem.agents):
        path = ("agents", index)
        yield from stranger((*path, "contract"), "contract", agent.contract, contracts, "Contracts")
        for at, name in enumerate(agent.skills):
            yield from stranger((*path, "skills", at), "skill", name, skills, "Skills")
        for at, pin in enumerate(agent.pins):
            if pin.template is not None:
                where = (*path, "pins", at, "template")
                yield from stranger(where, "shift", pin.template, templates, "Shifts")
        for at, wish in enumerate(agent.shift_wishes):
            if wish.template is not None:
                where = (*path, "shift_wishes", at, "template")
                yield from stranger(where, "shift", wish.template, templates, "Shifts")
        for at, duty in enumerate(agent.history):
            if duty.template is not None and templates and duty.template not in templates:
                said = unknown_name("shift", duty.template, templates, "Shifts")
                yield warning((*path, "history", at, "template"), *said)  # the template may be gone by now


def _demand_faults(problem: Problem) -> Iterator[Finding]:
    intervals = problem.grid.intervals
    for facts, what in (
        ("skills", "skills"),
        ("templates", "shifts"),
        ("contracts", "contracts"),
        ("agents", "agents"),
    ):
        if not getattr(problem, facts):
            yield error((facts,), f"there are no {what}.")
    for index, demand in enumerate(problem.demand):
        lengths = [("required", len(demand.required))]
        lengths += [
            (key, len(getattr(demand, key))) for key in ("minimum", "maximum") if getattr(demand, key)
        ]
        for key, length in lengths:
            if length != intervals:
                yield error(
                    ("demand", index, key),
                    f'{key} of skill "{demand.skill}" has {counted(length, "number")}, '
                    f"but the horizon has {counted(intervals, 'interval')}.",
                    _days_of_other_length(problem),
                )
        if len({length for _, length in lengths}) > 1 or not (demand.minimum and demand.maximum):
            continue
        for interval, (floor, seats) in enumerate(zip(demand.minimum, demand.maximum, strict=True)):
            if seats is not None and floor > seats:
                yield error(
                    ("demand", index, "minimum", interval),
                    f"{demand.skill}: the minimum {floor} is more than the maximum {seats}.",
                )
    yield from _silent_skills(problem)


def _days_of_other_length(problem: Problem) -> str:
    """Why the number of intervals may surprise: ``2026-10-25 has 25 h.``."""
    grid = problem.grid
    lengths = {day: grid.day_start(day + 1) - grid.day_start(day) for day in range(grid.days)}
    return " ".join(
        f"{grid.date(day)} has {hours_words(length)}."
        for day, length in lengths.items()
        if length != MINUTES_PER_DAY
    )


def _silent_skills(problem: Problem) -> Iterator[Finding]:
    """Skills that nobody asks for, neither by the interval nor by the shift.

    Where people are asked for by shift alone, unused skills are no finding: a ward has one kind of work,
    which its headcounts need not name.
    """
    given = {demand.skill for demand in problem.demand}
    given |= {wanted.skill for wanted in problem.headcounts if wanted.skill is not None}
    if problem.headcounts and not problem.demand:
        return
    tell = warning if problem.headcounts else error
    for index, skill in enumerate(problem.skills):
        if skill.name not in given:
            yield tell(
                ("skills", index, "name"),
                f'skill "{skill.name}" has no demand.',
                "Give it one for every interval; 0 where nobody is needed.",
            )


def _template_faults(path: Path, template: ShiftTemplate) -> Iterator[Finding]:
    if not template.weekdays:
        yield error((*path, "weekdays"), f'shift "{template.name}" may start on no weekday.')
    if template.latest_start < template.earliest_start:
        yield error(
            (*path, "latest_start"),
            f'shift "{template.name}": the latest start {clock_words(template.latest_start)} is before the '
            f"earliest {clock_words(template.earliest_start)}.",
            "For the small hours of the next day write 25:30.",
        )
    if template.max_length < template.min_length:
        yield error(
            (*path, "max_length"),
            f'shift "{template.name}": the longest length is shorter than the shortest.',
        )
    off = [
        fault
        for key in ("earliest_start", "start_step", "min_length", "length_step")
        for fault in off_grain(
            (*path, key),
            f'shift "{template.name}": the {key.replace("_", " ")}',
            getattr(template, key),
            is_clock=key == "earliest_start",
        )
    ]
    yield from off
    if not off:
        yield from _not_reached(path, "latest_start", template.starts, template.latest_start, template.name)
        yield from _not_reached(path, "max_length", template.lengths, template.max_length, template.name)


def _not_reached(path: Path, key: str, values: tuple[int, ...], last: int, name: str) -> Iterator[Finding]:
    if values and values[-1] != last:
        yield warning(
            (*path, key),
            f'shift "{name}": the {key.replace("_", " ")} {clock_words(last)} is not on the step; '
            f"{clock_words(values[-1])} is the last that is planned.",
        )


def _contract_faults(problem: Problem) -> Iterator[Finding]:
    for index, contract in enumerate(problem.contracts):
        path = ("contracts", index)
        if not contract.templates:
            yield error((*path, "templates"), f'contract "{contract.name}" may work no shift.')
        for name in _repeated(contract.templates):
            yield error((*path, "templates"), f'contract "{contract.name}" lists shift "{name}" twice.')
        least, most = contract.min_paid_minutes, contract.max_paid_minutes
        if least is not None and most is not None and least > most:
            yield error(
                (*path, "max_paid_minutes"),
                f'contract "{contract.name}": the most hours a week are fewer than the fewest.',
            )


def _agent_faults(problem: Problem, path: Path, agent: Agent) -> Iterator[Finding]:
    if not agent.skills:
        yield error((*path, "skills"), f'agent "{agent.name}" has no skill.')
    for name in _repeated(agent.skills):
        yield error((*path, "skills"), f'agent "{agent.name}" lists skill "{name}" twice.')
    for at, (first, last) in enumerate(agent.preferred_starts):
        if last < first:
            yield error(
                (*path, "preferred_starts", at),
                f"preferred starts: {clock_words(first)} to {clock_words(last)} runs backwards.",
            )
    for key in ("available", "unavailable", "time_off"):
        for at, window in enumerate(getattr(agent, key)):
            yield from _odd_times((*path, key, at), window.start, window.end)
    together = list(accumulate(one.paid_minutes for one in agent.time_off))
    too_much = bisect_right(together, MOST_MINUTES)
    if too_much < len(together):  # a week's hours are kept in 32 bits
        yield error(
            (*path, "time_off", too_much, "paid_minutes"),
            f"time off of {agent.name}: up to here {hours_words(together[too_much])} are paid; "
            f"{hours_words(MOST_MINUTES)} are the most for one person.",
        )
    yield from absence_faults(path, agent)
    yield from _history_faults(problem, path, agent)
    yield from wish_faults(problem, path, agent)


def _history_faults(problem: Problem, path: Path, agent: Agent) -> Iterator[Finding]:
    days: set[object] = set()
    for at, duty in enumerate(agent.history):
        where = (*path, "history", at)
        yield from _odd_times(where, duty.start, duty.end)
        if duty.end <= duty.start:
            yield error((*where, "end"), f"history of {agent.name}: the end is not after the start.")
        elif duty.paid_minutes > (duty.end - duty.start).total_seconds() / 60:
            yield error(
                (*where, "paid_minutes"), f"history of {agent.name}: more hours are paid than the duty has."
            )
        if not 0 <= (duty.start - datetime.combine(duty.day, datetime.min.time())).days < 2:
            yield error((*where, "start"), f"history of {agent.name}: the duty does not start on {duty.day}.")
        if duty.day >= problem.grid.first_day:
            yield error(
                (*where, "day"),
                f"history of {agent.name}: {duty.day} is not before the first day {problem.grid.first_day}.",
                "Put what is fixed for the planned days on Fixed.",
            )
        if duty.day in days:
            yield error((*where, "day"), f"history of {agent.name}: {duty.day} stands here twice.")
        days.add(duty.day)
    worked = sorted((duty.start, duty.end) for duty in agent.history)
    for (_, end), (start, _) in pairwise(worked):
        if start < end:
            yield error(
                (*path, "history"), f"history of {agent.name}: two duties overlap on {start:%Y-%m-%d}."
            )


def _odd_times(path: Path, start: datetime, end: datetime) -> Iterator[Finding]:
    for key, moment in (("start", start), ("end", end)):
        if moment.second or moment.microsecond:
            before = moment.replace(second=0, microsecond=0)
            yield error(
                (*path, key),
                f"{moment.isoformat()} is not a whole minute.",
                f"Write {before:%H:%M} or {before + timedelta(minutes=1):%H:%M}.",
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
                f'nobody has skill "{demand.skill}": '
                f"all of its {counted(round(hours), 'agent-hour')} will be missing.",
            )
        short = [interval for interval, floor in enumerate(demand.minimum) if floor > agents]
        if short:
            yield warning(
                ("demand", index, "minimum", short[0]),
                f"{demand.skill}: a minimum of {demand.minimum[short[0]]} is asked for, "
                f"but only {counted(agents, 'agent')} {'has' if agents == 1 else 'have'} the skill.",
            )
    by_interval = any(any(demand.required) for demand in problem.demand)
    if not by_interval and not any(any(wanted.required) for wanted in problem.headcounts):
        yield warning(("demand",), "no interval and no shift requires anybody.")


def _repeated(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return list(dict.fromkeys(name for name in names if name in seen or seen.add(name)))  # type: ignore[func-returns-value]
