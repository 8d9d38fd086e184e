"""The rows of the sheets on people, such that reading them gives the same agents again."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from scheduler.domain.facts.problem import Problem, ShiftWish, TimeOff, Window
from scheduler.domain.facts.usual import UsualWindow, dates_of
from scheduler.domain.values.fields import HUNDRED_PERCENT
from scheduler.domain.values.grid import MINUTES_PER_DAY, MINUTES_PER_HOUR
from scheduler.io.input.writing.repeated_rows import Facts, rows_of


def agent_rows(problem: Problem) -> Iterator[Facts]:
    """Rows of Agents; days off that come again stand as weekdays, before those of single dates."""
    for agent in problem.agents:
        again = {*dates_of(agent.usual_days_off, problem.grid)}
        dated = (day for day in agent.preferred_days_off if day not in again)
        is_whole = agent.wish_weight_percent == HUNDRED_PERCENT
        weight = None if is_whole else agent.wish_weight_percent
        days_off = (*agent.usual_days_off, *dated)
        yield {**dict(agent), "preferred_days_off": days_off, "wish_weight_percent": weight}


def fixed_rows(problem: Problem) -> Iterator[Facts]:
    """Rows of Fixed: a pin each."""
    for agent in problem.agents:
        for pin in agent.pins:
            yield {"agent": agent.name, **dict(pin), "off": pin.off or None}


def wish_rows(problem: Problem) -> Iterator[Facts]:
    """Rows of Wishes: one a wish, with weekdays where it comes again."""
    for agent in problem.agents:
        again = [
            (
                {**dict(usual), "day": usual.weekdays},
                [
                    ShiftWish(day=on, template=usual.template, wanted=usual.wanted, price=usual.price)
                    for on in dates_of(usual.weekdays, problem.grid)
                ],
            )
            for usual in agent.usual_wishes
        ]
        for row in rows_of(again, agent.shift_wishes, _wish_row):
            yield {"agent": agent.name, **row}


def _wish_row(wish: ShiftWish) -> Facts:
    return {**dict(wish), "day": (wish.day,)}


def availability_rows(problem: Problem) -> Iterator[Facts]:
    """Rows of Availability: when people can work, cannot, or are off."""
    for agent in problem.agents:
        for what, key in (
            ("available", "available"),
            ("unavailable", "unavailable"),
            ("time off", "time_off"),
        ):
            again = [
                (_usual_row(usual), [*usual.windows(problem.grid)])
                for usual in agent.usual_windows
                if usual.kind == key
            ]
            windows = getattr(agent, key)
            written = partial(_window_row, what)
            for row in rows_of(again, windows, written, lambda one: (one.start, one.end)):
                yield {"agent": agent.name, **row}


def _usual_row(usual: UsualWindow) -> Facts:
    whole = usual.start == 0 and usual.end == MINUTES_PER_DAY and usual.first_day is None
    return {
        "what": usual.kind.replace("_", " "),
        "day": usual.weekdays or (usual.first_day,),
        "last_day": usual.last_day,
        "start": None if whole else usual.start,
        "end": None if whole else usual.end,
        "paid_minutes": usual.paid_minutes,
    }


def _window_row(what: str, window: Window) -> Facts:
    facts = _day_and_clocks(window, what)
    if isinstance(window, TimeOff):
        return {
            "what": "sick" if window.kind == "sick" else what,
            **facts,
            "paid_minutes": window.paid_minutes,
        }
    return {"what": what, **facts}


def _day_and_clocks(window: Window, what: str) -> Facts:
    """A window as a day and clock times, or as a range of whole days where it is one."""
    on = window.start.date()
    start, end = _clock_of(window.start), _minutes_since(on, window.end)
    if start == 0 and end == MINUTES_PER_DAY:
        return {"day": (on,)}
    if what != "available" and start == 0 and end % MINUTES_PER_DAY == 0:
        return {"day": (on,), "last_day": window.end.date() - timedelta(days=1)}
    return {"day": (on,), "start": start, "end": end}


def history_rows(problem: Problem) -> Iterator[Facts]:
    """Rows of History: duties before the first day."""
    for agent in problem.agents:
        for duty in agent.history:
            yield {
                "agent": agent.name,
                **dict(duty),
                "start": _minutes_since(duty.day, duty.start),
                "end": _minutes_since(duty.day, duty.end),
            }


def balance_rows(problem: Problem) -> Iterator[Facts]:
    """Rows of Balances: one for each rule that has counted something of somebody."""
    for agent in problem.agents:
        for balance in agent.balances:
            yield {"agent": agent.name, **dict(balance)}


def _minutes_since(day: Any, moment: datetime) -> int:
    midnight = datetime.combine(day, datetime.min.time())
    return round((moment.replace(tzinfo=None) - midnight).total_seconds() / 60)


def _clock_of(moment: datetime) -> int:
    return moment.hour * MINUTES_PER_HOUR + moment.minute


def premium_rows(problem: Problem) -> Iterator[Facts]:
    """Rows of Premiums; a premium of all hours has no From and To."""
    for one in problem.premiums:
        is_whole = (one.start, one.end) == (0, MINUTES_PER_DAY)
        yield {
            **dict(one),
            "days": (*one.weekdays, *one.dates),
            "on_holidays": one.on_holidays or None,
            "period": one.period if one.over_period_minutes and not one.period_days else None,
            "counts_once": one.counts_once or None,
            "source": one.source or None,
            "start": None if is_whole else one.start,
            "end": None if is_whole else one.end,
        }
