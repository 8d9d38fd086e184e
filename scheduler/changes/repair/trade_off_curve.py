"""The trade-off between changes and cost: the least cost with at most k changes, bounded from both sides.

From above it is the cheapest roster found with so few changes. From below it follows from Lagrangian
duality (Everett 1963): if cost plus ``price`` for each change is at least L whatever the roster, then a
roster with at most N changes costs L - N x price or more. Any price gives such a line, and its certificate
proves it.
"""

from dataclasses import dataclass, field

from scheduler.domain.changes.repair import CurvePoint, Fewest
from scheduler.domain.results.errors import Contradiction, NothingFound
from scheduler.domain.results.roster import Roster
from scheduler.texts import text

COUNTS = (0, 2, 5, 10, 20)
"""Changes that are asked for by default."""


@dataclass(frozen=True)
class Candidate:
    """A legal roster with its changes and break moves.

    Parameters
    ----------
    priced, total
        Its cost with the price of break moves, and with that of changes as well.
    """

    changes: int
    break_moves: int
    priced: int
    total: int
    roster: Roster


@dataclass
class Curve:
    """All that is known of cost against changes, in sixtieths of a cent.

    Parameters
    ----------
    lines
        Proven bounds on cost plus a price for each change, by that price.
    none
        A proven bound on the cost without any change; ``None`` while there is none.
    least
        With fewer changes no roster is legal.
    """

    found: list[Candidate] = field(default_factory=list)
    lines: dict[int, int] = field(default_factory=dict)
    none: int | None = None
    least: int = 0

    def best(self, most: int) -> Candidate | None:
        """The cheapest roster found with at most ``most`` changes; of equal ones that with the fewest."""
        fitting = [one for one in self.found if one.changes <= most]
        return min(fitting, key=lambda one: (one.priced, one.changes), default=None)

    def nearest(self) -> Candidate | None:
        """The roster found with the fewest changes."""
        return min(self.found, key=lambda one: (one.changes, one.priced), default=None)

    def proven(self, price: int, bound: int) -> None:
        """Take note of a bound at a price."""
        self.lines[price] = max(bound, self.lines.get(price, bound))

    def bound(self, most: int, price: int = 0) -> int | None:
        """A lower bound on the cost of every roster with at most ``most`` changes, each at ``price``."""
        bounds = [bound - most * (at - price) for at, bound in self.lines.items() if at >= price]
        if most == 0 and self.none is not None:
            bounds.append(self.none)
        return max(bounds, default=None)

    def gap(self, most: int) -> float:
        """The gap of the best roster with at most ``most`` changes; infinite if there is none."""
        best, bound = self.best(most), self.bound(most)
        return float("inf") if best is None or bound is None else float(best.priced - bound)

    def price_for(self, most: int) -> int | None:
        """A price at which about ``most`` changes are worth it, by what the next one wins, or ``None``."""
        here = self.best(most)
        more = [one for one in self.found if one.changes > most]
        if here is None or not more:
            return None
        slopes = [(here.priced - one.priced) // (one.changes - here.changes) for one in more]
        return max(max(slopes), 0)

    def point(self, most: int, break_price: int) -> CurvePoint:
        """Upper and lower bound for at most ``most`` changes, each move of breaks at ``break_price``."""
        best = self.best(most)
        return CurvePoint(
            most=most,
            changes=None if best is None else best.changes,
            break_moves=0 if best is None else best.break_moves,
            cost=None if best is None else best.priced - break_price * best.break_moves,
            priced=None if best is None else best.priced,
            bound=self.bound(most),
            is_impossible=most < self.least,
        )


def too_few(most: int, fewest: Fewest) -> Contradiction | NothingFound:
    """What is said where no legal roster with so few changes is known."""
    least = fewest.at_least
    if least > most:
        said = text(
            "{most} changes are too few: at least {least} are needed to keep every rule",
            most=most,
            least=least,
        )
        return Contradiction((said,))
    return NothingFound(
        text("no legal roster with {most} changes or fewer was found, and none was ruled out", most=most), ()
    )
