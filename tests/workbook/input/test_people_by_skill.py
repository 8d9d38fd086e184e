"""Headcounts with a skill are part of those of everybody, in every sum that is shown."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from scheduler.app.planning import write_workbook
from scheduler.app.tables import frames
from scheduler.command_line.output.terminal import staffing_in_words
from scheduler.domain import Headcount, Outcome, Problem
from scheduler.domain.changes.comparison import Figures
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.facts.people_by_skill import of_these
from scheduler.io.result.documents.json_document import result_document
from tests.unit.verifier.test_verify_headcounts import roster, ward
from tests.workbook.result.test_output_wards import BOOK, outcome_of, texts

PLANNED = roster(Ann="EE", Bob="E.", Cid="EE")
THEATRE = Headcount(template="early", skill="theatre", required=(1, 2))
WARD = Headcount(template="early", skill="ward", required=(2, 3))
EVERYBODY = Headcount(template="early", required=(2, 3))


@pytest.fixture(scope="module")
def nurses() -> Problem:
    """Early: 2 and 3 wanted, 3 and 2 there; of these 1 and 2 for theatre, 1 and 1 there."""
    return ward((THEATRE, EVERYBODY), skills=(("ward", "theatre"), ("ward",), ("ward",)), wishes=((),) * 3)


@pytest.fixture(scope="module")
def outcome(nurses: Problem) -> Outcome:
    return outcome_of(nurses, BOOK, PLANNED)


def test_people_by_skill_were_required_and_missing_twice(nurses: Problem, outcome: Outcome) -> None:
    """Eight people were required and two missing where five are, and one of them is."""
    heads = outcome.report.headcounts
    assert heads.together() == (5, 5, 1, 1)  # required, scheduled, superfluous, missing
    assert heads.among_them() == (3, 2, 0, 1)
    assert heads.of("early, theatre") == (3, 2, 0, 1)
    assert "5 people on shifts required" in str(nurses)
    figures = Figures.of(outcome.roster, outcome.report)
    assert (figures.missing_people, figures.superfluous_people) == (1, 1)


def test_every_place_that_shows_a_sum_shows_everybody_once(
    nurses: Problem, outcome: Outcome, tmp_path: Path
) -> None:
    """The terminal, the tiles, the sentences, the table and the days of Summary added them up."""
    assert staffing_in_words(outcome) == (
        "Staffing: 1 person missing on shifts, 1 superfluous; of those required by skill 1 missing."
    )
    assert "1 person missing on shifts" in str(outcome)
    path = tmp_path / "roster.xlsx"
    write_workbook(path, nurses, BOOK, outcome)
    summary = load_workbook(path)["Summary"]
    shown = texts(summary)
    assert "Of 5 people required on shifts 1 is missing; 1 is more than needed." in shown
    assert "Of these, 3 are required by skill: 1 is missing." in shown
    assert "80.0 %" in shown  # 1 of 5 is missing
    rows = [[cell.value for cell in row if cell.value is not None] for row in summary.iter_rows(min_col=9)]
    assert ["All", 5, 5, 1, 1, 0.8] in rows
    assert ["of these: early, theatre", 3, 2, 1, 0, 1 - 1 / 3] in rows


def test_documents_and_frames_say_which_numbers_are_no_part_of_a_sum(
    nurses: Problem, outcome: Outcome
) -> None:
    """Whoever added up the rows of the JSON or of a frame counted people twice, and nothing said so."""
    heads = result_document(nurses, BOOK, outcome)["headcounts"]
    assert (heads["early"]["of_these"], heads["early, theatre"]["of_these"]) == ([False] * 2, [True] * 2)
    table = frames(nurses, BOOK, outcome)["shift_coverage"]
    assert table[table["Is in the sum"]]["Required"].sum() == 5


@pytest.mark.parametrize(
    ("headcounts", "expected"),
    [
        ((THEATRE,), {"early, theatre": (False, False)}),  # else nobody would be required at all
        # every one for theatre is one of the ward, so that five are required and not eight
        ((THEATRE, WARD), {"early, theatre": (True, True), "early, ward": (False, False)}),
        # nothing is said of everybody on the first day
        (
            (THEATRE, Headcount(template="early", required=(None, 3))),
            {"early, theatre": (False, True), "early": (False, False)},
        ),
        # another shift is no part of this one
        (
            (THEATRE, Headcount(template="late", required=(2, 3))),
            {"early, theatre": (False, False), "late": (False, False)},
        ),
    ],
)
def test_only_people_who_count_elsewhere_are_left_out(
    nurses: Problem, headcounts: tuple[Headcount, ...], expected: dict[str, tuple[bool, ...]]
) -> None:
    assert of_these(headcounts, nurses.agents) == expected


def test_skills_that_nobody_shares_are_added() -> None:
    """A shop that asks for two at the till and three on the floor asks for five."""
    apart = ward((THEATRE, WARD), skills=(("theatre",), ("ward",), ("ward",)), wishes=((),) * 3)
    assert apart.people_required == 8


def test_two_places_that_one_person_fills_are_asked_about(nurses: Problem) -> None:
    # Two sites as skills of one shift: one person filled both, "proven", and nothing was said.
    def told(*headcounts: Headcount) -> list[str]:
        problem = nurses.model_copy(update={"headcounts": headcounts})
        return [one.message for one in problem_faults(problem) if "no different people" in one.message]

    said = (
        '"early, ward" and "early, theatre" are no different people: whoever has both skills, as Ann has, '
        "counts in both."
    )
    assert told(THEATRE, WARD) == [said]
    assert told(THEATRE, WARD, EVERYBODY) == []
