"""Overtime of weeks and other periods: figures by hand, counted by two programs, planned and proven."""

from datetime import date, datetime, timedelta

import pytest

from scheduler import Stop, as_json, frames, solve, verify
from scheduler.domain import Duty, Problem, Roster, Status
from scheduler.domain.facts.agent import WorkedDuty
from scheduler.domain.facts.contract import PayPremium
from scheduler.domain.values.money import COST_UNITS_PER_CURRENCY
from scheduler.pay.duty_pay import DutyPay
from scheduler.pay.payroll import pay_lines
from scheduler.verifier.recount.wages import Wages
from tests.attacks.tiny_pay import extra, wage
from tests.pay.test_search_with_premiums import RULES, days_worked, week
from tests.unit.tiny import tiny_problem

MONDAY = date(2026, 1, 5)
BEYOND_40 = PayPremium(name="beyond 40 h", over_period_minutes=2400, percent="25")
BEYOND_48 = PayPremium(name="beyond 48 h", over_period_minutes=2880, percent="25")
OF_DAY = PayPremium(name="of the day", over_minutes=480, percent="50")
OF_WEEK = PayPremium(name="of the week", over_period_minutes=2400, percent="50")
ONCE = OF_WEEK.model_copy(update={"counts_once": True})


def paid(
    hours: list[float], *premiums: PayPremium, pay: int = 2000, first: date = MONDAY, before: int = 0, **grid
) -> dict[str, float]:
    """Hours and money by kind of pay for shifts of these hours, one a day from the first day on.

    ``before`` is how many hours were worked on the eve of the first day.
    """
    problem = tiny_problem().model_copy(update={"premiums": premiums})
    contract = problem.contracts[0].model_copy(update={"pay_per_hour": pay})
    planned = problem.grid.model_copy(update={"first_day": first, "days": len(hours)})
    ada = problem.agents[0]
    if before:
        eve = datetime.combine(first, datetime.min.time()) - timedelta(days=1)
        worked = WorkedDuty(
            day=eve.date(), start=eve, end=eve + timedelta(hours=before), paid_minutes=60 * before
        )
        ada = ada.model_copy(update={"history": (worked,)})
    update = {"contracts": (contract,), "grid": planned, "agents": (ada, *problem.agents[1:]), **grid}
    problem = problem.model_copy(update=update)
    duties = tuple(
        Duty(agent="Ada", day=day, template="day", start=1440 * day, end=1440 * day + int(60 * many))
        for day, many in enumerate(hours)
        if many
    )
    lines = pay_lines(problem, Roster(duties=duties))
    by_hand = sum(wage(problem, ada, one) for one in duties) + extra(problem, ada, duties)
    assert sum(line.cost for line in lines) == Wages(problem).of_roster(duties) == by_hand
    assert sum(DutyPay(problem).costs(ada, duties)) == by_hand
    return {line.kind: line.cents / 100 for line in lines}


def test_a_week_of_44_hours() -> None:
    # 44 * 20 + 4 * 5 = 900
    assert paid([8, 8, 8, 8, 8, 4, 0], BEYOND_40) == {"basic pay": 880, "beyond 40 h": 20}
    assert paid([8, 8, 8, 8, 8, 0, 0], BEYOND_40) == {"basic pay": 800}


def test_tiers_add_to_one_another() -> None:
    # 50 hours: ten are a quarter more, and two of them another quarter
    assert paid([10, 10, 10, 10, 10, 0, 0], BEYOND_40, BEYOND_48) == {
        "basic pay": 1000, "beyond 40 h": 50, "beyond 48 h": 10,
    }  # fmt: skip
    # France: 35 hours, then eight at a quarter more, and half as much again after them
    fr = (
        PayPremium(name="hours 36 to 43", over_period_minutes=2100, percent="25"),
        PayPremium(name="from hour 44", over_period_minutes=2580, percent="25"),
    )
    assert sum(paid([9, 9, 9, 9, 9, 0, 0], *fr).values()) == 45 * 20 + 8 * 5 + 2 * 10


def test_california_does_not_pay_an_hour_as_overtime_twice() -> None:
    # six days of nine hours: an hour a day is overtime of the day; of the other 48 eight are beyond 40
    assert paid([9] * 6 + [0], OF_DAY, ONCE) == {"basic pay": 1080, "of the day": 60, "of the week": 80}
    assert paid([9] * 6 + [0], OF_DAY, OF_WEEK)["of the week"] == 140
    # overtime of the day for somebody else takes nothing away
    others = OF_DAY.model_copy(update={"agents": ("Bo",)})
    assert paid([9] * 6 + [0], others, ONCE)["of the week"] == 140


def test_a_rest_day_in_taiwan_is_no_overtime_of_the_week_again() -> None:
    # NT$48,000 a month are 200 an hour; 40 hours to Friday, and a rest day of four: 8,000 and 1,200
    rest_day = [
        PayPremium(name="rest day", over_minutes=over, percent="33 1/3", weekdays=(5,)) for over in (0, 120)
    ]
    rest_day[1] = rest_day[1].model_copy(update={"name": "from the third hour"})
    of_week = PayPremium(name="of the week", over_period_minutes=2400, percent="33 1/3", counts_once=True)
    hours = [8, 8, 8, 8, 8, 4, 0]
    assert sum(paid(hours, *rest_day, of_week, pay=20_000).values()) == 9200
    # with nine hours on Friday one is overtime of the week: 200 and a third
    longer = paid([8, 8, 8, 8, 9, 4, 0], *rest_day, of_week, pay=20_000)
    assert longer["of the week"] == 66.67 and sum(longer.values()) == pytest.approx(9466.67)


def test_what_was_worked_in_the_week_before_the_first_day_counts() -> None:
    # Thursday and Friday of eight hours behind 30 on Wednesday, which the history gives as one duty
    thursday = MONDAY + timedelta(days=3)
    assert paid([8, 8], BEYOND_40, first=thursday, before=30) == {"basic pay": 320, "beyond 40 h": 30}
    # what was beyond 40 hours then was paid then
    assert paid([8, 8], BEYOND_40, first=thursday, before=50)["beyond 40 h"] == 80
    # a week that begins on Thursday has none of it
    assert "beyond 40 h" not in paid([8, 8], BEYOND_40, first=thursday, before=30, week_starts_on=3)


def test_periods_of_months_and_of_any_days() -> None:
    def over(hours: int, **period) -> PayPremium:
        return PayPremium(name="over", over_period_minutes=60 * hours, percent="25", **period)

    days = [8] * 10
    of_month = over(20, period="month")
    # from 27 January: five days in January, five in February, 40 hours each
    assert paid(days, of_month, first=date(2026, 1, 27))["over"] == 2 * 20 * 5
    assert paid(days, over(75, period="horizon"))["over"] == 5 * 5
    # three days each from the day before the first one on: 2, 3, 3, 2 of them are planned
    of_three = over(16, period_days=3, period_from=MONDAY - timedelta(days=1))
    assert paid(days, of_three)["over"] == 2 * 8 * 5
    assert paid(days, of_three, before=8)["over"] == 3 * 8 * 5
    later = of_three.model_copy(update={"period_from": MONDAY + timedelta(days=299)})
    assert paid(days, later)["over"] == paid(days, of_three)["over"]


def one_of(missing_price: int, *premiums: PayPremium) -> Problem:
    """One of the two people of the dear Sunday: shifts of four hours at 40.00, at most six."""
    problem = week(missing_price, *premiums)
    return problem.model_copy(update={"agents": problem.agents[:1]})


def test_overtime_is_bought_where_it_is_worth_it() -> None:
    twice = PayPremium(name="beyond 16 h", over_period_minutes=960, percent="100")
    # two people share the week and need none; a shift of overtime is 80.00, somebody missing 50.00 or 90.00
    days, cost = days_worked(week(5000, twice))
    assert (days, cost) == (list(range(7)), 280.0)
    days, cost = days_worked(one_of(5000, twice))
    assert (len(days), cost) == (4, 310.0)
    days, cost = days_worked(one_of(9000, twice))
    assert (len(days), cost) == (6, 410.0)


def test_it_is_wages_in_every_place_and_proven() -> None:
    third = PayPremium(name="beyond 16 h", over_period_minutes=960, percent="33 1/3")
    problem = one_of(9000, third)
    found = solve(problem, RULES, stop=Stop(seconds=None, rounds=1), seed=1, workers=1)
    # six shifts of 40.00, two of them 13.33 1/3 more
    assert found.cost.wages == 266 * COST_UNITS_PER_CURRENCY + COST_UNITS_PER_CURRENCY * 2 // 3
    assert found.status is Status.OPTIMAL and "beyond 16 h" in found.certificate.carried_rules
    report = verify(problem, RULES, found.roster, certificate=found.certificate)
    assert report.passed and report.bound == found.bound
    # without it the certificate proves less, and still no more than is true
    left_out = found.certificate.carried_rules[:-1]
    less = verify(
        problem, RULES, found.roster,
        certificate=found.certificate.model_copy(update={"carried_rules": left_out, "bound": 0}),
    )  # fmt: skip
    assert less.passed and less.bound is not None and less.bound <= found.bound
    tables = frames(problem, RULES, found)
    assert dict(zip(tables["pay_lines"]["Kind of pay"], tables["pay_lines"]["Pay"], strict=True)) == {
        "basic pay": 240.0, "beyond 16 h": 26.67,
    }  # fmt: skip
    # it is that of the shifts which are worked last
    assert tables["duties"]["Cost"].round(2).tolist() == [40.0] * 4 + [53.33] * 2
    assert tables["agent_hours"]["Wages"].tolist() == [pytest.approx(266.6667, abs=1e-3)]
    assert '"minutes": 480' in as_json(problem, RULES, found)
