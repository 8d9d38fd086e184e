"""What is wrong with a rule book is named, all at once, each with its place."""

from datetime import date, timedelta
from typing import Any

from constraints import (
    BreakGaps,
    BreaksInOrder,
    BreakWindows,
    DailyRest,
    DaysPerWeek,
    ForbiddenSuccession,
    PaidHours,
    Requirement,
    Seats,
    ShiftCount,
    Weekends,
    WorkWithoutBreak,
)
from scheduler.model import Rule, RuleBook, Scope, Strength
from scheduler.model.checks.rule_book import rule_faults
from tests.rules.worlds import MONDAY, world


def faults(*rules: Rule) -> list[tuple[str, str]]:
    """Place and text of each finding."""
    return [
        (str(finding.place), f"{finding.message} {finding.hint}".strip())
        for finding in rule_faults(world(), RuleBook(rules=rules))
    ]


def test_a_sound_book_has_no_findings() -> None:
    assert faults(Requirement(), DailyRest(), BreaksInOrder(scope=Scope(templates=("day",)))) == []


def test_every_unknown_name_is_found_with_its_place() -> None:
    scope = Scope(
        agents=("Ann", "Anne"),
        contracts=("ful",),
        teams=("North",),
        skills=("Engish",),
        templates=("dya",),
    )
    assert faults(DailyRest(), BreaksInOrder(scope=scope)) == [
        (
            "rules.1.scope.agents.1",
            'agent "Anne" is not on the Agents sheet. Did you mean "Ann"? Known: Ann.',
        ),
        (
            "rules.1.scope.contracts.0",
            'contract "ful" is not on the Contracts sheet. Did you mean "full"? Known: full.',
        ),
        ("rules.1.scope.teams.0", 'team "North" is not on the Agents sheet. Known: none.'),
        (
            "rules.1.scope.skills.0",
            'skill "Engish" is not on the Skills sheet. Did you mean "English"? Known: English.',
        ),
        (
            "rules.1.scope.templates.0",
            'shift template "dya" is not on the Shifts sheet. Known: day, night.',
        ),
    ]


def test_fields_that_name_shift_templates_are_looked_up() -> None:
    places = [
        place
        for place, _ in faults(
            ForbiddenSuccession(first=("night", "nite"), then=("morning",)),
            ShiftCount(templates=("days",), at_most=1),
        )
    ]
    assert places == ["rules.0.first.1", "rules.0.then.0", "rules.1.templates.0"]


def test_a_scope_that_a_rule_cannot_heed_is_named() -> None:
    assert faults(Requirement(scope=Scope(agents=("Ann",))), DailyRest(scope=Scope(templates=("day",)))) == [
        (
            "rules.0.scope.agents",
            'the rule "requirement" cannot be narrowed to agents. '
            "It takes skills, first_day, last_day, weekdays, dates, holidays.",
        ),
        (
            "rules.1.scope.templates",
            'the rule "daily_rest" cannot be narrowed to templates. '
            "It takes agents, contracts, teams, skills, first_day, last_day, weekdays, dates, holidays.",
        ),
    ]


def test_bounds_that_exclude_each_other_are_named() -> None:
    found = faults(
        DaysPerWeek(at_least=5, at_most=4),
        BreakGaps(at_least_minutes=90, at_most_minutes=60),
        # the contract has at most 1350
        PaidHours(at_least_minutes=1351),
    )
    assert [place for place, _ in found] == [
        "rules.0.at_least",
        "rules.1.at_least_minutes",
        "rules.2.at_least_minutes",
    ]
    assert (
        'with the contract "full" this asks for at least 22 h 31 min and at most 22 h 30 min.' in found[2][1]
    )
    assert faults(PaidHours(at_least_minutes=1350)) == []


def test_a_rule_that_bounds_nothing_is_named() -> None:
    found = faults(
        DaysPerWeek(),
        ShiftCount(templates=("day",)),
        Weekends(),
        BreakGaps(),
        PaidHours(per="horizon"),
        Seats(scope=Scope(agents=("Ann",))),
    )
    assert [place for place, _ in found] == [
        "rules.0.at_most",
        "rules.1.at_most",
        "rules.2.at_most",
        "rules.3.at_least_minutes",
        "rules.4.per",
        "rules.5.at_most",
    ]


def preferred(label: str, **scope: Any) -> BreakGaps:
    return BreakGaps(
        label=label, at_least_minutes=60, strength=Strength.PREFER, price=100, scope=Scope(**scope)
    )


def test_two_preferred_rules_on_breaks_that_hold_for_the_same_shifts_are_named() -> None:
    # The search refused them with a word for its own limits, and named neither rule.
    other = preferred("other", templates=("night",))
    assert faults(preferred("one"), other) == [
        (
            "rules.1.strength",
            'the rules "one" and "other" are both preferred for the same shifts (Ann, "night", 2024-03-04); '
            "only one break_gaps can have a price there. Make one of them must or off, or narrow their "
            "scopes so that no shift has both.",
        )
    ]
    # each of them stands in the way of the third, and that is told once
    third = preferred("third").model_copy(update={"price": 200})
    assert [place for place, _ in faults(preferred("one"), other, third)] == [
        "rules.1.strength",
        "rules.2.strength",
    ]


def test_preferred_rules_on_breaks_of_different_shifts_strengths_or_kinds_go_together() -> None:
    day, night = preferred("by day", templates=("day",)), preferred("by night", templates=("night",))
    monday = preferred("on Monday", first_day=MONDAY, last_day=MONDAY)
    later = preferred("later", first_day=MONDAY + timedelta(days=1))
    hard = preferred("hard").model_copy(update={"strength": Strength.MUST, "price": None})
    stretch = WorkWithoutBreak(strength=Strength.PREFER, price=100)
    windows = (BreakWindows(strength=Strength.PREFER, price=1), BreakWindows(label="again"))
    assert faults(day, night, hard, stretch, *windows) == []
    assert faults(monday, later) == []
    problem = world(histories={"Ann": "", "Bob": ""})
    book = RuleBook(rules=(preferred("hers", agents=("Ann",)), preferred("his", agents=("Bob",))))
    assert rule_faults(problem, book) == []


def test_dates_that_meet_no_planned_day_are_named() -> None:
    backwards = Scope(first_day=date(2024, 3, 9), last_day=date(2024, 3, 8))
    gone = Scope(last_day=date(2024, 3, 3))
    found = rule_faults(
        world(), RuleBook(rules=(DailyRest(scope=backwards), DailyRest(label="old", scope=gone)))
    )
    assert [(str(finding.place), finding.is_error) for finding in found] == [
        ("rules.0.scope.first_day", True),
        ("rules.1.scope.last_day", False),  # an old rule left in the book harms nobody
    ]


def test_a_rule_for_nobody_is_a_warning() -> None:
    problem = world(histories={"Ann": "", "Bob": ""})
    bob = problem.agents[1].model_copy(update={"team": "North"})
    problem = problem.model_copy(update={"agents": (problem.agents[0], bob)})
    rule = DailyRest(scope=Scope(agents=("Ann",), teams=("North",)))
    (finding,) = rule_faults(problem, RuleBook(rules=(rule,)))
    assert not finding.is_error
    assert finding.message == 'the rule "daily_rest" is for no agent at all: agents Ann; teams North.'


def test_a_rule_that_is_off_is_not_looked_at() -> None:
    assert faults(DaysPerWeek(strength=Strength.OFF, scope=Scope(agents=("nobody",)))) == []
