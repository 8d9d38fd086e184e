"""A known pattern is found again: exactly without noise, nearly with odd days planted in it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.demand.forecast import backtest, dispersion, forecast
from scheduler.demand.forecast.level import level_ahead
from tests.demand.forecast.histories import SLOTS, WEEKDAYS, made, next_week, past, shares


def test_a_pattern_without_noise_is_found_exactly():
    history = past(made())
    found = forecast(history, next_week(history))
    assert found.contacts == pytest.approx(made(1), rel=1e-6)
    assert np.exp(found.of_contacts.days.weekday) == pytest.approx(
        WEEKDAYS / np.exp(np.log(WEEKDAYS).mean()), rel=1e-6
    )
    assert found.of_contacts.unusual_days == ()
    scored = backtest(history)
    assert scored.contacts[0].wape < 1e-6 and scored.contacts[0].within_5 == 1
    assert dispersion(history, found).of_days < 1e-3


def test_handling_times_are_found_the_same_way():
    contacts = made()
    aht = (
        np.tile(300 + 10 * np.arange(SLOTS), (len(contacts), 1))
        * (1 + 0.1 * (np.arange(len(contacts)) % 7 == 5))[:, None]
    )
    history = past(contacts, aht)
    assert forecast(history, next_week(history)).aht_seconds == pytest.approx(aht[:7], rel=1e-6)
    assert backtest(history).aht[0].wape < 1e-6


def test_a_holiday_has_a_factor_of_its_own_and_leaves_the_others_alone():
    holidays = (9, 24, 40)
    history = past(made(holidays=holidays), holidays=holidays)
    days = next_week(history)
    known = replace(
        history,
        labels={**history.labels, days[2]: ("holiday: feast",)},
        holidays=history.holidays | {days[2]},
    )
    found = forecast(known, days)
    expected = made(1)
    expected[2] *= 0.4
    assert found.contacts == pytest.approx(expected, rel=1e-6)
    scored = backtest(history)
    assert scored.contacts[0].days + scored.holidays[0].days == 7 * len(scored.origins)
    assert scored.holidays[0].wape < scored.holidays[1].wape


def test_a_holiday_that_was_never_seen_is_foretold_as_holidays_are():
    # was foretold as an ordinary day: 138 % off on the holidays of a year in which each comes once
    holidays = (9, 24, 40)
    history = past(made(holidays=holidays), holidays=holidays)
    names = {day: (f"holiday: {day:%B %d}",) for day in history.labels}
    days = next_week(history)
    named = replace(
        history, labels={**names, days[2]: ("holiday: another",)}, holidays=history.holidays | {days[2]}
    )
    found = forecast(named, days)
    assert found.contacts[2] == pytest.approx(0.4 * made(1)[2], rel=1e-6)
    assert found.unseen == ((days[2], "holiday: another"),)


def test_a_holiday_is_between_its_own_days_and_those_of_others():
    contacts = made(10, holidays=(9, 24, 40))
    contacts[[16, 58]] *= 0.8  # seen twice: nearer to what it was than to the others
    feasts = {9: "a", 24: "b", 40: "c", 16: "late", 58: "late"}
    history = past(contacts, holidays=tuple(feasts))
    by_date = {history.days[at]: (f"holiday: {name}",) for at, name in feasts.items()}
    days = next_week(history)
    known = replace(
        history, labels={**by_date, days[2]: ("holiday: late",)}, holidays=history.holidays | {days[2]}
    )
    factor = forecast(known, days).contacts[2].sum() / made(1)[2].sum()
    assert 0.6 < factor < 0.8


def test_what_a_person_wrote_stands_and_what_nobody_knows_is_told():
    history = past(made())
    days = next_week(history)
    told = replace(
        history,
        labels={days[0]: ("event: launch",), days[1]: ("event: launch",)},
        given_factors={days[1]: 2.0},
    )
    found = forecast(told, days)
    assert found.unseen == ((days[0], "event: launch"),)
    assert found.contacts[:2] == pytest.approx(made(1)[:2] * [[1], [2]], rel=1e-6)


@pytest.mark.parametrize("times", [0.02, 0.3, 3, 30])
def test_planted_days_do_not_bend_it(times):
    noise = np.random.default_rng(1).normal(1, 0.03, (56, 1))
    contacts = made() * noise
    honest = past(contacts)
    bent = contacts.copy()
    bent[[10, 37]] *= times
    found = forecast(past(bent), next_week(honest))
    assert set(found.of_contacts.unusual_days) >= {10, 37}
    assert found.contacts.sum() == pytest.approx(forecast(honest, next_week(honest)).contacts.sum(), rel=0.02)
    plain = np.mean([bent[at] for at in range(28, 56)], axis=0).sum() * 7
    assert abs(found.contacts.sum() - made(1).sum()) < max(abs(plain - made(1).sum()), 0.03 * made(1).sum())


def test_holes_are_unknown_and_not_nothing():
    contacts = made()
    contacts[8, 3:6] = np.nan  # a telephone system that wrote nothing for three hours
    contacts[20] = np.nan
    history = past(contacts)
    assert forecast(history, next_week(history)).contacts == pytest.approx(made(1), rel=1e-3)


@pytest.mark.parametrize("step", [5, 9, 13])
def test_a_hole_in_every_other_day_changes_nothing(step):
    # was 32 % off: weekdays without one whole day were foretold as 0, holes in a last day closed their slots
    contacts = made(2)
    contacts.reshape(-1)[::step] = np.nan
    found = forecast(past(contacts), next_week(past(contacts))).contacts
    assert np.nansum(found) == pytest.approx(made(1)[~np.isnan(found)].sum(), rel=0.01)
    assert np.isnan(found).sum() <= 7  # a slot of which nothing is known on either day stays closed


def test_closed_weekdays_stay_closed():
    contacts = made()
    contacts[6::7] = np.nan
    contacts[:, 0] = np.nan
    found = forecast(past(contacts), next_week(past(contacts))).contacts
    assert np.isnan(found[6]).all() and np.isnan(found[:, 0]).all() and not np.isnan(found[:6, 1:]).any()


def test_an_open_weekday_on_which_nobody_calls_is_nought():
    contacts = made()
    contacts[6::7] = 0
    assert (forecast(past(contacts), next_week(past(contacts))).contacts[6] == 0).all()


def test_a_trend_is_carried_on_and_dies_away():
    weeks = np.arange(20) * 0.02
    one, four, many = (level_ahead(weeks, ahead) for ahead in (1, 4, 200))
    assert (
        weeks[-1] < one < four < many < weeks[-1] + 0.02 * 4 + 0.01
    )  # damped: no more than phi / (1 - phi) steps
    assert level_ahead(np.zeros(9), 3) == 0


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.floats(0.1, 50), st.integers(0, 2**32 - 1))
def test_scaling_the_history_scales_the_forecast(times, seed):
    contacts = np.random.default_rng(seed).poisson(made(5)).astype(float)
    history, scaled = past(contacts), past(contacts * times)
    assert forecast(scaled, next_week(scaled)).contacts == pytest.approx(
        times * forecast(history, next_week(history)).contacts, rel=1e-6
    )


def test_overdispersion_is_what_was_made():
    chance = np.random.default_rng(3)
    busy = chance.gamma(100, 1 / 100, (364, 1))  # a coefficient of variation of 0.1
    contacts = chance.poisson(made(52) * busy).astype(float)
    found = dispersion(past(contacts), forecast(past(contacts), next_week(past(contacts))))
    assert found.of_days == pytest.approx(0.1, rel=0.15)
    assert found.within_days == pytest.approx(1, abs=0.1)


def test_a_backtest_knows_nothing_of_the_day_it_foretells():
    contacts = made(6)
    honest = backtest(past(contacts), 1)
    contacts[-7:] *= 5
    assert backtest(past(contacts), 1).contacts[0].bias == pytest.approx(
        (honest.contacts[0].bias + 1) / 5 - 1
    )


def test_profiles_of_few_contacts_borrow_from_other_days():
    contacts = np.random.default_rng(5).poisson(made(4) / 200).astype(float)
    chosen = forecast(past(contacts), next_week(past(contacts))).of_contacts.profile
    assert chosen.width > 0 and chosen.common_days > 0
    truth = shares()
    assert (
        np.abs(chosen.shape - truth).sum()
        < np.abs(
            contacts.reshape(4, 7, SLOTS).sum(0) / contacts.reshape(4, 7, SLOTS).sum((0, 2))[:, None] - truth
        ).sum()
    )
