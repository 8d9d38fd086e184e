"""What each scenario costs by itself: the breakpoints of its curve at its full prices.

A search that makes an average least needs none of them. One that makes the dearest scenario cheapest counts
each scenario beside the average, see ``count_scenarios`` in ``kernel/search/staffing.c``.
"""

from dataclasses import dataclass

import numpy as np

from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.scenarios import in_scenario
from scheduler.engine.instance.interval_costs import StaffingBreakpoint, StaffingRows
from scheduler.engine.instance.slots import Slots
from scheduler.engine.kernel.arrays import Float64Array, Int32Array
from scheduler.model import Rule, RuleBook, Staffing, TeamRule


@dataclass(frozen=True)
class ScenarioCharges:
    """Priced breakpoints of each scenario alone, in the order of the scenarios.

    Those of rules that scenarios leave alone are among them: they are part of the average as well, and come
    to nothing beyond it.
    """

    of_scenario: tuple[tuple[StaffingBreakpoint, ...], ...]

    @classmethod
    def of(cls, problem: Problem, rules: RuleBook, slots: Slots) -> "ScenarioCharges":
        """Of a problem with scenarios; slots as its instance has them."""
        made = []
        for scenario in problem.scenarios:
            alone = in_scenario(problem, scenario.name)
            limits: list[tuple[Rule, Staffing]] = [
                (rule, limit)
                for rule in rules.planned.rules
                if isinstance(rule, TeamRule)
                for limit in rule.limits(alone)
                if isinstance(limit, Staffing)
            ]
            rows = StaffingRows.of(alone, slots, limits)
            made.append(tuple(one for one in rows.breakpoints if not one.hard))
        return cls(tuple(made))

    @property
    def scenarios(self) -> int:
        """How many scenarios."""
        return len(self.of_scenario)

    @property
    def count(self) -> int:
        """How many breakpoints, over all scenarios."""
        return sum(map(len, self.of_scenario))

    def arrays(self) -> dict[str, Int32Array | Float64Array]:
        """The fields of the compiled core's ``State`` that hold them, the sums of the scenarios at 0."""
        charges = [(number, one) for number, every in enumerate(self.of_scenario) for one in every]
        return {
            "charge_scenario": np.array([number for number, _ in charges], np.int32),
            "charge_skill": np.array([one.skill for _, one in charges], np.int32),
            "charge_over": np.array([int(one.over) for _, one in charges], np.int32),
            "charge_at": np.array([one.at for _, one in charges], np.int32),
            "charge_price": np.array([one.price for _, one in charges], np.float64),
            "beyond_average": np.zeros(self.scenarios),
        }
