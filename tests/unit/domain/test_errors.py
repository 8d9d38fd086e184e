"""Every exception of staffcurve comes out of another process as it went in."""

import copy
import importlib
import pickle
import pkgutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

import scheduler
from scheduler.domain import (
    BadInput,
    BrokenOff,
    Contradiction,
    CostBreakdown,
    Coverage,
    FailedVerification,
    Finding,
    NothingFound,
    Place,
    Report,
    Severity,
    StaffcurveError,
    UnsupportedRule,
)
from scheduler.domain.results.breaches import Misfit
from scheduler.domain.results.hiring import FailedRecount
from tests.unit.tiny import tiny_outcome, tiny_problem

FINDINGS = (
    Finding(place=Place(sheet="Agents", cell="D17"), message='skill "Engish" is not known.', hint="English?"),
    Finding(place=Place(path=("agents", 3)), message="odd.", severity=Severity.WARNING),
)
REPORT = Report(
    misfits=(Misfit(agent="Ada", sentence="Ada's duty has no template."),),
    mismatches=("The cost is 2, not 1.",),
    cost=CostBreakdown(wages=120, rules={"rest": 1}),
    coverage=Coverage(interval_minutes=60, required={}, scheduled={}, missing={}, superfluous={}),
)
EXAMPLES: list[StaffcurveError] = [
    StaffcurveError("something"),
    BadInput(FINDINGS),
    BadInput([]),
    BadInput(iter(FINDINGS)),
    UnsupportedRule(FINDINGS[:1]),
    Contradiction(["Ada cannot.", "Bo cannot."]),
    Contradiction(iter(["Ada cannot."])),
    NothingFound("nothing in 3 s", ["Ada is short of 8 h."]),
    NothingFound("nothing in 3 s"),
    BrokenOff("ValueError('no screen')"),
    BrokenOff("ValueError('no screen')", tiny_outcome(tiny_problem(), wages=2, missing=0, bound=1)),
    FailedRecount(("It costs 3, not 2.", "Skill red has no plan.")),
    FailedVerification(REPORT),
    FailedVerification(REPORT, tiny_outcome(tiny_problem(), wages=2, missing=0, bound=1)),
    FailedVerification(
        REPORT, outcome=tiny_outcome(tiny_problem(), wages=2, missing=0, bound=1)
    ),
]  # fmt: skip
WAYS = {
    "pickle": lambda error: pickle.loads(pickle.dumps(error)),
    "the oldest pickle": lambda error: pickle.loads(pickle.dumps(error, protocol=0)),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}


def tree(root: type[StaffcurveError]) -> Iterator[type[StaffcurveError]]:
    yield root
    for below in root.__subclasses__():
        yield from tree(below)


def held(error: BaseException) -> tuple[object, ...]:
    return type(error), str(error), error.args, vars(error)


def fail(error: Exception) -> None:
    raise error


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        yield executor


def test_every_exception_has_an_example() -> None:
    for module in pkgutil.walk_packages(scheduler.__path__, "scheduler."):
        if not module.name.endswith(("__main__", "build_hook", "_core")):
            importlib.import_module(module.name)
    assert set(tree(StaffcurveError)) == {type(example) for example in EXAMPLES}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_a_copy_is_equal(error: StaffcurveError, way: object) -> None:
    # A failed verification could not be loaded, and findings came back as a letter a line.
    assert callable(way)
    error.add_note("while planning site B")
    assert held(way(error)) == held(error)
    assert way(error).__notes__ == error.__notes__


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_it_comes_through_a_process_pool(pool: ProcessPoolExecutor, error: StaffcurveError) -> None:
    # A failed verification broke the pool, with all that the others in it had done.
    with pytest.raises(type(error)) as caught:
        pool.submit(fail, error).result(timeout=120)
    assert held(caught.value) == held(error)
    assert pool.submit(len, "abc").result(timeout=120) == 3


def test_what_is_said_is_made_of_what_is_held() -> None:
    assert str(BadInput(FINDINGS)) == (
        'Agents!D17  skill "Engish" is not known. English?\nagents.3  odd.'
    )  # fmt: skip
    assert str(Contradiction(["Ada cannot."])) == "no legal roster exists:\n  - Ada cannot."
    assert str(NothingFound("nothing", ["Ada."])) == "nothing\n  - Ada."
    assert str(FailedVerification(REPORT)) == (
        "the roster failed verification; please report this:\n"
        "  - Ada's duty has no template.\n  - The cost is 2, not 1."
    )
    assert FailedVerification(REPORT).outcome is None
