"""The JSON of a result: every field is described, its values are right, and it can be read back."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scheduler.domain import Problem
from scheduler.io.result.documents.json_document import (
    result_document,
    result_schema,
    verify_document,
    verify_schema,
)
from scheduler.io.result.documents.json_reader import read_result_json
from tests.workbook.sample import (
    INPUT_HASH,
    outcome_of,
    small_outcome,
    small_problem,
    small_roster,
    small_rules,
)

TEN = "2024-03-04T10:00+01:00"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    problem, rules, outcome = small_outcome()
    return result_document(problem, rules, outcome)


def described(schema: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for title, part in {"": schema, **schema["$defs"]}.items():
        for name, field in part.get("properties", {}).items():
            yield f"{title}.{name}", field.get("description", "")


@pytest.mark.parametrize("schema", [result_schema(), verify_schema()])
def test_every_field_is_described(schema: dict[str, Any]) -> None:
    fields = dict(described(schema))
    assert len(fields) > 20
    assert [name for name, description in fields.items() if not description.endswith(".")] == []


def test_it_is_plain_json(document: dict[str, Any]) -> None:
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_money_is_in_currency(document: dict[str, Any]) -> None:
    # Wages: 13 duties; the sum by hand is in test_paid_hours, at 20.00, 19.00 and 18.50 an hour.
    cost = document["cost"]
    assert cost["wages"] == 1785.0
    assert cost["rules"] == {"two days are enough": 15.0}
    assert cost["total"] == pytest.approx(cost["wages"] + cost["missing"] + cost["superfluous"] + 15.0)
    assert document["bound"] == pytest.approx(0.985 * cost["total"], abs=0.01)
    assert document["gap"] == pytest.approx(0.015, abs=1e-6)
    assert document["currency"] == "EUR"


def test_paid_hours(document: dict[str, Any]) -> None:
    # Ada 3 × 8, Blaise 2 × 8, Chen 7.5 + 8, "1004" 2 × 7.5, Élodie 4 + 6, Fatima 6 + 4
    assert document["paid_hours"] == 24 + 16 + 15.5 + 15 + 10 + 10
    assert document["paid_hours"] == sum(duty["paid_minutes"] for duty in document["duties"]) / 60


def test_times_are_iso_with_the_offset_of_the_agents_clock(document: dict[str, Any]) -> None:
    first, *_ = document["duties"]
    assert (first["agent"], first["date"], first["template"]) == ("Ada Byron", "2024-03-04", "Early")
    assert (first["start"], first["end"]) == ("2024-03-04T07:00:00+01:00", "2024-03-04T15:30:00+01:00")
    assert first["breaks"][1] == {
        "name": "Lunch",
        "start": "2024-03-04T10:00:00+01:00",
        "end": "2024-03-04T10:30:00+01:00",
        "paid": False,
    }
    night = next(duty for duty in document["duties"] if duty["agent"] == "Chen Wei")
    assert (night["start"], night["end"]) == ("2024-03-04T22:00:00+08:00", "2024-03-05T06:00:00+08:00")


def test_staffing_is_counted_in_agent_intervals(document: dict[str, Any]) -> None:
    for skill in ("English", "French"):
        shown = document["staffing"][skill]
        # An interval is half an hour.
        assert shown["understaffed_agent_intervals"] == 2 * shown["missing_agent_hours"]
        assert document["understaffed_agent_intervals"][skill] == shown["understaffed_agent_intervals"]
        assert document["overstaffed_agent_intervals"][skill] == 2 * shown["superfluous_agent_hours"]
        assert shown["scheduled_agent_hours"] - shown["required_agent_hours"] == pytest.approx(
            shown["superfluous_agent_hours"] - shown["missing_agent_hours"]
        )


def test_how_it_was_made_is_told(document: dict[str, Any]) -> None:
    assert (document["status"], document["seed"], document["workers"]) == ("feasible", 1, 2)
    assert (document["seconds"], document["seconds_to_first_roster"]) == (60.2, 0.4)
    assert document["input_hash"] == INPUT_HASH
    assert [point["seconds"] for point in document["curve"]] == [0.4, 12.5]
    assert document["curve"][0]["bound"] is None
    assert [rule["strength"] for rule in document["rules"]] == ["must", "prefer", "off"]


def saved(tmp_path: Path, document: dict[str, Any]) -> Path:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.mark.parametrize("first_day", ["2024-03-04", "2024-03-30", "2024-10-26"])
def test_it_comes_back(tmp_path: Path, first_day: str) -> None:
    problem = small_problem(first_day=date.fromisoformat(first_day))
    rules = small_rules()
    outcome = outcome_of(problem, rules, small_roster(problem))
    reading = read_result_json(saved(tmp_path, result_document(problem, rules, outcome)), problem)
    assert reading.findings == ()
    assert reading.roster == outcome.roster
    assert reading.certificate == outcome.certificate
    assert reading.input_hash == INPUT_HASH


@pytest.mark.parametrize(
    ("change", "place", "says"),
    [
        ({"agent": "Ada Biron"}, "duties.0.agent", 'Did you mean "Ada Byron"?'),
        ({"template": "Erly"}, "duties.0.template", 'Did you mean "Early"?'),
        ({"end": "2024-03-04T06:00:00+01:00"}, "duties.0.end", "ends before it starts"),
        ({"start": "2024-03-04T07:00:00"}, "duties.0.start", "no offset from UTC"),
        ({"start": "early"}, "duties.0.start", "not a date and time"),
        ({"colour": "blue"}, "duties.0.colour", "not known here"),
        (
            {"breaks": [{"name": "Lunch", "start": TEN, "end": TEN, "paid": True}]},
            "duties.0.breaks.0.end",
            "ends before it starts",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_path(
    tmp_path: Path, document: dict[str, Any], change: dict[str, Any], place: str, says: str
) -> None:
    wrong = json.loads(json.dumps(document))
    wrong["duties"][0] |= change
    reading = read_result_json(saved(tmp_path, wrong), small_problem())
    assert reading.roster is None
    assert str(reading.findings[0].place) == place
    assert says in str(reading.findings[0])


@pytest.mark.parametrize("name", ["", "\x07"])
def test_a_break_whose_name_is_none_is_named_with_its_path(
    tmp_path: Path, document: dict[str, Any], name: str
) -> None:
    # It ended in a ValidationError, and the command line called that a fault of its own.
    wrong = json.loads(json.dumps(document))
    wrong["duties"][0]["breaks"][0]["name"] = name
    reading = read_result_json(saved(tmp_path, wrong), small_problem())
    assert reading.roster is None
    assert str(reading.findings[0].place) == "duties.0.breaks.0.name"


def test_prices_too_large_to_count_with_are_named(tmp_path: Path, document: dict[str, Any]) -> None:
    # The recount came out at some other number, and with it a bound that nobody had proven.
    wrong = json.loads(json.dumps(document))
    skill, prices = next(iter(wrong["certificate"]["prices"].items()))
    prices[3] = -(10**17)
    reading = read_result_json(saved(tmp_path, wrong), small_problem())
    assert (reading.roster, reading.certificate) == (None, None)
    (finding,) = reading.findings
    assert str(finding.place) == "certificate.prices"
    assert finding.message.startswith(f'the prices of "{skill}" are too large for the bound to be counted')


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe\x00", b'{"document": "something else"}'])
def test_a_file_that_is_no_result(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "result.json"
    path.write_bytes(content)
    reading = read_result_json(path, small_problem())
    assert reading.roster is None
    assert reading.findings


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert read_result_json(tmp_path / "none.json", small_problem()).findings


class TestVerification:
    """The document of a verification."""

    @pytest.fixture
    def problem(self) -> Problem:
        return small_problem()

    def test_a_roster_that_passes(self, problem: Problem) -> None:
        _, _, outcome = small_outcome(problem)
        shown = verify_document(problem, outcome.report)
        assert (shown["passed"], shown["legal"], shown["faults"]) == (True, True, [])
        assert shown["violations"][0]["agent"] == "Ada Byron"
        assert shown["violations"][0]["cost"] == 15.0
        assert shown["gap"] == pytest.approx(0.015, abs=1e-6)

    def test_a_roster_that_does_not(self, problem: Problem) -> None:
        outcome = outcome_of(problem, small_rules(), small_roster(problem), legal=False)
        report = outcome.report.model_copy(update={"mismatches": ("the cost is 1 too low",), "bound": None})
        shown = verify_document(problem, report)
        assert (shown["passed"], shown["legal"]) == (False, False)
        assert len(shown["faults"]) == 2
        assert (shown["bound"], shown["gap"]) == (None, None)
