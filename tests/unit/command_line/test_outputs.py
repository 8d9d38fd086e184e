"""What commands do with the files that they are to write."""

from collections.abc import Callable, Iterator
from inspect import signature
from pathlib import Path
from typing import Any, get_args

import pytest
from typer.testing import CliRunner

from scheduler.app import planning
from scheduler.command_line.main import COMMANDS, command_line
from scheduler.command_line.output.exits import Exit
from tests.unit.tiny import tiny_problem, tiny_rules

READ = {"calendar", "history", "one", "other", "roster", "start", "volumes", "week", "year"}
"""Parameters that name a file which is read; all other paths are written."""
WITHOUT_FORCE = {
    "compare": "writes a report as JSON",
    "forecast": "keeps all of a workbook but its volumes",
    "swap": "writes a report as JSON",
    "verify": "writes a report as JSON",
    "who": "writes a report as JSON",
}


def outputs(command: Callable[..., Any]) -> Iterator[str]:
    for name, parameter in signature(command).parameters.items():
        annotated = get_args(parameter.annotation)
        if annotated and Path in (annotated[0], *get_args(annotated[0])) and name not in READ:
            yield name


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_what_may_replace_a_roster_has_a_way_to_say_so(command: Callable[..., Any]) -> None:
    # `scenarios --worst ROSTER.xlsx` replaced what a morning had edited, the one command that did.
    may_be_forced = "force" in signature(command).parameters
    writes = list(outputs(command)) and command.__name__ not in WITHOUT_FORCE
    assert may_be_forced == bool(writes)


@pytest.mark.parametrize(
    "words",
    [
        ("verify", "week.json", "roster.json"),
        ("compare", "roster.json", "roster.json", "--input", "week.json"),
        ("swap", "roster.json", "--agent", "Ann", "--day", "Mon", "--with", "Ben", "--input", "week.json"),
        ("who", "roster.json", "--day", "Mon", "--overtime", "--input", "week.json"),
        ("repair", "week.json", "roster.json", "-o", "new.xlsx"),
        ("solve", "week.json"),
    ],
    ids=lambda words: words[0],
)
def test_json_is_written_into_no_workbook(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # `verify --json report.xlsx` wrote JSON there, which no spreadsheet opens.
    monkeypatch.chdir(tmp_path)
    planning.write_workbook("week.json", tiny_problem(), tiny_rules())
    done = CliRunner().invoke(command_line, [*words, "--json", "report.xlsx"], catch_exceptions=False)
    assert done.exit_code == Exit.BAD_INPUT
    assert "report.xlsx: --json writes JSON, which is no workbook" in " ".join(done.stderr.split())
    assert not (tmp_path / "report.xlsx").exists()
