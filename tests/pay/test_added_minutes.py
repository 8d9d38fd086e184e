"""Least paid hours of a shift, and minutes that are paid for logging in: by hand, and in the search."""

from scheduler.domain import Problem
from scheduler.domain.facts.contract import PayPremium
from tests.pay.test_period_overtime import paid
from tests.pay.test_search_with_premiums import days_worked, week

SHORT = PayPremium(name="short shift", least_minutes=180)
LOG_IN = PayPremium(name="log-in", log_in_minutes=10)


def test_a_shift_of_two_hours_is_paid_three() -> None:
    assert paid([2], SHORT) == {"basic pay": 40, "short shift": 20}
    assert paid([3], SHORT) == {"basic pay": 60}
    # the hour that it lacks may have another rate, and be due on some days and to some people only
    assert paid([2], SHORT.model_copy(update={"percent": "50"}))["short shift"] == 10
    assert paid([2], SHORT.model_copy(update={"money_per_hour": 1500}))["short shift"] == 15
    assert paid([2, 2], SHORT.model_copy(update={"weekdays": (1,)}))["short shift"] == 20  # of Tuesday
    for key in ("templates", "contracts", "agents"):
        assert "short shift" not in paid([2], SHORT.model_copy(update={key: ("others",)}))
    # what is not worked is no overtime of the week: 38 h, and one that is only paid
    of_week = PayPremium(name="week", over_period_minutes=2280, percent="25")
    assert "week" not in paid([9, 9, 9, 9, 2], SHORT, of_week)


def test_logging_in_is_paid_and_is_work() -> None:
    assert paid([8], LOG_IN) == {"basic pay": 160, "log-in": 3.33}
    # ten minutes beyond eight hours are half as much again; a shift of two hours lacks fifty minutes
    of_day = PayPremium(name="of the day", over_minutes=480, percent="50")
    assert paid([8], LOG_IN, of_day) == {"basic pay": 160, "log-in": 3.33, "of the day": 1.67}
    assert paid([2], LOG_IN, SHORT)["short shift"] == 16.67
    # five times ten minutes are beyond 40 hours, unless they are overtime of the day already
    of_week = PayPremium(name="week", over_period_minutes=2400, percent="25")
    assert paid([8] * 5, LOG_IN, of_week)["week"] == 4.17
    assert "week" not in paid([8] * 5, LOG_IN, of_day, of_week.model_copy(update={"counts_once": True}))
    # at night it is paid as by day
    night = PayPremium(name="night", start=0, end=360, percent="100")
    assert paid([8], LOG_IN, night)["night"] == 120


def short_shifts(*premiums: PayPremium) -> Problem:
    """The dear Sunday with shifts of two hours to four."""
    problem = week(5000, *premiums)
    shift = problem.templates[0].model_copy(
        update={"min_length": 120, "length_step": 60, "latest_start": 720}
    )
    return problem.model_copy(update={"templates": (shift,)})


def test_the_search_sees_both() -> None:
    # seven shifts of two hours at 10.00, or of three where they are paid anyway; half an hour for each
    assert days_worked(short_shifts())[1] == 140
    assert days_worked(short_shifts(SHORT))[1] == 210
    half_an_hour = LOG_IN.model_copy(update={"log_in_minutes": 30})
    assert days_worked(short_shifts(half_an_hour))[1] == 175
    assert days_worked(short_shifts(half_an_hour, SHORT))[1] == 210
