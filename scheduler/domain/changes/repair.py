"""A repaired roster: what changes, what changes buy, and how few of them there can be. Records only."""

from collections.abc import Iterable

from scheduler.domain.changes.comparison import Change, Comparison
from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.certificate import Certificate
from scheduler.domain.results.outcome import Outcome
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.money import in_currency, ratio
from scheduler.domain.values.words import counted
from scheduler.texts import text


def _duties(number: int) -> str:
    return counted(number, "duty", "duties")


def _changes(number: int) -> str:
    return counted(number, "change")


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

    def in_words(self, currency: str) -> str:
        """The cost that is reached with this number of changes, in a sentence."""
        most = _changes(self.most)
        if self.is_impossible:
            return text("at most {most}: impossible, some rule would be broken", most=most)
        if self.cost is None or self.priced is None:
            return text("at most {most}: no legal roster was found in the time given", most=most)
        moves = counted(self.break_moves, "break plan moved", "break plans moved")
        if self.priced != self.cost:
            moves = text("{moves} for {price:,.2f}", moves=moves, price=in_currency(self.priced - self.cost))
        least = text("no bound")
        if self.bound is not None:
            bound, gap = in_currency(self.bound), self.gap or 0.0
            least = (
                text("at least {bound:,.2f} (gap {gap:.2%})", bound=bound, gap=gap)
                if self.priced == self.cost
                else text("together at least {bound:,.2f} (gap {gap:.2%})", bound=bound, gap=gap)
            )
        return text(
            "at most {most}: cost {cost:,.2f} {currency}, and {moves}; {least}",
            most=most,
            cost=in_currency(self.cost),
            currency=currency,
            moves=moves,
            least=least,
        )


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
    break_moves
        Days of that roster on which breaks alone move.
    """

    at_least: int
    found: int | None = None
    people: int = 0
    break_moves: int = 0

    @property
    def is_proven(self) -> bool:
        """Whether fewer are impossible."""
        return self.found == self.at_least

    def __str__(self) -> str:
        if self.found == 0 and self.break_moves:
            return text("To keep every rule, it is enough that breaks move; no duty must change.")
        if self.found == 0:
            return text("To keep every rule, no change is needed.")
        if self.found is None and not self.at_least:
            return text("No legal roster was found in the time given, and none was ruled out.")
        if self.found is None:
            return text("With fewer than {least} no legal roster exists.", least=_changes(self.at_least))
        duties, people = _duties(self.found), counted(self.people, "person", "people")
        if self.is_proven:
            return text(
                "To keep every rule, {duties} of {people} must change; fewer than {least} is impossible.",
                duties=duties,
                people=people,
                least=self.at_least,
            )
        enough = text(
            "To keep every rule, it is enough that {duties} of {people} change", duties=duties, people=people
        )
        if not self.at_least:
            return text("{enough}; whether fewer would do was not decided in the time given.", enough=enough)
        return text(
            "{enough}; fewer than {least} is impossible, and what lies between was not decided in the time "
            "given.",
            enough=enough,
            least=self.at_least,
        )


class Repaired(Frozen):
    """What ``repair`` returns: the repaired roster, verified, with all that is known of its changes.

    Parameters
    ----------
    problem
        The week, with the hours of open sick calls as rostered.
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

    problem: Problem
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
    def summary(self) -> tuple[str, ...]:
        """The repair in a few lines."""
        currency = self.comparison.currency
        lines = [
            text(
                "{duties} of {people} change, {moves}; {fallen} cancelled.",
                duties=_duties(len(self.changes)),
                people=counted(len({one.agent for one in self.changes}), "person", "people"),
                moves=counted(len(self.break_moves), "break plan moves", "break plans move"),
                fallen=counted(len(self.fallen), "duty is", "duties are"),
            ),
            text(
                "Cost plus changes {total:,.2f} {currency}, at {change:,.2f} a change and {move:,.2f} a "
                "moved break plan. Proven: with the same past no legal roster comes to less than "
                "{bound:,.2f}, so at most {gap:.2%} could still be saved.",
                total=in_currency(self.total),
                currency=currency,
                change=self.change_price / 100,
                move=self.break_price / 100,
                bound=in_currency(self.bound),
                gap=self.gap,
            ),
            str(self.fewest),
        ]
        return tuple(lines)

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
