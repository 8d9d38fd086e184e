"""C and Python write the same structs, enums and limits: a field too many would shift all those after it."""

import ctypes

import numpy as np
import numpy.typing as npt
import pytest

from scheduler.domain import TimeGrid
from scheduler.domain.facts.capacity import MOST_CLASS, MOST_STARTED, MOST_WEEKS
from scheduler.domain.findings.faults import GRAIN_MINUTES
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.engine.automata import layered_dfa
from scheduler.engine.automata.agent_automata import MOST_LAID_OPTIONS
from scheduler.engine.instance import limit_records
from scheduler.engine.instance.break_layouts import MOST_BREAKS, VARIANT
from scheduler.engine.instance.headcount_costs import MOST_ROWS
from scheduler.engine.instance.instance import TOUCH
from scheduler.engine.instance.interval_costs import MOST_SKILLS
from scheduler.engine.instance.roster_arrays import FREE, OPEN
from scheduler.engine.kernel import bindings
from scheduler.engine.kernel.bindings import (
    AUTOMATON_FIELDS,
    MODEL_FIELDS,
    MOVE_COUNTERS,
    AutomatonStruct,
    DeferredStruct,
    HiringStruct,
    ModelStruct,
    StateStruct,
    fill,
    shared_numbers,
)
from scheduler.engine.local_search.roster_state import MOVES
from scheduler.engine.local_search.simulated_annealing import DIE_SIDES
from tests.engine.rosters import Drawn, prepared

RECORDS = (
    (limit_records.Record, "limit"),
    (limit_records.BlockLimit, "block"),
    (limit_records.GapLimit, "asked"),
    (limit_records.PairLimit, ""),
    (limit_records.RestLimit, "span"),
    (limit_records.SpreadLimit, "asked"),
)
"""Each with the field in C that holds what follows it."""

IN_PYTHON = {
    "sizeof Model": ctypes.sizeof(ModelStruct),
    "sizeof State": ctypes.sizeof(StateStruct),
    "sizeof Deferred": ctypes.sizeof(DeferredStruct),
    "sizeof Automaton": ctypes.sizeof(AutomatonStruct),
    "sizeof Hiring": ctypes.sizeof(HiringStruct),
    "sizeof Variant": VARIANT.itemsize,
    "sizeof Touch": TOUCH.itemsize,
    "sizeof Layers": ctypes.sizeof(layered_dfa._Layers),
    "sizeof Joined": ctypes.sizeof(layered_dfa._Joined),
    **{f"MOVE_{kind.upper()}": place for place, kind in enumerate(MOVES)},
    "MOVE_COUNTERS": MOVE_COUNTERS,
    **{kind: getattr(limit_records, kind) for kind in ("TOTAL", "RUN", "GAP", "PAIR", "REST", "SPREAD")},
    **{
        f"{record.__name__}.{field}": place
        for record, rest in RECORDS
        for place, field in enumerate(filter(None, (*record._fields, rest)))
    },
    "UNBOUNDED": limit_records.UNBOUNDED,
    "UNKNOWN_PAST": limit_records.UNKNOWN_PAST,
    "FREE": FREE,
    "OPEN_DAY": OPEN,
    "NO_MEMORY": layered_dfa.NO_MEMORY,
    "MOST_BREAKS": MOST_BREAKS,
    "MOST_SKILLS": MOST_SKILLS,
    "MOST_HEAD_ROWS": MOST_ROWS,
    "LONG_MENU": MOST_LAID_OPTIONS,
    "DIE_SIDES": DIE_SIDES,
}


@pytest.mark.parametrize("name", IN_PYTHON)
def test_c_and_python_write_the_same_number(name: str) -> None:
    # Two entries of MOVES that changed places were noticed by a test of the quality of rosters only.
    assert shared_numbers()[name] == IN_PYTHON[name]


def test_every_shared_number_is_compared_or_bounds_an_input() -> None:
    shared = shared_numbers()
    longest_horizon = next(rule.le for rule in TimeGrid.model_fields["days"].metadata if hasattr(rule, "le"))
    assert shared["MOST_DAYS"] >= longest_horizon
    assert shared["MOST_DUTY_SLOTS"] >= MINUTES_PER_DAY
    assert shared["MOST_POSITIONS"] >= MINUTES_PER_DAY / GRAIN_MINUTES
    assert shared["MOVE_COUNTERS"] >= len(MOVES)
    assert shared["MOST_OPTIONS"] > MOST_STARTED * MOST_CLASS
    assert shared["MOST_STARTS"] >= MOST_WEEKS
    bounds = {
        "MOST_DAYS",
        "MOST_DUTY_SLOTS",
        "MOST_POSITIONS",
        "MOST_OPTIONS",
        "MOST_STARTS",
        "sizeof Label",
    }  # the last is asked of C only
    assert shared.keys() == IN_PYTHON.keys() | bounds


def test_a_core_with_other_structs_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bindings, "shared_numbers", lambda: {**shared_numbers(), "sizeof Automaton": 8})
    with pytest.raises(ImportError, match="Automaton has 8 bytes, that of these sources has"):
        bindings.exports.__wrapped__()


def test_fields_are_where_c_reads_them() -> None:
    instance, automata = prepared(Drawn(0))
    model, plan = instance.struct, automata.structs[0]
    assert model.agents == len(instance.problem.agents)
    # the last field of each struct is where it is only if every field before it has its width
    assert MODEL_FIELDS[-1][0] == "head_hard" and AUTOMATON_FIELDS[-1][0] == "price_free"
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
        fill(AutomatonStruct, AUTOMATON_FIELDS, {**plan.kept, "states": wrong})
