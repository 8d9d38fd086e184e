"""What callers are promised, as conditions on a queue; reaching a goal exactly is enough."""

from dataclasses import dataclass
from typing import Final, Literal

from scheduler.demand.queue import Performance, performance

Level = Literal["stayed", "offered", "answered"]
"""Of which contacts the service level is a share: of the offered without those that hung up within the
threshold, of all offered, or of the answered. Without patience the three are one."""
_HAIR: Final = 1e-9
"""Tolerance of every comparison with a goal: six digits are promised, ten are computed."""


@dataclass(frozen=True)
class QueueGoal:
    """A service goal for one interval; of several conditions all are to be met, and ``None`` is none.

    Parameters
    ----------
    service_level
        Share answered within ``threshold_seconds``, below 1.
    asa_seconds, abandonment, occupancy
        Most seconds until the answer on average, most that hang up, and greatest occupancy of the agents.
    patience_seconds, side_by_side, slower
        As :func:`scheduler.demand.queue.performance` takes them.
    """

    service_level: float | None = None
    threshold_seconds: float = 20.0
    level: Level = "stayed"
    asa_seconds: float | None = None
    abandonment: float | None = None
    occupancy: float | None = None
    patience_seconds: float | None = None
    side_by_side: int = 1
    slower: float = 0.0

    def performance(self, agents: int, erlangs: float, aht_seconds: float) -> Performance:
        """What so many agents give."""
        return performance(
            agents,
            erlangs,
            aht_seconds,
            threshold_seconds=self.threshold_seconds,
            patience_seconds=self.patience_seconds,
            side_by_side=self.side_by_side,
            slower=self.slower,
        )

    def is_met_by(self, found: Performance) -> bool:
        """Whether every condition is met."""
        level = {"offered": found.of_offered, "answered": found.of_answered}.get(
            self.level, found.service_level
        )
        return (
            (self.service_level is None or level >= self.service_level - _HAIR)
            and (self.asa_seconds is None or found.asa_seconds <= self.asa_seconds + _HAIR)
            and (self.abandonment is None or found.abandoned <= self.abandonment + _HAIR)
            and (self.occupancy is None or found.occupancy <= self.occupancy + _HAIR)
        )
