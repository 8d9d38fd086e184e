"""A linear programme that grows by columns, re-solved by GLOP's simplex method from the last basis.

OR-Tools' modelling layer keeps an object for every variable and returns dictionaries of them; with ten
thousand columns and a solve every few hundredths of a second that took longer than solving. So columns go to
the solver, and values come back, as whole arrays in its own messages.
"""

from typing import Any

import numpy as np
from ortools.math_opt import (
    callback_pb2,
    model_parameters_pb2,
    model_pb2,
    model_update_pb2,
    parameters_pb2,
    result_pb2,
)
from ortools.math_opt.core.python import solver
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.engine.kernel.arrays import Float64Array, Int64Array

MOST_STEPS_PER_ROW = 100
"""Simplex iterations of one solve, at most. The longest of 6,000 solves in three searches took 13 a row. With
heads at a thousand times what is wished for, the primal simplex once went round in circles for a quarter of
an hour, until it was ended from outside."""


class IncrementalProgramme:
    """Minimise cost x subject to A x = rows, x >= 0; columns of A are added from time to time.

    Parameters
    ----------
    rows
        The right hand side.
    interrupter
        Ends a solve that is under way.

    Attributes
    ----------
    columns
        How many there are.
    cost, values, worth
        Of the last optimum: its cost, the value of each column, and the dual value of each row.
    column_steps
        Simplex iterations so far, each times the columns there were: a count of the work of solving.
    """

    def __init__(self, rows: Float64Array, interrupter: SolveInterrupter | None = None) -> None:
        self._interrupter = None if interrupter is None else interrupter.pybind_interrupter
        self._settings = parameters_pb2.SolveParametersProto(
            presolve=parameters_pb2.EMPHASIS_OFF,  # what it takes away the next solve would have to find
            iteration_limit=MOST_STEPS_PER_ROW * max(1, len(rows)),
        )
        self.columns = 0
        self.cost = 0.0
        self.column_steps = 0
        self.values: Float64Array = np.zeros(0)
        self.worth: Float64Array = np.zeros(len(rows))
        self._empty = model_pb2.ModelProto()
        self._empty.linear_constraints.ids.extend(range(len(rows)))
        self._empty.linear_constraints.lower_bounds.extend(rows.tolist())
        self._empty.linear_constraints.upper_bounds.extend(rows.tolist())
        self._changes: list[Any] = []
        self._begin()

    def _begin(self) -> None:
        """Start a new solver and repeat all changes so far."""
        start = parameters_pb2.SolverInitializerProto()
        self._solver = solver.new(parameters_pb2.SOLVER_TYPE_GLOP, self._empty, start)
        for change in self._changes:
            self._solver.update(change)

    def _say(self, change: Any) -> None:
        self._changes.append(change)
        self._solver.update(change)

    @property
    def rows(self) -> int:
        """How many there are."""
        return len(self.worth)

    def add(
        self,
        cost: Float64Array,
        most: Float64Array,
        lengths: Int64Array,
        rows: Int64Array,
        values: Float64Array,
    ) -> None:
        """Add columns.

        Parameters
        ----------
        cost, most
            Of each column: its cost and its upper bound.
        lengths
            Of each column: in how many rows it is.
        rows, values
            These rows, and what the column is there, column after column.
        """
        numbers = np.arange(self.columns, self.columns + len(cost))
        self.columns += len(cost)
        change = model_update_pb2.ModelUpdateProto()
        new = change.new_variables
        new.ids.extend(numbers.tolist())
        new.lower_bounds.extend([0.0] * len(numbers))
        new.upper_bounds.extend(most.tolist())
        new.integers.extend([False] * len(numbers))
        change.objective_updates.linear_coefficients.ids.extend(numbers.tolist())
        change.objective_updates.linear_coefficients.values.extend(cost.tolist())
        order = np.argsort(rows, kind="stable")
        matrix = change.linear_constraint_matrix_updates
        matrix.row_ids.extend(rows[order].tolist())
        matrix.column_ids.extend(np.repeat(numbers, lengths)[order].tolist())
        matrix.coefficients.extend(values[order].tolist())
        self._say(change)

    def price(self, columns: Int64Array, cost: Float64Array) -> None:
        """Change the costs of columns."""
        change = model_update_pb2.ModelUpdateProto()
        order = np.argsort(columns)
        change.objective_updates.linear_coefficients.ids.extend(columns[order].tolist())
        change.objective_updates.linear_coefficients.values.extend(cost[order].tolist())
        self._say(change)

    def at_least(self, column: int, least: float) -> None:
        """Set the lower bound of a column."""
        change = model_update_pb2.ModelUpdateProto()
        change.variable_updates.lower_bounds.ids.append(column)
        change.variable_updates.lower_bounds.values.append(least)
        self._say(change)

    def solve(self) -> bool:
        """Find the optimum from the last basis, or else from none; returns whether it was found."""
        for _ in range(2):
            result = self._solver.solve(
                self._settings,
                model_parameters_pb2.ModelSolveParametersProto(),
                None,
                callback_pb2.CallbackRegistrationProto(),
                None,
                self._interrupter,
            )
            self.column_steps += self.columns * result.solve_stats.simplex_iterations
            match result.termination.reason:
                case result_pb2.TERMINATION_REASON_OPTIMAL:
                    found = result.solutions[0]
                    self.cost = float(found.primal_solution.objective_value)
                    self.values = np.array(found.primal_solution.variable_values.values)
                    self.worth = np.array(found.dual_solution.dual_values.values)
                    return True
                case result_pb2.TERMINATION_REASON_INFEASIBLE:
                    return False
                case _ if self._interrupter is not None and self._interrupter.interrupted:
                    return False
                case _:  # numerical trouble, or no end of iterations
                    self._begin()
        return False
