"""The master programme of column generation: weeks in fractions, and what heads are worth then.

One variable for every week, in a row of its agent, who takes one, and in the rows of the cells (headcount,
day) where it counts. The programme is kept from look to look, so that the solver goes on from where it came
to (Jaumard, Semet and Vovor 1998 roster nurses so).
"""

from dataclasses import dataclass

import numpy as np
from ortools.math_opt.python import mathopt

from scheduler.domain.money import COST_UNITS_PER_CURRENCY
from scheduler.engine.heads import HeadRows
from scheduler.engine.pool import PooledWeek
from scheduler.engine.shape import PriceShape, Reals

UNIT = float(COST_UNITS_PER_CURRENCY)
"""The programme counts in whole currency: solvers mean their tolerances for numbers of such a size."""


@dataclass(frozen=True, eq=False)
class Fractions:
    """The programme solved.

    Parameters
    ----------
    cost
        Least cost of the weeks in fractions, in sixtieths of a cent; no bound on rosters of other weeks.
    prices
        What one more head is worth, a vector of prices.
    worth
        What every agent's week nets at these prices, less its own cost: a week that nets more is of use.
    shares
        Of each agent the part that is chosen of each of its weeks.
    """

    cost: float
    prices: Reals
    worth: Reals
    shares: list[Reals]

    def lost(self, week: PooledWeek, heads: Reals) -> float:
        """What a week costs more than the optimum; below 0 it is of use. ``heads`` are the prices by cell."""
        return float(week.cost - heads[week.counts].sum() - self.worth[week.agent])


class Master:
    """Weeks of agents as a linear programme that grows."""

    def __init__(self, heads: HeadRows, shape: PriceShape, agents: int) -> None:
        self.shape = shape
        self.model = mathopt.Model()
        self.agent_row = [self.model.add_linear_constraint(lb=1.0, ub=1.0) for _ in range(agents)]
        self.weeks: list[list[PooledWeek]] = [[] for _ in range(agents)]
        self.variables: list[list[mathopt.Variable]] = [[] for _ in range(agents)]
        self.cell_row = [
            self.model.add_linear_constraint(lb=0.0, ub=0.0) for _ in range(heads.rows * heads.days)
        ]
        count = [self.model.add_variable(lb=0.0) for _ in self.cell_row]
        for row, heads_there in zip(self.cell_row, count, strict=True):
            row.set_coefficient(heads_there, -1.0)
        cell, at, price, over = heads.bends
        self.bend_cell = cell
        self.bend_row = []
        for n in range(len(cell)):
            row = self.model.add_linear_constraint(
                lb=-np.inf if over[n] else float(at[n]), ub=float(at[n]) if over[n] else np.inf
            )
            row.set_coefficient(count[cell[n]], 1.0)
            beyond = self.model.add_variable(
                lb=0.0
            )  # a must too: it is dear, so that there always is an optimum
            self.model.objective.set_linear_coefficient(beyond, float(price[n]) / UNIT)
            row.set_coefficient(beyond, -1.0 if over[n] else 1.0)
            self.bend_row.append(row)
        self.solver = mathopt.IncrementalSolver(self.model, mathopt.SolverType.GLOP)

    def add(self, week: PooledWeek) -> None:
        """One more week to choose from."""
        variable = self.model.add_variable(lb=0.0)
        self.model.objective.set_linear_coefficient(variable, week.cost / UNIT)
        self.agent_row[week.agent].set_coefficient(variable, 1.0)
        for cell in week.counts.tolist():
            self.cell_row[cell].set_coefficient(variable, 1.0)
        self.weeks[week.agent].append(week)
        self.variables[week.agent].append(variable)

    def settle(self, agent: int, number: int) -> None:
        """An agent takes the week of that number."""
        self.variables[agent][number].lower_bound = 1.0

    def cost_with(self, agent: int, number: int) -> float:
        """What the programme would cost if an agent took a week, infinite where nothing fits then."""
        variable = self.variables[agent][number]
        variable.lower_bound = 1.0
        result = self.solved()
        variable.lower_bound = 0.0
        return float("inf") if result is None else UNIT * float(result.objective_value())

    def solved(self) -> mathopt.SolveResult | None:
        """The optimum, from where the last solve came to, or from nothing where that fails."""
        for _ in range(2):
            try:
                result = self.solver.solve()
            except (
                AttributeError,
                RuntimeError,
                ValueError,
            ):  # GLOP gave up: its status is no exception of ours
                self.solver = mathopt.IncrementalSolver(self.model, mathopt.SolverType.GLOP)
                continue
            if result.termination.reason == mathopt.TerminationReason.OPTIMAL:
                return result
            return None
        return None

    def fractions(self) -> Fractions | None:
        """Solved; ``None`` where an agent has no week."""
        result = self.solved()
        if result is None:
            return None
        values = result.variable_values()
        duals = result.dual_values()
        prices = self.shape.nothing()
        flat = self.shape.headcounts(prices).reshape(-1)
        np.add.at(flat, self.bend_cell, UNIT * np.array([duals[row] for row in self.bend_row]))
        return Fractions(
            cost=UNIT * float(result.objective_value()),
            prices=prices,
            worth=UNIT * np.array([duals[row] for row in self.agent_row]),
            shares=[np.array([values[v] for v in mine]) for mine in self.variables],
        )
