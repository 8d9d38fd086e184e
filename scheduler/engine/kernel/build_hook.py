"""Compiles the search's inner loop when staffcurve is installed.

Hatchling runs this for every wheel and for editable installs; see the remark in ``pyproject.toml``. It uses
the machine's own C compiler where one works, else the one in the package ``ziglang``, which it asks for only
then. Run as a script it compiles in place, for those who work on the C sources. It is not part of a wheel.
"""

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from packaging import tags

KERNEL = Path("scheduler", "engine", "kernel")
SUFFIX = {"win32": ".dll", "cygwin": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")
FLAGS = ("-O3", "-std=c11", "-ffp-contract=off", "-shared", "-fvisibility=hidden")
PORTABLE_FLAGS = () if SUFFIX == ".dll" else ("-fPIC",)
LIBRARIES = () if SUFFIX == ".dll" else ("-lm",)
ZIG_REQUIREMENT = "ziglang>=0.13,<0.18"
NO_COMPILER_VARIABLE = "STAFFCURVE_NO_CC"
TRIAL = (
    "#include <math.h>\n#include <stdint.h>\n#include <string.h>\ndouble trial(double x) { return exp(x); }\n"
)


class CompileKernel(BuildHookInterface[Any]):
    """Puts the compiled library beside its sources and into the wheel, and names the wheel's platform."""

    def dependencies(self) -> list[str]:
        """``ziglang``, on a machine without a C compiler that works."""
        return [] if own_compiler() else [ZIG_REQUIREMENT]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before files are collected; source distributions carry no library."""
        if self.target_name != "wheel":
            return
        library = compile_kernel(Path(self.root) / KERNEL)
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform_tag()}"
        if version != "editable":
            build_data["force_include"][str(library)] = (KERNEL / library.name).as_posix()


def platform_tag() -> str:
    """The wheel tag of this machine, such as ``linux_x86_64``."""
    if sys.platform == "darwin":
        return next(tags.mac_platforms())  # sysconfig may say universal2, and one compiler run is not that
    return sysconfig.get_platform().replace("-", "_").replace(".", "_")


def compile_kernel(folder: Path) -> Path:
    """Compile ``core.c`` in this folder to the library beside it, whole or not at all.

    Raises
    ------
    RuntimeError
        With what the compiler said.
    """
    library = folder / f"_core{SUFFIX}"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".build-") as scratch:
        fresh = Path(scratch, library.name)
        command = [*compiler(), *arguments(folder / "core.c", fresh)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"the C compiler failed: {shlex.join(command)}\n{done.stdout}{done.stderr}")
        fresh.replace(library)  # a process that has the old one loaded keeps it
    return library


def compiler() -> list[str]:
    """The command to compile C with: the machine's own compiler, or zig."""
    return own_compiler() or [sys.executable, "-m", "ziglang", "cc"]


@lru_cache(maxsize=1)
def own_compiler() -> list[str] | None:
    """The machine's own C compiler, if it has one that can link a library; ``$CC`` is asked first.

    Setting ``STAFFCURVE_NO_CC`` leaves it aside.
    """
    if os.environ.get(NO_COMPILER_VARIABLE):
        return None
    for command in (shlex.split(os.environ.get("CC", "")), ["cc"], ["gcc"], ["clang"]):
        if command and shutil.which(command[0]) and _links(command):
            return command
    return None


def arguments(source: Path, library: Path) -> list[str]:
    """What the compiler is told, for gcc, clang and zig alike."""
    return [*FLAGS, *PORTABLE_FLAGS, "-o", str(library), str(source), *LIBRARIES]


def _links(command: list[str]) -> bool:
    # A compiler without its headers is common in containers, and on macOS `cc` may be a mere invitation.
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch, "trial.c")
        source.write_text(TRIAL)
        trial = [*command, *arguments(source, Path(scratch, f"trial{SUFFIX}"))]
        return subprocess.run(trial, capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    sys.stdout.write(f"{compile_kernel(Path(__file__).parent)}\n")
