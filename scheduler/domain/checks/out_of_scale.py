"""Slips of a decimal sign or of a year: a number beside the others of its column, a date beside the horizon.

One warning a column, at the number that stands out: everything here can be meant, and is planned with.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from statistics import median

from scheduler.domain.checks.calendar.slips_of_a_year import meant_year
from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.faults import FactPath, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.words import LIKE_A_MONTH, hours_words, month_in_weeks
from scheduler.texts import marked, text, text_n

_BESIDE = 8
"""So many times the others, or so small a part of them, is a number that stands out."""
_BESIDE_THE_OTHER = 7
"""So many times the only other price: 600 typed for 60, beside 80."""
_OTHERS = 2
"""So many others are needed to say what is usual, and they differ by no more than ``_SPREAD``."""
_SPREAD = 3
_LONG_LEAVE = 90
_SHORT_LEAVE = 35
"""Days of absence that are long, and that would be usual were the year another one."""

Number = tuple[FactPath, str, int]
"""A place, whose number it is, and the number."""


def out_of_scale(problem: Problem) -> Iterator[Finding]:
    """The warnings."""
    pay = [
        (("contracts", i, "pay_per_hour"), one.name, one.pay_per_hour)
        for i, one in enumerate(problem.contracts)
    ]
    of_agents = [
        (("agents", i, "pay_per_hour"), one.name, one.pay_per_hour)
        for i, one in enumerate(problem.agents)
        if one.pay_per_hour
    ]
    yield from _beside_the_others(marked("a pay per hour"), [*pay, *of_agents], of_money=True)
    for key, what in (
        ("missing_price", marked("a price of a missing agent")),
        ("superfluous_price", marked("a price of a superfluous agent")),
    ):
        prices = [(("skills", i, key), one.name, getattr(one, key)) for i, one in enumerate(problem.skills)]
        yield from _beside_the_others(what, prices, of_money=True)
        yield from _beside_the_other(what, prices)
    yield from _beside_the_others(marked("a price of a wish"), _prices_of_wishes(problem), of_money=True)
    for key, what in (
        ("min_paid_minutes", marked("a number of least hours")),
        ("max_paid_minutes", marked("a number of most hours")),
    ):
        hours = [
            (("contracts", i, key), one.name, getattr(one, key) or 0)
            for i, one in enumerate(problem.contracts)
        ]
        yield from _beside_the_others(what, hours)
    yield from _far_apart(problem)
    yield from _demand(problem)
    yield from _of_another_year(problem)


def _beside_the_others(what: str, numbers: Sequence[Number], *, of_money: bool = False) -> Iterator[Finding]:
    """Numbers that are many times the others, or a small part of them."""
    given = [one for one in numbers if one[2] > 0]
    usual = median([number for _, _, number in given]) if given else 0
    seen = [one for one in given if one[2] >= _BESIDE * usual or one[2] * _BESIDE <= usual]
    others = [one[2] for one in given if one not in seen]
    if not seen or len(others) < max(_OTHERS, len(seen)) or max(others) > _SPREAD * min(others):
        return
    path, name, number = seen[0]
    yield warning(
        path,
        text_n(
            "{what} is far from the others ({name}: {number}; the others have {least} to {most}).",
            "{what} is far from the others, {times} times (first {name}: {number}; the others have "
            "{least} to "
            "{most}).",
            len(seen),
            what=text(what),
            times=len(seen),
            name=name,
            number=_shown(number, of_money),
            least=_shown(min(others), of_money),
            most=_shown(max(others), of_money),
        ),
        text("Look at its decimal sign and its zeros."),
    )


def _prices_of_wishes(problem: Problem) -> list[Number]:
    return [
        (("agents", index, "shift_wishes", at, "price"), agent.name, wish.price or 0)
        for index, agent in enumerate(problem.agents)
        for at, wish in enumerate(agent.shift_wishes)
    ]


def _beside_the_other(what: str, numbers: Sequence[Number]) -> Iterator[Finding]:
    """The larger one of two prices that are far apart; which of them is the slip they do not say."""
    match sorted((one for one in numbers if one[2] > 0), key=lambda one: one[2]):
        case [(_, other, less), (path, name, more)] if more >= _BESIDE_THE_OTHER * less:
            pass
        case _:
            return
    yield warning(
        path,
        text(
            "{what} is far from the other ({name}: {more}; {other}: {less}).",
            what=text(what),
            name=name,
            more=_shown(more, of_money=True),
            other=other,
            less=_shown(less, of_money=True),
        ),
        text("Look at its decimal sign and its zeros."),
    )


def _far_apart(problem: Problem) -> Iterator[Finding]:
    """Least hours of a tenth of what they could be beside the most: 3.2 for 32; most hours of a month."""
    for index, contract in enumerate(problem.contracts):
        least, most = contract.min_paid_minutes, contract.max_paid_minutes
        if (least or 0) < LIKE_A_MONTH <= (most or 0):  # a least as long is told where it cannot be reached
            yield warning(
                ("contracts", index, "max_paid_minutes"),
                text(
                    'contract "{contract}": at most {most} a week keep nobody from working every day.',
                    contract=contract.name,
                    most=hours_words(most or 0),
                ),
                month_in_weeks((most or 0) / MINUTES_PER_HOUR),
            )
        if least and most and most / 2 <= 10 * least <= most and least % (MINUTES_PER_HOUR * 4):
            yield warning(
                ("contracts", index, "min_paid_minutes"),
                text(
                    'contract "{contract}": the least hours of {least} are few beside the most of {most}.',
                    contract=contract.name,
                    least=hours_words(least),
                    most=hours_words(most),
                ),
                text("Write {meant} if that is meant.", meant=hours_words(10 * least)),
            )


def _demand(problem: Problem) -> Iterator[Finding]:
    """The one number of a skill that is many times the most of all its others."""
    for index, demand in enumerate(problem.demand):
        counts = Counter(demand.required)
        highest = sorted(counts, reverse=True)[:2]
        if len(highest) < 2 or highest[0] < _BESIDE * max(highest[1], 2):
            continue
        if counts[highest[0]] > problem.grid.days:  # more than a row of every day
            continue
        at = demand.required.index(highest[0])
        yield warning(
            ("demand", index, "required", at),
            text(
                "{skill}: {number} are required at {start:%Y-%m-%d %H:%M}, never more than {others} else.",
                skill=demand.skill,
                number=highest[0],
                start=problem.grid.interval_start(at),
                others=highest[1],
            ),
            text("Look at its zeros."),
        )


def _of_another_year(problem: Problem) -> Iterator[Finding]:
    """Absence of many months that would be one of days, were its last day of the year of its first."""
    seen = [
        (("agents", index, key, at, field), agent.name, window.start.date(), window.last_day, meant)
        for index, agent in enumerate(problem.agents)
        for key in ("time_off", "unavailable")
        for at, window in enumerate(getattr(agent, key))
        if (window.last_day - window.start.date()).days > _LONG_LEAVE
        for field, meant in _in_another_year(problem, window.start.date(), window.last_day)
    ]
    if seen:
        path, name, first, last, meant = seen[0]
        yield warning(
            path,
            text_n(
                "an absence lasts very long ({name}: {first} to {last}).",
                "{number} absences last very long (first {name}: {first} to {last}).",
                len(seen),
                number=len(seen),
                name=name,
                first=first,
                last=last,
            ),
            text("Write {meant} if that is meant.", meant=meant),
        )


def _in_another_year(problem: Problem, first: date, last: date) -> Iterator[tuple[str, date]]:
    """The last day with a nearer year, where that makes a usual absence of it; else the first day.

    Where the planned days are left out then, it is the first day that has the year of before.
    """
    planned = problem.grid.first_day, problem.grid.date(problem.grid.days - 1)
    later = meant_year(first, *planned)
    if later is not None and 0 <= (last - later).days <= _SHORT_LEAVE:
        yield "day", later
        return
    for year in (first.year, first.year + 1):
        if year < last.year and (last.month, last.day) != (2, 29):
            meant = last.replace(year=year)
            if 0 <= (meant - first).days <= _SHORT_LEAVE:
                yield "last_day", meant
                return


def _shown(number: int, of_money: bool) -> str:
    return f"{number / 100:.2f}" if of_money else hours_words(number)
