"""Every benchmark by its name."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.benchmarks import (
    cc475,
    check_475,
    example,
    first_run,
    generated,
    generated_ward,
    inrc,
    nrp24,
    planted,
    turnos29,
)
from tests.benchmarks.case import Case
from tests.benchmarks.measure import Row

CaseLoader = Callable[[Path, int], Case]
"""From the folder of the data and a seed."""

SOLVED: dict[str, CaseLoader] = {
    "example": example.week,
    "cc475-week": cc475.week,
    "cc475-month": cc475.month,
    "turnos29": turnos29.week,
    "planted-200": partial(planted.case_of, 200),
    "planted-1000": partial(planted.case_of, 1000),
}
"""What is solved; ``planted-N``, ``generated-N-...``, ``nrp24-N``, ``inrc-...`` are known too."""

MEASURED: dict[str, Callable[[int], Row]] = {
    "first-run": first_run.measure,
    "check-475": check_475.measure,
}
"""What is measured in another way, from a seed."""

LISTED = (
    *SOLVED,
    "planted-N",
    "generated-N[-alike|-different][-tight|-slack][-loose|-strict]"
    f"[-1skills ... -{generated.MAX_SKILLS}skills][-1weeks ... -{generated.MAX_WEEKS}weeks]",
    "ward-N-26weeks",
    "nrp24-N",
    "inrc-INSTANCE[-headsPRICE|-must][-whole]",
    *MEASURED,
)


def loader_of(name: str) -> CaseLoader:
    """What builds the case of that name.

    Raises
    ------
    ValueError
        If no benchmark is called so.
    """
    if name in SOLVED:
        return SOLVED[name]
    size = name.removeprefix("planted-")
    if name.startswith("planted-") and size.isdecimal() and int(size) > 0:
        return partial(planted.case_of, int(size))
    instance = name.removeprefix("nrp24-")
    if name.startswith("nrp24-") and instance.isdecimal():
        return partial(nrp24.case_of, int(instance))
    if name.startswith("generated-"):
        generated.character_of(name)  # says at once what is wrong with the name
        return partial(generated.case_of, name)
    if name.startswith("ward-"):
        generated_ward.size_of(name)  # says at once what is wrong with the name
        return partial(generated_ward.case_of, name)
    if name.startswith("inrc-"):
        inrc.said_by(name)  # says at once what is wrong with the name
        return partial(inrc.case_of, name)
    raise ValueError(f'no benchmark is called "{name}"; there are {", ".join(LISTED)}')
