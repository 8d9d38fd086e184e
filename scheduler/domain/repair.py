"""A repaired roster: what changes, what changes buy, and how few of them there can be. Records only."""

from collections.abc import Iterable

from scheduler.domain.certificate import Certificate
from scheduler.domain.comparison import Change, Comparison
from scheduler.domain.findings import Finding
from scheduler.domain.frozen import Frozen
from scheduler.domain.money import ratio
from scheduler.domain.outcome import Outcome


class CurvePoint(Frozen):
    """The best that a number of changes buys; costs in sixtieths of a cent.

    Parameters
    ----------
    most
        Changes allowed: people's days whose template, start, length or freedom differs.
    changes, break_moves
        Of the best roster found with so many; break moves are not limited. ``None`` where none was found.
    cost
        What that roster costs, as the verifier counts it.
    priced
        The same with the price of its break moves.
    bound
        No legal roster with so many changes costs less, break moves priced; proven.
    is_impossible
        Whether it is proven that no legal roster has so few changes.
    """

    most: int
    changes: int | None = None
    break_moves: int = 0
    cost: int | None = None
    priced: int | None = None
    bound: int | None = None
    is_impossible: bool = False

    @property
    def gap(self) -> float | None:
        """How far from the best it can be, as a part of the cost; ``None`` where nothing was found."""
        if self.priced is None or self.bound is None:
            return None
        return ratio(self.priced - self.bound, self.priced)


class Fewest(Frozen):
    """The fewest changes that make a roster legal: proven where both numbers are the same.

    Parameters
    ----------
    at_least
        With fewer no roster is legal: proven.
    found
        Of a legal roster with the fewest changes found; ``None`` where none was found.
    people
        Whom these changes touch.
    """

    at_least: int
    found: int | None = None
    people: int = 0

    @property
    def is_proven(self) -> bool:
        """Whether fewer are impossible."""
        return self.found == self.at_least


class Repaired(Frozen):
    """What ``repair`` returns: the repaired roster, verified, with all that is known of its changes.

    Parameters
    ----------
    outcome
        The roster for the week as it is now, with a bound on the cost of every roster of that week.
    comparison
        Of the old roster and the new one, every change with its reason.
    cancelled
        Which of these changes are duties that somebody's absence cancels, or that the week has no place for
        any more; they are no choice, and are not counted.
    change_price, break_price
        Cents for a changed person's day, and for one on which only breaks move.
    total, bound
        Cost plus the price of changes, and what every roster with the same past comes to at least, in
        sixtieths of a cent; the bound is recounted from ``certificate``.
    curve
        What numbers of changes buy, fewest first.
    past
        What the past has broken and nobody can mend, as sentences.
    findings
        What of the old roster does not fit the week.
    """

    outcome: Outcome
    comparison: Comparison
    cancelled: frozenset[tuple[str, int]] = frozenset()
    change_price: int
    break_price: int
    total: int
    bound: int
    certificate: Certificate
    curve: tuple[CurvePoint, ...] = ()
    fewest: Fewest
    past: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def gap(self) -> float:
        """How far cost plus changes can be from the best, as a part of it."""
        return ratio(self.total - self.bound, self.total)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What was chosen: every person's day that differs in more than its breaks."""
        return self._chosen(self.comparison.duty_changes)

    @property
    def break_moves(self) -> tuple[Change, ...]:
        """Every person's day on which only breaks move."""
        return self._chosen(self.comparison.break_moves)

    @property
    def fallen(self) -> tuple[Change, ...]:
        """Duties that were cancelled."""
        return tuple(one for one in self.comparison.duty_changes if self._is_cancelled(one))

    def _chosen(self, changes: Iterable[Change]) -> tuple[Change, ...]:
        return tuple(one for one in changes if not self._is_cancelled(one))

    def _is_cancelled(self, change: Change) -> bool:
        return (change.agent, change.day) in self.cancelled and not change.after
