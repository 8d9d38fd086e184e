"""The pages in docs/: their examples run, one after another, and what they name is there."""

import logging
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import scheduler
from scheduler import write_workbook
from tests.unit.tiny import tiny_problem, tiny_rules

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").glob("*.md"))


@pytest.fixture
def left_as_it_was() -> Iterator[None]:
    """Examples may set what holds for the whole process."""
    terminate, level = signal.getsignal(signal.SIGTERM), logging.getLogger("staffcurve").level
    yield
    signal.signal(signal.SIGTERM, terminate)
    logging.getLogger("staffcurve").setLevel(level)


@pytest.mark.usefixtures("left_as_it_was")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_examples_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_workbook("week.xlsx", tiny_problem(), tiny_rules())
    text, names = page.read_text(encoding="utf-8"), dict[str, Any]()
    for block in re.finditer(r"^```python\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE):
        # a minute is for a real week; lines are counted from the top of the page
        code = "\n" * text[: block.start(1)].count("\n") + block[1].replace("seconds=60", "seconds=0.5")
        exec(compile(code, str(page), "exec"), names)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for path in re.findall(r"`((?:scheduler|constraints|examples|tests|docs)/[\w/.]+)`", text):
        assert (ROOT / path).exists(), path
    for name in re.findall(r"from scheduler import ([\w, ]+)", text):
        assert set(name.split(", ")) <= set(scheduler.__all__)


def test_every_public_name_is_on_a_page() -> None:
    said = "".join(page.read_text(encoding="utf-8") for page in [*PAGES, ROOT / "README.md"])
    assert [name for name in scheduler.__all__ if not re.search(rf"\b{name}\b", said)] == []
