"""Premiums and holidays for small random problems, and what a duty is paid by them, minute by minute."""

from datetime import timedelta
from fractions import Fraction
from random import Random

from scheduler.domain import Agent, Duty, Problem
from scheduler.domain.facts.contract import Holiday, PayPremium
from scheduler.domain.values.shares import fraction_of

_PERCENTS = ("25", "33 1/3", "12.5", "50", "100", "66 2/3", "0.01")


def with_pay(problem: Problem, random: Random) -> Problem:
    """The problem with some premiums and holidays."""
    premiums = tuple(_premium(problem, random, number) for number in range(random.randint(1, 4)))
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
    over = random.choice((None, None, None, 60, 250))
    in_money = random.random() < 0.3
    return PayPremium(
        name=f"premium {number}",
        start=0 if over else start,
        end=1440 if over else random.choice((1440, 1440, 360, 725, 1110)),
        over_minutes=over,
        weekdays=random.choice(((), (), (6,), (0, 1), (5, 6))),
        dates=(problem.grid.date(random.randrange(problem.grid.days)),) if random.random() < 0.2 else (),
        on_holidays=random.random() < 0.3,
        templates=some([one.name for one in problem.templates]),
        contracts=some([one.name for one in problem.contracts]),
        agents=some([one.name for one in problem.agents]),
        percent=None if in_money else random.choice(_PERCENTS),
        money_per_hour=random.choice((0, 1, 99, 450)) if in_money else None,
        meets="adds" if over else random.choice(("adds", "highest wins")),
    )


def wage(problem: Problem, agent: Agent, duty: Duty) -> Fraction:
    """What a duty is paid, in sixtieths of a cent: its dearest minutes, as many as are paid."""
    pay = problem.pay_of(agent)
    minutes = sorted((_on_top(problem, agent, duty, at) for at in range(duty.start, duty.end)), reverse=True)
    overtime = Fraction()
    for one in problem.premiums:
        if one.over_minutes is not None and _is_for(one, agent, duty) and _is_on(problem, one, duty.day):
            rate = pay * fraction_of(one.percent) / 100 if one.percent else Fraction(one.money_per_hour or 0)
            overtime += rate * max(0, duty.paid_minutes - one.over_minutes)
    return pay * duty.paid_minutes + sum(minutes[: duty.paid_minutes], Fraction()) + overtime


def _is_for(one: PayPremium, agent: Agent, duty: Duty) -> bool:
    named = (
        (one.templates, duty.template), (one.contracts, agent.contract), (one.teams, agent.team),
        (one.agents, agent.name),
    )  # fmt: skip
    return not any(names and mine not in names for names, mine in named)


def _on_top(problem: Problem, agent: Agent, duty: Duty, minute: int) -> Fraction:
    grid, zone, pay = problem.grid, problem.zone_of(agent), problem.pay_of(agent)
    added, rivals = Fraction(), [Fraction()]
    today = grid.day_of(minute, zone)
    for one in problem.premiums:
        if one.over_minutes is not None or not _is_for(one, agent, duty):
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
