"""Where one worker's roster does the deferred work of a skill.

The requirement of such a skill is a result of the search. Between moves it follows the roster: the compiled
core moves portions one by one to where they cost least, which is exact for a given roster
(``search/deferred.c``). Roster and work are made to fit each other in turns, and neither step raises the
cost.
"""

import ctypes
from collections.abc import Sequence
from typing import Any

import numpy as np

from scheduler.engine.instance.interval_costs import DeferredRow
from scheduler.engine.kernel.bindings import DEFERRED_FIELDS, DeferredStruct, exports, fill


class PlacedWork:
    """The work of all skills, placed evenly at first."""

    def __init__(self, rows: Sequence[DeferredRow]) -> None:
        self._structs = [fill(DeferredStruct, DEFERRED_FIELDS, _fields(row)) for row in rows]

    def fit(self, state: Any) -> None:
        """Place the work at least cost beside the roster of a state, at the prices that lead it now."""
        for struct in self._structs:
            exports().place(state, ctypes.byref(struct))


def _fields(row: DeferredRow) -> dict[str, Any]:
    intervals = len(row.first_slot)
    return {
        "skill": row.skill,
        "intervals": intervals,
        "width": row.width,
        "missing": float(row.missing_price),
        "superfluous": float(row.superfluous_price),
        "moves": row.moves,
        "first_slot": row.first_slot,
        "arrived": row.arrived,
        "due": row.due,
        "placed": row.first_placed.copy(),
        "done": np.zeros(intervals, np.int32),
        "up": np.zeros(intervals),
        "down": np.zeros(intervals),
    }
