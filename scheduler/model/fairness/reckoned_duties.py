"""The duties that the demand asks for, reckoned beforehand, so that shares of them can be told.

Called by :mod:`scheduler.model.fairness.shares`. An estimate: it knows nobody's availability and no rule, and
needs to be right on the average only. By the interval they are the duties that are likely if they are to
cover the curves; by the shift and day what the headcounts require. Contracts that have more hours than that
comes to, or fewer, make all of it more or less.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scheduler.domain.facts.absence import excused_minutes, paid_absence, paid_lengths
from scheduler.domain.facts.problem import Agent, Problem, ShiftTemplate
from scheduler.domain.results.roster import Duty, PlacedBreak
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_DAY
from scheduler.model.fairness.likely import Shape, likely
from scheduler.model.limits.verbs import Verb

THOUSANDTHS = 1000
"""Parts of a duty that are counted."""
COARSE_MINUTES = 30
"""Steps of time that duties are reckoned in, where intervals are not longer; finer ones would take long."""
UNKNOWN_HOURS = 40 * 60
"""Paid minutes a week of a contract that says none."""


@dataclass(frozen=True)
class Reckoned:
    """So many thousandths of one duty; it belongs to nobody, and its clock is the campaign's."""

    duty: Duty
    thousandths: int


@dataclass(frozen=True)
class ReckonedDuties:
    """All of them, by how they are asked for, and by how much the contracts make them more or fewer.

    Parameters
    ----------
    by_interval, by_shift
        What the curves ask for, and what the headcounts do; the same people may be meant by both.
    scale
        Paid minutes that the contracts allow, nearest to what is asked for, over those that are.
    """

    problem: Problem
    by_interval: tuple[Reckoned, ...]
    by_shift: tuple[Reckoned, ...]
    scale: Fraction

    @classmethod
    def of(cls, problem: Problem) -> "ReckonedDuties":
        """The duties that a problem asks for."""
        by_interval, by_shift = tuple(_by_interval(problem)), tuple(_by_shift(problem))
        asked = max(_paid(by_interval), _paid(by_shift))
        least, most = _bounds_of_contracts(problem)
        scale = Fraction(min(max(asked, least), max(most, least)) or asked, asked) if asked else Fraction(0)
        return cls(problem, by_interval, by_shift, scale)

    def sum_of(self, verb: Verb, days: Sequence[int]) -> Fraction:
        """What a verb gives for all of them on these days."""
        nobody, meant = _nobody(), set(days)

        def summed(duties: Sequence[Reckoned]) -> int:
            return sum(
                one.thousandths * verb.amount(self.problem, nobody, one.duty)
                for one in duties
                if one.duty.day in meant
            )

        return self.scale * Fraction(max(summed(self.by_interval), summed(self.by_shift)), THOUSANDTHS)


def usual_paid_minutes(problem: Problem, agent: Agent) -> int | None:
    """Paid minutes a week by the contract, half-way between its bounds; ``None`` where it has none."""
    agreed = problem.contract_of(agent)
    bounds = [one for one in (agreed.min_paid_minutes, agreed.max_paid_minutes) if one is not None]
    return sum(bounds) // len(bounds) if bounds else None


def _nobody() -> Agent:
    return Agent(name="nobody", contract="none", skills=())


def _paid(duties: Sequence[Reckoned]) -> int:
    return sum(one.thousandths * one.duty.paid_minutes for one in duties)


def _bounds_of_contracts(problem: Problem) -> tuple[int, int]:
    """Thousandths of the least and the most paid minutes of all contracts over the horizon."""
    least = most = 0
    days = range(problem.grid.days)
    for agent in problem.agents:
        agreed = problem.contract_of(agent)
        credited = sum(minutes for day, minutes in paid_absence(problem, agent).items() if day in days)
        lower = (agreed.min_paid_minutes or 0) * len(days) // DAYS_PER_WEEK
        upper = agreed.max_paid_minutes
        longest = DAYS_PER_WEEK * MINUTES_PER_DAY if upper is None else upper
        least += max(0, lower - excused_minutes(problem, agent, lower, days) - credited)
        most += max(0, longest * len(days) // DAYS_PER_WEEK - credited)
    return THOUSANDTHS * least, THOUSANDTHS * most


def _duties_a_week(problem: Problem) -> dict[str, float]:
    """By shift template, how many duties a week their contracts come to for those who may work it."""
    duties = {template.name: 0.0 for template in problem.templates}
    for agent in problem.agents:
        names = [name for name in problem.contract_of(agent).templates if name in duties]
        minutes = usual_paid_minutes(problem, agent) or UNKNOWN_HOURS
        shortest, longest = paid_lengths(problem, agent)
        for name in names:
            duties[name] += 2 * minutes / (shortest + longest) / len(names)
    return duties


def _duty(problem: Problem, template: ShiftTemplate, day: int, start: int) -> Duty:
    """A duty of usual length; where its breaks lie is not told."""
    length = template.lengths[len(template.lengths) // 2]
    breaks = tuple(
        PlacedBreak(name=one.name, start=start, length_minutes=one.length_minutes, paid=one.paid)
        for one in template.breaks_of(length)
    )
    return Duty(
        agent="nobody", day=day, template=template.name, start=start, end=start + length, breaks=breaks
    )


def _by_interval(problem: Problem) -> Iterator[Reckoned]:
    """The duties that are likely, if they are to cover the curves, summed over the skills."""
    width = max(problem.grid.interval_minutes, COARSE_MINUTES)
    lacking = _required(problem, width)
    if not any(lacking):
        return
    begins = list(_begins(problem, width))
    shapes = [_shape(duty, width) for duty, _ in begins]
    people = likely(lacking, shapes, [before for _, before in begins])
    for (duty, _), number in zip(begins, people, strict=True):
        thousandths = round(number * THOUSANDTHS)
        if thousandths:
            yield Reckoned(duty, thousandths)


def _required(problem: Problem, width: int) -> list[float]:
    """Agents required in steps of so many minutes, without those who are still there from before."""
    grid = problem.grid
    minutes = [0.0] * -(-grid.minutes // width)
    for demand in problem.demand:
        for interval, wanted in enumerate(demand.required):
            minutes[interval * grid.interval_minutes // width] += wanted * grid.interval_minutes
    for agent in problem.agents:
        for start, end in problem.work_reaching_in(agent):
            for step in range(start // width, -(-end // width)):
                minutes[step] -= min(end, (step + 1) * width) - max(start, step * width)
    return [max(0.0, one / width) for one in minutes]


def _begins(problem: Problem, width: int) -> Iterator[tuple[Duty, float]]:
    """A duty for each step of time in which one may begin, as likely as any other of its template."""
    grid, a_week = problem.grid, _duties_a_week(problem)
    for template in problem.templates:
        days = [day for day in range(grid.days) if grid.weekday(day) in template.weekdays]
        by_step: dict[int, Duty] = {}
        for day in days:
            for start in (grid.instant_on_day(day, clock) for clock in template.starts):
                if start < grid.minutes:
                    by_step.setdefault(start // width, _duty(problem, template, day, start))
        if a_week[template.name] > 0 and by_step:
            each = a_week[template.name] * len(days) / DAYS_PER_WEEK / len(by_step)
            yield from ((duty, each) for duty in by_step.values())


def _shape(duty: Duty, width: int) -> Shape:
    """How much of one agent is at work in each step from the first one on, breaks taken off evenly."""
    share = duty.worked_minutes / duty.elapsed_minutes / width
    first = duty.start // width
    return first, [
        share * (min(duty.end, (step + 1) * width) - max(duty.start, step * width))
        for step in range(first, -(-duty.end // width))
    ]


def _by_shift(problem: Problem) -> Iterator[Reckoned]:
    """What each headcount requires, everybody once."""
    for wanted in problem.headcounts:
        template = problem.template_named[wanted.template]
        begins = template.starts[len(template.starts) // 2]
        for day, (number, is_part) in enumerate(
            zip(wanted.required, problem.of_these[wanted.row], strict=True)
        ):
            if number and not is_part:
                start = problem.grid.instant_on_day(day, begins)
                yield Reckoned(_duty(problem, template, day, start), number * THOUSANDTHS)
