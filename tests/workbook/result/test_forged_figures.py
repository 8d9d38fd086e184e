"""Figures that were forged in a result: each was called verified once, though nobody had compared it."""

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from openpyxl import load_workbook
from pydantic import BaseModel

from scheduler.app.results import read_back as results
from scheduler.io.input.sheets import INPUT_SUFFIX
from scheduler.io.result.contents.declared import (
    FIELDS,
    INPUT_SHEETS,
    NOT_VERIFIED,
    RESULT_SHEETS,
    TOLD_LINES,
    WITHIN_SOURCES,
    Treatment,
)
from scheduler.io.result.documents.json_schema import CertificateDocument, DutyDocument, ResultDocument
from scheduler.io.result.sheets.page import ResultBook
from tests.attacks.forgeries import CAME_THROUGH, Case, cases, documents, workbooks

Document = dict[str, Any]


@pytest.fixture(scope="module")
def centre() -> Case:
    return cases()[0]


def found(case: Case, path: Path) -> tuple[str, ...]:
    return results.verify_file(case.problem, case.rules, path).mismatches


def set_to(value: Any, *path: str | int) -> Callable[[Document], None]:
    """Write another value at a path of the document."""

    def change(document: Document) -> None:
        *front, last = path
        group: Any = document
        for part in front:
            group = group[part]
        assert group[last] != value
        group[last] = value

    return change


def half_a_minute_later(document: Document) -> None:
    duty = document["duties"][0]
    duty["start"] = duty["start"].replace(":00+", ":30+")
    duty["end"] = duty["end"].replace(":00+", ":59+")


class TestDocuments:
    """The JSON of a result."""

    @pytest.mark.parametrize(
        ("change", "place"),
        [
            (set_to("optimal", "status"), "status"),
            (set_to(0.0, "gap"), "gap"),
            (set_to(0.0, "gap_controllable"), "gap_controllable"),
            (set_to(1.0, "curve_fit"), "curve_fit"),
            (set_to(0.5, "staffing", "Sales", "missing_agent_hours"), "staffing.Sales.missing_agent_hours"),
            (
                set_to(0, "staffing", "Sales", "understaffed_intervals"),
                "staffing.Sales.understaffed_intervals",
            ),
            (set_to(1.0, "understaffed_agent_intervals", "Sales"), "understaffed_agent_intervals.Sales"),
            (set_to(1.0, "overstaffed_agent_intervals", "Sales"), "overstaffed_agent_intervals.Sales"),
            (set_to(1.0, "paid_hours"), "paid_hours"),
            (set_to(1, "duties", 0, "paid_minutes"), "duties.0.paid_minutes"),
            (set_to(0, "rules", 0, "broken"), "rules.0.broken"),
            (set_to(9.0, "rules", 0, "cost"), "rules.0.cost"),
            (set_to("off", "rules", 0, "strength"), "rules.0.strength"),
            (set_to("All is well.", "rules", 0, "sentence"), "rules.0.sentence"),
            (set_to(1.0, "unavoidable_wages"), "unavoidable_wages"),
            (set_to(1.0, "bound"), "bound"),
            (set_to(-1, "certificate", "unavoidable_wages"), "certificate.unavoidable_wages"),
            (set_to(0, "certificate", "bound"), "certificate.bound"),
            (half_a_minute_later, "duties.0.start"),
            (set_to("", "input_hash"), "input_hash"),
            (lambda document: document.pop("input_hash"), "input_hash"),
            (lambda document: document.pop("certificate"), "certificate"),
            (set_to("partial", "proof_checked"), "proof_checked"),
            (set_to([], "not_verified"), "not_verified.0"),
            (set_to("much", "seconds"), "seconds"),
        ],
    )
    def test_a_forged_field_is_named(
        self, centre: Case, tmp_path: Path, change: Callable[[Document], None], place: str
    ) -> None:
        document = json.loads(centre.written(".json"))
        change(document)
        path = tmp_path / "roster.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        assert place in {one.partition(":")[0].partition(" to ")[0] for one in found(centre, path)}

    def test_what_was_told_of_the_search_is_not_verified_and_the_file_says_so(
        self, centre: Case, tmp_path: Path
    ) -> None:
        document = json.loads(centre.written(".json"))
        assert set(document["not_verified"]) == {
            "seed", "workers", "versions", "seconds", "seconds_to_first_roster", "stopped_by", "curve",
        }  # fmt: skip
        document |= {"seed": 7, "seconds": 1.5, "curve": [], "versions": {}}
        path = tmp_path / "roster.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        assert found(centre, path) == ()

    @pytest.mark.parametrize(
        ("name", "value"),
        [("workers", -1), ("workers", 0), ("seed", -1), ("seed", "1"), ("seconds", "4.0"), ("workers", True)],
    )
    def test_what_was_told_of_the_search_is_read_strictly(
        self, centre: Case, tmp_path: Path, name: str, value: Any
    ) -> None:
        # A text for a number and a search of minus one worker passed, where the schema allows neither.
        path = tmp_path / "roster.json"
        path.write_text(json.dumps(json.loads(centre.written(".json")) | {name: value}), encoding="utf-8")
        (line,) = found(centre, path)
        assert line.startswith(f"{name}: ")


def beside(sheet: str, label: str, value: Any, *, columns: int = 1) -> Callable[[Any], None]:
    """Another value so many columns to the right of a label."""

    def edit(book: Any) -> None:
        at = next(cell for row in book[sheet].iter_rows() for cell in row if cell.value == label)
        book[sheet].cell(at.row, at.column + columns).value = value

    return edit


def below(sheet: str, heading: str, value: Any) -> Callable[[Any], None]:
    """Another value in the first row under a heading."""

    def edit(book: Any) -> None:
        at = next(cell for row in book[sheet].iter_rows() for cell in row if cell.value == heading)
        book[sheet].cell(at.row + 1, at.column).value = value

    return edit


def second_total(book: Any) -> None:
    sheet = book["Summary"]
    at = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Total cost")
    sheet.cell(sheet.max_row + 2, at.column).value = "Total cost"
    sheet.cell(sheet.max_row, at.column + 3).value = 1.0


def relabelled(book: Any) -> None:
    for row in book["Summary"].iter_rows():
        for cell in row:
            if cell.value == "Total cost":
                cell.value = "All costs"


def without(*titles: str) -> Callable[[Any], None]:
    def edit(book: Any) -> None:
        for title in titles:
            book.remove(book[title])

    return edit


def timeline_break_gone(book: Any) -> None:
    next(
        cell for row in book["Timeline"].iter_rows(min_row=7) for cell in row if cell.value == "B"
    ).value = None


class TestWorkbooks:
    """The roster workbook."""

    @pytest.mark.parametrize(
        ("edit", "says"),
        [
            (beside("Summary", "Gap: cost above the bound", 0, columns=5), "Summary!"),
            (beside("Summary", "Sales", 1.0, columns=3), "Summary!L"),
            (below("Summary", "Cost", "1 EUR"), "Summary!"),
            (below("Summary", "In words", "All is well."), "Summary!"),
            (below("Duties", "Paid h", 1), "Duties!L5"),
            (below("Duties", "Cost", 1), "Duties!N5"),
            (beside("Roster", "Ada", "FT", columns=1), "Roster!B"),
            (timeline_break_gone, "Timeline!"),
            (below("Coverage", "Under", 5), "Coverage!"),
            (below("Rules kept", "Result", "kept!"), "Rules kept!G5"),
            (below("Agent hours", "Wages", 1), "Agent hours!Q5"),
            (below("Findings", "In words", "Nothing was found."), "Findings!C5"),
            (below("Agents", "Agent", "Adda"), "Agents!A2"),
            (below("Skills", "Missing agent, price per hour", 1), "Skills!B2"),
            (second_total, '"Total cost" stands where nothing belongs'),
            (relabelled, '"All costs" stands there, but a recount gives "Total cost"'),
            (beside("Certificate", "input_hash", None), "Certificate!B5"),
            (beside("Certificate", "unavoidable_wages", "-1"), "Certificate!"),
            (without("Summary"), "Summary: this sheet is missing"),
            (without("Certificate"), "Certificate: this sheet is missing"),
            (without("Timeline"), "Timeline: this sheet is missing"),
        ],
    )
    def test_a_forged_cell_is_named(
        self, centre: Case, tmp_path: Path, edit: Callable[[Any], None], says: str
    ) -> None:
        assert any(says in one for one in found(centre, edited(centre, tmp_path, edit)))

    def test_without_summary_and_certificate_no_figure_is_called_right(
        self, centre: Case, tmp_path: Path
    ) -> None:
        # It was "Verified." for a file of which nothing but the duties could be verified.
        path = edited(centre, tmp_path, without("Summary", "Certificate"))
        assert found(centre, path) == (
            "Summary: this sheet is missing, so that nothing of it was verified.",
            "Certificate: this sheet is missing, so that nothing of it was verified.",
        )

    def test_hundreds_of_one_kind_are_one_line(self, centre: Case, tmp_path: Path) -> None:
        def every_hour_more(book: Any) -> None:
            for row in book["Duties"].iter_rows(min_row=5, min_col=12, max_col=12):
                row[0].value += 1

        rows = len(centre.outcome.roster.duties) + 1  # a day of time off is a row too
        (line,) = found(centre, edited(centre, tmp_path, every_hour_more))
        assert line.startswith(f"Duties!L5 to Duties!L{4 + rows}: {rows} differ. The first is Duties!L5 (")

    def test_what_was_told_of_the_search_may_differ_but_not_in_form(
        self, centre: Case, tmp_path: Path
    ) -> None:
        more = beside("Summary", "Seed and workers", "seed 12, 3 workers", columns=2)
        assert found(centre, edited(centre, tmp_path, more)) == ()
        other = beside("Summary", "Seed and workers", "It costs 5 EUR.", columns=2)
        assert len(found(centre, edited(centre, tmp_path, other))) == 1


def edited(case: Case, folder: Path, edit: Callable[[Any], None]) -> Path:
    path = folder / "roster.xlsx"
    book = load_workbook(BytesIO(case.written(".xlsx")))
    edit(book)
    book.save(path)
    return path


class TestTable:
    """The one table of what each field and sheet is to ``verify``."""

    def test_every_field_is_declared(self) -> None:
        assert set(ResultDocument.model_fields) == set(FIELDS)
        assert set(NOT_VERIFIED) == {name for name, kind in FIELDS.items() if kind is Treatment.TOLD}
        inside = {*fields_of("duties", DutyDocument), *fields_of("certificate", CertificateDocument)}
        assert inside == set(WITHIN_SOURCES)

    def test_every_told_field_says_so(self) -> None:
        for name in NOT_VERIFIED:
            assert str(ResultDocument.model_fields[name].description).endswith("Not verified.")

    def test_every_sheet_is_declared(self) -> None:
        for case in cases():
            titles = load_workbook(BytesIO(case.written(".xlsx"))).sheetnames
            plain = {title.removesuffix(INPUT_SUFFIX) for title in titles}
            assert plain <= {*RESULT_SHEETS, *INPUT_SHEETS}

    def test_a_sheet_that_is_not_declared_cannot_be_written(self, centre: Case) -> None:
        result = ResultBook(centre.problem, centre.rules, centre.outcome, centre.outcome.report)
        with pytest.raises(KeyError, match="Payroll"):
            result.sheet("Payroll", "", "")

    def test_only_what_nobody_can_recount_is_told(self) -> None:
        assert set(TOLD_LINES) == {"Stopped by", "Seconds", "Seed and workers", "Versions"}


def fields_of(front: str, model: type[BaseModel]) -> Iterator[str]:
    """The dotted names of a model's fields, and of the models in them."""
    for name, hint in get_type_hints(model).items():
        if name in model.model_fields:
            yield f"{front}.{name}"
            for inner in get_args(hint):
                if isinstance(inner, type) and issubclass(inner, BaseModel):
                    yield from fields_of(f"{front}.{name}", inner)


@pytest.mark.parametrize(("tried", "count"), [(documents, 120), (workbooks, 9)])
def test_forgeries_are_found(tried: Callable[[int, int], Any], count: int) -> None:
    through = [one for one in tried(count, 5) if one.verdict == CAME_THROUGH]
    assert through == []
