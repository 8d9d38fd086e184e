"""The incumbent of the large neighbourhood search, and the charge in it for what is scarce.

A neighbourhood with three weekends of an agent has no reason to use fewer, and then no other neighbourhood
can use them. So weekends are charged for (a penalty that falls and comes back: strategic oscillation; Glover
1989): as much as a head is worth at first, and less with every turn of the horizon. When nothing is charged
any more the roster is as cheap as its neighbourhoods can make it, and the charge begins again. On nrp24 22
(one worker, 170 s) the cost fell from 242,000 to 43,100; with two fifths of the first charge, to 44,400. A
second beginning at the full charge lowered 46,300 to 38,800 in the same time.
"""

import threading
from dataclasses import dataclass, field

from scheduler.engine.automata.fixed_days import FixedDaysBuilder
from scheduler.engine.instance.roster_arrays import Cost, OptionTable, Snapshot
from scheduler.engine.kernel.arrays import Float64Array
from scheduler.engine.local_search.roster_state import RosterState
from scheduler.engine.run.watch import Watch


@dataclass(frozen=True)
class ChargePolicy:
    """Parameters of the charge on scarce sums."""

    decay: float = 0.6
    """Fraction of the charge that is left after each turn of the horizon. Slower keeps to rosters of another
    kind longer, faster comes back to the best sooner."""
    least_fraction: float = 0.02
    """A charge below this fraction of the first one is dropped. Below it the charge decides nothing that the
    costs do not."""
    uncharged_dives: int = 24
    """Dives without a charge after which it may begin again. Fewer begin again before the true costs were
    tried, more waste dives in a local optimum."""
    still_fraction: float = 0.002
    """It begins again if those dives won less than this fraction of the cost. Beginning again, from the full
    charge, lowered the cost of nrp24 22 in 600 s of two workers from 40,453 to 34,862."""


POLICY = ChargePolicy()


@dataclass(eq=False)
class LnsIncumbent:
    """The roster that all workers on neighbourhoods have in common.

    Parameters
    ----------
    first_charge
        The first charge: what a head is worth where it is worth most, in sixtieths of a cent. Where somebody
        is missing that is what a missing head costs.

    Attributes
    ----------
    option
        The roster, shape (agents, days); ``None`` while there is none.
    charge
        On each unit of a scarce sum, in sixtieths of a cent.
    """

    builder: FixedDaysBuilder
    watch: Watch
    first_charge: float
    option: OptionTable | None = None
    charge: float = field(init=False)
    _total: int = 0
    _total_before: int = 0
    _dives: int = 0
    _value: float = float("inf")
    _seen: Snapshot | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.charge = self._first = self.first_charge if self.builder.is_anything_scarce else 0.0

    def newest(self, worker: RosterState, prices: Float64Array) -> OptionTable | None:
        """The incumbent, after taking over the best roster of the search where that is better."""
        best = self.watch.best
        if best is not None and best is not self._seen:
            self._seen = best
            self.take(best.option, worker.take(best.option, prices))
        return self.option

    def take(self, option: OptionTable, cost: Cost) -> None:
        """Let this roster be the incumbent if it costs less, charges included."""
        if not cost.is_legal:
            return
        charged = self.builder.charged(option, self.charge)
        with self._lock:
            if cost.total + charged < self._value:
                self.option, self._total, self._value = option, cost.total, cost.total + charged

    def has_turned(self, dives: int) -> None:
        """Note that the whole horizon was searched once, in ``dives`` dives: charge less, or restart."""
        with self._lock:
            self._dives += dives
            if self.charge:
                self.charge *= POLICY.decay
                if self.charge < POLICY.least_fraction * self._first:
                    self.charge = 0.0
                    self._total_before, self._dives = self._total, 0
            elif self._dives >= POLICY.uncharged_dives:
                won = self._total_before - self._total
                self._total_before, self._dives = self._total, 0
                if won <= POLICY.still_fraction * self._total:
                    self.charge = self._first
            if self.option is not None:
                self._value = self._total + self.builder.charged(self.option, self.charge)
            self._seen = None
