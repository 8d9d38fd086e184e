"""Inputs, rules and results without files: as bytes, text, plain data and open files, each the same."""

import json
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest

from scheduler import (
    BadInput,
    Outcome,
    RuleBook,
    Stop,
    as_document,
    as_json,
    check,
    read_json,
    read_roster,
    read_rules,
    read_workbook,
    solve,
    verify_file,
    workbook_bytes,
    write_workbook,
)
from scheduler.io.input.templates.template import first_rules, worked_example
from tests.unit.tiny import CATALOGUE, tiny_problem, tiny_rules
from tests.workbook.filled_in import MONDAY

PROBLEM, RULES = worked_example(MONDAY), first_rules(CATALOGUE)
TINY, TINY_RULES = tiny_problem(), tiny_rules()


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return solve(TINY, TINY_RULES, stop=Stop(seconds=None, rounds=1), workers=1)


def findings(call: Any, *given: Any) -> list[str]:
    with pytest.raises(BadInput) as caught:
        call(*given)
    return [str(finding) for finding in caught.value.findings]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    write_workbook(tmp_path / "week.xlsx", PROBLEM, RULES)
    write_workbook(tmp_path / "week.json", PROBLEM, RULES)
    return tmp_path


@pytest.mark.parametrize("name", ["week.xlsx", "week.json"])
def test_an_input_is_read_from_wherever_it_is(files: Path, name: str) -> None:
    path, content = files / name, (files / name).read_bytes()
    for source in (path, str(path), content, bytearray(content), memoryview(content), BytesIO(content)):
        assert read_workbook(source) == (PROBLEM, RULES)
        assert not any(finding.is_error for finding in check(path))
    with path.open("rb") as file:
        assert read_workbook(file) == (PROBLEM, RULES)


def test_json_is_read_from_text_and_plain_data_too(files: Path) -> None:
    path = files / "week.json"
    text = path.read_text(encoding="utf-8")
    plain = {"schema_version": "1", "problem": PROBLEM.model_dump(), "rules": RULES.model_dump()["rules"]}
    assert plain["problem"]["grid"]["first_day"] == MONDAY  # dates are dates there, not text
    for source in (
        text, "\n" + text, text.encode(), text.encode("utf-8-sig"), json.loads(text), plain,
        StringIO(text), BytesIO(text.encode()), path,
    ):  # fmt: skip
        assert read_json(source) == (PROBLEM, RULES)
    with path.open(encoding="utf-8") as file:
        assert read_json(file) == (PROBLEM, RULES)


def test_what_is_written_in_memory_is_what_is_written_to_a_file(tmp_path: Path, outcome: Outcome) -> None:
    assert read_workbook(workbook_bytes(PROBLEM, RULES)) == (PROBLEM, RULES)
    assert read_json(as_json(PROBLEM, RULES)) == read_json(as_document(PROBLEM, RULES)) == (PROBLEM, RULES)
    assert json.loads(as_json(TINY, TINY_RULES, outcome)) == as_document(TINY, TINY_RULES, outcome)
    write_workbook(tmp_path / "roster.json", TINY, TINY_RULES, outcome)
    assert (tmp_path / "roster.json").read_text(encoding="utf-8") == as_json(TINY, TINY_RULES, outcome)
    with (tmp_path / "open.xlsx").open("wb") as file:
        write_workbook(file, TINY, TINY_RULES, outcome)
    for source in (
        workbook_bytes(TINY, TINY_RULES, outcome), as_json(TINY, TINY_RULES, outcome).encode(),
        tmp_path / "open.xlsx",
    ):  # fmt: skip
        assert set(read_roster(source, TINY).duties) == set(outcome.roster.duties)
        assert verify_file(TINY, TINY_RULES, source).passed
    assert verify_file(TINY, TINY_RULES, BytesIO(workbook_bytes(TINY, TINY_RULES, outcome))).passed


def test_an_outcome_comes_back_from_json(outcome: Outcome) -> None:
    assert outcome.coverage.curve_fit > 0  # what is cached does not make it another one
    again = Outcome.model_validate_json(outcome.model_dump_json())
    assert again == outcome
    assert Outcome.model_validate(outcome.model_dump()) == outcome
    assert (str(again), again.report.passed) == (str(outcome), True)


@pytest.mark.parametrize(
    "given",
    [
        RULES.model_dump_json(),
        RULES.model_dump(),
        RULES.model_dump()["rules"],
        json.dumps(RULES.model_dump(mode="json")["rules"]).encode(),
        list(RULES.rules),
        StringIO(RULES.model_dump_json()),
    ],
    ids=["text", "data", "list", "bytes", "rules", "file"],
)
def test_a_rule_book_is_read_from_memory(given: Any) -> None:
    assert read_rules(given) == RULES


def test_no_rules_are_a_rule_book() -> None:
    assert read_rules("[]") == read_rules({"rules": []}) == RuleBook()


@pytest.mark.parametrize(
    ("call", "given", "said"),
    [
        (read_rules, "[{}", ["rules  this is not JSON: the text breaks off in line 1, column 3."]),
        (read_rules, "{}", ["rules  this is not a list of rules."]),
        (
            read_rules,
            [{"kind": "daily_rest", "rest_minutes": 0}, {"kind": "dayly_rest"}, 3],
            [
                "rules.0.rest_minutes  0 is too small: it must be more than 0.",
                'rules.1.kind  there is no rule "dayly_rest". Did you mean "daily_rest"?',
                "rules.2.kind  a rule is an object with a kind.",
            ],
        ),
        (read_json, "{", ["document  this is not JSON: the text breaks off in line 1"]),
        (read_json, "", ["document  this is not JSON: the text breaks off in line 1"]),
        (read_json, {"problem": {1, 2}}, ["schema_version  None is not a version"]),
        (read_json, {"when": object()}, ["document  this cannot be said in JSON: Unable to serialize"]),
        (read_json, BytesIO(b"\xff\xfe"), ["document  this is not JSON: it is no text in UTF-8."]),
        (read_workbook, b"\xff\xfe", ["path  this is not an Excel workbook. Save it as .xlsx."]),
        (read_workbook, BytesIO(), ["path  there is nothing to read. A file that was just"]),
        (read_workbook, b'  {"problem": 1', ["path  this is not JSON: the text breaks off in line 1"]),
        (read_workbook, '{"problem": 1}', ["path  this is the text of a JSON document, no path. Read"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_the_name_of_the_argument(call: Any, given: Any, said: list[str]) -> None:
    told = findings(call, given)
    assert [line[: len(start)] for line, start in zip(told, said, strict=False)] == said


def test_a_closed_file_a_file_of_text_and_one_for_text(tmp_path: Path) -> None:
    closed = BytesIO(b"x")
    closed.close()
    assert "cannot be read: I/O operation on closed file" in findings(read_workbook, closed)[0]
    assert (
        "cannot be written: I/O operation on closed file"
        in findings(write_workbook, closed, TINY, TINY_RULES)[0]
    )
    assert "it is no text in UTF-8." in findings(read_json, StringIO('"\ud800"'))[0]
    path = tmp_path / "week.xlsx"
    write_workbook(path, PROBLEM, RULES)
    with path.open(encoding="utf-8") as file:
        assert 'Open it with "rb".' in findings(read_workbook, file)[0]
    with (tmp_path / "text").open("w") as file:
        assert 'Open it with mode "wb".' in findings(write_workbook, file, PROBLEM, RULES)[0]


def test_what_fails_half_way_writes_nothing_to_an_open_file(monkeypatch: pytest.MonkeyPatch) -> None:
    target = BytesIO()
    monkeypatch.setattr("zipfile.ZipFile.writestr", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_workbook(target, PROBLEM, RULES)
    assert target.getvalue() == b""
