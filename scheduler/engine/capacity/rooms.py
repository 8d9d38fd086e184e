"""Training rooms that all skills share: their prices by a linear programme, and the choice of a plan a skill.

The linear programme is the restricted master of a Dantzig-Wolfe decomposition (Decomposition principle for
linear programs, Operations Research 8, 1960): a column is a plan of one skill. The choice among columns is
made by CP-SAT, which proves that it is the best.
"""

from collections.abc import Sequence

import numpy as np
from ortools.sat.python import cp_model

from scheduler.domain.facts.capacity import CapacityYear
from scheduler.engine.capacity.programme import HiringProgramme, Pattern, Plan
from scheduler.engine.capacity.skill_tables import Counts, Numbers
from scheduler.engine.lp.incremental import IncrementalProgramme

_SCALE_COST = 1e7
"""Hundredths of a cent in a unit of the linear programme: a thousand of currency."""


class RoomMaster:
    """Plans of each skill with what they cost and which rooms they take."""

    def __init__(self, year: CapacityYear, programmes: Sequence[HiringProgramme]) -> None:
        self.programmes = programmes
        self.rooms = rooms_by_week(year)
        self.tight_weeks = np.flatnonzero(self.rooms >= 0)
        self.plans: list[dict[Plan, Pattern]] = [{} for _ in programmes]
        ones = np.ones(len(programmes))
        self._lp = IncrementalProgramme(np.concatenate([self.rooms[self.tight_weeks], ones]))
        for place in range(len(self.tight_weeks)):
            self._add_column(0.0, [place], [1.0])
        for skill in range(len(programmes)):
            self.add(skill, ())

    def add(self, skill: int, plan: Plan) -> bool:
        """Add a plan; whether it is new."""
        if plan in self.plans[skill]:
            return False
        programme = self.programmes[skill]
        starts = programme.pattern_of(plan)
        pattern = Pattern(programme.cost_of(plan), starts, programme.rooms_of(starts))
        self.plans[skill][plan] = pattern
        taken = pattern.rooms[self.tight_weeks]
        places = np.flatnonzero(taken).tolist()
        row = len(self.tight_weeks) + skill
        self._add_column(pattern.cost / _SCALE_COST, [*places, row], [*taken[places].tolist(), 1.0])
        return True

    def prices(self) -> tuple[float, Numbers]:
        """The cost of the linear programme, and what a room is worth by week, in hundredths of a cent."""
        self._lp.solve()
        price = np.zeros(len(self.rooms))
        price[self.tight_weeks] = np.round(
            np.maximum(0.0, -self._lp.worth[: len(self.tight_weeks)]) * _SCALE_COST
        )
        return self._lp.cost * _SCALE_COST, price

    def _add_column(self, cost: float, rows: list[int], values: list[float]) -> None:
        self._lp.add(
            np.array([cost]),
            np.array([np.inf]),
            np.array([len(rows)]),
            np.array(rows),
            np.array(values, float),
        )


def rooms_by_week(year: CapacityYear) -> Counts:
    """Training rooms by week, -1 where there is no limit."""
    rooms = (year.rooms(week) for week in range(year.weeks))
    return np.array([-1 if room is None else room for room in rooms], np.int32)


def choose(
    patterns: Sequence[Sequence[Pattern]], rooms: Counts, most_cost: int, seconds: float
) -> tuple[list[Pattern] | None, bool]:
    """The cheapest choice of one pattern a skill that fits into the rooms; whether that is proven.

    Parameters
    ----------
    most_cost
        What the choice may cost; without one of that cost there is none.
    seconds
        How long to try, on the solver's own clock, which is the same on every machine.
    """
    model = cp_model.CpModel()
    chosen, costs = [], []
    by_week: dict[int, tuple[list[cp_model.IntVar], list[int]]] = {
        week: ([], []) for week in np.flatnonzero(rooms >= 0).tolist()
    }
    for of_skill in patterns:
        own = [model.new_bool_var("") for _ in of_skill]
        model.add_exactly_one(own)
        chosen += own
        costs += [one.cost for one in of_skill]
        for variable, pattern in zip(own, of_skill, strict=True):
            for week in np.flatnonzero(pattern.rooms).tolist():
                if week in by_week:
                    by_week[week][0].append(variable)
                    by_week[week][1].append(int(pattern.rooms[week]))
    for week, (variables, classes) in by_week.items():
        if variables:
            model.add(cp_model.LinearExpr.weighted_sum(variables, classes) <= int(rooms[week]))
    total = cp_model.LinearExpr.weighted_sum(chosen, costs)
    model.add(total <= most_cost)
    model.minimize(total)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.max_deterministic_time = max(0.1, seconds)
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, status == cp_model.INFEASIBLE
    flat = [one for of_skill in patterns for one in of_skill]
    picked = [one for one, variable in zip(flat, chosen, strict=True) if solver.boolean_value(variable)]
    return picked, status == cp_model.OPTIMAL
