"""The unit of temperatures, boxes and first steps: the size of the costs that decide between good rosters.

A price says what something would cost; what good rosters pay, the dual prices say. One more agent is worth
the price of a missing one only where somebody is missing, and less wherever nobody is, however dear it would
be (complementary slackness). So a penalty that is never paid changes no scale, whether it is forbidden or
only too dear. White (1984) and Ben-Ameur (2004) take temperatures from changes
of cost that a walk meets; du Merle, Villeneuve, Desrosiers and Hansen (1999) the box around dual prices from
those prices.
"""

from collections import defaultdict
from dataclasses import dataclass
from math import inf

import numpy as np

from scheduler.engine.instance.instance import Instance
from scheduler.engine.kernel.arrays import Float64Array


@dataclass(frozen=True)
class ScalePolicy:
    """Parameters of the scales."""

    quantile_fraction: float = 0.99
    """Quantile of the prices that counts as the dearest: the last per cent may be an accident of the ascent.
    Nothing but the scale of temperatures and steps depends on it."""
    worth_factor: float = 2.0
    """Agents may be missing where that costs at most so many times what an agent-slot is worth. Lower cools a
    search where people have to be missing, higher counts prices that nobody pays."""
    least_head_fraction: float = 0.1
    """The scale is no less than this fraction of what a head is worth, however cheap some wish is. It keeps
    temperatures away from 0 where nothing but wishes has a price."""


POLICY = ScalePolicy()


def dearest_worth(prices: Float64Array) -> float:
    """What one more agent is worth where it is worth most, outliers aside; 0 where all prices are."""
    sizes = np.abs(prices[prices != 0.0])
    return float(np.quantile(sizes, POLICY.quantile_fraction)) if len(sizes) else 0.0


def cheapest(instance: Instance) -> float:
    """The cheapest thing that has a price: a wish, a head or an agent-slot; wages where nothing has."""
    team = [float(one.price) for one in instance.heads.breakpoints if not one.hard]
    team += [float(one.price) for one in instance.staffing.breakpoints if not one.hard]
    limits = (one for mine in instance.multi_day_limits for one in mine if not one.is_pay)
    team += [float(one.price) for one in limits if one.price is not None]
    priced = np.concatenate([instance.wished.ravel(), team])
    priced = priced[np.isfinite(priced) & (priced > 0)]
    wages = max(1.0, float(instance.pay.max(initial=0)) * instance.slots.minutes)
    return float(priced.min()) if len(priced) else wages


def scale_of_heads(instance: Instance, prices: Float64Array) -> float:
    """The unit of prices of heads: the dearest head at these prices.

    It is no less than the cheapest thing that has a price: where all requests are met, all dual prices are
    nearly 0, and say nothing of what a change costs.
    """
    return max(dearest_worth(instance.shape.headcounts(prices)), cheapest(instance))


def scale_of_changes(instance: Instance, prices: Float64Array) -> float:
    """The unit of temperatures: the dearest price of a missing agent-slot that may be paid.

    That is the dearest of all, but no more than what agent-slots are worth at these prices, with room for
    what a guide, the mean of many prices, smooths away.

    Where there are headcounts only, it lies between what a head is worth and the cheapest thing that has a
    price, for there a search has to tell wishes of a hundredth of a head apart.
    """
    if instance.staffing.breakpoints:
        return scale_of_slots(instance, dearest_worth(instance.shape.staffing(prices)))
    wish = cheapest(instance)
    head = scale_of_heads(instance, prices)
    return float(np.clip(np.sqrt(head * wish), POLICY.least_head_fraction * head, head))


def scale_of_slots(instance: Instance, dearest_price: float) -> float:
    """The same where there is a curve, and what an agent-slot is worth where it is worth most."""
    missing: dict[tuple[str, int], float] = defaultdict(float)
    for one in instance.staffing.breakpoints:
        if not (one.hard or one.over):  # scenarios have a share of one price each
            missing[one.rule, one.skill] += one.price
    return max(
        cheapest(instance), min(POLICY.worth_factor * dearest_price, max(missing.values(), default=inf))
    )
