"""How long ``check`` takes on a workbook of 475 agents who are all different."""

import tempfile
from pathlib import Path
from time import perf_counter

from scheduler import check, write_workbook
from tests.benchmarks import generated
from tests.benchmarks.measure import Row, peak_memory_mib

AGENTS = 475


def measure(seed: int) -> Row:
    """Write the workbook, then time reading it and finding everything that is wrong with it: nothing.

    Raises
    ------
    RuntimeError
        If ``check`` finds an error in a workbook that has none.
    """
    case = generated.case_of(f"generated-{AGENTS}-different", Path(), seed)
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder) / "week.xlsx"
        write_workbook(workbook, case.problem, case.rules)
        began = perf_counter()
        findings = check(workbook)
        seconds = perf_counter() - began
    errors = [finding for finding in findings if finding.is_error]
    if errors:
        raise RuntimeError(f"check found {len(errors)} errors in a sound workbook, first: {errors[0]}")
    return Row(name="check-475", agents=AGENTS, seconds=seconds, peak_memory_mib=peak_memory_mib(), seed=seed)
