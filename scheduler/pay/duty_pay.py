"""What duties are paid: their paid minutes at the hour's pay, and premiums for some of them.

Breaks lie on the curve, and move until the search ends; pay may not depend on that. So an unpaid break counts
as taken in those minutes of the duty on which least is paid on top, wherever it lies: no premium is lost by
where a break was put, and a premium for all of a duty counts its paid minutes.

Overtime of a period is that of all duties together (:mod:`scheduler.pay.period_overtime`).
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from scheduler.domain import Agent, Duty, Problem
from scheduler.pay.period_overtime import PeriodOvertime
from scheduler.pay.premium_times import Piece, PremiumTimes


class PremiumMinutes(NamedTuple):
    """Minutes of a duty that one premium is paid for, and what it comes to, in sixtieths of a cent."""

    premium: int
    minutes: int
    cost: Fraction


class DutyPay:
    """Premiums of duties, by the times of a problem's premiums."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.times = problem, PremiumTimes(problem)
        self.periods = PeriodOvertime(self.times)

    def premiums(self, agent: Agent, duties: Sequence[Duty]) -> list[list[PremiumMinutes]]:
        """What each of all duties of an agent is paid on top, a line a premium in the problem's order."""
        alone = [self._of_duty(agent, duty) for duty in duties]
        if not self.periods.numbers:
            return alone
        pay = self.problem.pay_of(agent)
        rate = {number: self.times.premiums[number].rate(pay) for number in self.periods.numbers}
        return [
            sorted(lines + [PremiumMinutes(n, many, many * rate[n]) for n, many in beyond.items()])
            for lines, beyond in zip(alone, self.periods.minutes(agent, duties), strict=True)
        ]

    def costs(self, agent: Agent, duties: Sequence[Duty]) -> list[Fraction]:
        """All that each of all duties of an agent is paid, in sixtieths of a cent."""
        pay = self.problem.pay_of(agent)
        return [
            sum((line.cost for line in lines), Fraction(pay * duty.paid_minutes))
            for duty, lines in zip(duties, self.premiums(agent, duties), strict=True)
        ]

    def _of_duty(self, agent: Agent, duty: Duty) -> list[PremiumMinutes]:
        """What a duty is paid on top by itself."""
        numbers = self.times.covering(agent, duty.template)
        if not numbers:
            return []
        pay = self.problem.pay_of(agent)
        by_clock = self.times.by_clock(numbers)
        pieces = self.times.pieces(self.problem.zone_of(agent), by_clock, duty.start, duty.end)
        paid_in = {piece: self.times.paid(piece.premiums, pay) for piece in pieces}
        rate = {number: self.times.premiums[number].rate(pay) for number in numbers}

        def worth(piece: Piece) -> tuple[Fraction, int]:
            return -sum((rate[number] for number in paid_in[piece]), Fraction()), piece.start

        left, minutes = duty.paid_minutes, dict.fromkeys(numbers, 0)
        for piece in sorted(pieces, key=worth):
            counted = min(left, piece.end - piece.start)
            left -= counted
            for number in paid_in[piece]:
                minutes[number] += counted
        for number, (times, more) in self.times.of_minutes(numbers, duty.day).items():
            minutes[number] = max(0, times * duty.paid_minutes + more)
        return [PremiumMinutes(n, many, many * rate[n]) for n, many in minutes.items() if many]
