"""The picture in ``docs/architecture.md`` is what the source says, and the drawing of it is right."""

from pathlib import Path

import pytest

from tests.architecture.picture import (
    PAGE,
    Arrows,
    arrows,
    layers,
    picture,
    rooms_inside,
    with_picture,
    written,
)


def test_the_page_shows_the_imports_as_they_are() -> None:
    drawn = picture(arrows())
    message = "docs/architecture.md is behind the source: python -m tests.architecture.picture --write"
    assert written(PAGE.read_text("utf-8")) == drawn, message


@pytest.fixture
def house(tmp_path: Path) -> Arrows:
    """Two rooms, a front of two files, and every way to import."""
    for path, text in {
        "scheduler/__init__.py": "if TYPE_CHECKING:\n    import scheduler.app",
        "scheduler/app.py": "def solve():\n    from scheduler.engine import search",
        "scheduler/cli.py": "import scheduler.app\nimport json",
        "scheduler/domain/__init__.py": "from scheduler.domain.problem import Problem",
        "scheduler/domain/problem.py": "class Problem: ...",
        "scheduler/engine/__init__.py": "",
        "scheduler/engine/search.py": "from scheduler.engine.bound import pricing",
        "scheduler/engine/bound/__init__.py": "",
        "scheduler/engine/bound/pricing.py": "from scheduler.domain import Problem",
        "constraints/__init__.py": "from scheduler.domain.problem import Problem",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return arrows(tmp_path)


def test_rooms_and_arrows_are_found(house: Arrows) -> None:
    assert house == {
        "scheduler": frozenset(),  # what only a type checker sees is no import
        "scheduler.app": frozenset({"scheduler.engine"}),
        "scheduler.cli": frozenset({"scheduler.app"}),
        "scheduler.domain": frozenset(),
        "scheduler.engine": frozenset({"scheduler.engine.bound"}),
        "scheduler.engine.bound": frozenset({"scheduler.domain"}),
        "constraints": frozenset({"scheduler.domain"}),
    }


def test_each_room_stands_above_what_it_imports(house: Arrows) -> None:
    assert picture(house).splitlines() == [
        " 3  cli                -> app",
        " 2  app                -> engine",
        " 1  constraints        -> domain",
        " 1  engine             -> domain",
        " 0  scheduler",
        " 0  domain",
        "",
        "Inside engine",
        " 1  (its own files)    -> bound",
        " 0  bound",
    ]


def test_a_room_without_files_of_its_own_is_not_drawn_inside_itself(tmp_path: Path) -> None:
    for path, text in {
        "scheduler/io/__init__.py": "",
        "scheduler/io/sheets/page.py": "import scheduler.io.cells.text",
        "scheduler/io/cells/text.py": "",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
        (tmp_path / path).with_name("__init__.py").touch()
    assert rooms_inside(arrows(tmp_path), "scheduler.io") == {
        "scheduler.io.sheets": frozenset({"scheduler.io.cells"}),
        "scheduler.io.cells": frozenset(),
    }


def test_files_beside_a_room_are_not_on_both_sides_of_it(tmp_path: Path) -> None:
    for path, text in {
        "scheduler/io/writer.py": "import scheduler.io.sheets.page",
        "scheduler/io/names.py": "",
        "scheduler/io/sheets/page.py": "import scheduler.io.names",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
        (tmp_path / path).with_name("__init__.py").touch()
    with pytest.raises(ValueError, match=r"in a circle: .*scheduler\.io\.sheets"):
        picture(arrows(tmp_path))


def test_a_circle_is_named() -> None:
    with pytest.raises(ValueError, match=r"in a circle: (a -> b -> a|b -> a -> b)"):
        layers({"a": frozenset({"b"}), "b": frozenset({"a"}), "c": frozenset()})


def test_a_page_is_drawn_anew_and_nothing_else_changes() -> None:
    page = "Before.\n<!-- picture -->old<!-- /picture -->\nAfter.\n"
    once = with_picture(page, "a -> b")
    assert once == "Before.\n<!-- picture -->\n\n```text\na -> b\n```\n\n<!-- /picture -->\nAfter.\n"
    assert written(once) == "a -> b"
    assert with_picture(once, "a -> b") == once
    with pytest.raises(ValueError, match="the page needs one"):
        with_picture("no place", "a -> b")
