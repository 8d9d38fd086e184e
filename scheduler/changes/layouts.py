"""Where the breaks of a duty that somebody is offered could lie: of the places that rules allow, the best.

First those are looked at that others have on a shift of the same template and length, then every place of
the breaks' windows. What is legal is not decided here: an offer is judged by the verifier afterwards.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.facts.problem import Agent, Break, Problem, ShiftTemplate
from scheduler.domain.results.roster import Duty, PlacedBreak, Roster
from scheduler.model.limits.breaks import BreakLimit, start_window
from scheduler.model.rules.book import RuleBook

Worth = NDArray[np.int64]
"""Shape (minutes + 1,): what work in the minutes before each one is worth, summed up."""
_MOST_LAYOUTS = 20_000
"""Layouts of one shift that are looked at; where there are more, starts are taken further apart."""
_MOST_TESTS = 400


@dataclass(frozen=True)
class Seen:
    """How breaks lie in a roster, by template and length: starts relative to the shift's, in listed order."""

    layouts: dict[tuple[str, int], tuple[tuple[int, ...], ...]]

    @classmethod
    def of(cls, problem: Problem, roster: Roster) -> "Seen":
        """Those of a roster, as far as the duties have the breaks of their template."""
        seen: dict[tuple[str, int], dict[tuple[int, ...], None]] = {}
        for duty in roster.duties:
            template = problem.template_named.get(duty.template)
            wanted = template.breaks_of(duty.elapsed_minutes) if template else ()
            placed = {pause.name: pause.start - duty.start for pause in duty.breaks}
            if template and len(placed) == len(wanted) and all(one.name in placed for one in wanted):
                key = duty.template, duty.elapsed_minutes
                seen.setdefault(key, {})[tuple(placed[one.name] for one in wanted)] = None
        return cls({key: tuple(found) for key, found in seen.items()})


class BreakRules:
    """The rules on breaks that must be kept, by agent and shift."""

    def __init__(self, problem: Problem, rules: RuleBook, day: int) -> None:
        self._problem = problem
        self._by_agent: dict[str, tuple[BreakLimit, ...]] = {}
        musts = [rule for rule in rules.planned.rules if rule.is_must]
        for limit in (limit for rule in musts for limit in rule.limits(problem)):
            if isinstance(limit, BreakLimit) and day in limit.on:
                anybody = replace(limit, agent="", on=(day,))
                self._by_agent[limit.agent] = (*self._by_agent.get(limit.agent, ()), anybody)

    def of(self, agent: Agent) -> tuple[BreakLimit, ...]:
        """The limits on an agent's breaks, without the name: agents with the same ones are alike."""
        return self._by_agent.get(agent.name, ())

    def allow(self, agent: Agent, duty: Duty) -> bool:
        """Whether the breaks of a duty keep all of them."""
        return not any(
            limit.excess_of(self._problem, agent, duty)
            for limit in self.of(agent)
            if not limit.templates or duty.template in limit.templates
        )


def with_breaks(
    problem: Problem, break_rules: BreakRules, seen: Seen, agent: Agent, duty: Duty, worth: Worth
) -> Duty | None:
    """The duty with its template's breaks where the least worth is lost; ``None`` where none is found.

    Parameters
    ----------
    duty
        Without breaks.
    worth
        What the agent's work is worth, summed up to each minute.
    """
    template = problem.template_named[duty.template]
    wanted = template.breaks_of(duty.elapsed_minutes)
    if not wanted:
        return duty
    known = [tuple(duty.start + at for at in layout) for layout in seen.layouts.get(_key(duty), ())]
    for layouts in (known, _everywhere(problem, agent, duty, wanted)):
        for starts in _by_loss(layouts, wanted, worth):
            tried = duty.model_copy(update={"breaks": _placed(template, wanted, starts)})
            if break_rules.allow(agent, tried):
                return tried
    return None


def _key(duty: Duty) -> tuple[str, int]:
    return duty.template, duty.elapsed_minutes


def _by_loss(
    layouts: list[tuple[int, ...]] | Iterator[tuple[int, ...]], wanted: tuple[Break, ...], worth: Worth
) -> Iterator[tuple[int, ...]]:
    """The first layouts by what is lost to breaks, the least first."""
    starts = np.array(list(layouts), dtype=np.int64).reshape(-1, len(wanted))
    if not len(starts):
        return
    ends = starts + np.array([pause.length_minutes for pause in wanted])
    last = len(worth) - 1
    lost = (worth[np.clip(ends, 0, last)] - worth[np.clip(starts, 0, last)]).sum(axis=1)
    for position in np.argsort(lost, kind="stable")[:_MOST_TESTS].tolist():
        yield tuple(starts[position].tolist())


def _everywhere(
    problem: Problem, agent: Agent, duty: Duty, wanted: tuple[Break, ...]
) -> Iterator[tuple[int, ...]]:
    """Every place of the breaks inside their windows, none overlapping and in the order listed."""
    windows = []
    for pause in wanted:
        first, last = start_window(problem, agent, duty, pause)
        last = min(last, duty.end - pause.length_minutes)
        windows.append(range(max(first, duty.start), last + 1, pause.step_minutes))
    apart = 1
    while prod(len(window[::apart]) for window in windows) > _MOST_LAYOUTS:
        apart += 1
    for starts in product(*(window[::apart] for window in windows)):
        ends = [start + pause.length_minutes for start, pause in zip(starts, wanted, strict=True)]
        if all(end <= start for end, start in zip(ends, starts[1:], strict=False)):
            yield starts


def _placed(
    template: ShiftTemplate, wanted: tuple[Break, ...], starts: tuple[int, ...]
) -> tuple[PlacedBreak, ...]:
    placed = (
        PlacedBreak(name=pause.name, start=start, length_minutes=pause.length_minutes, paid=pause.paid)
        for pause, start in zip(wanted, starts, strict=True)
    )
    return tuple(sorted(placed, key=lambda pause: pause.start))
