"""Premiums and holidays for small random problems, and what duties are paid by them, minute by minute."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from scheduler.domain import Agent, Duty, Problem
from scheduler.domain.facts.contract import Holiday, PayPremium
from scheduler.domain.values.shares import fraction_of

_PERCENTS = ("25", "33 1/3", "12.5", "50", "100", "66 2/3", "0.01")


def with_pay(problem: Problem, random: Random) -> Problem:
    """The problem with some premiums and holidays."""
    premiums = tuple(_premium(problem, random, number) for number in range(random.randint(1, 4)))
    premiums += tuple(_of_period(problem, random, number) for number in range(random.choice((0, 1, 1, 2))))
    premiums += tuple(_of_minutes(problem, random, number) for number in range(random.choice((0, 0, 1, 2))))
    first = problem.grid.first_day
    days = random.sample(range(-1, problem.grid.days + 2), 2)
    holidays = tuple(
        Holiday(
            day=first + timedelta(days=day),
            name=f"holiday {number}",
            kind=random.choice(("public holiday", "public holiday", "working day")),
            multiple=random.choice((None, "2", "4/3", "1.5")),
        )
        for number, day in enumerate(days[: random.randint(0, 2)])
    )
    return problem.model_copy(update={"premiums": premiums, "holidays": holidays})


def _premium(problem: Problem, random: Random, number: int) -> PayPremium:
    def some(names: list[str]) -> tuple[str, ...]:
        return (random.choice(names),) if names and random.random() < 0.25 else ()

    start = random.choice((0, 0, 360, 615, 1320))
    over = random.choice((None, None, None, 60, 250, 0))
    in_money = random.random() < 0.3
    return PayPremium(
        name=f"premium {number}",
        start=start if over is None else 0,
        end=1440 if over is not None else random.choice((1440, 1440, 360, 725, 1110)),
        over_minutes=over,
        weekdays=random.choice(((), (), (6,), (0, 1), (5, 6))),
        dates=(problem.grid.date(random.randrange(problem.grid.days)),) if random.random() < 0.2 else (),
        on_holidays=random.random() < 0.3,
        templates=some([one.name for one in problem.templates]),
        contracts=some([one.name for one in problem.contracts]),
        agents=some([one.name for one in problem.agents]),
        percent=None if in_money else random.choice(_PERCENTS),
        money_per_hour=random.choice((0, 1, 99, 450)) if in_money else None,
        meets="adds" if over is not None else random.choice(("adds", "highest wins")),
    )


def _of_period(problem: Problem, random: Random, number: int) -> PayPremium:
    """Overtime of a week, or of other days."""
    in_days = random.random() < 0.3
    least = min((min(one.lengths) for one in problem.templates), default=60)
    return PayPremium(
        name=f"overtime {number}",
        over_period_minutes=random.choice((1, least, least + 35, 2 * least, 480)),
        period=random.choice(("week", "week", "month", "horizon")),
        period_days=random.choice((1, 2, 3, 7)) if in_days else None,
        period_from=problem.grid.first_day + timedelta(days=random.randint(-9, 9)) if in_days else None,
        counts_once=random.random() < 0.5,
        contracts=(problem.contracts[0].name,) if random.random() < 0.2 else (),
        percent=random.choice(_PERCENTS),
    )


def _of_minutes(problem: Problem, random: Random, number: int) -> PayPremium:
    """A least of paid minutes, or minutes for logging in."""
    is_least = random.random() < 0.5
    return PayPremium(
        name=f"minutes {number}",
        least_minutes=random.choice((180, 245, 600)) if is_least else None,
        log_in_minutes=None if is_least else random.choice((1, 10, 60)),
        weekdays=random.choice(((), (), (0, 1, 5))),
        templates=(problem.templates[0].name,) if random.random() < 0.3 else (),
        contracts=(problem.contracts[0].name,) if random.random() < 0.3 else (),
        percent=random.choice((None, None, "50", "33 1/3")),
    )


def _logging_in(problem: Problem, agent: Agent, template: str | None, day: int) -> int:
    return sum(
        one.log_in_minutes
        for one in problem.premiums
        if one.log_in_minutes and _is_for(one, agent, None) and _is_on(problem, one, day)
        and (not one.templates or template in one.templates)
    )  # fmt: skip


def extra(problem: Problem, agent: Agent, duties: Sequence[Duty]) -> Fraction:
    """Overtime of periods for all duties of an agent, minute by minute, those before the horizon too."""
    total, pay = Fraction(), problem.pay_of(agent)
    first, grid = problem.grid.first_day, problem.grid
    worked = [(one.day, one.template, one.paid_minutes, False) for one in agent.history if one.day < first]
    worked += [(grid.date(one.day), one.template, one.paid_minutes, True) for one in duties]
    for one in problem.premiums:
        if one.over_period_minutes is None or not _is_for(one, agent, None):
            continue
        rate = pay * fraction_of(one.percent) / 100 if one.percent else Fraction(one.money_per_hour or 0)
        so_far: Counter[object] = Counter()
        for on, template, minutes, is_planned in sorted(worked, key=lambda done: done[0]):
            if one.period == "horizon" and one.period_days is None and not is_planned:
                continue
            caps = [
                other.over_minutes
                for other in problem.premiums
                if one.counts_once and other.over_minutes is not None
                and _is_for(other, agent, None)
                and (not other.templates or template in other.templates)
                and _is_on(problem, other, grid.day_index(on))
            ]  # fmt: skip
            logging_in = _logging_in(problem, agent, template, grid.day_index(on))
            for _ in range(min([minutes + logging_in, *caps])):
                period = _period(problem, one, on)
                so_far[period] += 1
                if is_planned and so_far[period] > one.over_period_minutes:
                    total += rate
    return total


def _period(problem: Problem, one: PayPremium, on: date) -> object:
    if one.period_days is not None and one.period_from is not None:
        return (on - one.period_from).days // one.period_days
    while one.period == "week" and on.weekday() != problem.week_starts_on:
        on -= timedelta(days=1)
    return {"week": on, "month": (on.year, on.month), "horizon": None}[one.period]


def wage(problem: Problem, agent: Agent, duty: Duty) -> Fraction:
    """What a duty is paid by itself, in sixtieths of a cent: its dearest minutes, as many as are paid."""
    pay = problem.pay_of(agent)
    minutes = sorted((_on_top(problem, agent, duty, at) for at in range(duty.start, duty.end)), reverse=True)
    overtime = Fraction()
    present = duty.paid_minutes + _logging_in(problem, agent, duty.template, duty.day)
    for one in problem.premiums:
        if _is_for(one, agent, duty) and _is_on(problem, one, duty.day):
            rate = pay * fraction_of(one.percent) / 100 if one.percent else Fraction(one.money_per_hour or 0)
            if one.over_minutes is not None:
                overtime += rate * max(0, present - one.over_minutes)
            if one.percent is None and one.money_per_hour is None:
                rate = Fraction(pay)
            if one.least_minutes is not None:
                overtime += rate * max(0, one.least_minutes - present)
            overtime += rate * (one.log_in_minutes or 0)
    return pay * duty.paid_minutes + sum(minutes[: duty.paid_minutes], Fraction()) + overtime


def _is_for(one: PayPremium, agent: Agent, duty: Duty | None) -> bool:
    """Whether a premium is meant for somebody, in any shift where none is given."""
    named = (
        (one.templates if duty else (), duty and duty.template), (one.contracts, agent.contract),
        (one.teams, agent.team), (one.agents, agent.name),
    )  # fmt: skip
    return not any(names and mine not in names for names, mine in named)


def _on_top(problem: Problem, agent: Agent, duty: Duty, minute: int) -> Fraction:
    grid, zone, pay = problem.grid, problem.zone_of(agent), problem.pay_of(agent)
    added, rivals = Fraction(), [Fraction()]
    today = grid.day_of(minute, zone)
    for one in problem.premiums:
        if not one.is_by_clock or not _is_for(one, agent, duty):
            continue
        for day in (today - 1, today):
            until = one.end if one.end > one.start else one.end + 1440
            begins, ends = (grid.instant_on_day(day, clock, zone) for clock in (one.start, until))
            if begins <= minute < ends and _is_on(problem, one, day):
                rate = Fraction(one.money_per_hour or 0)
                if one.percent:
                    rate = fraction_of(one.percent) / 100 * pay
                if one.meets == "adds":
                    added += rate
                else:
                    rivals.append(rate)
                break
    rivals += [
        pay * (fraction_of(one.multiple) - 1)
        for one in problem.holidays
        if one.multiple and grid.day_index(one.day) == today
    ]
    return added + max(rivals)


def _is_on(problem: Problem, one: PayPremium, day: int) -> bool:
    on = problem.grid.date(day)
    kinds = {holiday.kind for holiday in problem.holidays if holiday.day == on}
    usual = on.weekday() in one.weekdays and not ("working day" in kinds and on.weekday() in (5, 6))
    is_every = not (one.weekdays or one.dates or one.on_holidays)
    return is_every or usual or on in one.dates or (one.on_holidays and "public holiday" in kinds)
