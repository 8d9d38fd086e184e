"""Names that look alike are one name, or a question, wherever they are matched."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from constraints import CATALOGUE
from scheduler.domain import Agent, Contract, Duty, PlacedBreak, Problem, Skill
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.findings.finding import Place, unknown_name
from scheduler.domain.values.spelling import alike, likeness, look, named, spelt
from scheduler.io.input.json_document import as_document, from_document
from scheduler.model import Scope
from scheduler.model.checks.rule_book import rule_faults
from tests.unit.tiny import rule, tiny_problem, tiny_rules

NFD, NFC = "Jose\u0301", "Jos\u00e9"
ZWNJ, ZWJ = "\u200c", "\u200d"


@pytest.mark.parametrize(
    ("written", "one"),
    [
        ("山田\u3000太郎", "山田 太郎"),  # was refused: "holds a sign that cannot be printed"
        ("Ada\u00a0Lovelace", "Ada Lovelace"),
        ("Ada\u202fLovelace", "Ada Lovelace"),
        ("  Ada \t Lovelace\n", "Ada Lovelace"),
        (NFD, NFC),  # was another person than the composed one
        ("e\u200b\u0301", "\u00e9"),  # what is not seen stood between the letter and its accent
        ("\ufeffAda\u200e\u00ad", "Ada"),
        (f"می{ZWNJ}خواهم", f"می{ZWNJ}خواهم"),  # Persian parts the prefix of a verb so
        (f"{ZWNJ}Ada{ZWJ} Byron", "Ada Byron"),
        (f"a{ZWJ}{ZWJ}b", f"a{ZWJ}b"),
        ("한글", "한글"),
        ("\u1112\u1161\u11ab", "한"),  # Hangul letter by letter
        ("ＡＤＡ", "ＡＤＡ"),  # width and case are not touched, but see likeness
    ],
)
def test_every_way_of_writing_a_name_has_one_spelling(written: str, one: str) -> None:
    assert spelt(written) == spelt(one) == one


def test_looks_and_likeness() -> None:
    assert look(f"An{ZWNJ}na") == "Anna"
    assert likeness("ＡＮＮ") == likeness("Ann") == "ann"
    assert alike("ANN", ["Bo", "Ann"]) == "Ann"
    assert alike("ann", ["Ann", "ANN"]) is None  # which of the two is meant cannot be known
    assert alike("Ann", ["Ann"]) is None


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x9f", "\ufffe", "\ufdd0"])
def test_a_sign_that_cannot_be_printed_is_named_by_its_number(sign: str) -> None:
    with pytest.raises(ValidationError, match=f"U\\+{ord(sign):04X}"):
        Skill(name=f"Eng{sign}lish")


@pytest.mark.parametrize("blank", ["", " ", "\u3000", "\u200b", f"{ZWJ} {ZWNJ}"])
def test_a_name_of_nothing_but_space_is_blank(blank: str) -> None:
    with pytest.raises(ValidationError):
        Skill(name=blank)


def spelt_in_two_ways(one: str, other: str) -> Problem:
    """Every name is declared in one way and referred to in the other."""
    problem = tiny_problem()
    return Problem.model_validate(
        problem.model_dump()
        | {
            "skills": [{"name": one}],
            "demand": [problem.demand[0].model_dump() | {"skill": other}],
            "headcounts": [{"template": other, "skill": other, "required": [1, 1]}],
            "templates": [problem.templates[0].model_dump() | {"name": one}],
            "contracts": [Contract(name=one, pay_per_hour=2000, templates=(other,)).model_dump()],
            "agents": [
                Agent(
                    name=one,
                    contract=other,
                    skills=(other,),
                    team=one,
                    pins=({"day": "2026-01-05", "template": other},),
                    shift_wishes=({"day": "2026-01-06", "template": other},),
                ).model_dump()
            ],
        }
    )


@pytest.mark.parametrize(
    ("one", "other"), [(NFD, NFC), ("山田\u3000太郎", "山田 太郎"), ("a b", "a\u00a0b"), ("Ada", "\ufeffAda")]
)
def test_names_in_two_forms_refer_to_one_thing_everywhere(one: str, other: str) -> None:
    problem = spelt_in_two_ways(one, other)
    assert not [fault for fault in problem_faults(problem) if fault.is_error]
    scope = Scope(agents=(other,), contracts=(other,), teams=(other,), skills=(other,), templates=())
    book = tiny_rules().model_copy(
        update={
            "rules": (
                *tiny_rules().rules,
                rule("max_consecutive_days", days=5, scope=scope),
                rule("shift_count", templates=(other,), at_most=3, label=one),
            )
        }
    )
    assert not [fault for fault in rule_faults(problem, book) if fault.is_error]
    assert scope.covers(problem.agents[0])
    duty = Duty(agent=one, day=0, template=one, start=540, end=1020, breaks=())
    assert (duty.agent, duty.template) == (problem.agents[0].name, problem.templates[0].name)
    assert PlacedBreak(name=one, start=0, length_minutes=5) == PlacedBreak(
        name=other, start=0, length_minutes=5
    )


@pytest.mark.parametrize("facts", ["skills", "templates", "contracts", "agents"])
def test_one_name_in_two_forms_of_unicode_is_one_name_given_twice(facts: str) -> None:
    # 03d: "José" composed and "José" decomposed were two people, whom nobody could tell apart.
    content: Any = json.loads(json.dumps(as_document(tiny_problem(), tiny_rules())))
    first = content["problem"][facts][0]
    content["problem"][facts] = [first | {"name": NFD}, first | {"name": NFC}]
    problem = from_document(content, CATALOGUE).problem
    assert problem is not None
    kind = {"templates": "shift"}.get(facts, facts.removesuffix("s"))
    said = [fault.message for fault in problem_faults(problem) if fault.place.path == (facts, 1, "name")]
    assert f'{kind} "{NFC}" is given twice.' in said


def test_names_that_differ_in_joiners_alone_are_a_question() -> None:
    faults = problem_faults(tiny_problem(("Anna", f"An{ZWNJ}na")))
    (fault,) = [fault for fault in faults if fault.is_error]
    assert (
        fault.message
        == f'agent "An{ZWNJ}na" looks like another one, but for signs that are not seen (U+200C).'
    )


@pytest.mark.parametrize(
    "other",
    ["ＡＮＮＡ Ｌｅｅ", "anna lee", "AnnaLee", "\u0410nna Lee", "Ann\u03b1 Lee", "Anna L\u0435\u0435"],
    ids=ascii,
)
def test_names_that_only_look_different_to_a_program_are_one_question(other: str) -> None:
    # they were two people, one of them without availability, and a warning at most
    faults = [fault for fault in problem_faults(tiny_problem(("Anna Lee", other, "Bo"))) if fault.is_error]
    assert [(fault.place.path, fault.beside) for fault in faults] == [
        (("agents", 1, "name"), Place(path=("agents", 0, "name")))
    ]


@pytest.mark.parametrize("unseen", ["\u034f", "\u3164", "\ufe0f", "\u180b", "\u115f"], ids=ascii)
def test_fillers_and_selectors_are_read_as_what_they_look_like(unseen: str) -> None:
    assert spelt(f"An{unseen}na") == "Anna"


def test_a_reference_that_differs_in_what_is_not_seen_says_so() -> None:
    _, hint = unknown_name("agent", f"An{ZWJ}na", ["Anna", "Bo"], "Agents")
    assert hint == 'Did you mean "Anna"? The two differ in signs that are not seen (U+200D). Known: Anna, Bo.'
    assert unknown_name("agent", "ANNA LEE", ["Bo", "Anna Lee"], "Agents")[1].startswith(
        'Did you mean "Anna Lee"?'
    )


def test_what_excel_shows_for_a_fault_is_no_name() -> None:
    # it was accepted in JSON, and a workbook that held it could not be read again
    with pytest.raises(ValueError, match="what Excel shows for a fault"):
        named("#N/A")
