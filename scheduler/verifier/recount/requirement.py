"""The requirement recounted from volumes, goals and shrinkage, sharing nothing with :mod:`scheduler.demand`.

The stated base staff is where the search for the fewest agents begins, so that a true one costs two looks
at the queue. Called by the verifier's report.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, exp, inf, log
from typing import Self

from scheduler.domain.checks.demand.volumes import skills_that_cannot_be_computed
from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.service_goals import ServiceGoal
from scheduler.domain.facts.volumes import Volumes
from scheduler.domain.results.outcome import Coverage
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.words import counted
from scheduler.texts import text
from scheduler.verifier.recount.allocation.deadlines import Arrivals
from scheduler.verifier.recount.queue import finished, meets


@dataclass(frozen=True)
class TolerancePolicy:
    """What two ways of computing a requirement may differ by, and what counts as no work."""

    goal_tolerance: float = 1e-8
    """Of the shares and seconds of a goal. Both ways are exact to some more digits; a goal that is missed by
    less nobody can tell from one that is met."""
    no_work_erlangs: float = 1e-9
    """Work that is nothing but the rounding of numbers, in erlangs."""
    faded_erlangs: float = 0.01
    """Left over from earlier intervals: no reason to keep an agent on where nobody calls any more."""
    whole_tolerance: float = 1e-9
    """By which a number of agents may lie above a whole one and still be it: rounding errors are smaller."""


POLICY = TolerancePolicy()


def requirement_mismatches(problem: Problem) -> tuple[str, ...]:
    """What is planned with and does not follow from the volumes, as sentences; counted once a problem."""
    if not problem.volumes:
        return ()
    if "said" not in problem.requirement_recounted:
        problem.requirement_recounted["said"] = tuple(_mismatches(problem))
    return problem.requirement_recounted["said"]


def _mismatches(problem: Problem) -> Iterator[str]:
    wrong = skills_that_cannot_be_computed(problem)
    stated = {steps.skill: steps for steps in problem.requirement}
    for volumes in problem.volumes:
        skill = volumes.skill
        given = problem.demand_for.get(skill)
        if skill in wrong:
            yield text('the requirement of "{skill}" cannot be recounted from its volumes.', skill=skill)
            continue
        if given is None or skill not in stated:
            yield text('the requirement of "{skill}" was not computed from its volumes.', skill=skill)
            continue
        recount = SkillRecount(problem, volumes, stated[skill].base_staff)
        if recount.first.is_placed:
            yield from _of_placed(problem, recount, stated[skill].required)
            base, required = recount.beside(stated[skill].required), list(stated[skill].required)
        else:
            base = recount.base_staff()
            required = recount.required(base)
        rows: list[tuple[str, list[int | None], list[int | None]]] = [
            (text("base staff"), list(stated[skill].base_staff), base),
            (text("requirement"), list(stated[skill].required), required),
            (
                text("number that is planned"),
                list(given.required),
                [
                    (said if override is None else override) or 0 if given.is_computed(at) else number
                    for at, (said, override, number) in enumerate(
                        zip(required, volumes.override or [None] * len(base), given.required, strict=True)
                    )
                ],
            ),
        ]
        for what, said, found in rows:
            other = [at for at, (one, two) in enumerate(zip(said, found, strict=True)) if one != two]
            if other:
                yield text(
                    "{skill}: the {what} is {said} on {when}, but its volumes come to {found}; so in "
                    "{intervals}.",
                    skill=skill,
                    what=what,
                    said=said[other[0]],
                    when=f"{problem.grid.interval_start(other[0]):%Y-%m-%d %H:%M}",
                    found=found[other[0]],
                    intervals=counted(len(other), "interval"),
                )


def _of_placed(problem: Problem, recount: "SkillRecount", required: Sequence[int | None]) -> Iterator[str]:
    """What is stated of work that the roster places, and does not follow from the volumes."""
    skill, arrivals = recount.first.skill, recount.arrivals()
    stated = [work for work in problem.deferred_work if work.skill == skill]
    if stated != [arrivals.portions(skill)]:
        yield text(
            "{skill}: when its work may be done is stated otherwise than its volumes come to.", skill=skill
        )
    late = arrivals.late([number or 0 for number in required])
    if late is not None:
        yield text(
            "{skill}: the requirement does not do in time what arrives on {when}.",
            skill=skill,
            when=f"{problem.grid.interval_start(late):%Y-%m-%d %H:%M}",
        )


def late_places(problem: Problem, coverage: Coverage) -> Iterator[str]:
    """Skills whose work a roster does not have in time, where it was placed beside it."""
    for work in problem.deferred_work:
        volumes = next(one for one in problem.volumes if one.skill == work.skill)
        placed = [minutes // problem.grid.interval_minutes for minutes in coverage.required[work.skill]]
        late = SkillRecount(problem, volumes, ()).arrivals().late(placed)
        if late is not None:
            yield text(
                "{skill}: what arrives on {when} is placed after its deadline.",
                skill=work.skill,
                when=f"{problem.grid.interval_start(late):%Y-%m-%d %H:%M}",
            )


class SkillRecount:
    """One skill's requirement, interval after interval.

    Parameters
    ----------
    begin
        Base staff that is stated, from which the search for the fewest agents begins.
    """

    def __init__(self, problem: Problem, volumes: Volumes, begin: Sequence[int | None]) -> None:
        self.problem, self.volumes, self.begin = problem, volumes, begin
        self.minutes = problem.grid.interval_minutes
        rows = [goal for goal in problem.service_goals if goal.skill == volumes.skill]
        self.first = rows[0]
        self.moments = [problem.grid.interval_start(at) for at in range(problem.grid.intervals)]
        self.goals = [
            next((goal for goal in rows if goal.holds(problem.grid, at)), None)
            for at in range(len(self.moments))
        ]
        self.open = [
            goal is not None and (goal.opens is not None or number is not None)
            for goal, number in zip(self.goals, volumes.contacts, strict=True)
        ]
        self.contacts = [number or 0.0 for number in volumes.contacts]
        said = volumes.aht_seconds or (None,) * len(self.moments)
        self.aht = [
            (one if one is not None else (goal or self.first).aht_seconds) or 0.0
            for one, goal in zip(said, self.goals, strict=True)
        ]
        self.farthest = 1 + int(max(self.aht, default=0.0) // (60 * self.minutes))
        """Intervals before, from which work may still come."""
        self.hundredths = [
            sum(
                round(row.percent * 100)
                for row in problem.shrinkage
                if row.skill in (None, volumes.skill)
                and moment.weekday() in row.weekdays
                and row.start <= moment.hour * MINUTES_PER_HOUR + moment.minute < row.end
            )
            for moment in self.moments
        ]

    @classmethod
    def behind(cls, problem: Problem, volumes: Volumes, stated: Sequence[int]) -> Self:
        """The same where not base staff but the requirement that follows from it is stated."""
        recount = cls(problem, volumes, ())
        recount.begin = [
            number * (10_000 - taken) // 10_000
            for number, taken in zip(stated, recount.hundredths, strict=True)
        ]
        return recount

    def base_staff(self) -> list[int | None]:
        """Fewest agents on the queue; ``None`` where it is closed."""
        if self.first.channel in ("deferrable", "outbound"):
            found = self._work()
        else:
            found = [0] * len(self.moments)
            for first, end, goal in self._runs():
                for at, agents in zip(range(first, end), self._queue(first, end, goal), strict=True):
                    found[at] = agents
        return [
            max(agents, goal.minimum_staff) if is_open and goal is not None else None
            for agents, is_open, goal in zip(found, self.open, self.goals, strict=True)
        ]

    def beside(self, required: Sequence[int | None]) -> list[int | None]:
        """Of so many agents on the roster, those on the queue."""
        return [
            number if number is None else number * (10_000 - taken) // 10_000
            for number, taken in zip(required, self.hundredths, strict=True)
        ]

    def arrivals(self) -> Arrivals:
        """Deferrable work by interval."""
        occupancy = Fraction(self.first.occupancy_percent or 100) / 100
        return Arrivals(
            [
                Fraction(number) * Fraction(aht) / (60 * self.minutes) / occupancy
                for number, aht in zip(self.contacts, self.aht, strict=True)
            ],
            self.hundredths,
            self.open,
            max(1, (self.first.deadline_minutes or 0) // self.minutes),
        )

    def required(self, base: list[int | None]) -> list[int | None]:
        """Base staff with shrinkage."""
        return [
            None if agents is None else -(-agents * 10_000 // (10_000 - taken))
            for agents, taken in zip(base, self.hundredths, strict=True)
        ]

    def _runs(self) -> Iterator[tuple[int, int, ServiceGoal]]:
        """Open intervals in a row that have one goal."""
        first = 0
        for at in range(1, len(self.goals) + 1):
            if (
                at < len(self.goals)
                and self.open[at] == self.open[first]
                and self.goals[at] is self.goals[first]
            ):
                continue
            goal = self.goals[first]
            if goal is not None and self.open[first]:
                yield first, at, goal
            first = at

    def _queue(self, first: int, end: int, goal: ServiceGoal) -> Iterator[int]:
        seconds = self.minutes * 60
        in_system = 0.0 if first else self.contacts[0] * self.aht[0] / seconds
        for at in range(first, end):
            erlangs, aht = self.contacts[at] * self.aht[at] / seconds, self.aht[at]
            if goal.method == "lagged":
                erlangs, aht = self._arrived_earlier(first, end, at)
            elif goal.method == "fluid" and aht:
                arriving, span = erlangs, seconds / aht
                erlangs = arriving + (in_system - arriving) * (1 - exp(-span)) / span
                if not arriving and erlangs < POLICY.faded_erlangs:
                    erlangs = 0.0
                agents = self._fewest(goal, erlangs, aht, at)
                there = self._settled(at, agents)
                full = finished(goal, there, there * goal.side_by_side) if there else 0.0
                in_system = _flow(in_system, arriving, span, full, (goal.patience_seconds or inf) / aht)
                yield agents
                continue
            yield self._fewest(goal, erlangs, aht, at)

    def _arrived_earlier(self, first: int, end: int, at: int) -> tuple[float, float]:
        """Erlangs and handling time of what arrived one handling time before, from the same run."""
        seconds = self.minutes * 60
        number = work = 0.0
        for before in range(max(first, at - self.farthest), at + 1):
            begins = before * seconds + self.aht[before]
            until = inf if at == end - 1 else (at + 1) * seconds
            share = max(0.0, min(begins + seconds, until) - max(begins, at * seconds)) / seconds
            number += share * self.contacts[before]
            work += share * self.contacts[before] * self.aht[before]
        return (work / seconds, work / number) if number else (0.0, self.aht[at])

    def _fewest(self, goal: ServiceGoal, erlangs: float, aht_seconds: float, at: int) -> int:
        if erlangs <= POLICY.no_work_erlangs:
            return 0
        agents = max(1, self.begin[at] or 1)
        if (
            goal.is_together
        ):  # its level is not asked of every interval: there have to be more than the workload
            goal = goal.model_copy(update={"service_level_percent": None})
            return max(int(erlangs) + 1, self._fewest_of(goal, agents, erlangs, aht_seconds))
        return self._fewest_of(goal, agents, erlangs, aht_seconds)

    def _fewest_of(self, goal: ServiceGoal, agents: int, erlangs: float, aht_seconds: float) -> int:
        """Fewest agents that meet a goal, from so many on."""
        if not meets(goal, agents, erlangs, aht_seconds, POLICY.goal_tolerance):
            while not meets(goal, agents, erlangs, aht_seconds, -POLICY.goal_tolerance):
                agents += 1
            return agents
        while agents > 1 and meets(goal, agents - 1, erlangs, aht_seconds, -POLICY.goal_tolerance):
            agents -= 1
        return agents

    def _settled(self, at: int, agents: int) -> int:
        """Agents on the queue: where Demand or an override says how many, these less shrinkage."""
        given = self.problem.demand_for.get(self.volumes.skill)
        said = self.volumes.override[at] if self.volumes.override else None
        if given is not None and not given.is_computed(at):
            said = given.required[at]
        return agents if said is None else said * (10_000 - self.hundredths[at]) // 10_000

    def _work(self) -> list[int]:
        """Work without a queue, in whole agents of every open run, rounded up once."""
        erlangs = [0.0] * len(self.moments)
        reach = max(1, (self.first.deadline_minutes or 0) // self.minutes)
        for at, number in enumerate(self.contacts):
            if self.first.channel == "outbound":
                erlangs[at] = number * MINUTES_PER_HOUR / self.minutes if self.open[at] else 0.0
                continue
            places = [to for to in range(at, min(at + reach, len(self.open))) if number and self.open[to]]
            for to in places:
                erlangs[to] += number * self.aht[at] / (60 * self.minutes) / len(places)
        occupancy = (self.first.occupancy_percent or 100) / 100
        found, done, total = [], 0, 0.0
        for is_open, load in zip(self.open, erlangs, strict=True):
            done, total = (done, total + load) if is_open else (0, 0.0)
            until_now = ceil(total / occupancy - POLICY.whole_tolerance)
            found.append(until_now - done if is_open else 0)
            done = until_now
        return found


def _flow(in_system: float, arriving: float, left: float, full: float, patience: float) -> float:
    """The contacts in the system after ``left`` handling times; those above ``full`` wait."""
    while left > 0:
        if in_system < full or (in_system == full and arriving <= full):
            turns = inf if arriving <= full else log((arriving - in_system) / (arriving - full))
            if turns >= left:
                return arriving + (in_system - arriving) * exp(-left)
        elif patience == inf:
            turns = inf if arriving >= full else (in_system - full) / (full - arriving)
            if turns >= left:
                return in_system + (arriving - full) * left
        else:
            rest = full + (arriving - full) * patience
            turns = inf if arriving >= full else patience * log((in_system - rest) / (full - rest))
            if turns >= left:
                return rest + (in_system - rest) * exp(-left / patience)
        in_system, left = full, left - turns
    return in_system
