"""Agents to whom the days look alike: what they may work, what it costs, and where they count."""

import numpy as np

from scheduler.engine.arrays import Int64Array
from scheduler.engine.instance.instance import Tables


def agent_classes_of(tables: Tables) -> Int64Array:
    """Number of each agent, shape (agents,): on one clock those of one number differ in their limits only."""
    menus, heads = tables.menu_numbers[0], tables.heads.of_agent
    numbers: dict[tuple[object, ...], int] = {}
    looks = []
    for agent in range(len(tables.held)):
        key = (
            int(tables.staffing.group[agent]),
            int(tables.pay[agent]),
            int(heads[agent]),
            menus[agent].tobytes(),
            tables.may_be_free[agent].tobytes(),
            tables.price_row[agent].tobytes(),
            tables.regime[agent].tobytes(),
        )
        looks.append(numbers.setdefault(key, len(numbers)))
    return np.array(looks, np.int64)
