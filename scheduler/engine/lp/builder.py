"""A linear programme while it is built, and as OR-Tools reads it.

It is handed over as a whole: built row by row in OR-Tools' modelling layer, these programmes take longer to
build than to solve.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
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

    def as_proto(self) -> Any:
        """The programme as OR-Tools reads it; terms of one variable in one row are added up."""
        rows, columns, values = (np.array(part) for part in self.at)
        cells, place = np.unique(rows * len(self.cost) + columns, return_inverse=True)
        weights = np.bincount(place, weights=values)
        cells, weights = cells[weights != 0], weights[weights != 0]
        proto = model_pb2.ModelProto()
        variables, constraints = proto.variables, proto.linear_constraints
        variables.ids.extend(range(len(self.cost)))
        variables.lower_bounds.extend([0.0] * len(self.cost))
        variables.upper_bounds.extend(self.top)
        variables.integers.extend([False] * len(self.cost))
        proto.objective.linear_coefficients.ids.extend(range(len(self.cost)))
        proto.objective.linear_coefficients.values.extend(self.cost)
        constraints.ids.extend(range(len(self.low)))
        constraints.lower_bounds.extend(self.low)
        constraints.upper_bounds.extend(self.high)
        proto.linear_constraint_matrix.row_ids.extend((cells // len(self.cost)).tolist())
        proto.linear_constraint_matrix.column_ids.extend((cells % len(self.cost)).tolist())
        proto.linear_constraint_matrix.coefficients.extend(weights.tolist())
        return proto
