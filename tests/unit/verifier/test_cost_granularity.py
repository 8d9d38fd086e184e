"""Minutes that time is cut by are multiples of five or told; all others may be odd, and cut nothing finer.

A limit of 333 minutes without a break was planned with in silence, in slots of three minutes instead of
fifteen, and a break that may start until 04:02 in slots of one.
"""

from dataclasses import fields
from datetime import date, datetime
from typing import Any

import pytest

from constraints import BreakGaps, DailyRest, PaidHours, StartConsistency, WeeklyRest, WorkWithoutBreak
from scheduler.domain import Break, BreakBand, Pin, Problem, TimeOff, Window, WorkedDuty
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.findings.faults import GRAIN_MINUTES
from scheduler.engine.instance.slots import Slots
from scheduler.io.input.templates.template import worked_example
from scheduler.model import BreakLimit, Rule, RuleBook, Strength
from scheduler.model.checks.rule_book import rule_faults
from tests.rules.cases import CASES
from tests.rules.trials import TRIALS

MONDAY = date(2024, 3, 4)
SLOT_MINUTES = 15


def example(**facts: Any) -> Problem:
    """The worked example, whose agent has nothing but these facts."""
    agent = worked_example(MONDAY).agents[0]
    bare = {"pins": (), "history": (), "time_off": (), "available": (), "shift_wishes": ()}
    return worked_example(MONDAY).model_copy(update={"agents": (agent.model_copy(update=bare | facts),)})


def with_template(**changes: Any) -> Problem:
    (template,) = worked_example(MONDAY).templates
    return example().model_copy(update={"templates": (template.model_copy(update=changes),)})


def with_break(**changes: Any) -> Problem:
    meal = Break(name="Meal", length_minutes=30, earliest_start=180, latest_start=240, step_minutes=15)
    return with_template(breaks=(BreakBand(breaks=(meal.model_copy(update=changes),)),))


def slot_minutes(problem: Problem, *rules: Rule) -> int:
    """How finely the engine cuts time for a problem with these rules."""
    limits = [limit for rule in rules for limit in rule.limits(problem)]
    return Slots.of(problem, [limit for limit in limits if isinstance(limit, BreakLimit)]).minutes


TEMPLATE, BREAK = "templates.0", "templates.0.breaks.0.breaks.0"


@pytest.mark.parametrize(
    ("problem", "place", "near"),
    [
        (with_template(earliest_start=481), f"{TEMPLATE}.earliest_start", "Write 08:00 or 08:05."),
        (with_template(start_step=3), f"{TEMPLATE}.start_step", "Write 5 min."),
        (with_break(length_minutes=31), f"{BREAK}.length_minutes", "Write 30 min or 35 min."),
        (with_break(earliest_start=181), f"{BREAK}.earliest_start", "Write 03:00 or 03:05."),
        (with_break(latest_start=241), f"{BREAK}.latest_start", "Write 04:00 or 04:05."),
        (with_break(step_minutes=7), f"{BREAK}.step_minutes", "Write 5 min or 10 min."),
        (
            example(pins=(Pin(day=MONDAY, template="Day", break_starts=(721,)),)),
            "agents.0.pins.0.break_starts.0",
            "Write 12:00 or 12:05.",
        ),
        (example(time_zone="UTC+05:31"), "agents.0.time_zone", ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_would_cut_time_finer_than_five_minutes_is_told(problem: Problem, place: str, near: str) -> None:
    (fault,) = problem_faults(problem)
    assert (str(fault.place), fault.is_error, fault.hint) == (place, True, near)


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        (WorkWithoutBreak(at_most_minutes=333), "rules.0.at_most_minutes"),
        (BreakGaps(at_least_minutes=33, at_most_minutes=90), "rules.0.at_least_minutes"),
        (BreakGaps(at_least_minutes=30, at_most_minutes=91), "rules.0.at_most_minutes"),
    ],
)
def test_so_are_minutes_that_a_rule_lays_breaks_by(rule: Rule, place: str) -> None:
    (fault,) = rule_faults(example(), RuleBook(rules=(rule,)))
    assert (str(fault.place), fault.is_error) == (place, True)
    off = rule.model_copy(update={"strength": Strength.OFF})
    assert rule_faults(example(), RuleBook(rules=(off,))) == []


def test_no_rule_of_the_catalogue_lays_breaks_by_minutes_that_are_not_looked_at() -> None:
    seen = set()
    for rule in dict.fromkeys([*(case.rule for case in CASES), *(trial.rule for trial in TRIALS)]):
        limits = [limit for limit in rule.limits(example()) if isinstance(limit, BreakLimit)]
        said = [getattr(limit, field.name) for limit in limits for field in fields(limit)]
        minutes = {value for value in said if isinstance(value, int)}
        if minutes:
            seen.add(rule.kind)
            assert minutes <= {getattr(rule, name) for name in rule.break_fields}, rule.kind
    assert seen == {"break_gaps", "work_without_break"}


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2024, 3, day, hour, minute)


@pytest.mark.parametrize(
    "problem",
    [
        example(unavailable=(Window(start=at(5, 8, 3), end=at(5, 9, 7)),)),
        example(available=(Window(start=at(5, 7, 3), end=at(5, 19, 7)),)),
        example(time_off=(TimeOff(start=at(5, 8, 3), end=at(5, 9, 7), paid_minutes=61),)),
        example(preferred_starts=((481, 602),)),
        example(
            history=(WorkedDuty(day=date(2024, 3, 2), start=at(2, 8, 3), end=at(2, 16, 7), paid_minutes=433),)
        ),
    ],
    ids=["unavailable", "available", "time off", "preferred starts", "history"],
)
def test_facts_by_the_minute_harm_nobody(problem: Problem) -> None:
    assert not [one for one in problem_faults(problem) if one.is_error]
    assert slot_minutes(problem) == SLOT_MINUTES


def test_a_night_that_reaches_in_by_odd_minutes_cuts_to_five_and_no_finer() -> None:
    night = WorkedDuty(day=date(2024, 3, 3), start=at(3, 19, 3), end=at(4, 3, 7), paid_minutes=484)
    problem = example(history=(night,))
    assert problem_faults(problem) == []
    assert slot_minutes(problem) == GRAIN_MINUTES


@pytest.mark.parametrize(
    "rule",
    [
        DailyRest(rest_minutes=661),
        WeeklyRest(rest_minutes=2161),
        PaidHours(at_most_minutes=2317),
        StartConsistency(within_minutes=7),
    ],
    ids=lambda rule: rule.kind,
)
def test_sums_and_rests_may_be_any_number_of_minutes(rule: Rule) -> None:
    problem = example()
    assert rule_faults(problem, RuleBook(rules=(rule,))) == []
    assert slot_minutes(problem, rule) == SLOT_MINUTES
