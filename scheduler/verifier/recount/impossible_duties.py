"""Misfits: duties that the input does not offer, each in a sentence with times on the agent's clock.

For example a shift that no template has, breaks that are not those of its length, or two duties at once. No
rule has to forbid them and no price can allow them.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from scheduler.domain.facts.problem import Agent, Problem, ShiftTemplate
from scheduler.domain.results.breaches import Misfit
from scheduler.domain.results.roster import Duty, PlacedBreak, Roster
from scheduler.domain.values.grid import TimeGrid
from scheduler.domain.values.words import hours_words
from scheduler.texts import text


def misfits(problem: Problem, roster: Roster, starts: "Starts | None" = None) -> Iterator[Misfit]:
    """What the input does not allow, one sentence each.

    Parameters
    ----------
    starts
        The starts that are allowed, where many rosters of one grid are looked at one after another.
    """
    starts = starts or Starts(problem.grid)
    for duty in roster.duties:
        for sentence in _duty_misfits(problem, duty, starts):
            yield Misfit(agent=duty.agent, day=duty.day, sentence=sentence)
    for agent in problem.agents:
        for day, sentence in _meeting_misfits(problem, agent, roster):
            yield Misfit(agent=agent.name, day=day, sentence=sentence)


def _duty_misfits(problem: Problem, duty: Duty, starts: "Starts") -> Iterator[str]:
    agent = problem.agent_named.get(duty.agent)
    if agent is None:
        yield text('"{agent}" has a duty but is not among the agents.', agent=duty.agent)
        return
    if not 0 <= duty.day < problem.grid.days:
        date = problem.grid.date(duty.day)
        yield text(
            "{agent}: the duty of {date:%a %d %b %Y} lies outside the horizon.",
            agent=agent.name,
            date=date,
        )
        return
    template = problem.template_named.get(duty.template)
    if template is None:
        yield text(
            '{on}: there is no shift template "{template}".',
            on=_on(problem, agent, duty),
            template=duty.template,
        )
        return
    yield from _shift_misfits(problem, agent, template, duty, starts)
    yield from _break_misfits(problem, agent, template, duty)


def readable(problem: Problem, roster: Roster) -> Roster:
    """The duties that rules can check: of known agents and templates, inside the horizon."""
    return Roster(
        duties=tuple(
            duty
            for duty in roster.duties
            if duty.agent in problem.agent_named
            and duty.template in problem.template_named
            and 0 <= duty.day < problem.grid.days
            and duty.start < duty.end
        )
    )


class Starts:
    """Cache of the instants at which shifts of a template may start on a day."""

    def __init__(self, grid: TimeGrid) -> None:
        self.grid = grid
        self._known: dict[tuple[str, int, str], frozenset[int]] = {}

    def of(self, template: ShiftTemplate, day: int, zone: str) -> frozenset[int]:
        """Those on one clock, whatever weekday it is."""
        key = (template.name, day, zone)
        if key not in self._known:
            self._known[key] = frozenset(
                self.grid.instant_on_day(day, clock, zone)
                for clock in template.starts
                if self.grid.clock_exists(day, clock, zone)
            )
        return self._known[key]


def _shift_misfits(
    problem: Problem, agent: Agent, template: ShiftTemplate, duty: Duty, starts: Starts
) -> Iterator[str]:
    faults = []
    if problem.grid.weekday(duty.day) not in template.weekdays:
        faults.append(
            text(
                'is on a {day:%A}, which "{template}" does not start on.',
                day=problem.grid.date(duty.day),
                template=template.name,
            )
        )
    if duty.start not in starts.of(template, duty.day, problem.zone_of(agent)):
        first, last = _clock(template.earliest_start), _clock(template.latest_start)
        faults.append(
            text(
                'does not start as "{template}" may on that day: every {start_step} min from {first} to '
                "{last}.",
                template=template.name,
                start_step=template.start_step,
                first=first,
                last=last,
            )
        )
    if duty.elapsed_minutes not in template.lengths:
        faults.append(
            text(
                'is {length} long; "{template}" lasts {lengths}.',
                length=hours_words(duty.elapsed_minutes),
                template=template.name,
                lengths=_lengths(template),
            )
        )
    for fault in faults:
        shift = _span(problem, agent, duty.start, duty.end)
        yield text("{on}: the shift {shift} {fault}", on=_on(problem, agent, duty), shift=shift, fault=fault)


def _break_misfits(problem: Problem, agent: Agent, template: ShiftTemplate, duty: Duty) -> Iterator[str]:
    here = _on(problem, agent, duty)
    wanted = Counter(
        (pause.name, pause.length_minutes, pause.paid) for pause in template.breaks_of(duty.elapsed_minutes)
    )
    given = Counter((pause.name, pause.length_minutes, pause.paid) for pause in duty.breaks)
    for name, length, paid in (wanted - given).elements():
        yield text(
            '{here}: the break "{name}" of {kind} is missing.', here=here, name=name, kind=_kind(length, paid)
        )
    for name, length, paid in (given - wanted).elements():
        yield text(
            '{here}: the break "{name}" of {kind} is not one of this shift\'s.',
            here=here,
            name=name,
            kind=_kind(length, paid),
        )
    taken = sorted(duty.breaks, key=lambda pause: (pause.start, pause.end))
    for pause in taken:
        if pause.start < duty.start or pause.end > duty.end:
            shift = _span(problem, agent, duty.start, duty.end)
            yield text(
                "{here}: the break {pause} is outside the shift {shift}.",
                here=here,
                pause=_break(problem, agent, pause),
                shift=shift,
            )
    for one, other in pairwise(taken):
        if other.start < one.end:
            both = text(
                "{one} and {other}", one=_break(problem, agent, one), other=_break(problem, agent, other)
            )
            yield text("{here}: the breaks {both} overlap.", here=here, both=both)


def _meeting_misfits(problem: Problem, agent: Agent, roster: Roster) -> Iterator[tuple[int, str]]:
    """Two duties where one can be, each with the day on which that is seen."""
    zone = problem.zone_of(agent)
    for day, duties in Counter(duty.day for duty in roster.of(agent.name)).items():
        if duties > 1:
            date = problem.grid.date(day)
            yield (
                day,
                text(
                    "{agent}, {date:%a %d %b %Y}: {duties} duties on one day; there can be one.",
                    agent=agent.name,
                    date=date,
                    duties=duties,
                ),
            )
    busy: list[tuple[int, int, int | None]] = [
        (problem.grid.instant(worked.start, zone), problem.grid.instant(worked.end, zone), None)
        for worked in agent.history
    ]
    busy += [(duty.start, duty.end, duty.day) for duty in roster.of(agent.name)]
    for one, other in pairwise(sorted(busy, key=lambda span: span[:2])):
        begun = one[2] if other[2] is None else other[2]
        if other[0] < one[1] and begun is not None:
            date = problem.grid.local(other[0], zone)
            first, second = _span(problem, agent, *one[:2]), _span(problem, agent, *other[:2])
            yield (
                begun,
                text(
                    "{agent}, {date:%a %d %b %Y}: the duties {first} and {second} overlap.",
                    agent=agent.name,
                    date=date,
                    first=first,
                    second=second,
                ),
            )


def _on(problem: Problem, agent: Agent, duty: Duty) -> str:
    return f"{agent.name}, {problem.grid.date(duty.day):%a %d %b %Y}"


def _span(problem: Problem, agent: Agent, start: int, end: int) -> str:
    zone = problem.zone_of(agent)
    return f"{problem.grid.local(start, zone):%H:%M}-{problem.grid.local(end, zone):%H:%M}"


def _break(problem: Problem, agent: Agent, pause: PlacedBreak) -> str:
    return f'"{pause.name}" {_span(problem, agent, pause.start, pause.end)}'


def _kind(length: int, paid: bool) -> str:
    return (
        text("{length} min (paid)", length=length) if paid else text("{length} min (unpaid)", length=length)
    )


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _lengths(template: ShiftTemplate) -> str:
    """The lengths that a template allows, in words."""
    first, last = template.lengths[0], template.lengths[-1]
    if first == last:
        return hours_words(first)
    return text(
        "{first} to {last} in steps of {step} min",
        first=hours_words(first),
        last=hours_words(last),
        step=template.length_step,
    )
