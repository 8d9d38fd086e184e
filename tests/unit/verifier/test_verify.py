"""Hand-made corruptions of a roster that passes: each must be found, and said in words."""

from datetime import date, datetime, timedelta

import pytest

from constraints import (
    BreakWindows,
    DailyRest,
    DaysPerWeek,
    Entitlement,
    OneShiftADay,
    PreferredDaysOff,
    Requirement,
)
from scheduler.domain import (
    Agent,
    Break,
    BreakBand,
    Certificate,
    Claimed,
    Contract,
    CrewPrices,
    Demand,
    Duty,
    PlacedBreak,
    Problem,
    Report,
    Roster,
    ShiftTemplate,
    Skill,
    TimeGrid,
    WorkedDuty,
)
from scheduler.model import RuleBook
from scheduler.verifier import recompute_bound, unavoidable_wages, verify

MONDAY = date(2026, 1, 5)
HOUR, DAY = 60, 1440
WANTED = (0,) * 9 + (1,) * 8 + (0,) * 7  # one agent from 09:00 to 17:00
MEAL = Break(
    name="meal", length_minutes=30, paid=False, earliest_start=120, latest_start=240, step_minutes=30
)
RULES = RuleBook(
    rules=(
        Requirement(),
        OneShiftADay(),
        Entitlement(),
        DailyRest(rest_minutes=660),
        DaysPerWeek(at_most=5),
        BreakWindows(),
        PreferredDaysOff(price=700),
    )
)


def problem(**agent_fields: object) -> Problem:
    """Two days, one agent wanted from 9 to 5; Ann by day at 20.00 an hour, Ned by night at 30.00."""
    breaks = (BreakBand(breaks=(MEAL,)),)
    return Problem(
        grid=TimeGrid(first_day=MONDAY, days=2, interval_minutes=60),
        skills=(Skill(name="English", missing_price=6000, superfluous_price=500),),
        demand=(Demand(skill="English", required=WANTED * 2),),
        templates=(
            ShiftTemplate(
                name="day",
                earliest_start=480,
                latest_start=600,
                start_step=30,
                min_length=480,
                max_length=480,
                breaks=breaks,
            ),
            ShiftTemplate(
                name="night",
                weekdays=(0,),
                earliest_start=1320,
                latest_start=1320,
                min_length=480,
                max_length=480,
                breaks=breaks,
            ),
        ),
        contracts=(
            Contract(name="days", pay_per_hour=2000, templates=("day",)),
            Contract(name="nights", pay_per_hour=3000, templates=("night", "day")),
        ),
        agents=(
            Agent(name="Ann", contract="days", skills=("English",), **agent_fields),
            Agent(name="Ned", contract="nights", skills=("English",)),
        ),
    )


def shift(agent: str, day: int, start: int, *, meal: int = 180, template: str = "day") -> Duty:
    """Eight hours from a clock minute, the meal so long after its start."""
    begin = day * DAY + start
    pause = PlacedBreak(name="meal", start=begin + meal, length_minutes=30, paid=False)
    return Duty(agent=agent, day=day, template=template, start=begin, end=begin + 480, breaks=(pause,))


GOOD = Roster(duties=(shift("Ann", 0, 540), shift("Ann", 1, 540)))


def changed(number: int, **fields: object) -> Roster:
    duties = list(GOOD.duties)
    duties[number] = duties[number].model_copy(update=fields)
    return Roster(duties=tuple(duties))


def certificate(**fields: object) -> Certificate:
    """Prices at which an agent is worth 60.00 an hour wherever one is wanted."""
    return Certificate(
        **{
            "slot_minutes": 30,
            "prices": {"English": tuple(6000 * 30 * WANTED[t // 2 % 24] for t in range(96))},
            "carried_rules": tuple(rule.name for rule in RULES.active()),
            "bound": 0,
            "unavoidable_wages": 0,
            **fields,
        }
    )


def faults(roster: Roster, **claims: object) -> list[str]:
    return list(verify(problem(), RULES, roster, **claims).faults())


def test_a_good_roster_passes_and_is_recounted() -> None:
    report = verify(problem(), RULES, GOOD)
    assert report.passed
    # Two days of 7.5 paid hours at 20.00; half an hour of meal missing on each at 60.00 an hour.
    assert report.cost.wages == 2 * 450 * 2000
    assert report.cost.missing == 2 * 30 * 6000
    assert report.cost.superfluous == 0
    assert report.cost.total == (300_00 + 60_00) * 60
    assert report.coverage.missing["English"][12] == 30
    assert report.bound is None
    assert [result.rule for result in report.rules] == [rule.name for rule in RULES.active()]
    assert report.rules[0].cost == report.cost.missing


def test_a_moved_break_is_found() -> None:
    # 14:00 is five hours after the start at 9; the window ends after four.
    moved = Roster(duties=(shift("Ann", 0, 540, meal=300), GOOD.duties[1]))
    assert faults(moved) == [
        'Break windows (break_windows): the break "meal" of Ann on 2026-01-05 starts 1 h outside its window '
        "or off its step"
    ]


def test_a_break_moved_out_of_its_shift_is_impossible() -> None:
    outside = PlacedBreak(name="meal", start=1010, length_minutes=30, paid=False)  # 16:50, shift ends 17:00
    report = verify(problem(), RULES, changed(0, breaks=(outside,)))
    assert tuple(map(str, report.misfits)) == (
        'Ann, Mon 05 Jan 2026: the break "meal" 16:50-17:20 is outside the shift 09:00-17:00.',
    )


def test_a_swapped_agent_is_found() -> None:
    swapped = Roster(duties=(shift("Ann", 0, 1320, template="night"), GOOD.duties[1]))
    found = faults(swapped)
    assert found[0].startswith(
        'Entitlement: Ann works "night" on 2026-01-05; the contract "days" allows only day'
    )
    # the night ends at 06:00, the day begins at 09:00
    assert found[1].startswith("Daily rest (daily_rest): ")


def test_an_agent_of_another_pay_shows_in_a_forged_cost() -> None:
    honest = verify(problem(), RULES, GOOD).cost
    swapped = Roster(duties=(shift("Ned", 0, 540), GOOD.duties[1]))
    claims = Claimed(cost=honest.total, wages=honest.wages, missing=honest.missing)
    assert faults(swapped, claimed=claims) == [
        # 7.5 h at 30.00 instead of 20.00
        "the wages are claimed as 300.00 EUR, but the recount gives 375.00 EUR.",
        "the cost in all is claimed as 360.00 EUR, but the recount gives 435.00 EUR.",
    ]


def test_an_unknown_agent_is_impossible_and_paid_nothing() -> None:
    report = verify(problem(), RULES, changed(0, agent="Eve"))
    assert tuple(map(str, report.misfits)) == ('"Eve" has a duty but is not among the agents.',)
    assert report.cost.wages == 450 * 2000


@pytest.mark.parametrize(
    "start, passes",
    [
        (420, False),  # 22:00 + 8 h = 06:00, and 11 h of rest end at 17:00
        (1020, True),  # exactly 11 h
    ],
)
def test_a_shortened_rest_is_found(start: int, passes: bool) -> None:
    late = ShiftTemplate(name="late", earliest_start=420, latest_start=1020, min_length=120, max_length=120)
    week = problem().model_copy(update={"templates": (*problem().templates, late)})
    rules = RuleBook(rules=(DailyRest(rest_minutes=660),))
    second = Duty(agent="Ned", day=1, template="late", start=DAY + start, end=DAY + start + 120)
    report = verify(week, rules, Roster(duties=(shift("Ned", 0, 1320, template="night"), second)))
    assert report.passed is passes
    assert [violation.amount for violation in report.violations] == ([] if passes else [600])


def test_rest_after_a_duty_from_before_the_horizon_is_found() -> None:
    night = WorkedDuty(
        day=MONDAY - timedelta(days=1),
        start=datetime(2026, 1, 4, 18),
        end=datetime(2026, 1, 5, 2),
        paid_minutes=480,
    )
    report = verify(problem(history=(night,)), RULES, GOOD)
    # 02:00 to 09:00 are 7 h of 11; the two hours inside the horizon cover for nothing.
    assert [violation.amount for violation in report.broken] == [240]
    assert report.coverage.superfluous["English"][:3] == (60, 60, 0)
    assert report.cost.superfluous == 120 * 500
    assert report.cost.wages == 2 * 450 * 2000


@pytest.mark.parametrize(
    "roster, sentence",
    [
        (
            changed(0, start=541, end=1021),
            '09:01-17:01 does not start as "day" may on that day: every 30 min from 08:00 to 10:00.',
        ),
        (
            changed(0, end=1035),
            'the shift 09:00-17:15 is 8 h 15 min long; "day" lasts 8 h.',
        ),
        (changed(0, template="dusk"), 'there is no shift template "dusk".'),
        (changed(0, breaks=()), 'the break "meal" of 30 min (unpaid) is missing.'),
        (
            changed(
                0, breaks=(*GOOD.duties[0].breaks, PlacedBreak(name="nap", start=900, length_minutes=10))
            ),
            'the break "nap" of 10 min (paid) is not one of this shift\'s.',
        ),
        (
            changed(
                0, breaks=(*GOOD.duties[0].breaks, PlacedBreak(name="nap", start=740, length_minutes=10))
            ),
            'the breaks "meal" 12:00-12:30 and "nap" 12:20-12:30 overlap.',
        ),
        (Roster(duties=(*GOOD.duties, GOOD.duties[0])), "2 duties on one day; there can be one."),
        (Roster(duties=(*GOOD.duties, GOOD.duties[0])), "the duties 09:00-17:00 and 09:00-17:00 overlap."),
        (
            Roster(duties=(shift("Ned", 1, 1320, template="night"),)),
            'the shift 22:00-06:00 is on a Tuesday, which "night" does not start on.',
        ),
    ],
)
def test_duties_that_the_input_does_not_offer_are_named(roster: Roster, sentence: str) -> None:
    report = verify(problem(), RULES, roster)
    assert any(misfit.sentence.endswith(sentence) for misfit in report.misfits), report.misfits
    assert not report.is_legal


def test_a_duty_filed_under_the_wrong_day_is_impossible() -> None:
    report = verify(problem(), RULES, changed(1, day=0))
    assert any("does not start as" in misfit.sentence for misfit in report.misfits)
    assert tuple(map(str, verify(problem(), RULES, changed(1, day=7)).misfits)) == (
        "Ann: the duty of Mon 12 Jan 2026 lies outside the horizon.",
    )


def test_a_forged_part_of_the_cost_is_found() -> None:
    assert faults(GOOD, claimed=Claimed(missing=0, rules={"preferred_days_off": 42_000})) == [
        "the cost of missing agents is claimed as 0.00 EUR, but the recount gives 60.00 EUR.",
        'the cost of "preferred_days_off" is claimed as 7.00 EUR, but the recount gives 0.00 EUR.',
    ]


def test_a_broken_preference_costs_and_is_not_a_fault() -> None:
    week = problem(preferred_days_off=(MONDAY,))
    report = verify(week, RULES, GOOD)
    assert report.passed
    assert report.cost.rules == {"preferred_days_off": 700 * 60}


def test_the_bound_follows_from_the_certificate_and_a_forged_one_is_found() -> None:
    # At 60.00 an hour nobody need be there: 16 h missing cost 960.00 whatever is worked. Ann earns 7.5 h x
    # (60 - 20) on each of two days, Ned 7.5 h x (60 - 30): 960 - 600 - 450 = -90, true and worth nothing.
    # At 20.00 an hour Ann's week is worth 0 and Ned stays at home: 16 h x 20.00 = 320.00 remain.
    low = {"English": tuple(2000 * 30 * WANTED[t // 2 % 24] for t in range(96))}
    assert recompute_bound(problem(), RULES, certificate()) == -90_00 * 60
    honest = certificate(prices=low, bound=320_00 * 60)
    assert recompute_bound(problem(), RULES, honest) == 320_00 * 60
    assert verify(problem(), RULES, GOOD, certificate=honest).passed
    forged = certificate(prices=low, bound=320_00 * 60 + 60)
    assert faults(GOOD, certificate=forged) == [
        "the bound is claimed as 320.01 EUR, but the certificate proves only 320.00 EUR."
    ]
    assert faults(GOOD, certificate=honest, claimed=Claimed(bound=400_00 * 60)) == [
        "the bound is claimed as 400.00 EUR, but the certificate proves only 320.00 EUR.",
        "the bound is claimed as 400.00 EUR, but this legal roster costs 360.00 EUR.",
    ]


def test_forged_unavoidable_wages_are_found() -> None:
    rules = RuleBook(rules=(*RULES.rules, DaysPerWeek(label="work", at_least=1, scope={"agents": ("Ann",)})))
    # A week is judged only whole, so that two days ask nothing; nothing has to be paid.
    forged = certificate(unavoidable_wages=60)
    assert unavoidable_wages(problem(), rules, forged) == 0
    assert "wages of 0.01 EUR are claimed to be unavoidable, but the recount gives 0.00 EUR." in faults(
        GOOD, certificate=forged
    )


def crew(
    skill: str = "English", day: int = 0, first_slot: int = 44, premium: int = 0, slots: int = 16
) -> CrewPrices:
    """Of the night that begins on the first day at ten."""
    return CrewPrices(skill=skill, day=day, first_slot=first_slot, premium=premium, prices=((0,) * slots,))


@pytest.mark.parametrize(
    "fields, reason",
    [
        ({"slot_minutes": 45}, "slots of 45 min do not divide the interval"),
        ({"slot_minutes": 60}, 'the prices of "English" are 96, but the horizon has 48 slots'),
        ({"carried_rules": ("kindness",)}, 'carried rule "kindness" is not in the input'),
        (
            {"slot_minutes": 60, "prices": {"English": (0,) * 48}},
            "slots of 60 min do not divide a shift's start (510 min)",
        ),
        ({"crews": (crew(skill="Dutch"),)}, 'a crew serves "Dutch", which is not in the input'),
        ({"crews": (crew(first_slot=90),)}, 'a crew for "English" lies outside of the horizon'),
        ({"crews": (crew(day=2),)}, 'a crew for "English" lies outside of the horizon'),
        ({"crews": (crew(day=1),)}, 'a crew for "English" is reached from another day'),
        ({"crews": (crew(), crew())}, 'two crews for "English" share a slot'),
        ({"crews": (crew(), crew(first_slot=50, slots=2))}, 'two crews for "English" share a slot'),
        (
            {"crews": (crew(slots=8), crew(first_slot=52, slots=8))},
            'a duty is of two crews, one of them for "English"',
        ),
    ],
)
def test_a_certificate_that_does_not_fit_proves_nothing(fields: dict[str, object], reason: str) -> None:
    assert faults(GOOD, certificate=certificate(**fields)) == [f"the bound cannot be recomputed: {reason}."]


def test_a_crew_that_work_from_before_reaches_proves_nothing() -> None:
    night = WorkedDuty(
        day=MONDAY - timedelta(days=1),
        start=datetime(2026, 1, 4, 22),
        end=datetime(2026, 1, 5, 6),
        paid_minutes=450,
        template="night",
    )
    reached = problem(history=(night,))
    certified = certificate(crews=(crew(first_slot=2),))
    with pytest.raises(ValueError, match=r'reaches a crew for "English" from before'):
        recompute_bound(reached, RULES, certified)


def test_what_nobody_can_cover_is_proven_once() -> None:
    """A crew of nobody was believed as often as it was written down: its slots were counted each time."""
    day = (1,) * 24  # round the clock, which neither Ann nor Ned can do in the first hour
    wanted = problem().model_copy(update={"demand": (Demand(skill="English", required=day * 2),)})
    nobody = crew(first_slot=0, slots=2)
    plain = recompute_bound(wanted, RULES, certificate(prices={"English": (0,) * 96}))
    # at prices of zero an hour without anybody costs nothing; that nobody comes costs 60.00 once
    once = certificate(prices={"English": (0,) * 96}, crews=(nobody,))
    assert recompute_bound(wanted, RULES, once) == plain + 6000 * HOUR
    with pytest.raises(ValueError, match="share a slot"):
        recompute_bound(wanted, RULES, once.model_copy(update={"crews": (nobody, nobody)}))


def test_a_crew_with_the_prices_of_all_changes_nothing() -> None:
    # nobody is wanted at night, so whole people cost no more than parts of people there
    plain = recompute_bound(problem(), RULES, certificate())
    assert recompute_bound(problem(), RULES, certificate(crews=(crew(),))) == plain


def test_a_bound_without_a_certificate_is_no_bound() -> None:
    assert faults(GOOD, claimed=Claimed(bound=0)) == ["the bound 0.00 EUR is claimed without a certificate."]


def test_reports_say_which_rules_were_looked_at() -> None:
    report: Report = verify(problem(), RULES, GOOD)
    looked_at = {result.rule: result.subjects for result in report.rules}
    assert looked_at["daily_rest"] == 2  # one limit an agent
    assert looked_at["preferred_days_off"] == 0  # nobody asked for a day
