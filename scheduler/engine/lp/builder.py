"""A linear programme while it is built, and as OR-Tools reads it.

It is handed over as a whole: built row by row in OR-Tools' modelling layer, these programmes take longer to
build than to solve.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from ortools.math_opt import model_pb2

INFINITE = float("inf")


@dataclass
class Programme:
    """A linear programme under construction: minimise cost x, low <= A x <= high, 0 <= x <= top."""

    cost: list[float] = field(default_factory=list)
    top: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    at: tuple[list[int], list[int], list[float]] = field(default_factory=lambda: ([], [], []))

    def variable(self, cost: float = 0.0, top: float = INFINITE) -> int:
        """Add a variable and return its number."""
        self.cost.append(cost)
        self.top.append(top)
        return len(self.cost) - 1

    def row(self, terms: list[tuple[int, float]], low: float = -INFINITE, high: float = INFINITE) -> int:
        """Add a row and return its number."""
        number = len(self.low)
        self.low.append(low)
        self.high.append(high)
        rows, columns, values = self.at
        for variable, weight in terms:
            rows.append(number)
            columns.append(variable)
            values.append(weight)
        return number

    def add(self, row: int, column: int, weight: float) -> None:
        """Add a term to a row that is there already."""
        rows, columns, values = self.at
        rows.append(row)
        columns.append(column)
        values.append(weight)

    def as_proto(self) -> Any:
        """The programme as OR-Tools reads it; terms of one variable in one row are added up."""
        rows, columns, values = (np.array(part) for part in self.at)
        cells, place = np.unique(rows * len(self.cost) + columns, return_inverse=True)
        weights = np.bincount(place, weights=values)
        cells, weights = cells[weights != 0], weights[weights != 0]
        matrix = cells // len(self.cost), cells % len(self.cost), weights
        return model_proto(self.cost, self.top, self.low, self.high, matrix, are_whole=False)


def model_proto(
    cost: ArrayLike,
    top: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    matrix: tuple[ArrayLike, ArrayLike, ArrayLike],
    *,
    are_whole: bool,
) -> Any:
    """Minimise cost x, low <= A x <= high, 0 <= x <= top, as OR-Tools reads it.

    Parameters
    ----------
    matrix
        Rows, columns and values of A, row after row.
    are_whole
        Whether every variable is a whole number.
    """
    objective, upper, lower_side, upper_side = (np.asarray(one).tolist() for one in (cost, top, low, high))
    rows, columns, values = (np.asarray(one).tolist() for one in matrix)
    proto = model_pb2.ModelProto()
    variables, constraints = proto.variables, proto.linear_constraints
    variables.ids.extend(range(len(objective)))
    variables.lower_bounds.extend([0.0] * len(objective))
    variables.upper_bounds.extend(upper)
    variables.integers.extend([are_whole] * len(objective))
    proto.objective.linear_coefficients.ids.extend(range(len(objective)))
    proto.objective.linear_coefficients.values.extend(objective)
    constraints.ids.extend(range(len(lower_side)))
    constraints.lower_bounds.extend(lower_side)
    constraints.upper_bounds.extend(upper_side)
    proto.linear_constraint_matrix.row_ids.extend(rows)
    proto.linear_constraint_matrix.column_ids.extend(columns)
    proto.linear_constraint_matrix.coefficients.extend(values)
    return proto
