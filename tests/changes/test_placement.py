"""Breaks of a single duty lie where they are legal and lose the least, held against every placement."""

from itertools import pairwise, product

import numpy as np
import pytest

from scheduler import read_workbook
from scheduler.changes.proposals.placement import DayBreakLimits, break_excess, with_breaks
from scheduler.changes.proposals.worth import summed, worth_of
from scheduler.domain import Duty, PlacedBreak
from scheduler.model.limits.breaks import start_window
from tests.changes.rosters import EXAMPLE


@pytest.mark.parametrize("seed", range(3))
def test_no_legal_placement_loses_less(seed: int) -> None:
    # Offers once took the breaks that others have on such a shift, although other places lost less.
    problem, rules = read_workbook(EXAMPLE)
    agent = problem.agents[0]
    template = problem.template_named[problem.contract_of(agent).templates[0]]
    start, day = problem.grid.instant_on_day(1, template.starts[0], problem.zone_of(agent)), 1
    shift = Duty(
        agent=agent.name, day=day, template=template.name, start=start, end=start + template.lengths[-1]
    )
    limits = DayBreakLimits(problem, rules, day).of(agent)
    worth = summed(np.random.default_rng(seed).integers(-50, 100, problem.grid.minutes))

    pauses = template.breaks_of(shift.elapsed_minutes)
    assert len(pauses) > 1
    windows = [start_window(problem, agent, shift, pause) for pause in pauses]
    ranges = [
        range(first, last + 1, pause.step_minutes)
        for (first, last), pause in zip(windows, pauses, strict=True)
    ]
    best = None
    for starts in product(*ranges):
        placed = sorted(
            (
                PlacedBreak(name=pause.name, start=at, length_minutes=pause.length_minutes, paid=pause.paid)
                for pause, at in zip(pauses, starts, strict=True)
            ),
            key=lambda pause: pause.start,
        )
        duty = shift.model_copy(update={"breaks": tuple(placed)})
        apart = all(one.end <= other.start for one, other in pairwise(placed))
        inside = all(shift.start <= one.start and one.end <= shift.end for one in placed)
        if apart and inside and not break_excess(problem, agent, limits, duty):
            best = max(worth_of(worth, duty), best if best is not None else -(10**9))
    found = with_breaks(problem, agent, limits, shift, worth)
    assert best is not None and worth_of(worth, found) == best
    assert break_excess(problem, agent, limits, found) == 0
