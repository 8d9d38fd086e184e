"""Set partitioning: one week for every agent out of the column pool, as an integer programme (SCIP).

This is the restricted master heuristic of column generation (Sadykov and others 2019). The model is handed to
the solver as a whole: written down week by week it would take longer to build than to solve.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.domain.values.money import COST_UNITS_PER_CURRENCY
from scheduler.engine.columns.column_pool import PooledWeek
from scheduler.engine.instance.headcount_costs import HeadRows
from scheduler.engine.lp.builder import INFINITE, model_proto


class Partition:
    """One week for every agent out of some weeks of each; agents with a single week have no variables.

    Parameters
    ----------
    weeks
        By agent.
    """

    def __init__(self, heads: HeadRows, weeks: Mapping[int, list[PooledWeek]]) -> None:
        self.heads, self.weeks = heads, weeks
        self.open = [agent for agent, mine in weeks.items() if len(mine) > 1]
        settled = [mine[0] for mine in weeks.values() if len(mine) == 1]
        self.given = heads.present(week.counts for week in settled)
        columns = [week for agent in self.open for week in weeks[agent]]
        self.cost = np.array([week.cost for week in columns], np.float64)
        lengths = np.array([len(week.counts) for week in columns], np.int64)
        self.cells = np.concatenate([week.counts for week in columns]) if columns else np.zeros(0, np.int64)
        self.column_of_cell = np.repeat(np.arange(len(columns)), lengths)
        self.begins = np.cumsum([0, *(len(weeks[agent]) for agent in self.open)])

    def proto(self) -> Any:
        """The programme as OR-Tools reads it.

        Variables: whether each week is chosen, the heads of every cell, and how many of them lie beyond every
        breakpoint. Rows: one for every agent, every cell and every breakpoint.
        """
        cell, at, price, over = self.heads.breakpoint_arrays
        columns, cells, agents = len(self.cost), len(self.given), len(self.open)
        top = np.concatenate([np.ones(columns), np.full(cells + len(cell), INFINITE)])
        priced = np.concatenate([self.cost, np.zeros(cells), price]) / COST_UNITS_PER_CURRENCY
        low = np.concatenate([np.ones(agents), -self.given, np.where(over, -INFINITE, at)])
        high = np.concatenate([np.ones(agents), -self.given, np.where(over, at, INFINITE)])
        agent_of = np.repeat(np.arange(agents), np.diff(self.begins))
        every_cell, every_point = np.arange(cells), np.arange(len(cell))
        first_cell, first_point = agents, agents + cells
        blocks = [
            (agent_of, np.arange(columns), np.ones(columns)),
            (first_cell + self.cells, self.column_of_cell, np.ones(len(self.cells))),
            (first_cell + every_cell, columns + every_cell, -np.ones(cells)),
            (first_point + every_point, columns + cell, np.ones(len(cell))),
            (first_point + every_point, columns + cells + every_point, np.where(over, -1.0, 1.0)),
        ]
        row, column, value = (np.concatenate([block[i] for block in blocks]) for i in range(3))
        order = np.lexsort((column, row))
        matrix = row[order], column[order], value[order]
        return model_proto(priced, top, low, high, matrix, are_whole=True)

    def choose(
        self,
        settings: mathopt.SolveParameters,
        known: Mapping[int, PooledWeek] | None = None,
        interrupter: SolveInterrupter | None = None,
    ) -> dict[int, PooledWeek] | None:
        """Everybody's week in the best roster found within the settings; ``None`` where none is found.

        Parameters
        ----------
        known
            Weeks of a roster, all among those to choose from: what is found costs no more.
        interrupter
            Ends the choice from another thread, with what was found until then.
        """
        if not self.open:
            return {agent: mine[0] for agent, mine in self.weeks.items()}
        model = mathopt.Model.from_model_proto(self.proto())
        start = mathopt.ModelSolveParameters()
        if known is not None:
            columns = [week for agent in self.open for week in self.weeks[agent]]
            values = {
                model.get_variable(number): float(week is known[week.agent])
                for number, week in enumerate(columns)
            }
            start.solution_hints.append(mathopt.SolutionHint(variable_values=values))
        result = mathopt.solve(
            model, mathopt.SolverType.GSCIP, params=settings, model_params=start, interrupter=interrupter
        )
        if not result.has_primal_feasible_solution():
            return None
        values = {variable.id: value for variable, value in result.variable_values().items()}
        picked = {agent: mine[0] for agent, mine in self.weeks.items()}
        for i, agent in enumerate(self.open):
            shares = [values[v] for v in range(int(self.begins[i]), int(self.begins[i + 1]))]
            picked[agent] = self.weeks[agent][int(np.argmax(shares))]
        return picked

    def cost_of(self, picked: Mapping[int, PooledWeek]) -> int:
        """What a choice of weeks costs with its heads, in sixtieths of a cent."""
        count = self.heads.present(week.counts for week in picked.values())
        return sum(week.cost for week in picked.values()) + round(self.heads.priced(count))
