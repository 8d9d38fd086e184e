"""From prices to a certificate: whole prices, and the bound at exactly these.

The bound is that of :mod:`~scheduler.engine.bound.lagrangian`.
"""

import numpy as np

from scheduler.domain.results.certificate import Certificate
from scheduler.domain.values.money import MOST_WORTH
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.kernel.arrays import Float64Array


def certify(lagrangian: Lagrangian, prices: Float64Array) -> Certificate:
    """Round the prices and evaluate the bound at the rounded ones, which is exact."""
    instance = lagrangian.instance
    whole = rounded(prices)
    staffing = lagrangian.shape.staffing(whole)
    staffing[:, : lagrangian.low] = staffing[:, lagrangian.high :] = 0
    bound = lagrangian.whole_bound(whole)
    inside = staffing[:, lagrangian.low : lagrangian.high].astype(np.int64)
    heads = lagrangian.shape.headcounts(whole).astype(np.int64)
    return Certificate(
        slot_minutes=instance.slots.minutes,
        prices={
            skill.name: tuple(row)
            for skill, row in zip(instance.problem.skills, inside.tolist(), strict=False)  # the core has one
        },
        headcount_prices={
            name: tuple(row) for name, row in zip(instance.heads.names, heads.tolist(), strict=True)
        },
        goals=lagrangian.goals.certified,
        carried_rules=lagrangian.automata.carried_rules,
        bound=0 if bound is None else bound,
        unavoidable_wages=lagrangian.unavoidable_wages,
    )


def rounded(prices: Float64Array) -> Float64Array:
    """Whole prices that a certificate may hold.

    Any prices prove a bound, so prices that add up to more than ``MOST_WORTH`` may be scaled down.
    """
    whole = np.rint(prices)
    together = float(np.abs(whole).sum())
    return np.trunc(whole * (MOST_WORTH / together)) if together > MOST_WORTH else whole


def known_prices(lagrangian: Lagrangian, certificate: Certificate) -> Float64Array:
    """The prices of a certificate as a vector, as far as this problem has their rows; 0 elsewhere.

    They may be of slots of another length, of another problem even: any prices prove a bound.
    """
    instance, prices = lagrangian.instance, lagrangian.nothing()
    staffing, heads = lagrangian.shape.staffing(prices), lagrangian.shape.headcounts(prices)
    edges = np.arange(lagrangian.high - lagrangian.low + 1) * instance.slots.minutes
    for number, skill in enumerate(instance.problem.skills):
        row = np.array(certificate.prices.get(skill.name, ()), np.float64)
        known = np.arange(len(row) + 1) * certificate.slot_minutes
        summed = np.interp(edges, known, np.append(0.0, np.cumsum(row)))
        staffing[number, lagrangian.low : lagrangian.high] = np.diff(summed)
    for number, name in enumerate(instance.heads.names):
        row = np.array(certificate.headcount_prices.get(name, ())[: heads.shape[1]], np.float64)
        heads[number, : len(row)] = row
    return np.clip(prices, *lagrangian.box())
