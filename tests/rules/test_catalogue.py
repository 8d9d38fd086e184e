"""The catalogue is whole, and every rule in it reads, prints and round-trips."""

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

import constraints
from constraints import (
    CATALOGUE,
    MADE_BY_A_REPAIR,
    DailyRest,
    DaysPerWeek,
    MaxConsecutiveDays,
    MaxConsecutiveDaysOff,
    MinConsecutiveDays,
    MinConsecutiveDaysOff,
    PaidHours,
    Requirement,
    Seats,
    ShiftCount,
    WeeklyRest,
)
from scheduler.model import AgentRule, Rule, RuleBook, Scope, Strength, TeamRule
from tests.rules.cases import CASES
from tests.rules.variants import VARIANTS

RULES = [case.rule for case in CASES] + [variant.rule for variant in VARIANTS]


def test_every_file_is_listed_once() -> None:
    folder = Path(constraints.__file__).parent
    files = sorted(
        path.relative_to(folder).with_suffix("").parts
        for path in folder.glob("*/**/*.py")
        if path.stem != "__init__"
    )
    rules = (*CATALOGUE, *MADE_BY_A_REPAIR)
    listed = sorted(tuple(rule.__module__.removeprefix("constraints.").split(".")) for rule in rules)
    assert listed == files
    assert [path.name for path in folder.glob("*.py")] == ["__init__.py"]
    # a rule is called like its file, so that who reads a workbook finds the code
    kinds = sorted(rule.model_fields["kind"].default for rule in rules)
    assert kinds == sorted(name for *_, name in files)


def test_a_file_holds_one_rule() -> None:
    for rule in (*CATALOGUE, *MADE_BY_A_REPAIR):
        module = sys.modules[rule.__module__]
        held = [
            thing
            for thing in vars(module).values()
            if isinstance(thing, type) and issubclass(thing, Rule) and thing.__module__ == rule.__module__
        ]
        assert held == [rule]
        assert issubclass(rule, AgentRule) != issubclass(rule, TeamRule)


@pytest.mark.parametrize("room", ["constraints", "scheduler", "scheduler.model"])
def test_a_room_can_be_imported_first(room: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import {room}"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind)
def test_json_and_back_is_the_same_rule(rule: Rule) -> None:
    again = type(rule).model_validate_json(rule.model_dump_json())
    assert again == rule
    assert type(rule).model_validate(rule.model_dump()) == rule


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.__name__)
def test_the_schema_names_kind_and_refuses_what_it_does_not_know(rule: type[Rule]) -> None:
    schema = rule.model_json_schema()
    assert schema["properties"]["kind"]["const"] == rule.model_fields["kind"].default
    assert schema["additionalProperties"] is False
    example = next(known for known in RULES if type(known) is rule)
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        rule.model_validate({**example.model_dump(), "rest_minuets": 1})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind)
def test_a_sentence_is_whole(rule: Rule) -> None:
    sentence = rule.sentence
    assert "`" not in sentence
    assert "None" not in sentence
    assert sentence.endswith(".")
    assert sentence[0].isupper()


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (DailyRest(), "Everyone rests at least 11 h between one duty and the next."),
        (WeeklyRest(per="rolling"), "Everyone rests at least 36 h at a stretch in any seven days in a row."),
        (DaysPerWeek(at_most=5), "Everyone works at most 5 days in each calendar week."),
        (DaysPerWeek(at_least=4, at_most=4), "Everyone works exactly 4 days in each calendar week."),
        (DaysPerWeek(at_most=1), "Everyone works at most 1 day in each calendar week."),
        (DaysPerWeek(at_least=1, at_most=3), "Everyone works 1 to 3 days in each calendar week."),
        (MaxConsecutiveDays(days=1), "Nobody works more than 1 day in a row."),
        (MaxConsecutiveDays(days=6), "Nobody works more than 6 days in a row."),
        (MaxConsecutiveDaysOff(days=1), "Nobody is off more than 1 day in a row."),
        (MinConsecutiveDays(days=1), "Whoever works, works at least 1 day in a row."),
        (MinConsecutiveDaysOff(days=1), "Days off come at least 1 in a row."),
        (ShiftCount(templates=("night",), at_most=1), "Everyone works at most 1 night shift in all."),
        (
            ShiftCount(templates=("day", "night"), at_least=2),
            "Everyone works at least 2 day or night shifts in all.",
        ),
        (
            Seats(at_most=1),
            "No skill has more agents at work than its maximum, and at most 1 agent is at work at once.",
        ),
        (Seats(at_most=2, scope=Scope(agents=("Ann",))), "At most 2 agents are at work at once."),
        (PaidHours(), "Everyone is paid the hours of their contract in each calendar week."),
        (
            PaidHours(at_least_minutes=1920, at_most_minutes=2880),
            "Everyone is paid 32 h to 48 h in each calendar week.",
        ),
    ],
)
def test_a_sentence_says_the_numbers(rule: Rule, sentence: str) -> None:
    assert rule.sentence == sentence


def test_a_preference_needs_a_price_but_the_requirement_has_its_own() -> None:
    with pytest.raises(ValidationError, match="needs a price per hour"):
        DailyRest(strength=Strength.PREFER)
    assert Requirement().strength is Strength.PREFER
    with pytest.raises(ValidationError, match="give it to the skills"):
        Requirement(price=100)


def test_a_book_prints_each_rule_on_a_line() -> None:
    book = RuleBook(rules=(DailyRest(), DaysPerWeek(at_most=5, scope=Scope(teams=("North",)))))
    assert str(book).splitlines() == [
        "RuleBook of 2 rules:",
        "  must   Everyone rests at least 11 h between one duty and the next. (everyone)",
        "  must   Everyone works at most 5 days in each calendar week. (teams North)",
    ]
