"""The pages: their examples run, one after another, and what they name is there."""

import json
import logging
import re
import signal
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import typer

import constraints
import scheduler
from constraints.agent import patterns
from scheduler import write_workbook
from scheduler.app.results import documents
from scheduler.command_line.main import command_line
from scheduler.command_line.output.exits import Exit
from scheduler.domain.values.grid import TimeGrid
from scheduler.engine.instance.break_layouts import MOST_BREAKS
from scheduler.engine.instance.headcount_costs import MOST_ROWS
from scheduler.engine.instance.interval_costs import MOST_SKILLS
from scheduler.io.input.sheets import SHEETS
from scheduler.io.result.contents.declared import RESULT_SHEETS
from scheduler.model.limits.breaks import BreakLimit
from scheduler.model.limits.kinds import AgentLimit, Balance, Beside, Headcount, Service, Staffing
from tests.rules.listed import with_rules
from tests.unit.tiny import tiny_problem, tiny_rules

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
BESIDE = [ROOT / "constraints" / "README.md", *sorted((ROOT / "tests" / "benchmarks").glob("*.md"))]
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in PAGES + BESIDE}


def page(name: str) -> str:
    return TEXTS[f"docs/{name}.md"]


def blocks(text: str, language: str) -> Iterator[tuple[int, str]]:
    """Line before each fenced block of a language, and what is in it."""
    for block in re.finditer(rf"^```{language}\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE):
        yield text[: block.start(1)].count("\n"), block[1]


def first_cells(text: str) -> list[str]:
    """What stands in the first column of all tables of a text, without headings."""
    cells = re.findall(r"^\| *([^|]*?) *\|", text, flags=re.MULTILINE)
    headings = {before for before, after in pairwise(cells) if set(after) <= set("-")}
    return [cell for cell in cells if cell.strip("-") and cell not in headings]


@pytest.fixture
def left_as_it_was() -> Iterator[None]:
    """Examples may set what holds for the whole process."""
    terminate, level = signal.getsignal(signal.SIGTERM), logging.getLogger("staffcurve").level
    yield
    signal.signal(signal.SIGTERM, terminate)
    logging.getLogger("staffcurve").setLevel(level)


@pytest.mark.usefixtures("left_as_it_was")
@pytest.mark.parametrize("name", [name for name in TEXTS if "```python" in TEXTS[name]])
def test_the_examples_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_workbook("week.xlsx", tiny_problem(), tiny_rules())
    names: dict[str, Any] = {"__name__": __name__}
    if name == "docs/adding_a_rule.md":
        rule_of_the_page_in_its_file(tmp_path, monkeypatch)
    for line, code in blocks(TEXTS[name], "python"):
        # a minute is for a real week; lines are counted from the top of the page
        exec(compile("\n" * line + code.replace("seconds=60", "seconds=0.5"), name, "exec"), names)


def rule_of_the_page_in_its_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the page had been followed: its first block in its file, its class in the catalogue's module."""
    (_, code), *_ = blocks(page("adding_a_rule"), "python")
    (folder / "max_sundays.py").write_text(code, "utf-8")
    monkeypatch.setattr(patterns, "__path__", [*patterns.__path__, str(folder)])
    monkeypatch.delitem(sys.modules, "constraints.agent.patterns.max_sundays", raising=False)
    rule = import_module("constraints.agent.patterns.max_sundays").MaxSundays
    monkeypatch.setattr(constraints, "MaxSundays", rule, raising=False)


# What is named is there.


@pytest.mark.parametrize("name", TEXTS)
def test_files_and_modules_that_are_named_are_there(name: str) -> None:
    paths = re.findall(r"`((?:scheduler|constraints|examples|tests|docs|\.ci)/[\w/.]*)`", TEXTS[name])
    assert [path for path in paths if not (ROOT / path).exists()] == []
    modules = re.findall(r"(?:`|python -m )((?:scheduler|constraints|tests)(?:\.\w+)+)", TEXTS[name])
    assert [module for module in modules if not _is_there(module)] == []
    for names in re.findall(r"from scheduler import ([\w, ]+)", TEXTS[name]):
        assert set(names.split(", ")) <= set(scheduler.__all__)


def _is_there(dotted: str) -> bool:
    """Whether a module, or something in one, has that name."""
    module, _, last = dotted.rpartition(".")
    return hasattr(import_module(module), last) or find_spec(dotted) is not None


@pytest.mark.parametrize("name", TEXTS)
def test_links_lead_somewhere(name: str) -> None:
    nowhere = []
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)", TEXTS[name]):
        path = ((ROOT / name).parent / target).resolve() if target else ROOT / name
        if not path.is_file() or (anchor and anchor not in _anchors(path.read_text("utf-8"))):
            nowhere.append(f"{target}#{anchor}")
    assert nowhere == []


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_is_linked_from_the_readme() -> None:
    linked = set(re.findall(r"\]\((docs/[^)#]+)\)", TEXTS["README.md"]))
    top = {path.relative_to(ROOT).as_posix() for path in DOCS.glob("*.md")}
    assert linked >= top | {"docs/decisions/README.md"}


def test_every_public_name_is_on_a_page() -> None:
    said = "".join(TEXTS.values())
    assert [name for name in scheduler.__all__ if not re.search(rf"\b{name}\b", said)] == []


# What single pages say is so.


def test_every_command_option_and_exit_code_is_listed() -> None:
    said = page("command_line")
    commands = {command.callback.__name__ for command in command_line.registered_commands}
    assert commands == set(re.findall(r"^staffcurve (\w+).*  \S", said, flags=re.MULTILINE))
    assert {int(cell) for cell in first_cells(said) if cell.isdigit()} == {int(code) for code in Exit}
    commands = typer.main.get_command(command_line).commands
    params = [one for name in ("solve", "repair") for one in commands[name].params]
    options = {
        max(one.secondary_opts or one.opts, key=len) for one in params if one.param_type_name == "option"
    } - {"--help"}
    listed = {cell.strip("`").split()[0].strip("`,") for cell in first_cells(said) if cell.startswith("`-")}
    assert {"--output" if option == "-o" else option for option in listed} == options


def test_the_json_example_has_the_fields_of_the_schema() -> None:
    ((_, shown),) = blocks(page("input"), "json")
    assert set(json.loads(shown)) == set(documents.schema()["properties"])


def test_every_rule_is_listed_with_its_sentence() -> None:
    message = "docs/rules.md is behind the catalogue: python -m tests.rules.listed --write"
    assert with_rules(page("rules")) == page("rules"), message


def test_every_sheet_is_listed() -> None:
    named = {cell.strip("`") for cell in first_cells(page("input")) if cell.startswith("`")}
    assert named == {sheet.title for sheet in SHEETS}
    named = {cell.strip("`") for cell in first_cells(page("result")) if cell.startswith("`")}
    assert named == set(RESULT_SHEETS)


def test_the_limits_are_those_of_the_search() -> None:
    said = [int(number) for number in re.findall(r"\| (\d+)(?=[ :|])", page("limits"))]
    days = next(limit.le for limit in TimeGrid.model_fields["days"].metadata if hasattr(limit, "le"))
    assert said == [days, MOST_SKILLS, MOST_SKILLS, MOST_ROWS, MOST_BREAKS, 1, 1]


def test_every_limit_is_in_the_mathematics() -> None:
    limits = [*AgentLimit.__subclasses__(), *BreakLimit.__subclasses__(), *Balance.__subclasses__()]
    kinds = [*limits, Staffing, Headcount, Service, Beside]
    listed = first_cells(page("mathematics").split("## 4.")[1].split("## 5.")[0])
    known = {kind.__name__ for kind in kinds} - {"BreakLimit"}
    assert {re.findall(r"\w+", cell)[0] for cell in listed} == known


def test_three_questions_are_answered_in_three_steps_each_and_their_places_are_there() -> None:
    walk = page("architecture").split("## Three questions")[1].split("\n## ")[0]
    questions = re.split(r"^\*\*.*\?\*\*$", walk, flags=re.MULTILINE)[1:]
    assert len(questions) == 3
    for answer in questions:
        steps = re.findall(r"^\d\. `([\w/.]+)`, `([\w ]+)`: ", answer, flags=re.MULTILINE)
        assert 1 <= len(steps) == len(re.findall(r"^\d\. ", answer, flags=re.MULTILINE)) <= 3
        for path, name in steps:
            begins = {
                ".py": rf"^ *(?:def|class) {name}\b",
                ".c": rf"^[a-z].*\b{name}\(",
                ".md": rf"^#.* {name}$",
            }
            text = (ROOT / path).read_text("utf-8")
            assert re.search(begins[Path(path).suffix], text, flags=re.MULTILINE), f"{name} in {path}"


@pytest.mark.parametrize("part", ["Outside", "Inside"])
def test_the_glossary_is_sorted(part: str) -> None:
    words = first_cells(page("glossary").split(f"## {part}")[1].split("\n## ")[0])
    assert len(words) > 30
    assert words == sorted(words, key=str.lower)


def test_decisions_are_numbered_dated_and_whole() -> None:
    records = sorted(path for path in (DOCS / "decisions").glob("*.md") if path.stem != "README")
    index = re.findall(
        r"^\| \[(\d{4})\]\((\S+)\) \| (\S+) \| (.+) \|$", page("decisions/README"), re.MULTILINE
    )
    assert [number for number, *_ in index] == [f"{number:04d}" for number in range(1, len(records) + 1)]
    assert [name for _, name, *_ in index] == [path.name for path in records]
    for (number, name, date, title), path in zip(index, records, strict=True):
        text = path.read_text("utf-8")
        assert text.startswith(f"# {number} {title}\n\n{date}, on `"), name
        parts = re.findall(r"^\*\*(\w+)\.\*\*", text, flags=re.MULTILINE)
        assert parts == ["Question", "Tried", "Figures", "Decision"], name
