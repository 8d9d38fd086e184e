"""Agent classes: agents who differ in their limits over several days only."""

import numpy as np

from scheduler.engine.instance.instance import Instance
from scheduler.engine.kernel.arrays import Int64Array


def agent_classes_of(instance: Instance) -> Int64Array:
    """Class of each agent, shape (agents,): what they may work, what it costs and where they count is alike.

    Clocks are not told apart here.
    """
    menus, heads = instance.menu_numbers[0], instance.heads.of_agent
    numbers: dict[tuple[object, ...], int] = {}
    classes = []
    for agent in range(instance.agents):
        key = (
            int(instance.staffing.group[agent]),
            int(instance.pay[agent]),
            int(heads[agent]),
            menus[agent].tobytes(),
            instance.may_be_free[agent].tobytes(),
            instance.price_row[agent].tobytes(),
            instance.regime[agent].tobytes(),
        )
        classes.append(numbers.setdefault(key, len(numbers)))
    return np.array(classes, np.int64)
