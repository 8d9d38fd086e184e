"""Pay lines: what each person is paid, by kind of pay. Money is rounded here, once a line, and only here."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from scheduler.domain import Problem, Roster
from scheduler.domain.facts.contract import BASIC_PAY
from scheduler.domain.values.money import COST_UNITS_PER_CENT
from scheduler.model.calendar.absences import absent_days
from scheduler.pay.duty_pay import DutyPay


@dataclass(frozen=True)
class PayLine:
    """One person's pay of one kind.

    Parameters
    ----------
    kind
        ``BASIC_PAY``, the name of a premium or holiday, or the kind of an absence.
    cost
        In sixtieths of a cent, exactly.
    is_absence
        Whether it is paid beside the roster's cost.
    """

    agent: str
    kind: str
    minutes: int
    cost: Fraction
    is_absence: bool = False

    @property
    def cents(self) -> int:
        """What is paid out: whole cents, half a cent rounded up."""
        return floor(self.cost / COST_UNITS_PER_CENT + Fraction(1, 2))


def pay_lines(problem: Problem, roster: Roster) -> list[PayLine]:
    """A line for each agent and kind of pay, in the order of the problem; none of nothing."""
    of_duties = DutyPay(problem)
    lines: list[PayLine] = []
    for agent in problem.agents:
        pay = problem.pay_of(agent)
        kinds = [BASIC_PAY, *(one.name for one in of_duties.times.premiums)]
        minutes = dict.fromkeys(kinds, 0)
        costs = dict.fromkeys(minutes, Fraction())
        duties = roster.of(agent.name)
        for duty, on_top in zip(duties, of_duties.premiums(agent, duties), strict=True):
            minutes[BASIC_PAY] += duty.paid_minutes
            costs[BASIC_PAY] += pay * duty.paid_minutes
            for line in on_top:
                name = of_duties.times.premiums[line.premium].name
                minutes[name] += line.minutes
                costs[name] += line.cost
        lines += [PayLine(agent.name, kind, many, costs[kind]) for kind, many in minutes.items() if many]
        away: dict[str, int] = {}
        for absent in absent_days(problem, agent):
            away[absent.kind] = away.get(absent.kind, 0) + absent.paid_minutes
        lines += [
            PayLine(agent.name, kind, many, Fraction(pay * many), is_absence=True)
            for kind, many in away.items()
            if many
        ]
    return lines


@dataclass(frozen=True)
class PaidOut:
    """What is paid out for the duties of a roster, beside what they cost.

    Parameters
    ----------
    wages
        What duties cost, in sixtieths of a cent, exactly.
    cents
        The sum of the pay lines of duties, each rounded.
    """

    wages: Fraction
    cents: int

    @property
    def rounding(self) -> Fraction:
        """By how much the lines come to more than the wages, in sixtieths of a cent."""
        return self.cents * COST_UNITS_PER_CENT - self.wages


def paid_out(lines: Iterable[PayLine]) -> PaidOut:
    """The sum of the lines of duties."""
    worked = [line for line in lines if not line.is_absence]
    return PaidOut(sum((line.cost for line in worked), Fraction()), sum(line.cents for line in worked))
