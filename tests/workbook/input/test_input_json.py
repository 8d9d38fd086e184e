"""The problem and the rules as JSON: faults are told with their path, and a schema is published."""

import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from constraints import CATALOGUE
from scheduler import BadInput, check, verify_file
from scheduler.domain import Agent
from scheduler.domain.checks.problem import problem_faults
from scheduler.io.files.json_text import parse_json
from scheduler.io.files.limits import NotRead
from scheduler.io.input.json_document import as_document, from_document, json_schema, read_json, write_json
from scheduler.io.input.templates.template import first_rules, worked_example
from tests.unit.tiny import tiny_problem, tiny_rules
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
        'rules.20.label  the rule "minimum_staff" is given already. Remove one of them, or give each its own '
        "label where both are meant."
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


@pytest.mark.parametrize("what", ["result", "comparison", "repair", "proposals", "verification"])
def test_what_a_command_wrote_is_one_finding_and_no_list_of_its_own_fields(what: str, tmp_path: Path) -> None:
    # "convert" of a result named ten of its fields as not known, which staffcurve itself had written.
    path = tmp_path / "out.json"
    path.write_text(json.dumps({"document": f"staffcurve {what}", "cost": 1, "duties": []}), "utf-8")
    assert [str(one) for one in check(path)] == [
        f"input  this is a staffcurve {what}, which holds no input. Give the input that it was made from, or "
        "the roster as a workbook, which has a copy of it."
    ]


@pytest.mark.parametrize(
    ("document", "what"),
    [({"document": "staffcurve repair"}, "a staffcurve repair"), ({"problem": {}, "rules": []}, "an input")],
)
def test_what_is_no_roster_is_one_finding(document: dict[str, Any], what: str, tmp_path: Path) -> None:
    # an input in the place of a roster was "document: a value is missing"
    path = tmp_path / "out.json"
    path.write_text(json.dumps(document), "utf-8")
    with pytest.raises(BadInput) as bad:
        verify_file(tiny_problem(), tiny_rules(), path)
    assert [one.message for one in bad.value.findings] == [f"this is {what}, which holds no roster."]


def test_the_schema_names_every_rule_and_every_field() -> None:
    schema = json_schema(CATALOGUE)
    kinds = {
        schema["$defs"][reference["$ref"].removeprefix("#/$defs/")]["properties"]["kind"]["const"]
        for reference in schema["properties"]["rules"]["items"]["oneOf"]
    }
    assert kinds == {rule.model_fields["kind"].default for rule in CATALOGUE}
    later = {"premiums", "holidays"}  # left out where there are none
    assert set(schema["$defs"]["Problem"]["properties"]) - later == set(document()["problem"])
    assert schema["properties"]["schema_version"]["const"] == "1"


def test_every_reference_of_the_schema_is_defined() -> None:
    schema = json_schema(CATALOGUE)
    text = json.dumps(schema)
    used = {part.split('"')[0] for part in text.split('"$ref": "#/$defs/')[1:]}
    assert used <= set(schema["$defs"])


def set_at(content: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """The document with another value at a path."""
    inner = content
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return content


def every_path(content: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The paths of all values, of lists the first two."""
    if path:
        yield path
    parts = (
        content.items()
        if isinstance(content, dict)
        else enumerate(content[:2])
        if isinstance(content, list)
        else ()
    )
    for key, part in parts:
        yield from every_path(part, (*path, key))


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        -1,
        "0001-01-01",
        "9999-12-31T23:59:00",
        "2024-03-04T08:00:00Z",
        "\u200b",
        [{}],
    ],
    ids=range(8),
)
def test_no_value_anywhere_ends_the_reading(value: Any) -> None:
    # Naive and aware times together were a TypeError, year 1 and year 9999 an OverflowError.
    for path in every_path(document()):
        reading = from_document(set_at(document(), path, value), CATALOGUE)
        if reading.problem is not None:
            problem_faults(reading.problem)


def test_a_time_with_an_offset_is_told_at_its_path() -> None:
    path = ("problem", "agents", 0, "time_off", 0, "end")
    assert told(set_at(document(), path, "2024-03-09T00:00:00+01:00")) == [
        "agents.0.time_off.0.end  2024-03-09T00:00:00+01:00 has a time zone, but times are on the "
        "agent's own clock; "
        "write 2024-03-09T00:00, or what that clock shows then."
    ]


def test_an_end_at_23_59_is_midnight_and_that_is_said_once() -> None:
    path = ("problem", "agents", 0, "time_off", 0, "end")
    reading = from_document(set_at(document(), path, "2024-03-08T23:59:59"), CATALOGUE)
    assert reading.problem == worked_example(MONDAY)
    assert [str(finding) for finding in reading.findings] == [
        "agents.0.time_off.0.end  an end at 23:59 is read as midnight, 1 time in this file. Write "
        "T00:00 of the day "
        "after to say so."
    ]


def test_a_flood_of_one_mistake_costs_no_more_than_its_first_thousand() -> None:
    # 800 kB with a key given twice behind 60,000 others took ten minutes, since each was counted among all;
    # 600 kB of wrong agents took 900 MB for findings that nobody is told, and of unknown fields more.
    keys = ",".join(f'"k{number}": 1' for number in range(60_000))
    with pytest.raises(NotRead, match='the field "z" is written twice'):
        parse_json(f'{{{keys}, "z": 1, "z": 2}}')
    unknown = told(parse_json(f"{{{keys}}}"))
    assert len(unknown) < 15 and any("not known either: 59,992 more fields." in one for one in unknown)
    many: Any = {"schema_version": "1", "problem": {"agents": [1] * 60_000}, "rules": [1] * 60_000}
    in_one = {"kind": "daily_rest", "scope": {"dates": ["x"] * 60_000}}  # 670 MB
    many["rules"] = [in_one, *many["rules"]]
    tracemalloc.start()
    said = told(many)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert any(one.startswith("agents.0") for one in said) and len(said) < 3_000
    assert peak < 30_000_000


@pytest.mark.parametrize("field", ["preferred_days_off", "usual_days_off", "preferred_starts"])
def test_what_is_a_set_counts_each_once_however_often_it_is_listed(field: str) -> None:
    # A day off that was wished for twice came back once from a workbook, as another problem.
    twice = {
        "preferred_days_off": ("2024-03-09", "2024-03-09"),
        "usual_days_off": (5, 5),
        "preferred_starts": ((480, 540), (480, 540)),
    }
    agent = Agent.model_validate(
        {"name": "Ada", "contract": "Full", "skills": ("English",), field: twice[field]}
    )
    assert len(getattr(agent, field)) == 1


def test_true_is_no_number() -> None:
    # true was read as 1: a price of 0.01, one person in an interval, a premium from 00:00
    content = json.loads(json.dumps(as_document(tiny_problem(), tiny_rules())))
    content["problem"]["skills"][0]["missing_price"] = True
    content["problem"]["demand"][0]["required"][9] = True
    content["problem"]["premiums"] = [{"name": "late", "start": False, "money_per_hour": 155}]
    content["rules"].append({"kind": "daily_rest", "rest_minutes": True})
    found = from_document(content, CATALOGUE)
    assert [str(one) for one in found.findings] == [
        "skills.0.missing_price  true is not a number. Write the number.",
        "demand.0.required.9  true is not a number. Write the number.",
        "premiums.0.start  false is not a number. Write the number.",
        "rules.3.rest_minutes  true is not a number. Write the number.",
    ]
