"""Prices as annealing sees them at first: none much dearer than what decides between good rosters.

A price that no good roster pays is a wall: annealing that is cold enough to tell wishes apart never climbs
over it, and what lies behind is not found. A penalty need only be dearer than what is won by paying it
(exact penalties; Nocedal and Wright 2006, chapter 17), and what can be won the dual prices say. So a cycle
begins with dear prices brought down to that, and ends at full ones: strategic oscillation (Glover 1989).
What a roster costs is counted at full prices all the time.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.price_scale import scale_of_heads
from scheduler.engine.kernel.arrays import Float64Array
from scheduler.engine.kernel.bindings import MODEL_FIELDS, ModelStruct, fill


@dataclass(frozen=True)
class CapPolicy:
    """How dear things are at most while a cycle begins, in what heads are worth.

    Lower caps, and in some runs higher ones, left penalties that were paid too late to be got rid of.
    """

    limit_factor: float = 1.0
    """A unit of a priced limit. With 2, cycles now and then ended 3 % higher (``inrc-medium01``)."""
    head_factor: float = 2.0
    """A head. With 4 ``inrc-medium01`` ended 1.5 % higher, with 1.4 cycles now and then 3 % higher."""


POLICY = CapPolicy()


def eased(instance: Instance, prices: Float64Array) -> Any | None:
    """``Model`` of the compiled core with dear prices brought down; ``None`` where no price is dear.

    Only where people are asked for by shift and day alone: there a unit of a limit is about a shift, as a
    head is. Headcount musts are priced in this model; agents' musts stay hard.

    Parameters
    ----------
    prices
        Dual prices, which say what heads are worth.
    """
    if instance.staffing.breakpoints or not instance.heads.rows:
        return None
    full, worth = instance.struct.kept, scale_of_heads(instance, prices)
    most = POLICY.head_factor * worth
    flatter = [flattened(instance.heads.costs(row), most).ravel() for row in range(instance.heads.rows)]
    lower = {
        "limit_price": np.minimum(
            full["limit_price"], POLICY.limit_factor * worth
        ),  # negative ones are a must
        "price": np.minimum(full["price"], POLICY.limit_factor * worth),
        "head_soft": np.concatenate(flatter),
        "head_hard": np.zeros_like(full["head_hard"]),
    }
    if all(np.array_equal(lower[name], full[name]) for name in lower):
        return None
    return fill(ModelStruct, MODEL_FIELDS, {**full, **lower})


def flattened(costs: Float64Array, most: float) -> Float64Array:
    """Costs of 0, 1, 2, .. heads, shape (days, numbers), with each step capped at ``most``."""
    steps = np.clip(np.diff(costs, axis=1), -most, most)
    return np.asarray(np.cumsum(np.concatenate([costs[:, :1], steps], axis=1), axis=1), np.float64)
