"""The compiled core of the search: plain C behind ctypes, built when staffcurve is installed.

``library`` loads it. What it exports is declared in :mod:`~scheduler.engine.kernel.bindings`; only the
engine calls it.
"""

import ctypes
import sys
from functools import lru_cache
from pathlib import Path

from scheduler.texts import marked, text

ABI_VERSION = 26
"""What ``staffcurve_abi()`` in ``core.c`` returns; raise both when a signature or a struct changes."""

SUFFIX = {"win32": ".dll", "cygwin": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")
REMEDY = marked(
    "Install staffcurve again: `pip install --force-reinstall --no-deps staffcurve`, or in a checkout `pip "
    "install -e .`; it is compiled while it is installed."
)


@lru_cache(maxsize=1)
def library() -> ctypes.CDLL:
    """The compiled core, loaded once a process.

    Raises
    ------
    ImportError
        If the library is missing, was built for another machine, or does not fit these sources; the
        message says what to do.
    """
    return load(Path(__file__).with_name(f"_core{SUFFIX}"))


def load(path: Path) -> ctypes.CDLL:
    """Load a compiled core and make sure that it speaks ``ABI_VERSION``.

    Raises
    ------
    ImportError
        As for :func:`library`.
    """
    if not path.is_file():
        raise ImportError(
            text("the compiled core {path} is missing. {remedy}", path=path, remedy=text(REMEDY)),
            path=str(path),
        )
    try:
        core = ctypes.CDLL(str(path))
        abi = core.staffcurve_abi
    except (OSError, AttributeError) as fault:
        raise ImportError(
            text(
                "the compiled core {path} cannot be used here ({fault}). {remedy}",
                path=path,
                fault=fault,
                remedy=text(REMEDY),
            ),
            path=str(path),
        ) from fault
    abi.restype, abi.argtypes = ctypes.c_int, ()
    found = abi()
    if found != ABI_VERSION:
        raise ImportError(
            text(
                "the compiled core {path} has interface {found}, these sources need {abi_version}. {remedy}",
                path=path,
                found=found,
                abi_version=ABI_VERSION,
                remedy=text(REMEDY),
            ),
            path=str(path),
        )
    return core
