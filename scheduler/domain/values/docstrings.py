"""Docstrings that are read while the program runs: sentences of rules, the schema's descriptions, help.

``python -OO`` leaves them out of the compiled code. The source still has them, and is looked up then.
"""

import ast
import sys
from functools import cache
from pathlib import Path
from typing import TypeVar

Documented = TypeVar("Documented")


def documented(thing: Documented) -> Documented:
    """The class or function itself, with the docstring of its source where it has lost it."""
    if sys.flags.optimize >= 2 and not thing.__doc__:
        name = getattr(thing, "__qualname__", "").rpartition(".")[2]
        thing.__doc__ = _docstrings(getattr(thing, "__module__", "")).get(name)
    return thing


@cache
def _docstrings(module: str) -> dict[str, str | None]:
    """Of every class and function of a module, by name; empty where its source is not at hand."""
    file = getattr(sys.modules.get(module), "__file__", None)
    try:
        source = Path(file or "").read_text(encoding="utf-8")
        tree = ast.parse(source)
    except (OSError, SyntaxError, UnicodeDecodeError):
        return {}
    kinds = (ast.ClassDef, ast.FunctionDef)
    return {node.name: ast.get_docstring(node) for node in ast.walk(tree) if isinstance(node, kinds)}
