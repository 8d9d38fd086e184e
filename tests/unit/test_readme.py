"""What the README says is so."""

import json
import re
from pathlib import Path

import pytest

import scheduler
from scheduler.app import planning
from scheduler.command_line.commands import Exit, command_line
from tests.unit.tiny import tiny_problem, tiny_rules

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)


def test_the_python_example_runs(tmp_path, monkeypatch):
    (code,) = blocks("python")
    monkeypatch.chdir(tmp_path)
    planning.write_workbook("week.xlsx", tiny_problem(), tiny_rules())
    assert "seconds=60" in code  # a minute is for a real week
    code = code.replace("seconds=60", "seconds=2")
    exec(compile(code, "README.md", "exec"), {})
    assert (tmp_path / "roster.xlsx").stat().st_size > 0


def test_the_json_example_has_the_fields_of_the_schema():
    (shown,) = (json.loads(block) for block in blocks("json"))
    assert set(shown) == set(json.loads(planning.input_schema())["properties"])


def test_every_command_and_exit_code_is_listed():
    commands = {command.callback.__name__ for command in command_line.registered_commands}
    assert commands == set(re.findall(r"^staffcurve (\w+).*  \S", README, flags=re.MULTILINE))
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", README, flags=re.MULTILINE)}
    assert codes == {int(code) for code in Exit}


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:scheduler|constraints|examples|\.ci)/[\w/.]+)`", README)))
)
def test_every_file_that_is_named_is_there(path):
    assert (Path(scheduler.__file__).parents[1] / path).exists()
