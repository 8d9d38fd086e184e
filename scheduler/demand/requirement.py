"""The requirement of a problem, computed from its volumes, service goals and shrinkage.

Called wherever an input is read, and by Python callers who make a problem themselves. Each step is kept
beside the result, so that a planner can follow it; :mod:`scheduler.verifier` computes all of it again in
its own way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np

from scheduler.demand.arrays import Bools, Floats, Whole
from scheduler.demand.base_staff import base_staff
from scheduler.demand.between_intervals import fluid, lagged
from scheduler.demand.deferred_work import placed_evenly, portions_of
from scheduler.demand.goal import QueueGoal
from scheduler.demand.goal_tables import tables_of
from scheduler.demand.queue import death_rates
from scheduler.demand.scenarios import changed
from scheduler.demand.spread_work import spread, whole_staff
from scheduler.domain.checks.demand.volumes import skills_that_cannot_be_computed
from scheduler.domain.facts.demand import Demand
from scheduler.domain.facts.goal_tables import GoalTable
from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.scenarios import ScenarioCurve
from scheduler.domain.facts.service_goals import ServiceGoal, goal_at
from scheduler.domain.facts.volumes import DeferredWork, RequirementSteps, Volumes
from scheduler.domain.values.fields import MOST_WANTED
from scheduler.domain.values.percent import HUNDREDTHS, WHOLE

_SECONDS = 60
_MOST_DIGITS = 4
Number = TypeVar("Number", int, float)


def with_requirement(problem: Problem) -> Problem:
    """The problem with the requirement that its volumes come to, where no row of Demand stands.

    A skill whose volumes or goals have an error is left as it is; the checks of the problem tell of it. With
    scenarios, the curve of each is computed too.
    """
    planned = _with_planned(problem)
    if any(goal.is_together for goal in planned.service_goals) or planned.goal_tables:
        planned = planned.model_copy(update={"goal_tables": tuple(_goal_tables(planned))})
    if any(goal.is_placed for goal in planned.service_goals) or planned.deferred_work:
        planned = planned.model_copy(update={"deferred_work": tuple(_deferred_work(planned))})
    if not (planned.scenarios or planned.scenario_curves):
        return planned
    return planned.model_copy(update={"scenario_curves": tuple(_curves(planned))})


def _goal_tables(planned: Problem) -> Iterator[GoalTable]:
    """What is answered in time in each interval of the goals that are agreed over a day or a week."""
    computed = {steps.skill for steps in planned.requirement}
    for volumes in planned.volumes:
        if volumes.skill in computed:
            way = _Computed(planned, volumes)
            yield from tables_of(planned, volumes, way.handling().tolist(), way.shrinkage().tolist())


def _deferred_work(planned: Problem) -> Iterator[DeferredWork]:
    """What the roster has to place of each skill whose goal says so."""
    computed = {steps.skill for steps in planned.requirement}
    placed = {goal.skill for goal in planned.service_goals if goal.is_placed}
    for volumes in planned.volumes:
        if volumes.skill in computed & placed:
            yield _Computed(planned, volumes).portions()


def _curves(planned: Problem) -> Iterator[ScenarioCurve]:
    """What each scenario requires of each skill that can be computed in it."""
    for scenario in planned.scenarios:
        other = changed(planned, scenario)
        wrong = skills_that_cannot_be_computed(other) | _too_many(other)
        sound = tuple(one for one in other.volumes if one.skill not in wrong)
        for demand in _with_planned(other.model_copy(update={"volumes": sound})).demand:
            if demand.skill not in wrong:
                yield ScenarioCurve(scenario=scenario.name, skill=demand.skill, required=demand.required)


def _too_many(problem: Problem) -> set[str]:
    """Skills with more contacts or agents than can be counted with, of which a check tells."""
    numbers = [(one.skill, one.required) for one in problem.demand]
    contacts = [(one.skill, [number or 0 for number in one.contacts]) for one in problem.volumes]
    return {skill for skill, given in (*numbers, *contacts) if max(given, default=0) > MOST_WANTED}


def _with_planned(problem: Problem) -> Problem:
    if not problem.volumes:
        return problem.model_copy(update={"requirement": ()}) if problem.requirement else problem
    problem = problem.model_copy(update={"volumes": tuple(one.plain() for one in problem.volumes)})
    left_out = skills_that_cannot_be_computed(problem)
    computed = {
        one.skill: _Computed(problem, one).steps() for one in problem.volumes if one.skill not in left_out
    }
    volumes = {one.skill: one for one in problem.volumes}
    given = [
        _joined(one, volumes[one.skill], computed[one.skill]) if one.skill in computed else one
        for one in problem.demand
    ]
    new = [
        _joined(_nothing_given(problem, skill), volumes[skill], steps)
        for skill, steps in computed.items()
        if skill not in problem.demand_for
    ]
    return problem.model_copy(update={"demand": (*given, *new), "requirement": tuple(computed.values())})


def _nothing_given(problem: Problem, skill: str) -> Demand:
    intervals = problem.grid.intervals
    return Demand(skill=skill, required=(0,) * intervals, from_volumes=(True,) * intervals)


def _joined(given: Demand, volumes: Volumes, steps: RequirementSteps) -> Demand:
    """The rows of Demand, and the computed numbers or what overrides them elsewhere."""
    if not any(given.from_volumes):
        return given
    required = tuple(
        (said if override is None else override) or 0 if is_computed else number
        for number, is_computed, said, override in zip(
            given.required,
            given.from_volumes,
            steps.required,
            volumes.override or (None,) * len(given.required),
            strict=True,
        )
    )
    return given.model_copy(update={"required": required})


@dataclass(frozen=True)
class _Computed:
    """One skill's way from contacts to the requirement."""

    problem: Problem
    volumes: Volumes

    def steps(self) -> RequirementSteps:
        """Every step, by interval."""
        grid, skill = self.problem.grid, self.volumes.skill
        size = grid.intervals
        goals = self._goals()
        contacts, is_open = self._contacts(), self._open(goals)
        handling, shares = self.handling(), self.shrinkage()
        loads, staff = np.zeros(size), np.zeros(size, np.int64)
        for goal in dict.fromkeys(goal for goal in goals if goal is not None):
            mine = is_open & np.array([one is goal for one in goals])
            if goal.channel in ("deferrable", "outbound"):
                loads, staff = self._work(contacts, handling, is_open, goal)
                break  # one channel a skill: all its rows are spread together
            loads[mine], staff[mine] = self._queue(contacts, handling, mine, shares, goal)
        floor = np.array([0 if goal is None else goal.minimum_staff for goal in goals])
        staff = np.where(is_open, np.maximum(staff, floor), 0)
        required = -(-staff * WHOLE // (WHOLE - shares))
        if any(
            goal is not None and goal.is_placed for goal in goals
        ):  # whole agents on the roster are placed
            spread_out = loads / self._occupancy() * WHOLE / (WHOLE - shares)
            required = placed_evenly(self.portions(), spread_out.tolist(), size)
            staff = required * (WHOLE - shares) // WHOLE
        return RequirementSteps(
            skill=skill,
            workload=_where(is_open, [round(load, _MOST_DIGITS) for load in loads.tolist()]),
            base_staff=_where(is_open, staff.tolist()),
            shrinkage_percent=_where(is_open, (shares / HUNDREDTHS).tolist()),
            required=_where(is_open, required.tolist()),
        )

    def portions(self) -> DeferredWork:
        """Deferrable work as portions that the roster places."""
        goals, minutes = self._goals(), self.problem.grid.interval_minutes
        goal = next(one for one in self.problem.service_goals if one.skill == self.volumes.skill)
        work = self._contacts() * self.handling() / (_SECONDS * minutes) / self._occupancy()
        deadline = (goal.deadline_minutes or 0) // minutes
        return portions_of(self.volumes.skill, work, self.shrinkage(), self._open(goals), deadline)

    def _contacts(self) -> Floats:
        return np.array([number or 0.0 for number in self.volumes.contacts])

    def _open(self, goals: list[ServiceGoal | None]) -> Bools:
        """Where it is open: in its opening hours; without them wherever it has volumes."""
        rows = np.array([number is not None for number in self.volumes.contacts])
        is_held = np.array([goal is not None for goal in goals])
        has_hours = np.array([goal is not None and (goal.opens is not None) for goal in goals])
        return np.asarray(has_hours | (rows & is_held), np.bool_)

    def _occupancy(self) -> float:
        goal = next(one for one in self.problem.service_goals if one.skill == self.volumes.skill)
        return (goal.occupancy_percent or 100) / 100

    def _goals(self) -> list[ServiceGoal | None]:
        """The goal of each interval; ``None`` where it is closed."""
        problem, skill = self.problem, self.volumes.skill
        return [
            goal_at(problem.service_goals, skill, problem.grid, at) for at in range(problem.grid.intervals)
        ]

    def handling(self) -> Floats:
        """The handling time of each interval; what arrives while it is closed has that of the first row."""
        first = next(one for one in self.problem.service_goals if one.skill == self.volumes.skill)
        said = self.volumes.aht_seconds or (None,) * self.problem.grid.intervals
        return np.array(
            [
                (aht if aht is not None else (goal or first).aht_seconds) or 0.0
                for aht, goal in zip(said, self._goals(), strict=True)
            ]
        )

    def shrinkage(self) -> Whole:
        """The share of paid time spent elsewhere by interval, in hundredths of a per cent."""
        grid, rows = self.problem.grid, self.problem.shrinkage
        found = np.zeros(grid.intervals, np.int64)
        for at in range(grid.intervals if rows else 0):
            moment = grid.interval_start(at)
            when = moment.weekday(), moment.hour * _SECONDS + moment.minute
            found[at] = sum(row.hundredths for row in rows if row.holds(self.volumes.skill, *when))
        return found

    def _work(
        self, contacts: Floats, handling: Floats, is_open: Bools, goal: ServiceGoal
    ) -> tuple[Floats, Whole]:
        """Work without a queue: spread until its deadline, or hours as they are given."""
        minutes = self.problem.grid.interval_minutes
        occupancy = (goal.occupancy_percent or 100) / 100
        if goal.channel == "outbound":
            loads = np.where(is_open, contacts * _SECONDS / minutes, 0.0)
        else:
            erlangs = contacts * handling / (_SECONDS * minutes)
            loads, _ = spread(erlangs, is_open, (goal.deadline_minutes or 0) // minutes)
        return loads, whole_staff(loads, is_open, occupancy)

    def _queue(
        self, contacts: Floats, handling: Floats, mine: Bools, shares: Whole, goal: ServiceGoal
    ) -> tuple[Floats, Whole]:
        """Workload and base staff of contacts that wait for an answer, in the intervals of one goal."""
        seconds = self.problem.grid.interval_minutes * _SECONDS
        asked = queue_goal(goal)
        needed = partial(base_staff, goal=asked)
        contacts = np.where(mine, contacts, 0.0)
        erlangs = contacts * handling / seconds
        if goal.method == "lagged":
            erlangs, handling = lagged(contacts, handling, mine, seconds)
        elif goal.method == "fluid":
            loads, staff = fluid(
                erlangs,
                handling,
                mine,
                seconds,
                needed,
                partial(_capacity, goal=asked),
                self._settled(shares),
                goal.patience_seconds,
            )
            return loads[mine], staff[mine]
        return erlangs[mine], needed(erlangs[mine], handling[mine])

    def _settled(self, shares: Whole) -> Whole:
        """Agents on the queue where a row of Demand or an override settles it; -1 elsewhere."""
        given = self.problem.demand_for.get(self.volumes.skill)
        found = np.full(self.problem.grid.intervals, -1)
        for at, override in enumerate(self.volumes.override):
            if override is not None:
                found[at] = override
        if given is not None:
            for at, number in enumerate(given.required):
                if not (given.from_volumes and given.from_volumes[at]):
                    found[at] = number
        return np.where(found >= 0, found * (WHOLE - shares) // WHOLE, -1)


def queue_goal(goal: ServiceGoal) -> QueueGoal:
    """What a service goal asks of the queue in every interval, as conditions on it."""
    chats = goal.channel == "chats"
    return QueueGoal(
        service_level=None if goal.is_together else _share(goal.service_level_percent),
        threshold_seconds=goal.within_seconds or 0.0,
        level=goal.level_of,
        asa_seconds=goal.asa_seconds,
        abandonment=_share(goal.abandonment_percent),
        occupancy=_share(goal.occupancy_percent),
        patience_seconds=goal.patience_seconds,
        side_by_side=goal.side_by_side if chats else 1,
        slower=goal.slower_percent / 100 if chats else 0.0,
    )


def _share(percent: float | None) -> float | None:
    return None if percent is None else percent / 100


def _capacity(staff: Whole, goal: QueueGoal) -> Floats:
    """Contacts that so many agents finish per handling time."""
    if goal.side_by_side == 1:
        return staff.astype(np.float64)
    each = float(death_rates(1, goal.side_by_side, goal.slower)[-1])
    return np.asarray(staff * each, np.float64)


def _where(is_open: Bools, numbers: list[Number]) -> tuple[Number | None, ...]:
    return tuple(number if there else None for number, there in zip(numbers, is_open.tolist(), strict=True))
