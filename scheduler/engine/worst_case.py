"""Searches for the roster whose dearest scenario is cheapest, from a roster that is best on average.

The best roster at worst need not be the best of any average: where one is dear in one scenario, another in a
second, a third between them may be dearer than the better of both whatever the weights, and yet cheapest at
worst. So moves are judged by the dearest scenario itself. Weights only propose: they say where breaks lie,
which week of work is drawn and who serves which skill.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.cancel import Cancel
from scheduler.domain.results.certificate import Certificate
from scheduler.domain.results.outcome import Phase, Progress, Stop
from scheduler.domain.results.roster import Roster
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.price_scale import dearest_worth, scale_of_slots
from scheduler.engine.instance.roster_arrays import roster_of, snapshot_of
from scheduler.engine.local_search.roster_state import RosterState
from scheduler.engine.local_search.scenario_charges import ScenarioCharges
from scheduler.engine.local_search.simulated_annealing import NEXT_CYCLE, shares
from scheduler.engine.run.watch import Watch
from scheduler.model import RuleBook


@dataclass(frozen=True)
class DearestPolicy:
    """Parameters of annealing by the dearest scenario."""

    first_temperatures: tuple[float, ...] = (0.1, 0.05)
    """Of the cycles, from the best roster each, in missing agent-slots. The example week with four scenarios
    came in 8 s from 296.2 to 293.5 with 0.1 and with 0.1 to 0.01 in four cycles, to 293.8 with 0.01 and to
    294.6 with 0.3 (millions, single runs)."""
    temperatures_of_few: tuple[float, ...] = (0.1, 4.0, 0.2, 1.0)
    """The same for a small team: the hottest lets whole duties come and go, which costs a large team what it
    has. Of 40 weeks of two to four people one ended above the best without it, and none with it."""
    few_agent_days: int = 100
    """A team is small up to so many agents times days. More cool larger teams from where they have lost
    everything, fewer leave small ones where only several changes at once are better."""
    counted_moves: int = 1000
    """Moves per agent and day of a cycle that is counted. More find more, and take longer."""
    moves_per_agent_day: int = 4
    """Moves between two looks at the cost. More look less often, and miss rosters between."""
    most_moves: int = 10_000
    """Moves between two looks at most: a tenth of a second. More answer Ctrl+C later."""


POLICY = DearestPolicy()


def cheapest_at_worst(
    problem: Problem,
    rules: RuleBook,
    start: Roster,
    prices: Certificate,
    *,
    stop: Stop,
    seed: int = 1,
    workers: int = 1,
    progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
) -> Roster:
    """The roster found whose dearest scenario is cheapest; ``start``, where nothing cheaper is.

    Parameters
    ----------
    start, prices
        A legal roster, and the certificate of the average over the scenarios: how hot it is annealed
        follows from its prices.
    stop
        Its seconds, or its rounds of all the cycles of :class:`DearestPolicy`.
    """
    watch = Watch(stop, progress, cancel=cancel or Cancel())
    instance = compile_instance(problem, rules)
    watch.parts = instance.parts
    automata = WeekAutomata.of(instance)
    charges = ScenarioCharges.of(instance.problem, instance.rules, instance.slots)
    team = [
        RosterState(instance, automata, int(word))
        for word in np.random.SeedSequence(seed).generate_state(workers)
    ]
    for worker in team:
        worker.restore(snapshot_of(instance, start))
        worker.lead_by_dearest(charges)
    watch.offer(team[0].cost(), team[0].snapshot)
    is_small = instance.agents * problem.grid.days <= POLICY.few_agent_days
    temperatures = POLICY.temperatures_of_few if is_small else POLICY.first_temperatures
    cycles = len(temperatures) * (stop.rounds or 1)
    annealing = _Annealing(watch, _scale(instance, prices), temperatures, cycles)
    with ThreadPoolExecutor(len(team)) as pool:
        for number in range(annealing.cycles):
            if watch.over() is not None or watch.best is None:
                break
            for worker in team:
                worker.restore(watch.best)
            tasks = [pool.submit(annealing.cycle, worker, number) for worker in team]
            watch.wait_for(tasks, Phase.SEARCHING)
    return start if watch.best is None else roster_of(instance, watch.best)


@dataclass(frozen=True)
class _Annealing:
    """What the cycles of all workers have in common."""

    watch: Watch
    scale: float
    temperatures: tuple[float, ...]
    cycles: int

    def cycle(self, worker: RosterState, number: int) -> None:
        """One cycle; a better roster is offered when it is met."""
        hot = self.temperatures[number % len(self.temperatures)]
        cycle = replace(NEXT_CYCLE, first_temperature=hot).scaled(self.scale)
        agents, days = worker.arrays["option"].shape
        mixture = shares(worker.instance, worker.automata)
        at_once = min(POLICY.moves_per_agent_day * agents * days, POLICY.most_moves)
        moved, fraction = 0, 0.0
        began, until = self.watch.elapsed, inf
        if self.watch.is_timed:
            until = began + self.watch.remaining / (self.cycles - number)
        while fraction < 1.0 and not self.watch.is_stopped and self.watch.remaining > 0:
            worker.moves(at_once, cycle.temperature(fraction), mixture)
            moved += at_once
            self.watch.offer(worker.cost(), worker.snapshot)
            if self.watch.is_timed:
                fraction = (self.watch.elapsed - began) / max(until - began, 1e-9)
            else:
                fraction = moved / (POLICY.counted_moves * agents * days)


def _scale(instance: Instance, prices: Certificate) -> float:
    """The unit of temperatures."""
    every = np.array([price for row in prices.prices.values() for price in row], np.float64)
    worth = instance.parts * dearest_worth(every)
    return scale_of_slots(instance, worth * instance.slots.minutes / prices.slot_minutes)
