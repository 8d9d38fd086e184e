"""Cost granularity: the greatest number that divides every cost of a legal roster."""

import numpy as np

from scheduler.engine.instance.break_layouts import BREAK_PRICES
from scheduler.engine.instance.instance import Instance


def cost_granularity(instance: Instance) -> int:
    """The greatest common divisor of all that a legal roster can be charged, in sixtieths of a cent.

    A roster whose cost is less than one granularity above a bound is optimal: no cost lies between.
    """
    wages = np.unique(np.outer(np.unique(instance.pay), np.unique(instance.options.paid)))
    priced = [
        wages,
        instance.price,
        instance.struct.kept["limit_price"],
        *(instance.struct.kept["variant"][name] for name in BREAK_PRICES),
        [one.price for one in instance.staffing.breakpoints],
        [one.price for one in instance.heads.breakpoints],
        instance.struct.kept["cap_price"],
    ]
    numbers = np.concatenate([np.ravel(np.asarray(one, np.float64)) for one in priced])
    numbers = numbers[np.isfinite(numbers) & (numbers > 0)]
    return max(1, int(np.gcd.reduce(numbers.astype(np.int64)))) if len(numbers) else 1
