"""From prices to a certificate: whole prices, and the bound at exactly these.

The bound is that of :mod:`~scheduler.engine.bound.lagrangian`.
"""

import numpy as np

from scheduler.domain.results.certificate import Certificate
from scheduler.domain.values.money import MOST_WORTH
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.kernel.arrays import Float64Array


def certify(lagrangian: Lagrangian, prices: Float64Array) -> Certificate:
    """Round the prices and evaluate the bound at the rounded ones, which is exact.

    All of it is in the instance's parts of a unit, but prices are whole units: :func:`in_units`.
    """
    instance = lagrangian.instance
    whole = rounded(prices, instance.parts)
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


def rounded(prices: Float64Array, parts: int = 1) -> Float64Array:
    """Whole prices that a certificate may hold, in parts of a unit.

    Any prices prove a bound, so prices that add up to more than ``MOST_WORTH`` may be scaled down.
    """
    whole = np.rint(prices / parts) * parts
    together = float(np.abs(whole).sum())
    if together <= MOST_WORTH:
        return whole
    return np.trunc(whole / parts * (MOST_WORTH / together)) * parts


def in_units(certificate: Certificate, parts: int) -> Certificate:
    """A search's certificate in the unit that is handed out, its bounds rounded down."""
    return certificate if parts == 1 else certificate.with_amounts(lambda amount: amount // parts)


def in_parts_of_a_unit(certificate: Certificate, parts: int) -> Certificate:
    """A certificate in the parts of a unit that a search counts in."""
    return certificate if parts == 1 else certificate.with_amounts(lambda amount: amount * parts)


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
