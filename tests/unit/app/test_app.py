"""The verbs: what goes in is refused or planned, and nothing comes out that the verifier does not pass."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from scheduler import engine
from scheduler.app import planning, refreshing
from scheduler.app.results import documents
from scheduler.app.results import read_back as results
from scheduler.app.results.input_digest import input_hash
from scheduler.domain import (
    BadInput,
    Contradiction,
    FailedVerification,
    NothingFound,
    Progress,
    Roster,
    Status,
    Stop,
)
from scheduler.model import RuleBook
from tests.unit.tiny import rule, tiny_problem, tiny_roster, tiny_rules

QUICK = Stop(seconds=10, rounds=2)
CHEAPEST = 2 * 8 * 60 * 2000  # two days of 480 paid minutes at 2,000 cents an hour, in sixtieths of a cent


def solved(problem=None, rules=None, **options):
    return planning.solve(
        problem or tiny_problem(), rules or tiny_rules(), **{"stop": QUICK, "workers": 1, **options}
    )


def test_an_outcome_carries_all_that_is_needed_to_trust_and_repeat_it():
    problem, rules = tiny_problem(), tiny_rules()
    outcome = solved(problem, rules, seed=3)
    # One of the two has to be there on both days; a free day costs 8 h at 60.00 and saves 8 h at 20.00.
    assert outcome.cost.total == CHEAPEST
    assert outcome.bound <= outcome.cost.total
    assert outcome.report.passed
    assert outcome.seed == 3
    assert outcome.workers == 1
    assert outcome.input_hash == input_hash(problem, rules)
    assert {"staffcurve", "python", "ortools"} <= set(outcome.versions)
    assert 0 <= outcome.seconds_to_first_roster <= outcome.seconds


def test_progress_goes_forward_and_ends_with_the_verifier():
    looks: list[Progress] = []
    outcome = solved(progress=looks.append)
    assert looks[-1].phase == "verifying"
    assert looks[-1].cost == outcome.cost.total
    assert all(look.elapsed_seconds >= 0 for look in looks)


def test_the_same_seed_gives_the_same_cost():
    assert solved(seed=7).cost == solved(seed=7).cost


def test_a_start_is_taken():
    assert solved(start=tiny_roster()).cost.total == CHEAPEST


def test_a_problem_that_names_what_is_not_there_is_refused_before_the_search(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("the search began")

    monkeypatch.setattr(engine, "search", refuse)
    problem = tiny_problem()
    lost = problem.agents[0].model_copy(update={"skills": ("Engish",)})
    with pytest.raises(BadInput, match='Did you mean "English"'):
        solved(problem.model_copy(update={"agents": (lost, *problem.agents[1:])}))
    elsewhere = RuleBook(rules=(rule("daily_rest", scope={"agents": ("Nobody",)}),))
    with pytest.raises(BadInput, match="Nobody"):
        solved(problem, elsewhere)


def test_what_the_search_finds_out_is_raised(monkeypatch):
    searched = engine.search

    def infeasible(*args, **kwargs):
        return replace(
            searched(*args, **kwargs), roster=None, status=Status.INFEASIBLE, reasons=("Ada cannot.",)
        )

    def nothing(*args, **kwargs):
        return replace(searched(*args, **kwargs), roster=None, status=Status.NOTHING_FOUND)

    monkeypatch.setattr(engine, "search", infeasible)
    with pytest.raises(Contradiction, match="Ada cannot"):
        solved()
    monkeypatch.setattr(engine, "search", nothing)
    with pytest.raises(NothingFound, match="none was ruled out"):
        solved()


def shifted(found):
    """The search's roster with every duty an hour late: no template has that shift."""
    duties = (
        duty.model_copy(update={"start": duty.start + 60, "end": duty.end + 60})
        for duty in found.roster.duties
    )
    return replace(found, roster=Roster(duties=tuple(duties)))


def overclaimed(found):
    """The search's certificate with a bound that is one unit above what follows from it."""
    proud = found.certificate.model_copy(update={"bound": found.certificate.bound + 1})
    return replace(found, certificate=proud)


@pytest.mark.parametrize("spoil", [shifted, overclaimed])
def test_a_roster_that_the_verifier_does_not_pass_is_not_handed_out(monkeypatch, spoil):
    searched = engine.search
    monkeypatch.setattr(engine, "search", lambda *args, **kwargs: spoil(searched(*args, **kwargs)))
    with pytest.raises(FailedVerification, match="please report this"):
        solved()


def test_a_stopped_search_still_passes_through_the_verifier(monkeypatch):
    outcome = solved(stop=Stop(seconds=10, gap=1.0))
    assert outcome.report.passed


@pytest.mark.parametrize("name", ["week.json", "week.xlsx"])
def test_an_input_is_read_as_it_was_written(tmp_path, name):
    problem, rules = tiny_problem(), tiny_rules()
    planning.write_workbook(tmp_path / name, problem, rules)
    assert planning.read_workbook(tmp_path / name) == (problem, rules)
    assert planning.check(tmp_path / name) == ()
    # text paths are taken too
    assert planning.read_workbook(str(tmp_path / name)) == (problem, rules)


@pytest.mark.parametrize("name", ["roster.json", "roster.xlsx"])
def test_a_roster_is_read_and_verified_as_it_was_written(tmp_path, name):
    problem, rules = tiny_problem(), tiny_rules()
    outcome = solved(problem, rules)
    planning.write_workbook(tmp_path / name, problem, rules, outcome)
    assert set(results.read_roster(tmp_path / name, problem).duties) == set(outcome.roster.duties)
    report = results.verify_file(problem, rules, tmp_path / name)
    assert list(report.faults()) == []
    assert report.passed
    assert (report.cost, report.bound) == (outcome.cost, outcome.bound)


def test_a_roster_of_another_input_is_named_as_such(tmp_path):
    problem, rules = tiny_problem(), tiny_rules()
    planning.write_workbook(tmp_path / "roster.json", problem, rules, solved(problem, rules))
    other = problem.model_copy(update={"name": "another week"})
    report = results.verify_file(other, rules, tmp_path / "roster.json")
    assert results.OTHER_INPUT in report.mismatches
    assert not report.passed


def test_a_roster_of_an_older_version_is_old_and_not_wrong(tmp_path):
    # A figure that is counted otherwise since was "wrong, 3 faults", and "made from another input".
    problem, rules, path = tiny_problem(), tiny_rules(), tmp_path / "roster.xlsx"
    planning.write_workbook(path, problem, rules, solved(problem, rules))
    book = load_workbook(path)
    book["Summary"]["B4"] = "another heading"
    book.save(path)
    report = results.verify_file(problem, rules, path)
    assert report.mismatches and not report.passed
    form = next(row for row in book["Certificate"].iter_rows() if row[0].value == "form")
    form[1].value = "1"
    book.save(path)
    report = results.verify_file(problem, rules, path)
    assert (report.mismatches, report.is_legal) == ((), True)
    assert report.outdated[0].startswith("An older version of staffcurve wrote this file")
    # what that version wrote where nothing belongs now was kept by refresh as one's own, and was wrong then
    book["Findings"].cell(60, 3).value = "what was said there"
    book.save(path)
    assert "figures differ because of that, on Summary" in report.outdated[1]
    assert "Not kept: what stood between the columns on Findings." in refreshing.refresh(path).notes
    assert results.verify_file(problem, rules, path).passed


def test_a_claim_of_an_older_form_excuses_no_figure_that_it_wrote_as_well(tmp_path):
    # Every difference of a workbook with "form 1" in it was old (exit 6), and one of JSON wrong (exit 5).
    problem, rules = tiny_problem(), tiny_rules()
    outcome = solved(problem, rules)
    path = tmp_path / "roster.xlsx"
    planning.write_workbook(path, problem, rules, outcome)
    book = load_workbook(path)
    next(row for row in book["Certificate"].iter_rows() if row[0].value == "form")[1].value = "1"
    book.save(path)
    cells = [cell for row in book["Summary"].iter_rows() for cell in row]
    total = next(cell for cell in cells if type(cell.value) is float)
    tile = next(
        cell for cell in cells if isinstance(cell.value, str) and re.fullmatch(r"[\d,]+ EUR", cell.value)
    )
    for cell, forged in ((total, total.value - 1), (tile, "1 EUR")):
        was, cell.value = cell.value, forged
        book.save(path)
        report = results.verify_file(problem, rules, path)
        assert [one for one in report.mismatches if one.startswith(f"Summary!{cell.coordinate}")], cell
        cell.value = was
    path = tmp_path / "roster.json"
    planning.write_workbook(path, problem, rules, outcome)
    document = json.loads(path.read_text())
    assert document.pop("form") == "2" and document["rules"][0].pop("told") == ""
    path.write_text(json.dumps(document))
    report = results.verify_file(problem, rules, path)
    assert (report.mismatches, report.passed) == ((), False)
    assert report.outdated[0].startswith("An older version of staffcurve wrote this file")
    document["cost"]["total"] -= 1
    path.write_text(json.dumps(document))
    assert results.verify_file(problem, rules, path).mismatches


def test_the_cell_of_a_cross_check_is_told(tmp_path):
    problem = tiny_problem()
    rules = RuleBook(rules=(*tiny_rules().rules, rule("daily_rest", scope={"agents": ("Addda",)})))
    planning.write_workbook(tmp_path / "week.xlsx", problem, rules)
    (finding,) = (found for found in planning.check(tmp_path / "week.xlsx") if found.is_error)
    assert finding.place.sheet == "Rules"
    assert finding.place.cell
    with pytest.raises(BadInput, match="Addda"):
        planning.read_workbook(tmp_path / "week.xlsx")


@pytest.mark.parametrize("name", ["missing.xlsx", "missing.json"])
def test_a_missing_file_is_a_finding(tmp_path, name):
    (finding,) = planning.check(tmp_path / name)
    assert finding.is_error
    assert name in str(finding)


@pytest.mark.parametrize("content", ["", "not json", "[]", "{}", '{"problem": 1, "rules": 2}'])
def test_json_that_is_no_input_is_a_finding(tmp_path, content):
    path = tmp_path / "week.json"
    path.write_text(content)
    assert any(finding.is_error for finding in planning.check(path))


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path):
    with pytest.raises(BadInput, match="does not exist"):
        planning.write_workbook(tmp_path / "no" / "week.xlsx", tiny_problem(), tiny_rules())
    assert list(tmp_path.iterdir()) == []


def test_the_hash_depends_on_the_content_alone():
    problem, rules = tiny_problem(), tiny_rules()
    same = input_hash(type(problem).model_validate_json(problem.model_dump_json()), rules)
    assert input_hash(problem, rules) == same
    assert input_hash(problem.model_copy(update={"name": "other"}), rules) != same
    assert input_hash(problem, RuleBook(rules=rules.rules[:-1])) != same


def test_the_schema_is_json_schema_of_problem_and_rules():
    schema = documents.schema()
    assert {"problem", "rules"} <= set(schema["properties"])
    assert "max_consecutive_days" in json.dumps(schema)


@pytest.mark.parametrize("name", ["roster.xlsx", "roster.json"])
def test_a_result_is_opened_once_to_be_verified(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A workbook was opened four times, so that somebody could change it between its roster and its figures.
    problem, rules = tiny_problem(), tiny_rules()
    outcome = planning.solve(problem, rules, stop=Stop(seconds=None, rounds=1), workers=1)
    planning.write_workbook(tmp_path / name, problem, rules, outcome)
    opened, times = Path.open, []

    def counted(path: Path, *more: Any) -> Any:
        times.append(path.name)
        return opened(path, *more)

    monkeypatch.setattr(Path, "open", counted)
    assert results.verify_file(problem, rules, tmp_path / name).passed
    assert times == [name]
