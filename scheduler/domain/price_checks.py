"""Whether prices are small enough for costs to be counted exactly: sums are kept in 64-bit integers.

What costs too much to be counted would not be refused by the arithmetic; it would come out as another
number, below zero say, and with it a bound that nobody has proven.
"""

from collections.abc import Iterator

from scheduler.domain.faults import Path, error
from scheduler.domain.findings import Finding
from scheduler.domain.money import MOST_COST, MOST_PEOPLE, each, hourly
from scheduler.domain.problem import Problem


def too_dear(
    path: Path, what: str, cents: int | None, cost_of_a_cent: int, people: int = 0
) -> Iterator[Finding]:
    """A fault where a price could make costs too large to be counted.

    Parameters
    ----------
    what
        What has the price: ``skill "English": the missing price``.
    cents
        The price; ``None`` is none.
    cost_of_a_cent
        What a price of one cent costs for one person over the whole horizon, in sixtieths of a cent.
    people
        For how many it may be paid at once, where they may be more than ``MOST_PEOPLE``.
    """
    most = MOST_COST // (cost_of_a_cent * max(people, MOST_PEOPLE))
    if cents is not None and cents > most:
        yield error(
            path,
            f"{what} of {cents / 100:,.2f} is too large for costs to be counted exactly; "
            f"{most / 100:,.2f} is the most.",
            "Give all prices in a larger unit of the currency, thousands say.",
        )


def price_faults(problem: Problem) -> Iterator[Finding]:
    """Wages and prices that are too large."""
    per_hour, per_day = hourly(1, problem.grid.minutes), each(1, problem.grid.days)
    for index, skill in enumerate(problem.skills):
        demand = problem.demand_for.get(skill.name)
        people = max(demand.required if demand else (), default=0)
        for key in ("missing_price", "superfluous_price"):
            what = f'skill "{skill.name}": the {key.replace("_", " ")}'
            yield from too_dear(("skills", index, key), what, getattr(skill, key), per_hour, people)
    for index, wanted in enumerate(problem.headcounts):
        people = max((number or 0 for number in wanted.required), default=0)
        for key in ("missing_price", "superfluous_price"):
            what = f'the headcount of "{wanted.row}": the {key.replace("_", " ")}'
            yield from too_dear(("headcounts", index, key), what, getattr(wanted, key), per_day, people)
    for index, contract in enumerate(problem.contracts):
        path: Path = ("contracts", index, "pay_per_hour")
        what = f'contract "{contract.name}": the pay per hour'
        yield from too_dear(path, what, contract.pay_per_hour, per_hour)
    for index, agent in enumerate(problem.agents):
        path = ("agents", index, "pay_per_hour")
        yield from too_dear(path, f"{agent.name}: the pay per hour", agent.pay_per_hour, per_hour)
        for at, wish in enumerate(agent.shift_wishes):
            path = ("agents", index, "shift_wishes", at, "price")
            yield from too_dear(path, f"{agent.name} on {wish.day}: the price", wish.price, per_day)
