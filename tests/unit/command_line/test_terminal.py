"""What is said to a person: signals during a search, the live line, the closing lines."""

import os
import re
import signal
from pathlib import Path

import pytest
from rich.console import Console

from scheduler.command_line.output import live_line
from scheduler.command_line.output.live_line import LiveLine
from scheduler.command_line.output.terminal import (
    end_in_words,
    gap_in_words,
    interruptible,
    money,
    say_findings,
    say_known,
    summary,
)
from scheduler.domain import Finding, Place, Progress, Severity
from tests.unit.tiny import tiny_outcome, tiny_problem


def test_the_first_signal_ends_the_search_and_a_hasty_second_does_not_spoil_it():
    with interruptible() as interruption:
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
        assert interruption.happened


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_during_verifying_or_writing_is_only_remembered(number):
    with interruptible() as interruption:
        interruption.only_remember()
        os.kill(os.getpid(), number)
        assert interruption.happened


def test_cells_of_a_copy_are_said_to_be_those_of_the_copy(capsys):
    # Availability!G2 of a roster's own copy was told as if it were a cell of the planner's file.
    finding = Finding(place=Place(sheet="Availability", cell="G2"), message="odd.", severity=Severity.WARNING)
    say_findings([finding], Path("roster.xlsx"))
    said = capsys.readouterr().err.splitlines()
    assert said == [
        "Availability!G2  warning: odd.",
        "These cells are those of the copy of the input in roster.xlsx.",
    ]
    say_findings([], Path("roster.xlsx"))
    say_findings([finding])
    assert capsys.readouterr().err.splitlines() == said[:1]


def test_handlers_are_put_back():
    before = signal.getsignal(signal.SIGTERM)
    with interruptible():
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before


def test_without_a_terminal_a_line_is_written_for_each_thing_that_is_done(capsys):
    # Phases were shown by the engine's own names: "pricing", "searching, round 3".
    interruption = interruptible()
    with LiveLine("EUR", interruption, seconds=60) as live:
        live(Progress(phase="first roster", elapsed_seconds=0.1))
        live(Progress(phase="pricing", elapsed_seconds=0.1))
        live(Progress(phase="searching, round 1", elapsed_seconds=0.2, cost=6_000_000, bound=5_970_000))
        live(Progress(phase="searching, round 2", elapsed_seconds=0.3, cost=6_000_000, bound=5_970_000))
        live(Progress(phase="pricing", elapsed_seconds=0.4, cost=6_000_000, bound=5_970_000))
        live(Progress(phase="looking for a contradiction", elapsed_seconds=0.5))
        live(Progress(phase="verifying", elapsed_seconds=0.6, fraction=0.25))
    captured = capsys.readouterr()
    assert captured.out == ""
    # 6,000,000 sixtieths of a cent are 1,000.00; the gap is 30,000 / 6,000,000 = 0.5 %, which is 5.00
    assert captured.err.splitlines() == [
        "looking for a first roster · 0 of 60 s",
        "improving · 0 of 60 s · cost 1,000.00 EUR · at most 5.00 EUR (0.50%) left to win",
        "proving what is left to win · 0 of 60 s · cost 1,000.00 EUR · at most 5.00 EUR (0.50%) left to win",
        "proving that no roster can be legal · 0 of 60 s",
        "checking everything a second time · 0 s · 25% of the proof checked",
    ]


def test_on_a_terminal_it_is_one_line_with_a_bar(monkeypatch, capsys):
    monkeypatch.setattr(
        live_line, "stderr", lambda: Console(stderr=True, force_terminal=True, width=60, color_system=None)
    )
    with LiveLine("EUR", interruptible(), seconds=60) as live:
        live(Progress(phase="pricing", elapsed_seconds=30, cost=6_000_000, bound=5_970_000, fraction=0.5))
        live._live.refresh()
    shown = capsys.readouterr().err
    (line,) = {one.strip("\r") for one in re.split(r"\x1b\[[\d;?]*[a-zA-Z]|\n", shown) if "proving" in one}
    # ten of twenty cells are full, and what is beyond the edge is cut with an ellipsis
    assert line.startswith("━" * 10) and line.endswith("…") and len(line) <= 60


@pytest.mark.parametrize(
    ("stopped_by", "said"),
    [
        ("optimal", "Stopped after 3 s: nothing can be won any more."),
        (
            "gap",
            "Stopped after 3 s: what could still be won is no more than --gap allows; with --gap 0 it goes "
            "on.",
        ),
        ("time", ""),
    ],
)
def test_a_search_that_ends_by_itself_says_why(stopped_by, said):
    outcome = tiny_outcome(tiny_problem(), wages=900_000, missing=0, bound=900_000)
    outcome = outcome.model_copy(update={"stopped_by": stopped_by, "seconds": 3.0})
    assert end_in_words(outcome) == said


def test_from_verifying_on_nothing_is_broken_off():
    with interruptible() as interruption, LiveLine("EUR", interruption) as live:
        live(Progress(phase="verifying", elapsed_seconds=1.0))
        os.kill(os.getpid(), signal.SIGINT)
    assert interruption.happened


def test_money_is_in_currency():
    assert money(2_102_205_000, "EUR") == "350,367.50 EUR"


def test_the_closing_lines_say_cost_bound_and_gap_in_words(tmp_path):
    problem = tiny_problem()
    lines = summary(
        problem, tiny_outcome(problem, wages=900_000, missing=300_000, bound=1_140_000), [tmp_path]
    )
    # 1,200,000 units are 200.00, the bound of 1,140,000 is 190.00; 10 of 200 are 5 %
    assert lines[0] == (
        "Cost 200.00 EUR: wages 150.00 EUR, missing staff 50.00 EUR, superfluous staff 0.00 EUR."
    )
    assert "no legal roster costs less than 190.00 EUR" in lines[1]
    assert "at most 10.00 EUR (5.00% of the cost" in lines[1]
    assert lines[-1] == f"Written: {tmp_path}"


def test_a_closed_gap_is_called_proven():
    problem = tiny_problem()
    outcome = tiny_outcome(problem, wages=900_000, missing=0, bound=900_000)
    assert gap_in_words(outcome, "EUR") == "No legal roster is cheaper: this is proven."


def test_many_warnings_that_check_has_told_are_one_line(capsys):
    # eight warnings of the input came back with every next and convert
    warnings = [
        Finding(place=Place(sheet="Agents", cell=f"A{row}"), message="odd.", severity=Severity.WARNING)
        for row in range(2, 6)
    ]
    say_known(warnings[:3], "staffcurve check week.xlsx")
    assert capsys.readouterr().err.count("warning: odd.") == 3
    say_known(warnings, "staffcurve check week.xlsx")
    assert (
        "4 warnings of the input, as check tells them: staffcurve check week.xlsx" in capsys.readouterr().err
    )
