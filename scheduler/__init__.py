"""staffcurve: shift rosters for contact centres, legal, near the least cost, and proven.

>>> from scheduler import read_workbook, solve, verify, write_workbook  # doctest: +SKIP

What it does is written to the logger ``staffcurve``, which says nothing until it is given a handler. The
public names stand in ``__init__.pyi``; each is imported when it is first asked for, so that
``import scheduler`` stays light.
"""

from scheduler import early_stop as _early_stop  # noqa: F401 - before what takes a while to import

# isort: split
import ast
import logging
from importlib import import_module
from pathlib import Path

from scheduler.version import __version__ as __version__

_HOME = {
    name.name: statement.module
    for statement in ast.parse(Path(__file__).with_suffix(".pyi").read_bytes()).body
    if isinstance(statement, ast.ImportFrom) and statement.module != "scheduler.version"
    for name in statement.names
}
__all__ = sorted(_HOME)

logging.getLogger("staffcurve").addHandler(logging.NullHandler())


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for."""
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return __all__
