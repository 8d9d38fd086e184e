"""The structs of the compiled core are as large in Python as in C: a field too many would shift the rest."""

import ctypes

import numpy as np
import numpy.typing as npt
import pytest

from scheduler.engine.instance.break_layouts import VARIANT
from scheduler.engine.instance.instance import TOUCH
from scheduler.engine.kernel import library
from scheduler.engine.kernel.bindings import (
    MODEL_FIELDS,
    PLAN_FIELDS,
    ModelStruct,
    PlanStruct,
    StateStruct,
    fill,
)
from tests.engine.rosters import Drawn, prepared


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("model", ctypes.sizeof(ModelStruct)),
        ("state", ctypes.sizeof(StateStruct)),
        ("variant", VARIANT.itemsize),
        ("touch", TOUCH.itemsize),
    ],
)
def test_a_struct_is_as_large_in_python_as_in_c(name: str, size: int) -> None:
    assert getattr(library(), f"staffcurve_size_of_{name}")() == size


def test_fields_are_where_c_reads_them() -> None:
    tables, plans = prepared(Drawn(0))
    model, plan = tables.struct, plans.structs[0]
    assert model.agents == len(tables.problem.agents)
    # the last field of each struct is where it is only if every field before it has its width
    assert MODEL_FIELDS[-1][0] == "head_hard" and PLAN_FIELDS[-1][0] == "price_free"
    assert model.head_hard == model.kept["head_hard"].ctypes.data
    assert plan.next_free == plan.kept["next_free"].ctypes.data


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros(3, np.int64),  # another width
        np.zeros((3, 2), np.int32)[:, 0],  # not side by side in memory
    ],
)
def test_an_array_that_c_would_misread_is_refused(wrong: npt.NDArray[np.int32]) -> None:
    plan = prepared(Drawn(0))[1].structs[0]
    with pytest.raises(TypeError, match="the compiled core reads int32"):
        fill(PlanStruct, PLAN_FIELDS, {**plan.kept, "states": wrong})
