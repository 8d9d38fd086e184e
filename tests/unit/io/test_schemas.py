"""The published schemas: every property says what it holds, and what is written keeps to them."""

import json
import subprocess
import sys
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from scheduler import Stop, as_document, report_as_json, schema, solve, verify
from scheduler.app.results.documents import Form
from scheduler.command_line.main import command_line
from scheduler.command_line.output.exits import Exit
from scheduler.io.input.templates.template import first_rules, worked_example
from tests.unit.tiny import CATALOGUE, tiny_problem, tiny_roster, tiny_rules
from tests.wards import tiny_ward
from tests.workbook.filled_in import MONDAY

ONE_ROUND = Stop(seconds=None, rounds=1)


def undescribed(schema: dict[str, Any]) -> list[str]:
    """Properties of objects without a description, by object."""
    objects = {"": schema, **schema["$defs"]}
    return [
        f"{name}.{key}"
        for name, one in objects.items()
        for key, shown in one.get("properties", {}).items()
        if not shown.get("description", "").endswith(".")
    ]


@pytest.mark.parametrize("of", list(Form))
def test_every_property_is_described(of: Form) -> None:
    # None of the 271 of the input was.
    assert undescribed(schema(of)) == []
    assert sum(len(one.get("properties", ())) for one in schema(of)["$defs"].values()) > 20
    Draft202012Validator.check_schema(schema(of))


def test_every_rule_by_itself_is_described() -> None:
    for rule in CATALOGUE:
        assert undescribed({"$defs": {}, **rule.model_json_schema()}) == []


def test_a_length_of_time_and_an_amount_say_their_unit() -> None:
    for one in schema()["$defs"].values():
        for key, shown in one.get("properties", {}).items():
            if key.endswith("minutes"):
                assert "inutes" in shown["description"], key
            if "price" in key or "pay" in key.split("_"):
                assert "ents" in shown["description"], key


def test_the_schema_does_without_docstrings() -> None:
    # They are gone under -OO, and the descriptions with them if they came from there.
    asked = "import json, scheduler; print(json.dumps(scheduler.schema('input')))"
    done = subprocess.run(
        [sys.executable, "-OO", "-c", asked], capture_output=True, text=True, check=True
    )  # fmt: skip
    assert undescribed(json.loads(done.stdout)) == []


def validated(document: Any, of: Form) -> None:
    faults = [
        f"{fault.json_path}: {fault.message}"
        for fault in Draft202012Validator(schema(of)).iter_errors(document)
    ]
    assert faults == []


def test_what_is_written_keeps_to_its_schema() -> None:
    for problem, rules in ((tiny_problem(), tiny_rules()), tiny_ward(1)[:2]):
        outcome = solve(problem, rules, stop=ONE_ROUND, workers=1)
        validated(as_document(problem, rules), Form.INPUT)
        validated(as_document(problem, rules, outcome), Form.RESULT)
        for certificate in (None, outcome.certificate):
            report = verify(problem, rules, outcome.roster, certificate=certificate)
            validated(json.loads(report_as_json(problem, report)), Form.REPORT)
    validated(as_document(worked_example(MONDAY), first_rules(CATALOGUE)), Form.INPUT)


def test_the_schema_of_a_result_refuses_what_is_none() -> None:
    problem, rules = tiny_problem(), tiny_rules()
    document = as_document(problem, rules, solve(problem, rules, stop=ONE_ROUND, workers=1))
    validator = Draft202012Validator(schema(Form.RESULT))
    for spoilt in (
        {**document, "gap": "1 %"}, {**document, "notes": ""},
        {key: value for key, value in document.items() if key != "duties"},
        json.loads(report_as_json(problem, verify(problem, rules, tiny_roster()))),
    ):  # fmt: skip
        assert not validator.is_valid(spoilt)


@pytest.mark.parametrize("of", [None, *Form])
def test_the_command_prints_it(of: Form | None) -> None:
    said = CliRunner().invoke(command_line, ["schema", *(["--of", of.value] if of else [])])
    assert said.exit_code == Exit.DONE
    assert json.loads(said.stdout) == schema(of or Form.INPUT)
