"""What duties are paid, by two programs that share nothing but the facts, and by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random

import pytest

from constraints import CATALOGUE
from scheduler.domain import Duty, PlacedBreak, Problem, Roster, TimeOff
from scheduler.domain.facts.contract import Holiday, PayPremium
from scheduler.domain.values.price_parts import in_parts
from scheduler.pay.duty_pay import DutyPay
from scheduler.pay.payroll import PayLine, paid_out, pay_lines
from scheduler.verifier.pay_lines import pay_line_faults
from scheduler.verifier.recount.wages import Wages
from tests.attacks.exhaustive import duties_on
from tests.attacks.tiny_pay import extra, wage, with_pay
from tests.property.problems import small_case, ward_case
from tests.unit.tiny import tiny_problem, tiny_roster

CENT = 60
ROSTERS = 80
"""A thousand were tried once, with a third count of each: they take a minute and a half."""
THIRD_COUNT_EVERY = 40
MONDAY = date(2026, 1, 5)
SUNDAY = PayPremium(name="Sunday", weekdays=(6,), percent="50")
NIGHT = PayPremium(name="night", start=1320, end=360, percent="25")


def paid(
    start: int, end: int, *premiums: PayPremium, pay: int = 2000, unpaid: int = 0, **more
) -> dict[str, int]:
    """Cents by kind for a duty of these hours after the midnight before Monday, a break at its start."""
    problem = tiny_problem().model_copy(update={"premiums": premiums, **more})
    contract = problem.contracts[0].model_copy(update={"pay_per_hour": pay})
    grid = problem.grid.model_copy(update={"first_day": MONDAY - timedelta(days=1), "days": 3})
    problem = problem.model_copy(update={"contracts": (contract,), "grid": grid})
    breaks = (
        (PlacedBreak(name="meal", start=60 * start, length_minutes=unpaid, paid=False),) if unpaid else ()
    )
    day = start // 24
    duty = Duty(agent="Ada", day=day, template="day", start=60 * start, end=60 * end, breaks=breaks)
    lines = pay_lines(problem, Roster(duties=(duty,)))
    recount = Wages(problem).of_roster([duty])
    assert sum(line.cost for line in lines) == recount == wage(problem, problem.agents[0], duty)
    return {line.kind: line.cents for line in lines}


def test_figures_of_taiwan() -> None:
    # NT$54,000 a month are 225 an hour; 1 January worked 8 h: one more day's wage
    holidays = (Holiday(day=MONDAY, name="1 January", multiple="2"),)
    assert paid(33, 41, pay=22_500, holidays=holidays) == {"basic pay": 180_000, "1 January": 180_000}
    # four thirds of 200 are no amount in cents an hour; of three hours they are
    third = PayPremium(name="overtime", percent="33 1/3")
    assert paid(33, 36, third, pay=20_000) == {"basic pay": 60_000, "overtime": 20_000}
    assert paid(33, 34, third, pay=20_000) == {"basic pay": 20_000, "overtime": 6_667}


def test_overtime_of_the_day_in_taiwan() -> None:
    # NT$48,000 a month are 200 an hour; a rest day, 09:00 to 13:00: two hours at 4/3, two at 5/3, 1,200
    thirds = {"percent": "33 1/3", "weekdays": (6,)}
    rest_day = [
        PayPremium(name="rest day", **thirds, over_minutes=None),
        PayPremium(name="from the third hour", **thirds, over_minutes=120),
    ]
    assert sum(paid(9, 13, *rest_day, pay=20_000).values()) == 120_000
    assert sum(paid(33, 37, *rest_day, pay=20_000).values()) == 80_000  # on Monday
    # NT$54,000: a workday with 3 h of overtime, 975 for these
    overtime = [
        PayPremium(name="hours 9 and 10", percent="33 1/3", over_minutes=480),
        PayPremium(name="from hour 11", percent="33 1/3", over_minutes=600),
    ]
    assert sum(paid(33, 44, *overtime, pay=22_500).values()) == 8 * 22_500 + 97_500
    assert paid(33, 41, *overtime, pay=22_500) == {"basic pay": 180_000}


def test_hours_belong_to_the_day_on_which_they_begin() -> None:
    # Sunday 22:00 to Monday 06:00: two hours of Sunday, eight of the night that begins on Sunday
    assert paid(22, 30, SUNDAY) == {"basic pay": 16_000, "Sunday": 2_000}
    assert paid(22, 30, NIGHT.model_copy(update={"weekdays": (6,)})) == {"basic pay": 16_000, "night": 4_000}
    assert paid(46, 54, NIGHT.model_copy(update={"weekdays": (6,)})) == {"basic pay": 16_000}


def test_those_that_add_and_the_highest_of_the_others() -> None:
    rivals = [one.model_copy(update={"meets": "highest wins"}) for one in (SUNDAY, NIGHT)]
    assert paid(20, 24, SUNDAY, NIGHT) == {"basic pay": 8_000, "Sunday": 4_000, "night": 1_000}
    assert paid(20, 24, *rivals) == {"basic pay": 8_000, "Sunday": 4_000}
    # a holiday's multiple is one of the others
    holidays = (Holiday(day=MONDAY - timedelta(days=1), name="feast", multiple="1.25"),)
    assert paid(20, 24, *rivals, holidays=holidays) == {"basic pay": 8_000, "Sunday": 4_000}
    assert paid(20, 24, NIGHT, holidays=holidays) == {"basic pay": 8_000, "night": 1_000, "feast": 2_000}


def test_a_working_sunday_is_no_sunday_to_a_premium() -> None:
    working = (Holiday(day=MONDAY - timedelta(days=1), name="moved", kind="working day"),)
    assert paid(9, 17, SUNDAY, holidays=working) == {"basic pay": 16_000}
    named = SUNDAY.model_copy(update={"dates": (MONDAY - timedelta(days=1),)})
    assert paid(9, 17, named, holidays=working)["Sunday"] == 8_000


def test_an_unpaid_break_counts_where_least_is_paid_on_top() -> None:
    # it lies at the start, at 20:00: two hours before the night begins there is room for all of it
    assert paid(20, 28, NIGHT, unpaid=60) == {"basic pay": 14_000, "night": 3_000}
    # and at the start of a duty that is all night it is one hour less
    assert paid(23, 29, NIGHT, unpaid=60) == {"basic pay": 10_000, "night": 2_500}
    # 22:00 lies in the night, but the two hours from 06:00 on do not
    assert paid(22, 32, NIGHT, unpaid=60) == {"basic pay": 18_000, "night": 4_000}


def test_money_by_the_hour_and_whom_a_premium_is_for() -> None:
    late = PayPremium(name="late", start=1080, end=1440, money_per_hour=150)
    assert paid(16, 20, late) == {"basic pay": 8_000, "late": 300}
    for key in ("templates", "contracts", "teams", "agents"):
        assert paid(16, 20, late.model_copy(update={key: ("others",)})) == {"basic pay": 8_000}
    mine = {"templates": ("day",), "contracts": ("full",), "agents": ("Ada",)}
    assert paid(16, 20, late.model_copy(update=mine))["late"] == 300


def test_lines_are_rounded_once_and_the_difference_is_told() -> None:
    problem = tiny_problem().model_copy(update={"premiums": (PayPremium(name="odd", percent="0.01"),)})
    duties = tuple(
        Duty(agent="Ada", day=day, template="day", start=1440 * day, end=1440 * day + 480) for day in (0, 1)
    )
    out = paid_out(pay_lines(problem, Roster(duties=duties)))
    assert out.wages == 60 * 16 * 2000 + Fraction(60 * 16 * 2000, 10_000)
    assert out.cents == 32_000 + 3  # 3.2 cents of premium, of both days together
    assert out.rounding == Fraction(-2, 10) * CENT


def test_both_counts_of_random_rosters_are_equal() -> None:
    """To the last part of a unit, and now and then against a third count by minutes."""
    counted = paid_beyond = 0
    for seed in range(ROSTERS):
        random = Random(f"paid {seed}")
        problem, _ = (ward_case if seed % 3 == 0 else small_case)(seed, seldom=False)
        problem = with_pay(problem, random)
        of_pay, of_verifier = DutyPay(problem), Wages(problem)
        duties = [
            random.choice(offered)
            for agent in problem.agents
            for day in range(problem.grid.days)
            if random.random() < 0.6 and (offered := list(_few_duties(problem, agent, day)))
        ]
        roster = Roster(duties=tuple(duties))
        for agent in problem.agents:
            mine = roster.of(agent.name)
            by_duty = of_pay.costs(agent, mine)
            assert sum(by_duty) == of_verifier.of_roster(mine)
            overtime = sum(line.cost for lines in of_pay.premiums(agent, mine) for line in lines
                           if line.premium in of_pay.periods.numbers)  # fmt: skip
            assert sum(by_duty) - overtime == sum(of_verifier.of(agent, one) for one in mine)
            paid_beyond += overtime > 0
            if seed % THIRD_COUNT_EVERY == 0 and mine:
                assert sum(by_duty) == sum(wage(problem, agent, one) for one in mine) + extra(
                    problem, agent, mine
                )
        lines = pay_lines(problem, roster)
        assert paid_out(lines).wages == of_verifier.of_roster(duties)
        assert not list(pay_line_faults(problem, roster, lines))
        counted += len(duties)
    assert counted > 5 * ROSTERS and paid_beyond > ROSTERS // 5


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        ("overtime", lambda line: replace(line, cost=2 * line.cost, minutes=2 * line.minutes), "come to"),
        ("basic pay", lambda line: replace(line, minutes=line.minutes + 60), "17 h of basic pay"),
        ("night", lambda line: replace(line, minutes=line.minutes - 60), "is not at its rate"),
        ("night", lambda line: replace(line, kind="late"), "several pay lines of late"),
        ("sick", lambda line: replace(line, minutes=480, cost=line.cost), "8 h of absence"),
        ("sick", lambda line: replace(line, cost=line.cost + 1), "for absence is not at its rate"),
        ("night", lambda line: replace(line, agent="Eve"), "of Eve, whom nobody knows"),
    ],
)
def test_a_wrong_pay_line_is_found(kind: str, change: Callable[[PayLine], PayLine], said: str) -> None:
    # overtime of every line was doubled, and workbook and JSON passed: their own program was the only one
    premiums = (
        PayPremium(name="night", start=840, end=1440, percent="25"),
        PayPremium(name="late", start=900, end=1440, percent="30"),
        PayPremium(name="overtime", over_minutes=420, percent="50"),
    )
    problem = tiny_problem().model_copy(update={"premiums": premiums})
    start = datetime(2026, 1, 6)
    absence = TimeOff(start=start, end=start + timedelta(days=1), kind="sick", paid_minutes=240)
    bo = problem.agents[1].model_copy(update={"time_off": (absence,)})
    problem = problem.model_copy(update={"agents": (problem.agents[0], bo)})
    lines = pay_lines(problem, tiny_roster())
    assert not list(pay_line_faults(problem, tiny_roster(), lines))
    wrong = [change(line) if line.kind == kind else line for line in lines]
    found = list(pay_line_faults(problem, tiny_roster(), wrong))
    assert any(said in one for one in found), found


def _few_duties(problem: Problem, agent, day: int):
    """Some duties of a day: one layout of breaks for each shift."""
    seen = set()
    for duty in duties_on(problem, agent, day):
        if (shift := (duty.template, duty.start, duty.end)) not in seen:
            seen.add(shift)
            yield duty
        if len(seen) > 12:
            return


def test_every_price_of_an_input_is_found_when_prices_are_cut() -> None:
    """A rule with a price that is not marked as one would cost too little in a search with premiums."""
    kinds = set()
    for seed in range(60):
        problem, rules = ward_case(seed)
        cut, cut_rules = in_parts(problem, 3), in_parts(rules, 3)
        for before, after in zip(rules.planned.rules, cut_rules.planned.rules, strict=True):
            for limit, of_cut in zip(before.limits(problem), after.limits(cut), strict=True):
                if before.price is not None or limit.price is not None:
                    assert 3 * before.cost_of(1, limit.price) == after.cost_of(1, of_cut.price), before
                    kinds.add(before.kind)
    assert len(kinds) > len(CATALOGUE) // 2
