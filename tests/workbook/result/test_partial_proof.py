"""A result whose proof could be checked in part says so, and is verified as what it is."""

from io import BytesIO

from openpyxl import load_workbook

from scheduler import Outcome, as_json, solve, verify_file, workbook_bytes
from scheduler.domain import Status, Stop
from tests.unit.tiny import tiny_problem, tiny_rules

PROBLEM, RULES = tiny_problem(), tiny_rules()
A_STEP = 30_000
"""What costs of that problem are multiples of, in sixtieths of a cent."""


def proven_in_part(less: int) -> Outcome:
    """A roster of which the proof was cut short, so much below what follows from all of it."""
    whole = solve(PROBLEM, RULES, stop=Stop(seconds=None, rounds=1), workers=1)
    status = Status.FEASIBLE if less >= A_STEP else whole.status
    proven = {"bound": whole.bound - less, "is_proof_whole": False, "status": status}
    report = whole.report.model_copy(update=proven)
    certificate = report.certified(whole.certificate)
    changed = {"bound": report.bound, "certificate": certificate, "report": report, "status": status}
    return whole.model_copy(update=changed)


def test_it_is_said_in_the_workbook_and_both_files_are_verified() -> None:
    # The workbook showed the lower bound as if the search had come no further.
    outcome = proven_in_part(less=A_STEP)
    content = workbook_bytes(PROBLEM, RULES, outcome)
    cells = [cell.value for row in load_workbook(BytesIO(content))["Summary"].iter_rows() for cell in row]
    assert sum("--proof full" in str(value) for value in cells) == 1
    for written in (content, as_json(PROBLEM, RULES, outcome).encode()):
        report = verify_file(PROBLEM, RULES, written)
        assert report.passed, report.mismatches
        assert (report.bound, report.is_proof_whole) == (outcome.bound, False)


def test_a_proof_that_was_cut_short_may_have_come_to_all_that_follows() -> None:
    report = verify_file(PROBLEM, RULES, workbook_bytes(PROBLEM, RULES, proven_in_part(less=0)))
    assert report.passed, report.mismatches


def test_a_bound_above_what_follows_is_false_whatever_it_calls_itself() -> None:
    report = verify_file(PROBLEM, RULES, workbook_bytes(PROBLEM, RULES, proven_in_part(less=-60)))
    assert not report.passed
