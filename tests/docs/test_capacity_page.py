"""The run on the page of the capacity plan is a run."""

import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scheduler.command_line.main import command_line
from tests.docs.test_docs import ROOT, blocks, page


def test_the_run_on_the_page_is_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    ((_, shown),) = blocks(page("capacity"), "text")
    command, expected = shown.split("\n", 1)
    done = CliRunner().invoke(command_line, shlex.split(command.removeprefix("$ staffcurve ")))
    assert done.exit_code == 0
    assert done.output.split() == expected.split()
