"""The problem and the rules as JSON: faults are told with their path, and a schema is published."""

import json
from pathlib import Path
from typing import Any

import pytest

from constraints import CATALOGUE
from scheduler.io.json_document import as_document, from_document, json_schema, read_json, write_json
from scheduler.io.template import first_rules, worked_example
from tests.workbook.filled_in import MONDAY


def document() -> Any:
    return json.loads(json.dumps(as_document(worked_example(MONDAY), first_rules(CATALOGUE))))


def told(content: Any) -> list[str]:
    return [str(finding) for finding in from_document(content, CATALOGUE).findings]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "week.json"
    write_json(path, worked_example(MONDAY), first_rules(CATALOGUE))
    reading = read_json(path, CATALOGUE)
    assert (reading.problem, reading.rules, reading.findings) == (
        worked_example(MONDAY), first_rules(CATALOGUE), (),
    )  # fmt: skip


def test_all_mistakes_are_told_at_once_with_their_paths() -> None:
    content = document()
    content["schema_version"] = "7"
    content["problem"]["agents"][0]["skils"] = []
    content["problem"]["templates"][0]["max_length"] = 1500
    content["problem"]["grid"]["days"] = "seven"
    content["rules"][12]["days"] = 0
    content["rules"][4]["kind"] = "entitlment"
    content["notes"] = ""
    assert told(content) == [
        "notes  this field is not known. A document has the fields schema_version, problem, rules.",
        "schema_version  '7' is not a version that is understood. Write \"1\".",
        'grid.days  "seven" is not a whole number.',
        "templates.0.max_length  1500 is too large: it must be at most 1440.",
        "agents.0.skils  this is not known here.",
        f'rules.4.kind  there is no rule "entitlment". Did you mean "entitlement"? Known: '
        f"{', '.join(rule.model_fields['kind'].default for rule in CATALOGUE)}.",
        "rules.12.days  0 is too small: it must be more than 0.",
    ]


def test_a_rule_of_the_same_name_is_told() -> None:
    content = document()
    content["rules"].append(content["rules"][2])
    assert told(content) == [
        'rules.19.label  the rule "minimum_staff" is given already. Give each its own label.'
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "this is not JSON: the text breaks off in line 1, column 1."),
        (b"\xff\xfe", "this is not JSON: it is no text in UTF-8."),
    ],
)
def test_what_is_no_json_is_told(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "week.json"
    path.write_bytes(content)
    [finding] = read_json(path, CATALOGUE).findings
    assert str(finding) == f"{path}  {message}"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    [finding] = read_json(tmp_path / "none.json", CATALOGUE).findings
    assert finding.message == "there is no such file."


@pytest.mark.parametrize("content", [[], 3, None, {}, {"schema_version": "1", "problem": {}, "rules": 5}])
def test_other_shapes_are_told_and_not_raised(content: Any) -> None:
    reading = from_document(content, CATALOGUE)
    assert reading.problem is None
    assert reading.has_errors


def test_the_schema_names_every_rule_and_every_field() -> None:
    schema = json_schema(CATALOGUE)
    kinds = {
        schema["$defs"][reference["$ref"].removeprefix("#/$defs/")]["properties"]["kind"]["const"]
        for reference in schema["properties"]["rules"]["items"]["oneOf"]
    }
    assert kinds == {rule.model_fields["kind"].default for rule in CATALOGUE}
    assert set(schema["$defs"]["Problem"]["properties"]) == set(document()["problem"])
    assert schema["properties"]["schema_version"]["const"] == "1"


def test_every_reference_of_the_schema_is_defined() -> None:
    schema = json_schema(CATALOGUE)
    text = json.dumps(schema)
    used = {part.split('"')[0] for part in text.split('"$ref": "#/$defs/')[1:]}
    assert used <= set(schema["$defs"])
