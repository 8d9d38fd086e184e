"""Habits that no linter sees: docstrings that count, silent libraries, files of a readable length."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections import Counter
from pathlib import Path

import pytest

import constraints
import scheduler

ROOT = Path(__file__).parents[2]
LONGEST_FILE = 400  # lines
LARGEST_ROOM = 16  # source files side by side
SAID_TWICE = {
    "Automaton": "the search's and the verifier's, which share no code",
    "Headcount": "the fact that people are wanted on a shift, and the kind of limit on people on a day",
}
TALKING = ("scheduler/command_line/", "examples/")
NOT_IMPORTED = {
    "scheduler.__main__",  # runs the command
    "scheduler.engine.kernel._core",  # the compiled core is no Python module
    "scheduler.engine.kernel.build_hook",  # needs hatchling
}

MODULES = sorted(
    name
    for package in (scheduler, constraints)
    for name in [
        package.__name__,
        *(found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")),
    ]
    if name not in NOT_IMPORTED
)
SOURCES = sorted(
    path.relative_to(ROOT).as_posix()
    for room in ("scheduler", "constraints", "examples")
    for path in (ROOT / room).rglob("*.py")
)
KERNEL = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "scheduler").rglob("*.[ch]"))


def public_parts(module):
    """The module's own public functions and classes, and the public methods and properties of the classes."""
    for name, part in vars(module).items():
        if name.startswith("_") or getattr(part, "__module__", None) != module.__name__:
            continue
        if inspect.isfunction(part):
            yield name, part
        elif inspect.isclass(part):
            yield name, part
            for below, member in vars(part).items():
                is_code = inspect.isfunction(member) or isinstance(
                    member, property | classmethod | staticmethod
                )
                if is_code and not below.startswith("_"):
                    yield f"{name}.{below}", getattr(part, below)


@pytest.mark.parametrize("name", MODULES)
def test_every_public_part_has_a_docstring(name):
    module = importlib.import_module(name)
    assert inspect.getdoc(module), f"{name} does not say what lives in it"
    # getdoc follows inheritance: a method that overrides is described where it was introduced
    without = [part_name for part_name, part in public_parts(module) if not inspect.getdoc(part)]
    assert without == []


@pytest.mark.parametrize("path", [path for path in SOURCES if not path.startswith(TALKING)])
def test_libraries_print_nothing(path):
    calls = [
        node.lineno
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"print", "input"}
    ]
    assert calls == [], f"{path} prints on lines {calls}"


@pytest.mark.parametrize("path", [*SOURCES, *KERNEL])
def test_a_file_is_short_enough_to_read(path):
    lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{path} has {lines} lines: it wants to be two files"


def test_a_room_holds_no_more_files_than_one_can_oversee():
    files = Counter(
        path.parent.relative_to(ROOT).as_posix()
        for package in ("scheduler", "constraints")
        for path in (ROOT / package).rglob("*")
        if path.suffix in {".py", ".pyi", ".c", ".h"}
    )
    too_large = {room for room, number in files.items() if number > LARGEST_ROOM}
    assert too_large == set(), "a room that is too large wants to be two"


def test_a_room_of_tests_is_no_larger():
    # 52 files lay side by side in one folder, and 33 in another
    files = Counter(path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py"))
    assert {room: number for room, number in files.items() if number > LARGEST_ROOM} == {}


def test_a_class_has_its_name_to_itself():
    # Two classes ChangeDocument, one of figures and one of days, stood in the published schemas.
    named = Counter(
        node.name
        for path in SOURCES
        if not path.startswith("examples/")
        for node in ast.parse((ROOT / path).read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert {name for name, times in named.items() if times > 1} == set(SAID_TWICE)


def test_no_room_is_called_by_what_it_is_not():
    vague = {"utils", "util", "helpers", "helper", "manager", "context", "common", "misc"}
    rooms = {part for name in MODULES for part in name.split(".")}
    assert rooms & vague == set()


def test_every_test_folder_is_a_package_and_none_shadows_the_rules():
    # tests/constraints without __init__.py would be imported instead of the real package
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []
    assert not (ROOT / "tests" / "constraints").exists()


def test_lock_file_names_versions_and_nothing_else():
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert len(pins) > 10
    assert [pin for pin in pins if not re.fullmatch(r"[a-z0-9._-]+==[0-9][\w.+!]*(; .+)?", pin)] == []
