"""Agent classes: agents who differ in their limits over several days only."""

import numpy as np

from scheduler.engine.instance.instance import Tables
from scheduler.engine.kernel.arrays import Int64Array


def agent_classes_of(tables: Tables) -> Int64Array:
    """Class of each agent, shape (agents,): what they may work, what it costs and where they count is alike.

    Clocks are not told apart here.
    """
    menus, heads = tables.menu_numbers[0], tables.heads.of_agent
    numbers: dict[tuple[object, ...], int] = {}
    classes = []
    for agent in range(tables.agents):
        key = (
            int(tables.staffing.group[agent]),
            int(tables.pay[agent]),
            int(heads[agent]),
            menus[agent].tobytes(),
            tables.may_be_free[agent].tobytes(),
            tables.price_row[agent].tobytes(),
            tables.regime[agent].tobytes(),
        )
        classes.append(numbers.setdefault(key, len(numbers)))
    return np.array(classes, np.int64)
