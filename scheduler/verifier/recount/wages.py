"""Wages, recounted minute by minute: the hour's pay, what is paid on top at some times, and overtime.

Shares nothing with ``scheduler.pay`` but the facts. Every minute of a duty has a rate on top; the paid
minutes of the duty are the dearest ones, as its unpaid breaks count as taken in the cheapest.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import lcm

import numpy as np

from scheduler.domain.facts.contract import Holiday, PayPremium
from scheduler.domain.facts.problem import Agent, Problem, WorkedDuty
from scheduler.domain.results.roster import Duty
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.domain.values.shares import fraction_of
from scheduler.verifier.recount.exact import Bools, Ints

_DAYS_BESIDE = 3
_BESIDE = _DAYS_BESIDE * MINUTES_PER_DAY
"""Minutes before and after the horizon in which a duty of it may still be paid on top."""
_WEEKEND = (6, 7)  # ISO

Period = tuple[int, int]
"""What all dates of one period of a premium have in common."""

Rates = tuple[Ints, int]
"""What each minute is paid on top, and how many of these make a sixtieth of a cent."""


class Wages:
    """Wages of duties and of shifts of one problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._ranked = {one.day: one for one in problem.holidays}
        self._on_clock: dict[tuple[str, int], Bools] = {}
        self._rates: dict[tuple[str, int, tuple[int, ...], str], Rates] = {}

    @property
    def has_premiums(self) -> bool:
        """Whether anything is ever paid on top."""
        return bool(self.problem.premiums or any(one.multiple for one in self.problem.holidays))

    def of_roster(self, duties: Iterable[Duty]) -> Fraction:
        """Wages of all duties of some people, in sixtieths of a cent."""
        known, of_people = self.problem.agent_named, defaultdict[str, list[Duty]](list)
        for one in duties:
            of_people[one.agent].append(one)
        return sum(
            (self._of_all(known[name], mine) for name, mine in of_people.items() if name in known), Fraction()
        )

    def _of_all(self, agent: Agent, duties: Iterable[Duty]) -> Fraction:
        every = tuple(duties)
        return sum((self.of(agent, one) for one in every), self._beyond_periods(agent, every))

    def of(self, agent: Agent, duty: Duty) -> Fraction:
        """Wage of a duty by itself, without overtime of periods, in sixtieths of a cent."""
        pay = self.problem.pay_of(agent)
        basic = Fraction(pay * duty.paid_minutes)
        if not self.has_premiums:
            return basic
        mine = self.premiums_of(agent)
        on_top, parts = self._on_top(self.problem.zone_of(agent), pay, mine, duty.template)
        of_minutes = on_top[_within(duty)]
        dearest = np.sort(of_minutes)[::-1][: max(0, duty.paid_minutes)]
        on = self.problem.grid.first_day + timedelta(days=duty.day)
        paid = np.array([duty.paid_minutes], np.int64)
        more = (
            rate * int(minutes[0]) for rate, minutes in self._of_minutes(mine, duty.template, on, pay, paid)
        )
        return basic + Fraction(int(dearest.sum()), parts) + sum(more, Fraction())

    def premiums_of(self, agent: Agent) -> tuple[int, ...]:
        """Numbers of the premiums that an agent may have, whatever the shift."""
        return tuple(
            number
            for number, one in enumerate(self.problem.premiums)
            if agent.contract in (one.contracts or [agent.contract])
            and agent.name in (one.agents or [agent.name])
            and agent.team in (one.teams or [agent.team])
        )

    def on_top_of_shifts(
        self,
        zone: str,
        pay: int,
        mine: tuple[int, ...],
        shifts: tuple[Ints, Ints, Ints, Ints],
        day: int,
    ) -> Ints:
        """What shifts are paid on top, where prices are in parts that make every rate whole.

        Parameters
        ----------
        mine
            As :meth:`premiums_of` says.
        shifts
            Template number, start, end and paid minutes of each.
        """
        template, start, end, paid = shifts
        costs = np.zeros(len(start), np.int64)
        for number in np.unique(template).tolist() if self.has_premiums else ():
            on_top, parts = self._on_top(zone, pay, mine, self.problem.templates[number].name)
            assert parts == 1
            here = np.flatnonzero(template == number)
            first, last = start[here] + _BESIDE, end[here] + _BESIDE
            left = paid[here].copy()
            for rate in np.unique(on_top)[::-1].tolist():
                before = np.concatenate([[0], np.cumsum(on_top == rate)])
                counted = np.minimum(left, before[last] - before[first])
                left -= counted
                costs[here] += rate * counted
            on = self.problem.grid.first_day + timedelta(days=day)
            name = self.problem.templates[number].name
            for each, minutes in self._of_minutes(mine, name, on, pay, paid[here]):
                costs[here] += int(each) * minutes
        return costs

    def _of_minutes(
        self, mine: tuple[int, ...], template: str, on: date, pay: int, paid: Ints
    ) -> Iterator[tuple[Fraction, Ints]]:
        """For how many minutes of duties with these paid ones each premium of minutes pays, and its rate."""
        present = paid + self.logging_in(mine, template, on)
        for one in self._held(mine, template, on):
            if not one.is_by_clock and one.over_period_minutes is None:
                yield _rate(one, pay), _paid_for(one, present)

    def _held(self, mine: tuple[int, ...], template: str | None, on: date) -> Iterator[PayPremium]:
        """Those of some premiums that are meant for a duty of a template on a date."""
        for one in map(self.problem.premiums.__getitem__, mine):
            if (not one.templates or template in one.templates) and self._is_day_of(one, on):
                yield one

    def logging_in(self, mine: tuple[int, ...], template: str | None, on: date) -> int:
        """Minutes that a duty of a date is paid for logging in."""
        return sum(one.log_in_minutes or 0 for one in self._held(mine, template, on))

    @property
    def of_periods(self) -> tuple[int, ...]:
        """Numbers of the premiums that are overtime of a week, or of other days."""
        every = enumerate(self.problem.premiums)
        return tuple(number for number, one in every if one.over_period_minutes is not None)

    def _beyond_periods(self, agent: Agent, duties: Iterable[Duty]) -> Fraction:
        """Overtime of periods."""
        every, pay = tuple(duties), self.problem.pay_of(agent)
        mine = set(self.of_periods).intersection(self.premiums_of(agent))
        return sum(
            (
                _rate(self.problem.premiums[number], pay) * self.minutes_beyond_periods(agent, number, every)
                for number in mine
            ),
            Fraction(),
        )

    def minutes_beyond_periods(self, agent: Agent, number: int, duties: Iterable[Duty]) -> int:
        """Overtime of a premium's periods: of all minutes of each, less that of those before the horizon."""
        most = self.problem.premiums[number].over_period_minutes or 0
        worked = self.worked_before(agent, number)
        before = sum(max(0, minutes - most) for minutes in worked.values())
        for duty in duties:
            on = self.problem.grid.first_day + timedelta(days=duty.day)
            worked[self.period(number, on)] += self.towards(agent, number, duty, on)
        return sum(max(0, minutes - most) for minutes in worked.values()) - before

    def rates_by_name(self, agent: Agent, name: str) -> list[Fraction]:
        """What a minute of premiums and holidays of a name is worth to an agent, in sixtieths of a cent."""
        pay, mine = self.problem.pay_of(agent), self.premiums_of(agent)
        of_premiums = (self.problem.premiums[number] for number in mine)
        return [
            *(_rate(one, pay) for one in of_premiums if one.name == name),
            *(pay * _share(one) for one in self.problem.holidays if one.name == name and one.multiple),
        ]

    def minutes_by_name(self, agent: Agent, name: str, duties: Iterable[Duty]) -> tuple[int, int]:
        """How many minutes of an agent's duties may be paid on top by a name: the least, and the most.

        Where the highest wins, another may have won; in unpaid minutes nothing is paid on top.
        """
        every, zone, least, most = tuple(duties), self.problem.zone_of(agent), 0, 0
        for number in self.premiums_of(agent):
            one = self.problem.premiums[number]
            if one.name != name:
                continue
            if one.over_period_minutes is not None:
                exactly = self.minutes_beyond_periods(agent, number, every)
                least, most = least + exactly, most + exactly
                continue
            for duty in every:
                on = self.problem.grid.first_day + timedelta(days=duty.day)
                if one.templates and duty.template not in one.templates:
                    continue
                if not one.is_by_clock:
                    logging_in = self.logging_in(self.premiums_of(agent), duty.template, on)
                    present = np.array([duty.paid_minutes + logging_in], np.int64)
                    exactly = int(_paid_for(one, present)[0]) if self._is_day_of(one, on) else 0
                    least, most = least + exactly, most + exactly
                    continue
                held = int(self._holds(zone, number)[_within(duty)].sum())
                most += min(held, duty.paid_minutes)
                if one.meets == "adds":
                    unpaid = duty.end - duty.start - duty.paid_minutes
                    least += max(0, held - unpaid)
        for holiday in self.problem.holidays:
            if holiday.name == name and holiday.multiple:
                on_it = np.zeros(2 * _BESIDE + self.problem.grid.minutes, np.bool_)
                on_it[self._minutes(zone, holiday.day, 0, MINUTES_PER_DAY)] = True
                most += sum(min(int(on_it[_within(duty)].sum()), duty.paid_minutes) for duty in every)
        return least, most

    def worked_before(self, agent: Agent, number: int) -> dict[Period, int]:
        """Minutes of each period that were worked before the horizon; none of the others."""
        worked: dict[Period, int] = defaultdict(int)
        for duty in agent.history:
            one = self.problem.premiums[number]
            is_whole = one.period == "horizon" and one.period_days is None
            if duty.day < self.problem.grid.first_day and not is_whole:
                worked[self.period(number, duty.day)] += self.towards(agent, number, duty, duty.day)
        return worked

    def period(self, number: int, on: date) -> Period:
        """The period of a premium that holds a date."""
        one = self.problem.premiums[number]
        if one.period_days is not None:
            since = one.period_from or self.problem.grid.first_day
            return 0, (on - since).days // one.period_days
        if one.period == "month":
            return on.year, on.month
        if one.period == "week":
            first = on - timedelta(days=(on.isoweekday() - 1 - self.problem.week_starts_on) % 7)
            return 0, first.toordinal()
        return 0, 0

    def towards(self, agent: Agent, number: int, duty: Duty | WorkedDuty, on: date) -> int:
        """Minutes of a duty that count towards a premium's period."""
        mine = self.premiums_of(agent)
        minutes = duty.paid_minutes + self.logging_in(mine, duty.template, on)
        if self.problem.premiums[number].counts_once:
            minutes = min([minutes, *self.ends_of_ordinary(mine, duty.template, on)])
        return minutes

    def ends_of_ordinary(self, mine: tuple[int, ...], template: str | None, on: date) -> list[int]:
        """From which paid minutes on a duty of a date is overtime of the day, by each premium."""
        return [one.over_minutes for one in self._held(mine, template, on) if one.over_minutes is not None]

    def rates(self, pay: int) -> list[Fraction]:
        """What a minute of each premium and holiday comes to at a pay, in sixtieths of a cent."""
        of_holidays = (pay * _share(one) for one in self.problem.holidays)
        return [*(_rate(one, pay) for one in self.problem.premiums), *of_holidays]

    def _on_top(self, zone: str, pay: int, mine: tuple[int, ...], template: str) -> Rates:
        key = zone, pay, mine, template
        if key not in self._rates:
            parts = lcm(*(rate.denominator for rate in self.rates(pay)))
            total = np.zeros(2 * _BESIDE + self.problem.grid.minutes, np.int64)
            highest = total.copy()
            for number in mine:
                one = self.problem.premiums[number]
                if not one.is_by_clock or (one.templates and template not in one.templates):
                    continue
                worth = np.where(self._holds(zone, number), int(_rate(one, pay) * parts), 0)
                if one.meets == "adds":
                    total += worth
                else:
                    np.maximum(highest, worth, out=highest)
            for holiday in self.problem.holidays:
                here = self._minutes(zone, holiday.day, 0, MINUTES_PER_DAY)
                highest[here] = np.maximum(highest[here], int(pay * _share(holiday) * parts))
            self._rates[key] = total + highest, parts
        return self._rates[key]

    def _holds(self, zone: str, number: int) -> Bools:
        """In which minutes a premium holds on a clock."""
        if (zone, number) not in self._on_clock:
            one = self.problem.premiums[number]
            minutes: Bools = np.zeros(2 * _BESIDE + self.problem.grid.minutes, np.bool_)
            for step in range(-_DAYS_BESIDE, self.problem.grid.days + _DAYS_BESIDE):
                on = self.problem.grid.first_day + timedelta(days=step)
                if self._is_day_of(one, on):
                    length = (one.end - one.start) % MINUTES_PER_DAY or MINUTES_PER_DAY
                    if one.end > one.start:
                        length = one.end - one.start
                    minutes[self._minutes(zone, on, one.start, one.start + length)] = True
            self._on_clock[zone, number] = minutes
        return self._on_clock[zone, number]

    def _is_day_of(self, one: PayPremium, on: date) -> bool:
        holiday = self._ranked.get(on)
        if holiday is not None and holiday.kind == "public holiday" and one.on_holidays:
            return True
        if on in one.dates:
            return True
        if on.weekday() in one.weekdays:
            works_as_usual = holiday is not None and holiday.kind == "working day"
            return not (works_as_usual and on.isoweekday() in _WEEKEND)
        return not one.weekdays and not one.dates and not one.on_holidays

    def _minutes(self, zone: str, on: date, start: int, end: int) -> slice:
        grid = self.problem.grid
        day = grid.day_index(on)
        edges = (grid.instant_on_day(day, clock, zone) + _BESIDE for clock in (start, end))
        most = 2 * _BESIDE + grid.minutes
        first, last = (min(max(0, edge), most) for edge in edges)
        return slice(first, last)


def _within(duty: Duty) -> slice:
    """The minutes of a duty on the line that begins before the horizon."""
    return slice(max(0, duty.start + _BESIDE), max(0, duty.end + _BESIDE))


def _paid_for(one: PayPremium, present: Ints) -> Ints:
    """Minutes that a premium pays for of duties with these paid ones, those of logging in among them."""
    if one.over_minutes is not None:
        return np.maximum(0, present - one.over_minutes)
    if one.least_minutes is not None:
        return np.maximum(0, one.least_minutes - present)
    return np.full_like(present, one.log_in_minutes or 0)


def _rate(one: PayPremium, pay: int) -> Fraction:
    if one.percent is None:
        is_added = one.least_minutes is not None or one.log_in_minutes is not None
        ordinary = pay if is_added and one.money_per_hour is None else 0
        return Fraction(one.money_per_hour or ordinary)
    return fraction_of(one.percent) * pay / 100


def _share(one: Holiday) -> Fraction:
    return Fraction(0) if one.multiple is None else max(Fraction(0), fraction_of(one.multiple) - 1)
