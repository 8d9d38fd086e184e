"""What decides between good rosters, as a size: temperatures, boxes and first steps are measured by it.

A price says what something would cost; what good rosters pay, the dual prices say. One more agent is worth
the price of a missing one only where somebody is missing, and less wherever nobody is, however dear it would
be (complementary slackness). So a penalty that is never paid changes no scale, and one that must not be paid
counts like one that is too dear to be paid. White (1984) and Ben-Ameur (2004) take temperatures from changes
of cost that a walk meets; du Merle and others (1999) the box around dual prices from those prices.
"""

from math import inf

import numpy as np

from scheduler.engine.instance.instance import Tables
from scheduler.engine.instance.price_vector import Reals

NEARLY_ALL = 0.99
"""What is worth more than so many parts of all that is worth anything may be an accident of the climb."""
ROOM = 2.0
"""Somebody may be missing where that costs no more than so many times what an agent-slot is worth."""
LEAST_OF_HEADS = 0.1
"""Temperatures are measured by no less of what a head is worth, however cheap some wish is."""


def dearest_worth(prices: Reals) -> float:
    """What one more agent is worth where that is most, outliers aside; 0 where nowhere anything."""
    sizes = np.abs(prices[prices != 0.0])
    return float(np.quantile(sizes, NEARLY_ALL)) if len(sizes) else 0.0


def cheapest(tables: Tables) -> float:
    """The cheapest thing that has a price: a wish, a head or an agent-slot; wages where nothing has."""
    team = [float(piece.price) for piece in tables.heads.pieces if not piece.hard]
    team += [float(piece.price) for piece in tables.staffing.pieces if not piece.hard]
    priced = np.concatenate([tables.price.ravel(), tables.struct.kept["limit_price"].ravel(), team])
    priced = priced[np.isfinite(priced) & (priced > 0)]
    wages = max(1.0, float(tables.pay.max(initial=0)) * tables.slots.minutes)
    return float(priced.min()) if len(priced) else wages


def scale_of_heads(tables: Tables, prices: Reals) -> float:
    """What prices of heads are measured by: the dearest head at these prices.

    It is no less than the cheapest thing that has a price: where everything can be had, all prices are next
    to nothing, and say nothing of what a change costs.
    """
    return max(dearest_worth(tables.shape.headcounts(prices)), cheapest(tables))


def scale_of_changes(tables: Tables, prices: Reals) -> float:
    """What temperatures are measured by: the dearest price of a missing agent-slot that may be paid.

    That is the dearest of all, but no more than what agent-slots are worth at these prices, with room for
    what a guide, the mean of many prices, smooths away.

    Where there are headcounts only, it lies between what a head is worth and the cheapest thing that has a
    price, for there a search has to tell wishes of a hundredth of a head apart.
    """
    wish = cheapest(tables)
    if tables.staffing.pieces:
        missing = [float(piece.price) for piece in tables.staffing.pieces if not (piece.hard or piece.over)]
        worth = ROOM * dearest_worth(tables.shape.staffing(prices))
        return max(wish, min(worth, max(missing, default=inf)))
    head = scale_of_heads(tables, prices)
    return float(np.clip(np.sqrt(head * wish), LEAST_OF_HEADS * head, head))
