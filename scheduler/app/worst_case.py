"""The roster whose dearest scenario is cheapest, and how far from the best possible it can be.

Called by the command ``scenarios --worst`` and by engineers. It is a loop of two searches in turns. One makes
an average least, from the roster of the one before, with weights that go where the last roster was dear: it
proves a bound. The other makes the dearest scenario itself cheapest
(:mod:`scheduler.engine.worst_case`), for the best roster at worst need not be the best of any average.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, gcd, sqrt

from scheduler.app.arguments.checks import must_be_right
from scheduler.app.planning import solve
from scheduler.domain import BadInput, Cancel, Outcome, Problem, Progress, Roster, Stop
from scheduler.domain.facts.scenarios import shares
from scheduler.domain.findings.faults import error
from scheduler.domain.results.outcome import ScenarioCost
from scheduler.domain.values.money import apportioned, ratio
from scheduler.model import RuleBook
from scheduler.texts import text
from scheduler.verifier import verify

LOG = logging.getLogger("staffcurve")
EACH_STEP = Stop(seconds=30)
STEPS = 8


@dataclass(frozen=True)
class WorstCasePolicy:
    """How the weights of scenarios move."""

    least_grain: int = 20
    """Weights are so many parts of a whole at least. Fewer would leave little to choose."""
    pace: float = 2.0
    """Exponent by which the dearest scenario gains on the cheapest in the first step; it falls with the root
    of the steps. Higher finds one dear scenario sooner, lower settles better between several. Not
    measured."""
    average_share: float = 0.5
    """Share of a step's time for the average; the rest is for the dearest scenario itself. More proves more,
    less finds more. Not measured."""
    least_seconds: float = 0.5
    """Of the search by the dearest scenario. Less would hardly begin."""


POLICY = WorstCasePolicy()


@dataclass(frozen=True)
class WorstCase:
    """What was found.

    Parameters
    ----------
    problem
        The input with the weights with which the roster was found; its outcome is verified against it.
    outcome
        The roster whose dearest scenario was cheapest.
    proven_for, proven
        The input with the weights that prove most, and its outcome with the proof.
    """

    problem: Problem
    outcome: Outcome
    proven_for: Problem
    proven: Outcome

    @property
    def dearest(self) -> ScenarioCost:
        """The scenario that is dearest, as people are allocated to skills."""
        return _dearest(self.outcome)

    @property
    def cost(self) -> int:
        """What it costs, in sixtieths of a cent."""
        return self.dearest.cost_as_allocated

    @property
    def bound(self) -> int:
        """No roster costs less than this in all scenarios."""
        return self.proven.bound

    @property
    def gap(self) -> float:
        """``(cost - bound) / cost``."""
        return ratio(self.cost - self.bound, self.cost)


def worst_case(
    problem: Problem,
    rules: RuleBook,
    *,
    stop: Stop = EACH_STEP,
    steps: int = STEPS,
    seed: int = 1,
    workers: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
    start: Roster | None = None,
) -> WorstCase:
    """Find a roster of which the dearest scenario costs little, with a bound on how little it can cost.

    The weights of the scenarios are where it begins, and count for nothing else.

    Parameters
    ----------
    stop
        When to stop each step; a gap ends all of them once the worst case is as near to its bound.
    steps
        How many pairs of searches.
    seed, workers, progress, cancel, start
        As for :func:`scheduler.solve`.

    Raises
    ------
    BadInput
        As :func:`scheduler.solve`; if there are no scenarios, or the prices of the skills have no large
        common divisor: weights are parts of it, so that each price is divided without a rest.

    Notes
    -----
    For any weights ``w`` of sum 1 and any roster with an allocation to skills, ``max_j cost_j >= sum_j w_j
    cost_j >= bound(w)``: the proof of each average is one of the worst case, the Lagrangian dual of
    minimising the maximum. The weights climb it by exponentiated subgradients: ``w_j <- w_j
    exp(pace x (cost_j - min) / (max - min))``, normalised. Source: J. Kivinen, M. K. Warmuth (1997),
    "Exponentiated gradient versus gradient descent for linear predictors", Information and Computation
    132(1).
    """
    must_be_right(problem=problem, rules=rules, stop=stop, steps=steps)
    grain = _grain(problem)
    cancel = cancel or Cancel(is_patient=True)
    weights = [float(share) for share in shares(problem.scenarios).values()]
    best: tuple[Problem, Outcome] | None = None
    proven: tuple[Problem, Outcome] | None = None
    for step in range(1, steps + 1):
        weighted = _weighted(problem, weights, grain)
        outcome = solve(
            weighted,
            rules,
            stop=_of_average(stop),
            seed=seed,
            workers=workers,
            progress=progress,
            cancel=cancel,
            start=start,
        )
        start = outcome.roster
        best = _cheaper(best, (weighted, outcome))
        if proven is None or outcome.bound > proven[1].bound:
            proven = weighted, outcome
        if not cancel.is_cancelled and WorstCase(*best, *proven).gap > stop.gap:
            at_worst = _at_worst(
                weighted,
                rules,
                outcome,
                best[1].roster,
                stop=stop,
                seed=seed + step,
                progress=progress,
                cancel=cancel,
            )
            best = _cheaper(best, at_worst)
        found = WorstCase(*best, *proven)
        LOG.info("worst case after step %d: %d, at least %d", step, found.cost, found.bound)
        costs = [one.cost_as_allocated for one in outcome.report.scenarios]
        if found.gap <= stop.gap or cancel.is_cancelled or max(costs) == min(costs):
            break
        weights = _moved(weights, costs, POLICY.pace / sqrt(step))
    return found


def _of_average(stop: Stop) -> Stop:
    """When a step's search for the best average stops: a gap is one of the worst case, unless it is all."""
    share = None if stop.seconds is None else POLICY.average_share * stop.seconds
    others = (stop.seconds, stop.rounds, stop.stale_seconds)
    gap = stop.gap if others == (None, None, None) else 0.0
    return stop.model_copy(update={"gap": gap, "seconds": share})


def _at_worst(
    weighted: Problem,
    rules: RuleBook,
    average: Outcome,
    start: Roster,
    *,
    stop: Stop,
    seed: int,
    progress: Callable[[Progress], None] | None,
    cancel: Cancel,
) -> tuple[Problem, Outcome]:
    """A roster whose dearest scenario is no dearer than that of ``start``, with the average's proof."""
    from scheduler.app.results.handover import budget_for
    from scheduler.engine.worst_case import cheapest_at_worst

    seconds = average.seconds if stop.seconds is None else stop.seconds - average.seconds
    roster = cheapest_at_worst(
        weighted,
        rules,
        start,
        average.certificate,
        stop=Stop(seconds=max(POLICY.least_seconds, seconds), rounds=stop.rounds),
        seed=seed,
        workers=average.workers,
        progress=progress,
        cancel=cancel,
    )
    certificate = average.certificate
    budget = budget_for(average.seconds, cancel, "quick")
    report = verify(weighted, rules, roster, certificate=certificate, budget=budget)
    if not report.passed or report.bound is None:
        LOG.error("a roster by its dearest scenario failed verification: %s", "; ".join(report.faults()))
        return weighted, average
    figures = {"status": report.status, "cost": report.cost, "bound": report.bound, "report": report}
    proof = {"certificate": report.certified(certificate), "curve": ()}
    return weighted, average.model_copy(update={"roster": roster, **figures, **proof})


def _cheaper(one: tuple[Problem, Outcome] | None, other: tuple[Problem, Outcome]) -> tuple[Problem, Outcome]:
    """Whichever is cheaper at worst; the first of equals."""
    if one is None or _dearest(other[1]).cost_as_allocated < _dearest(one[1]).cost_as_allocated:
        return other
    return one


def _dearest(outcome: Outcome) -> ScenarioCost:
    return max(outcome.report.scenarios, key=lambda one: one.cost_as_allocated)


def _grain(problem: Problem) -> int:
    """The greatest number that divides every price which scenarios share.

    Raises
    ------
    BadInput
        If there are no scenarios, or it is small.
    """
    if not problem.scenarios:
        raise BadInput([error(("scenarios",), text("there are no scenarios."))])
    prices = [
        price
        for skill in problem.skills
        if skill.name in problem.demand_for
        for price in (skill.missing_price, skill.superfluous_price)
    ]
    grain = gcd(*prices)
    if any(prices) and grain < max(POLICY.least_grain, 2 * len(problem.scenarios)):
        raise BadInput(
            [
                error(
                    ("skills",),
                    text(
                        "the prices of missing and superfluous agents have no common divisor large enough: "
                        "{cents} cents, where scenarios share them without a rest.",
                        cents=grain,
                    ),
                    text("Write rounder prices, such as 60.00 and 5.00."),
                )
            ]
        )
    return grain or POLICY.least_grain * len(problem.scenarios)


def _weighted(problem: Problem, weights: Sequence[float], grain: int) -> Problem:
    """The problem with weights that are whole parts of the grain, one part each at least."""
    parts = apportioned(grain - len(weights), [Fraction(weight) for weight in weights])
    scenarios = tuple(
        one.model_copy(update={"weight": float(part + 1)})
        for one, part in zip(problem.scenarios, parts, strict=True)
    )
    return problem.model_copy(update={"scenarios": scenarios})


def _moved(weights: Sequence[float], costs: Sequence[int], pace: float) -> list[float]:
    """The weights, moved towards dear scenarios."""
    spread = max(costs) - min(costs)
    moved = [
        weight * exp(pace * (cost - min(costs)) / spread) for weight, cost in zip(weights, costs, strict=True)
    ]
    return [max(weight / sum(moved), 1e-6) for weight in moved]
