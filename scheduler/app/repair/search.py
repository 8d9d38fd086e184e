"""A repair under way: the searches that it takes, one after another, and what is known after each.

Called by :mod:`scheduler.app.repair.repairing` alone. Every roster that is taken note of has passed the
verifier, and every bound was recounted.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from constraints.change.changes import Changes
from constraints.change.stands_still import StandsStill
from scheduler.app.repair.search_policy import REPAIR
from scheduler.app.repair.short_weeks import asking_less
from scheduler.app.results import handover
from scheduler.app.results.input_digest import input_hash
from scheduler.changes.comparison.compare import compare
from scheduler.changes.repair.at_moment import RosterAtMoment, ahead
from scheduler.changes.repair.auxiliary_problems import only_changes, only_lacking
from scheduler.changes.repair.reasons import reasons_for
from scheduler.changes.repair.trade_off_curve import Candidate, Curve, too_few
from scheduler.domain import (
    Cancel,
    Certificate,
    Contradiction,
    NothingFound,
    Outcome,
    Phase,
    Problem,
    Progress,
    Report,
    Roster,
    Stop,
)
from scheduler.domain.changes.repair import Fewest, Repaired
from scheduler.domain.results.certificate import Proof
from scheduler.domain.results.roster import AgentDay
from scheduler.domain.values.words import plain_rule_name
from scheduler.model import RuleBook
from scheduler.model.calendar.duty_differences import difference
from scheduler.texts import text
from scheduler.verifier import verify

LOG = logging.getLogger("staffcurve")
UNKNOWN = -(10**18)
"""In place of a bound that is about to be recounted."""


@dataclass(eq=False)
class RepairSearch:
    """A repair under way; prices are in sixtieths of a cent."""

    problem: Problem
    rules: RuleBook
    old: Roster
    at_moment: RosterAtMoment
    since: int
    locked: frozenset[tuple[str, int]]
    change: int
    breaks: int
    origin: handover.Origin
    stop: Stop
    workers: int | None
    progress: Callable[[Progress], None] | None
    cancel: Cancel
    proof: Proof
    prices: Certificate | None
    counts: list[int]
    short: tuple[str, ...] = ()
    curve: Curve = field(default_factory=Curve)
    beside: float = 0.0

    def __post_init__(self) -> None:
        self.began = time.monotonic()
        self.breaks = min(self.breaks, self.change)
        self.base, self.known = self.at_moment.roster, self.prices
        now = verify(self.problem, self.rules, self.base)
        if now.is_legal:  # said at once: without what fell away it can be worked as it is
            self.tell(Progress(phase=Phase.FIRST_ROSTER, elapsed_seconds=self.elapsed, cost=now.cost.total))
        self.ahead_problem, rules = ahead(self.problem, self.rules, now, self.since)
        self.ahead_rules = asking_less(self.problem, rules, self.short)
        began = self.elapsed
        self.now = verify(self.ahead_problem, self.book(self.change), self.base)
        self.check_seconds = self.elapsed - began
        if self.now.is_legal:
            self.note(self.base, self.now)

    def book(self, change: int, *, keeps_shifts: bool = False) -> RuleBook:
        """The rules with what stands still, and with this price for each change."""
        return RuleBook(rules=(*self.ahead_rules.rules, self.held(keeps_shifts), self.close(change)))

    def held(self, keeps_shifts: bool = False) -> StandsStill:
        """What has begun or is locked stands still."""
        return StandsStill(
            label=text("what has begun or is locked") if self.locked else text("what has begun"),
            since=self.since, was=self.base, locked=self.locked,
            keeps_shifts=keeps_shifts,
        )  # fmt: skip

    def close(self, change: int) -> Changes:
        """A price for each change."""
        return Changes(
            label=text("changes"), since=self.since, was=self.base,
            price=change // 60, break_price=min(self.breaks, change) // 60,
        )  # fmt: skip

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.began

    def remaining(self) -> float:
        """Seconds left for searches; the last check takes about as long as that of the last search."""
        if self.stop.seconds is None:
            return float("inf")
        return self.stop.seconds - self.elapsed - self.beside - REPAIR.checks_at_end * self.check_seconds

    @property
    def has_time(self) -> bool:
        """Whether there is time for one more search and its check."""
        return self.remaining() >= REPAIR.least_seconds

    def tell(self, progress: Progress) -> None:
        """Report, if anybody listens."""
        if self.progress is not None:
            self.progress(progress)

    def told_as(self, phase: str) -> Callable[[Progress], None]:
        """Reports of a search in which cost means something else than to the reader."""
        hidden = {"phase": phase, "cost": None, "bound": None, "fraction": None}
        return lambda progress: self.tell(progress.model_copy(update=hidden))

    def stop_after(self, seconds: float) -> Stop:
        """The stop criteria of one search with a time limit, the check of its proof included."""
        if self.stop.seconds is None:
            return self.stop
        return self.stop.model_copy(update={"seconds": max(REPAIR.least_seconds, seconds - self.beside)})

    def solved(
        self,
        problem: Problem,
        book: RuleBook,
        stop: Stop,
        start: Roster,
        phase: str | None = None,
        *,
        is_in_money: bool = True,
    ) -> Outcome:
        """One search, verified, its bound recounted.

        Parameters
        ----------
        is_in_money
            Whether costs are those of the week, so that known prices lead the search.
        """
        from scheduler import engine

        began = time.monotonic()
        tell = self.tell if phase is None else self.told_as(phase)
        found = engine.search(
            problem, book, stop=stop, seed=self.origin.seed, workers=self.workers, progress=tell,
            cancel=self.cancel, start=start, prices=self.prices if is_in_money else None,
        )  # fmt: skip
        outcome = handover.handed_out(problem, book, found, self.origin, tell, self.proof, self.cancel)
        self.beside = time.monotonic() - began - found.seconds
        return outcome

    def cheapest(self) -> None:
        """The least of cost and price of changes."""
        from scheduler.engine.repair import Reversal

        left = self.remaining()
        most = min(REPAIR.first_most_share * left, left - REPAIR.checks_beside * self.check_seconds)
        stop = self.stop_after(min(most, REPAIR.first_seconds + REPAIR.first_share * left))
        self.main = self.solved(self.ahead_problem, self.book(self.change), stop, self.base)
        self.prices = self.main.certificate
        self.curve.proven(self.change, self.main.bound)
        self.add(self.main.roster)
        self.reversal = Reversal(self.ahead_problem, self.book(self.breaks), self.base)
        self.take_back(self.main.roster)

    def add(self, roster: Roster) -> None:
        """Take note of a roster, if it is legal."""
        report = verify(self.ahead_problem, self.book(self.change), roster)
        if report.is_legal:
            self.note(roster, report)
        else:
            LOG.error("a repaired roster is not legal: %s", "; ".join(report.faults()))

    def note(self, roster: Roster, report: Report) -> None:
        """Take note of a roster that the verifier finds legal."""
        changes, moves = self.counted(roster)
        priced = report.cost.total - self.change * changes
        self.curve.found.append(Candidate(changes, moves, priced, report.cost.total, roster))

    def kinds(self, roster: Roster) -> dict[AgentDay, str]:
        """In what each person's day differs."""
        days = self.base.by_agent_and_day.keys() | roster.by_agent_and_day.keys()
        return {day: difference(self.base.day_of(*day), roster.day_of(*day)) for day in days}

    def counted(self, roster: Roster) -> tuple[int, int]:
        """How many people's days change, and on how many only breaks move."""
        kinds = list(self.kinds(roster).values())
        return kinds.count("shift"), kinds.count("breaks")

    def fewest(self) -> Fewest:
        """The fewest changes that make the roster legal: moved breaks alone, or a search for few changes.

        In the latter nothing else has a price, so that its bound, rounded up, is a number of changes.
        """
        if self.now.is_legal:
            return Fewest(at_least=0, found=0)
        share = min(REPAIR.fewest_share * (self.stop.seconds or 0), self.remaining())
        if self.has_time:
            self.without_changes(self.stop_after(share / 2))
        best = self.curve.nearest()
        if self.has_time and (best is None or best.changes > self.curve.least):
            best = self.with_few(self.stop_after(share))
        if best is None:
            return Fewest(at_least=self.curve.least)
        people = {agent for (agent, _), kind in self.kinds(best.roster).items() if kind == "shift"}
        return Fewest(
            at_least=self.curve.least, found=best.changes, people=len(people), break_moves=best.break_moves
        )

    def with_few(self, stop: Stop) -> Candidate | None:
        """The roster with the fewest changes, after a search where nothing else has a price."""
        close = self.close(REPAIR.unit)
        problem, book = only_changes(self.ahead_problem, self.ahead_rules, self.held(), close)
        best = self.curve.nearest()
        start = self.base if best is None else best.roster
        try:
            outcome = self.solved(problem, book, stop, start, text("fewest changes"), is_in_money=False)
        except NothingFound:
            pass
        else:
            self.curve.least = max(self.curve.least, -(-outcome.bound // REPAIR.unit))
            self.add(outcome.roster)
        return self.curve.nearest()

    def without_changes(self, stop: Stop) -> None:
        """Look for the cheapest roster in which nothing but breaks moves, or a proof that there is none."""
        if self.curve.least or self.curve.none is not None:
            return
        best, phase = self.curve.best(0), text("what moved breaks buy")
        start, book = self.base if best is None else best.roster, self.book(self.change, keeps_shifts=True)
        if best is None:
            start = self.least_lacking(stop, phase)
            if not self.has_time or self.curve.least:
                return
        try:
            outcome = self.solved(self.ahead_problem, book, stop, start, phase)
        except Contradiction:
            self.curve.least = 1
        except NothingFound:
            pass
        else:
            self.curve.none = outcome.bound
            self.add(outcome.roster)

    def least_lacking(self, stop: Stop, phase: str) -> Roster:
        """The roster without changes that lacks least of the broken rules on the team, or a proof with it."""
        names = {found.rule for found in self.now.broken}
        lacking = only_lacking(
            self.ahead_problem, self.ahead_rules, self.held(keeps_shifts=True), names, REPAIR.unit // 60
        )
        if lacking is None:
            return self.base
        try:
            outcome = self.solved(*lacking, stop, self.base, phase, is_in_money=False)
        except (Contradiction, NothingFound):
            return self.base
        if outcome.bound > 0:
            self.curve.least = 1
        return outcome.roster

    def fill_curve(self) -> None:
        """Search for each number that is asked for, as many as there is time for; the worst known first."""
        asked = [most for most in self.counts if most >= self.curve.least]
        while asked:
            fitting = min(float(len(asked)), self.remaining() // (REPAIR.least_seconds + self.beside))
            if self.cancel.is_cancelled or fitting < 1:
                return
            most = max(asked, key=self.curve.gap)
            asked.remove(most)
            stop = self.stop_after(self.remaining() / fitting)
            self.search_for(most, stop) if most else self.without_changes(stop)

    def search_for(self, most: int, stop: Stop) -> None:
        """One more search, at a price at which the expected number of changes is the one asked for."""
        best = self.curve.best(most)
        price = self.curve.price_for(most)
        if best is None:
            price = REPAIR.few_changes_factor * self.change
        elif price is None:
            price = int(REPAIR.unknown_price_fraction * self.change)
        price = max(1, price // REPAIR.least_price) * REPAIR.least_price
        nearest = best or self.curve.nearest()
        start, phase = nearest.roster if nearest else self.base, text("what changes buy")
        try:
            outcome = self.solved(self.ahead_problem, self.book(price), stop, start, phase)
        except NothingFound:
            return
        self.curve.proven(price, outcome.bound)
        self.add(outcome.roster)
        self.take_back(outcome.roster)

    def take_back(self, roster: Roster) -> None:
        """Add the best rosters on the ways from this one back to the old one, and from there on."""
        back, onward = (
            self.reversal.rosters(roster),
            self.reversal.onward(roster, max(self.counts, default=0)),
        )
        ways = [(one, one.cost - self.breaks * one.changed_days) for one in (*back, *onward)]
        least = min((one.changed_days for one, _ in ways), default=0)
        for most in sorted({*self.counts, least}):
            known = self.curve.best(most)
            fitting = [(priced, one) for one, priced in ways if one.changed_days <= most]
            if not fitting:
                continue
            priced, best = min(fitting, key=lambda pair: pair[0])
            if known is None or priced < known.priced:
                self.add(self.reversal.roster(best))

    def repaired(self, fewest: Fewest, most: int | None) -> Repaired:
        """All of it, for the roster that is best with what changes are allowed."""
        allowed = [one for one in self.curve.found if most is None or one.changes <= most]
        if not allowed:
            raise too_few(most or 0, fewest)
        best = min(allowed, key=lambda one: (one.priced + self.change * one.changes, one.changes))
        bound = self.main.bound if most is None else self.curve.bound(most, self.change)
        certificate = self.certificate_of_week()
        budget = handover.budget_for(self.main.seconds, self.cancel, self.proof)
        report = verify(self.problem, self.rules, best.roster, certificate=certificate, budget=budget)
        outcome = self.main.model_copy(
            update={
                "status": report.status,
                "roster": best.roster,
                "cost": report.cost,
                "bound": report.bound,
                "report": report,
                "certificate": report.certified(certificate),
                "input_hash": input_hash(self.problem, self.rules),
                "seconds": self.elapsed,
            }
        )
        before = verify(self.problem, self.rules, self.old)
        worth = self.reversal.worth(best.roster)
        reasons = reasons_for(
            self.problem, self.at_moment, self.now, self.base, best.roster,
            {day: None if cost is None else cost + self.breaks for day, cost in worth.items()},
        )  # fmt: skip
        return Repaired(
            problem=self.problem,
            outcome=outcome,
            comparison=compare(
                self.problem, self.rules, (self.old, before), (best.roster, report), reasons=reasons
            ),
            cancelled=frozenset(self.at_moment.cancelled),
            change_price=self.change // 60,
            break_price=self.breaks // 60,
            total=best.total,
            bound=self.main.bound if bound is None else bound,
            certificate=self.main.certificate,
            curve=tuple(self.curve.point(most, self.breaks) for most in self.counts),
            fewest=fewest,
            past=tuple(f"{plain_rule_name(found.rule)}: {found.sentence}" for found in report.broken),
        )

    def certificate_of_week(self) -> Certificate:
        """The prices for the week as it is, free to change in the past: there the old prices prove more.

        Its bound is left to the recount.
        """
        own = {rule.name for rule in self.rules.planned.rules}
        own |= {one.name for one in self.problem.premiums}
        found, known = self.main.certificate, self.known
        carried = tuple(name for name in found.carried_rules if name in own)
        same = known is not None and known.slot_minutes == found.slot_minutes
        prices, crews = found.prices, found.crews
        if known is not None and same and self.since > 0:
            past, first = -(-self.since // found.slot_minutes), self.problem.grid.day_of(self.since)
            prices = {
                skill: (*known.prices.get(skill, row)[:past], *row[past:]) for skill, row in prices.items()
            }
            crews = (
                *(crew for crew in known.crews if crew.day < first),
                *(crew for crew in crews if crew.day > first),
            )
        update = {"carried_rules": carried, "prices": prices, "crews": crews}
        return found.model_copy(update={**update, "bound": UNKNOWN, "unavoidable_wages": UNKNOWN})
