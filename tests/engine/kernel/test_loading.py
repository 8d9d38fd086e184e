"""Loading the compiled core: it fits, or the message says what to do."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from scheduler.engine import kernel

FOLDER = Path(kernel.__file__).parent


def test_the_library_beside_the_sources_is_loaded_once():
    assert kernel.library() is kernel.library()
    assert kernel.library().staffcurve_abi() == kernel.ABI_VERSION


def test_c_and_python_name_the_same_interface():
    # Both numbers are raised by hand; forgetting one would load a library with other structs.
    (in_c,) = re.findall(r"staffcurve_abi\(void\)\s*{\s*return (\d+)", (FOLDER / "core.c").read_text())
    assert int(in_c) == kernel.ABI_VERSION


def test_a_missing_library_names_the_remedy(tmp_path):
    with pytest.raises(ImportError, match=r"is missing\. Install staffcurve again: `pip install"):
        kernel.load(tmp_path / "_core.so")


def test_a_library_that_is_none_names_the_remedy(tmp_path):
    broken = tmp_path / "_core.so"
    broken.write_bytes(b"not a library")
    with pytest.raises(ImportError, match=r"cannot be used here .*Install staffcurve again"):
        kernel.load(broken)


@pytest.mark.skipif(not shutil.which("cc"), reason="needs a C compiler to make the wrong library")
@pytest.mark.parametrize(
    "source, message",
    [
        ("int staffcurve_abi(void) { return 99; }", r"has interface 99, these sources need \d+"),
        ("int something_else(void) { return 1; }", "cannot be used here"),
    ],
)
def test_a_library_of_another_version_names_the_remedy(tmp_path, source, message):
    path, code = tmp_path / "_core.so", tmp_path / "core.c"
    code.write_text(source)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", str(path), str(code)], check=True)
    with pytest.raises(ImportError, match=message):
        kernel.load(path)
