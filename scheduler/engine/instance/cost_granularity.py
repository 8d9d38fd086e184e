"""The granularity of costs: what every roster's cost is a multiple of."""

import numpy as np

from scheduler.engine.instance.break_layouts import BREAK_PRICES
from scheduler.engine.instance.instance import Tables


def cost_granularity(tables: Tables) -> int:
    """The greatest common divisor of all that a legal roster can be charged, in sixtieths of a cent.

    A roster that costs less than that more than a bound is optimal: no cost lies between.
    """
    wages = np.unique(np.outer(np.unique(tables.pay), np.unique(tables.options.paid)))
    priced = [
        wages,
        tables.price,
        tables.struct.kept["limit_price"],
        *(tables.struct.kept["variant"][name] for name in BREAK_PRICES),
        [one.price for one in tables.staffing.breakpoints],
        [one.price for one in tables.heads.breakpoints],
        tables.struct.kept["cap_price"],
    ]
    numbers = np.concatenate([np.ravel(np.asarray(one, np.float64)) for one in priced])
    numbers = numbers[np.isfinite(numbers) & (numbers > 0)]
    return max(1, int(np.gcd.reduce(numbers.astype(np.int64)))) if len(numbers) else 1
