"""The roster that dives into parts go on from, and what is charged in it for what is scarce.

A part of the horizon that may use three weekends of somebody has no reason to use fewer, and no other part
can have them then. So weekends are charged for, as much as a head is worth at first and less with every
turn of the horizon; when nothing is charged any more, the roster is as cheap as its parts can be. Then it
begins again. On nrp24 22 (one worker, 170 s) that came from 242,000 to 43,100, with a charge that began at
two fifths of that to 44,400; from 46,300 a new beginning as dear came to 38,800 in as long.
"""

import threading
from dataclasses import dataclass, field

from scheduler.engine.arrays import Float64Array
from scheduler.engine.automata.fixed_days import Narrow
from scheduler.engine.columns.column_pool import Roster
from scheduler.engine.instance.roster_arrays import Cost, Snapshot
from scheduler.engine.local_search.roster_state import Worker
from scheduler.engine.run.watch import Watch

EASES, LEAST = 0.6, 0.02
"""What is left of a charge with each turn of the horizon, and what part of the first one is nothing."""
LONG, STILL = 24, 0.002
"""It begins again after so many parts without a charge if they win less than such a part of the cost."""


@dataclass(eq=False)
class Standing:
    """The roster that all who dive into parts have in common.

    Parameters
    ----------
    first
        The charge at first: what a head is worth where that is most. Where somebody is missing that is what a
        missing head costs.

    Attributes
    ----------
    option
        The roster, shape (agents, days); ``None`` while there is none.
    charge
        On each unit of what is scarce.
    """

    narrow: Narrow
    watch: Watch
    first: float
    option: Roster | None = None
    charge: float = field(init=False)
    _total: int = 0
    _total_before: int = 0
    _parts: int = 0
    _value: float = float("inf")
    _seen: Snapshot | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.charge = self._first = self.first if self.narrow.is_anything_scarce else 0.0

    def newest(self, worker: Worker, prices: Float64Array) -> Roster | None:
        """The roster to go on from; the best one of all where that is better."""
        best = self.watch.best
        if best is not None and best is not self._seen:
            self._seen = best
            self.take(best.option, worker.take(best.option, prices))
        return self.option

    def take(self, option: Roster, cost: Cost) -> None:
        """Go on from this roster from now on if it is better, charges and all."""
        if not cost.is_legal:
            return
        charged = self.narrow.charged(option, self.charge)
        with self._lock:
            if cost.total + charged < self._value:
                self.option, self._total, self._value = option, cost.total, cost.total + charged

    def has_turned(self, parts: int) -> None:
        """All of the horizon had its turn, in so many parts: charge less, or begin again."""
        with self._lock:
            self._parts += parts
            if self.charge:
                self.charge *= EASES
                if self.charge < LEAST * self._first:
                    self.charge = 0.0
                    self._total_before, self._parts = self._total, 0
            elif self._parts >= LONG:
                won = self._total_before - self._total
                self._total_before, self._parts = self._total, 0
                if won <= STILL * self._total:
                    self.charge = self._first
            if self.option is not None:
                self._value = self._total + self.narrow.charged(self.option, self.charge)
            self._seen = None
