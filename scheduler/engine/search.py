"""The one door of the engine: compile the instance, find a legal roster, price and search in turns, certify.

Dual ascent (:mod:`~scheduler.engine.bound.subgradient_adam`) and the search for rosters
(:mod:`~scheduler.engine.portfolio.rounds`) alternate. During an ascent the pricing classes are
divided among the workers; while rosters are searched every worker anneals its own. Both run in threads, as
the compiled core releases the interpreter. Counted in rounds instead of seconds, a search is the same every
time.
"""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass

import numpy as np

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.cancel import Cancel
from scheduler.domain.results.certificate import Certificate
from scheduler.domain.results.outcome import Phase, Progress, Stop, StopReason
from scheduler.domain.results.roster import Roster
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.aggregated_lp import aggregated_prices, seconds_for
from scheduler.engine.bound.certificate import certify, in_parts_of_a_unit, in_units, known_prices
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.bound.subgradient_adam import SubgradientAscent, first_prices
from scheduler.engine.bound.volume_method import VolumeMethod
from scheduler.engine.infeasibility.diagnosis import (
    Reasons,
    broken_rules,
    reasons_for_agents,
    reasons_for_minimums,
)
from scheduler.engine.infeasibility.out_of_reach import sums_out_of_reach
from scheduler.engine.infeasibility.shortfall import shortfall_of
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.roster_arrays import roster_of
from scheduler.engine.kernel.arrays import Float64Array
from scheduler.engine.local_search.construction import first_roster, offer_start
from scheduler.engine.local_search.roster_state import RosterState, cost_of
from scheduler.engine.local_search.simulated_annealing import FIRST_CYCLE
from scheduler.engine.portfolio.crew_pricing import CrewPricing
from scheduler.engine.portfolio.diving_workers import DivingWorkers
from scheduler.engine.portfolio.dual_guides import Guides
from scheduler.engine.portfolio.glimpses import Glimpses
from scheduler.engine.portfolio.rounds import Rounds
from scheduler.engine.run.cost_granularity import cost_granularity
from scheduler.engine.run.pricing_clock import PricingClock
from scheduler.engine.run.result import Found, no_roster, status_of, stopped_before
from scheduler.engine.run.search_policy import CREWS, GLIMPSES, PRICING
from scheduler.engine.run.side_task import SideTask
from scheduler.engine.run.watch import POLL_SECONDS, Incumbent, Watch
from scheduler.model import RuleBook


def search(
    problem: Problem,
    rules: RuleBook,
    *,
    stop: Stop,
    seed: int = 1,
    workers: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    on_roster: Callable[[Roster], None] | None = None,
    cancel: Cancel | None = None,
    start: Roster | None = None,
    prices: Certificate | None = None,
) -> Found:
    """Search for a roster near the least cost; see :func:`scheduler.app.planning.solve`, which verifies it.

    Where ``prices`` of a like problem are given it begins at them, and stays near ``start``. An exception
    ends it, and it hands out what it has with the fault; a ``KeyboardInterrupt`` is the wish to end it.

    Raises
    ------
    UnsupportedRule
        If a rule asks for something that the search cannot keep.
    KeyboardInterrupt
        If it comes before there is a legal roster; so does any exception but those of observers.
    """
    watch = Watch(stop, progress, cancel=cancel or Cancel())
    side_by_side = workers or os.cpu_count() or 1
    watch.tell(Phase.PREPARING)
    instance = compile_instance(problem, rules)
    if watch.is_stopped and start is None:  # the caller's own roster is offered whenever it ends
        return stopped_before(watch, side_by_side)
    if on_roster is not None:
        hand_out = on_roster
        watch.on_best = lambda snapshot: hand_out(roster_of(instance, snapshot))
    watch.granularity, watch.parts = cost_granularity(instance), instance.parts
    prices = None if prices is None else in_parts_of_a_unit(prices, instance.parts)
    automata = WeekAutomata.of(instance)
    if watch.is_stopped and start is None:
        return stopped_before(watch, side_by_side)
    with watch.keeping_the_best(), ThreadPoolExecutor(2 * side_by_side) as pool:  # workers and prices
        lagrangian = Lagrangian(instance, automata, pool, side_by_side)
        nothing = lagrangian.nothing()
        zero = lagrangian.at(nothing)
        if zero.stuck or lagrangian.unreachable:
            why = (
                reasons_for_agents(lagrangian, zero.stuck, watch.remaining)
                if zero.stuck
                else Reasons(reasons_for_minimums(lagrangian))
            )
            proven = in_units(certify(lagrangian, nothing), instance.parts)
            return no_roster(watch, proven, side_by_side, why.proven, likely=why.likely)
        team = [RosterState(instance, automata, one) for one in _seeds(seed, side_by_side)]
        run = _Search(watch, lagrangian, team, pool)
        with watch.ending(run.diving.end):
            try:
                run.begin(start, prices)
                reasons = run.out_of_reach()
                if reasons:
                    return no_roster(watch, run.told, side_by_side, reasons)
                if watch.best is None and watch.over() is not StopReason.USER and team[0].cost().short:
                    watch.tell(Phase.CONTRADICTION, 0)
                    none = shortfall_of(instance, run.must_end)
                    if none is not None:
                        return no_roster(watch, run.told, side_by_side, none.reasons, none.proof)
                run.go_on()
            except BaseException as fault:  # a signal handler may raise anything, and anywhere
                watch.interrupt()
                wait(run.rounds.running)
                if watch.best is None:
                    raise
                if not isinstance(fault, KeyboardInterrupt):
                    watch.fault = fault
    return run.found(stop, side_by_side)


def _seeds(seed: int, count: int) -> list[int]:
    return [int(word) for word in np.random.SeedSequence(seed).generate_state(count)]


@dataclass(eq=False)
class _Search:
    """A search under way."""

    watch: Watch
    lagrangian: Lagrangian
    team: list[RosterState]
    pool: ThreadPoolExecutor

    def __post_init__(self) -> None:
        self.certificate = certify(self.lagrangian, self.lagrangian.nothing())
        self.watch.bound_is(self.certificate.bound)
        self.guides: Guides | None = None
        self.programme: SideTask[Float64Array | None] | None = None
        self.clock = PricingClock(self.watch)
        self.diving = DivingWorkers(self.lagrangian, self.watch, self.must_end, self.pool)
        self.crews = CrewPricing(self.watch, self.clock, self.lagrangian, self.pool)
        self.rounds = Rounds(self.watch, self.team, self.pool, self.diving, self.must_end)
        self.glimpses = Glimpses(self.watch, self.rounds, self.clock)

    @property
    def told(self) -> Certificate:
        """The certificate in the unit that is handed out."""
        return in_units(self.certificate, self.watch.parts)

    def begin(self, start: Roster | None, prices: Certificate | None) -> None:
        """The first roster, from a rough guess of the prices, or those of a like problem."""
        self.watch.tell(Phase.FIRST_ROSTER, 0)
        self.rounds.has_start, self.rounds.is_near = start is not None, prices is not None
        offer_start(self.team[0], self.watch, start)
        if self.watch.is_stopped:
            return
        guess = first_prices(self.lagrangian) if prices is None else known_prices(self.lagrangian, prices)
        if self.watch.is_stopped:
            return
        began = self.clock.seconds
        self.lagrangian.at(guess)
        self.clock.learn(1, began_seconds=began)
        first_roster(self.team[0], guess, self.watch, start)
        self.watch.tell(Phase.FIRST_ROSTER, 0)
        if self.watch.is_stopped:
            return
        ascent = SubgradientAscent.start(self.lagrangian, guess)
        self.guides = Guides(ascent, VolumeMethod.start(self.lagrangian, guess))
        self.certify(ascent)
        if prices is not None:
            self.keep(self.crews.bound.renewed(certify(self.lagrangian, guess), guess, prices))

    def out_of_reach(self) -> tuple[str, ...]:
        """Whose own sums cannot be met, where the first roster breaks limits of people; else empty."""
        broken = np.flatnonzero(self.team[0].arrays["violation"]).tolist()
        if self.watch.best is not None or self.watch.over() is StopReason.USER or not broken:
            return ()
        self.watch.tell(Phase.CONTRADICTION, 0)
        return sums_out_of_reach(self.lagrangian, broken, self.watch.remaining)

    def go_on(self) -> None:
        """Ascend and anneal in turns until the watch says stop."""
        guides = self.guides
        if guides is None:  # stopped before
            return
        ascent = guides.ascent
        self.ask_programme()
        self.open(ascent)
        if self.watch.is_timed:
            remaining = self.watch.remaining
            seconds = PRICING.first_share * remaining if np.isfinite(remaining) else PRICING.unlimited_seconds
            if self.diving.are_asked:  # they find the best prices themselves
                share = PRICING.dives_fraction
                seconds *= share if self.diving.are_whole else PRICING.neighbourhoods_fraction
            is_long = seconds > self.clock.seconds_of(PRICING.few_iterations)
            for_volume = PRICING.volume_share * seconds if is_long else 0.0
            if for_volume:
                self.ascend_by_volume(guides.volume, self.clock.fraction_of(for_volume))
                ascent.go_on_from(guides.volume.prices, guides.volume.bound)
            self.ascend_for(ascent, seconds - for_volume)
        else:
            self.ascend_by_volume(guides.volume, lambda made: made / PRICING.first_iterations)
            ascent.go_on_from(guides.volume.prices, guides.volume.bound)
            self.ascend_iterations(ascent, PRICING.first_iterations)
        self.keep(self.crews.again(ascent))
        if self.diving.are_asked and self.watch.is_timed and len(self.team) > 1:
            self.diving.send(self.team.pop(), ascent.prices)
        self.take_turns(ascent, guides)
        self.diving.wait()

    def open(self, ascent: SubgradientAscent) -> None:
        """Glimpse, price shortly, prove with crews and anneal, for those who stop the search early."""
        if self.rounds.is_near or not self.crews.has_opening:
            return
        self.glimpses.if_due(ascent.mean)
        self.ascend_iterations(ascent, CREWS.opening_iterations)
        self.keep(self.crews.opening(ascent))
        if self.watch.over() is None:
            self.glimpses.now(ascent.mean, GLIMPSES.opening_share, FIRST_CYCLE)

    def take_turns(self, ascent: SubgradientAscent, guides: Guides) -> None:
        """Alternate rounds of search with pricing."""
        asked = self.watch.stop.rounds
        while self.watch.over() is None and (asked is None or self.rounds.count < asked):
            self.take_up_programme(ascent)
            if not self.team:  # all dive
                self.watch.tell(Phase.SEARCHING)
                time.sleep(POLL_SECONDS)
                self.take_up_dives(ascent)
                continue
            self.join_dives(self.rounds.run(guides), ascent.prices)
            self.take_up_dives(ascent)
            if self.watch.over() is not None:
                return
            if not self.team and not self.diving.are_whole:
                continue
            if self.watch.is_timed:
                seconds = min(
                    PRICING.most_round_seconds,
                    PRICING.remaining_share * self.watch.remaining,
                    PRICING.first_share * self.rounds.longest_seconds,
                )
                self.ascend_for(ascent, seconds)
            else:
                self.ascend_iterations(ascent, PRICING.round_iterations)
            self.keep(self.crews.again(ascent))

    def ascend_by_volume(self, volume: VolumeMethod, fraction_done: Callable[[int], float]) -> None:
        """Ascend by the volume method for as long as there is time."""

        def enough() -> bool:
            self.watch.tell(Phase.PRICING)
            self.glimpses.if_due(volume.mean)
            if self.watch.over() is not None:
                return True
            return self.watch.stop.gap > 0 and self.reached(volume.bound)

        volume.ascend(fraction_done, self.watch.cost, enough)
        self.certify(volume)

    def ask_programme(self) -> None:
        """Start the aggregated programme beside the search, where its prices are likely to be better.

        It does not tell like agents apart, which makes it small and exact where there are many of them, and
        loose where everybody is different. It needs its time, so short searches do without.
        """
        classes, agents = len(self.lagrangian.classes), len(self.team[0].instance.multi_day_limits)
        many_alike = PRICING.alike_factor * classes <= agents
        seconds = PRICING.programme_share * min(self.watch.remaining, PRICING.programme_horizon_seconds)
        if self.watch.is_timed and many_alike and seconds >= seconds_for(self.team[0].instance):
            self.programme = SideTask(lambda: aggregated_prices(self.lagrangian, seconds))

    def take_up_programme(self, ascent: SubgradientAscent) -> None:
        """When the programme is solved, let its prices prove their bound and end the ascent."""
        if self.programme is None or not self.programme.is_done:
            return
        prices, self.programme = self.programme.result, None
        if prices is not None and ascent.join(prices):
            self.certify(ascent)

    def take_up_dives(self, ascent: SubgradientAscent) -> None:
        """Let the prices of dives prove their bound, and workers whose dives are in vain anneal again."""
        self.team += self.diving.back()
        for prices, is_best in self.diving.learnt():
            if ascent.join(prices, ends=is_best):
                self.certify(ascent)

    def ascend_for(self, ascent: SubgradientAscent, seconds: float) -> None:
        """Ascend for ``seconds``, unless the gap asked for is reached or nothing more can be proven."""
        if seconds <= 0:
            return
        began, before, fraction_of = self.clock.seconds, ascent.iterations, self.clock.fraction_of(seconds)

        def fraction_done(made: int) -> float:
            self.take_up_programme(ascent)
            self.watch.tell(Phase.PRICING)
            self.glimpses.if_due(ascent.mean)
            return fraction_of(made)

        def enough() -> bool:
            if self.watch.over() is not None or ascent.is_proven:
                return True
            return self.watch.stop.gap > 0 and self.reached(ascent.bound)

        reach = ascent.reach_for(seconds / self.clock.seconds_per_iteration)
        ascent.ascend(fraction_done, reach, enough)
        self.clock.learn(ascent.iterations - before, began_seconds=began)
        self.certify(ascent)

    def reached(self, bound: float) -> bool:
        """Whether the gap asked for is reached with this bound, which is worth a certificate then."""
        return (cost := self.watch.cost) is not None and cost - bound <= self.watch.stop.gap * cost

    def ascend_iterations(self, ascent: SubgradientAscent, iterations: int) -> None:
        """Ascend a fixed number of iterations, independent of the clock."""
        began = self.clock.seconds

        def enough() -> bool:
            self.watch.tell(Phase.PRICING)
            return self.watch.over() is not None

        ascent.ascend_iterations(iterations, enough)
        self.clock.learn(iterations, began_seconds=began)
        self.certify(ascent)

    def certify(self, ascent: SubgradientAscent | VolumeMethod) -> None:
        """Keep the better of the present certificate and those of the best and the mean prices."""
        for prices in (ascent.prices, ascent.mean):
            self.keep(certify(self.lagrangian, prices))

    def keep(self, certificate: Certificate | None) -> None:
        """Keep a certificate, if there is one and it proves more than the present one."""
        if certificate is not None and certificate.bound > self.certificate.bound:
            self.certificate = certificate
            self.watch.bound_is(certificate.bound)

    def join_dives(self, incumbents: list[Incumbent], prices: Float64Array) -> None:
        """Let the worst annealing worker dive if it is behind those that do, or if nobody dives yet."""
        is_asked = self.watch.is_timed and self.diving.are_of_use
        if is_asked and self.watch.cost is not None:
            costs = [np.inf if incumbent.cost is None else incumbent.cost for incumbent in incumbents]
            if not self.diving.at_work or self.diving.are_ahead_of(max(costs)):
                self.diving.send(self.team.pop(int(np.argmax(costs))), prices)

    def must_end(self) -> bool:
        """Whether a worker must stop at once; a counted search is cut short by the user or its time only."""
        why = self.watch.over()
        return why is not None and (self.watch.is_timed or why in (StopReason.USER, StopReason.TIME))

    def found(self, stop: Stop, workers: int) -> Found:
        """What the search came to."""
        watch, instance = self.watch, self.lagrangian.instance
        why = watch.over() or (StopReason.TIME if stop.rounds is None else StopReason.ROUNDS)
        roster = None if watch.best is None else roster_of(instance, watch.best)
        cost = watch.cost
        if roster is not None and (instance.options.pinned or instance.deferred):
            cost = cost_of(instance, self.lagrangian.automata, roster)
        return Found(
            status=status_of(cost, self.certificate.bound, watch.granularity),
            roster=roster,
            cost=watch.told(cost),
            bound=self.told.bound,
            certificate=self.told,
            curve=tuple(watch.curve),
            seconds_to_first_roster=watch.elapsed if watch.first_seconds is None else watch.first_seconds,
            seconds=watch.elapsed,
            stopped_by=why,
            workers=workers,
            fault=watch.fault,
            parts=watch.parts,
            earlier=lambda: (roster_of(instance, snapshot) for snapshot in reversed(watch.earlier)),
            reasons=() if roster is not None else broken_rules(instance, self.team[0].snapshot()),
        )
