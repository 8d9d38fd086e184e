"""The logger ``staffcurve``: what is written to it at which level, and that nothing else is said."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler import RuleBook, Stop, solve
from scheduler.domain import FailedVerification
from tests.unit.tiny import rule, tiny_problem, tiny_rules

ROOT = Path(__file__).parents[2]
ONE_ROUND = Stop(seconds=None, rounds=1)


def levels(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    return [
        (record.levelname, record.getMessage()) for record in caplog.records if record.name == "staffcurve"
    ]


def test_a_search_says_how_it_began_and_ended(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "staffcurve"):
        outcome = solve(tiny_problem(), tiny_rules(), stop=ONE_ROUND, workers=1)
    first, last = levels(caplog)
    assert first[0] == last[0] == "INFO"
    assert "'tiny': 2 agents" in first[1]
    assert "seed 1" in first[1]
    assert last[1] == f"solved: {outcome}, stopped by {outcome.stopped_by}"


def test_phases_are_for_who_debugs(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG", "staffcurve"):
        solve(tiny_problem(), tiny_rules(), stop=ONE_ROUND, workers=1)
    phases = [said.split(" after")[0] for level, said in levels(caplog) if level == "DEBUG"]
    assert phases[0] == "preparing"
    assert phases[-1] == "verifying"


def test_what_is_planned_with_all_the_same_is_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    # Only who read the input from a file was told.
    rules = (*tiny_rules().rules, rule("daily_rest", scope={"first_day": "2030-01-01"}))
    solve(tiny_problem(), RuleBook(rules=rules), stop=ONE_ROUND, workers=1)
    (said,) = (message for level, message in levels(caplog) if level == "WARNING")
    assert 'the rule "daily_rest" holds on no day that is planned.' in said


def test_a_failed_verification_is_an_error(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    passes = property(lambda report: False)
    monkeypatch.setattr("scheduler.domain.results.outcome.Report.passed", passes)
    with pytest.raises(FailedVerification):
        solve(tiny_problem(), tiny_rules(), stop=ONE_ROUND, workers=1)
    assert "ERROR" in [level for level, _ in levels(caplog)]


def test_without_a_handler_nothing_is_said() -> None:
    code = (
        "from scheduler import RuleBook, Stop, solve\n"
        "from tests.unit.tiny import rule, tiny_problem, tiny_rules\n"
        "rules = (*tiny_rules().rules, rule('daily_rest', scope={'first_day': '2030-01-01'}))\n"
        "solve(tiny_problem(), RuleBook(rules=rules), stop=Stop(seconds=None, rounds=1), workers=1)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("", "")


def test_there_is_one_logger_with_one_handler() -> None:
    handlers = logging.getLogger("staffcurve").handlers
    assert [type(handler) for handler in handlers if type(handler) is logging.NullHandler] == [
        logging.NullHandler
    ]
