"""Prices as annealing sees them at first: none much dearer than what decides between good rosters.

A price that no good roster pays is a wall: annealing that is cold enough to tell wishes apart never climbs
over it, and what lies behind is not found. A penalty need only be dearer than what is won by paying it
(exact penalties; Nocedal and Wright 2006, chapter 17), and what can be won the dual prices say. So a cycle
begins with dear prices brought down to that, and ends at full ones: strategic oscillation (Glover 1989).
What a roster costs is counted at full prices all the time.
"""

from typing import Any

import numpy as np

from scheduler.engine.instance.instance import Tables
from scheduler.engine.instance.price_scale import scale_of_heads
from scheduler.engine.instance.price_vector import Reals
from scheduler.engine.kernel.bindings import MODEL_FIELDS, ModelStruct, fill

LIMITS, HEADS = 1.0, 2.0
"""How dear a unit of a priced limit, and a head, are at most, in what heads are worth. With heads at 4 the
ward ``inrc-medium01`` ended 1.5 % higher; with limits at 2, or heads at 1.4, cycles now and then ended 3 %
higher, with penalties that were paid too late to be got rid of."""


def eased(tables: Tables, prices: Reals) -> Any | None:
    """``Model`` of the compiled core with dear prices brought down; ``None`` where no price is dear.

    Only where people are asked for by shift and day alone: there a unit of a limit is about a shift, as a
    head is. Heads that must be there have a price then; what agents must keep is kept.

    Parameters
    ----------
    prices
        Dual prices, which say what heads are worth.
    """
    if tables.staffing.pieces or not tables.heads.rows:
        return None
    full, worth = tables.struct.kept, scale_of_heads(tables, prices)
    flatter = [flattened(tables.heads.costs(row), HEADS * worth).ravel() for row in range(tables.heads.rows)]
    lower = {
        "limit_price": np.minimum(full["limit_price"], LIMITS * worth),  # negative ones are a must
        "price": np.minimum(full["price"], LIMITS * worth),
        "head_soft": np.concatenate(flatter),
        "head_hard": np.zeros_like(full["head_hard"]),
    }
    if all(np.array_equal(lower[name], full[name]) for name in lower):
        return None
    return fill(ModelStruct, MODEL_FIELDS, {**full, **lower})


def flattened(costs: Reals, most: float) -> Reals:
    """Costs of 0, 1, 2, .. heads, shape (days, numbers), with no step larger than so much."""
    steps = np.clip(np.diff(costs, axis=1), -most, most)
    return np.asarray(np.cumsum(np.concatenate([costs[:, :1], steps], axis=1), axis=1), np.float64)
