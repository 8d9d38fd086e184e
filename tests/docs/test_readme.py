"""What a planner reads first is so: the README's commands, figures and picture."""

import re
import struct
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["pytest -n auto", "staffcurve solve examples/contact_centre_week.xlsx"])
def test_a_line_sets_up_and_runs(command: str) -> None:
    # .ci/run takes the first from here, word for word
    (line,) = re.findall(rf"^python3 -m venv .*{command}.*$", README, flags=re.MULTILINE)
    assert "-c requirements.lock" in line


def test_windows_gets_the_same_commands() -> None:
    (line,) = re.findall(r"^python3 -m venv .*staffcurve solve.*$", README, flags=re.MULTILINE)
    here = [command.replace(".venv/bin/", ".venv\\Scripts\\") for command in line.split(" && ")]
    there = [
        command.replace("py -m", "python3 -m") for command in README.split("```")[3].strip().splitlines()
    ]
    assert [command.replace("examples/", "examples\\") for command in here] == there


def test_the_gap_is_the_one_of_its_figures() -> None:
    cost, bound = (float(figure.replace(",", "")) for figure in re.findall(r"([\d,]+\.\d\d) EUR", README))
    assert f"here {(cost - bound) / cost:.2%}".replace("%", " %") in README


def test_the_week_has_ten_lines() -> None:
    week = README.split("## The week in ten lines")[1].split("##")[0]
    assert re.findall(r"^(\d+)\. ", week, flags=re.MULTILINE) == [str(number) for number in range(1, 11)]


def test_ten_benchmarks_are_shown() -> None:
    shown = README.split("<!-- benchmarks -->")[1].split("<!-- /benchmarks -->")[0]
    assert len(re.findall(r"^\| `", shown, flags=re.MULTILINE)) == 10


def test_the_picture_is_of_moderate_size() -> None:
    (picture,) = re.findall(r"!\[[^]]+\]\((.+?)\)", README)
    begin = (ROOT / picture).read_bytes()
    width, height = struct.unpack(">II", begin[16:24])
    assert width <= 1000 and height <= 1000 and len(begin) < 300_000
