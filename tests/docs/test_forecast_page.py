"""The run on the page of the forecast is a run."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scheduler.command_line.main import command_line
from tests.docs.test_docs import ROOT, blocks, page
from tests.test_examples import EXAMPLES, loaded

_NUMBER = re.compile(r"(?<![\d-])-?\d+\.\d(?= %)")


def test_the_run_on_the_page_is_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(EXAMPLES / "05_from_past_calls_to_volumes.py").main(tmp_path)
    shutil.copy(ROOT / "examples" / "calls_week.xlsx", tmp_path / "week.xlsx")
    monkeypatch.chdir(tmp_path)
    ((_, shown),) = blocks(page("forecast"), "text")
    command, expected = shown.split("\n", 1)
    done = CliRunner().invoke(command_line, shlex.split(command.removeprefix("$ staffcurve ")))
    assert done.exit_code == 0
    assert _words(done.output) == _words(expected)
    # the last digit may be another one where linear algebra adds in another order
    assert _numbers(done.output) == pytest.approx(_numbers(expected), abs=0.11)


def _words(said: str) -> str:
    return " ".join(_NUMBER.sub("#", said).split())


def _numbers(said: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(said)]
