"""Whether prices are small enough for costs to be counted exactly: sums are kept in 64-bit integers.

Integer overflow would not raise: a cost would come out as another number, below zero say, and the bound with
it would be false. So no price by itself may overflow for a team of thousands, nor all prices together for the
team at hand, even if all were paid at once.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from scheduler.domain.facts.agent import Agent
from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.faults import FactPath, error
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.fields import HUNDRED_PERCENT
from scheduler.domain.values.money import MOST_COST, MOST_PEOPLE, MOST_WORTH, each, hourly
from scheduler.domain.values.shares import fraction_of
from scheduler.texts import text

MOST_FOR_ONE = 32 * MOST_WORTH
"""What all prices together may come to for one person, in sixtieths of a cent: half of ``MOST_EXACT``."""


@dataclass(frozen=True)
class Price:
    """One price of an input.

    Parameters
    ----------
    what
        What has the price: ``skill "English": the missing price``.
    cents
        The price; ``None`` is none.
    cost_of_a_cent
        What a price of one cent costs for one person over the whole horizon at most, in sixtieths of a cent.
    people
        For how many it may be paid at once.
    """

    path: FactPath
    what: str
    cents: int | None
    cost_of_a_cent: int
    people: int

    @property
    def most(self) -> int:
        """Cents that it may be, for this team or a larger one."""
        return MOST_COST // (self.cost_of_a_cent * max(self.people, MOST_PEOPLE))

    @property
    def cost(self) -> int:
        """The largest cost that it can cause, in sixtieths of a cent."""
        return (self.cents or 0) * self.cost_of_a_cent * self.people

    def faults(self) -> Iterator[Finding]:
        """A fault if it could make costs too large to be counted."""
        if self.cents is not None and self.cents > self.most:
            yield error(
                self.path,
                text(
                    "{what} of {cents:,.2f} is too large for costs to be counted exactly; {most:,.2f} is "
                    "the most.",
                    what=self.what,
                    cents=self.cents / 100,
                    most=self.most / 100,
                ),
                text("Give all prices in a larger unit of the currency, thousands say."),
            )


def price_faults(problem: Problem) -> Iterator[Finding]:
    """Wages and prices that are too large, each by itself."""
    for price in prices_of(problem):
        yield from price.faults()


def faults_together(prices: Iterable[Price]) -> Iterator[Finding]:
    """A fault at the largest price, if each is small enough but all of them together are not."""
    every = list(prices)
    together = sum(price.cost for price in every)
    for_one = sum((price.cents or 0) * price.cost_of_a_cent for price in every if price.path[0] != "agents")
    too_dear = together > MOST_COST or for_one > MOST_FOR_ONE
    if too_dear and not any(True for price in every for _ in price.faults()):
        dearest = max(every, key=lambda price: price.cost)
        yield error(
            dearest.path,
            text(
                "{what} of {cents:,.2f} is the dearest of prices that together could make costs too large "
                "to be counted exactly.",
                what=dearest.what,
                cents=(dearest.cents or 0) / 100,
            ),
            text("Give all prices in a larger unit of the currency, thousands say."),
        )


def prices_of(problem: Problem) -> Iterator[Price]:
    """Every wage and price of the facts."""
    parts = problem.parts_of_a_unit
    per_hour, per_day = parts * hourly(1, problem.grid.minutes), parts * each(1, problem.grid.days)
    paid_hour = per_hour * _most_times(problem)
    team = len(problem.agents)
    for index, skill in enumerate(problem.skills):
        demand = problem.demand_for.get(skill.name)
        people = {
            "missing_price": max(demand.required if demand else (), default=0),
            "superfluous_price": team,
        }
        for key, many in people.items():
            what = text('skill "{skill}": the {key}', skill=skill.name, key=key.replace("_", " "))
            yield Price(("skills", index, key), what, getattr(skill, key), per_hour, many)
    for index, wanted in enumerate(problem.headcounts):
        dearest = {
            "missing_price": (
                max(wanted.missing_prices),
                max((number or 0 for number in wanted.required), default=0),
            ),
            "superfluous_price": (max(wanted.superfluous_prices), team),
        }
        for key, (cents, many) in dearest.items():
            what = text('the headcount of "{row}": the {key}', row=wanted.row, key=key.replace("_", " "))
            yield Price(("headcounts", index, key), what, cents, per_day, many)
    paid_by = Counter(agent.contract for agent in problem.agents if agent.pay_per_hour is None)
    for index, contract in enumerate(problem.contracts):
        path: FactPath = ("contracts", index, "pay_per_hour")
        what = text('contract "{contract}": the pay per hour', contract=contract.name)
        yield Price(path, what, contract.pay_per_hour, paid_hour, paid_by[contract.name])
    for index, agent in enumerate(problem.agents):
        path = ("agents", index, "pay_per_hour")
        yield Price(
            path, text("{agent}: the pay per hour", agent=agent.name), agent.pay_per_hour, paid_hour, 1
        )
        for at, wish in enumerate(agent.shift_wishes):
            path = ("agents", index, "shift_wishes", at, "price")
            yield Price(
                path,
                text("{agent} on {day}: the price", agent=agent.name, day=wish.day),
                wish.price,
                per_day * heaviest_wish(agent),
                1,
            )
    for index, premium in enumerate(problem.premiums):
        path = ("premiums", index, "money_per_hour")
        what = text('premium "{premium}": the amount per hour', premium=premium.name)
        yield Price(path, what, premium.money_per_hour, per_hour, team)


def _most_times(problem: Problem) -> int:
    """How many times its pay an hour may cost at most, by premiums in per cent."""
    every = [fraction_of(one.percent) for one in problem.paid_on_top if one.percent is not None]
    every += [Fraction(100) for one in problem.paid_on_top if one.percent is None and one.adds_minutes]
    return 1 + ceil(sum(every) / 100)


def heaviest_wish(agent: Agent) -> int:
    """How many times the price of a wish not granting one of theirs costs at most, once at least."""
    return max(1, ceil(agent.wish_weight_percent / HUNDRED_PERCENT))
