"""Commands that a person is told to type next work as they stand."""

from pathlib import Path

import pytest
import typer

from scheduler.command_line.main import command_line
from scheduler.command_line.output import program


def test_the_path_is_told_where_the_bare_name_is_not_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # After an installation that activates nothing, "staffcurve check week.xlsx" was "command not found".
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", [str(tmp_path / ".venv" / "bin" / "staffcurve"), "new"])
    monkeypatch.setattr(program, "which", lambda name: None)
    assert program.to_type("check", "my week.xlsx") == ".venv/bin/staffcurve check 'my week.xlsx'"
    monkeypatch.setattr("sys.argv", ["/opt/planning/bin/staffcurve", "new"])
    assert program.to_type("check", "week.xlsx") == "/opt/planning/bin/staffcurve check week.xlsx"
    monkeypatch.setattr(program, "which", lambda name: "/opt/planning/bin/staffcurve")
    assert program.to_type("check", "week.xlsx") == "staffcurve check week.xlsx"


def test_the_help_of_every_command_has_an_example() -> None:
    commands = typer.main.get_command(command_line).commands
    without = [
        name for name, one in commands.items() if f"For example: staffcurve {name}" not in (one.help or "")
    ]
    assert without == []
