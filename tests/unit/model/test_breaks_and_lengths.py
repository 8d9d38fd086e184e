"""Breaks that are fixed where they cannot lie, and lengths of shifts that nobody can ever work."""

from datetime import date, datetime
from itertools import product
from typing import Any

import pytest

from scheduler.domain import Break, BreakBand, Duty, Pin, PlacedBreak, Problem, Window
from scheduler.model import RuleBook
from scheduler.model.checks.break_room import has_room
from scheduler.model.checks.fixed_breaks import fixed_breaks
from scheduler.model.checks.phantom_lengths import phantom_lengths
from scheduler.model.limits.breaks import BreakGap, BreakLimit, BreakOrder, BreakWindow, WorkStretch
from tests.unit.tiny import rule, tiny_problem

MEAL = Break(
    name="Meal", length_minutes=30, paid=False, earliest_start=180, latest_start=240, step_minutes=15
)
REST = Break(name="Rest", length_minutes=15, paid=True, earliest_start=60, latest_start=240, step_minutes=15)
WINDOWS = rule("break_windows")
NINE, NOON, ONE, FOUR = 540, 720, 780, 960


def week(*breaks: Break, agent: dict[str, Any] | None = None, **shift: Any) -> Problem:
    """Two days of a shift at 09:00 with these breaks."""
    problem = tiny_problem(("Ada",))
    (template,), (ada,) = problem.templates, problem.agents
    band = BreakBand(min_shift_minutes=0, max_shift_minutes=1440, breaks=breaks)
    update = {"breaks": (band,) if breaks else (), "length_step": 60, **shift}
    return problem.model_copy(
        update={
            "templates": (template.model_copy(update=update),),
            "agents": (ada.model_copy(update=agent or {}),),
        }
    )


def pinned(*starts: int, **fields: Any) -> dict[str, Any]:
    return {"pins": (Pin(day=date(2026, 1, 5), template="day", break_starts=starts, **fields),)}


class TestFixedBreaks:
    """Rows of Fixed with the starts of breaks."""

    def test_a_break_outside_of_its_own_window_is_told_at_its_cell(self) -> None:
        # "check" said no word, and "solve" that Ada has no legal week
        problem = week(MEAL, agent=pinned(FOUR, start=NINE))
        (found,) = fixed_breaks(problem, RuleBook(rules=(rule("pins"), WINDOWS)))
        assert found.is_error and found.place.path == ("agents", 0, "pins", 0, "break_starts")
        assert found.message == (
            'Ada on 2026-01-05: breaks are fixed at 16:00, and the break "Meal" of Ada on 2026-01-05 starts '
            "3 h outside its window or off its step."
        )

    @pytest.mark.parametrize("at", [NOON, ONE])
    def test_one_inside_is_none(self, at: int) -> None:
        problem = week(MEAL, agent=pinned(at, start=NINE))
        assert list(fixed_breaks(problem, RuleBook(rules=(rule("pins"), WINDOWS)))) == []

    def test_another_start_of_the_shift_may_suit_it(self) -> None:
        # whoever begins at 13:00 has the meal at 16:00
        problem = week(MEAL, agent=pinned(FOUR), latest_start=ONE, start_step=60)
        assert list(fixed_breaks(problem, RuleBook(rules=(rule("pins"), WINDOWS)))) == []

    def test_every_rule_on_breaks_is_asked(self) -> None:
        rules = RuleBook(rules=(rule("pins"), WINDOWS, rule("break_gaps", at_least_minutes=60)))
        apart = week(MEAL, REST, agent=pinned(NINE + 60, NOON, start=NINE))
        close = week(MEAL, REST, agent=pinned(NOON, NOON + 30, start=NINE))
        assert list(fixed_breaks(apart, rules)) == []
        (found,) = fixed_breaks(close, rules)
        assert '"break_gaps"' in found.hint

    def test_what_may_give_way_is_no_error(self) -> None:
        problem = week(MEAL, agent=pinned(FOUR, start=NINE))
        for rules in ((rule("pins"),), (rule("pins", strength="prefer", price=100), WINDOWS)):
            assert list(fixed_breaks(problem, RuleBook(rules=rules))) == []


class TestPhantomLengths:
    """Lengths on Shifts."""

    def test_lengths_whose_breaks_have_no_place_are_named_with_the_rule(self) -> None:
        # "Longest" said 10 h, and no roster ever had more than 8: nothing told why
        problem = week(MEAL, max_length=600)
        rules = RuleBook(rules=(WINDOWS, rule("work_without_break", at_most_minutes=240)))
        (found,) = phantom_lengths(problem, rules)
        # the meal from 13:00 to 13:30 leaves 4 h before it and 4 h behind it: 8 h 30 min
        assert found.message == (
            'shift "day": its lengths 9 h, 10 h can never be worked: no places of its breaks keep '
            '"work_without_break".'
        )
        assert found.place.path == ("templates", 0, "max_length") and not found.is_error

    def test_lengths_whose_breaks_are_too_short_are_named(self) -> None:
        # of 6, 7 and 8 h only the first is no more than 6 h of work beside the meal of 30 min
        problem = week(MEAL, min_length=360, max_length=480)
        asked = rule("least_break_minutes", over_minutes=360, at_least_minutes=45)
        (found,) = phantom_lengths(problem, RuleBook(rules=(asked,)))
        assert found.place.path == ("templates", 0, "max_length")
        assert found.message == (
            'shift "day": its lengths 7 h, 8 h can never be worked: its breaks are too short for '
            '"least_break_minutes".'
        )
        for enough in (
            rule("least_break_minutes", at_least_minutes=30),
            asked.model_copy(update={"strength": "prefer", "price": 1}),
        ):
            assert list(phantom_lengths(problem, RuleBook(rules=(enough,)))) == []

    def test_lengths_that_nobody_is_there_for_are_named(self) -> None:
        window = tuple(
            Window(start=datetime(2026, 1, day, 8), end=datetime(2026, 1, day, 18)) for day in (5, 6)
        )
        problem = week(max_length=600, agent={"available": window})
        rules = RuleBook(rules=(rule("availability"),))
        (found,) = phantom_lengths(problem, rules)
        # from 09:00 to 18:00 are 9 h
        assert "its length 10 h can never be worked: nobody whose contract has it" in found.message
        assert list(phantom_lengths(problem, RuleBook())) == []
        everywhere = problem.model_copy(
            update={
                "agents": (
                    *problem.agents,
                    problem.agents[0].model_copy(update={"name": "Bo", "available": ()}),
                )
            }
        )
        assert list(phantom_lengths(everywhere, rules)) == []

    def test_shifts_that_can_be_worked_are_not_named(self) -> None:
        problem = week(MEAL, REST, max_length=600)
        rules = RuleBook(
            rules=(WINDOWS, rule("break_order"), rule("work_without_break", at_most_minutes=360))
        )
        assert list(phantom_lengths(problem, rules)) == []


@pytest.mark.parametrize("length", [240, 300, 420])
@pytest.mark.parametrize(
    "limits",
    [
        (BreakWindow("", on=(0,)),),
        (BreakWindow("", on=(0,)), BreakOrder("", on=(0,))),
        (BreakWindow("", on=(0,)), BreakGap("", on=(0,), at_least=120)),
        (BreakWindow("", on=(0,)), BreakGap("", on=(0,), at_least=30, at_most=45)),
        (BreakWindow("", on=(0,)), WorkStretch("", on=(0,), at_most=120)),
        (BreakWindow("", on=(0,)), WorkStretch("", on=(0,), at_most=150), BreakOrder("", on=(0,))),
    ],
    ids=str,
)
def test_there_is_room_where_some_places_keep_every_limit(
    limits: tuple[BreakLimit, ...], length: int
) -> None:
    # every pair of places, judged by what the limits count themselves
    problem = week(MEAL, REST, min_length=length, max_length=length)
    (template,), (ada,) = problem.templates, problem.agents
    found = False
    for meal, rest in product(range(NINE, NINE + length, 5), repeat=2):
        breaks = (
            PlacedBreak(name="Meal", start=meal, length_minutes=30, paid=False),
            PlacedBreak(name="Rest", start=rest, length_minutes=15, paid=True),
        )
        first, second = sorted(breaks, key=lambda one: one.start)
        if first.end > second.start or second.end > NINE + length:
            continue
        duty = Duty(agent="Ada", day=0, template="day", start=NINE, end=NINE + length, breaks=(first, second))
        if not any(limit.excess_of(problem, ada, duty) for limit in limits):
            found = True
            break
    assert has_room(template, NINE, length, limits) is found
