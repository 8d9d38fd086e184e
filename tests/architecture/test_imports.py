"""The one-way imports of the house, and that either package may be imported first."""

import importlib
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_import_contracts_are_kept():
    pytest.importorskip("importlinter", reason="import-linter is in the extra `dev`")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as lint; lint()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("first, second", [("constraints", "scheduler"), ("scheduler", "constraints")])
def test_either_package_may_be_imported_first(first, second):
    done = run_python(f"import {first}, {second}; import scheduler.app.planning")
    assert done.returncode == 0, done.stderr


def test_importing_scheduler_loads_nothing_heavy():
    # The names are handed on when they are first asked for, so that a service pays for what it uses.
    done = run_python(
        "import scheduler, sys; print(sorted({'ortools', 'pandas', 'numpy', 'typer'} & set(sys.modules)))"
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_the_command_line_loads_no_solver_before_it_searches():
    # Capacity did, so that every command took a third longer: swap on 475 agents 3.1 instead of 2.2 CPU s.
    done = run_python(
        "import scheduler.command_line.main, sys; print(sorted({'ortools', 'pandas'} & set(sys.modules)))"
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_every_public_name_is_there():
    import scheduler

    assert [name for name in scheduler.__all__ if not hasattr(scheduler, name)] == []
    with pytest.raises(AttributeError, match="no_such_verb"):
        scheduler.no_such_verb  # noqa: B018


@pytest.mark.parametrize(
    "first", ["scheduler.app.planning", "scheduler.command_line.main", "scheduler.verifier"]
)
def test_verify_is_the_verb_and_no_room(first):
    # Importing the room scheduler.verifier once hid the verb of the same name.
    done = run_python(f"import {first}; from scheduler import verify; assert callable(verify), verify")
    assert done.returncode == 0, done.stderr


def test_the_command_leads_somewhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, function = project["scripts"]["staffcurve"].split(":")
    assert callable(getattr(importlib.import_module(module), function))
