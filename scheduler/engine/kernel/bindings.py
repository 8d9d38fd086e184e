"""The compiled core as Python sees it: its structs field by field, and its functions with their types.

What both sides write down, sizes of structs and numbers, is exported by ``core.c``: :func:`shared_numbers`.
"""

import ctypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from scheduler.engine.kernel import REMEDY, library
from scheduler.texts import text

_INT, _LONG, _REAL, _POINTER = ctypes.c_int32, ctypes.c_int64, ctypes.c_double, ctypes.c_void_p
_ARRAY_TYPES = {
    "i4": np.dtype(np.int32),
    "i8": np.dtype(np.int64),
    "u4": np.dtype(np.uint32),
    "u8": np.dtype(np.uint64),
    "u1": np.dtype(np.uint8),
    "f8": np.dtype(np.float64),
    "raw": None,
}

MODEL_FIELDS: tuple[tuple[str, str], ...] = (
    *((name, "int") for name in ("agents", "days", "slots", "pad", "slot_minutes", "skills", "groups")),
    *(
        (name, "int")
        for name in ("options", "zones", "columns", "breakpoints", "caps", "menus", "words", "heads", "goals")
    ),
    *((name, "i4") for name in ("length", "paid", "family", "clock", "start", "layout", "layout_from")),
    ("variant", "raw"),
    *((name, "i4") for name in ("amount", "free_amount", "day_slot", "zone", "group")),
    ("pay", "f8"),
    *((name, "i4") for name in ("menu", "regime", "price_row")),
    ("may_be_free", "u1"),
    *((name, "i4") for name in ("menu_from", "menu_option")),
    ("menu_has", "u8"),
    ("price", "f8"),
    ("limit_from", "i8"),
    ("limit", "i4"),
    ("limit_price", "f8"),
    *((name, "i8") for name in ("limit_number_from", "touch_from")),
    ("touch", "raw"),
    *((name, "u4") for name in ("group_skills", "group_caps")),
    *((name, "i4") for name in ("breakpoint_skill", "breakpoint_over", "breakpoint_hard")),
    ("breakpoint_price", "f8"),
    *((name, "i4") for name in ("breakpoint_at", "cap_at")),
    ("cap_price", "f8"),
    *((name, "i4") for name in ("cap_hard", "cap_floor")),
    *((name, "i4") for name in ("goal_of", "gain_first", "gain_count")),
    ("gain_from", "i8"),
    ("gain", "f8"),
    *((name, "u8") for name in ("option_heads", "agent_heads")),
    ("head_from", "i8"),
    ("head_most", "i4"),
    *((name, "f8") for name in ("head_soft", "head_hard")),
)
"""``Model`` of ``model.h``: name and kind of every field, in order."""

STATE_FIELDS: tuple[tuple[str, str], ...] = (
    ("m", "raw"),
    ("full", "raw"),
    ("random", "pair"),
    ("automaton", "raw"),
    ("first_state", "i4"),
    ("ready", "i4"),
    *((name, "i4") for name in ("option", "order", "at")),
    *((name, "f8") for name in ("lay", "violation", "own")),
    *((name, "i4") for name in ("staffed", "allocated", "present", "heads")),
    ("total", "i8"),
    *((name, "f8") for name in ("add", "drop", "guide", "head_guide", "sum_worth", "goal_worth")),
    ("truth", "real"),
    ("scratch", "f8"),
    ("scratch_size", "long"),
    ("tried", "counts"),
    ("taken", "counts"),
    ("drift", "real"),
    ("scenarios", "int"),
    ("charges", "int"),
    *((name, "i4") for name in ("charge_scenario", "charge_skill", "charge_over", "charge_at")),
    *((name, "f8") for name in ("charge_price", "beyond_average")),
    ("breakpoint_at", "i4"),
)
"""``State`` of ``model.h``."""

DEFERRED_FIELDS: tuple[tuple[str, str], ...] = (
    *((name, "int") for name in ("skill", "intervals", "width")),
    *((name, "real") for name in ("missing", "superfluous")),
    *((name, "i4") for name in ("moves", "first_slot", "arrived", "due", "placed", "done")),
    *((name, "f8") for name in ("up", "down")),
)
"""``Deferred`` of ``model.h``."""

AUTOMATON_FIELDS: tuple[tuple[str, str], ...] = (
    *((name, "int") for name in ("days", "axis", "axis_step", "most_states", "most_classes", "few_starts")),
    *((name, "i4") for name in ("states", "classes")),
    *((name, "i8") for name in ("layer", "cells")),
    *((name, "i4") for name in ("class_of", "ready_after", "next", "next_free")),
    *((name, "f8") for name in ("price", "price_free")),
)
"""``Automaton`` of ``week.c``."""

HIRING_FIELDS: tuple[tuple[str, str], ...] = (
    *((name, "int") for name in ("weeks", "states", "options", "curve", "training")),
    *((name, "f8") for name in ("needed", "price", "more_needed", "more_price", "cost", "productive")),
    *((name, "i4") for name in ("joins", "classes", "left", "least", "most")),
    ("value", "f8"),
    ("choice", "i4"),
)
"""``Hiring`` of ``hiring.c``."""

MOVE_COUNTERS = 16
"""Room for one counter a move, as in ``model.h``."""

_C_TYPES: dict[str, Any] = {
    "int": _INT,
    "long": _LONG,
    "real": _REAL,
    "pair": ctypes.c_uint64 * 2,
    "counts": ctypes.c_int64 * MOVE_COUNTERS,
}


def _struct(name: str, fields: tuple[tuple[str, str], ...]) -> type[ctypes.Structure]:
    members = [(field, _C_TYPES.get(kind, _POINTER)) for field, kind in fields]
    return type(name, (ctypes.Structure,), {"_fields_": members})


ModelStruct = _struct("ModelStruct", MODEL_FIELDS)
StateStruct = _struct("StateStruct", STATE_FIELDS)
DeferredStruct = _struct("DeferredStruct", DEFERRED_FIELDS)
AutomatonStruct = _struct("AutomatonStruct", AUTOMATON_FIELDS)
HiringStruct = _struct("HiringStruct", HIRING_FIELDS)


def fill(
    struct: type[ctypes.Structure], fields: tuple[tuple[str, str], ...], values: Mapping[str, Any]
) -> Any:
    """A struct whose pointers show into the arrays of ``values``; it keeps them alive.

    Raises
    ------
    TypeError
        If an array has not the element type or the layout that the compiled core reads.
    """
    made = struct()
    for name, kind in fields:
        value = values[name]
        if kind in _ARRAY_TYPES:
            if value is None:
                continue
            wanted = _ARRAY_TYPES[kind]
            if isinstance(value, np.ndarray):
                if (wanted is not None and value.dtype != wanted) or not value.flags.c_contiguous:
                    raise TypeError(f"{name} is {value.dtype}, the compiled core reads {wanted}")
                setattr(made, name, value.ctypes.data)
            else:
                setattr(made, name, ctypes.cast(ctypes.pointer(value), _POINTER))
        elif kind in ("pair", "counts"):
            getattr(made, name)[:] = value
        else:
            setattr(made, name, value)
    made.kept = dict(values)
    return made


@dataclass(frozen=True)
class Exports:
    """Functions of the compiled core, typed; each is described where it is defined in C."""

    layout_exists: Any
    own_cost: Any
    counted: Any
    touches: Any
    week_scratch: Any
    earnings: Any
    earnings_of_rows: Any
    best_weeks: Any
    k_best_weeks: Any
    fix_days: Any
    release_automaton: Any
    charged: Any
    supply: Any
    supply_of_rows: Any
    refresh: Any
    load: Any
    add_supply: Any
    improve_week: Any
    moves: Any
    go_back: Any
    cost: Any
    place: Any
    join: Any
    release_joined: Any
    hiring_values: Any
    hiring_window: Any
    hiring_patterns: Any


@lru_cache(maxsize=1)
def shared_numbers() -> dict[str, int]:
    """What both C and Python write down, by its name in C, as C has it."""
    core = library()
    count, name, value = (getattr(core, f"staffcurve_shared_{part}") for part in ("count", "name", "value"))
    name.restype, value.restype = ctypes.c_char_p, _LONG
    return {name(number).decode(): value(number) for number in range(count())}


@lru_cache(maxsize=1)
def exports() -> Exports:
    """The compiled core's functions; loading it is put off until the first search.

    Raises
    ------
    ImportError
        If there is no library that fits, or a struct of it is larger or smaller than here.
    """
    core = library()
    for name, struct in (
        ("Model", ModelStruct),
        ("State", StateStruct),
        ("Deferred", DeferredStruct),
        ("Automaton", AutomatonStruct),
        ("Hiring", HiringStruct),
    ):
        here, there = ctypes.sizeof(struct), shared_numbers()[f"sizeof {name}"]
        if here != there:
            raise ImportError(
                text(
                    "the compiled core's {name} has {there} bytes, that of these sources has {here}. "
                    "{remedy}",
                    name=name,
                    there=there,
                    here=here,
                    remedy=text(REMEDY),
                )
            )

    def typed(name: str, result: Any, *arguments: Any) -> Any:
        function = getattr(core, f"staffcurve_{name}")
        function.restype, function.argtypes = result, arguments
        return function

    p, i, r = _POINTER, _INT, _REAL
    return Exports(
        layout_exists=typed("layout_exists", i, p, i),
        own_cost=typed("own_cost", r, p, i, p, p),
        counted=typed("counted", i, p, i, p, p),
        touches=typed("touches", None, p, p, p, p),
        week_scratch=typed("week_scratch", _LONG, p),
        earnings=typed("earnings", None, p, i, i, i, p, ctypes.c_uint64, p, p, p),
        earnings_of_rows=typed("earnings_of_rows", None, p, i, p, p, p, p, p, p, p, p),
        best_weeks=typed("best_weeks", None, p, i, p, p, p, p, p, p, p, p),
        k_best_weeks=typed("k_best_weeks", i, p, p, i, i, i, p, p, p, r, i, p, p, i, p, p),
        fix_days=typed("fix_days", p, p, p, i, i, p, p, p, i, i),
        charged=typed("charged", r, p, i, p, p, p, p, i),
        release_automaton=typed("release_automaton", None, p),
        supply=typed("supply", None, p, i, i, i, p, ctypes.c_uint64, p, p, p),
        supply_of_rows=typed("supply_of_rows", None, p, i, p, p, p, p, p, p, p, p),
        refresh=typed("refresh", None, p),
        load=typed("load", None, p),
        add_supply=typed("add_supply", None, p, i, i),
        improve_week=typed("improve_week", i, p, i, i),
        moves=typed("moves", _LONG, p, _LONG, r, p, p, i, p, i),
        go_back=typed("go_back", None, p, p, p, p),
        cost=typed("cost", None, p, p),
        place=typed("place", None, p, p),
        join=typed("join", i, p, p, p, p, i, p, _LONG, _LONG, p),
        release_joined=typed("release_joined", None, p),
        hiring_values=typed("hiring_values", None, p),
        hiring_window=typed("hiring_window", None, p, r, p, p, p),
        hiring_patterns=typed("hiring_patterns", i, p, r, p, p, p, i, i, _LONG),
    )
